package catalogue

import (
	"strings"
	"testing"
)

// The keys of an action of many uses are those of the action, of its uses and of
// their types, each once.
func TestCarried(t *testing.T) {
	text := "ec2 - Amazon EC2\nk s ec2:Own\nk s ec2:OfType\nk s ec2:OfUse\nk s ec2:Other\ng 0\ng 1\ng 2\n"
	uses := ""
	for _, name := range []string{"a", "b", "c", "d"} {
		text += "t 1 " + name + " arn:${Partition}:ec2:${Region}:${Account}:" + name + "/${Id}\n"
		uses += " " + string('0'+name[0]-'a') + "/2"
	}
	s, err := Parse(text + "a W Few 0 0/2\na W Many 0" + uses + "\n")
	if err != nil {
		t.Fatal(err)
	}
	few, many := &s.Actions[0], &s.Actions[1]
	if few.carried != nil || len(many.carried) != 3 {
		t.Fatalf("%d and %d keys are brought together", len(few.carried), len(many.carried))
	}
	for _, k := range s.Keys {
		want := k.Name != "ec2:Other"
		for _, a := range []*Action{few, many} {
			if a.listed(nil, strings.ToUpper(k.Name)) != want {
				t.Errorf("%s carries %s: not %v", a.Name, k.Name, want)
			}
		}
	}
}
