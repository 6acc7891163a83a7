//go:build !js

package main

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// gate lets in only who is on this machine and asks for it by its name: a name
// of somebody else's may lead here too. A proxy of this machine speaks for
// others, so what it forwards is let in only where the server was started for
// that, and knows by which address they come.
type gate struct {
	port   string
	public string // an origin, "" where there is no proxy
	next   http.Handler
}

func (g gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if why := g.refuses(r); why != "" {
		closeSite(w, "")
		w.Header().Set("Connection", "close")
		http.Error(w, why, http.StatusForbidden)
		return
	}
	// A request line may hold a whole address. Its host was checked, as r.Host.
	r.URL.Scheme, r.URL.Host = "", ""
	g.next.ServeHTTP(w, r)
}

func (g gate) refuses(r *http.Request) string {
	from, _, _ := net.SplitHostPort(r.RemoteAddr)
	switch ip := net.ParseIP(from); {
	case ip == nil || !ip.IsLoopback():
		return "this server answers its own machine only"
	case g.public == "" && forwarded(r):
		return "this server answers its own machine only; behind a proxy, start it with -public and the address by which visitors come"
	case g.public != "" && g.public == scheme(g.public)+r.Host:
		return ""
	case !g.local(r.Host):
		return "this server has another name"
	}
	return ""
}

// local reports whether a Host header is one of this machine's own names, with
// the port at which the server is.
func (g gate) local(host string) bool {
	for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
		if host == net.JoinHostPort(name, g.port) || g.port == "80" && (host == name || host == "["+name+"]") {
			return true
		}
	}
	return false
}

// forwarding are the headers by which a proxy says for whom it asks.
var forwarding = []string{"Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Server",
	"X-Real-Ip", "Cf-Connecting-Ip", "True-Client-Ip"}

// forwarded reports whether a proxy sends the request. One that says nothing of
// itself may be known by its HTTP/1.0, with which nginx forwards unless told
// otherwise: https://nginx.org/en/docs/http/ngx_http_proxy_module.html
func forwarded(r *http.Request) bool {
	for _, name := range forwarding {
		if len(r.Header[name]) > 0 {
			return true
		}
	}
	return !r.ProtoAtLeast(1, 1)
}

// client is the address that asks. Behind the proxy it is the last one of
// X-Forwarded-For, which is the proxy's own word; those before it are the
// client's.
func client(r *http.Request) string {
	said := strings.Join(r.Header["X-Forwarded-For"], ",")
	if last := net.ParseIP(strings.TrimSpace(said[strings.LastIndexByte(said, ',')+1:])); last != nil {
		return last.String()
	}
	from, _, _ := net.SplitHostPort(r.RemoteAddr)
	return from
}

// publicOrigin reads the -public flag: http or https and a host, and no more.
func publicOrigin(flag string) (string, error) {
	if flag == "" {
		return "", nil
	}
	u, err := url.Parse(flag)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" ||
		strings.ContainsAny(flag, "?#\"'<>&") {
		return "", fmt.Errorf("-public %q is not an address like https://example.com", flag)
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}

func scheme(origin string) string { return origin[:strings.Index(origin, "://")+3] }
