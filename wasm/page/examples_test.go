//go:build !js

package main

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/scenario"
	"why403/scenarios"
)

type entry struct {
	File, Title, Summary, Service, ServiceName string
	Types, Outcomes, Modes                     []string
	Question                                   int
	Text                                       string
}

func entries(t *testing.T) []entry {
	t.Helper()
	var got struct{ Examples []entry }
	if err := json.Unmarshal([]byte(calls.Call("examples", "")), &got); err != nil {
		t.Fatal(err)
	}
	return got.Examples
}

// Every scenario file is in the gallery, with all that one can find it by.
func TestExamples(t *testing.T) {
	names, _ := fs.Glob(scenarios.Files, "*/*.txtar")
	all := entries(t)
	if len(all) != len(names) || len(all) == 0 {
		t.Fatalf("%d examples of %d files", len(all), len(names))
	}
	for i, e := range all {
		text, _ := fs.ReadFile(scenarios.Files, names[i])
		if e.File != names[i] || e.Text != string(text) {
			t.Errorf("%s stands for %s", e.File, names[i])
		}
		parsed := scenario.Parse(e.Text)
		requests := len(parsed.Requests)
		if e.Title == "" || e.Service == "" || len(e.Types) == 0 && parsed.Documents() > 0 || len(e.Outcomes) != requests ||
			len(e.Modes) != requests || e.Question < 0 {
			t.Errorf("%s: %+v", e.File, e)
		}
		if e.Summary == "" || strings.Contains(e.Summary, "\n") || strings.Contains(e.Summary, "http") {
			t.Errorf("%s: the summary is %q", e.File, e.Summary)
		}
	}
}

func TestExample(t *testing.T) {
	all := entries(t)
	for file, want := range map[string]entry{
		"kms/default-key-policy-without-iam.txtar": {Service: "kms", ServiceName: "KMS",
			Types: []string{"Key policy", "Identity-based policy"}, Outcomes: []string{"implicit deny"}, Modes: []string{"same-account"},
			Summary: "A new key trusts its account. That is a delegation: the account may hand out access with IAM policies, but until some IAM " +
				"policy does, a role has none. The message names the identity-based policy, because that is the missing half."},
		"trust/into-another-account-step-2.txtar": {Service: "s3", ServiceName: "S3",
			Types: []string{"Identity-based policy", "Resource-based policy"}, Outcomes: []string{"allow", "implicit deny"},
			Modes: []string{"same-account", "cross-account"},
			Summary: "The session belongs to the account 111122223333. The user's own rights at home are put aside until the session ends, so a " +
				"bucket of the home account is out of reach now."},
	} {
		i := slices.IndexFunc(all, func(e entry) bool { return e.File == file })
		got := all[i]
		if got.Service != want.Service || got.ServiceName != want.ServiceName || got.Summary != want.Summary ||
			!slices.Equal(got.Types, want.Types) ||
			!slices.Equal(got.Outcomes, want.Outcomes) || !slices.Equal(got.Modes, want.Modes) {
			t.Errorf("%s: %+v", file, got)
		}
	}
}

func TestAnswersTellTheirEngine(t *testing.T) {
	var got struct{ Engine string }
	if err := json.Unmarshal([]byte(calls.Call("evaluate", request)), &got); err != nil || got.Engine != engine.Version {
		t.Errorf("the engine is %q, %v", got.Engine, err)
	}
}

// A row of the synonyms that finds no file is a row too many.
func TestSynonyms(t *testing.T) {
	all := entries(t)
	for _, row := range scenarios.Synonyms {
		for _, text := range row.Texts {
			found := slices.ContainsFunc(all, func(e entry) bool {
				for _, piece := range strings.Split(text, " & ") {
					if !strings.Contains(strings.ToLower(e.Text), piece) {
						return false
					}
				}
				return true
			})
			if !found || text != strings.ToLower(text) {
				t.Errorf("%q, for %q, is in no scenario", text, row.Words)
			}
		}
	}
}
