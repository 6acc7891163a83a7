package engine

import (
	"slices"
	"strings"

	"why403/engine/condition"
	"why403/engine/policy"
)

// unknowns finds what is not known and could count, with what each thing could
// be.
func (e *Decider) unknowns(d *Decision) *unknowns {
	u := &unknowns{e: e, known: e.check.Context, left: min(max(1_000_000/(len(d.Steps)+40), 200), maxTrials)}
	for _, t := range blameOrder {
		if e.check.unknownTypes.Has(t) {
			u.things = append(u.things, unknown{Thing: Thing{Type: t}, ways: 2, pick: undecided})
		}
	}
	if e.check.unknownGrants {
		u.things = append(u.things, unknown{Thing: Thing{Grants: true}, ways: 2, pick: undecided})
	}
	for i := range d.Steps {
		u.open(i, &d.Steps[i])
	}
	u.sample()
	return u
}

// open takes a statement or a grant in whose match rests on a key that is not
// known.
func (u *unknowns) open(index int, step *Step) {
	c := u.e.check
	var keys []string
	if step.Policy == GrantStep {
		keys = grantKeys(c, step)
	} else if p := c.Policies[step.Policy]; c.applies.Has(p.Type) {
		keys = u.statementKeys(step, &p.statements[step.Statement])
	}
	open := openStep{step: index, effect: step.Effect}
	for _, key := range keys {
		if i, ok := u.thing(key); ok && !slices.Contains(open.keys, i) {
			open.keys = append(open.keys, i)
		}
	}
	if len(open.keys) > 0 {
		step.Open, open.work = true, u.work(step)
		u.steps = append(u.steps, open)
	}
}

// work is how many steps it takes to match a statement or a grant again.
func (u *unknowns) work(step *Step) int {
	if step.Policy == GrantStep {
		return perMatch + perGrant
	}
	return perMatch + u.e.check.Policies[step.Policy].statements[step.Statement].work(u.e.check)
}

// thing finds a key that is not known among the things, or adds it.
func (u *unknowns) thing(key string) (int, bool) {
	lower := strings.ToLower(key)
	if i, known := u.keys[lower]; known {
		return i, true
	}
	full := len(u.things) >= maxUnknowns
	if full && u.spent || !u.e.check.unknownKey(lower) {
		return 0, false
	}
	if full {
		u.spent = true
		return 0, false
	}
	if u.keys == nil {
		u.keys = map[string]int{}
	}
	u.things = append(u.things, unknown{Thing: Thing{Key: key, Path: lower == principalARN && u.e.check.Principal.UnknownPath},
		pick: undecided})
	u.keys[lower] = len(u.things) - 1
	return len(u.things) - 1, true
}

// statementKeys is the keys that a statement reads, if all that is known of the
// request matches it.
func (u *unknowns) statementKeys(step *Step, s *statement) (keys []string) {
	switch step.Miss {
	case Matched, MissCondition, MissResource:
	default:
		return nil
	}
	if step.Miss == MissResource && !slices.ContainsFunc(s.variables, u.e.check.unknownKey) {
		return nil
	}
	keys = slices.Clone(s.spelled)
	for i := range s.tests {
		t := &s.tests[i]
		if !u.reads(t.Key()) && !slices.ContainsFunc(t.Variables(), u.reads) && !t.Match(&u.known, &u.e.scratch).Match {
			return nil
		}
		if keys = append(keys, s.Condition.Tests[i].Key.Value); s.spelledIn != nil {
			keys = append(keys, s.spelledIn[i]...)
		}
	}
	return u.withImplied(s, keys)
}

// spelled gives the keys of variables as the policy spells them first.
func spelled(values []policy.Text, keys []string) []string {
	if len(keys) == 0 {
		return nil
	}
	as := map[string]string{}
	for _, v := range values {
		for _, rest, found := strings.Cut(v.Value, "${"); found; _, rest, found = strings.Cut(rest, "${") {
			key := rest[:max(strings.IndexAny(rest, "{}$,'*?"), 0)]
			rest = rest[len(key):]
			if lower := strings.ToLower(key); as[lower] == "" {
				as[lower] = key
			}
		}
	}
	out := slices.Clone(keys)
	for i, key := range out {
		if as[key] != "" {
			out[i] = as[key]
		}
	}
	return out
}

// reads reports whether a key is not known. aws:PrincipalArn is known but for
// its path, which few values tell of.
func (u *unknowns) reads(key string) bool {
	return u.e.check.unknownKey(key) || key == viaAWSService && u.e.check.derivedVia
}

