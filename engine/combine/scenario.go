package combine

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// The accounts that the scenarios use.
const (
	owner = "111122223333"
	guest = "444455556666"
)

// writer writes the scenario of one case.
type writer struct {
	strings.Builder
	*subject
	account string // the caller's
	arn     string // the resource's
}

// write writes a case out as a scenario file.
func (s *subject) write(c Case) string {
	w := writer{subject: s, account: owner, arn: strings.ReplaceAll(s.resource, "OWNER", owner)}
	if c.Mode == CrossAccount {
		w.account = guest
	}
	w.head(c)
	if f := c.Forms[Resource]; f != Absent {
		w.section("resource.json", w.resourcePolicy(f))
	}
	for _, part := range [...]struct {
		section string
		form    Form
	}{{"identity/app.json", c.Forms[Identity]}, {"boundary.json", c.Forms[Boundary]}, {"session.json", c.Forms[Session]}} {
		switch part.form {
		case Allows:
			w.section(part.section, document(fill(permission, "ACTION", s.action, "RESOURCE", w.arn)))
		case Silent:
			w.section(part.section, document(fill(permission, "ACTION", "ec2:DescribeRegions", "RESOURCE", "*")))
		}
	}
	return w.String()
}

func (w *writer) head(c Case) {
	words := "same account"
	if c.Mode == CrossAccount {
		words = "cross-account"
	}
	t := w.table()
	for i, said := range t.Labels(c) {
		words += "; " + strings.ToLower(t.Parts[i].Label) + " " + said
	}
	w.WriteString(w.title + " access: " + words + "\n\n")
	w.WriteString("One of the combinations of the policies that can give access, or limit it.\n\nSee " + t.Doc + "\n\n")
	w.WriteString("-- request --\n")
	w.WriteString("principal: arn:aws:sts::" + w.account + ":assumed-role/app/session\n")
	w.WriteString("action: " + w.action + "\nresource: " + w.arn + "\n")
	if engine.ARNPart(w.arn, 4) == "" {
		w.WriteString("resource-account: " + owner + "\n")
	}
}

func (w *writer) section(name, text string) { w.WriteString("-- " + name + " --\n" + text) }

// resourcePolicy always has an administrator's statement, so that one that says
// nothing of the caller is a policy too.
func (w *writer) resourcePolicy(f Form) string {
	who := map[Form]string{
		Caller:   `{"AWS": "arn:aws:sts::` + w.account + `:assumed-role/app/session"}`,
		Role:     `{"AWS": "arn:aws:iam::` + w.account + `:role/app"}`,
		Account:  `{"AWS": "arn:aws:iam::` + w.account + `:root"}`,
		Everyone: `"*"`,
	}
	statements := []string{w.statement("Administrators", `{"AWS": "arn:aws:iam::`+owner+`:role/admin"}`)}
	if f != Silent {
		statements = append(statements, w.statement("NamesThe"+strings.ToUpper(string(f[:1]))+string(f[1:]), who[f]))
	}
	return document(statements...)
}

func (w *writer) statement(sid, principal string) string {
	text := fill(namedStatement, "SID", sid, "WHO", principal, "ACTION", w.action)
	switch engine.ResourceType(w.action, w.resource) {
	case policy.Trust:
		return fill(text, "RESOURCE", "")
	case policy.Key:
		return fill(text, "RESOURCE", ",\n      \"Resource\": \"*\"")
	}
	return fill(text, "RESOURCE", ",\n      \"Resource\": \""+w.arn+"\"")
}

const namedStatement = `    {
      "Sid": "SID",
      "Effect": "Allow",
      "Principal": WHO,
      "Action": "ACTION"RESOURCE
    }`

const permission = `    {
      "Effect": "Allow",
      "Action": "ACTION",
      "Resource": "RESOURCE"
    }`

func document(statements ...string) string {
	return "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n" + strings.Join(statements, ",\n") + "\n  ]\n}\n"
}

// fill puts values into a text: word, value, word, value, and so on.
func fill(text string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	return text
}
