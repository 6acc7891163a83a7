package engine_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"why403/engine"
	"why403/engine/explain"
	"why403/engine/scenario"
)

// scenarioFiles is the text of every scenario file of the gallery, by name.
func scenarioFiles(t testing.TB) (names []string, texts map[string]string) {
	t.Helper()
	names, err := filepath.Glob("../scenarios/*/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	texts = map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
	}
	return names, texts
}

// FuzzDecision reads any text as a scenario, decides and explains every request
// of it, and holds each to the laws.
func FuzzDecision(f *testing.F) {
	names, texts := scenarioFiles(f)
	for _, name := range names {
		f.Add(texts[name], uint64(1))
	}
	f.Add("-- request --\nprincipal: anonymous\naction: s3:GetObject\nresource: *\n-- resource.json --\n{\"Statement\": []}\n", uint64(2))
	f.Fuzz(func(t *testing.T, text string, choices uint64) {
		file := scenario.Parse(text)
		if file.Format() != text {
			t.Error("the text does not come back")
		}
		if statements(file) > 40 || len(text) > 16<<10 {
			t.Skip("the laws try too many variants of it")
		}
		checkFile(t, file, choices)
	})
}

func checkFile(t *testing.T, file *scenario.File, choices uint64) {
	var e engine.Decider
	for i := range file.Requests {
		r := file.Requests[i].Check
		d := snapshot(e.Decide(r))
		lines := explain.Explain(&d).Lines()
		if len(lines) == 0 || lines[0] != d.Outcome.String() {
			t.Errorf("the first line of %q is not the outcome, %s", lines, d.Outcome)
		}
		if !same(&d, e.Decide(r)) {
			t.Error("explaining changed the decision")
		}
		checkLaws(t, new(engine.Evaluator), &bytesChooser{bytesOf(choices)}, r.Pieces(), r)
	}
}

// statements is how many statements and grants the largest check of a file has.
func statements(file *scenario.File) (most int) {
	for i := range file.Requests {
		n := len(file.Requests[i].Check.Grants)
		for _, p := range file.Requests[i].Check.Policies {
			n += len(p.Statements)
		}
		most = max(most, n)
	}
	return most
}

// bytesOf makes a number as many choices as the laws want.
func bytesOf(n uint64) (out []byte) {
	for range 200 {
		n = n*6364136223846793005 + 1442695040888963407
		out = append(out, byte(n>>56))
	}
	return out
}

// TestEvaluatorOfEveryScenario decides every scenario with one evaluator, there
// and back, and compares with one of its own for each: no caller is judged with
// what an earlier one left behind.
func TestEvaluatorOfEveryScenario(t *testing.T) {
	names, texts := scenarioFiles(t)
	var used engine.Decider
	for _, order := range []func([]string){func([]string) {}, slices.Reverse[[]string]} {
		order(names)
		for _, name := range names {
			file := scenario.Parse(texts[name])
			for i := range file.Requests {
				r := file.Requests[i].Check
				if fresh := engine.Decide(r); !same(fresh, used.Decide(r)) {
					t.Errorf("%s: the used evaluator decides differently", strings.TrimPrefix(name, "../scenarios/"))
				}
			}
		}
	}
}

// TestVariablesOfEarlierCallers asks for two callers in turn: each has its own
// values of the variables, or none.
func TestVariablesOfEarlierCallers(t *testing.T) {
	const text = `-- request/bob --
principal: arn:aws:iam::111122223333:user/bob
action: s3:GetObject
resource: arn:aws:s3:::home/bob/file
-- request/eve --
principal: arn:aws:iam::111122223333:user/eve
action: s3:GetObject
resource: arn:aws:s3:::home/bob/file
-- request/nobody --
principal: arn:aws:sts::111122223333:assumed-role/app/bob
action: s3:GetObject
resource: arn:aws:s3:::home/bob/file
-- identity/home.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject",
  "Resource": "arn:aws:s3:::home/${aws:username}/*", "Condition": {"StringLike": {"aws:PrincipalArn": "*/${aws:username}"}}}}
`
	file := scenario.Parse(text)
	want := []engine.Outcome{engine.Allowed, engine.ImplicitDeny, engine.ImplicitDeny}
	var e engine.Decider
	for range 3 {
		for i, w := range want {
			if d := e.Decide(file.Requests[i].Check); d.Outcome != w {
				t.Errorf("%s: %v, want %v", file.Requests[i].Name, d.Outcome, w)
			}
		}
	}
}