// withImplied leaves out aws:PrincipalArn where no value tells of a path, and
// adds what aws:ViaAWSService follows from.
func (u *unknowns) withImplied(s *statement, keys []string) []string {
	if u.e.check.Principal.UnknownPath && !slices.ContainsFunc(s.paths, u.ofRole) {
		keys = slices.DeleteFunc(keys, func(key string) bool { return strings.EqualFold(key, principalARN) })
	}
	if u.e.check.derivedVia && slices.ContainsFunc(keys, func(key string) bool { return strings.EqualFold(key, viaAWSService) }) {
		keys = append(keys, throughKeys...)
	}
	return keys
}

func (u *unknowns) ofRole(p pathTest) bool { return p.role.Match(u.e.check.roleName) }

// grantKeys is the keys that the constraints of a grant read, if the grant is
// on the key, for the caller, and for the operation.
func grantKeys(c *Check, step *Step) (keys []string) {
	switch step.Miss {
	case Matched, MissSourceArn, MissConstraint, MissChild:
	default:
		return nil
	}
	g := &c.Grants[step.Statement]
	for _, constraint := range []*EncryptionContext{g.Equals, g.Subset} {
		if constraint != nil {
			for _, name := range constraint.Names {
				keys = append(keys, encryptionContext+name)
			}
		}
	}
	if g.SourceArn.Value != "" {
		keys = append(keys, "aws:SourceArn")
	}
	return keys
}

// sample finds the values of each key that differ in what they make match.
// Values that make no difference are one choice.
func (u *unknowns) sample() {
	raw := make([][]condition.Sample, len(u.things))
	for i := range u.things {
		raw[i] = u.values(i)
		u.spend(perMatch * len(raw[i]))
	}
	u.share(raw)
	for i := range u.things {
		if u.things[i].Key != "" {
			u.group(i, raw[i])
		}
	}
	for i := range u.steps {
		u.steps[i].prepare(u.things)
	}
}

// values is values that a key could have.
func (u *unknowns) values(i int) []condition.Sample {
	t := &u.things[i]
	switch key := strings.ToLower(t.Key); {
	case key == "":
		return nil
	case t.Path:
		return u.rolePaths(i)
	default:
		samples := condition.Samples(key, u.tests(i), &u.known, !u.e.check.sentUnknown(key))
		u.spent = u.spent || len(samples) >= condition.MaxSamples
		return slices.Concat(samples, u.fromResource(i), u.fromGrants(i))
	}
}

// share gives keys that one statement reads each other's values: where one is
// compared with the other, either can be what makes them equal.
func (u *unknowns) share(raw [][]condition.Sample) {
	own := slices.Clone(raw)
	for i := range u.steps {
		if len(u.steps[i].keys) < 2 || !u.compares(&u.steps[i]) {
			continue
		}
		for _, to := range u.steps[i].keys {
			for _, from := range u.steps[i].keys {
				if from != to {
					raw[to] = addSamples(raw[to], own[from])
				}
			}
		}
	}
}

// compares reports whether a test of a statement reads several keys.
func (u *unknowns) compares(s *openStep) bool {
	statement := u.statement(s)
	return statement != nil && slices.ContainsFunc(statement.tests, func(t condition.Test) bool { return t.HasVariables() })
}

func addSamples(to, from []condition.Sample) []condition.Sample {
	to = slices.Clip(to)
	for _, s := range from {
		known := slices.ContainsFunc(to, func(t condition.Sample) bool { return slices.Equal(t.Values, s.Values) })
		if s.Form != condition.FormAbsent && !known {
			to = append(to, s)
		}
	}
	return to
}

// group makes the choices of a key.
func (u *unknowns) group(i int, samples []condition.Sample) {
	t := &u.things[i]
	var marks []string
	for n := range samples {
		if u.spent && n > 0 {
			break
		}
		mark := u.mark(i, samples[n])
		if at := slices.Index(marks, mark); at >= 0 {
			t.samples[at] = append(t.samples[at], samples[n])
			continue
		}
		marks = append(marks, mark)
		t.samples = append(t.samples, samples[n:n+1:n+1])
	}
	t.ways = len(t.samples)
}

