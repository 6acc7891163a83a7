package scenario

import (
	"strings"

	"why403/engine"
	"why403/engine/policy"
)

// saidBlocked is how S3 says that a setting refused what was put, because it is
// public.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
var saidBlocked = [...]struct {
	puts func(action string) bool
	said string
}{
	{engine.PutsACL, "prevented by the BlockPublicAcls setting in S3 Block Public Access"},
	{engine.PutsPolicy, "prevented by the BlockPublicPolicy setting in S3 Block Public Access"},
}

// readSaid takes from AWS's own sentence, where the file has it, that what a
// request puts is public.
func (f *File) readSaid(r *Request) {
	for _, b := range saidBlocked {
		if b.puts(r.Action) && f.says(b.said) {
			r.PutIsPublic = true
			r.at["put-is-public"] = policy.Span{}
		}
	}
}

// says reports whether AWS's text in the file, an error section or a sentence
// in the notes, has a phrase.
func (f *File) says(phrase string) bool {
	said, known := f.said[phrase]
	if !known {
		if f.said == nil {
			f.said = map[string]bool{}
		}
		said = f.tells(phrase)
		f.said[phrase] = said
	}
	return said
}

// tells is [File.says], which asks once for each phrase: files can be long.
func (f *File) tells(phrase string) bool {
	if strings.Contains(f.Comment, phrase) {
		return true
	}
	for i := range f.Sections {
		if _, ok := named(f.Sections[i].Name, "error"); ok && strings.Contains(f.Sections[i].Text, phrase) {
			return true
		}
	}
	return false
}

// checkBlocked reports that a setting can't be judged: what is put is not in
// the file.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
func (f *File) checkBlocked(r *Request) {
	message, c := "", r.Check
	switch {
	case c.PutIsPublic:
		return
	case c.BlockPublic&engine.BlockPublicPolicy != 0 && engine.PutsPolicy(c.Action) && c.Put == nil:
		message = "The policy that is put is not in this file, so BlockPublicPolicy is not judged: S3 refuses a public one. Add it as a " +
			"section \"-- put.json --\"."
	case c.BlockPublic&engine.BlockPublicACLs != 0 && engine.PutsACL(c.Action) && strings.HasSuffix(strings.ToLower(c.Action), "acl") &&
		!c.ACLGiven():
		message = "The ACL that is put is not in the request, so BlockPublicAcls is not judged: S3 refuses a public one. Add it as a line " +
			"\"s3:x-amz-acl: …\"."
	default:
		return
	}
	f.warn(r.Section, policy.Span{Start: 0, End: 1}, "not-judged", message,
		"https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html")
}
