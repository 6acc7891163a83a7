package fix_test

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue"
	"why403/engine/catalogue/data"
	"why403/engine/fix"
	"why403/engine/kms"
	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/scenarios"
)

// texts is every scenario of the gallery, of the KMS tables and of the cases,
// each in both modes.
func texts(t testing.TB) map[string]string {
	t.Helper()
	out := map[string]string{}
	names, err := fs.Glob(scenarios.Files, "*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := scenarios.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(text)
	}
	for _, c := range kms.Table().Cases() {
		out[c.ID()] = kms.Table().Write(c)
	}
	for _, c := range acceptedCases(t) {
		out[c.name] = c.text
	}
	if testing.Short() {
		return out
	}
	for name, text := range maps.Clone(out) {
		if moved, _, problems := scenario.SwitchAccounts(text); len(problems) == 0 {
			out[name+" switched"] = moved
		}
	}
	return out
}

// TestLaw: an applied fix lets its request in, brings no problem, and lets no
// other request of the file in, no other action and no other caller, unless it
// says so.
func TestLaw(t *testing.T) {
	offered, kinds := 0, map[fix.Kind]int{}
	for name, text := range texts(t) {
		t.Run(name, func(t *testing.T) {
			for _, x := range holds(t, data.All(), text) {
				offered++
				kinds[x.Kind]++
			}
		})
	}
	if offered < 500 {
		t.Errorf("only %d fixes", offered)
	}
	for k := fix.ChangeRequest; k <= fix.SeveralChanges; k++ {
		if kinds[k] < 3 {
			t.Errorf("only %d fixes that %s", kinds[k], k)
		}
	}
}

// holds holds every fix of a text to the law, and gives them.
func holds(t *testing.T, c catalogue.Catalogue, text string) (all []fix.Fix) {
	t.Helper()
	f := scenario.ParseWith(c, text)
	for i, found := range fix.All(f) {
		denied := outcomeOf(f, i) != engine.Allowed
		if none := len(found.Fixes) == 0; none == (found.Reason == "") && denied || !denied && (!none || found.Reason != "") {
			t.Fatalf("%s: %d fixes and the reason %q", f.Requests[i].Check.Name, len(found.Fixes), found.Reason)
		}
		for j := range found.Fixes {
			x := &found.Fixes[j]
			applied(t, f, i, x)
			if j > 0 && x.Traits&fix.Weakens == 0 && found.Fixes[j-1].Traits&fix.Weakens != 0 && len(x.Steps) == 1 {
				t.Errorf("%q gives up a guard and stands before %q", found.Fixes[j-1].Title, x.Title)
			}
		}
		all = append(all, found.Fixes...)
	}
	return all
}

// applied applies a fix to a file.
func applied(t *testing.T, f *scenario.File, request int, x *fix.Fix) {
	t.Helper()
	edited := x.Apply(f)
	after := scenario.ParseWith(f.Catalogue, edited)
	if after.Errors() || len(after.Problems) > len(f.Problems) {
		t.Fatalf("%q brings problems: %+v", x.Title, after.Problems)
	}
	for i := range f.Requests {
		before, now := outcomeOf(f, i), outcomeOf(after, i)
		r := x.Results[i]
		switch {
		case r.Before != before || r.After != now || r.Request != f.Requests[i].Check.Name:
			t.Errorf("%q: %+v, and it is %v and %v", x.Title, r, before, now)
		case i == request && now == engine.Undecided && slices.ContainsFunc(x.Notes,
			func(n string) bool { return strings.HasPrefix(n, "It then depends on ") }):
		case i == request && now != engine.Allowed:
			t.Errorf("%q is no fix\n%s", x.Title, edited)
		case i != request && before != engine.Allowed && now == engine.Allowed && len(x.Loosens) == 0:
			t.Errorf("%q lets in %s too, and does not say so", x.Title, r.Request)
		}
	}
	if x.Traits&fix.Weakens != 0 && len(x.Loosens) == 0 {
		t.Errorf("%q gives up a guard, and does not say so", x.Title)
	}
	unseen(t, f, x)
	narrow(t, f, request, edited, x)
	strangers(t, f, request, edited, x)
	guarded(t, f, request, edited, x)
}

