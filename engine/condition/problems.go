package condition

import (
	"strconv"
	"strings"

	"why403/engine/network"
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
		op, set, _ := parseOperator(t.Operator.Value)
		if op == nil {
			r.operator(t.Operator)
			continue
		}
		for _, v := range t.Values {
			r.value(op.kind, v)
			r.meant(op.kind, t, v)
		}
		r.test(op.kind, set, t)
	}
	return r.problems
}

// report gathers the problems of one Condition element.
type report struct {
	section   string
	variables bool
	problems  []policy.Problem
}

// Out of line, as in package policy: inlined, it doubles the size of this file.
//
//go:noinline
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
		r.add(name.Span, "null-if-exists",
			"Null itself asks whether the key is there: it takes neither IfExists nor a set operator. Read like this, the statement never "+
				"matches. Write Null.", operatorsPage+"#Conditions_Null")
		return
	}
	r.add(name.Span, "unknown-operator",
		"AWS has no condition operator "+strconv.Quote(name.Value)+", so the statement is read as one that never matches. Correct the name, "+
			"such as StringEquals.", operatorsPage)
}

// value reports a value of the policy.
func (r *report) value(k kind, v policy.Text) {
	compiled := k.compile(v.Value, r.variables)
	r.variable(k, v, &compiled.pattern)
	if !compiled.pattern.HasVariables() && !compiled.readable {
		r.add(v.Span, kinds[k].code, strconv.Quote(v.Value)+" is not "+kinds[k].want+". Nothing in a request equals it.",
			operatorsPage+kinds[k].doc)
	}
}

// meant reports a value that is of the operator's type and still equals
// nothing that the key ever has.
func (r *report) meant(k kind, t *policy.Test, v policy.Text) {
	is := func(key string) bool { return strings.EqualFold(t.Key.Value, key) }
	switch {
	case (k == exact || k == folded) && strings.Contains(strings.ReplaceAll(v.Value, "${*}", ""), "*") && !strings.Contains(v.Value, "${"):
		r.add(v.Span, "wildcard-is-text",
			t.Operator.Value+" takes \"*\" for a star, not for any text. Write "+likeFor(t.Operator.Value)+" instead.",
			operatorsPage+"#Conditions_String")
	case strings.HasPrefix(v.Value, "vpc-") && is("aws:SourceVpce"):
		r.add(v.Span, "vpc-for-vpce",
			"aws:SourceVpce is the ID of an endpoint, vpce-…; this is the ID of a VPC. Write the endpoint's, or use aws:SourceVpc.",
			keysPage+"#condition-keys-sourcevpce")
	case strings.HasPrefix(v.Value, "vpce-") && is("aws:SourceVpc"):
		r.add(v.Span, "vpce-for-vpc",
			"aws:SourceVpc is the ID of a VPC, vpc-…; this is the ID of an endpoint. Write the VPC's, or use aws:SourceVpce.",
			keysPage+"#condition-keys-sourcevpc")
	case strings.Contains(v.Value, ":assumed-role/") && is("aws:PrincipalArn"):
		r.add(v.Span, "session-for-role",
			"aws:PrincipalArn of a session is the ARN of its role, so no request has this. Write arn:aws:iam::ACCOUNT:role/ROLE, path and all.",
			keysPage+"#condition-keys-principalarn")
	default:
		if what := policy.Placeholder(v.Value, r.variables); what != "" {
			r.add(v.Span, "placeholder", what, variablesPage)
		}
	}
}

// likeFor is the operator that takes wildcards in the place of one that doesn't.
func likeFor(operator string) string {
	name := strings.ToLower(operator)
	like := "StringLike"
	if strings.Contains(name, "not") {
		like = "StringNotLike"
	}
	if strings.HasSuffix(name, ifExists) {
		like += "IfExists"
	}
	return like
}

const keysPage = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"

// test reports what is wrong with a key under its operator, whatever its
// values.
func (r *report) test(k kind, s set, t *policy.Test) {
	switch {
	case k != null && s == single && Multivalued(t.Key.Value):
		r.add(t.Key.Span, "missing-set-operator",
			t.Key.Value+" can have several values, and "+t.Operator.Value+" compares one: with several it never matches. Put ForAnyValue: or "+
				"ForAllValues: before the operator.", setsPage)
	case k == address && strings.EqualFold(t.Key.Value, "aws:SourceIp") && allPrivate(t.Values):
		r.add(t.Span, "private-address",
			"aws:SourceIp is a public address: these are private ones, which no request has there. Inside a VPC use aws:VpcSourceIp, with "+
				"aws:SourceVpc or aws:SourceVpce.", keysPage+"#condition-keys-sourceip")
	}
}

// allPrivate reports whether all ranges are of private networks.
func allPrivate(values []policy.Text) bool {
	for _, v := range values {
		if n, ok := network.Read(v.Value); !ok || !n.Private() {
			return false
		}
	}
	return len(values) > 0
}

// variable reports variables that can never be resolved.
func (r *report) variable(k kind, v policy.Text, p *policy.Pattern) {
	if broken := p.Broken(); broken != "" {
		r.add(v.Span, "broken-variable",
			strconv.Quote(broken)+" is read as plain text, since it is not a policy variable. Write ${KEY} or ${KEY, 'DEFAULT'}: a comma, one "+
				"space, single quotes.", variablesPage)
	}
	for _, key := range p.VariableKeys() {
		if Multivalued(key) {
			r.add(v.Span, "multivalued-variable",
				key+" can have several values, so it is never the value of a policy variable. Compare the key itself with ForAnyValue: or "+
					"ForAllValues:.", variablesPage)
		}
	}
	if r.variables || !kinds[k].variables {
		return
	}
	if newer := policy.CompilePattern(v.Value, false, true); newer.HasVariables() {
		r.add(v.Span, "variable-is-text",
			"${…} is plain text in this policy: only \"Version\": \"2012-10-17\" has policy variables. Add or change the Version.", versionPage)
	}
}
