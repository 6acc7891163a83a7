package importer_test

import (
	"strings"
	"testing"

	"why403/engine/importer"
)

// What stands of a policy allows no more than all of it can.
func TestLeftOut(t *testing.T) {
	const allow = `"Effect":"Allow",`
	for _, c := range []struct{ statements, want string }{
		{`{` + allow + `"Action":["a:B","…"],"Resource":["...","r"]}`, `{` + allow + `"Action":["a:B"],"Resource":["r"]}`},
		{`{` + allow + `"Action":"a:B","Resource":"*"},"…"`, `{` + allow + `"Action":"a:B","Resource":"*"}`},
		{`{` + allow + `"Principal":{"AWS":["arn:aws:iam::1111...:root","x"]},"Action":"*"}`, `{` + allow +
			`"Principal":{"AWS":["x"]},"Action":"*"}`},
		{`{"Sid":"All...",` + allow + `"Action":"a:B","Resource":"*"},"…"`, `{"Sid":"All...",` + allow + `"Action":"a:B","Resource":"*"}`},
		// Of these nothing is sure.
		{`{` + allow + `"Action":"a:B","Resource":"..."}`, ""},
		{`{` + allow + `"Action":"a:B","Resource":"*","Condition":{"…":"…"}}`, ""},
		{`{` + allow + `"Action":"a:B","Resource":"*","Condition":{"StringEquals":{"a:b":["x","..."]}}}`, ""},
		{`{` + allow + `"NotAction":["a:B","..."],"Resource":"*"}`, ""},
		{`{` + allow + `"Action":"*","NotResource":["r","…"]}`, ""},
		{`{` + allow + `"Action":"a:B","Resource":"*","…":"…"}`, ""},
		{`{"Effect":"…","Action":"a:B","Resource":"*"}`, ""},
	} {
		got, left := importer.LeftOut(`{"Statement":[` + c.statements + `],"…":"…"}`)
		want := `{"Statement":[` + c.want + `]}`
		if c.want == "" {
			want = ""
		}
		if got = strings.Join(strings.Fields(got), ""); got != want || !left {
			t.Errorf("%s\n%s, want\n%s", c.statements, got, want)
		}
	}
	const whole = `{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Sid": "..."}]}`
	if got, left := importer.LeftOut(whole); got != whole || left {
		t.Errorf("%s %v", got, left)
	}
}
