package witness

import (
	"slices"
	"strconv"
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/policy"
	"why403/engine/shell"
)

// Form is which call the simulator is asked by.
type Form uint8

// Custom gives the simulator the policies of the file. Attached asks about the
// policies that the caller has in AWS: the file's are not needed, and the answer
// tells whether they are the same.
//
// https://docs.aws.amazon.com/cli/latest/reference/iam/simulate-custom-policy.html
// https://docs.aws.amazon.com/cli/latest/reference/iam/simulate-principal-policy.html
const (
	Custom Form = iota
	Attached
)

// nothing is a policy that allows nothing: the simulator needs one.
const nothing = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "none:null", "Resource": "*"}}`

// parameter is one parameter of a call: a text, a list of texts, or JSON.
type parameter struct {
	name   string // as the API has it
	values []string
	json   bool
	list   bool
}

// Command is the call in one form, for a POSIX shell; "" where there is none.
func (q *Question) Command(form Form) string {
	if len(q.Cannot) > 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("aws iam " + [...]string{Custom: "simulate-custom-policy", Attached: "simulate-principal-policy"}[form])
	for _, p := range q.parameters(form) {
		b.WriteString(" \\\n  --" + kebab(p.name))
		for _, value := range p.values {
			b.WriteString(" " + shell.Word(value))
		}
	}
	b.WriteString(" \\\n  --output json")
	return b.String()
}

// JSON is the call as one JSON object, for --cli-input-json; "" where there
// is none.
func (q *Question) JSON(form Form) string {
	if len(q.Cannot) > 0 {
		return ""
	}
	var members []string
	for _, p := range q.parameters(form) {
		value := jsonText(p.values[0])
		switch {
		case p.json:
			value = p.values[0]
		case p.list:
			value = jsonList(p.values)
		}
		members = append(members, "  "+jsonText(p.name)+": "+value)
	}
	return "{\n" + strings.Join(members, ",\n") + "\n}\n"
}

// parameters is what the simulator is told, in the order of AWS's reference.
func (q *Question) parameters(form Form) (out []parameter) {
	add := func(name string, list bool, values ...string) {
		if len(values) > 0 {
			out = append(out, parameter{name: name, values: values, list: list})
		}
	}
	if form == Attached {
		add("PolicySourceArn", false, q.caller())
	} else {
		identity := texts(q.of(policy.Identity))
		if len(identity) == 0 {
			identity = []string{nothing}
		}
		add("PolicyInputList", true, identity...)
		add("PermissionsBoundaryPolicyInputList", true, texts(q.of(policy.Boundary))...)
		if levels := q.levels(); levels != "" {
			out = append(out, parameter{name: "OrderedOrganizationPolicyInputList", values: []string{levels}, json: true})
		}
	}
	add("ActionNames", true, q.Action)
	if q.Resource != "*" {
		add("ResourceArns", true, q.Resource)
	}
	if resource := texts(q.of(policy.Resource)); len(resource) > 0 {
		add(resourceParameter, false, resource[0])
		add("ResourceOwner", false, "arn:"+q.partition()+":iam::"+q.check.ResourceAccount+":root")
		add("CallerArn", false, q.caller())
	}
	if context := q.context(); context != "" {
		out = append(out, parameter{name: "ContextEntries", values: []string{context}, json: true})
	}
	return out
}

// levels is the SCPs, level by level from the root, as JSON; "" for none.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_OrderedOrganizationPolicyType.html
func (q *Question) levels() string {
	at := map[int][]string{}
	var order []int
	for _, p := range q.of(policy.SCP) {
		if at[p.Level] == nil {
			order = append(order, p.Level)
		}
		at[p.Level] = append(at[p.Level], latin1(p.Text))
	}
	if len(order) == 0 {
		return ""
	}
	slices.Sort(order)
	var levels []string
	for _, level := range order {
		levels = append(levels, `{"ServiceControlPolicyInputList": `+jsonList(at[level])+"}")
	}
	return "[" + strings.Join(levels, ", ") + "]"
}

// context is the condition keys that the policies read and the request has, as
// JSON; "" for none. All others are absent there and here.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ContextEntry.html
func (q *Question) context() string {
	var entries []string
	var told []string
	for _, p := range q.check.Policies {
		for _, key := range p.Keys() {
			values, ok := q.check.Context.Get(key)
			if !ok || slices.Contains(told, strings.ToLower(key)) {
				continue
			}
			told = append(told, strings.ToLower(key))
			entries = append(entries, `{"ContextKeyName": `+jsonText(key)+`, "ContextKeyType": "`+q.keyType(key, len(values))+
				`", "ContextKeyValues": `+jsonList(values)+"}")
		}
	}
	if len(entries) == 0 {
		return ""
	}
	return "[" + strings.Join(entries, ", ") + "]"
}

var keyTypes = map[catalogue.KeyType]string{
	catalogue.String: "string", catalogue.ARN: "string", catalogue.Bool: "boolean", catalogue.Numeric: "numeric", catalogue.Date: "date",
	catalogue.IP: "ip",
}

// operatorTypes are the types that an operator takes, by how its name begins.
var operatorTypes = []struct{ begins, is string }{
	{"numeric", "numeric"}, {"date", "date"}, {"bool", "boolean"}, {"ipaddress", "ip"}, {"notipaddress", "ip"}, {"binary", "binary"},
}

// keyType is the ContextKeyType of a key: what AWS's reference says, or else
// what the operators that read it take.
func (q *Question) keyType(key string, values int) string {
	t, multi, known := q.check.KeyType(key)
	name := keyTypes[t]
	if !known || name == "" {
		name = q.operatorType(key)
	}
	if multi || values > 1 {
		name += "List"
	}
	return name
}

func (q *Question) operatorType(key string) string {
	for _, p := range q.check.Policies {
		for i := range p.Statements {
			for _, test := range p.Statements[i].Condition.Tests {
				operator := strings.ToLower(test.Operator.Value)
				operator = operator[strings.LastIndexByte(operator, ':')+1:]
				for _, o := range operatorTypes {
					if strings.EqualFold(test.Key.Value, key) && strings.HasPrefix(operator, o.begins) {
						return o.is
					}
				}
			}
		}
	}
	return "string"
}

func texts(policies []*engine.Policy) (out []string) {
	for _, p := range policies {
		out = append(out, latin1(p.Text))
	}
	return out
}

// kebab is the name of a parameter as the AWS CLI has it.
func kebab(name string) string {
	var b strings.Builder
	for i, c := range name {
		if c >= 'A' && c <= 'Z' {
			if i > 0 {
				b.WriteByte('-')
			}
			c += 'a' - 'A'
		}
		b.WriteRune(c)
	}
	return b.String()
}

// latin1 writes characters that the API does not take as JSON escapes, which
// mean the same: they can only be inside of strings. What is around a policy
// goes.
func latin1(text string) string {
	text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	var b strings.Builder
	for _, c := range text {
		switch {
		case c <= 0xff:
			b.WriteRune(c)
		case c <= 0xffff:
			b.WriteString(escape(c))
		default:
			c -= 0x10000
			b.WriteString(escape(0xd800+c>>10) + escape(0xdc00+c&0x3ff))
		}
	}
	return b.String()
}

func escape(c rune) string {
	digits := strconv.FormatInt(int64(c), 16)
	return `\u` + strings.Repeat("0", 4-len(digits)) + digits
}

func jsonText(text string) string { return latin1(policy.Quoted(text)) }

func jsonList(values []string) string {
	var out []string
	for _, v := range values {
		out = append(out, jsonText(v))
	}
	return "[" + strings.Join(out, ", ") + "]"
}
