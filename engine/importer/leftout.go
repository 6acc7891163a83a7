package importer

import (
	"strings"

	"why403/engine/policy"
	"why403/engine/template"
)

// LeftOut is what stands in a policy of which parts are left out: the statements that
// are whole, and those in which a list of what they match is short. It allows and denies
// no more than the whole policy does. rest is "" where nothing stands; left is false
// where nothing is left out.
func LeftOut(document string) (rest string, left bool) {
	if !template.IsGap(document) {
		return document, false
	}
	root, problems := policy.ParseJSON("", document)
	if fatal(problems) {
		return document, false
	}
	var kept []policy.Node
	for _, s := range statements(root) {
		whole, short := standing(s)
		if left = left || !whole || short; whole {
			kept = append(kept, *s)
		}
	}
	if _, more := root.Field(template.Gap); !left && !more {
		return document, false
	}
	if len(kept) == 0 {
		return "", true
	}
	out := policy.Node{Kind: policy.Object, Closed: true}
	for i, name := range root.Names {
		if item := root.Items[i]; name.Value != template.Gap {
			if name.Value == "Statement" {
				item = policy.Node{Kind: policy.Array, Items: kept, Closed: true}
			}
			out.Names, out.Items = append(out.Names, name), append(out.Items, item)
		}
	}
	return out.JSON(), true
}

// standing takes the gaps out of the lists of what a statement matches. whole is false
// where it could say something else without a gap: nothing of it is sure then.
func standing(s *policy.Node) (whole, short bool) {
	if s.Kind != policy.Object {
		return false, true
	}
	for i, name := range s.Names {
		switch name.Value {
		case "Sid":
		case "Action", "Resource", "Principal":
			before := s.Items[i].JSON()
			if !filled(&s.Items[i]) {
				return false, true
			}
			short = short || before != s.Items[i].JSON()
		default:
			if template.IsGap(name.Value) || template.IsGap(s.Items[i].JSON()) {
				return false, true
			}
		}
	}
	return true, short
}

// filled takes the gaps out of a list, and reports whether anything stands in it.
func filled(n *policy.Node) bool {
	if n.Kind != policy.Object && n.Kind != policy.Array {
		return !template.IsGap(n.Value)
	}
	names, kept := n.Names[:0], n.Items[:0]
	for i := range n.Items {
		if !filled(&n.Items[i]) || n.Kind == policy.Object && template.IsGap(n.Names[i].Value) {
			continue
		}
		if kept = append(kept, n.Items[i]); n.Kind == policy.Object {
			names = append(names, n.Names[i])
		}
	}
	n.Names, n.Items = names, kept
	return len(n.Items) > 0
}

// Shortened is what is not known of a policy of which parts are left out, and that was
// read as far as it stands.
const Shortened = "What is left out of a policy here: it is read as far as it stands, so what it does not allow, the rest of it may"

// stand gives what stands of a document for a section. It reports false where parts are
// left out, and the policy is the only one of its type: then nothing tells what it says.
func (p *paste) stand(section, document string) (rest string, ok bool) {
	rest, left := LeftOut(document)
	if !left {
		return document, true
	}
	if rest == "" || !Several(section) {
		p.unread("…")
		return "", false
	}
	p.unknown(Shortened)
	names := strings.Split(section, "/")
	if names[0] == "entity" || names[0] == "account" {
		names = names[2:]
	}
	if request := p.request(); request != nil {
		makeUnknown(request, names[0])
	}
	return rest, true
}

// Several reports whether a section is one of several of its policy type.
func Several(section string) bool {
	return strings.Contains(section, "/") && !strings.HasSuffix(section, "/policy.json") && !strings.HasSuffix(section, "/boundary.json")
}
