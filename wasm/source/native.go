//go:build !js

package main

import (
	"io"
	"os"
)

// main answers one call outside the browser: its text is standard input.
func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		os.Stderr.WriteString("source: " + err.Error() + "\n")
		os.Exit(1)
	}
	os.Stdout.WriteString(calls.Call("translate", string(text)) + "\n")
}
