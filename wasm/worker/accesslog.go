//go:build !js

package main

import (
	"log"
	"net/http"
	"time"
)

// written notes each answer: who asked, for what, the status, the bytes and the
// time. Whatever a client made up stays out: no query, no id of a link (who has
// it can read the link), no address where there is nothing, no body.
func written(next http.Handler, to *log.Logger) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		method, path := r.Method, r.URL.Path
		counted := &counter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(counted, r)
		to.Printf("%s %s %s %d %d %s", client(r), known(method), loggedPath(path, counted.status), counted.status, counted.bytes,
			time.Since(start).Round(time.Microsecond))
	})
}

func loggedPath(path string, status int) string {
	if found, _ := find(path); found != nil {
		return found.path
	}
	if status >= 400 {
		return "-"
	}
	return path
}

// known is a method, if HTTP has it.
func known(method string) string {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE":
		return method
	}
	return "-"
}

// counter counts what is written.
type counter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (c *counter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *counter) Write(text []byte) (int, error) {
	n, err := c.ResponseWriter.Write(text)
	c.bytes += int64(n)
	return n, err
}

// Unwrap lets net/http see the writer within.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
