package diagnose

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// Words that the importer puts in the place of what a text leaves open.
const (
	unnamed          = "UNKNOWN"
	noAccount        = "000000000000"
	noAction         = engine.NoAction
	elsewhereAccount = "000000000001" // another account, of which no more is known
)

// maxFillings is how many ways to fill a request are tried.
const maxFillings = 48

// maxReread is how many bytes of scenarios are read anew for them. A section takes
// as long as so many bytes more.
const (
	maxReread  = 4 << 20
	perSection = 1 << 8
)

// mostFillings is how many ways are tried of a file of so many bytes: one at least.
func mostFillings(f *scenario.File, size int) int {
	return 1 + maxReread/(size+perSection*len(f.Sections))
}

// filling is a request without gaps: the lines that are new, and where they
// come from.
type filling struct {
	lines [][2]string
	notes []string
}

func (f filling) with(key, value, note string) filling {
	out := filling{lines: append(f.lines[:len(f.lines):len(f.lines)], [2]string{key, value}), notes: f.notes[:len(f.notes):len(f.notes)]}
	if note != "" {
		out.notes = append(out.notes, note)
	}
	return out
}

// filler fills the gaps that AWS's message leaves in a request from what the
// policies name. It makes no policy up: a value that no policy has is UNKNOWN.
type filler struct {
	file      *scenario.File
	catalogue catalogue.Catalogue
	said      *Evidence
	text      string // AWS's words, in lower case
	request   map[string]string
	account   string   // that the policies name, or ""
	entities  []string // the ARNs of what a policy was brought of, beside that of the resource
	documents []*policy.Document

	// What the policies name, found once: they are asked for by each filling.
	services []string
	named    map[string][]namedResource // see resourcesFor
	looked   int                        // how many values of Resource were looked at for it
}

// fillings gives every way to fill the request, the nearest first.
func (f *filler) fillings() []filling {
	all := []filling{{}}
	for _, step := range []func(filling) []filling{f.accounts, f.principals, f.actions, f.resources, f.details} {
		var next []filling
		for _, one := range all {
			next = append(next, step(one)...)
			if len(next) >= maxFillings {
				next = next[:maxFillings]
				break
			}
		}
		all = next
	}
	return all
}

// value is a line of the request, filled or as it was.
func (f *filler) value(one filling, key string) string {
	for i := len(one.lines) - 1; i >= 0; i-- {
		if one.lines[i][0] == key {
			return one.lines[i][1]
		}
	}
	return f.request[key]
}

// read collects what the policies of a file name.
func (f *filler) read() {
	f.request = map[string]string{}
	for _, s := range f.file.Sections {
		if _, ok := scenario.RequestName(s.Name); ok {
			for _, l := range scenario.Lines(s.Text) {
				f.request[l.Key] = l.Value
			}
			break
		}
	}
	if len(f.file.Requests) == 0 {
		return
	}
	check := f.file.Requests[0].Check
	for _, s := range f.file.Sections {
		if scenario.HoldsPolicy(s.Name) && strings.HasSuffix(s.Name, ".json") {
			f.documents = append(f.documents, f.document(&s, typeOfSection(s.Name, check)))
		}
	}
	f.entities = f.findEntities()
	f.account, f.services = f.findAccount(), f.findServices()
	f.named = map[string][]namedResource{}
}

// document is the policy of a section, read as one of a type. Where the file has one
// with the same statements it need not be read again.
func (f *filler) document(s *scenario.Section, t policy.Type) *policy.Document {
	if d := f.file.Document(s.Name); d != nil && d.Type.ReadAs(t) {
		return d
	}
	d, _ := policy.Parse(s.Name, t, s.Text)
	return d
}

// typeOfSection is the type of the policy in a section, as far as reading its
// elements needs it.
func typeOfSection(name string, check *engine.Check) policy.Type {
	switch {
	case strings.HasSuffix(name, "resource.json"), strings.HasSuffix(name, "policy.json") && strings.HasPrefix(name, "entity/"):
		return policy.Resource
	case strings.HasPrefix(name, "rcp/"):
		return policy.RCP
	case name == "endpoint.json":
		return policy.Endpoint
	}
	return policy.Identity
}

