package template

import (
	"strconv"
	"strings"

	"why403/engine/policy"
)

// isCloudFormation recognises a template, or what aws cloudformation
// get-template prints.
func isCloudFormation(n *policy.Node) bool {
	if body := attr(n, "TemplateBody"); body != nil {
		n = body
	}
	resources := resourcesOf(n)
	if resources.Kind != policy.Object {
		return false
	}
	for i := range resources.Items {
		if kind := str(attr(&resources.Items[i], "Type")); strings.HasPrefix(kind, "AWS::") || strings.HasPrefix(kind, "Custom::") {
			return true
		}
	}
	return false
}

// resourcesOf gives the resources of a template, or of a piece of one.
func resourcesOf(n *policy.Node) *policy.Node {
	if resources := attr(n, "Resources"); resources != nil {
		return resources
	}
	for i := range n.Items {
		if n.Kind != policy.Object || attr(&n.Items[i], "Properties") == nil {
			return &policy.Node{}
		}
	}
	return n
}

// cloudFormation reads a template: what is made of other templates by CDK and
// SAM too.
func (t *template) cloudFormation(root *policy.Node) {
	if body := attr(root, "TemplateBody"); body != nil {
		root = body
	}
	for _, p := range membersOf(object0(attr(root, "Parameters"))) {
		t.define(p.name, attr(&p.value, "Default"))
	}
	for _, r := range membersOf(object0(resourcesOf(root))) {
		properties := t.plain(object0(attr(&r.value, "Properties")), 0)
		t.add(&block{name: r.name, kind: str(attr(&r.value, "Type")), node: &properties})
	}
	t.infer()
	t.use()
}

// inferred is what a resource of one kind names by Ref: of a piece of a template
// the rest is not there.
var inferred = []struct{ kind, attribute, of string }{
	{"AWS::S3::BucketPolicy", "Bucket", "AWS::S3::Bucket"},
	{"AWS::SQS::QueuePolicy", "Queues", "AWS::SQS::Queue"},
	{"AWS::SNS::TopicPolicy", "Topics", "AWS::SNS::Topic"},
	{"AWS::SecretsManager::ResourcePolicy", "SecretId", "AWS::SecretsManager::Secret"},
	{"AWS::Lambda::Permission", "FunctionName", "AWS::Lambda::Function"},
	{"AWS::IAM::Policy", "Roles", "AWS::IAM::Role"},
	{"AWS::IAM::Policy", "Users", "AWS::IAM::User"},
	{"AWS::IAM::Policy", "Groups", "AWS::IAM::Group"},
	{"AWS::IAM::ManagedPolicy", "Roles", "AWS::IAM::Role"},
	{"AWS::IAM::RolePolicy", "RoleName", "AWS::IAM::Role"},
}

// infer adds the resources that others name and that are not in the text.
func (t *template) infer() {
	for _, b := range t.blocks[:len(t.blocks):len(t.blocks)] {
		for _, row := range inferred {
			if b.kind != row.kind {
				continue
			}
			for _, n := range list(attr(b.node, row.attribute)) {
				name, ok := onlyReference(str(n))
				base, _ := split(name)
				if _, given := t.values[base]; ok && !given && t.named(base) == nil && !strings.Contains(base, ":") {
					t.add(&block{name: base, kind: row.of, node: object0(nil)})
				}
			}
		}
	}
}

// plain writes intrinsic functions as references, as Fn::Sub has them.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
func (t *template) plain(n *policy.Node, depth int) policy.Node {
	if depth > policy.MaxDepth {
		return policy.Node{Kind: policy.Null}
	}
	if n.Kind == policy.Object && len(n.Items) == 1 {
		if name := n.Names[0].Value; name == "Ref" || strings.HasPrefix(name, "Fn::") {
			return t.intrinsic(name, &n.Items[0], depth+1)
		}
	}
	out := policy.Node{Kind: n.Kind, Value: n.Value, Closed: true, Items: make([]policy.Node, 0, len(n.Items))}
	for i := range n.Items {
		item := t.plain(&n.Items[i], depth+1)
		if item.Kind == policy.String && item.Value == "${AWS::NoValue}" {
			continue
		}
		if n.Kind == policy.Object {
			out.Names = append(out.Names, n.Names[i])
		}
		out.Items = append(out.Items, item)
	}
	return out
}

