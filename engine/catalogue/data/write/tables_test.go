package main

import (
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue"
	"why403/engine/catalogue/data"
	"why403/engine/catalogue/operations"
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

// Every row of the table is in the data.
func TestOperations(t *testing.T) {
	rows := 0
	for row := range operations.All {
		rows++
		o := data.All().Service(row.Prefix).Operation(row.Name)
		if o == nil {
			t.Errorf("%s:%s is not there", row.Prefix, row.Name)
			continue
		}
		have := slices.Clone(o.Always)
		for _, action := range o.Sometimes {
			have = append(have, action+"?")
		}
		if !slices.Equal(have, row.Actions) {
			t.Errorf("%s:%s needs %v, want %v", row.Prefix, row.Name, have, row.Actions)
		}
	}
	total := 0
	for _, prefix := range data.All().Prefixes() {
		total += len(data.All().Service(prefix).Operations)
	}
	if rows != total {
		t.Errorf("the data has %d operations, the table %d", total, rows)
	}
}

func TestMarks(t *testing.T) {
	var without, policies []string
	only := 0
	for _, prefix := range data.All().Prefixes() {
		s := data.All().Service(prefix)
		if s.NoPolicies {
			policies = append(policies, prefix)
		}
		for i := range s.Actions {
			a := &s.Actions[i]
			if a.PermissionOnly {
				only++
			}
			if a.NoResourceAccount && prefix != "ebs" {
				without = append(without, prefix+":"+a.Name)
			}
			if prefix == "ebs" && !a.NoResourceAccount {
				t.Errorf("%s:%s sends aws:ResourceAccount", prefix, a.Name)
			}
		}
	}
	for _, row := range permissionOnly {
		if !known(t, row).PermissionOnly {
			t.Errorf("%s is not marked", row)
		}
	}
	for _, row := range operationsNow {
		if known(t, row).PermissionOnly {
			t.Errorf("%s is marked", row)
		}
	}
	if only < 1300 {
		t.Errorf("%d actions are permission only", only)
	}
	for _, c := range []struct {
		what       string
		have, want []string
	}{
		{"without policies", policies, withoutPolicies},
		{"without aws:ResourceAccount", without,
			slices.DeleteFunc(slices.Clone(withoutResourceAccount), func(row string) bool { return row == "ebs:*" })},
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
	row := func(prefix, name string, actions ...string) operations.Row {
		return operations.Row{Prefix: prefix, Name: name, Actions: actions}
	}
	for _, action := range []string{"s3:GetObjct", "s3:getobject", "sqs:SendMessage"} {
		if addOperation(services, row("s3", "X", action)) == nil {
			t.Errorf("%s is taken", action)
		}
	}
	if addOperation(services, row("sqs", "X")) == nil {
		t.Error("a service that isn't there is taken")
	}
	if addOperation(services, row("s3", "X")) != nil || addOperation(services, row("s3", "x")) == nil {
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
