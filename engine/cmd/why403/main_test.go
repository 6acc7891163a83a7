package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// files is a folder of files, each "-- NAME --" followed by its text. In the
// text, "==" at the ends of a line stands for "--".
func files(t *testing.T, archive string) string {
	t.Helper()
	folder := t.TempDir()
	for _, piece := range strings.Split(archive, "-- ")[1:] {
		name, text, ok := strings.Cut(piece, " --\n")
		if !ok {
			t.Fatalf("no file in %q", piece)
		}
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		text = strings.NewReplacer("== ", "-- ", " ==", " --").Replace(text)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(folder)
	return folder
}

// expect runs the command and compares its exit code and its standard output.
func expect(t *testing.T, code int, want string, args ...string) {
	t.Helper()
	got, errors, exit := run("", args...)
	got, want = withoutPossible(got), withoutPossible(want)
	if exit != code || got != want {
		t.Errorf("why403 %s\nexits with %d, want %d; errors: %s\n%s\nwant\n%s", strings.Join(args, " "), exit, code, errors, got, want)
	}
	if (errors != "") != (code == exitUsage) {
		t.Errorf("why403 %s: standard error has %q", strings.Join(args, " "), errors)
	}
}

// withoutPossible leaves out what AWS may also ask, and the first fix: they are
// in most answers, and have tests of their own.
func withoutPossible(lines string) string {
	return firstFix.ReplaceAllString(possible.ReplaceAllString(lines, ""), "}")
}

var (
	possible = regexp.MustCompile(`,"possible":\[[^\]]*\]`)
	firstFix = regexp.MustCompile(`(?m),"fix":\{.*\}\}$`)
)

func run(stdin string, args ...string) (stdout, stderr string, code int) {
	var out, errors bytes.Buffer
	a := app{strings.NewReader(stdin), &out, &errors}
	code = a.run(args)
	return out.String(), errors.String(), code
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Wrong calls exit with 2, say what is wrong, and print the usage.
func TestUsage(t *testing.T) {
	files(t, "-- empty/x.txt --\nx\n-- a.txtar --\nx\n")
	for args, want := range map[string]string{
		"":                          "usage: why403 eval",
		"nonsense":                  "there is no command nonsense",
		"eval":                      "eval needs a file",
		"eval --json":               "eval needs a file",
		"eval --xml a.txtar":        "flag provided but not defined: -xml",
		"eval a.txtar --json":       "no such file",
		"eval missing.txtar":        "no such file",
		"eval empty":                "empty has no *.txtar file in it",
		"check":                     "check needs a file or a folder",
		"check -":                   "check needs a file or a folder",
		"check a.txtar -":           "check needs a file or a folder",
		"check --json a.txtar":      "flag provided but not defined: -json",
		"check missing":             "no such file",
		"tables --format xml":       "the formats are text, markdown, html and json",
		"tables a.txtar":            "the formats are text, markdown, html and json",
		"tables --nonsense":         "flag provided but not defined: -nonsense",
		"tables --format":           "flag needs an argument",
		"eval --json=maybe a.txtar": "invalid boolean value",
		"Eval a.txtar":              "there is no command Eval",
	} {
		stdout, stderr, code := run("", strings.Fields(args)...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, want) || !strings.Contains(stderr, "why403 tables [--format") {
			t.Errorf("why403 %s exits with %d: %s%s\nwant %s", args, code, stdout, stderr, want)
		}
	}
}

// Help is no mistake.
func TestHelp(t *testing.T) {
	for _, args := range []string{"help", "-h", "--help", "eval --help", "check -h", "tables -help"} {
		stdout, stderr, code := run("", strings.Fields(args)...)
		if code != exitOK || stdout != usage || stderr != "" {
			t.Errorf("why403 %s exits with %d: %q, %q", args, code, stdout, stderr)
		}
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestUnreadableInput(t *testing.T) {
	var out, errors bytes.Buffer
	a := app{broken{}, &out, &errors}
	if code := a.run([]string{"eval", "-"}); code != exitUsage || !strings.Contains(errors.String(), "unexpected EOF") {
		t.Errorf("exits with %d: %s", code, &errors)
	}
}
