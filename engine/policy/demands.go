package policy

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// demands holds a statement against what its policy type may contain.
func (p *parser) demands(s *Statement) {
	begin := Span{s.Span.Start, s.Span.Start + 1}
	if !s.Action.Present {
		p.missing("Action", begin, "This statement has no Action. Add Action or NotAction.")
	}
	p.demandPrincipal(s, begin)
	p.demandResource(s, begin)
	if s.Action.Not && p.rules.notAction == ignored {
		p.warn(s.Action.Span, "not-allowed-here", p.rules.name+" has no NotAction. AWS refuses it.")
	}
	if p.doc.Type == Stack {
		p.checkStack(s, begin)
		return
	}
	for _, a := range s.Action.Values {
		p.checkAction(a)
		if p.doc.Type == Trust && a.Value != "*" && !strings.HasPrefix(strings.ToLower(a.Value), "sts:") {
			p.warn(a.Span, "trust-action",
				"A role trust policy may only have the actions of STS that assume a role, such as sts:AssumeRole and sts:TagSession.")
		}
	}
	if p.rules.resource != ignored {
		for _, r := range s.Resource.Values {
			p.checkResource(s, r)
		}
	}
	p.checkForAll(s)
	if p.doc.Type == Trust {
		p.checkTrust(s)
	}
	if p.doc.Type == RCP && !p.broken {
		p.checkRCP(s)
	}
}

func (p *parser) demandPrincipal(s *Statement, begin Span) {
	element, demand := "Principal", p.rules.principal
	if s.Principal.Not {
		element = "NotPrincipal"
		demand = max(demand, p.rules.notPrincipal)
	}
	switch {
	case s.Principal.Not && demand == refused && p.rules.principal != refused:
		p.error(s.Principal.Span, "not-allowed-here",
			p.rules.name+" has no NotPrincipal. Write Principal, and exclude principals with a condition.")
	case s.Principal.Present && demand == refused:
		p.error(s.Principal.Span, "not-allowed-here",
			p.rules.name+" has no "+element+". A policy with a Principal belongs to a resource: paste it there, or remove the element.")
	case !s.Principal.Present && p.rules.principal == inert && !contains(p.misspelt, "Principal"):
		p.warn(begin, "missing-principal", "This statement has no Principal, so it names nobody and has no effect.")
	case s.Principal.Not && s.Effect == Allow && !p.broken:
		p.add(s.Principal.Span, Warning, "allow-not-principal",
			"AWS does not support NotPrincipal with Allow: it would allow everyone else, anonymous callers too. List in Principal whom to allow.",
			iamGuide+"reference_policies_elements_notprincipal.html")
	case s.Principal.Not && !p.broken:
		p.checkSpared(&s.Principal)
	}
}

func (p *parser) demandResource(s *Statement, begin Span) {
	switch present := s.Resource.Present; {
	case !present && p.rules.resource == required:
		p.missing("Resource", begin, "This statement has no Resource. "+p.rules.name+" has Resource or NotResource in each statement.")
	case !present && p.rules.resource == inert:
		p.warn(begin, "missing-resource",
			"This statement has no Resource, so it has no effect. In a key policy, write \"Resource\": \"*\": it means this key.")
	case present && p.rules.resource == ignored:
		p.warn(s.Resource.Span, "not-allowed-here",
			p.rules.name+" has no Resource: the role is the resource. AWS refuses it, and it is left out here.")
	}
}

// checkRCP reports what only Amazon's own RCPFullAWSAccess may have.
func (p *parser) checkRCP(s *Statement) {
	if s.Effect == Allow {
		if !p.fullAccess(s) {
			p.warn(s.Span, "rcp-allow",
				"A resource control policy of yours can only deny. The one that allows is RCPFullAWSAccess, which is always attached.")
		}
		return
	}
	for _, v := range s.Principal.Values {
		if v.Kind != Everyone {
			p.warn(v.Span, "rcp-principal", "In a resource control policy Principal is \"*\". Name principals by condition keys.")
		}
	}
	for _, a := range s.Action.Values {
		if a.Value == "*" {
			p.warn(a.Span, "rcp-action", "In a resource control policy of yours an Action names a service, such as \"s3:*\".")
		}
	}
}

func (p *parser) fullAccess(s *Statement) bool {
	return len(s.Action.Values) == 1 && s.Action.Values[0].Value == "*" && len(s.Resource.Values) == 1 && s.Resource.Values[0].Value == "*"
}

