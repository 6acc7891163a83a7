// Package condition judges the Condition element of AWS policy statements: the
// condition operators, set operators and policy variables, against the keys of a
// request.
//
// [Compile] reads every value of a policy once; [Test.Match] then answers
// without allocating. What a test can't judge, such as "10abc" under
// NumericLessThan, it says in a [Note]; what can be seen in the policy alone,
// [Problems] reports before there is a request.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
package condition
