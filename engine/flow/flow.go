// Package flow says which authorizations one API call makes. A call is checked
// on every resource that it names, with the actions that depend on it, and by
// every service that it goes through: reading an encrypted object asks S3 and
// then KMS.
//
// What follows from what is data: the catalogue says which resources an action
// is checked on, and the table of flows says who asks KMS, IAM or S3 next. The
// package decides nothing.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
package flow

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/policy"
)

// Call is the checks of one API call, in the order in which AWS makes them, and
// what is to be said of the request.
type Call struct {
	Checks   []Check
	Notes    []Note
	Possible []Possible
}

// Check is one authorization of a call.
type Check struct {
	*engine.Check
	Why  string // what makes AWS ask it, a clause; "" for the action that was asked for
	Doc  string // the AWS page that says so; "" for the action that was asked for
	Flow string // the name of the row of the table of flows that it comes from, or ""
}

// Note is something about the request that the reader must know: it was read
// otherwise than it stands there, or AWS never asks it so.
type Note struct {
	Code, Message, Doc string
}

// Possible is a check that AWS also makes if something is so that the world
// does not tell.
type Possible struct {
	If     string // a clause: "the object is encrypted with SSE-KMS"
	Action string
	Why    string // a clause
	Doc    string
	Flow   string // the name of the row of the table of flows that it comes from, or ""

	check func() *engine.Check // nil where too little is known
}

// Check is the check itself, made anew: most calls are judged without. It is nil where
// too little is known to decide it.
func (p *Possible) Check() *engine.Check {
	if p.check == nil {
		return nil
	}
	return p.check()
}

// Of finds the checks of a call. Resources are all that it names; where there
// are none, it is the request's. The errors are those of
// [engine.Compiled.Check].
func Of(w *engine.Compiled, r engine.Request, resources ...string) (*Call, error) {
	if len(resources) == 0 {
		resources = []string{r.Resource}
	}
	f := finder{world: w, request: r, resources: resources, call: &Call{}}
	for _, action := range f.actions() {
		f.others(action)
		for _, resource := range resources {
			f.ask(action, resource)
		}
	}
	f.unsupported()
	return f.call, f.err
}

// unsupported says which keys of the request none of the checks ever carries.
func (f *finder) unsupported() {
	f.request.Context.Each(func(key string, _ []string) {
		if strings.HasPrefix(strings.ToLower(key), "s3:x-amz-server-side-encryption") {
			return // a fact about the object
		}
		for _, c := range f.call.Checks {
			if c.Carries(key) != catalogue.Never {
				return
			}
		}
		if len(f.call.Checks) > 0 {
			c := f.call.Checks[0]
			f.note("unsupported-key", "Requests for "+c.Action+" never have "+key+", as AWS's reference has it, so the answer leaves it out.",
				"https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html")
		}
	})
}

// finder collects the checks of one call.
type finder struct {
	world     *engine.Compiled
	request   engine.Request
	resources []string
	operation string // the API operation that was asked for, in lower case; "" where it was an action
	call      *Call
	err       error
}

// actions is what the call is authorized as: the name of an API operation is
// not always that of its permission.
func (f *finder) actions() []string {
	service, action := f.world.Action(f.request.Action)
	if service == nil || action != nil || engine.KnownAction(f.request.Action) {
		return []string{f.request.Action}
	}
	prefix, name, _ := strings.Cut(f.request.Action, ":")
	if o := service.Operation(name); o != nil {
		full := prefix + ":" + name + " is an API operation, not a permission. "
		switch {
		case len(o.Always) > 0:
			f.operation = strings.ToLower(name)
			f.note("operation", full+"AWS checks "+policy.List(o.Always)+", and so does this answer.", service.Page())
			return f.onTarget(o.Always)
		case len(o.Sometimes) > 0:
			f.operation = strings.ToLower(name)
			f.note("operation", full+"AWS checks one or more of "+policy.List(o.Sometimes)+
				", as the call says. This answer is for all of them; ask for the one that you mean.", service.Page())
			return f.onTarget(o.Sometimes)
		default:
			f.note("operation", full+"It needs none: no policy of IAM decides about it, and this answer says nothing about it.", service.Page())
		}
		return []string{f.request.Action}
	}
	message := "AWS's reference has no action " + f.request.Action + "."
	if near := service.Nearest(name); near != nil {
		message += " Did you mean " + service.Prefix + ":" + near.Name + "?"
	}
	f.note("unknown-action", message+" It is judged by the rules all the same: no policy can allow what does not exist.", service.Page())
	return []string{f.request.Action}
}

func (f *finder) note(code, message, doc string) {
	n := Note{code, message, doc}
	if !slices.Contains(f.call.Notes, n) {
		f.call.Notes = append(f.call.Notes, n)
	}
}

// ask adds the check of an action on a resource, and those that follow from
// it.
func (f *finder) ask(action, resource string) {
	checked, on, why, doc := f.onWhat(action, resource)
	if _, a := f.world.Action(action); checked != action && a != nil && a.WildcardOnly() {
		f.check(action, "*", resource, "", "")
	}
	f.check(checked, on, resource, why, doc)
}

