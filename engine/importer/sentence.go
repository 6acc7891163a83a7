package importer

import (
	"strings"

	"why403/engine"
)

// authorized is what nearly all of AWS's sentences have in them, without the
// letter that is sometimes a capital.
const authorized = "ot authorized to perform"

// The bounds of a sentence, in bytes: how far before "not authorized" who asks
// is looked for, and how far behind it is read.
const (
	maxSubject  = 2304
	maxSentence = 4096
)

// sentence is one "User: … is not authorized to perform: …".
type sentence struct {
	subject    string // as the text has it, "" where it names nobody
	verb       bool   // "is" or "are" stands before "not authorized"
	account    string // of "User with accountId: …"
	action     string
	resource   string
	named      bool   // the sentence has words for the resource
	ciphertext bool   // the resource is the key behind a ciphertext
	reason     string // from "because" or "with" on
	text       string
}

// sentences finds the different sentences of a clean text. Of two that differ
// only in what one leaves out, the fuller one stays.
func sentences(text string) (found []sentence) {
	places := map[string]int{}
	for at := 0; len(found) < MaxChoices; {
		i := strings.Index(text[at:], authorized)
		if i < 0 {
			break
		}
		s, end := readSentence(text, at, at+i)
		at = end
		if s.action == "" {
			continue
		}
		key := s.subject + " " + strings.ToLower(s.action) + " " + s.resource
		if seen, ok := places[key]; !ok {
			places[key] = len(found)
			found = append(found, s)
		} else if found[seen].reason == "" {
			found[seen] = s
		}
	}
	return found
}

// readSentence reads the sentence whose "not authorized to perform" is at a
// place. It begins after from, and gives where it ends.
func readSentence(text string, from, at int) (s sentence, end int) {
	begin := max(from, at-maxSubject)
	start := s.readSubject(text[begin:max(at-1, begin)])
	near := text[at : at+runeEnd(text[at:], maxSentence)]
	rest := strings.TrimLeft(near[len(authorized):], ": ")
	action, rest := value(rest)
	if s.action = actionNamed(action); s.action == "" && !isName(action) {
		return sentence{}, at + len(authorized)
	}
	if rest = strings.TrimPrefix(rest, "'"); !strings.HasPrefix(rest, ".") {
		rest = s.readResource(strings.TrimLeft(rest, ` ,"`))
		rest = s.readReason(rest)
	}
	if service := firstOf(arnPart(s.resource, 2), serviceOfOperation(action)); s.action == "" && service != "" {
		s.action = service + ":" + action // the resource says which service
	} else if s.action == "" {
		return sentence{}, at + len(authorized)
	}
	end = at + len(near) - len(rest)
	s.text = strings.TrimRight(text[begin+start:end], " `'.,;")
	if !strings.Contains(s.reason, "(") {
		s.text = strings.TrimRight(s.text, " `'.,;)")
	}
	if !strings.HasSuffix(s.text, s.resource+`"`) || s.resource == "" {
		s.text = strings.TrimRight(s.text, `"`)
	}
	return s, end
}

// bareActions are names that AWS writes without the prefix of the service.
const bareActions = "AssumeRole=sts:AssumeRole AssumeRoleWithWebIdentity=sts:AssumeRoleWithWebIdentity " +
	"AssumeRoleWithSAML=sts:AssumeRoleWithSAML PassRole=iam:PassRole"

// noAction is what some services print in the place of the action.
const noAction = "null"

// actionNamed is an action as a text names it, or "".
func actionNamed(text string) string {
	if isAction(text) || text == noAction {
		return text
	}
	return lookup(bareActions, text)
}

// readSubject reads who asks from what stands before "not authorized", and
// gives where the sentence begins in it.
func (s *sentence) readSubject(before string) (start int) {
	words := strings.TrimRight(before, " ")
	if words == before {
		return len(before)
	}
	for _, verb := range []string{" is", " are"} {
		if without, ok := strings.CutSuffix(words, verb); ok {
			words, s.verb = without, true
		}
	}
	if !s.verb {
		words = strings.TrimSuffix(words, "is") // a space was lost
	}
	for _, mark := range []string{"User with accountId: ", "User: ", "Resource: ", "User "} {
		at := strings.LastIndex(words, mark)
		if at < 0 {
			continue
		}
		name, rest := value(words[at+len(mark):])
		if more := strings.TrimPrefix(rest, " "); strings.HasSuffix(name, "/") && !strings.Contains(more, " ") {
			name, rest = name+more, "" // a space came in before the name of the session
		}
		if strings.Trim(rest, "`'\" ") != "" || name == "" {
			continue
		}
		if mark == "User with accountId: " {
			s.account = name
		} else {
			s.subject = name
		}
		return at
	}
	at := strings.LastIndexByte(words, ' ') + 1
	word := strings.Trim(words[at:], "\"'`(")
	if strings.HasPrefix(word, "arn:aws") || lookup(serviceNames, word) != "" {
		s.subject = word
		return at + strings.Index(words[at:], word)
	}
	return len(before)
}

