package redact_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/redact"
	"why403/engine/scenario"
)

// What random scenarios are made of: names that are no words of AWS, few enough
// to meet often. %s is one of them.
var (
	chosen    = []string{"quokka", "zanzibar", "mulberry", "QuokkaTeam", "heliotrope"}
	accounts  = []string{"210987654321", "987650123456"}
	principal = []string{"arn:aws:iam::%a:user/%s", "arn:aws:iam::%a:role/%s", "arn:aws:sts::%a:assumed-role/%s/%s", "arn:aws:iam::%a:root"}
	asked     = []string{
		"s3:GetObject\nresource: arn:aws:s3:::%s-%s/%s/file\nresource-account: %a", "s3:ListBucket\nresource: " +
			"arn:aws:s3:::%s-%s\nresource-account: %a",
		"sqs:SendMessage\nresource: arn:aws:sqs:eu-west-1:%a:%s", "sts:AssumeRole\nresource: arn:aws:iam::%a:role/%s/%s",
		"dynamodb:GetItem\nresource: arn:aws:dynamodb:eu-west-1:%a:table/%s", "kms:Decrypt\nresource: arn:aws:kms:eu-west-1:%a:key/%s",
	}
	context = []string{
		"aws:PrincipalTag/%s: %s", "aws:ResourceTag/%s: %s", "aws:SourceIp: 81.200.17.5", "aws:PrincipalOrgID: o-%s", "aws:RequestTag/%s: %s",
		"aws:username: %s",
	}
	actions   = []string{`"*"`, `"*"`, `"*"`, `"s3:Get*"`, `["s3:*", "sqs:*"]`, `"sts:AssumeRole"`, `"kms:*"`, `"dynamodb:*"`}
	resources = []string{
		`"*"`, `"*"`, `"*"`, `"*"`, `"arn:aws:s3:::%s-*"`, `"arn:aws:s3:::*-%s/*"`, `"arn:aws:s3:::%s-%s/${aws:username}/*"`,
		`"arn:aws:sqs:*:%a:%s"`,
		`"arn:aws:sqs:*:*:${aws:PrincipalTag/%s}"`, `"arn:aws:dynamodb:*:%a:table/${aws:PrincipalTag/%s, '%s'}"`, `"arn:aws:iam::%a:role/%s/*"`,
		`"arn:aws:iam::${aws:PrincipalAccount}:role/*"`, `"arn:aws:sqs:*:*:quok*"`, `"arn:aws:s3:::*-mul*"`,
	}
	conditions = []string{
		`{}`, `{}`, `{}`, `{}`, `{"StringEquals": {"aws:PrincipalTag/%s": "%s"}}`, `{"StringLike": {"aws:username": "%s*"}}`,
		`{"StringEquals": {"aws:ResourceTag/%s": "${aws:PrincipalTag/%s}"}}`, `{"IpAddress": {"aws:SourceIp": "81.200.16.0/20"}}`,
		`{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::%a:*/%s"}}`, `{"StringEquals": {"aws:PrincipalOrgID": "o-%s"}}`,
		`{"Null": {"aws:RequestTag/%s": "true"}}`, `{"StringNotEquals": {"aws:PrincipalAccount": "%a"}}`,
	}
	principals = []string{`"*"`, `{"AWS": "%a"}`, `{"AWS": "arn:aws:iam::%a:role/%s"}`, `{"AWS": ["arn:aws:iam::%a:user/%s", "%a"]}`}
	sections   = []string{"identity/%s.json", "identity/%s-%s.json", "boundary.json", "resource.json", "scp/1-root/%s.json", "session.json"}
)

// random writes scenarios.
type random struct{ *rand.Rand }

func (r random) one(list []string) string { return r.filled(list[r.IntN(len(list))]) }

func (r random) filled(text string) string {
	for strings.Contains(text, "%s") {
		text = strings.Replace(text, "%s", chosen[r.IntN(len(chosen))], 1)
	}
	for strings.Contains(text, "%a") {
		text = strings.Replace(text, "%a", accounts[r.IntN(len(accounts))], 1)
	}
	return text
}

func (r random) statement(section string) string {
	who, effect := "", "Allow"
	if section == "resource.json" {
		who = `"Principal": ` + r.one(principals) + ", "
	}
	if r.IntN(4) == 0 {
		effect = "Deny"
	}
	return fmt.Sprintf(`{"Sid": "%s%d", "Effect": "%s", %s"Action": %s, "Resource": %s, "Condition": %s}`,
		chosen[r.IntN(len(chosen))], r.IntN(1000), effect, who, r.one(actions), r.one(resources), r.one(conditions))
}

