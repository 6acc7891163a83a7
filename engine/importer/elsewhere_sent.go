package importer

// beforePolicies are answers to requests that AWS did not get, or not from
// somebody it knows, or for something that there is not.
var beforePolicies = []elsewhere{
	{phrases: "i/o timeout | no such host | connection refused | context deadline exceeded | could not connect to the endpoint url | " +
		"connect timeout on endpoint url | unable to execute http request | check your task network configuration | " +
		"connection reset by peer | getaddrinfo enotfound | etimedout & amazonaws.com",
		kind: "a request that did not reach AWS", why: "The network did not carry the request, so nothing was decided.",
		look: "Routes, DNS, security groups and VPC endpoints between the caller and the service",
		page: "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html"},
	{phrases: "resourceinitializationerror & service call has been retried", kind: "ECS's message about a task, without its end",
		isPolicy: true,
		why:      "The text ends before AWS says what refused the request.", look: "The whole stoppedReason: aws ecs describe-tasks",
		page: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html"},
	{phrases: "missing credentials in config | profile could not be found | failed to load sso token | error loading sso token",
		kind: "missing credentials", why: "The request was never sent: the program found no credentials.",
		look: "aws sts get-caller-identity in the same shell, pod or function",
		page: "https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html"},
	{phrases: "session token not found or invalid", kind: "a session of IAM Identity Center that has ended",
		why: "The sign-in to the access portal has expired.", look: "aws sso login, and the session duration of Identity Center",
		page: "https://docs.aws.amazon.com/singlesignon/latest/userguide/configure-user-session.html"},
	{phrases: "has the environment been bootstrapped | is this account bootstrapped | please run 'cdk bootstrap'",
		kind: "an environment that the CDK has not prepared", why: "The CDK did not find its bootstrap stack.",
		look: "cdk bootstrap in this account and Region, and the Region of the command",
		page: "https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html"},
	{phrases: "not authorized for images", kind: "an AMI that the account may not launch", isPolicy: true,
		why:  "The owner has not shared the AMI with this account, or the account has not subscribed to it in AWS Marketplace.",
		look: "aws ec2 describe-images --image-ids, in this account and Region",
		page: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html"},
	{phrases: "authorization_failure & mqtt", kind: "the refusal of AWS IoT Core",
		why:  "An AWS IoT policy that is attached to the certificate or the thing group decides this, not IAM.",
		look: "aws iot list-attached-policies --target, with the certificate's ARN, and paste the policy",
		page: "https://docs.aws.amazon.com/iot/latest/developerguide/iot-policies.html"},
	{phrases: "email address is not verified", kind: "an address that Amazon SES does not know", isPolicy: true,
		why:  "SES sends from verified identities, and to them alone while the account is in the sandbox.",
		look: "aws sesv2 list-email-identities, in this Region",
		page: "https://docs.aws.amazon.com/ses/latest/dg/request-production-access.html"},
	{phrases: "arn:aws:kms: & does not exist | kms key arn:aws:kms & non existent | invalid arn & kms & not found",
		kind: "a key that does not exist", isPolicy: true,
		why:  "KMS found no key with this ARN in this Region.",
		look: "aws kms describe-key --key-id, with the Region of the ARN",
		page: "https://docs.aws.amazon.com/kms/latest/developerguide/find-cmk-id-arn.html"},
	{phrases: "nosuchbucket | nosuchkey | the specified bucket does not exist | the specified key does not exist | " +
		"resourcenotfoundexception | nosuchentity | (404) when calling", kind: "something that does not exist", isPolicy: true,
		why:  "The request was let in, or its name is wrong: AWS found nothing there.",
		look: "The name, the account and the Region of the request",
		page: "https://docs.aws.amazon.com/general/latest/gr/rande.html"},
}
