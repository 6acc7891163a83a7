package data_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue"
	"why403/engine/catalogue/data"
)

// service gives a service of the catalogue, and action one of its actions.
func service(t testing.TB, prefix string) *catalogue.Service {
	t.Helper()
	s := data.All().Service(prefix)
	if s == nil {
		t.Fatalf("there is no service %s", prefix)
	}
	return s
}

func action(t testing.TB, name string) (*catalogue.Service, *catalogue.Action) {
	t.Helper()
	prefix, name, _ := strings.Cut(name, ":")
	s := service(t, prefix)
	a := s.Action(name)
	if a == nil {
		t.Fatalf("there is no action %s:%s", prefix, name)
	}
	return s, a
}

// Every service reads, and is written as it was.
func TestEveryService(t *testing.T) {
	all := data.All()
	if n := len(all.Prefixes()); n < 456 {
		t.Errorf("there are %d services", n)
	}
	actions := 0
	for _, prefix := range all.Prefixes() {
		s := service(t, prefix)
		if s.Prefix != prefix || s.Name == "" || len(s.Actions) == 0 {
			t.Errorf("%s: %+v", prefix, s)
		}
		if string(catalogue.Append(nil, s)) != all.Text(prefix) {
			t.Errorf("%s is written in another way", prefix)
		}
		actions += len(s.Actions)
	}
	if actions < 22091 {
		t.Errorf("there are %d actions", actions)
	}
	if all.Service("nosuchservice") != nil || all.Text("nosuchservice") != "" {
		t.Error("there is a service that isn't there")
	}
	if all.Service("S3") != all.Service("s3") {
		t.Error("a prefix is case-sensitive")
	}
}

// Every action is found by its name in any case, and is nearest to itself.
func TestEveryAction(t *testing.T) {
	for _, prefix := range data.All().Prefixes() {
		s := service(t, prefix)
		for i := range s.Actions {
			a := &s.Actions[i]
			if s.Action(strings.ToUpper(a.Name)) != a || s.Action(strings.ToLower(a.Name)) != a {
				t.Errorf("%s:%s is not found", prefix, a.Name)
			}
			for _, dependent := range a.Dependent {
				action(t, dependent)
			}
		}
		for i := range s.Operations {
			o := &s.Operations[i]
			if s.Operation(strings.ToUpper(o.Name)) != o {
				t.Errorf("%s:%s is not found", prefix, o.Name)
			}
			for _, name := range slices.Concat(o.Always, o.Sometimes) {
				action(t, name)
			}
		}
	}
}

// Every form of a resource type, with a name for what varies, is of that type.
func TestEveryForm(t *testing.T) {
	for _, prefix := range data.All().Prefixes() {
		s := service(t, prefix)
		for i := range s.Types {
			want := &s.Types[i]
			all := &catalogue.Action{}
			for j := range s.Types {
				all.Uses = append(all.Uses, catalogue.Use{Type: &s.Types[j]})
			}
			for _, form := range want.Forms {
				arn := filled(form)
				if !slices.Contains(all.TypesOf(arn), want) {
					t.Errorf("%s %s: %s is not found", prefix, want.Name, arn)
				}
				if pattern := starred(form); !slices.Contains(all.TypesOf(pattern), want) {
					t.Errorf("%s %s: %s is not found", prefix, want.Name, pattern)
				}
			}
			if !slices.Contains(all.TypesOf("*"), want) {
				t.Errorf("%s %s: * is not found", prefix, want.Name)
			}
		}
	}
}

// filled is a form with letters for its variables, starred one with patterns.
func filled(form string) string {
	return replaced(strings.Replace(form, "${Partition}", "aws", 1), "x1")
}

func starred(form string) string { return replaced(form, "*") }

func replaced(form, with string) string {
	for {
		before, rest, found := strings.Cut(form, "${")
		if !found {
			return strings.ReplaceAll(form, "*", with)
		}
		_, after, _ := strings.Cut(rest, "}")
		form = before + with + after
	}
}

// The command line carries the file with it.
func TestSize(t *testing.T) {
	file, err := os.Stat("services.bin")
	if err != nil {
		t.Fatal(err)
	}
	if file.Size() > 700_000 {
		t.Errorf("services.bin has %d bytes", file.Size())
	}
}

func BenchmarkParseEC2(b *testing.B) {
	text := data.All().Text("ec2")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := catalogue.Parse(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTypesOf(b *testing.B) {
	_, a := action(b, "ec2:RunInstances")
	b.ReportAllocs()
	for b.Loop() {
		if len(a.TypesOf("arn:aws:ec2:eu-west-1:111122223333:instance/i-0abc")) != 1 {
			b.Fatal("there is one type")
		}
	}
}
