package diagnose

import (
	"strings"

	"why403/engine"
	"why403/engine/awscli"
)

// rule is a row: when a command of package awscli is asked for.
type rule struct {
	id    string
	layer string            // whose "none" its empty answer is, or ""
	tells string            // the explanations that its answer separates
	with  string            // the command whose empty answer is needed too
	after string            // the command that was denied, where this is a lesser one
	first bool              // before anything else: AWS's own record of the request
	when  func(*state) bool // nil for what is about the resource that it reads
}

// command is a command line with its rule.
type command struct {
	rule
	*awscli.Command
}

var commands = withRules()

func withRules() (out []command) {
	for _, r := range rules {
		out = append(out, command{r, awscli.Of(r.id)})
	}
	return out
}

// may reports whether a command is one to ask for.
func (c *command) may(s *state) bool {
	if c.when != nil {
		return c.when(s)
	}
	return c.About(s.check.Resource) && !strings.Contains(bucketOrAll(s.check.Resource), unnamed)
}

const everyLayer = "layer-identity layer-resource layer-scp layer-rcp layer-boundary layer-session layer-endpoint"

func ofRole(s *state) bool { return s.check.Principal.Kind == engine.RoleSession && s.callerNamed() }
func ofUser(s *state) bool { return s.check.Principal.Kind == engine.User && s.callerNamed() }

func (s *state) callerNamed() bool {
	return !strings.Contains(s.check.Principal.ARN, unnamed) && told(s.check.Principal.Account)
}

// told reports whether an account is one that what was brought names.
func told(account string) bool {
	return account != "" && account != noAccount && account != elsewhereAccount
}

// besideOf makes a condition of what the action asks beside IAM.
func besideOf(name string) func(*state) bool {
	return func(s *state) bool {
		b, _ := s.check.Beside()
		return b != nil && b.Name == name
	}
}

// bucketOrAll is the bucket of an object, or the ARN as it is.
func bucketOrAll(arn string) string {
	if part(arn, 2) == "s3" {
		bucket, _, _ := strings.Cut(part(arn, 5), "/")
		return bucket
	}
	return arn
}

