//go:build !js

// Command worker keeps short links and answers scripts: as a Cloudflare Worker
// (main_js.go and worker.mjs, over R2), and here as a server of one machine over a
// folder, with the page beside it. The handlers are the same.
package main

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"golang.org/x/net/netutil"
)

// options are the flags, see main.
type options struct {
	port, links, site, public string
	space                     int64 // megabytes
	writes, evaluations       int   // a minute
}

func main() {
	var o options
	flag.StringVar(&o.links, "links", ".links", "the `folder` that keeps short links; it belongs to one server")
	flag.StringVar(&o.site, "site", "web/dist", "the `folder` of the built page")
	flag.StringVar(&o.public, "public", "",
		"the `address` by which visitors come, as in https://example.com, where a proxy of this machine forwards them")
	flag.Int64Var(&o.space, "space", 1024, "how many `megabytes` of links are kept")
	flag.IntVar(&o.writes, "writes", 20, "how many links an address may make or delete in a minute, 0 for any `number`")
	flag.IntVar(&o.evaluations, "evaluations", 60, "how many evaluations an address may ask for in a minute, 0 for any `number`")
	flag.Parse()
	if o.port = os.Getenv("PORT"); o.port == "" {
		o.port = "8403"
	}
	stop, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	if err := run(stop, o, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		os.Exit(1)
	}
}

// run serves until it is told to stop, and then answers what it was asked.
func run(stop context.Context, o options, said, logged *os.File) error {
	public, err := publicOrigin(o.public)
	if err != nil {
		return err
	}
	store, err := openFolder(o.links, o.space<<20)
	if err != nil {
		return fmt.Errorf("the folder of links: %w", err)
	}
	listeners, port, err := listen(o.port)
	if err != nil {
		return err
	}
	api := &server{store: store, public: public, patience: patience}
	front := gate{port: port, public: public, next: limited(o.writes, o.evaluations, whole(api, os.DirFS(o.site)))}
	s := httpServer(written(front, log.New(logged, "", log.LstdFlags)))
	ended := make(chan error, len(listeners))
	for _, l := range listeners {
		go func() { ended <- s.Serve(netutil.LimitListener(l, connections)) }()
	}
	address := public
	if address == "" {
		address = "http://127.0.0.1:" + port
	}
	fmt.Fprintf(said, "why403 is at %s/ (Ctrl+C stops it); short links are kept in %s\n", address, o.links)
	select {
	case err := <-ended:
		return fmt.Errorf("the server at port %s stopped: %w", port, err)
	case <-stop.Done():
	}
	last, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return s.Shutdown(last)
}

// connections is how many connections are served at once. More of them wait.
const connections = 256

// httpServer has a limit for everything that a client could draw out. A page and
// what it loads are written within a minute even over 128 kbit/s.
func httpServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(quiet{}, "", 0),
	}
}

// quiet drops what net/http says of connections that broke: it quotes what was
// sent, and clients could fill the log.
type quiet struct{}

func (quiet) Write(text []byte) (int, error) { return len(text), nil }

// listen listens on this machine's own addresses alone, at one port.
func listen(port string) ([]net.Listener, string, error) {
	four, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		return nil, "", fmt.Errorf("port %s is taken or is none, set PORT to another one (%w)", port, err)
	}
	_, port, _ = net.SplitHostPort(four.Addr().String())
	six, err := net.Listen("tcp", net.JoinHostPort("::1", port))
	if err != nil { // not every machine has IPv6
		return []net.Listener{four}, port, nil
	}
	return []net.Listener{four, six}, port, nil
}

// whole answers the addresses of the API, as run_worker_first in wrangler.jsonc
// names them, and all others with files of the site.
func whole(api *server, files fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if ofAPI(r.URL.Path) {
			api.ServeHTTP(w, r)
			return
		}
		serveFile(w, r, files)
	})
}

func ofAPI(path string) bool {
	return strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/s/") || path == "/oembed"
}
