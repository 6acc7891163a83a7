package main

import (
	"io/fs"
	"os"
	"testing"

	"why403/engine/catalogue/data"
	"why403/scenarios"
	"why403/wasm/contract"
)

const contractFile = "../../web/src/engine/contract.ts"

func readContract(t *testing.T) *contract.Contract {
	t.Helper()
	c, err := contract.Read("..")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The types that TypeScript is checked against are those of what Go writes.
func TestContract(t *testing.T) {
	written, err := os.ReadFile(contractFile)
	if err != nil {
		t.Fatal(err)
	}
	if readContract(t).TypeScript() != string(written) {
		t.Error("the answers have other types now: go run ./wasm/contract/write wasm >web/src/engine/contract.ts")
	}
}

// Every answer to a scenario of the gallery is as the contract has it, to the
// words of which a field has one.
func TestContractHolds(t *testing.T) {
	c := readContract(t)
	for _, prefix := range [...]string{"s3", "kms", "sqs", "sts", "iam"} {
		tell(t, prefix)
	}
	names, _ := fs.Glob(scenarios.Files, "*/*.txtar")
	for _, name := range names {
		text, err := scenarios.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, method := range [...]string{"evaluate", "open", "format", "switchAccounts"} {
			if err := c.Check(method, calls.Call(method, string(text))); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	for _, method := range [...]string{"examples", "fields", "sections", "grammar"} {
		if err := c.Check(method, calls.Call(method, "")); err != nil {
			t.Error(err)
		}
	}
	if err := c.Check("service", calls.Call("service", data.All().Text("sns"))); err != nil {
		t.Error(err)
	}
}
