//go:build !js

package main

import (
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

// main answers one call outside the browser: the name of the call is the
// argument, its text is standard input. For the build it also writes what the
// page shows without a script, and the tables.
func main() {
	if len(os.Args) == 2 && os.Args[1] == "static" {
		os.Stdout.WriteString(static())
		return
	}
	if len(os.Args) == 3 && os.Args[1] == "tables" {
		if err := writeTables(os.Args[2]); err != nil {
			os.Stderr.WriteString("page: " + err.Error() + "\n")
			os.Exit(1)
		}
		return
	}
	text, err := io.ReadAll(os.Stdin)
	if err != nil || len(os.Args) != 2 || calls[os.Args[1]] == nil {
		os.Stderr.WriteString("usage: page " + strings.Join(slices.Sorted(maps.Keys(calls)), "|") +
			" < TEXT, page static, or page tables FOLDER\n")
		os.Exit(2)
	}
	os.Stdout.WriteString(calls.Call(os.Args[1], string(text)) + "\n")
}
