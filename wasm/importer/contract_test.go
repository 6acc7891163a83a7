package main

import (
	"encoding/json"
	"io/fs"
	"testing"

	"why403/scenarios"
	"why403/wasm/contract"
)

// Every answer about a scenario of the gallery is as the contract has it.
func TestContractHolds(t *testing.T) {
	c, err := contract.Read("..")
	if err != nil {
		t.Fatal(err)
	}
	names, _ := fs.Glob(scenarios.Files, "*/*.txtar")
	for i, name := range names {
		if testing.Short() && i%8 != 0 {
			continue
		}
		text, err := scenarios.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		given, _ := json.Marshal(map[string]string{"scenario": string(text)})
		for method, asked := range map[string]string{
			"fixes": "\n" + string(text), "fillings": string(text), "who": string(text), "block": "html #s=\n" + string(text),
			"diagnose": string(given), "witness": "{}\n" + string(text), "import": "{}\n" + string(text),
			"policyTable": `{"section": "identity/app.json", "request": ""}` + "\n" + string(text),
			"changes":     `{"engine": "1", "outcomes": "allow"}` + "\n" + string(text),
		} {
			if err := c.Check(method, calls.Call(method, asked)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
