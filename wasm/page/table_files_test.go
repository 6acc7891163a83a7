//go:build !js

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// What the page fetches is what the engine answers: each row's scenario, put
// together as the page does it, has the row's outcome and is the row's own case.
func TestTableFiles(t *testing.T) {
	folder := t.TempDir()
	if err := writeTables(folder); err != nil {
		t.Fatal(err)
	}
	var index struct{ Tables []struct{ ID, Title string } }
	readFile(t, folder, "index", &index)
	if len(index.Tables) != len(accessTables()) || index.Tables[0].ID != "kms" || index.Tables[0].Title != "KMS" {
		t.Fatalf("the list has %+v", index.Tables)
	}
	for _, listed := range index.Tables {
		var file struct {
			ID, Title, Doc string
			Parts          []struct {
				Words []struct{ Form, Label string }
			}
			Rows []struct {
				ID, Outcome, Scenario string
				Reason                int
			}
			Texts []string
		}
		readFile(t, folder, listed.ID, &file)
		if file.ID != listed.ID || file.Title != listed.Title || len(file.Rows) < 36 ||
			!strings.HasPrefix(file.Doc, "https://docs.aws.amazon.com/") {
			t.Errorf("%s: %s, %s, %d rows", listed.ID, file.Title, file.Doc, len(file.Rows))
		}
		for _, row := range file.Rows {
			scenario := ""
			for place := range strings.SplitSeq(row.Scenario, " ") {
				i, err := strconv.Atoi(place)
				if err != nil {
					t.Fatal(err)
				}
				scenario += file.Texts[i]
			}
			got := decode(t, calls.Call("evaluate", scenario))
			if len(got.Answers) != 1 || got.Answers[0].Outcome != row.Outcome || file.Texts[row.Reason] == "" {
				t.Fatalf("%s %s: the engine answers %+v", listed.ID, row.ID, got.Answers)
			}
			c := got.Answers[0].Combination
			if c == nil || c.Table != listed.ID || c.ID != row.ID || strings.Count(row.ID, "/") != len(file.Parts) {
				t.Errorf("%s %s is classified as %+v", listed.ID, row.ID, c)
			}
		}
	}
}

// The list of services has one of each table, and a cell for each column.
func TestAloneFile(t *testing.T) {
	var file struct {
		Columns  []struct{ Side, Label string }
		Services []struct {
			ID, Title, Doc string
			Cells          []struct{ Outcome, Reason string }
		}
	}
	if err := json.Unmarshal([]byte(calls.Call("alone", "")), &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Services) != len(accessTables()) || file.Services[0].ID != "s3" {
		t.Fatalf("%d services", len(file.Services))
	}
	for _, s := range file.Services {
		if len(s.Cells) != len(file.Columns) || s.Doc == "" || s.Title == "" {
			t.Errorf("%s has %d cells", s.ID, len(s.Cells))
		}
		for _, c := range s.Cells {
			if (c.Outcome == "") != (c.Reason == "") {
				t.Errorf("%s: %q, %q", s.ID, c.Outcome, c.Reason)
			}
		}
	}
}

func readFile(t *testing.T, folder, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}
