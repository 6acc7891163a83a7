package grid

import "why403/engine/answer"

// Who is what [answer.AskAll] tells: a row for each principal and request. It
// stands here, since what writes tables is not a part of page.wasm.
func Who(cells []answer.Who) *Grid {
	head := []string{"Principal", "ARN", "Request", "Action", "Resource", "Outcome", "Denied by", "How"}
	g := &Grid{Caption: "Who may", Head: head}
	for i := range cells {
		c := &cells[i]
		g.Rows = append(g.Rows, []string{c.Name, c.Principal, c.Request, c.Action, c.Resource, c.Outcome.String(), c.DeniedBy, c.Way})
	}
	return g
}
