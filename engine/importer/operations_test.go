package importer

import (
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
)

// AWS's list has every operation of the table as an action of its service. Two
// of DynamoDB have none of their own. A name of a service that is not one of
// the usual ones is that of no other service.
func TestOperationsAreAWSs(t *testing.T) {
	all, usual := data.All(), true
	for _, row := range usualOperations {
		for name := range strings.FieldsSeq(row.names) {
			_, action, _ := strings.Cut(actionOf(row.service, name, false), ":")
			with := slices.DeleteFunc(all.Prefixes(), func(prefix string) bool { return all.Service(prefix).Action(action) == nil })
			if !slices.Contains(with, row.service) && !strings.HasPrefix(name, "Transact") || !usual && len(with) > 1 {
				t.Errorf("%s has %s, and AWS has it in %v", row.service, name, with)
			}
		}
		usual = usual && row.service != "autoscaling"
	}
	if usual {
		t.Error("no row is the last of the usual services")
	}
}
