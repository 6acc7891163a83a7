package flow

const (
	s3UG  = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/"
	s3API = "https://docs.aws.amazon.com/AmazonS3/latest/API/"
	iamUG = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
)

// Row is one flow: calls of some actions make further checks.
type Row struct {
	Name    string // what tests and scenarios call it
	Actions string // that it is about, in lower case; a * at the end for the rest
	When    When
	If      string // what must be so, as a clause, where the world can leave it open
	Asks    []Ask
	Doc     string
}

// Ask is a further check. In the texts KEY stands for the ARN of the key,
// RESOURCE for the resource of the check that it follows from, WHOLE for what
// its policy is attached to (an object's bucket), REGION and ACCOUNT for those
// of the key, CALLERACCOUNT for the caller's account.
type Ask struct {
	As      string // who asks: "" for the same caller, a service principal, or the ARN of a session
	Actions string
	On      string // "" for the key
	Via     string // the service that asks KMS for the caller: s3 for kms:ViaService s3.REGION.amazonaws.com
	Context string // the encryption context: lines NAME=VALUE
	Keys    string // further condition keys: lines KEY=VALUE
	Why     string // a clause
}

// When is the fact that makes a flow.
type When struct {
	Encrypted bool   // the resource is encrypted with a KMS key
	Caller    string // who asks: "principal" for somebody in an account, "service" for any service, a service principal, or "" for all
	Key       string // the request carries a condition key of this name; a / at the end for any that begins so
}

// rows is every flow.
var rows = []Row{
	{"s3-get", "s3:getobject s3:getobjectversion", When{Encrypted: true}, "the object is encrypted with SSE-KMS",
		[]Ask{{Actions: "kms:Decrypt", Via: "s3", Context: "aws:s3:arn=RESOURCE", Why: "S3 has KMS decrypt the object's data key for the caller"}},
		s3UG + "UsingKMSEncryption.html"},
	{"s3-put", "s3:putobject", When{Encrypted: true}, "the object is to be encrypted with SSE-KMS",
		[]Ask{{Actions: "kms:GenerateDataKey", Via: "s3", Context: "aws:s3:arn=RESOURCE", Why: "S3 asks KMS for a data key for the caller"}},
		s3UG + "UsingKMSEncryption.html"},
	{"s3-copy", "s3:putobject", When{Key: "s3:x-amz-copy-source"}, "",
		[]Ask{{Actions: "s3:GetObject", On: "SOURCE", Why: "CopyObject reads its source"}},
		s3API + "API_CopyObject.html"},
	{"s3-put-acl", "s3:putobject", When{Key: "s3:x-amz-acl", Caller: "principal"}, "",
		[]Ask{{Actions: "s3:PutObjectAcl", On: "RESOURCE", Why: "the upload sets an ACL"}},
		s3API + "API_PutObject.html"},
	{"s3-put-tags", "s3:putobject", When{Key: "s3:requestobjecttag/"}, "",
		[]Ask{{Actions: "s3:PutObjectTagging", On: "RESOURCE", Why: "the upload sets tags"}},
		s3API + "API_PutObject.html"},
	{"function-url", "lambda:invokefunctionurl", When{}, "",
		[]Ask{{Actions: "lambda:InvokeFunction", On: "RESOURCE", Keys: "lambda:InvokedViaFunctionUrl=true", Why: "function URLs ask for it too since October 2025"}},
		"https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"},
	{"sts-tags", "sts:assumerole sts:assumerolewithsaml sts:assumerolewithwebidentity", When{Key: "aws:requesttag/"}, "",
		[]Ask{{Actions: "sts:TagSession", On: "RESOURCE", Why: "the call passes session tags"}},
		iamUG + "id_session-tags.html"},
	{"sts-source-identity", "sts:assumerole sts:assumerolewithsaml sts:assumerolewithwebidentity", When{Key: "sts:sourceidentity"}, "",
		[]Ask{{Actions: "sts:SetSourceIdentity", On: "RESOURCE", Why: "the call sets a source identity"}},
		iamUG + "id_credentials_temp_control-access_monitor.html"},
}

// Rows is every flow, for tables and tests.
func Rows() []Row { return rows }
