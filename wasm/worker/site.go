//go:build !js

package main

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// contentTypes are those of the built page. The system's own tables differ.
var contentTypes = map[string]string{
	".html": htmlType,
	".js":   "text/javascript; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".json": "application/json; charset=utf-8",
	".svg":  "image/svg+xml",
	".txt":  "text/plain; charset=utf-8",
	".wasm": "application/wasm",
}

// sitePolicy is also in the page's meta element. A worker takes its policy from
// its own response, so the server sends one too.
const sitePolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
	"img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "

// serveFile answers with a file of the built page, compressed where the build
// left a compressed one. What is wrong is answered with the same headers.
func serveFile(w http.ResponseWriter, r *http.Request, files fs.FS) {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if strings.HasSuffix(r.URL.Path, "/") {
		name = path.Join(name, "index.html")
	}
	closeSite(w, name)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	file, encoding := choose(files, name, r.Header.Get("Accept-Encoding"))
	if file == nil {
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	defer file.Close()
	header := w.Header()
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
	}
	header.Set("Content-Type", cmp.Or(contentTypes[path.Ext(name)], "application/octet-stream"))
	// Pages of other sites, and sandboxed ones, use the files of the element.
	header.Set("Access-Control-Allow-Origin", "*")
	header.Set("Cache-Control", "no-cache")
	header.Set("Vary", "Accept-Encoding")
	header.Set("ETag", fmt.Sprintf(`"%d-%d"`, file.info.Size(), file.info.ModTime().UnixMilli()))
	http.ServeContent(w, r, name, file.info.ModTime(), file.ReadSeeker)
}

// closeSite sets what every answer of the site has, whatever its status.
func closeSite(w http.ResponseWriter, name string) {
	header := w.Header()
	header.Set("Content-Security-Policy", sitePolicy+frameAncestors(name))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("Cache-Control", "no-store")
}

// choose opens a file, or its compressed form where that is accepted. The
// compressed form has no address of its own.
func choose(files fs.FS, name, accepted string) (file *siteFile, encoding string) {
	if path.Ext(name) == ".br" {
		return nil, ""
	}
	if acceptsBrotli(accepted) {
		if file, err := open(files, name+".br"); err == nil {
			return file, "br"
		}
	}
	file, err := open(files, name)
	if err != nil {
		return nil, ""
	}
	return file, ""
}

// acceptsBrotli reports whether an Accept-Encoding header names br, or all, and
// not to refuse it: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3
func acceptsBrotli(header string) bool {
	accepts := false
	for one := range strings.SplitSeq(strings.ToLower(header), ",") {
		coding, weight, _ := strings.Cut(one, ";")
		name, value, _ := strings.Cut(weight, "=")
		refused := strings.TrimSpace(name) == "q" && strings.Trim(value, "0. \t") == ""
		switch strings.TrimSpace(coding) {
		case "br":
			return !refused
		case "*":
			accepts = !refused
		}
	}
	return accepts
}

// siteFile is an open file of the site.
type siteFile struct {
	io.ReadSeeker
	io.Closer
	info fs.FileInfo
}

func open(files fs.FS, name string) (*siteFile, error) {
	file, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	seeker, ok := file.(io.ReadSeeker)
	if err != nil || !ok || !info.Mode().IsRegular() {
		file.Close()
		return nil, fs.ErrNotExist
	}
	return &siteFile{seeker, file, info}, nil
}

// frameAncestors is who may show a page in a frame: everybody what is made for
// that.
func frameAncestors(name string) string {
	if strings.HasPrefix(name, "embed/") {
		return "*"
	}
	return "'self'"
}
