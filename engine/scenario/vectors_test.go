package scenario_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/scenario"
)

// vector is one row of testdata/vectors.jsonl: facts, and what AWS answers.
type vector struct {
	ID, Title, Expected, DenialPolicyType string
	Scenario                              struct {
		Principal, PrincipalRoleArn, FederatedBy, Action, Resource, ResourceAccount string
		ServiceLinkedRole, AWSManagedKey                                            bool
		PrincipalIsManagementAccount, ResourceIsManagementAccount                   bool
		VPCEndpointType, ObjectOwnership                                            string
		Context                                                                     map[string]any
		BlockPublicAccess                                                           map[string]bool
		IdentityPolicies                                                            []struct{ Document json.RawMessage }
		PermissionsBoundary, SessionPolicies                                        []json.RawMessage
		ResourcePolicy, VPCEndpointPolicy                                           json.RawMessage
		ServiceControlPolicies, ResourceControlPolicies                             []struct{ Policies []json.RawMessage }
		ACL                                                                         map[string][]struct{ Grantee, Permission string }
		Grants                                                                      []map[string]any
	}
}

// text writes the vector as a scenario file.
func (v *vector) text() string {
	var b strings.Builder
	s := &v.Scenario
	b.WriteString(v.Title + "\n\n-- request --\n")
	v.request(&b)
	for i, p := range s.IdentityPolicies {
		section(&b, fmt.Sprintf("identity/p%d.json", i+1), p.Document)
	}
	for _, p := range s.PermissionsBoundary {
		section(&b, "boundary.json", p)
	}
	for i, p := range s.SessionPolicies {
		section(&b, fmt.Sprintf("session/p%d.json", i+1), p)
	}
	section(&b, "resource.json", s.ResourcePolicy)
	section(&b, "endpoint.json", s.VPCEndpointPolicy)
	levels(&b, "scp", s.ServiceControlPolicies)
	levels(&b, "rcp", s.ResourceControlPolicies)
	v.grants(&b)
	for name, file := range map[string]string{"bucket": "acl.json", "object": "object-acl.json"} {
		if grants := s.ACL[name]; len(grants) > 0 {
			v.acl(&b, file, grants)
		}
	}
	return b.String()
}

func (v *vector) acl(b *strings.Builder, file string, grants []struct{ Grantee, Permission string }) {
	type grantee struct{ ID, URI string }
	type grant struct {
		Grantee    grantee
		Permission string
	}
	var list []grant
	for _, g := range grants {
		if strings.HasSuffix(g.Grantee, "Users") {
			list = append(list, grant{grantee{URI: "http://acs.amazonaws.com/groups/global/" + g.Grantee}, g.Permission})
		} else {
			list = append(list, grant{grantee{ID: g.Grantee}, g.Permission})
		}
	}
	text, _ := json.Marshal(map[string]any{"Grants": list})
	section(b, file, text)
}

func (v *vector) request(b *strings.Builder) {
	s := &v.Scenario
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(b, "%s: %s\n", key, value)
		}
	}
	line("principal", s.Principal)
	line("role", v.role())
	line("federated-by", s.FederatedBy)
	line("action", s.Action)
	line("resource", s.Resource)
	line("resource-account", s.ResourceAccount)
	if s.PrincipalIsManagementAccount {
		line("management-account", strings.Split(s.Principal, ":")[4])
	} else if s.ResourceIsManagementAccount {
		line("management-account", s.ResourceAccount)
	}
	line("endpoint-type", strings.ToLower(s.VPCEndpointType))
	line("object-ownership", s.ObjectOwnership)
	if s.AWSManagedKey {
		line("key-manager", "aws")
	}
	var blocks []string
	for name, on := range s.BlockPublicAccess {
		if on {
			blocks = append(blocks, name)
		}
	}
	line("block-public-access", strings.Join(blocks, " "))
	for _, key := range sorted(s.Context) {
		for _, value := range list(s.Context[key]) {
			fmt.Fprintf(b, "%s: %v\n", key, value)
		}
	}
}

func (v *vector) role() string {
	if v.Scenario.ServiceLinkedRole && v.Scenario.PrincipalRoleArn == "" {
		parts := strings.Split(v.Scenario.Principal, "/")
		return "arn:aws:iam::" + strings.Split(v.Scenario.Principal, ":")[4] + ":role/aws-service-role/x.amazonaws.com/" + parts[1]
	}
	return v.Scenario.PrincipalRoleArn
}

func sorted(m map[string]any) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func list(v any) []any {
	if values, ok := v.([]any); ok {
		return values
	}
	return []any{v}
}

func section(b *strings.Builder, name string, text []byte) {
	if len(text) > 0 && string(text) != "null" {
		fmt.Fprintf(b, "-- %s --\n%s\n", name, text)
	}
}

func levels(b *strings.Builder, kind string, levels []struct{ Policies []json.RawMessage }) {
	for i, l := range levels {
		for j, p := range l.Policies {
			section(b, fmt.Sprintf("%s/%d-level/p%d.json", kind, i+1, j+1), p)
		}
	}
}

// grants writes grants with the names that aws kms list-grants uses.
func (v *vector) grants(b *strings.Builder) {
	if len(v.Scenario.Grants) == 0 {
		return
	}
	for _, g := range v.Scenario.Grants {
		for name, value := range g {
			delete(g, name)
			g[strings.ToUpper(name[:1])+name[1:]] = value
		}
	}
	text, _ := json.Marshal(v.Scenario.Grants)
	section(b, "grants.json", text)
}

func readVectors(t *testing.T) []vector {
	t.Helper()
	file, err := os.Open("testdata/vectors.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out []vector
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v vector
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%v in %s", err, lines.Text())
		}
		out = append(out, v)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestVectors(t *testing.T) {
	outcomes := map[string]string{"Allow": "allow", "ImplicitDeny": "implicit deny", "ExplicitDeny": "explicit deny"}
	vectors := readVectors(t)
	if len(vectors) < 309 {
		t.Fatalf("only %d vectors", len(vectors))
	}
	for _, v := range vectors {
		t.Run(v.ID, func(t *testing.T) {
			text := v.text()
			f := scenario.Parse(text)
			if f.Errors() {
				t.Fatalf("%s\nproblems: %+v\n%s", v.Title, f.Problems, text)
			}
			d := engine.Decide(f.Requests[0].Check)
			got := d.Outcome.String()
			want := outcomes[v.Expected]
			if d.Outcome != engine.Allowed {
				got += " by " + explain.TypeName(d.DeniedBy)
				want += " by " + strings.Replace(v.DenialPolicyType, "vpce", "endpoint", 1)
			}
			if got != want {
				answer := explain.Explain(d)
				t.Errorf("%s\ngot  %s\nwant %s\n%s\n%s", v.Title, got, want, strings.Join(answer.Lines(), "\n"), text)
			}
		})
	}
}
