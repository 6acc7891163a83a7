package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"why403/engine"
)

// MaxBody is the longest body of a request, in bytes.
const MaxBody = 64 << 10

// server answers requests. It has no state but the store.
type server struct {
	store  Store
	public string // the origin by which visitors come, "" for that of each request

	patience func() <-chan time.Time // tells when the time of an evaluation is over; nil for never
}

// request is an HTTP request that passed the checks of its route.
type request struct {
	*http.Request
	id   string // from the path, "" where the route has none
	body string // UTF-8, whole
}

// answer is what goes back. Everything is written at once, so a failure never
// leaves half of one.
type answer struct {
	status int
	header map[string]string
	body   []byte
}

// fault is an answer that says what is wrong, for people and for programs. No
// part of the request goes into it.
type fault struct {
	status  int
	code    string // stable, for programs
	message string
	problem any // the places in a scenario or a JSON text, if that is it
}

func (f *fault) Error() string { return f.code + ": " + f.message }

type handler func(*server, *request) (*answer, error)

// route is one address. Where the path ends in a slash, an id follows.
type route struct {
	path    string
	methods map[string]handler
	accepts string // the content type of a body
	shared  bool   // other sites may read the answers; see cors
	people  bool   // errors are shown to people, as a page
}

var routes = []route{
	{path: "/api/links", methods: map[string]handler{"POST": (*server).create}, accepts: "application/json"},
	{path: "/api/links/", methods: map[string]handler{"GET": (*server).read, "DELETE": (*server).remove}, shared: true},
	{path: "/s/", methods: map[string]handler{"GET": (*server).show}, people: true},
	{path: "/api/evaluate", methods: map[string]handler{"POST": (*server).evaluate}, accepts: "text/plain", shared: true},
	{path: "/oembed", methods: map[string]handler{"GET": (*server).oembed}, shared: true},
	{path: "/api/health", methods: map[string]handler{"GET": (*server).health}, shared: true},
}

// ServeHTTP answers one request.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	found, id := find(r.URL.Path)
	a, err := s.guarded(found, id, w, r)
	if err != nil {
		a = found.failure(err)
	}
	a.write(found, w, r)
}

// write sends an answer to whoever asked at that route.
func (a *answer) write(found *route, w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	for name, value := range defaults {
		header.Set(name, value)
	}
	if found != nil && found.shared {
		header.Set("Access-Control-Allow-Origin", "*")
	}
	for name, value := range a.header {
		header.Set(name, value)
	}
	if len(a.body) == 0 {
		header.Del("Content-Type")
	}
	w.WriteHeader(a.status)
	if r.Method != http.MethodHead {
		w.Write(a.body) // a client that has disconnected is not told
	}
}

// defaults are the headers of every answer that does not say otherwise.
var defaults = map[string]string{
	"Content-Type":            "application/json; charset=utf-8",
	"Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options":  "nosniff",
	"Referrer-Policy":         "no-referrer",
	"Cache-Control":           "no-store",
}

func find(path string) (*route, string) {
	for i := range routes {
		rest, ok := strings.CutPrefix(path, routes[i].path)
		if ok && (rest == "" || strings.HasSuffix(routes[i].path, "/")) {
			return &routes[i], rest
		}
	}
	return nil, ""
}

// guarded is answer, where a bug is an answer too.
func (s *server) guarded(found *route, id string, w http.ResponseWriter, r *http.Request) (a *answer, err error) {
	defer func() {
		if recover() != nil {
			err = errBug
		}
	}()
	return s.answer(found, id, w, r)
}

// answer checks what every request must keep to, and calls the handler.
func (s *server) answer(found *route, id string, w http.ResponseWriter, r *http.Request) (*answer, error) {
	if found == nil {
		return nil, &fault{status: 404, code: "no-such-path", message: "There is nothing at this address."}
	}
	method := strings.Replace(r.Method, "HEAD", "GET", 1)
	handle, ok := found.methods[method]
	switch {
	case !ok:
		return nil, &fault{status: 405, code: "method", message: "This address takes " + found.allowed() + "."}
	case method != "GET" && !found.shared && s.foreign(r), method == "DELETE" && s.foreign(r):
		return nil, &fault{status: 403, code: "cross-origin", message: "Links are made and deleted from this site, not from another one."}
	case strings.HasSuffix(found.path, "/") && !isID(id):
		return nil, errNoLink
	}
	body := ""
	if method == "POST" {
		var err error
		if body, err = found.body(w, r); err != nil {
			return nil, err
		}
	}
	return handle(s, &request{r, id, body})
}