// unseen holds that no fix names a session, lets anyone in by a resource
// control policy, or writes the policy of a key or a role anew.
func unseen(t *testing.T, f *scenario.File, x *fix.Fix) {
	t.Helper()
	for _, e := range x.Edits {
		kind := sectionType(f, e.Section)
		if _, isRequest := scenario.RequestName(e.Section); isRequest {
			continue
		}
		if strings.Count(e.Text, ":assumed-role/") > strings.Count(e.Old, ":assumed-role/") {
			t.Errorf("%q names a session\n%s", x.Title, e.Text)
		}
		if e.Old == "" && engine.AlwaysThere(kind) && !strings.HasSuffix(e.Section, "grants.json") {
			t.Errorf("%q writes a whole new policy of a key or a role: %s", x.Title, e.Section)
		}
		if strings.Contains("/"+e.Section, "/rcp/") && strings.Count(e.Text, `"Allow"`) > strings.Count(e.Old, `"Allow"`) {
			t.Errorf("%q puts an Allow into a resource control policy", x.Title)
		}
	}
}

// sectionType is the type of the policy that a new section would hold.
func sectionType(f *scenario.File, section string) policy.Type {
	for i := range f.Requests {
		for _, p := range f.Requests[i].Check.Policies {
			if p.Name == section {
				return p.Type
			}
		}
	}
	if section == "resource.json" && len(f.Requests) > 0 {
		return f.Requests[0].Check.ResourceType()
	}
	return policy.Identity
}

func outcomeOf(f *scenario.File, i int) engine.Outcome { return answer.Of(&f.Requests[i]).Outcome }

// Other actions of the services that the scenarios are about.
var otherActions = []string{"Decrypt", "Encrypt", "GetObject", "PutObject", "DeleteObject", "ListBucket", "SendMessage",
	"ReceiveMessage", "AssumeRole",
	"TagSession", "CreateGrant", "DescribeKey"}

// strangers holds that a fix of a resource's policy which lets in somebody of no
// account that the file is about, whatever the request carries, says that it
// gives up a guard.
func strangers(t *testing.T, f *scenario.File, request int, edited string, x *fix.Fix) {
	t.Helper()
	if x.Traits&fix.Weakens != 0 {
		return
	}
	for _, e := range x.Edits {
		kind := sectionType(f, e.Section)
		if _, asks := scenario.RequestName(e.Section); asks || kind != policy.Resource && kind != policy.Key && kind != policy.Trust {
			return
		}
	}
	for _, other := range []string{"arn:aws:iam::999999999999:user/somebody-else", "anonymous"} {
		same(t, f, request, edited, x, "principal", other)
	}
}

// guarded holds that a fix which gives up no guard keeps each condition that
// all statements for the action ask for: without the key the request is denied,
// as it was.
func guarded(t *testing.T, f *scenario.File, request int, edited string, x *fix.Fix) {
	t.Helper()
	checks := answer.Checks(&f.Requests[request])
	if x.Traits&fix.Weakens != 0 || len(checks) > 1 {
		return
	}
	asked, guarding := map[string]int{}, 0
	for i := range checks[0].Decision.Steps {
		step := &checks[0].Decision.Steps[i]
		if step.Policy == engine.GrantStep || step.Effect != policy.Allow || step.Miss != engine.MissCondition {
			continue
		}
		tests := checks[0].Check.Check.Policies[step.Policy].Statements[step.Statement].Condition.Tests
		guarding++
		for j := range tests {
			asked[tests[j].Key.Value]++
		}
	}
	section := f.Requests[request].Section
	for key, statements := range asked {
		told := slices.ContainsFunc(x.Loosens, func(words string) bool { return strings.Contains(words, key) })
		if told || statements < guarding || key == "aws:RequestedRegion" || without(f.Format(), section, key) == f.Format() {
			continue // nobody asks for it, or nobody can leave it out
		}
		before := scenario.ParseWith(f.Catalogue, without(f.Format(), section, key))
		after := scenario.ParseWith(f.Catalogue, without(edited, section, key))
		if before.Errors() || after.Errors() || outcomeOf(before, request) == engine.Allowed {
			continue
		}
		if outcomeOf(after, request) == engine.Allowed {
			t.Errorf("%q lets the request in without %s too", x.Title, key)
		}
	}
}

