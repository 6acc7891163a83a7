package flow_test

import (
	"slices"
	"testing"
)

// A flow is about each action that its row lists, and about the callers that
// AWS's page has: an upload of a service sets its ACL without a permission.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
func TestActionsAndCallers(t *testing.T) {
	const role = "arn:aws:iam::111122223333:role/r"
	for _, c := range []struct {
		who, action, on, key, then string
		asks                       bool
	}{
		{ann, "sts:AssumeRole", role, "sts:SourceIdentity", "sts:SetSourceIdentity", true},
		{"anonymous", "sts:AssumeRoleWithSAML", role, "sts:SourceIdentity", "sts:SetSourceIdentity", true},
		{"anonymous", "sts:AssumeRoleWithWebIdentity", role, "sts:SourceIdentity", "sts:SetSourceIdentity", true},
		{ann, "sts:AssumeRole", role, "aws:RequestTag/team", "sts:TagSession", true},
		{"anonymous", "sts:AssumeRoleWithSAML", role, "aws:RequestTag/team", "sts:TagSession", true},
		{"anonymous", "sts:AssumeRoleWithWebIdentity", role, "aws:RequestTag/team", "sts:TagSession", true},
		{ann, "s3:PutObject", object, "s3:x-amz-acl", "s3:PutObjectAcl", true},
		{"logging.s3.amazonaws.com", "s3:PutObject", object, "s3:x-amz-acl", "s3:PutObjectAcl", false},
		{ann, "s3:GetObject", object, "s3:x-amz-acl", "s3:PutObjectAcl", false},
	} {
		made := call(t, world(t), asked(c.who, c.action, c.on, c.key, "x"))
		var actions []string
		for _, check := range made.Checks {
			actions = append(actions, check.Action)
		}
		if slices.Contains(actions, c.then) != c.asks {
			t.Errorf("%s by %s with %s asks %v", c.action, c.who, c.key, actions)
		}
	}
}