// serviceNames are the services that a text names as the one that was refused.
const serviceNames = "CodeBuild=codebuild CodePipeline=codepipeline CodeDeploy=codedeploy Lambda=lambda CloudFormation=cloudformation " +
	"EventBridge=events Firehose=firehose Config=config CloudTrail=cloudtrail S3=s3 SNS=sns ECS=ecs-tasks"

// resourceWords are the words before a resource. What is longer stands first.
var resourceWords = []string{"on the resource associated with this ciphertext", "on resource(s): ", "on resources: ", "on resource: ",
	"on the resource: ",
	"on this resource: ", "on this resource", "on the resource", "on resource ", "on service role ", "on role ", "on topic: ", "on topic ",
	"on queue ", "on table ", "on function: ", "on key ", "on secret "}

// readResource reads what the request is for, and gives what follows.
func (s *sentence) readResource(rest string) string {
	for _, words := range resourceWords {
		after, ok := strings.CutPrefix(rest, words)
		if !ok {
			if after, ok = strings.CutPrefix(rest, "O"+words[1:]); !ok {
				continue
			}
		}
		s.named = true
		s.ciphertext = strings.HasSuffix(words, "ciphertext")
		if !strings.HasSuffix(words, " ") {
			return after
		}
		kind := ""
		for _, k := range []string{"role", "user", "group", "policy", "instance profile", "server certificate"} {
			if name, ok := strings.CutPrefix(after, k+" "); ok && !strings.HasPrefix(name, "because ") && !strings.HasPrefix(name, "with ") {
				kind, after = strings.ReplaceAll(k, " ", "-")+"/", name
			}
		}
		quoted := after != "" && strings.IndexByte("\"'`", after[0]) >= 0
		if inside, ok := quotedARN(after); ok {
			s.resource = inside
			return after[len(inside)+2:]
		}
		s.resource, after = value(after)
		if !quoted {
			s.resource, after = spaced(s.resource, after)
			s.resource, after = broken(s.resource, after)
		}
		if !strings.HasPrefix(s.resource, "arn:") && s.resource != "" && !strings.HasPrefix(s.resource, kind) {
			s.resource = kind + s.resource
		}
		return after
	}
	return rest
}

// quotedARN gives what stands between double quotes before AWS's reason: a key of
// S3 may have quotes in it.
func quotedARN(text string) (arn string, ok bool) {
	if !strings.HasPrefix(text, `"arn:`) {
		return "", false
	}
	near := text[1:runeEnd(text, maxName)]
	end := len(near)
	for _, reason := range []string{`" because `, `" with an explicit deny`} {
		if i := strings.Index(near, reason); i >= 0 {
			end = min(end, i)
		}
	}
	if arn = near[:end]; end == len(near) || strings.Count(arn, "arn:") > 1 || strings.Contains(arn, "ot auth") {
		return "", false
	}
	return arn, true
}

// spaced takes the words to a resource that stand between it and AWS's reason:
// names of objects in S3 and of jobs in Glue can have spaces.
func spaced(resource, rest string) (whole, after string) {
	if arnPart(resource, 5) == "" || !strings.HasPrefix(rest, " ") {
		return resource, rest
	}
	near := rest[:min(len(rest), 300)]
	for _, next := range []string{" because ", " with an explicit deny"} {
		between, _, ok := strings.Cut(near, next)
		if ok && between != "" && !strings.ContainsAny(between, "\"'`:;()<>") && !strings.Contains(between, ". ") && !strings.Contains(between,
			"not auth") {
			return resource + between, rest[len(between):]
		}
	}
	return resource, rest
}

// broken takes the word behind a resource whose ARN has no name yet, so that
// the break is seen: delivery streams/app.
func broken(resource, rest string) (whole, after string) {
	kind := arnPart(resource, 5)
	word, _, _ := strings.Cut(strings.TrimPrefix(rest, " "), " ")
	if kind == "" || arnPart(resource, 2) == "s3" || strings.Trim(kind, lowerLetters+"-") != "" || strings.IndexByte(word, '/') <= 0 ||
		strings.Trim(word, lowerLetters+upperLetters+digit+"/_-.") != "" {
		return resource, rest
	}
	return resource + " " + word, rest[1+len(word):]
}

