package page_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A visitor reads the page as a browser without JavaScript does: it follows
// links, fills forms in and sends them.
type visitor struct {
	t      *testing.T
	base   string
	client *http.Client
	at     *url.URL
	doc    *html.Node
}

func (l *lab) visit(path string) *visitor {
	l.T.Helper()
	v := &visitor{t: l.T, base: l.URL, client: &http.Client{}}
	v.open(path)
	return v
}

func (v *visitor) open(path string) {
	v.t.Helper()
	req, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, v.base+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	v.send(req)
}

func (v *visitor) send(req *http.Request) {
	v.t.Helper()
	res, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		v.t.Fatalf("%s %s: %d %s", req.Method, req.URL, res.StatusCode, raw)
	}
	v.at = res.Request.URL
	v.doc = parseHTML(v.t, string(raw))
	assertHarmless(v.t, v.doc)
}

// follow opens the link with these words.
func (v *visitor) follow(label string) {
	v.t.Helper()
	for _, a := range byTag(v.doc, "a") {
		if words(a) == label {
			v.open(attr(a, "href"))
			return
		}
	}
	v.t.Fatalf("no link %q on the page", label)
}

// press presses a button, after filling in fields of its form by label.
func (v *visitor) press(label string, fill ...string) {
	v.t.Helper()
	i := slices.IndexFunc(byTag(v.doc, "button"), func(b *html.Node) bool { return words(b) == label })
	if i < 0 {
		v.t.Fatalf("no button %q on the page, which says: %s", label, words(v.doc))
	}
	button := byTag(v.doc, "button")[i]
	if _, off := attrOf(button, "disabled"); off {
		v.t.Fatalf("button %q is disabled", label)
	}
	form := button
	for form.Data != "form" {
		form = form.Parent
	}
	fields := formFields(form)
	if name := attr(button, "name"); name != "" {
		fields.Add(name, attr(button, "value"))
	}
	for n := 0; n < len(fill); n += 2 {
		v.fillIn(form, fields, fill[n], fill[n+1])
	}
	v.post(form, fields)
}

// fillIn sets the field that has a label; a choice is set by its words.
func (v *visitor) fillIn(form *html.Node, fields url.Values, label, value string) {
	v.t.Helper()
	for _, e := range byTag(form, "input", "select", "textarea") {
		if !strings.HasPrefix(labelOf(form, e), label) {
			continue
		}
		switch {
		case e.Data == "select":
			i := slices.IndexFunc(byTag(e, "option"), func(o *html.Node) bool { return words(o) == value })
			if i < 0 {
				v.t.Fatalf("select %q has no %q", label, value)
			}
			fields.Set(attr(e, "name"), attr(byTag(e, "option")[i], "value"))
		case attr(e, "type") == "checkbox":
			fields.Add(attr(e, "name"), attr(e, "value"))
		default:
			fields.Set(attr(e, "name"), value)
		}
		return
	}
	v.t.Fatalf("no field %q in the form", label)
}

// labelOf returns what a screen reader calls a field.
func labelOf(root, field *html.Node) string {
	if l := attr(field, "aria-label"); l != "" {
		return l
	}
	for _, l := range byTag(root, "label") {
		if id := attr(l, "for"); id != "" && id == attr(field, "id") {
			return words(l)
		}
		if slices.Contains(byTag(l, "input"), field) {
			return words(l)
		}
	}
	return ""
}

// formFields returns what a browser sends for a form that nobody touched.
func formFields(form *html.Node) url.Values {
	out := url.Values{}
	for _, e := range byTag(form, "input", "select", "textarea") {
		name := attr(e, "name")
		_, checked := attrOf(e, "checked")
		kind := attr(e, "type")
		switch {
		case name == "", kind == "file", kind == "checkbox" && !checked:
		case e.Data == "textarea":
			out.Add(name, words(e))
		case e.Data == "select":
			options := byTag(e, "option")
			i := slices.IndexFunc(options, func(o *html.Node) bool { _, ok := attrOf(o, "selected"); return ok })
			out.Add(name, attr(options[max(i, 0)], "value"))
		default:
			out.Add(name, attr(e, "value"))
		}
	}
	return out
}

// post sends a form as a browser does, with the page's own origin.
func (v *visitor) post(form *html.Node, fields url.Values) {
	v.t.Helper()
	body, kind := io.Reader(strings.NewReader(fields.Encode())), "application/x-www-form-urlencoded"
	if attr(form, "enctype") == "multipart/form-data" {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		for name, values := range fields {
			for _, value := range values {
				if err := w.WriteField(name, value); err != nil {
					v.t.Fatal(err)
				}
			}
		}
		if err := w.Close(); err != nil {
			v.t.Fatal(err)
		}
		body, kind = &b, w.FormDataContentType()
	}
	req, err := http.NewRequestWithContext(v.t.Context(), http.MethodPost, v.base+attr(form, "action"), body)
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	req.Header.Set("Origin", v.base)
	v.send(req)
}

// messages returns the messages on the page, oldest first.
func (v *visitor) messages() []*html.Node {
	return find(v.doc, func(e *html.Node) bool { return strings.HasPrefix(attr(e, "id"), "m-") })
}

// newest returns the last message's words.
func (v *visitor) newest() string {
	v.t.Helper()
	all := v.messages()
	if len(all) == 0 {
		v.t.Fatalf("no message on the page, which says: %s", words(v.doc))
	}
	return words(all[len(all)-1])
}

// note returns what the page tells the visitor.
func (v *visitor) note() string { return words(v.byID("note-text")) }

func (v *visitor) byID(id string) *html.Node {
	v.t.Helper()
	found := find(v.doc, func(e *html.Node) bool { return attr(e, "id") == id })
	if len(found) != 1 {
		v.t.Fatalf("%d elements have the id %q, want 1", len(found), id)
	}
	return found[0]
}

// expect fails unless a text has all of these words.
func expect(t *testing.T, what, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("%s: got %q, want it to say %q", what, got, w)
		}
	}
}
