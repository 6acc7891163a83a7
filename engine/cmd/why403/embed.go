package main

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/embed"
	"why403/engine/link"
	"why403/engine/scenario"
)

// embedForm is something that embed can print.
type embedForm struct {
	name      string
	write     func(*scenario.File, embed.Options) (string, error)
	needsBase bool
}

var embedForms = []embedForm{
	{"html", embed.Block, false},
	{"markdown", embed.Markdown, true},
	{"mdx", embed.MDX, false},
	{"link", func(_ *scenario.File, o embed.Options) (string, error) { return o.Link + "\n", nil }, false},
}

// embed prints a scenario as a block for a page of documentation.
func (a *app) embed(args []string) int {
	set := flags("embed")
	chosen := map[string]*bool{}
	for _, form := range embedForms {
		chosen[form.name] = set.Bool(form.name, false, "")
	}
	base := set.String("base", "", "")
	if err := set.Parse(args); err != nil {
		return a.usage(err.Error())
	}
	forms := slices.DeleteFunc(slices.Clone(embedForms), func(f embedForm) bool { return !*chosen[f.name] })
	if len(forms) != 1 || set.NArg() != 1 {
		return a.usage("embed needs one of --html, --markdown, --mdx and --link, and one file")
	}
	if err := checkBase(*base, forms[0].needsBase); err != nil {
		return a.usage(err.Error())
	}
	text, err := a.read(set.Arg(0))
	if err != nil {
		return a.usage(err.Error())
	}
	in := input{set.Arg(0), scenario.ParseWith(data.All(), text)}
	errorsOf(a.stderr, in)
	if in.file.Errors() {
		return exitProblems
	}
	answers := answer.File(in.file)
	address, err := link.Telling(in.file, *base, answer.OutcomesOf(answers))
	if err != nil {
		return a.refuse(err)
	}
	block, err := forms[0].write(in.file, embed.Options{Link: address, Answers: answers})
	if err != nil {
		return a.refuse(err)
	}
	fmt.Fprint(a.stdout, block)
	return exitOK
}

// checkBase says what is wrong with the address of the playground.
func checkBase(base string, needed bool) error {
	if base == "" && needed {
		return errors.New("embed --markdown needs --base, the address of the playground: its link holds the scenario")
	}
	address, err := url.Parse(base)
	if err != nil || address.Scheme != "" && address.Scheme != "https" && address.Scheme != "http" || strings.ContainsAny(base, "# <>\"") {
		return errors.New("--base is the address of the playground, without a fragment, such as https://example.com/why403/")
	}
	return nil
}
