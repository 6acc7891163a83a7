package flow

import (
	"strings"

	"why403/engine"
)

// Row is one flow: calls of some actions make further checks.
type Row struct {
	Name    string // what tests and scenarios call it
	Actions string // that it is about, in lower case
	When    When
	If      string // what must be so, as a clause, where the world can leave it open
	Asks    []Ask
	Doc     string
}

// When is the facts that make a flow. All that are given must hold.
type When struct {
	Encrypted  bool   // the resource is encrypted with a KMS key
	Caller     string // who asks: "principal" for no service, "service" for any, or service principals
	Except     string // service principals that have a row of their own
	Key        string // the request carries a condition key of this name; a / or - at the end for any that begins so
	On         string // how the resource's part of the ARN begins; NEW/ for what the action creates
	Operation  string // the call is one of these API operations, in lower case
	NotFor     string // the call is none of these API operations, in lower case
	Tagged     bool   // SOURCE has tags
	Replicates bool   // the bucket replicates to another
	Untold     bool   // nothing in a world tells whether it is so
}

// Ask is a further check. Words in capitals stand in its texts for what
// [finder.words] makes of the check that it follows from.
type Ask struct {
	As      string // who asks: "" for the same caller, a service principal, or the ARN of a session
	Actions string
	On      string // "" for the key
	Via     string // the service that asks KMS for the caller: s3 for kms:ViaService s3.REGION.amazonaws.com
	Context string // the encryption context: lines NAME=VALUE
	Keys    string // further condition keys: lines KEY=VALUE
	Same    bool   // it is a part of the same request, which carries the same
	Without string // condition keys, in lower case, that the request has and that do not go with it
	Why     string // a clause
}

// covers reports whether a row is about a check of a call, as far as the
// check alone tells.
func (row *Row) covers(c *engine.Check, operation string) bool {
	w := &row.When
	return engine.Lists(row.Actions, strings.ToLower(c.Action)) && w.caller(c) && w.on(c) && w.key(c) &&
		(w.Operation == "" || engine.Lists(w.Operation, operation)) && !engine.Lists(w.NotFor, operation)
}

// caller reports whether a row is about such a caller.
func (w *When) caller(c *engine.Check) bool {
	service := c.Principal.Kind == engine.ServicePrincipal
	switch w.Caller {
	case "":
		return true
	case "principal":
		return !service
	case "service":
		return service && !engine.Lists(w.Except, c.Principal.ARN)
	}
	return engine.Lists(w.Caller, c.Principal.ARN)
}

func (w *When) on(c *engine.Check) bool {
	begin := strings.ReplaceAll(w.On, "NEW", created(c.Action))
	return w.On == "" || strings.HasPrefix(engine.ARNPart(c.Resource, 5), begin)
}

// created is the kind of resource that an action makes, as ARNs have it:
// security-group for ec2:CreateSecurityGroup.
func created(action string) string {
	_, name, _ := strings.Cut(action, ":")
	var b strings.Builder
	for i, c := range strings.TrimPrefix(strings.TrimPrefix(name, "Create"), "Copy") {
		if c >= 'A' && c <= 'Z' && i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(strings.ToLower(string(c)))
	}
	return b.String()
}

func (w *When) key(c *engine.Check) bool {
	if w.Key == "" {
		return true
	}
	found := false
	c.Context.Each(func(name string, _ []string) {
		name = strings.ToLower(name)
		found = found || name == w.Key || strings.HasSuffix(w.Key, "/") && strings.HasPrefix(name, w.Key) ||
			strings.HasSuffix(w.Key, "-") && strings.HasPrefix(name, w.Key)
	})
	return found
}
