package importer

import (
	"strings"

	"why403/engine/policy"
	"why403/engine/template"
)

// statementNames are what the CDK calls the elements of a statement, without
// underscores.
//
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.PolicyStatementProps.html
const statementNames = "effect=Effect sid=Sid actions=Action resources=Resource conditions=Condition notActions=NotAction " +
	"notResources=NotResource notactions=NotAction notresources=NotResource"

const statementOf = "PolicyStatement("

// cdkPolicies puts policies in the place of the CDK's statements, where these have no
// names in them that a program gives values. Nothing tells what else their policies
// have.
func cdkPolicies(text string) string {
	var b strings.Builder
	for tried := 0; tried < maxTried; tried++ {
		before, after, ok := strings.Cut(text, statementOf)
		if !ok {
			break
		}
		n := argumentsLength(after)
		statement := cdkStatement(after[:n])
		if statement == "" {
			n, statement = 0, statementOf
		} else {
			n, statement = n+1, ownLine(`{"Statement": [`+statement+`, "`+template.Gap+`"]}`)
		}
		before = strings.TrimSuffix(strings.TrimSuffix(before, "iam."), "new ")
		b.WriteString(before + statement)
		text = after[n:]
	}
	return b.String() + text
}

// argumentsLength is how long the arguments of a call are, up to the parenthesis that
// closes them; 0 where none does.
func argumentsLength(text string) int {
	depth := 1
	for i := 0; i < len(text) && i < maxStatement; i++ {
		switch text[i] {
		case '"', '\'':
			i += quotedLength(text[i:]) - 1
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return 0
}

// maxStatement is how long a statement of the CDK is that is read, in bytes.
const maxStatement = 16 << 10

var cdkEffects = strings.NewReplacer("iam.Effect.ALLOW", "'Allow'", "iam.Effect.DENY", "'Deny'", "Effect.ALLOW", "'Allow'",
	"Effect.DENY", "'Deny'")

// cdkStatement is the arguments of a statement as JSON, or "".
func cdkStatement(arguments string) string {
	inside := cdkEffects.Replace(strings.TrimSpace(arguments))
	if !strings.HasPrefix(inside, "{") { // Python
		inside = "{" + keywords(inside) + "}"
	}
	root, problems := policy.ParseJSON("", strict(uncommented(inside)))
	if fatal(problems) || len(root.Items) == 0 {
		return ""
	}
	out := policy.Node{Kind: policy.Object, Names: []policy.Text{{Value: "Effect"}}, Items: []policy.Node{{Kind: policy.String,
		Value: "Allow"}}}
	for i, name := range root.Names {
		element := lookup(statementNames, strings.ReplaceAll(name.Value, "_", ""))
		switch {
		case element == "" || strings.Contains(root.Items[i].JSON(), "null"):
			return ""
		case element == "Effect":
			out.Items[0] = root.Items[i]
		default:
			out.Names, out.Items = append(out.Names, policy.Text{Value: element}), append(out.Items, root.Items[i])
		}
	}
	return out.JSON()
}

// keywords makes members of the arguments that Python names.
func keywords(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		n := 1
		switch text[i] {
		case '"', '\'':
			n = quotedLength(text[i:])
			b.WriteString(text[i : i+n])
		case '=':
			b.WriteByte(':')
		default:
			b.WriteByte(text[i])
		}
		i += n
	}
	return b.String()
}
