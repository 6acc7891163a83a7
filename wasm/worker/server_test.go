//go:build !js

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// The server answers its own machine only, under its own names and its own
// port, and nobody for whom a proxy asks.
func TestGate(t *testing.T) {
	site := newSite(t)
	for _, c := range []struct {
		from, host string
		status     int
	}{
		{"127.0.0.1:5", "127.0.0.1:8403", 200}, {"[::1]:5", "localhost:8403", 200}, {"[::1]:5", "[::1]:8403", 200},
		{"192.0.2.1:5", "127.0.0.1:8403", 403}, {"[2001:db8::1]:5", "127.0.0.1:8403", 403}, {"127.0.0.1:5", "example.com:8403", 403},
		{"127.0.0.1:5", "", 403}, {"", "localhost", 403},
		{"127.0.0.1:5", "localhost", 403}, {"127.0.0.1:5", "localhost:99999", 403}, {"127.0.0.1:5", "localhost:8404", 403},
		{"127.0.0.1:5", "localhost:8403@example.com", 403},
	} {
		r, _ := http.NewRequest("GET", "/", nil)
		r.RemoteAddr, r.Host = c.from, c.host
		w := record(site, r)
		if w.Code != c.status {
			t.Errorf("%+v: %d", c, w.Code)
		}
		closedSite(t, w)
	}
	for _, name := range forwarding {
		if w := call(site, "GET", "/", "", name, "192.0.2.1"); w.Code != 403 || !strings.Contains(w.Body.String(), "-public") {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	old := httptest.NewRequest("GET", "/", nil)
	old.RemoteAddr, old.Host, old.ProtoMajor, old.ProtoMinor = "127.0.0.1:5", "127.0.0.1:8403", 1, 0
	if w := record(site, old); w.Code != 403 {
		t.Errorf("a proxy that speaks HTTP/1.0: %d", w.Code)
	}
}

// Behind a proxy the server answers to its public name, and stores and tells no
// other one, whatever a request line says.
func TestPublic(t *testing.T) {
	s := newServer(t)
	s.public = "https://why.example"
	site := gate{port: "8403", public: s.public, next: whole(s, fstest.MapFS{})}
	for _, host := range []string{"why.example", "127.0.0.1:8403"} {
		r := asked("POST", "/api/links", private(box))
		r.RemoteAddr, r.Host = "127.0.0.1:5", host
		r.URL.Scheme, r.URL.Host = "javascript", "127.0.0.1:8403"
		r.Header.Set("X-Forwarded-For", "192.0.2.1")
		r.Header.Set("Origin", s.public)
		if w := record(site, r); w.Code != 201 || !strings.Contains(w.Body.String(), `"url":"https://why.example/s/`) {
			t.Errorf("%s: %d %s", host, w.Code, w.Body)
		}
	}
	r := asked("GET", "/api/health", "")
	r.RemoteAddr, r.Host = "127.0.0.1:5", "other.example"
	if w := record(site, r); w.Code != 403 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestPublicFlag(t *testing.T) {
	for flag, want := range map[string]string{"": "", "https://why.example": "https://why.example",
		"http://WHY.example:8080/": "http://why.example:8080"} {
		if got, err := publicOrigin(flag); err != nil || got != want {
			t.Errorf("%q is %q, %v", flag, got, err)
		}
	}
	for _, flag := range []string{"why.example", "ftp://why.example", "javascript://why.example", "https://", "https://a@why.example",
		"https://why.example/docs", "https://why.example?", "https://why.example#x", `https://why"example`} {
		if got, err := publicOrigin(flag); err == nil || !strings.Contains(err.Error(), "-public") {
			t.Errorf("%q is %q, %v", flag, got, err)
		}
	}
}

// What a proxy forwards counts as an address only where it is one.
func TestClient(t *testing.T) {
	for said, want := range map[string]string{
		"192.0.2.1": "192.0.2.1", "junk, 192.0.2.1": "192.0.2.1", "2001:db8::1": "2001:db8::1", "::ffff:192.0.2.1": "192.0.2.1",
		"": "127.0.0.1", "junk": "127.0.0.1", "192.0.2.1, junk": "127.0.0.1", "192.0.2.1,": "127.0.0.1", "192.0.2.1:80": "127.0.0.1",
		"192.0.2.300": "127.0.0.1", "1": "127.0.0.1", "unknown": "127.0.0.1",
	} {
		r := httptest.NewRequest("POST", "/api/links", nil)
		r.RemoteAddr = "127.0.0.1:5"
		r.Header.Set("X-Forwarded-For", said)
		if got := client(r); got != want {
			t.Errorf("%q is counted for %q, want %q", said, got, want)
		}
	}
}

// One address may not ask for everything, and leaves the others theirs.
func TestRates(t *testing.T) {
	s := newServer(t)
	h := limited(2, 3, s)
	from := func(address, method, path, kind, body string) *httptest.ResponseRecorder {
		return call(h, method, path, body, "Content-Type", kind, "X-Forwarded-For", "198.51.100.7, "+address)
	}
	count := func(address, method, path, kind, body string) (taken int) {
		for from(address, method, path, kind, body).Code != 429 && taken < 50 {
			taken++
		}
		return taken
	}
	// Where a minute ends meanwhile, an address has twice as many.
	if n := count("192.0.2.1", "POST", "/api/links", "application/json", private(box)); n < 2 || n > 4 {
		t.Errorf("%d links", n)
	}
	if n := count("192.0.2.1", "POST", "/api/evaluate", "text/plain", example(t)); n < 3 || n > 6 {
		t.Errorf("%d evaluations", n)
	}
	if n := count("192.0.2.2", "POST", "/api/links", "application/json", private(box)); n < 2 {
		t.Errorf("another address has %d links", n)
	}
	if n := count("192.0.2.1", "GET", "/api/health", "", ""); n != 50 {
		t.Errorf("%d reads", n)
	}
	h = limited(1, 0, s)
	if n := count("192.0.2.1", "POST", "/api/evaluate", "text/plain", example(t)); n != 50 {
		t.Errorf("%d evaluations without a limit", n)
	}
	from("192.0.2.9", "POST", "/api/links", "application/json", private(box))
	from("192.0.2.9", "POST", "/api/links", "application/json", private(box))
	w := from("192.0.2.9", "POST", "/api/links", "application/json", private(box))
	faulty(t, w, 429, "rate")
	if w.Header().Get("Retry-After") != "60" {
		t.Error(w.Header())
	}
}

// A minute that is over is forgotten, and an IPv6 network is one person.
func TestRate(t *testing.T) {
	l, now := rate{most: 1}, time.Unix(1_800_000_000, 0)
	for i, c := range []struct {
		address string
		later   time.Duration
		allows  bool
	}{
		{"192.0.2.1", 0, true}, {"192.0.2.1", 0, false}, {"192.0.2.2", 0, true}, {"::ffff:192.0.2.2", 0, true},
		{"2001:db8::1", 0, true}, {"2001:db8::2%eth0", 0, false}, {"2001:db8:0:1::1", 0, true}, {"", 0, true}, {"", 0, false},
		{"192.0.2.1", time.Minute, true},
	} {
		if l.allows(c.address, now.Add(c.later)) != c.allows {
			t.Errorf("%d: %+v", i, c)
		}
	}
	if len(l.counts) != 1 {
		t.Errorf("kept %v", l.counts)
	}
}

// A full folder says so, keeps what it has, and has room again after a link is
// deleted.
func TestSpace(t *testing.T) {
	dir := t.TempDir()
	large := private(strings.Repeat("A", 40000))
	s := &server{store: opened(t, dir, 100_000)}
	first := create(t, s, large)
	create(t, s, large)
	for range 2 {
		faulty(t, post(s, large), 507, "full")
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 2 {
		t.Error(files, err)
	}
	s = &server{store: opened(t, dir, 100_000)} // what is there counts after a restart
	faulty(t, post(s, large), 507, "full")
	remove(t, s, first)
	again := create(t, s, large)
	if w := call(s, "GET", "/api/links/"+again.ID, ""); w.Code != 200 {
		t.Error(w.Code, w.Body)
	}
	if w := call(s, "GET", "/api/health", ""); w.Code != 200 {
		t.Error(w.Code, w.Body)
	}
}

// Each answer has a line in the log, and nothing that a client made up is in it.
func TestAccessLog(t *testing.T) {
	var out bytes.Buffer
	s := newServer(t)
	h := written(gate{port: "8403", next: whole(s, fstest.MapFS{"index.html": {Data: []byte("page")}})}, log.New(&out, "", 0))
	c := create(t, s, public(example(t)))
	post(h, public(example(t)))
	call(h, "GET", "/s/"+c.ID+"?secret", "")
	call(h, "GET", "/secret/111122223333", "")
	call(h, "SECRET", "/secret%0Aline", "")
	call(h, "GET", "/oembed?url=secret", "", "X-Forwarded-For", "secret")
	call(h, "GET", "/", "")
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 6 {
		t.Fatal(out.String())
	}
	for i, start := range []string{"127.0.0.1 POST /api/links 201 ", "127.0.0.1 GET /s/ 200 ", "127.0.0.1 GET - 404 ",
		"127.0.0.1 - - 405 ", "127.0.0.1 GET /oembed 403 ", "127.0.0.1 GET / 200 4 "} {
		if !strings.HasPrefix(lines[i], start) {
			t.Errorf("%q does not start with %q", lines[i], start)
		}
	}
	for _, secret := range []string{"secret", "SECRET", c.ID, "1111", "arn:"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%s is in the log:\n%s", secret, out.String())
		}
	}
}

// Whoever sends half a request, or none, or reads nothing, is dropped; and no
// more connections than are meant to be are served at once.
func TestTimeouts(t *testing.T) {
	s := httpServer(http.NotFoundHandler())
	if s.ReadHeaderTimeout == 0 || s.ReadTimeout == 0 || s.WriteTimeout == 0 || s.IdleTimeout == 0 || s.MaxHeaderBytes == 0 {
		t.Errorf("no limit in %+v", s)
	}
	s.ReadHeaderTimeout = time.Millisecond
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go s.Serve(l)
	t.Cleanup(func() { s.Close() })
	for _, half := range []string{"", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nX: "} {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(c, half)
		// The end of the test's own time is no end of the connection.
		if _, err := io.ReadAll(c); err != nil && !strings.Contains(err.Error(), "reset") {
			t.Errorf("after %q: %v", half, err)
		}
		c.Close()
	}
}

// The server as it is started: it answers at its own addresses, keeps what it
// acknowledged, and ends when it is told to.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	said, logged, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stop, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		ended <- run(stop, options{port: "0", links: dir, site: dir, space: 1, writes: 20, evaluations: 60}, logged, logged)
	}()
	start := make([]byte, 200)
	n, err := said.Read(start)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(start[:n]), " at ")
	address, _, _ := strings.Cut(rest, "/ ")
	w, err := http.Post(address+"/api/links", "application/json", strings.NewReader(private(box)))
	if err != nil {
		t.Fatal(err)
	}
	var c created
	if err := json.NewDecoder(w.Body).Decode(&c); err != nil || w.StatusCode != 201 || c.URL != address+"/s/"+c.ID {
		t.Errorf("%d %+v %v", w.StatusCode, c, err)
	}
	w.Body.Close()
	if _, err := os.Stat(dir + "/" + c.ID + ".json"); err != nil {
		t.Error(err)
	}
	if err := run(stop, options{port: address[strings.LastIndexByte(address, ':')+1:], links: dir, site: dir}, logged,
		logged); err == nil || !strings.Contains(err.Error(), "PORT") {
		t.Errorf("a second server at that port: %v", err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
