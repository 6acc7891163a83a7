package explain_test

import (
	"fmt"
	"strings"
	"testing"

	"why403/engine/explain"
)

// Across accounts each side has a lane, whose line ends at what decides; a lane
// goes on to the verdict if it, or one before it, does.
func TestLanes(t *testing.T) {
	const (
		ask = "-- request --\nprincipal: arn:aws:iam::444455556666:user/ann\naction: sqs:SendMessage\n" +
			"resource: arn:aws:sqs:us-east-1:111122223333:q\n"
		own   = "-- identity/p.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}}\n"
		deny  = "-- identity/d.json --\n{\"Statement\": {\"Effect\": \"Deny\", \"Action\": \"sqs:*\", \"Resource\": \"*\"}}\n"
		queue = "-- resource.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"444455556666\"}, \"Action\": \"*\", " +
			"\"Resource\": \"*\"}}\n"
		through = "-- endpoint.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"*\", \"Resource\": \"*\"}}\n"
	)
	for _, c := range []struct{ text, want string }{
		{ask + own + queue, "Caller's account 444455556666 way open at 4 of 4 on; Resource's account 111122223333 way open at 2 of 2 on"},
		{ask + own, "Caller's account 444455556666 way open at 4 of 4 on; Resource's account 111122223333 no way open short at 1 of 2 on"},
		{ask + own + queue + deny,
			"Caller's account 444455556666 denies stopped at 1 of 4; Resource's account 111122223333 way open at 2 of 2 on"},
		{ask + own + queue + through, "Caller's account 444455556666 way open at 4 of 4 on; Network at 1 of 1 on; " +
			"Resource's account 111122223333 way open at 2 of 2 on"},
		{strings.Replace(ask, "444455556666", "111122223333", 1) + own, "at 7 of 7 on"},
		{strings.Replace(ask, "444455556666", "111122223333", 1) + own + deny, "stopped at 4 of 7"},
	} {
		d := decision(t, c.text)
		var got []string
		for _, l := range explain.Explain(d).Lanes(d) {
			words := []string{l.Label, l.State, l.End, fmt.Sprintf("at %d of %d", l.At, len(l.Steps))}
			if l.On {
				words = append(words, "on")
			}
			got = append(got, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
		}
		if got := strings.Join(got, "; "); got != c.want {
			t.Errorf("%s\nhas the lanes %s, want %s", c.text, got, c.want)
		}
	}
}
