//go:build !js

// Command worker keeps short links and answers scripts: as a Cloudflare Worker
// (main_js.go and worker.mjs, over R2), and here as a server of one machine over a
// folder, with the page beside it. The handlers are the same.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"strings"

	"github.com/syumai/workers"
)

func main() {
	links := flag.String("links", ".links", "the folder that keeps short links")
	site := flag.String("site", "web/dist", "the folder of the built page")
	flag.Parse()
	if err := run(*links, *site); err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		os.Exit(1)
	}
}

func run(links, site string) error {
	store, err := openFolder(links)
	if err != nil {
		return err
	}
	port := os.Getenv("PORT")
	if port == "" {
		port = "8403"
		os.Setenv("PORT", port)
	}
	// workers.Serve returns without a word where the port is taken.
	probe, err := net.Listen("tcp", ":"+port)
	if err != nil {
		return fmt.Errorf("port %s is taken or is none, set PORT to another one (%w)", port, err)
	}
	probe.Close()
	fmt.Printf("why403 is at http://127.0.0.1:%s/ (Ctrl+C stops it); short links are kept in %s\n", port, links)
	workers.Serve(local(whole(store, os.DirFS(site))))
	return fmt.Errorf("the server at port %s stopped", port)
}

// whole answers the addresses of the API, as run_worker_first in wrangler.jsonc
// names them, and all others with files of the site.
func whole(store Store, files fs.FS) http.Handler {
	api := &server{store}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") || strings.HasPrefix(r.URL.Path, "/s/") || r.URL.Path == "/oembed" {
			api.ServeHTTP(w, r)
			return
		}
		serveFile(w, r, files)
	})
}

// local lets in only who is on this machine and says so. workers.Serve listens
// on all of its addresses, and a name of somebody else's may lead to it too.
func local(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from, _, _ := net.SplitHostPort(r.RemoteAddr)
		if ip := net.ParseIP(from); ip == nil || !ip.IsLoopback() || !localName(r.Host) {
			w.Header().Set("Connection", "close")
			http.Error(w, "this server answers its own machine only", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func localName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return host == "127.0.0.1" || host == "localhost" || host == "::1" || host == "[::1]"
}
