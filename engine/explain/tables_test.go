package explain

import (
	"strings"
	"testing"

	"why403/engine"
)

// Every path has words of its own.
func TestPathTitles(t *testing.T) {
	for id := engine.PathSigned; id <= engine.PathPublic; id++ {
		if title := pathTitles[id]; title == "" || strings.HasSuffix(title, ".") {
			t.Errorf("path %d has the title %q", id, title)
		}
	}
	if len(pathTitles) != int(engine.PathPublic)+1 {
		t.Errorf("%d titles", len(pathTitles))
	}
}

// Every gate has one row of words for being closed.
func TestClosedWords(t *testing.T) {
	rows := map[engine.Gates]int{}
	for _, c := range closedWords {
		rows[c.gate]++
		if c.text == "" || strings.HasSuffix(c.text, ".") {
			t.Errorf("gate %b says %q", c.gate, c.text)
		}
	}
	for gate := engine.SCPGate; gate <= engine.CrossAccountUse; gate <<= 1 {
		if rows[gate] != 1 {
			t.Errorf("gate %b has %d rows", gate, rows[gate])
		}
	}
}

// Every reason for which a statement or grant can fail has its element.
func TestMissNames(t *testing.T) {
	for miss := engine.MissPrincipal; miss <= engine.MissChild; miss++ {
		if int(miss) >= len(missNames) || missNames[miss] == "" {
			t.Errorf("miss %d has no name", miss)
		}
	}
	if missNames[engine.Matched] != "" {
		t.Error("what matched did not miss")
	}
}

func TestPhrases(t *testing.T) {
	for want, got := range map[string]string{
		"": join(nil), "a": join([]string{"a"}), "a and b": join([]string{"a", "b"}), "a, b and c": join([]string{"a", "b", "c"}),
		"One.": sentence("one"), "1 of 1 grant applied": matchedOf(1, 1, "grant", "applied"),
		"1 of 2 grants applied": matchedOf(1, 2, "grant", "applied"),
		"no value":              quoteAll(nil), "“a” and “b”": quoteAll([]string{"a", "b"}),
		"“1”, “2”, “3”, “4”, “5” and 2 more": quoteAll([]string{"1", "2", "3", "4", "5", "6", "7"}),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if sentence("") != "" {
		t.Error("a sentence of nothing")
	}
}
