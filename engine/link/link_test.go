package link

import (
	"bufio"
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"why403/engine"
	"why403/engine/internal/memory"
	"why403/scenarios"
)

// vector is a line of the files that the tests of web/src/links read too. It
// has the links of both writers, or one that only readers see, or one that
// they refuse.
type vector struct {
	Name     string
	Text     string
	Times    int // the text is this often there; 0 is once
	Engine   string
	Outcomes []string
	Go, TS   string
	Also     string
	Link     string
	Kind     Kind
	Message  string
}

func vectors(t testing.TB, file string) (all []vector) {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v vector
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		v.Text = strings.Repeat(v.Text, max(v.Times, 1))
		all = append(all, v)
	}
	if err := lines.Err(); err != nil || len(all) == 0 {
		t.Fatalf("%s: %d lines, %v", file, len(all), err)
	}
	return all
}

// want is what the readers give for a vector.
func (v *vector) want() Link {
	l := Link{Text: v.Text, Engine: v.Engine}
	for _, o := range v.Outcomes {
		l.Outcomes = append(l.Outcomes, outcomes[strings.ReplaceAll(o, " ", "-")])
	}
	return l
}

func (l Link) equal(other Link) bool {
	return l.Text == other.Text && l.Engine == other.Engine && slices.Equal(l.Outcomes, other.Outcomes)
}

func TestVectors(t *testing.T) {
	refused := 0
	for _, v := range vectors(t, "links.jsonl") {
		if v.Kind != "" {
			refused++
			l, err := Decode(v.Link)
			var got *Error
			if !errors.As(err, &got) || got.Kind != v.Kind || got.Message != v.Message {
				t.Errorf("%s: %q, %v", v.Name, l.Text, err)
			}
			continue
		}
		for _, address := range []string{v.Go, v.TS, v.Also} {
			if got, err := Decode(address); address != "" && (err != nil || !got.equal(v.want())) {
				t.Errorf("%s: %+v, %v in %s", v.Name, got, err, address)
			}
		}
		if got, err := Encode(v.Text, v.Engine, v.want().Outcomes); v.Go != "" && (err != nil || got != v.Go) {
			t.Errorf("%s is written as\n%s, %v, want\n%s", v.Name, got, err, v.Go)
		}
	}
	if refused < 30 {
		t.Errorf("%d links are refused", refused)
	}
}

// TestShipped: every version that was ever shipped wrote links like these, and
// they are read for ever. Lines are only ever added to these files.
func TestShipped(t *testing.T) {
	for _, v := range vectors(t, "shipped-1.jsonl") {
		if got, err := Decode(v.Link); err != nil || !got.equal(v.want()) {
			t.Errorf("%+v, %v in %s", got, err, v.Link)
		}
	}
}

