package template

import (
	"slices"
	"strings"
)

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
		t.note("The name of " + b.name + ": AWS makes one, and the caller's role " + role + " is assumed to be it")
		b.key = role
		return role
	}
	if t.labelled(b) && given == "" {
		t.note("The name of " + b.name + ": nothing here tells it, and the caller's role " + t.around.Role + " is assumed to be it")
		b.key = t.around.Role
		return b.key
	}
	if b.node != nil {
		b.key = t.field(b.name, b.key)
	}
	return b.key
}

// labelled reports whether the code calls a role what the role that asks is called.
func (t *template) labelled(b *block) bool {
	role := b.kind == "aws_iam_role" || strings.HasSuffix(b.kind, "::Role")
	return role && t.around.Role != "" && strings.EqualFold(lastName(b.name), t.around.Role)
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

// keys is where the first block of one row with each name stands, of those seen.
type keys struct {
	first map[string]int
	seen  int
}

// keyed finds the first block of a row that has one of some names. No more blocks are
// named for it than need be: naming one notes what its name is taken to be.
func (t *template) keyed(r *row, names []string) *block {
	k := t.keys[r]
	if k == nil {
		k = &keys{first: map[string]int{}}
		t.keys[r] = k
	}
	at := len(t.blocks)
	for _, name := range names {
		if i, ok := k.first[name]; ok {
			at = min(at, i)
		}
	}
	for ; at == len(t.blocks) && k.seen < len(t.blocks); k.seen++ {
		b := t.blocks[k.seen]
		if b.row != r {
			continue
		}
		key := t.keyOf(b)
		if _, twice := k.first[key]; !twice {
			k.first[key] = k.seen
		}
		if slices.Contains(names, key) {
			at = k.seen
		}
	}
	if at == len(t.blocks) {
		return nil
	}
	return t.blocks[at]
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
