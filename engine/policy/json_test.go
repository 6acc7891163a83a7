package policy_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"why403/engine/policy"
)

// outline writes a tree back as JSON without white space, from its values and
// names alone.
func outline(n *policy.Node) string {
	var pieces []string
	for i := range n.Items {
		piece := outline(&n.Items[i])
		if n.Kind == policy.Object {
			name, _ := json.Marshal(n.Names[i].Value)
			piece = string(name) + ":" + piece
		}
		pieces = append(pieces, piece)
	}
	switch n.Kind {
	case policy.Object:
		return "{" + strings.Join(pieces, ",") + "}"
	case policy.Array:
		return "[" + strings.Join(pieces, ",") + "]"
	case policy.String:
		text, _ := json.Marshal(n.Value)
		return string(text)
	case policy.Null:
		return "null"
	}
	return n.Value
}

func TestTree(t *testing.T) {
	for text, want := range map[string]string{
		`null`:                                 `null`,
		" true ":                               `true`,
		`-1.50e+3`:                             `-1.50e+3`,
		`""`:                                   `""`,
		`[]`:                                   `[]`,
		"{\r\n}":                               `{}`,
		`[1, "b", false, null,[]]`:             `[1,"b",false,null,[]]`,
		`{"a" : {"b":[{}]} , "c":1e400}`:       `{"a":{"b":[{}]},"c":1e400}`,
		`{"":"\"\\\/\b\f\n\r\té\ud83d\ude00"}`: `{"":"\"\\/\b\f\n\r\té😀"}`,
	} {
		root, problems := policy.ParseJSON("section", text)
		if got := outline(root); got != want || len(problems) != 0 || !root.Closed {
			t.Errorf("%s: got %s with %v, want %s", text, got, problems, want)
		}
	}
}