func (p *parser) checkAction(a Text) {
	const doc = iamGuide + "reference_policies_elements_action.html"
	service, name, ok := strings.Cut(a.Value, ":")
	switch {
	case a.Value == "*":
	case strings.ContainsAny(a.Value, ", \t\r\n"):
		p.add(a.Span, Warning, "bad-action",
			quote(a.Value)+" matches no action: it has a comma or white space in it. Write several actions as a list.", doc)
	case !ok || name == "" || service == "" || strings.Contains(name, ":"):
		p.add(a.Span, Warning, "bad-action", quote(a.Value)+" matches no action. An action is SERVICE:NAME, such as kms:Decrypt, or \"*\".", doc)
	case strings.ContainsAny(service, "*?"):
		p.add(a.Span, Warning, "bad-action", quote(a.Value)+" matches no action: the service before the colon takes no wildcard.", doc)
	}
}

func (p *parser) checkResource(s *Statement, r Text) {
	const doc = iamGuide + "reference_policies_elements_resource.html"
	var room [6]string
	parts := components(r.Value, &room)
	switch {
	case r.Value == "*", p.doc.Type == Resource && s.takesShort(r.Value):
	case !strings.HasPrefix(r.Value, "arn:") && p.placeholder(r):
	case !strings.HasPrefix(r.Value, "arn:"):
		p.add(r.Span, Warning, "bad-resource", quote(r.Value)+" matches no resource. A resource is an ARN, or \"*\".", doc)
	case len(parts) == 6 && !strings.ContainsAny(parts[2], "*?"):
		p.checkARN(s, r, parts)
	case len(parts) > 2 && strings.ContainsAny(parts[2], "*?"):
		p.add(r.Span, Warning, "bad-resource",
			quote(r.Value)+" matches no resource: the service, the third part of an ARN, takes no wildcard.", doc)
	case len(parts) == 6 || p.rules.completes:
	case p.doc.Type.Completes():
		p.add(r.Span, Warning, "short-arn",
			"STS refuses this ARN in the policy of a session: it has fewer than six parts. It is read here as if the missing parts were \"*\".", doc)
	case !strings.HasSuffix(r.Value, "*"):
		p.add(r.Span, Warning, "short-arn", "This ARN has fewer than six parts and no \"*\" at its end, so it matches no resource here.", doc)
	}
}

// takesShort reports whether a value is a short form of a service that the
// actions are of.
func (s *Statement) takesShort(value string) bool {
	form, ok := shortForm(value)
	if !ok {
		return false
	}
	for _, a := range s.Action.Values {
		if a.Value == "*" || strings.HasPrefix(strings.ToLower(a.Value), shortForms[form].action) {
			return true
		}
	}
	return s.Action.Not
}

// checkSids reports Sids that AWS refuses. A Sid never changes a decision.
func (p *parser) checkSids() {
	const doc = iamGuide + "reference_policies_elements_sid.html"
	seen := map[string]int{}
	for _, s := range p.doc.Statements {
		sid := s.Sid.Value
		if sid == "" || p.full(Warning) {
			continue
		}
		if start, twice := seen[sid]; twice {
			line, _ := Position(p.doc.Text, start)
			p.add(s.Sid.Span, Warning, "duplicate-sid",
				"The Sid "+quote(sid)+" is on line "+strconv.Itoa(line)+" already. AWS wants each Sid once in a policy.", doc)
			continue
		}
		seen[sid] = s.Sid.Span.Start
		if !p.rules.looseSid && strings.IndexFunc(sid, notAlphanumeric) >= 0 {
			p.add(s.Sid.Span, Warning, "bad-sid", "A Sid here has letters A-Z, a-z and digits only.", doc)
		}
	}
}

func notAlphanumeric(c rune) bool {
	return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9')
}

// checkSize reports a document that is longer than AWS stores, and characters
// that AWS does not.
func (p *parser) checkSize() {
	size, unit := len(p.doc.Text), " bytes"
	if !p.rules.wholeText {
		unit, size = " characters", utf8.RuneCountInString(p.doc.Text)
	}
	if !p.rules.wholeText && !p.rules.every {
		unit = " characters without white space"
		for _, space := range []string{" ", "\t", "\r", "\n"} {
			size -= strings.Count(p.doc.Text, space)
		}
	}
	if size > p.rules.limit {
		note := p.rules.note
		if p.rules.every {
			note = " The console leaves out white space when it saves; the CLI, SDKs and Terraform do not."
		}
		p.warn(Span{0, 1}, "over-quota",
			p.rules.name+" has at most "+strconv.Itoa(p.rules.limit)+unit+"; this one has "+strconv.Itoa(size)+"."+note)
	}
	for i, c := range p.doc.Text {
		if c > 0xFF || c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			p.warn(Span{i, i + len(string(c))}, "bad-character", "AWS refuses this character: policies have characters up to U+00FF.")
			return
		}
	}
}
