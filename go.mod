module why403

go 1.26.0

require (
	github.com/goccy/go-json v0.12.0
	github.com/syumai/workers v0.32.0
	golang.org/x/net v0.62.0
)

// Packages of npm may hold Go files, and are many.
ignore (
	./wasm/worker/node_modules
	./web/node_modules
)
