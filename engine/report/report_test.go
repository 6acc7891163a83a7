package report_test

import (
	"strconv"
	"strings"
	"testing"

	"why403/engine/report"
	"why403/engine/scenario"
)

func lines(text string) string { return string(report.Lines("-", scenario.Parse(text))) }

const request = "principal: arn:aws:iam::111122223333:user/<b>\naction: kms:Decrypt\nresource: arn:aws:kms:us-east-1:111122223333:key/k\n"

// Every request has its line, in order; markup stays as it was written.
func TestLines(t *testing.T) {
	got := lines("-- request/a --\n" + request + "-- request/b --\n" + request)
	a, b, _ := strings.Cut(got, "\n")
	if !strings.HasPrefix(a, `{"file":"-","request":"a","outcome":"implicit deny","deniedBy":"`) ||
		!strings.Contains(a, "user/<b> is not authorized") ||
		b != strings.Replace(a, `"request":"a"`, `"request":"b"`, 1)+"\n" {
		t.Error(got)
	}
}

// A file with an error has no answers, only its problems with their places.
func TestUnreadable(t *testing.T) {
	got := lines("-- request --\n" + strings.Replace(request, "kms:Decrypt", "", 1))
	if !strings.HasPrefix(got, `{"file":"-","problems":[{"section":"request","line":2,"column":`) || strings.Count(got, "\n") != 1 {
		t.Error(got)
	}
}

// An unknown operator is said once, whether or not its statement is reached,
// and is no warning beside that.
func TestNotEvaluated(t *testing.T) {
	for _, action := range []string{"kms:Decrypt", "kms:Encrypt"} {
		got := lines("-- request --\n" + request +
			"-- identity/p.json --\n{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"" +
			action + "\", \"Resource\": \"*\", \"Condition\": {\"StringMatches\": {\"aws:username\": \"alice\"}}}}\n")
		if strings.Count(got, `"code":"unknown-operator"`) != 1 || !strings.Contains(got, `"notEvaluated":[{"section":"identity/p.json"`) {
			t.Errorf("%s: %s", action, got)
		}
	}
}

// A warning about the lines of one request is none about the others.
func TestWarningsOfARequest(t *testing.T) {
	s3 := "principal: arn:aws:iam::111122223333:user/b\naction: s3:GetObject\nresource: arn:aws:s3:::b/k\n"
	all := strings.SplitAfter(lines("-- request/a --\n"+s3+"-- request/b --\n"+s3+
		"-- identity/p.json --\n{\"Id\": \"x\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:*\", \"Resource\": \"*\"}}\n"), "\n")
	for i, want := range []string{"request/a", "request/b"} {
		if strings.Count(all[i], `"section":"request/`) != 1 || !strings.Contains(all[i], `"section":"`+want+`"`) ||
			!strings.Contains(all[i], `"section":"identity/p.json"`) {
			t.Errorf("%s: %s", want, all[i])
		}
	}
}

// Of very many values in a policy the first are written, and their number.
func TestManyValues(t *testing.T) {
	var values strings.Builder
	for i := range 300 {
		values.WriteString(`"arn:aws:kms:us-east-1:111122223333:key/` + strconv.Itoa(i) + `",`)
	}
	policy := func(values string) string {
		return "-- request --\n" + request + "-- identity/p.json --\n" +
			`{"Statement": {"Effect": "Allow", "Action": "*", "Resource": [` + values + "]}}\n"
	}
	got := lines(policy(strings.TrimSuffix(values.String(), ",")))
	if !strings.Contains(got, `:key/199"],"policyValues":300,`) {
		t.Error(got)
	}
	got = lines(policy(`"arn:aws:kms:us-east-1:111122223333:key/0"`))
	if !strings.Contains(got, `:key/0"]`) || strings.Contains(got, "policyValues") {
		t.Error(got)
	}
}
