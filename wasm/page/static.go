//go:build !js

package main

import (
	"why403/engine"
	"why403/engine/answer"
	"why403/engine/explain"
	"why403/engine/kms"
	"why403/engine/scenario"
)

// workedExamples are the scenarios that the page shows before any script runs:
// one for each kind of question.
var workedExamples = []string{
	"kms/default-key-policy-without-iam.txtar",
	"kms-grants/grant-alone.txtar",
	"cross-account/both-sides.txtar",
	"boundaries/role-named-in-bucket-policy.txtar",
	"organizations/scp-deny-at-root.txtar",
	"trust/trust-names-account.txtar",
}

// static is what the page shows before any script runs, or without one. The
// build puts it into index.html.
func static() string {
	var m markup
	m.put(`<div id="static">` + "\n")
	m.put(`<section id="static-examples" class="static" aria-labelledby="static-examples-title">` + "\n")
	m.put(`<h2 id="static-examples-title">Worked examples</h2>` + "\n")
	m.put(`<p class="lead">Decided by the same engine when this page was built.</p>` + "\n")
	m.put(`<div class="cases">` + "\n")
	for _, name := range workedExamples {
		_, f := exampleFile(name)
		m.example(name, f)
	}
	m.put("</div>\n</section>\n")
	m.tables(kms.Table())
	m.put("</div>\n")
	return m.text.String()
}

// look is how a word is shown, never by its colour alone. The page's
// outcome-view.ts has the same.
type look struct{ tone, glyph, word, kind string }

var outcomeLooks = map[engine.Outcome]look{
	engine.Allowed:      {"allow", "✓", "Allowed", ""},
	engine.ImplicitDeny: {"silent", "○", "Denied", "implicit deny: an allow is missing"},
	engine.ExplicitDeny: {"deny", "✕", "Denied", "explicit deny: a statement denies it"},
	engine.Undecided:    {"unsure", "?", "Depends", "not all is known"},
}

var saidLooks = map[string]look{
	"allows":         {tone: "allow", glyph: "✓"},
	"delegates":      {tone: "delegate", glyph: "↦"},
	"denies":         {tone: "deny", glyph: "✕"},
	"silent":         {tone: "mute", glyph: "○"},
	"absent":         {tone: "absent", glyph: "–"},
	"not applicable": {tone: "absent", glyph: "·"},
	"not known":      {tone: "unsure", glyph: "?"},
}

// example shows the answer to the first request of a file.
func (m *markup) example(name string, f *scenario.File) {
	a := answer.File(f)[0]
	shown := outcomeLooks[a.Outcome]
	m.put(`<article class="card"><h3>%</h3>`+"\n", f.Title())
	m.put(`<div class="verdict %"><p class="outcome"><span class="badge" aria-hidden="true">%</span>`, shown.tone, shown.glyph)
	m.put(`<strong>%</strong> <span class="kind">%</span></p>`+"\n", shown.word, shown.kind)
	m.put(`<p class="why">%</p></div>`+"\n", a.Verdict)
	if a.Message != "" {
		m.put(`<figure class="aws"><figcaption>AWS's own sentence</figcaption><blockquote>%</blockquote></figure>`+"\n", a.Message)
	}
	m.said(a.Answer)
	m.sections(f)
	m.put(`<p class="open"><a href="#example=%">Open this example<span class="hidden">: %</span></a></p></article>`+"\n", name, f.Title())
}

// said lists what each policy type said; of the absent ones, only the one that
// decides.
func (m *markup) said(a *explain.Answer) {
	m.put(`<h4>What each policy said</h4>` + "\n" + `<dl class="details">` + "\n")
	for i := range a.Said {
		s := &a.Said[i]
		if s.Said == "absent" && !s.Decided {
			continue
		}
		shown := saidLooks[s.Said]
		if s.Said == "silent" && s.Decided { // only the silence that decides has the colour of the verdict
			shown.tone = outcomeLooks[engine.ImplicitDeny].tone
		}
		m.put(`<div><dt>%</dt><dd><b class="%">% %</b>, %`, s.Label, shown.tone, shown.glyph, s.Said, s.Detail)
		if s.Decided {
			m.put(` <span class="tag">decides</span>`)
		}
		m.put("</dd></div>\n")
	}
	m.put("</dl>\n")
}

// sections shows the requests and the policies as they stand in the file.
func (m *markup) sections(f *scenario.File) {
	m.put("<details><summary>Request and policies</summary>\n")
	for i := range f.Sections {
		s := &f.Sections[i]
		if _, request := scenario.RequestName(s.Name); request || scenario.HoldsPolicy(s.Name) {
			m.put("<h4>%</h4>\n"+`<pre class="code">%</pre>`+"\n", s.Name, s.Text)
		}
	}
	m.put("</details>\n")
}
