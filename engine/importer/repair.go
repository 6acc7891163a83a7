package importer

import (
	"strings"

	"why403/engine/policy"
	"why403/engine/template"
)

// repaired gives a text in other ways that it may have been meant: copied out
// of a quotation, a web page, a program or a string. Places in it are not those
// of the pasted text.
func repaired(text string) (others []string) {
	add := func(other string) {
		if other != text && strings.ContainsAny(other, "{[") {
			others = append(others, other)
		}
	}
	if strings.HasPrefix(text, "%7B") || strings.HasPrefix(text, "%7b") {
		add(percentDecoded(text))
	}
	for _, name := range []string{"<PolicyDocument>", "<AssumeRolePolicyDocument>"} {
		add(percentDecoded(between(text, name, "<")))
	}
	if strings.HasPrefix(text, `{\`) {
		add(unquoted(text))
	}
	plain := text
	if strings.HasPrefix(text, ">") || strings.Contains(text, "\n>") {
		plain = unquotedLines(text)
	}
	plain = asTyped(plain)
	add(plain)
	printed := strings.Contains(plain, "{'") || strings.Contains(plain, "Statement: ")
	if start := strings.IndexByte(plain, '{'); start >= 0 && printed {
		// What AWS says around it is not to be lost.
		if end := strings.LastIndexByte(plain, '}'); end > start && !strings.Contains(plain[:start]+plain[end:], authorized) {
			add(strict(plain[start : end+1]))
		}
	}
	// In a document that stands alone, what is wrong is told with its place.
	all := strings.TrimSpace(plain)
	alone := strings.HasPrefix(all, "{") && policy.ObjectEnd(all) == len(all) && !template.IsGap(all)
	if hasAny(plain, []string{"Statement", "%7B%22", "%7b%22"}) && !alone {
		add(lenient(plain))
	}
	return others
}

// unquotedLines takes the quote marks of e-mail off the lines of a text.
func unquotedLines(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		rest := strings.TrimLeft(line, "> ")
		if !strings.HasPrefix(line, ">") {
			rest = line
		}
		b.WriteString(rest)
		if rest == "" {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// asTyped replaces what web pages and word processors make of quotes and
// spaces.
func asTyped(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		n, put := 1, text[i:i+1]
		switch {
		case text[i] == '&':
			n, put = reference(text[i:])
		case text[i] == '<' && tagLength(text[i:]) > 0:
			n, put = tagLength(text[i:]), " "
		case text[i] >= 0x80:
			n, put = typographic(text[i:])
		}
		b.WriteString(put)
		i += n
	}
	return b.String()
}

// importRepaired reads a text in the other ways. It reports false where in none of
// them it has more things than as it is.
func (p *paste) importRepaired(pasted string, things int) bool {
	for _, text := range repaired(p.text) {
		q := newPaste(p.before, text, p.choice)
		q.values = p.values
		if r := q.recognise(recognisers); r != nil && things == 0 {
			q.use(r)
		} else if parts := q.parts(); len(parts) > things {
			q.useParts(parts)
		} else {
			continue
		}
		for i := range q.out.Problems {
			span := &q.out.Problems[i].Span
			span.Start, span.End = min(span.Start, len(pasted)), min(span.End, len(pasted))
		}
		p.out = q.out
		return true
	}
	return false
}
