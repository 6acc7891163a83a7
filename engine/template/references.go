package template

import (
	"strings"

	"why403/engine/policy"
)

// noAccount and anyRegion stand for what nothing tells, unknown before the name
// of something that AWS or a person has yet to name.
const (
	noAccount = "000000000000"
	anyRegion = "us-east-1"
	unknown   = "UNKNOWN-"
	maxChain  = 16 // references to references
	maxText   = 1 << 16
)

func (t *template) account() string { return t.field("account", firstOf(t.around.Account, noAccount)) }

func (t *template) region() string { return t.field("Region", firstOf(t.around.Region, anyRegion)) }

func (t *template) partition() string {
	region := firstOf(t.around.Given["Region"], t.around.Region)
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}

// field notes what stands in the place of a reference, and gives it: what a
// person filled in, or else this.
func (t *template) field(name, value string) string {
	if given := t.around.Given[name]; given != "" {
		value = given
	}
	for _, f := range t.world.Fields {
		if f.Name == name {
			return value
		}
	}
	if len(t.world.Fields) < maxNotes {
		t.world.Fields = append(t.world.Fields, Field{name, value})
	}
	return value
}

func firstOf(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}

// resolved gives a node with what its references stand for.
func (t *template) resolved(n *policy.Node) policy.Node {
	if t.tired() {
		return policy.Node{Kind: policy.Null, Closed: true}
	}
	switch n.Kind {
	case policy.String:
		if whole := t.whole(n.Value); whole != nil {
			t.expanding++
			defer func() { t.expanding-- }()
			return t.resolved(whole)
		}
		return text(t.resolve(n.Value))
	case policy.Object, policy.Array:
		out := policy.Node{Kind: n.Kind, Names: n.Names, Closed: true}
		for i := range n.Items {
			item := t.resolved(&n.Items[i])
			// A list that a reference stands for is not a list in a list.
			if n.Kind == policy.Array && item.Kind == policy.Array && n.Items[i].Kind == policy.String {
				if len(out.Items) > maxItems {
					t.leaveOut()
					break
				}
				out.Items = append(out.Items, item.Items...)
				continue
			}
			out.Items = append(out.Items, item)
		}
		return out
	}
	return policy.Node{Kind: n.Kind, Value: n.Value, Closed: true}
}

// tired reports whether more was resolved than any template needs.
func (t *template) tired() bool {
	if t.work++; t.work < maxWork {
		return false
	}
	t.leaveOut()
	return true
}

func (t *template) leaveOut() {
	t.open = true
	t.note("What many of the references are: they lead to too many others")
}

// whole gives the list or the object that a text which is one reference stands
// for, or nil.
func (t *template) whole(value string) *policy.Node {
	name, ok := onlyReference(value)
	if !ok || t.expanding > maxChain {
		return nil
	}
	return t.lists[withoutIndexes(name)]
}

// onlyReference reports whether a text is one reference and nothing else.
func onlyReference(value string) (name string, ok bool) {
	if strings.HasPrefix(value, "${") && referenceLength(value) == len(value) {
		return strings.TrimSpace(value[2 : len(value)-1]), true
	}
	return "", false
}

