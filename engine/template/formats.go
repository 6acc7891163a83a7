package template

import (
	"strings"

	"why403/engine/policy"
)

// isTerraform recognises what package source makes of Terraform's code, and
// its JSON form, main.tf.json.
func isTerraform(n *policy.Node) bool {
	for _, name := range []string{"resource", "data"} {
		if kinds := attr(n, name); kinds != nil && kinds.Kind == policy.Object {
			for _, kind := range kinds.Names {
				if strings.HasPrefix(kind.Value, "aws_") {
					return true
				}
			}
		}
	}
	return holdsPolicy(attr(n, "module"), 0) || holdsPolicy(attr(n, "locals"), 0)
}

// holdsPolicy reports whether a node has statements somewhere.
func holdsPolicy(n *policy.Node, depth int) bool {
	if n == nil || depth > maxChain {
		return false
	}
	if attr(n, "Statement") != nil || n.Kind == policy.String && strings.HasPrefix(n.Value, "{") && strings.Contains(n.Value, `"Statement"`) {
		return true
	}
	for i := range n.Items {
		if holdsPolicy(&n.Items[i], depth+1) {
			return true
		}
	}
	return false
}

// terraform reads Terraform's code.
func (t *template) terraform(root *policy.Node) {
	for _, section := range []string{"resource", "data"} {
		prefix := ""
		if section == "data" {
			prefix = "data."
		}
		for _, kind := range membersOf(object0(attr(root, section))) {
			for _, one := range membersOf(object0(&kind.value)) {
				t.add(&block{name: prefix + kind.name + "." + one.name, kind: kind.name, node: object0(first(&one.value))})
			}
		}
	}
	for _, v := range membersOf(object0(attr(root, "variable"))) {
		t.define("var."+v.name, attr(first(&v.value), "default"))
	}
	for _, l := range membersOf(object0(first(attr(root, "locals")))) {
		t.define("local."+l.name, &l.value)
	}
	if modules := attr(root, "module"); modules != nil {
		t.note("What modules make: their code is not here")
		t.loose("module", modules, 0)
	}
	if len(t.blocks) == 0 {
		t.loose("locals", attr(root, "locals"), 0)
	}
	t.use()
}

// loose lists the policies in a node that nothing says the place of.
func (t *template) loose(name string, n *policy.Node, depth int) {
	if n == nil || depth > maxChain || len(t.world.Loose) == maxNotes || t.tired() {
		return
	}
	if n.Kind == policy.String && strings.HasPrefix(strings.TrimSpace(n.Value), "{") || attr(n, "Statement") != nil {
		if text, open, ok := t.document(n); ok {
			t.world.Loose = append(t.world.Loose, Document{lastName(name), text, open})
			return
		}
	}
	for i := range n.Items {
		inner := name
		if n.Kind == policy.Object {
			inner += "." + n.Names[i].Value
		}
		t.loose(inner, &n.Items[i], depth+1)
	}
}

// first gives the first of a list, or the value itself.
func first(n *policy.Node) *policy.Node {
	if all := list(n); len(all) > 0 {
		return all[0]
	}
	return nil
}

// object0 gives a node that is an object, or an empty one.
func object0(n *policy.Node) *policy.Node {
	if n == nil || n.Kind != policy.Object {
		return &policy.Node{Kind: policy.Object}
	}
	return n
}

// define says what a reference stands for.
func (t *template) define(name string, n *policy.Node) {
	switch {
	case n == nil || n.Kind == policy.Null:
	case n.Kind == policy.Object || n.Kind == policy.Array:
		t.lists[name] = n
	default:
		t.values[name] = n.Value
	}
}

// state reads a file terraform.tfstate of version 4.
func (t *template) state(root *policy.Node) {
	for _, r := range list(attr(root, "resources")) {
		if str(attr(r, "mode")) == "data" {
			continue
		}
		for _, instance := range list(attr(r, "instances")) {
			if attributes := attr(instance, "attributes"); attributes != nil {
				kind := str(attr(r, "type"))
				t.add(&block{name: kind + "." + str(attr(r, "name")), kind: kind, node: attributes})
			}
		}
	}
	t.use()
}

// pulumi reads what pulumi stack export prints. Its types and attributes are
// those of Terraform, written in another way.
func (t *template) pulumi(root *policy.Node) {
	if inner := root.At("deployment"); inner != nil {
		root = inner
	}
	for _, r := range list(attr(root, "resources")) {
		kind, ok := terraformKind(str(attr(r, "type")))
		if !ok || attr(r, "outputs", "inputs") == nil {
			continue
		}
		snake, there := policy.Node{Kind: policy.Object, Closed: true}, map[string]bool{}
		for _, name := range []string{"outputs", "inputs"} {
			for _, m := range membersOf(object0(attr(r, name))) {
				if key := snaked(m.name); !there[key] {
					there[key] = true
					snake.Names = append(snake.Names, policy.Text{Value: key})
					snake.Items = append(snake.Items, m.value)
				}
			}
		}
		urn := str(attr(r, "urn"))
		t.add(&block{name: kind + "." + urn[strings.LastIndexByte(urn, ':')+1:], kind: kind, node: &snake})
	}
	t.use()
}

