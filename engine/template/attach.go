package template

import (
	"strings"

	"why403/engine/policy"
)

// attach gives an entity a document. What is no document is noted.
func (t *template) attach(arn, section string, n *policy.Node) {
	if n != nil && !t.room(t.entity(arn), section) {
		return
	}
	text, open, ok := t.document(n)
	if !ok {
		if n != nil {
			t.note("The policy " + section + " of " + arn + ": it comes from elsewhere, " + short(n))
			e := t.entity(arn)
			e.Open = append(e.Open, section)
		}
		return
	}
	t.give(t.entity(arn), Document{section, text, open})
}

// room reports whether an entity can have one more policy. Else the policy is open.
func (t *template) room(e *Entity, section string) bool {
	if len(e.Documents) < maxOwn && t.documents < maxDocuments {
		return true
	}
	t.note("The other policies: only the first 100 of one principal or resource, and the first 2,000 of all, are read")
	e.Open = append(e.Open, section)
	return false
}

func (t *template) give(e *Entity, d Document) {
	t.documents++
	e.Documents = append(e.Documents, d)
}

// more reports whether one more attachment or membership is read.
func (t *template) more() bool {
	if t.pairs++; t.pairs <= maxPairs {
		return true
	}
	t.cut = true
	t.note("The other attachments and members of groups: only the first 10,000 are read")
	return false
}

// finish puts the managed policies where they are attached, gives users those of
// their groups, and lists what has no place.
func (t *template) finish() {
	for _, a := range t.attachments {
		t.attachManaged(a.Key, a.Value)
	}
	for _, b := range t.boundaries {
		if m := t.managedPolicyOf(b.Value); m != nil {
			t.attach(b.Key, "boundary.json", m.document)
		} else {
			t.entity(b.Key).Boundary = b.Value
		}
	}
	t.permit()
	for _, member := range t.members {
		t.join(member.Key, member.Value)
	}
	for i := range t.managed {
		m := &t.managed[i]
		if text, open, ok := t.document(m.document); ok && !m.attached {
			t.world.Loose = append(t.world.Loose, Document{m.name, text, open})
		}
	}
	for _, b := range t.blocks {
		if b.kind == documentSource && !t.used[b.name] {
			if text, open, ok := t.document(b.node); ok {
				t.world.Loose = append(t.world.Loose, Document{lastName(b.name), text, open})
			}
		}
	}
	t.list()
}

// managedPolicyOf gives the first managed policy with an ARN, once all are read.
func (t *template) managedPolicyOf(arn string) *managedPolicy {
	if t.byARN == nil {
		t.byARN = map[string]*managedPolicy{}
		for i := range t.managed {
			m := &t.managed[i]
			t.byARN[m.arn] = firstOf(t.byARN[m.arn], m)
		}
	}
	m := t.byARN[arn]
	if m != nil {
		m.attached = true
	}
	return m
}

func (t *template) attachManaged(principal, arn string) {
	e := t.entity(principal)
	e.Principal = !strings.Contains(principal, ":group/")
	switch m := t.managedPolicyOf(arn); {
	case m != nil:
		t.attach(principal, "identity/"+m.name, m.document)
	case strings.HasPrefix(arn, "arn:") && len(e.Managed) < maxOwn: // the first says already that not all is here
		e.Managed = append(e.Managed, arn)
	case strings.HasPrefix(arn, "arn:"):
	default:
		t.note("The managed policy " + arn + " of " + principal + ": its ARN is not here")
	}
}

// permit makes one policy of the permissions of each function.
func (t *template) permit() {
	var functions []string
	statements := map[string][]policy.Node{}
	for _, p := range t.permissions {
		if statements[p.function] == nil {
			functions = append(functions, p.function)
		}
		statements[p.function] = append(statements[p.function], p.statement)
	}
	for _, function := range functions {
		if e := t.entity(function); len(e.Documents) == 0 {
			n := object(member{"Version", text("2012-10-17")}, member{"Statement", array(statements[function])})
			t.attach(function, "policy.json", &n)
		}
	}
}

// list gives the entities in the order in which they came, without groups and
// what has nothing.
func (t *template) list() {
	for _, arn := range t.order {
		e := t.entities[arn]
		empty := len(e.Documents)+len(e.Managed)+len(e.Tags)+len(e.Open) == 0 && e.Boundary == "" && !e.Principal
		if strings.Contains(arn, ":group/") || empty {
			continue
		}
		switch {
		case t.cut && e.Principal:
			e.Open = append(e.Open, "identity")
		case t.cut:
			e.Open = append(e.Open, "policy.json")
		}
		if len(t.world.Entities) == maxEntities {
			t.note("The other principals and resources: only the first 400 are taken")
			break
		}
		t.world.Entities = append(t.world.Entities, *e)
	}
}

// join gives a user what a group has.
func (t *template) join(group, user string) {
	from := t.entities[group]
	if from == nil {
		return
	}
	to, name := t.entity(user), lastName(group)
	for _, d := range from.Documents {
		kind, rest, _ := strings.Cut(d.Section, "/")
		section := kind + "/" + name + "." + rest
		if !t.room(to, section) || t.tired() {
			to.Open = append(to.Open, section)
			break
		}
		t.made += len(d.Text)
		t.give(to, Document{section, d.Text, d.Open})
	}
	to.Managed = append(to.Managed, from.Managed[:min(len(from.Managed), max(maxOwn-len(to.Managed), 0))]...)
}
