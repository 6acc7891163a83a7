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

// ForOwners is what to say of a policy, or of another setting, that its owners
// alone can read; "" where the caller may. Accounts that are not known are "".
//
// https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyPolicy.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html
func (r Reach) ForOwners(owner, caller string, policy bool) string {
	if r == Abroad || owner == "" || caller == "" || owner == caller {
		return ""
	}
	say := " is in account " + owner
	if r == AtHome {
		say += ", and AWS does not let account " + caller + " read it"
	}
	if policy {
		return say + ": its owners have to add you, or to send it to you"
	}
	return say + ": its owners have to look"
}
