package main

import (
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue"
	"why403/engine/catalogue/data"
)

func known(t *testing.T, name string) *catalogue.Action {
	t.Helper()
	prefix, name, _ := strings.Cut(name, ":")
	service := data.All().Service(prefix)
	if service == nil || service.Action(name) == nil {
		t.Fatalf("there is no action %s:%s", prefix, name)
	}
	return service.Action(name)
}

// Every row of the tables is in the data.
func TestOperations(t *testing.T) {
	rows := 0
	for _, table := range operations {
		if !strings.HasPrefix(table.page, "https://docs.aws.amazon.com/") {
			t.Errorf("%s has no page", table.prefix)
		}
		for line := range strings.Lines(table.rows) {
			row := strings.Fields(line)
			if len(row) == 0 {
				continue
			}
			rows++
			o := data.All().Service(table.prefix).Operation(row[0])
			if o == nil {
				t.Errorf("%s:%s is not there", table.prefix, row[0])
				continue
			}
			var have []string
			for _, action := range o.Always {
				have = append(have, strings.TrimPrefix(action, table.prefix+":"))
			}
			for _, action := range o.Sometimes {
				have = append(have, strings.TrimPrefix(action, table.prefix+":")+"?")
			}
			if want := row[1:]; !slices.Equal(have, want) && !slices.Equal(want, []string{"-"}) {
				t.Errorf("%s:%s needs %v, want %v", table.prefix, row[0], have, want)
			}
		}
	}
	for _, table := range operationsOf {
		prefix, _, _ := strings.Cut(table.action, ":")
		for _, name := range fields(table.operations) {
			rows++
			if o := data.All().Service(prefix).Operation(name); o == nil || len(o.Always) != 1 || o.Always[0] != table.action || len(o.Sometimes) != 0 {
				t.Errorf("%s:%s is %+v", prefix, name, o)
			}
		}
	}
	total := 0
	for _, prefix := range data.All().Prefixes() {
		total += len(data.All().Service(prefix).Operations)
	}
	if rows != total {
		t.Errorf("the data has %d operations, the tables %d", total, rows)
	}
}

func TestMarks(t *testing.T) {
	var only, without, policies []string
	for _, prefix := range data.All().Prefixes() {
		s := data.All().Service(prefix)
		if s.NoPolicies {
			policies = append(policies, prefix)
		}
		for i := range s.Actions {
			a := &s.Actions[i]
			if a.PermissionOnly {
				only = append(only, prefix+":"+a.Name)
				if o := s.Operation(a.Name); o != nil {
					t.Errorf("%s:%s has an operation of its name", prefix, a.Name)
				}
			}
			if a.NoResourceAccount && prefix != "ebs" {
				without = append(without, prefix+":"+a.Name)
			}
			if prefix == "ebs" && !a.NoResourceAccount {
				t.Errorf("%s:%s sends aws:ResourceAccount", prefix, a.Name)
			}
		}
	}
	for _, c := range []struct {
		what       string
		have, want []string
	}{
		{"permission only", only, permissionOnly}, {"without policies", policies, withoutPolicies},
		{"without aws:ResourceAccount", without, slices.DeleteFunc(slices.Clone(withoutResourceAccount), func(row string) bool { return row == "ebs:*" })},
	} {
		slices.Sort(c.want)
		slices.Sort(c.have)
		if !slices.Equal(c.have, c.want) {
			t.Errorf("%s: the data has %v, the table %v", c.what, c.have, c.want)
		}
	}
}

// A service that lets one put a resource policy isn't one without.
func TestWithoutPolicies(t *testing.T) {
	for _, prefix := range withoutPolicies {
		for _, a := range data.All().Service(prefix).Actions {
			if strings.HasPrefix(a.Name, "Put") && strings.HasSuffix(a.Name, "ResourcePolicy") || a.Name == "AddPermission" {
				t.Errorf("%s has %s", prefix, a.Name)
			}
		}
	}
}

// A row about what isn't there is an error.
func TestWrongRows(t *testing.T) {
	services := map[string]*catalogue.Service{"s3": {Prefix: "s3", Actions: []catalogue.Action{{Name: "GetObject", Level: catalogue.Read}}}}
	for _, row := range [][]string{{"X"}, {"X", "GetObjct"}, {"X", "getobject"}, {"X", "sqs:SendMessage"}} {
		if addOperation(services, "s3", row) == nil {
			t.Errorf("%v is taken", row)
		}
	}
	if addOperation(services, "sqs", []string{"X", "-"}) == nil {
		t.Error("a service that isn't there is taken")
	}
	if addOperation(services, "s3", []string{"X", "-"}) != nil || addOperation(services, "s3", []string{"x", "-"}) == nil {
		t.Error("an operation is taken twice, or not once")
	}
	for _, row := range []string{"s3:GetObjct", "sqs:SendMessage", "s3:getobject"} {
		if mark(services, row, func(*catalogue.Action) {}) == nil {
			t.Errorf("%s is taken", row)
		}
	}
	if known(t, "iam:PassRole").PermissionOnly == false {
		t.Error("iam:PassRole is an operation")
	}
}
