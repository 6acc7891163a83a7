package template

import (
	"strings"

	"why403/engine/policy"
)

// str gives the text of a node, or "" where it is none.
func str(n *policy.Node) string {
	if n == nil || n.Kind == policy.Object || n.Kind == policy.Array || n.Kind == policy.Null {
		return ""
	}
	return n.Value
}

// list gives the items of a list, or the one value that stands in its place.
func list(n *policy.Node) (all []*policy.Node) {
	if n == nil || n.Kind == policy.Null {
		return nil
	}
	if n.Kind != policy.Array {
		return []*policy.Node{n}
	}
	all = make([]*policy.Node, len(n.Items))
	for i := range n.Items {
		all[i] = &n.Items[i]
	}
	return all
}

// attr gives the first of some attributes that is there, null aside.
func attr(n *policy.Node, names ...string) *policy.Node {
	if n == nil || n.Kind != policy.Object {
		return nil
	}
	for _, name := range names {
		if found, ok := n.Field(name); ok && found.Kind != policy.Null {
			return found
		}
	}
	return nil
}

func text(value string) policy.Node {
	return policy.Node{Kind: policy.String, Value: value, Closed: true}
}

// object makes an object of members.
func object(members ...member) policy.Node {
	n := policy.Node{Kind: policy.Object, Closed: true, Names: make([]policy.Text, len(members)), Items: make([]policy.Node, len(members))}
	for i, m := range members {
		n.Names[i], n.Items[i] = policy.Text{Value: m.name}, m.value
	}
	return n
}

type member struct {
	name  string
	value policy.Node
}

// firsts gives the first member of each name that an object has.
func firsts(n *policy.Node) map[string]*policy.Node {
	n = object0(n)
	all := make(map[string]*policy.Node, len(n.Items))
	for i := range n.Items {
		if name := n.Names[i].Value; all[name] == nil {
			all[name] = &n.Items[i]
		}
	}
	return all
}

func array(items []policy.Node) policy.Node {
	return policy.Node{Kind: policy.Array, Items: items, Closed: true}
}

// short is what a person sees of a node that is no document.
func short(n *policy.Node) string {
	value := strings.Join(strings.Fields(str(n)), " ")
	if value == "" {
		return "and its text is not here"
	}
	return value[:min(len(value), 80)]
}

// part gives one of the six parts of an ARN, from 0, or "".
func part(arn string, n int) string {
	if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 && parts[0] == "arn" {
		return parts[n]
	}
	return ""
}

// lastName gives what stands behind the last dot, slash or colon.
func lastName(name string) string { return name[strings.LastIndexAny(name, "./:")+1:] }
