package link

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"why403/engine"
)

// Decode reads a link: a whole address, its fragment with or without the "#",
// or the blob alone. The error is an *Error.
func Decode(address string) (Link, error) {
	blob, parameters, ok := find(strings.TrimFunc(address, pasted))
	if !ok {
		return Link{}, errNone
	}
	text, err := unpack(blob)
	if err != nil {
		return Link{}, err
	}
	engineVersion, outcomes := answers(parameters)
	return Link{text, engineVersion, outcomes}, nil
}

// pasted reports what a paste brings around a link: spaces of any kind, and byte
// order marks.
func pasted(c rune) bool { return unicode.IsSpace(c) || c == '\ufeff' }

// read are the parameters that mean something.
var read = []string{"s", "e", "o"}

// find gives the blob and the parameters of the fragment that are read. A text can have
// millions of others, of which nothing is kept.
func find(address string) (blob string, parameters map[string]string, ok bool) {
	_, fragment, hash := strings.Cut(address, "#")
	if !hash {
		fragment = address
	}
	parameters = map[string]string{}
	first := true
	for piece := range strings.SplitSeq(fragment, "&") {
		name, value, named := strings.Cut(piece, "=")
		if !named && first && !hash && piece != "" && inAlphabet(piece) {
			name, value = "s", piece
		}
		first = false
		if _, seen := parameters[name]; !seen && slices.Contains(read, name) {
			parameters[name] = value
		}
	}
	blob, ok = parameters["s"]
	return blob, parameters, ok
}

func inAlphabet(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// answers reads what the engine said when the link was made: as far as it is
// known, since a link may be cut off in here.
func answers(parameters map[string]string) (engineVersion string, known []engine.Outcome) {
	for w := range strings.SplitSeq(parameters["o"], ".") {
		o, ok := outcomes[w]
		if !ok {
			break
		}
		known = append(known, o)
	}
	engineVersion = parameters["e"]
	if known == nil || engineVersion == "" || !inAlphabet(engineVersion) {
		return "", nil
	}
	return engineVersion, known
}

// unpack gives the text that a blob carries. A blob that ends too early is cut
// off, even where its last letter happens to be a Z.
func unpack(blob string) (string, error) {
	body, whole := strings.CutSuffix(blob, last)
	switch {
	case !inAlphabet(blob):
		return "", errDamaged
	case len(blob) > MaxEncoded:
		return "", errTooLarge
	case !whole:
		return "", errCutOff(blob)
	}
	packed, exact := decode64(body)
	switch {
	case len(packed) > 0 && packed[0] > version:
		return "", errNewer
	case len(packed) > 0 && packed[0] != version:
		return "", errDamaged
	case len(packed) < headerSize+sumSize:
		return "", errCutOff(blob)
	}
	text, err := payload(packed)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "", errCutOff(blob)
	case err != nil:
		return "", err
	case !exact || crc32.ChecksumIEEE(text) != binary.BigEndian.Uint32(packed[len(packed)-sumSize:]) || !utf8.Valid(text):
		return "", errDamaged
	}
	return string(text), nil
}

// decode64 reads base64url as far as it goes. exact is false where a letter is
// left over, or has bits that no writer sets.
func decode64(body string) (packed []byte, exact bool) {
	even := body
	if len(body)%4 == 1 {
		even = body[:len(body)-1]
	}
	packed, err := base64.RawURLEncoding.DecodeString(even)
	return packed, err == nil && base64.RawURLEncoding.EncodeToString(packed) == body
}

// payload gives the text of the declared length. Where the payload ends before
// the text does, the error is io.ErrUnexpectedEOF.
func payload(packed []byte) ([]byte, error) {
	length := int(packed[2])<<16 | int(packed[3])<<8 | int(packed[4])
	body := packed[headerSize : len(packed)-sumSize]
	switch codec := packed[1]; {
	case codec > deflated:
		return nil, errDamaged
	case length > MaxText:
		return nil, errTooLarge
	case codec == deflated:
		return inflate(body, length)
	case len(body) < length:
		return nil, io.ErrUnexpectedEOF
	case len(body) > length:
		return nil, errDamaged
	}
	return body, nil
}

// inflate reads a DEFLATE stream of exactly that many bytes, and reads no
// further if there are more. That is wrong, whatever comes behind.
func inflate(stream []byte, length int) ([]byte, error) {
	source := bytes.NewReader(stream)
	text, err := io.ReadAll(io.LimitReader(flate.NewReader(source), int64(length)+1))
	switch {
	case len(text) > length:
		return nil, errDamaged
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, err
	case err != nil || source.Len() > 0 || len(text) != length:
		return nil, errDamaged
	}
	return text, nil
}
