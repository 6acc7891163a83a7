package importer

import "strings"

// bannerMarks are the words that the console's text for administrators has, in
// their order.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
var bannerMarks = []string{"User: ", "Service: ", "Name: ", "HTTP status code: ", "Action: ", "On resource(s): ", "Resource: ",
	"Context: ", "Request ID: "}

// readBanner reads the console's text, from a clean text. Each value ends where
// the next name begins.
func readBanner(text string) (values []pair) {
	at := strings.LastIndex(text, "User: ")
	if at < 0 {
		return nil
	}
	text = text[at:min(len(text), at+2*maxSentence)]
	name := ""
	for text != "" {
		next, mark := len(text), ""
		for _, m := range bannerMarks {
			if i := strings.Index(text, m); i >= 0 && i < next {
				next, mark = i, m
			}
		}
		if name != "" {
			values = append(values, pair{name, strings.TrimSpace(text[:next])})
		}
		if mark == "" {
			break
		}
		name, text = strings.TrimSuffix(mark, ": "), text[next+len(mark):]
	}
	return values
}

func bannerValue(values []pair, name string) string {
	for _, v := range values {
		if v.key == name {
			return v.value
		}
	}
	return ""
}

// bannerAction is the action that the console names: with its service, or apart
// from it.
func bannerAction(values []pair) string {
	action, _ := value(bannerValue(values, "Action"))
	if isAction(action) {
		return action
	}
	service := serviceNamed(bannerValue(values, "Service"))
	if service == "" || !isName(action) {
		return ""
	}
	return actionOf(service, action, false)
}

func isBanner(p *paste) bool {
	values := readBanner(p.read().text)
	return bannerAction(values) != "" && (bannerValue(values, "Context") != "" || bannerValue(values, "On resource(s)") != "")
}

// useBanner makes a scenario of the text that the console offers to send to an
// administrator.
func (p *paste) useBanner() {
	values := readBanner(p.read().text)
	f := &facts{action: bannerAction(values)}
	f.principal, _ = value(bannerValue(values, "User"))
	f.resource, _ = value(firstOf(bannerValue(values, "On resource(s)"), bannerValue(values, "Resource")))
	reason := bannerValue(values, "Context")
	reason = reason[:sentenceEnd(reason)]
	f.judge(reason)
	f.said = strings.TrimSpace("User: " + f.principal + " Action: " + f.action + " On resource(s): " + firstOf(f.resource, "-") +
		" Context: " + reason)
	f.region = regionIn(f.resource)
	p.unknownOf(f)
	p.start(f)
}

// accessLogOperations are the operations of a server access log whose names do
// not follow from the verb and what it is for.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
const accessLogOperations = "REST.GET.OBJECT=GetObject REST.HEAD.OBJECT=HeadObject REST.PUT.OBJECT=PutObject " +
	"REST.DELETE.OBJECT=DeleteObject REST.POST.UPLOADS=CreateMultipartUpload " +
	"REST.POST.UPLOAD=CompleteMultipartUpload REST.PUT.PART=UploadPart REST.DELETE.UPLOAD=AbortMultipartUpload " +
	"REST.COPY.OBJECT=CopyObject REST.COPY.PART=UploadPartCopy " +
	"REST.COPY.OBJECT_GET=GetObject REST.POST.MULTI_OBJECT_DELETE=DeleteObjects BATCH.DELETE.OBJECT=DeleteObject " +
	"REST.GET.BUCKET=ListObjects REST.HEAD.BUCKET=HeadBucket " +
	"REST.PUT.BUCKET=CreateBucket REST.DELETE.BUCKET=DeleteBucket REST.GET.BUCKETVERSIONS=ListObjectVersions " +
	"REST.GET.BUCKETPOLICY=GetBucketPolicy REST.PUT.BUCKETPOLICY=PutBucketPolicy " +
	"REST.GET.LOCATION=GetBucketLocation REST.GET.ACL=GetBucketAcl REST.PUT.ACL=PutBucketAcl REST.GET.OBJECT_TAGGING=GetObjectTagging " +
	"REST.PUT.OBJECT_TAGGING=PutObjectTagging " +
	"REST.GET.SERVICE=ListBuckets REST.GET.UPLOADS=ListMultipartUploads REST.GET.UPLOAD=ListParts " +
	"REST.GET.LIFECYCLE=GetBucketLifecycleConfiguration REST.GET.VERSIONING=GetBucketVersioning"

