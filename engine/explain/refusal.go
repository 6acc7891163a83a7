package explain

import "why403/engine"

// refusal is the words for one.
type refusal struct {
	verdict string
	because string // ends AWS's sentence
	message string // in the place of AWS's sentence
	doc     string
}

// said is what AWS prints, where its sentence begins with this text.
func (r refusal) said(text string) string {
	if r.message != "" {
		return r.message
	}
	return text + r.because
}

// refusals is what a service refuses by itself, in a sentence, with what AWS
// prints after the action and the resource, or instead of that.
var refusals = map[engine.Refusal]refusal{
	engine.RefusedPublicACL: {
		"The request puts an ACL that is public, and BlockPublicAcls of BPA refuses that.",
		" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access", "",
		"https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	engine.RefusedPolicy: {
		"The policy that is put is public, and BlockPublicPolicy of BPA refuses that.",
		" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access", "",
		"https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
	},
	engine.RefusedACL: {
		"The bucket has ACLs disabled (BucketOwnerEnforced), so S3 refuses a request with an ACL other than bucket-owner-full-control. Send " +
			"none.",
		"", "The bucket does not allow ACLs",
		"https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
	},
	engine.RefusedUnsigned: {
		"What a KMS key encrypts can't be read or written without a signature, whatever the key policy says.",
		"", "Requests specifying Server Side Encryption with AWS KMS managed keys require AWS Signature Version 4.",
		"https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
	},
	engine.RefusedOrganization: {
		"An S3 policy of the organization sets Block Public Access for the account, and the account can't change it.",
		"", "Access Denied",
		"https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3.html",
	},
	engine.RefusedWithoutPayer: {
		"The bucket is a Requester Pays bucket: callers of other accounts must be signed in and say that they pay (x-amz-request-payer: " +
			"requester). No policy changes that.",
		"", "Access Denied",
		"https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html",
	},
}

// refusal is the words for what refuses.
func (x *explainer) refusal() refusal {
	if x.decision.Refusal != engine.RefusedBeside {
		return refusals[x.decision.Refusal]
	}
	b, _ := x.check.Beside()
	return refusal{"IAM allows " + x.check.Action + ". " + b.Noun + " does not, and both have to let the caller in. Look at " + b.Look +
		".", "", b.Says, b.Doc}
}

// refused reports whether a service's own refusal is what denies.
func (x *explainer) refused() bool {
	return x.decision.Refusal != engine.NoRefusal && !x.decision.Denies.Has(x.decision.DeniedBy)
}
