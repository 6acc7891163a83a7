package scenario

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

const (
	docGrants      = "https://docs.aws.amazon.com/kms/latest/developerguide/grants.html"
	docCreateGrant = "https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html"
)

// grantReader reads grants as aws kms list-grants prints them.
type grantReader struct {
	file    *File
	section string
	to      *attached
}

func (f *File) readGrants(s *Section, to *attached) {
	root, problems := policy.ParseJSON(s.Name, s.Text)
	f.report(problems...)
	if policy.Errors(problems) {
		return
	}
	r := grantReader{f, s.Name, to}
	list := root
	if field, ok := root.Field("Grants"); ok {
		list = field
	}
	if more, ok := root.Field("Truncated"); ok && more.Value == "true" {
		r.file.warn(s.Name, more.Span, "truncated",
			"There are more grants than these. Get the rest with --marker, or all of them without --limit.",
			"https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html")
	}
	if list.Kind != policy.Array {
		r.error(list.Span, "wrong-type", "Grants are a list, as aws kms list-grants prints them: {\"Grants\": [ … ]}, or the list alone.")
		return
	}
	for i := range list.Items {
		r.grant(&list.Items[i])
	}
}

func (r *grantReader) error(span policy.Span, code, message string) {
	r.file.problem(r.section, span, code, message)
}

func (r *grantReader) grant(n *policy.Node) {
	if n.Kind != policy.Object {
		r.error(n.Span, "wrong-type", "A grant is an object, not "+n.Kind.String()+".")
		return
	}
	before := r.file.errors
	r.names(n)
	g := engine.Grant{Section: r.section, Span: n.Span}
	g.ID = r.text(n, "GrantId").Value
	g.KeyID = r.text(n, "KeyId").Value
	g.Grantee = r.text(n, "GranteePrincipal")
	g.GranteeService = r.text(n, "GranteeServicePrincipal")
	g.Retiring = r.text(n, "RetiringPrincipal")
	g.RetiringService = r.text(n, "RetiringServicePrincipal")
	g.IssuingAccount = r.issuer(n)
	r.operations(n, &g)
	r.constraints(n, &g)
	r.check(n, &g)
	if r.file.errors == before {
		r.to.grants = append(r.to.grants, g)
	}
}

// Grants is the grants outside of folders, as they were read.
func (f *File) Grants() []engine.Grant { return f.own.grants }

// GrantFields is the fields of a grant, those that change nothing too.
var GrantFields = [...]string{"KeyId", "GrantId", "Name", "CreationDate", "GranteePrincipal", "GranteeServicePrincipal",
	"RetiringPrincipal", "RetiringServicePrincipal", "IssuingAccount", "Operations", "Constraints"}

// GrantConstraints is the fields of the constraints of a grant.
var GrantConstraints = [...]string{"EncryptionContextSubset", "EncryptionContextEquals", "SourceArn"}

// names reports fields that are not read: one may be a misspelt constraint.
func (r *grantReader) names(n *policy.Node) {
	for _, name := range n.Names {
		if !slices.Contains(GrantFields[:], name.Value) {
			r.file.warn(r.section, name.Span, "unknown-element",
				"“"+name.Value+"” is not a field of a grant, so it changes nothing. Names are case-sensitive.", docGrants)
		}
	}
}

func (r *grantReader) text(n *policy.Node, name string) policy.Text {
	field, ok := n.Field(name)
	switch {
	case !ok || field.Kind == policy.Null:
		return policy.Text{}
	case field.Kind != policy.String:
		r.error(field.Span, "wrong-type", name+" is a string, not "+field.Kind.String()+".")
	}
	return field.Text()
}

// issuer reads IssuingAccount: the root ARN of an account, or its ID.
func (r *grantReader) issuer(n *policy.Node) string {
	t := r.text(n, "IssuingAccount")
	id := t.Value
	if rest, ok := strings.CutSuffix(id, ":root"); ok {
		id = rest[strings.LastIndexByte(rest, ':')+1:]
	}
	if id != "" && !policy.IsAccount(id) {
		r.error(t.Span, "bad-account", "IssuingAccount is an account, such as arn:aws:iam::111122223333:root.")
	}
	return id
}

func (r *grantReader) operations(n *policy.Node, g *engine.Grant) {
	list, ok := n.Field("Operations")
	if !ok {
		r.error(policy.Span{Start: n.Span.Start, End: n.Span.Start + 1}, "missing-operations",
			"This grant has no Operations. Add the list, such as [\"Decrypt\"].")
		return
	}
	g.OperationsSpan = list.Span
	if list.Kind != policy.Array {
		r.error(list.Span, "wrong-type", "Operations is a list of strings.")
		return
	}
	for i := range list.Items {
		operation := &list.Items[i]
		if operation.Kind != policy.String {
			r.error(operation.Span, "wrong-type", "An operation is a string, such as \"Decrypt\".")
			continue
		}
		if !engine.GrantOperations[strings.ToLower(operation.Value)] {
			r.file.warn(r.section, operation.Span, "bad-operation",
				"A grant cannot permit “"+operation.Value+"”. Operations have no kms: prefix and no wildcard.", docGrants)
		}
		g.Operations = append(g.Operations, operation.Text())
	}
}

