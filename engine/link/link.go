// Package link writes and reads links: a scenario file inside the fragment of
// an address, which browsers send to no server.
//
// A link is "#s=", the blob, and then "&e=ENGINE&o=OUTCOMES". The blob is
// base64url without padding, followed by the letter Z, by which a link that
// was cut off on its way is known. Its bytes:
//
//	1       the version of the format: 1
//	1       the codec of the payload: 0 as it is, 1 DEFLATE (RFC 1951)
//	3       the length of the text in bytes, big-endian
//	…       the payload: the scenario file, to the byte, in UTF-8
//	4       the CRC-32 (IEEE) of the text, big-endian
//
// ENGINE is the version of the engine that made the link, and OUTCOMES is what
// it answered to each request, as in "allow.implicit-deny". A link without them
// is whole. The page reads and writes the same links, in web/src/links.
package link

import (
	"strconv"
	"strings"

	"why403/engine"
)

// The limits. What is longer is neither written nor read.
const (
	MaxText    = 1 << 18 // of the text, in bytes
	MaxEncoded = 1 << 16 // of the blob with its Z, in characters
)

const (
	version    = 1
	headerSize = 5
	sumSize    = 4
	last       = "Z"
)

// The codecs of the payload.
const (
	raw byte = iota
	deflated
)

// Link is what a link carries. Engine and Outcomes are empty together: one
// says nothing without the other.
type Link struct {
	Text     string
	Engine   string
	Outcomes []engine.Outcome
}

// Kind says what is wrong with a link.
type Kind string

// The kinds.
const (
	None     Kind = "none"
	CutOff   Kind = "cut off"
	Damaged  Kind = "damaged"
	TooLarge Kind = "too large"
	Newer    Kind = "newer"
)

// Error is why a text is not a link that can be read, in words for people.
type Error struct {
	Kind    Kind
	Message string
}

func (e *Error) Error() string { return e.Message }

var (
	errNone     = &Error{None, "This is not a link to a scenario. Such a link has #s= in it."}
	errDamaged  = &Error{Damaged, "The link was changed on its way and can't be read. Ask for it again, or for the file."}
	errTooLarge = &Error{TooLarge, "The link is larger than links can be. Ask for the file."}
	errNewer    = &Error{Newer, "The link is from a newer version of why403. Update this one, or ask for the file."}
	errTooMuch  = &Error{TooLarge, "The scenario is too large for a link. Send the file."}
	errNotUTF8  = &Error{Damaged, "The scenario is not UTF-8 text, which links carry. Send the file."}
)

func errCutOff(blob string) *Error {
	return &Error{CutOff, "The link was cut off after " + strconv.Itoa(len(blob)) + " characters. Ask for it again, or for the file."}
}

// word is an outcome as links write it.
func word(o engine.Outcome) string { return strings.ReplaceAll(o.String(), " ", "-") }

var outcomes = map[string]engine.Outcome{
	word(engine.Allowed):      engine.Allowed,
	word(engine.ImplicitDeny): engine.ImplicitDeny,
	word(engine.ExplicitDeny): engine.ExplicitDeny,
	word(engine.Undecided):    engine.Undecided,
}
