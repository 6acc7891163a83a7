// Command write writes the types of what the modules answer, for TypeScript. Its
// argument is the folder wasm.
package main

import (
	"os"

	"why403/wasm/contract"
)

func main() {
	if len(os.Args) != 2 {
		os.Stderr.WriteString("usage: write FOLDER\n")
		os.Exit(2)
	}
	c, err := contract.Read(os.Args[1])
	if err != nil {
		os.Stderr.WriteString("write: " + err.Error() + "\n")
		os.Exit(1)
	}
	os.Stdout.WriteString(c.TypeScript())
}