// referenceLength is the length of "${…}" at the beginning of a text, or 0.
func referenceLength(value string) int {
	depth := 0
	for i := 1; i < len(value); i++ {
		switch value[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// resolve replaces the references of a text. Policy variables, such as
// ${aws:username}, stay.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func (t *template) resolve(value string) string {
	if !strings.Contains(value, "${") {
		return value
	}
	inARN := strings.HasPrefix(value, "arn:")
	var b strings.Builder
	for value != "" {
		at := strings.Index(value, "${")
		if at < 0 || b.Len() > maxText {
			break
		}
		b.WriteString(value[:at])
		value = value[at:]
		n := referenceLength(value)
		if n == 0 {
			break
		}
		b.WriteString(t.reference(value[:n], inARN))
		value = value[n:]
	}
	return b.String() + value
}

// reference gives what one "${…}" stands for. In an ARN a name stands in the
// place of what is not known, so that the same stands at both ends.
func (t *template) reference(whole string, inARN bool) string {
	name := strings.TrimSpace(whole[2 : len(whole)-1])
	if isVariable(name) || t.tired() {
		return whole
	}
	if value, ok := t.value(name); ok {
		return value
	}
	if name, otherwise, ok := strings.Cut(name, ", '"); ok && strings.HasSuffix(otherwise, "'") {
		return t.field(name, strings.TrimSuffix(otherwise, "'"))
	}
	t.open = true
	if strings.ContainsAny(name, " (){}") {
		t.note("What " + name[:min(len(name), 80)] + " is: it follows when the code runs")
		if inARN {
			return unknown + slug(name)
		}
		return "${" + name + "}"
	}
	if given := t.field(name, ""); given != "" {
		return given
	}
	if inARN {
		return unknown + slug(name)
	}
	return "${" + name + "}"
}

// notKeys is where serverless.yml takes values from.
const notKeys = " self opt env file sls param cf custom "

// isVariable reports whether a name is a condition key, or a character that a
// policy writes as a variable.
func isVariable(name string) bool {
	if name == "*" || name == "?" || name == "$" {
		return true
	}
	service, key, ok := strings.Cut(name, ":")
	if strings.Contains(notKeys, " "+service+" ") || strings.HasPrefix(key, "/") || name == "aws:accountId" || name == "aws:region" {
		return false
	}
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	key, _, _ = strings.Cut(key, ",") // behind it stands what counts where the key is absent
	return ok && service != "" && key != "" && strings.Trim(service, letters+".-/") == "" && strings.Trim(key, letters+"-/._") == ""
}

// slug is a name as a part of an ARN.
func slug(name string) string {
	out := []byte(name[:min(len(name), 60)])
	for i, c := range out {
		if (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '.' && c != '_' {
			out[i] = '-'
		}
	}
	return strings.Trim(string(out), "-")
}

// withoutIndexes takes [0], [each.key] and the like out of a reference.
func withoutIndexes(name string) string {
	for {
		from := strings.IndexByte(name, '[')
		if from < 0 {
			return name
		}
		to := strings.IndexByte(name[from:], ']')
		if to < 0 {
			return name
		}
		name = name[:from] + name[from+to+1:]
	}
}

// value gives what a reference stands for. It reports false where nothing tells.
func (t *template) value(name string) (string, bool) {
	if t.expanding > maxChain {
		return "", false
	}
	t.expanding++
	defer func() { t.expanding-- }()
	clean := withoutIndexes(name)
	if value, ok := t.ofAccount(clean); ok {
		return value, true
	}
	if given := t.around.Given[name]; given != "" {
		return t.field(name, given), true
	}
	if value, ok := t.values[clean]; ok {
		value = t.resolve(value)
		if !strings.HasPrefix(clean, "local.") && !strings.HasPrefix(clean, "self:") {
			t.field(name, value)
		}
		return value, true
	}
	base, attribute := split(clean)
	if b := t.named(base); b != nil {
		return t.attribute(b, attribute)
	}
	kind, _, _ := strings.Cut(strings.TrimPrefix(base, "data."), ".")
	r := rowOf(kind)
	if r == nil || r.arn == "" || !strings.Contains(base, ".") {
		return "", false
	}
	// What the text does not have has the shape of an ARN of its kind.
	value, ok := t.attribute(&block{name: base, kind: kind, row: r}, attribute)
	if ok {
		value = t.field(name, value)
	}
	return value, ok
}

// ofAccount gives what references to the account, the Region and the partition
// stand for.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html
func (t *template) ofAccount(name string) (string, bool) {
	source, attribute, _ := strings.Cut(strings.TrimPrefix(name, "data."), ".")
	_, attribute, _ = strings.Cut(attribute, ".")
	switch {
	case name == "AWS::AccountId", source == "aws_caller_identity" && (attribute == "account_id" || attribute == "id"), name == "aws:accountId":
		return t.account(), true
	case name == "AWS::Region", source == "aws_region" && (attribute == "name" || attribute == "id" || attribute == "region"), name == "aws:region":
		return t.region(), true
	case name == "AWS::Partition", source == "aws_partition" && attribute == "partition":
		return t.partition(), true
	case name == "AWS::URLSuffix", source == "aws_partition" && attribute == "dns_suffix":
		if t.partition() == "aws-cn" {
			return "amazonaws.com.cn", true
		}
		return "amazonaws.com", true
	}
	return "", false
}

// split parts a reference into the name of a block and of an attribute:
// aws_s3_bucket.reports.arn, data.aws_iam_role.app.arn, Reports.Arn, Reports.
func split(name string) (base, attribute string) {
	parts := strings.Split(name, ".")
	n := 1
	switch {
	case parts[0] == "data":
		n = 3
	case strings.HasPrefix(parts[0], "aws_"):
		n = 2
	}
	n = min(n, len(parts))
	return strings.Join(parts[:n], "."), strings.Join(parts[n:], ".")
}

func (t *template) named(name string) *block { return t.names[name] }

// attribute gives an attribute of a block: as the text has it, or as it follows
// from the kind and the name.
func (t *template) attribute(b *block, name string) (string, bool) {
	if name != "" {
		if value := str(attr(b.node, name)); value != "" {
			was := t.open
			if t.open = false; true {
				value = t.resolve(value)
			}
			open := t.open
			t.open = was || open
			return value, true
		}
	}
	if b.row == nil {
		return "", false
	}
	refers := name == "" || name == "id"
	switch {
	case b.row.arn != "" && (name == "arn" || name == "Arn" || name == b.row.arnAttribute() || refers && b.row.ref == "arn"):
		if b.kind == "AWS::Logs::LogGroup" {
			return t.arnOf(b) + ":*", true
		}
		return t.arnOf(b), true
	case refers && b.row.ref == "url", name == "url", name == "QueueUrl":
		arn := t.arnOf(b)
		return "https://sqs." + part(arn, 3) + ".amazonaws.com/" + part(arn, 4) + "/" + part(arn, 5), true
	case refers, name != "" && strings.Contains(" "+b.row.names+" ", " "+name+" "):
		return t.keyOf(b), true
	}
	return "", false
}

// keyOf gives the name that a resource has in AWS.
func (t *template) keyOf(b *block) string {
	if b.key != "" {
		return b.key
	}
	b.key = unknown + slug(lastName(b.name)) // where its name leads back to itself
	given := t.around.Given[b.name]
	for _, name := range strings.Fields(b.row.names) {
		if value := str(attr(b.node, name)); value != "" && given == "" {
			// A reference in it is named as in an ARN, which it will be a part of.
			b.key = strings.TrimPrefix(t.resolve("arn:"+value), "arn:")
			return b.key
		}
	}
	if role := t.generated(b); role != "" && given == "" {
		t.note("The name of " + b.name + ": AWS makes one, and the caller's role " + role + " is taken for it")
		b.key = role
		return role
	}
	if b.node != nil {
		b.key = t.field(b.name, b.key)
	}
	return b.key
}

// generated gives the role that asks, where CloudFormation made its name of the
// stack, the name in the template, and letters by chance.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html
func (t *template) generated(b *block) string {
	if !strings.HasSuffix(b.kind, "::Role") || !strings.Contains(t.around.Role, "-"+b.name+"-") {
		return ""
	}
	for _, other := range t.blocks {
		if other != b && other.kind == b.kind && strings.Contains(t.around.Role, "-"+other.name+"-") {
			return ""
		}
	}
	return t.around.Role
}

// arnOf gives the ARN of a block.
func (t *template) arnOf(b *block) string {
	if b.arn != "" {
		return b.arn
	}
	if arn := t.resolve(str(attr(b.node, "arn", "Arn"))); strings.HasPrefix(arn, "arn:") {
		b.arn = arn
		return arn
	}
	key := t.keyOf(b)
	path := firstOf(t.resolve(str(attr(b.node, "path", "Path"))), "/")
	if !strings.HasPrefix(path, "/") || !strings.HasSuffix(path, "/") || strings.Contains(path, "${") {
		path = "/"
	}
	arn := b.row.arn
	if strings.Contains(arn, "{A}") {
		arn = strings.ReplaceAll(arn, "{A}", t.account())
	}
	if strings.Contains(arn, "{R}") {
		arn = strings.ReplaceAll(arn, "{R}", t.region())
	}
	b.arn = "arn:" + t.partition() + ":" + strings.NewReplacer("{P}", path, "{N}", strings.TrimPrefix(key, "/")).Replace(arn)
	return b.arn
}
