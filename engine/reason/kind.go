package reason

import "slices"

// Kind is what a fact says. Its text is its name for programs.
type Kind string

// What keeps an element from matching.
const (
	NoPrincipal         Kind = "no-principal"          // the statement has no Principal
	NoResource          Kind = "no-resource"           // the statement of a key policy has no Resource
	PrincipalOther      Kind = "principal-other"       // Principal does not name the caller
	PrincipalDiffers    Kind = "principal-differs"     // it names somebody who differs in a part
	PrincipalCase       Kind = "principal-case"        // … in the case of letters alone
	PrincipalDeleted    Kind = "principal-deleted"     // it has the unique ID of what is deleted
	PrincipalAccount    Kind = "principal-account"     // it names accounts, and the caller is in none
	PrincipalService    Kind = "principal-service"     // it names a service, and the caller is a role of that name
	ProviderDiffers     Kind = "provider-differs"      // it names another identity provider
	ProviderUnknown     Kind = "provider-unknown"      // nothing tells the provider of the request
	PrincipalNobody     Kind = "principal-nobody"      // it has what can name nobody
	ListedPrincipal     Kind = "listed-principal"      // NotPrincipal lists the caller
	ActionOther         Kind = "action-other"          // Action does not list the action
	ActionOfOthers      Kind = "action-of-others"      // … nor any other of its service
	ActionMisspelt      Kind = "action-misspelt"       // it lists what is no action, and nearly this one
	ActionOperation     Kind = "action-operation"      // it lists an API operation, whose permission is this action
	ActionWrongService  Kind = "action-service"        // it lists this name at a service that has no such action
	Listed              Kind = "listed"                // NotAction or NotResource lists it
	ResourceOther       Kind = "resource-other"        // Resource covers other resources
	ResourceDiffers     Kind = "resource-differs"      // it differs in a part
	ResourceCase        Kind = "resource-case"         // … in the case of letters alone
	ResourceWhole       Kind = "resource-whole"        // it covers the bucket, table or domain, not what is in it
	ResourceParts       Kind = "resource-parts"        // it covers what is in the bucket, not the bucket
	ResourceAlias       Kind = "resource-alias"        // it has an alias, and key operations ask for the key
	ResourceAccessPoint Kind = "resource-access-point" // it has the bucket, and the request goes through an access point
	ResourceNone        Kind = "resource-none"         // the action has no resource, and only "*" covers that
	ResourceVariable    Kind = "resource-variable"     // a policy variable in it has no value
	ResourceVersion     Kind = "resource-version"      // a variable in it is plain text, for want of a Version
	KeyAbsent           Kind = "key-absent"            // the request has no such key
	KeyNever            Kind = "key-never"             // … and requests for the action never have
	KeyOfPrincipals     Kind = "key-of-principals"     // … and callers of this kind never have
	KeyUnknown          Kind = "key-unknown"           // nothing tells whether the request has the key
	KeyPresent          Kind = "key-present"           // Null wants the key absent
	ValueDiffers        Kind = "value-differs"         // the values differ in a part
	ValueCase           Kind = "value-case"            // … in the case of letters alone
	ValueStar           Kind = "value-star"            // a wildcard stands where the operator takes none
	ValueVariable       Kind = "value-variable"        // a policy variable in it has no value
	ValueVersion        Kind = "value-version"         // a variable in it is plain text, for want of a Version
	ValueNotARN         Kind = "value-not-arn"         // it has fewer parts than an ARN
	ValueSession        Kind = "value-session"         // it is the ARN of a session, and the key has that of its role
	ValueOther          Kind = "value-other"           // none of the values of the policy is the request's
	ValuesOutside       Kind = "values-outside"        // ForAllValues: some of the request's are not among the policy's
	ValueListed         Kind = "value-listed"          // a negated operator lists the request's value
	NotJudged           Kind = "not-judged"            // an unknown operator, or values that can't be read
)

// Why an element matches.
const (
	NotSpared   Kind = "not-spared"   // NotPrincipal lists the caller, in a way that does not spare it
	ListOmits   Kind = "list-omits"   // NotAction, NotPrincipal or NotResource does not list it
	Covers      Kind = "covers"       // a value covers it
	AbsentHolds Kind = "absent-holds" // the operator matches because the request has no such key
	NullHolds   Kind = "null-holds"   // Null finds the key absent, or present, as it wants
	ValueHolds  Kind = "value-holds"  // the value is one of the policy's
	NoneHolds   Kind = "none-holds"   // a negated operator, and the value is none of the policy's
)

// costs is how much a statement lacks in which a fact keeps an element from
// matching.
var costs = map[Kind]int{
	NoPrincipal: 6, NoResource: 1,
	PrincipalOther: 6, PrincipalDiffers: 3, PrincipalCase: 1, PrincipalDeleted: 3, PrincipalAccount: 4, PrincipalService: 2,
	PrincipalNobody: 3,
	ProviderDiffers: 3, ProviderUnknown: 5, ListedPrincipal: 5,
	ActionOther: 4, ActionOfOthers: Far, ActionMisspelt: 1, ActionOperation: 1, ActionWrongService: 2, Listed: 4,
	ResourceOther: 5, ResourceDiffers: 3, ResourceCase: 1, ResourceWhole: 1,
	ResourceParts: 1, ResourceAlias: 1, ResourceAccessPoint: 2, ResourceNone: 2, ResourceVariable: 2, ResourceVersion: 2,
	KeyAbsent: 2, KeyNever: 2, KeyOfPrincipals: 2, KeyUnknown: 2, KeyPresent: 2,
	ValueDiffers: 2, ValueCase: 1, ValueStar: 1,
	ValueVariable: 2, ValueVersion: 2, ValueNotARN: 2, ValueSession: 2, ValueOther: 2, ValuesOutside: 2, ValueListed: 3, NotJudged: 2,
}

// Kinds is every kind.
func Kinds() (kinds []Kind) {
	for k := range costs {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	return append(kinds, NotSpared, ListOmits, Covers, AbsentHolds, NullHolds, ValueHolds, NoneHolds)
}
