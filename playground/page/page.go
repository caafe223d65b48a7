// Package page draws what a visitor of the playground sees: forms over the
// control API, drawn by the server, which work without a script. The script adds
// the rest: forms sent in place, completion, dialogs, running times, and GET
// /page/events, which streams the page's live parts as HTML, as server-sent
// events. "Break and mend" offers the changes of the world that concern the
// channel, its server and the member on the page.
//
// Of the playground the page has a handler, through which it calls the control
// API and shows files, and a pulse. So it can do nothing that a script can't.
package page

import (
	"embed"
	"errors"
	"html/template"
	"maps"
	"net/http"
	"net/url"
)

// files are the page's templates, its stylesheet and its script.
//
//go:embed *.html page.css page.js
var files embed.FS

// policy lets the page load its own files and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Options are what a page has in a demo of one bot, and nowhere else.
type Options struct {
	// Home is the channel that the page begins in. With it the first page says what
	// the bot is, and has its doors.
	Home string
	// Classes is the channel that classes are posted to.
	Classes string
	// Spots are what can be pressed on pictures, by the name of their file.
	Spots map[string]Picture
}

// A Picture is one whose spots stand for the options of the one select beside it.
type Picture struct {
	Width, Height int
	Spots         []Spot
}

// A Spot is a place on a picture, in its pixels.
type Spot struct {
	Option int // from 0
	X, Y   int
}

// A Page is what a visitor sees.
type Page struct {
	api     http.Handler
	pulse   func() Pulse
	o       Options
	tmpl    *template.Template
	md      markdown
	results *resultStore
}

// New makes a page over a control API. pulse is called before each look at the
// world.
func New(api http.Handler, pulse func() Pulse, o Options) *Page {
	return &Page{
		api: api, pulse: pulse, o: o, md: newMarkdown(), results: &resultStore{},
		tmpl: template.Must(template.ParseFS(files, "*.html")),
	}
}

// Mount puts the page at / and what belongs to it below /page/.
func (p *Page) Mount(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", p.show)
	mux.HandleFunc("GET /page/events", p.events)
	for path, act := range map[string]action{
		"say": p.say, "run": p.run, "click": p.click, "modal": p.submit, "clock": p.clock, "world": p.world, "door": p.door,
	} {
		mux.HandleFunc("POST /page/"+path, p.form(act))
	}
	for _, name := range []string{"page.css", "page.js"} {
		mux.HandleFunc("GET /page/"+name, func(w http.ResponseWriter, r *http.Request) {
			setHeaders(w)
			http.ServeFileFS(w, r, files, name)
		})
	}
}

func setHeaders(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// maxForm bounds a posted form, files included.
const maxForm = 32 << 20

// An action does what a form asks for, and sets what the page shows next.
type action func(client, *http.Request, *result) error

// form wraps an action: read the form, act, and send the browser on to the
// page, so that a reload repeats nothing.
func (p *Page) form(act action) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		setHeaders(w)
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseMultipartForm(maxForm); err != nil && !errors.Is(err, http.ErrNotMultipart) {
			http.Error(w, "The form could not be read: it is too large or broken.", http.StatusBadRequest)
			return
		}
		res := result{as: r.PostForm.Get("as"), channel: r.PostForm.Get("channel"), door: r.PostForm.Get("door"), count: r.PostForm.Get("count")}
		if err := act(client{p.api, r.Host}, r, &res); err != nil {
			res.note = noteView{Kind: "bad", Text: err.Error()}
		}
		http.Redirect(w, r, res.address(p.results.put(res)), http.StatusSeeOther)
	}
}

// address returns where the page shows a result kept under key.
func (res result) address(key string) string {
	q := url.Values{"seen": {key}}
	if res.command != "" {
		q.Set("command", res.command)
	}
	count := res.count
	if res.counted[0].Fingerprint != "" {
		count = key
	}
	to := formView{As: res.as, Channel: res.channel, Door: res.door, Count: count}.address(q)
	if res.focus != "" {
		to += "#" + res.focus
	}
	return to
}

// address returns the page that a form belongs to.
func (f formView) address(more url.Values) string {
	q := url.Values{}
	maps.Copy(q, more)
	if f.Door != "" {
		q.Set("door", f.Door)
	}
	if f.Count != "" {
		q.Set("count", f.Count)
	}
	return pageAddress(f.As, f.Channel, q)
}

// pageAddress returns where the page is as a member in a channel.
func pageAddress(as, channel string, more url.Values) string {
	q := url.Values{"as": {as}, "channel": {channel}}
	for key, values := range more {
		q[key] = values
	}
	return "/?" + q.Encode()
}
