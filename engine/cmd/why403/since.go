package main

import (
	"fmt"
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/catalogue/data"
	"why403/engine/changelog"
	"why403/engine/link"
	"why403/engine/scenario"
)

// drifted is what check --since counts.
type drifted struct{ compared, changed, failed int }

// since tells which answers differ from those that scenario files want, or links
// carry, and which rules of the engine changed them. A file of links has one a
// line.
func (a *app) since(version string, args []string) int {
	if !changelog.Known(version) {
		return a.usage("--since needs a version of the engine: 1 to " + engine.Version)
	}
	var sum drifted
	for _, arg := range args {
		names, err := expand(arg)
		if err != nil {
			return a.usage(err.Error())
		}
		for _, name := range names {
			text, err := a.read(name)
			if err != nil {
				return a.usage(err.Error())
			}
			if isLinks(text) {
				a.driftOfLinks(name, text, version, &sum)
			} else {
				a.driftOfFile(name, text, version, &sum)
			}
		}
	}
	fmt.Fprintf(a.stdout, "%d answers compared, %d changed since version %s, %d could not be compared\n", sum.compared, sum.changed,
		version, sum.failed)
	if sum.changed+sum.failed > 0 {
		return exitProblems
	}
	return exitOK
}

// isLinks reports whether a text is links, one a line.
func isLinks(text string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.Contains(first, "#s=")
}

func (a *app) driftOfLinks(name, text, version string, sum *drifted) {
	number := 0
	for line := range strings.Lines(text) {
		number++
		if strings.TrimSpace(line) == "" {
			continue
		}
		where := name + ":" + strconv.Itoa(number)
		switch l, err := link.Decode(line); {
		case err != nil:
			fmt.Fprintf(a.stdout, "%s: %s\n", where, err)
			sum.failed++
		case len(l.Outcomes) == 0:
			fmt.Fprintf(a.stdout, "%s: the link does not say what was answered when it was made\n", where)
			sum.failed++
		default:
			made := version
			if changelog.Known(l.Engine) { // the link knows which engine made it
				made = l.Engine
			}
			a.drift(where, made, scenario.ParseWith(data.All(), l.Text), l.Outcomes, sum)
		}
	}
}

func (a *app) driftOfFile(name, text, version string, sum *drifted) {
	f := scenario.ParseWith(data.All(), text)
	var wanted []engine.Outcome
	for i := range f.Requests {
		o, ok := wantedOutcome(f, f.Requests[i].Name)
		if !ok {
			fmt.Fprintf(a.stdout, "%s: there is no wanted outcome of the request %q; check --update adds it\n", name, f.Requests[i].Name)
			sum.failed++
			return
		}
		wanted = append(wanted, o)
	}
	a.drift(name, version, f, wanted, sum)
}

func wantedOutcome(f *scenario.File, request string) (engine.Outcome, bool) {
	lines, ok := f.Want(request)
	if !ok {
		return 0, false
	}
	return engine.ParseOutcome(lines[0])
}

// drift prints the requests whose outcome is another one now, with the rules
// that can have changed it.
func (a *app) drift(where, version string, f *scenario.File, before []engine.Outcome, sum *drifted) {
	if f.Errors() {
		errorsOf(a.stdout, input{where, f})
		sum.failed++
		return
	}
	sum.compared += min(len(before), len(f.Requests))
	for _, d := range changelog.Drifts(version, before, answer.File(f)) {
		sum.changed++
		fmt.Fprintf(a.stdout, "%s: the answer to the request %q was %s and is now %s\n", where, d.Request, d.Before, d.After)
		for _, r := range d.Rules {
			fmt.Fprintf(a.stdout, "  version %s: %s %s\n", r.Version, r.Text, r.Page)
		}
		if len(d.Rules) == 0 {
			fmt.Fprintln(a.stdout, "  "+changelog.Unexplained)
		}
	}
}
