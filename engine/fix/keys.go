package fix

import (
	"slices"
	"strings"

	"why403/engine"
	"why403/engine/catalogue"
	"why403/engine/policy"
)

// sent is a condition key that whoever asks can do something about.
type sent struct {
	key   string // in lower case; one that ends with "/" or ":" goes on with a name
	words string // what to do; VALUE stands for the value, NAME for what follows the key; "" where only leaving out helps
	fixed string // the only value that makes sense, or ""
	drop  bool   // leaving it out is an option
}

// sentKeys is what a caller can send, be or do, to have another value of a
// condition key. Other keys are AWS's to fill.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
var sentKeys = [...]sent{
	{key: "sts:externalid", words: "Send the external ID VALUE"},
	{key: "sts:rolesessionname", words: "Name the session VALUE"},
	{key: "sts:sourceidentity", words: "Set the source identity VALUE"},
	{key: "aws:multifactorauthpresent", words: "Sign in with MFA", fixed: "true"},
	{key: "aws:securetransport", words: "Use https", fixed: "true"},
	{key: "aws:requesttag/", words: "Send the tag NAME with the value VALUE", drop: true},
	{key: "s3:requestobjecttag/", words: "Send the object tag NAME with the value VALUE", drop: true},
	{key: "aws:resourcetag/", words: "Tag the resource: NAME = VALUE"},
	{key: "ec2:resourcetag/", words: "Tag the resource: NAME = VALUE"},
	{key: "s3:existingobjecttag/", words: "Tag the object: NAME = VALUE"},
	{key: "aws:principaltag/", words: "Tag the caller's user or role: NAME = VALUE"},
	{key: "s3:x-amz-", words: "Send the header x-amz-NAME with VALUE", drop: true},
	{key: "s3:prefix", words: "List with the prefix “VALUE”"},
	{key: "s3:delimiter", words: "List with the delimiter VALUE"},
	{key: "s3:max-keys", words: "List at most VALUE keys at once"},
	{key: "aws:tagkeys", drop: true},
	{key: "s3:authtype", words: "Sign the request otherwise: VALUE"},
	{key: "s3express:sessionmode", words: "Ask for a session in the mode VALUE"},
	{key: "iam:permissionsboundary", words: "Set the permissions boundary VALUE on what is created"},
	{key: "kms:encryptioncontext:", words: "Send NAME = VALUE in the encryption context"},
	{key: "aws:sourcevpce", words: "Go through the VPC endpoint VALUE"},
	{key: "aws:sourcevpc", words: "Ask from the VPC VALUE, through its endpoint"},
	{key: "aws:sourceip", words: "Ask from an address of VALUE"},
	{key: "aws:requestedregion", words: "Ask in the Region VALUE"},
	{key: "ec2:instancetype", words: "Choose the instance type VALUE"},
	{key: "ec2:metadatahttptokens", words: "Require IMDSv2", fixed: "required"},
	{key: "ec2:encrypted", words: "Encrypt the volume", fixed: "true"},
	{key: "rds:storageencrypted", words: "Encrypt the storage", fixed: "true"},
}

// sentKey is the row of a key and what follows it, nil where the key is AWS's
// to fill.
func sentKey(key string) (*sent, string) {
	lower := strings.ToLower(key)
	for i := range sentKeys {
		k := &sentKeys[i]
		if open := strings.HasSuffix(k.key, "/") || strings.HasSuffix(k.key, ":") || strings.HasSuffix(k.key, "-"); open &&
			strings.HasPrefix(lower, k.key) {
			return k, key[len(k.key):]
		} else if !open && lower == k.key {
			return k, ""
		}
	}
	return nil, ""
}

// title is what to do to have a value.
func (k *sent) title(name, value string) string {
	return strings.NewReplacer("NAME", name, "VALUE", value).Replace(k.words)
}

// placeholder stands for a value that nothing tells.
const placeholder = "YOUR-VALUE"