// terraformKind gives aws_s3_bucket_policy for aws:s3/bucketPolicy:BucketPolicy.
func terraformKind(kind string) (string, bool) {
	rest, ok := strings.CutPrefix(kind, "aws:")
	module, name, both := strings.Cut(rest, "/")
	if !ok || !both {
		return "", false
	}
	name, _, _ = strings.Cut(name, ":")
	return "aws_" + strings.ToLower(module) + "_" + snaked(strings.TrimSuffix(name, "V2")), true
}

func snaked(name string) string {
	var b strings.Builder
	for _, c := range name {
		if c >= 'A' && c <= 'Z' {
			b.WriteByte('_')
			c += 'a' - 'A'
		}
		b.WriteRune(c)
	}
	return strings.TrimPrefix(b.String(), "_")
}

// serverless reads a serverless.yml: its functions have one role, unless they
// have their own.
//
// The role's name is the default of the framework, SERVICE-STAGE-REGION-lambdaRole.
func (t *template) serverless(root *policy.Node) {
	provider := attr(root, "provider")
	service := attr(root, "service")
	if named := attr(service, "name"); named != nil {
		service = named
	}
	if region := str(attr(provider, "region")); !strings.Contains(region, "${") && region != "" && t.around.Region == "" {
		t.around.Region = region
	}
	t.scalars("self:", root, 0)
	if resources := attr(root, "resources"); attr(resources, "Resources") != nil {
		t.cloudFormation(resources)
	}
	iam := provider.At("iam/role")
	statements := attr(iam, "statements")
	if statements == nil {
		statements = attr(provider, "iamRoleStatements")
	}
	if statements != nil || attr(iam, "managedPolicies") != nil {
		b := &block{name: "provider.iam.role", kind: "aws_iam_role", node: object0(iam), row: rowOf("aws_iam_role")}
		if name := str(service); name != "" && attr(iam, "name") == nil {
			name += "-" + firstOf(str(attr(provider, "stage")), "dev") + "-" + t.region() + "-lambdaRole"
			b.key = t.field(b.name, strings.TrimPrefix(t.resolve("arn:"+name), "arn:"))
		}
		arn := t.arnOf(b)
		t.entity(arn).Principal = true
		if statements != nil {
			n := object(member{"Version", text("2012-10-17")}, member{"Statement", t.plain(statements, 0)})
			t.attach(arn, "identity/serverless", &n)
		}
		for _, managed := range list(attr(iam, "managedPolicies")) {
			t.attachments = append(t.attachments, Pair{arn, t.resolve(str(managed))})
		}
	}
}

// scalars defines what serverless.yml refers to in itself: self:custom.name.
func (t *template) scalars(prefix string, n *policy.Node, depth int) {
	if n.Kind != policy.Object || depth > 5 || len(t.values) > maxBlocks {
		return
	}
	for _, m := range membersOf(n) {
		if m.value.Kind == policy.Object {
			t.scalars(prefix+m.name+".", &m.value, depth+1)
		} else {
			t.define(prefix+m.name, &m.value)
		}
	}
}

// isManifest recognises manifests of Kubernetes, one or several.
func isManifest(n *policy.Node) bool {
	for _, one := range list(n) {
		if attr(one, "apiVersion") != nil && attr(one, "kind") != nil {
			return true
		}
	}
	return false
}

const roleAnnotation = "eks.amazonaws.com/role-arn"

// manifest reads service accounts: an annotation names the role that their pods
// have.
//
// https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
func (t *template) manifest(root *policy.Node) {
	for _, one := range list(root) {
		all := []*policy.Node{one}
		if str(attr(one, "kind")) == "List" {
			all = list(attr(one, "items"))
		}
		for _, n := range all {
			t.serviceAccount(n)
			t.loose("manifest."+str(attr(attr(n, "metadata"), "name")), n, 0)
		}
	}
	if len(t.order) == 0 && len(t.world.Loose) == 0 {
		t.note("The role of the pods: no service account here has the annotation " + roleAnnotation)
	}
}

func (t *template) serviceAccount(n *policy.Node) {
	arn := t.resolve(str(attr(attr(attr(n, "metadata"), "annotations"), roleAnnotation)))
	if str(attr(n, "kind")) != "ServiceAccount" || !strings.HasPrefix(arn, "arn:") {
		return
	}
	t.entity(arn).Principal = true
	name := firstOf(str(attr(attr(n, "metadata"), "namespace")), "default") + ":" + str(attr(attr(n, "metadata"), "name"))
	t.note("The trust policy of " + arn + ": it has to name the subject system:serviceaccount:" + name)
}
