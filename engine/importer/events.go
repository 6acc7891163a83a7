package importer

import (
	"strings"

	"why403/engine/policy"
)

// eventFields are the fields of CloudTrail's events that queries and the
// console show by themselves: their names in lower case with letters alone, and
// where they stand in an event.
//
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
var eventFields = []pair{
	{"eventname", "eventName"}, {"eventsource", "eventSource"}, {"eventtime", "eventTime"}, {"awsregion", "awsRegion"}, {"errorcode",
		"errorCode"}, {"errormessage", "errorMessage"},
	{"sourceipaddress", "sourceIPAddress"}, {"useragent", "userAgent"}, {"eventid", "eventID"}, {"requestid", "requestID"},
	{"recipientaccountid", "recipientAccountId"},
	{"vpcendpointid", "vpcEndpointId"}, {"useridentity", "userIdentity"}, {"useridentityarn", "userIdentity/arn"}, {"useridentitytype",
		"userIdentity/type"},
	{"useridentityaccountid", "userIdentity/accountId"}, {"useridentityprincipalid", "userIdentity/principalId"}, {"useridentityinvokedby",
		"userIdentity/invokedBy"},
	{"useridentityusername", "userIdentity/userName"}, {"useridentitysessioncontextsessionissuerarn",
		"userIdentity/sessionContext/sessionIssuer/arn"},
	{"requestparameters", "requestParameters"}, {"requestparametersbucketname", "requestParameters/bucketName"}, {"requestparameterskey",
		"requestParameters/key"},
	{"requestparametersrolearn", "requestParameters/roleArn"}, {"requestparameterskeyid", "requestParameters/keyId"},
	{"sourceaddress", "sourceIPAddress"}, {"userarn", "userIdentity/arn"}, {"arn", "userIdentity/arn"}, {"principal", "userIdentity/arn"},
	{"username", "userIdentity/userName"}, {"awsaccesskey", "userIdentity/accessKeyId"},
}

// eventOf makes an event of fields by their names, as far as they are ones of
// an event. It gives nil where the event's source or name is missing.
func eventOf(fields []pair) *policy.Node {
	event := &policy.Node{Kind: policy.Object, Closed: true}
	for _, f := range fields {
		name, value := letters(f.key), strings.TrimSpace(f.value)
		if name == "message" && strings.HasPrefix(value, "{") {
			if inner, problems := policy.ParseJSON("", value); !fatal(problems) && str(inner, "eventName") != "" {
				return inner
			}
		}
		for _, row := range eventFields {
			if row.key == name && value != "" && value != "-" && value != "null" {
				setNode(event, row.value, nodeOf(value))
			}
		}
	}
	if str(event, "eventSource") == "" || str(event, "eventName") == "" {
		return nil
	}
	return event
}

// letters is a name in lower case, without signs between its words.
func letters(name string) string {
	return strings.Map(func(c rune) rune {
		if c < 'a' || c > 'z' {
			return -1
		}
		return c
	}, strings.ToLower(name))
}

// nodeOf is a value of a row: JSON, a structure of Athena, or a string.
func nodeOf(value string) policy.Node {
	if strings.HasPrefix(value, "{") {
		if inner, problems := policy.ParseJSON("", value); !fatal(problems) {
			return *inner
		}
		node, _ := athena(value[1:], 0)
		return node
	}
	return policy.Node{Kind: policy.String, Value: value, Closed: true}
}

// structureNames are the members of Athena's structures, which are in lower
// case, that are not so in an event.
const structureNames = "principalid=principalId accountid=accountId invokedby=invokedBy accesskeyid=accessKeyId username=userName " +
	"sessioncontext=sessionContext mfaauthenticated=mfaAuthenticated creationdate=creationDate sessionissuer=sessionIssuer"

// maxDepth is how deep structures are read.
const maxDepth = 16

// athena reads "{name=value, …}" behind its first bracket, as Athena prints
// it.
func athena(text string, depth int) (node policy.Node, rest string) {
	node = policy.Node{Kind: policy.Object, Closed: true}
	for depth < maxDepth {
		name, after, ok := strings.Cut(text, "=")
		if !ok || strings.ContainsAny(name, "{}") {
			break
		}
		name = strings.Trim(name, " ,")
		var value policy.Node
		if strings.HasPrefix(after, "{") {
			value, text = athena(after[1:], depth+1)
		} else {
			end := strings.IndexAny(after, ",}")
			if end < 0 {
				end = len(after)
			}
			value, text = policy.Node{Kind: policy.String, Value: after[:end], Closed: true}, after[end:]
		}
		if value.Value != "null" {
			setNode(&node, firstOf(lookup(structureNames, name), name), value)
		}
		if strings.HasPrefix(text, "}") {
			return node, text[1:]
		}
	}
	return node, text
}

// setNode puts a value at a path into an object.
func setNode(n *policy.Node, path string, value policy.Node) {
	name, rest, deeper := strings.Cut(path, "/")
	at, ok := n.Field(name)
	if !ok && len(n.Names) >= MaxChoices {
		return
	}
	if !ok {
		n.Names = append(n.Names, policy.Text{Value: name})
		n.Items = append(n.Items, policy.Node{Kind: policy.Object, Closed: true})
		at = &n.Items[len(n.Items)-1]
	}
	if !deeper {
		*at = value
		return
	}
	setNode(at, rest, value)
}

// isEventText recognises rows of queries, the field list of the CloudTrail
// console, and an event as JavaScript and Python print it.
func isEventText(p *paste) bool {
	list := &policy.Node{Kind: policy.Array, Closed: true}
	for _, read := range []func(string) []*policy.Node{eventRows, eventList, looseEvents} {
		for _, event := range read(p.text) {
			list.Items = append(list.Items, *event)
		}
		if len(list.Items) > 0 {
			p.root = list
			return true
		}
	}
	return false
}