// check adds a check. What the call is about has facts, even where AWS checks
// the action on *.
func (f *finder) check(action, on, about, why, doc string) {
	r := f.request
	r.Action, r.Resource, r.Context = action, on, f.request.Context.Clone()
	if action == passRole {
		f.passedTo(&r)
	}
	check, err := f.world.Check(r)
	if err != nil {
		f.err = err
		return
	}
	if !f.add(Check{check, why, doc, ""}) {
		return
	}
	f.remark(check)
	if r.Resource = about; on == "*" {
		check, _ = f.world.Check(r)
	}
	f.follow(check)
}

// add adds a check, and reports whether it did: not where the call makes the
// same already, and not where there are too many.
func (f *finder) add(c Check) bool {
	for _, other := range f.call.Checks {
		if other.Action == c.Action && other.Resource == c.Resource && other.Principal == c.Principal && sameContext(&other.Context, &c.Context) {
			return false
		}
	}
	if len(f.call.Checks) >= maxChecks {
		f.note("too-many-checks",
			"This call makes more checks than are followed here. This answer is for the first "+strconv.Itoa(maxChecks)+".", "")
		return false
	}
	f.call.Checks = append(f.call.Checks, c)
	return true
}

// onWhat finds what AWS checks an action on, where that is not what the request
// says; and the dependent action that a resource is for, where the action
// itself is not checked on it.
func (f *finder) onWhat(action, resource string) (checked, on, why, doc string) {
	service, a := f.world.Action(action)
	switch {
	case handsOver(action, resource):
		return passRole, resource, "the call hands the role over to the service", iamUG + "id_roles_use_passrole.html"
	case a == nil:
		return action, resource, "", ""
	}
	name := service.Prefix + ":" + a.Name
	switch {
	case resource == "*":
		f.everything(name, service, a)
		return action, resource, "", ""
	case a.WildcardOnly():
		if other := f.dependent(a, resource); other != "" {
			return other, resource, name + " needs it too", service.Page()
		}
		f.note("no-resource", name+" has no resource: AWS checks it on *, and so does this answer. Only a statement whose Resource is * "+
			"allows it.", service.Page())
		return action, "*", "", ""
	case len(a.TypesOf(resource)) > 0:
		return action, resource, "", ""
	}
	if whole := engine.PolicyARN(resource); partsDiffer[service.Prefix] && whole != resource && len(a.TypesOf(whole)) > 0 {
		f.note("other-resource", name+" is checked on "+whole+", not on "+resource+".", service.Page())
		return action, whole, "", ""
	}
	for _, part := range [...]string{resource + "/*", resource + ":*"} {
		if partsDiffer[service.Prefix] && len(a.TypesOf(part)) > 0 && !strings.Contains(resource, "*") {
			f.note("other-resource", name+" is never checked on "+resource+", but on what is in it. This answer is for "+part+".", service.Page())
			return action, part, "", ""
		}
	}
	if other := f.dependent(a, resource); other != "" {
		return other, resource, name + " needs it too", service.Page()
	}
	if foreign(a, resource) {
		f.note("other-resource", "AWS's reference has no "+name+" on such a resource. It is checked on: "+types(a)+".", service.Page())
	}
	return action, resource, "", ""
}

// partsDiffer are the services that check an action on the whole or on its
// parts, never on either: s3:ListBucket on the bucket, s3:GetObject on objects.
// Others take an ARN of both kinds, though the reference lists one: Lambda
// invokes a function by the ARN of its alias.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html
var partsDiffer = map[string]bool{"s3": true}

// everything says that an action is never checked on *.
func (f *finder) everything(name string, service *catalogue.Service, a *catalogue.Action) {
	if required := a.Required(); len(required) > 0 || service.Prefix == "s3" && !a.WildcardOnly() {
		f.note("needs-resource", name+" is always checked on a resource: "+types(a)+". A request for * is not one that AWS sees; give the "+
			"resource.", service.Page())
	}
}

// foreign reports whether a resource is of no type of an action, as far as the
// reference can tell: forms with a variable at the end cover what lies under
// them too, so only another kind of resource counts.
func foreign(a *catalogue.Action, resource string) bool {
	for _, use := range a.Uses {
		for _, form := range use.Type.Forms {
			if kind(form) == kind(resource) {
				return false
			}
		}
	}
	return true
}

// kind is the service of an ARN and the word before its first variable or name.
func kind(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 {
		return arn
	}
	word := parts[5]
	if at := strings.IndexAny(word, "/:$"); at >= 0 {
		word = word[:at]
	}
	return parts[2] + ":" + word
}

// dependent is the dependent action of an action that is checked on a resource,
// or "". Only a call with tags depends on the action that tags.
func (f *finder) dependent(a *catalogue.Action, resource string) string {
	tags := (&When{Key: "aws:requesttag/"}).key(&engine.Check{Context: f.request.Context})
	for _, name := range a.Dependent {
		service, other := f.world.Action(name)
		if other != nil && len(other.TypesOf(resource)) > 0 && (tags || other.Level != catalogue.Tagging) {
			return service.Prefix + ":" + other.Name
		}
	}
	return ""
}

// types lists the resource types of an action.
func types(a *catalogue.Action) string {
	var names []string
	for _, use := range a.Uses {
		names = append(names, use.Type.Name)
	}
	return policy.List(names)
}
