// Package bridge joins Go to a page in the browser: text in, JSON out. Only
// serve.go knows that there is a browser.
package bridge

// Calls is what a page can ask. Each takes one text and writes one JSON value.
type Calls map[string]func(*Writer, string)

// Call answers one call. A panic is our fault: it becomes a value, and the
// next call works.
func (c Calls) Call(name, text string) (json string) {
	defer func() {
		if fault := recover(); fault != nil {
			var w Writer
			w.Object(func() { w.String("error", faultText(fault)) })
			json = string(w.text)
		}
	}()
	var w Writer
	c[name](&w, text)
	return string(w.text)
}

// faultText is the text of a panic. The fmt package would do this in a word, and
// is 46 KB of the download.
func faultText(fault any) string {
	switch fault := fault.(type) {
	case error:
		return fault.Error()
	case string:
		return fault
	}
	return "panic"
}
