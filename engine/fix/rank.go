package fix

// Traits is what there is to say of a fix when it is compared with another.
type Traits uint32

// The traits.
const (
	TellsMore      Traits = 1 << iota // the request says more, or its caller or resource has a tag
	Corrects                          // a value that is nearly right becomes right
	Lists                             // a list of a statement has one value more
	Names                             // a statement names one principal more
	Adds                              // a statement that was not there
	NewPolicy                         // a policy that was not there
	Grants                            // a KMS grant
	Exempts                           // a Deny spares one caller or one kind of call
	Unlists                           // a Deny has one action less
	AskElsewhere                      // somebody else asks, or from another place
	Wide                              // the statement holds on every resource
	WholeStatement                    // all that a statement allows is allowed to more, or on more
	WholeAccount                      // a whole account is trusted
	Star                              // everything of a kind is covered
	DropsGuard                        // a condition is gone, or asks for less
	Public                            // everyone is let in
	OtherOwner                        // somebody else has to make the change
)

// traits is the weight of each trait, and what it means for a reader. A fix
// stands before another if its weights come to less: what keeps every guard
// and changes one word comes first, what gives up a guard comes last.
var traits = [...]struct {
	trait  Traits
	weight int
	words  string
}{
	{TellsMore, 10, "keeps every policy as it is"},
	{Corrects, 11, "corrects one value"},
	{Lists, 20, "adds one value to a list"},
	{Names, 22, "names one principal more in a statement"},
	{Adds, 32, "adds a statement"},
	{NewPolicy, 12, "makes a policy that was not there"},
	{Grants, 70, "adds a grant"},
	{Exempts, 24, "spares one kind of caller or call from a Deny"},
	{Unlists, 30, "takes an action out of a Deny"},
	{AskElsewhere, 34, "asks as somebody else, or from elsewhere"},
	{Wide, 9, "holds on every resource"},
	{WholeStatement, 12, "opens what else the statement allows"},
	{OtherOwner, 6, "somebody else has to make the change"},
	{WholeAccount, 60, "trusts a whole account"},
	{Star, 60, "covers everything of a kind"},
	{DropsGuard, 100, "gives up a condition"},
	{Public, 200, "lets everyone in"},
}

// Weakens is the traits of a fix that gives up something its author had asked
// for. Such a fix is never near.
const Weakens = WholeAccount | Star | DropsGuard | Public

// Words is what the traits come to, a clause for each.
func (t Traits) Words() (out []string) {
	for i := range traits {
		if t&traits[i].trait != 0 {
			out = append(out, traits[i].words)
		}
	}
	return out
}

func (t Traits) weight() (n int) {
	for i := range traits {
		if t&traits[i].trait != 0 {
			n += traits[i].weight
		}
	}
	return n
}
