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
	for _, child := range list(attr(n, "child_modules")) {
		name := lastName(withoutIndexes(str(attr(child, "address"))))
		t.module(child, configuration.At("module_calls/"+name+"/module"), depth+1)
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
	out := policy.Node{Kind: policy.Object, Closed: true}
	out.Names, out.Items = append(out.Names, values.Names...), append(out.Items, values.Items...)
	for _, m := range membersOf(expressions) {
		references := list(attr(&m.value, "references"))
		if attr(values, m.name) != nil || len(references) == 0 {
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
		// A null is there in the place of what is not known.
		for i := range out.Names {
			if out.Names[i].Value == m.name {
				out.Names = append(out.Names[:i:i], out.Names[i+1:]...)
				out.Items = append(out.Items[:i:i], out.Items[i+1:]...)
				break
			}
		}
		out.Names, out.Items = append(out.Names, policy.Text{Value: m.name}), append(out.Items, value)
	}
	return &out
}
