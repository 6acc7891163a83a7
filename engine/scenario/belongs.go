package scenario

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// owner is what sections outside of folders can belong to: one resource of all
// that are asked for.
type owner struct {
	sections string   // for people
	folder   []string // with one of these in its folder, a resource has its own
	given    func(*File) bool
	can      func(action, resource string) bool // a resource can have such a thing
}

// The policy and the ACLs of a resource, and grants that do not say which key
// they are on.
var (
	ofResource = owner{"resource.json, or the ACL,", []string{"/policy.json"}, func(f *File) bool {
		return f.find("resource.json") != nil || f.find("acl.json") != nil || f.find("object-acl.json") != nil
	}, engine.HasPolicy}
	ofKey = owner{"grants.json, where a grant has no KeyId,", []string{"/policy.json", "/grants.json"}, func(f *File) bool {
		return slices.ContainsFunc(f.own.grants, keyless)
	}, func(action, resource string) bool {
		return engine.HasPolicy(action, resource) && engine.ResourceType(action, resource) == policy.Key
	}}
)

func keyless(g engine.Grant) bool { return g.KeyID == "" }

// has reports whether a resource has its own in the folder of its entity.
func (o *owner) has(f *File, resource string) bool {
	e := f.covering(resource)
	return e != nil && slices.ContainsFunc(o.folder, func(name string) bool { return f.find(e.section+name) != nil })
}

// findResource says what resource.json is the policy of. The requests tell;
// where they tell of several resources, nothing does, and that is a problem:
// one of the answers would be to another question.
func (f *File) findResource() {
	f.headers, f.own.resource = f.compile(nil, f.aliased()), policy.Resource
	f.resource, f.several = f.findOwner(&ofResource)
	for i := range f.Requests {
		r := &f.Requests[i]
		for _, resource := range r.Resources {
			t := engine.ResourceType(r.Action, resource)
			switch can := engine.HasPolicy(r.Action, resource); {
			case can && f.resource != "" && f.ownedBy(f.resource, f.headers.Target(r.Action, resource)):
				f.own.resource = t
				return
			case !can && f.resource == "":
				// The trust policy of a role that is passed on, say: it has no say in that.
				f.own.resource = firstType(f.own.resource, engine.PolicyType(resource))
			}
		}
	}
}

// findOwner finds the one resource that sections outside of folders belong to:
// of those that can have one, and have none in their folder. Several says that
// there are more, in a file without such sections.
func (f *File) findOwner(o *owner) (first string, several bool) {
	belongs, elsewhere := o.given(f), policy.Problem{}
	for i := range f.Requests {
		r := &f.Requests[i]
		for j, resource := range r.Resources {
			if !o.can(r.Action, resource) {
				continue
			}
			target := f.headers.Target(r.Action, resource)
			whole := engine.PolicyARN(target)
			switch {
			case o.has(f, target):
				elsewhere = policy.Problem{Section: r.Section, Span: r.resourceAt[j]}
			case first == "" || strings.HasSuffix(first, engine.UnknownKey) && sameRegion(first, whole):
				first = whole
			case f.ownedBy(first, target):
			case !belongs:
				several = true
			default:
				f.problem(r.Section, r.resourceAt[j], "two-resources", o.sections+" can belong to one resource only, and the requests are for two: "+
					first+" and "+whole+". Give each resource a section \"-- entity/NAME --\" with a line \"arn: …\", and its policy a section \"-- "+
					"entity/NAME/policy.json --\".")
				return first, false
			}
		}
	}
	if belongs && first == "" && elsewhere.Section != "" {
		f.problem(elsewhere.Section, elsewhere.Span, "no-resource", o.sections+" belongs to nothing that is asked for: "+
			"this resource has a policy in the folder of its entity. Move what belongs to it into that folder.")
	}
	return first, several
}

// ownedBy reports whether a resource belongs to an owner. A key that only an
// alias tells of can be any key there.
func (f *File) ownedBy(owner, resource string) bool {
	whole := engine.PolicyARN(resource)
	return whole == owner || owner != "" && strings.HasSuffix(whole, engine.UnknownKey) && sameRegion(owner, whole)
}

// firstType is the same of several types, in any order.
func firstType(a, b policy.Type) policy.Type {
	if a == policy.Resource || b != policy.Resource && b < a {
		return b
	}
	return a
}

// sameRegion reports whether two ARNs are of one service, Region and account.
func sameRegion(a, b string) bool {
	return a[:strings.LastIndexByte(a, ':')] == b[:strings.LastIndexByte(b, ':')]
}

// aroundResources attaches to the resources of a request what belongs to each,
// and gives their accounts.
func (f *File) aroundResources(w *surroundings, r *Request) (accounts []string) {
	done := map[string]bool{} // a bucket, for several of its objects
	for i, resource := range r.Resources {
		resource = f.headers.Target(r.Action, resource)
		arn, known := engine.PolicyARN(resource), f.covering(resource)
		if known != nil {
			arn = known.arn
		}
		account := r.accountOf(known, resource, len(r.Resources) > 1)
		if !done[arn] {
			done[arn] = true
			f.attach(w, r, arn, account, len(r.Resources) > 1, f.ownOf(resource, i == 0))
		}
		within := f.within(resource)
		r.covered += len(within)
		for _, e := range within {
			if !done[e.arn] {
				done[e.arn] = true
				f.attach(w, r, e.arn, r.accountOf(e, e.arn, true), true, attached{})
			}
		}
		if account == "" {
			account = engine.ARNPart(resource, 4)
		}
		if !policy.IsAccount(account) {
			account = ""
		}
		if !slices.Contains(accounts, account) {
			accounts = append(accounts, account)
		}
	}
	return accounts
}

