package page_test

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unpinch/playground/browser"
	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

var screenshots = flag.String("screenshots", "", "a folder to write pictures of the page to")

// A show is a page in a browser, and a bot that shows all that a card can hold.
type show struct {
	t *testing.T
	*lab
	*browser.Tab
	bot *rig.Bot
}

func newShow(t *testing.T) show {
	t.Helper()
	l := newLab(t)
	b := browser.Open(t, l.URL, 1180, 860)
	l.Register(`[{"name":"pinched","description":"A pinched nerve? What to check first","options":[
		{"type":3,"name":"exercise","description":"The lift it follows","autocomplete":true}]},
		{"name":"classes","description":"The classes here, and what to change"},
		{"name":"setup","description":"Set this server up","default_member_permissions":"32"}]`)
	return show{t, l, b, l.Login(1, showBot)}
}

// pose checks one state of the page, in light and dark and on a phone, and
// pictures it when pictures are wanted.
func (s show) pose(name string) {
	s.t.Helper()
	for _, look := range []struct {
		name  string
		width int
		dark  bool
	}{{"phone-dark", 360, true}, {"phone", 360, false}, {"dark", 1180, true}, {"light", 1180, false}} {
		if look.dark && !s.Judged && *screenshots == "" {
			continue // nobody looks at the colours
		}
		s.Dark(look.dark)
		s.Size(look.width, 860)
		s.Fits(name + " " + look.name)
		if look.name == "phone-dark" || look.name == "light" {
			s.Axe(name + " " + look.name)
		}
		s.shot(name + "-" + look.name)
	}
}

func (s show) shot(name string) {
	if *screenshots != "" {
		s.Shot(filepath.Join(*screenshots, "parts-"+name+".png"))
	}
}

// TestBrowser walks through everything that the page can show and do, for a bot that
// shows everything.
func TestBrowser(t *testing.T) {
	t.Parallel()
	s := newShow(t)
	s.Go("/")
	s.See("#intro", "One thing to try: /pinched")
	s.pose("first")

	s.commands()
	s.live()
	s.classes()
	s.form()
	s.hurry()
	s.world()
	s.dm()
	s.time()
	s.others()
	s.failure()
}

// commands runs one by the keyboard alone, from the list and by its option.
func (s show) commands() {
	s.TabTo("Command for #general")
	s.Type("/")
	s.See("[role=option]", "/classes")
	s.pose("typing")
	s.Type(browser.Down + browser.Down)
	s.Until(`document.getElementById(document.activeElement.getAttribute("aria-activedescendant"))?.innerText.includes("/pinched")`)
	s.Type(browser.Enter)
	s.See("#options", "The lift it follows")
	s.Type("ben")
	s.See("[role=option]", "Bench press")
	s.Type(browser.Down + browser.Enter)
	s.pose("option")
	s.Press("Run /pinched")
	s.See("#log", "You chose bench")
	s.Until(`document.activeElement.innerText.includes("First, check these")`)
	s.pose("card")
	s.Press("One of these")
	s.See("#log", "Call now")
	s.Press("Back")
	s.See("#log", "First, check these")
}

// live sees posts come and go without a reload.
func (s show) live() {
	before := browser.Eval[float64](s.Tab, "performance.timeOrigin")
	m := s.Do("POST", s.Posts("general"), classPost(s.t))
	s.See("#log", "Warm-up for the 18:00 class")
	s.Until(`document.querySelector("img[alt^='Six drills']")?.naturalWidth === 960`)
	if !browser.Eval[bool](s.Tab, `(({width, height}) => width > 200 && Math.abs(width / height - 4) < .05)(document.querySelector("img[alt^='Six drills']"))`) {
		s.t.Error("the picture is out of shape")
	}
	s.See("#log time", "in 9 hours")
	s.pose("class-post")
	s.Do("PATCH", s.Posts("general")+"/"+wire.Text(m, "id"), `{"components":[{"type":10,"content":"Off today"}],"attachments":[]}`)
	s.See("#log", "Off today")
	s.Do("DELETE", s.Posts("general")+"/"+wire.Text(m, "id"), nil)
	s.Until(`!document.body.innerText.includes("Off today")`)
	if browser.Eval[float64](s.Tab, "performance.timeOrigin") != before {
		s.t.Error("the page was loaded again")
	}
}

// classes makes choices in selects of 25 entries.
func (s show) classes() {
	s.TabTo("Command for #general")
	s.Type("/classes\r")
	s.See("#log", "Twenty-five classes")
	s.pose("list")
	s.TabTo("Pick a class")
	s.Type("Class 07") // as one does in a list
	s.Press("Choose: Pick a class")
	s.See("#log", "You chose [c07]")
	if !browser.Eval[bool](s.Tab, `[...document.querySelectorAll("#log button:disabled")].some((b) => b.textContent === "Previous")`) {
		s.t.Error("the disabled button can be pressed")
	}
}