// send makes the move that gives the request another value of a key. The Region
// stands in the ARNs.
func (m *mover) send(s *stated, key, value string) {
	k, name := sentKey(key)
	if k == nil || k.words == "" || m.never(key) || m.notTheirs(strings.ToLower(key)) {
		return
	}
	if k.fixed != "" {
		value = k.fixed
	}
	region := strings.EqualFold(key, "aws:RequestedRegion")
	title := k.title(name, value)
	if k.key == "aws:sourceip" {
		value, _, _ = strings.Cut(value, "/") // the first address of the range
	}
	m.ask(s, TellsMore, title, func(l lines) lines {
		if region {
			return l.inRegion(m.one(key), value)
		}
		return l.set(key, value)
	})
}

// notTheirs reports whether a key is not the caller's to send in this request:
// what AWS does for a caller, or a function by itself, has its own network and
// no MFA, and a service writes its own encryption context.
func (m *mover) notTheirs(key string) bool {
	switch {
	case strings.HasPrefix(key, "kms:encryptioncontext:"):
		return m.check.Context.Has("kms:ViaService") || m.check.Principal.Kind == engine.ServicePrincipal
	case bound[key]:
		return m.one("aws:ViaAWSService") == "true" || m.check.Context.Has("lambda:SourceFunctionArn") ||
			m.check.Principal.Kind == engine.ServicePrincipal
	}
	return false
}

// bound are the keys that tell where and how somebody signed in.
var bound = map[string]bool{"aws:sourceip": true, "aws:sourcevpc": true, "aws:sourcevpce": true, "aws:multifactorauthpresent": true}

// never reports whether requests for the action never carry a key.
func (m *mover) never(key string) bool { return m.check.Carries(key) == catalogue.Never }

// unsend makes the move that leaves a key out of the request.
func (m *mover) unsend(s *stated, key string) {
	if k, _ := sentKey(key); k != nil && k.drop && m.check.Context.Has(key) {
		m.ask(s, TellsMore, "Do not send "+key, func(l lines) lines { return l.drop(key) })
	}
}

// unsendValues makes the move that leaves the values out of the request that a
// condition of a Deny lists.
func (m *mover) unsendValues(s *stated, t *policy.Test) {
	key, listed := t.Key.Value, texts(t.Values)
	have := m.context(key)
	kept := slices.DeleteFunc(slices.Clone(have), func(v string) bool { return has(listed, v) })
	if k, _ := sentKey(key); k == nil || !k.drop || len(kept) == 0 || len(kept) == len(have) {
		m.unsend(s, key)
		return
	}
	m.ask(s, TellsMore, "Do not send "+list(listed)+" in "+key, func(l lines) lines {
		l = l.drop(key)
		for _, v := range kept {
			l += lines(key + ": " + v + "\n")
		}
		return l
	})
}

// inRegion is the lines with another Region in every ARN of a resource.
func (l lines) inRegion(old, region string) lines {
	var b strings.Builder
	for line := range strings.Lines(string(l)) {
		switch {
		case l.is(line, "aws:RequestedRegion"):
			line = "aws:RequestedRegion: " + region + "\n"
		case l.is(line, "resource") && old != "":
			line = strings.Replace(line, ":"+old+":", ":"+region+":", 1)
		}
		b.WriteString(line)
	}
	return lines(b.String())
}

// ask makes a move on the request that is to make a statement match, or a Deny
// miss.
func (m *mover) ask(s *stated, traits Traits, title string, change func(lines) lines) {
	n := len(m.out)
	m.request(traits, title, change)
	if len(m.out) > n && s.Effect == policy.Allow {
		m.out[n].mends = s.place()
	}
}

// request makes a move on the lines of the request.
func (m *mover) request(traits Traits, title string, change func(lines) lines) {
	old, _ := m.file.Section(m.asked.Section)
	if text := string(change(lines(old))); text != old {
		m.out = append(m.out, move{kind: ChangeRequest, section: m.asked.Section, text: text, title: title, traits: traits})
	}
}