func (t *template) intrinsic(name string, n *policy.Node, depth int) policy.Node {
	args := list(n)
	switch name = strings.TrimPrefix(name, "Fn::"); {
	case name == "Ref":
		return text("${" + str(n) + "}")
	case name == "GetAtt":
		var parts []string
		for _, part := range args {
			parts = append(parts, str(part))
		}
		return text("${" + strings.Join(parts, ".") + "}")
	case name == "Sub" && len(args) > 0:
		if out, ok := t.substituted(args, depth); ok {
			return text(out)
		}
	case name == "Join" && len(args) == 2 && args[1].Kind == policy.Array && t.make(len(args[1].Items)*len(str(args[0]))):
		var parts []string
		for _, part := range list(args[1]) {
			inner := t.plain(part, depth)
			parts = append(parts, str(&inner))
		}
		return text(strings.Join(parts, str(args[0])))
	case name == "Select" && len(args) == 2:
		if i, err := strconv.Atoi(str(args[0])); err == nil && i >= 0 && args[1].Kind == policy.Array && i < len(args[1].Items) {
			return t.plain(&args[1].Items[i], depth)
		}
	case name == "If" && len(args) == 3:
		return t.branch(args, depth)
	}
	return text("${" + describe(name, n) + "}")
}

// branch takes the first branch of Fn::If that is something, and says so.
func (t *template) branch(args []*policy.Node, depth int) policy.Node {
	t.note("Whether the condition " + str(args[0]) + " holds: what stands first under Fn::If is taken")
	taken := t.plain(args[1], depth)
	if taken.Kind == policy.String && taken.Value == "${AWS::NoValue}" {
		taken = t.plain(args[2], depth)
	}
	return taken
}

// substituted gives the text of Fn::Sub, with what its second argument says. It reports
// false for one that is too long.
func (t *template) substituted(args []*policy.Node, depth int) (out string, ok bool) {
	values := map[string]string{}
	if len(args) > 1 {
		for _, m := range membersOf(object0(args[1])) {
			value := t.plain(&m.value, depth)
			if _, twice := values[m.name]; !twice {
				values[m.name] = str(&value)
			}
		}
	}
	var b strings.Builder
	rest, made := str(args[0]), 0
	for rest != "" && made <= maxText {
		before, inside, _ := strings.Cut(rest, "${")
		b.WriteString(before)
		if len(before) == len(rest) {
			break
		}
		end := strings.IndexAny(inside, "{}")
		value, known := "", false
		if end >= 0 && inside[end] == '}' {
			value, known = values[inside[:end]]
		}
		if rest = inside; !known {
			b.WriteString("${")
			continue
		}
		made += len(value)
		b.WriteString(value)
		rest = inside[end+1:]
	}
	return strings.ReplaceAll(b.String(), "${!", "${"), t.make(made)
}

// make reports whether a function may come to so many bytes.
func (t *template) make(n int) bool {
	t.made += n
	return n <= maxText && t.made <= maxMade
}

// describe names a function that is not resolved, with its first arguments.
func describe(name string, n *policy.Node) string {
	words := []string{name}
	for _, arg := range list(n) {
		if arg.Kind == policy.Object && len(arg.Items) == 1 {
			arg = &arg.Items[0]
		}
		if s := str(arg); s != "" && len(words) < 4 {
			words = append(words, s[:min(len(s), 60)])
		}
	}
	return strings.Join(words, " ")
}

// serverlessFunction reads a function of SAM: without a role of its own it gets
// one, with the policies that it lists.
//
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
func (t *template) serverlessFunction(b *block) {
	if attr(b.node, "Role") != nil {
		return
	}
	policies := attr(b.node, "Policies")
	if policies == nil {
		return
	}
	role := &block{name: b.name + "Role", kind: "AWS::IAM::Role", node: object0(nil), row: rowOf("AWS::IAM::Role")}
	arn := t.arnOf(role)
	t.entity(arn).Principal = true
	for i, one := range list(policies) {
		if !t.more() {
			return
		}
		switch name := str(one); {
		case one.Kind == policy.Object && attr(one, "Statement") != nil:
			document := withVersion(*one)
			t.attach(arn, "identity/"+b.name+"-"+strconv.Itoa(i+1), &document)
		case strings.HasPrefix(name, "arn:") || strings.Contains(name, "${"):
			t.attachments = append(t.attachments, Pair{arn, t.resolve(name)})
		case name != "":
			t.attachments = append(t.attachments, Pair{arn, "arn:" + t.partition() + ":iam::aws:policy/" + name})
		case len(one.Names) == 1:
			t.note("The policy template " + one.Names[0].Value + " of " + b.name +
				": SAM has its text. aws iam get-role-policy prints what came of it")
		}
	}
}

// withVersion gives a document the version that SAM gives it.
func withVersion(n policy.Node) policy.Node {
	if attr(&n, "Version") != nil {
		return n
	}
	members := append([]member{{"Version", text("2012-10-17")}}, membersOf(&n)...)
	return object(members...)
}
