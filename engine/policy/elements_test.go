package policy_test

import (
	"testing"

	"why403/engine/policy"
)

// Identity-based policies, each with its problems below it.
var brokenPolicies = []string{
	// The document.
	`[]`,
	`^^ 1:1 wrong-type: A policy is a JSON object, not a list.`,
	`"x"`,
	`^^^ 1:1 wrong-type: A policy is a JSON object, not a string.`,
	`null`,
	`^^^^ 1:1 wrong-type: A policy is a JSON object, not null.`,
	`7`,
	`^ 1:1 wrong-type: A policy is a JSON object, not a number.`,
	`"{\"Statement\": []}"`,
	`^^^^^^^^^^^^^^^^^^^^^ 1:1 wrong-type: This is a policy inside a JSON string. Paste it without the quotes around it and without the ` +
		`backslashes in it.`,
	`{}`,
	`^ 1:1 missing-statement: This policy has no Statement, so it says nothing. A policy is {"Version": "2012-10-17", "Statement": [ … ]}.`,
	`{"Version":"2012-10-17"}`,
	`~ 1:1 missing-statement: This policy has no Statement, so it says nothing. It neither allows nor denies.`,
	`{"Policy":"{}","PolicyName":"default"}`,
	`^ 1:1 missing-statement: This policy has no Statement, so it says nothing. A policy is {"Version": "2012-10-17", "Statement": [ … ]}.
	  ^^^^^^^^ 1:2 unknown-element: “Policy” is not an element of a policy. This is output of the AWS CLI. Paste only the policy inside it.
	                ^^^^^^^^^^^^ 1:16 unknown-element: “PolicyName” is not an element of a policy. This is output of the AWS CLI. Paste only the policy inside it.`,
	`{"Statement":[]}`,
	`             ^^ 1:14 missing-statement: This list of statements is empty. A policy has at least one statement.`,
	`{"Statement":null}`,
	`             ^^^^ 1:14 wrong-type: Statement is a statement or a list of statements, not null.`,
	`{"Statement":"x"}`,
	`             ^^^ 1:14 wrong-type: Statement is a statement or a list of statements, not a string.`,
	`{"Statement":[1,[],{}]}`,
	`              ^ 1:15 wrong-type: A statement is an object, not a number.
	                 ^^ 1:17 wrong-type: A statement is an object, not a list.
	                    ^ 1:20 missing-effect: This statement has no Effect. Write "Effect": "Allow" or "Deny".
	                    ^ 1:20 missing-action: This statement has no Action. Add Action or NotAction.
	                    ^ 1:20 missing-resource: This statement has no Resource. An identity-based policy has Resource or NotResource in each statement.`,
	`{"Version":1,"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`           ^ 1:12 wrong-type: Version is a string, not a number.`,
	`{"Version":"2012-10-18","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`           ^^^^^^^^^^^^ 1:12 bad-version: There is no version “2012-10-18” of the policy language. Write 2012-10-17.`,
	`{"Version":"2008-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`,
	``,
	`{"Id":1,"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`      ^ 1:7 wrong-type: Id is a string, not a number.`,
	`{"Id":"x","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`,
	` ~~~~ 1:2 id-not-allowed: An identity-based policy has no Id. AWS refuses it; remove it.`,
	`{"version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`,
	` ^^^^^^^^^ 1:2 unknown-element: “version” is not an element of a policy. Write Version: the names are case-sensitive.`,
	`{"Statements":{"Effect":"Deny","Action":"*","Resource":"*"}}`,
	` ^^^^^^^^^^^^ 1:2 unknown-element: “Statements” is not an element of a policy. Write Statement.`,
	`{"STATEMENT":{"Effect":"Deny","Action":"*","Resource":"*"}}`,
	` ^^^^^^^^^^^ 1:2 unknown-element: “STATEMENT” is not an element of a policy. Write Statement: the names are case-sensitive.`,
	`{"Foo":1,"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`,
	` ^^^^^ 1:2 unknown-element: “Foo” is not an element of a policy. Remove it, or correct its spelling.`,
	`{"Effect":"Allow","action":"*"}`,
	`^ 1:1 missing-statement: This policy has no Statement, so it says nothing. A policy is {"Version": "2012-10-17", "Statement": [ … ]}.
	  ^^^^^^^^ 1:2 unknown-element: “Effect” is not an element of a policy. It belongs in a statement: {"Statement": [{"Effect": …}]}.
	                   ^^^^^^^^ 1:19 unknown-element: “action” is not an element of a policy. It belongs in a statement: {"Statement": [{"Effect": …}]}.`,
	`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"},"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                                                           ^^^^^^^^^^^ 1:60 duplicate-name: “Statement” is here already, on line 1. ` +
		`An object has each name once: merge the two.`,
	`{"Version":"2012-10-17","\u0056ersion":"2008-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                        ^^^^^^^^^^^^^^ 1:25 duplicate-name: “Version” is here already, on line 1. An object has each name once: merge ` +
		`the two.`,
}

var brokenStatements = []string{
	`{"Statement":{}}`,
	`             ^ 1:14 missing-effect: This statement has no Effect. Write "Effect": "Allow" or "Deny".
	              ^ 1:14 missing-action: This statement has no Action. Add Action or NotAction.
	              ^ 1:14 missing-resource: This statement has no Resource. An identity-based policy has Resource or NotResource in each statement.`,
	`{"Statement":{"Effect":"Allow"}}`,
	`             ^ 1:14 missing-action: This statement has no Action. Add Action or NotAction.
	              ^ 1:14 missing-resource: This statement has no Resource. An identity-based policy has Resource or NotResource in each statement.`,
	`{"Statement":{"Action":"*","Resource":"*"}}`,
	`             ^ 1:14 missing-effect: This statement has no Effect. Write "Effect": "Allow" or "Deny".`,

	// Effect.
	`{"Statement":{"Effect":"allow","Action":"*","Resource":"*"}}`,
	`                       ^^^^^^^ 1:24 bad-effect: Effect is Allow or Deny, in this spelling, not “allow”.`,
	`{"Statement":{"Effect":"","Action":"*","Resource":"*"}}`,
	`                       ^^ 1:24 bad-effect: Effect is Allow or Deny, in this spelling, not “”.`,
	`{"Statement":{"Effect":true,"Action":"*","Resource":"*"}}`,
	`                       ^^^^ 1:24 wrong-type: Effect is the string Allow or Deny, not a Boolean.`,
	`{"Statement":{"Effect":["Allow"],"Action":"*","Resource":"*"}}`,
	`                       ^^^^^^^^^ 1:24 wrong-type: Effect is the string Allow or Deny, not a list.`,

	// Names that are not quite right.
	`{"Statement":{"effect":"Allow","Action":"*","Resource":"*"}}`,
	`              ^^^^^^^^ 1:15 unknown-element: “effect” is not an element of a statement. Write Effect: the names are case-sensitive.`,
	`{"Statement":{"Effect":"Allow","Actions":"*","Resource":"*"}}`,
	`                               ^^^^^^^^^ 1:32 unknown-element: “Actions” is not an element of a statement. Write Action.`,
	`{"Statement":{"Effect":"Allow","ACTION":"*","Resource":"*"}}`,
	`                               ^^^^^^^^ 1:32 unknown-element: “ACTION” is not an element of a statement. Write Action: the names are ` +
		`case-sensitive.`,
	`{"Statement":{"Version":"2012-10-17","Effect":"Deny","Action":"*","Resource":"*"}}`,
	`              ^^^^^^^^^ 1:15 unknown-element: “Version” is not an element of a statement. It belongs beside Statement, not in it.`,
	`{"Statement":{"Foo":1,"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`              ^^^^^ 1:15 unknown-element: “Foo” is not an element of a statement. Remove it, or correct its spelling.`,
	`{"Statement":{"Conditions":{},"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`              ^^^^^^^^^^^^ 1:15 unknown-element: “Conditions” is not an element of a statement. Write Condition.`,
	`{"Statement":{"Effect":"Allow","Action":"*"}}`,
	`             ^ 1:14 missing-resource: This statement has no Resource. An identity-based policy has Resource or NotResource in each ` +
		`statement.`,

	// Types, lists, pairs.
	`{"Statement":{"Effect":"Allow","Action":7,"Resource":"*"}}`,
	`                                        ^ 1:41 wrong-type: Action is a string or a list of strings, not a number.`,
	`{"Statement":{"Effect":"Allow","Action":{},"Resource":"*"}}`,
	`                                        ^^ 1:41 wrong-type: Action is a string or a list of strings, not an object.`,
	`{"Statement":{"Effect":"Allow","Action":null,"Resource":"*"}}`,
	`                                        ^^^^ 1:41 wrong-type: Action is a string or a list of strings, not null.`,
	`{"Statement":{"Effect":"Allow","Action":[],"Resource":"*"}}`,
	`                                        ^^ 1:41 empty-list: This list is empty. Action has at least one value.`,
	`{"Statement":{"Effect":"Allow","Action":["*",1,[]],"Resource":"*"}}`,
	`                                             ^ 1:46 wrong-type: A value of Action is a string, not a number.
	                                                ^^ 1:48 wrong-type: A value of Action is a string, not a list.`,
	`{"Statement":{"Effect":"Allow","Action":["*",null],"Resource":[null]}}`,
	`                                             ~~~~ 1:46 null-value: This null has no meaning here. Remove it.
	                                                                ~~~~ 1:64 null-value: This null has no meaning here. Remove it.`,
	`{"Statement":{"Effect":"Allow","NotAction":false,"NotResource":{"a":1}}}`,
	`                                           ^^^^^ 1:44 wrong-type: NotAction is a string or a list of strings, not a Boolean.
	                                                                ^^^^^^^ 1:64 wrong-type: NotResource is a string or a list of strings, not an object.`,
	`{"Statement":{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}}`,
	`                                            ^^^^^^^^^^^ 1:45 both-of-a-pair: A statement has either Action or NotAction, not both. ` +
		`Remove one.`,
	`{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","NotResource":"*"}}`,
	`                                                           ^^^^^^^^^^^^^ 1:60 both-of-a-pair: A statement has either Resource or ` +
		`NotResource, not both. Remove one.`,
	`{"Statement":{"Effect":"Allow","NotAction":"*","Action":"*","Resource":"*"}}`,
	`                                               ^^^^^^^^ 1:48 both-of-a-pair: A statement has either Action or NotAction, not both. ` +
		`Remove one.`,

	// Twice is neither.
	`{"Statement":{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                               ^^^^^^^^ 1:32 duplicate-name: “Effect” is here already, on line 1. An object has each name once: merge ` +
		`the two.`,
	`{"Statement":{"Effect":"Allow","Action":"*","Action":"*","Resource":"*"}}`,
	`                                            ^^^^^^^^ 1:45 duplicate-name: “Action” is here already, on line 1. An object has each ` +
		`name once: merge the two.`,
	`{"Statement":{"Effect":"Allow","Action":"*","Action":"*","NotAction":"*","Resource":"*"}}`,
	`                                            ^^^^^^^^ 1:45 duplicate-name: “Action” is here already, on line 1. An object has each name once: merge the two.
	                                                          ^^^^^^^^^^^ 1:58 both-of-a-pair: A statement has either Action or NotAction, not both. Remove one.`,

	// Sid.
	`{"Statement":{"Sid":1,"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                    ^ 1:21 wrong-type: Sid is a string, not a number.`,
	`{"Statement":{"Sid":"a b","Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                    ~~~~~ 1:21 bad-sid: A Sid here has letters A-Z, a-z and digits only.`,
	`{"Statement":{"Sid":"é","Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                    ~~~ 1:21 bad-sid: A Sid here has letters A-Z, a-z and digits only.`,
	`{"Statement":{"Sid":"","Effect":"Deny","Action":"*","Resource":"*"}}`,
	``,
	`{"Statement":{"Sid":"aZ09","Effect":"Deny","Action":"*","Resource":"*"}}`,
	``,

	// Condition.
	`{"Statement":{"Condition":"x","Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                          ^^^ 1:27 wrong-type: Condition is an object of condition operators, not a string.`,
	`{"Statement":{"Condition":[],"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                          ^^ 1:27 wrong-type: Condition is an object of condition operators, not a list.`,
	`{"Statement":{"Condition":{},"Effect":"Deny","Action":"*","Resource":"*"}}`,
	``,
	`{"Statement":{"Condition":{"StringEquals":"x"},"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                                          ^^^ 1:43 wrong-type: A condition operator is followed by an object of condition keys, not a ` +
		`string.`,
	`{"Statement":{"Condition":{"StringEquals":{"a:b":{}}},"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                                                 ^^ 1:50 wrong-type: A value of a condition key is a string, a number or a Boolean, ` +
		`not an object.`,
	`{"Statement":{"Condition":{"StringEquals":{"a:b":["x",1,true,null,[]]}},"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                                                             ^^^^ 1:62 wrong-type: A value of a condition key is a string, a number or a Boolean, not null.
	                                                                   ^^ 1:67 wrong-type: A value of a condition key is a string, a number or a Boolean, not a list.`,
	`{"Statement":{"Condition":{"Bool":{"a:b":true},"Bool":{}},"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                                               ^^^^^^ 1:48 duplicate-name: “Bool” is here already, on line 1. An object has each name ` +
		`once: merge the two.`,
	`{"Statement":{"Condition":{"Bool":{"a:b":true,"a:b":false}},"Effect":"Deny","Action":"*","Resource":"*"}}`,
	`                                              ^^^^^ 1:47 duplicate-name: “a:b” is here already, on line 1. An object has each name ` +
		`once: merge the two.`,

	// Values that match nothing.
	`{"Statement":{"Effect":"Allow","Action":"s3","Resource":"*"}}`,
	`                                        ~~~~ 1:41 bad-action: “s3” matches no action. An action is SERVICE:NAME, such as kms:Decrypt, ` +
		`or "*".`,
	`{"Statement":{"Effect":"Allow","Action":["s3:",":x","s3:a:b","s*:x","s3:g*","S3:X?Y","s3:a,s3:b","s3:a b"],"Resource":"*"}}`,
	`                                         ~~~~~ 1:42 bad-action: “s3:” matches no action. An action is SERVICE:NAME, such as kms:Decrypt, or "*".
	                                                ~~~~ 1:48 bad-action: “:x” matches no action. An action is SERVICE:NAME, such as kms:Decrypt, or "*".
	                                                     ~~~~~~~~ 1:53 bad-action: “s3:a:b” matches no action. An action is SERVICE:NAME, such as kms:Decrypt, or "*".
	                                                              ~~~~~~ 1:62 bad-action: “s*:x” matches no action: the service before the colon takes no wildcard.
	                                                                                      ~~~~~~~~~~~ 1:86 bad-action: “s3:a,s3:b” matches no action: it has a comma or white space in it. Write several actions as a list.
	                                                                                                  ~~~~~~~~ 1:98 bad-action: “s3:a b” matches no action: it has a comma or white space in it. Write several actions as a list.`,
	`{"Statement":{"Effect":"Allow","Action":"*","Resource":["mybucket","arn:aws:s3","arn:aws:*:::x","arn:aws:s3:::b/*","", " ` +
		`arn:aws:s3:::b"]}}`,
	`                                                        ~~~~~~~~~~ 1:57 bad-resource: “mybucket” matches no resource. A resource is an ARN, or "*".
	                                                                                 ~~~~~~~~~~~~~~~ 1:81 bad-resource: “arn:aws:*:::x” matches no resource: the service, the third part of an ARN, takes no wildcard.
	                                                                                                                    ~~ 1:116 bad-resource: “” matches no resource. A resource is an ARN, or "*".
	                                                                                                                        ~~~~~~~~~~~~~~~~~ 1:120 bad-resource: “ arn:aws:s3:::b” matches no resource. A resource is an ARN, or "*".`,
}

func TestDocumentProblems(t *testing.T)  { pairs(t, policy.Identity, brokenPolicies) }
func TestStatementProblems(t *testing.T) { pairs(t, policy.Identity, brokenStatements) }
