// Package template reads infrastructure as code that is JSON: Terraform's code,
// plan and state, CloudFormation and SAM, serverless.yml, Kubernetes manifests
// and Pulumi's state. Package source makes JSON of HCL and YAML.
//
// It takes only what the text says. A reference that nothing in it resolves is a
// Field, which somebody can fill.
package template

import (
	"slices"
	"strings"

	"why403/engine/policy"
)

// The syntaxes that package source makes JSON of.
const (
	HCL  = "hcl"
	YAML = "yaml"
)

// MaxSize is the longest JSON that is read, in bytes, and MaxValues how many values and
// names it may have: what takes a second.
const (
	MaxSize   = 8 << 20
	MaxValues = 500_000
)

// World is the principals and resources that a text describes.
type World struct {
	Kind     string // what the text is, in words
	Entities []Entity
	Loose    []Document // policies that the text attaches to nobody, with their names
	// Organization is policies of AWS Organizations, with sections such as
	// scp/1-root/NAME.
	Organization []Document
	Fields       []Field  // what the text leaves open and a person can fill, with what stands in its place
	Notes        []string // what can't be known from it
}

// Entity is a principal or a resource, and what the text attaches to it.
type Entity struct {
	ARN       string
	Account   string // 12 digits, where the ARN has none
	Tags      []Pair
	Documents []Document
	Managed   []string // the ARNs of managed policies whose documents are not in the text
	Boundary  string   // the ARN of a boundary whose document is not in the text
	Principal bool     // a user or a role
	Open      []string // sections, such as identity/read, whose policy is not in the text
}

// Document is a policy. Section is where it goes in the entity's folder, such as
// identity/read or policy.json; of a loose one, its name.
type Document struct {
	Section string
	Text    string
	Open    bool // a reference in it is not resolved
}

// LeaveOpen says of all policies that there is more of them than the text has. Of one
// that is the only one of its type, nothing is sure then.
func (w *World) LeaveOpen() {
	for i := range w.Entities {
		e := &w.Entities[i]
		e.Documents = slices.DeleteFunc(e.Documents, func(d Document) bool {
			only := !strings.Contains(d.Section, "/")
			if only {
				e.Open = append(e.Open, d.Section)
			}
			return only
		})
		openAll(e.Documents)
	}
	openAll(w.Loose)
}

func openAll(documents []Document) {
	for i := range documents {
		documents[i].Open = true
	}
}

// Field is a reference, such as var.team, and what stands in its place.
type Field struct{ Name, Value string }

// Pair is a key and a value.
type Pair struct{ Key, Value string }

// Surroundings is what is known beside the text: the account and the Region that
// it is most likely for, "" where nothing tells, the role that asks, and what
// a person filled in.
type Surroundings struct {
	Account, Region, Role string
	Given                 map[string]string
}

// format is one sort of text: kind says in words what it is.
type format struct {
	kind string
	fits func(*policy.Node) bool
	read func(*template, *policy.Node)
}

// formats is read from the top.
var formats = []format{
	{"a CloudFormation template", isCloudFormation, (*template).cloudFormation},
	{"a plan of Terraform", has("planned_values/root_module"), (*template).plan},
	{"a state of Terraform, as terraform show -json prints it", has("values/root_module"), (*template).plan},
	{"a state file of Terraform", has("terraform_version & resources/0/instances"), (*template).state},
	{"Terraform code", isTerraform, (*template).terraform},
	{"a state of Pulumi", has("deployment/resources/0/urn | resources/0/urn"), (*template).pulumi},
	{"a serverless.yml", has("provider/name & service | provider/iam | provider/iamRoleStatements | functions & provider"),
		(*template).serverless},
	{"a Kubernetes manifest", isManifest, (*template).manifest},
}

// Fits reports whether a JSON value is one of the texts that are read.
func Fits(root *policy.Node) bool { return formatOf(root) != nil }

func formatOf(root *policy.Node) *format {
	if root == nil || root.Kind != policy.Object && root.Kind != policy.Array {
		return nil
	}
	for i := range formats {
		if formats[i].fits(root) {
			return &formats[i]
		}
	}
	return nil
}

