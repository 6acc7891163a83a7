package importer

import (
	"strings"

	"why403/engine/policy"
)

// bucketActions are the actions of S3 that are for a bucket although they have
// another name than those of buckets.
const bucketActions = " s3:CreateBucket s3:DeleteBucket s3:ListBucket s3:ListBucketVersions s3:ListBucketMultipartUploads " +
	"s3:GetLifecycleConfiguration s3:PutLifecycleConfiguration " +
	"s3:GetEncryptionConfiguration s3:PutEncryptionConfiguration s3:GetReplicationConfiguration s3:PutReplicationConfiguration " +
	"s3:GetAccelerateConfiguration s3:PutAccelerateConfiguration " +
	"s3:GetAnalyticsConfiguration s3:GetInventoryConfiguration s3:GetMetricsConfiguration "

// forBucket reports whether an action of S3 is for a bucket, not for an object.
func forBucket(action string) bool {
	_, name, _ := strings.Cut(action, ":")
	return strings.Contains(name, "Bucket") || strings.Contains(bucketActions, " "+action+" ")
}

// where finds what a request was for in the words around a message.
func (a *around) where(text, action string) string {
	text = text[:runeEnd(text, maxAround)]
	service := serviceOf(action)
	switch service {
	case "s3":
		if action == "s3:ListAllMyBuckets" {
			return "*"
		}
		bucket, key := objectIn(text, action)
		if bucket == "" {
			return arnIn(text, "s3")
		}
		arn := "arn:" + policy.PartitionOf(a.region) + ":s3:::" + bucket
		if key != "" && !forBucket(action) {
			return arn + "/" + key
		}
		if key == "" && !forBucket(action) {
			return ""
		}
		return arn
	case "sqs":
		if arn := queueIn(text); arn != "" {
			return arn
		}
	case "sts":
		return roleIn(text)
	case "codecommit":
		if name := between(text+" ", "/v1/repos/", " "); isRegion(a.region) && name != "" {
			name = strings.Trim(name, "/':")
			return "arn:" + policy.PartitionOf(a.region) + ":codecommit:" + a.region + ":" + noAccount + ":" + name
		}
	case "ecr":
		if arn := repositoryIn(text); arn != "" {
			return arn
		}
	}
	return arnIn(text, service)
}

// locationMarks are words before the name of a bucket, or of a bucket and a
// key with a slash between them.
var locationMarks = []string{"for bucket: ", "LogDestination: ", "in S3 bucket ", "access S3 bucket ", "S3 Bucket (", "S3 bucket (",
	"S3 bucket \"", "GetObject for ", "Bucket name: ", "in bucket ", "to bucket ", "Listing bucket=", "for bucket ", "bucket: "}

// notBuckets are words that stand where the name of a bucket could.
const notBuckets = " policy policies the this that with from and for name configuration settings does not exist owner encryption access "

