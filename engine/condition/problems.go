package condition

import (
	"strconv"
	"strings"

	"why403/engine/policy"
)

const (
	variablesPage = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"
	versionPage   = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html"
)

// Problems reports what is wrong with a Condition element before any request is
// looked at: operators that AWS doesn't have, values that are not of their
// operator's type, and policy variables that can never have a value. All are
// warnings: what evaluation does with them is certain.
func Problems(section string, c policy.Condition, variables bool) []policy.Problem {
	r := report{section: section, variables: variables}
	for i := range c.Tests {
		t := &c.Tests[i]
		op, _, _ := parseOperator(t.Operator.Value)
		if op == nil {
			r.operator(t.Operator)
			continue
		}
		for _, v := range t.Values {
			r.value(op.kind, v)
		}
	}
	return r.problems
}

// report gathers the problems of one Condition element.
type report struct {
	section   string
	variables bool
	problems  []policy.Problem
}

func (r *report) add(span policy.Span, code, message, doc string) {
	r.problems = append(r.problems, policy.Problem{
		Section: r.section, Span: span, Severity: policy.Warning, Code: code, Message: message, Doc: doc,
	})
}

// operator reports an unknown operator, once for all the keys under it.
func (r *report) operator(name policy.Text) {
	if n := len(r.problems); n > 0 && r.problems[n-1].Span == name.Span {
		return
	}
	if lower := strings.ToLower(name.Value); lower == "null"+ifExists || strings.HasSuffix(lower, ":null") {
		r.add(name.Span, "null-if-exists", "Null itself asks whether the key is there: it takes neither IfExists nor a set operator. Read like this, the statement never matches. Write Null.", operatorsPage+"#Conditions_Null")
		return
	}
	r.add(name.Span, "unknown-operator", "AWS has no condition operator "+strconv.Quote(name.Value)+", so the statement is read as one that never matches. Correct the name, such as StringEquals.", operatorsPage)
}

// value reports a value of the policy.
func (r *report) value(k kind, v policy.Text) {
	compiled := k.compile(v.Value, r.variables)
	r.variable(k, v, &compiled.pattern)
	if !compiled.pattern.HasVariables() && !compiled.readable {
		r.add(v.Span, kinds[k].code, strconv.Quote(v.Value)+" is not "+kinds[k].want+". Nothing in a request equals it.", operatorsPage+kinds[k].doc)
	}
}

// variable reports variables that can never be resolved.
func (r *report) variable(k kind, v policy.Text, p *policy.Pattern) {
	if broken := p.Broken(); broken != "" {
		r.add(v.Span, "broken-variable", strconv.Quote(broken)+" is read as plain text, since it is no policy variable. Write ${KEY} or ${KEY, 'DEFAULT'}: a comma, one space, single quotes.", variablesPage)
	}
	for _, key := range p.VariableKeys() {
		if Multivalued(key) {
			r.add(v.Span, "multivalued-variable", key+" can have several values, so it is never the value of a policy variable. Compare the key itself with ForAnyValue: or ForAllValues:.", variablesPage)
		}
	}
	if r.variables || !kinds[k].variables {
		return
	}
	if newer := policy.CompilePattern(v.Value, false, true); newer.HasVariables() {
		r.add(v.Span, "variable-is-text", "${…} is plain text in this policy: only \"Version\": \"2012-10-17\" has policy variables. Add or change the Version.", versionPage)
	}
}
