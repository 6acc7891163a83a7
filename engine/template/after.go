package template

import (
	"slices"
	"strings"
)

// changed is the last line of a text that was a change, and that package source made
// JSON of.
const changed = "\n# This is how it is after the change.\n"

// hidden is what Terraform writes in a plan for what it does not show.
const hidden = " hidden)"

// later is what Terraform writes in a plan for what only the change will tell.
const later = "(known after apply)"

// signs are pieces of which a text has one that shows changes.
var signs = [...]string{"\n+", `+ resource "`, `<= data "`, "```diff", "@@ -"}

// After is a text as it is after the changes that it shows: of a diff, and of the plan
// that Terraform prints of what it creates, the side with a plus. Places in it are the
// same by line. The text stays as it is, and ok is false, where it shows none.
//
// https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
// https://developer.hashicorp.com/terraform/cli/commands/plan
func After(text string) (after string, ok bool) {
	if after, ok = strings.CutSuffix(text, changed); ok {
		return after, true
	}
	if len(text) > MaxSize || !slices.ContainsFunc(signs[:], func(sign string) bool { return strings.Contains(text, sign) }) {
		return text, false
	}
	lines := strings.SplitAfter(text, "\n")
	for i := 0; i < len(lines); {
		begin, fenced, inside := i, strings.HasPrefix(lines[i], "```diff"), isInside(lines[i])
		for i++; i < len(lines) && !strings.HasPrefix(lines[i], "```") && (fenced || isInside(lines[i]) == inside || lines[i] == "\n"); i++ {
		}
		if isDiff(lines[begin:i], fenced) {
			patched(lines[begin:i])
			ok = true
		}
	}
	ok = planned(lines) || ok
	return strings.Join(lines, ""), ok
}

// MarkAfter says below a text that it is one that [After] made.
func MarkAfter(text string) string { return strings.TrimRight(text, "\n") + changed }

// isInside reports whether a line can be one of a diff: it begins with a sign, a space
// or a bracket.
func isInside(line string) bool {
	return line != "" && strings.IndexByte(" +-@\t\r\n\\{}[])", line[0]) >= 0 || isHead(line)
}

// isDiff reports whether lines are a change of a policy, or of code that has one: what
// is taken out and what comes in have a sign in the first column.
func isDiff(lines []string, sure bool) bool {
	in, out, about := 0, 0, false
	for _, line := range lines {
		lower := strings.ToLower(line)
		about = about || strings.Contains(lower, "action") || strings.Contains(lower, "effect") || strings.Contains(lower, "principal")
		switch {
		case strings.Contains(lower, "not authorized") || strings.Contains(lower, "access denied") || strings.Contains(lower, "accessdenied"):
			return false
		case strings.HasPrefix(line, "@@ -"):
			sure = true
			continue
		case isHead(line):
			continue
		case strings.HasPrefix(line, "+"):
			in++
		case strings.HasPrefix(line, "-"):
			if out++; !sure && isItem(line) {
				return false
			}
		default:
			continue
		}
		rest := strings.TrimLeft(line[1:], " \t+-\r\n")
		if rest != "" && strings.IndexByte("\"'{}[]()#/@", rest[0]) < 0 && !strings.ContainsAny(rest, ":={") {
			return false // words
		}
	}
	return about && in+out > 0 && (sure || in > 0)
}

// isItem reports whether a line may be an item of a list in YAML, and no line that was
// taken out.
func isItem(line string) bool {
	rest := strings.TrimRight(strings.TrimPrefix(line, "- "), "\r\n")
	if len(rest) == len(line) || rest == "" || rest[0] == ' ' || strings.IndexByte("{}[]", rest[0]) >= 0 || strings.Contains(rest, " = ") {
		return false
	}
	return rest[0] != '"' || !strings.Contains(rest, "\":") && !strings.HasSuffix(rest, ",")
}

// patched makes the changes that the lines of a diff show.
func patched(lines []string) {
	shifted, hunks := true, 0
	for _, line := range lines {
		shifted = shifted && (line == "" || strings.IndexByte(" +-@\n\r`\\", line[0]) >= 0 || isHead(line))
	}
	for i, line := range lines {
		switch {
		case strings.HasPrefix(line, "@@ -"):
			// What stands between two pieces of a file is not shown.
			if lines[i] = "\n"; hunks > 0 {
				lines[i] = "...\n"
			}
			hunks++
		case strings.HasPrefix(line, "+++ b/"):
			lines[i], hunks = "==> "+strings.TrimSpace(line[len("+++ b/"):])+" <==\n", 0 // as head prints it
		case isHead(line):
			lines[i], hunks = "\n", 0
		case strings.HasPrefix(line, "-"), strings.HasPrefix(line, "\\"):
			lines[i] = "\n"
		case line != "" && shifted && (line[0] == ' ' || line[0] == '+'):
			lines[i] = line[1:]
		case strings.HasPrefix(line, "+"):
			lines[i] = " " + line[1:]
		}
	}
}

// isHead reports whether a line names the files of a diff.
func isHead(line string) bool {
	for _, words := range []string{"diff --git ", "index ", "--- a/", "+++ b/", "--- /dev/null", "+++ /dev/null", "new file mode "} {
		if strings.HasPrefix(line, words) {
			return true
		}
	}
	return false
}

// planned makes code of what a plan creates. It reports false where it creates nothing,
// or does not show all of it.
func planned(lines []string) (ok bool) {
	for i := 0; i < len(lines); i++ {
		head := strings.TrimLeft(lines[i], " ")
		rest := strings.TrimPrefix(strings.TrimPrefix(head, "+ "), "<= ")
		if !strings.HasPrefix(rest, `resource "`) && !strings.HasPrefix(rest, `data "`) {
			continue
		}
		begin, indent := i, len(lines[i])-len(head)
		for i++; i < len(lines) && (len(lines[i])-len(strings.TrimLeft(lines[i], " ")) > indent+2 || strings.TrimSpace(lines[i]) == ""); i++ {
		}
		if i == len(lines) || strings.TrimSpace(lines[i]) != "}" {
			continue
		}
		if whole := strings.Join(lines[begin:i], ""); strings.Contains(whole, hidden) || rest == head && !strings.Contains(whole, later) {
			continue
		}
		ok, lines[begin] = true, rest
		for at := begin + 1; at < i; at++ {
			lines[at] = created(lines[at], indent+4)
		}
	}
	return ok
}

// created is a line of what a plan creates, as code. What only the change will tell is a
// reference; of the attributes of a resource, which are that deep, all but policies are
// left out.
func created(line string, deep int) string {
	rest := strings.TrimLeft(line, " ")
	top := len(line)-len(rest) <= deep
	rest = strings.TrimPrefix(rest, "+ ")
	name, _, _ := strings.Cut(rest, " ")
	if top && strings.Contains(rest, later) && name != "policy" && !strings.HasSuffix(name, "_policy") || strings.Contains(rest, " "+later) &&
		!strings.Contains(rest, "=") {
		return "\n"
	}
	return strings.ReplaceAll(rest, later, "local.known_after_apply")
}
