package main

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
)

// site makes a folder docs of documents, one of each form.
func site(t *testing.T) {
	t.Helper()
	const skipped = "<why403-scenario src=none.txtar expect=allow></why403-scenario>\n"
	files(t, scenarios+"-- docs/sub/one.txtar --\n"+one+"-- docs/node_modules/p/README.md --\n"+skipped+"-- docs/.git/x.html --\n"+skipped+
		"-- docs/text.txt --\n"+skipped+"-- empty/index.md --\n```\n"+skipped+"```\n")
	for name, form := range map[string]string{"docs/a.md": "markdown", "docs/b.html": "html", "docs/sub/c.mdx": "mdx"} {
		block, stderr, code := run("", "embed", "--"+form, "--base", "https://why403.example/", "good/two.txtar")
		if code != exitOK {
			t.Fatal(stderr)
		}
		write(t, name, "Title\n\n"+block)
	}
}

const one = "== request ==\nprincipal: arn:aws:iam::111122223333:user/alice\naction: sqs:SendMessage\nresource: " +
	"arn:aws:sqs:us-east-1:111122223333:q\n"

func TestDoctest(t *testing.T) {
	site(t)
	expect(t, exitOK, "3 embedded scenarios, 0 failed\n", "doctest", "docs")
	expect(t, exitOK, "1 embedded scenario, 0 failed\n", "doctest", "docs/sub/c.mdx")
	expect(t, exitOK, "4 embedded scenarios, 0 failed\n", "doctest", "docs/a.md", "docs")
}

// What is stale is told with its file and line, and an update makes it true.
func TestDoctestUpdate(t *testing.T) {
	site(t)
	before := map[string]string{}
	for _, name := range []string{"docs/a.md", "docs/b.html", "docs/sub/c.mdx"} {
		before[name] = read(t, name)
		write(t, name, strings.Replace(before[name], "allow, implicit deny", "allow, allow", 1))
	}
	const says = ": expects “allow, allow”; the engine says “allow, implicit deny”\n"
	stale := "docs/a.md:3" + says + "docs/b.html:4" + says + "docs/sub/c.mdx:3" + says
	expect(t, exitProblems, stale+"3 embedded scenarios, 3 failed\n", "doctest", "docs")
	expect(t, exitOK, "docs/a.md: updated\ndocs/b.html: updated\ndocs/sub/c.mdx: updated\n3 embedded scenarios, 0 failed\n", "doctest",
		"--update", "docs")
	for name, text := range before {
		if got := read(t, name); got != text {
			t.Errorf("%s becomes\n%s", name, got)
		}
	}
	expect(t, exitOK, "3 embedded scenarios, 0 failed\n", "doctest", "--update", "docs")
}

// A scenario that can't be read fails, and an update leaves it.
func TestDoctestBroken(t *testing.T) {
	files(t, scenarios)
	const text = "<why403-scenario src=\"bad.txtar\" expect=\"allow\"></why403-scenario>\n"
	write(t, "index.html", text)
	const errors = "index.html:1: the scenario has an error at request:3:11: This is not an ARN."
	for _, args := range [][]string{{"doctest", "."}, {"doctest", "--update", "."}} {
		if stdout, _, code := run("", args...); code != exitProblems || !strings.HasPrefix(stdout, errors) || !strings.HasSuffix(stdout,
			"\n1 embedded scenario, 1 failed\n") {
			t.Errorf("%s exits with %d:\n%s", args, code, stdout)
		}
	}
	if read(t, "index.html") != text {
		t.Error("an update changes it")
	}
	write(t, "index.mdx", "<why403-scenario src=\"good/deep/one.txtar\" height={3} expect=\"allow\" />\n")
	expect(t, exitProblems, "index.mdx:1: expects “allow”; the engine says “explicit deny”\n"+
		"index.mdx:1: this scenario has an attribute that is an expression: write this block again by hand\n1 embedded scenario, 1 failed\n",
		"doctest", "--update", "index.mdx")
}

