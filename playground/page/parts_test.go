package page_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"unpinch/playground/rig"
)

// richCard is a message of every part that a card can have.
const richCard = `{"flags":32768,"attachments":[{"id":0,"filename":"map.png"},{"id":1,"filename":"sheet.txt"}],"components":[
	{"type":17,"accent_color":13666845,"components":[
		{"type":10,"content":"### Title\n- one\n- two"},
		{"type":14,"divider":true},{"type":14,"divider":false},
		{"type":9,"components":[{"type":10,"content":"Beside a picture"}],"accessory":{"type":11,"media":{"url":"attachment://map.png"},"description":"Small map"}},
		{"type":9,"components":[{"type":10,"content":"Beside a button"}],"accessory":{"type":2,"style":3,"label":"Go","custom_id":"go:1"}},
		{"type":12,"items":[{"media":{"url":"attachment://map.png"},"description":"Where the nerves run"}]},
		{"type":13,"file":{"url":"attachment://sheet.txt"}}]},
	{"type":1,"components":[
		{"type":2,"style":1,"label":"First","custom_id":"a:1"},{"type":2,"style":2,"label":"Second","custom_id":"b:1"},
		{"type":2,"style":4,"label":"Fourth","custom_id":"d:1","emoji":{"name":"✅"}},
		{"type":2,"style":2,"label":"Off","custom_id":"off:1","disabled":true},
		{"type":2,"style":5,"label":"Read","url":"https://example.org/a"}]},
	{"type":1,"components":[{"type":3,"custom_id":"one:1","min_values":0,"options":[{"label":"Neck","value":"neck","default":true}]}]},
	{"type":1,"components":[{"type":3,"custom_id":"many:1","placeholder":"Lifts","max_values":2,"options":[{"label":"Squat","value":"sq"},{"label":"Bench","value":"be"}]}]},
	{"type":1,"components":[{"type":5,"custom_id":"who:1","placeholder":"Member"}]},
	{"type":1,"components":[{"type":6,"custom_id":"role:1","placeholder":"Role"}]},
	{"type":1,"components":[{"type":8,"custom_id":"where:1","placeholder":"Channel"}]}]}`

// TestLessMotion: anyone who asks for less motion gets the first frame of what moves.
func TestLessMotion(t *testing.T) {
	l := newLab(t)
	l.Do("POST", l.Posts("general"), rig.Form{Payload: `{"flags":32768,"attachments":[{"id":0,"filename":"nod.gif"},{"id":1,"filename":"map.png"}],"components":[
		{"type":12,"items":[{"media":{"url":"attachment://nod.gif"},"description":"A nod"},{"media":{"url":"attachment://map.png"},"description":"A map"},
		{"media":{"url":"https://example.org/b.gif"},"description":"Elsewhere"}]}]}`, Files: []string{"nod.gif", "map.png"}})
	still := map[string]string{}
	for _, p := range byTag(l.visit("/").messages()[0], "picture") {
		alt := attr(byTag(p, "img")[0], "alt")
		still[alt] = ""
		for _, s := range byTag(p, "source") {
			if attr(s, "media") == "(prefers-reduced-motion: reduce)" {
				still[alt] = attr(s, "srcset")
			}
		}
	}
	if len(still) != 3 || !strings.HasSuffix(still["A nod"], "/nod.gif?format=png") || still["A map"] != "" || still["Elsewhere"] != "" {
		t.Errorf("stills are %v", still)
	}
}

func TestParts(t *testing.T) {
	l := newLab(t)
	l.Do("POST", l.Posts("general"), rig.Form{Payload: richCard, Files: []string{"map.png", "sheet.txt"}})
	v := l.visit("/")
	m := v.messages()[0]

	one := func(what string, tag string, ok func(*html.Node) bool) *html.Node {
		t.Helper()
		for _, e := range byTag(m, tag) {
			if ok(e) {
				return e
			}
		}
		t.Fatalf("no %s in the message", what)
		return nil
	}
	has := func(name, value string) func(*html.Node) bool {
		return func(e *html.Node) bool { return attr(e, name) == value }
	}
	says := func(label string) func(*html.Node) bool {
		return func(e *html.Node) bool { return words(e) == label }
	}
	one("accent", "rect", has("fill", "#d08a1d"))
	one("title as the first heading below the author's", "h4", says("Title"))
	one("list", "li", says("two"))
	if n := len(byTag(m, "hr")); n != 1 {
		t.Errorf("%d lines, want 1", n)
	}
	for _, alt := range []string{"Small map", "Where the nerves run"} {
		src := attr(one(alt, "img", has("alt", alt)), "src")
		if !strings.HasPrefix(src, "/attachments/") {
			t.Errorf("%s comes from %q, want an address of the page's own", alt, src)
		}
		if status, _, _ := l.Call("GET", src, nil); status != 200 {
			t.Errorf("%s: %d", src, status)
		}
	}
	if to := attr(one("file", "a", says("sheet.txt")), "href"); !strings.HasSuffix(to, "/sheet.txt") {
		t.Errorf("the file leads to %q", to)
	}
	for label, class := range map[string]string{"Go": "success", "First": "primary", "Second": "secondary", "✅ Fourth": "danger", "Off": "secondary"} {
		b := one(label, "button", says(label))
		if _, off := attrOf(b, "disabled"); attr(b, "class") != class || off != (label == "Off") {
			t.Errorf("button %q is %q, disabled %v", label, attr(b, "class"), off)
		}
	}
	one("link button", "a", has("href", "https://example.org/a"))
	one("chosen option", "option", func(e *html.Node) bool { _, ok := attrOf(e, "selected"); return ok && words(e) == "Neck" })
	one("group of boxes", "legend", says("Lifts"))
	one("member to choose", "option", says("@Noah"))
	one("role to choose", "option", says("@coach"))
	one("channel to choose", "option", says("#classes"))
	for name, must := range map[string]bool{"Make a selection": false, "Member": true} {
		_, required := attrOf(one(name, "select", has("aria-label", name)), "required")
		if required != must {
			t.Errorf("select %q required: %v, want %v", name, required, must)
		}
	}
}

func TestLegacyMessage(t *testing.T) {
	l := newLab(t)
	l.Do("POST", l.Posts("general"), rig.Form{Files: []string{"map.png", "notes.txt"}, Payload: `{"content":"Hello <@` + l.User("mia") + `> in <#` + l.Channel("classes") + `>",
		"attachments":[{"id":0,"filename":"map.png","description":"A map"},{"id":1,"filename":"notes.txt"}],
		"embeds":[{"title":"Read","url":"https://example.org/","description":"**bold**","color":255,"fields":[{"name":"Field","value":"worth"}],"footer":{"text":"foot"}}]}`})
	v := l.visit("/")
	expect(t, "message", v.newest(), "Hello @Mia in #classes", "notes.txt", "Read", "bold", "Field", "worth", "foot")
	m := v.messages()[0]
	if alt := attr(byTag(m, "img")[0], "alt"); alt != "A map" {
		t.Errorf("alt %q", alt)
	}
	if fill := attr(byTag(m, "rect")[0], "fill"); fill != "#0000ff" {
		t.Errorf("accent %q", fill)
	}
}
