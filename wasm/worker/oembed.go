package main

import (
	"html"
	"strconv"
	"strings"

	answering "why403/engine/answer"
	"why403/engine/link"
	"why403/engine/scenario"
)

// frame is the size of an embedded scenario in pixels, where the reader sets
// no narrower one.
const frameWidth, frameHeight = 720, 480

// oembed tells a site how to embed a public link. https://oembed.com
func (s *server) oembed(r *request) (*answer, error) {
	query := r.URL.Query()
	if format := query.Get("format"); format != "" && format != "json" {
		return nil, &fault{status: 501, code: "format", message: "The format is json."}
	}
	site := s.origin(r.Request)
	id, ok := strings.CutPrefix(query.Get("url"), site+"/s/")
	if !ok || !isID(id) {
		return nil, &fault{status: 404, code: "no-such-link", message: "The url is not a short link of this site."}
	}
	l, err := s.link(id)
	if err != nil {
		return nil, err
	}
	if l.Kind != Public {
		return nil, &fault{status: 401, code: "private", message: "This link is private: only who has its key can read it."}
	}
	name := ""
	src, err := judged(s, l.Scenario, func(f *scenario.File, answers []answering.Answer) (string, error) {
		name = title(f)
		return link.Telling(f, site+"/embed/", answering.OutcomesOf(answers))
	})
	if err != nil {
		return nil, err
	}
	width, height := atMost(query.Get("maxwidth"), frameWidth), atMost(query.Get("maxheight"), frameHeight)
	return &answer{200, map[string]string{"Cache-Control": "public, max-age=" + maxAge}, asJSON(struct {
		Version  string `json:"version"`
		Type     string `json:"type"`
		Title    string `json:"title"`
		Provider string `json:"provider_name"`
		Site     string `json:"provider_url"`
		HTML     string `json:"html"`
		Width    int    `json:"width"`
		Height   int    `json:"height"`
	}{"1.0", "rich", name, "why403", site, iframe(src, name, width, height), width, height})}, nil
}

func iframe(src, title string, width, height int) string {
	return `<iframe src="` + html.EscapeString(src) + `" title="` + html.EscapeString(title) +
		`" width="` + strconv.Itoa(width) + `" height="` + strconv.Itoa(height) +
		`" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" loading="lazy"></iframe>`
}

// atMost is a limit that a reader sets, or ours.
func atMost(limit string, ours int) int {
	if n, err := strconv.Atoi(limit); err == nil && n > 0 {
		return min(n, ours)
	}
	return ours
}
