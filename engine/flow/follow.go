package flow

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/condition"
)

// maxChecks bounds a call: what follows from what could go in a circle.
const maxChecks = 64

// follow adds the checks that follow from one.
func (f *finder) follow(c *engine.Check) {
	for i := range rows {
		row := &rows[i]
		if !row.covers(c, f.operation) {
			continue
		}
		words := f.words(c)
		unknown := row.When.Encrypted && words.key == ""
		switch {
		case unknown && f.unencrypted(c), row.When.Replicates && c.ReplicatesTo == "":
		case unknown, row.When.Untold, row.When.Tagged && !f.tagged(words.source):
			f.possible(row, c, &words)
		default:
			for j := range row.Asks {
				f.further(row, &row.Asks[j], c, &words)
			}
		}
	}
}

// unencrypted reports whether a request says that S3 keeps the key itself.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-s3-encryption.html
func (f *finder) unencrypted(c *engine.Check) bool {
	kind, _ := c.Context.Get("s3:x-amz-server-side-encryption")
	return len(kind) == 1 && kind[0] == "AES256"
}

// tagged reports whether something has tags.
func (f *finder) tagged(arn string) bool {
	e := f.world.Entity(arn)
	return e != nil && len(e.Tags) > 0
}

// encryptionKey tells the key of an object, whatever is done with it. Requests
// that read do not carry it: there it is what somebody knows of the object.
//
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
const encryptionKey = "s3:x-amz-server-side-encryption-aws-kms-key-id"

// key is the KMS key that a resource is encrypted with, or is to be; "" where
// nothing says.
func (f *finder) key(c *engine.Check) string {
	named, _ := f.request.Context.Get(encryptionKey)
	if len(named) == 1 && strings.HasPrefix(named[0], "arn:") && strings.HasPrefix(strings.ToLower(c.Action), "s3:") &&
		slices.Contains(f.resources, c.Resource) {
		return named[0]
	}
	return c.EncryptedWith
}

// possible notes what AWS asks besides if a row's clause is so. What it would
// ask is decided where everything else about it is known.
func (f *finder) possible(row *Row, c *engine.Check, words *words) {
	for i := range row.Asks {
		a := &row.Asks[i]
		for _, action := range strings.Fields(a.Actions) {
			p := Possible{If: row.If, Action: action, Why: a.Why, Doc: row.Doc, Flow: row.Name}
			if on := words.on(a); engine.ValidResource(on) {
				p.check = func() *engine.Check {
					check, _ := f.world.Check(f.next(a, c, action, on, words))
					return check
				}
			}
			f.call.Possible = append(f.call.Possible, p)
		}
	}
}

// further adds the checks of one ask, and what follows from these.
func (f *finder) further(row *Row, a *Ask, c *engine.Check, words *words) {
	on := words.on(a)
	if !engine.ValidResource(on) {
		f.note("bad-flow", "The ARN of what "+c.Action+" also asks for is not known: “"+on+"”.", row.Doc)
		return
	}
	for _, action := range strings.Fields(a.Actions) {
		check, err := f.world.Check(f.next(a, c, action, on, words))
		if err != nil {
			f.err = err
			return
		}
		if f.add(Check{check, a.Why, row.Doc, row.Name}) {
			f.unowned(check)
			f.follow(check)
		}
	}
}

// unowned says of a bucket that a call asks for besides that nothing tells whose
// it is. Of the resources of the request, their lines say so.
func (f *finder) unowned(c *engine.Check) {
	if ofService(c, "s3") && engine.ARNPart(c.Resource, 2) == "s3" && c.ResourceAccount == "" && !slices.Contains(f.resources, c.Resource) {
		whole := engine.PolicyARN(c.Resource)
		f.note("no-resource-account",
			"Nothing tells whose bucket "+whole+" is, so "+c.Action+" on it is judged as in one account. Add a section \"-- entity/NAME --\" "+
				"with lines \"arn: "+
				whole+"\" and \"account: …\".", docs+"service-authorization/latest/reference/list_s3.html")
	}
}

// next is the request of an ask: whose it is, and what it carries.
func (f *finder) next(a *Ask, c *engine.Check, action, on string, words *words) engine.Request {
	r := engine.Request{Name: f.request.Name, Principal: c.Principal.ARN, FederatedBy: f.request.FederatedBy,
		Action: action, Resource: on, Payer: f.request.Payer, Unknown: f.request.Unknown, Search: f.request.Search}
	if a.As != "" {
		r.Principal, r.FederatedBy = words.fill(a.As), ""
	} else {
		f.carry(&r, a, c)
	}
	if a.Via != "" {
		r.Context.Set("kms:ViaService", words.fill(a.Via+".REGION.amazonaws.com"))
	}
	if !contextFree[action] {
		setLines(&r.Context, "kms:EncryptionContext:", a.Context, words)
	}
	if a.Keys != forAWS || action == "kms:CreateGrant" {
		setLines(&r.Context, "", a.Keys, words)
	}
	return r
}

// contextFree are the operations of KMS that have no encryption context.
//
// https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
var contextFree = map[string]bool{"kms:DescribeKey": true}