// A file is looked for where a browser would: beside the document, or below the
// root of the site, and nowhere else.
func TestDoctestFiles(t *testing.T) {
	site(t)
	const noServer = ", which is neither a link with #s= nor a file of this site; doctest asks no server"
	for _, c := range []struct{ root, src, want string }{
		{"docs", "one.txtar", ""},
		{"docs", "./one%2Etxtar?x#y", ""},
		{"docs", "../sub/one.txtar", ""},
		{"docs", "/sub/one.txtar", ""},
		{".", "/docs/sub/one.txtar", ""},
		{".", "../../docs/sub/one.txtar", ""},
		{"docs", "/one.txtar", "src is “/one.txtar”, and docs has no file one.txtar; --root says where the site begins"},
		{"docs", "../../good/two.txtar", "src is “../../good/two.txtar”, and docs has no file ../good/two.txtar; --root says where the site " +
			"begins"},
		{"docs", "/sub", "src is “/sub”, and docs has no file sub; --root says where the site begins"},
		{"good", "one.txtar", "src is “one.txtar”, and good has no file ../docs/sub/one.txtar; --root says where the site begins"},
		{"docs", "https://why403.example/s/abc", "src is “https://why403.example/s/abc”" + noServer},
		{"docs", "//why403.example/one.txtar", "src is “//why403.example/one.txtar”" + noServer},
		{"docs", "#top", "src is “#top”" + noServer},
	} {
		write(t, "docs/sub/d.html", "\n<why403-scenario src=\""+c.src+"\" expect=\"implicit deny\"></why403-scenario>\n")
		code, want := exitOK, "1 embedded scenario, 0 failed\n"
		if c.want != "" {
			code, want = exitProblems, "docs/sub/d.html:2: "+c.want+"\n1 embedded scenario, 1 failed\n"
		}
		expect(t, code, want, "doctest", "--root", c.root, "docs/sub/d.html")
	}
}

