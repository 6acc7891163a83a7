package hint_test

import (
	"strings"
	"testing"

	"why403/engine/catalogue"
	"why403/engine/catalogue/data"
	"why403/engine/hint"
	"why403/engine/policy"
)

// only is the services that a page was told of.
type only []string

func (o only) Service(prefix string) *catalogue.Service {
	for _, known := range o {
		if strings.EqualFold(known, prefix) {
			return data.All().Service(prefix)
		}
	}
	return nil
}

var names = &hint.Names{Version: "1.0.0", Prefixes: []string{"ec2", "iam", "kms", "lambda", "s3", "sts"},
	Services: only{"iam", "kms", "lambda", "s3", "sts"}}

func TestAction(t *testing.T) {
	for action, want := range map[string]string{
		"kms:Decript":          "kms:Decript isn't in the list of kms actions (iam-data 1.0.0). Did you mean kms:Decrypt?",
		"s3:GetObjects":        "s3:GetObjects isn't in the list of s3 actions (iam-data 1.0.0). Did you mean s3:GetObject?",
		"kms:Xyz*":             "kms:Xyz* isn't in the list of kms actions (iam-data 1.0.0).",
		"s3:listobjectsv2":     "s3:listobjectsv2 is an API operation, not an action. It needs s3:ListBucket.",
		"kms:ReEncrypt":        "kms:ReEncrypt is an API operation, not an action. It needs kms:ReEncryptFrom and kms:ReEncryptTo.",
		"lamda:InvokeFunction": "lamda isn't in the list of services (iam-data 1.0.0). Did you mean lambda?",
		"kms:decrypt":          "", "KMS:Decrypt": "", "kms:Re*": "", "kms:*": "", "*": "", "s3:Get?bject": "", "ec2:Nonsense": "",
		"EC2:Nonsense": "", "lam*:x": "", "kms:": "", "kms": "", "": "", "Update:Replace": "",
	} {
		if got := names.Action(action); got != want {
			t.Errorf("%s: %q, want %q", action, got, want)
		}
	}
	if names.Action("iam:"+strings.Repeat("*a", 200)+"b") == "" {
		t.Error("a pattern of many stars has no hint")
	}
}

func TestKey(t *testing.T) {
	decrypt := []policy.Text{{Value: "kms:Decrypt"}}
	for key, want := range map[string]string{
		"kms:ViaServices": "kms:ViaServices isn't in the list of kms condition keys (iam-data 1.0.0). Did you mean kms:ViaService?",
		"aws:PrincipalTags/team": "aws:PrincipalTags/team isn't in the list of global condition keys (iam-data 1.0.0). " +
			"Did you mean aws:PrincipalTag/team?",
		"aws:SecureTransprt": "aws:SecureTransprt isn't in the list of global condition keys (iam-data 1.0.0). " +
			"Did you mean aws:SecureTransport?",
		"aws:principalorgid": "", "kms:EncryptionContext:Department": "", "aws:ResourceTag/x": "", "s3:prefix": "",
		"token.actions.githubusercontent.com:sub": "", "ec2:Nonsense": "", "aws": "", "kms": "", "": "",
	} {
		if got := names.Key(key, decrypt); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	// A role's tags are in the request that assumes it, under IAM's prefix.
	assume := []policy.Text{{Value: "sts:AssumeRole"}}
	if got := names.Key("iam:ResourceTag/team", assume); got != "" {
		t.Errorf("iam:ResourceTag/team: %q", got)
	}
}

func TestOf(t *testing.T) {
	text := `{"Statement": [{"Effect": "Allow", "Principal": "*", "Resource": "kms:Dekrypt", "Sid": "kms:Dekrypt",
 "Condition": {"Bool": {"aws:SecureTransprt": "true"}}, "Action": ["kms:Encrypt", "kms:Decr\u0069pt", "kms:Dekrypt"]}]}`
	d, _ := policy.Parse("resource.json", policy.Resource, text)
	var found []string
	for _, h := range hint.Of(d, names) {
		found = append(found, text[h.Span.Start:h.Span.End])
	}
	if got, want := strings.Join(found, " "), `kms:Decr\u0069pt kms:Dekrypt aws:SecureTransprt`; got != want {
		t.Errorf("hints at %q, want %q", got, want)
	}
	many := `{"Statement": {"Effect": "Allow", "Resource": "*", "Action": ["` + strings.Repeat(`kms:Dekrypt", "`, 3*hint.Max) + `kms:*"]}}`
	d, _ = policy.Parse("identity/a.json", policy.Identity, many)
	if n := len(hint.Of(d, names)); n != hint.Max {
		t.Errorf("%d hints, want %d", n, hint.Max)
	}
}
