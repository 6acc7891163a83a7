package combine

import (
	"slices"

	"why403/engine"
)

// Alone is what each side does by itself for one service, in one account.
type Alone struct {
	Table *Table
	Cells []Cell // one for each of AloneColumns
}

// Cell is what came of one column.
type Cell struct {
	None    bool // there is no such case
	Outcome engine.Outcome
	Reason  string
}

// AloneColumn is a case that is looked at in every service.
type AloneColumn struct {
	Side  string // what is there, for people
	Short string // what the rest of it says, under the side
	Name  string // for programs
	Form  Form   // of the resource's policy
	IAM   Form   // of the identity-based policy
}

// Label is the whole head of the column.
func (c *AloneColumn) Label() string { return c.Side + ": " + c.Short }

const (
	identityAlone = "Identity-based policy allows"
	resourceAlone = "Resource-based policy alone allows"
)

// AloneColumns are the two sides alone: the caller's beside a policy that says
// nothing and beside none, then the resource's.
var AloneColumns = []AloneColumn{
	{identityAlone, "resource-based policy silent", "identity", Silent, Allows},
	{identityAlone, "no resource-based policy", "identity-absent", Absent, Allows},
	{"No policy", "on either side", "nothing", Absent, Silent},
	{resourceAlone, "names session", "session", Caller, Silent},
	{resourceAlone, "names role", "role", Role, Silent},
	{resourceAlone, "names account", "account", Account, Silent},
	{resourceAlone, "names everyone", "everyone", Everyone, Silent},
}

// key is KMS as the other services are: without grants.
var key = subject{"kms", "KMS", "kms:Decrypt", "arn:aws:kms:us-east-1:OWNER:key/1234abcd-12ab-34cd-56ef-1234567890ab"}

// listed is the services of which people ask whether an Allow on one side is
// enough, in the order of a list that they know.
var listed = []string{"s3", "sqs", "sns", "ses", "kms", "states", "events", "glue", "es", "execute-api", "logs", "lex", "acm-pca",
	"secretsmanager", "elasticfilesystem", "backup", "ecr", "lambda", "sts"}

// SameAccountAlone decides, for each service, what each side does by itself
// where caller and resource are in one account: first the services that people
// ask about, then the others.
func SameAccountAlone() []Alone {
	all := append([]subject{key}, subjects...)
	place := func(s subject) int {
		if i := slices.Index(listed, s.id); i >= 0 {
			return i
		}
		return len(listed)
	}
	slices.SortStableFunc(all, func(a, b subject) int { return place(a) - place(b) })
	out := make([]Alone, len(all))
	for i := range all {
		out[i] = all[i].alone()
	}
	return out
}

func (s *subject) alone() Alone {
	a := Alone{Table: s.table()}
	for _, column := range AloneColumns {
		c := Case{SameAccount, [4]Form{column.Form, column.IAM, None, None}}
		if !a.Table.has(c) {
			a.Cells = append(a.Cells, Cell{None: true})
			continue
		}
		row := a.Table.row(c)
		a.Cells = append(a.Cells, Cell{Outcome: row.Outcome, Reason: row.Reason})
	}
	return a
}

// has reports whether the table has a case.
func (t *Table) has(c Case) bool {
	for i := range t.Parts {
		if !slices.ContainsFunc(t.Parts[i].Words, func(w Word) bool { return w.Form == c.Forms[i] && (w.In == "" || w.In == c.Mode) }) {
			return false
		}
	}
	return true
}