func setLines(to *condition.Context, prefix, lines string, words *words) {
	for line := range strings.Lines(lines) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		to.Set(prefix+name, words.fill(value))
	}
}

// carry gives a request the condition keys of the check that it follows from. A
// service that asks for the caller passes on who that is, and not which
// network the call came from. What the caller, or a service, asks itself
// carries what such a request can.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
func (f *finder) carry(r *engine.Request, a *Ask, c *engine.Check) {
	r.Context.SetFrom(&c.Context, func(key string) bool {
		switch {
		case engine.Lists(a.Without, key), derived[key]:
			return false
		case a.Via != "":
			return OfCaller(key)
		}
		return a.Same || f.carries(r.Action, key)
	})
}

// derived are the keys that tell of the resource and of the way to it. The
// engine finds them anew for each check, so those of another must not stay.
var derived = map[string]bool{"aws:resourceaccount": true, "aws:resourceorgid": true, "aws:requestedregion": true,
	"aws:viaawsservice": true}

// carries reports whether requests for an action can carry a key, as far as
// AWS's reference tells.
func (f *finder) carries(action, key string) bool {
	if strings.HasPrefix(strings.ToLower(key), "aws:resourcetag/") {
		return false
	}
	service, a := f.world.Action(action)
	return a == nil || service.Carries(a, nil, key) != catalogue.Never
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

// words are what stands for the capitals in the texts of a row.
type words struct {
	key, source string
	replacer    *strings.Replacer
}

func (w *words) fill(text string) string { return w.replacer.Replace(text) }

func (w *words) on(a *Ask) string {
	if a.On == "" {
		return w.key
	}
	return w.fill(a.On)
}

// words finds what the words mean for a check:
//
//	KEY       the KMS key, with its REGION (where there is no key, the resource's)
//	NEWKEY    the KMS key of what the call makes, where that has another
//	RESOURCE  what the check is on, and its NAME
//	EBSID     its NAME, where it has one already, of a volume or a snapshot
//	TABLE     the name of the table that an index belongs to
//	OWNER     the account of the resource
//	WHOLE     what the policy of the resource is attached to: an object's bucket
//	CIPHER    what S3 names in the encryption context: the object, or its bucket
//	SOURCE    the object that is copied
//	REPLICA   the object in the bucket that this one replicates to
//	ACTION    the name of the action, without its service
//	IDENTITY  the source identity of the caller's session
//	TRAIL     the aws:SourceArn of the request
func (f *finder) words(c *engine.Check) words {
	w := words{key: f.key(c), source: "unknown"}
	if from, _ := c.Context.Get("s3:x-amz-copy-source"); len(from) == 1 {
		w.source = "arn:aws:s3:::" + strings.TrimPrefix(from[0], "/")
	}
	whole := engine.PolicyARN(c.Resource)
	cipher, object := c.Resource, strings.TrimPrefix(c.Resource, whole)
	if c.BucketKey {
		cipher = whole
	}
	region := engine.ARNPart(w.key, 3)
	if region == "" {
		region = engine.ARNPart(c.Resource, 3)
	}
	_, name, _ := strings.Cut(c.Action, ":")
	w.replacer = strings.NewReplacer("NEWKEY", f.newKey(w.key), "KEY", w.key, "REGION", region, "RESOURCE", c.Resource, "NAME",
		last(c.Resource), "EBSID", ebsID(c.Resource), "TABLE", last(whole),
		"OWNER", c.ResourceAccount, "WHOLE", whole, "CIPHER", cipher, "SOURCE", w.source, "REPLICA", c.ReplicatesTo+object, "ACTION", name,
		"IDENTITY", one(c, "aws:SourceIdentity"), "TRAIL", one(c, "aws:SourceArn"))
	return w
}

// newKey is the key of the volume that a call makes of a snapshot.
func (f *finder) newKey(otherwise string) string {
	for _, resource := range f.resources {
		if e := f.world.Entity(resource); e != nil && e.EncryptedWith != "" && strings.Contains(resource, ":volume/") {
			return e.EncryptedWith
		}
	}
	return otherwise
}

func one(c *engine.Check, key string) string {
	if values, _ := c.Context.Get(key); len(values) == 1 {
		return values[0]
	}
	return ""
}

// ebsID is the ID of a volume or a snapshot. What is yet to be made has one too,
// which begins as all of its kind do.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/services-ebs.html
func ebsID(arn string) string {
	switch id := last(arn); {
	case !strings.ContainsAny(id, "*?"):
		return id
	case strings.Contains(arn, ":volume/"):
		return "vol-new"
	}
	return "snap-new"
}

func last(arn string) string { return arn[strings.LastIndexAny(arn, "/:")+1:] }

// sameContext reports whether two checks carry the same.
func sameContext(a, b *condition.Context) bool {
	subset := func(a, b *condition.Context) bool {
		same := true
		a.Each(func(key string, values []string) {
			others, present := b.Get(key)
			same = same && present && slices.Equal(values, others)
		})
		return same
	}
	return subset(a, b) && subset(b, a)
}
