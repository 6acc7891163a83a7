package template

import (
	"strconv"
	"strings"

	"why403/engine/policy"
)

// document gives a policy with its references resolved. open says that one is
// not. It reports false for what is no policy.
func (t *template) document(n *policy.Node) (text string, open, ok bool) {
	if n == nil || t.expanding > maxChain || t.tired() {
		return "", false, false
	}
	was := t.open
	t.open = false
	t.expanding++
	defer func() {
		t.open = was
		t.expanding--
	}()
	root := t.rootOf(n)
	if root == nil {
		return "", false, false
	}
	out := t.resolved(root)
	statement := attr(&out, "Statement")
	if statement == nil || statement.Kind != policy.Object && statement.Kind != policy.Array || !t.statementsHere(statement) {
		return "", false, false
	}
	return out.JSON(), t.open, true
}

// statementsHere drops the statements of a list that are a reference. It reports false
// where nothing is left.
func (t *template) statementsHere(statements *policy.Node) bool {
	if statements.Kind != policy.Array {
		return true
	}
	kept := statements.Items[:0]
	for i := range statements.Items {
		if statements.Items[i].Kind == policy.Object {
			kept = append(kept, statements.Items[i])
			continue
		}
		t.open = true
		t.note("The statements of " + short(&statements.Items[i]) + ": they are not here")
	}
	emptied := len(kept) == 0 && len(statements.Items) > 0
	statements.Items = kept
	return !emptied
}

// rootOf gives the policy that a node is, has as JSON, or refers to.
func (t *template) rootOf(n *policy.Node) *policy.Node {
	if n.Kind == policy.Object {
		if n.At("Statement") != nil {
			return n
		}
		return t.built(n, 0)
	}
	if n.Kind != policy.String {
		return nil
	}
	if name, only := onlyReference(strings.TrimSpace(n.Value)); only {
		base, attribute := split(withoutIndexes(name))
		b := t.named(base)
		switch {
		case t.lists[withoutIndexes(name)] != nil:
			return t.rootOf(t.lists[withoutIndexes(name)])
		case b == nil:
			return nil
		case b.kind == documentSource:
			t.used[base] = true
			return t.built(b.node, 0)
		default:
			return t.referred(attr(b.node, attribute))
		}
	}
	for _, text := range []string{n.Value, t.resolve(n.Value)} {
		if root, problems := policy.ParseJSON("", strings.TrimSpace(text)); !broken(problems) && root.Kind == policy.Object {
			return root
		}
	}
	return nil
}

func (t *template) referred(n *policy.Node) *policy.Node {
	if n == nil || t.expanding > maxChain || t.tired() {
		return nil
	}
	t.expanding++
	defer func() { t.expanding-- }()
	return t.rootOf(n)
}

func broken(problems []policy.Problem) bool {
	for i := range problems {
		if problems[i].Code != "duplicate-name" {
			return true
		}
	}
	return false
}

// built makes the policy that a data source aws_iam_policy_document gives, or
// nil.
func (t *template) built(n *policy.Node, depth int) *policy.Node {
	if n.Kind != policy.Object || depth > 8 || attr(n, "statement", "source_policy_documents", "override_policy_documents",
		"source_json") == nil {
		return nil
	}
	var made statements
	if t.tooMany(len(list(attr(n, "statement")))) {
		return nil
	}
	for _, source := range append(list(attr(n, "source_policy_documents")), list(attr(n, "source_json"))...) {
		made.all = append(made.all, t.statementsOf(source)...)
	}
	for _, s := range list(attr(n, "statement")) {
		made.override(statement(s))
	}
	for _, source := range append(list(attr(n, "override_policy_documents")), list(attr(n, "override_json"))...) {
		for _, s := range t.statementsOf(source) {
			made.override(s)
		}
	}
	if attr(n, "dynamic") != nil {
		t.note("Statements that a dynamic block makes: what they say follows from values that are not here")
		t.open = true
	}
	// A policy that others take in is made for each of them.
	if t.work += workOfStatement * len(made.all); t.tooMany(len(made.all)) {
		return nil
	}
	version := firstOf(str(attr(n, "version")), "2012-10-17")
	out := object(member{"Version", text(version)}, member{"Statement", array(made.all)})
	return &out
}

// tooMany says that a policy is not read whose statements are more than any that
// AWS takes: the longest, of a bucket, has 20 KB.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
func (t *template) tooMany(n int) bool {
	if n <= maxStatements {
		return false
	}
	t.note("A policy of more than " + strconv.Itoa(maxStatements) + " statements: AWS takes none so long")
	t.open = true
	return true
}

