package page_test

import (
	"bufio"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"unpinch/playground/page"
	"unpinch/playground/wire"
)

// An audience reads the page's events.
type audience struct {
	l     *lab
	lines *bufio.Scanner
}

// listen opens the events of a page from a version on; last is what a browser
// says of the last event when it connects again.
func (l *lab) listen(as, channel, version, last string) audience {
	l.T.Helper()
	ctx, cancel := context.WithTimeout(l.T.Context(), 10*time.Second)
	l.T.Cleanup(cancel)
	q := url.Values{"as": {as}, "channel": {channel}, "version": {version}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, l.URL+"/page/events?"+q.Encode(), nil)
	if err != nil {
		l.T.Fatal(err)
	}
	if last != "" {
		req.Header.Set("Last-Event-ID", last)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		l.T.Fatal(err)
	}
	l.T.Cleanup(func() { _ = res.Body.Close() }) // the test is over
	if kind := res.Header.Get("Content-Type"); res.StatusCode != 200 || kind != "text/event-stream" {
		l.T.Fatalf("events: %d %s", res.StatusCode, kind)
	}
	if got := res.Header.Get("Content-Security-Policy"); got != page.Policy {
		l.T.Errorf("events have the policy %q", got)
	}
	return audience{l, bufio.NewScanner(res.Body)}
}

// event waits for one event.
func (a audience) event() (id string, live *html.Node) {
	a.l.T.Helper()
	var data strings.Builder
	for a.lines.Scan() {
		line := a.lines.Text()
		switch {
		case strings.HasPrefix(line, "id: "):
			id = line[4:]
		case strings.HasPrefix(line, "data: "):
			data.WriteString(line[6:] + "\n")
		case line == "" && data.Len() > 0:
			live = parseHTML(a.l.T, data.String())
			assertHarmless(a.l.T, live)
			return id, live
		}
	}
	a.l.T.Fatalf("no event: %v", a.lines.Err())
	return "", nil
}

// until waits for an event whose live parts say something.
func (a audience) until(want string) string {
	a.l.T.Helper()
	for {
		if id, live := a.event(); strings.Contains(words(live), want) {
			return id
		}
	}
}

func TestEvents(t *testing.T) {
	l := newLab(t)
	shown := attr(byTag(l.visit("/").doc, "body")[0], "data-version")
	mia := l.listen("mia", "general", shown, "")
	m := l.Do("POST", l.Posts("general"), `{"content":"Warm up"}`)
	posted := mia.until("Warm up")
	l.Do("PATCH", l.Posts("general")+"/"+wire.Text(m, "id"), `{"content":"Warmed up"}`)
	edited := mia.until("Warmed up")
	l.Do("DELETE", l.Posts("general")+"/"+wire.Text(m, "id"), nil)
	mia.until("This is a practice Discord") // nothing is there again
	if posted == edited || posted == shown {
		t.Errorf("versions %q, %q and %q, want different ones", shown, posted, edited)
	}
	l.Do("POST", "/clock", `{"now":"2026-11-23T10:30:00Z"}`)
	mia.until("Mon 23 Nov 2026 10:30 UTC")
	l.Do("POST", "/clock", `{"waiting_for":"2026-11-23T17:50:00Z"}`)
	mia.until("Next post: Mon 23 Nov 17:50 UTC")
	l.Register(pinched)
	l.Login(0, walkBot)
	mia.until("One thing to try: /pinched")
	l.Do("POST", "/command", `{"as":"noah","channel":"general","name":"pinched"}`) // only noah sees it
	l.Do("POST", l.Posts("general"), `{"content":"Later"}`)
	if _, live := mia.event(); strings.Contains(words(live), "First, check these") {
		t.Error("mia is sent what only noah can see")
	}
	l.Do("POST", "/world", `{"unavailable":"iron-garden"}`)
	mia.until("In iron-garden, which is unavailable.")
	l.Do("POST", "/world", `{"available":"iron-garden"}`)
	l.Do("POST", "/world", `{"delete_channel":"general"}`)
	for {
		if _, live := mia.event(); attr(byTag(live, "div")[0], "data-channel") == "classes" {
			break
		}
	}
}

func TestEventsAgain(t *testing.T) {
	l := newLab(t)
	first := l.listen("mia", "general", "old", "")
	id, _ := first.event()
	m := l.Do("POST", l.Posts("general"), `{"content":"missed"}`)
	second := l.listen("mia", "general", "old", id)
	second.until("missed")
	third := l.listen("mia", "general", id, first.until("missed"))
	l.Do("PATCH", l.Posts("general")+"/"+wire.Text(m, "id"), `{"content":"edited"}`)
	if _, live := third.event(); !strings.Contains(words(live), "edited") {
		t.Error("what the browser has came again")
	}
}

func TestShowsTheNewest(t *testing.T) {
	l := newLab(t)
	for i := range page.ShownMessages + 5 {
		l.Pass(time.Second) // the channel's limit
		l.Do("POST", l.Posts("general"), wire.Object{"content": strconv.Itoa(i)})
	}
	v := l.visit("/")
	if n := len(v.messages()); n != page.ShownMessages {
		t.Errorf("%d messages are shown, want %d", n, page.ShownMessages)
	}
	expect(t, "newest", v.newest(), strconv.Itoa(page.ShownMessages+4))
	expect(t, "log", words(v.byID("log")), "Only the newest messages are shown")
}
