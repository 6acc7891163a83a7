package engine

import (
	"errors"
	"slices"
	"strings"

	"why403/engine/catalogue"
	"why403/engine/condition"
	"why403/engine/policy"
)

// Request is one question: may this principal do this action on this resource?
type Request struct {
	Name        string // what a reader calls it; may be ""
	Principal   string // as [ParsePrincipal] reads it
	FederatedBy string // the ARN of the user or provider behind a federated session, or ""
	Action      string // SERVICE:NAME, such as kms:Decrypt
	Resource    string // an ARN, a pattern of ARNs, or "*" where the action has none
	Context     condition.Context
	Put         *Policy    // what s3:PutBucketPolicy puts; nil where that is not known
	Payer       bool       // the request says that the requester pays
	BesideSays  BesideFact // goes before what the resource says
	Unknown     Unknown    // what is not known of the request, and of anything that counts for it
	Search      int        // how many steps the search for what it depends on may take; 0 for what one alone may
}

// The ways in which a request can't be.
var (
	ErrAction   = errors.New("an action is SERVICE:NAME, such as kms:Decrypt, without wildcards: one request does one thing")
	ErrResource = errors.New("a resource is an ARN of six parts, such as arn:aws:kms:us-east-1:111122223333:key/ID, or * where the action " +
		"has none")
)

// Decide answers a request. The errors are [ErrPrincipal], [ErrAction] and
// [ErrResource].
func (c *Compiled) Decide(r Request) (*Decision, error) {
	check, err := c.Check(r)
	if err != nil {
		return nil, err
	}
	return Decide(check), nil
}

// Check finds what counts for a request. The errors are those of [Compiled.Decide].
func (c *Compiled) Check(r Request) (*Check, error) {
	p, err := ParsePrincipal(r.Principal)
	switch {
	case err != nil:
		return nil, err
	case !ValidAction(r.Action):
		return nil, ErrAction
	case !ValidResource(r.Resource):
		return nil, ErrResource
	}
	check := &Check{Name: r.Name, Principal: p, Action: r.Action, Resource: literal.Replace(r.Resource), Put: r.Put, Payer: r.Payer,
		world: c, asked: r}
	check.known, check.reference = c.Action(r.Action)
	check.carry(&r.Context)
	check.Pattern = r.Resource != "*" && strings.ContainsAny(escaped.Replace(r.Resource), "*?")
	if r.FederatedBy != "" {
		check.Principal.FederatedBy = r.FederatedBy
	}
	c.findRole(&check.Principal)
	c.addCaller(check)
	c.behindAlias(check)
	c.addResource(check)
	if r.BesideSays.Name != "" {
		check.BesideSays = r.BesideSays
	}
	c.addAccounts(check)
	c.addEndpoint(check)
	slices.SortStableFunc(check.Policies, func(a, b *Policy) int { return a.Order - b.Order })
	c.joinUnknown(check, &r.Unknown)
	check.prepare()
	return check, nil
}

// In a resource that is asked for, as in a policy, * and ? stand for any text
// and ${*} and ${?} for themselves.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
var (
	literal = strings.NewReplacer("${*}", "*", "${?}", "?", "${$}", "$")
	escaped = strings.NewReplacer("${*}", "", "${?}", "", "${$}", "")
)

// carry takes over what a request carries. A condition key that requests for
// the action never carry, as AWS's reference has it, stays behind: with it, a
// policy would be met that AWS never finds met.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
func (r *Check) carry(given *condition.Context) {
	r.Context.SetFrom(given, func(key string) bool { return r.Carries(key) != catalogue.Never })
}

// ValidAction reports whether a text has the form of an action.
func ValidAction(action string) bool {
	service, name, ok := strings.Cut(action, ":")
	return ok && service != "" && name != "" && !strings.ContainsAny(action, " *?,") && !strings.Contains(name, ":")
}

// ValidResource reports whether a text has the form of a resource.
func ValidResource(arn string) bool {
	if arn == "*" || policy.LogicalResource(arn) {
		return true
	}
	parts := strings.SplitN(arn, ":", 6)
	return len(parts) == 6 && parts[0] == "arn" && parts[1] != "" && parts[2] != "" && parts[5] != ""
}

// findRole gives a session the ARN of its role, path and all, where the world
// has a role of that name in its account: names are unique there. Otherwise
// the path is not known.
func (c *Compiled) findRole(p *Principal) {
	name, isRole := roleOf(p.Role)
	if p.Kind != RoleSession || !isRole {
		return
	}
	if e := c.role(name); e != nil {
		p.Role = e.ARN
		p.UnknownPath = false
	}
}

// callerTypes are the policy types that are attached to who asks.
const callerTypes = Types(1<<policy.Identity | 1<<policy.Boundary | 1<<policy.Session | 1<<policy.ScopeDown)

