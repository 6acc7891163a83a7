package importer

import (
	"strings"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// blockPublicSettings are the settings of S3 Block Public Access.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
var blockPublicSettings = []string{"BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"}

// bucketLine gives every request to S3 a setting of its bucket.
func (p *paste) bucketLine(key, value string) {
	p.needRequest()
	used := false
	for i := range p.file.Sections {
		s := &p.file.Sections[i]
		_, ok := scenario.RequestName(s.Name)
		if service := serviceOf(lineOf(s, "action")); !ok || service != "s3" && service != "unknown" {
			continue
		}
		used = true
		if value == "" {
			setLine(s, key)
		} else {
			setLine(s, key, value)
		}
	}
	if !used {
		p.notUsed("This setting is not used: the request is for " + p.asked("action") + ", not for S3")
		return
	}
	p.out.Text = p.file.Format()
}

func (p *paste) useBlockPublic() {
	p.blockPublic(get(p.root, "PublicAccessBlockConfiguration"))
}

// blockPublic takes the settings of Block Public Access. AWS Config writes their
// names with a small letter first.
func (p *paste) blockPublic(settings *policy.Node) {
	var on []string
	for _, setting := range blockPublicSettings {
		if firstOf(str(settings, setting), str(settings, strings.ToLower(setting[:1])+setting[1:])) == "true" {
			on = append(on, setting)
		}
	}
	p.understood("Block Public Access: " + firstOf(strings.Join(on, " "), "nothing is blocked"))
	p.unknown("Block Public Access of the account: these are the settings of one place, and S3 takes the stricter ones of bucket and account")
	p.bucketLine("block-public-access", strings.Join(on, " "))
}

func (p *paste) useOwnership() {
	ownership := str(p.root, "OwnershipControls/Rules/0/ObjectOwnership")
	if bad("object-ownership", ownership) || !plain(ownership) {
		p.problem(p.root.Span, "bad-ownership", "ObjectOwnership is BucketOwnerEnforced, BucketOwnerPreferred or ObjectWriter.")
		return
	}
	p.fact("Object Ownership", ownership)
	p.bucketLine("object-ownership", ownership)
}

// useACL takes the ACL of a bucket or an object, which look alike.
func (p *paste) useACL() {
	section := "acl.json"
	p.offer("bucket", "The ACL of the bucket")
	p.offer("object", "The ACL of the object")
	p.out.Chosen = "bucket"
	if p.choice == "object" {
		section, p.out.Chosen = "object-acl.json", "object"
	} else {
		p.unknown("Whether this is the ACL of the bucket or of an object: they look alike, so it is read as the bucket's")
	}
	read := scenario.Parse("-- " + section + " --\n" + p.text)
	for _, problem := range read.Problems {
		if problem.Section != section {
			continue
		}
		if problem.Severity == policy.Error {
			p.problem(problem.Span, problem.Code, problem.Message)
		} else {
			p.unknown(problem.Message)
		}
	}
	if p.out.Problems != nil {
		return
	}
	if action := p.asked("action"); action != "" && serviceOf(action) != "s3" && serviceOf(action) != "unknown" {
		p.notUsed("This ACL is not used: the request is for " + action + ", not for S3")
		return
	}
	if p.asked("object-ownership") == "" {
		p.unknown("Object Ownership: by default it is BucketOwnerEnforced, which disables ACLs")
		p.next("Object Ownership of the bucket", "aws s3api get-bucket-ownership-controls --bucket "+
			quoted(firstOf(bucketOf(p.asked("resource")), "BUCKET")))
	}
	p.put(section, p.text)
}

// bucketOf is the bucket in an ARN of S3.
func bucketOf(arn string) string {
	if arnPart(arn, 2) != "s3" {
		return ""
	}
	bucket, _, _ := strings.Cut(arnPart(arn, 5), "/")
	return bucket
}
