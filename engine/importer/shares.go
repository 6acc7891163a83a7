package importer

import (
	"strings"

	"why403/engine/policy"
)

// isShares reports whether a text is what AWS RAM prints: policies as JSON
// strings.
//
// https://docs.aws.amazon.com/cli/latest/reference/ram/get-resource-policies.html
func isShares(p *paste) bool {
	all := items(p.root, "policies")
	for _, n := range all {
		if n.Kind != policy.String || !strings.Contains(n.Value, "Statement") {
			return false
		}
	}
	return len(all) > 0
}

// useShares takes the policies that AWS RAM wrote for shared resources, each to
// the resource that it names.
func (p *paste) useShares() {
	all := few(items(p.root, "policies"))
	taken := map[string]bool{}
	for i := range all {
		document, ok := p.document(all[i])
		if !ok {
			return
		}
		root, _ := policy.ParseJSON("", document)
		arn := sharedResource(root)
		if taken[arn] {
			p.unknown("Another policy of " + firstOf(oneLine(arn), "a resource that it does not name") + ": one is taken of each resource")
			continue
		}
		taken[arn] = true
		p.useShare(root, document, arn)
	}
}

// useShare takes one of them. The first gives an unknown request its resource.
func (p *paste) useShare(root *policy.Node, document, arn string) {
	if arn != "" {
		p.needRequest()
		p.resourceAt(arn)
		if !p.mine(arn) {
			if !p.attach(arn, "policy.json", document) {
				p.unknown("A policy of " + oneLine(arn) + ": it is not taken")
			}
			return
		}
	}
	p.useResourcePolicy(root, document, "", ofResource[:1])
}

// sharedResource is the one resource that all statements of a policy name, or "".
func sharedResource(root *policy.Node) (arn string) {
	for _, s := range statements(root) {
		for _, r := range oneOrMore(s, "Resource") {
			if arn != "" && arn != r.Value || strings.ContainsAny(r.Value, "*?") {
				return ""
			}
			arn = r.Value
		}
	}
	return arn
}
