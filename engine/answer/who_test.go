package answer_test

import (
	"fmt"
	"strings"
	"testing"

	"why403/engine/answer"
	"why403/engine/scenario"
)

// So many principals that all would take seconds are looked at in part, and that
// is told: the fewer, the more statements there are to look at.
func TestWhoBound(t *testing.T) {
	roles := func(n, statements int) *scenario.File {
		var b strings.Builder
		for _, name := range []string{"a", "b"} {
			b.WriteString("-- request/" + name + " --\n" + bob + "action: s3:GetObject\nresource: arn:aws:s3:::b/x\nresource-account: " +
				"111122223333\n")
		}
		b.WriteString("-- account/111122223333/scp/1-root/p.json --\n{\"Statement\": [" +
			strings.TrimSuffix(strings.Repeat("{\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"},", statements), ",") + "]}\n")
		for i := range n {
			fmt.Fprintf(&b, "-- entity/r%d --\narn: arn:aws:iam::111122223333:role/r%d\n", i, i)
		}
		return scenario.Parse(b.String())
	}
	for _, c := range []struct{ roles, statements, least, most int }{
		{500, 1, 500, 500},
		{16_000, 1, 3_000, 5_000},
		{2_000, 5_000, 50, 150},
	} {
		m := answer.AskAll(roles(c.roles, c.statements))
		n := len(m.Principals)
		if m.All != c.roles || n < c.least || n > c.most || len(m.Cells) != 2*n {
			t.Fatalf("%d roles, %d statements: %d cells of %d principals", c.roles, c.statements, len(m.Cells), n)
		}
		if last := &m.Cells[2*n-1]; last.Request != "b" || last.Principal != m.Principals[n-1].ARN {
			t.Errorf("the last cell is %+v", last)
		}
		told := fmt.Sprintf("Looked at %d of %d principals", n, c.roles)
		if bound := m.Bound(); (n < c.roles) != strings.HasPrefix(bound, told) || n == c.roles && bound != "" {
			t.Errorf("%d roles, %d statements: %q", c.roles, c.statements, bound)
		}
	}
}
