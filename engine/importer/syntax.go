package importer

import (
	"strings"

	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/engine/template"
)

// syntax is a language whose texts have to be made JSON first, and what tells
// it: beginnings of lines, each with pieces of the text, in lower case, with
// " & " between them.
type syntax struct{ name, kind, line, pieces string }

// pieceOfYAML is the kind of a text that may begin in the middle of a file.
const pieceOfYAML = "a policy in YAML"

var syntaxes = []syntax{
	{template.HCL, "Terraform code", `resource "`, "{"},
	{template.HCL, "Terraform code", `data "`, "{"},
	{template.HCL, "Terraform code", `module "`, "{ & statement"},
	{template.HCL, "Terraform code", "locals {", "statement & effect"},
	{template.YAML, "a CloudFormation template", "awstemplateformatversion:", ""},
	{template.YAML, "a CloudFormation template", "resources:", "type: & aws::"},
	{template.YAML, "a Kubernetes manifest", "apiversion:", "kind:"},
	{template.YAML, "a serverless.yml", "provider:", "name: & aws"},
	{template.YAML, pieceOfYAML, "statement:", "effect:"},
	{template.YAML, pieceOfYAML, "policydocument:", "statement: & effect:"},
	{template.YAML, pieceOfYAML, "assumerolepolicydocument:", "statement: & effect:"},
	{template.YAML, pieceOfYAML, "policies:", "policydocument: & effect:"},
}

// Syntax is "hcl" or "yaml" where a text is code that has to be made JSON first,
// else "".
func Syntax(text string) string {
	p := newPaste("", text, "")
	if len(text) > policy.MaxSize {
		p.text, p.at = bare(text)
	}
	if len(text) <= scenario.MaxSize && isScenario(p) {
		return "" // which [Import] would read, to tell the same
	}
	return Import("", text, "").Syntax
}

// syntaxOf gives the syntax of a text that is code, or nil.
func syntaxOf(text string) *syntax {
	if len(text) > template.MaxSize {
		return nil
	}
	lower, lacks := "", make([]bool, len(syntaxes))
	for line := range strings.Lines(text) {
		line = strings.ToLower(line[:min(len(line), 60)])
		inside := strings.TrimLeft(line, " -")
		if inside == "" || !isLetter(inside[0]) {
			continue
		}
		for i := range syntaxes {
			if lacks[i] || !strings.HasPrefix(inside, syntaxes[i].line) || inside != line && syntaxes[i].kind != pieceOfYAML {
				continue
			}
			if end := strings.TrimRight(line, " \r\n"); syntaxes[i].kind == pieceOfYAML && strings.IndexByte("{[", end[len(end)-1]) >= 0 {
				continue // an object of a program
			}
			if lower == "" {
				lower = strings.ToLower(text)
			}
			if containsAll(lower, syntaxes[i].pieces) {
				return &syntaxes[i]
			}
			lacks[i] = true
		}
	}
	return nil
}

func containsAll(text, pieces string) bool {
	for piece := range strings.SplitSeq(pieces, " & ") {
		if !strings.Contains(text, piece) {
			return false
		}
	}
	return true
}

// translate says that a text has to be made JSON first.
func (p *paste) translate(s *syntax) {
	p.out.Kind, p.out.Syntax = strings.TrimPrefix(p.out.Kind+", and "+s.kind, ", and "), s.name
	p.unknown("What it says: it has to be made JSON first, by the part that reads " + strings.ToUpper(s.name))
}