// form fills in a form of five fields, which Escape leaves.
func (s show) form() {
	s.Press("Change")
	s.See("dialog:modal", "Change the class")
	s.Until(`document.activeElement.id === "first"`)
	s.pose("form")
	s.Type(browser.Escape)
	s.Until(`!document.querySelector("dialog") && document.activeElement.matches(".message")`)
	s.Press("Change")
	s.See("dialog:modal", "Change the class")
	s.Type("Barbell basics")
	s.Press("Submit") // the lines are missing: the browser says so itself
	s.Until(`document.activeElement.matches("textarea:invalid")`)
	s.Type("mon 18:00")
	s.Press("Submit")
	s.See("#fault", "Pick 1 to 2 values")
	s.Until(`document.activeElement.id === "fault"`)
	s.TabTo("Squat")
	s.Type(" ")
	s.Press("Submit")
	s.See("#log", "value:Barbell basics")
}

// hurry types on while an answer is on its way, which must not disturb.
func (s show) hurry() {
	s.Do("POST", "/faults", `{"rules":[{"route":"POST /interactions/{interaction}/{token}/callback","times":1,"delay_ms":1500}]}`)
	s.Press("One of these")
	s.TabTo("Command for #general")
	s.Type("/clas")
	s.See("#log", "Emergency number")
	s.Until(`!document.querySelector("[aria-busy=true]") && document.activeElement.id === "say" && document.activeElement.value === "/clas"`)
	s.Type("ses\r")
	s.See("#log li:last-child", "Twenty-five classes")
	s.Press("Back")
	s.See("#log", "First, check these")
}

// world breaks something by the keyboard and mends it.
func (s show) world() {
	s.Go("/?as=carl&channel=morning-crew")
	s.Press("Break and mend")
	s.pose("world")
	for _, step := range []struct{ press, says, topic string }{
		{"Lock the thread", "The thread is locked.", "a locked thread"},
		{"Unlock the thread", "The thread is open.", "a thread"},
		{"Hide the thread from the bot", "The bot no longer sees morning-crew.", "a channel that the bot cannot see"},
		{"Let the bot see and post", "The bot may see morning-crew and post there.", "a thread"},
	} {
		s.Press(step.press)
		s.See("#note-text", step.says)
		s.See("#topic", step.topic)
		s.Until(`document.activeElement.id === "note-text" && document.querySelector("#world").open`)
	}
	s.Do("POST", "/world", `{"lock_thread":"morning-crew"}`) // somebody else does it
	s.See("#topic", "a locked thread")
	s.See("#world", "Unlock the thread")
	// The answer to the press arrives after the news that the thread is gone.
	s.Until(`Boolean(window.fetch = ((send) => async (...all) => {
		const res = await send(...all);
		await new Promise((done) => setTimeout(done, 500));
		return res;
	})(window.fetch))`)
	s.Press("Delete the thread")
	s.See("#place", "#general")
	s.See("#note-text", "There is no morning-crew any more.")
}

func (s show) dm() {
	c := s.Do("POST", "/api/v10/users/@me/channels", wire.Object{"recipient_id": s.User("mia")})
	s.Do("POST", "/api/v10/channels/"+wire.Text(c, "id")+"/messages", rig.Form{Files: []string{"me.json"}, Payload: `{"content":"You asked for a nudge.",
		"components":[{"type":1,"components":[{"type":2,"style":1,"label":"Snooze 15","custom_id":"a"},{"type":2,"style":2,"label":"Not today","custom_id":"b"},{"type":2,"style":4,"label":"Stop these","custom_id":"c"}]}]}`})
	s.Go("/")
	s.Press("Unpinch")
	s.See("#place", "Direct messages with Unpinch")
	s.See("#log", "You asked for a nudge.")
	s.See("#log a[download]", "me.json")
	s.pose("dm")
}

// time sees the clock move, and relative times with it.
func (s show) time() {
	s.Go("/")
	s.Do("POST", s.Posts("general"), fmt.Sprintf(`{"content":"It starts <t:%d:R>"}`, s.Now().Add(3*time.Hour).Unix()))
	s.See("#log", "It starts in 3 hours")
	s.Do("POST", "/clock", fmt.Sprintf(`{"waiting_for":%q}`, s.Now().Add(150*time.Minute).Format(time.RFC3339)))
	s.See("#clock", "Next post")
	s.pose("clock")
	s.menu()
	s.Press("1 hour")
	s.See("#note-text", "Nothing was posted.")
	s.See("#log", "It starts in 2 hours")
	s.Do("POST", "/clock", fmt.Sprintf(`{"now":%q}`, s.Now().Add(2*time.Hour+time.Minute).Format(time.RFC3339)))
	s.See("#log", "It starts in 59 minutes")
}

