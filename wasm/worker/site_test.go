//go:build !js

package main

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func newSite(t testing.TB) http.Handler {
	files := fstest.MapFS{
		"index.html": {Data: []byte("page")}, "index.html.br": {Data: []byte("small")},
		"embed/index.html": {Data: []byte("frame")}, "page.wasm": {Data: []byte("\x00asm")},
	}
	return local(whole(newServer(t).store, files))
}

func TestSite(t *testing.T) {
	site := newSite(t)
	for _, c := range []struct {
		method, path, accepts string
		status                int
		body, kind            string
	}{
		{"GET", "/", "", 200, "page", htmlType}, {"GET", "/", "gzip, br", 200, "small", htmlType}, {"GET", "/index.html", "", 200, "page", htmlType},
		{"HEAD", "/", "", 200, "", htmlType}, {"GET", "/page.wasm", "br", 200, "\x00asm", "application/wasm"}, {"GET", "/embed/", "", 200, "frame", htmlType},
		{"GET", "/none", "", 404, "not found\n", ""}, {"GET", "/embed", "", 404, "not found\n", ""}, {"GET", "/../main.go", "", 404, "not found\n", ""},
		{"GET", "/..%2fmain.go", "", 404, "not found\n", ""}, {"POST", "/", "", 405, "method not allowed\n", ""},
	} {
		w := call(site, c.method, c.path, "", "Accept-Encoding", c.accepts)
		if w.Code != c.status || w.Body.String() != c.body || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s %s: %d %q %v", c.method, c.path, w.Code, w.Body, w.Header())
		}
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

// The server listens everywhere, and answers its own machine only.
func TestLocal(t *testing.T) {
	site := newSite(t)
	for _, c := range []struct {
		from, host string
		status     int
	}{
		{"127.0.0.1:5", "127.0.0.1:8403", 200}, {"[::1]:5", "localhost:8403", 200}, {"[::1]:5", "[::1]:8403", 200}, {"127.0.0.1:5", "localhost", 200},
		{"192.0.2.1:5", "127.0.0.1:8403", 403}, {"[2001:db8::1]:5", "127.0.0.1:8403", 403}, {"127.0.0.1:5", "example.com:8403", 403}, {"127.0.0.1:5", "", 403}, {"", "localhost", 403},
	} {
		r, _ := http.NewRequest("GET", "/", nil)
		r.RemoteAddr, r.Host = c.from, c.host
		if w := record(site, r); w.Code != c.status {
			t.Errorf("%+v: %d", c, w.Code)
		}
	}
}
