package diagnose

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// resources names what is asked for, where AWS's text does not: what the
// policies name for such an action, else a placeholder of the right form.
func (f *filler) resources(one filling) []filling {
	resource, action := f.value(one, "resource"), f.value(one, "action")
	if f.secretByName(resource) {
		return []filling{f.secret(one, resource)}
	}
	if !f.open(action, resource) {
		return []filling{one}
	}
	var out []filling
	for _, r := range f.resourcesFor(action) {
		out = append(out, one.with("resource", r.arn, r.note))
	}
	switch service, _, _ := strings.Cut(strings.ToLower(action), ":"); {
	case service == "kms" && len(out) == 0 && f.account != "" && part(resource, 2) != "kms":
		return append(out, one.with("resource", "arn:aws:kms:us-east-1:"+f.account+":key/"+unnamed, ""))
	case len(out) > 0 && f.said.Type == "":
		return out // a plain message fits any of them
	case service == "s3" && part(resource, 2) != "s3" && ofObjects(action):
		return append(out, one.with("resource", "arn:aws:s3:::"+unnamed+"/"+unnamed, ""))
	case service == "s3" && ofObjects(action) && !strings.Contains(part(resource, 5), "/"):
		return append(out, one.with("resource", resource+"/"+unnamed, ""))
	}
	return append(out, one)
}

// secretEnd stands for the six characters that Secrets Manager adds to a secret's name in
// its ARN, after a hyphen.
//
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
const secretEnd = "-XXXXXX"

// secretByName reports whether AWS's text has the name of a secret where its ARN would be.
func (f *filler) secretByName(resource string) bool {
	name, ok := strings.CutPrefix(part(resource, 5), "secret:")
	return ok && part(resource, 2) == "secretsmanager" && strings.Contains(f.text, "on resource: "+strings.ToLower(name))
}

// secret completes the ARN of a secret: as a policy names it, or with what stands for its end.
func (f *filler) secret(one filling, resource string) filling {
	for _, d := range f.documents {
		for i := range d.Statements {
			for _, r := range d.Statements[i].Resource.Values {
				end, ok := strings.CutPrefix(r.Value, resource+"-")
				if ok && len(end) == len(secretEnd)-1 && !strings.ContainsAny(end, "*?") {
					return one.with("resource", r.Value, "the secret is taken to be "+r.Value+", which "+d.Name+" names")
				}
			}
		}
	}
	return one.with("resource", resource+secretEnd, "AWS adds six characters to the name of a secret, which "+secretEnd[1:]+" stands for")
}

// namedResource is an ARN that a policy names, with the words for it.
type namedResource struct{ arn, note string }

// mostResources is how many of them are tried.
const mostResources = 6

// resourcesFor is what the policies name for an action: that of the resource, else
// those of the caller; else what has a policy of its own, where AWS names the action, or
// a service. An action is looked for once, since they can be thousands.
func (f *filler) resourcesFor(action string) []namedResource {
	found, known := f.named[action]
	if !known {
		found = f.namedBy(action, "resource.json")
		if len(found) == 0 {
			found = f.namedBy(action, "identity/")
		}
		if len(found) == 0 && (f.request["action"] != noAction || strings.HasSuffix(f.request["principal"], ".amazonaws.com")) {
			found = f.brought(action)
		}
		f.named[action] = found
	}
	return found
}

// namedBy is what the policies in some sections name.
func (f *filler) namedBy(action, sections string) (out []namedResource) {
	service, _, _ := strings.Cut(strings.ToLower(action), ":")
	seen := map[string]bool{}
	for _, d := range f.documents {
		if !strings.HasPrefix(d.Name, sections) {
			continue
		}
		for i := range d.Statements {
			for _, r := range d.Statements[i].Resource.Values {
				f.looked++
				for _, arn := range f.fitted(action, r.Value) {
					if part(arn, 2) != service || seen[arn] || !engine.ValidResource(arn) {
						continue
					}
					seen[arn] = true
					out = append(out, namedResource{arn, "the resource is taken from " + d.Name + ", which names " + r.Value})
					if len(out) == mostResources {
						return out
					}
				}
			}
		}
	}
	return out
}

