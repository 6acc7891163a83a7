package engine

import (
	"slices"
	"strings"

	"why403/engine/policy"
)

// ARNPart gives one of the six parts of an ARN, by its index from 0; the sixth
// has the colons after the fifth. It is "" where the text has fewer parts.
func ARNPart(arn string, n int) string {
	found, rest := "", arn
	for i := range 5 {
		part, after, ok := strings.Cut(rest, ":")
		if !ok {
			return ""
		}
		if i == n {
			found = part
		}
		rest = after
	}
	if n == 5 {
		return rest
	}
	return found
}

// arnResource gives the sixth part of an ARN, colons and all.
func arnResource(arn string) string { return ARNPart(arn, 5) }

// above is the ARN that a part of a resource lies under: the bucket of an
// object, the table of an index, the function of an alias, the log group of a
// stream. It gives each in turn, the nearest first, and "" after the last.
// What IAM names with slashes are paths: no role lies under another.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
func above(arn string) string {
	if service := ARNPart(arn, 2); service == "iam" || service == "sts" {
		return ""
	}
	at := strings.LastIndexAny(arn, "/:")
	if at < 0 || at < len(arn)-len(arnResource(arn)) {
		return ""
	}
	return arn[:at]
}

// parted are the services whose resources have parts that share one policy,
// each with the kind of resource that this is about, what separates its parts,
// and how many of them the name of the whole has.
var parted = []struct {
	service, kind, by string
	pieces            int
}{
	{"s3", "accesspoint/", "/", 2},
	{"s3", "", "/", 1},
	{"execute-api", "", "/", 1},
	{"dynamodb", "table/", "/", 2},
	{"lambda", "function:", ":", 2},
	{"lambda", "layer:", ":", 2},
	{"logs", "log-group:", ":", 2},
	{"kinesis", "stream/", "/", 2},
	{"es", "domain/", "/", 2},
	{"vpc-lattice", "service/", "/", 2},
	{"s3tables", "bucket/", "/", 2},
}

// PolicyARN is the resource that the policy of a resource is attached to: the
// bucket of an object, the table of an index, the function of an alias.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
func PolicyARN(arn string) string {
	if policy.LogicalResource(arn) {
		return policy.Logical // any of the one stack
	}
	service, resource := ARNPart(arn, 2), arnResource(arn)
	if service == "glue" && resource != "" {
		// https://docs.aws.amazon.com/glue/latest/dg/security_iam_service-with-iam.html
		return strings.TrimSuffix(arn, resource) + "catalog"
	}
	for _, p := range parted {
		if p.service != service || !strings.HasPrefix(resource, p.kind) {
			continue
		}
		parts := strings.SplitAfterN(resource, p.by, p.pieces+1)
		if len(parts) <= p.pieces {
			return arn
		}
		return strings.TrimSuffix(strings.TrimSuffix(arn, parts[p.pieces]), p.by)
	}
	return arn
}

// Wholes lists what a resource can belong to: itself, what it lies under, the
// nearest first, and what its policy is attached to.
func Wholes(arn string) (out []string) {
	for at := arn; at != ""; at = above(at) {
		out = append(out, at)
	}
	if whole := PolicyARN(arn); !slices.Contains(out, whole) {
		out = append(out, whole)
	}
	return out
}

// Covers reports whether a resource belongs to an entity: it is the entity, or
// lies under it, as an object lies in a bucket.
func Covers(entity, resource string) bool { return slices.Contains(Wholes(resource), entity) }

func under(entity, resource string) bool {
	for ; resource != ""; resource = above(resource) {
		if resource == entity {
			return true
		}
	}
	return false
}

// PolicyTypes is the resources whose policy is of a type of its own, by the
// service and the kind of thing in their ARN.
var PolicyTypes = [...]struct {
	Of   string
	Type policy.Type
}{
	{"kms:key", policy.Key}, {"iam:role", policy.Trust}, {"ec2:vpc-endpoint", policy.Endpoint}, {"cloudformation:stack", policy.Stack},
}

// PolicyType is the type of the policy that a resource of this ARN has: one of
// PolicyTypes, or any other resource-based policy.
func PolicyType(arn string) policy.Type {
	kind, _, _ := strings.Cut(arnResource(arn), "/")
	of := ARNPart(arn, 2) + ":" + kind
	for i := range PolicyTypes {
		if PolicyTypes[i].Of == of {
			return PolicyTypes[i].Type
		}
	}
	return policy.Resource
}
