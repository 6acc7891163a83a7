package engine

import (
	"strings"
	"testing"

	"why403/engine/policy"
)

// compiled is a policy of the given statements.
func compiled(t testing.TB, kind policy.Type, statements ...string) *Policy {
	t.Helper()
	d, problems := policy.Parse("test.json", kind, `{"Version": "2012-10-17", "Statement": [`+strings.Join(statements, ", ")+`]}`)
	if policy.Errors(problems) {
		t.Fatalf("%v: %+v", statements, problems)
	}
	return NewPolicy(d, 0)
}

func caller(t testing.TB, text string) Principal {
	t.Helper()
	p, err := ParsePrincipal(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return p
}

// asked is a prepared request, with condition keys as pairs of key and value.
func asked(t testing.TB, principal, action, resource string, context ...string) *Check {
	t.Helper()
	r := &Check{Principal: caller(t, principal), Action: action, Resource: resource}
	for i := 0; i < len(context); i += 2 {
		r.Context.Add(context[i], context[i+1])
	}
	r.Prepare()
	return r
}

const (
	aUser    = "arn:aws:iam::111122223333:user/team/bob"
	aSession = "arn:aws:sts::111122223333:assumed-role/app/one"
	aRole    = "arn:aws:iam::111122223333:role/app"
	aPathed  = "arn:aws:iam::111122223333:role/path/app"
	aFed     = "arn:aws:sts::111122223333:federated-user/ann"
	aRoot    = "arn:aws:iam::111122223333:root"
	aService = "sns.amazonaws.com"
	aKey     = "arn:aws:kms:us-east-1:111122223333:key/1234abcd"
)
