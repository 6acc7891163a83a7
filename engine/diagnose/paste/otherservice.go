package paste

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// A resource-based policy speaks of the actions of its own service: one of another
// service than the request's is that of something beside the resource, as the policy
// of the key beside that of the bucket, or the trust policy of the caller's role.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html

// ofAnotherService is the service whose actions alone a policy names, where no
// request asks for one of them; else "".
func (r *reader) ofAnotherService(it *item) string {
	d, _ := policy.Parse("resource.json", policy.Resource, it.text)
	service := onlyService(d)
	if service == "" || len(r.asked) == 0 || slices.Contains(r.asked, service) {
		return ""
	}
	return service
}

// onlyService is the service of all actions that a policy names, or "".
func onlyService(d *policy.Document) (service string) {
	for i := range d.Statements {
		action := &d.Statements[i].Action
		if action.Not || len(action.Values) == 0 {
			return ""
		}
		for _, v := range action.Values {
			prefix, _, ok := strings.Cut(strings.ToLower(v.Value), ":")
			if !ok || strings.ContainsAny(prefix, "*?") || service != "" && prefix != service {
				return ""
			}
			service = prefix
		}
	}
	return service
}

// askedServices is the services that the requests ask. Where no text names an action,
// it is those of the policies that stand alone, but for what people show beside the
// policy of the resource: the trust policy of a role, and the policy of a key.
func (r *reader) askedServices() (asked []string) {
	f := scenario.Split(r.text)
	for i := range f.Sections {
		if _, ok := scenario.RequestName(f.Sections[i].Name); !ok {
			continue
		}
		for _, l := range scenario.Lines(f.Sections[i].Text) {
			if service, _, ok := strings.Cut(strings.ToLower(l.Value), ":"); l.Key == "action" && ok && service != "unknown" {
				asked = append(asked, service)
			}
		}
	}
	if len(asked) > 0 {
		return asked
	}
	var beside []string
	for i := range r.bare {
		d, _ := policy.Parse("resource.json", policy.Resource, r.bare[i].text)
		switch service := onlyService(d); {
		case !slices.ContainsFunc(d.Statements, func(s policy.Statement) bool { return s.Principal.Present }), service == "sts":
		case service == "kms":
			beside = append(beside, service)
		default:
			asked = append(asked, service)
		}
	}
	if len(asked) == 0 {
		return beside
	}
	return asked
}

// putBeside puts the policy of another service as that of an entity, where its ARN is
// told, and says what became of it.
func (r *reader) putBeside(it *item, service string) {
	arn := ""
	if service != "sts" {
		arn = r.besideARN(it, service)
	}
	switch {
	case arn != "":
		folder := "entity/" + service
		for strings.Contains("\n"+r.text, "\n-- "+folder+" --") {
			folder += "-2"
		}
		r.addSections([]item{{section: folder, text: "arn: " + arn}, {section: folder + "/policy.json", text: it.text}})
		r.read(it.name, "a policy", "Put into "+folder+": its actions are all of "+service)
	case service == "sts":
		r.read(it.name, "a policy", "Not used: it is a role trust policy, which says who can assume the role, not what the role can do")
	default:
		r.read(it.name, "a policy", "Not used: its actions are all of "+service+", and the request is for another service")
	}
}

// besideARN is the ARN of what the policy of another service belongs to: one that the
// request or the policy itself names, or a key of the account that its policy lets in,
// since key policies name no key.
func (r *reader) besideARN(it *item, service string) string {
	var named []string
	region := "us-east-1"
	if s := r.request(); s != nil {
		for _, l := range scenario.Lines(s.Text) {
			if l.Key != "resource" {
				named = append(named, l.Value)
			} else if of := engine.ARNPart(l.Value, 3); of != "" {
				region = of
			}
		}
	}
	d, _ := policy.Parse("resource.json", policy.Resource, it.text)
	for i := range d.Statements {
		for _, v := range d.Statements[i].Resource.Values {
			named = append(named, v.Value)
		}
	}
	for _, arn := range named {
		if service == "s3" {
			arn, _, _ = strings.Cut(arn, "/") // of an object its bucket has the policy
		}
		if engine.ARNPart(arn, 2) == service && !strings.ContainsAny(arn, "*?$ ") {
			return arn
		}
	}
	for i := range d.Statements {
		for _, v := range d.Statements[i].Principal.Values {
			if account := engine.ARNPart(v.Value, 4); service == "kms" && policy.IsAccount(account) {
				return "arn:" + engine.ARNPart(v.Value, 1) + ":kms:" + region + ":" + account + ":key/UNKNOWN"
			}
		}
	}
	return ""
}