// statementsOf gives the statements of a policy that another one takes in.
func (t *template) statementsOf(n *policy.Node) (out []policy.Node) {
	root := t.referred(n)
	if root == nil {
		if n.Kind != policy.Null && short(n) != "" {
			t.note("The statements of " + short(n) + ": they are not here")
			t.open = true
		}
		return nil
	}
	for _, s := range list(attr(root, "Statement")) {
		out = append(out, *s)
	}
	return out
}

// statements are those of one policy, which can be thousands.
type statements struct {
	all  []policy.Node
	sids map[string]int // where the first with a Sid stands, of those seen
	seen int
}

// override puts a statement in the place of the one with its Sid, or behind all.
func (l *statements) override(s policy.Node) {
	if l.sids == nil {
		l.sids = map[string]int{}
	}
	for ; l.seen < len(l.all); l.seen++ {
		sid := str(attr(&l.all[l.seen], "Sid"))
		if _, twice := l.sids[sid]; !twice {
			l.sids[sid] = l.seen
		}
	}
	sid := str(attr(&s, "Sid"))
	if i, ok := l.sids[sid]; ok && sid != "" {
		l.all[i] = s
		return
	}
	l.all = append(l.all, s)
}

// statement makes a statement of a block: its names are in lower case.
func statement(n *policy.Node) policy.Node {
	var members []member
	add := func(name string, value *policy.Node) {
		if value != nil && !(value.Kind == policy.Array && len(value.Items) == 0) {
			members = append(members, member{name, variables(value)})
		}
	}
	add("Sid", attr(n, "sid"))
	effect := text(firstOf(str(attr(n, "effect")), "Allow"))
	add("Effect", &effect)
	add("Principal", principals(n, "principals"))
	add("NotPrincipal", principals(n, "not_principals"))
	for _, row := range [][2]string{{"Action", "actions"}, {"NotAction", "not_actions"}, {"Resource", "resources"},
		{"NotResource", "not_resources"}} {
		add(row[0], attr(n, row[1]))
	}
	if c := conditions(n); len(c.Items) > 0 {
		add("Condition", &c)
	}
	if attr(n, "dynamic") != nil {
		open := text("${dynamic block}")
		add("Resource", &open)
	}
	return object(members...)
}

// variables writes policy variables as IAM does: &{ stands for ${ in this data
// source.
func variables(n *policy.Node) policy.Node {
	out := *n
	if n.Kind == policy.String {
		out.Value = strings.ReplaceAll(n.Value, "&{", "${")
	}
	out.Items = nil
	for i := range n.Items {
		out.Items = append(out.Items, variables(&n.Items[i]))
	}
	return out
}

func principals(n *policy.Node, name string) *policy.Node {
	var members grouped
	for _, p := range list(attr(n, name)) {
		kind, identifiers := str(attr(p, "type")), attr(p, "identifiers")
		if kind == "*" {
			everybody := text("*")
			return &everybody
		}
		if identifiers != nil && kind != "" {
			members.add(kind, identifiers)
		}
	}
	if len(members.names) == 0 {
		return nil
	}
	out := members.object()
	return &out
}

// grouped are values under names, which come again and again.
type grouped struct {
	names  []string
	values map[string][]*policy.Node
}

func (g *grouped) add(name string, value *policy.Node) {
	if g.values == nil {
		g.values = map[string][]*policy.Node{}
	}
	if _, there := g.values[name]; !there {
		g.names = append(g.names, name)
	}
	g.values[name] = append(g.values[name], value)
}

// object has a member for each name: its only value, or a list of all.
func (g *grouped) object() policy.Node {
	members := make([]member, len(g.names))
	for i, name := range g.names {
		members[i] = member{name, *g.values[name][0]}
		if len(g.values[name]) == 1 {
			continue
		}
		var items []policy.Node
		for _, value := range g.values[name] {
			for _, n := range list(value) {
				items = append(items, *n)
			}
		}
		members[i].value = array(items)
	}
	return object(members...)
}

func conditions(n *policy.Node) policy.Node {
	var tests []string
	keys := map[string]*grouped{}
	for _, c := range list(attr(n, "condition")) {
		test, variable, values := str(attr(c, "test")), str(attr(c, "variable")), attr(c, "values")
		if test == "" || variable == "" || values == nil {
			continue
		}
		if keys[test] == nil {
			tests, keys[test] = append(tests, test), &grouped{}
		}
		keys[test].add(variable, values)
	}
	operators := make([]member, len(tests))
	for i, test := range tests {
		operators[i] = member{test, keys[test].object()}
	}
	return object(operators...)
}

func membersOf(n *policy.Node) []member {
	members := make([]member, len(n.Items))
	for i := range n.Items {
		members[i] = member{n.Names[i].Value, n.Items[i]}
	}
	return members
}