// menu opens the side on a phone; Escape closes it.
func (s show) menu() {
	s.Size(360, 860)
	s.Press("Menu: channels and time")
	s.Until(`document.querySelector("#clock").checkVisibility()`)
	s.Fits("menu")
	s.Axe("menu")
	s.shot("menu-phone")
	s.Type(browser.Escape)
	s.Until(`!document.querySelector("#clock").checkVisibility()`)
	s.Press("Menu: channels and time")
	s.Press("10 min")
	s.See("#note-text", "Nothing was posted.") // which the menu covered
	s.Until(`!document.querySelector("#clock").checkVisibility() && document.activeElement.id === "note-text"`)
	s.Size(1180, 860)
}

// others see what they may.
func (s show) others() {
	s.Press("Noah")
	s.See(".place", "You are Noah")
	if words := s.Words("#log"); strings.Contains(words, "Only you can see this") {
		s.t.Errorf("noah sees what is private to mia: %s", words)
	}
	s.Press("Olga owner")
	s.See(".place", "You are Olga")
	s.TabTo("Command for #general")
	s.Type("/s")
	s.See("[role=option]", "/setup")
}

// failure shows a command without an answer as Discord does.
func (s show) failure() {
	if err := s.bot.Leave(); err != nil {
		s.t.Fatal(err)
	}
	s.Until(`(() => { const r = new XMLHttpRequest(); r.open("GET", "/state", false); r.send(); return !r.responseText.includes('"ready":true'); })()`)
	s.Go("/?as=mia")
	s.TabTo("Command for #general")
	s.Type("/pinched\r")
	s.See("#log", "The application did not respond")
	s.pose("failure")
	s.Press("One of these")
	s.See("#log", "This interaction failed")
}

// classPost returns a post with a picture of its drills.
func classPost(t *testing.T) rig.Form {
	t.Helper()
	strip := image.NewPaletted(image.Rect(0, 0, 960, 240), color.Palette{color.RGBA{0xf3, 0xee, 0xe4, 0xff},
		color.RGBA{0x26, 0x5f, 0x86, 0xff}, color.RGBA{0xd0, 0x8a, 0x1d, 0xff}})
	for i := range 6 {
		at := image.Pt(60+i*155, 60)
		draw.Draw(strip, image.Rect(at.X, at.Y, at.X+30, at.Y+30), image.NewUniform(strip.Palette[2]), image.Point{}, draw.Src)
		draw.Draw(strip, image.Rect(at.X+8, at.Y+30, at.X+22, at.Y+110), image.NewUniform(strip.Palette[1]), image.Point{}, draw.Src)
		draw.Draw(strip, image.Rect(at.X-20, at.Y+40+i*8, at.X+50, at.Y+50+i*8), image.NewUniform(strip.Palette[1]), image.Point{}, draw.Src)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, strip); err != nil {
		t.Fatal(err)
	}
	return rig.Form{Files: []string{"strip.png"}, Contents: map[string]string{"strip.png": b.String()}, Payload: `{"flags":32768,
		"attachments":[{"id":0,"filename":"strip.png"}],"components":[{"type":17,"accent_color":2514822,"components":[
		{"type":10,"content":"## Warm-up for the 18:00 class\n-# Iron Garden, Lisbon · Monday 23 November"},
		{"type":12,"items":[{"media":{"url":"attachment://strip.png"},"description":"Six drills: chin tuck, arm circles, wall slides, cat and cow, band pull-apart, dead bug"}]},
		{"type":10,"content":"- **Chin tuck**, 8 times\n- **Arm circles**, 10 each way\n- **Wall slides**, 10 times\n- **Cat and cow**, 8 breaths\n\nTingling, numb or weak? Skip the neck holds; open *Gentle version*.\n\nIt starts <t:1795456800:t>, <t:1795456800:R>."},
		{"type":14},
		{"type":1,"components":[{"type":2,"style":1,"label":"Start","custom_id":"start"},{"type":2,"style":2,"label":"Gentle version","custom_id":"gentle"},
			{"type":2,"style":3,"label":"Done","custom_id":"done"},{"type":2,"style":2,"label":"Notify me","custom_id":"notify"}]}]}]}`}
}

