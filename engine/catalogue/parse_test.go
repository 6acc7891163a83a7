package catalogue_test

import (
	"strings"
	"testing"

	"why403/engine/catalogue"
)

// small is a service with a line of every kind.
const small = `s3 rcp,nopolicies Amazon S3
k s aws:ResourceTag/${TagKey}
k S s3:Several
k n s3:max-keys
g 0
g 1 2
t 0 a bucket arn:${Partition}:s3:::${BucketName}
t - object arn:${Partition}:s3:::${BucketName}/${ObjectName} arn:${Partition}:s3:::old/${ObjectName}
a R GetObject 1 0!/0 1 kms:Decrypt
a L ListBucket -
o CopyObject s3:GetObject s3:PutObject s3:PutObjectAcl?
o Whoami
`

func TestParse(t *testing.T) {
	text := strings.Replace(small, "a R", "a Rpx", 1)
	s, err := catalogue.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if s.Prefix != "s3" || s.Name != "Amazon S3" || !s.RCP || !s.NoPolicies {
		t.Errorf("the service is %+v", s)
	}
	if k := s.Keys[1]; k.Name != "s3:Several" || !k.Multi || k.Type != catalogue.String || s.Keys[2].Type != catalogue.Numeric ||
		s.Keys[0].Multi {
		t.Errorf("the keys are %+v", s.Keys)
	}
	if o := s.Types[1]; o.Name != "object" || len(o.Forms) != 2 || o.Keys != nil || len(s.Types[0].Keys) != 1 ||
		s.Types[0].Name != "a bucket" {
		t.Errorf("the types are %+v", s.Types)
	}
	a := s.Action("getobject")
	if a == nil || a.Name != "GetObject" || a.Level != catalogue.Read || !a.PermissionOnly || !a.NoResourceAccount || len(a.Keys) != 2 {
		t.Fatalf("the action is %+v", a)
	}
	if len(a.Uses) != 2 || !a.Uses[0].Required || a.Uses[0].Type != &s.Types[0] || a.Uses[0].Keys[0] != &s.Keys[0] ||
		a.Uses[1].Required || a.Uses[1].Keys != nil {
		t.Errorf("its types are %+v", a.Uses)
	}
	if len(a.Dependent) != 1 || a.Dependent[0] != "kms:Decrypt" || a.WildcardOnly() || !s.Action("ListBucket").WildcardOnly() {
		t.Errorf("the action is %+v", a)
	}
	o := s.Operation("COPYOBJECT")
	if o == nil || len(o.Always) != 2 || len(o.Sometimes) != 1 || o.Sometimes[0] != "s3:PutObjectAcl" ||
		len(s.Operation("Whoami").Always) != 0 {
		t.Errorf("the operation is %+v", o)
	}
	if s.Action("ListBuckets") != nil || s.Operation("GetObject") != nil {
		t.Error("found what isn't there")
	}
	if again := string(catalogue.Append(nil, s)); again != text {
		t.Errorf("written again it is\n%s", again)
	}
}

// Each change of the small service breaks it, in the line where it is.
func TestParseErrors(t *testing.T) {
	if _, err := catalogue.Parse(small); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, line string }{
		{"s3 rcp", "S3 rcp", "line 1:"}, {"rcp,nopolicies", "rpc", "line 1:"}, {" Amazon S3", "", "line 1:"},
		{"k s aws", "k x aws", "line 2:"}, {"k s aws", "k  aws", "line 2:"}, {"s3:Several", "s3:Several x", "line 3:"},
		{"g 0\n", "g 3\n", "line 5:"}, {"g 0\n", "g x\n", "line 5:"}, {"g 0\n", "g 00\n", "line 5:"}, {"g 0\n", "g\n", "line 5:"},
		{"t 0 a bucket", "t 2 a bucket", "line 7:"}, {"a bucket arn", "a bucket barn", "line 7:"}, {"} arn:", "}  arn:", "line 8:"},
		{"a R Get", "a X Get", "line 9:"}, {"a R Get", "a Rq Get", "line 9:"}, {"0!/0", "2", "line 9:"}, {"0!/0", "0/2", "line 9:"},
		{"0!/0", "0!!", "line 9:"},
		{"kms:Decrypt", "kms:Decrypt ", "line 9:"}, {"1 kms:", "1  kms:", "line 9:"}, {"a L ListB", "a L FListB", "line 10:"},
		{"ListBucket -", "ListBucket", "line 10:"},
		{"s3:PutObject s3:PutObjectAcl?", "s3:PutObject? s3:PutObjectAcl", "line 11:"}, {"o Whoami", "o Aaa", "line 12:"},
		{"o Whoami", "k s s3:x", "line 12:"}, {"o Whoami", "", "line 12:"}, {"o Whoami", "owhoami", "line 12:"},
		{"o Whoami", "z Whoami", "line 12:"},
	} {
		text := strings.Replace(small, c.old, c.new, 1)
		if text == small {
			t.Fatalf("%q is not in the text", c.old)
		}
		_, err := catalogue.Parse(text)
		if err == nil || !strings.Contains(err.Error(), c.line) {
			t.Errorf("%q for %q: %v", c.new, c.old, err)
		}
	}
}

func TestSet(t *testing.T) {
	var set catalogue.Set
	if set.Service("s3") != nil {
		t.Error("an empty set has a service")
	}
	if err := set.Add(small); err != nil {
		t.Fatal(err)
	}
	if s := set.Service("S3"); s == nil || s.Name != "Amazon S3" {
		t.Errorf("the service is %+v", s)
	}
	if err := set.Add("nonsense"); err == nil {
		t.Error("nonsense is taken for a service")
	}
	if err := set.Add("s3 - Another"); err != nil || set.Service("s3").Name != "Another" {
		t.Error("the later text doesn't count")
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		limit int
		want  int
	}{
		{"GetObject", "getobject", 2, 0}, {"GetObjct", "GetObject", 2, 1}, {"GteObject", "GetObject", 2, 1},
		{"PutObject", "GetObject", 3, 2}, {"PutObject", "GetObject", 1, 2}, {"", "ab", 5, 2}, {"a", strings.Repeat("a", 100), 200, 201},
	} {
		if got := catalogue.Distance(c.a, c.b, c.limit); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.a, c.b, got, c.want)
		}
		if got := catalogue.Distance(c.b, c.a, c.limit); got != c.want {
			t.Errorf("%q to %q: %d, want %d", c.b, c.a, got, c.want)
		}
	}
}

// FuzzParse: no text breaks Parse, and what it reads it also writes.
func FuzzParse(f *testing.F) {
	f.Add(small)
	f.Add("a - b\no x\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := catalogue.Parse(text)
		if err != nil {
			return
		}
		once := string(catalogue.Append(nil, s))
		again, err := catalogue.Parse(once)
		if err != nil {
			t.Fatalf("%v in what is written: %q", err, once)
		}
		if twice := string(catalogue.Append(nil, again)); twice != once {
			t.Errorf("%q is written as %q", once, twice)
		}
		for i := range s.Actions {
			if s.Action(s.Actions[i].Name) != &s.Actions[i] {
				t.Errorf("%s is not found", s.Actions[i].Name)
			}
			s.Actions[i].TypesOf("arn:aws:s3:::a*/b")
			s.Carries(&s.Actions[i], nil, "aws:ResourceTag/x")
		}
	})
}