// findAccount is the account that the policies name: that of the root in a
// resource's policy, else the first in an ARN.
func (f *filler) findAccount() string {
	found := ""
	for _, d := range f.documents {
		for i := range d.Statements {
			s := &d.Statements[i]
			for _, p := range s.Principal.Values {
				switch account := part(p.Value, 4); {
				case policy.IsAccount(p.Value):
					return p.Value
				case strings.HasSuffix(p.Value, ":root") && policy.IsAccount(account):
					return account
				case found == "" && policy.IsAccount(account):
					found = account
				}
			}
			for _, r := range s.Resource.Values {
				if account := part(r.Value, 4); found == "" && policy.IsAccount(account) {
					found = account
				}
			}
		}
	}
	return found
}

// part is one of the six parts of an ARN, from 0; "" of what is none.
func part(arn string, n int) string {
	if !strings.HasPrefix(arn, "arn:") || strings.Count(arn, ":") < 5 {
		return ""
	}
	rest := arn
	for range n {
		_, rest, _ = strings.Cut(rest, ":")
	}
	if n < 5 {
		rest, _, _ = strings.Cut(rest, ":")
	}
	return rest
}

// accounts puts the account that the policies name where AWS's text has none.
func (f *filler) accounts(one filling) []filling {
	for _, key := range []string{"principal", "role", "resource"} {
		v := f.request[key]
		account := part(v, 4)
		if !strings.HasPrefix(account, "0000") {
			continue
		}
		found := f.accountOf(v)
		if hidden := strings.TrimLeft(account, "0"); found == "" && strings.HasSuffix(f.account, hidden) {
			found = f.account
		}
		if found == "" {
			continue
		}
		note := "the account " + found + " is one that the policies name"
		if slices.Contains(one.notes, note) {
			note = ""
		}
		one = one.with(key, strings.ReplaceAll(v, account, found), note)
	}
	return []filling{one}
}

// accountOf is the account of a user, a role or a resource of which a text hides
// the account, where a policy names it.
func (f *filler) accountOf(arn string) string {
	name := part(arn, 5)
	if role, ok := strings.CutPrefix(name, "assumed-role/"); ok {
		role, _, _ = strings.Cut(role, "/")
		name = "role/" + role
	}
	for _, d := range f.documents {
		for i := range d.Statements {
			for _, p := range d.Statements[i].Principal.Values {
				if part(p.Value, 5) == name {
					return part(p.Value, 4)
				}
			}
			for _, r := range d.Statements[i].Resource.Values {
				if part(r.Value, 5) == name && policy.IsAccount(part(r.Value, 4)) {
					return part(r.Value, 4)
				}
			}
		}
	}
	return ""
}

// principals names who asks, where AWS's text does not: a role or a user that
// the policy of the resource names, or nobody.
func (f *filler) principals(one filling) []filling {
	principal := f.value(one, "principal")
	if !strings.Contains(principal, unnamed) {
		return []filling{f.token(one)}
	}
	for _, c := range callers {
		if strings.Contains(f.text, c.phrase) {
			return []filling{one.with("principal", c.caller, "the caller is the service that writes so")}
		}
	}
	out := []filling{}
	for _, d := range f.documents {
		for i := range d.Statements {
			for _, p := range d.Statements[i].Principal.Values {
				if len(out) == maxFillings {
					return out
				}
				kind := part(p.Value, 5)
				attached := f.hasIdentity() && (strings.HasPrefix(kind, "role/") || strings.HasPrefix(kind, "user/"))
				service := !f.hasIdentity() && strings.HasSuffix(p.Value, ".amazonaws.com")
				if d.Statements[i].Effect == policy.Allow && d.Type == policy.Resource && (attached || service) {
					out = append(out, one.with("principal", p.Value, "the caller is taken to be "+p.Value+", which "+d.Name+" names"))
				}
			}
		}
	}
	return append(out, one)
}

// callers are services that tell of a refusal without naming themselves. The
// phrases are in lower case.
var callers = []struct{ phrase, caller string }{
	// https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html
	{"deliverlogserrormessage", "delivery.logs.amazonaws.com"},
	// https://docs.aws.amazon.com/config/latest/APIReference/API_PutDeliveryChannel.html
	{"insufficientdeliverypolicyexception", "config.amazonaws.com"},
}

