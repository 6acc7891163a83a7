package flow

import (
	"strings"

	"why403/engine"
)

// maxChecks bounds a call: what follows from what could go in a circle.
const maxChecks = 64

// follow adds the checks that follow from one.
func (f *finder) follow(c *engine.Check) {
	for i := range rows {
		row := &rows[i]
		if !row.covers(c) || len(f.call.Checks) >= maxChecks {
			continue
		}
		key, unknown := f.key(row, c)
		switch {
		case unknown:
			f.possible(row)
		case row.holds(c, key):
			for j := range row.Asks {
				f.further(row, &row.Asks[j], c, key)
			}
		}
	}
}

// covers reports whether a row is about the action of a check.
func (row *Row) covers(c *engine.Check) bool {
	action := strings.ToLower(c.Action)
	for _, pattern := range strings.Fields(row.Actions) {
		if prefix, wild := strings.CutSuffix(pattern, "*"); action == pattern || wild && strings.HasPrefix(action, prefix) {
			return true
		}
	}
	return false
}

// key is the KMS key of a flow. Whether a resource is encrypted with one is
// unknown while nothing says so.
func (f *finder) key(row *Row, c *engine.Check) (key string, unknown bool) {
	if !row.When.Encrypted || !row.caller(c) {
		return "", false
	}
	if c.EncryptedWith != "" {
		return c.EncryptedWith, false
	}
	if named, _ := c.Context.Get("s3:x-amz-server-side-encryption-aws-kms-key-id"); len(named) == 1 && strings.HasPrefix(named[0], "arn:") {
		return named[0], false
	}
	return "", row.If != ""
}

func (f *finder) possible(row *Row) {
	for _, a := range row.Asks {
		for _, action := range strings.Fields(a.Actions) {
			f.call.Possible = append(f.call.Possible, Possible{row.If, action, row.Doc})
		}
	}
}

// holds reports whether the fact of a row is so.
func (row *Row) holds(c *engine.Check, key string) bool {
	switch {
	case row.When.Encrypted && key == "", !row.caller(c):
		return false
	case row.When.Key == "":
		return true
	}
	found := false
	c.Context.Each(func(name string, _ []string) {
		name = strings.ToLower(name)
		found = found || name == row.When.Key || strings.HasSuffix(row.When.Key, "/") && strings.HasPrefix(name, row.When.Key)
	})
	return found
}

// caller reports whether a row is about such a caller.
func (row *Row) caller(c *engine.Check) bool {
	switch row.When.Caller {
	case "":
		return true
	case "service":
		return c.Principal.Kind == engine.ServicePrincipal
	case "principal":
		return c.Principal.Account != ""
	}
	return c.Principal.ARN == row.When.Caller
}

// further adds the checks of one ask, and what follows from these.
func (f *finder) further(row *Row, a *Ask, c *engine.Check, key string) {
	fill := words(c, key)
	on := key
	if a.On != "" {
		on = fill.Replace(a.On)
	}
	if !engine.ValidResource(on) {
		f.note("bad-flow", "The ARN of what "+c.Action+" also asks for is not known: “"+on+"”.", row.Doc)
		return
	}
	for _, action := range strings.Fields(a.Actions) {
		r := f.next(a, c, fill)
		r.Action, r.Resource = action, on
		check, err := f.world.Check(r)
		if err != nil {
			f.err = err
			return
		}
		before := len(f.call.Checks)
		f.add(Check{check, a.Why, row.Doc})
		if len(f.call.Checks) > before {
			f.follow(check)
		}
	}
}

// next is the request of an ask: whose it is, and what it carries. A service
// that asks for the caller passes on who that is, and not which network the
// call came from.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
func (f *finder) next(a *Ask, c *engine.Check, fill *strings.Replacer) engine.Request {
	r := engine.Request{Name: f.request.Name, Principal: c.Principal.ARN, FederatedBy: f.request.FederatedBy}
	switch {
	case a.As != "":
		r.Principal, r.FederatedBy = fill.Replace(a.As), ""
	case a.Via == "":
		r.Context = c.Context.Clone()
	default:
		c.Context.Each(func(key string, values []string) {
			if OfCaller(key) {
				r.Context.Set(key, values...)
			}
		})
	}
	if a.Via != "" {
		r.Context.Set("kms:ViaService", fill.Replace(a.Via+".REGION.amazonaws.com"))
	}
	for line := range strings.Lines(a.Context) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		r.Context.Set("kms:EncryptionContext:"+name, fill.Replace(value))
	}
	for line := range strings.Lines(a.Keys) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		r.Context.Set(name, fill.Replace(value))
	}
	return r
}

// OfCaller reports whether a condition key tells of the caller, and so goes
// with every request that is made for it.
func OfCaller(key string) bool {
	key = strings.ToLower(key)
	for _, prefix := range [...]string{"aws:principal", "aws:userid", "aws:username", "aws:multifactorauth", "aws:tokenissuetime",
		"aws:sourceidentity", "aws:federatedprovider", "aws:currenttime", "aws:epochtime", "aws:useragent", "saml:"} {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// words are what stands in the texts of a row.
func words(c *engine.Check, key string) *strings.Replacer {
	part := func(arn string, n int) string {
		if parts := strings.SplitN(arn, ":", 6); len(parts) == 6 {
			return parts[n]
		}
		return ""
	}
	source, _ := c.Context.Get("s3:x-amz-copy-source")
	copied := "unknown"
	if len(source) == 1 {
		copied = "arn:aws:s3:::" + strings.TrimPrefix(source[0], "/")
	}
	return strings.NewReplacer("CALLERACCOUNT", c.Principal.Account, "RESOURCE", c.Resource, "WHOLE", engine.PolicyARN(c.Resource),
		"KEY", key, "REGION", part(key, 3), "ACCOUNT", part(key, 4), "SOURCE", copied)
}
