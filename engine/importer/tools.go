package importer

import (
	"strings"

	"why403/engine/catalogue/operations"
)

// toolOperation finds an operation in the words of a tool: "error creating
// Lambda Function". For S3, a 403 without any text is the answer to a HEAD.
func (p *paste) toolOperation(text, lower string, a *around) string {
	if strings.Contains(lower, "rror reading s3 bucket (") && strings.Contains(lower, "forbidden") {
		return "HeadBucket"
	}
	if operation := toolWords(text, lower, a); operation != "" {
		return operation
	}
	if operation := storeOperation(lower); operation != "" {
		a.service = "s3"
		return operation
	}
	if a.service == "s3" && (strings.Contains(lower, "forbidden: null") || strings.Contains(lower, "statuscode(403)") &&
		strings.Contains(lower, "message: none")) ||
		a.service == "s3" && strings.Contains(lower, "getfilestatus on") {
		p.unknown("Whether this was HeadObject or HeadBucket: the answer to a HEAD has no text, and this is read as HeadObject")
		return "HeadObject"
	}
	return ""
}

// storeWords are what tools that keep files in S3 write of an operation.
var storeWords = []struct{ pieces, operation string }{
	{`error: write " & blob (key "`, "PutObject"}, {`blob (key " & code=unknown`, "GetObject"},
	{"loading state: accessdenied", "GetObject"}, {"refreshing state: accessdenied", "GetObject"},
	{"loading the remote state: accessdenied", "GetObject"}, {"failed to upload state", "PutObject"},
	{`states in the "s3" backend`, "ListObjectsV2"}, {"get file: access denied", "GetObject"}, {"stat s3 object", "HeadObject"},
	{"list-type=2 & amazons3", "ListObjectsV2"}, {"dfs -get s3", "GetObject"}, {"dfs -put & s3", "PutObject"}, {"dfs -ls s3", "ListObjectsV2"},
}

func storeOperation(lower string) string {
	for _, row := range storeWords {
		if containsAll(lower, row.pieces) {
			return row.operation
		}
	}
	return ""
}

// toolVerbs are what tools write of an operation, and its first word.
const toolVerbs = "creating=Create deleting=Delete updating=Update getting=Get reading=Get putting=Put listing=List describing=Describe " +
	"adding=Add attaching=Attach setting=Set modifying=Modify starting=Start requesting=Request registering=Register"

// toolWords finds an operation in what tools write of it: "error creating Lambda
// Function", "reading EC2 Instance Type (t3.micro)". EC2 describes several.
func toolWords(text, lower string, a *around) string {
	for at, verbs := 0, 0; ; {
		i := strings.Index(lower[at:], "ing ")
		if i < 0 || len(lower) != len(text) || verbs == maxVerbs {
			return ""
		}
		at += i + len("ing ")
		verb := lookup(toolVerbs, lower[strings.LastIndexAny(lower[:at-1], " \n:│(")+1:at-1])
		if verb == "" {
			continue
		}
		verbs++
		words := thingWords(text[at:])
		for skip := range min(len(words), 2) {
			thing := strings.Join(words[skip:], "")
			for _, name := range []string{verb + thing, "Describe" + thing + "s", verb + thing + "s"} {
				service := serviceOfOperation(name)
				if named := serviceNamed(strings.ToLower(words[0])); service == "" || noOperation(service, name) || skip == 1 && service != named {
					continue
				}
				if verb == "Create" || service == a.service || skip == 1 || a.service == "" && verb != "Get" {
					a.service = service
					return name
				}
			}
		}
	}
}

// noOperation reports whether S3 has no operation of a name that speaks of
// objects: somebody's words are none.
func noOperation(service, name string) bool {
	_, ok := operations.Find("s3", name)
	return service == "s3" && strings.Contains(name, "Object") && !ok && lookup(versioned, name) == "" && lookup(otherNames, "s3:"+name) == ""
}

// maxVerbs is how many verbs of tools are looked at, and names of services.
const maxVerbs = 20

// thingWords is the words at the beginning of a text up to a bracket or a colon,
// each with a capital.
func thingWords(text string) (words []string) {
	for word := range strings.FieldsSeq(text[:min(len(text), 64)]) {
		end := strings.TrimRight(word, ":,")
		if end == "" || strings.Trim(end, lowerLetters+upperLetters+digit) != "" || len(words) == 4 || isErrorCode(end) {
			break
		}
		words = append(words, strings.ToUpper(end[:1])+end[1:])
		if end != word {
			break
		}
	}
	return words
}

// isErrorCode reports whether a word is what AWS calls an error.
func isErrorCode(word string) bool {
	return hasAny(word, []string{"Exception", "Denied", "Unauthorized", "Error"})
}
