package policy_test

import (
	"testing"

	"why403/engine/internal/memory"
	"why403/engine/policy"
)

// A small policy takes little memory: a file can have tens of thousands, and what
// reading them takes was mostly room that nothing used.
func TestSmallPolicy(t *testing.T) {
	const text = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}`
	const runs, most = 1000, 40 * len(text)
	taken := memory.Bytes(func() {
		for range runs {
			policy.Parse("identity/a.json", policy.Identity, text)
		}
	})
	if each := taken / runs; each > most {
		t.Errorf("%d bytes of memory to read a policy of %d bytes, at most %d", each, len(text), most)
	}
}
