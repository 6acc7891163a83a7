package importer

import (
	"slices"
	"strings"

	"why403/engine/policy"
	"why403/engine/scenario"
)

// organizationTypes are the policy types of AWS Organizations that decide
// requests, and the sections they stand in.
const organizationTypes = "SERVICE_CONTROL_POLICY=scp/ RESOURCE_CONTROL_POLICY=rcp/"

// useOrganizationPolicy takes what aws organizations describe-policy prints.
// What the policy is attached to is not in it.
//
// https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html
func (p *paste) useOrganizationPolicy() {
	n := p.root
	if inner := get(n, "Policy"); inner != nil {
		n = inner
	}
	kind := str(n, "PolicySummary/Type")
	section := lookup(organizationTypes, kind)
	if section == "" {
		p.notUsed("This policy is not used: " + oneLine(firstOf(kind, "its type")) + " decides no requests")
		return
	}
	name := firstOf(str(n, "PolicySummary/Name"), str(n, "PolicySummary/Id"), "pasted")
	p.fact("A "+strings.ToLower(strings.ReplaceAll(kind, "_", " ")), name)
	document, ok := p.document(get(n, "Content"))
	if !ok {
		return
	}
	level := p.chooseLevel(section, fileName(name)+".json")
	p.put(section+level+"/"+fileName(name)+".json", document)
	p.nextTargets(str(n, "PolicySummary/Id"), kind)
}

// assumeFullAccess puts FullAWSAccess beside service control policies that were
// brought and only deny: every level has to allow, AWS attaches it everywhere,
// and alone such a policy would deny all. That is said, and what else is attached
// is not known, so that nothing is allowed by it unseen.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
func (r *Result) assumeFullAccess(before string) {
	if r.Kind == ScenarioKind || !strings.Contains(r.Text, "scp/") {
		return
	}
	p := &paste{before: before, file: scenario.Split(r.Text)}
	for _, level := range p.onlyDenying(scenario.Split(before)) {
		p.setSection(level+"FullAWSAccess.json", FullAccess)
		r.Understood = appendNew(r.Understood, []string{"Put beside it, as an assumption: FullAWSAccess, which AWS attaches everywhere. " +
			"If your organization detached it, remove " + level + "FullAWSAccess.json"})
		r.Unknown = appendNew(r.Unknown, []string{"Which other service control policies are attached, here and at other levels"})
		for i := range p.file.Sections {
			if s := &p.file.Sections[i]; isRequest(s.Name) {
				makeUnknown(s, "scp")
			}
		}
		r.Text = p.file.Format()
	}
}

// onlyDenying gives the levels that have service control policies which an older
// file has not, and none that allows.
func (p *paste) onlyDenying(older *scenario.File) (levels []string) {
	allowed, fresh, was := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i := range older.Sections {
		was[older.Sections[i].Name] = true
	}
	levelOf := func(s *scenario.Section) string {
		level := s.Name[:strings.LastIndexByte(s.Name, '/')+1]
		if !strings.HasPrefix(level, "scp/") && !strings.Contains(level, "/scp/") || strings.TrimSpace(s.Text) == "" {
			return ""
		}
		return level
	}
	for i := range p.file.Sections {
		s := &p.file.Sections[i]
		if level := levelOf(s); level != "" && !was[s.Name] && !fresh[level] {
			fresh[level] = true
			levels = append(levels, level)
		}
	}
	for i := range p.file.Sections {
		s := &p.file.Sections[i]
		level := levelOf(s)
		if !fresh[level] || allowed[level] {
			continue
		}
		root, problems := policy.ParseJSON("", s.Text)
		if allows, _ := effects(root); allows || fatal(problems) {
			allowed[level] = true
		}
	}
	return slices.DeleteFunc(levels, func(level string) bool { return allowed[level] })
}

// makeUnknown says in a request that not all policies of a type are known.
func makeUnknown(s *scenario.Section, layer string) {
	if none := strings.Fields(lineOf(s, "none")); slices.Contains(none, layer) {
		none = slices.DeleteFunc(none, func(word string) bool { return word == layer })
		setLine(s, "none", none...)
	}
	if unknown := strings.Fields(lineOf(s, "unknown")); !slices.Contains(unknown, layer) {
		setLine(s, "unknown", strings.Join(append(unknown, layer), " "))
	}
}

func isRequest(section string) bool {
	_, is := scenario.RequestName(section)
	return is
}

// levels are the levels that are offered where the scenario has none yet.
var levels = []struct{ id, label string }{{"1-root", "Attached to the root"}, {"2-ou", "Attached to an organizational unit"},
	{"3-account", "Attached to the account"}}

// chooseLevel gives the level that a policy is put at: the chosen one, the one
// where it is already, or the root.
func (p *paste) chooseLevel(prefix, file string) string {
	chosen, present := "", map[string]bool{}
	for _, s := range p.file.Sections {
		rest, ok := strings.CutPrefix(s.Name, prefix)
		level, name, both := strings.Cut(rest, "/")
		if !ok || !both || structureOfLevel(level) == "" {
			continue
		}
		if !present[level] {
			present[level] = true
			p.offer(level, "Attached at "+level)
		}
		if name == file && chosen == "" {
			chosen = level
		}
	}
	for _, l := range levels {
		if !present[l.id] {
			p.offer(l.id, l.label)
		}
	}
	for _, c := range p.out.Choices {
		if c.ID == p.choice {
			return p.choice
		}
	}
	p.unknown("What it is attached to: the output does not say. Choose the level")
	return firstOf(chosen, "1-root")
}

// structureOfLevel gives a level back where it has the form N-NAME.
func structureOfLevel(level string) string {
	if number, name, ok := strings.Cut(level, "-"); ok && digits(number) && name != "" {
		return level
	}
	return ""
}

func (p *paste) nextTargets(id, kind string) {
	if id != "" {
		p.next("What the policy is attached to", command("aws organizations list-targets-for-policy --policy-id", id, ""))
	}
	if account := arnPart(p.asked("principal"), 4); isAccount(account) {
		p.next("The other policies at the account; do the same with its organizational units and the root",
			command("aws organizations list-policies-for-target --target-id", account, "--filter "+kind))
	}
}

// FullAccess is the managed policy that AWS attaches everywhere, unless somebody
// removes it.
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
const FullAccess = `{
  "Version": "2012-10-17",
  "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}
}`

// usePolicyList takes the list of the policies attached to one target. It has
// no documents, but that of FullAWSAccess is known.
func (p *paste) usePolicyList() {
	for _, n := range items(p.root, "Policies") {
		id, name := str(n, "Id"), firstOf(str(n, "Name"), str(n, "Id"))
		p.fact("Attached policy", name)
		if id == "p-FullAWSAccess" {
			level := p.chooseLevel("scp/", "FullAWSAccess.json")
			p.put("scp/"+level+"/FullAWSAccess.json", FullAccess)
		} else if id != "" && id != "p-RCPFullAWSAccess" {
			p.next("The policy "+oneLine(name), command("aws organizations describe-policy --policy-id", id, ""))
		}
	}
	if p.out.Next != nil {
		p.unknown("What the policies say: this output has their names only")
	}
}