// open reports whether AWS's text leaves the resource open.
func (f *filler) open(action, resource string) bool {
	if strings.Contains(resource, unnamed) {
		return true
	}
	if resource != "*" {
		return false
	}
	if f.said != nil && f.said.Resource == "*" {
		return false
	}
	prefix, name, _ := strings.Cut(action, ":")
	if f.catalogue != nil {
		if s := f.catalogue.Service(prefix); s != nil {
			a := s.Action(name)
			return a == nil || !a.WildcardOnly()
		}
	}
	return true
}

// fitted is the ARNs that an action is asked on and that a value of Resource
// names, or comes near: the objects of a bucket that is named, a key behind a
// pattern. What a wildcard stands for is UNKNOWN.
func (f *filler) fitted(action, value string) []string {
	if value == "*" || !strings.HasPrefix(value, "arn:") || strings.Contains(value, "${") {
		return nil
	}
	arn := strings.ReplaceAll(strings.ReplaceAll(value, "*", unnamed), "?", "x")
	if f.account != "" && part(arn, 4) == unnamed {
		arn = strings.Replace(arn, ":"+unnamed+":", ":"+f.account+":", 1)
	}
	if region := part(arn, 3); strings.Contains(region, unnamed) {
		arn = strings.Replace(arn, ":"+region+":", ":us-east-1:", 1)
	}
	switch {
	case part(arn, 2) == "es" && strings.Count(arn, "/") == 1:
		return []string{arn + "/" + unnamed} // requests are for what lies under a domain
	case part(arn, 2) != "s3" || part(arn, 4) != "":
		return []string{arn}
	}
	bucket, object, _ := strings.Cut(part(arn, 5), "/")
	arn = "arn:" + part(arn, 1) + ":s3:::" + bucket
	switch known := f.request["resource"]; {
	case !ofObjects(action):
		return []string{arn}
	case strings.HasPrefix(known, "arn:aws:s3:::") && !strings.HasPrefix(known, "arn:aws:s3:::"+unnamed):
		return nil
	case object == "":
		return []string{arn + "/" + unnamed}
	}
	return []string{arn + "/" + object}
}

// ofObjects reports whether an action of S3 is asked on objects.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
func ofObjects(action string) bool {
	name := strings.ToLower(strings.TrimPrefix(strings.ToLower(action), "s3:"))
	return strings.Contains(name, "object") || strings.Contains(name, "multipartuploadparts")
}

// details adds what the policies tell of the resource: that its key is managed
// by AWS.
//
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-services.html
func (f *filler) details(one filling) []filling {
	if encrypted, ok := f.encrypted(one); ok {
		return []filling{one, encrypted}
	}
	service, _, _ := strings.Cut(strings.ToLower(f.value(one, "action")), ":")
	if service != "kms" || f.request["key-manager"] != "" {
		return []filling{one}
	}
	for _, d := range f.documents {
		via, account := managedBy(d)
		if via == "" {
			continue
		}
		one = one.with("key-manager", "aws", d.Name+" is the policy of a key that AWS manages, for "+via)
		one = one.with("kms:ViaService", via, "")
		if key := f.value(one, "resource"); part(key, 4) != account && strings.Contains(key, unnamed) && policy.IsAccount(account) {
			one = one.with("resource", "arn:aws:kms:"+part(key, 3)+":"+account+":key/"+unnamed, "")
		}
		break
	}
	return []filling{one}
}

// managedBy recognises the policy of an AWS managed key: it lets in everyone
// of one account, through one service. It gives both.
func managedBy(d *policy.Document) (via, account string) {
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Effect != policy.Allow || !strings.HasPrefix(s.Sid.Value, "Allow access through ") {
			continue
		}
		for _, t := range s.Condition.Tests {
			switch strings.ToLower(t.Key.Value) {
			case "kms:viaservice":
				via = t.Values[0].Value
			case "kms:calleraccount":
				account = t.Values[0].Value
			}
		}
		if via != "" && account != "" {
			return via, account
		}
	}
	return "", ""
}

