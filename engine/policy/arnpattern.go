package policy

import "strings"

// ARNPattern is a value of Resource or NotResource. The zero ARNPattern matches
// nothing.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
type ARNPattern struct {
	reach    reach
	form     uint8     // the index of its short form
	costly   bool      // see Work
	head     [5]string // arn, partition, service, Region and account, compiled
	literal  string    // the head with its colons, where it has no wildcards
	resource Pattern
}

// reach is what an ARNPattern can match at all.
type reach uint8

const (
	nothing reach = iota
	arns
	everything // "*" alone, also what has no ARN
	short      // the forms of shortForms
	plain      // a text that is no ARN
)

// shortForms are the ways in which resource-based policies of a service name
// its resources without an ARN. API Gateway fills in Region, account and API
// when it stores the policy; VPC Lattice matches the whole resource.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-resource-format
var shortForms = [...]struct {
	prefix  string // of the value
	service string // of the ARN
	action  string // prefix of the actions, in lower case
	below   bool   // what follows the prefix lies below the first element of the resource
}{
	{"execute-api:/", "execute-api", "execute-api:", true},
	{"*/", "vpc-lattice", "vpc-lattice-svcs:", false},
}

// shortForm finds the short form of a value.
func shortForm(text string) (form uint8, ok bool) {
	for i := range shortForms {
		if strings.HasPrefix(text, shortForms[i].prefix) {
			return uint8(i), true
		}
	}
	return 0, false
}

// CompileResource compiles a value of Resource or NotResource as it stands in a
// document: an ARN, see [CompileARN], or in a resource-based policy one of the
// short forms of API Gateway (execute-api:/STAGE/VERB/PATH) and VPC Lattice
// (*/PATH); in a stack policy the name of a resource of the stack.
func CompileResource(text string, d *Document) ARNPattern {
	if d.Type == Stack && text != "*" {
		return ARNPattern{reach: plain, resource: CompilePattern(text, true, false)}
	}
	form, ok := shortForm(text)
	if !ok || d.Type != Resource {
		return CompileARN(text, d.Type.Completes(), d.Variables())
	}
	if shortForms[form].below {
		text = text[len(shortForms[form].prefix):]
	}
	return ARNPattern{reach: short, form: form, resource: CompilePattern(text, true, d.Variables())}
}

// matchShort matches a short form with the resource of a request.
func (p *ARNPattern) matchShort(arn string, vars Variables, scratch *[]byte) (matched, unresolved bool) {
	form := &shortForms[p.form]
	parts := arn
	for i := range p.head {
		part, rest, ok := strings.Cut(parts, ":")
		if !ok || i == 2 && part != form.service {
			return false, false
		}
		parts = rest
	}
	if form.below {
		_, rest, ok := strings.Cut(parts, "/")
		if !ok {
			return false, false
		}
		parts = rest
	}
	resource, missing := p.resource.Expand(vars, scratch)
	return missing == "" && Glob(resource, parts), missing != ""
}

// CompileARN compiles a value of Resource or NotResource.
//
//   - "*" matches every request, and only it matches a request whose action has
//     no resource types. What else doesn't start with "arn:" matches nothing.
//   - The first five colons divide an ARN into six components. The service
//     takes no wildcard: a value with one there matches nothing.
//   - Where complete is set, missing components are "*": in identity-based
//     policies and permissions boundaries. In the other policies only a "*" at
//     the end of the value reaches over them (choice: AWS documents completion
//     for identity-based policies).
//   - Variables stand in the sixth component; elsewhere ${…} is plain text.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func CompileARN(text string, complete, variables bool) ARNPattern {
	if text == "*" {
		return ARNPattern{reach: everything}
	}
	room := [6]string{"*", "*", "*", "*", "*", "*"}
	given := components(text, &room)
	short := len(given) < 6
	switch {
	case !strings.HasPrefix(text, "arn:"),
		short && !complete && !strings.HasSuffix(text, "*"),
		len(given) > 2 && strings.ContainsAny(given[2], "*?"):
		return ARNPattern{}
	}
	p := ARNPattern{reach: arns, costly: isCostly(text), resource: CompilePattern(room[5], true, variables)}
	for i := range p.head {
		component := CompilePattern(room[i], true, false)
		p.head[i] = component.tail
	}
	if !short && !strings.ContainsAny(text[:len(text)-len(room[5])], "*?") {
		p.literal = text[:len(text)-len(room[5])]
	}
	return p
}