// What has no end, or none that is near, is told and not waited for. Links are
// followed inside the site only.
func TestDoctestReads(t *testing.T) {
	site(t)
	block := read(t, "docs/a.md")
	write(t, "outside.md", block)
	for name, target := range map[string]string{"docs/endless.html": "/dev/zero", "docs/inside.md": "sub/../a.md",
		"docs/out.md": "../outside.md", "docs/none.md": "nothing.md", "docs/sub.md": "sub"} {
		if err := os.Symlink(target, name); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo("docs/pipe.rst", 0o600); err != nil {
		t.Fatal(err)
	}
	write(t, "docs/long.html", "")
	if err := os.Truncate("docs/long.html", maxDocument+1); err != nil {
		t.Fatal(err)
	}
	const notRegular = "was not read: it is not a regular file\n"
	const others = "docs/endless.html: " + notRegular + "docs/long.html: was not read: it is longer than 16 MiB\n" +
		"docs/none.md: was not read: stat docs/none.md: no such file or directory\n"
	const rest = "docs/pipe.rst: " + notRegular + "docs/sub.md: " + notRegular
	expect(t, exitProblems, others+"docs/out.md: was not read: it is a link that leads out of the folder; --root says where the site "+
		"begins\n"+rest+
		"4 embedded scenarios, 0 failed\n", "doctest", "docs")
	expect(t, exitProblems, others+rest+"5 embedded scenarios, 0 failed\n", "doctest", "--root", ".", "docs")
	expect(t, exitProblems, "docs/pipe.rst: "+notRegular+"0 embedded scenarios, 0 failed\n", "doctest", "docs/pipe.rst")
	for _, src := range []string{"/pipe.rst", "/endless.html"} {
		write(t, "docs/sub/d.html", "<why403-scenario src=\""+src+"\" expect=\"allow\"></why403-scenario>\n")
		stdout, _, code := run("", "doctest", "--root", "docs", "docs/sub/d.html")
		if code != exitProblems || !strings.Contains(stdout, "docs has no file "+src[1:]) {
			t.Errorf("exits with %d: %s", code, stdout)
		}
	}
}

// A page in UTF-16 is read as one in UTF-8, and updated in its own encoding.
// One that can't be read is told.
func TestDoctestEncodings(t *testing.T) {
	site(t)
	text := read(t, "docs/a.md") + "ä €𝄞\n"
	stale := strings.Replace(text, "allow, implicit deny", "allow, allow", 1)
	for _, e := range encodings {
		write(t, "docs/a.md", e.encode(stale))
		expect(t, exitProblems, "docs/a.md:3: expects “allow, allow”; the engine says “allow, implicit deny”\n1 embedded scenario, 1 failed\n",
			"doctest", "docs/a.md")
		expect(t, exitOK, "docs/a.md: updated\n1 embedded scenario, 0 failed\n", "doctest", "--update", "docs/a.md")
		if got := read(t, "docs/a.md"); got != e.encode(text) {
			t.Errorf("%q becomes %q", e.mark, got)
		}
	}
	little := encodings[1].encode(text)
	for _, unread := range []string{little[2:], little + "x", "\xff\xfe\x00\xd8", "\xff\xfe\x00\x00", "\x00"} {
		write(t, "docs/a.md", unread)
		expect(t, exitProblems, "docs/a.md: was not read: it is neither UTF-8 nor UTF-16 with a byte order mark\n0 embedded scenarios, 0 "+
			"failed\n", "doctest", "docs/a.md")
		if read(t, "docs/a.md") != unread {
			t.Error("it changes")
		}
	}
	write(t, "docs/a.md", text+"\xe4") // Latin-1 has ASCII in it
	expect(t, exitOK, "1 embedded scenario, 0 failed\n", "doctest", "docs/a.md")
}

// An update keeps the permissions, a link still leads to the file, and nothing
// is left beside it.
func TestDoctestReplaces(t *testing.T) {
	site(t)
	write(t, "docs/a.md", strings.Replace(read(t, "docs/a.md"), "allow, implicit deny", "allow, allow", 1))
	if err := errors.Join(os.Chmod("docs/a.md", 0o640), os.Symlink("a.md", "docs/link.md")); err != nil {
		t.Fatal(err)
	}
	expect(t, exitOK, "docs/link.md: updated\n1 embedded scenario, 0 failed\n", "doctest", "--update", "docs/link.md")
	expect(t, exitOK, "1 embedded scenario, 0 failed\n", "doctest", "docs/a.md")
	info, err := os.Lstat("docs/link.md")
	target, err2 := os.Stat("docs/a.md")
	files, err3 := os.ReadDir("docs")
	if err := errors.Join(err, err2, err3); err != nil || info.Mode()&os.ModeSymlink == 0 || target.Mode().Perm() != 0o640 || len(files) != 7 {
		t.Error(err, info.Mode(), target.Mode(), files)
	}
}

// Finding nothing is a mistake of the build, unless it is wanted.
func TestDoctestNone(t *testing.T) {
	site(t)
	expect(t, exitProblems, "0 embedded scenarios, 0 failed\nNone was found. If none is what you want, say --allow-none.\n", "doctest",
		"empty")
	expect(t, exitOK, "0 embedded scenarios, 0 failed\n", "doctest", "--allow-none", "empty")
}

func TestDoctestUsage(t *testing.T) {
	site(t)
	for args, want := range map[string]string{
		"":                    "doctest needs a folder of documents",
		"missing":             "no such file",
		"docs/text.txt":       "docs/text.txt is not a document that doctest reads",
		"--root missing docs": "no such file",
		"--fix docs":          "flag provided but not defined: -fix",
	} {
		stdout, stderr, code := run("", append([]string{"doctest"}, strings.Fields(args)...)...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, want) {
			t.Errorf("doctest %s exits with %d: %s%s\nwant %s", args, code, stdout, stderr, want)
		}
	}
}

// Names and documents are somebody else's: no character of theirs that a terminal
// obeys is printed, and none ends a line.
func TestDoctestPrints(t *testing.T) {
	files(t, scenarios)
	write(t, "new\nline\x1b[31m.html", "<why403-scenario src=\"a\x1b]0;x\x07\u202e\"></why403-scenario>\n")
	const line = `new\nline\x1b[31m.html:1: src is “a\x1b]0;x\a\u202e”, which is neither a link with #s= nor a file of this site; ` +
		"doctest asks no server\n"
	expect(t, exitProblems, line+"1 embedded scenario, 1 failed\n", "doctest", ".")
}

// A folder that can't be read is told of, and fails; the others are read.
func TestDoctestUnreadable(t *testing.T) {
	site(t)
	const gone = "docs/gone"
	stdout := &strings.Builder{}
	d := docTest{app: &app{stdout: stdout}}
	walked := walk
	defer func() { walk = walked }()
	walk = func(root string, each fs.WalkDirFunc) error {
		if err := each(gone, nil, &fs.PathError{Op: "open", Path: gone, Err: fs.ErrPermission}); err != nil {
			return err
		}
		return walked(root, each)
	}
	if err := d.below("docs", ""); err != nil || d.found != 3 || d.unread != 1 || stdout.String() != gone+
		": was not read: permission denied\n" {
		t.Errorf("%v: %d found, %d not read:\n%s", err, d.found, d.unread, stdout)
	}
}

// A page of very many scenarios would take seconds: none of it is tested, and that is told.
func TestDoctestMany(t *testing.T) {
	site(t)
	block := read(t, "docs/a.md")
	if err := os.Mkdir("many", 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, "many/a.md", strings.Repeat(block+"\n", maxBlocks+1))
	expect(t, exitProblems, "many/a.md: was not read: it has more than 1000 embedded scenarios; put them on several pages\n"+
		"0 embedded scenarios, 0 failed\n", "doctest", "many")
}

// So would a site of very many pages: it is refused before one is opened.
func TestDoctestManyPages(t *testing.T) {
	site(t)
	d := docTest{app: &app{stdout: &strings.Builder{}}}
	walked := walk
	defer func() { walk = walked }()
	walk = func(root string, each fs.WalkDirFunc) error {
		return walked(root, func(name string, entry fs.DirEntry, err error) error {
			for range maxPages/2 + 1 {
				if err := each(name, entry, err); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err := d.below("docs", ""); err != errTooManyPages || d.found > 0 {
		t.Errorf("%v: %d found", err, d.found)
	}
}
