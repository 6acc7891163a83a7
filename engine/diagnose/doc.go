// Package diagnose holds AWS's answer to a request against what the policies
// say, and tells what the two prove together, what is still possible, and what
// to fetch next. It decides nothing itself: the engine does.
//
// [Of] takes a scenario in which "unknown:" says what nothing is known of, and
// AWS's answer as [Evidence]; package paste makes both of whatever a person
// brings. The scenario is decided twice: as it is, for what its outcome depends
// on, and with all that is not known taken for absent, for what was brought by
// itself. What AWS's text leaves open (who asked, on what) is filled from what
// the policies name, in several ways; the one that fits AWS's answer best is
// told with its guesses.
//
// The tables are explanations, contradictions and noPolicies: what can have
// happened, each with what makes it possible, proves it or rules it out; and
// commands: what to run, which explanations its answer tells apart, and what
// AWS prints where there is nothing.
package diagnose
