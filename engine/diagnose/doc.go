// Package diagnose holds AWS's answer to a request against what the policies
// say, and tells what the two prove together, what is still possible, and what
// to fetch next. It decides nothing itself: the engine does.
package diagnose
