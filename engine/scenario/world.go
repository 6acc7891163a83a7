package scenario

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// NewResourcePolicy is the section that a policy of a request's resource goes
// into. It is "" where there is none to name: the file has no folder for the
// resource, and requests for others.
func (f *File) NewResourcePolicy(r *Request) string {
	switch e := f.covering(r.Check.Resource); {
	case e != nil:
		return e.section + "/policy.json"
	case f.several:
		return ""
	}
	return "resource.json"
}

// NewSection is the section that something of the caller, or of the key, goes
// into: in the folder of its entity, where there is one.
func (f *File) NewSection(of, name string) string {
	if e := f.byARN[of]; e != nil {
		return e.section + "/" + name
	}
	return name
}

// buildWorlds compiles the world of each request: what stands in folders is
// the same for all, and the rest belongs to the caller, the resource and the
// accounts of the request at hand.
func (f *File) buildWorlds() {
	f.key, _ = f.findOwner(&ofKey)
	base := f.compile((*engine.Compiled)(nil), f.world())
	statements := 0
	for i := range f.Requests {
		r := &f.Requests[i]
		if !f.judged(r) {
			continue
		}
		r.World = base
		if engine.PutsPolicy(r.Action) {
			r.Put = f.own.put
		}
		if w, more := f.around(r); more {
			r.World = f.compile(base, &w.World)
		}
		r.Search = MaxSearch / len(f.Requests)
		check, err := r.World.Check(r.Request)
		if err != nil {
			panic(err) // every line of the request was read
		}
		r.Check = check
		statements += r.Statements()
		if (len(f.Requests) > 1 || len(r.Resources) > 1) && statements > MaxStatements {
			f.tooManyRequests()
			return
		}
		f.checkAccounts(r)
		f.checkOwner(r)
		f.checkBlocked(r)
	}
}

// compile adds to a world. What it could complain of has been reported, with
// its place.
func (f *File) compile(base *engine.Compiled, w *engine.World) *engine.Compiled {
	c, _ := base.With(w)
	return c
}

// world is what stands in folders.
func (f *File) world() *engine.World {
	w := &engine.World{Catalogue: f.Catalogue, Entities: make([]engine.Entity, 0, len(f.entities))}
	for _, e := range f.entities {
		if e.arn == "" {
			continue
		}
		if e.resource == policy.Endpoint {
			w.Endpoints = append(w.Endpoints, engine.Endpoint{ID: e.arn[strings.LastIndexByte(e.arn, '/')+1:], Gateway: e.gateway,
				Policies: e.policies})
		}
		w.Entities = append(w.Entities, e.entity())
	}
	for _, a := range f.accounts {
		w.Accounts = append(w.Accounts, a.account())
	}
	return w
}

// aliased is the keys that have an alias: all that tells what a request is for.
func (f *File) aliased() *engine.World {
	w := &engine.World{}
	for _, e := range f.entities {
		if e.arn != "" && len(e.aliases) > 0 {
			w.Entities = append(w.Entities, e.entity())
		}
	}
	return w
}

func (e *entity) entity() engine.Entity {
	return engine.Entity{Name: e.name, ARN: e.arn, Account: e.settings.account, Tags: e.tags, Aliases: e.aliases,
		Policies: e.policies, Grants: e.grants, ACLs: e.acls, Unknown: e.unknown, Settings: e.Settings}
}

func (a *account12) account() engine.AWSAccount {
	return engine.AWSAccount{ID: a.id, Organization: a.organization, Management: a.settings.management, Delegated: a.settings.delegated,
		Policies: a.policies, Unknown: a.unknown, Regions: a.regions,
		BlockPublic: a.BlockPublic | a.byOrganization, OrganizationBlock: a.byOrganization, ByOrganization: a.decides}
}

// surroundings is a world in the making.
type surroundings struct {
	engine.World
	at map[string]int // of its entities, by ARN
}

// around is what belongs to one request besides the folders: the lines that
// tell of its surroundings, and the sections outside of folders.
func (f *File) around(r *Request) (w *surroundings, more bool) {
	w = &surroundings{at: map[string]int{}}
	f.aroundCaller(w, r)
	caller, _ := engine.ParsePrincipal(r.Principal)
	f.aroundAccount(w, caller.Account, r, f.own.of(policy.SCP))
	for _, account := range f.aroundResources(w, r) {
		f.aroundAccount(w, account, r, f.own.of(policy.RCP))
	}
	if f.own.override != nil && policy.StackAction(r.Action) {
		e := f.entityIn(w, policy.Logical)
		e.ARN, e.Policies = policy.Logical, []*engine.Policy{f.own.override}
	}
	if policies := f.own.of(policy.Endpoint); len(policies) > 0 {
		w.Endpoints = append(w.Endpoints, engine.Endpoint{Gateway: r.gateway, Policies: policies})
	}
	return w, len(w.Entities)+len(w.Accounts)+len(w.Endpoints) > 0
}

// of is the policies of some types.
func (a *attached) of(types ...policy.Type) (out []*engine.Policy) {
	for _, p := range a.policies {
		if slices.Contains(types, p.Type) {
			out = append(out, p)
		}
	}
	return out
}

// aroundCaller attaches to the caller itself, which leaves the path of its
// role open unless a line gives it.
func (f *File) aroundCaller(w *surroundings, r *Request) {
	if r.role != "" {
		f.entityIn(w, r.role)
	}
	if policies := f.own.of(policy.Identity, policy.Boundary, policy.Session, policy.ScopeDown); len(policies) > 0 {
		e := f.entityIn(w, r.Principal)
		e.Policies = append(policies, e.Policies...)
	}
}

func (f *File) aroundAccount(w *surroundings, id string, r *Request, policies []*engine.Policy) {
	if len(policies) == 0 && r.settings.management == "" && r.settings.delegated == "" {
		return
	}
	a := f.accountIn(w, id)
	a.Policies = append(policies, a.Policies...)
	if r.settings.management != "" {
		a.Management = r.settings.management
	}
	if r.settings.delegated != "" {
		a.Delegated = r.settings.delegated
	}
}

// entityIn finds the entity of an ARN in a world, or puts it there: as its
// folder says, or with nothing attached.
func (f *File) entityIn(w *surroundings, arn string) *engine.Entity {
	i, there := w.at[arn]
	if !there {
		i = len(w.Entities)
		w.at[arn] = i
		e := engine.Entity{ARN: arn}
		if known := f.byARN[arn]; known != nil {
			e = known.entity()
		}
		w.Entities = append(w.Entities, e)
	}
	return &w.Entities[i]
}

// accountIn finds an account in a world, or puts it there, likewise.
func (f *File) accountIn(w *surroundings, id string) *engine.AWSAccount {
	for i := range w.Accounts {
		if w.Accounts[i].ID == id {
			return &w.Accounts[i]
		}
	}
	a := engine.AWSAccount{ID: id}
	for _, known := range f.accounts {
		if known.id == id {
			a = known.account()
			break
		}
	}
	w.Accounts = append(w.Accounts, a)
	return &w.Accounts[len(w.Accounts)-1]
}

// covering finds the entity that a resource belongs to: of a bucket and its
// object, the bucket.
func (f *File) covering(resource string) *entity {
	var found *entity
	for _, arn := range engine.Wholes(resource) {
		if e := f.byARN[arn]; e != nil && (found == nil || len(e.arn) < len(found.arn)) {
			found = e
		}
	}
	return found
}

// Documents is how many policies the file has.
func (f *File) Documents() int {
	n := len(f.own.policies)
	for _, folder := range f.folders {
		n += len(folder.policies)
	}
	return n
}
