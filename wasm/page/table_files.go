//go:build !js

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"why403/engine/combine"
	"why403/engine/kms"
	"why403/wasm/bridge"
)

// The build asks for the tables of combinations and puts the answers beside
// page.wasm, a file for each. They stay out of it, so that it is smaller and
// starts sooner: the page fetches a table when somebody looks at it.
func init() {
	calls["tables"] = tableIndex
	calls["table"] = table
	calls["alone"] = alone
}

// accessTables is every table, KMS's first.
func accessTables() []*combine.Table {
	return append([]*combine.Table{kms.Table()}, combine.Services()...)
}

// writeTables writes a file for each table into a folder, and a list of them.
func writeTables(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	files := map[string]string{"index": calls.Call("tables", ""), "same-account": calls.Call("alone", "")}
	for _, t := range accessTables() {
		files[t.ID] = calls.Call("table", t.ID)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name+".json"), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// tableIndex lists the tables.
func tableIndex(w *bridge.Writer, _ string) {
	all := accessTables()
	w.Object(func() {
		w.List("tables", len(all), func(i int) { w.Pair("id", all[i].ID, "title", all[i].Title) })
	})
}

// table writes the table with an ID. The rows have the places of their texts in
// one list, which has each once.
func table(w *bridge.Writer, id string) {
	all := accessTables()
	i := slices.IndexFunc(all, func(t *combine.Table) bool { return t.ID == id })
	if i < 0 {
		panic("there is no table " + id)
	}
	t, texts := all[i], texts{}
	rows := t.Rows()
	w.Object(func() {
		w.String("id", t.ID)
		w.String("title", t.Title)
		w.String("doc", t.Doc)
		w.List("parts", len(t.Parts), func(i int) { tablePart(w, &t.Parts[i]) })
		w.List("rows", len(rows), func(i int) { tableRow(w, &rows[i], &texts) })
		w.Strings("texts", texts.list)
	})
}

func tablePart(w *bridge.Writer, p *combine.Part) {
	w.Object(func() {
		w.String("name", p.Name)
		w.String("label", p.Label)
		w.List("words", len(p.Words), func(i int) { w.Pair("form", string(p.Words[i].Form), "label", p.Words[i].Label) })
	})
}

func tableRow(w *bridge.Writer, r *combine.Row, texts *texts) {
	var places []string
	for _, section := range strings.SplitAfter(r.Scenario, "\n-- ") {
		places = append(places, strconv.Itoa(texts.place(section)))
	}
	w.Object(func() {
		w.String("id", r.ID())
		w.String("outcome", r.Outcome.String())
		w.Bool("minimal", r.Minimal)
		w.Int("reason", texts.place(r.Reason))
		w.String("scenario", strings.Join(places, " "))
	})
}

// texts is a list of texts, each once.
type texts struct {
	list   []string
	places map[string]int
}

func (t *texts) place(text string) int {
	if i, ok := t.places[text]; ok {
		return i
	}
	if t.places == nil {
		t.places = map[string]int{}
	}
	t.places[text] = len(t.list)
	t.list = append(t.list, text)
	return t.places[text]
}

// alone writes what each side does by itself in one account.
func alone(w *bridge.Writer, _ string) {
	services := combine.SameAccountAlone()
	w.Object(func() {
		w.List("columns", len(combine.AloneColumns), func(i int) {
			c := &combine.AloneColumns[i]
			w.Object(func() {
				w.String("side", c.Side)
				w.String("label", c.Short)
			})
		})
		w.List("services", len(services), func(i int) {
			s := &services[i]
			w.Object(func() {
				w.String("id", s.Table.ID)
				w.String("title", s.Table.Title)
				w.String("doc", s.Table.Doc)
				w.List("cells", len(s.Cells), func(i int) { aloneCell(w, &s.Cells[i]) })
			})
		})
	})
}

// aloneCell has the outcome "" where there is no such case.
func aloneCell(w *bridge.Writer, c *combine.Cell) {
	outcome := c.Outcome.String()
	if c.None {
		outcome = ""
	}
	w.Object(func() {
		w.String("outcome", outcome)
		w.String("reason", c.Reason)
	})
}
