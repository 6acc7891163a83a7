package diagnose

import (
	"testing"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// What the policies name for an action is looked for once, however many ways there are to fill the request.
func TestResourcesOnce(t *testing.T) {
	d, _ := policy.Parse("identity/p.json", policy.Identity, `{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": `+
		`["arn:aws:s3:::a/*", "arn:aws:sqs:us-east-1:111122223333:q", "*"]}]}`)
	f := filler{said: &Evidence{}, request: map[string]string{"action": "s3:GetObject", "resource": "*"}, documents: []*policy.Document{d},
		named: map[string][]namedResource{}}
	first := f.resources(filling{})
	looked := f.looked
	again := f.resources(filling{})
	if len(first) != 1 || len(again) != 1 || f.value(first[0], "resource") != "arn:aws:s3:::a/UNKNOWN" || looked == 0 || f.looked != looked {
		t.Errorf("%+v, then %+v; %d values looked at, then %d", first, again, looked, f.looked)
	}
}

// Of a file of many sections, few ways to fill the request are tried: each reads and judges
// all of them anew.
func TestMostFillings(t *testing.T) {
	for sections, want := range map[int]int{10: maxFillings, 1000: 12, 16_000: 1} {
		f := &scenario.File{Sections: make([]scenario.Section, sections)}
		if n := min(mostFillings(f, 120*sections), maxFillings); n != want {
			t.Errorf("%d sections: %d ways, not %d", sections, n, want)
		}
	}
}
