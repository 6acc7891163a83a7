package importer

import (
	"strconv"
	"strings"

	"why403/engine/policy"
)

// trailEvents gives the CloudTrail events of a text: one, a list, a file of a
// trail, EventBridge's wrapping, or what the CLI prints for lookup-events and
// for a log group.
//
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
func trailEvents(root *policy.Node) (events []*policy.Node) {
	for _, path := range []string{"Records", "Events", "events", "results"} {
		if list := get(root, path); list != nil && list.Kind == policy.Array {
			root = list
			break
		}
	}
	if root == nil {
		return nil
	}
	for _, n := range oneOrMore(root, "") {
		if event := trailEvent(n); event != nil {
			events = append(events, event)
		}
	}
	return events
}

// trailEvent unwraps one event.
func trailEvent(n *policy.Node) *policy.Node {
	if detail := get(n, "detail"); detail != nil {
		n = detail
	}
	if n.Kind == policy.String {
		if inner, problems := policy.ParseJSON("", n.Value); strings.HasPrefix(n.Value, "{") && !fatal(problems) {
			n = inner
		}
	}
	if fields := fieldsOf(n); fields != nil {
		return eventOf(fields)
	}
	for _, path := range []string{"CloudTrailEvent", "message", "@message"} {
		if inner := get(n, path); inner != nil && inner.Kind == policy.Object {
			n = inner
		}
		text := str(n, path)
		if !strings.HasPrefix(strings.TrimSpace(text), "{") {
			continue
		}
		if inner, problems := policy.ParseJSON("", text); !fatal(problems) {
			n = inner
		}
	}
	if str(n, "eventSource") == "" || str(n, "eventName") == "" {
		return nil
	}
	return n
}

// fieldsOf gives the fields of a row of CloudWatch Logs Insights, which is a
// list, or has names such as "userIdentity.arn".
func fieldsOf(n *policy.Node) (fields []pair) {
	if n.Kind == policy.Array {
		for i := range n.Items {
			fields = append(fields, pair{str(&n.Items[i], "field"), str(&n.Items[i], "value")})
		}
		return fields
	}
	flat := false
	for i := range n.Names {
		flat = flat || strings.HasPrefix(n.Names[i].Value, "userIdentity.") || strings.HasPrefix(n.Names[i].Value, "requestParameters.")
		if n.Items[i].Kind == policy.String {
			fields = append(fields, pair{n.Names[i].Value, n.Items[i].Value})
		}
	}
	if !flat {
		return nil
	}
	return fields
}

func isTrail(p *paste) bool { return p.root != nil && len(trailEvents(p.root)) > 0 }

// refused reports whether an event says that the request was denied.
func refused(event *policy.Node) bool {
	code := str(event, "errorCode")
	for _, word := range []string{"AccessDenied", "Unauthorized", "NotAuthorized", "Forbidden", "AuthorizationError",
		"AccessDeniedException"} {
		if strings.Contains(code, word) {
			return true
		}
	}
	return strings.Contains(str(event, "errorMessage"), authorized)
}

// trailRequest is the request of an event.
type trailRequest struct {
	id    string
	event *policy.Node
	facts *facts
	notes []string // what is not known
}

func (p *paste) useTrail() {
	events := trailEvents(p.root)
	p.out.Kind = "a CloudTrail event"
	if len(events) > 1 {
		p.out.Kind = "CloudTrail events"
		p.understood(strconv.Itoa(len(events)) + " events")
	}
	r := p.chooseEvent(events)
	if r == nil {
		return
	}
	if p.sessionPolicy(r.event) {
		return
	}
	p.unknown(r.notes...)
	p.sayOutcome(r.event, r.facts)
	p.encodedMessage(str(r.event, "errorMessage"))
	p.start(r.facts)
}

// sessionPolicy takes the session policy of an event of AssumeRole, where the
// present request is by that session. It reports false where it is not.
func (p *paste) sessionPolicy(event *policy.Node) bool {
	passed := get(event, "requestParameters/policy")
	if passed == nil || !strings.HasPrefix(str(event, "eventName"), "AssumeRole") {
		return false
	}
	role := str(event, "requestParameters/roleArn")
	e := entity{arn: role, role: true}
	principal := p.asked("principal")
	if session := str(event, "requestParameters/roleSessionName"); !e.is(principal, p.asked("role")) || lastPart(principal) != session &&
		lastPart(principal) != "UNKNOWN" {
		p.unknown("The session policy in this event: it is for requests of the session " + oneLine(session) + " of " + oneLine(role) +
			". Paste the event again when the scenario is about one")
		return false
	}
	if passed.Kind == policy.Object {
		withoutPlaces(passed)
	}
	document, ok := p.document(passed)
	if ok {
		p.put("session/assume-role.json", document)
	}
	return ok
}

