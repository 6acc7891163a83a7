package paste_test

import (
	"fmt"

	"why403/engine/catalogue/data"
	"why403/engine/diagnose"
	"why403/engine/diagnose/paste"
)

// An error is all that there is. The diagnosis says what it proves, and what to
// fetch.
func Example() {
	brought := paste.Scenario([]paste.Piece{{Name: "error.txt",
		Text: "User: arn:aws:iam::111122223333:user/ada is not authorized to perform: " +
			"sqs:SendMessage on resource: arn:aws:sqs:eu-central-1:111122223333:orders with an explicit deny in a resource-based policy"}})
	d := diagnose.Of(data.All(), brought, nil)
	for _, f := range d.Proved {
		fmt.Println(f.Text)
	}
	fmt.Println(d.Next.Text)
	fmt.Println(d.EditWhy)
	// Output:
	// A statement in the resource-based policy denies it explicitly.
	// The statement that denies is in the resource-based policy, which is not known yet.
	// The queue policy
	// The resource-based policy is not known, and an edit would replace it. Fetch it first.
}
