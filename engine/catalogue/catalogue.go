// Package catalogue knows the actions of AWS's services: what each is asked
// on, which condition keys its requests carry, what else it needs. It is data
// and lookups, and decides nothing. The data stays outside: a service is read
// from a short text (see Parse), which the package data has for the command
// line, and which the page fetches.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
package catalogue

import (
	"strings"
	"sync"
)

// Catalogue gives a service by the prefix of its actions, as "s3"; nil where it
// doesn't know the service.
type Catalogue interface {
	Service(prefix string) *Service
}

// Service is one prefix of actions.
type Service struct {
	Prefix string // in lower case, as "s3"
	Name   string // as "Amazon S3"
	// RCP is set where resource control policies apply.
	//
	// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services
	RCP bool
	// NoPolicies is set where AWS says that no resource of the service can have
	// a resource-based policy. Where it isn't set, some can, or it isn't known.
	//
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
	NoPolicies bool
	Actions    []Action    // by name, whatever the case
	Operations []Operation // by name, whatever the case
	Types      []ResourceType
	Keys       []Key
}

// Page is AWS's page about the service's actions.
func (s *Service) Page() string {
	return "https://docs.aws.amazon.com/service-authorization/latest/reference/list_" + strings.ReplaceAll(s.Prefix, "-", "") + ".html"
}

// Action is what a policy names and a request is authorized for.
type Action struct {
	Name  string // in AWS's spelling, without the prefix
	Level Level
	// Uses has the resource types that the action is asked on. An action
	// without is asked on "*".
	Uses []Use
	// Keys are the condition keys that requests for the action can carry,
	// besides those of its uses and of their types.
	Keys []*Key
	// Dependent is other actions that a caller may need for the same call, as
	// "iam:PassRole".
	Dependent []string
	// PermissionOnly is set where no API operation has the action's name.
	PermissionOnly bool
	// NoResourceAccount is set where requests don't carry aws:ResourceAccount.
	NoResourceAccount bool
	carried           []*Key // all that a request can carry, each once, or nil where its uses are few
}

// WildcardOnly reports whether the action has no resource: only a policy whose
// Resource covers "*" allows it.
func (a *Action) WildcardOnly() bool { return len(a.Uses) == 0 }

// Use is a resource type that an action is asked on.
type Use struct {
	Type     *ResourceType
	Required bool
	// Keys are those that the request carries about this resource.
	Keys []*Key
}

// ResourceType is a kind of resource that a service has.
type ResourceType struct {
	Name string
	// Forms are its ARNs, with what varies as ${Name}.
	Forms []string
	// Keys can be used with every action on such a resource.
	Keys    []*Key
	stops   []string // for each form: what its last variable doesn't contain, or ""
	letters []int    // for each form: how many it has outside its variables
}

// Key is a condition key. What its user chooses stands as ${Name} in it.
type Key struct {
	Name string
	Type KeyType
	// Multi is set where a request can carry several values.
	Multi bool
}

// Operation is an API operation that isn't authorized by the action of its
// name, or not by it alone.
type Operation struct {
	Name string // without a prefix, as "ListObjectsV2"
	// Always is the actions that a plain call needs, with their prefix. With
	// nothing in Sometimes either, a call needs no permission.
	Always []string
	// Sometimes is the actions that a call needs besides, or instead, when it
	// says more: a version, tags, an ACL.
	Sometimes []string
}

// Level is AWS's access level of an action.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html
type Level byte

// The levels, as the text of a service has them.
const (
	List        Level = 'L'
	Read        Level = 'R'
	Write       Level = 'W'
	Tagging     Level = 'T'
	Permissions Level = 'P'
)

// levels is their names, as AWS has them.
var levels = [...]struct {
	level Level
	name  string
}{{List, "List"}, {Read, "Read"}, {Write, "Write"}, {Tagging, "Tagging"}, {Permissions, "Permissions management"}}

func (l Level) String() string {
	for _, known := range levels {
		if known.level == l {
			return known.name
		}
	}
	return ""
}

// KeyType is the type of a key's values.
type KeyType byte

// The types, as the text of a service has them.
const (
	String  KeyType = 's'
	ARN     KeyType = 'a'
	Bool    KeyType = 'b'
	Numeric KeyType = 'n'
	Date    KeyType = 'd'
	IP      KeyType = 'i'
)

var keyTypes = [...]struct {
	keyType KeyType
	name    string
}{{String, "String"}, {ARN, "ARN"}, {Bool, "Bool"}, {Numeric, "Numeric"}, {Date, "Date"}, {IP, "IPAddress"}}

func (t KeyType) String() string {
	for _, known := range keyTypes {
		if known.keyType == t {
			return known.name
		}
	}
	return ""
}

// Set is a catalogue that is filled service by service. The zero value is
// empty. Any number of goroutines may read it while another adds.
type Set struct {
	mu       sync.RWMutex
	services map[string]*Service
}

// Add reads the text of a service and takes it in, in place of an earlier one
// with its prefix.
func (s *Set) Add(text string) error {
	service, err := Parse(text)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.services == nil {
		s.services = map[string]*Service{}
	}
	s.services[service.Prefix] = service
	return nil
}

// Service gives a service that was added, or nil.
func (s *Set) Service(prefix string) *Service {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.services[strings.ToLower(prefix)]
}
