//go:build !js

package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	answering "why403/engine/answer"
	"why403/engine/scenario"
)

// held begins so many evaluations, which go on until they are released, and then
// tell how they ended.
func held(t *testing.T, s *server, n int) (release chan bool, ended chan error) {
	t.Helper()
	began, release, ended := make(chan bool, n), make(chan bool), make(chan error)
	for range n {
		go func() {
			_, err := judged(s, example(t), func(*scenario.File, []answering.Answer) (*answer, error) {
				began <- true
				<-release
				return nil, nil
			})
			ended <- err
		}()
	}
	for range n {
		<-began
	}
	return release, ended
}

// An evaluation that takes too long is answered, and holds no other one.
func TestTooLong(t *testing.T) {
	s := newServer(t)
	over := make(chan time.Time, 1)
	s.patience = func() <-chan time.Time { return over }
	release, ended := held(t, s, 1)
	defer close(release)
	if w := call(s, "POST", "/api/evaluate", example(t), "Content-Type", "text/plain"); w.Code != 200 ||
		!strings.Contains(w.Body.String(), `"outcome":"allow"`) {
		t.Errorf("beside it: %d %s", w.Code, w.Body)
	}
	over <- time.Time{}
	if err := <-ended; err != errTooLong {
		t.Errorf("%v", err)
	}
	if _, err := judged(s, example(t), func(*scenario.File, []answering.Answer) (*answer, error) { panic("a bug") }); err != errBug {
		t.Errorf("a bug: %v", err)
	}
}

// So many evaluations go on at once and no more. The others wait as long as one may
// take, and then are not begun.
func TestAtOnce(t *testing.T) {
	s := newServer(t)
	s.patience = func() <-chan time.Time { return nil }
	release, ended := held(t, s, cap(running))
	over := make(chan time.Time, 1)
	over <- time.Time{}
	s.patience = func() <-chan time.Time { return over }
	if _, err := judged(s, example(t), func(*scenario.File, []answering.Answer) (*answer, error) { panic("it began") }); err != errTooLong {
		t.Errorf("one more: %v", err)
	}
	close(release)
	for range cap(running) {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	s.patience = patience
	if w := call(s, "POST", "/api/evaluate", example(t), "Content-Type", "text/plain"); w.Code != 200 {
		t.Errorf("afterwards: %d %s", w.Code, w.Body)
	}
}

// What takes too many steps is refused before it is answered, published or not.
func TestTooMuchWork(t *testing.T) {
	s := newServer(t)
	text := "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\nresource: " +
		"arn:aws:sqs:us-east-1:111122223333:q\naws:PrincipalTag/x: " +
		strings.Repeat("a", 8_000) +
		"b\n-- identity/p.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": " +
		"{\"StringLike\": {\"aws:PrincipalTag/x\": [" +
		strings.Repeat("\"*"+strings.Repeat("?", 300)+"cb*\", ", 20) + "\"x\"]}}}}\n"
	if f := scenario.Parse(text); f.Errors() {
		t.Fatalf("%+v", f.Problems)
	}
	faulty(t, call(s, "POST", "/api/evaluate", text, "Content-Type", "text/plain"), 422, "too-much-work")
	faulty(t, post(s, public(text)), 422, "too-much-work")
	// Hundreds of requests.
	requests := func(n int, caller, resource string) (text string) {
		for i := range n {
			text += fmt.Sprintf("-- request/r%d --\nprincipal: %s\naction: sqs:SendMessage\nresource: %s\n", i, caller, resource)
		}
		return text
	}
	denied := requests(800, "anonymous", "*")
	// What requests depend on is searched for each of them.
	unknown := requests(170, "arn:aws:iam::111122223333:user/bob", "arn:aws:sqs:us-east-1:111122223333:q\nunknown: *") +
		"-- identity/p.json --\n{\"Statement\": ["
	for i := range 40 {
		unknown += fmt.Sprintf(`{"Effect":"Deny","Action":"*","Resource":"*","Condition":`+
			`{"StringLike":{"aws:PrincipalTag/k%d":["a*b","*%d"]}}},`, i, i)
	}
	unknown += `{"Effect":"Allow","Action":"*","Resource":"*"}]}` + "\n"
	for _, text := range []string{denied, unknown} {
		faulty(t, call(s, "POST", "/api/evaluate", text, "Content-Type", "text/plain"), 422, "too-much-work")
		faulty(t, post(s, public(text)), 422, "too-much-work")
	}
}

// Answers are never longer than a page, whatever a body multiplies into: here each
// of many requests tells each of many warnings.
func TestLongAnswers(t *testing.T) {
	var b strings.Builder
	for i := range 200 {
		fmt.Fprintf(&b, "-- request/r%d --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: sqs:SendMessage\nresource: "+
			"arn:aws:sqs:us-east-1:111122223333:q\n", i)
	}
	b.WriteString("-- identity/p.json --\n{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": [\"*\"")
	for i := range 100 {
		fmt.Fprintf(&b, `, "arn:aws:sqs:us-east-1:111122223333:${aws:PrincipalTag/a}%d"`, i)
	}
	b.WriteString("]}}\n")
	f := scenario.Parse(b.String())
	if f.Errors() || len(f.Problems) < 100 {
		t.Fatalf("%d problems: %+v", len(f.Problems), f.Problems)
	}
	faulty(t, call(newServer(t), "POST", "/api/evaluate", b.String(), "Content-Type", "text/plain"), 422, "too-much")
}
