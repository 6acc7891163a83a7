package main

import (
	"net/url"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// Pages that AWS has moved or taken away, with what took their place.
var moved = map[string]string{
	"/kms/latest/developerguide/alias-about.html":                                     "kms-alias.html",
	"/AmazonS3/latest/userguide/s3-arn-format.html":                                   "list_s3.html of the Service Authorization Reference",
	"/AmazonS3/latest/userguide/finding-canonical-user-id.html":                       "general/latest/gr/acct-identifiers.html#FindingCanonicalId",
	"/service-authorization/latest/reference/list_amazons3.html":                      "list_s3.html",
	"/service-authorization/latest/reference/list_awskeymanagementservice.html":       "list_kms.html",
	"/service-authorization/latest/reference/list_awssecuritytokenservice.html":       "list_sts.html",
	"/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html": "orgs_manage_policies_scps_examples.html",
	"/kms/latest/developerguide/create-grant-overview.html#grant-create-grant":        "#grant-creategrant",
}

// No address in the repository is one that AWS moved, and each is a page.
func TestRepository(t *testing.T) {
	found, err := addresses(os.DirFS("../../.."))
	if err != nil || len(found) < 150 {
		t.Fatalf("%d addresses: %v", len(found), err)
	}
	for address, where := range found {
		u, err := url.Parse(address)
		if err != nil || u.Host != "docs.aws.amazon.com" || !strings.HasSuffix(u.Path, ".html") && !strings.HasSuffix(u.Path, "/") {
			t.Errorf("%s in %v is no page", address, where)
			continue
		}
		for _, form := range []string{u.Path, u.Path + "#" + u.Fragment} {
			if now := moved[form]; now != "" {
				t.Errorf("%s in %v was moved: %s", address, where, now)
			}
		}
	}
}

// Addresses are found in comments, texts and sums of constants, each once for
// a file.
func TestAddresses(t *testing.T) {
	found, err := addresses(fstest.MapFS{
		"a/a.go": {Data: []byte("package a\n\n// See https://docs.aws.amazon.com/x/one.html.\nconst guide = " +
			"\"https://docs.aws.amazon.com/y/\"\n\nvar Two = guide + \"two.html\"\n")},
		"a/b.go":            {Data: []byte("package a\n\nvar Three = []string{guide + \"three.html#part\", guide + \"two.html\"}\n")},
		"s.txtar":           {Data: []byte("See https://docs.aws.amazon.com/x/one.html\n")},
		"a/testdata/c.md":   {Data: []byte("https://docs.aws.amazon.com/old.html")},
		"node_modules/d.md": {Data: []byte("https://docs.aws.amazon.com/foreign.html")},
	})
	want := map[string]string{
		"https://docs.aws.amazon.com/x/one.html": "a/a.go s.txtar", "https://docs.aws.amazon.com/y/two.html": "a/a.go a/b.go",
		"https://docs.aws.amazon.com/y/three.html#part": "a/b.go",
	}
	if err != nil || len(found) != len(want) {
		t.Errorf("%v, %v", found, err)
	}
	for address, where := range want {
		if got := strings.Join(found[address], " "); got != where {
			t.Errorf("%s is in %q, want %q", address, got, where)
		}
	}
}
