package redact

import (
	"math/rand/v2"
	"strings"
	"testing"

	"why403/engine/scenario"
)

// Whatever the text, what a pattern finds is never refused before it is tried.
func TestShapes(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 3))
	pieces := strings.Fields(`us eu us-gov us-iso eusc-de eu-isoe - north southeast west -1 2 AWS Amazon Alexa :: S3 Bucket
		2026 -01 -02 T10:20 :30 .5 Z a f 0 12 255 . : / 1.2.3.4 fe80 ::1 12345678 1234abcd -1234 -123456789012 AKIA AROA ABCD EFGH1
		amazonaws api.aws 12345678-1234-abcd-1234-123456789012 us-east-1 b.s3.amazonaws.com .com .cn bucket .s3 x é`)
	all := map[string]*shape{"uuid": &uuid, "region": &region, "moment": &moment, "host": &host, "cloud": &cloud, "address": &address,
		"uniqueID": &uniqueID}
	found := map[string]int{}
	n := newNames(resources{}, nil)
	for range 300_000 {
		var b strings.Builder
		for range 1 + r.IntN(9) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		text := b.String()
		for name, s := range all {
			m := s.pattern.FindString(text)
			if m != "" {
				found[name]++
			}
			if got := n.find(s, text); got != m {
				t.Fatalf("%s: %q of %q, not %q", name, got, text, m)
			}
		}
	}
	if len(found) != len(all) {
		t.Errorf("found are only %v", found)
	}
}

// Plain words are held against no pattern, and of a text that names hosts of AWS only
// what is near one.
func TestFewPatterns(t *testing.T) {
	for words, most := range map[string]int{
		strings.Repeat("All is well still, and again: the report of alpha-1 is done.\n", 2000):                    0,
		strings.Repeat("All is well. ", 2000) + "b.s3.amazonaws.com" + strings.Repeat(" All is well, too.", 2000): longestHost,
		strings.Repeat("cafe: ", 5000):                  0,
		strings.Repeat("in b.s3.amazonaws.com, ", 1000): 1000 * longestHost,
	} {
		if n := collect(scenario.Parse("-- error --\n"+words), nil); n.tried > most || n.looked > 3*len(words) {
			t.Errorf("%.30q: %d tries of a pattern, at most %d; %d bytes of %d looked at", words, n.tried, most, n.looked, len(words))
		}
	}
}

// A longer file than is redacted is not read.
func TestTooLong(t *testing.T) {
	r := Of(nil, "-- request --\n"+strings.Repeat("x", MaxSize))
	if r.Text != "" || r.Proof.Proved || len(r.Proof.Differs) != 1 || !strings.Contains(r.Proof.Differs[0], "2 MiB") {
		t.Errorf("%+v", r.Proof)
	}
}