// addCaller adds what is attached to the caller: to its role or its user, and
// to the session.
func (c *Compiled) addCaller(check *Check) {
	p := &check.Principal
	for _, arn := range callerARNs(p) {
		e := c.Entity(arn)
		if e == nil {
			continue
		}
		check.add(e.Policies, callerTypes)
		for _, tag := range e.Tags {
			check.set("aws:PrincipalTag/"+tag.Key, tag.Value)
		}
	}
}

// callerARNs are the ARNs that policies of a caller can be attached to.
func callerARNs(p *Principal) []string {
	switch {
	case p.Kind == RoleSession && p.Role != p.ARN:
		return []string{p.ARN, p.Role}
	case p.Kind == FederatedUser:
		return []string{p.ARN, p.FederatedBy}
	}
	return []string{p.ARN}
}

// add adds the policies of some types.
func (r *Check) add(policies []*Policy, types Types) {
	for _, p := range policies {
		if types.Has(p.Type) {
			r.Policies = append(r.Policies, p)
		}
	}
}

// addResource adds what is attached to the resource, and what is known of it.
// Of an object that has an entity of its own, the account is its owner.
func (c *Compiled) addResource(check *Check) {
	covering := c.covering(check.Resource)
	for i, e := range covering {
		check.add(e.Policies, bit(ResourceType(check.Action, check.Resource)))
		if i == 0 { // it is rarely more than one, which is not copied
			check.Grants, check.ACLs = slices.Clip(e.Grants), slices.Clip(e.ACLs)
		} else {
			check.Grants, check.ACLs = append(check.Grants, e.Grants...), append(check.ACLs, e.ACLs...)
		}
		for _, tag := range e.Tags {
			if key := "aws:ResourceTag/" + tag.Key; check.Carries(key) != catalogue.Never {
				check.set(key, tag.Value)
			}
		}
		if i < len(covering)-1 {
			continue
		}
		check.Settings, check.ResourceAccount = e.Settings, e.Account
		if first := covering[0]; first != e && first.Account != "" && check.ObjectOwner == "" {
			check.ObjectOwner = first.Account
		}
	}
	if check.ResourceAccount == "" {
		check.ResourceAccount = ARNPart(check.Resource, 4)
	}
}

// addAccounts adds the SCPs of the caller's account and the RCPs of the
// resource's, and says whose organizations these are in.
func (c *Compiled) addAccounts(check *Check) {
	if a := c.Account(check.Principal.Account); a != nil {
		check.add(a.Policies, bit(policy.SCP))
		check.ManagementAccount, check.DelegatedAccount = a.Management, a.Delegated
		check.set("aws:PrincipalOrgID", a.Organization)
	}
	if a := c.Account(check.ResourceAccount); a != nil {
		check.add(a.Policies, bit(policy.RCP))
		check.OwnerManagement = a.Management
		check.BlockPublic |= a.BlockPublic
		check.set("aws:ResourceOrgID", a.Organization)
	}
}

// Owner is what is known of the account of the resource, or nil. It must not be
// changed.
func (r *Check) Owner() *AWSAccount { return r.world.Account(r.ResourceAccount) }

func (c *Compiled) addEndpoint(check *Check) {
	through, _ := check.Context.Get("aws:SourceVpce")
	for i := range c.endpoints {
		e := &c.endpoints[i]
		if e.ID == "" || len(through) == 1 && through[0] == e.ID {
			check.add(e.Policies, bit(policy.Endpoint))
			check.GatewayEndpoint = check.GatewayEndpoint || e.Gateway
		}
	}
}

// Target is the resource that AWS decides on for an action on a resource. That
// is the resource itself, but for a key operation on a KMS alias: there it is
// the key behind the alias, and an alias has no policy. Where nothing says which
// key that is, its ID is UNKNOWN.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
func (c *Compiled) Target(action, resource string) string {
	if !isKeyAlias(strings.ToLower(action), resource) {
		return resource
	}
	if e := c.key(resource); e != nil {
		return e.ARN
	}
	return strings.TrimSuffix(resource, arnResource(resource)) + UnknownKey
}

// behindAlias turns a key operation on an alias into one on the key behind it.
func (c *Compiled) behindAlias(check *Check) {
	target := c.Target(check.Action, check.Resource)
	if target != check.Resource {
		check.set("kms:RequestAlias", arnResource(check.Resource))
		check.Alias, check.Resource = check.Resource, target
	}
}

// isKeyAlias reports whether an operation on an alias, with its action in lower
// case, is one on the key behind it.
func isKeyAlias(action, resource string) bool {
	return ARNPart(resource, 2) == "kms" && strings.HasPrefix(arnResource(resource), "alias/") &&
		strings.HasPrefix(action, "kms:") && !aliasActions[action]
}

// NoAction stands for the action of a request of which nobody said yet what it
// asks: policies were brought alone.
const NoAction = "unknown:Unknown"

// UnknownKey is the resource part of the ARN of a key that only an alias
// tells of.
const UnknownKey = "key/UNKNOWN"

// aliasActions are the KMS operations on an alias itself, in lower case.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
var aliasActions = set("kms:createalias kms:deletealias kms:updatealias kms:listaliases")
