package main

import (
	"bytes"
	"io"
	"strings"

	"github.com/goccy/go-json"

	"why403/engine"
	"why403/engine/combine"
	"why403/engine/grid"
	"why403/engine/kms"
)

// allTables is every table of combinations, KMS's first.
func allTables() []*combine.Table {
	return append([]*combine.Table{kms.Table()}, combine.Services()...)
}

const tableFormats = "tables takes no file; the formats are text, markdown, html and json"

// tables prints the access combinations of a service, or what each side does
// alone in one account, for every service.
func (a *app) tables(args []string) int {
	set := flags("tables")
	format := set.String("format", "text", "")
	service := set.String("service", "kms", "")
	sameAccount := set.Bool("same-account", false, "")
	section := set.String("policy", "", "")
	request := set.String("request", "", "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	switch given := given(set); {
	case given["policy"] && (given["service"] || given["same-account"]):
		return a.usage("--policy goes without --service and --same-account")
	case given["request"] && !given["policy"]:
		return a.usage("--request goes with --policy")
	case given["policy"]:
		return a.policyTable(*format, *section, *request, set.Args())
	}
	if set.NArg() > 0 || *format == "csv" {
		return a.usage(tableFormats)
	}
	var g grid.Grid
	var value any
	if *sameAccount {
		g, value = aloneGrid(combine.SameAccountAlone())
	} else {
		t := tableOf(*service)
		if t == nil {
			return a.usage("there is no table for " + *service + "; there are those of " + strings.Join(tableIDs(), ", "))
		}
		g, value = tableGrid(t)
	}
	if !a.printGrid(*format, &g, value) {
		return a.usage(tableFormats)
	}
	return exitOK
}

// printGrid prints a table in one of the formats; value is what JSON has. It
// reports false for a format that there is not.
func (a *app) printGrid(format string, g *grid.Grid, value any) bool {
	if format == "json" {
		a.printJSON(value)
		return true
	}
	write, ok := map[string]func() string{"text": g.Text, "markdown": g.Markdown, "html": g.HTML, "csv": g.CSV}[format]
	if ok {
		io.WriteString(a.stdout, write())
	}
	return ok
}

// tableOf finds a table by its ID, or by the name of the service.
func tableOf(name string) *combine.Table {
	for _, t := range allTables() {
		if strings.EqualFold(t.ID, name) || strings.EqualFold(t.Title, name) {
			return t
		}
	}
	return nil
}

func tableIDs() (ids []string) {
	for _, t := range allTables() {
		ids = append(ids, t.ID)
	}
	return ids
}

// tableGrid is the combinations of a table, for people and for programs.
func tableGrid(t *combine.Table) (grid.Grid, any) {
	g := grid.Grid{Caption: t.Title + " access combinations", Head: []string{"Accounts"}}
	for i := range t.Parts {
		g.Head = append(g.Head, t.Parts[i].Label)
	}
	g.Head = append(g.Head, "Access")
	rows := t.Rows()
	lines := make([]object, len(rows))
	for i := range rows {
		r := &rows[i]
		g.Rows = append(g.Rows, append(append([]string{string(r.Mode)}, t.Labels(r.Case)...), access(r)))
		line := object{{"mode", r.Mode}}
		for j := range t.Parts {
			line = append(line, field{t.Parts[j].Name, r.Forms[j]})
		}
		lines[i] = append(line, field{"outcome", r.Outcome.String()}, field{"minimal", r.Minimal},
			field{"reason", r.Reason}, field{"scenario", r.Scenario})
	}
	return g, object{{"rows", lines}}
}

// access is the last cell of a row, in words.
func access(r *combine.Row) string {
	words := allowedWord(r.Outcome)
	if r.Minimal {
		words += ", minimal"
	}
	return words
}

func allowedWord(o engine.Outcome) string {
	if o == engine.Allowed {
		return "allowed"
	}
	return "denied"
}

// aloneGrid is what each side does by itself in one account.
func aloneGrid(services []combine.Alone) (grid.Grid, any) {
	g := grid.Grid{Caption: "Same account: what each side does alone", Head: []string{"Service"}}
	for i := range combine.AloneColumns {
		g.Head = append(g.Head, combine.AloneColumns[i].Label())
	}
	g.Head = append(g.Head, "AWS's page")
	lines := make([]object, len(services))
	for i := range services {
		s := &services[i]
		row, line := []string{s.Table.Title}, object{{"service", s.Table.ID}, {"name", s.Table.Title}}
		for j, c := range s.Cells {
			if c.None {
				row, line = append(row, "–"), append(line, field{combine.AloneColumns[j].Name, nil})
				continue
			}
			row = append(row, allowedWord(c.Outcome))
			line = append(line, field{combine.AloneColumns[j].Name, object{{"outcome", c.Outcome.String()}, {"reason", c.Reason}}})
		}
		g.Rows, lines[i] = append(g.Rows, append(row, s.Table.Doc)), append(line, field{"doc", s.Table.Doc})
	}
	return g, object{{"services", lines}}
}

// object is a JSON object whose fields keep their order.
type object []field

type field struct {
	name  string
	value any
}

// MarshalJSON writes the fields in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, f := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := marshal(f.name)
		if err != nil {
			return nil, err
		}
		value, err := marshal(f.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// marshal leaves <, > and & as they are, as printJSON does.
func marshal(v any) ([]byte, error) { return json.MarshalWithOption(v, json.DisableHTMLEscape()) }
