// Package hint is spelling help for policies: names of actions and condition
// keys that AWS's lists do not have. A hint changes no outcome: AWS accepts most
// of these policies, too.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
package hint

import (
	"slices"
	"strings"

	"why403/engine/catalogue"
	"why403/engine/policy"
)

// Names is what AWS has names for.
type Names struct {
	Version  string   // of the list, for the reader
	Prefixes []string // of all services, in lower case
	Services catalogue.Catalogue
}

// Max is how many hints a policy gets. Who has more mends some of these first.
const Max = 100

// Of gives the hints of a policy: statement after statement, first its actions,
// then its condition keys. The span of each is that of the name, inside its quotes.
func Of(d *policy.Document, names *Names) (hints []policy.Problem) {
	add := func(t policy.Text, message string) {
		if message != "" {
			span := policy.Span{Start: t.Span.Start + 1, End: t.Span.End - 1}
			hints = append(hints, policy.Problem{Section: d.Name, Span: span, Code: "spelling", Message: message})
		}
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		for j := 0; j < len(s.Action.Values) && len(hints) < Max; j++ {
			add(s.Action.Values[j], names.Action(s.Action.Values[j].Value))
		}
		for j := 0; j < len(s.Condition.Tests) && len(hints) < Max; j++ {
			add(s.Condition.Tests[j].Key, names.Key(s.Condition.Tests[j].Key.Value, s.Action.Values))
		}
	}
	return hints
}

// Action is a hint about an action of a policy, such as kms:Decript or s3:Get*;
// "" where there is none.
func (n *Names) Action(action string) string {
	prefix, name, _ := strings.Cut(action, ":")
	small := strings.ToLower(prefix)
	// Update:Modify and its like are the actions of a CloudFormation stack policy:
	// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
	if name == "" || small == "update" || strings.ContainsAny(prefix, "*?") {
		return ""
	}
	if !slices.Contains(n.Prefixes, small) {
		return n.unlisted(prefix, "services", nearest(small, n.Prefixes))
	}
	service := n.Services.Service(small)
	if service == nil || service.Action(name) != nil {
		return ""
	}
	if strings.ContainsAny(name, "*?") {
		pattern := policy.CompileAction(action)
		if slices.ContainsFunc(service.Actions, func(a catalogue.Action) bool { return pattern.Match(small + ":" + strings.ToLower(a.Name)) }) {
			return ""
		}
		return n.unlisted(action, small+" actions", "")
	}
	if o := service.Operation(name); o != nil {
		return action + " is an API operation, not an action. " + needs(o)
	}
	meant := ""
	if near := service.Nearest(name); near != nil {
		meant = prefix + ":" + near.Name
	}
	return n.unlisted(action, small+" actions", meant)
}

func needs(o *catalogue.Operation) string {
	switch {
	case len(o.Always) > 0:
		return "It needs " + strings.Join(o.Always, " and ") + "."
	case len(o.Sometimes) > 0:
		return "It needs one or more of " + strings.Join(o.Sometimes, ", ") + "."
	}
	return "It needs no permission."
}

// Key is a hint about a condition key of a statement with these actions, such
// as aws:PrincipalOrgId; "" where there is none. Keys of a provider that is no
// service, such as token.actions.githubusercontent.com:sub, have none.
func (n *Names) Key(key string, actions []policy.Text) string {
	prefix, _, complete := strings.Cut(strings.ToLower(key), ":")
	list := prefix + " condition keys"
	if prefix == "aws" {
		list = "global condition keys"
	} else if !complete || !slices.Contains(n.Prefixes, prefix) {
		return ""
	}
	global := &catalogue.Service{Keys: catalogue.GlobalKeys()}
	if !complete || global.Key(key) != nil {
		return ""
	}
	known := names(nil, global, prefix)
	for _, of := range append([]policy.Text{{Value: prefix + ":"}}, actions...) {
		other, _, _ := strings.Cut(strings.ToLower(of.Value), ":")
		if !slices.Contains(n.Prefixes, other) {
			continue
		}
		service := n.Services.Service(other)
		if service == nil || service.Key(key) != nil || catalogue.Shared(of.Value, key) {
			return ""
		}
		known = names(known, service, prefix)
	}
	start, tag, cut := strings.Cut(key, "/")
	if cut {
		start += "/"
	}
	meant := nearest(start, known)
	if strings.HasSuffix(meant, "/") {
		meant += tag
	}
	return n.unlisted(key, list, meant)
}

// names adds the condition keys of a service with a prefix, without the names
// that their users choose.
func names(list []string, s *catalogue.Service, prefix string) []string {
	for i := range s.Keys {
		name, _, _ := strings.Cut(s.Keys[i].Name, "${")
		if strings.HasPrefix(strings.ToLower(name), prefix+":") && !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// nearest is the name that is meant, or "".
func nearest(name string, names []string) string {
	if i := catalogue.NearestOf(name, names); i >= 0 {
		return names[i]
	}
	return ""
}

// unlisted says that a list does not have a word.
func (n *Names) unlisted(word, list, meant string) string {
	text := word + " isn't in the list of " + list + " (iam-data " + n.Version + ")."
	if meant != "" {
		text += " Did you mean " + meant + "?"
	}
	return text
}
