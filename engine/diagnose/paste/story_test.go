package paste_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
)

var update = flag.Bool("update", false, "write what the diagnoses print into testdata")

// story is a diagnosis that goes on: each step brings something more, or says
// that there is nothing, or that a command was denied.
type story struct {
	name  string
	steps []step
}

type step struct {
	heading string
	piece   *paste.Piece
	answer  *diagnose.Answer
	wanted  string
}

// stories reads testdata/stories. A step begins with "== FILE", "== none COMMAND"
// or "== denied COMMAND"; behind a line "--" stands what is printed then.
func stories(t testing.TB) (out []story) {
	names, err := filepath.Glob("../testdata/stories/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no stories: ", err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		s := story{name: name}
		for _, block := range strings.Split("\n"+string(text), "\n== ")[1:] {
			head, rest, _ := strings.Cut(block, "\n")
			one := step{heading: head}
			body, wanted, _ := strings.Cut(rest, "--\n")
			one.wanted = strings.TrimRight(wanted, "\n")
			switch kind, id, ok := strings.Cut(head, " "); {
			case ok && (kind == "none" || kind == "denied"):
				one.answer = &diagnose.Answer{Command: id, Kind: diagnose.AnswerKind(kind)}
			default:
				one.piece = &paste.Piece{Name: head, Text: body}
			}
			s.steps = append(s.steps, one)
		}
		out = append(out, s)
	}
	return out
}

func TestStories(t *testing.T) {
	for _, s := range stories(t) {
		var pieces []paste.Piece
		var answers []diagnose.Answer
		var text strings.Builder
		for _, one := range s.steps {
			if one.piece != nil {
				pieces = append(pieces, *one.piece)
			} else {
				answers = append(answers, *one.answer)
				if !diagnose.KnownCommand(one.answer.Command) {
					t.Errorf("%s: there is no command %s", s.name, one.answer.Command)
				}
			}
			got := strings.Join(diagnose.Of(data.All(), paste.Scenario(pieces), answers).Lines(), "\n")
			text.WriteString("== " + one.heading + "\n")
			if one.piece != nil {
				text.WriteString(one.piece.Text)
			}
			text.WriteString("--\n" + got + "\n\n")
			if got != one.wanted && !*update {
				t.Errorf("%s, %s: have\n%s\n\nwant\n%s", s.name, one.heading, got, one.wanted)
			}
		}
		if *update {
			if err := os.WriteFile(s.name, []byte(strings.TrimRight(text.String(), "\n")+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
