package scenario

// Reach says who may run a command that reads a resource, where the resource is
// not in the caller's account.
type Reach uint8

// The reaches.
const (
	IfAllowed Reach = iota // whom the owners allow it
	AtHome                 // callers in the account of the resource, whatever its policy says
	Abroad                 // whom it is about: those who may use the resource often may run it too
)

// ForOwners is what to add to the name of what a command reads, where its owners
// have to run it; "" where the caller may. Accounts that are not known are "".
//
// https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html
func (r Reach) ForOwners(owner, caller string) string {
	if r == Abroad || owner == "" || caller == "" || owner == caller {
		return ""
	}
	why := "you may not run it from account " + caller + " unless they allow it"
	if r == AtHome {
		why = "AWS does not let account " + caller + " read it"
	}
	return ". It is in account " + owner + ": ask its owners to run this and to send you what it prints; " + why
}