// tests is the tests of open statements that read a key.
func (u *unknowns) tests(thing int) (tests []*condition.Test) {
	key := strings.ToLower(u.things[thing].Key)
	for i := range u.steps {
		s := u.statement(&u.steps[i])
		if s == nil || !slices.Contains(u.steps[i].keys, thing) {
			continue
		}
		for n := range s.tests {
			if t := &s.tests[n]; t.Key() == key || slices.Contains(t.Variables(), key) {
				tests = append(tests, &s.tests[n])
			}
		}
	}
	return tests
}

// statement is the statement of a step, nil for a grant.
func (u *unknowns) statement(s *openStep) *statement {
	step := &u.e.decision.Steps[s.step]
	if step.Policy == GrantStep {
		return nil
	}
	return &u.e.check.Policies[step.Policy].statements[step.Statement]
}

// mark tells what a value makes of the statements that read this key alone.
// Where a statement reads other keys too, each value has a mark of its own.
func (u *unknowns) mark(thing int, sample condition.Sample) string {
	var b strings.Builder
	t := &u.things[thing]
	kept := t.samples
	t.samples, t.pick = [][]condition.Sample{{sample}}, 0
	for i := range u.steps {
		s := &u.steps[i]
		switch {
		case !slices.Contains(s.keys, thing):
		case len(s.keys) > 1:
			b.WriteString(strings.Join(sample.Values, "\x00") + string(rune('0'+sample.Form)))
		case u.rematch(s, s.keys).Miss == Matched:
			b.WriteByte('+')
		default:
			b.WriteByte('-')
		}
	}
	t.samples, t.pick = kept, undecided
	return b.String()
}

// fromResource is parts of the resource that a variable in a Resource element
// could stand for.
func (u *unknowns) fromResource(thing int) (samples []condition.Sample) {
	key := strings.ToLower(u.things[thing].Key)
	for i := range u.steps {
		s := u.statement(&u.steps[i])
		if s == nil || !slices.Contains(s.variables, key) {
			continue
		}
		for _, part := range strings.FieldsFunc(arnResource(u.e.check.Resource), func(r rune) bool { return r == '/' || r == ':' }) {
			samples = append(samples, condition.Sample{Form: condition.FormIs, Of: part, Values: []string{part}})
		}
		break
	}
	return samples
}

// fromGrants is the values that the constraints of grants want.
func (u *unknowns) fromGrants(thing int) (samples []condition.Sample) {
	is := func(v string) {
		samples = append(samples, condition.Sample{Form: condition.FormIs, Of: v, Values: []string{v}})
	}
	for i := range u.steps {
		step := &u.e.decision.Steps[u.steps[i].step]
		if step.Policy != GrantStep || !slices.Contains(u.steps[i].keys, thing) {
			continue
		}
		g := &u.e.check.Grants[step.Statement]
		for _, constraint := range []*EncryptionContext{g.Equals, g.Subset} {
			for n := 0; constraint != nil && n < len(constraint.Names); n++ {
				if strings.EqualFold(encryptionContext+constraint.Names[n], u.things[thing].Key) {
					is(constraint.Values[n])
				}
			}
		}
		if strings.EqualFold(u.things[thing].Key, "aws:SourceArn") {
			is(g.SourceArn.Value)
		}
	}
	return samples
}

// rolePaths is ARNs that the caller's role could have: without a path, and with
// the paths that policies tell of.
func (u *unknowns) rolePaths(thing int) []condition.Sample {
	role := u.e.check.Principal.Role
	head, name := role[:strings.LastIndexByte(role, '/')+1], role[strings.LastIndexByte(role, '/')+1:]
	samples := []condition.Sample{{Form: condition.FormIs, Of: role, Values: []string{role}}}
	for _, s := range condition.Samples(principalARN, u.tests(thing), &u.known, false) {
		for _, v := range s.Values {
			if _, path, ok := strings.Cut(v, ":role/"); ok && strings.Contains(path, "/") {
				samples = append(samples, condition.Sample{Form: s.Form, Of: s.Of,
					Values: []string{head + path[:strings.LastIndexByte(path, '/')+1] + name}})
			}
		}
	}
	other := head + "another/path/" + name
	return append(samples, condition.Sample{Form: condition.FormOther, Values: []string{other}})
}

// maxTruths is how many choices of its keys a step keeps the truth of.
const maxTruths = 4096

func (s *openStep) prepare(things []unknown) {
	size := 1
	for _, k := range s.keys {
		size *= max(things[k].ways, 1)
		if size > maxTruths {
			size = 0
			break
		}
	}
	s.truths = make([]int8, size)
}
