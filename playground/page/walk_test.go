package page_test

import (
	"fmt"
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

// walkBot answers as a bot of the walk: a private card, an update on a press,
// a word on a choice, a form, and what was filled in.
func walkBot(b *rig.Bot, it wire.Object) {
	data := wire.Child(it, "data")
	reply := func(kind int, flags int, words string) {
		b.Callback(it, wire.Object{"type": kind, "data": wire.Object{"flags": flags | wire.FlagComponentsV2,
			"components": []any{wire.Object{"type": wire.TextDisplay, "content": words}}}})
	}
	switch id := wire.Text(data, "custom_id"); id {
	case "":
		walkCommand(b, it)
	case "pick:1":
		reply(wire.MessageCallback, wire.FlagEphemeral, fmt.Sprintf("You chose %v", data["values"]))
	case "form:1":
		b.Callback(it, walkForm())
	case "filled":
		reply(wire.MessageCallback, wire.FlagEphemeral, "Filled: "+fmt.Sprint(wire.Plain(data["components"])))
	default:
		b.Callback(it, wire.Object{"type": wire.UpdateCallback, "data": wire.Object{"components": []any{
			wire.Object{"type": wire.TextDisplay, "content": "Card 2 after " + id}}}})
	}
}

func walkCommand(b *rig.Bot, it wire.Object) {
	if wire.Text(wire.Child(it, "data"), "name") == "class" {
		b.Callback(it, wire.Object{"type": wire.MessageCallback, "data": wire.Object{"content": "Options: " + fmt.Sprint(wire.List(wire.Child(it, "data"), "options"))}})
		return
	}
	button := func(style int, label, id string) wire.Object {
		return wire.Object{"type": wire.Button, "style": style, "label": label, "custom_id": id}
	}
	b.Callback(it, wire.Object{"type": wire.MessageCallback, "data": wire.Object{"flags": wire.FlagEphemeral | wire.FlagComponentsV2, "components": []any{
		wire.Object{"type": wire.Container, "accent_color": 0xd08a1d, "components": []any{
			wire.Object{"type": wire.TextDisplay, "content": "## First, check these"}}},
		wire.Object{"type": wire.ActionRow, "components": []any{button(4, "One of these", "some:1"), button(2, "Tell us", "form:1"),
			wire.Object{"type": wire.Button, "style": 2, "label": "Off", "custom_id": "off:1", "disabled": true}}},
		wire.Object{"type": wire.ActionRow, "components": []any{wire.Object{"type": wire.StringSelect, "custom_id": "pick:1", "placeholder": "Another area",
			"options": []any{wire.Object{"label": "Neck", "value": "neck"}, wire.Object{"label": "Elbow", "value": "elbow"}}}}}}}})
}

func walkForm() wire.Object {
	label := func(words string, c wire.Object) wire.Object {
		return wire.Object{"type": wire.Label, "label": words, "component": c}
	}
	return wire.Object{"type": wire.ModalCallback, "data": wire.Object{"custom_id": "filled", "title": "Tell us more", "components": []any{
		wire.Object{"type": wire.TextDisplay, "content": "Words of the **form**"},
		label("Lines", wire.Object{"type": wire.TextInput, "custom_id": "lines", "style": 2}),
		label("Zone", wire.Object{"type": wire.StringSelect, "custom_id": "zone", "required": false,
			"options": []any{wire.Object{"label": "Lisbon", "value": "lis"}}}),
		label("Lifts", wire.Object{"type": wire.StringSelect, "custom_id": "lifts", "max_values": 2,
			"options": []any{wire.Object{"label": "Squat", "value": "sq"}, wire.Object{"label": "Bench", "value": "be"}}}),
	}}}
}

// The whole page by plain forms: what a visitor without JavaScript does.
func TestWalk(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(0, walkBot)

	v := l.visit("/")
	expect(t, "first visit", words(v.doc), "You are Mia", "#general", "One thing to try: /pinched")
	v.press("/pinched")
	expect(t, "answer", v.newest(), "Mia used /pinched", "Unpinch", "First, check these", "Only you can see this")
	if got := v.at.Fragment; got != "m-"+strings.TrimPrefix(attr(v.messages()[0], "id"), "m-") {
		t.Errorf("the address leads to %q, want the answer", got)
	}
	if _, ok := attrOf(v.messages()[0], "tabindex"); !ok {
		t.Error("the answer cannot take the focus")
	}

	v.press("Choose: Another area", "Another area", "Elbow")
	expect(t, "choice", v.newest(), "You chose [elbow]")

	v.press("Tell us")
	expect(t, "modal", words(v.byID("modal")), "Tell us more", "Words of the form", "Lines (required)", "Zone", "Lifts")
	modal := v.at.RequestURI()
	v.press("Submit", "Lines", "tue 07:00")
	expect(t, "refused modal", words(v.byID(page.FocusFault)), "Pick 1 to 2 values")
	if got := words(byTag(v.byID("modal"), "textarea")[0]); got != "tue 07:00" {
		t.Errorf("the refused text is now %q", got)
	}
	v.press("Submit", "Lines", "mon 18:00", "Squat", "", "Bench", "")
	if v.note() != "" {
		t.Errorf("note %q after the modal", v.note())
	}
	expect(t, "filled modal", v.newest(), "value:mon 18:00", "custom_id:zone", "values:[]", "values:[sq be]")

	v.press("One of these")
	expect(t, "pressed", words(v.messages()[0]), "Card 2 after some:1", "(edited)")

	v.follow("Noah")
	expect(t, "as noah", words(v.doc), "You are Noah", "One thing to try")
	if n := len(v.messages()); n != 0 {
		t.Errorf("noah sees %d private messages of mia", n)
	}
	v.open(strings.Replace(modal, "as=mia", "as=noah", 1))
	if words(v.byID("modal")) != "" {
		t.Error("noah sees mia's modal")
	}
	v.follow("Mia regulars")
	if n := len(v.messages()); n != 3 {
		t.Errorf("mia sees %d messages, want 3", n)
	}
}

func TestCommandsOfMember(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(0, walkBot)
	for _, c := range []struct{ as, channel, want string }{
		{"mia", "general", "/class add /pinched"},
		{"olga", "general", "/class add /pinched /setup"},
		{"carl", "coaches", "/class add /pinched"},
		{"mia", "lounge", "/pinched"},
		{"olga", "lounge", "/pinched"},
		{"mia", "dm", "/class add /pinched"},
	} {
		t.Run(c.as+" in "+c.channel, func(t *testing.T) {
			v := l.visit("/?as=" + c.as + "&channel=" + c.channel)
			var got []string
			for _, o := range byTag(v.byID("commands"), "option") {
				got = append(got, attr(o, "value"))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
			for _, name := range got { // the control API is of one mind with the page
				status, body, _ := l.Call("POST", "/autocomplete", wire.Object{"as": c.as, "channel": c.channel, "name": name, "focused": "-"})
				if code := wire.Text(wire.Child(body.(wire.Object), "error"), "code"); code == "not_permitted" || code == "not_found" {
					t.Errorf("%s: the control API says %d %v", name, status, body)
				}
			}
		})
	}
}

func TestComposer(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(0, walkBot)
	for _, c := range []struct{ name, line, note, draft, focus string }{
		{"plain words", "good morning", "Everybody here sees that, and the bot does not.", "", "say"},
		{"unknown", "/nothing", "There is no /nothing for you here.", "/nothing", "say"},
		{"hidden", "/setup", "There is no /setup for you here.", "/setup", "say"},
		{"empty", "  ", "", "", "say"},
		{"no option needed", "/pinched", "", "", "m-"},
		{"with an option", "/pinched area:neck", "", "", "m-"},
		{"only one begins so", "/pin", "", "/pin", "first"},
		{"unclear words", "/pinched neck", "", "/pinched neck", "first"},
		{"a required option lacks", "/class add minutes:30", "", "/class add minutes:30", "first"},
		{"a wrong value", "/class add at:mon minutes:1", `Option "minutes" must be at least 5.`, "/class add at:mon minutes:1", "note-text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := l.visit("/")
			v.press("Send", "Command for #general", c.line)
			if !strings.HasPrefix(v.note(), c.note) || c.note == "" && v.note() != "" {
				t.Errorf("note %q, want %q", v.note(), c.note)
			}
			if got := attr(v.byID("say"), "value"); got != c.draft {
				t.Errorf("draft %q, want %q", got, c.draft)
			}
			if !strings.HasPrefix(v.at.Fragment, c.focus) {
				t.Errorf("focus %q, want %q", v.at.Fragment, c.focus)
			}
		})
	}
}

func TestOptions(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(0, walkBot)
	v := l.visit("/")
	v.press("Send", "Command for #general", "/class add minutes:30")
	form := v.byID("options")
	expect(t, "form", words(form), "/class add", "at (required)", "minutes", "Run /class add")
	kinds := map[string]string{}
	for _, e := range byTag(form, "input", "select") {
		if name, ok := strings.CutPrefix(attr(e, "name"), "o."); ok {
			kinds[name] = e.Data + " " + attr(e, "type")
		}
	}
	for name, want := range map[string]string{"at": "input text", "minutes": "input number", "where": "select ",
		"role": "select ", "who": "select ", "quiet": "select ", "file": "input file"} {
		if kinds[name] != want {
			t.Errorf("option %s is %q, want %q", name, kinds[name], want)
		}
	}
	v.press("Run /class add", "at", "mon 18:00", "where", "#classes", "role", "@coach", "who", "@Noah", "quiet", "Yes")
	expect(t, "answer", v.newest(), "value:mon 18:00", "value:30", "value:"+l.Channel("classes"), "value:"+l.User("noah"), "value:true")

	v.follow("/pinched")
	fields := formFields(v.byID("options"))
	fields.Set("o.exercise", "Bench press")
	fields.Set("v.exercise", "bench")
	v.post(v.byID("options"), fields)
	expect(t, "with a picked value", v.newest(), "First, check these")
}

// A page over a control API of which one call is answered by the test.
func (l *lab) pageWith(pattern string, answer http.HandlerFunc) *httptest.Server {
	l.T.Helper()
	api := http.NewServeMux()
	if pattern != "/" {
		api.Handle("/", l.s)
	}
	api.HandleFunc(pattern, answer)
	mux := http.NewServeMux()
	page.New(api, func() page.Pulse { return page.Pulse{} }, page.Options{}).Mount(mux)
	srv := httptest.NewServer(mux)
	l.T.Cleanup(srv.Close)
	return srv
}

func TestFailure(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(0, walkBot)
	l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`)
	fail := func(w http.ResponseWriter, _ *http.Request) {
		wire.WriteJSON(w, http.StatusOK, wire.Object{"interaction": wire.Object{"outcome": "failed"}, "messages": []any{},
			"error": wire.Object{"code": "no_answer", "text": "the bot did not answer within 3 s"}})
	}
	v := l.visit("/")
	v.base = l.pageWith("POST /click", fail).URL
	v.open("/")
	v.press("One of these")
	expect(t, "failed press", v.newest(), "This interaction failed")
	if v.note() != "" || v.at.Fragment != page.FocusFail || words(v.byID(page.FocusFail)) != "This interaction failed" {
		t.Errorf("note %q, focus %q; want the words under the message alone", v.note(), v.at.Fragment)
	}
	v.base = l.pageWith("POST /command", fail).URL
	v.open("/")
	v.press("Send", "Command for", "/pinched")
	expect(t, "failed command", v.newest(), "Mia used /pinched", "Unpinch", "The application did not respond",
		"The bot did not answer within 3 s.", "Only you can see this")
	if v.note() != "" || v.at.Fragment != "m-"+page.UnansweredID {
		t.Errorf("note %q, focus %q; want what Discord shows alone", v.note(), v.at.Fragment)
	}
	v.open("/")
	if strings.Contains(v.newest(), "did not respond") {
		t.Error("the failure is there after a reload")
	}
	v.base = l.pageWith("GET /state", func(w http.ResponseWriter, _ *http.Request) {
		wire.WriteJSON(w, http.StatusServiceUnavailable, wire.Object{"error": wire.Object{"code": "closed", "text": "the playground stops"}})
	}).URL
	res, err := http.Get(v.base + "/") //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusInternalServerError {
		t.Errorf("without a state: %d, want 500", res.StatusCode)
	}
}

// The page reaches the world by the control API alone.
func TestUsesControlAPIOnly(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(0, walkBot)
	var called []string
	v := l.visit("/")
	v.base = l.pageWith("/", func(w http.ResponseWriter, r *http.Request) {
		called = append(called, r.Method+" "+r.URL.Path)
		if r.Method == "POST" && r.URL.Path == "/clock" { // a real walk takes its time
			raw, _ := io.ReadAll(r.Body)
			expect(t, "walk", string(raw), `{"advance":"1h"}`)
			m := l.Do("POST", l.Posts("classes"), `{"content":"Warm up"}`)
			wire.WriteJSON(w, http.StatusOK, wire.Object{"now": l.Now(), "posts": []any{m["id"]}})
			return
		}
		l.s.ServeHTTP(w, r)
	}).URL
	v.open("/")
	v.press("/pinched")
	v.press("Tell us")
	v.press("Submit", "Lines", "x", "Squat", "")
	v.press("1 hour")
	expect(t, "note", v.note(), "One message was posted. Go to #classes")
	v.follow("Go to #classes")
	expect(t, "classes", v.newest(), "Warm up")
	slices.Sort(called)
	want := "GET /clock GET /messages GET /state POST /click POST /clock POST /command POST /modal"
	if got := strings.Join(slices.Compact(called), " "); got != want {
		t.Errorf("called %s, want %s", got, want)
	}
}

func TestWithoutBot(t *testing.T) {
	l := newLab(t)
	v := l.visit("/?as=nobody&channel=nowhere&command=nothing&seen=x")
	expect(t, "page", words(v.doc), "No bot is connected yet", "You are Mia", "#general")
	if got := byTag(v.byID("offers"), "details"); len(got) != 0 {
		t.Error("there is a list of commands without any")
	}
	v.open("/?as=mia&channel=coaches")
	expect(t, "a channel hidden from mia", words(v.byID("place")), "#general")
	v.open("/?as=carl&channel=coaches")
	expect(t, "carl's channel", words(v.doc), "#coaches", "a channel that the bot cannot see")
	v.open("/?as=carl&channel=" + url.QueryEscape(l.Channel("lounge")))
	expect(t, "by id", words(v.doc), "#lounge", "where the bot is not a member")
}

// Where no bot ever came, a command shows what Discord shows.
func TestCommandWithoutBot(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	v := l.visit("/")
	v.press("Send", "Command for", "/pinched")
	expect(t, "page", v.newest(), "The application did not respond", "No bot is connected.")
}

func TestManyServers(t *testing.T) {
	l := newLab(t)
	l.Do("POST", "/world", `{"add_guilds":60}`)
	v := l.visit("/?as=olga&channel=gym-55-general")
	expect(t, "list", words(v.byID("nav")), "gym-55", "more servers")
	if n := len(find(v.byID("nav"), func(e *html.Node) bool { return e.Data == "section" })); n > page.ShownGuilds+4 {
		t.Errorf("%d sections in the list of channels", n)
	}
}
