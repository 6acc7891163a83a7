//go:build !js

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"why403/engine/scenario"
	"why403/scenarios"
)

const site = "http://127.0.0.1:8403"

// A box that nobody can open, as long as a box must be.
const box = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIj"

func example(t testing.TB) string {
	t.Helper()
	text, err := scenarios.Files.ReadFile("kms/cross-account-both-sides.txtar")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func private(box string) string { return `{"v":1,"kind":"private","box":"` + box + `"}` }

func public(text string) string {
	quoted, _ := json.Marshal(text)
	return `{"v":1,"kind":"public","scenario":` + string(quoted) + `}`
}

// call sends one request; headers are pairs.
func call(h http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = "127.0.0.1:8403"
	r.RemoteAddr = "127.0.0.1:50000"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return record(h, r)
}

func record(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func post(h http.Handler, body string, headers ...string) *httptest.ResponseRecorder {
	return call(h, "POST", "/api/links", body, append([]string{"Content-Type", "application/json"}, headers...)...)
}

type created struct{ ID, URL, DeleteToken string }

func create(t testing.TB, h http.Handler, body string) created {
	t.Helper()
	w := post(h, body)
	var c created
	if err := json.Unmarshal(w.Body.Bytes(), &c); err != nil || w.Code != 201 || !isID(c.ID) || c.URL != site+"/s/"+c.ID ||
		len(c.DeleteToken) < 20 {
		t.Fatalf("%d instead of 201: %s", w.Code, w.Body)
	}
	return c
}

func newServer(t testing.TB) *server {
	t.Helper()
	return &server{store: opened(t, t.TempDir(), 1<<30)}
}

func opened(t testing.TB, path string, space int64) *folder {
	t.Helper()
	dir, err := openFolder(path, space)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func kept(s *server) string { return s.store.(*folder).path }

func remove(t testing.TB, h http.Handler, c created) {
	t.Helper()
	if w := call(h, "DELETE", "/api/links/"+c.ID, "", "Authorization", "Bearer "+c.DeleteToken); w.Code != 204 || w.Body.Len() > 0 {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}

// Whoever stores the same as somebody else has a link of his own: deleting one
// leaves the other.
func TestCreateTwice(t *testing.T) {
	for _, body := range []string{private(box), public(example(t))} {
		s := newServer(t)
		first, second := create(t, s, body), create(t, s, body)
		if first.ID == second.ID || first.DeleteToken == second.DeleteToken {
			t.Errorf("%+v, then %+v", first, second)
		}
		faulty(t, call(s, "DELETE", "/api/links/"+second.ID, "", "Authorization", "Bearer "+first.DeleteToken), 403, "wrong-token")
		remove(t, s, first)
		if w := call(s, "GET", "/api/links/"+second.ID, ""); w.Code != 200 || !sameJSON(t, w.Body.String(), body) {
			t.Errorf("%d: %s", w.Code, w.Body)
		}
		if w := call(s, "HEAD", "/s/"+second.ID, ""); w.Code != 200 || w.Body.Len() > 0 {
			t.Errorf("%d: %s", w.Code, w.Body)
		}
		remove(t, s, second)
	}
}

func sameJSON(t testing.TB, a, b string) bool {
	t.Helper()
	var values [2]any
	for i, text := range []string{a, b} {
		if err := json.Unmarshal([]byte(text), &values[i]); err != nil {
			t.Fatal(err, text)
		}
	}
	return fmt.Sprint(values[0]) == fmt.Sprint(values[1])
}

// Links that were stored when ids were hashes and pages held the address by
// which they came are read, and their page has the address by which it is read.
func TestOldLinks(t *testing.T) {
	s := newServer(t)
	const id, token = "rhvnxjnrhggmjsmkfnthfscm", "a token"
	old, _ := json.Marshal(map[string]any{"v": 1, "kind": "public", "scenario": example(t), "token": hashed(token),
		"page": `<a href="javascript://127.0.0.1:8403/#s=">`, "policy": "default-src *"})
	if err := os.WriteFile(kept(s)+"/"+id+".json", old, 0o600); err != nil {
		t.Fatal(err)
	}
	if w := call(s, "GET", "/api/links/"+id, ""); w.Code != 200 || !sameJSON(t, w.Body.String(), public(example(t))) {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
	w := call(s, "GET", "/s/"+id, "")
	if page := w.Body.String(); w.Code != 200 || strings.Contains(page, "javascript:") || !strings.Contains(page, `href="`+site+"/#s=") {
		t.Errorf("%d: %s", w.Code, page)
	}
	closed(t, w)
	remove(t, s, created{ID: id, DeleteToken: token})
}

// Nothing of the address by which a link was stored is stored with it. Readers
// see the address by which they came.
func TestOrigin(t *testing.T) {
	s := newServer(t)
	w := record(s, asked("POST", "http://elsewhere.example/api/links", public(example(t))))
	var c created
	if err := json.Unmarshal(w.Body.Bytes(), &c); err != nil || c.URL != "http://elsewhere.example/s/"+c.ID {
		t.Fatal(w.Code, w.Body)
	}
	stored, err := os.ReadFile(kept(s) + "/" + c.ID + ".json")
	if err != nil || strings.Contains(string(stored), "elsewhere") || strings.Contains(string(stored), ".invalid") {
		t.Errorf("%v %s", err, stored)
	}
	for address, origin := range map[string]string{
		"http://127.0.0.1:8403": site, "https://example.com": "https://example.com", `https://a"<b>`: "https://a&#34;&lt;b&gt;",
		"javascript://127.0.0.1:8403": "http://127.0.0.1:8403",
	} {
		r := asked("GET", "/s/"+c.ID, "")
		r.URL.Scheme, r.URL.Host, _ = strings.Cut(address, "://")
		r.Host = r.URL.Host
		page := record(s, r).Body.String()
		for _, part := range []string{`content="` + origin + "/s/" + c.ID, `href="` + origin + "/oembed?format=json&amp;url=" + origin +
			"/s/" + c.ID, `src="` + origin + "/s/" + c.ID, `href="` + origin + "/#s="} {
			if !strings.Contains(page, part) {
				t.Errorf("asked as %s the page has no %s: %s", address, part, page)
			}
		}
		if strings.Contains(page, "javascript:") || strings.Contains(page, ".invalid") {
			t.Error(page)
		}
	}
	s.public = "https://why.example"
	if page := call(s, "GET", "/s/"+c.ID, "").Body.String(); !strings.Contains(page, `content="https://why.example/s/`) ||
		strings.Contains(page, "127.0.0.1") {
		t.Error(page)
	}
}

func asked(method, target, body string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return r
}

func TestDelete(t *testing.T) {
	s := newServer(t)
	c := create(t, s, private(box))
	other := create(t, s, public(example(t)))
	path := "/api/links/" + c.ID
	for _, wrong := range []struct {
		authorization string
		status        int
		code          string
	}{
		{"", 401, "no-token"}, {"Basic " + c.DeleteToken, 401, "no-token"}, {"Bearer ", 401, "no-token"},
		{"Bearer " + other.DeleteToken, 403, "wrong-token"}, {"Bearer " + hashed(c.DeleteToken), 403, "wrong-token"},
		{"Bearer " + c.DeleteToken + "x", 403, "wrong-token"},
	} {
		faulty(t, call(s, "DELETE", path, "", "Authorization", wrong.authorization), wrong.status, wrong.code)
	}
	remove(t, s, c)
	faulty(t, call(s, "GET", path, ""), 404, "no-such-link")
	faulty(t, call(s, "DELETE", path, "", "Authorization", "Bearer "+c.DeleteToken), 404, "no-such-link")
	if w := call(s, "GET", "/s/"+other.ID, ""); w.Code != 200 {
		t.Error("the other link is gone")
	}
}

// faulty asks for the error of that code, closed headers, and words.
func faulty(t testing.TB, w *httptest.ResponseRecorder, status int, code string) {
	t.Helper()
	var said struct {
		Error struct{ Code, Message string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || w.Code != status || said.Error.Code != code ||
		!strings.HasSuffix(said.Error.Message, ".") {
		t.Errorf("not %d %s but %d: %s", status, code, w.Code, w.Body)
	}
	closed(t, w)
	if w.Header().Get("Cache-Control") != "no-store" {
		t.Error("caches may keep an error")
	}
}

// closed asks for the headers that every answer has.
func closed(t testing.TB, w *httptest.ResponseRecorder) {
	t.Helper()
	h := w.Header()
	if h.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'") ||
		strings.Contains(h.Get("Content-Security-Policy"), "unsafe") {
		t.Errorf("headers %v", h)
	}
}

// Whatever is wrong has an answer of its own, and stores nothing.
func TestFaults(t *testing.T) {
	s := newServer(t)
	const js, text = "application/json", "text/plain"
	deep := `{"v":1,"kind":` + strings.Repeat(`[`, 65) + strings.Repeat(`]`, 65) + `}`
	for _, c := range []struct {
		method, path, kind, body string
		status                   int
		code                     string
	}{
		{"GET", "/api/links", "", "", 405, "method"}, {"PUT", "/api/links", js, private(box), 405, "method"},
		{"POST", "/s/" + strings.Repeat("b", 24), js, "", 405, "method"}, {"OPTIONS", "/api/links", "", "", 405, "method"},
		{"GET", "/api/evaluate", "", "", 405, "method"}, {"POST", "/api/health", js, "{}", 405, "method"},
		{"DELETE", "/oembed", "", "", 405, "method"},
		{"GET", "/api/nothing", "", "", 404, "no-such-path"}, {"GET", "/api/links/x/y", "", "", 404, "no-such-link"},
		{"GET", "/api/links/", "", "", 404, "no-such-link"}, {"GET", "/api/links/" + strings.Repeat("b", 24), "", "", 404, "no-such-link"},
		{"GET", "/api/links/" + strings.Repeat("B", 24), "", "", 404, "no-such-link"},
		{"GET", "/api/links/..%2f..%2fetc%2fpasswd", "", "", 404, "no-such-link"},
		{"POST", "/api/links", "", private(box), 415, "content-type"}, {"POST", "/api/links", text, private(box), 415, "content-type"},
		{"POST", "/api/links", js + "; charset=latin1", private(box), 415, "content-type"},
		{"POST", "/api/links", js + ";;", private(box), 415, "content-type"},
		{"POST", "/api/evaluate", js, "x", 415, "content-type"},
		{"POST", "/api/links", js, private(strings.Repeat("A", MaxBody)), 413, "too-large"},
		{"POST", "/api/evaluate", text, strings.Repeat("x", MaxBody+1), 413, "too-large"},
		{"POST", "/api/links", js, "", 400, "json"}, {"POST", "/api/links", js, "{", 400, "json"}, {"POST", "/api/links", js, deep, 400, "json"},
		{"POST", "/api/links", js, private(box) + "x", 400, "json"},
		{"POST", "/api/links", js, `{"v":1,"v":1,"kind":"private","box":"` + box + `"}`, 400, "json"},
		{"POST", "/api/links", js, "{\"v\":1,\"kind\":\"\xff\"}", 400, "not-utf-8"}, {"POST", "/api/evaluate", text, "\xff", 400, "not-utf-8"},
		{"POST", "/api/links", js, "[]", 400, "body"}, {"POST", "/api/links", js, "null", 400, "body"},
		{"POST", "/api/links", js, `{"kind":"private","box":"` + box + `"}`, 400, "body"},
		{"POST", "/api/links", js, `{"v":2,"kind":"private","box":"` + box + `"}`, 400, "body"},
		{"POST", "/api/links", js, `{"v":"1","kind":"private","box":"` + box + `"}`, 400, "body"},
		{"POST", "/api/links", js, `{"v":1,"kind":"secret","box":"` + box + `"}`, 400, "body"},
		{"POST", "/api/links", js, `{"v":1,"kind":"public","box":"` + box + `"}`, 400, "body"},
		{"POST", "/api/links", js, `{"v":1,"kind":"private","box":"` + box + `","scenario":"x"}`, 400, "body"},
		{"POST", "/api/links", js, `{"v":1,"kind":"private","box":"` + box + `","page":"<b>"}`, 400, "body"},
		{"POST", "/api/links", js, private("AAAA"), 400, "box"}, {"POST", "/api/links", js, private(box + "=="), 400, "box"},
		{"POST", "/api/links", js, private(`\n` + box), 400, "box"},
		{"POST", "/api/links", js, private("<script>" + box), 400, "box"}, {"POST", "/api/links", js, private("111122223333" + box + " "),
			400, "box"},
		{"POST", "/api/links", js, public("x"), 422, "scenario"},
		{"POST", "/api/links", js, public(strings.Replace(example(t), "Decrypt", "", 1)), 422, "scenario"},
		{"GET", "/oembed", "", "", 404, "no-such-link"}, {"GET", "/oembed?url=https://example.com/s/" + strings.Repeat("b", 24), "", "", 404,
			"no-such-link"},
		{"GET", "/oembed?format=xml", "", "", 501, "format"},
	} {
		w := call(s, c.method, c.path, c.body, "Content-Type", c.kind)
		if c.path[:3] == "/s/" {
			if w.Code != c.status || !strings.HasPrefix(w.Body.String(), "<!doctype html>") {
				t.Errorf("%s %s: %d %s", c.method, c.path, w.Code, w.Body)
			}
			continue
		}
		faulty(t, w, c.status, c.code)
		if strings.Contains(w.Body.String(), "<") || strings.Contains(w.Body.String(), "passwd") {
			t.Errorf("%s %s says back what was sent: %s", c.method, c.path, w.Body)
		}
		if t.Failed() {
			t.Fatalf("%s %s %.200s", c.method, c.path, c.body)
		}
	}
	if files, err := os.ReadDir(kept(s)); err != nil || len(files) > 0 {
		t.Error("something was stored", files, err)
	}
	if w := call(s, "PUT", "/api/links/"+strings.Repeat("b", 24), ""); w.Header().Get("Allow") != "GET, DELETE" {
		t.Error(w.Header())
	}
}

// A page of another site can neither make nor delete links; what it may read
// says so.
func TestOrigins(t *testing.T) {
	s := newServer(t)
	for _, origin := range []string{"https://example.com", "null", "http://127.0.0.1:8404", "https://127.0.0.1:8403"} {
		faulty(t, post(s, private(box), "Origin", origin), 403, "cross-origin")
	}
	if w := post(s, private(box), "Origin", site); w.Code != 201 || w.Header().Get("Access-Control-Allow-Origin") != "" {
		t.Error(w.Code, w.Header())
	}
	id := create(t, s, private(box)).ID
	faulty(t, call(s, "DELETE", "/api/links/"+id, "", "Authorization", "Bearer x", "Origin", "null"), 403, "cross-origin")
	for _, path := range []string{"/api/links/" + id, "/api/health", "/oembed"} {
		if w := call(s, "GET", path, "", "Origin", "null"); w.Header().Get("Access-Control-Allow-Origin") != "*" {
			t.Error(path, w.Header())
		}
	}
	if w := call(s, "POST", "/api/evaluate", example(t), "Content-Type", "text/plain", "Origin", "null"); w.Code != 200 ||
		w.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Error(w.Code, w.Header())
	}
}

// 200 people write and read at once: nothing is lost, nothing mixed up, and who
// sends the same has a link of his own.
func TestConcurrent(t *testing.T) {
	s := newServer(t)
	var all sync.WaitGroup
	var mutex sync.Mutex
	ids := map[string]bool{}
	for i := range 200 {
		all.Go(func() {
			own := public(fmt.Sprintf("Scenario %d of many\n%s", i, example(t)))
			shared := public(fmt.Sprintf("Shared %d\n%s", i%10, example(t)))
			c := create(t, s, own)
			if w := call(s, "GET", "/api/links/"+c.ID, ""); !sameJSON(t, w.Body.String(), own) {
				t.Errorf("%d reads %d %.100s", i, w.Code, w.Body)
			}
			if w := call(s, "GET", "/s/"+c.ID, ""); !strings.Contains(w.Body.String(), fmt.Sprintf("<h1>Scenario %d of many</h1>", i)) {
				t.Errorf("%d sees another page", i)
			}
			again := create(t, s, shared)
			mutex.Lock()
			defer mutex.Unlock()
			ids[c.ID], ids[again.ID] = true, true
		})
	}
	all.Wait()
	files, err := os.ReadDir(kept(s))
	if err != nil || len(files) != 400 || len(ids) != 400 {
		t.Errorf("%d files, %d ids, %v", len(files), len(ids), err)
	}
}

// failing is a store that breaks at a chosen call.
type failing struct {
	Store
	get, create, remove bool
}

var errDisk = errors.New("/var/secret/path: disk full")

func (f failing) Get(id string) (*Link, error) {
	if f.get {
		return nil, errDisk
	}
	return f.Store.Get(id)
}

func (f failing) Create(id string, l *Link) (bool, error) {
	if f.create {
		return false, errDisk
	}
	return f.Store.Create(id, l)
}

func (f failing) Delete(id string) error {
	if f.remove {
		return errDisk
	}
	return f.Store.Delete(id)
}

func TestStoreFails(t *testing.T) {
	s := newServer(t)
	c := create(t, s, private(box))
	broken := &server{store: failing{Store: s.store, get: true}}
	faulty(t, call(broken, "GET", "/api/health", ""), 503, "store")
	faulty(t, call(broken, "GET", "/api/links/"+c.ID, ""), 503, "store")
	broken.store = failing{Store: s.store, remove: true}
	faulty(t, call(broken, "DELETE", "/api/links/"+c.ID, "", "Authorization", "Bearer "+c.DeleteToken), 503, "store")
	broken.store = failing{Store: s.store, create: true}
	w := post(broken, public(example(t)))
	faulty(t, w, 503, "store")
	if strings.Contains(w.Body.String(), "secret") || w.Header().Get("Retry-After") == "" {
		t.Error(w.Header(), w.Body)
	}
	create(t, s, public(example(t))) // and then it works
	var bug *server
	faulty(t, call(bug, "GET", "/api/links/"+c.ID, ""), 500, "bug")
}

// A folder whose disk fails mid-write has the whole link or none, and one that
// is gone is not one without links.
func TestFolderFails(t *testing.T) {
	s := newServer(t)
	id := create(t, s, private(box)).ID
	if err := os.WriteFile(kept(s)+"/"+id+".json", []byte(`{"v":1,"kind":"private"`), 0o600); err != nil {
		t.Fatal(err)
	}
	faulty(t, call(s, "GET", "/api/links/"+id, ""), 503, "store")
	if w := call(s, "GET", "/api/health", ""); w.Code != 200 {
		t.Error(w.Code, w.Body)
	}
	if err := os.RemoveAll(kept(s)); err != nil {
		t.Fatal(err)
	}
	faulty(t, post(s, private(box)), 503, "store")
	faulty(t, call(s, "GET", "/api/links/"+id, ""), 503, "store")
	faulty(t, call(s, "GET", "/api/health", ""), 503, "store")
}

// What a restart finds is what was there, and the bytes of a private link tell
// nothing of the scenario.
func TestRestart(t *testing.T) {
	dir := t.TempDir()
	first := &server{store: opened(t, dir, 1<<30)}
	c := create(t, first, public(example(t)))
	before := call(first, "GET", "/s/"+c.ID, "").Body.String()
	if err := os.WriteFile(dir+"/.new-1234", []byte(`{"v":1,`), 0o600); err != nil { // left behind by a crash
		t.Fatal(err)
	}
	second := &server{store: opened(t, dir, 1<<30)}
	if after := call(second, "GET", "/s/"+c.ID, ""); after.Code != 200 || after.Body.String() != before {
		t.Error("the page changed")
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Error("what the crash left is still there", files, err)
	}
	remove(t, second, c)
	if stored, err := os.ReadFile(dir + "/" + c.ID + ".json"); err == nil || len(stored) > 0 {
		t.Error("it is still there")
	}
}

func TestEvaluate(t *testing.T) {
	s := newServer(t)
	w := call(s, "POST", "/api/evaluate", example(t), "Content-Type", "text/plain; charset=UTF-8")
	if w.Code != 200 || w.Body.String() != `{"file":"-","request":"","outcome":"allow","deniedBy":"","message":"",`+
		`"verdict":"An identity-based policy of the caller's account allows it and the key policy names the caller, its role, or its account.",`+
		`"decisive":{"section":"resource.json","sid":"Allow an external account to use this key","number":1,"line":4,"effect":"Allow"}}`+"\n" {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
	closed(t, w)
	w = call(s, "POST", "/api/evaluate", "-- nonsense --\n", "Content-Type", "text/plain")
	if w.Code != 200 || !strings.HasPrefix(w.Body.String(),
		`{"file":"-","problems":[{"section":"","line":1,"column":1,"code":"unknown-section"`) {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}

func TestOEmbed(t *testing.T) {
	s := newServer(t)
	c := create(t, s, public("A \"<b>\" & 'title'\n\n"+example(t)))
	var said struct {
		Version, Type, Title, HTML string
		Width, Height              int
	}
	w := call(s, "GET", "/oembed?format=json&maxwidth=400&maxheight=x&url="+site+"/s/"+c.ID, "")
	if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || said.Version != "1.0" || said.Type != "rich" || said.Width != 400 ||
		said.Height != 480 ||
		!strings.HasPrefix(said.HTML, `<iframe src="`+site+`/embed/#s=`) ||
		!strings.Contains(said.HTML,
			`title="A &#34;&lt;b&gt;&#34; &amp; &#39;title&#39;" width="400" height="480" sandbox="allow-scripts allow-popups `+
				`allow-popups-to-escape-sandbox"`) {
		t.Errorf("%d %v: %s", w.Code, err, w.Body)
	}
	hidden := create(t, s, private(box))
	faulty(t, call(s, "GET", "/oembed?url="+site+"/s/"+hidden.ID, ""), 401, "private")
}

// The pages are as they were looked at. UPDATE=1 writes them anew.
func TestGoldenPages(t *testing.T) {
	s := newServer(t)
	hostile := "</title><script>alert(1)</script>\n\n-- request/<img src=x onerror=alert(1)> --\nprincipal: " +
		"arn:aws:iam::111122223333:user/\"><svg onload=alert(1)>\naction: sqs:SendMessage\n" +
		"resource: arn:aws:sqs:us-east-1:111122223333:q\n-- identity/'\"><b>.json --\n{\"Statement\": {\"Sid\": \"A\", \"Effect\": \"Allow\", " +
		"\"Action\": \"s3:*\", \"Resource\": \"*\"}}\n"
	for name, body := range map[string]string{"public.html": public(example(t)), "hostile.html": public(hostile),
		"private.html": private(box)} {
		c := create(t, s, body)
		w := call(s, "GET", "/s/"+c.ID, "")
		closed(t, w)
		golden(t, name, strings.ReplaceAll(w.Body.String(), c.ID,
			strings.Repeat("b", idLength))+"<!-- "+w.Header().Get("Content-Security-Policy")+" -->\n")
		if page := w.Body.String(); name != "private.html" && strings.Contains(page, "<script") || strings.Contains(page, "<img") ||
			strings.Contains(page, "<svg") || strings.Contains(page, "<b>") {
			t.Errorf("%s holds markup that was sent", name)
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "testdata/" + name
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("%s differs (%v):\n%s", path, err, got)
	}
}

// A page never grows beyond what is stored, whatever a body multiplies into.
func TestTooMuch(t *testing.T) {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, "-- request/%d --\nprincipal: arn:aws:iam::111122223333:user/a\naction: sqs:SendMessage\nresource: "+
			"arn:aws:sqs:us-east-1:111122223333:q\n", i)
	}
	b.WriteString("-- identity/a.json --\n{\"Version\": \"2012-10-17\", \"Statement\": [")
	b.WriteString(strings.TrimSuffix(strings.Repeat(`{"Effect":"Allow","Action":"s3:*","Resource":"*"},`, 400), ","))
	b.WriteString("]}\n")
	if f := scenario.Parse(b.String()); f.Errors() {
		t.Fatal(f.Problems[0].Message)
	}
	faulty(t, post(newServer(t), public(b.String())), 422, "too-much")
}

// FuzzRequest sends anything anywhere. It finds an answer with closed headers,
// and never a bug.
func FuzzRequest(f *testing.F) {
	f.Add("POST", "/api/links", "application/json", private(box))
	f.Add("POST", "/api/links", "application/json", public(example(f)))
	f.Add("POST", "/api/evaluate", "text/plain", example(f))
	f.Add("GET", "/oembed?url="+site+"/s/"+strings.Repeat("b", 24), "", "")
	f.Add("DELETE", "/api/links/"+strings.Repeat("b", 24), "", "")
	s := newServer(f)
	f.Fuzz(func(t *testing.T, method, path, kind, body string) {
		r, err := http.NewRequest(method, "http://127.0.0.1"+path, strings.NewReader(body))
		if err != nil {
			t.Skip()
		}
		r.Header.Set("Content-Type", kind)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		closed(t, w)
		answered, _ := io.ReadAll(w.Body)
		if w.Code == 500 {
			t.Errorf("%s", answered)
		}
		if strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") && method != "HEAD" && w.Code != 204 && !json.Valid(answered) {
			t.Errorf("%d: not JSON: %q", w.Code, answered)
		}
	})
}
