package policy_test

import (
	"strings"
	"testing"

	"why403/engine/policy"
)

// Resource-based policies, each with its problems below it.
var principals = []string{
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":"*"}}`,
	``,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":{"AWS":"*"}}}`,
	``,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":"arn:aws:iam::111122223333:root"}}`,
	`                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 1:71 bad-principal: Principal ` +
		`is "*" or an object. Write {"AWS": "arn:aws:iam::111122223333:root"}.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":"sns.amazonaws.com"}}`,
	`                                                                      ^^^^^^^^^^^^^^^^^^^ 1:71 bad-principal: Principal is "*" or an ` +
		`object. Write {"Service": "sns.amazonaws.com"}.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":7}}`,
	`                                                                      ^ 1:71 wrong-type: Principal is "*" or an object, not a number.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":[]}}`,
	`                                                                      ^^ 1:71 wrong-type: Principal is "*" or an object, not a list.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":null}}`,
	`                                                                      ^^^^ 1:71 wrong-type: Principal is "*" or an object, not null.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":{}}}`,
	`                                                                      ~~ 1:71 empty-principal: This names nobody.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":{"AWS":[]}}}`,
	`                                                                             ^^ 1:78 empty-list: This list is empty. Principal has at ` +
		`least one value.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":{"AWS":{}}}}`,
	`                                                                             ^^ 1:78 wrong-type: Principal is a string or a list of ` +
		`strings, not an object.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":{"AWS":[1,"111122223333"]}}}`,
	`                                                                              ^ 1:79 wrong-type: A value of Principal is a string, ` +
		`not a number.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":{"aws":"*"}}}`,
	`                                                                       ^^^^^ 1:72 unknown-element: “aws” is not an element of ` +
		`Principal. Write AWS: the names are case-sensitive.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":{"User":"x"}}}`,
	`                                                                       ^^^^^^ 1:72 unknown-element: “User” is not an element of ` +
		`Principal. Remove it, or correct its spelling.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":{"Service":"*"}}}`,
	`                                                                                 ~~~ 1:82 bad-principal: There is no wildcard for ` +
		`services. Name the service, such as sns.amazonaws.com.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":{"Service":["sns.amazonaws.com","*"]}}}`,
	`                                                                                                      ~~~ 1:103 bad-principal: There ` +
		`is no wildcard for services. Name the service, such as sns.amazonaws.com.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":{"AWS":["arn:aws:iam::1:user/*","arn:aws:iam::111122223333:group/g","bob","11112222333","AIDAEXAMPLE","AROA"]}}}`,
	`                                                                              ~~~~~~~~~~~~~~~~~~~~~~~ 1:79 bad-principal: This matches nobody: a principal takes no wildcard inside. Use "*" with the condition key aws:PrincipalArn.
	                                                                                                       ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ 1:103 bad-principal: This matches nobody: a group is not a principal. Name its users, or attach an identity-based policy to it.
	                                                                                                                                           ~~~~~ 1:139 bad-principal: This matches nobody. Name a principal by its ARN or its 12-digit account ID.
	                                                                                                                                                 ~~~~~~~~~~~~~ 1:145 bad-principal: This matches nobody. Name a principal by its ARN or its 12-digit account ID.
	                                                                                                                                                               ~~~~~~~~~~~~~ 1:159 bad-principal: This matches nobody. Name a principal by its ARN or its 12-digit account ID.
	                                                                                                                                                                             ~~~~~~ 1:173 bad-principal: This matches nobody. Name a principal by its ARN or its 12-digit account ID.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":{"Federated":"*","CanonicalUser":"111122223333"}}}`,
	``,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":{"AWS":"*","AWS":"*"}}}`,
	`                                                                                 ^^^^^ 1:82 duplicate-name: “AWS” is here already, on ` +
		`line 1. An object has each name once: merge the two.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":"*","Principal":"*"}}`,
	`                                                                          ^^^^^^^^^^^ 1:75 duplicate-name: “Principal” is here ` +
		`already, on line 1. An object has each name once: merge the two.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":"*","NotPrincipal":"*"}}`,
	`                                                                          ^^^^^^^^^^^^^^ 1:75 both-of-a-pair: A statement has either ` +
		`Principal or NotPrincipal, not both. Remove one.`,
}