// foreign reports whether a page of another site sends the request. Scripts
// outside a browser send no Origin.
func (s *server) foreign(r *http.Request) bool {
	from := r.Header.Get("Origin")
	return from != "" && from != s.origin(r)
}

// origin is the site that was asked, as in https://example.com. Under workerd
// the request's address is whole; natively it is the Host header.
func (s *server) origin(r *http.Request) string {
	switch {
	case s.public != "":
		return s.public
	case r.URL.Scheme == "https", r.URL.Scheme == "http":
		return r.URL.Scheme + "://" + r.URL.Host
	}
	return "http://" + r.Host
}

// body reads a body that is what the route takes, and no longer than MaxBody.
func (found *route) body(w http.ResponseWriter, r *http.Request) (string, error) {
	media, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := strings.ToLower(parameters["charset"])
	if err != nil || media != found.accepts || charset != "" && charset != "utf-8" || r.Header.Get("Content-Encoding") != "" {
		return "", &fault{status: 415, code: "content-type", message: "Send the body as " + found.accepts + ", in UTF-8 and not compressed."}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBody))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return "", errTooLarge
	case err != nil:
		return "", &fault{status: 400, code: "body", message: "The body broke off. Send it again."}
	case !utf8.Valid(body):
		return "", &fault{status: 400, code: "not-utf-8", message: "The body is not UTF-8 text."}
	}
	return string(body), nil
}

var (
	errBug      = &fault{status: 500, code: "bug", message: "why403 failed at this, which is its fault and not yours."}
	errTooLarge = &fault{status: 413, code: "too-large",
		message: fmt.Sprintf("At most %d bytes are taken. Send the scenario as a file instead.", MaxBody)}
	errNoLink = &fault{status: 404, code: "no-such-link",
		message: "There is no such link. Perhaps it was deleted, or letters are missing at its end."}
	errStore = &fault{status: 503, code: "store", message: "The links can't be reached now. Try again."}
)

func (found *route) allowed() string {
	if found.methods["DELETE"] != nil {
		return "GET and DELETE"
	}
	for method := range found.methods {
		return method
	}
	return ""
}

// failure is the answer that tells of an error. What is no fault is the
// store's.
func (found *route) failure(err error) *answer {
	var f *fault
	if !errors.As(err, &f) {
		f = errStore
	}
	header := map[string]string{}
	switch f.status {
	case http.StatusMethodNotAllowed:
		header["Allow"] = strings.Replace(found.allowed(), " and", ",", 1)
	case http.StatusUnauthorized:
		header["WWW-Authenticate"] = "Bearer"
	case http.StatusServiceUnavailable:
		header["Retry-After"] = "5"
	case http.StatusTooManyRequests:
		header["Retry-After"] = "60"
	}
	if found != nil && found.people {
		header["Content-Type"] = htmlType
		return &answer{f.status, header, errorPage(f)}
	}
	type said struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Problem any    `json:"problems,omitempty"`
	}
	return &answer{f.status, header, asJSON(struct {
		Error said `json:"error"`
	}{said{f.code, f.message, f.problem}})}
}

// asJSON marshals structs of our own, which can't fail.
func asJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return append(text, '\n')
}

// health tells the page that there are short links here, after a look for one
// that nobody has.
func (s *server) health(*request) (*answer, error) {
	if _, err := s.store.Get(strings.Repeat(idLetters[:1], idLength)); err != nil {
		return nil, err
	}
	return &answer{status: 200, body: asJSON(struct {
		Links  bool   `json:"links"`
		Engine string `json:"engine"`
	}{true, engine.Version})}, nil
}
