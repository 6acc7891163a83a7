package condition

// perARN is how many steps it takes to take two ARNs apart, besides; perVariable to find
// out whether a key of a policy variable is known.
const (
	perARN      = 32
	perVariable = 32
)

// Work is about how many steps the test takes to judge a request, see
// [policy.Pattern.Work]: each value of the request is held against each of the
// policy. Where it has none, those of the policy are told.
func (t *Test) Work(ctx *Context) int {
	values := ctx.lookup(t.key)
	if t.operator == nil || len(values) > 1 && t.set == single {
		return len(values)
	}
	if len(values) == 0 {
		return len(t.values) + perVariable*len(t.variables)
	}
	bytes := 0
	for _, v := range values {
		bytes += len(v)
	}
	n := len(values) + perVariable*len(t.variables)
	if t.operator.kind == arn {
		n += perARN * len(values) * len(t.values)
	}
	for i := range t.values {
		n += t.values[i].pattern.Work(ctx, len(values), bytes)
	}
	return n
}
