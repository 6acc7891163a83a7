package engine

import (
	"errors"
	"slices"
	"strings"

	"why403/engine/catalogue"
	"why403/engine/policy"
)

// World is what requests are judged against: the principals, resources,
// accounts and VPC endpoints that are known, each with what is attached to it.
// What is not in it has no policies.
type World struct {
	Entities  []Entity
	Accounts  []AWSAccount
	Endpoints []Endpoint

	// Catalogue is what AWS's reference says of its actions; nil for nothing.
	Catalogue catalogue.Catalogue
}

// Entity is a principal, a resource, or both: a role has permissions and a
// trust policy.
type Entity struct {
	Name     string   // what a reader calls it
	ARN      string   // or a service principal such as sns.amazonaws.com
	Account  string   // 12 digits, where the ARN has none or another
	Tags     []Tag    // aws:PrincipalTag/KEY when it asks, aws:ResourceTag/KEY when it is asked for
	Aliases  []string // of a KMS key: alias/NAME
	Policies []*Policy
	Grants   []Grant // of a KMS key
	ACLs     []ACL   // of an S3 bucket and its objects
	Unknown  Unknown // what is not known of it
	Settings
}

// Tag is a tag of an entity.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
type Tag struct{ Key, Value string }

// Settings are facts about a resource that decide who gets in.
type Settings struct {
	AWSManagedKey bool   // of a KMS key
	EncryptedWith string // the ARN of the KMS key that encrypts it, or ""
	Ownership     ObjectOwnership
	ObjectOwner   string // 12 digits, where it is not the bucket's owner
	BlockPublic   BlockPublicAccess
	BucketKey     bool   // of an S3 bucket: KMS is asked with the bucket's ARN, not the object's
	RequesterPays bool   // of an S3 bucket
	ReplicatesTo  string // the ARN of the S3 bucket that this one replicates to, or ""
	PutIsPublic   bool   // what a request puts, an ACL or a policy, is known to be public
	BesideSays    BesideFact
}

// AWSAccount is an AWS account with its service control policies and resource
// control policies, level by level.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_introduction.html
type AWSAccount struct {
	ID           string // 12 digits; "" for callers and resources of an account that is not known
	Organization string // o-…, or ""
	Management   string // the management account of its organization, or ""
	Delegated    string // the delegated administrator there for the service that is asked, or ""
	Policies     []*Policy
	Unknown      Unknown // what is not known of it

	// Regions are those that it has enabled beside the default ones; nil where
	// that is not told.
	Regions []string
	// BlockPublic is the settings of S3 Block Public Access for the account, its
	// own and its organization's, which are in OrganizationBlock too; ByOrganization
	// says that the organization decides about them, even if it sets none.
	BlockPublic, OrganizationBlock BlockPublicAccess
	ByOrganization                 bool
}

// Endpoint is a VPC endpoint with its policy. A request goes through the one
// that its aws:SourceVpce names, and through one without an ID in any case.
//
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
type Endpoint struct {
	ID       string // vpce-…
	Gateway  bool   // a gateway endpoint, not an interface endpoint
	Policies []*Policy
}

// Compiled is a world made ready for requests. It never changes, so any number
// of goroutines can use it.
type Compiled struct {
	under     *Compiled          // what With added to, or nil
	entities  map[string]*Entity // by ARN
	roles     map[roleName]*Entity
	keys      map[string]*Entity // by the ARN of an alias
	accounts  map[string]*AWSAccount
	endpoints []Endpoint
	catalogue catalogue.Catalogue
}

// roleName tells a role: its path has no part in that.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
type roleName struct{ account, name string }

// The ways in which a world can't be.
var (
	ErrNoARN    = errors.New("an entity has no ARN")
	ErrTwice    = errors.New("two entities, or two accounts, have one name")
	ErrAccount  = errors.New("an account ID has 12 digits")
	ErrNoPolicy = errors.New("a policy has no document; NewPolicy makes one of a document")
)

// WorldError says which part of a world can't be, and why: Err is one of the
// errors of this package.
type WorldError struct {
	Entity string // an ARN, a name, or an account ID
	Err    error
}

func (e *WorldError) Error() string { return e.Entity + ": " + e.Err.Error() }

// Unwrap gives the kind of error.
func (e *WorldError) Unwrap() error { return e.Err }

// Compile makes a world ready. The errors, if any, are of type *[WorldError],
// joined; what they are about is left out of the result, and the rest can be
// asked.
func Compile(w *World) (*Compiled, error) { return (*Compiled)(nil).With(w) }

