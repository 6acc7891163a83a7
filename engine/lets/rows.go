package lets

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/condition"
)

// row is a row whose cells begin at some column.
type row struct {
	cells     []string
	says      engine.Says
	statement int
	asked     bool
}

// builder goes through the values of all columns.
type builder struct {
	check   *engine.Check
	policy  *engine.Policy
	columns []column
	picks   []int // a choice for each column
	cut     []string

	resourceKeys map[string]bool // that variables in Resource elements read, in lower case; made by inResource
}

// rows is the rows from a column on, with the picks of the columns before it.
// Choices with the same rows are one; a combination that can't be has none.
func (b *builder) rows(at int) []row {
	if at == len(b.columns) {
		return b.decide()
	}
	var members [][]int // the choices of each group
	var groups [][]row
	choices := b.columns[at].choices
	for i := range choices {
		b.picks[at] = i
		below := b.rows(at + 1)
		if len(below) == 0 {
			continue
		}
		for n := range below {
			below[n].asked = below[n].asked && choices[i].asked()
		}
		same := slices.IndexFunc(groups, func(g []row) bool { return slices.EqualFunc(g, below, row.same) })
		if same < 0 {
			groups, members = append(groups, below), append(members, []int{i})
			continue
		}
		members[same] = append(members[same], i)
		for n := range below {
			groups[same][n].asked = groups[same][n].asked || below[n].asked
		}
	}
	var out []row
	for i, group := range groups {
		label := Any
		if len(groups) > 1 || b.columns[at].partial {
			label = b.columns[at].label(members[i])
		}
		for _, r := range group {
			r.cells = append([]string{label}, r.cells...)
			out = append(out, r)
		}
	}
	return out
}

func (r row) same(other row) bool {
	return r.says == other.says && r.statement == other.statement && slices.Equal(r.cells, other.cells)
}

// decide puts the picks to the engine.
func (b *builder) decide() []row {
	check, ok := b.ask(func(column int) choice { return b.columns[column].choices[b.picks[column]] })
	if !ok {
		return nil
	}
	says, statement := check.Alone(b.policy)
	return []row{{says: says, statement: statement, asked: true}}
}

// ask finds what counts for a request with a choice for each column. It reports
// false where there can be no such request for which the policy counts: what the
// request carries follows from the rest of it.
func (b *builder) ask(of func(column int) choice) (*engine.Check, bool) {
	check, err := b.check.Ask(b.request(of))
	if err != nil || !check.Counts(b.policy) {
		return nil, false
	}
	for i := range b.columns {
		if b.columns[i].set == nil && !holds(check, b.columns[i].head, of(i)) {
			return nil, false
		}
	}
	return check, true
}

// request is the request at hand with a choice for each column.
func (b *builder) request(of func(column int) choice) engine.Request {
	asked := b.check.Asked()
	var context condition.Context
	var none engine.Unknown
	if asked.Unknown.None != nil {
		none = *asked.Unknown.None
		none.Keys = slices.Clone(none.Keys)
	}
	asked.Context.Each(func(key string, values []string) {
		if b.column(key) < 0 {
			context.Set(key, values...)
		}
	})
	for i := range b.columns {
		switch column, c := &b.columns[i], of(i); {
		case column.set != nil:
			column.set(&asked, c[0].values[0])
		case c[0].absent:
			none.Keys = append(none.Keys, column.head)
		default:
			context.Set(column.head, c[0].values...)
		}
	}
	asked.Context, asked.Unknown.None = context, &none
	return asked
}

// column is the one of a condition key, or -1.
func (b *builder) column(key string) int {
	return slices.IndexFunc(b.columns, func(c column) bool { return c.set == nil && strings.EqualFold(c.head, key) })
}

// holds reports whether a check has for a key what was chosen.
func holds(check *engine.Check, key string, c choice) bool {
	values, present := check.Context.Get(key)
	if c[0].absent {
		return !present && !check.UnknownKey(key)
	}
	return present && slices.Equal(values, c[0].values)
}

// telling says of each column whether its value makes a difference in any row.
func (b *builder) telling(rows []row) []bool {
	out := make([]bool, len(b.columns))
	for _, r := range rows {
		for i, cell := range r.cells {
			out[i] = out[i] || cell != Any
		}
	}
	return out
}
