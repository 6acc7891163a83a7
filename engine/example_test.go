package engine_test

import (
	"fmt"

	"why403/engine"
	"why403/engine/answer"
	"why403/engine/explain"
	"why403/engine/policy"
	"why403/engine/scenario"
)

// readPolicy reads a policy of a type.
func readPolicy(t policy.Type, text string) *engine.Policy {
	d, problems := policy.Parse("policy.json", t, text)
	if policy.Errors(problems) {
		panic(problems[0].Message)
	}
	return engine.NewPolicy(d, 0)
}

// shop is a role that reads a bucket, and the bucket.
func shop() *engine.World {
	return &engine.World{Entities: []engine.Entity{
		{ARN: "arn:aws:iam::111122223333:role/service/app", Policies: []*engine.Policy{
			readPolicy(policy.Identity, `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}}`),
		}},
		{ARN: "arn:aws:s3:::reports", Account: "444455556666", Policies: []*engine.Policy{
			readPolicy(policy.Resource, `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:ListBucket", "Resource": "*"}}`),
		}},
	}}
}

// Decide one request.
func ExampleCompiled_Decide() {
	world, err := engine.Compile(shop())
	if err != nil {
		panic(err)
	}
	d, err := world.Decide(engine.Request{
		Principal: "arn:aws:sts::111122223333:assumed-role/app/i-0abc",
		Action:    "s3:GetObject",
		Resource:  "arn:aws:s3:::reports/2026.csv",
	})
	if err != nil {
		panic(err)
	}
	fmt.Println(d.Outcome)
	// Output: implicit deny
}

// Explain a decision, in AWS's sentence and in others.
func ExampleDecide_explained() {
	world, _ := engine.Compile(shop())
	check, err := world.Check(engine.Request{
		Principal: "arn:aws:sts::111122223333:assumed-role/app/i-0abc",
		Action:    "s3:GetObject",
		Resource:  "arn:aws:s3:::reports/2026.csv",
	})
	if err != nil {
		panic(err)
	}
	a := explain.Explain(engine.Decide(check))
	fmt.Println(a.Message)
	fmt.Println(a.Verdict)
	// Output:
	// User: arn:aws:sts::111122223333:assumed-role/app/i-0abc is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::reports/2026.csv" because no resource-based policy allows the s3:GetObject action
	// An identity-based policy allows s3:GetObject, but the resource-based policy lets neither the caller nor its account in. Across accounts both must. Closest match: statement 1 of policy.json: Action does not list s3:GetObject (it has “s3:ListBucket”).
}

// Ask a call: every check that it makes, from the text of a scenario file.
func Example_call() {
	f := scenario.Parse(`-- request --
principal: arn:aws:iam::111122223333:user/alice
action: s3:GetObject
resource: arn:aws:s3:::reports/2026.csv
-- entity/reports --
arn: arn:aws:s3:::reports
account: 111122223333
encrypted-with: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
-- identity/s3.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
`)
	for _, a := range answer.File(f) {
		fmt.Println(a.Outcome)
		for _, c := range a.Checks {
			fmt.Println(c.Action, c.Decision.Outcome)
		}
	}
	// Output:
	// implicit deny
	// s3:GetObject allow
	// kms:Decrypt implicit deny
}

// Who may: ask one thing for several principals.
func Example_who() {
	world, _ := engine.Compile(shop())
	for _, who := range []string{"arn:aws:iam::111122223333:role/service/app", "arn:aws:iam::444455556666:root", "anonymous"} {
		d, err := world.Decide(engine.Request{Principal: who, Action: "s3:GetObject", Resource: "arn:aws:s3:::reports/2026.csv"})
		if err != nil {
			panic(err)
		}
		fmt.Println(who, d.Outcome)
	}
	// Output:
	// arn:aws:iam::111122223333:role/service/app implicit deny
	// arn:aws:iam::444455556666:root allow
	// anonymous implicit deny
}

// Decide a request where nobody has seen the service control policies.
func ExampleCompiled_Decide_unknown() {
	world, err := engine.Compile(shop())
	if err != nil {
		panic(err)
	}
	check, err := world.Check(engine.Request{
		Principal: "arn:aws:iam::444455556666:root",
		Action:    "s3:GetObject",
		Resource:  "arn:aws:s3:::reports/2026.csv",
		Unknown:   engine.Unknown{Types: engine.TypesOf(policy.SCP)},
	})
	if err != nil {
		panic(err)
	}
	a := explain.Explain(engine.Decide(check))
	fmt.Println(a.Outcome, "on", a.Depends.On)
	fmt.Println("allowed if", a.Depends.AllowedIf[0][0])
	fmt.Println("denied if", a.Depends.DeniedIf[0][0])
	// Output:
	// depends on [scp]
	// allowed if no SCP of 444455556666 denies it
	// denied if an SCP of 444455556666 denies it
}
