package contract

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Check says what of an answer is not as the contract has it. It is for tests: a
// word that no directive names, or a field that is written at times only.
func (r *Contract) Check(method, text string) error {
	i := slices.IndexFunc(r.calls, func(m call) bool { return m.name == method })
	if i < 0 {
		return fmt.Errorf("no method is called %s", method)
	}
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return err
	}
	return r.check(method, r.calls[i].result, value)
}

// check holds a value against the alternatives of a type.
func (r *Contract) check(at string, is typ, value any) error {
	var failed error
	for _, o := range is {
		err := r.checkOne(at, o, value)
		if err == nil {
			return nil
		}
		if failed == nil || !strings.Contains(failed.Error(), ".") {
			failed = err
		}
	}
	return failed
}

func (r *Contract) checkOne(at string, o one, value any) error {
	wrong := fmt.Errorf("%s is %v, and not %s", at, value, typ{o}.text(""))
	if o.object == nil && r.named[o.name] != nil {
		o.object = r.named[o.name]
	}
	switch value := value.(type) {
	case string:
		if o.name == "string" || o.name == `"`+value+`"` || inUnion(o.name, value) {
			return nil
		}
	case []any:
		if o.list == nil {
			return wrong
		}
		for i, each := range value {
			if err := r.check(fmt.Sprintf("%s[%d]", at, i), o.list, each); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		if o.object != nil {
			return r.checkObject(at, o.object, value)
		}
	default:
		if o.name == kinds[fmt.Sprintf("%T", value)] {
			return nil
		}
	}
	return wrong
}

// kinds is what TypeScript calls the types of package json.
var kinds = map[string]string{"bool": "boolean", "float64": "number", "<nil>": "null"}

func inUnion(name, word string) bool {
	return slices.ContainsFunc(unions, func(u union) bool { return u.name == name && slices.Contains(u.words, word) })
}

// checkObject holds the fields of an object against those of its type: all are
// there, and no other.
func (r *Contract) checkObject(at string, o *object, value map[string]any) error {
	fields := r.fieldsOf(o)
	for _, f := range fields {
		is, ok := value[f.name]
		if !ok {
			return fmt.Errorf("%s has no %s", at, f.name)
		}
		if err := r.check(at+"."+f.name, f.is, is); err != nil {
			return err
		}
	}
	for name := range value {
		if !slices.ContainsFunc(fields, func(f field) bool { return f.name == name }) {
			return fmt.Errorf("%s has a field %s", at, name)
		}
	}
	return nil
}

// fieldsOf is the fields of an object, with those of what it extends.
func (r *Contract) fieldsOf(o *object) []field {
	fields := slices.Clone(o.fields)
	for _, name := range o.extends {
		fields = append(fields, r.fieldsOf(r.named[name])...)
	}
	return fields
}
