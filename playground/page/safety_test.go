package page_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"unpinch/playground/page"
	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

// hostile is text that must stay text wherever it comes from.
const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`

// hostileBot answers with hostile words in every part of a message.
func hostileBot(b *rig.Bot, it wire.Object) {
	if wire.Text(wire.Child(it, "data"), "custom_id") == "form" {
		b.Callback(it, wire.Object{"type": wire.ModalCallback, "data": wire.Object{"custom_id": hostile, "title": hostile[:45], "components": []any{
			wire.Object{"type": wire.Label, "label": hostile[:45], "description": hostile, "component": wire.Object{"type": wire.TextInput,
				"custom_id": "t", "style": 2, "value": "</textarea>" + hostile, "placeholder": hostile}},
			wire.Object{"type": wire.Label, "label": "L", "component": wire.Object{"type": wire.StringSelect, "custom_id": "s", "options": []any{
				wire.Object{"label": hostile, "value": hostile}}}},
		}}})
		return
	}
	if wire.Text(wire.Child(it, "data"), "name") == "legacy" {
		b.Callback(it, wire.Object{"type": wire.MessageCallback, "data": wire.Object{"content": hostile, "embeds": []any{wire.Object{
			"title": hostile, "url": "https://x.org/" + "\"onclick=alert(1)", "description": "[x](javascript:alert(1))",
			"fields": []any{wire.Object{"name": hostile, "value": hostile}}, "footer": wire.Object{"text": hostile},
			"author": wire.Object{"name": hostile}, "image": wire.Object{"url": "https://x.org/\"onerror=alert(1)"}}}}})
		return
	}
	show := func(words string) wire.Object { return wire.Object{"type": wire.TextDisplay, "content": words} }
	b.Callback(it, wire.Object{"type": wire.MessageCallback, "data": wire.Object{"flags": wire.FlagComponentsV2, "components": []any{
		wire.Object{"type": wire.Container, "components": []any{show(hostile), show("[x](javascript:alert(1)) " + hostile)}},
		wire.Object{"type": wire.Section, "components": []any{show("-# " + hostile)}, "accessory": wire.Object{"type": wire.Button,
			"style": 5, "label": hostile, "url": "https://x.org/\"onclick=alert(1)"}},
		wire.Object{"type": wire.MediaGallery, "items": []any{wire.Object{"media": wire.Object{"url": "https://x.org/a.png\"onerror=alert(1)"}, "description": hostile}}},
		wire.Object{"type": wire.ActionRow, "components": []any{wire.Object{"type": wire.Button, "style": 1, "label": "Form", "custom_id": "form"},
			wire.Object{"type": wire.Button, "style": 1, "label": hostile, "custom_id": hostile}}},
		wire.Object{"type": wire.ActionRow, "components": []any{wire.Object{"type": wire.StringSelect, "custom_id": "pick:1", "placeholder": hostile,
			"options": []any{wire.Object{"label": hostile, "value": hostile, "description": hostile}}}}}}}})
}

// The visitor checks every page it opens with assertHarmless.
func TestIsHarmless(t *testing.T) {
	l := newLab(t)
	l.Register(`[{"name":"legacy","description":` + quoted(hostile) + `},{"name":"pinched","description":"d","options":[
		{"type":3,"name":"a","description":` + quoted(hostile) + `,"choices":[{"name":` + quoted(hostile) + `,"value":` + quoted(hostile) + `}]}]}]`)
	l.Login(0, hostileBot)
	names := strings.NewReplacer(`"Mia"`, quoted(hostile), `"iron-garden"`, quoted(hostile))
	v := l.visit("/")
	v.base = l.pageWith("/", func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		l.s.ServeHTTP(answer, r)
		w.WriteHeader(answer.Code)
		_, _ = io.WriteString(w, names.Replace(answer.Body.String())) // the page reads it
	}).URL
	v.open("/")
	for _, line := range []string{"/legacy", "/pinched", "/pinched x", hostile, "/" + hostile} {
		v.press("Send", "Command for", line)
	}
	v.open("/?" + url.Values{"as": {hostile}, "channel": {hostile}, "command": {hostile}, "seen": {hostile}}.Encode())
	v.press("Form")
	expect(t, "modal", words(v.byID("modal")), "<script>alert(1)", "</textarea>")
	if got := len(byTag(v.doc, "script")); got != 1 {
		t.Errorf("%d scripts on the page, want its own alone", got)
	}
	for _, m := range v.messages() {
		expect(t, "message", words(m), "<script>alert(1)</script>")
	}
}

func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

func TestPolicy(t *testing.T) {
	l := newLab(t)
	const want = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	for path, kind := range map[string]string{"/": "text/html", "/page/page.css": "text/css", "/page/page.js": "text/javascript"} {
		status, _, header := l.Call("GET", path, nil)
		if status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), kind) {
			t.Errorf("%s: %d %s, want 200 %s", path, status, header.Get("Content-Type"), kind)
		}
		if got := header.Get("Content-Security-Policy"); got != want {
			t.Errorf("%s: policy %q, want %q", path, got, want)
		}
		if got := header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options %q", path, got)
		}
	}
	for _, path := range []string{"/page/page.html", "/page/", "/page/../page.go", "/index.html"} {
		if status, _, _ := l.Call("GET", path, nil); status != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", path, status)
		}
	}
}

// A foreign site can neither post the page's forms nor reach it by its name.
func TestForeign(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(0, walkBot)
	v := l.visit("/")
	v.press("/pinched")
	v.open("/?as=mia&channel=general&command=pinched")
	paths := map[string]bool{}
	for _, f := range byTag(v.doc, "form") {
		paths[attr(f, "action")] = true
	}
	v.press("Tell us")
	for _, f := range byTag(v.doc, "form") {
		paths[attr(f, "action")] = true
	}
	if len(paths) != 6 {
		t.Fatalf("forms lead to %v, want six paths", paths)
	}
	for path := range paths {
		for _, c := range []struct {
			name, host, origin string
			want               int
		}{
			{"foreign origin", "", "https://evil.example", http.StatusForbidden},
			{"other port", "", "http://127.0.0.1:1", http.StatusForbidden},
			{"opaque origin", "", "null", http.StatusForbidden},
			{"foreign host", "evil.example", "", http.StatusForbidden},
			{"own origin", "", l.URL, http.StatusSeeOther},
		} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, l.URL+path, strings.NewReader("as=mia&channel=general&text=x"))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Host = c.host
			if c.origin != "" {
				req.Header.Set("Origin", c.origin)
			}
			if path == "/page/clock" && c.want == http.StatusSeeOther {
				continue // an hour's walk takes its time
			}
			res, err := http.DefaultTransport.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close() // nothing was read
			if res.StatusCode != c.want {
				t.Errorf("%s, %s: %d, want %d", path, c.name, res.StatusCode, c.want)
			}
		}
	}
}

// What a screen reader and a keyboard need, on each state of the page.
func TestIsAccessible(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(0, walkBot)
	v := l.visit("/")
	check := func(name string) {
		t.Helper()
		assertAccessible(t, name, v.doc)
	}
	check("first visit")
	v.press("/pinched")
	check("with a card")
	v.press("Tell us")
	check("with a modal")
	v.open("/?as=mia&channel=general&command=class+add")
	check("with options")
	v.press("Send", "Command for", "hello")
	check("with a note")

	if attr(v.byID("log").Parent, "role") != "log" {
		t.Error("the messages are no live region")
	}
	if attr(v.byID("note-text").Parent, "role") != "status" {
		t.Error("the note is no live region")
	}
	first := byTag(byTag(v.doc, "body")[0], "a", "button", "input", "select")[0]
	if attr(first, "href") != "#composer" {
		t.Error("the first stop of the keyboard is not the way to the command box")
	}
}

func assertAccessible(t *testing.T, name string, doc *html.Node) {
	t.Helper()
	if lang := attr(byTag(doc, "html")[0], "lang"); lang != "en" {
		t.Errorf("%s: lang %q", name, lang)
	}
	ids := map[string]int{}
	for _, e := range find(doc, func(*html.Node) bool { return true }) {
		if id := attr(e, "id"); id != "" {
			ids[id]++
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%s: %d elements have the id %q", name, n, id)
		}
	}
	level := 0
	for _, h := range byTag(doc, "h1", "h2", "h3", "h4", "h5", "h6") {
		next := int(h.Data[1] - '0')
		if next > level+1 {
			t.Errorf("%s: <%s> %q follows level %d", name, h.Data, words(h), level)
		}
		level = next
	}
	if n := len(byTag(doc, "h1")); n != 1 {
		t.Errorf("%s: %d <h1>", name, n)
	}
	for _, e := range byTag(doc, "input", "select", "textarea") {
		if attr(e, "type") != "hidden" && labelOf(doc, e) == "" {
			t.Errorf("%s: <%s name=%q> has no label", name, e.Data, attr(e, "name"))
		}
		for _, ref := range strings.Fields(attr(e, "aria-describedby")) {
			if ids[ref] == 0 {
				t.Errorf("%s: %q is described by %q, which is not there", name, attr(e, "name"), ref)
			}
		}
	}
	for _, e := range byTag(doc, "button", "a", "summary", "legend", "label") {
		if words(e) == "" && len(byTag(e, "img")) == 0 {
			t.Errorf("%s: <%s> without words", name, e.Data)
		}
	}
	for _, e := range byTag(doc, "img") {
		if _, ok := attrOf(e, "alt"); !ok {
			t.Errorf("%s: <img> without alt", name)
		}
	}
	for _, e := range find(doc, func(e *html.Node) bool { return attr(e, "tabindex") != "" }) {
		if !slices.Contains([]string{"0", "-1"}, attr(e, "tabindex")) {
			t.Errorf("%s: <%s> changes the order of the keyboard", name, e.Data)
		}
	}
}

// Nothing that a message holds may become an element or an address that runs.
func TestMarkdownIsHarmless(t *testing.T) {
	for _, in := range []string{
		`<script>alert(1)</script>`,
		"<script>\nalert(1)\n</script>",
		`<img src=x onerror=alert(1)>`,
		`a <b onmouseover="alert(1)">b</b>`,
		`[x](javascript:alert(1))`, `[x](JaVaScRiPt:alert(1))`, `[x](java&#115;cript:alert(1))`,
		`[x](data:text/html,<script>alert(1)</script>)`, `[x](vbscript:x)`, `[x](//evil.example)`,
		`![x](javascript:alert(1))`, `<javascript:alert(1)>`,
		`[x](https://x.org/"onmouseover="alert(1))`, `[x](https://x.org "a\"onclick=alert(1)")`,
		"```\"><script>alert(1)</script>\nx\n```", "```js\" onclick=alert(1)\nx\n```",
		`<@2>`, `</x"onclick=alert(1):12>`, `<!-- a -->`, `<style>*{}</style>`,
		"-# <script>alert(1)</script>", "# <iframe src=x>", "- <svg/onload=alert(1)>", "> <a href=javascript:x>",
	} {
		t.Run(in, func(t *testing.T) {
			assertHarmless(t, parseHTML(t, "<main>"+page.RenderMarkdown(in)+"</main>"))
		})
	}
}
