package condition

// judged is what some values of the request came to.
type judged struct {
	results    [128]Result
	first, end int // of the values
}

// result is that of one value of the request. Where the policy has variables,
// the values after it are judged with it: what a variable stands for is then
// put together once for all of them, not once for each.
func (t *Test) result(values []string, i int, j *judged, ctx *Context, scratch *[]byte) Result {
	if !t.HasVariables() {
		return t.matchOne(values[i], ctx, scratch)
	}
	if i >= j.end {
		j.first, j.end = i, min(i+len(j.results), len(values))
		t.judge(values[j.first:j.end], j.results[:j.end-j.first], ctx, scratch)
	}
	return j.results[i-j.first]
}

// judge is matchOne for each of several values, but for those after one that
// decides for the set.
func (t *Test) judge(values []string, results []Result, ctx *Context, scratch *[]byte) {
	negated := t.operator.negated
	decisive := (t.set == forAny) != negated // a hit settles what the set operator says
	for j := range results {
		results[j] = Result{Match: negated}
	}
	for i := range t.values {
		var read operand
		expected, why := t.expected(&t.values[i], &read, ctx, scratch)
		for j, text := range values {
			if results[j].Match != negated {
				continue // an earlier value of the policy was hit
			}
			actual, ok := readContext(t.operator.kind, text)
			switch {
			case !ok:
				results[j].Note = NoteBadContextValue
			case why != NoteNone:
				results[j].Note = max(results[j].Note, why)
			case t.operator.compares(&actual, expected):
				results[j] = Result{Match: !negated}
				if decisive && (text != "" || t.set == forAny) {
					return
				}
			}
		}
	}
}
