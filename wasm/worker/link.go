package main

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"html"
	"strings"

	"why403/engine/places"
	"why403/engine/policy"
	"why403/engine/report"
	"why403/engine/scenario"
)

// The kinds of links.
const (
	Private = "private" // encrypted in the browser; the key is in the link's fragment
	Public  = "public"  // published on purpose
)

// Link is one stored link. It holds all that a reader gets, so that reading
// one is copying bytes: see worker.mjs.
type Link struct {
	Version int `json:"v"`
	Content
	Token string `json:"token"` // the SHA-256 of the delete token, base64url
	// Parts is what /s/ID shows, rendered when it was created, cut where the
	// origin of the site comes in. Links from before there were parts have none,
	// and their page is rendered when it is read.
	Parts  []string `json:"parts"`
	Policy string   `json:"policy"` // the Content-Security-Policy of that page
}

// Content is what a link is for. Either Box or Scenario is empty.
type Content struct {
	Kind     string `json:"kind"`
	Box      string `json:"box,omitempty"`      // AES-256-GCM in base64url: 12 bytes IV, ciphertext, 16 bytes tag
	Scenario string `json:"scenario,omitempty"` // a scenario file
}

// formatVersion is in every body and in every stored link.
const formatVersion = 1

// Ids are 96 random bits, four in a letter, so they can neither be guessed nor
// walked. The letters have no look-alikes among them (0 and o, 1, l and i) and
// no vowels to make words of.
const (
	idLetters = "bcdfghjkmnprstvx"
	idLength  = 24
)

// newID gives every link an id of its own, whatever else was stored with the
// same content: who deletes a link deletes nobody else's.
func newID() string {
	random := make([]byte, idLength/2)
	rand.Read(random) // never fails: it would end the program
	id := make([]byte, 0, idLength)
	for _, b := range random {
		id = append(id, idLetters[b>>4], idLetters[b&15])
	}
	return string(id)
}

func isID(s string) bool {
	return len(s) == idLength && strings.Trim(s, idLetters) == ""
}

// readContent reads the body that creates a link. It is as strict as it can
// be: what is ignored today could mean something tomorrow.
func readContent(body string) (*Content, error) {
	root, problems := policy.ParseJSON("", body)
	if len(problems) > 0 {
		p := report.Place(places.New(func(string) string { return body }), &problems[0])
		return nil, &fault{status: 400, code: "json", message: "The body is not the JSON of a link: see the problem.",
			problem: []report.Problem{p}}
	}
	var c Content
	fields := map[string]*string{"kind": &c.Kind, "box": &c.Box, "scenario": &c.Scenario}
	for i := range root.Names {
		name, value := root.Names[i].Value, &root.Items[i]
		switch field := fields[name]; {
		case name == "v" && value.Kind == policy.Number && value.Value == "1":
		case field != nil && value.Kind == policy.String:
			*field = value.Value
		default:
			return nil, errBody
		}
	}
	if _, ok := root.Field("v"); !ok {
		return nil, errBody
	}
	return &c, c.check()
}

var errBody = &fault{status: 400, code: "body",
	message: `The body is {"v":1,"kind":"private","box":"…"} or {"v":1,"kind":"public","scenario":"…"}, and nothing else.`}

func (c *Content) check() error {
	switch {
	case c.Kind == Private && c.Box != "" && c.Scenario == "":
		return checkBox(c.Box)
	case c.Kind == Public && c.Box == "" && c.Scenario != "":
		return nil // its page is written before it is stored: see publicPage
	}
	return errBody
}

// checkBox checks the form alone: nobody here can open it.
func checkBox(box string) error {
	const least = 12 + 16 + 1
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(box)
	if err != nil || len(sealed) < least || strings.ContainsAny(box, "\r\n") {
		return &fault{status: 400, code: "box",
			message: "The box is not base64url without padding of an IV of 12 bytes, a ciphertext and a tag of 16 bytes."}
	}
	return nil
}

// checkScenario refuses what has no answer to show.
func checkScenario(f *scenario.File) error {
	if f.Errors() {
		return &fault{status: 422, code: "scenario", message: "The scenario has problems, so it has no answer to publish.",
			problem: report.Places(f, policy.Error)}
	}
	return nil
}

// create stores a link, with an id and a token that are its creator's alone.
func (s *server) create(r *request) (*answer, error) {
	c, err := readContent(r.body)
	if err != nil {
		return nil, err
	}
	id, token := newID(), rand.Text()
	l := &Link{Version: formatVersion, Content: *c, Token: hashed(token)}
	if l.Parts, l.Policy, err = s.page(c, id); err != nil {
		return nil, err
	}
	ours, err := s.store.Create(id, l)
	if err == nil && !ours {
		err = errStore
	}
	if err != nil {
		return nil, err
	}
	return &answer{status: 201, body: asJSON(struct {
		ID    string `json:"id"`
		URL   string `json:"url"`
		Token string `json:"deleteToken"`
	}{id, s.origin(r.Request) + "/s/" + id, token})}, nil
}

func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func (s *server) link(id string) (*Link, error) {
	l, err := s.store.Get(id)
	if err == nil && l == nil {
		err = errNoLink
	}
	return l, err
}

// maxAge is how long readers and caches keep what they read, in seconds. A
// link never changes, so this is how long a deleted one can still be seen.
const maxAge = "300"

// read gives back what created the link.
func (s *server) read(r *request) (*answer, error) {
	l, err := s.link(r.id)
	if err != nil {
		return nil, err
	}
	return &answer{200, map[string]string{"Cache-Control": "public, max-age=" + maxAge}, asJSON(struct {
		Version int `json:"v"`
		Content
	}{l.Version, l.Content})}, nil
}

// show gives the page of a link.
func (s *server) show(r *request) (*answer, error) {
	l, err := s.link(r.id)
	if err != nil {
		return nil, err
	}
	parts, policy := l.Parts, l.Policy
	if len(parts) == 0 {
		if parts, policy, err = s.page(&l.Content, r.id); err != nil {
			return nil, err
		}
	}
	page := strings.Join(parts, html.EscapeString(s.origin(r.Request)))
	return &answer{200, map[string]string{"Cache-Control": "public, max-age=" + maxAge,
		"Content-Type": htmlType, "Content-Security-Policy": policy}, []byte(page)}, nil
}

// remove deletes a link for whoever has its token.
func (s *server) remove(r *request) (*answer, error) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok || token == "" {
		return nil, &fault{status: 401, code: "no-token",
			message: "Send the delete token that creation returned, as Authorization: Bearer TOKEN."}
	}
	l, err := s.link(r.id)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare([]byte(hashed(token)), []byte(l.Token)) != 1 {
		return nil, &fault{status: 403, code: "wrong-token", message: "This is not the token that the creation of this link returned."}
	}
	if err := s.store.Delete(r.id); err != nil {
		return nil, err
	}
	return &answer{status: 204}, nil
}
