package importer

import "strings"

// commandOf gives the command in a line with a prompt before it, or "".
func commandOf(line string) string {
	line = strings.TrimSpace(line)
	for _, prompt := range []string{"$ ", "> ", "% ", "# ", "❯ ", "~ "} {
		if i := strings.Index(line, prompt); i >= 0 && i < 80 {
			if rest := strings.TrimSpace(line[i+len(prompt):]); strings.HasPrefix(rest, "aws ") {
				return rest
			}
		}
	}
	if strings.HasPrefix(line, "aws ") && !strings.HasPrefix(line, "aws: ") {
		return line
	}
	return ""
}

// lastCommand gives the last command line of a text, with the lines that go on.
func lastCommand(text string) (command string) {
	goesOn := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch c := commandOf(line); {
		case c != "":
			command = c
		case goesOn:
			command += " " + line
		}
		goesOn = command != "" && (strings.HasSuffix(line, "\\") || strings.HasSuffix(line, "`"))
		command = strings.TrimRight(command, "\\` ")
	}
	return command
}

// lastFile gives the name of the file that begins behind a text, without its
// folder and ending: ==> more/read.json <==, as head and tail print it.
func lastFile(text string) (file string) {
	for line := range strings.Lines(text) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "==> "); ok && strings.HasSuffix(name, " <==") {
			file = strings.TrimSuffix(lastPart(strings.TrimSuffix(name, " <==")), ".json")
		}
	}
	return file
}

// withoutCommands takes the command lines of AWS's CLI out of a text, what
// Markdown puts around code, and the marks before files.
func withoutCommands(text string) string {
	var b strings.Builder
	goesOn := false
	for line := range strings.Lines(text) {
		trimmed := strings.TrimSpace(line)
		if !goesOn && commandOf(line) == "" && !strings.HasPrefix(trimmed, "```") && !strings.HasPrefix(trimmed, "==> ") ||
			strings.Contains(line, " s3://") {
			b.WriteString(line)
			continue
		}
		goesOn = strings.HasSuffix(trimmed, "\\")
	}
	return b.String()
}

// option gives the value of an option of the command above, or "".
func (p *paste) option(name string) string {
	words := strings.Fields(p.command)
	for i, word := range words {
		if word == name && i+1 < len(words) {
			return strings.Trim(words[i+1], `"'`)
		}
		if value, ok := strings.CutPrefix(word, name+"="); ok {
			return strings.Trim(value, `"'`)
		}
	}
	return ""
}

// sameCommand reports whether a command line that was suggested is the one that
// was run: the same operation, for the same first name.
func sameCommand(suggested, run string) bool {
	words, others := strings.Fields(suggested), strings.Fields(run)
	if len(words) < 5 || len(others) < 5 || strings.Join(words[:3], " ") != strings.Join(others[:3], " ") {
		return false
	}
	for i := 3; i+1 < len(others); i++ {
		if others[i] == words[3] {
			return strings.Trim(others[i+1], `"'`) == strings.Trim(words[4], `"'`)
		}
	}
	return false
}