// readReason reads why AWS says no, and gives what follows.
func (s *sentence) readReason(rest string) string {
	text := strings.TrimLeft(rest, ` ,"'`+"`")
	end := 0
	switch {
	case strings.HasPrefix(text, "with an explicit deny"):
		end = denyEnd(text)
	case strings.HasPrefix(text, "because no ") && strings.Contains(text[:min(len(text), 250)], " action"):
		end = strings.Index(text, " action") + len(" action")
	case strings.HasPrefix(text, "because "):
		end = sentenceEnd(text)
	default:
		return rest
	}
	s.reason = strings.Trim(strings.ReplaceAll(text[:end], "`", ""), ` "'.,;`)
	if !strings.Contains(s.reason, "(") {
		s.reason = strings.TrimRight(s.reason, ")")
	}
	return text[end:]
}

// denyEnd finds where "with an explicit deny in a … policy: ARN" ends.
func denyEnd(text string) int {
	near := text[:sentenceEnd(text)]
	if i := strings.Index(near, "arn:"); i >= 0 {
		arn, _ := value(near[i:])
		return i + len(arn)
	}
	lower, end := strings.ToLower(near), len("with an explicit deny")
	for _, t := range policyTypes {
		if i := strings.LastIndex(lower, t.phrase); i >= 0 && i < 200 {
			end = max(end, i+len(t.phrase))
		}
	}
	for end < len(near) && strings.IndexByte(lowerLetters, near[end]) >= 0 {
		end++
	}
	return end
}

// sentenceEnd finds the end of a sentence: what SDKs and tools write behind it.
func sentenceEnd(text string) int {
	text = text[:runeEnd(text, maxName)]
	for _, stop := range []string{". ", " (Service:", " Encoded authorization", " status code:", `"`, "<", " User: ", " at ", "}", "'",
		" Error:"} {
		if i := strings.Index(text, stop); i >= 0 {
			text = text[:i]
		}
	}
	return len(text)
}

// wholeness says how well the sentences of a text fit together, in hundredths of
// a point for each: where lines were joined in the wrong way, there are fewer.
func wholeness(found []sentence) (points int) {
	for i := range found {
		s := &found[i]
		if _, err := engine.ParsePrincipal(s.subject); err == nil {
			points += 200
		}
		if arnPart(s.resource, 5) != "" && (arnPart(s.resource, 2) == "s3" || !strings.Contains(s.resource, " ")) {
			points += 200
		}
		for _, sign := range []bool{
			s.verb, s.reason != "", strings.Contains(s.reason, s.action) || strings.Contains(s.reason, "the action"),
			s.named && (s.resource == "*" || strings.Contains(s.resource, "/") || s.ciphertext),
		} {
			if sign {
				points += 100
			}
		}
	}
	return points / max(len(found), 1)
}

// facts reads what a sentence says.
func (s *sentence) facts() *facts {
	f := &facts{principal: s.subject, account: s.account, action: s.action, resource: s.resource, said: s.text}
	if s.subject == "" && strings.HasPrefix(strings.ToLower(s.action), "sts:assumerolewith") {
		f.principal = "anonymous"
	}
	f.bySource()
	f.judge(s.reason)
	f.foreign = s.ciphertext && strings.Contains(s.reason, "does not exist in this Region") ||
		f.blamed != nil && strings.HasPrefix(f.blamed.phrase, "resource-based") && f.outcome == "implicit deny"
	return f
}

// bySource makes a service the caller where the one who was refused is a
// resource of it, or its name: an alarm that may not publish.
func (f *facts) bySource() {
	if service := lookup(serviceNames, f.principal); service != "" {
		f.principal = service + ".amazonaws.com"
		return
	}
	service := arnPart(f.principal, 2)
	if service == "" || service == "iam" || service == "sts" {
		return
	}
	f.add("aws:SourceArn", f.principal)
	f.add("aws:SourceAccount", arnPart(f.principal, 4))
	f.principal = service + ".amazonaws.com"
}

// judge reads which policy type AWS names, and the outcome.
func (f *facts) judge(reason string) {
	lower := strings.ToLower(reason)
	switch {
	case strings.HasPrefix(lower, "with an explicit deny"), strings.Contains(lower, "explicitly denies the "):
		f.outcome = "explicit deny"
		if i := strings.Index(reason, "arn:"); i >= 0 {
			f.policyARN, _ = value(reason[i:])
		}
	case strings.Contains(lower, "no ") && strings.Contains(lower, " allows the "):
		f.outcome = "implicit deny"
	}
	if setting := publicSetting(reason); setting != "" {
		f.context = append(f.context, pair{"block-public-access", setting})
		return
	}
	first := len(lower)
	for i := range policyTypes {
		if at := strings.Index(lower, policyTypes[i].phrase); at >= 0 && at < first {
			first, f.blamed = at, &policyTypes[i]
		}
	}
}

// publicSetting finds the setting of Block Public Access that S3 names.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
func publicSetting(reason string) string {
	if !strings.Contains(strings.ToLower(reason), "block public access") {
		return ""
	}
	for _, setting := range blockPublicSettings {
		if strings.Contains(reason, setting) {
			return setting
		}
	}
	return ""
}
