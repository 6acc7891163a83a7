//go:build !js

package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func newSite(t testing.TB) http.Handler {
	files := fstest.MapFS{
		"index.html": {Data: []byte("page")}, "index.html.br": {Data: []byte("small")},
		"embed/index.html": {Data: []byte("frame")}, "page.wasm": {Data: []byte("\x00asm")}, "SHA256SUMS": {Data: []byte("0")},
	}
	return gate{port: "8403", next: whole(newServer(t), files)}
}

func TestSite(t *testing.T) {
	site := newSite(t)
	for _, c := range []struct {
		method, path, accepts string
		status                int
		body, kind            string
	}{
		{"GET", "/", "", 200, "page", htmlType}, {"GET", "/", "gzip, br", 200, "small", htmlType},
		{"GET", "/index.html", "", 200, "page", htmlType}, {"GET", "/", "*", 200, "small", htmlType},
		{"GET", "/", "br;q=0, *", 200, "page", htmlType}, {"GET", "/", "gzip, BR ; q=0.5", 200, "small", htmlType},
		{"GET", "/", "*;q=0.0", 200, "page", htmlType}, {"GET", "/", "brotli", 200, "page", htmlType},
		{"HEAD", "/", "", 200, "", htmlType}, {"GET", "/page.wasm", "br", 200, "\x00asm", "application/wasm"},
		{"GET", "/embed/", "", 200, "frame", htmlType},
		{"GET", "/SHA256SUMS", "", 200, "0", "application/octet-stream"},
		{"GET", "/none", "", 404, "not found\n", ""}, {"GET", "/embed", "", 404, "not found\n", ""},
		{"GET", "/../main.go", "", 404, "not found\n", ""},
		{"GET", "/..%2fmain.go", "", 404, "not found\n", ""}, {"POST", "/", "", 405, "method not allowed\n", ""},
		{"GET", "/index.html.br", "", 404, "not found\n", ""}, {"GET", "/index.html.br", "br", 404, "not found\n", ""},
	} {
		w := call(site, c.method, c.path, "", "Accept-Encoding", c.accepts)
		if w.Code != c.status || w.Body.String() != c.body {
			t.Errorf("%s %s: %d %q %v", c.method, c.path, w.Code, w.Body, w.Header())
		}
		closedSite(t, w)
		if c.kind != "" && w.Header().Get("Content-Type") != c.kind {
			t.Errorf("%s is %s", c.path, w.Header().Get("Content-Type"))
		}
	}
	first := call(site, "GET", "/", "")
	if w := call(site, "GET", "/", "", "If-None-Match", first.Header().Get("ETag")); w.Code != 304 {
		t.Errorf("what is known is sent again: %d", w.Code)
	}
	if w := call(site, "GET", "/api/nothing", ""); w.Code != 404 || !strings.HasPrefix(w.Body.String(), `{"error"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// closedSite asks for what every answer of the site has, errors too.
func closedSite(t testing.TB, w *httptest.ResponseRecorder) {
	t.Helper()
	h := w.Header()
	if !strings.HasPrefix(h.Get("Content-Security-Policy"), sitePolicy) || h.Get("X-Content-Type-Options") != "nosniff" ||
		h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cache-Control") == "" {
		t.Errorf("%d: headers %v", w.Code, h)
	}
}

// Cloudflare serves the page with the same policy as this server.
func TestHeadersFile(t *testing.T) {
	text, err := os.ReadFile("_headers")
	if err != nil {
		t.Fatal(err)
	}
	for path, at := range map[string]string{"/": "/*\n", "/embed/": "/embed/*\n"} {
		_, rules, _ := strings.Cut(string(text), at)
		rules, _, _ = strings.Cut(rules, "\n/")
		w := call(newSite(t), "GET", path, "")
		if policy := "  Content-Security-Policy: " + w.Header().Get("Content-Security-Policy"); !strings.Contains(rules+"\n", policy+"\n") {
			t.Errorf("_headers has no %s for %s", policy, path)
		}
	}
}