// showBot answers with cards of every kind.
func showBot(b *rig.Bot, it wire.Object) {
	data := wire.Child(it, "data")
	if kind, _ := wire.Number(it, "type"); kind == wire.AutocompleteInteraction {
		b.Callback(it, wire.Object{"type": wire.AutocompleteCallback, "data": wire.Object{"choices": []any{wire.Object{"name": "Bench press", "value": "bench"}}}})
		return
	}
	card := func(kind int, parts string) {
		b.Callback(it, fmt.Sprintf(`{"type":%d,"data":{"flags":%d,"components":[%s]}}`, kind, wire.FlagEphemeral|wire.FlagComponentsV2, parts))
	}
	const back = `{"type":1,"components":[{"type":2,"style":2,"label":"Back","custom_id":"back"}]}`
	signs := `{"type":17,"accent_color":13666845,"components":[{"type":10,"content":"## First, check these\n**Call now**\n- **Face** drooping, slurred speech\n- **Chest** pain or tightness\n\n-# How sure: guideline · health service"},
		{"type":1,"components":[{"type":2,"style":1,"label":"One of these","custom_id":"one"},{"type":2,"style":1,"label":"None of these signs","custom_id":"none"}]},
		{"type":1,"components":[{"type":2,"style":5,"label":"Read the source","url":"https://example.org/a"}]}]}`
	switch id := wire.Text(data, "custom_id"); {
	case id == "one":
		card(wire.UpdateCallback, `{"type":10,"content":"## Call now\nEmergency number: **112**"},`+back)
	case id == "back":
		card(wire.UpdateCallback, signs)
	case id == "change":
		b.Callback(it, showForm)
	case id == "changed":
		b.Callback(it, wire.Object{"type": wire.MessageCallback, "data": wire.Object{"flags": wire.FlagEphemeral, "content": fmt.Sprint(wire.Plain(data["components"]))}})
	case id != "":
		card(wire.MessageCallback, fmt.Sprintf(`{"type":10,"content":"You chose %v"}`, data["values"]))
	case wire.Text(data, "name") == "classes":
		card(wire.MessageCallback, showList())
	default:
		chosen := ""
		for _, o := range wire.Objects(wire.List(data, "options")) {
			chosen = `{"type":10,"content":"You chose ` + wire.Text(o, "value") + `"},`
		}
		card(wire.MessageCallback, chosen+signs)
	}
}

func showList() string {
	var options []string
	for i := range 25 {
		options = append(options, fmt.Sprintf(`{"label":"Class %02d","value":"c%02d","description":"Mondays, Wednesdays and Fridays at %d:00, Lisbon"}`, i, i, 6+i%14))
	}
	entries := strings.Join(options, ",")
	return `{"type":17,"components":[{"type":10,"content":"## Twenty-five classes\n1. **Barbell basics** mon wed fri 18:00\n2. **Open gym** sat 09:00\n\nPage 1 of 3"},
		{"type":9,"components":[{"type":10,"content":"**Next:** Barbell basics, <t:1795456800:F>"}],"accessory":{"type":2,"style":2,"label":"Preview","custom_id":"preview"}},
		{"type":1,"components":[{"type":3,"custom_id":"pick","placeholder":"Pick a class","options":[` + entries + `]}]},
		{"type":1,"components":[{"type":2,"style":2,"label":"Previous","custom_id":"prev","disabled":true},{"type":2,"style":2,"label":"Next","custom_id":"next"},
			{"type":2,"style":1,"label":"Change","custom_id":"change"},{"type":2,"style":4,"label":"Remove","custom_id":"remove"}]},
		{"type":1,"components":[{"type":3,"custom_id":"days","placeholder":"Closed on","min_values":0,"max_values":25,"options":[` + entries + `]}]}]}`
}

// showForm is a form of as many fields as one can have.
const showForm = `{"type":9,"data":{"custom_id":"changed","title":"Change the class","components":[
	{"type":18,"label":"Name","component":{"type":4,"custom_id":"name","style":1,"max_length":40}},
	{"type":18,"label":"When","description":"One class a line: mon wed fri 06:00 60min","component":{"type":4,"custom_id":"when","style":2,"placeholder":"mon wed fri 18:00"}},
	{"type":18,"label":"Channel","component":{"type":8,"custom_id":"where","required":false}},
	{"type":18,"label":"Place","component":{"type":3,"custom_id":"place","required":false,"options":[{"label":"Lisbon","value":"lis"},{"label":"Porto","value":"opo","default":true}]}},
	{"type":18,"label":"Lifts","description":"One or two","component":{"type":3,"custom_id":"lifts","max_values":2,"options":[
		{"label":"Squat","value":"sq"},{"label":"Bench","value":"be"},{"label":"Deadlift","value":"dl","description":"Conventional or sumo"}]}}]}}`
