package contract

import (
	"slices"
	"strings"

	"why403/engine"
)

// A union is a set of words, by the name of its type.
type union struct {
	name, about string
	words       []string
	list        string // the name of a constant with all of them, or ""
}

func outcomeWords() (words []string) {
	for _, o := range [...]engine.Outcome{engine.Allowed, engine.ImplicitDeny, engine.ExplicitDeny, engine.Undecided} {
		words = append(words, o.String())
	}
	return words
}

// unions is the words that fields have, beside those that only one field has.
var unions = []union{
	{"Outcome", "The three outcomes in the words of the IAM guide, and a fourth where what is not known decides.", outcomeWords(), "OUTCOMES"},
	{"Mode", "Whether the caller and the resource belong to one account.", []string{"same-account", "cross-account"}, ""},
	{"Word", "What one policy type said about the request.",
		[]string{"allows", "delegates", "denies", "silent", "absent", "not applicable", "not known"}, ""},
	{"Says", "What one policy says, by itself, of a request.",
		[]string{"allowed", "explicitly denied", "not matched", "not known"}, ""},
	{"BlockForm", "A form of a scenario for somebody's page.", []string{"html", "mdx", "markdown"}, ""},
}

const width = 140

// TypeScript is the file of types.
func (r *Contract) TypeScript() string {
	var b strings.Builder
	b.WriteString("// What the engine and the page say to each other: text in, JSON out. The page shows\n" +
		"// these facts, and never works out an outcome itself.\n" +
		"// Written by `go run ./wasm/contract/write wasm`, from the functions that write the answers.\n")
	for _, u := range unions {
		words := make([]string, len(u.words))
		for i, word := range u.words {
			words[i] = `"` + word + `"`
		}
		b.WriteString("\n" + doc(u.about, ""))
		if u.list == "" {
			b.WriteString("export type " + u.name + " = " + strings.Join(words, " | ") + ";\n")
			continue
		}
		b.WriteString("export const " + u.list + " = [" + strings.Join(words, ", ") + "] as const;\n" +
			"export type " + u.name + " = (typeof " + u.list + ")[number];\n")
	}
	for _, name := range r.order {
		o := r.named[name]
		b.WriteString("\n" + doc(r.about[name], "") + "export interface " + name)
		if len(o.extends) > 0 {
			b.WriteString(" extends " + strings.Join(o.extends, ", "))
		}
		b.WriteString(" {\n" + members(o.fields, "  ") + "}\n")
	}
	r.results(&b)
	return b.String()
}

// results writes what each call of a module answers, and which module has it.
func (r *Contract) results(b *strings.Builder) {
	var fields []field
	for _, c := range r.calls {
		if !c.native {
			fields = append(fields, field{c.name, c.doc, c.result})
		}
	}
	b.WriteString("\n" + doc("What each method answers once its JSON is read. Each takes one text.", "") + "export interface Results {\n" +
		members(fields, "  ") + "}\n\n" + doc("The methods of the engine.", "") + "export type Method = keyof Results;\n\n" +
		doc("The methods that page.wasm has; import.wasm and source.wasm have the others.", "") + "export const JUDGES = [")
	var own []string
	for _, c := range r.calls {
		if !c.native && c.module == "page" {
			own = append(own, `"`+c.name+`"`)
		}
	}
	slices.Sort(own)
	b.WriteString(strings.Join(own, ", ") + "] as const satisfies readonly Method[];\n")
}

func members(fields []field, indent string) string {
	var b strings.Builder
	for _, f := range fields {
		b.WriteString(doc(f.doc, indent))
		name := indent + f.name + ": "
		if text := name + f.is.text(""); len(text) < width && !f.is.documented() {
			b.WriteString(text + ";\n")
		} else {
			b.WriteString(name + f.is.text(indent) + ";\n")
		}
	}
	return b.String()
}

// text is a type as TypeScript writes it: in one line, or where there is an
// indent, with one line for each field.
func (t typ) text(indent string) string {
	parts := make([]string, len(t))
	for i, o := range t {
		switch {
		case o.name != "":
			parts[i] = o.name
		case o.list != nil:
			text := o.list.text(indent)
			if len(o.list) > 1 {
				text = "(" + text + ")"
			}
			parts[i] = text + "[]"
		case indent != "":
			parts[i] = "{\n" + members(o.object.all(), indent+"  ") + indent + "}"
		default:
			var inner []string
			for _, f := range o.object.all() {
				inner = append(inner, f.name+": "+f.is.text(""))
			}
			parts[i] = "{ " + strings.Join(inner, "; ") + " }"
		}
	}
	return strings.Join(parts, " | ")
}

// all is the fields of an object without a name.
func (o *object) all() []field {
	if len(o.extends) > 0 {
		panic("contract: an object with a part that has a name needs one itself: " + strings.Join(o.extends, ", "))
	}
	return o.fields
}

// documented reports whether a comment stands in an object of a type.
func (t typ) documented() bool {
	for _, o := range t {
		if o.list.documented() || o.object != nil &&
			slices.ContainsFunc(o.object.fields, func(f field) bool { return f.doc != "" || f.is.documented() }) {
			return true
		}
	}
	return false
}

func doc(text, indent string) string {
	if text == "" {
		return ""
	}
	return indent + "/** " + strings.ToUpper(text[:1]) + text[1:] + " */\n"
}
