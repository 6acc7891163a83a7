package importer

import (
	"strconv"
	"strings"

	"why403/engine/policy"
)

// decodedMessage gives the object that sts:DecodeAuthorizationMessage returns
// as a string, or nil, and its text: that of p where it stands there by itself.
//
// https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
func (p *paste) decodedMessage() (root *policy.Node, text string) {
	root, text = p.root, p.text
	inner := str(root, "DecodedMessage")
	if inner == "" && root != nil && root.Kind == policy.String && strings.Contains(root.Value, "explicitDeny") {
		inner = root.Value
	}
	if inner != "" {
		parsed, problems := policy.ParseJSON("", inner)
		if fatal(problems) {
			return nil, ""
		}
		root, text = parsed, inner
	}
	if get(root, "allowed") == nil || get(root, "context") == nil {
		return nil, ""
	}
	return root, text
}

func isDecoded(p *paste) bool {
	message, _ := p.decodedMessage()
	return message != nil
}

func (p *paste) useDecoded() {
	message, text := p.decodedMessage()
	context := get(message, "context")
	f := &facts{principal: str(context, "principal/arn"), action: str(context, "action"), resource: str(context, "resource")}
	if service := arnPart(f.resource, 2); isName(f.action) && service != "" {
		f.action = actionOf(service, f.action, false)
	}
	switch {
	case str(message, "allowed") == "true":
		f.outcome = "allow"
	case str(message, "explicitDeny") == "true":
		f.outcome = "explicit deny"
	default:
		f.outcome = "implicit deny"
	}
	p.matchedStatements(message)
	f.said = inWords(message)
	p.sayMore(func(said *Said) { said.Decoded = strings.TrimSpace(text) })
	if id := str(context, "principal/id"); strings.HasPrefix(id, "AROA") || strings.HasPrefix(id, "AIDA") {
		f.add("aws:userid", id)
	}
	p.decodedConditions(f, context)
	p.unknown("Which policy type denies: a decoded message does not say")
	p.start(f)
	if document := deniesOf(message); document != "" {
		p.putChosen(append([]place{ofCaller[3]}, ofCaller[:3]...), guess{"scp", "A decoded message does not say which policy type denies. " +
			"That of service control policies is only the first to look at."}, "denies", document)
	}
}

// inWords is what a decoded message says of the decision, by AWS's own names: no
// sentence of AWS comes with it.
func inWords(message *policy.Node) string {
	said := "Decoded message: allowed is " + str(message, "allowed") + ", explicitDeny is " + str(message, "explicitDeny")
	var matched []string
	for _, s := range few(items(message, "matchedStatements")) {
		matched = append(matched, strings.TrimSpace(titleCase(str(s, "effect"))+" "+firstOf(oneLine(str(s, "statementId")), "without a Sid")))
	}
	if len(matched) > 0 {
		said += ", matchedStatements: " + strings.Join(matched, ", ")
	}
	return said + "."
}

// deniesOf makes a policy of the Deny statements that a decoded message lists.
// Of a condition it has the keys and values, but not the operator, so that
// statements with one are left out.
func deniesOf(message *policy.Node) string {
	var all []string
	for _, s := range few(items(message, "matchedStatements")) {
		if !strings.EqualFold(str(s, "effect"), "deny") || len(items(s, "conditions")) > 0 {
			continue
		}
		actions, resources := valuesOf(items(s, "actions")), valuesOf(items(s, "resources"))
		if actions == "" || resources == "" {
			continue
		}
		sid := ""
		if id := str(s, "statementId"); id != "" {
			sid = `"Sid": ` + policy.Quoted(id) + ", "
		}
		all = append(all, "{"+sid+`"Effect": "Deny", "Action": [`+actions+`], "Resource": [`+resources+"]}")
	}
	if len(all) == 0 {
		return ""
	}
	return `{"Version": "2012-10-17", "Statement": [` + strings.Join(all, ", ") + "]}"
}

// valuesOf gives the values of a list as those of a JSON list.
func valuesOf(list []*policy.Node) string {
	var values []string
	for _, n := range few(list) {
		if v := firstOf(n.Value, str(n, "value")); v != "" {
			values = append(values, policy.Quoted(v))
		}
	}
	return strings.Join(values, ", ")
}

// matchedStatements names the statements that AWS lists.
func (p *paste) matchedStatements(message *policy.Node) {
	for _, s := range items(message, "matchedStatements") {
		if sid := oneLine(str(s, "statementId")); sid != "" && strings.EqualFold(str(s, "effect"), "deny") {
			p.sayMore(func(said *Said) { said.Sids = appendNew(said.Sids, []string{sid}) })
		}
		p.understood("A " + firstOf(titleCase(str(s, "effect")), "statement") + " matched: " + firstOf(oneLine(str(s, "statementId")),
			"without a Sid") + conditionKeys(s))
	}
}

// conditionKeys names the keys that a matched statement tests.
func conditionKeys(s *policy.Node) string {
	var keys []string
	for _, n := range few(items(s, "conditions")) {
		keys = append(keys, oneLine(firstOf(str(n, "key"), str(n, "item/key"))))
	}
	if len(keys) == 0 {
		return ""
	}
	return ", which tests " + strings.Join(keys, ", ") + " (its operators are not in the message)"
}

func titleCase(word string) string {
	switch strings.ToUpper(word) {
	case "DENY":
		return "Deny"
	case "ALLOW":
		return "Allow"
	}
	return ""
}

// helperKeys describe the resource in a decoded message. No policy can test
// them.
const helperKeys = " aws:resource aws:account aws:region aws:id aws:service aws:type aws:arn "

func (p *paste) decodedConditions(f *facts, context *policy.Node) {
	skipped, lost := 0, 0
	for _, condition := range conditions(context) {
		key := str(condition, "key")
		if strings.Contains(helperKeys, " "+strings.ToLower(key)+" ") || !strings.Contains(key, ":") {
			skipped++
			continue
		}
		for _, value := range items(condition, "values") {
			if v := firstOf(value.Value, str(value, "value")); !f.add(key, v) {
				lost++
			}
		}
	}
	if skipped > 0 {
		p.understood(strconv.Itoa(skipped) + " keys left out that only describe the resource (aws:Resource, aws:Region, …): they are not " +
			"condition keys")
	}
	if lost > 0 {
		p.unknown(strconv.Itoa(lost) + " values of condition keys that can't stand in a scenario")
	}
}

// conditions gives the condition keys of a decoded message: a list, of which
// each item may be wrapped as {"item": …}.
func conditions(context *policy.Node) []*policy.Node {
	list := items(context, "conditions")
	for i := range list {
		if inner := get(list[i], "item"); inner != nil {
			list[i] = inner
		}
	}
	return list
}
