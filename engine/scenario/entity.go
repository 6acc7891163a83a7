package scenario

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// entity is the folder of a principal or a resource: its header, and what is
// attached to it.
type entity struct {
	section string
	arn     string
	aliases []string
	tags    []engine.Tag
	settings
	attached
	at spans // the lines of the header
}

// gives reports whether a header has a line of a key.
func (e *entity) gives(key string) bool {
	if e == nil {
		return false
	}
	_, given := e.at[key]
	return given
}

// account12 is the folder of an account, named by its 12 digits.
type account12 struct {
	id             string
	organization   string
	regions        []string
	byOrganization engine.BlockPublicAccess
	decides        bool // the organization sets Block Public Access
	settings
	attached
}

// entityFields is every line of an entity's header besides tag/KEY.
var entityFields = []struct {
	key string
	set func(*entity, string) string
}{
	{"arn", setEntityARN},
	{"account", entitySetting(account(func(s *settings, v string) { s.account = v }))},
	{"alias", setAlias},
	{"key-manager", entitySetting(setKeyManager)},
	{"encrypted-with", entitySetting(setEncryptedWith)},
	{"bucket-key", entitySetting(setBucketKey)},
	{"requester-pays", entitySetting(setRequesterPays)},
	{"replicates-to", entitySetting(setReplicatesTo)},
	{"object-ownership", entitySetting(setOwnership)},
	{"object-owner", entitySetting(setObjectOwner)},
	{"block-public-access", entitySetting(setBlockPublic)},
	{"endpoint-type", entitySetting(setEndpointType)},
	{"layer", entitySetting(setBeside)},
	{"unknown", entitySetting(setUnknown)},
}

// accountFields is every line of an account's header.
var accountFields = []struct {
	key string
	set func(*account12, string) string
}{
	{"organization", setOrganization},
	{"management-account", accountSetting(account(func(s *settings, v string) { s.management = v }))},
	{"delegated-administrator", accountSetting(account(func(s *settings, v string) { s.delegated = v }))},
	{"regions", setRegions},
	{"block-public-access", accountSetting(setBlockPublic)},
	{"organization-block-public-access", setOrganizationBlock},
	{"unknown", accountSetting(setUnknown)},
}

func entitySetting(set func(*settings, string) string) func(*entity, string) string {
	return func(e *entity, v string) string { return set(&e.settings, v) }
}

func accountSetting(set func(*settings, string) string) func(*account12, string) string {
	return func(a *account12, v string) string { return set(&a.settings, v) }
}

func setEntityARN(e *entity, v string) string {
	_, err := engine.ParsePrincipal(v)
	if message := badARN(v); err != nil && message != "" {
		return message + "."
	}
	e.arn = v
	return ""
}

// https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html
func setAlias(e *entity, v string) string {
	name, ok := strings.CutPrefix(v, "alias/")
	if !ok || name == "" {
		return "An alias of a KMS key is alias/NAME, such as alias/reports."
	}
	e.aliases = append(e.aliases, v)
	return ""
}

// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
func setOrganization(a *account12, v string) string {
	if !strings.HasPrefix(v, "o-") || len(v) < 3 {
		return "The ID of an organization begins with o-, such as o-exampleorgid."
	}
	a.organization = v
	return ""
}

// setRegions reads the Regions that an account has enabled. Those that every
// account has need not be among them.
//
// https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
func setRegions(a *account12, v string) string {
	a.regions = words(v)
	for _, region := range a.regions {
		if strings.Count(region, "-") < 2 {
			return "Name the Regions that are enabled, such as us-east-1 me-south-1."
		}
	}
	return ""
}

// setOrganizationBlock reads what the S3 policies of the organization set for
// the account: all four settings of Block Public Access, or none.
//
// choice: with none, AWS turns the account's own settings off too, which can't
// be set then. Where a file gives some all the same, they count.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3_syntax.html
func setOrganizationBlock(a *account12, v string) string {
	a.decides = true
	if v == "all" {
		a.byOrganization = engine.BlockPublicACLs | engine.IgnorePublicACLs | engine.BlockPublicPolicy | engine.RestrictPublicBuckets
	}
	return oneOf(v, "organization-block-public-access")
}

// words are those of a value, with spaces or commas between them.
func words(v string) []string { return strings.Fields(strings.ReplaceAll(v, ",", " ")) }

// repeated are the lines of a header that can stand in it more than once.
var repeated = map[string]bool{"alias": true, "unknown": true}

// readHeaders reads the headers of entities and accounts, before the policies
// in their folders.
func (f *File) readHeaders() {
	f.folders, f.byARN = map[string]*attached{}, map[string]*entity{}
	roles := map[string]string{}
	for i := range f.Sections {
		s := &f.Sections[i]
		kind, rest, _ := strings.Cut(s.Name, "/")
		name, _, _ := strings.Cut(rest, "/")
		folder := kind + "/" + name
		if name == "" || f.folders[folder] != nil {
			continue
		}
		switch {
		case kind == "entity" && s.Name == folder:
			f.readEntity(s, name, roles)
		case kind == "account":
			f.readAccount(s, name)
		}
	}
}

