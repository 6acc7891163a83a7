package main

import (
	"fmt"
	"html"
	"strings"

	"why403/engine"
	"why403/engine/kms"
	"why403/engine/policy"
)

// rowLine is what tables --format json prints for a row.
type rowLine struct {
	Mode      string `json:"mode"`
	KeyPolicy string `json:"keyPolicy"`
	IAM       string `json:"iam"`
	Grant     string `json:"grant"`
	Outcome   string `json:"outcome"`
	Minimal   bool   `json:"minimal"`
	Reason    string `json:"reason"`
	Scenario  string `json:"scenario"`
}

// tables prints the KMS access combinations.
func (a *app) tables(args []string) int {
	set := flags("tables")
	format := set.String("format", "text", "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	formats := map[string]func([]kms.Row){"text": a.textTable, "markdown": a.markdownTable, "html": a.htmlTable, "json": a.jsonTable}
	write, ok := formats[*format]
	if !ok || set.NArg() > 0 {
		return a.usage("the formats are text, markdown, html and json")
	}
	write(kms.Rows())
	return exitOK
}

func (a *app) jsonTable(rows []kms.Row) {
	var lines struct {
		Rows []rowLine `json:"rows"`
	}
	for _, r := range rows {
		lines.Rows = append(lines.Rows, rowLine{string(r.Mode), string(r.KeyPolicy), string(r.IAM), string(r.Grant),
			r.Outcome.String(), r.Minimal, r.Reason, r.Scenario})
	}
	a.printJSON(lines)
}

var heading = []string{"Accounts", "Key policy", policy.Identity.Label(), "Grant", "Access"}

// cells is a row in words.
func cells(r *kms.Row) []string {
	access := "denied"
	if r.Outcome == engine.Allowed {
		access = "allowed"
	}
	if r.Minimal {
		access += ", minimal"
	}
	return []string{string(r.Mode), kms.KeyPolicyLabel(r.KeyPolicy), kms.IAMLabel(r.IAM), kms.GrantLabel(r.Grant), access}
}

func (a *app) textTable(rows []kms.Row) {
	const line = "%-14s %-14s %-11s %-39s %s\n"
	fmt.Fprintf(a.stdout, line, heading[0], heading[1], heading[2], heading[3], heading[4])
	for i := range rows {
		c := cells(&rows[i])
		fmt.Fprintf(a.stdout, line, c[0], c[1], c[2], c[3], c[4])
	}
}

func (a *app) markdownTable(rows []kms.Row) {
	fmt.Fprintf(a.stdout, "| %s |\n|%s\n", strings.Join(heading, " | "), strings.Repeat("---|", len(heading)))
	for i := range rows {
		fmt.Fprintf(a.stdout, "| %s |\n", strings.Join(cells(&rows[i]), " | "))
	}
}

func (a *app) htmlTable(rows []kms.Row) {
	fmt.Fprint(a.stdout, "<table>\n<caption>KMS access combinations</caption>\n<thead><tr>")
	for _, h := range heading {
		fmt.Fprintf(a.stdout, "<th scope=\"col\">%s</th>", html.EscapeString(h))
	}
	fmt.Fprint(a.stdout, "</tr></thead>\n<tbody>\n")
	for i := range rows {
		fmt.Fprint(a.stdout, "<tr>")
		for _, c := range cells(&rows[i]) {
			fmt.Fprintf(a.stdout, "<td>%s</td>", html.EscapeString(c))
		}
		fmt.Fprint(a.stdout, "</tr>\n")
	}
	fmt.Fprint(a.stdout, "</tbody>\n</table>\n")
}