// hasIdentity reports whether policies of the caller were brought.
func (f *filler) hasIdentity() bool {
	for _, d := range f.documents {
		if strings.HasPrefix(d.Name, "identity/") {
			return true
		}
	}
	return false
}

// token names the provider of a token, where a trust policy does.
func (f *filler) token(one filling) filling {
	if !strings.HasPrefix(strings.ToLower(f.request["action"]), "sts:assumerolewith") || f.request["federated-by"] != "" {
		return one
	}
	for _, d := range f.documents {
		for i := range d.Statements {
			for _, p := range d.Statements[i].Principal.Values {
				if strings.Contains(p.Value, "-provider/") {
					return one.with("federated-by", p.Value, "the provider is taken to be the one that "+d.Name+" names")
				}
			}
		}
	}
	return one
}

// actions names what was asked, where AWS's text does not.
func (f *filler) actions(one filling) []filling {
	if f.request["action"] != noAction {
		return append([]filling{one}, f.asksToo(one)...)
	}
	var out []filling
	add := func(action, note string) {
		if len(out) < mostActions && engine.ValidAction(action) {
			out = append(out, one.with("action", action, note))
		}
	}
	service := strings.HasSuffix(f.value(one, "principal"), ".amazonaws.com")
	for _, s := range f.services {
		if service {
			for _, action := range deliveries[s] {
				add(action, "the action is what "+f.value(one, "principal")+" asks of such a resource")
			}
			continue
		}
		for _, action := range usual[s] {
			add(action, "AWS names no action: "+action+" is one that is asked often")
		}
	}
	for _, d := range f.documents {
		for i := range d.Statements {
			if len(out) == mostActions {
				return out
			}
			for _, a := range d.Statements[i].Action.Values {
				add(a.Value, "AWS names no action: "+d.Name+" names "+a.Value)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	return []filling{one}
}

// mostActions is how many actions are tried.
const mostActions = 8

// asksToo is what a service asks of a bucket besides writing to it, where AWS's text is
// about the policy of the bucket and not about one request.
//
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
func (f *filler) asksToo(one filling) []filling {
	if !strings.Contains(f.text, "incorrect s3 bucket policy is detected") || f.request["action"] != "s3:PutObject" {
		return nil
	}
	bucket := engine.PolicyARN(f.value(one, "resource"))
	return []filling{one.with("action", "s3:GetBucketAcl", "CloudTrail asks s3:GetBucketAcl too").with("resource", bucket, "")}
}

// deliveries are what a service that delivers to a resource asks, by the
// service of the resource.
var deliveries = map[string][]string{
	"sqs": {"sqs:SendMessage"}, "sns": {"sns:Publish"}, "lambda": {"lambda:InvokeFunction"}, "s3": {"s3:PutObject", "s3:GetBucketAcl"},
	"kms": {"kms:GenerateDataKey", "kms:Decrypt"}, "logs": {"logs:PutLogEvents"}, "kinesis": {"kinesis:PutRecord"},
	"events": {"events:PutEvents"},
}

// usual are the actions of a service that are asked most.
var usual = map[string][]string{
	"s3":  {"s3:GetObject", "s3:PutObject", "s3:ListBucket"},
	"kms": {"kms:Decrypt", "kms:GenerateDataKey"},
	"sqs": {"sqs:SendMessage", "sqs:ReceiveMessage"}, "sns": {"sns:Publish"}, "dynamodb": {"dynamodb:GetItem", "dynamodb:PutItem",
		"dynamodb:Query"},
	"secretsmanager": {"secretsmanager:GetSecretValue"}, "lambda": {"lambda:InvokeFunction"},
}

// findServices is the services that the policies are about, resources' policies
// first.
func (f *filler) findServices() (out []string) {
	seen := map[string]bool{}
	if s := engine.ARNPart(f.request["resource"], 2); s != "" {
		seen[s], out = true, []string{s}
	}
	for _, resource := range []bool{true, false} {
		for _, d := range f.documents {
			if (d.Type == policy.Resource) != resource {
				continue
			}
			for i := range d.Statements {
				for _, a := range d.Statements[i].Action.Values {
					s, _, _ := strings.Cut(strings.ToLower(a.Value), ":")
					if s != "*" && !seen[s] {
						seen[s] = true
						out = append(out, s)
					}
				}
			}
		}
	}
	return out
}
