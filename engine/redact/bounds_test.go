package redact

import (
	"fmt"
	"strings"
	"testing"

	"why403/engine/internal/memory"
	"why403/engine/scenario"
)

// Of a file that takes long, little is judged again to find what has to stay.
func TestTries(t *testing.T) {
	for size, want := range map[int]int{1 << 10: maxTries, 40 << 10: 25, 1 << 20: 1, 4 << 20: 0} {
		s := search{size: size, file: &scenario.File{}, before: &known{}}
		if got := s.most(); got > maxTries || got < want*9/10 || got > want*11/10 {
			t.Errorf("a file of %d bytes has %d tries", size, got)
		}
		s.before.Steps = 1 << 16
		if got := s.most(); got > 0 {
			t.Errorf("a file of many statements has %d tries", got)
		}
	}
}

// What can't be read, without a section in it, has no place for its problems.
func TestNoSections(t *testing.T) {
	for _, text := range []string{"\xff", "no section", "\x00\x01"} {
		if r := Of(nil, text); r.Proof.Proved {
			t.Errorf("%q: %+v", text, r.Proof)
		}
	}
}

// A file whose requests are judged by very many statements is refused, in words, before
// all of them are explained.
func TestManySteps(t *testing.T) {
	text := func(requests, statements int) string {
		var b strings.Builder
		for i := range requests {
			fmt.Fprintf(&b, "-- request/%d --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: s3:GetObject\nresource: arn:aws:s3:::b/k\n", i)
		}
		const one = `{"Effect": "Deny", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::c/*"}`
		return b.String() + `-- identity/a.json --` + "\n" + `{"Statement": [` + strings.Repeat(one+",", statements-1) + one + "]}\n"
	}
	if r := Of(nil, text(20, MaxStatements/60+1)); r.Proof.Proved || r.Text != "" || !strings.Contains(r.Proof.Differs[0], "too many") {
		t.Errorf("%+v", r.Proof)
	}
	if r := Of(nil, text(MaxStatements/60, 1)); r.Proof.Proved || r.Text != "" {
		t.Errorf("many requests: %+v", r.Proof)
	}
	if r := Of(nil, text(20, 50)); !r.Proof.Proved {
		t.Errorf("%+v", r.Proof)
	}
	values := func(requests, n int) string {
		values := strings.Repeat(`"arn:aws:s3:::c/*",`, n-1) + `"arn:aws:s3:::c/*"`
		return strings.Replace(text(requests, 1), `"arn:aws:s3:::c/*"`, "["+values+"]", 1)
	}
	if r := Of(nil, values(30, 40_000)); r.Proof.Proved || !strings.Contains(r.Proof.Differs[0], "too many") {
		t.Errorf("many values: %+v", r.Proof)
	}
	if r := Of(nil, values(1, 40_000)); !r.Proof.Proved {
		t.Errorf("many values for one request: %+v", r.Proof)
	}
}

// Where a file may hardly be judged again, no names are looked for that have to stay.
func TestFewTries(t *testing.T) {
	text := "-- request --\nprincipal: arn:aws:iam::111122223333:user/bob\naction: s3:GetObject\nresource: arn:aws:s3:::b/k\n"
	for size, want := range map[int]int{4 << 20: 1, 1 << 10: 2} {
		f := scenario.Parse(text)
		s := search{file: f, size: size, work: f.Work(), before: facts(f, text, identity), kept: map[string]string{}}
		first := s.attempt()
		if s.keep(first); s.tries < want || want == 1 && s.tries > 1 {
			t.Errorf("a file of %d bytes was judged %d times", size, s.tries)
		}
	}
}

// Addresses get their places in as much memory as their number tells, whether they lie in
// one another or not. Their steps are counted in TestCounts of cmd/why403.
func TestManyNetworks(t *testing.T) {
	for name, one := range map[string]func(i int) string{
		"beside each other": func(i int) string { return fmt.Sprintf("10.%d.%d.%d/32", i>>16, i>>8&255, i&255) },
		"in one another":    func(i int) string { return fmt.Sprintf("2600:%x:%x::/%d", i>>8, i>>4&15, 36+i&15*4) },
	} {
		took := func(n int) int {
			a := newAddresses()
			for i := range n {
				a.read(one(i))
			}
			return memory.Bytes(a.plan)
		}
		if few, many := took(1000), took(10_000); many > few*15 {
			t.Errorf("%s: %d bytes for 1,000 networks, %d for 10,000", name, few, many)
		}
	}
}

// A policy variable without an end is looked for no further than variables are long.
func TestVariableLength(t *testing.T) {
	for n, want := range map[int]int{4: 7, maxVariable - 3: maxVariable, maxVariable - 2: 0} {
		if got := variableLength("${" + strings.Repeat("a", n) + "}b"); got != want {
			t.Errorf("a variable of %d letters has %d bytes, not %d", n, got, want)
		}
	}
}