// components divides an ARN at its first five colons, as strings.SplitN does;
// the parts are in room, the rest of which is left as it was.
func components(arn string, room *[6]string) []string {
	n := 0
	for n < len(room)-1 {
		colon := strings.IndexByte(arn, ':')
		if colon < 0 {
			break
		}
		room[n], arn = arn[:colon], arn[colon+1:]
		n++
	}
	room[n] = arn
	return room[:n+1]
}

// Match reports whether the pattern matches the resource of a request: an ARN,
// or "*" for an action without resource types. A pattern whose variable has no
// value matches nothing; unresolved then reports that the rest of it did match.
//
// A wildcard in the first five components stays inside its component, except
// for a "*" at the end of one: that runs over colons. In the sixth, wildcards
// match everything, "/" and ":" too.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
func (p *ARNPattern) Match(arn string, vars Variables, scratch *[]byte) (matched, unresolved bool) {
	if p.reach == short && len(arn) <= MaxText {
		return p.matchShort(arn, vars, scratch)
	}
	c := cursor{rest: arn}
	if p.reach == plain {
		return p.resource.Match(arn), false
	}
	if p.reach != arns || len(arn) > MaxText || !p.matchHead(&c) {
		return p.reach == everything, false
	}
	resource, missing := p.resource.Expand(vars, scratch)
	if missing != "" {
		return false, true
	}
	star := strings.IndexByte(resource, anyRun)
	for {
		if star < 0 && Glob(resource, c.rest) {
			return true, false
		}
		if star >= 0 {
			// The piece before the first "*" is enough to settle the place: a
			// later one would leave less text to the rest of the pattern.
			if n := prefix(resource[:star], c.rest); n >= 0 {
				return Glob(resource[star:], c.rest[n:]), false
			}
		}
		if !c.retry() || !p.matchHead(&c) {
			return false, false
		}
	}
}

func endsInStar(glob string) bool { return glob != "" && glob[len(glob)-1] == anyRun }

// cursor is a place in an ARN that is being matched. As in [Glob], only the
// last "*" that may run over colons has to be tried at several places.
type cursor struct {
	component int    // the next component of the pattern
	rest      string // the text for it
	again     int    // the component after the last "*" that ends one, or 0
	after     string // the text for that one
}

// matchHead matches the first five components from the cursor on.
func (p *ARNPattern) matchHead(c *cursor) bool {
	if p.literal != "" {
		rest, found := strings.CutPrefix(c.rest, p.literal)
		c.component, c.rest = len(p.head), rest
		return found
	}
	for c.component < len(p.head) {
		glob := p.head[c.component]
		colon := strings.IndexByte(c.rest, ':')
		switch {
		case colon < 0:
			return false
		case Glob(glob, c.rest[:colon]):
			c.component, c.rest = c.component+1, c.rest[colon+1:]
			if endsInStar(glob) {
				c.again, c.after = c.component, c.rest
			}
		case !c.retry():
			return false
		}
	}
	return true
}

// retry lets the last "*" that ends a component run over one colon more.
func (c *cursor) retry() bool {
	colon := strings.IndexByte(c.after, ':')
	if c.again == 0 || colon < 0 {
		return false
	}
	c.after = c.after[colon+1:]
	c.component, c.rest = c.again, c.after
	return true
}

// VariableKeys lists the condition keys that its variables name, in lower case.
func (p *ARNPattern) VariableKeys() []string { return p.resource.VariableKeys() }

// EachVariable calls f for the condition key of each of its variables, in lower
// case.
func (p *ARNPattern) EachVariable(f func(key string)) { p.resource.EachVariable(f) }

// PartitionOf is the partition of a Region, as far as its name tells.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func PartitionOf(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}