func (r random) scenario() string {
	text := "About quokka\n\n"
	for i := range 1 + r.IntN(2) {
		text += fmt.Sprintf("-- request/%s-%d --\nprincipal: %s\naction: %s\n", r.filled("%s"), i, r.one(principal), r.one(asked))
		given := map[string]bool{}
		for range r.IntN(4) {
			line := r.one(context)
			if key, _, _ := strings.Cut(line, ": "); !given[key] {
				text += line + "\n"
				given[key] = true
			}
		}
	}
	given := map[string]bool{}
	for range 1 + r.IntN(4) {
		section := r.one(sections)
		if given[section] {
			continue
		}
		given[section] = true
		var statements []string
		for range 1 + r.IntN(3) {
			statements = append(statements, r.statement(section))
		}
		text += fmt.Sprintf("-- %s --\n{\"Version\": \"2012-10-17\", \"Statement\": [%s]}\n", section, strings.Join(statements, ",\n  "))
	}
	return text
}

// facts is what has to stay, told by the engine itself: it shares nothing with the proof.
func facts(text string) (out []string) {
	f := scenario.ParseWith(data.All(), text)
	for _, a := range answer.File(f) {
		out = append(out, fmt.Sprintf("%v %s %d", a.Outcome, a.DeniedBy, a.Decisive))
		for i := range a.Checks {
			d := a.Checks[i].Decision
			out = append(out, fmt.Sprintf("%s %v %v %v", a.Checks[i].Action, d.Outcome, d.Allows, d.Denies))
			for _, step := range d.Steps {
				out = append(out, fmt.Sprintf("step %v", step))
			}
			for _, way := range d.Ways {
				out = append(out, fmt.Sprintf("way %v %v %v %v", way.ID, way.Side, way.Blocked, way.Unsure))
			}
		}
	}
	return out
}

// secret finds the names and accounts that somebody chose.
var secret = regexp.MustCompile(`(?i)` + strings.Join(append(append([]string{"81\\.200\\."}, chosen...), accounts...), "|"))

// For every scenario: outcome, policy type, steps and ways are those of before,
// no name that somebody chose is left, and the proof says so.
func TestRedactionLaw(t *testing.T) {
	outcomes, judged := map[string]int{}, 0
	for seed := range uint64(400) {
		text := random{rand.New(rand.NewPCG(seed, 403))}.scenario()
		before := facts(text)
		if len(before) == 0 {
			continue // a root user with a permissions boundary, and the like
		}
		judged++
		outcomes[strings.Join(strings.Fields(before[0])[:2], " ")]++
		r := redact.Of(data.All(), text)
		after := facts(r.Text)
		switch {
		case strings.Join(after, "\n") != strings.Join(before, "\n"):
			t.Errorf("seed %d: other facts\n%s\nbefore: %s\nafter: %s", seed, text, before, after)
		case !r.Proof.Proved:
			t.Errorf("seed %d: not proved: %v\n%s", seed, r.Proof.Differs, text)
		case secret.MatchString(r.Text):
			t.Errorf("seed %d: %s is left\n%s", seed, secret.FindString(r.Text), r.Text)
		}
		if t.Failed() {
			return
		}
	}
	if judged < 250 || len(outcomes) < 3 {
		t.Errorf("%d are judged, with the outcomes %v", judged, outcomes)
	}
}

// Two patterns that take a name apart at places that overlap leave no stand-in for
// it: it stays, and is marked.
func TestOverlap(t *testing.T) {
	const text = `Overlap

-- request --
principal: arn:aws:iam::210987654321:user/zanzibar
action: s3:ListBucket
resource: arn:aws:s3:::quokka
resource-account: 210987654321
-- identity/a.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::quok*"},
  {"Effect": "Allow", "Action": "s3:List*", "Resource": "arn:aws:s3:::?uokka"}]}
`
	r := redact.Of(data.All(), text)
	for _, x := range r.Replaced {
		if left := strings.Contains(r.Text, x.Old); left != x.Kept || x.Kept != (x.Why != "") {
			t.Errorf("%+v", x)
		}
	}
	if !r.Proof.Proved || !strings.Contains(r.Text, ":::quokka") || secret.FindString(strings.ReplaceAll(r.Text, "quokka", "")) != "" {
		t.Errorf("%+v\n%s", r.Proof, r.Text)
	}
}
