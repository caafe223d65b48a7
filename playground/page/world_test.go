package page_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

// What a visitor breaks on the page, a visitor can mend there.
func TestWorld(t *testing.T) {
	l := newLab(t)
	for _, tc := range []struct{ at, breaks, says, mends, mended string }{
		{"as=carl&channel=classes", "Hide the channel from the bot", "The bot no longer sees #classes.", "Let the bot see and post", "The bot may see #classes and post there."},
		{"as=carl&channel=classes", "Let the bot only read", "The bot may only read in #classes.", "Let the bot see and post", "The bot may see #classes and post there."},
		{"as=carl&channel=classes", "Let the bot send no files", "The bot may send no files in #classes.", "Let the bot see and post", "The bot may see #classes and post there."},
		{"as=carl&channel=morning-crew", "Hide the thread from the bot", "The bot no longer sees morning-crew.", "Let the bot see and post", "The bot may see morning-crew and post there."},
		{"as=carl&channel=morning-crew", "Lock the thread", "The thread is locked.", "Unlock the thread", "The thread is open."},
		{"as=mia&channel=general", "Throw the bot out", "The bot is out of iron-garden.", "Invite the bot", "The bot is in iron-garden."},
		{"as=mia&channel=general", "Begin an outage", "Discord can't reach iron-garden.", "End the outage", "Discord reaches iron-garden again."},
		{"as=mia&channel=dm", "Close direct messages", "Mia takes no direct messages now.", "Open direct messages", "Mia takes direct messages."},
	} {
		t.Run(tc.breaks+" in "+tc.at, func(t *testing.T) {
			v := l.visit("/?" + tc.at)
			fresh := fmt.Sprint(l.Do("GET", "/state", nil)) // with the DM that the visit opens
			v.press(tc.breaks)
			if v.note() != tc.says || fmt.Sprint(l.Do("GET", "/state", nil)) == fresh {
				t.Errorf("note %q, want %q and a changed world", v.note(), tc.says)
			}
			if _, open := attrOf(v.byID("world"), "open"); !open {
				t.Error("the panel is closed again")
			}
			v.press(tc.mends)
			if got := fmt.Sprint(l.Do("GET", "/state", nil)); v.note() != tc.mended || got != fresh {
				t.Errorf("note %q, want %q and the world as it was, not %s", v.note(), tc.mended, got)
			}
		})
	}
}

func TestBreaksMoreThanOneThing(t *testing.T) {
	l := newLab(t)
	may := func() uint64 {
		for _, c := range wire.Objects(wire.List(l.Do("GET", "/state", nil), "channels")) {
			if wire.Text(c, "name") == "classes" {
				n, _ := strconv.ParseUint(wire.Text(c, "bot_permissions"), 10, 64)
				return n
			}
		}
		return 0
	}
	before := may()
	v := l.visit("/?as=carl&channel=classes")
	v.press("Let the bot only read")
	v.press("Let the bot send no files")
	if got, want := may(), before&^(wire.PermSendMessages|wire.PermSendInThreads|wire.PermAttachFiles); got != want {
		t.Errorf("the bot may %d, want %d", got, want)
	}
	v.press("Delete the channel")
	expect(t, "after it is gone", v.note()+words(v.byID("place")), "There is no #classes any more.", "#general")
	old := v.at.Query().Get("channel")
	v.press("Make #classes again")
	expect(t, "a new one", v.note(), "There is a new #classes.")
	if got, want := may(), before; got != want || old != "general" {
		t.Errorf("the bot may %d, want %d; the page was at %s", got, want, old)
	}
	if got := words(v.byID("world")); strings.Contains(got, "again") {
		t.Errorf("it can be made twice: %s", got)
	}
	v.open("/?as=mia&channel=lounge")
	if got := words(v.byID("world")); strings.Contains(got, "Delete") || !strings.Contains(got, "Invite the bot") {
		t.Errorf("where the bot is no member: %s", got)
	}
}

// A button of a page that is out of date does nothing else.
func TestWorldOutOfDate(t *testing.T) {
	l := newLab(t)
	v := l.visit("/?as=carl&channel=morning-crew")
	l.Do("POST", "/world", `{"lock_thread":"morning-crew"}`)
	v.press("Lock the thread")
	if got := v.note(); got != "That has changed meanwhile. Have another look." {
		t.Errorf("note %q", got)
	}
}

func TestSkipsToTheEveOfAClockChange(t *testing.T) {
	l := newLab(t)
	v := l.visit("/")
	v.press("Skip to the eve of a clock change")
	if got := wire.Text(l.Do("GET", "/clock", nil), "now"); got != "2027-03-27T12:00:00Z" {
		t.Errorf("it is %s", got)
	}
}

// A file that is picked in a command's form reaches the bot, and its address
// leads to what is in it.
func TestFile(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	var it wire.Object
	l.Login(0, func(b *rig.Bot, got wire.Object) { it = got; rig.Says("ok")(b, got) })
	v := l.visit("/?as=carl&channel=general&command=class+add")
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, value := range map[string]string{"as": "carl", "channel": "general", "name": "class add", "o.at": "mon 18:00"} {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	f, err := w.CreateFormFile("o.file", "week.yaml")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(f, "mon: 18:00")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), "POST", v.base+attr(v.byID("options"), "action"), &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", w.FormDataContentType())
	v.send(req)
	files := wire.Child(wire.Child(wire.Child(it, "data"), "resolved"), "attachments")
	if len(files) != 1 {
		t.Fatalf("the bot gets %v", files)
	}
	for id := range files {
		file := wire.Child(files, id)
		if got := l.Fetch(wire.Text(file, "url")); wire.Text(file, "filename") != "week.yaml" || got != "mon: 18:00" {
			t.Errorf("%v holds %q", file, got)
		}
	}
}
