package diagnose

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// resources names what is asked for, where AWS's text does not: what the
// policies name for such an action, else a placeholder of the right form.
func (f *filler) resources(one filling) []filling {
	resource, action := f.value(one, "resource"), f.value(one, "action")
	if !f.open(action, resource) {
		return []filling{one}
	}
	service, _, _ := strings.Cut(strings.ToLower(action), ":")
	var out []filling
	seen := map[string]bool{}
	for _, d := range f.documents {
		for i := range d.Statements {
			for _, r := range d.Statements[i].Resource.Values {
				arn := f.fitted(action, r.Value)
				if arn == "" || part(arn, 2) != service || seen[arn] || !engine.ValidResource(arn) || len(out) >= 6 {
					continue
				}
				seen[arn] = true
				out = append(out, one.with("resource", arn, "the resource is taken from "+d.Name+", which names "+r.Value))
			}
		}
	}
	if service == "kms" && len(out) == 0 && f.account != "" && part(resource, 2) != "kms" {
		out = append(out, one.with("resource", "arn:aws:kms:us-east-1:"+f.account+":key/"+unnamed, ""))
	}
	return append(out, one)
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

// fitted is an ARN that an action is asked on and that a value of Resource
// names, or comes near: the objects of a bucket that is named, a key behind a
// pattern. What a wildcard stands for is UNKNOWN.
func (f *filler) fitted(action, value string) string {
	if value == "*" || !strings.HasPrefix(value, "arn:") || strings.Contains(value, "${") {
		return ""
	}
	arn := strings.NewReplacer("*", unnamed, "?", "x").Replace(value)
	if f.account != "" && part(arn, 4) == unnamed {
		arn = strings.Replace(arn, ":"+unnamed+":", ":"+f.account+":", 1)
	}
	if region := part(arn, 3); strings.Contains(region, unnamed) {
		arn = strings.Replace(arn, ":"+region+":", ":us-east-1:", 1)
	}
	if part(arn, 2) != "s3" || part(arn, 4) != "" {
		return arn
	}
	bucket, object, _ := strings.Cut(part(arn, 5), "/")
	arn = "arn:" + part(arn, 1) + ":s3:::" + bucket
	switch known := f.request["resource"]; {
	case !ofObjects(action):
		return arn
	case strings.HasPrefix(known, "arn:aws:s3:::") && !strings.HasPrefix(known, "arn:aws:s3:::"+unnamed):
		return ""
	case object == "":
		return arn + "/" + unnamed
	}
	return arn + "/" + object
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