// encrypted takes the resource to be encrypted with a key that a policy of the
// caller names, so that what the call asks KMS is judged too.
func (f *filler) encrypted(one filling) (filling, bool) {
	action := f.value(one, "action")
	if service, _, _ := strings.Cut(strings.ToLower(action), ":"); service == "kms" || f.request["encrypted-with"] != "" {
		return one, false
	}
	for _, d := range f.documents {
		for i := range d.Statements {
			for _, r := range d.Statements[i].Resource.Values {
				if part(r.Value, 2) != "kms" || strings.ContainsAny(r.Value, "*?$") || !strings.Contains(r.Value, ":key/") {
					continue
				}
				one = one.with("encrypted-with", r.Value, "the resource is taken to be encrypted with "+r.Value+", which "+d.Name+" names")
				if operation := f.operation(action); operation != "" {
					one = one.with("action", operation, "")
				}
				return one, true
			}
		}
	}
	key := f.keyBeside()
	if key == "" {
		return one, false
	}
	return one.with("encrypted-with", key, "the resource is taken to be encrypted with the key whose policy is brought"), true
}

// keyBeside is the ARN of the key whose policy was brought beside that of the
// resource, or "".
func (f *filler) keyBeside() string {
	for _, arn := range f.entities {
		if part(arn, 2) == "kms" {
			return arn
		}
	}
	return ""
}

// findEntities is the ARNs of what a policy was brought of.
func (f *filler) findEntities() (arns []string) {
	for i := range f.file.Sections {
		s := &f.file.Sections[i]
		if !strings.HasPrefix(s.Name, "entity/") || strings.Count(s.Name, "/") > 1 || f.file.Document(s.Name+"/policy.json") == nil {
			continue
		}
		for _, l := range scenario.Lines(s.Text) {
			if l.Key == "arn" {
				arns = append(arns, l.Value)
			}
		}
	}
	return arns
}

// brought is those of them that an action can be asked on.
func (f *filler) brought(action string) (out []namedResource) {
	service, name, _ := strings.Cut(strings.ToLower(action), ":")
	if service == "sts" && strings.HasPrefix(name, "assumerole") {
		service = "iam"
	}
	for _, arn := range f.entities {
		if part(arn, 2) != service || len(out) == mostResources {
			continue
		}
		for _, fit := range f.fitted(action, arn) {
			out = append(out, namedResource{fit, "the resource is taken to be " + arn + ", whose policy was brought"})
		}
	}
	return out
}

// operation is the API operation that AWS's text names, as an action that
// tells more than the permission does, or "".
func (f *filler) operation(action string) string {
	_, rest, _ := strings.Cut(f.text, "when calling the ")
	name, _, ok := strings.Cut(rest, " operation")
	prefix, _, _ := strings.Cut(action, ":")
	if !ok || f.catalogue == nil {
		return ""
	}
	if s := f.catalogue.Service(strings.ToLower(prefix)); s != nil && s.Action(name) == nil && s.Operation(name) != nil {
		return prefix + ":" + name
	}
	return ""
}

// foreign makes the caller, or the bucket, one of another account, where
// nothing tells whose it is.
func (f *filler) foreign(one filling) (filling, bool) {
	principal, resource := f.value(one, "principal"), f.value(one, "resource")
	switch {
	case strings.HasSuffix(principal, ".amazonaws.com") || principal == "anonymous" || resource == "*" || len(f.documents) == 0:
		return one, false
	case part(resource, 2) == "s3" && part(resource, 4) == "" && f.request["resource-account"] == "":
		return one.with("resource-account", elsewhereAccount, "the bucket is taken to be in another account than the caller"), true
	case f.said.Principal == "" && strings.Contains(principal, unnamed) && policy.IsAccount(part(resource, 4)):
		return one.with("principal", "arn:aws:iam::"+elsewhereAccount+":user/"+unnamed, "the caller is taken to be in another account than "+
			"the resource"), true
	}
	return one, false
}
