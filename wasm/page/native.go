//go:build !js

package main

import (
	"io"
	"os"
)

// main answers one call outside the browser: the name of the call is the
// argument, its text is standard input.
func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil || len(os.Args) != 2 || calls[os.Args[1]] == nil {
		os.Stderr.WriteString("usage: page evaluate|open|combinations|format|switchAccounts|examples < TEXT\n")
		os.Exit(2)
	}
	os.Stdout.WriteString(call(os.Args[1], string(text)) + "\n")
}
