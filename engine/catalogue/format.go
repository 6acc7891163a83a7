package catalogue

import (
	"slices"
	"strconv"
	"strings"
)

// Append writes a service as Parse reads it. The same service has the same
// text. Keys that things point at must be among those of the service, and types
// that actions point at too.
func Append(text []byte, s *Service) []byte {
	w := newWriter(text, s)
	w.header()
	for i := range s.Keys {
		w.key(&s.Keys[i])
	}
	for _, group := range w.inOrder {
		w.text = append(w.text, "g "+group+"\n"...)
	}
	for i := range s.Types {
		t := &s.Types[i]
		w.fields("t", append([]string{w.group(t.Keys), t.Name}, t.Forms...))
	}
	for i := range s.Actions {
		w.action(&s.Actions[i])
	}
	for i := range s.Operations {
		o := &s.Operations[i]
		w.fields("o", slices.Concat([]string{o.Name}, o.Always, marked(o.Sometimes)))
	}
	return w.text
}

// marked puts a ? behind each action.
func marked(actions []string) []string {
	out := make([]string, len(actions))
	for i, action := range actions {
		out[i] = action + "?"
	}
	return out
}

// writer writes a service.
type writer struct {
	text    []byte
	service *Service
	keys    map[string]int
	types   map[string]int
	groups  map[string]int // by their text: the keys' numbers
	inOrder []string
}

func newWriter(text []byte, s *Service) *writer {
	w := &writer{text: text, service: s, keys: map[string]int{}, types: map[string]int{}, groups: map[string]int{}}
	for i := range s.Keys {
		w.keys[s.Keys[i].Name] = i
	}
	for i := range s.Types {
		w.types[s.Types[i].Name] = i
		w.addGroup(s.Types[i].Keys)
	}
	for i := range s.Actions {
		w.addGroup(s.Actions[i].Keys)
		for _, use := range s.Actions[i].Uses {
			w.addGroup(use.Keys)
		}
	}
	return w
}

// numbers is a list of keys, as a group has it.
func (w *writer) numbers(keys []*Key) string {
	numbers := make([]string, len(keys))
	for i, key := range keys {
		numbers[i] = strconv.Itoa(w.keys[key.Name])
	}
	return strings.Join(numbers, " ")
}

func (w *writer) addGroup(keys []*Key) {
	text := w.numbers(keys)
	if _, known := w.groups[text]; known || text == "" {
		return
	}
	w.groups[text] = len(w.inOrder)
	w.inOrder = append(w.inOrder, text)
}

func (w *writer) group(keys []*Key) string {
	if len(keys) == 0 {
		return "-"
	}
	return strconv.Itoa(w.groups[w.numbers(keys)])
}

func (w *writer) fields(kind string, fields []string) {
	w.text = append(w.text, kind...)
	for _, field := range fields {
		w.text = append(w.text, ' ')
		w.text = append(w.text, field...)
	}
	w.text = append(w.text, '\n')
}

func (w *writer) header() {
	w.fields(w.service.Prefix, []string{serviceFlags(w.service), w.service.Name})
}

func (w *writer) key(k *Key) {
	letter := byte(k.Type)
	if k.Multi {
		letter &^= 0x20
	}
	w.fields("k", []string{string(rune(letter)), k.Name})
}

func (w *writer) action(a *Action) {
	fields := []string{actionFlags(a), a.Name, w.group(a.Keys)}
	for _, use := range a.Uses {
		field := strconv.Itoa(w.types[use.Type.Name])
		if use.Required {
			field += "!"
		}
		if len(use.Keys) > 0 {
			field += "/" + w.group(use.Keys)
		}
		fields = append(fields, field)
	}
	w.fields("a", append(fields, a.Dependent...))
}