// has gives a test for shapes with " | " between them: paths with " & " between
// them, all of which lead somewhere.
func has(shapes string) func(*policy.Node) bool {
	return func(n *policy.Node) bool {
		for shape := range strings.SplitSeq(shapes, " | ") {
			all := true
			for path := range strings.SplitSeq(shape, " & ") {
				all = all && n.At(path) != nil
			}
			if all {
				return true
			}
		}
		return false
	}
}

// Read reads a text that Fits.
func Read(root *policy.Node, around Surroundings) *World {
	f := formatOf(root)
	if f == nil {
		return &World{}
	}
	t := &template{around: around, world: &World{Kind: f.kind}, values: map[string]string{}, entities: map[string]*Entity{},
		names: map[string]*block{}, lists: map[string]*policy.Node{}, used: map[string]bool{}, keys: map[*row]*keys{}}
	f.read(t, root)
	t.finish()
	return t.world
}

// template is a text at work.
type template struct {
	around    Surroundings
	world     *World
	blocks    []*block
	names     map[string]*block
	values    map[string]string // of references
	entities  map[string]*Entity
	order     []string                // the ARNs of entities, as they came
	lists     map[string]*policy.Node // lists and objects that references stand for
	used      map[string]bool         // documents that something has
	open      bool                    // a reference in the document at hand is not resolved
	expanding int                     // how deep references lead to references
	work      int                     // how many nodes and references were resolved
	made      int                     // how many bytes references, functions and policies came to
	keys      map[*row]*keys          // of blocks, by their names in AWS
	pairs     int                     // attachments and memberships so far
	documents int                     // policies so far
	cut       bool                    // there are more pairs than are read

	// What waits for all blocks to be read, with the ARN of its principal, its
	// group or its function first.
	managed     []managedPolicy
	byARN       map[string]*managedPolicy
	attachments []Pair
	boundaries  []Pair
	members     []Pair
	permissions []permission
}

type permission struct {
	function  string
	statement policy.Node
}

// block is a resource of a text, with its properties.
type block struct {
	name string // as references call it
	kind string // such as aws_iam_role or AWS::IAM::Role
	node *policy.Node
	row  *row
	arn  string
	key  string // the name of the resource in AWS
}

// managedPolicy is a managed policy that the text has.
type managedPolicy struct {
	arn, name string
	document  *policy.Node
	attached  bool
}

// add adds a block. Of two with a name, references mean the first.
func (t *template) add(b *block) {
	if len(t.blocks) == maxBlocks {
		t.note("The other resources: only the first 2,000 are read")
		return
	}
	t.blocks = append(t.blocks, b)
	if t.names[b.name] == nil {
		t.names[b.name] = b
	}
}

func (t *template) note(text string) {
	for _, other := range t.world.Notes {
		if other == text {
			return
		}
	}
	if len(t.world.Notes) < maxNotes {
		t.world.Notes = append(t.world.Notes, text)
	}
}

// maxNotes bounds what is said, the others what is read.
const (
	maxNotes      = 100
	maxWork       = 1_000_000 // references that lead to several others are many soon
	maxItems      = 2000      // of a list with lists in it
	maxMade       = 16 << 20  // bytes: four times the longest scenario
	maxBlocks     = 2000
	maxEntities   = 400
	maxPairs      = 10_000 // attachments and memberships
	maxDocuments  = 2000
	maxOwn        = 100  // policies of one principal or resource: IAM attaches 20 at most
	maxStatements = 4096 // of one policy
)

// workOfStatement is what it takes to make one, in references.
const workOfStatement = 8

// entity gives the entity with an ARN, which may be new.
func (t *template) entity(arn string) *Entity {
	e := t.entities[arn]
	if e == nil {
		e = &Entity{ARN: arn}
		if part(arn, 4) == "" {
			e.Account = t.account()
		}
		t.entities[arn] = e
		t.order = append(t.order, arn)
	}
	return e
}

// use reads all blocks.
func (t *template) use() {
	for _, b := range t.blocks {
		b.row = rowOf(b.kind)
	}
	for _, b := range t.blocks {
		if b.row != nil && b.row.use != nil {
			b.row.use(t, b)
		}
	}
}
