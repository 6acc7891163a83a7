package engine

// Beside is a system of permissions that a service has beside IAM, and asks
// after it: both have to let the caller in. It is in no policy, so a reader says
// what it answers, with a line "layer: NAME allow" or "layer: NAME deny".
type Beside struct {
	Name    string // in a line "layer: …"
	Noun    string
	When    string // it is asked, as a clause; "" for always
	Look    string // the one thing to look at
	Doc     string
	Says    string // what the service prints
	actions string // that ask it, in lower case
}

// besides is every such system that calls of the AWS API ask.
var besides = [...]Beside{
	{"lakeformation", "Lake Formation", "the database or the table is not left to IAM alone (the group IAMAllowedPrincipals)",
		"the grants of this caller: aws lakeformation list-permissions",
		"https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-reference.html", "Insufficient Lake Formation permission(s)",
		"glue:batchcreatepartition glue:batchdeletepartition glue:batchdeletetable glue:batchgetpartition glue:createdatabase " +
			"glue:createpartition glue:createtable glue:deletedatabase glue:deletepartition glue:deletetable glue:getdatabase " +
			"glue:getpartition glue:getpartitions glue:gettable glue:gettableversion glue:gettableversions glue:updatedatabase " +
			"glue:updatepartition glue:updatetable lakeformation:getdataaccess lakeformation:gettemporaryglue*"},
	{"opensearch", "Fine-grained access control of the domain", "it is on",
		"the role mappings in OpenSearch Dashboards (Security, Roles) for the caller's ARN",
		"https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html",
		"security_exception: no permissions for […] and User […]", "es:eshttp*"},
	{"aoss", "Data access control of OpenSearch Serverless", "",
		"the policies that name the caller: aws opensearchserverless list-access-policies --type data",
		"https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-data-access.html", "403 Forbidden", "aoss:apiaccessall"},
	{"access-grants", "S3 Access Grants", "",
		"the grants of the instance: aws s3control list-access-grants",
		"https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-credentials.html",
		"You do not have … permissions to the requested S3 Prefix", "s3:getdataaccess"},
	{"database", "The database", "",
		"the user of this name in the database: it needs rds_iam (PostgreSQL) or AWSAuthenticationPlugin (MySQL, MariaDB)",
		"https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html",
		"PAM authentication failed for user, or Access denied for user", "rds-db:connect"},
	{"kubernetes", "The cluster", "",
		"the access entry of the caller, and its access policies: aws eks describe-access-entry",
		"https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",
		"Your current IAM principal doesn't have access to Kubernetes objects on this cluster", "eks:accesskubernetesapi"},
	{"quicksight", "QuickSight", "", "who the dashboard is shared with: aws quicksight describe-dashboard-permissions",
		"https://docs.aws.amazon.com/quicksight/latest/user/sharing-a-dashboard.html", "AccessDeniedException",
		"quicksight:generateembedurlforregistereduser quicksight:getdashboardembedurl"},
	{"identity-pool", "The identity pool", "",
		"its providers, and the role for this identity: aws cognito-identity get-identity-pool-roles",
		"https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html", "Access to Identity is forbidden",
		"cognito-identity:getcredentialsforidentity cognito-identity:getid cognito-identity:getopenidtoken"},
}

// BesideNames lists the names that a line "layer: …" takes.
func BesideNames() (names []string) {
	for i := range besides {
		names = append(names, besides[i].Name)
	}
	return names
}

// BesideFact is what one of these systems answers. Without a name, nothing is
// said of any.
type BesideFact struct {
	Name   string
	Allows bool
}

// BesideAnswer is what is known of what such a system answers.
type BesideAnswer uint8

// The answers.
const (
	BesideUnsaid  BesideAnswer = iota // nobody says anything: IAM alone is judged
	BesideUnknown                     // it is said not to be known
	BesideAllows
	BesideDenies
)

// Beside is the system that the action asks beside IAM, with what it answers, or
// nil.
func (r *Check) Beside() (*Beside, BesideAnswer) {
	for i := range besides {
		b := &besides[i]
		switch {
		case !Lists(b.actions, r.action):
			continue
		case r.BesideSays.Name == b.Name && r.BesideSays.Allows:
			return b, BesideAllows
		case r.BesideSays.Name == b.Name:
			return b, BesideDenies
		case r.unknownBeside:
			return b, BesideUnknown
		}
		return b, BesideUnsaid
	}
	return nil, BesideUnsaid
}

// besideDenies reports whether such a system denies what IAM allows.
func (r *Check) besideDenies() bool {
	if r.BesideSays.Name == "" {
		return false
	}
	_, answer := r.Beside()
	return answer == BesideDenies
}
