package source

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"why403/engine/policy"
)

// literal gives a text, a Boolean, a number or null. Numbers are texts: an
// account is one.
func literal(e *hclsyntax.LiteralValueExpr) policy.Node {
	switch v := e.Val; {
	case v.IsNull() || !v.IsKnown():
		return policy.Node{Kind: policy.Null, Closed: true}
	case v.Type() == cty.Bool && v.True():
		return policy.Node{Kind: policy.Bool, Value: "true", Closed: true}
	case v.Type() == cty.Bool:
		return policy.Node{Kind: policy.Bool, Value: "false", Closed: true}
	case v.Type() == cty.Number:
		if n, exact := v.AsBigFloat().Int64(); exact == big.Exact { // much faster
			return stringNode(strconv.FormatInt(n, 10))
		}
		return stringNode(v.AsBigFloat().Text('f', -1))
	case v.Type() == cty.String:
		return stringNode(v.AsString())
	}
	return policy.Node{Kind: policy.Null, Closed: true}
}

// sortBy sorts names by a number of each.
func sortBy(names []string, number func(string) int) {
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(number(a), number(b)) })
}
