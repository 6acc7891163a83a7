package link

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"unicode/utf8"

	"why403/engine"
)

// Encode writes a link, from its "#" on. The same scenario has the same link.
// engineVersion and the outcomes, one for each request, are left out where
// there is not an outcome. The error is an *Error.
func Encode(text, engineVersion string, outcomes []engine.Outcome) (string, error) {
	if !utf8.ValidString(text) {
		return "", errNotUTF8
	}
	if len(text) > MaxText {
		return "", errTooMuch
	}
	blob := base64.RawURLEncoding.EncodeToString(pack(text)) + last
	if len(blob) > MaxEncoded {
		return "", errTooMuch
	}
	return "#s=" + blob + answered(engineVersion, outcomes), nil
}

// pack gives the bytes of the blob.
func pack(text string) []byte {
	codec, payload := deflated, deflate(text)
	if len(payload) >= len(text) {
		codec, payload = raw, []byte(text)
	}
	packed := []byte{version, codec, byte(len(text) >> 16), byte(len(text) >> 8), byte(len(text))}
	packed = append(packed, payload...)
	return binary.BigEndian.AppendUint32(packed, crc32.ChecksumIEEE([]byte(text)))
}

func deflate(text string) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		panic(err) // the level is fixed
	}
	w.Write([]byte(text)) // a buffer takes everything
	w.Close()
	return b.Bytes()
}

func answered(engineVersion string, outcomes []engine.Outcome) string {
	if len(outcomes) == 0 {
		return ""
	}
	words := make([]string, len(outcomes))
	for i, o := range outcomes {
		words[i] = word(o)
	}
	return "&e=" + engineVersion + "&o=" + strings.Join(words, ".")
}
