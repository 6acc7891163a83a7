package main

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"syscall/js"

	"github.com/syumai/workers"
)

// The Worker is one Go instance that is kept from request to request. The
// module's own worker.mjs starts one for each, which costs 9 to 14 ms of CPU
// (Workers have 10 ms on the free plan) and a memory of its own: 50 connections
// that wrote at once brought workerd down. A kept instance may do no I/O, since
// workerd forbids I/O for one request while it runs another. So worker.mjs
// reads and writes R2, and a request is answered here in one turn of the event
// loop: from what is passed in, to a reply that says what to answer and what to
// store. Where more has to be known first, the reply says that, and the request
// is asked again. One turn costs 1 to 2 ms.
func main() {
	workers.ServeNonBlock(http.HandlerFunc(serve))
	workers.Ready()
	select {}
}

// reply is what worker.mjs gets, as JSON. It is the http.ResponseWriter of the
// turn.
type reply struct {
	Status int         `json:"status"`
	Fields http.Header `json:"header"`
	Body   string      `json:"body"`
	Do     work        `json:"do"`
}

func (r *reply) Header() http.Header    { return r.Fields }
func (r *reply) WriteHeader(status int) { r.Status = status }
func (r *reply) Write(body []byte) (int, error) {
	r.Body += string(body)
	return len(body), nil
}

// work is what worker.mjs has to do before the answer holds: one of these, with
// the link of this id.
type work struct {
	ID     string `json:"id,omitempty"`
	Read   bool   `json:"read,omitempty"` // and ask again with the link
	Create *Link  `json:"create,omitempty"`
	Delete bool   `json:"delete,omitempty"`
}

// turn is the store of one turn. It knows one link at most.
type turn struct {
	known string // the id of the link that is known
	link  *Link  // nil where there is none
	lost  bool   // R2 could not be reached, so nothing is asked of it again
	do    work
}

var errUnknown = errors.New("worker.mjs asks again with the link")

func (t *turn) Get(id string) (*Link, error) {
	switch {
	case t.lost:
		return nil, errStore
	case t.known != id:
		t.do = work{ID: id, Read: true}
		return nil, errUnknown
	}
	return t.link, nil
}

// Create supposes that the link is stored. Where the id was taken, worker.mjs
// asks again, and the link gets another one.
func (t *turn) Create(id string, l *Link) (bool, error) {
	if t.lost {
		return false, errStore
	}
	t.do = work{ID: id, Create: l}
	return true, nil
}

func (t *turn) Delete(id string) error {
	if t.lost {
		return errStore
	}
	t.do = work{ID: id, Delete: true}
	return nil
}

// The headers by which worker.mjs passes in what it knows of the store. They
// are not the client's: worker.mjs copies those it names and no others.
const (
	knownHeader = "Why403-Known"
	linkHeader  = "Why403-Link"
	lostHeader  = "Why403-Lost"
)

func serve(w http.ResponseWriter, r *http.Request) {
	t := turn{known: r.Header.Get(knownHeader), lost: r.Header.Get(lostHeader) != ""}
	// The module cuts headers at commas.
	if stored := strings.Join(r.Header[linkHeader], ","); stored != "" {
		t.link = new(Link)
		t.lost = json.Unmarshal([]byte(stored), t.link) != nil || t.lost
	}
	said := reply{Fields: http.Header{}}
	(&server{store: &t}).ServeHTTP(&said, r)
	said.Do = t.do
	// A body that is written goes through a stream, whose end also ends the
	// module's instance. A body that is handed over does not.
	w.(interface{ WriteRawJSBody(js.Value) }).WriteRawJSBody(js.ValueOf(string(asJSON(said))))
}