// eventRows reads rows of comma-separated values, whose first row has the
// names, as CloudWatch Logs Insights and Athena write them.
func eventRows(text string) (events []*policy.Node) {
	text = tabbed(text)
	header, _, _ := strings.Cut(text, "\n")
	if name := letters(header); !strings.Contains(name, "eventname") && !strings.Contains(name, "message") || !strings.ContainsAny(header,
		",\t") || len(header) > 4096 {
		return nil
	}
	comma := byte(',')
	if strings.Contains(header, "\t") {
		comma = '\t'
	}
	names, rest := row(text, comma)
	for rest != "" && len(events) < MaxChoices {
		var values []string
		values, rest = row(rest, comma)
		var fields []pair
		for i := range min(len(names), len(values)) {
			fields = append(fields, pair{names[i], values[i]})
		}
		if event := eventOf(fields); event != nil {
			events = append(events, event)
		}
	}
	return events
}

// tabbed is the rows of a table that is drawn with lines, with tabs between the
// cells; other texts stay.
func tabbed(text string) string {
	if strings.Count(text[:min(len(text), 4096)], " | ") < 2 {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if inside, ok := strings.CutPrefix(line, "|"); ok && strings.Trim(line, "|-:+= ") != "" {
			cells := strings.Split(strings.TrimSuffix(inside, "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			b.WriteString(strings.Join(cells, "\t") + "\n")
		}
	}
	return b.String()
}

// row reads one row of comma-separated values.
//
// https://www.rfc-editor.org/rfc/rfc4180
func row(text string, comma byte) (values []string, rest string) {
	var value strings.Builder
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"' && quoted && i+1 < len(text) && text[i+1] == '"':
			value.WriteByte('"')
			i++
		case c == '"':
			quoted = !quoted
		case c == comma && !quoted:
			values = append(values, value.String())
			value.Reset()
		case c == '\n' && !quoted:
			return append(values, strings.TrimSuffix(value.String(), "\r")), text[i+1:]
		default:
			value.WriteByte(c)
		}
	}
	return append(values, value.String()), ""
}

// eventList reads the list of fields that the CloudTrail console shows: a name,
// and its value on the next line, or behind a tab or a colon.
func eventList(text string) []*policy.Node {
	if lower := strings.ToLower(text[:min(len(text), maxWording)]); !strings.Contains(lower, "event name") || !strings.Contains(lower,
		"event source") {
		return nil
	}
	var fields []pair
	name := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		key, value, ok := strings.Cut(line, "\t")
		if !ok {
			key, value, ok = strings.Cut(line, ": ")
		}
		switch {
		case ok && isEventField(key):
			fields = append(fields, pair{strings.TrimSpace(key), strings.TrimSpace(value)})
			name = ""
		case name != "":
			fields = append(fields, pair{name, line})
			name = ""
		case isEventField(line):
			name = line
		}
	}
	if event := eventOf(fields); event != nil {
		return []*policy.Node{event}
	}
	return nil
}

func isEventField(name string) bool {
	name = letters(name)
	for _, row := range eventFields {
		if row.key == name {
			return true
		}
	}
	return name == "readonly" || name == "resourcesreferenced"
}

// looseEvents reads an event that is no JSON because JavaScript or Python
// printed it: names without quotes, or single quotes.
func looseEvents(text string) []*policy.Node {
	start := strings.IndexByte(text, '{')
	if start < 0 || !strings.Contains(text, "eventSource") || !strings.Contains(text, "eventName") || len(text) > policy.MaxSize/2 {
		return nil
	}
	root, problems := policy.ParseJSON("", strict(text[start:]))
	if fatal(problems) {
		return nil
	}
	return trailEvents(root)
}

// strict makes JSON of what JavaScript and Python print for an object.
func strict(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '"' || c == '\'':
			n := quotedLength(text[i:])
			inside := strings.TrimSuffix(text[i+1:i+n], text[i:i+1])
			if c == '\'' {
				inside = strings.ReplaceAll(strings.ReplaceAll(inside, `\'`, "'"), `"`, `\"`)
			}
			b.WriteString(`"` + inside + `"`)
			i += n
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '[' && strings.HasPrefix(text[i:], "[Object]"):
			n := len(text[i:]) - len(strings.TrimLeft(text[i:], lowerLetters+upperLetters+digit+"_"))
			if c == '[' {
				n = len("[Object]")
			}
			b.WriteString(strictWord(text[i:i+n], strings.TrimLeft(text[i+n:], " \n\r\t")))
			i += n + callLength(text[i+n:])
		case c == ',':
			if next := strings.TrimLeft(text[i+1:], " \n\r\t"); next == "" || next[0] != '}' && next[0] != ']' {
				b.WriteByte(',')
			}
			i++
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String()
}

// callLength is the length of what stands behind the name of a function:
// datetime.datetime(2026, 1, 1, tzinfo=tzutc()).
func callLength(text string) int {
	depth := 0
	for i := 0; i < len(text) && i < 200; i++ {
		switch c := text[i]; {
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth <= 0 {
				return i + 1
			}
		case depth == 0 && c != '.' && (c < 'a' || c > 'z'):
			return 0
		}
	}
	return 0
}

// quotedLength is the length of a string in single or double quotes.
func quotedLength(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case text[0]:
			return i + 1
		}
	}
	return len(text)
}

// strictWord is a word without quotes as JSON; next is what follows it.
func strictWord(word, next string) string {
	switch {
	case strings.HasPrefix(next, ":"):
		return `"` + word + `"`
	case word == "True" || word == "False":
		return strings.ToLower(word)
	case word == "true" || word == "false":
		return word
	}
	return "null"
}
