package kms

import (
	"strings"

	"why403/engine/combine"
)

// The accounts and names that the scenarios of the rows use.
const (
	keyAccount   = "111122223333"
	otherAccount = "444455556666"
	keyARN       = "arn:aws:kms:us-east-1:" + keyAccount + ":key/1234abcd-12ab-34cd-56ef-1234567890ab"
)

// caller is the account that the caller is in.
func caller(c combine.Case) string {
	if c.Mode == CrossAccount {
		return otherAccount
	}
	return keyAccount
}

// write writes a case out as a scenario file.
func write(c combine.Case) string {
	account := caller(c)
	role := "arn:aws:iam::" + account + ":role/app"
	var b strings.Builder
	b.WriteString("KMS access: " + title(c) + "\n\n")
	b.WriteString("One of the combinations of key policy, identity-based policy and grant.\n\n")
	b.WriteString("See https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html\n\n")
	b.WriteString("-- request --\n")
	b.WriteString("principal: arn:aws:sts::" + account + ":assumed-role/app/session\n")
	b.WriteString("action: kms:Decrypt\n")
	b.WriteString("resource: " + keyARN + "\n")
	b.WriteString("-- resource.json --\n" + keyPolicy(c.Forms[KeyPolicy], role, account))
	if c.Forms[IAM] == AllowForm {
		b.WriteString("-- identity/app.json --\n" + strings.ReplaceAll(iamPolicy, "KEY", keyARN))
	}
	if c.Forms[Grant] != None {
		b.WriteString("-- grants.json --\n" + grant(c.Forms[Grant], role, account))
	}
	return b.String()
}

func title(c combine.Case) string {
	words := "same account"
	if c.Mode == CrossAccount {
		words = "cross-account"
	}
	said := Table().Labels(c)
	return words + "; key policy " + said[KeyPolicy] + "; identity-based policy " + said[IAM] + "; grant " + said[Grant]
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
func keyPolicy(form combine.Form, role, account string) string {
	statements := adminStatement
	switch form {
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

func grant(form combine.Form, role, account string) string {
	who, issuer := role, keyAccount
	switch form {
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
