package operations

import (
	_ "embed"
	"slices"
	"strings"
	"testing"

	"why403/engine/catalogue/data"
)

// names is the operations that services have, by the prefix of their actions.
//
//go:embed testdata/operations.txt
var names string

func known(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	_, rest, _ := strings.Cut(names, "\n")
	for line := range strings.Lines(rest) {
		prefix, list, _ := strings.Cut(line, ": ")
		out[prefix] = strings.Fields(list)
	}
	return out
}

// hasFold reports whether a name is in a list, in any case.
func hasFold(list []string, name string) bool {
	return slices.ContainsFunc(list, func(other string) bool { return strings.EqualFold(name, other) })
}

// older is operations that AWS has and its SDKs don't: a browser posts a form.
var older = []string{"s3:PostObject"}

// Every row names an operation of its service, and actions that there are.
func TestRows(t *testing.T) {
	have := known(t)
	count := map[string]int{}
	for r := range All {
		full := r.Prefix + ":" + r.Name
		count[r.Prefix]++
		if !strings.HasPrefix(r.Page, "https://docs.aws.amazon.com/") {
			t.Errorf("%s has no page", full)
		}
		if !slices.Contains(have[r.Prefix], r.Name) && !slices.Contains(older, full) {
			t.Errorf("%s is no operation", full)
		}
		for _, action := range r.Actions {
			prefix, name, _ := strings.Cut(strings.TrimSuffix(action, "?"), ":")
			if s := data.All().Service(prefix); s == nil || s.Action(name) == nil || s.Action(name).Name != name {
				t.Errorf("%s: there is no action %s", full, action)
			}
		}
		if len(r.Actions) == 1 && r.Actions[0] == full {
			t.Errorf("%s is authorized by the action of its name: leave it out", full)
		}
	}
	for prefix, n := range map[string]int{"s3": 85, "apigateway": 156, "cognito-idp": 32, "dynamodb": 5, "kms": 1, "lambda": 3, "sts": 6} {
		if count[prefix] < n {
			t.Errorf("%s has %d rows, of %d", prefix, count[prefix], n)
		}
	}
}

// silent is operations of which AWS doesn't say what they are authorized as.
var silent = strings.Fields(`
	apigateway:PutRoutingRule
	cloudfront:ListDistributionsByOwnedResource
	cloudwatch:DescribeAlarmContributors
	glue:BatchGetDataQualityResult
	glue:BatchPutDataQualityStatisticAnnotation
	glue:GetMaterializedViewRefreshTaskRun
	glue:ListDataQualityStatisticAnnotations
	glue:ListDataQualityStatistics
	glue:ListMaterializedViewRefreshTaskRuns
	glue:StartMaterializedViewRefreshTaskRun
	glue:StopMaterializedViewRefreshTaskRun
	iam:UpdateDelegationRequest
	lakeformation:AssumeDecoratedRoleWithSAML
	lakeformation:GetTemporaryDataLocationCredentials
	logs:GetLogObject
	rds:DescribeServerlessV2PlatformVersions
`)

// Every operation is an action too, or has a row.
func TestComplete(t *testing.T) {
	operations, total := 0, 0
	for prefix, list := range known(t) {
		total += len(list)
		for _, name := range list {
			full := prefix + ":" + name
			_, row := Find(prefix, name)
			action := data.All().Service(prefix).Action(name) != nil
			switch {
			case row:
				operations++
			case action == slices.Contains(silent, full):
				t.Errorf("%s: an action: %v, and among the silent ones: %v", full, action, !action)
			}
		}
	}
	t.Logf("%d operations, %d of them with rows, %d of which AWS says nothing", total, operations, len(silent))
}

// An action that no operation is called like is marked so, and no other.
func TestPermissionOnly(t *testing.T) {
	have := known(t)
	for prefix, list := range have {
		for _, a := range data.All().Service(prefix).Actions {
			if a.PermissionOnly && hasFold(list, a.Name) {
				t.Errorf("%s:%s is an operation", prefix, a.Name)
			}
		}
	}
	for r := range All {
		for _, action := range r.Actions {
			prefix, name, _ := strings.Cut(strings.TrimSuffix(action, "?"), ":")
			list, listed := have[prefix]
			if a := data.All().Service(prefix).Action(name); listed && !a.PermissionOnly && !hasFold(list, name) {
				t.Errorf("%s, which %s:%s needs, is no operation and not marked", action, r.Prefix, r.Name)
			}
		}
	}
}

// A name that several services have says nothing about the service.
func TestShared(t *testing.T) {
	var want []string
	for r := range All {
		others := slices.ContainsFunc(data.All().Prefixes(), func(prefix string) bool {
			s := data.All().Service(prefix)
			a := s.Action(r.Name)
			return prefix != r.Prefix && (a != nil && !a.PermissionOnly || s.Operation(r.Name) != nil)
		})
		if others && !slices.Contains(want, r.Name) {
			want = append(want, r.Name)
		}
	}
	slices.Sort(want)
	if have := strings.Fields(shared); !slices.Equal(have, want) {
		t.Errorf("shared is to be\n%s", strings.Join(want, " "))
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ prefix, name, action string }{
		{"s3", "HeadObject", "s3:GetObject"}, {"", "ListObjectsV2", "s3:ListBucket"}, {"", "ReEncrypt", "kms:ReEncryptFrom"},
		{"dynamodb", "ExecuteStatement", ""}, {"sts", "GetCallerIdentity", ""}, {"budgets", "DescribeBudgets", "budgets:ViewBudget"},
	} {
		r, ok := Find(c.prefix, c.name)
		if !ok || r.Action() != c.action {
			t.Errorf("%s:%s is %q, %v", c.prefix, c.name, r.Action(), ok)
		}
	}
	for _, c := range [][2]string{{"s3", "GetBucketPolicy"}, {"", "ExecuteStatement"}, {"", "Invoke"}, {"lambda", "HeadObject"},
		{"", "Nonsense"}} {
		if r, ok := Find(c[0], c[1]); ok {
			t.Errorf("%v is %v", c, r)
		}
	}
}
