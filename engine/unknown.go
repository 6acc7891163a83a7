package engine

import (
	"slices"
	"strings"

	"why403/engine/catalogue"
	"why403/engine/policy"
)

// Unknown is what nobody knows of a request, an entity or an account. What is
// neither in the world nor unknown is absent.
type Unknown struct {
	Types  Types    // there may be policies of these types that the world lacks
	Grants bool     // there may be KMS grants that the world lacks
	Keys   []string // condition keys, in any case; one that ends in * stands for all that begin like it
	Rest   bool     // and whatever is not given: types without a policy, grants where there are none, keys

	Encryption bool // which KMS key encrypts the resource, if any
	Beside     bool // what a system of permissions beside IAM answers

	None *Unknown // of a request: what it has none of beyond what is given, whatever else is not known; nil for nothing
}

// TypesOf is the set of these policy types.
func TypesOf(types ...policy.Type) (set Types) {
	for _, t := range types {
		set |= bit(t)
	}
	return set
}

// unknownNames are the words for what is not known, in a line "unknown: …" of a
// scenario and in answers.
var unknownNames = [...]unknownName{
	{"identity", bit(policy.Identity)},
	{"boundary", bit(policy.Boundary)},
	{"session", bit(policy.Session)},
	{"scopedown", bit(policy.ScopeDown)},
	{"resource", resourceTypes},
	{"scp", bit(policy.SCP)},
	{"rcp", bit(policy.RCP)},
	{"endpoint", bit(policy.Endpoint)},
	{"grants", 0},
	{"encrypted-with", 0},
	{"layer", 0},
	{"*", 0},
}

type unknownName struct {
	name  string
	types Types
}

// UnknownNames lists the words that [Unknown.Add] takes, but for condition keys.
func UnknownNames() (names []string) {
	for _, n := range unknownNames {
		names = append(names, n.name)
	}
	return names
}

// Add makes one thing unknown: a policy type, grants, encrypted-with, * for all
// that is not given, a condition key, or tag/KEY for a tag of who asks or of what
// is asked for. It reports false for anything else.
func (u *Unknown) Add(name string) bool {
	if tag, ok := strings.CutPrefix(name, "tag/"); ok {
		u.Keys = append(u.Keys, "aws:PrincipalTag/"+tag, "aws:ResourceTag/"+tag)
		return true
	}
	if prefix, key, ok := strings.Cut(name, ":"); ok {
		u.Keys = append(u.Keys, name)
		return prefix != "" && key != ""
	}
	i := slices.IndexFunc(unknownNames[:], func(n unknownName) bool { return n.name == name })
	if i < 0 {
		return false
	}
	u.Types |= unknownNames[i].types
	u.Grants = u.Grants || name == "grants"
	u.Encryption = u.Encryption || name == "encrypted-with"
	u.Beside = u.Beside || name == "layer"
	u.Rest = u.Rest || name == "*"
	return true
}

// String is the word for it, see [UnknownNames], or the condition key.
func (t Thing) String() string {
	switch {
	case t.Key != "":
		return t.Key
	case t.Encryption:
		return "encrypted-with"
	case t.Beside:
		return "layer"
	case t.Grants:
		return "grants"
	}
	for _, n := range unknownNames {
		if n.types.Has(t.Type) {
			return n.name
		}
	}
	return ""
}

// sureTypes are the policy types of which there is one policy at most: where it
// is given, there is no other.
const sureTypes = Types(1<<policy.Boundary|1<<policy.Endpoint) | resourceTypes

// unknownKeys are condition keys that nothing tells.
type unknownKeys struct {
	names []string // in lower case
	rest  bool
	none  []string // the request has none of these, in lower case
}

// join adds what is not known of a part of the world: of the policy types of
// that part, and of the condition keys that tell of it. Grants belong to
// resources.
func (r *Check) join(u *Unknown, part Types, prefixes ...string) {
	types := u.Types
	if types&resourceTypes != 0 {
		types |= resourceTypes
	}
	grants := u.Grants
	if u.Rest {
		types |= part &^ r.present()
		grants = grants || len(r.Grants) == 0
		r.unknownKeys.names = append(r.unknownKeys.names, prefixes...)
	}
	r.unknownTypes |= types & part
	r.unknownEncryption = r.unknownEncryption || part&resourceTypes != 0 && (u.Encryption || u.Rest && r.EncryptedWith == "")
	r.unknownBeside = r.unknownBeside || part&resourceTypes != 0 && (u.Beside || u.Rest)
	r.unknownGrants = r.unknownGrants || grants && part&resourceTypes != 0
	for _, key := range u.Keys {
		r.unknownKeys.names = append(r.unknownKeys.names, strings.ToLower(key))
	}
}

