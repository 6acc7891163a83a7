package engine

import (
	"strings"

	"why403/engine/policy"
)

const allTypes = Types(1<<(policy.Stack+1) - 1)

// exemption is a reason why AWS does not look at some policy types.
type exemption struct {
	types Types
	when  func(*Check) bool
	doc   string
}

// exemptions is every such reason, a row for each.
var exemptions = [...]exemption{
	{bit(policy.SCP), fromManagement, orgUG + "orgs_manage_policies_scps.html"},
	{bit(policy.SCP), outsideOrganization, orgUG + "orgs_manage_policies_scps.html"},
	{bit(policy.SCP) | bit(policy.RCP), serviceLinked, orgUG + "orgs_manage_policies_scps.html"},
	{bit(policy.RCP), unlessRCPService, orgUG + "orgs_manage_policies_rcps.html"},
	{bit(policy.RCP), inManagement, orgUG + "orgs_manage_policies_rcps.html"},
	{bit(policy.RCP), onAWSManagedKey, orgUG + "orgs_manage_policies_rcps.html"},
	{bit(policy.RCP) | resourceTypes, isRetireGrant, kmsDG + "grant-delete.html"},
	{bit(policy.Identity) | bit(policy.Boundary), asRoot, iamUG + "id_root-user.html"},
	{bit(policy.Identity) | bit(policy.Boundary) | bit(policy.Session) | bit(policy.ScopeDown), outsideAccounts,
		iamUG + "reference_policies_elements_principal.html"},
	{bit(policy.Endpoint), asService, "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html"},
	{resourceTypes, repairsBucketPolicy, "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html"},
	{resourceTypes, isAssumeRoot, stsAPI + "API_AssumeRoot.html"},
	{allTypes &^ (bit(policy.RCP) | bit(policy.Endpoint)), isPublicCall,
		"https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetId.html"},
	{allTypes &^ bit(policy.Stack), isStackUpdate, stackUG},
	{resourceTypes, withoutPolicies, iamUG + "reference_aws-services-that-work-with-iam.html"},
	{resourceTypes, onNothing, iamUG + "reference_policies_elements_resource.html"},
}

// applies is the policy types that AWS looks at for a request.
func applies(r *Check) Types {
	t := allTypes
	for i := range exemptions {
		if exemptions[i].when(r) {
			t &^= exemptions[i].types
		}
	}
	return t
}

func fromManagement(r *Check) bool {
	return r.ManagementAccount != "" && r.Principal.Account == r.ManagementAccount
}

func inManagement(r *Check) bool {
	return r.OwnerManagement != "" && r.ResourceAccount == r.OwnerManagement
}

func outsideOrganization(r *Check) bool { return r.Principal.Account == "" }
func outsideAccounts(r *Check) bool     { return r.Principal.Account == "" }
func serviceLinked(r *Check) bool       { return r.Principal.ServiceLinked() }
func onAWSManagedKey(r *Check) bool     { return r.AWSManagedKey }
func isRetireGrant(r *Check) bool       { return r.service.Rule == RetireRule }
func isAssumeRoot(r *Check) bool        { return r.action == "sts:assumeroot" }
func isPublicCall(r *Check) bool        { return r.service.Rule == PublicRule }
func isStackUpdate(r *Check) bool       { return r.service.Rule == StackRule }
func withoutPolicies(r *Check) bool     { return r.service.Rule == NoPolicy }
func asRoot(r *Check) bool              { return r.Principal.Kind == Root }
func asService(r *Check) bool           { return r.Principal.Kind == ServicePrincipal }

func unlessRCPService(r *Check) bool {
	prefix, _, _ := strings.Cut(r.action, ":")
	return !rcpServices[prefix]
}

// repairsBucketPolicy is the root user of a bucket's account, who can always
// read, replace and delete the bucket policy.
func repairsBucketPolicy(r *Check) bool {
	if r.Principal.Kind != Root || r.CrossAccount() {
		return false
	}
	switch r.action {
	case "s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy":
		return true
	}
	return false
}

// onNothing is a request for no resource, so no resource has a policy in it. An
// action that AWS's reference has on resources is one for some of them.
func onNothing(r *Check) bool {
	return r.Resource == "*" && r.service.Rule != AdminRule && !ofAccountPolicy(r.action) && (r.reference == nil || r.reference.WildcardOnly())
}

// openWithoutPolicy is a service that lets everyone in while the resource has
// no policy: an EFS file system admits any NFS client, and a stack any update.
//
// Where nothing tells whether the stack has a policy, it may have one that
// does not allow the update.
//
// https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
func openWithoutPolicy(r *Check) bool {
	return strings.HasPrefix(r.action, "elasticfilesystem:client") || isStackUpdate(r) && !r.unknownTypes.Has(policy.Stack)
}
