package fix_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
)

// TestRandom holds the law on scenarios of statements that nearly match.
func TestRandom(t *testing.T) {
	rounds := 200
	if testing.Short() {
		rounds = 60
	}
	r, offered := rand.New(rand.NewPCG(4, 3)), 0
	for range rounds {
		offered += len(holds(t, data.All(), random(r)))
		if t.Failed() {
			return
		}
	}
	if offered < rounds {
		t.Errorf("only %d fixes in %d scenarios", offered, rounds)
	}
}

func pick(r *rand.Rand, values ...string) string { return values[r.IntN(len(values))] }

// random is a scenario: up to three requests for one bucket, queue or key.
func random(r *rand.Rand) string {
	resource := pick(r, "arn:aws:s3:::acme/in/a", "arn:aws:sqs:us-east-1:111122223333:jobs", "arn:aws:kms:us-east-1:111122223333:key/k")
	actions := map[byte][]string{'s': {"s3:GetObject", "s3:PutObject"}, 'q': {"sqs:SendMessage", "sqs:ReceiveMessage"},
		'k': {"kms:Decrypt", "kms:Encrypt"}}[resource[8]]
	if resource[8] == 's' && strings.Contains(resource, ":sqs:") {
		actions = []string{"sqs:SendMessage", "sqs:ReceiveMessage"}
	}
	g := generator{r, resource, actions}
	var b strings.Builder
	for i := range 1 + r.IntN(3) {
		b.WriteString("-- request/r" + string(rune('0'+i)) + " --\nprincipal: " + g.principal() + "\naction: " + pick(r, actions...) +
			"\nresource: " + resource + "\nresource-account: 111122223333\n")
		for _, line := range []string{"aws:SourceIp: " + pick(r, "203.0.113.7", "198.51.100.7"), "aws:MultiFactorAuthPresent: true",
			"aws:ViaAWSService: true", "aws:SourceVpce: vpce-1"} {
			if r.IntN(4) == 0 {
				b.WriteString(line + "\n")
			}
		}
	}
	b.WriteString("-- identity/a.json --\n" + g.policy(false, 2))
	b.WriteString("-- resource.json --\n" + g.policy(true, 2))
	if r.IntN(3) == 0 {
		b.WriteString("-- scp/1-root/a.json " +
			"--\n" + `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}` +
			"]}\n-- scp/1-root/b.json --\n" + g.policy(false, 1))
	}
	if r.IntN(4) == 0 {
		b.WriteString("-- boundary.json --\n" + g.policy(false, 2))
	}
	return b.String()
}

type generator struct {
	*rand.Rand
	resource string
	actions  []string
}

func (g *generator) principal() string {
	return pick(g.Rand, "arn:aws:iam::111122223333:user/ann", "arn:aws:sts::111122223333:assumed-role/app/one",
		"arn:aws:iam::444455556666:user/bob", "arn:aws:sts::444455556666:assumed-role/app/one")
}

func (g *generator) policy(named bool, most int) string {
	var statements []string
	for range 1 + g.IntN(most) {
		statements = append(statements, g.statement(named))
	}
	return `{"Version": "2012-10-17", "Statement": [` + strings.Join(statements, ", ") + "]}\n"
}

func (g *generator) statement(named bool) string {
	s := `{"Effect": "` + pick(g.Rand, "Allow", "Allow", "Deny") + `", `
	if named {
		s += `"` + pick(g.Rand, "Principal", "Principal", "Principal", "NotPrincipal") + `": {"AWS": ` +
			pick(g.Rand, `"arn:aws:iam::111122223333:root"`, `"arn:aws:iam::111122223333:role/app"`,
				`["arn:aws:iam::111122223333:user/ann", "arn:aws:iam::111122223333:root"]`, `"arn:aws:iam::444455556666:root"`) + `}, `
		s = strings.Replace(s, `"Allow", "NotPrincipal"`, `"Allow", "Principal"`, 1)
	}
	s += `"` + pick(g.Rand, "Action", "Action", "NotAction") + `": ` + pick(g.Rand, `"`+g.actions[0]+`"`,
		`["`+g.actions[0]+`", "`+g.actions[1]+`"]`, `"`+g.actions[0][:strings.Index(g.actions[0], ":")]+`:*"`, `["iam:*", "`+g.actions[1]+`"]`)
	s += `, "` + pick(g.Rand, "Resource", "Resource", "NotResource") + `": ` +
		pick(g.Rand, `"*"`, `"`+g.resource+`"`, `"`+g.resource[:len(g.resource)-2]+`"`, `["arn:aws:s3:::other/*", "`+g.resource+`x"]`)
	if g.IntN(2) == 0 {
		s += `, "Condition": {` + pick(g.Rand, `"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}`,
			`"Bool": {"aws:MultiFactorAuthPresent": "false"}`, `"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}`,
			`"StringNotEquals": {"aws:SourceVpce": "vpce-1"}`, `"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::111122223333:role/ops"]}`,
			`"Null": {"aws:SourceVpce": "false"}`,
			`"NotIpAddressIfExists": {"aws:SourceIp": ["203.0.113.0/24"]}, "Bool": {"aws:ViaAWSService": "false"}`) + `}`
	}
	return s + "}"
}
