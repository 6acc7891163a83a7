// Package awscli is the command lines that read what decides about a request in
// AWS: the import suggests them, and the diagnosis asks for them.
package awscli

import (
	"slices"
	"strings"

	"why403/engine/scenario"
)

// A Command is a command line that only reads. In Line, words in capitals stand
// for what [Fill] puts there.
type Command struct {
	ID      string
	Service string // of the resource that it reads, and a piece of its ARN; "" where it is about none
	Piece   string
	Text    string
	Thing   string // what the owners of another account are asked for, where Text says it at length; else ""
	Line    string
	None    string         // what AWS prints where there is no such thing
	Always  bool           // there is one wherever there is such a resource
	Policy  bool           // it is the policy of that resource
	Reach   scenario.Reach // who may run it where the resource is not in the caller's account
	Owner   bool           // the account of the resource has it, and not the caller's
	Region  bool           // the service is Regional: --region is added
	Doc     string
}

const cli = "https://docs.aws.amazon.com/cli/latest/reference/"

// About reports whether a command reads a resource.
func (c *Command) About(arn string) bool {
	parts := strings.SplitN(arn, ":", 4)
	return len(parts) == 4 && parts[2] == c.Service && strings.Contains(arn, c.Piece)
}

// Asks reports whether a command needs an action.
func (c *Command) Asks(action string) bool {
	words := strings.Fields(c.Line)
	for i := 0; i+2 < len(words); i++ {
		if strings.HasSuffix(words[i], "aws") && !strings.HasPrefix(words[i+1], "-") {
			service := strings.TrimSuffix(strings.TrimSuffix(words[i+1], "api"), "-toolbox")
			if strings.EqualFold(action, service+":"+strings.ReplaceAll(words[i+2], "-", "")) {
				return true
			}
		}
	}
	return false
}

// Suggested reports whether an action is that of one of the commands.
func Suggested(action string) bool {
	asks := func(c Command) bool { return c.Asks(action) }
	return slices.ContainsFunc(Resources, asks) || slices.ContainsFunc(others, asks)
}

// Of is the command of an ID, or nil.
func Of(id string) *Command {
	for _, list := range [...][]Command{Resources, others} {
		for i := range list {
			if list[i].ID == id {
				return &list[i]
			}
		}
	}
	return nil
}

// Fill puts words into a command line. Each word is filled in one go, so that
// nothing is looked for in what somebody else wrote; one that stays as it is has
// no value.
func Fill(line string, value func(word string) (string, bool)) string {
	words := strings.Split(line, " ")
	for i, word := range words {
		words[i] = fillWord(word, value)
	}
	return strings.Join(words, " ")
}

// OfARN is what a word of a command line stands for that the ARN of the resource
// tells alone; "" for other words, and where the ARN does not have it.
func OfARN(word, arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	id := parts[len(parts)-1]
	switch word {
	case "ARN":
		return arn
	case "TABLE":
		table, _, _ := strings.Cut(arn, "/index/")
		return table
	case "VAULT":
		return id[strings.LastIndexByte(id, ':')+1:]
	case "PATH":
		_, path, _ := strings.Cut(id, "/")
		return path
	case "NAME":
		return id[strings.LastIndexAny(id, "/:")+1:]
	case "BUCKET":
		bucket, _, _ := strings.Cut(id, "/")
		return ofS3(parts, bucket)
	case "OBJECT":
		_, key, _ := strings.Cut(id, "/")
		return ofS3(parts, key)
	case "QUEUE":
		return queueURL(parts)
	}
	return ""
}

func ofS3(arn []string, name string) string {
	if len(arn) == 6 && arn[2] == "s3" {
		return name
	}
	return ""
}

// queueURL is the address of a queue, which commands name it by.
//
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
func queueURL(arn []string) string {
	if len(arn) < 6 || arn[3] == "" || arn[4] == "" {
		return ""
	}
	domain := ".amazonaws.com/"
	if arn[1] == "aws-cn" {
		domain = ".amazonaws.com.cn/"
	}
	return "https://sqs." + arn[3] + domain + arn[4] + "/" + arn[5]
}

func fillWord(word string, value func(string) (string, bool)) string {
	for from := 0; from < len(word); from++ {
		end := from
		for end < len(word) && capital(word[end]) {
			end++
		}
		if end == from {
			continue
		}
		if text, ok := value(word[from:end]); ok && whole(word, from, end) {
			return word[:from] + text + word[end:]
		}
		from = end
	}
	return word
}

func capital(c byte) bool { return c >= 'A' && c <= 'Z' || c == '_' }

// whole reports whether no letter goes on with a word in capitals.
func whole(word string, from, end int) bool {
	return (from == 0 || !letter(word[from-1])) && (end == len(word) || !letter(word[end]))
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' }
