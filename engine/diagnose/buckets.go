package diagnose

import (
	"strings"

	"why403/engine"
)

// awsBuckets is the names of buckets that are AWS's own, with a star for the
// Region or an ID, and the page that lists them. Instances, tasks and stacks use
// them, so that the policy of a gateway endpoint has to let them in.
var awsBuckets = []struct{ names, what, page string }{
	{"prod-*-starport-layer-bucket", "the layers of images in Amazon ECR",
		"https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html"},
	{"aws-ssm-* aws-windows-downloads-* amazon-ssm-* *-birdwatcher-prod aws-ssm-distributor-file-* aws-ssm-document-attachments-* " +
		"patch-baseline-snapshot-* aws-patchmanager-macos-*", "AWS Systems Manager",
		"https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html"},
	{"amazonlinux.* amazonlinux-2-repos-* al2023-repos-* repo.*.amazonaws.com packages.*.amazonaws.com", "the packages of Amazon Linux",
		"https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html"},
	{"cloudformation-custom-resource-response-* cloudformation-waitcondition-*", "the answers to AWS CloudFormation",
		"https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/vpc-interface-endpoints.html"},
}

// awsBucket is whose bucket a request is for, where it is AWS's own, or "".
func awsBucket(resource string) (what string) {
	if engine.ARNPart(resource, 2) != "s3" {
		return ""
	}
	bucket, _, _ := strings.Cut(engine.ARNPart(resource, 5), "/")
	for _, row := range awsBuckets {
		for name := range strings.FieldsSeq(row.names) {
			before, after, _ := strings.Cut(name, "*")
			if len(bucket) > len(before)+len(after) && strings.HasPrefix(bucket, before) && strings.HasSuffix(bucket, after) {
				return row.what
			}
		}
	}
	return ""
}

// awsOwned is that the bucket is AWS's own.
var awsOwned = explanation{
	id: "aws-bucket", proof: "The bucket's name in AWS's list of the buckets that the service uses.",
	text: func(s *state) string {
		return "The bucket has the name of one of AWS's own, for " + awsBucket(s.check.Resource) + ": a VPC endpoint policy, or a policy that " +
			"asks for your own account or organization (aws:ResourceAccount, aws:ResourceOrgID), has to make an exception for it."
	},
	possible: func(s *state) (string, bool) {
		return "Its policy is AWS's, and lets everybody in.", awsBucket(s.check.Resource) != "" && s.said.Type != "resource"
	},
	weight: constant(88), ruledOut: never, proved: never,
	doc: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html",
}