func (f *File) readEntity(s *Section, name string, roles map[string]string) {
	e := &entity{section: s.Name}
	e.name = name
	e.at = f.readHeader(s, func(key, value string) (string, bool) {
		if tag, ok := strings.CutPrefix(key, "tag/"); ok && tag != "" {
			e.tags = append(e.tags, engine.Tag{Key: tag, Value: value})
			return "", true
		}
		for _, field := range entityFields {
			if field.key == key {
				return field.set(e, value), true
			}
		}
		return "An entity has no “" + key + "”. " + listed(entityKeys(), "and tag/KEY."), false
	})
	span, given := e.at["arn"]
	other := f.byARN[e.arn]
	switch {
	case !given:
		f.problem(s.Name, policy.Span{Start: 0, End: min(1, len(s.Text))}, "missing-arn",
			"This entity has no ARN. Add a line \"arn: …\": which requests it belongs to follows from that.")
	case e.arn == "":
	case other != nil:
		f.problem(s.Name, span, "duplicate-entity", "The section "+other.section+" is this entity already. Merge the two.")
		e.arn = ""
	default:
		f.checkRole(s, e, span, roles)
	}
	if e.arn != "" {
		f.byARN[e.arn] = e
	}
	e.resource = engine.PolicyType(e.arn)
	if e.resource == policy.Stack {
		if f.byARN[policy.Logical] != nil {
			f.problem(s.Name, span, "duplicate-entity", "A file has one stack: requests name what is in it.")
		}
		f.byARN[policy.Logical] = e
	}
	f.entities = append(f.entities, e)
	f.folders[s.Name] = &e.attached
}

// checkRole reports a second role of one name: its path does not tell two
// roles of an account apart.
func (f *File) checkRole(s *Section, e *entity, span policy.Span, roles map[string]string) {
	role, err := engine.ParsePrincipal(e.arn)
	if err != nil || role.Role != e.arn {
		return
	}
	name := role.Account + "/" + role.Name
	if other := roles[name]; other != "" {
		f.problem(s.Name, span, "duplicate-entity",
			"The section "+other+" is a role of this name in this account. An account has no two roles of one name, whatever their paths.")
		e.arn = ""
		return
	}
	roles[name] = s.Name
}

func (f *File) readAccount(s *Section, id string) {
	if !policy.IsAccount(id) {
		f.markerProblem(s, "bad-account", "“"+id+"” is not an account: an account ID has 12 digits, such as account/111122223333.")
		f.folders["account/"+id] = &attached{name: id}
		return
	}
	a := &account12{id: id}
	a.name = id
	if header := f.find("account/" + id); header != nil {
		f.readHeader(header, func(key, value string) (string, bool) {
			for _, field := range accountFields {
				if field.key == key {
					return field.set(a, value), true
				}
			}
			return "An account has no “" + key + "”. The keys are organization, management-account, delegated-administrator, regions, " +
				"block-public-access, organization-block-public-access and unknown.", false
		})
	}
	f.accounts = append(f.accounts, a)
	f.folders["account/"+id] = &a.attached
}

// readHeader reads lines "key: value", and gives where the value of each key
// stands.
func (f *File) readHeader(s *Section, set func(key, value string) (message string, known bool)) map[string]policy.Span {
	at := map[string]policy.Span{}
	lines := Lines(s.Text)
	if len(lines) > MaxLines {
		f.problem(s.Name, lines[MaxLines].Span, "too-large", "A header of more than 128 lines is not read.")
		lines = lines[:MaxLines]
	}
	for _, l := range lines {
		_, seen := at[l.Key]
		switch {
		case !l.OK:
			f.problem(s.Name, l.Span, "bad-line", "A line of a header is \"key: value\", with a space after the colon.")
			continue
		case seen && !repeated[l.Key]:
			f.problem(s.Name, l.Span, "duplicate-key", "This header has "+l.Key+" already. Remove one of the two lines.")
			continue
		}
		at[l.Key] = l.ValueSpan
		message, known := set(l.Key, l.Value)
		switch {
		case !known:
			f.problem(s.Name, l.KeySpan, "unknown-key", message)
		case message != "":
			f.problem(s.Name, l.ValueSpan, "bad-"+l.Key, message)
		}
	}
	return at
}

// Principal is an entity that can ask.
type Principal struct{ Name, ARN string }

// Principals are the entities that can make requests: users, roles, root users
// and services.
func (f *File) Principals() (out []Principal) {
	for _, e := range f.entities {
		if _, err := engine.ParsePrincipal(e.arn); err == nil {
			out = append(out, Principal{e.name, e.arn})
		}
	}
	return out
}

// attachedTo finds the folder of an entity or an account.
func (f *File) attachedTo(folder string) *attached { return f.folders[folder] }

// find finds a section, while the file is read: of two with one name, the
// first.
func (f *File) find(name string) *Section {
	if f.index == nil {
		f.index = make(map[string]int, len(f.Sections))
		for i := len(f.Sections) - 1; i >= 0; i-- {
			f.index[f.Sections[i].Name] = i
		}
	}
	i, ok := f.index[name]
	if !ok {
		return nil
	}
	return &f.Sections[i]
}

func entityKeys() []string {
	keys := make([]string, len(entityFields))
	for i := range entityFields {
		keys[i] = entityFields[i].key
	}
	return keys
}

func listed(keys []string, end string) string {
	return "The keys are " + strings.Join(keys, ", ") + " " + end
}