// without is the text without the lines of a key in a section.
func without(text, section, key string) string {
	inside := false
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "-- ") {
			inside = strings.TrimSpace(line) == "-- "+section+" --"
		}
		if !inside || !strings.HasPrefix(strings.ToLower(line), strings.ToLower(key)+":") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// narrow holds that a fix which says nothing lets in no other action and no
// other caller.
func narrow(t *testing.T, f *scenario.File, request int, edited string, x *fix.Fix) {
	t.Helper()
	if len(x.Loosens) > 0 {
		return
	}
	checks := answer.Checks(&f.Requests[request])
	if len(checks) > 1 {
		return // another call can need the same of another service
	}
	for _, e := range x.Edits {
		if _, asks := scenario.RequestName(e.Section); asks {
			return // all that is open to a request which says more
		}
	}
	r := checks[0].Check.Check
	service, _, _ := strings.Cut(r.Action, ":")
	for _, other := range otherActions {
		if action := service + ":" + other; !strings.EqualFold(action, r.Action) {
			same(t, f, request, edited, x, "action", action)
		}
	}
	if r.Principal.Account == "" || r.Principal.Kind == engine.Root {
		return
	}
	for _, e := range x.Edits {
		if kind := sectionType(f, e.Section); kind != policy.Resource && kind != policy.Key && kind != policy.Trust {
			return // it is the caller's own policy, and goes with whoever it is attached to
		}
	}
	for _, other := range []string{"arn:aws:iam::" + r.Principal.Account + ":user/somebody-else",
		"arn:aws:iam::999999999999:user/somebody-else", "events.amazonaws.com"} {
		same(t, f, request, edited, x, "principal", other)
	}
}

// same holds that a fix does not let in the request with another value.
func same(t *testing.T, f *scenario.File, request int, edited string, x *fix.Fix, key, value string) {
	t.Helper()
	section := f.Requests[request].Section
	before := scenario.ParseWith(f.Catalogue, changed(f.Format(), section, key, value))
	after := scenario.ParseWith(f.Catalogue, changed(edited, section, key, value))
	if before.Errors() || after.Errors() {
		return
	}
	if len(answer.Checks(&before.Requests[request])) > 1 {
		return
	}
	if outcomeOf(before, request) != engine.Allowed && outcomeOf(after, request) == engine.Allowed {
		t.Errorf("%q also allows %s: %s\n%s", x.Title, key, value, edited)
	}
}

// changed is the text with another value on a line of a request, which loses
// what is behind the caller.
func changed(text, section, key, value string) string {
	inside := false
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "-- ") {
			inside = strings.TrimSpace(line) == "-- "+section+" --"
		}
		switch {
		case inside && strings.HasPrefix(line, key+":"):
			line = key + ": " + value + "\n"
		case inside && key == "principal" && (strings.HasPrefix(line, "role:") || strings.HasPrefix(line, "federated-by:") ||
			strings.Contains(strings.SplitN(line, ": ", 2)[0], ":")):
			line = ""
		}
		b.WriteString(line)
	}
	return b.String()
}

// FuzzFix: no text panics, and every fix that is offered is one.
func FuzzFix(f *testing.F) {
	all := texts(f)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		f.Add(all[name])
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := scenario.Parse(text)
		for i, found := range fix.All(file) {
			for j := range found.Fixes {
				x := &found.Fixes[j]
				after := scenario.Parse(x.Apply(file))
				if after.Errors() || outcomeOf(after, i) != engine.Allowed && len(x.Notes) == 0 {
					t.Errorf("%s is no fix: %+v", x.Title, x)
				}
			}
		}
	})
}

func BenchmarkOf(b *testing.B) {
	c := acceptedCases(b)[0]
	file := scenario.ParseWith(data.All(), c.text)
	b.ReportAllocs()
	for b.Loop() {
		fix.Of(file, 0)
	}
}
