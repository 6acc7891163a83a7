package fix

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// managed is AWS managed policies that roles often have, by name. Nobody but AWS
// changes them, so what is missing goes into another policy.
//
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
var managed = strings.Fields(`AdministratorAccess PowerUserAccess ReadOnlyAccess ViewOnlyAccess SecurityAudit IAMFullAccess
	IAMReadOnlyAccess AWSLambdaBasicExecutionRole AWSLambdaVPCAccessExecutionRole AWSLambdaSQSQueueExecutionRole
	AWSLambdaKinesisExecutionRole AWSLambdaDynamoDBExecutionRole AWSLambda_FullAccess AWSLambda_ReadOnlyAccess
	AmazonS3FullAccess AmazonS3ReadOnlyAccess AmazonEC2FullAccess AmazonEC2ReadOnlyAccess
	AmazonSSMManagedInstanceCore AmazonSSMFullAccess AmazonSSMReadOnlyAccess AmazonEKSWorkerNodePolicy
	AmazonEKSClusterPolicy AmazonEKS_CNI_Policy AmazonEBSCSIDriverPolicy AmazonEC2ContainerRegistryReadOnly
	AmazonEC2ContainerRegistryPowerUser AmazonECSTaskExecutionRolePolicy AmazonECS_FullAccess
	AmazonDynamoDBFullAccess AmazonDynamoDBReadOnlyAccess AmazonSQSFullAccess AmazonSNSFullAccess
	AmazonKinesisFullAccess AmazonRDSFullAccess AmazonAthenaFullAccess AWSGlueServiceRole AWSGlueConsoleFullAccess
	CloudWatchAgentServerPolicy CloudWatchFullAccess CloudWatchLogsFullAccess SecretsManagerReadWrite
	AWSKeyManagementServicePowerUser AWSBackupServiceRolePolicyForBackup AWSBackupServiceRolePolicyForRestores
	AWSCloudFormationFullAccess AWSCodePipeline_FullAccess AWSCodeBuildAdminAccess AWSStepFunctionsFullAccess`)

// managedByAWS reports whether a policy has the name of an AWS managed one.
func managedByAWS(p *engine.Policy) bool {
	name := strings.TrimSuffix(p.Name[strings.LastIndexByte(p.Name, '/')+1:], ".json")
	return p.Type == policy.Identity && has(managed, name)
}