func (p *paste) sayOutcome(event *policy.Node, f *facts) {
	p.fact("Time", str(event, "eventTime"))
	p.fact("Error", str(event, "errorCode"))
	if code := str(event, "errorCode"); code != "" && !refused(event) {
		p.unknown("Whether access was denied: " + oneLine(code) + " is another kind of error")
	}
}

// chooseEvent gives the event that is meant. Denied ones are listed first.
func (p *paste) chooseEvent(events []*policy.Node) *trailRequest {
	var denied, others []*trailRequest
	for i, event := range events {
		r := &trailRequest{id: firstOf(str(event, "eventID"), "event-"+strconv.Itoa(i+1)), event: event}
		if refused(event) {
			denied = append(denied, r)
		} else {
			others = append(others, r)
		}
	}
	all := append(denied[:len(denied):len(denied)], others...)
	all = all[:min(len(all), MaxChoices)]
	for _, r := range all {
		r.read()
	}
	if len(all) > 1 {
		for _, r := range all {
			p.offer(r.id, strings.TrimSpace(str(r.event, "eventTime")+" "+r.label()))
		}
	}
	for _, r := range all {
		if r.id == p.choice {
			return r
		}
	}
	return p.likely(all, denied)
}

// likely gives the event that is meant without a choice: the only one, the
// only denied one, or the only denied one of the present principal.
func (p *paste) likely(all, denied []*trailRequest) *trailRequest {
	if len(all) == 1 {
		return all[0]
	}
	if len(denied) == 1 {
		return denied[0]
	}
	var mine []*trailRequest
	for _, r := range denied[:min(len(denied), MaxChoices)] {
		if r.facts.principal != "" && r.facts.principal == p.asked("principal") {
			mine = append(mine, r)
		}
	}
	if len(mine) == 1 {
		return mine[0]
	}
	return nil
}

func (r *trailRequest) label() string {
	f := *r.facts
	text := f.heading()
	if f.outcome != "allow" && !refused(r.event) {
		text = strings.TrimSuffix(text, ", denied") + ", " + str(r.event, "errorCode")
	}
	if f.resource != "" {
		text += " on " + f.resource
	}
	return text
}

func (r *trailRequest) note(text string) { r.notes = append(r.notes, text) }

// read reads an event: AWS's sentence first, since it names the action and the
// resource as IAM saw them; then what else the event has.
func (r *trailRequest) read() {
	r.facts = &facts{}
	f, event := r.facts, r.event
	service := strings.TrimSuffix(str(event, "eventSource"), ".amazonaws.com")
	service = strings.TrimSuffix(service, ".amazonaws.com.cn")
	message := str(event, "errorMessage")
	if found := sentences(clean(message, byWords)); len(found) > 0 {
		*f = *found[0].facts()
	} else if refused(event) {
		f.said = said(clean(message, byWords), "denied")
	}
	if str(event, "errorCode") == "" && message == "" {
		f.outcome = "allow"
	}
	r.identity()
	if f.action == "" {
		r.action(service)
	}
	if f.resource == "" {
		f.resource = r.resource(serviceOf(f.action))
	}
	r.owner()
	r.keys()
}

func (r *trailRequest) action(service string) {
	name := str(r.event, "eventName")
	r.facts.action = actionOf(service, name, str(r.event, "requestParameters/versionId") != "")
	switch {
	case r.facts.action == "kms:ReEncryptFrom":
		r.note("Which half of ReEncrypt was denied: it needs kms:ReEncryptFrom on one key and kms:ReEncryptTo on the other")
	case name == "CopyObject" || name == "UploadPartCopy":
		r.note("Which half of the copy was denied: it needs s3:PutObject on the target and s3:GetObject on the source")
	case service == "apigateway":
		r.note("The verb of API Gateway's action: it was derived from the name of the event")
	}
}

// owner is the account of the resource, where its ARN has none.
func (r *trailRequest) owner() {
	f := r.facts
	if arnPart(f.resource, 4) != "" || f.resource == "" || f.resource == "*" {
		return
	}
	for _, n := range items(r.event, "resources") {
		if arn := firstOf(str(n, "ARN"), str(n, "arn")); arn == f.resource || strings.HasPrefix(f.resource, arn+"/") {
			f.owner = firstOf(f.owner, str(n, "accountId"))
		}
	}
	// In a trail of another account than the caller's, the account is the owner's.
	if recipient := str(r.event, "recipientAccountId"); f.owner == "" && recipient != str(r.event, "userIdentity/accountId") && str(r.event,
		"userIdentity/type") == "AWSAccount" {
		f.owner = recipient
	}
}
