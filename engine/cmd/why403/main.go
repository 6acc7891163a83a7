// Command why403 decides AWS requests from scenario files.
//
//	why403 eval [--json] FILE|DIR|-…        answer every request
//	why403 check [--update] FILE|DIR…       compare with the want sections
//	why403 check --since ENGINE FILE|DIR…   which answers a newer version of the engine
//	                                        changed, of scenarios and of files of links,
//	                                        one a line, and by which rule
//	why403 fix [--json] FILE|DIR|-…         what would let each denied request in
//	why403 who [--format text|csv|markdown|json] FILE|DIR|-…
//	                                        which principal may do what is asked
//	why403 diagnose [--json] [--none COMMAND] [--denied COMMAND] FILE|DIR|-…
//	                                        why AWS denied, of errors, outputs and
//	                                        policies in any order
//	why403 fill [--request NAME] allow|deny FILE|-
//	                                        print a scenario with all that is not known
//	                                        filled in, so that it is allowed, or denied
//	why403 witness [--attached | --analyzer] [--files FOLDER] [--output OUTPUT|-] FILE|-
//	                                        the calls by which AWS's own simulator, or
//	                                        IAM Access Analyzer, judges a file; with their
//	                                        output, whether they agree
//	why403 redact [--json] FILE|-           print a scenario with stand-ins for its
//	                                        names, and prove that its answers stay
//	why403 actions NAME                     what a service, an action or an API
//	                                        operation is asked on, carries and needs
//	why403 tables [--format FORMAT] [--service NAME|--same-account]
//	                                        print the access combinations of a service
//	why403 tables --policy SECTION [--request NAME] [--format FORMAT] FILE|-
//	                                        print what one policy lets through over all
//	                                        that its statements read
//	why403 link FILE|-                      print the link that carries a scenario
//	why403 open LINK|-                      print the scenario that a link carries
//	why403 import [--choice ID] [--set NAME=VALUE] [--into SCENARIO] FILE…|-
//	                                        turn what was pasted into a scenario
//	why403 embed --html|--markdown|--mdx|--link [--base URL] FILE|-
//	                                        print a block for a page of documentation
//	why403 doctest [--update] [--root DIR] [--allow-none] DIR|FILE…
//	                                        compare what documents tell
//
// It exits with 0 when all is well, 1 when a file has problems or an answer is
// not the wanted one, and 2 when it is called wrongly.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
)

// The exit codes.
const (
	exitOK = iota
	exitProblems
	exitUsage
)

const usage = `usage: why403 eval [--json] FILE|DIR|-…
       why403 check [--update] FILE|DIR…
       why403 check --since ENGINE FILE|DIR…
       why403 fix [--json] FILE|DIR|-…
       why403 who [--format text|csv|markdown|json] FILE|DIR|-…
       why403 diagnose [--json] [--none COMMAND] [--denied COMMAND] FILE|DIR|-…
       why403 fill [--request NAME] allow|deny FILE|-
       why403 witness [--attached | --analyzer] [--files FOLDER] [--output OUTPUT|-] FILE|-
       why403 redact [--json] FILE|-
       why403 actions NAME
       why403 tables [--format text|markdown|html|json] [--service NAME|--same-account]
       why403 tables --policy SECTION [--request NAME] [--format text|markdown|html|json] FILE|-
       why403 link FILE|-
       why403 open LINK|-
       why403 import [--choice ID] [--set NAME=VALUE] [--into SCENARIO] FILE…|-
       why403 embed --html|--markdown|--mdx|--link [--base URL] FILE|-
       why403 doctest [--update] [--root DIR] [--allow-none] DIR|FILE…
`

// app is a run of the command: where it reads and writes.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

// A run is short and its files are at most some MiB long, so collecting garbage
// seldom costs less than the memory: by default it is a third of the time. Past
// mostMemory it is collected as often as needed.
const (
	gcPercent  = 400
	mostMemory = 1 << 30
)

func main() {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(mostMemory)
	a := app{os.Stdin, os.Stdout, os.Stderr}
	os.Exit(a.run(os.Args[1:]))
}

func (a *app) run(args []string) int {
	if len(args) == 0 {
		return a.usage("")
	}
	commands := map[string]func([]string) int{"eval": a.eval, "check": a.check, "tables": a.tables, "link": a.link, "open": a.open,
		"import": a.importText, "embed": a.embed, "doctest": a.doctest, "actions": a.actions, "who": a.who, "fill": a.fill, "fix": a.fix,
		"redact": a.redact, "witness": a.witness, "diagnose": a.diagnose}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		return a.usage(flag.ErrHelp.Error())
	}
	command, ok := commands[args[0]]
	if !ok {
		return a.usage("there is no command " + args[0])
	}
	return command(args[1:])
}

// usage tells how the command is called; asking for that is no mistake.
func (a *app) usage(message string) int {
	if message == flag.ErrHelp.Error() {
		fmt.Fprint(a.stdout, usage)
		return exitOK
	}
	if message != "" {
		fmt.Fprintln(a.stderr, "why403:", message)
	}
	fmt.Fprint(a.stderr, usage)
	return exitUsage
}

// flags makes a flag set that reports errors in our own way.
func flags(name string) *flag.FlagSet {
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	return set
}
