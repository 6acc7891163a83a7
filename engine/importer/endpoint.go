package importer

import (
	"strings"

	"why403/engine/policy"
)

// useEndpoints takes what aws ec2 describe-vpc-endpoints prints.
//
// https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
func (p *paste) useEndpoints() {
	endpoints := items(p.root, "VpcEndpoints")
	n := p.chooseEndpoint(endpoints)
	if n == nil {
		if len(endpoints) == 0 {
			p.hasNone("endpoint")
			p.notUsed("The VPC endpoint: there is none in this output")
		}
		return
	}
	id, kind := str(n, "VpcEndpointId"), strings.ToLower(str(n, "VpcEndpointType"))
	p.fact("VPC endpoint", id+" ("+firstOf(kind, "unknown type")+") for "+str(n, "ServiceName"))
	if service := lastPart(strings.ReplaceAll(str(n, "ServiceName"), ".", "/")); service != "" && !sameService(service,
		serviceOf(p.asked("action"))) {
		p.unknown("Whether the request goes through this endpoint: it is for " + oneLine(service) + ", and the request is for " +
			p.asked("action"))
	}
	policyNode := get(n, "PolicyDocument")
	if policyNode == nil || policyNode.Kind == policy.Null {
		p.notUsed("The policy of the endpoint: this kind of endpoint has none")
		return
	}
	document, ok := p.document(policyNode)
	if !ok {
		return
	}
	p.needRequest()
	s := p.request()
	if kind == "gateway" {
		setLine(s, "endpoint-type", kind)
	} else {
		setLine(s, "endpoint-type")
	}
	f := facts{}
	f.add("aws:SourceVpce", id)
	f.add("aws:SourceVpc", str(n, "VpcId"))
	p.addLines(f.context)
	if lineOf(s, "aws:SourceIp") != "" {
		p.unknown("aws:SourceIp: it is absent in requests through a VPC endpoint. Remove its line, or write aws:VpcSourceIp")
	}
	p.put("endpoint.json", document)
}

// sameService compares the name of an endpoint service with the prefix of an
// action.
func sameService(endpoint, asked string) bool {
	return asked == "" || asked == "unknown" || strings.HasPrefix(endpoint, asked) || strings.HasPrefix(asked, endpoint) ||
		endpoint == "monitoring" && asked == "cloudwatch" || endpoint == "dkr" || endpoint == "api"
}

func (p *paste) chooseEndpoint(endpoints []*policy.Node) *policy.Node {
	var mine *policy.Node
	for i := range endpoints {
		n := endpoints[i]
		id := str(n, "VpcEndpointId")
		if len(endpoints) > 1 {
			p.offer(id, id+" for "+str(n, "ServiceName")+" in "+str(n, "VpcId"))
		}
		if id != "" && id == firstOf(p.choice, p.asked("aws:SourceVpce")) || len(endpoints) == 1 {
			mine = n
		}
	}
	return mine
}