func TestPrincipalProblems(t *testing.T) { pairs(t, policy.Resource, principals) }

// NotPrincipal takes the same values.
func TestNotPrincipalProblems(t *testing.T) {
	for i := 0; i < len(principals); i += 2 {
		if strings.Contains(principals[i], "NotPrincipal") {
			continue
		}
		_, plain := policy.Parse("section", policy.Resource, principals[i])
		_, negated := policy.Parse("section", policy.Resource, strings.ReplaceAll(principals[i], "Principal\"", "NotPrincipal\""))
		if len(plain) != len(negated) {
			t.Errorf("%s\n%v\n%v", principals[i], plain, negated)
		}
	}
}

func TestPrincipalValues(t *testing.T) {
	d, _ := policy.Parse("section", policy.Resource, `{"Statement": [
		{"Effect": "Deny", "Action": "*", "Principal": "*"},
		{"Effect": "Deny", "Action": "*", "NotPrincipal": {"AWS": "*", "Service": ["a.amazonaws.com", "b.amazonaws.com"],
			"Federated": "accounts.google.com", "CanonicalUser": "79a5"}}]}`)
	kinds := []policy.PrincipalKind{policy.AWS, policy.Service, policy.Service, policy.Federated, policy.CanonicalUser}
	if first := d.Statements[0].Principal; first.Not || len(first.Values) != 1 || first.Values[0].Kind != policy.Everyone {
		t.Errorf("%+v", first)
	}
	second := d.Statements[1].Principal
	if !second.Not || len(second.Values) != len(kinds) {
		t.Fatalf("%+v", second)
	}
	for i, v := range second.Values {
		if v.Kind != kinds[i] {
			t.Errorf("%s has kind %d, want %d", v.Value, v.Kind, kinds[i])
		}
	}
}

func TestIsAccount(t *testing.T) {
	for text, want := range map[string]bool{
		"111122223333": true, "000000000000": true,
		"": false, "11112222333": false, "1111222233334": false, "1111-2222-33": false, "11112222333a": false, "１１１１": false,
	} {
		if policy.IsAccount(text) != want {
			t.Errorf("IsAccount(%q) is %v", text, !want)
		}
	}
}

func TestUniqueID(t *testing.T) {
	for text, want := range map[string]bool{
		"AIDACKCEVSQ6C2EXAMPLE": true, "AROADBQP57FF2AEXAMPLE": true,
		"": false, "AIDA": false, "AROA": false, "AKIAIOSFODNN7EXAMPLE": false, "AROADBQP57FF2AEXAMPLE:session": false,
		"AIDA*CKCEVSQ6C2EXAMPL": false,
	} {
		if policy.UniqueID(text) != want {
			t.Errorf("UniqueID(%q) is %v", text, !want)
		}
	}
}

// A Deny with NotPrincipal spares a user or a role together with its account;
// the account alone spares its root user.
func TestSpared(t *testing.T) {
	const user, role, account = `"arn:aws:iam::111122223333:user/bob"`, `"arn:aws:iam::111122223333:role/app"`,
		`"arn:aws:iam::111122223333:root"`
	for list, want := range map[string]string{
		user + "," + account:            "",
		role + `,"111122223333"`:        "",
		user:                            "not-principal-alone",
		role + `,"444455556666"`:        "not-principal-alone not-principal-account",
		account:                         "not-principal-account",
		`"111122223333"`:                "not-principal-account",
		`"*"`:                           "",
		`"AIDAIOSFODNN7EXAMPLE"`:        "deleted-principal",
		`"arn:aws:iam::111122223333:*"`: "bad-principal",
	} {
		_, problems := policy.Parse("resource.json", policy.Resource,
			`{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*","NotPrincipal":{"AWS":[`+list+`]}}}`)
		var codes []string
		for _, p := range problems {
			codes = append(codes, p.Code)
		}
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("%s: %q, want %q", list, got, want)
		}
	}
}
