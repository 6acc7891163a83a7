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

// services is those of the actions that a policy names; every is true where it names
// those of every service.
func services(d *policy.Document) (found []string, every bool) {
	for i := range d.Statements {
		action := &d.Statements[i].Action
		every = every || action.Not
		for _, v := range action.Values {
			service, _, ok := strings.Cut(strings.ToLower(v.Value), ":")
			if every = every || !ok || strings.ContainsAny(service, "*?"); !slices.Contains(found, service) && len(found) < mostServices {
				found = append(found, service)
			}
		}
	}
	return found, every
}

const mostServices = 20

// onlyService is the service of all actions that a policy names, or "".
func onlyService(d *policy.Document) string {
	if found, every := services(d); len(found) == 1 && !every {
		return found[0]
	}
	return ""
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
	var keys, callers []string
	for i := range r.bare {
		d, _ := policy.Parse("resource.json", policy.Resource, r.bare[i].text)
		switch found, _ := services(d); {
		case !ofResource(d):
			callers = append(callers, found...)
		case onlyService(d) == "kms":
			keys = found
		case onlyService(d) != "sts":
			asked = append(asked, found...)
		}
	}
	for _, found := range [][]string{asked, keys, callers} {
		if len(found) > 0 {
			return found
		}
	}
	return nil
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
