//go:build !js

package main

import (
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/combine"
	"why403/engine/kms"
)

// tables shows the KMS access combinations, one table for each mode.
func (m *markup) tables(t *combine.Table) {
	rows := t.Rows()
	allowed, minimal := 0, 0
	for i := range rows {
		if rows[i].Outcome == engine.Allowed {
			allowed++
		}
		if rows[i].Minimal {
			minimal++
		}
	}
	m.put(`<section id="static-tables" class="static combinations" aria-labelledby="static-tables-title">` + "\n")
	m.put(`<h2 id="static-tables-title">KMS access combinations</h2>` + "\n")
	m.put(`<p class="lead">Every way in which key policy, identity-based policy and grant combine, decided by the same engine. `)
	m.put("% of % give access; % are minimal: take one part away and access ends.</p>\n",
		strconv.Itoa(allowed), strconv.Itoa(len(rows)), strconv.Itoa(minimal))
	m.put(`<div class="two">` + "\n")
	m.table("Same account", kms.SameAccount, t, rows)
	m.table("Cross-account", kms.CrossAccount, t, rows)
	m.put("</div>\n</section>\n")
}

// table shows the rows of one mode. Narrow screens lay a row out as a block,
// which would take its roles away, so they are written out.
func (m *markup) table(caption string, mode combine.Mode, t *combine.Table, rows []combine.Row) {
	m.put(`<div class="card"><table role="table"><caption>%</caption>`+"\n", caption)
	m.put(`<thead role="rowgroup"><tr role="row">`)
	for i := range t.Parts {
		m.put(`<th scope="col" role="columnheader">%</th>`, t.Parts[i].Label)
	}
	m.put(`<th scope="col" role="columnheader">Access</th>`)
	m.put("</tr></thead>\n" + `<tbody role="rowgroup">` + "\n")
	for i := range rows {
		if rows[i].Mode == mode {
			m.row(t, &rows[i], difference(&rows[i], rows))
		}
	}
	m.put("</tbody></table></div>\n")
}

// row has the address that it has in the running page, too.
func (m *markup) row(t *combine.Table, r *combine.Row, differs string) {
	shown := outcomeLooks[r.Outcome]
	m.put(`<tr role="row" id="row=%">`, r.ID())
	for i, label := range t.Labels(r.Case) {
		cell, role := "td", `cell"`
		if i == 0 {
			cell, role = "th", `rowheader" scope="row"`
		}
		m.text.WriteString("<" + cell + ` role="` + role)
		m.put(` class="%"><span class="part" aria-hidden="true">%</span> %</`, absent(r.Forms[i]), t.Parts[i].Label, label)
		m.text.WriteString(cell + ">\n")
	}
	m.put(`<td role="cell" class="access"><b class="%">% %</b>`, shown.tone, shown.glyph, strings.ToLower(shown.word))
	if r.Minimal {
		m.put(` <span class="tag allow">minimal</span>`)
	}
	if differs != "" {
		m.put(` <span class="tag differs">≠ %</span>`, differs)
	}
	m.put("</td></tr>\n")
}

// absent is the class of a part that is not there.
func absent(f combine.Form) string {
	if f == combine.None {
		return "none"
	}
	return ""
}

// differences is what sets a row apart from the same parts in the other mode.
var differences = map[combine.Mode]struct{ allowed, denied string }{
	kms.SameAccount:  {"only in the same account", "allowed across accounts"},
	kms.CrossAccount: {"only across accounts", "allowed in the same account"},
}

// difference is "" for a row with whose outcome the other mode has a row of the
// same parts.
func difference(r *combine.Row, rows []combine.Row) string {
	for i := range rows {
		if rows[i].Outcome == r.Outcome && rows[i].Mode != r.Mode && parts(&rows[i]) == parts(r) {
			return ""
		}
	}
	if r.Outcome == engine.Allowed {
		return differences[r.Mode].allowed
	}
	return differences[r.Mode].denied
}

// parts are what a row combines. Which account made a grant is left out: in
// one account there is no choice.
func parts(r *combine.Row) combine.Case {
	c := r.Case
	c.Mode = ""
	if grant := &c.Forms[kms.Grant]; *grant == kms.ExplicitByCaller || *grant == kms.ExplicitByKeyAccount {
		*grant = kms.Explicit
	}
	return c
}