func (r *grantReader) constraints(n *policy.Node, g *engine.Grant) {
	c, ok := n.Field("Constraints")
	if !ok || c.Kind == policy.Null {
		return
	}
	g.ConstraintsSpan = c.Span
	if c.Kind != policy.Object {
		r.error(c.Span, "wrong-type", "Constraints is an object.")
		return
	}
	g.Equals = r.pairs(c, "EncryptionContextEquals")
	g.Subset = r.pairs(c, "EncryptionContextSubset")
	g.SourceArn = r.text(c, "SourceArn")
	for i, name := range c.Names {
		if !slices.Contains(GrantConstraints[:], name.Value) {
			r.error(c.Names[i].Span, "unknown-element",
				"There is no grant constraint “"+name.Value+"”. There are EncryptionContextEquals, EncryptionContextSubset and SourceArn.")
		}
	}
	if g.Equals != nil && g.Subset != nil && len(g.Equals.Names) > 0 && len(g.Subset.Names) > 0 {
		r.file.warn(r.section, c.Span, "both-constraints", "A grant has one encryption context constraint at most. Both are tested here.",
			docCreateGrant)
	}
}

// pairs reads an encryption context.
func (r *grantReader) pairs(n *policy.Node, name string) *engine.EncryptionContext {
	field, ok := n.Field(name)
	if !ok || field.Kind == policy.Null {
		return nil
	}
	if field.Kind != policy.Object {
		r.error(field.Span, "wrong-type", name+" is an object of strings.")
		return nil
	}
	out := &engine.EncryptionContext{}
	for i := range field.Items {
		if field.Items[i].Kind != policy.String {
			r.error(field.Items[i].Span, "wrong-type", "A value of an encryption context is a string.")
			continue
		}
		out.Names = append(out.Names, field.Names[i].Value)
		out.Values = append(out.Values, field.Items[i].Value)
	}
	if len(out.Names) > 8 {
		r.file.warn(r.section, field.Span, "over-quota", "A grant constraint has at most 8 pairs.", docCreateGrant)
	}
	return out
}

// check reports what KMS would not accept.
func (r *grantReader) check(n *policy.Node, g *engine.Grant) {
	begin := policy.Span{Start: n.Span.Start, End: n.Span.Start + 1}
	switch {
	case g.Grantee.Value == "" && g.GranteeService.Value == "":
		r.error(begin, "missing-grantee", "This grant has no GranteePrincipal. Add the ARN of the grantee, or GranteeServicePrincipal.")
	case g.Grantee.Value != "" && g.GranteeService.Value != "":
		r.error(g.GranteeService.Span, "both-of-a-pair", "A grant has either GranteePrincipal or GranteeServicePrincipal. Remove one.")
	case strings.ContainsAny(g.Grantee.Value, "*?"):
		r.file.warn(r.section, g.Grantee.Span, "bad-grantee", "A grantee is one principal, without wildcards, so this grant is for nobody.",
			docGrants)
	case strings.Contains(g.Grantee.Value, ":group/"):
		r.file.warn(r.section, g.Grantee.Span, "bad-grantee", "A group can't be a grantee, so this grant is for nobody.", docGrants)
	case g.GranteeService.Value != "" && (g.SourceArn.Value == "" || g.Retiring.Value == "" && g.RetiringService.Value == ""):
		r.file.warn(r.section, g.GranteeService.Span, "incomplete-grant",
			"A grant to a service has a SourceArn constraint and a retiring principal.", docCreateGrant)
	}
	if constrained(g) {
		r.checkConstrained(g)
	}
}

func constrained(g *engine.Grant) bool {
	return g.Equals != nil && len(g.Equals.Names) > 0 || g.Subset != nil && len(g.Subset.Names) > 0
}

// contextless are the operations that take no encryption context, so KMS does
// not create a grant that has them under such a constraint.
var contextless = map[string]bool{
	"Sign": true, "Verify": true, "GenerateMac": true, "VerifyMac": true, "DeriveSharedSecret": true,
	"Encapsulate": true, "Decapsulate": true,
}

func (r *grantReader) checkConstrained(g *engine.Grant) {
	for _, operation := range g.Operations {
		if contextless[operation.Value] {
			r.file.warn(r.section, operation.Span, "bad-constraint",
				operation.Value+" has no encryption context, so KMS does not create this grant with an encryption context constraint.", docCreateGrant)
		}
	}
}
