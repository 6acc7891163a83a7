package paste_test

import (
	"strings"
	"testing"

	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
)

// A pattern is answered for an entity that it covers, whose policies are others
// than those of the pattern: the statements that are told are of that answer.
func TestPartOfAPattern(t *testing.T) {
	text := "-- request --\nprincipal: arn:aws:iam::111122223333:user/a\naction: s3:GetObject\nresource: arn:aws:s3:::*\n" +
		"-- entity/b --\narn: arn:aws:s3:::b\naccount: 111122223333\n-- entity/b/policy.json --\n" +
		`{"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::b/*"}}` + "\n"
	r := diagnose.Of(data.All(), paste.Scenario([]paste.Piece{{Name: "f", Text: text}}), nil)
	if lines := strings.Join(r.Lines(), "\n"); !strings.Contains(lines, "entity/b/policy.json") {
		t.Error(lines)
	}
}
