package scenario_test

import (
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/scenario"
)

// codes is the codes of the problems of a file.
func codes(text string) (out []string) {
	for _, p := range scenario.Parse(text).Problems {
		out = append(out, p.Code)
	}
	return out
}

const asked = "-- request --\nprincipal: arn:aws:iam::111122223333:user/alice\naction: s3:GetObject\nresource: arn:aws:s3:::reports/a\n"

// Every line that is listed is one that is read, and has the values that are
// listed and no other.
func TestFieldLists(t *testing.T) {
	for header, list := range map[string][]scenario.FieldFacts{
		asked:                      scenario.RequestFields(),
		asked + "-- entity/x --\n": scenario.EntityFields(),
		asked + "-- account/" + strings.Repeat("1", 12) + " --\n": scenario.AccountFields(),
	} {
		if len(list) == 0 {
			t.Fatalf("no fields after %s", header)
		}
		for _, f := range list {
			if got := codes(header + f.Key + ": ~\n"); slices.Contains(got, "unknown-key") {
				t.Errorf("%s is listed, and not known: %v", f.Key, got)
			}
			for _, v := range f.Values {
				if got := codes(header + f.Key + ": " + v + "\n"); slices.Contains(got, "bad-"+f.Key) {
					t.Errorf("%s: %s is listed, and not read: %v", f.Key, v, got)
				}
			}
			if got := codes(header + f.Key + ": ~\n"); f.Values != nil && !slices.Contains(got, "bad-"+f.Key) {
				t.Errorf("%s has other values than those listed: %v", f.Key, got)
			}
			if twice := codes(header + f.Key + ": ~\n" + f.Key + ": ~\n"); slices.Contains(twice, "duplicate-key") == f.Several {
				t.Errorf("%s is listed with several %v: %v", f.Key, f.Several, twice)
			}
		}
	}
	if got := codes(asked + "-- entity/x --\ntag/team: blue\nnobody: x\n"); !slices.Contains(got, "unknown-key") {
		t.Errorf("an unknown line gives %v", got)
	}
}

// Every section that is listed for a folder is read there, and the others are
// not.
func TestSectionLists(t *testing.T) {
	headers := map[string]string{"entity/": "entity/x", "account/": "account/111122223333", "": ""}
	for _, folder := range scenario.Folders() {
		for _, k := range scenario.SectionKinds() {
			name := k.Prefix + k.Fresh
			if k.Levels {
				name = k.Prefix + "1-root/" + k.Fresh
			}
			text := asked
			if header := headers[folder.Prefix]; header != "" {
				name = header + "/" + name
				text += "-- " + header + " --\narn: arn:aws:s3:::reports\n"
			}
			got := codes(text + "-- " + name + " --\n{}\n")
			if known := !slices.Contains(got, "unknown-section"); known != slices.Contains(folder.Sections, k.Prefix) {
				t.Errorf("%s is known: %v, %v", name, known, got)
			}
			if slices.Contains(got, "bad-section") || k.Label == "" || k.Said == "" {
				t.Errorf("%s: %v, label %s, said %s", name, got, k.Label, k.Said)
			}
		}
	}
}

// What a folder's header can call unknown is a word that it reads, for each sort
// of section that a line can tell of.
func TestUnknownWords(t *testing.T) {
	words := map[string]bool{}
	for _, k := range scenario.SectionKinds() {
		if k.Unknown == "" {
			continue
		}
		words[k.Unknown] = true
		for _, header := range []string{"entity/x --\narn: arn:aws:s3:::x", "account/111122223333 --"} {
			if got := codes(asked + "-- " + header + "\nunknown: " + k.Unknown + "\n"); slices.Contains(got, "bad-unknown") {
				t.Errorf("%s of %s: %v", k.Unknown, k.Prefix, got)
			}
		}
	}
	for _, word := range engine.UnknownNames() {
		if beside := word == "encrypted-with" || word == "layer" || word == "*"; words[word] == beside {
			t.Errorf("a section is called unknown by %s: %v", word, words[word])
		}
	}
}

// What is offered is known: the lines have AWS's name, and the keys are AWS's,
// with their type.
func TestOffered(t *testing.T) {
	labels := 0
	for _, f := range scenario.RequestFields() {
		if (f.Label == "") != (f.OfferFor == "") || f.Service != "" && f.OfferFor != "" && f.Service != f.OfferFor {
			t.Errorf("%s is %q for %q, and belongs to %q", f.Key, f.Label, f.OfferFor, f.Service)
		}
		if f.Label != "" {
			labels++
		}
	}
	if labels != 3 {
		t.Errorf("%d lines are offered", labels)
	}
}
