package catalogue

import "strings"

// TypesOf gives the resource types of an action that a resource can be. The
// resource is an ARN, a pattern of ARNs with * and ?, or "*". Of several the
// ones whose form says most count, and an object in a bucket is no bucket,
// though the letters of a bucket's form would do. The result is empty where the
// action is never asked on such a resource.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html#resources_table
func (a *Action) TypesOf(resource string) (types []*ResourceType) {
	best := -1
	for i := range a.Uses {
		t := a.Uses[i].Type
		for j, form := range t.Forms {
			if letters := t.letters[j]; letters > best && covers(form, t.stops[j], resource) {
				best = letters
			}
		}
	}
	pattern := strings.ContainsAny(resource, "*?")
	for i := range a.Uses {
		if t := a.Uses[i].Type; t.canBe(resource, pattern, best) {
			types = append(types, t)
		}
	}
	return types
}

// Required gives the resource types without which the action is never asked.
func (a *Action) Required() (types []*ResourceType) {
	for i := range a.Uses {
		if a.Uses[i].Required {
			types = append(types, a.Uses[i].Type)
		}
	}
	return types
}

// canBe reports whether a form of the type covers the resource, or what the
// resource stands for, and says no less than the best.
func (t *ResourceType) canBe(resource string, pattern bool, best int) bool {
	for i, form := range t.Forms {
		switch letters := t.letters[i]; {
		case letters < best:
		case letters == best && covers(form, t.stops[i], resource), pattern && meet(form, t.stops[i], resource):
			return true
		}
	}
	return false
}

// markForms counts the letters of each form, and finds what its last variable
// doesn't contain: where other forms of the service go on with "/", as that of an
// object after a bucket's, it has no "/"; where they go on with a word between
// colons, it doesn't have that.
func markForms(types []ResourceType) {
	for i := range types {
		t := &types[i]
		t.stops, t.letters = make([]string, len(t.Forms)), make([]int, len(t.Forms))
		for j, form := range t.Forms {
			t.letters[j] = literal(form)
			if strings.HasSuffix(form, "}") {
				t.stops[j] = stop(form, types)
			}
		}
	}
}

func stop(form string, types []ResourceType) (word string) {
	for i := range types {
		for _, longer := range types[i].Forms {
			rest, goesOn := strings.CutPrefix(longer, form)
			switch {
			case !goesOn || rest == "":
			case rest[0] == '/':
				return "/"
			case rest[0] == ':' && strings.Index(rest, "$") > 1:
				word = rest[:strings.Index(rest, "$")]
			}
		}
	}
	return word
}

// literal counts the letters of a form outside its variables.
func literal(form string) (n int) {
	for form != "" {
		if end := variable(form); end > 0 {
			form = form[end:]
			continue
		}
		if form[0] != '*' {
			n++
		}
		form = form[1:]
	}
	return n
}

// variable is the length of the ${Name} that a form begins with, or 0.
func variable(form string) int {
	if !strings.HasPrefix(form, "${") {
		return 0
	}
	return strings.IndexByte(form, '}') + 1
}

// arnFields is the parts of an ARN before the resource: arn, partition,
// service, Region, account.
const arnFields = 5

// covers reports whether an ARN is of a form. A variable stands for one
// character or more; that of the resource's account may be empty after one of
// its Region.
func covers(form, stop, arn string) bool {
	varies := false
	for i := range arnFields {
		var want, have string
		var ok1, ok2 bool
		want, form, ok1 = strings.Cut(form, ":")
		have, arn, ok2 = strings.Cut(arn, ":")
		if !ok1 || !ok2 || !glob(want, have) && !(have == "" && varies && i == arnFields-1) {
			return false
		}
		varies = variable(want) > 0
	}
	if stop == "" {
		return glob(form, arn)
	}
	before := form[:strings.LastIndexByte(form, '$')]
	first := 0
	if at := strings.LastIndex(arn, stop); at >= 0 {
		first = at + len(stop)
	}
	for cut := first; cut < len(arn); cut++ {
		if glob(before, arn[:cut]) {
			return true
		}
	}
	return false
}

// glob matches a text with a form, whose variables stand for one character or
// more and * for any number. It goes back to the last of them only, so the time
// is at most the product of the lengths.
func glob(form, text string) bool {
	f, t := 0, 0
	backF, backT := -1, 0
	for t < len(text) || f < len(form) {
		switch end := variable(form[f:]); {
		case end > 0 && t < len(text):
			f, t = f+end, t+1
			backF, backT = f, t
		case end == 0 && f < len(form) && form[f] == '*':
			f++
			backF, backT = f, t
		case end == 0 && f < len(form) && t < len(text) && form[f] == text[t]:
			f, t = f+1, t+1
		case backF >= 0 && backT < len(text):
			backT++
			f, t = backF, backT
		default:
			return false
		}
	}
	return true
}

// meet reports whether some ARN is both of a form and of a pattern. In the
// pattern, * and ${…} stand for any text and ? for one character.
func meet(form, stop, pattern string) bool {
	a, b := formTokens(form, stop), patternTokens(pattern)
	now, next := make([]bool, len(b)+1), make([]bool, len(b)+1)
	now[0] = true
	for i := 0; ; i++ {
		for j, here := range now {
			if here && j < len(b) && (b[j].many || i < len(a) && a[i].many && a[i].takes(b[j])) {
				now[j+1] = true
			}
		}
		if i == len(a) {
			return now[len(b)]
		}
		clear(next)
		for j, here := range now {
			if !here {
				continue
			}
			if a[i].many || j < len(b) && b[j].many {
				next[j] = true
			} else if j < len(b) && a[i].takes(b[j]) && b[j].takes(a[i]) {
				next[j+1] = true
			}
		}
		now, next = next, now
	}
}

// token is a character of a form or pattern, or what stands for some.
type token struct {
	many bool
	// literal is the character, or 0 for any but not.
	literal, not byte
}

// takes reports whether a token can stand for a character of another.
func (t token) takes(other token) bool {
	switch {
	case other.literal == 0:
		return true
	case t.literal == 0:
		return other.literal != t.not
	}
	return t.literal == other.literal
}

// formTokens takes a form apart. What varies before the resource has no ":".
func formTokens(form, stop string) (tokens []token) {
	fields := 0
	var varied, varies bool // the field before, and this one
	for form != "" {
		end := max(variable(form), 1)
		switch {
		case end > 1:
			one := token{}
			if fields < arnFields {
				one.not = ':'
			} else if stop == "/" && end == len(form) {
				one.not = '/'
			}
			if fields != arnFields-1 || !varied {
				tokens = append(tokens, one)
			}
			tokens = append(tokens, token{many: true, not: one.not})
			varies = true
		case form[0] == '*':
			tokens = append(tokens, token{many: true})
		default:
			tokens = append(tokens, token{literal: form[0]})
			if form[0] == ':' {
				fields++
				varied, varies = varies, false
			}
		}
		form = form[end:]
	}
	return tokens
}

func patternTokens(pattern string) (tokens []token) {
	for pattern != "" {
		end := max(variable(pattern), 1)
		switch {
		case end > 1 || pattern[0] == '*':
			tokens = append(tokens, token{many: true})
		case pattern[0] == '?':
			tokens = append(tokens, token{})
		default:
			tokens = append(tokens, token{literal: pattern[0]})
		}
		pattern = pattern[end:]
	}
	return tokens
}
