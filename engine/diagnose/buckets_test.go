package diagnose

import "testing"

// TestAWSBucket: a bucket with the name of one of AWS's own is known as such, and
// others are not.
func TestAWSBucket(t *testing.T) {
	for resource, want := range map[string]string{
		"arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/a": "the layers of images in Amazon ECR",
		"arn:aws:s3:::aws-ssm-us-east-1/x":                    "AWS Systems Manager",
		"arn:aws:s3:::us-east-1-birdwatcher-prod/x":           "AWS Systems Manager",
		"arn:aws:s3:::al2023-repos-us-east-1-de612dc2/x":      "the packages of Amazon Linux",
		"arn:aws:s3:::aws-ssm-":                               "",
		"arn:aws:s3:::reports/prod-x-starport-layer-bucket":   "",
		"arn:aws:sqs:us-east-1:111122223333:aws-ssm-x":        "",
	} {
		if have := awsBucket(resource); have != want {
			t.Errorf("%s: %q, not %q", resource, have, want)
		}
	}
}
