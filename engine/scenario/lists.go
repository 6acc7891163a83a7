package scenario

import (
	"slices"
	"strings"

	"why403/engine"
)

// FieldFacts is a line that a request, or the header of an entity or an
// account, can have besides condition keys and tags.
type FieldFacts struct {
	Key      string
	Required bool
	Several  bool     // it can stand there more than once
	Service  string   // the prefix of the only service whose requests it is for, or ""
	Values   []string // all that there are; nil where any text can be right
	Any      bool     // several of Values can stand in one line
	Label    string   // AWS's name for it, where requests of OfferFor often need it; else ""
	OfferFor string   // the prefix of the service whose requests often need it, or ""
}

// SectionFacts is a sort of section that holds what requests are judged
// against.
type SectionFacts struct {
	Prefix  string // or the whole name
	Many    bool   // there can be several, each with a name behind Prefix
	Levels  bool   // the name has a level in it: N-LEVEL/NAME.json
	Said    string // the type under which an answer tells of it
	Label   string
	Fresh   string // the name of a new one behind Prefix, or behind the level
	Service string // the prefix of the only service whose resources have it, or ""; "iam" for what a caller has
	Side    string // whose account it belongs to, "caller" or "resource"; "" for none
	Actions bool   // it names actions
	Counts  bool   // it is a policy that requests are judged by
	Unknown string // the word of a line "unknown: …" or "none: …" for it, or ""
}

// FolderFacts is what has sections of its own, and their prefixes. "" is the
// file itself.
type FolderFacts struct {
	Prefix   string
	Sections []string
}

// RequestFields is every line of a request, in the order of the documentation.
func RequestFields() (out []FieldFacts) {
	for _, f := range fields {
		out = append(out, fieldFacts(f.key, slices.Contains(required, f.key), several[f.key]))
	}
	return out
}

// EntityFields is every line of an entity's header but tag/KEY.
func EntityFields() (out []FieldFacts) {
	for _, key := range entityKeys() {
		f := fieldFacts(key, key == "arn", repeated[key])
		if key == "endpoint-type" {
			f.Service = "ec2" // the entity is the endpoint itself
		}
		out = append(out, f)
	}
	return out
}

// AccountFields is every line of an account's header.
func AccountFields() (out []FieldFacts) {
	for _, f := range accountFields {
		out = append(out, fieldFacts(f.key, false, repeated[f.key]))
	}
	return out
}

func fieldFacts(key string, required, several bool) FieldFacts {
	k := knownValues[key]
	offer := offered[key]
	return FieldFacts{key, required, several, k.service, k.values, k.any, offer.label, offer.service}
}

// offered is the lines that requests of a service often need. Of all ARNs, those
// of buckets and objects have no account.
var offered = map[string]struct{ label, service string }{
	"object-ownership":    {"Object Ownership", "s3"},
	"block-public-access": {"Block Public Access", "s3"},
	"resource-account":    {"Bucket's account", "s3"},
}

// SuggestedKey is a condition key that policies often read.
type SuggestedKey struct {
	Key     string // NAME stands for a name that the author chooses
	Service string // the prefix of the only service whose requests have it, or ""
	Boolean bool   // its values are true and false
}

// SuggestedKeys is what to offer besides the keys of an action, in order.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
func SuggestedKeys() []SuggestedKey {
	return []SuggestedKey{
		{"kms:EncryptionContext:NAME", "kms", false},
		{"kms:GrantIsForAWSResource", "kms", true},
		{"kms:RequestAlias", "kms", false},
		{"kms:ViaService", "kms", false},
		{"aws:AssumedRoot", "", true},
		{"aws:MultiFactorAuthPresent", "", true},
		{"aws:PrincipalIsAWSService", "", true},
		{"aws:PrincipalOrgID", "", false},
		{"aws:PrincipalTag/NAME", "", false},
		{"aws:RequestTag/NAME", "", false},
		{"aws:RequestedRegion", "", false},
		{"aws:ResourceTag/NAME", "", false},
		{"aws:SecureTransport", "", true},
		{"aws:SourceAccount", "", false},
		{"aws:SourceArn", "", false},
		{"aws:SourceIp", "", false},
		{"aws:SourceVpce", "", false},
		{"aws:TagKeys", "", false},
		{"aws:ViaAWSService", "", true},
	}
}

// kindSide is whose account sections belong to. The endpoint's is not known.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
func kindSide(said string) string {
	switch said {
	case "identity", "boundary", "session", "scopedown", "scp":
		return "caller"
	case "resource", "grant", "rcp", "put", "acl":
		return "resource"
	}
	return ""
}

// SectionKinds is every sort of section.
func SectionKinds() (out []SectionFacts) {
	for _, k := range kinds {
		actions := k.said != "grant" && k.said != "acl"
		out = append(out, SectionFacts{k.prefix, k.many, hasLevels(k.prefix), k.said, k.label, k.fresh, k.of, kindSide(k.said), actions,
			actions && k.said != "put", unknownWord(&k)})
	}
	return out
}

// unknownWord is that of a sort of section. No line tells of ACLs, or of what
// one request brings with it.
func unknownWord(k *kind) string {
	word := k.said
	if word == "grant" {
		word = "grants"
	}
	if k.prefix == "override.json" || !slices.Contains(engine.UnknownNames(), word) {
		return ""
	}
	return word
}

// Folders is every sort of folder.
func Folders() (out []FolderFacts) {
	for _, f := range folders {
		out = append(out, FolderFacts{f.prefix, strings.Fields(f.kinds)})
	}
	return out
}
