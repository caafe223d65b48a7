package playground

import (
	"embed"
	"errors"
	"html/template"
	"net/http"
	"net/url"
)

// pageFiles are the page's templates, its stylesheet and its script.
//
//go:embed page/*
var pageFiles embed.FS

// pagePolicy lets the page load its own files and nothing else.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// webPage is what a visitor sees. It knows the world by the control API only,
// so it can do nothing that a script can't.
type webPage struct {
	api     http.Handler
	pulse   func() pulse
	tmpl    *template.Template
	md      pageMarkdown
	results *pageResults
}

// page mounts the page.
func (s *Server) page(mux *http.ServeMux) { newWebPage(s, s.pulse).mount(mux) }

// newWebPage makes a page on a control API, which looks again at each pulse.
func newWebPage(api http.Handler, beat func() pulse) *webPage {
	return &webPage{
		api: api, pulse: beat, md: newPageMarkdown(), results: &pageResults{},
		tmpl: template.Must(template.ParseFS(pageFiles, "page/*.html")),
	}
}

func (p *webPage) mount(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", p.show)
	mux.HandleFunc("GET /page/events", p.events)
	for path, act := range map[string]pageAction{
		"say": p.say, "run": p.run, "click": p.click, "modal": p.submit, "clock": p.clock, "world": p.world,
	} {
		mux.HandleFunc("POST /page/"+path, p.form(act))
	}
	for _, name := range []string{"page.css", "page.js"} {
		mux.HandleFunc("GET /page/"+name, func(w http.ResponseWriter, r *http.Request) {
			pageHeaders(w)
			http.ServeFileFS(w, r, pageFiles, "page/"+name)
		})
	}
}

func pageHeaders(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// maxForm bounds a posted form, files included.
const maxForm = 32 << 20

// pageAction does what a form asks for and notes what the page is to show next.
type pageAction func(pageClient, *http.Request, *pageResult) error

// form wraps an action: read the form, act, and send the browser on to the
// page, so that a reload repeats nothing.
func (p *webPage) form(act pageAction) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		pageHeaders(w)
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseMultipartForm(maxForm); err != nil && !errors.Is(err, http.ErrNotMultipart) {
			http.Error(w, "The form could not be read: it is too large or broken.", http.StatusBadRequest)
			return
		}
		res := pageResult{as: r.PostForm.Get("as"), channel: r.PostForm.Get("channel")}
		if err := act(pageClient{p.api, r.Host}, r, &res); err != nil {
			res.note = noteView{Kind: "bad", Text: err.Error()}
		}
		http.Redirect(w, r, res.address(p.results.put(res)), http.StatusSeeOther)
	}
}

// address is where the page shows a result kept under key.
func (res pageResult) address(key string) string {
	q := url.Values{"seen": {key}}
	if res.command != "" {
		q.Set("command", res.command)
	}
	to := pageAddress(res.as, res.channel, q)
	if res.focus != "" {
		to += "#" + res.focus
	}
	return to
}

// pageAddress is the page as a member in a channel.
func pageAddress(as, channel string, more url.Values) string {
	q := url.Values{"as": {as}, "channel": {channel}}
	for key, values := range more {
		q[key] = values
	}
	return "/?" + q.Encode()
}
