package kms

import "strings"

// The accounts and names that the scenarios of the rows use.
const (
	keyAccount   = "111122223333"
	otherAccount = "444455556666"
	keyARN       = "arn:aws:kms:us-east-1:" + keyAccount + ":key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

// caller is the account that the caller is in.
func (c Combination) caller() string {
	if c.Mode == CrossAccount {
		return otherAccount
	}
	return keyAccount
}

// Scenario writes the combination out as a scenario file.
func (c Combination) Scenario() string {
	account := c.caller()
	role := "arn:aws:iam::" + account + ":role/app"
	var b strings.Builder
	b.WriteString("KMS access: " + c.title() + "\n\n")
	b.WriteString("One of the combinations of key policy, identity-based policy and grant.\n\n")
	b.WriteString("See https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html\n\n")
	b.WriteString("-- request --\n")
	b.WriteString("principal: arn:aws:sts::" + account + ":assumed-role/app/session\n")
	b.WriteString("action: kms:Decrypt\n")
	b.WriteString("resource: " + keyARN + "\n")
	b.WriteString("-- resource.json --\n" + c.keyPolicy(role, account))
	if c.IAM == AllowForm {
		b.WriteString("-- identity/app.json --\n" + strings.ReplaceAll(iamPolicy, "KEY", keyARN))
	}
	if c.Grant != None {
		b.WriteString("-- grants.json --\n" + c.grant(role, account))
	}
	return b.String()
}

func (c Combination) title() string {
	words := "same account"
	if c.Mode == CrossAccount {
		words = "cross-account"
	}
	return words + "; key policy " + KeyPolicyLabel(c.KeyPolicy) + "; identity-based policy " + IAMLabel(c.IAM) + "; grant " + GrantLabel(c.Grant)
}

const adminStatement = `    {
      "Sid": "KeyAdministrators",
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::KEYACCOUNT:role/key-admin"},
      "Action": "kms:*",
      "Resource": "*"
    }`

const callerStatement = `    {
      "Sid": "SID",
      "Effect": "Allow",
      "Principal": {"AWS": "WHO"},
      "Action": "kms:Decrypt",
      "Resource": "*"
    }`

// keyPolicy always has the administrators, since no key policy is empty.
func (c Combination) keyPolicy(role, account string) string {
	statements := adminStatement
	switch c.KeyPolicy {
	case Explicit:
		statements += ",\n" + fill(callerStatement, "SID", "NamesTheRole", "WHO", role)
	case Delegation:
		statements += ",\n" + fill(callerStatement, "SID", "NamesTheAccount", "WHO", "arn:aws:iam::"+account+":root")
	}
	statements = strings.ReplaceAll(statements, "KEYACCOUNT", keyAccount)
	return "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n" + statements + "\n  ]\n}\n"
}

const iamPolicy = `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": "kms:Decrypt",
    "Resource": "KEY"
  }
}
`

const grantList = `{
  "Grants": [
    {
      "KeyId": "KEY",
      "GranteePrincipal": "WHO",
      "IssuingAccount": "arn:aws:iam::ISSUER:root",
      "Operations": ["Decrypt"]
    }
  ]
}
`

func (c Combination) grant(role, account string) string {
	who, issuer := role, keyAccount
	switch c.Grant {
	case Delegation:
		who = "arn:aws:iam::" + account + ":root"
	case ExplicitByCaller:
		issuer = account
	}
	return fill(grantList, `"KEY"`, `"`+keyARN+`"`, "WHO", who, "ISSUER", issuer)
}

// fill puts values into a text: word, value, word, value, and so on.
func fill(text string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	return text
}
