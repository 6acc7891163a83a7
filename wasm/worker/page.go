package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"strconv"
	"strings"

	"why403/engine"
	answering "why403/engine/answer"
	"why403/engine/embed"
	"why403/engine/link"
	"why403/engine/scenario"
)

const htmlType = "text/html; charset=utf-8"

// maxPage is the longest page that is stored, in bytes, and the longest answer to
// an evaluation. A body of many requests and many statements would have one far
// longer than itself.
const maxPage = 1 << 20

// style is in the page itself, so that a page looks as it did when it was
// stored, whatever is deployed later.
const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{max-width:60rem;margin:0 auto;padding:1rem}` +
	`h1,p,dd,li,td{overflow-wrap:anywhere}h1{line-height:1.25}figure{margin:0}figcaption{display:none}.why403-answer{border-top:1px ` +
	`solid;margin-top:1rem}` +
	`.why403-verdict{font-size:1.125rem}dl{display:grid;grid-template-columns:auto 1fr;gap:0 1rem}dd{margin:0}` +
	`table{border-collapse:collapse;width:100%}caption{text-align:start;padding:1rem 0 .25rem}` +
	`th,td{text-align:start;vertical-align:top;padding:.25rem .75rem .25rem 0;border-top:1px solid}` +
	`pre{overflow:auto;border:1px solid;padding:.75rem}pre,code,samp{font-family:ui-monospace,monospace;font-size:.875rem}` +
	`.why403-open{display:inline-block;padding:.5rem 1rem;border:1px solid;border-radius:.25rem}`

// opener takes the key from the fragment to the playground. Browsers send the
// fragment to no server, so only a script can.
const opener = `const key=location.hash.slice(1);` +
	`if(/^[\w-]{43}$/.test(key))location.replace("../#p="+location.pathname.split("/").pop()+"."+key);` +
	`else document.getElementById("say").textContent="The key is missing from this link, or letters are missing at its end. The key is the ` +
	`part after #. Ask for the whole link.";`

// source is how a policy allows one inline style or script.
func source(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// The policies of the two pages: nothing but their own style, and for the one
// that needs it, its own script.
var (
	publicPolicy  = "default-src 'none'; style-src " + source(style) + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	privatePolicy = publicPolicy + "; script-src " + source(opener)
)

// page renders what /s/ID shows, cut where the origin comes in, with the policy
// that fits it. The origin is put in when the page is read: what is stored tells
// nothing of the address by which it came.
func (s *server) page(c *Content, id string) (parts []string, policy string, err error) {
	if c.Kind == Private {
		return []string{document("<title>A private scenario – why403</title>",
				"<h1>A private scenario</h1>\n<p id=\"say\">Opening it in the playground.</p>\n"+
					"<noscript><p>It is decrypted in your browser, which needs JavaScript.</p></noscript>\n<script>"+opener+"</script>\n")},
			privatePolicy, nil
	}
	parts, err = judged(s, c.Scenario, func(f *scenario.File, answers []answering.Answer) ([]string, error) {
		return publicPage(f, answers, id)
	})
	return parts, publicPolicy, err
}

// publicPage renders the answers to a scenario.
func publicPage(f *scenario.File, answers []answering.Answer, id string) ([]string, error) {
	if err := checkScenario(f); err != nil {
		return nil, err
	}
	// An origin that no scenario can hold, since it is made now.
	origin := "https://" + rand.Text() + ".invalid"
	live, err := link.Telling(f, origin+"/", answering.OutcomesOf(answers))
	if err != nil {
		return nil, errTooLarge // for a link that opens it live
	}
	block, err := embed.HTML(f, embed.Options{Link: live, Src: origin + "/s/" + id, Answers: answers, Most: maxPage})
	if err != nil { // it is too long: other errors were refused before
		return nil, &fault{status: 422, code: "too-much",
			message: "The answers to this scenario are too long for a page. Publish fewer requests at once."}
	}
	page := document(head(f, &answers[0], origin, id), "<h1>"+html.EscapeString(title(f))+"</h1>\n"+block+
		"<p>Published by whoever made this link. Answered by version "+engine.Version+" of the engine of why403.</p>\n")
	return strings.Split(page, origin), nil
}

// document puts a page around its parts, which are HTML already.
func document(head, body string) string {
	return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, " +
		"initial-scale=1\">\n" +
		"<meta name=\"robots\" content=\"noindex\">\n<meta name=\"referrer\" content=\"no-referrer\">\n" + head + "\n<style>" + style +
		"</style>\n</head>\n<body>\n<main>\n" +
		body + "</main>\n</body>\n</html>\n"
}

func errorPage(f *fault) []byte {
	return []byte("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, " +
		"initial-scale=1\">\n" +
		"<title>" + strconv.Itoa(f.status) + " – why403</title>\n<p>" + html.EscapeString(f.message) +
		"</p>\n<p><a href=\"/\">why403</a></p>\n</html>\n")
}

func title(f *scenario.File) string {
	if title := strings.TrimSpace(f.Title()); title != "" {
		return title
	}
	return "An AWS access decision"
}

// summary is what a preview of the link shows below its title.
func summary(a *answering.Answer) string {
	return a.Outcome.String() + ": " + a.Verdict
}

func head(f *scenario.File, first *answering.Answer, origin, id string) string {
	title, summary := html.EscapeString(title(f)), html.EscapeString(summary(first))
	address := html.EscapeString(origin + "/s/" + id)
	// A query may hold the signs of an origin as they are: RFC 3986, section 3.4.
	oembed := html.EscapeString(origin + "/oembed?format=json&url=" + origin + "/s/" + id)
	return "<title>" + title + " – why403</title>\n" +
		"<meta name=\"description\" content=\"" + summary + "\">\n" +
		"<meta property=\"og:type\" content=\"article\">\n<meta property=\"og:site_name\" content=\"why403\">\n" +
		"<meta property=\"og:title\" content=\"" + title + "\">\n<meta property=\"og:description\" content=\"" + summary + "\">\n" +
		"<meta property=\"og:url\" content=\"" + address + "\">\n" +
		"<link rel=\"alternate\" type=\"application/json+oembed\" href=\"" + oembed + "\" title=\"" + title + "\">"
}