// accountOf is the account of a resource as a line or the header of its entity
// gives it, "" where its ARN alone does. Of several resources, the line is for
// those that nothing else tells of.
func (r *Request) accountOf(known *entity, resource string, several bool) string {
	header := ""
	if known != nil {
		header = known.settings.account
	}
	switch line := r.settings.account; {
	case line == "", several && (header != "" || policy.IsAccount(engine.ARNPart(resource, 4))):
		return header
	default:
		return line
	}
}

// within is the entities that a pattern covers.
func (f *File) within(pattern string) (out []*entity) {
	if !strings.ContainsAny(pattern, "*?") || pattern == "*" {
		return nil
	}
	asked := policy.CompileAsked(pattern)
	for _, e := range f.entities {
		if asked.Covers(e.arn) {
			out = append(out, e)
		}
	}
	return out
}

// ownOf is what stands outside of folders and belongs to a resource. What can
// belong to nothing goes to the first of a request, to be told of.
func (f *File) ownOf(resource string, first bool) (own attached) {
	if f.resource == "" && first && !ofResource.has(f, resource) || f.ownedBy(f.resource, resource) {
		own.policies, own.acls = f.own.of(policy.Resource, policy.Key, policy.Trust, policy.Stack), f.own.acls
	}
	keyless := f.key == "" && first && !ofKey.has(f, resource) || f.ownedBy(f.key, resource)
	for _, g := range f.own.grants {
		if g.KeyID != "" || keyless {
			own.grants = append(own.grants, g)
		}
	}
	return own
}

func (f *File) attach(w *surroundings, r *Request, arn, account string, several bool, own attached) {
	if account == "" && r.Settings == (engine.Settings{}) && len(own.policies)+len(own.grants)+len(own.acls) == 0 {
		return
	}
	e := f.entityIn(w, arn)
	e.Account = account
	e.Policies = append(own.policies, e.Policies...)
	e.Grants = append(own.grants, e.Grants...)
	e.ACLs = slices.Concat(own.acls, e.ACLs)
	header := f.byARN[arn]
	if !several {
		header = nil // a line goes before it
	}
	r.mergeSettings(&e.Settings, header)
}

// mergeSettings puts what the lines of a request say in the place of what a
// header says; of several resources, where the header of each says nothing.
func (r *Request) mergeSettings(s *engine.Settings, header *entity) {
	for key, put := range map[string]func(){
		"key-manager":         func() { s.AWSManagedKey = r.AWSManagedKey },
		"object-ownership":    func() { s.Ownership = r.Ownership },
		"object-owner":        func() { s.ObjectOwner = r.ObjectOwner },
		"block-public-access": func() { s.BlockPublic = r.BlockPublic },
		"put-is-public":       func() { s.PutIsPublic = r.PutIsPublic },
		"encrypted-with":      func() { s.EncryptedWith = r.EncryptedWith },
		"bucket-key":          func() { s.BucketKey = r.BucketKey },
		"requester-pays":      func() { s.RequesterPays = r.RequesterPays },
	} {
		if _, given := r.at[key]; given && !header.gives(key) {
			put()
		}
	}
}

// checkAccounts reports resources of S3 whose account nothing tells.
func (f *File) checkAccounts(r *Request) {
	for i, resource := range r.Resources {
		if engine.ARNPart(resource, 2) != "s3" || engine.ARNPart(resource, 4) != "" {
			continue
		}
		c := r.Check
		if i > 0 {
			asked := r.Request
			asked.Resource = resource
			c, _ = r.World.Check(asked)
		}
		if c.ResourceAccount == "" {
			f.warn(r.Section, r.resourceAt[i], "no-resource-account",
				"An S3 ARN has no account in it, so this is judged as one account. Say whose bucket it is: “Bucket's account”, or "+
					"resource-account in the file.",
				"https://docs.aws.amazon.com/service-authorization/latest/reference/list_s3.html")
		}
	}
}

// checkOwner reports an owner that could be of either of two objects.
func (f *File) checkOwner(r *Request) {
	first := ""
	for _, resource := range r.Resources {
		whole := engine.PolicyARN(resource)
		switch e := f.covering(resource); {
		case r.ObjectOwner == "" || whole == resource || e.gives("object-owner"):
		case first == "" || first == whole:
			first = whole
		default:
			f.problem(r.Section, r.at["object-owner"], "two-resources", "The request is for objects in two buckets, "+first+" and "+whole+
				", and this can be the owner of one only. Write it into the header of its bucket, or of the object: a section \"-- entity/NAME --\" "+
				"with lines arn and object-owner.")
			return
		}
	}
}
