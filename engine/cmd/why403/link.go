package main

import (
	"fmt"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/link"
	"why403/engine/scenario"
)

// link prints the link that carries a scenario file. A file that can't be
// answered has one too: it may be a question about its problems.
func (a *app) link(args []string) int {
	set := flags("link")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() != 1 {
		return a.usage("link needs one file")
	}
	text, err := a.read(set.Arg(0))
	if err != nil {
		return a.usage(err.Error())
	}
	var outcomes []engine.Outcome
	if f := scenario.ParseWith(data.All(), text); !f.Errors() {
		outcomes = answer.Outcomes(f)
	}
	written, err := link.Encode(text, engine.Version, outcomes)
	if err != nil {
		return a.refuse(err)
	}
	fmt.Fprintln(a.stdout, written)
	return exitOK
}

// open prints the scenario file that a link carries, to the byte.
func (a *app) open(args []string) int {
	set := flags("open")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	if set.NArg() != 1 {
		return a.usage("open needs one link")
	}
	address := set.Arg(0)
	if address == "-" {
		text, err := a.read(address)
		if err != nil {
			return a.usage(err.Error())
		}
		address = text
	}
	opened, err := link.Decode(address)
	if err != nil {
		return a.refuse(err)
	}
	fmt.Fprint(a.stdout, opened.Text)
	return exitOK
}

// refuse says why there is nothing to print.
func (a *app) refuse(err error) int {
	fmt.Fprintln(a.stderr, "why403:", err)
	return exitProblems
}
