package playground

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
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

func TestPageParts(t *testing.T) {
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

func TestPageLegacyMessage(t *testing.T) {
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

func TestPageThinking(t *testing.T) {
	v := messageViewer{md: newPageMarkdown(), app: pageApplication{ID: "9", Name: "Unpinch"}}
	m := v.view(pageMessage{ID: "1", Flags: wire.FlagLoading | wire.FlagEphemeral, Author: pageUser{ID: "9", Username: "unpinch", Bot: true}})
	if !m.Thinking || !m.Private || m.Author != "Unpinch" || m.Initial != "U" {
		t.Errorf("got %+v, want a private message of Unpinch that thinks", m)
	}
}

func TestReadTyped(t *testing.T) {
	list := runnables([]pageCommand{
		{Name: "class", Options: []pageCommandOption{{Name: "add", Type: wire.SubcommandOption, Options: []pageCommandOption{{Name: "at", Required: true}, {Name: "where"}}}, {Name: "list", Type: wire.SubcommandOption}}},
		{Name: "me", Options: []pageCommandOption{{Name: "plan", Type: wire.GroupOption, Options: []pageCommandOption{{Name: "show", Type: wire.SubcommandOption}}}}},
		{Name: "pinched", Options: []pageCommandOption{{Name: "area"}, {Name: "exercise"}}},
		{Name: "Report", Type: wire.MessageCommand},
	})
	for _, c := range []struct {
		line, run string
		options   map[string]string
		unready   bool
	}{
		{"/pinched", "pinched", map[string]string{}, false},
		{"  /pinched  ", "pinched", map[string]string{}, false},
		{"/pinched area:neck exercise:bench press", "pinched", map[string]string{"area": "neck", "exercise": "bench press"}, false},
		{"/pinched area: neck", "pinched", map[string]string{"area": "neck"}, false},
		{"/class add at:mon 18:00 where:hall", "class add", map[string]string{"at": "mon 18:00", "where": "hall"}, false},
		{"/class add", "class add", map[string]string{}, true},
		{"/class add at:", "class add", map[string]string{"at": ""}, true},
		{"/me plan show", "me plan show", map[string]string{}, false},
		{"/pin", "pinched", nil, true},
		{"/class", "", nil, true}, // two begin so
		{"/", "", nil, true},
		{"/Report", "", nil, true},
		{"/pinched what is this", "pinched", map[string]string{}, true},
	} {
		got := readTyped(c.line, list)
		name := ""
		if got.run != nil {
			name = got.run.name
		}
		if name != c.run || got.unready != c.unready || !reflect.DeepEqual(got.options, c.options) {
			t.Errorf("%q: got %q %v unready %v, want %q %v %v", c.line, name, got.options, got.unready, c.run, c.options, c.unready)
		}
	}
}

func TestResultsAreBoundedAndOnesOwn(t *testing.T) {
	var p pageResults
	first := p.put(pageResult{as: "mia", channel: "general", draft: "x"})
	if got := p.get(first, "mia", "general"); got.draft != "x" {
		t.Errorf("got %+v, want what was put", got)
	}
	for _, c := range [][2]string{{"noah", "general"}, {"mia", "classes"}} {
		if got := p.get(first, c[0], c[1]); got.draft != "" {
			t.Errorf("%s in %s gets %+v", c[0], c[1], got)
		}
	}
	for i := range keptResults {
		p.put(pageResult{as: "mia", channel: fmt.Sprint(i)})
	}
	if len(p.byKey) != keptResults || len(p.order) != keptResults || p.get(first, "mia", "general").draft != "" {
		t.Errorf("%d results are kept, want %d and the oldest gone", len(p.byKey), keptResults)
	}
}

func TestPageSmallWords(t *testing.T) {
	for n, want := range map[int]string{0: "", 11: "11 B", 1499: "1 kB", 61_000: "61 kB", 2_500_000: "2.5 MB"} {
		if got := sizeWords(n); got != want {
			t.Errorf("sizeWords(%d) = %q, want %q", n, got, want)
		}
	}
	for in, want := range map[string]string{
		"http://127.0.0.1:8420/attachments/1/2/a.png?x=1": "/attachments/1/2/a.png?x=1",
		"https://example.org/attachments/a.png":           "https://example.org/attachments/a.png",
		"javascript:alert(1)":                             "",
		"":                                                "",
	} {
		if got := (messageViewer{host: "127.0.0.1:8420"}).ownAddress(in); got != want {
			t.Errorf("ownAddress(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"there is no user": "There is no user.", "Pick one.": "Pick one."} {
		if got := sentence(in); got != want {
			t.Errorf("sentence(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[pageMedia]imageView{
		{Width: 960, Height: 240}: {Width: 960, Height: 240}, {Width: 700, Height: 845}: {Width: 331, Height: 400}, {}: {},
	} {
		if got := (messageViewer{}).image(in, ""); got != want {
			t.Errorf("%v is shown as %v, want %v", in, got, want)
		}
	}
	if a := version(json.RawMessage("a")); a == version(json.RawMessage("b")) || a == "" {
		t.Error("two messages have one version")
	}
}
