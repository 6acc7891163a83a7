package scenario

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// readACL reads an S3 access control list as aws s3api get-bucket-acl prints
// it.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html
func (f *File) readACL(s *Section, to *attached, object bool) {
	root, problems := policy.ParseJSON(s.Name, s.Text)
	f.report(problems...)
	if policy.Errors(problems) {
		return
	}
	grants, ok := root.Field("Grants")
	if !ok || grants.Kind != policy.Array {
		f.problem(s.Name, root.Span, "wrong-type", "An access control list is {\"Grants\": [ … ]}, as aws s3api get-bucket-acl prints it.")
		return
	}
	for i := range grants.Items {
		f.readACLGrant(s.Name, to, &grants.Items[i], object)
	}
}

// ACLPermissions is the permissions of an access control list.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions
var ACLPermissions = [...]string{"FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP"}

func (f *File) readACLGrant(section string, to *attached, n *policy.Node, object bool) {
	grantee, ok := n.Field("Grantee")
	permission, has := n.Field("Permission")
	if !ok || !has || permission.Kind != policy.String {
		f.problem(section, n.Span, "bad-grant", "A grant of an access control list has a Grantee and a Permission.")
		return
	}
	if !slices.Contains(ACLPermissions[:], permission.Value) {
		f.problem(section, permission.Span, "bad-permission", "A permission is READ, WRITE, READ_ACP, WRITE_ACP or FULL_CONTROL.")
		return
	}
	name, group := granteeName(grantee)
	if name.Value == "" {
		f.problem(section, grantee.Span, "bad-grantee", "A Grantee has an ID (a canonical user ID, or an account ID) or the URI of a group.")
		return
	}
	if !group && !policy.IsAccount(name.Value) {
		f.warn(section, name.Span, "canonical-id",
			"This tool can't map a canonical user ID to an account, so it names nobody. Write the 12-digit account ID instead.",
			"https://docs.aws.amazon.com/general/latest/gr/acct-identifiers.html#FindingCanonicalId")
	}
	to.acls = append(to.acls, engine.ACL{Object: object, Grantee: name.Value, Permission: permission.Value, Span: n.Span})
}

// granteeName gives the ID of a grantee, or the last part of a group's URI.
func granteeName(n *policy.Node) (name policy.Text, group bool) {
	if uri, ok := n.Field("URI"); ok && uri.Kind == policy.String && uri.Value != "" {
		return policy.Text{Value: uri.Value[strings.LastIndexByte(uri.Value, '/')+1:], Span: uri.Span}, true
	}
	if id, ok := n.Field("ID"); ok && id.Kind == policy.String {
		return id.Text(), false
	}
	return policy.Text{}, false
}
