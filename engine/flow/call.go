package flow

import (
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/policy"
)

// copies are the operations whose source is no resource of the request: the
// condition key s3:x-amz-copy-source names it.
//
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
var copies = map[string]bool{"copyobject": true, "uploadpartcopy": true}

// onTarget is what an operation asks on the resource of the request. What a
// copy reads follows from what it puts.
func (f *finder) onTarget(actions []string) []string {
	if !copies[f.operation] {
		return actions
	}
	if !f.request.Context.Has("s3:x-amz-copy-source") {
		f.note("no-source", "A copy also reads its source. Name it with a line \"s3:x-amz-copy-source: BUCKET/KEY\"; this answer is for the "+
			"copy alone.",
			s3API+"API_CopyObject.html")
	}
	return []string{"s3:PutObject"}
}

// others says which resources an action is also checked on, where the request
// names only some.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
func (f *finder) others(action string) {
	service, a := f.world.Action(action)
	if a == nil || len(f.resources) == 1 && f.resources[0] == "*" {
		return
	}
	name := service.Prefix + ":" + a.Name
	if missing := f.missing(a); len(missing) > 0 && len(missing) < len(a.Required()) {
		f.note("other-resources",
			name+" is also checked on: "+policy.List(missing)+". This answer is without them; add a line \"resource: …\" for each.", service.Page())
	}
	for _, row := range apart {
		if strings.EqualFold(row.action, f.request.Action) {
			f.call.Possible = append(f.call.Possible, Possible{If: row.makes, Action: row.asks, Why: row.why, Doc: row.doc})
		}
	}
	if engine.Lists(strings.Join(a.Dependent, " "), passRole) && !f.names(":role/") && !a.WildcardOnly() {
		f.call.Possible = append(f.call.Possible, Possible{If: "the call hands a role over", Action: passRole,
			Why: "add the role as one more resource to have it judged", Doc: iamUG + "id_roles_use_passrole.html"})
	}
}

// apart is further requests that a service makes as the caller, on resources
// that nothing in the request names.
var apart = []struct{ action, makes, asks, why, doc string }{
	{"athena:startqueryexecution", "the query reads a table", "glue:GetTable", "Athena reads the table in the Data Catalog as the caller",
		athenaUG},
	{"athena:startqueryexecution", "the query reads a table", "s3:GetObject", "Athena reads the data as the caller", athenaUG},
	{"athena:startqueryexecution", "the workgroup keeps results in a bucket", "s3:PutObject", "Athena writes the result as the caller",
		athenaUG},
	{"athena:startqueryexecution", "the data is registered with Lake Formation", "lakeformation:GetDataAccess",
		"Lake Formation hands out credentials for the data", docs + "athena/latest/ug/lf-athena-user-permissions.html"},
}

// missing is the resource types that an action needs and that the request has
// no resource of.
func (f *finder) missing(a *catalogue.Action) (names []string) {
	for _, need := range a.Required() {
		given := need.Name == "alias" // another name of what is named already
		for _, resource := range f.resources {
			for _, t := range a.TypesOf(resource) {
				given = given || t == need
			}
		}
		if !given {
			names = append(names, need.Name)
		}
	}
	return names
}

func (f *finder) names(part string) bool {
	for _, resource := range f.resources {
		if strings.Contains(resource, part) {
			return true
		}
	}
	return false
}

// passRole is what handing a role over to a service needs.
const passRole = "iam:PassRole"

// receivers are the services that a role is handed over to, by the prefix of
// the action: what iam:PassedToService says.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
var receivers = []struct{ prefix, service string }{
	{"lambda", "lambda.amazonaws.com"},
	{"ecs", "ecs-tasks.amazonaws.com"},
	{"ec2", "ec2.amazonaws.com"},
	{"autoscaling", "ec2.amazonaws.com"},
	{"glue", "glue.amazonaws.com"},
	{"sagemaker", "sagemaker.amazonaws.com"},
	{"cloudformation", "cloudformation.amazonaws.com"},
	{"states", "states.amazonaws.com"},
	{"codebuild", "codebuild.amazonaws.com"},
	{"codepipeline", "codepipeline.amazonaws.com"},
	{"events", "events.amazonaws.com"},
	{"scheduler", "scheduler.amazonaws.com"},
	{"firehose", "firehose.amazonaws.com"},
	{"backup", "backup.amazonaws.com"},
	{"eks", "eks.amazonaws.com"},
}

// receiver is the service that a call of an action hands roles to, or "".
func receiver(action string) string {
	prefix, _, _ := strings.Cut(action, ":")
	for _, to := range receivers {
		if strings.EqualFold(prefix, to.prefix) {
			return to.service
		}
	}
	return ""
}

// handsOver reports whether a resource of a call is a role that the service
// gets.
func handsOver(action, resource string) bool {
	return engine.ARNPart(resource, 2) == "iam" && strings.HasPrefix(engine.ARNPart(resource, 5), "role/") && receiver(action) != ""
}

// passedTo says whom a role is handed over to, where the request does not.
func (f *finder) passedTo(r *engine.Request) {
	if to := receiver(f.request.Action); to != "" && !r.Context.Has("iam:PassedToService") {
		r.Context.Set("iam:PassedToService", to)
	}
}
