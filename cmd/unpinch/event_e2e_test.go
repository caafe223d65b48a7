package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// A standing is an event as Discord's API tells of it.
type standing struct {
	ID    string
	Name  string
	About string                    `json:"description"`
	Start time.Time                 `json:"scheduled_start_time"`
	End   time.Time                 `json:"scheduled_end_time"`
	Meta  struct{ Location string } `json:"entity_metadata"`
}

// events asks for what is on the server's calendar, or changes it, with the bot's
// token; body is nil for none.
func (g *gym) events(method, path string, body asks) []byte {
	g.t.Helper()
	var text []byte
	if body != nil {
		text, _ = json.Marshal(body)
	}
	url := g.base + "/api/v10/guilds/" + g.id("guilds", "iron-garden") + "/scheduled-events" + path
	for {
		req, err := http.NewRequestWithContext(g.t.Context(), method, url, bytes.NewReader(text))
		if err != nil {
			g.t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bot playground")
		if body != nil {
			req.Header.Set("Content-Type", "application/json")
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			g.t.Fatal(err)
		}
		answer, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		switch {
		case err != nil || resp.StatusCode >= 300 && resp.StatusCode != http.StatusTooManyRequests:
			g.t.Fatalf("%s %s: HTTP %d, %s %v", method, path, resp.StatusCode, answer, err)
		case resp.StatusCode < 300:
			return answer
		}
		<-time.After(100 * time.Millisecond)
	}
}

// calendar is what stands on the server's calendar, an event a line, with the days
// from today.
func (g *gym) calendar() (all []standing, lines string) {
	g.t.Helper()
	if err := json.Unmarshal(g.events(http.MethodGet, "", nil), &all); err != nil {
		g.t.Fatal(err)
	}
	var said []string
	today := g.now().UTC().Truncate(24 * time.Hour)
	for _, e := range all {
		said = append(said, fmt.Sprintf("%s, %s, day %d %s-%s", e.Name, e.Meta.Location, int(e.Start.Sub(today).Hours()/24), e.Start.UTC().Format("15:04"), e.End.UTC().Format("15:04")))
	}
	return all, strings.Join(said, "; ")
}

// An eventGym is a gym whose class has an event.
type eventGym struct{ *gym }

// settle lets the bot finish what follows from a press just made: what it said
// before that it waits for counts no more once the clock moves.
func (g eventGym) settle() {
	g.t.Helper()
	g.clock(asks{"advance": "1s"})
	g.gym.settle()
}

// show shows the card of the only class.
func (g *gym) show() message {
	g.t.Helper()
	list := g.command(asks{"as": "olga", "channel": "general", "name": "class list"})
	menu := list.View.Selects[0]
	return g.press("olga", list.ID, menu.CustomID, menu.Options[0].Value)
}

// turn picks or presses something on the class's card, and lets the bot do what
// follows.
func (g eventGym) turn(label, want string) {
	g.t.Helper()
	m := g.show()
	var got message
	if strings.Contains(labels(m), label) {
		got = g.press("olga", m.ID, label)
	} else {
		got = g.pick("olga", m, label)
	}
	if !strings.Contains(got.View.Text, want) {
		g.t.Errorf("%s says %q, want %q", label, got.View.Text, want)
	}
	g.settle()
}

// stands holds what stands on the calendar.
func (g eventGym) stands(want string) {
	g.t.Helper()
	if _, got := g.calendar(); got != want {
		g.t.Errorf("the calendar has %q, want %q\n%s", got, want, g.bot.log)
	}
}

func newEventGym(t *testing.T) eventGym {
	t.Helper()
	return eventGym{newGym(t, "classes")}
}

// may gives the bot the permission for events, or takes it away.
func (g eventGym) may(may bool) {
	g.t.Helper()
	rule := asks{"role": "unpinch", "deny": "CREATE_EVENTS"}
	if may {
		rule = asks{"role": "unpinch", "allow": "CREATE_EVENTS"}
	}
	g.world(asks{"permission": rule})
}

const (
	showEvent, hideEvent = "Show it in the server's events", "Take it off the server's events"
	everyDay             = "Every day at 18:00, Iron Garden, "
)

// TestEventFromEndToEnd: the next start of a class stands on the server's calendar,
// through a real store and Discord's own rules, with everything that may befall it.
func TestEventFromEndToEnd(t *testing.T) {
	t.Parallel()
	g := newEventGym(t)
	g.turn(showEvent, "I lack the permission **Create Events**")
	if strings.Contains(g.get("/requests"), "scheduled-events") {
		t.Error("without the permission Discord was asked")
	}
	g.may(true)
	g.turn(showEvent, "It comes there within a minute")
	g.stands(everyDay + "day 0 18:00-19:00")
	if all, _ := g.calendar(); len(all) == 1 && !strings.HasSuffix(all[0].About, "\nKept by Unpinch, class 1. Coaches change it in /class list.") {
		t.Errorf("the event says %q", all[0].About)
	}

	wall := g.at("18:00").Format("Mon 2 Jan 15:04")
	g.press("olga", g.press("olga", g.show().ID, "Cancel today 18:00").ID, "Yes, cancel "+wall)
	g.settle()
	g.stands(everyDay + "day 1 18:00-19:00")
	g.turn("Put "+wall+" back", "takes place again")
	g.stands(everyDay + "day 0 18:00-19:00")
	ask := g.press("olga", g.show().ID, "Move")
	move := g.open("olga", ask.ID, "Move "+wall+" once")
	g.submit("olga", move, strings.Replace(move.Fields[0].Value, "18:00", "19:30", 1))
	g.settle()
	g.stands(everyDay + "day 0 19:30-20:30")
	g.walkTo("20:29")
	g.stands(everyDay + "day 0 19:30-20:30")
	g.walkTo("20:31")
	g.settle()
	g.stands(everyDay + "day 1 18:00-19:00")
	g.turn(hideEvent, "Its event goes")
	g.stands("")
	g.turn(showEvent, "It comes there within a minute")
	g.press("olga", g.pick("olga", g.show(), "Remove").ID, "Remove it for good")
	for all, _ := g.calendar(); len(all) > 0; all, _ = g.calendar() { // nothing is left that the bot waits for
	}
	g.stop()
}

// TestEventFaults: what Discord does to an event, and what becomes of it.
func TestEventFaults(t *testing.T) {
	t.Parallel()
	const post = "POST /guilds/{guild}/scheduled-events"
	once := func(g eventGym) {
		g.stands(everyDay + "day 0 18:00-19:00")
	}
	for name, play := range map[string]func(g eventGym){
		"an outage is waited for": func(g eventGym) {
			g.garden.fault(asks{"route": post, "status": 503, "times": 3})
			g.turn(showEvent, "comes")
			once(g)
		},
		"a page of a proxy is no refusal": func(g eventGym) {
			g.garden.fault(asks{"route": post, "status": 403, "html": true, "times": 2})
			g.turn(showEvent, "comes")
			once(g)
		},
		"a limit is waited for": func(g eventGym) {
			g.garden.fault(asks{"route": post, "status": 429, "retry_after": 0.2, "times": 2})
			g.turn(showEvent, "comes")
			once(g)
		},
		"an answer that got lost makes no second one": func(g eventGym) {
			g.garden.fault(asks{"route": post, "drop": true, "after_commit": true, "times": 1})
			g.turn(showEvent, "comes")
			once(g)
		},
		"a bot that ends between making and noting makes no second one": func(g eventGym) {
			g.garden.fault(asks{"route": post, "drop": true, "after_commit": true})
			g.pick("olga", g.show(), showEvent)
			for all, _ := g.calendar(); len(all) == 0; all, _ = g.calendar() {
			}
			g.stop()
			g.noFaults()
			g.start()
			g.settle()
			once(g)
			g.turn(hideEvent, "Its event goes")
			g.stands("")
		},
		"what a person deleted comes with the next start": func(g eventGym) {
			g.turn(showEvent, "comes")
			all, _ := g.calendar()
			g.events(http.MethodDelete, "/"+all[0].ID, nil)
			g.setup(asks{"name": "Iron Garden East"})
			g.settle()
			g.stands("")
			g.walkTo("19:01")
			g.settle()
			g.stands("Every day at 18:00, Iron Garden East, day 1 18:00-19:00")
		},
		"a lost permission is told once, and tried again": func(g eventGym) {
			g.turn(showEvent, "comes")
			g.may(false)
			g.setup(asks{"name": "Iron Garden East"})
			g.settle()
			g.turn("Take it off the server's events", "one which stands there stays")
			g.may(true)
			g.turn(showEvent, "comes")
			g.clock(asks{"advance": "1m"}) // the second word is another second's
			g.may(false)
			g.setup(asks{"name": "Iron Garden West"})
			g.settle()
			if dms := g.dms("olga"); len(dms) != 2 || !strings.Contains(dms[1].View.Text, "I lack the permission **Create Events**") {
				g.t.Errorf("olga heard %+v", dms)
			}
			g.may(true)
			if shown := g.show(); !strings.Contains(shown.View.Text, "Its event can't be kept") {
				g.t.Errorf("the card says %q", shown.View.Text)
			}
			g.turn("Try its event again", "comes")
			g.stands("Every day at 18:00, Iron Garden West, day 0 18:00-19:00")
		},
		"a full calendar is said": func(g eventGym) {
			g.garden.fault(asks{"route": post, "status": 400, "code": 30038})
			g.turn(showEvent, "comes")
			if dms := g.dms("olga"); len(dms) != 1 || !strings.Contains(dms[0].View.Text, "100 events") {
				g.t.Errorf("olga heard %+v", dms)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newEventGym(t)
			g.may(true)
			play(g)
			g.stop()
		})
	}
}
