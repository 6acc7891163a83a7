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
	return policy.PartitionOf(firstOf(t.around.Given["Region"], t.around.Region))
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

// firstOf gives the first of some values that is something.
func firstOf[T comparable](values ...T) (none T) {
	for _, v := range values {
		if v != none {
			return v
		}
	}
	return none
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
		t.made += len(n.Value)
		return text(t.resolve(n.Value))
	case policy.Object, policy.Array:
		out := policy.Node{Kind: n.Kind, Names: n.Names, Closed: true}
		for i := range n.Items {
			if n.Kind == policy.Object {
				t.made += len(n.Names[i].Value)
			}
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
	if t.work++; t.work < maxWork && t.made <= maxMade {
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
	t.made += b.Len()
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
	if stack, ok := strings.CutPrefix(name, "ImportValue "); ok {
		name = "ImportValue " + strings.NewReplacer("${", "", "}", "").Replace(stack)
	} else if strings.ContainsAny(name, " (){}") {
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
	var b strings.Builder
	for {
		before, index, opened := strings.Cut(name, "[")
		_, after, closed := strings.Cut(index, "]")
		if !opened || !closed {
			return b.String() + name
		}
		b.WriteString(before)
		name = after
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
	case name == "AWS::AccountId", source == "aws_caller_identity" && (attribute == "account_id" || attribute == "id"),
		name == "aws:accountId":
		return t.account(), true
	case name == "AWS::Region", source == "aws_region" && (attribute == "name" || attribute == "id" || attribute == "region"),
		name == "aws:region":
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
// aws_s3_bucket.reports.arn, data.aws_iam_role.app.arn, Reports.Arn, Reports,
// module.store.aws_s3_bucket.reports.arn.
func split(name string) (base, attribute string) {
	parts := strings.Split(name, ".")
	at := 0
	for at+2 < len(parts) && parts[at] == "module" {
		at += 2
	}
	n := 1
	switch {
	case parts[at] == "data":
		n = at + 3
	case strings.HasPrefix(parts[at], "aws_"):
		n = at + 2
	}
	n = min(n, len(parts))
	return strings.Join(parts[:n], "."), strings.Join(parts[n:], ".")
}
