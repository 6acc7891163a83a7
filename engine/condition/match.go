package condition

// Result is what a test says about a request.
type Result struct {
	Match bool
	Note  Note // why Match rests on something that could not be judged
}

// Match judges the request. Scratch is memory for values of variables, used
// again from test to test.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
func (t *Test) Match(ctx *Context, scratch *[]byte) Result {
	if t.operator == nil {
		return Result{unknownMatches, NoteUnknownOperator}
	}
	values := ctx.lookup(t.key)
	switch {
	case t.operator.kind == null:
		return t.matchNull(values)
	case len(values) == 0:
		return Result{Match: t.missing()}
	case t.set == forAll:
		return t.matchAll(values, ctx, scratch)
	case t.set == forAny:
		return t.matchAny(values, ctx, scratch)
	case len(values) > 1:
		return Result{severalMatch, NoteSeveralValues}
	}
	return t.matchOne(values[0], ctx, scratch)
}

// missing is the answer where the key is absent, or present without a value.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
func (t *Test) missing() bool {
	switch t.set {
	case forAll:
		return !t.operator.negated || t.optional || forAllNegatedMissing
	case forAny:
		return t.optional && forAnyIfExistsMissing
	}
	return t.optional || t.operator.negated
}

// matchNull compares whether the key is absent with true and false. A key with
// nothing but empty strings is as good as absent: false stands for a value that
// is not null.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
func (t *Test) matchNull(values []string) Result {
	absent := isNull(values)
	note := NoteNone
	for i := range t.values {
		v := &t.values[i]
		if !v.readable {
			note = NoteBadPolicyValue
		} else if v.operand.truth == absent {
			return Result{Match: true}
		}
	}
	return Result{false, note}
}

func isNull(values []string) bool {
	for _, v := range values {
		if v != "" {
			return false
		}
	}
	return true
}

// matchAll is ForAllValues: each value of the request satisfies the operator. An
// empty string is no value to it.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
func (t *Test) matchAll(values []string, ctx *Context, scratch *[]byte) Result {
	all, each := Result{Match: true}, judged{}
	for i, text := range values {
		if text == "" {
			continue
		}
		one := t.result(values, i, &each, ctx, scratch)
		if !one.Match && one.Note == NoteNone {
			return one
		}
		all = Result{all.Match && one.Match, max(all.Note, one.Note)}
	}
	return all
}

// matchAny is ForAnyValue: at least one value of the request satisfies the
// operator.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
func (t *Test) matchAny(values []string, ctx *Context, scratch *[]byte) Result {
	some, each := Result{}, judged{}
	for i := range values {
		one := t.result(values, i, &each, ctx, scratch)
		if one.Match && one.Note == NoteNone {
			return one
		}
		some = Result{some.Match || one.Match, max(some.Note, one.Note)}
	}
	return some
}

// matchOne judges one value of the request: a positive operator wants it to
// compare with at least one value of the policy, a negated one with none.
//
// choice: what can't be read, and a variable without a value, compares with
// nothing; for variables AWS says so.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func (t *Test) matchOne(text string, ctx *Context, scratch *[]byte) Result {
	actual, ok := readContext(t.operator.kind, text)
	if !ok {
		return Result{t.operator.negated, NoteBadContextValue}
	}
	note := NoteNone
	for i := range t.values {
		hit, why := t.compare(&t.values[i], &actual, ctx, scratch)
		if hit {
			return Result{Match: !t.operator.negated}
		}
		note = max(note, why)
	}
	return Result{t.operator.negated, note}
}

// compare compares with one value of the policy.
func (t *Test) compare(v *value, actual *operand, ctx *Context, scratch *[]byte) (bool, Note) {
	var read operand
	expected, why := t.expected(v, &read, ctx, scratch)
	if why != NoteNone {
		return false, why
	}
	return t.operator.compares(actual, expected), NoteNone
}

// expected is what a value of the policy is read as. Where it has variables, it
// is read anew, into read.
func (t *Test) expected(v *value, read *operand, ctx *Context, scratch *[]byte) (*operand, Note) {
	if !v.pattern.HasVariables() {
		if !v.readable {
			return nil, NoteBadPolicyValue
		}
		return &v.operand, NoteNone
	}
	text, unresolved := v.pattern.Expand(ctx, scratch)
	if unresolved != "" {
		return nil, NoteUnresolvedVariable
	}
	var ok bool
	if *read, ok = readPolicy(t.operator.kind, text); !ok {
		return nil, NoteBadPolicyValue
	}
	return read, NoteNone
}
