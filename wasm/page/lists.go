//go:build !js

package main

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/condition"
	"why403/engine/policy"
	"why403/engine/scenario"
	"why403/wasm/bridge"
)

// The build asks for the lists and puts them where the page's script finds
// them.
func init() {
	calls["fields"] = fields
	calls["sections"] = sections
	calls["grammar"] = grammar
}

// fields writes which lines a scenario file can hold, so that the page offers
// the same.
func fields(w *bridge.Writer, _ string) {
	w.Object(func() {
		writeFields(w, "requestFields", scenario.RequestFields())
		writeFields(w, "entityFields", scenario.EntityFields())
		writeFields(w, "accountFields", scenario.AccountFields())
		keys := scenario.SuggestedKeys()
		w.List("suggestedKeys", len(keys), func(i int) {
			w.Object(func() {
				w.String("key", keys[i].Key)
				w.String("service", keys[i].Service)
				w.Bool("boolean", keys[i].Boolean)
			})
		})
		forms := engine.PrincipalForms()
		w.List("principalForms", len(forms), func(i int) {
			w.Object(func() {
				w.String("who", forms[i][0])
				w.String("written", forms[i][1])
			})
		})
		w.List("policiesOf", len(engine.PolicyTypes), func(i int) {
			w.Pair("arns", arnsOf(engine.PolicyTypes[i].Of), "label", engine.PolicyTypes[i].Type.Label())
		})
		w.String("callerPattern", callerPattern())
		w.String("servicePattern", "^arn:[^:]*:([^:]*)")
	})
}

// arnsOf is a regular expression for the ARNs of what engine.PolicyTypes calls
// "SERVICE:KIND", so that the page takes none apart.
func arnsOf(of string) string {
	service, kind, _ := strings.Cut(of, ":")
	return "^arn:[^:]*:" + service + ":[^:]*:[^:]*:" + kind + "(/|$)"
}

// callerPattern is a regular expression for who can call, so that the page need not know.
func callerPattern() string {
	domains := make([]string, len(engine.ServiceDomains))
	for i, domain := range engine.ServiceDomains {
		domains[i] = strings.ReplaceAll(domain, ".", `\.`)
	}
	return "^arn:[^:]*:(" + strings.Join(engine.CallerARNs[:], "|") + "):|(" + strings.Join(domains, "|") + ")$"
}

// cards is the types of sections in the order of their cards: what a resource or
// a caller has first, then what limits it.
var cards = strings.Fields("resource identity grant boundary session scopedown scp rcp endpoint put acl")

// sections writes which sections a scenario file can hold, in the order of their
// cards, and how long they can be.
func sections(w *bridge.Writer, _ string) {
	w.Object(func() {
		w.Name("limits")
		w.Object(func() {
			w.Int("policy", policy.MaxSize)
			w.Int("scenario", scenario.MaxSize)
			w.Int("import", scenario.MaxImport)
		})
		kinds := scenario.SectionKinds()
		slices.SortStableFunc(kinds, func(a, b scenario.SectionFacts) int {
			return slices.Index(cards, a.Said) - slices.Index(cards, b.Said)
		})
		w.List("sections", len(kinds), func(i int) { writeSection(w, &kinds[i]) })
		folders := scenario.Folders()
		w.List("folders", len(folders), func(i int) {
			w.Object(func() {
				w.String("prefix", folders[i].Prefix)
				w.Strings("sections", folders[i].Sections)
			})
		})
	})
}

// grammarTypes are the types under which the page knows the documents.
var grammarTypes = []struct {
	name string
	is   policy.Type
}{
	{"identity", policy.Identity}, {"boundary", policy.Boundary}, {"session", policy.Session}, {"scopedown", policy.ScopeDown},
	{"scp", policy.SCP}, {"rcp", policy.RCP}, {"resource", policy.Resource}, {"endpoint", policy.Endpoint},
}

// grammar writes what may stand in a document, for the editor's completion.
func grammar(w *bridge.Writer, _ string) {
	w.Object(func() {
		operators := condition.Operators()
		w.List("operators", len(operators), func(i int) {
			w.Object(func() {
				w.String("name", operators[i].Name)
				w.Bool("boolean", operators[i].Boolean)
			})
		})
		elements, statement := policy.Elements()
		w.Strings("elements", elements)
		w.Strings("statementElements", statement)
		w.Strings("versions", policy.Versions[:])
		w.Strings("principals", policy.PrincipalKeys())
		w.Strings("grantFields", scenario.GrantFields[:])
		w.Strings("grantConstraints", scenario.GrantConstraints[:])
		w.Strings("grantOperations", strings.Fields(engine.GrantOperationNames))
		w.Strings("permissions", scenario.ACLPermissions[:])
		w.List("documents", len(grammarTypes), func(i int) {
			w.Object(func() {
				w.String("type", grammarTypes[i].name)
				w.Strings("refused", grammarTypes[i].is.Refused())
			})
		})
	})
}

//ts:type FieldFacts A line that a request, or the header of an entity or an account, can have besides condition keys and tags.
func writeFields(w *bridge.Writer, name string, list []scenario.FieldFacts) {
	w.List(name, len(list), func(i int) {
		f := &list[i]
		w.Object(func() {
			w.String("key", f.Key)
			w.Bool("required", f.Required)
			w.Bool("several", f.Several)   // True where it can be there more than once.
			w.String("service", f.Service) // The prefix of the only service whose requests it is for, or "".
			w.Strings("values", f.Values)  // All values that there are; empty where any text can be right.
			w.Bool("any", f.Any)           // True where one line can have several of the values.
			w.String("label", f.Label)     // AWS's name for it, where requests of `offerFor` often need it, or "".
			w.String("offerFor", f.OfferFor)
		})
	})
}

//ts:type SectionFacts A sort of section that holds what requests are judged against.
func writeSection(w *bridge.Writer, k *scenario.SectionFacts) {
	w.Object(func() {
		w.String("prefix", k.Prefix) // The start of the section's name in its folder, or its whole name.
		w.Bool("many", k.Many)       // True where there can be several, each with a name behind the prefix.
		w.Bool("levels", k.Levels)   // True where policies are attached level by level.
		w.String("type", k.Said)     // The type that the engine uses for it in `said`.
		w.String("label", k.Label)
		w.String("fresh", k.Fresh)     // The name of a new one behind the prefix, or behind the level.
		w.String("service", k.Service) // The prefix of the only service whose resources have it, or ""; "iam" for what a caller has.
		w.String("side", k.Side)       //ts:"caller" | "resource" | "" // Whose account it belongs to.
		w.Bool("actions", k.Actions)   // True where it names actions.
		w.Bool("counts", k.Counts)     // True for a policy that requests are judged by.
		w.String("unknown", k.Unknown) // The word of a line "unknown: …" or "none: …" for it, or "".
	})
}