// present is the types that there are policies of.
func (r *Check) present() (types Types) {
	for _, p := range r.Policies {
		types |= bit(p.Type)
	}
	return types
}

// joinUnknown collects what is not known of the request and of all that it is
// judged against.
func (c *Compiled) joinUnknown(r *Check, asked *Unknown) {
	for _, arn := range callerARNs(&r.Principal) {
		if e := c.Entity(arn); e != nil {
			r.join(&e.Unknown, callerTypes, "aws:principaltag/*")
		}
	}
	for _, e := range c.covering(r.Resource) {
		r.join(&e.Unknown, resourceTypes, "aws:resourcetag/*")
	}
	if a := c.Account(r.Principal.Account); a != nil {
		r.join(&a.Unknown, bit(policy.SCP), "aws:principalorgid", "aws:principalorgpaths")
	}
	if a := c.Account(r.ResourceAccount); a != nil {
		r.join(&a.Unknown, bit(policy.RCP), "aws:resourceorgid", "aws:resourceorgpaths")
	}
	r.join(asked, allTypes)
	r.unknownKeys.rest = asked.Rest
	if asked.None != nil {
		r.without(asked.None)
	}
}

// without takes out of what is not known what there is none of.
func (r *Check) without(none *Unknown) {
	r.noTypes, r.noGrants = none.Types, none.Grants
	r.unknownTypes &^= none.Types
	r.unknownGrants = r.unknownGrants && !none.Grants
	r.unknownEncryption = r.unknownEncryption && !none.Encryption
	r.unknownBeside = r.unknownBeside && !none.Beside
	for _, key := range none.Keys {
		r.unknownKeys.none = append(r.unknownKeys.none, strings.ToLower(key))
	}
}

// settleUnknown keeps of what is not known only what can count for the request.
func (r *Check) settleUnknown() {
	types := r.countable(r.unknownTypes)
	r.unknownTypes = types
	r.unknownGrants = r.unknownGrants && r.grantsCount()
	r.unsure = types != 0 || r.unknownGrants || r.unknownKeys.rest || len(r.unknownKeys.names) > 0 || r.readsUnderived()
}

// countable is which of some types can have more policies than are given, and
// count for the request then.
func (r *Check) countable(types Types) Types {
	types &= r.applies &^ (sureTypes & r.present())
	if types&resourceTypes != 0 {
		types = types&^resourceTypes | bit(r.ResourceType())&r.applies&^r.present()
	}
	if r.WithinShares() {
		types &^= resourceTypes
	}
	if r.Principal.Kind.bit()&sessions == 0 {
		types &^= bit(policy.Session) | bit(policy.ScopeDown)
	}
	return types
}

// grantsCount reports whether a KMS grant can count for the request.
func (r *Check) grantsCount() bool {
	operation, _ := strings.CutPrefix(r.action, "kms:")
	return r.service.Rule == RetireRule || r.service.Rule == KeyRule && GrantOperations[operation]
}

// Layer is a policy type that can count for a request and of which no policy is
// given, or KMS grants where none is; or one of which there can be others than
// those that are given.
type Layer struct {
	Thing
	State    LayerState
	Sure     bool     // AlwaysThere
	Entities []string // the names of those that it would be attached to
	Accounts []string // their IDs
}

// LayerState is what is known of a layer beyond what is given.
type LayerState uint8

// The states.
const (
	TakenAsNone LayerState = iota // nothing tells of it
	NoneThere                     // the request says that there is none
	NotKnown
	NoOthers       // some are given, and nothing tells of others
	OthersNotKnown // some are given
)

// layerState is the state of a layer by what is given, and what is said of it.
func layerState(given, unknown, none bool) LayerState {
	switch {
	case given && unknown:
		return OthersNotKnown
	case given:
		return NoOthers
	case unknown:
		return NotKnown
	case none:
		return NoneThere
	}
	return TakenAsNone
}

// AlwaysThere reports whether each resource that can have a policy of this type
// has one, and no more than one: a KMS key and a role.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html
func AlwaysThere(t policy.Type) bool { return t == policy.Key || t == policy.Trust }

