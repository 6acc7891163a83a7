package importer

// reduced gives the piece of a long text that is worth reading, or the text.
func reduced(text, choice string) string { return text }