// objectIn finds a bucket and a key: as an address, a URL, or in the words of a
// tool. Of "s3://… to s3://…", the second is the one that is written to.
func objectIn(text, action string) (bucket, key string) {
	if bucket = between(text, "<BucketName>", "<"); bucket != "" {
		return bucket, between(text, "<Key>", "<")
	}
	if strings.HasPrefix(action, "s3:Put") || strings.HasPrefix(action, "s3:Abort") {
		if _, target, ok := strings.Cut(text, " to s3://"); ok {
			text = "s3://" + target
		}
	}
	for _, scheme := range []string{"s3://", "s3a://", "s3n://"} {
		for rest := text; ; {
			_, after, ok := strings.Cut(rest, scheme)
			if !ok {
				break
			}
			address, _ := value(after)
			if bucket, key, _ = strings.Cut(address, "/"); isBucket(bucket) {
				return bucket, key
			}
			rest = after
		}
	}
	for _, scheme := range []string{"https://", "Host: "} {
		for rest := text; ; {
			_, after, ok := strings.Cut(rest, scheme)
			if !ok {
				break
			}
			address, _ := value(after)
			if bucket, key = urlObject(address); bucket != "" {
				return bucket, key
			}
			rest = after
		}
	}
	if bucket = between(text, "artifact bucket '", "'"); isBucket(bucket) {
		return bucket, between(text, "object key '", "'")
	}
	if _, after, ok := strings.Cut(text, "S3 Bucket "); ok {
		if thing, _, ok := strings.Cut(after[:min(len(after), 48)], "("); ok && strings.Trim(thing, lowerLetters+upperLetters+" ") == "" {
			if bucket = between(after, "(", ")"); isBucket(bucket) {
				return bucket, ""
			}
		}
	}
	for _, words := range locationMarks {
		_, after, ok := strings.Cut(text, words)
		if !ok {
			continue
		}
		if strings.HasSuffix(words, "\"") {
			after = "\"" + after
		}
		name, _ := value(after)
		if bucket, key, _ = strings.Cut(name, "/"); isBucket(bucket) && !strings.Contains(notBuckets, " "+bucket+" ") {
			if key == "" {
				key = between(text, `object "`, `"`)
			}
			return bucket, key
		}
	}
	return "", ""
}

// isBucket reports whether a text can be the name of a bucket.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
func isBucket(text string) bool {
	return len(text) >= 3 && len(text) <= 63 && strings.Trim(text, lowerLetters+digit+".-") == "" &&
		strings.Trim(text[:1], lowerLetters+digit) == "" && strings.Trim(text[len(text)-1:], lowerLetters+digit) == ""
}

// urlObject reads the bucket and the key of a URL of S3, without its scheme.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
func urlObject(address string) (bucket, key string) {
	address, _, _ = strings.Cut(address, "?")
	host, path, _ := strings.Cut(address, "/")
	host, ok := strings.CutSuffix(strings.TrimSuffix(host, ".cn"), ".amazonaws.com")
	if !ok {
		return "", ""
	}
	path = percentDecoded(path)
	if at := strings.LastIndex("."+host, ".s3"); at > 0 && strings.IndexByte(".-", (host + ".")[at+2]) >= 0 {
		return host[:at-1], path
	}
	if strings.HasPrefix(host, "s3.") || strings.HasPrefix(host, "s3-") || host == "s3" {
		bucket, key, _ = strings.Cut(path, "/")
		return bucket, key
	}
	return "", ""
}

// queueIn finds the URL of a queue, and gives its ARN.
//
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
func queueIn(text string) string {
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "https://")
		if !ok {
			return ""
		}
		address, _ := value(after)
		parts := strings.Split(address, "/")
		region := strings.TrimPrefix(parts[0], "sqs.")
		if parts[0] == "queue.amazonaws.com" {
			region = anyRegion // the oldest has no name
		}
		region, _, _ = strings.Cut(strings.TrimSuffix(region, ".queue.amazonaws.com"), ".")
		if len(parts) == 3 && strings.Contains(parts[0], "amazonaws.com") && isAccount(parts[1]) && isRegion(region) && parts[2] != "" {
			return "arn:" + policy.PartitionOf(region) + ":sqs:" + region + ":" + parts[1] + ":" + parts[2]
		}
		rest = after
	}
}

// repositoryIn finds the name of an image in a registry of ECR, and gives the
// ARN of its repository.
//
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
func repositoryIn(text string) string {
	before, after, ok := strings.Cut(text, ".dkr.ecr.")
	region, path, _ := strings.Cut(after, ".amazonaws.com/")
	account := before[max(0, len(before)-12):]
	if !ok || !isAccount(account) || !isRegion(region) {
		return ""
	}
	name, _ := value(strings.TrimPrefix(path, "v2/"))
	name, _, _ = strings.Cut(name, "/manifests/")
	name, _, _ = strings.Cut(name, "@")
	name, _, _ = strings.Cut(name, ":")
	if name == "" {
		return ""
	}
	return "arn:" + policy.PartitionOf(region) + ":ecr:" + region + ":" + account + ":repository/" + name
}