// With is this world with more in it. An entity or an account takes the place
// of the one with its ARN or its ID. The errors are those of [Compile].
func (c *Compiled) With(w *World) (*Compiled, error) {
	under := c
	c = &Compiled{
		under: under, catalogue: w.Catalogue,
		entities: make(map[string]*Entity, len(w.Entities)), roles: map[roleName]*Entity{}, keys: map[string]*Entity{},
		accounts: make(map[string]*AWSAccount, len(w.Accounts)),
	}
	var wrong []error
	for i := range w.Entities {
		wrong = appendError(wrong, c.entity(w.Entities[i]))
	}
	for i := range w.Accounts {
		wrong = appendError(wrong, c.account(w.Accounts[i]))
	}
	for i := range w.Endpoints {
		e := w.Endpoints[i]
		err := compilePolicies(e.ID, &e.Policies)
		wrong = appendError(wrong, err)
		if err == nil {
			c.endpoints = append(c.endpoints, e)
		}
	}
	if under != nil {
		if len(c.endpoints) == 0 {
			c.endpoints = slices.Clip(under.endpoints) // they are thousands, for each request
		} else {
			c.endpoints = append(c.endpoints, under.endpoints...)
		}
		if c.catalogue == nil {
			c.catalogue = under.catalogue
		}
	}
	return c, errors.Join(wrong...)
}

func appendError(list []error, err error) []error {
	if err == nil {
		return list
	}
	return append(list, err)
}

// entity takes in a copy, so that nothing outside can change it.
func (c *Compiled) entity(e Entity) error {
	if e.ARN == "" {
		return &WorldError{e.Name, ErrNoARN}
	}
	if e.Account != "" && !policy.IsAccount(e.Account) {
		return &WorldError{e.ARN, ErrAccount}
	}
	if err := compilePolicies(e.ARN, &e.Policies); err != nil {
		return err
	}
	role, isRole := roleOf(e.ARN)
	if c.entities[e.ARN] != nil || isRole && c.roles[role] != nil {
		return &WorldError{e.ARN, ErrTwice}
	}
	c.entities[e.ARN] = &e
	if isRole {
		c.roles[role] = &e
	}
	if PolicyType(e.ARN) == policy.Stack {
		c.entities[policy.Logical] = &e // what requests for its updates name is in it
	}
	for _, alias := range e.Aliases {
		c.keys[strings.TrimSuffix(e.ARN, arnResource(e.ARN))+alias] = &e
	}
	return nil
}

func (c *Compiled) account(a AWSAccount) error {
	if a.ID != "" && !policy.IsAccount(a.ID) {
		return &WorldError{a.ID, ErrAccount}
	}
	if c.accounts[a.ID] != nil {
		return &WorldError{a.ID, ErrTwice}
	}
	if err := compilePolicies(a.ID, &a.Policies); err != nil {
		return err
	}
	c.accounts[a.ID] = &a
	return nil
}

// compilePolicies makes a list of compiled policies of one that may hold
// literals.
func compilePolicies(owner string, list *[]*Policy) error {
	out := make([]*Policy, len(*list))
	for i, p := range *list {
		if p == nil || p.Document == nil {
			return &WorldError{owner, ErrNoPolicy}
		}
		if !p.compiled {
			made := NewPolicy(p.Document, p.Level)
			made.Order = p.Order
			p = made
		}
		out[i] = p
	}
	*list = out
	return nil
}

// roleOf reads the ARN of a role.
func roleOf(arn string) (roleName, bool) {
	path, ok := strings.CutPrefix(arnResource(arn), "role/")
	if !ok || ARNPart(arn, 2) != "iam" {
		return roleName{}, false
	}
	return roleName{ARNPart(arn, 4), path[strings.LastIndexByte(path, '/')+1:]}, true
}

// covering is the entities that a resource belongs to, the nearest first: a
// bucket covers its objects, a table its indexes, a function its aliases.
func (c *Compiled) covering(arn string) (out []*Entity) {
	whole := PolicyARN(arn)
	if e := c.Entity(whole); e != nil && !under(whole, arn) {
		out = append(out, e)
	}
	for ; arn != ""; arn = above(arn) {
		if e := c.Entity(arn); e != nil {
			out = append(out, e)
		}
	}
	return out
}

// Action is what the catalogue of the world says of an action, and of its
// service; nil where it does not know it.
func (c *Compiled) Action(action string) (*catalogue.Service, *catalogue.Action) {
	if c == nil || c.catalogue == nil {
		return nil, nil
	}
	prefix, name, _ := strings.Cut(action, ":")
	s := c.catalogue.Service(prefix)
	if s == nil {
		return nil, nil
	}
	return s, s.Action(name)
}

// Entity finds the entity of an ARN, or nil. It must not be changed.
func (c *Compiled) Entity(arn string) *Entity {
	for ; c != nil; c = c.under {
		if e := c.entities[arn]; e != nil {
			return e
		}
	}
	return nil
}

func (c *Compiled) role(name roleName) *Entity {
	for ; c != nil; c = c.under {
		if e := c.roles[name]; e != nil {
			return e
		}
	}
	return nil
}

func (c *Compiled) key(alias string) *Entity {
	for ; c != nil; c = c.under {
		if e := c.keys[alias]; e != nil {
			return e
		}
	}
	return nil
}

// Account finds an account by its ID, or nil. It must not be changed.
func (c *Compiled) Account(id string) *AWSAccount {
	for ; c != nil; c = c.under {
		if a := c.accounts[id]; a != nil {
			return a
		}
	}
	return nil
}
