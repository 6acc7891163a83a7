//go:build !js

package main

import (
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// rate counts requests by address, minute for minute, as the limits in
// wrangler.jsonc do.
type rate struct {
	most int // 0 for any number

	mutex  sync.Mutex
	minute int64
	counts map[string]int
}

// allows counts one request. An address that asks again in the next minute
// starts anew, so nothing of a minute that is over is kept.
func (l *rate) allows(address string, now time.Time) bool {
	if l.most == 0 {
		return true
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if minute := now.Unix() / 60; minute != l.minute || l.counts == nil {
		l.minute, l.counts = minute, map[string]int{}
	}
	address = network(address)
	l.counts[address]++
	return l.counts[address] <= l.most
}

// network is an address as it is counted. One person has all of an IPv6 /64:
// https://www.rfc-editor.org/rfc/rfc6177
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || !ip.Unmap().Is6() {
		return address
	}
	prefix, _ := ip.WithZone("").Prefix(64)
	return prefix.String()
}

var errRate = &fault{status: 429, code: "rate", message: "Too many requests came from your address. Wait a minute and try again."}

// limited refuses what one address asks for too often. Reading has no limit.
func limited(writes, evaluations int, next http.Handler) http.Handler {
	write, evaluate := &rate{most: writes}, &rate{most: evaluations}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		limit := write
		switch {
		case r.Method == http.MethodGet, r.Method == http.MethodHead:
			next.ServeHTTP(w, r)
			return
		case r.URL.Path == "/api/evaluate":
			limit = evaluate
		}
		if !limit.allows(client(r), time.Now()) {
			found, _ := find(r.URL.Path)
			found.failure(errRate).write(found, w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}