func TestGallery(t *testing.T) {
	names, err := fs.Glob(scenarios.Files, "*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		text, _ := fs.ReadFile(scenarios.Files, name)
		address := encode(t, string(text))
		if got, err := Decode(address); err != nil || got.Text != string(text) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func encode(t testing.TB, text string, outcomes ...engine.Outcome) string {
	t.Helper()
	address, err := Encode(text, "1", outcomes)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// samples are blobs of both codecs and both writers. Each bit and each length
// of them is tried, so long texts are left out.
func samples(t testing.TB) (all []string) {
	for _, v := range vectors(t, "links.jsonl") {
		if v.Go != "" && len(v.Text) < 3000 {
			for _, address := range []string{v.Go, v.TS} {
				blob, _, _ := find(address)
				all = append(all, blob)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func kind(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// A link that ends anywhere before its Z is cut off, even if the letter there
// happens to be a Z.
func TestCutOff(t *testing.T) {
	for _, blob := range samples(t) {
		for n := range len(blob) {
			for _, cut := range []string{blob[:n], blob[:n] + last} {
				if _, err := Decode("#s=" + cut); cut != blob && kind(err) != CutOff {
					t.Errorf("%d of %s: %v", n, blob, err)
				}
			}
		}
	}
}

// What stands behind the blob may be cut off anywhere.
func TestCutOffBehindTheBlob(t *testing.T) {
	whole := encode(t, "x", engine.ImplicitDeny, engine.Allowed)
	for n := strings.Index(whole, last) + 1; n < len(whole); n++ {
		got, err := Decode(whole[:n])
		if err != nil || got.Text != "x" || len(got.Outcomes) > 1 || (got.Engine == "") != (len(got.Outcomes) == 0) {
			t.Errorf("%+v, %v in %s", got, err, whole[:n])
		}
	}
}

// flips are a blob with each bit of its bytes changed, and then each bit of its
// letters.
func flips(blob string) (all []string) {
	packed, _ := decode64(strings.TrimSuffix(blob, last))
	for i := range len(packed) * 8 {
		flipped := slices.Clone(packed)
		flipped[i/8] ^= 1 << (i % 8)
		all = append(all, base64.RawURLEncoding.EncodeToString(flipped)+last)
	}
	for i := range len(blob) * 7 {
		flipped := []byte(blob)
		flipped[i/7] ^= 1 << (i % 7)
		all = append(all, string(flipped))
	}
	return all
}

// letters are the verdicts on damaged links in testdata/damaged.jsonl.
var letters = map[Kind]byte{"": '.', None: 'o', CutOff: 'c', Damaged: 'd', TooLarge: 't', Newer: 'n'}

// verdicts is what is said of each blob with a changed bit, a letter for each.
func verdicts(t *testing.T, blob string) string {
	text, err := unpack(blob)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, flipped := range flips(blob) {
		got, err := Decode("#s=" + flipped)
		if err == nil && got.Text != text {
			t.Errorf("another text in %s", flipped)
		}
		b.WriteByte(letters[kind(err)])
	}
	return b.String()
}

// No flipped bit makes another text. Few bits of DEFLATE say the same either
// way; all others are found. The page gives the same verdicts: its tests read
// the file too. UPDATE=1 writes it anew.
func TestFlippedBits(t *testing.T) {
	var lines strings.Builder
	count, same := 0, 0
	for _, blob := range samples(t) {
		said := verdicts(t, blob)
		count += len(said)
		same += strings.Count(said, ".")
		fmt.Fprintf(&lines, "{\"blob\":%q,\"verdicts\":%q}\n", blob, said)
	}
	if same*200 > count || count < 10000 {
		t.Errorf("%d of %d flipped bits are not found", same, count)
	}
	const path = "testdata/damaged.jsonl"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(lines.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(path); err != nil || string(want) != lines.String() {
		t.Errorf("%s has other verdicts (%v)", path, err)
	}
}

func deflated9(data []byte) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

// A few bytes that inflate to very many are refused, whatever they declare.
func TestBombs(t *testing.T) {
	const small, large = 45 << 20, 100 << 20
	for _, c := range []struct {
		size, declared int
		want           Kind
	}{
		{small, 1, Damaged}, {small, MaxText, Damaged}, {small, MaxText + 1, TooLarge}, {small, 1<<24 - 1, TooLarge},
		{large, 1, TooLarge},
	} {
		packed := []byte{version, deflated, byte(c.declared >> 16), byte(c.declared >> 8), byte(c.declared)}
		packed = append(append(packed, deflated9(make([]byte, c.size))...), 0, 0, 0, 0)
		blob := base64.RawURLEncoding.EncodeToString(packed) + last
		if _, err := Decode(blob); kind(err) != c.want {
			t.Errorf("%d bytes in %d letters, %d declared: %v", c.size, len(blob), c.declared, err)
		}
	}
}

// A stream takes no more memory than its declared length and its window.
func TestBombTakesNoMemory(t *testing.T) {
	bomb := deflated9(make([]byte, 45<<20))
	n := memory.Bytes(func() {
		if _, err := inflate(bomb, 1000); kind(err) != Damaged {
			t.Error(err)
		}
	})
	if n > 1<<17 {
		t.Errorf("a text of 1000 bytes takes %d bytes of memory", n)
	}
}

func TestLimits(t *testing.T) {
	noise := make([]byte, MaxEncoded)
	for i, state := 0, uint32(1); i < len(noise); i++ {
		state = state*1664525 + 1013904223
		noise[i] = ' ' + byte(state>>25)%95
	}
	for what, text := range map[string]string{
		"longer than texts can be": strings.Repeat("x", MaxText+1), "more letters than links can have": string(noise),
	} {
		if address, err := Encode(text, "1", nil); kind(err) != TooLarge || address != "" {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := Encode("\xff", "1", nil); kind(err) != Damaged {
		t.Errorf("not UTF-8: %v", err)
	}
	letters := strings.Repeat("A", MaxEncoded)
	if _, err := Decode(letters); kind(err) != CutOff {
		t.Errorf("as many letters as are read: %v", err)
	}
	if _, err := Decode(letters + "A"); kind(err) != TooLarge {
		t.Errorf("a letter more than is read: %v", err)
	}
}

// FuzzDecode: nothing panics, nothing is longer than it may be, and what is
// read can be written and read again.
func FuzzDecode(f *testing.F) {
	for _, v := range vectors(f, "links.jsonl") {
		for _, address := range []string{v.Go, v.TS, v.Also, v.Link} {
			f.Add(address)
		}
	}
	f.Fuzz(func(t *testing.T, address string) {
		got, err := Decode(address)
		if err != nil {
			if kind(err) == "" || got.Text != "" {
				t.Errorf("%q, %v", got.Text, err)
			}
			return
		}
		if len(got.Text) > MaxText || !utf8.ValidString(got.Text) {
			t.Errorf("%d bytes, or not UTF-8", len(got.Text))
		}
		again, err := Encode(got.Text, got.Engine, got.Outcomes)
		if kind(err) == TooLarge {
			return
		}
		if back, err := Decode(again); err != nil || !back.equal(got) {
			t.Errorf("%+v, %v, not %+v", back, err, got)
		}
	})
}

// Of a text with very many parameters that nothing reads, none is kept.
func TestManyParameters(t *testing.T) {
	for _, text := range []string{strings.Repeat("&", 100_000), "#" + strings.Repeat("&x=y", 100_000)} {
		n := testing.AllocsPerRun(3, func() {
			if _, err := Decode(text); err == nil {
				t.Error("it is a link")
			}
		})
		if n > 10 {
			t.Errorf("%.10q…: %v objects are made", text, n)
		}
	}
	many := ""
	for i := range 1000 {
		many += fmt.Sprintf("&x%d=y", i)
	}
	if n := testing.AllocsPerRun(3, func() { Decode(many) }); n > 10 {
		t.Errorf("different names: %v objects are made", n)
	}
}