// What could be read before the text breaks is in the tree.
func TestPartialTree(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1,"b":[2,3`: `{"a":1,"b":[2,3]}`,
		`{"a":1,"b":`:     `{"a":1}`,
		`{"a":1,"b"`:      `{"a":1}`,
		`[1,[2,{"c":x`:    `[1,[2,{}]]`,
		`{"a":1}}`:        `{"a":1}`,
	} {
		root, problems := policy.ParseJSON("section", text)
		if got := outline(root); got != want || len(problems) != 1 {
			t.Errorf("%s: got %s with %v, want %s", text, got, problems, want)
		}
	}
}

func TestField(t *testing.T) {
	root, _ := policy.ParseJSON("section", `{"a":1,"b":[2],"a":3}`)
	if a, ok := root.Field("a"); !ok || a.Value != "1" {
		t.Errorf("a is %v", a)
	}
	if _, ok := root.Field("A"); ok {
		t.Error("names are case-sensitive")
	}
	if _, ok := root.Items[1].Field("b"); ok {
		t.Error("a list has no fields")
	}
}

// Every value and name has the span of the very text that says it.
func TestNodeSpans(t *testing.T) {
	text := " { \"é\\\"\" : [ -1.5 , true,null,\"\",\"\\\\\", \"\\\\\\\"x\" ,{ } ] ,\"b\":{\"c\":[1,2] } } "
	root, problems := policy.ParseJSON("section", text)
	if len(problems) != 0 {
		t.Fatal(problems)
	}
	var walk func(n *policy.Node)
	walk = func(n *policy.Node) {
		if got := text[n.Span.Start:n.Span.End]; !same(t, got, outline(n)) {
			t.Errorf("the span of %s has %q", outline(n), got)
		}
		if alone := policy.ValueAt(text, n.Span); !reflect.DeepEqual(alone, n) {
			t.Errorf("at %v stands %v, not %v", n.Span, alone, n)
		}
		for i, name := range n.Names {
			quoted, _ := json.Marshal(name.Value)
			if got := text[name.Span.Start:name.Span.End]; got != string(quoted) {
				t.Errorf("the span of the name %s has %q", quoted, got)
			}
			walk(&n.Items[i])
		}
		for i := len(n.Names); i < len(n.Items); i++ {
			walk(&n.Items[i])
		}
	}
	walk(root)
	is := strings.Index(text, "true")
	for _, at := range []policy.Span{{}, {Start: 0, End: 1}, {Start: 1, End: 4}, {Start: is, End: is + 5},
		{Start: is, End: is + 3}, {Start: 2, End: 1 << 20}, {Start: -1, End: 3}} {
		if n := policy.ValueAt(text, at); n != nil {
			t.Errorf("at %v stands no value, and %v is given", at, n)
		}
	}
}

// same compares JSON texts without their white space.
func same(t *testing.T, a, b string) bool {
	t.Helper()
	left, err := exactly(a)
	if err != nil {
		return false
	}
	right, err := exactly(b)
	if err != nil {
		t.Fatal(err)
	}
	x, _ := json.Marshal(left)
	y, _ := json.Marshal(right)
	return string(x) == string(y) && strings.TrimSpace(a) == a
}

// exactly decodes with numbers as they are written: 1E1000 fits no float64.
func exactly(text string) (value any, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	err = d.Decode(&value)
	return value, err
}

func TestDepth(t *testing.T) {
	nest := func(n int, open, end string) string { return strings.Repeat(open, n) + strings.Repeat(end, n) }
	for _, c := range []struct{ text, want string }{
		{nest(policy.MaxDepth, "[", "]"), ""},
		{nest(policy.MaxDepth-1, `{"a":`, "}")[:5*(policy.MaxDepth-1)] + "1" + strings.Repeat("}", policy.MaxDepth-1), ""},
		{nest(policy.MaxDepth+1, "[", "]"), "1:65 too-deep"},
		{nest(1_000_000, "[", ""), "1:65 too-deep"},
		{`{"Id":` + nest(200_000, `{"a":`, ""), "1:322 too-deep"},
		{nest(100_000, "[\n", ""), "65:1 too-deep"},
		{`{"Statement":` + nest(300_000, "[", ""), "1:77 too-deep"},
	} {
		_, problems := policy.ParseJSON("section", c.text)
		got := report(c.text, problems, false)
		if !strings.HasSuffix(got, c.want) {
			t.Errorf("%.30s…: got %s, want %s", c.text, got, c.want)
		}
	}
}

func TestSize(t *testing.T) {
	text := `{"a":"` + strings.Repeat("x", policy.MaxSize-8) + `"}`
	if root, problems := policy.ParseJSON("section", text); len(problems) != 0 || len(root.Items) != 1 {
		t.Errorf("a text of %d bytes: %v", len(text), problems)
	}
	text += " "
	d, problems := policy.Parse("section", policy.Identity, text)
	if len(problems) != 1 || problems[0].Code != "too-large" || problems[0].Span.Start > len(text) || len(d.Statements) != 0 {
		t.Errorf("a text of %d bytes: %v", len(text), problems)
	}
}

// A text of more values and names than may be is not read, and says where that is.
func TestManyValues(t *testing.T) {
	const text = `{"a": [1, 2], "b": {"c": null}}` // 5 values and 3 names, and itself
	if _, problems := policy.ParseLongJSON("", text, len(text), 9); len(problems) > 0 {
		t.Errorf("%+v", problems)
	}
	_, problems := policy.ParseLongJSON("", text, len(text), 8)
	if len(problems) != 1 || problems[0].Code != "too-many-values" || text[problems[0].Span.Start:] != `: null}}` {
		t.Errorf("%+v", problems)
	}
}

// A text of the largest size with nothing but one mistake over and over is
// read to its end, and reports so many problems and no more. A path with
// quadratic cost would not come to its end.
func TestManyProblems(t *testing.T) {
	const good = `"Effect":"Allow","Action":"s3:GetObject","Resource":"*"`
	filler := strings.Repeat("é", policy.MaxSize/4)
	for name, c := range map[string]struct{ before, piece, after string }{
		"names":         {`{"a":1,`, `"a":1,`, `"b":2}`},
		"names, late":   {`{"b":"` + filler + `","a":1,`, `"a":1,`, `"c":2}`},
		"elements":      {`{"Statement":{`, `"x":1,`, good + `}}`},
		"statements":    {`{"Statement":[`, `1,`, `{` + good + `}]}`},
		"empty":         {`{"Statement":[`, `{},`, `{}]}`},
		"effects":       {`{"Statement":[`, `{"Effect":1},`, `{}]}`},
		"actions":       {`{"Statement":{"Effect":"Deny","Resource":"*","Action":[`, `"x",`, `"y"]}}`},
		"values":        {`{"Statement":{"Effect":"Deny","Resource":"*","Action":[`, `1,`, `"y"]}}`},
		"sids":          {`{"Statement":[`, `{"Sid":"a",` + good + `},`, `{"Sid":"b",` + good + `}]}`},
		"sids, late":    {`{"Id":"` + filler + `","Statement":[`, `{"Sid":"a",` + good + `},`, `{"Sid":"b",` + good + `}]}`},
		"principals":    {`{"Statement":{` + good + `,"Principal":{"AWS":[`, `"x",`, `"*"]}}}`},
		"quotes":        {`{"Statement":{"Sid":"`, `\"`, `"}}`},
		"surrogates":    {`["`, `\ud800`, `"]`},
		"backslashes":   {`["`, `\\`, `\ud800"]`},
		"invalid UTF-8": {`["`, "\xff", `"]`},
		"conditions":    {`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"a:b":[`, `{},`, `1]}}}}`},
	} {
		room := policy.MaxSize - len(c.before) - len(c.after)
		text := c.before + strings.Repeat(c.piece, room/len(c.piece)) + c.after
		_, problems := policy.Parse("section", policy.Resource, text)
		if len(problems) == 0 || len(problems) > 2*policy.MaxProblems {
			t.Errorf("%s: %d problems", name, len(problems))
		}
	}
}

func FuzzJSON(f *testing.F) {
	for i := 0; i < len(brokenJSON); i += 2 {
		f.Add(brokenJSON[i])
	}
	f.Add(`{"a":[1,"é\ud83d\ude00",null]}`)
	f.Add(`1E1000`)
	f.Fuzz(func(t *testing.T, text string) {
		root, problems := policy.ParseJSON("section", text)
		for _, p := range problems {
			checkReport(t, text, []policy.Problem{p})
		}
		// Beside what encoding/json takes, only repeated names, depth and
		// characters that are none are problems.
		valid := json.Valid([]byte(text))
		if len(problems) == 0 != (valid && utf8.ValidString(text)) && !strict(problems) {
			t.Errorf("valid: %v, problems: %v", valid, problems)
		}
		if len(problems) == 0 && !same(t, text[root.Span.Start:root.Span.End], outline(root)) {
			t.Errorf("the tree is %s", outline(root))
		}
	})
}

// strict reports whether all problems are ones that encoding/json lets pass.
func strict(problems []policy.Problem) bool {
	for _, p := range problems {
		switch p.Code {
		case "duplicate-name", "lone-surrogate", "too-deep", "too-large", "invalid-utf8":
		default:
			return false
		}
	}
	return len(problems) > 0
}

// What is quoted is a string of JSON again, as encoding/json reads it.
func FuzzQuote(f *testing.F) {
	f.Add("plain")
	f.Add("\"\\/\b\f\n\r\t\x00\x1f\x7fé😀\u2028")
	f.Add("\xff\xed\xa0\x80")
	f.Fuzz(func(t *testing.T, text string) {
		quoted := string(policy.AppendQuoted(nil, text))
		var got string
		if err := json.Unmarshal([]byte(quoted), &got); err != nil || got != string([]rune(text)) {
			t.Fatalf("%q is quoted as %s: %v", text, quoted, err)
		}
		if root, problems := policy.ParseJSON("section", quoted); len(problems) != 0 || root.Value != got {
			t.Errorf("%s is read as %q with %v", quoted, root.Value, problems)
		}
	})
}
