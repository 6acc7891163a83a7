package witness

import "strings"

// reasonWords is what is said of each kind of reason. NAMES is replaced by what
// it is about.
var reasonWords = [...]string{
	NoResult:           "The output has no result for NAMES.",
	Refused:            "The AWS CLI says: NAMES",
	OldCLI:             "This AWS CLI is older than the parameter. Update it: SCPs can be given to the simulator since 2026.",
	NextPage:           "It has a next page: run the command again with --max-items 1000.",
	MissingValues:      "The simulator was given no value for NAMES. AWS says that it then answers implicit deny.",
	OrganizationsDeny:  "The simulator says that an SCP does not allow it. The file has no SCP that denies it.",
	OrganizationsAllow: "The simulator says that the SCPs allow it. Those in the file do not.",
	BoundaryDenies:     "The simulator says that the permissions boundary does not allow it. The file has none that does not.",
	BoundaryAllows:     "The simulator says that the permissions boundary allows it. The one in the file does not.",
	MatchesThere:       "For the simulator alone this matches: NAMES.",
	MatchesHere:        "Here this matches, and the simulator does not name it: NAMES.",
	AcrossAccounts:     "Across accounts it tells NAMES.",
	OtherDenial:        "Both deny it: one because nothing allows it, the other because a statement denies it.",
	NothingTold:        "Its output does not tell why.",
}

// Text is a reason in words.
func (r Reason) Text() string {
	separator := ", "
	if r.Kind == NoResult {
		separator = " on "
	}
	return strings.ReplaceAll(reasonWords[r.Kind], "NAMES", strings.Join(r.Names, separator))
}

// Title names a question in a line.
func (q *Question) Title() string {
	title := q.Action + " on " + q.Resource + ": " + q.Outcome.String()
	if q.Request != "" {
		title = q.Request + ": " + title
	}
	return title
}

// Line is what came of a question, in a line.
func (v *Verdict) Line(q *Question) string {
	switch {
	case v.Said == "":
		return "no result"
	case v.Agrees:
		return "agrees: " + v.Said
	}
	return "differs: the simulator says " + v.Said + ", why403 " + q.Asked.String()
}

// AskedLine says what the engine answers to the question without what is left
// out; "" where that is the answer to the request.
func (q *Question) AskedLine() string {
	if len(q.Cannot) > 0 || q.Asked == q.Outcome {
		return ""
	}
	return "Without that why403 answers " + q.Asked.String() + ", and that is what the simulator has to say too."
}