// rules is when each command is asked for, and what it tells apart. Of those that
// separate as much, the first is taken.
var rules = []rule{
	{id: "authorization-details",
		tells: "statement condition not-attached other-version other-attached other-resource other-session changed-since " + everyLayer,
		first: true, when: func(s *state) bool { return s.said.AuthorizationID != "" }},
	{id: "decode", tells: "statement condition other-resource other-session layer-identity layer-scp", first: true,
		when: func(s *state) bool { return s.said.Encoded != "" }},
	{id: "named-scp", layer: "scp", tells: "layer-scp other-attached",
		when: func(s *state) bool { return s.said.Type == "scp" && strings.Contains(s.said.Policy, ":organizations:") }},
	{id: "named-rcp", layer: "rcp", tells: "layer-rcp other-attached",
		when: func(s *state) bool { return s.said.Type == "rcp" && strings.Contains(s.said.Policy, ":organizations:") }},
	{id: "named-policy", tells: "layer-identity layer-boundary other-version other-attached not-attached changed-since",
		when: func(s *state) bool { return strings.Contains(s.said.Policy, ":iam:") }},
	{id: "bucket-policy", layer: "resource", tells: "layer-resource other-resource changed-since"},
	{id: "key-policy", layer: "resource", tells: "layer-resource other-resource aws-managed-key key-disabled changed-since"},
	{id: "queue-policy", layer: "resource", tells: "layer-resource other-resource second-request changed-since"},
	{id: "topic-policy", layer: "resource", tells: "layer-resource other-resource second-request changed-since"},
	{id: "secret-policy", layer: "resource", tells: "layer-resource other-resource changed-since"},
	{id: "function-policy", layer: "resource", tells: "layer-resource other-resource changed-since"},
	{id: "repository-policy", layer: "resource", tells: "layer-resource other-resource changed-since"},
	{id: "table-policy", layer: "resource", tells: "layer-resource other-resource changed-since"},
	{id: "stream-policy", layer: "resource", tells: "layer-resource other-resource changed-since"},
	{id: "vault-policy", layer: "resource", tells: "layer-resource other-resource changed-since"},
	{id: "trust-policy", layer: "resource", tells: "layer-resource other-resource changed-since",
		when: func(s *state) bool { return s.service() == "sts" && part(s.check.Resource, 2) == "iam" }},
	{id: "role-managed", layer: "identity", tells: "layer-identity not-attached other-version changed-since statement",
		with: "role-inline", when: ofRole},
	{id: "role-inline", layer: "identity", tells: "layer-identity not-attached", with: "role-managed", when: ofRole},
	{id: "user-managed", layer: "identity", tells: "layer-identity not-attached other-version changed-since statement",
		with: "user-inline", when: ofUser},
	{id: "user-inline", layer: "identity", tells: "layer-identity not-attached", with: "user-managed", when: ofUser},
	{id: "role", layer: "boundary", tells: "layer-boundary", when: ofRole},
	{id: "user", layer: "boundary", tells: "layer-boundary", when: ofUser},
	{id: "scps", layer: "scp", tells: "layer-scp other-attached", when: func(*state) bool { return true }},
	{id: "rcps", layer: "rcp", tells: "layer-rcp other-attached", when: func(*state) bool { return true }},
	{id: "endpoint", layer: "endpoint", tells: "layer-endpoint aws-bucket",
		when: func(s *state) bool { return s.check.Context.Has("aws:SourceVpce") }},
	{id: "endpoints", layer: "endpoint", tells: "layer-endpoint aws-bucket",
		when: func(s *state) bool { return !s.check.Context.Has("aws:SourceVpce") }},
	{id: "grants", layer: "grants", tells: "layer-grants"},
	{id: "key", tells: "key-disabled aws-managed-key"},
	{id: "public-access", tells: "block-public-access"},
	{id: "encryption", tells: "second-request sse-c"},
	{id: "payer", tells: "requester-pays"},
	{id: "object", tells: "object-missing second-request",
		when: func(s *state) bool {
			return awscli.Of("bucket-policy").About(s.check.Resource) && !strings.Contains(s.check.Resource, unnamed) &&
				strings.Contains(part(s.check.Resource, 5), "/")
		}},
	{id: "caller", tells: "other-session who", when: func(*state) bool { return true }},
	{id: "event", tells: "condition statement other-resource other-session changed-since layer-endpoint who which",
		when: func(s *state) bool { return s.said.Time == "" && !dataEvent(s.check.Action) }},
	{id: "session", layer: "session", tells: "layer-session", when: ofRole},
	{id: "changes", tells: "changed-since", when: func(*state) bool { return true }},
	{id: "regions", tells: "region-disabled", when: func(s *state) bool { return s.region() != "" }},
	{id: "password-policy", tells: "password-policy", when: func(s *state) bool { return s.service() == "iam" }},
	{id: "lake-formation", tells: "lake-formation", when: ofRole},
	{id: "access-grants", tells: "beside", when: besideOf("access-grants")},
	{id: "data-access", tells: "beside", when: besideOf("aoss")},
	{id: "access-entry", tells: "beside", when: func(s *state) bool { return ofRole(s) && besideOf("kubernetes")(s) }},
	{id: "organization", tells: "organization", when: func(*state) bool { return true }},
	{id: "role-managed-names", tells: "layer-identity not-attached", after: "role-managed", when: ofRole},
	{id: "simulate", tells: "layer-identity layer-boundary", after: "role-managed",
		when: func(s *state) bool { return ofRole(s) && !strings.Contains(s.check.Resource, unnamed) }},
	{id: "scp-names", tells: "layer-scp", after: "scps", when: func(*state) bool { return true }},
	{id: "key-lesser", tells: "layer-resource aws-managed-key key-disabled", after: "key-policy"},
	{id: "bucket-status", tells: "layer-resource", after: "bucket-policy"},
}

// dataEvent reports whether CloudTrail logs an action as a data event, which
// only a trail that is set up for it has.
//
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
func dataEvent(action string) bool {
	action = strings.ToLower(action)
	const actions = " sns:publish sqs:sendmessage sqs:receivemessage sqs:deletemessage lambda:invokefunction lambda:invokefunctionurl " +
		"dynamodb:getitem dynamodb:putitem dynamodb:updateitem dynamodb:deleteitem dynamodb:query dynamodb:scan dynamodb:batchgetitem " +
		"dynamodb:batchwriteitem kinesis:putrecord kinesis:putrecords kinesis:getrecords execute-api:invoke "
	return strings.HasPrefix(action, "s3:") && ofObjects(action) || strings.Contains(actions, " "+action+" ")
}

func commandOf(id string) *command {
	for i := range commands {
		if commands[i].id == id {
			return &commands[i]
		}
	}
	return nil
}

// KnownCommand reports whether a command has this ID.
func KnownCommand(id string) bool { return commandOf(id) != nil }
