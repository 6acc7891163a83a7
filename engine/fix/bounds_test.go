package fix

import (
	"strconv"
	"strings"
	"testing"

	"why403/engine/scenario"
)

const (
	denied = "principal: arn:aws:iam::111122223333:user/bob\naction: iam:PassRole\nresource: arn:aws:iam::111122223333:role/target\n"
	near   = `{"Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:role/target"}`
)

// Of a long policy with thousands of statements that nearly match, a few are
// mended.
func TestMovesAreBounded(t *testing.T) {
	text := "-- request --\n" + denied + "-- identity/a.json --\n{\"Statement\": [" + strings.Repeat(near+",", 4000) + near + "]}\n"
	s := In(scenario.Parse(text))
	f := finder{search: s, file: s.file, left: MaxReread, share: MaxAll, room: roomForOne}
	f.find()
	if most := 4 * len(text); f.room < -most || f.left < -most || f.share < 0 {
		t.Errorf("%d bytes too many were made, %d too many read", -f.room, -f.left)
	}
	if f.tries == 0 {
		t.Error("nothing was tried")
	}
}

// Requests share what changes are made of, too: of a long policy each gets a few.
func TestRequestsShareRoom(t *testing.T) {
	var b strings.Builder
	for i := range 50 {
		b.WriteString("-- request/" + strconv.Itoa(i) + " --\n" + denied)
	}
	policy := "{\"Statement\": [" + strings.Repeat(near+",", 400) + near + "]}\n"
	s := In(scenario.Parse(b.String() + "-- identity/a.json --\n" + policy))
	for i := range 50 {
		s.Of(i)
	}
	if s.room < -4*len(policy) || s.room == roomForAll {
		t.Errorf("%d bytes are left of %d", s.room, roomForAll)
	}
}

// Requests share what is read anew: the first of many have fixes, and all
// together cost no more than some times the file past the bound.
func TestRequestsShare(t *testing.T) {
	for _, requests := range []int{20, 900} {
		var b strings.Builder
		for i := range requests {
			b.WriteString("-- request/" + strconv.Itoa(i) + " --\n" + denied)
		}
		b.WriteString("-- identity/a.json --\n{\"Statement\": [" + near + "]}\n")
		s := In(scenario.Parse(b.String()))
		fixed := 0
		for i := range requests {
			if len(s.Of(i).Fixes) > 0 {
				fixed++
			}
		}
		if over := -s.left; over > 3*s.cost(b.String()) || fixed == 0 || requests == 20 && fixed < 20 {
			t.Errorf("%d of %d requests have fixes, %d bytes past the bound were read", fixed, requests, over)
		}
	}
}

// A change after which the file is refused, for all its requests together, is no fix of
// one of them.
func TestFixOfAll(t *testing.T) {
	const far = `{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:111122223333:q"}`
	file := func(statements int) *scenario.File {
		var b strings.Builder
		for i := range 100 {
			b.WriteString("-- request/" + strconv.Itoa(i) + " --\n" + denied)
		}
		return scenario.Parse(b.String() + "-- identity/a.json --\n{\"Statement\": [" + strings.Repeat(far+",", statements-1) + far + "]}\n")
	}
	for statements, want := range map[int]bool{10: true, (scenario.MaxStatements/100 - 64) / 3: false} {
		f := file(statements)
		if f.Errors() {
			t.Fatalf("%d statements: %+v", statements, f.Problems)
		}
		found := In(f).Of(0)
		if (len(found.Fixes) > 0) != want || found.Reason == "" != want {
			t.Errorf("%d statements: %d fixes, %q", statements, len(found.Fixes), found.Reason)
		}
		for i := range found.Fixes {
			if after := scenario.Parse(found.Fixes[i].Apply(f)); after.Errors() || len(after.Requests) != 100 {
				t.Errorf("%s: %+v", found.Fixes[i].Title, after.Problems)
			}
		}
	}
}

// Guards are the keys that every statement asks for, in whatever case.
func TestGuards(t *testing.T) {
	allow := func(conditions string) string {
		return `{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {` + conditions + `}}}`
	}
	f := scenario.Parse("-- request --\n" + denied + "-- identity/a.json --\n" + `{"Statement": [` +
		allow(`"aws:PrincipalTag/own": "x", "aws:SourceVpc": "vpc-1"`) + "," + allow(`"aws:SourceVPC": "vpc-2", "aws:SourceIp": "y"`) + "]}\n")
	start := node{file: f, state: stateOf(In(f).judged(0))}
	if got := guardsOf(&start); len(got) != 1 || got[0] != "aws:SourceVpc" {
		t.Errorf("%q", got)
	}
}

// Every key that a line states is among its keys.
func TestKeysOfLines(t *testing.T) {
	keys := lines("principal: a:b\n aws:SourceVPC: vpc-1\nkms:EncryptionContext:App: x\nnone\n").keys()
	for _, key := range []string{"principal", "aws:sourcevpc", "kms:encryptioncontext:app"} {
		if !keys[key] {
			t.Errorf("%s is not there: %v", key, keys)
		}
	}
	if keys["none"] || keys["aws:sourceip"] {
		t.Error(keys)
	}
}
