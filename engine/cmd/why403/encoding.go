package main

import (
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf16"
)

// encoding is how a document's text is written.
type encoding struct {
	mark  string           // the byte order mark
	order binary.ByteOrder // of UTF-16, nil for UTF-8
}

// encodings are those that a byte order mark tells.
//
// https://www.unicode.org/faq/utf_bom
var encodings = []encoding{{"\xef\xbb\xbf", nil}, {"\xff\xfe", binary.LittleEndian}, {"\xfe\xff", binary.BigEndian}, {"", nil}}

var errEncoding = errors.New("it is neither UTF-8 nor UTF-16 with a byte order mark")

// decode reads a document's bytes. Text of other encodings that have ASCII in
// them is read as far as it is ASCII.
func decode(document string) (string, encoding, error) {
	for _, e := range encodings {
		rest, ok := strings.CutPrefix(document, e.mark)
		if !ok {
			continue
		}
		text := rest
		if e.order != nil {
			text = fromUTF16(rest, e.order)
		}
		// UTF-16 without a mark and UTF-32 have NULs. Half a surrogate pair would
		// not be written back as it was.
		if strings.Contains(text, "\x00") || e.encode(text) != document {
			return "", e, errEncoding
		}
		return text, e, nil
	}
	return "", encoding{}, errEncoding
}

func fromUTF16(s string, order binary.ByteOrder) string {
	raw := []byte(s)
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	return string(utf16.Decode(units))
}

func (e encoding) encode(text string) string {
	if e.order == nil {
		return e.mark + text
	}
	units := utf16.Encode([]rune(text))
	raw := make([]byte, 2*len(units))
	for i, unit := range units {
		e.order.PutUint16(raw[2*i:], unit)
	}
	return e.mark + string(raw)
}
