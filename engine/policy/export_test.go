package policy

// Literal returns the plain text of a pattern that has neither wildcards nor
// variables.
func (p *Pattern) Literal() (text string, ok bool) {
	if p.HasVariables() || hasWildcard(p.tail) {
		return "", false
	}
	return p.tail, true
}
