package diagnose

import (
	"strings"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/policy"
)

// contradictions are what is left where the policies that were brought can't
// give AWS's message, most likely first.
var contradictions = []explanation{
	{
		id: "other-resource", proof: "The full ARN of the resource in the request, from CloudTrail's event, and the ARN that the policy was " +
			"fetched for.",
		text: func(s *state) string {
			return "The request was for another " + kindWord(s.check.Resource) + " than the one whose policy is given."
		},
		possible: func(s *state) (string, bool) {
			return s.otherARN(), s.verdict == contradicts && s.given("resource") && s.check.Resource != "*"
		},
		weight: func(s *state) int { return boost(s.otherARN() != "", 90, 62) }, ruledOut: never, proved: never,
		doc: "https://docs.aws.amazon.com/kms/latest/developerguide/find-cmk-id-arn.html",
	},
	{
		id: "not-attached", layer: "identity", proof: "What is attached to the caller: the list of its policies.",
		text: func(s *state) string {
			return "A policy given here is not attached to " + s.attachedTo() + "."
		},
		possible: func(s *state) (string, bool) {
			return "The text of a policy does not say what it is attached to.", s.verdict == contradicts &&
				(s.given("identity") || s.given("boundary") || s.given("scp") || s.given("endpoint"))
		},
		weight: func(s *state) int { return boost(s.said.Type == "identity", 80, 70) }, ruledOut: never, proved: never,
		doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html",
	},
	{
		id: "other-attached", proof: "All policies of this type that are attached.",
		text: func(s *state) string {
			return "Another policy of the same type denies it: " + s.noun(layerOf(s.said.Type)) + " that is not known yet."
		},
		possible: func(s *state) (string, bool) {
			open := s.verdict == contradicts || s.verdict == narrower && len(s.resting()) > 0 && !s.settled()
			return "AWS names the type, and not which policy of it.", open && s.given(s.said.Type) && s.said.Outcome == "explicit deny" &&
				several(layerOf(s.said.Type))
		},
		weight: constant(85), ruledOut: never, proved: never, doc: denied,
	},
	{
		id: "other-version", proof: "The default version of the managed policy.",
		text: words("The version given here is not the one in force: a managed policy has up to five, and one is the default."),
		possible: func(s *state) (string, bool) {
			return "", s.verdict == contradicts && (s.given("identity") || s.given("boundary"))
		},
		weight: constant(55), ruledOut: never, proved: never,
		doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html",
	},
	{
		id: "changed-since", proof: "When the policy was changed: its events in CloudTrail, against the time of the error.",
		text: func(s *state) string {
			if later(s.brought.Changed, s.said.Time) {
				return "The policy is younger than the error: make the request again."
			}
			return "The policy was changed after the error, or so shortly before that it was not in force everywhere."
		},
		possible: func(s *state) (string, bool) {
			because := "IAM takes some time to make a change known in all Regions."
			if s.said.Time != "" {
				because = "The request was made at " + s.said.Time + "."
			}
			return because, s.verdict == contradicts
		},
		weight: constant(50), ruledOut: never,
		proved: func(s *state) string {
			if !later(s.brought.Changed, s.said.Time) {
				return ""
			}
			return "A policy given here was made at " + s.brought.Changed + ", and the request at " + s.said.Time + "."
		},
		doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency",
	},
	{
		id: "other-session", proof: "Who asks, as AWS sees it, where the program runs.",
		text: func(s *state) string {
			return "The caller is not " + s.check.Principal.ARN + ": the program uses other credentials, or another account."
		},
		possible: func(s *state) (string, bool) {
			because := s.fact("This policy is not used: it is of ")
			return because, because != "" || s.verdict == contradicts
		},
		weight:   func(s *state) int { return boost(s.fact("This policy is not used: it is of ") != "", 85, 45) },
		ruledOut: never, proved: never, doc: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html",
	},
	{
		id: "condition", proof: "The condition keys of the request, from CloudTrail's event or the details of the denial.",
		text: words("A condition key of the request has another value than is known here."),
		possible: func(s *state) (string, bool) {
			key := s.anyCondition()
			return "The policies ask for " + key + ".", s.verdict == contradicts && key != ""
		},
		weight: constant(65), ruledOut: never, proved: never,
		doc: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
	},
}

// later reports whether a time is known to be after another. AWS writes both in
// UTC, to the second or finer.
func later(a, b string) bool {
	const seconds = len("2006-01-02T15:04:05")
	return len(a) >= seconds && len(b) >= seconds && a[:seconds] > b[:seconds]
}

func boost(yes bool, high, low int) int {
	if yes {
		return high
	}
	return low
}

// fact is what reading what was brought came to, where it begins so.
func (s *state) fact(begin string) string {
	for _, piece := range s.brought.Read {
		for _, fact := range piece.Facts {
			if strings.HasPrefix(fact, begin) {
				return fact + "."
			}
		}
	}
	return ""
}

// otherARN says where the resource of AWS's message and that of the policies
// part, or "".
func (s *state) otherARN() string {
	asked := s.said.Resource
	for _, begin := range []string{"Whether this is the policy of the request's resource: it is of ",
		"Grants on the key of the request: these are on "} {
		if fact := s.fact(begin); fact != "" {
			return "What is given is of " + strings.TrimPrefix(fact, begin) + " AWS's message names " + asked + "."
		}
	}
	found := ""
	s.steps("resource", func(_ *engine.Step, statement *policy.Statement, _ *explain.Statement) bool {
		for i := range statement.Resource.Values {
			arn := statement.Resource.Values[i].Value
			if strings.HasPrefix(arn, "arn:") && asked != "" && part(arn, 2) == part(asked, 2) && kindOf(arn) == kindOf(asked) &&
				!strings.ContainsAny(arn, "*?$") && !strings.HasPrefix(asked, strings.TrimSuffix(arn, "/")) {
				found = "The policy names " + arn + ", and AWS's message names " + asked + "."
				return true
			}
		}
		return false
	})
	return found
}

// attachedTo is what a policy would have to be attached to.
func (s *state) attachedTo() string {
	switch layerOf(s.said.Type) {
	case "scp":
		return "the account " + s.check.Principal.Account + " or what is above it"
	case "endpoint":
		return "the VPC endpoint that the request went through"
	}
	return s.check.Principal.ARN
}

// anyCondition is a condition key that decides something and of which nothing
// is known, or "".
func (s *state) anyCondition() (key string) {
	for _, l := range s.layers {
		s.steps(l.name, func(_ *engine.Step, statement *policy.Statement, _ *explain.Statement) bool {
			for i := range statement.Condition.Tests {
				if t := &statement.Condition.Tests[i]; key == "" && s.untold(t.Key.Value) && matchesAction(statement, s.check.Action) {
					key = t.Key.Value
				}
			}
			return key != ""
		})
	}
	return key
}

// kindWord is what a resource is called.
func kindWord(arn string) string {
	switch part(arn, 2) {
	case "s3":
		return "bucket"
	case "kms":
		return "key"
	case "sqs":
		return "queue"
	case "sns":
		return "topic"
	case "iam":
		return "role"
	}
	return "resource"
}
