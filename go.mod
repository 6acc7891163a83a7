module why403

go 1.26.0

require (
	github.com/goccy/go-json v0.12.0
	github.com/hashicorp/hcl/v2 v2.24.0
	github.com/syumai/workers v0.32.0
	github.com/zclconf/go-cty v1.16.3
	go.yaml.in/yaml/v3 v3.0.6
	golang.org/x/net v0.62.0
)

require (
	github.com/agext/levenshtein v1.2.1 // indirect
	github.com/apparentlymart/go-textseg/v15 v15.0.0 // indirect
	github.com/mitchellh/go-wordwrap v1.0.1 // indirect
	golang.org/x/mod v0.41.0 // indirect
	golang.org/x/sync v0.24.0 // indirect
	golang.org/x/text v0.43.0 // indirect
	golang.org/x/tools v0.51.0 // indirect
)

// Packages of npm may hold Go files, and are many.
ignore (
	./wasm/worker/node_modules
	./web/node_modules
)
