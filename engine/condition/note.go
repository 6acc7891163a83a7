package condition

// Note says why a test could not be judged as it was meant. The zero Note says
// that it could.
type Note uint8

// The notes. Without being judged, a positive operator doesn't match and a
// negated one does, except where the note is NoteUnknownOperator or
// NoteSeveralValues: then neither does.
const (
	NoteNone               Note = iota
	NoteUnknownOperator         // AWS has no such operator
	NoteBadPolicyValue          // the policy's value isn't of the operator's type
	NoteBadContextValue         // the request's value isn't of the operator's type
	NoteUnresolvedVariable      // a variable has neither value nor default
	NoteSeveralValues           // the key has several values, the operator is for one
)

var notes = [...]struct{ code, message, doc string }{
	NoteUnknownOperator: {"unknown-operator",
		"AWS has no such condition operator. The statement is read as one that never matches; correct the name of the operator.",
		operatorsPage},
	NoteBadPolicyValue: {"bad-policy-value",
		"The value in the policy is not of the operator's type, so it equals nothing. Correct the value or choose another operator.",
		operatorsPage},
	NoteBadContextValue: {"bad-context-value",
		"The value in the request is not of the operator's type, so it equals nothing. Check the request, or choose another operator.",
		operatorsPage},
	NoteUnresolvedVariable: {"unresolved-variable",
		"A policy variable has no value in this request, so nothing equals it. Add the key to the request, or give the variable a default: " +
			"${key, 'default'}.",
		"https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html"},
	NoteSeveralValues: {"several-values",
		"The key has several values in this request and the operator compares one, so it doesn't match. Put ForAnyValue: or ForAllValues: " +
			"before the operator.",
		setsPage},
}

const setsPage = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html"

// Code names the note for programs, such as "unknown-operator". It is "" for
// NoteNone.
func (n Note) Code() string { return notes[n].code }

// Message says what is wrong and what to do.
func (n Note) Message() string { return notes[n].message }

// Doc is the AWS page behind the note.
func (n Note) Doc() string { return notes[n].doc }
