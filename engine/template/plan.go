package template

import (
	"strings"

	"why403/engine/policy"
)

// plan reads what terraform show -json prints of a plan or a state. What is
// known after apply only is not among the values: the configuration tells what
// it refers to.
//
// The form is stable within format_version 1:
// https://developer.hashicorp.com/terraform/internals/json-format
func (t *template) plan(root *policy.Node) {
	module := root.At("planned_values/root_module")
	if module == nil {
		module = root.At("values/root_module")
	}
	t.module(module, root.At("configuration/root_module"), 0)
	t.use()
}

func (t *template) module(n, configuration *policy.Node, depth int) {
	if n == nil || depth > 32 {
		return
	}
	prefix := ""
	if address := str(attr(n, "address")); address != "" {
		prefix = withoutIndexes(address) + "."
	}
	expressions := map[string]*policy.Node{}
	for _, r := range list(attr(configuration, "resources")) {
		expressions[str(attr(r, "address"))] = attr(r, "expressions")
	}
	for _, r := range list(attr(n, "resources")) {
		if str(attr(r, "mode")) == "data" {
			continue
		}
		address := withoutIndexes(str(attr(r, "address")))
		node := referring(object0(attr(r, "values")), expressions[strings.TrimPrefix(address, prefix)], prefix)
		t.add(&block{name: address, kind: str(attr(r, "type")), node: node})
	}
	calls := firsts(attr(configuration, "module_calls"))
	for _, child := range list(attr(n, "child_modules")) {
		call := calls[lastName(withoutIndexes(str(attr(child, "address"))))]
		t.module(child, attr(call, "module"), depth+1)
	}
}

// documents are the attributes that hold a policy.
const documents = " policy assume_role_policy content inline_policy access_policies "

// referring adds what values have no value for, because it is known after apply
// only: a name or an ARN as the reference that the code has in its place, a
// policy as words that say so.
func referring(values, expressions *policy.Node, prefix string) *policy.Node {
	if expressions == nil || expressions.Kind != policy.Object {
		return values
	}
	var added []member
	given, replaced := firsts(values), map[string]bool{}
	for _, m := range membersOf(expressions) {
		references := list(attr(&m.value, "references"))
		known := given[m.name]
		if known != nil && known.Kind != policy.Null || len(references) == 0 || replaced[m.name] {
			continue
		}
		to := str(references[0])
		if strings.HasPrefix(to, "aws_") || strings.HasPrefix(to, "data.") {
			to = prefix + to
		}
		value := text("${" + to + "}")
		if strings.Contains(documents, " "+m.name+" ") {
			value = text("known after apply only (it uses " + to + "). Paste the policy itself")
		}
		replaced[m.name] = true
		added = append(added, member{m.name, value})
	}
	var members []member
	for _, m := range membersOf(values) {
		if !replaced[m.name] { // a null is there in the place of what is not known
			members = append(members, m)
		}
	}
	out := object(append(members, added...)...)
	return &out
}