// accessLog gives the fields of the first line of a server access log that says
// 403, or nil.
func accessLog(text string) []string {
	for line := range strings.Lines(text) {
		fields := logFields(line)
		if len(fields) > 9 && strings.Contains(fields[6], ".") && lookup(accessLogOperations, fields[6]) != "" && fields[9] == "403" {
			return fields
		}
	}
	return nil
}

// logFields splits a line at spaces, but not between quotes or brackets.
func logFields(line string) (fields []string) {
	for line = strings.TrimSpace(line); line != "" && len(fields) < 32; line = strings.TrimLeft(line, " ") {
		end, skip := strings.IndexByte(line, ' '), 0
		switch line[0] {
		case '[':
			end, skip = strings.IndexByte(line, ']'), 1
		case '"':
			end, skip = strings.IndexByte(line[1:], '"')+1, 1
		}
		if end <= 0 {
			return append(fields, line)
		}
		fields = append(fields, strings.Trim(line[:end], `["`))
		line = line[min(len(line), end+skip):]
	}
	return fields
}

func isAccessLog(p *paste) bool { return accessLog(p.text) != nil }

// useAccessLog makes a scenario of a line of a server access log.
func (p *paste) useAccessLog() {
	fields := accessLog(p.text)
	f := &facts{action: actionOf("s3", lookup(accessLogOperations, fields[6]), false)}
	bucket, address, requester, key := fields[1], fields[3], fields[4], percentDecoded(percentDecoded(fields[7]))
	if f.principal = requester; requester == "-" {
		f.principal = "anonymous"
	} else if service, ok := strings.CutPrefix(requester, "svc:"); ok {
		f.principal = service // of a log that AWS delivers
	} else if !strings.HasPrefix(requester, "arn:") {
		f.principal = ""
		p.unknown("Who asks: the log has the canonical ID " + oneLine(requester))
	}
	if f.resource = "arn:aws:s3:::" + bucket; key != "-" && !forBucket(f.action) {
		f.resource += "/" + key
	}
	if strings.HasSuffix(f.action, "ACL") || strings.HasSuffix(f.action, "Acl") {
		p.unknown("Whether this was for the ACL of the bucket or of an object")
	}
	if isAddress(address) {
		f.add("aws:SourceIp", address)
	}
	p.fact("Operation", fields[6])
	p.unknown(plainNote)
	p.start(f)
}

// encodedIn finds EC2's encoded message in a text that names it not: all of the
// text without its white space, or a long word.
func encodedIn(text string) string {
	text = text[:runeEnd(text, maxAround)]
	words := append([]string{strings.Join(strings.Fields(text), "")}, strings.Fields(text)...)
	for _, word := range words {
		word = strings.Trim(word, "\"'`,")
		if len(word) >= 200 && len(word) <= 16<<10 && strings.Trim(word, lowerLetters+upperLetters+digit+"-_") == "" &&
			strings.ContainsAny(word, digit) && strings.ContainsAny(word, upperLetters) && strings.ContainsAny(word, lowerLetters) {
			return word
		}
	}
	return ""
}

func isEncoded(p *paste) bool {
	return encodedIn(p.text) != "" && !strings.Contains(p.text, encoded) && !strings.Contains(p.text, authorized)
}

func (p *paste) useEncoded() { p.decode(encodedIn(p.text)) }