// Layers lists what could count besides what is given. Scope-down policies are
// left out where nothing tells of them: few sessions have any.
func (r *Check) Layers() (out []Layer) {
	could := r.countable(allTypes)
	for t := policy.Identity; t <= policy.Stack; t++ {
		one := Layer{Thing: Thing{Type: t}, Sure: AlwaysThere(t)}
		one.State = layerState(r.present().Has(t), r.unknownTypes.Has(t), r.noTypes.Has(t))
		if !could.Has(t) || t == policy.ScopeDown && one.State == TakenAsNone {
			continue
		}
		one.Entities, one.Accounts = r.holders(t)
		out = append(out, one)
	}
	if r.grantsCount() {
		one := Layer{Thing: Thing{Grants: true}, State: layerState(len(r.Grants) > 0, r.unknownGrants, r.noGrants)}
		one.Entities, _ = r.holders(r.ResourceType())
		out = append(out, one)
	}
	return out
}

// holders is which entities, by name, and accounts have the policies of a type
// that count for the request.
func (r *Check) holders(t policy.Type) (entities, accounts []string) {
	named := func(e *Entity) {
		if e != nil && e.Name != "" {
			entities = append(entities, e.Name)
		}
	}
	owner := map[policy.Type]string{policy.SCP: r.Principal.Account, policy.RCP: r.ResourceAccount}[t]
	switch {
	case callerTypes.Has(t):
		for _, arn := range callerARNs(&r.Principal) {
			named(r.world.Entity(arn))
		}
	case resourceTypes.Has(t):
		for _, e := range r.world.covering(r.Resource) {
			named(e)
		}
	case r.world.Account(owner) != nil:
		accounts = []string{owner}
	}
	return entities, accounts
}

// underived are the condition keys that AWS sends with such requests, but
// nothing tells the values of: no clock, no unique ID, no endpoint.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
var underived = map[string]callers{
	"aws:currenttime":     withAccount | noAccount,
	"aws:epochtime":       withAccount | noAccount,
	"aws:requestedregion": withAccount | noAccount,
	"aws:userid":          callers(1<<User | 1<<RoleSession),
	"aws:tokenissuetime":  sessions,
	"resourcetype":        withAccount | noAccount, // of a stack's resource
}

// ofCaller are the keys that follow from who asks, by themselves.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
var ofCaller = set(`aws:principaltype aws:principalisawsservice aws:principalservicename aws:principalaccount aws:principalarn
	aws:username kms:calleraccount`)

// FollowsFromCaller reports whether a condition key, in any case, differs with
// the caller alone.
func FollowsFromCaller(key string) bool { return ofCaller[strings.ToLower(key)] }

// derived reports whether a key follows from who asks for what: where the
// request lacks one, AWS does not send it.
func derived(key string) bool {
	return ofCaller[key] || key == "aws:viaawsservice" || key == "aws:securetransport" || key == "aws:resourceaccount"
}

const principalARN = "aws:principalarn"

// sentUnknown reports whether the request carries a key whose value nothing
// tells.
func (r *Check) sentUnknown(key string) bool { return underived[key]&r.Principal.Kind.bit() != 0 }

// readsUnderived reports whether a policy reads a key that is sent, but not
// known, or the path of a role that nothing tells.
func (r *Check) readsUnderived() bool {
	for _, p := range r.Policies {
		for _, key := range p.underived {
			if r.unknownKey(key) {
				return true
			}
		}
		if p.paths && r.Principal.UnknownPath {
			return true
		}
	}
	return false
}

// UnknownTypes is the policy types that can count for the request and are not
// known.
func (r *Check) UnknownTypes() Types { return r.unknownTypes }

// UnknownGrants reports whether there may be grants that are not known.
func (r *Check) UnknownGrants() bool { return r.unknownGrants }

// UnknownEncryption reports whether nothing tells which KMS key encrypts the
// resource, if any.
func (r *Check) UnknownEncryption() bool { return r.unknownEncryption }

// UnknownKey reports whether nothing tells the value of a condition key.
func (r *Check) UnknownKey(key string) bool { return r.unknownKey(strings.ToLower(key)) }

// unknownKey reports whether nothing tells the value of a condition key, in
// lower case. Requests carry no key that AWS's reference has them never carry.
func (r *Check) unknownKey(key string) bool {
	if key == principalARN && r.Principal.UnknownPath {
		return true
	}
	// The reference comes last: to look through it takes the longest.
	return !r.Context.Has(key) && r.nobodyTells(key) && r.Carries(key) != catalogue.Never
}

// nobodyTells reports whether the request leaves the value of a key open, in lower case,
// if it carries the key.
func (r *Check) nobodyTells(key string) bool {
	if r.sentUnknown(key) {
		return true
	}
	if slices.Contains(r.unknownKeys.none, key) {
		return false
	}
	return r.unknownKeys.rest && !derived(key) || slices.ContainsFunc(r.unknownKeys.names, func(name string) bool {
		prefix, all := strings.CutSuffix(name, "*")
		return name == key || all && strings.HasPrefix(key, prefix)
	})
}
