package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"unpinch/schedule"
	"unpinch/store"
)

// A gym is a playground with a bot, one place and one class: every day at
// 18:00 for an hour, its pre post due at 17:50, its cool-down at 19:00, on a
// clock that is UTC all year. It is 17:40 of its first day.
type gym struct {
	garden
	dir    string
	config string
	ahead  *atomic.Int64 // how far the computer's clock is ahead
	disk   *slowDisk
	bot    *running
	log    string // of the bots that were stopped
}

// newGym sets all of it up as a user would; posts go to channel.
func newGym(t *testing.T, channel string) *gym { t.Helper(); return newGymIn(t, t.TempDir(), channel) }

// newGymIn is newGym with its files in a folder.
func newGymIn(t *testing.T, dir, channel string) *gym {
	t.Helper()
	g := &gym{garden: newGarden(t), dir: dir, ahead: new(atomic.Int64), disk: new(slowDisk)}
	g.config = writeConfig(t, g.dir, g.base, "playground")
	g.start()
	g.leap(time.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, 1).Add(17*time.Hour + 40*time.Minute))
	g.setup(asks{
		"zone": "Atlantic/Reykjavik", "channel": channel, "log": "general", "name": "Iron Garden"})
	draft := g.command(asks{"as": "olga", "channel": "general", "name": "class add", "options": asks{"at": "daily 18:00"}})
	g.press("olga", draft.ID, "Save")
	return g
}

// setup changes the place.
func (g *gym) setup(options asks) {
	g.t.Helper()
	g.command(asks{"as": "olga", "channel": "general", "name": "setup", "options": options})
}

// start starts the program, and waits until it is ready.
func (g *gym) start() {
	g.t.Helper()
	g.bot = runOn(g.t.(*testing.T), g.config, program{
		now: func() time.Time { return time.Now().Add(time.Duration(g.ahead.Load())) },
		disk: func() {
			if stalled := g.disk.Load(); stalled != nil {
				<-*stalled
			}
		}})
}

// stop ends the program.
func (g *gym) stop() {
	g.t.Helper()
	g.bot.stop()
	if log := g.bot.log.String(); log != g.log {
		g.log += log
	}
}

func (g *gym) now() time.Time { g.t.Helper(); return g.time().Now }

// day lets everything that is due up to the end of the class go out.
func (g *gym) day() {
	g.t.Helper()
	for _, due := range []string{"17:50", "19:00"} {
		if at := g.at(due); g.now().Before(at) {
			g.walkTo(due)
			g.leap(at.Add(jitterOver))
		}
		g.settle()
	}
}

// settle lets the bot finish what is due by now, and at most an hour of retries.
func (g *gym) settle() {
	g.t.Helper()
	g.ready()
	for limit := time.Now().Add(30 * time.Second); ; {
		c := g.time()
		switch {
		case c.Next == nil: // it is at work
			g.clock(asks{"advance": "0s"})
		case c.Next.Sub(c.Now) > 10*time.Minute:
			return
		default:
			g.leap(*c.Next)
		}
		if time.Now().After(limit) {
			g.t.Fatalf("the bot still is not done: %+v\n%s", c, g.bot.log)
		}
	}
}

// leap sets the clock, as an outage would.
func (g *gym) leap(to time.Time) {
	g.t.Helper()
	g.clock(asks{"now": to.Format(time.RFC3339Nano)})
}

// at is a time of day of the day it is.
func (g *gym) at(clock string) time.Time {
	g.t.Helper()
	at, err := time.Parse("15:04", clock)
	if err != nil {
		g.t.Fatal(err)
	}
	return g.now().Truncate(24 * time.Hour).Add(time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute)
}

// leapTo leaps to a time of the day it is.
func (g *gym) leapTo(clock string) { g.t.Helper(); g.leap(g.at(clock)) }

// walkTo lets the day pass up to a time. A walk is given up after 30 seconds,
// where it stands; a busy machine may need more of them.
func (g *gym) walkTo(clock string) {
	g.t.Helper()
	var out any
	for range 4 {
		switch status := g.post("/clock", asks{"advance": g.at(clock).Sub(g.now()).String()}, &out); status {
		case 200:
			return
		case 504:
			g.t.Log("the walk takes long")
		default:
			g.t.Fatalf("walk to %s: HTTP %d %v", clock, status, out)
		}
	}
	g.t.Fatalf("walk to %s: %v", clock, out)
}

func (g *gym) clock(in asks) {
	g.t.Helper()
	var out any
	if status := g.post("/clock", in, &out); status != 200 {
		g.t.Fatalf("clock %v: HTTP %d %v", in, status, out)
	}
}

// world changes the playground's world.
func (g garden) world(in asks) {
	g.t.Helper()
	var out any
	if status := g.post("/world", in, &out); status != 200 {
		g.t.Fatalf("world %v: HTTP %d %v", in, status, out)
	}
}

// fault makes sends of posts fail.
func (g *gym) fault(rule asks) {
	g.t.Helper()
	rule["route"] = "POST /channels/{channel}/messages"
	g.garden.fault(rule)
}

// fault makes requests fail.
func (g garden) fault(rule asks) {
	g.t.Helper()
	g.faults(asks{"rules": []any{rule}})
}

func (g garden) faults(in asks) {
	g.t.Helper()
	var out any
	if status := g.post("/faults", in, &out); status != 200 {
		g.t.Fatalf("faults %v: HTTP %d %v", in, status, out)
	}
}

// posts counts the sends of messages that Discord has seen.
func (g *gym) posts() int {
	g.t.Helper()
	return strings.Count(g.get("/requests"), `"method":"POST","route":"/channels/{channel}/messages"`)
}

// messages lists a channel as olga sees it.
func (g garden) messages(channel string) []message {
	g.t.Helper()
	var all []message
	if err := json.Unmarshal([]byte(g.get("/messages?deleted=1&as=olga&channel="+channel)), &all); err != nil {
		g.t.Fatal(err)
	}
	return all
}

// tryAgain presses the button of the last word in a channel that a class broke.
func (g *gym) tryAgain(channel string) {
	g.t.Helper()
	all := g.messages(channel)
	if len(all) == 0 { // a busy machine is slower than its clock
		g.get("/messages?as=olga&wait=10s&channel=" + channel)
		all = g.messages(channel)
	}
	if len(all) == 0 {
		g.t.Fatalf("there is no word in %s", channel)
	}
	if got := g.press("olga", all[len(all)-1].ID, "Try again"); !strings.Contains(got.View.Text, "Posts go out again") {
		g.t.Errorf("Try again answered %q", got.View.Text)
	}
}

// words are the texts of what is in a channel, but for answers to commands.
func (g *gym) words(channel string) (texts []string) {
	g.t.Helper()
	for _, m := range g.messages(channel) {
		if m.View.OnlyFor == "" {
			texts = append(texts, m.View.Text)
		}
	}
	return texts
}

// history is what the card of /class history lists, the latest first, without
// the day and the link.
func (g *gym) history() (lines []string) {
	g.t.Helper()
	card := g.command(asks{"as": "olga", "channel": "general", "name": "class history"})
	for line := range strings.Lines(card.View.Text) {
		if line, ok := strings.CutPrefix(strings.TrimSpace(line), "- "); ok {
			line, _, _ = strings.Cut(line, " · ")
			lines = append(lines, strings.Join(strings.Fields(line)[3:], " "))
		}
	}
	return lines
}

// ledger is every row, oldest first, once the bot has stopped.
func (g *gym) ledger() (rows []string) {
	g.t.Helper()
	db, err := store.Open(g.t.(*testing.T).Context(), filepath.Join(g.dir, "unpinch.db"), store.Options{})
	if err != nil {
		g.t.Fatal(err)
	}
	defer db.Close()
	var all []schedule.Occurrence // two that a leap made due at once come in either order
	for id := int64(1); ; id++ {
		o, err := db.Occurrence(g.t.(*testing.T).Context(), id)
		if err != nil {
			break
		}
		all = append(all, o)
	}
	slices.SortStableFunc(all, func(a, b schedule.Occurrence) int { return a.DueAt.Compare(b.DueAt) })
	for _, o := range all {
		rows = append(rows, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", o.DueAt.Format("15:04"), o.Kind, o.State, o.Reason)))
		marks := g.marks(o)
		want := 0
		if o.State == schedule.StateSent || o.State == schedule.StateLate {
			want = 1
		}
		if marks != want && o.Kind != schedule.KindAlert && o.State != schedule.StateUnknown {
			g.t.Errorf("occurrence %d is %s, and stands %d times in its channel", o.ID, o.State, marks)
		}
	}
	return rows
}

// marks counts the messages of an occurrence.
func (g *gym) marks(o schedule.Occurrence) (n int) {
	g.t.Helper()
	for _, channel := range []string{"classes", "general", "morning-crew"} {
		if g.hasChannel(channel) {
			n += strings.Count(g.get("/messages?deleted=1&channel="+channel), fmt.Sprintf(`"custom_id":"done1:%d"`, o.ID))
			n += strings.Count(g.get("/messages?deleted=1&channel="+channel), fmt.Sprintf(`"custom_id":"mend1:%d"`, o.ID))
		}
	}
	return n / 2 // in the message and in its view
}

func (g *gym) hasChannel(name string) bool {
	g.t.Helper()
	return strings.Contains(g.get("/state"), `"name":"`+name+`"`)
}

// TestFaults: what is done to the world, what the admin sees of it, and what
// the ledger says.
func TestFaults(t *testing.T) {
	const (
		broken  = "A class post can't go out"
		preSent = "17:50 pre sent"
		endSent = "19:00 cool_down sent"
	)
	for _, tc := range []struct {
		name    string
		channel string // classes when empty
		do      func(*gym)
		dm, log []string // what each message says
		history []string // the latest first
		ledger  []string // the oldest first
		lines   int      // of the log that say that something is not sent; 0 for any
		once    bool     // each post stands once in the channel, whatever the ledger says
	}{
		{name: "5xx before the send counts", do: func(g *gym) { g.fault(asks{"status": 503, "times": 2}) }},
		{name: "5xx after it counts", do: func(g *gym) { g.fault(asks{"status": 502, "times": 2, "after_commit": true}) }},
		{name: "5xx for a minute, and it had arrived", do: func(g *gym) {
			g.fault(asks{"status": 502, "after_commit": true})
			g.walkTo("17:51")
			g.noFaults()
		}},
		{name: "answers lost past the nonce, and no history to read", do: func(g *gym) {
			g.world(asks{"permission": asks{"channel": "classes", "deny": "READ_MESSAGE_HISTORY"}})
			g.fault(asks{"status": 502, "after_commit": true})
			g.walkTo("17:55")
			g.noFaults()
			g.walkTo("17:57")
			g.world(asks{"permission": asks{"channel": "classes", "allow": "READ_MESSAGE_HISTORY"}})
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **unknown**, it may have gone out, and I can't read the channel to see"},
			ledger: []string{"17:50 pre unknown unreadable", endSent}, once: true},
		{name: "answers lost past the nonce, and a history to read", do: func(g *gym) {
			g.fault(asks{"status": 502, "after_commit": true})
			g.walkTo("17:55")
			g.noFaults()
		}, once: true},
		{name: "connection dropped before", do: func(g *gym) { g.fault(asks{"drop": true, "times": 2}) }},
		{name: "connection dropped after", do: func(g *gym) { g.fault(asks{"drop": true, "times": 2, "after_commit": true}) }},
		{name: "channel's rate limit", do: func(g *gym) { g.fault(asks{"status": 429, "times": 2, "retry_after": 0.2, "scope": "shared"}) }},
		{name: "global rate limit", do: func(g *gym) { g.fault(asks{"status": 429, "times": 2, "retry_after": 0.2, "scope": "global"}) }},
		{name: "Cloudflare's rate limit", do: func(g *gym) { g.fault(asks{"status": 429, "times": 2, "retry_after": 0.2, "html": true}) }},
		{name: "a page of a proxy", do: func(g *gym) { g.fault(asks{"status": 403, "times": 2, "html": true}) }},
		{name: "a page of a proxy for five minutes", do: func(g *gym) {
			g.fault(asks{"status": 404, "html": true})
			g.walkTo("17:55")
			g.noFaults()
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **sent "}, ledger: []string{"17:50 pre late", endSent}, lines: 1},
		{name: "refused without a code until the class began", do: func(g *gym) {
			g.fault(asks{"status": 400})
			g.walkTo("18:02")
			g.noFaults()
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **failed**, Discord did not take it in time"},
			ledger: []string{"17:50 pre failed gave_up", endSent}, lines: 1},
		{name: "blocked by Cloudflare until the class began", do: func(g *gym) {
			g.fault(asks{"status": 403, "code": 40333})
			g.walkTo("18:02")
			g.noFaults()
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **failed**, Discord did not take it in time"},
			ledger: []string{"17:50 pre failed gave_up", endSent}, lines: 1},
		{name: "a code that says nothing of the place", do: func(g *gym) {
			g.fault(asks{"status": 400, "code": 50035})
			g.walkTo("18:02")
			g.noFaults()
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **failed**, Discord did not take it in time"},
			ledger: []string{"17:50 pre failed gave_up", endSent}, lines: 1},
		{name: "a code of the place, said by a fault", do: func(g *gym) {
			g.fault(asks{"status": 403, "code": 50001, "times": 1})
		}, dm: []string{broken}, log: []string{"I can't see the channel"},
			history: []string{"19:00 cool-down: **skipped**, the posts of this class were stopped", "17:50 warm-up: **failed**, I can't see the channel"},
			ledger:  []string{"17:50 pre failed access", "17:50 alert sent", "17:50 log sent", "19:00 cool_down skipped broken"}},
		{name: "slow answers", do: func(g *gym) { g.fault(asks{"delay_ms": 700, "times": 2}) }},
		{name: "gateway closed", do: func(g *gym) { g.faults(asks{"gateway": "close:4000"}) }},
		{name: "gateway session timed out", do: func(g *gym) { g.faults(asks{"gateway": "close:4009"}) }},
		{name: "gateway silent", do: func(g *gym) {
			g.faults(asks{"gateway": "zombie"})
			g.walkTo("17:52")
			g.faults(asks{"gateway": "close:4000"})
		}},
		{name: "session invalid", do: func(g *gym) { g.faults(asks{"gateway": "op9"}) }},
		{name: "no gateway at all", do: func(g *gym) {
			g.faults(asks{"gateway": "close:4000"})
			g.faults(asks{"gateway": "no_ready"})
			g.walkTo("17:50")
			g.leap(g.at("17:50").Add(jitterOver))
			g.walkTo("17:52")
			g.noFaults()
		}},
		{name: "Discord down until the class began", do: func(g *gym) {
			g.fault(asks{"status": 503})
			g.walkTo("18:02")
			g.noFaults()
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **failed**, Discord did not take it in time"},
			ledger: []string{"17:50 pre failed gave_up", endSent}},
		{name: "Discord down for five minutes", do: func(g *gym) {
			g.fault(asks{"status": 503})
			g.walkTo("17:55")
			g.noFaults()
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **sent "},
			ledger: []string{"17:50 pre late", endSent}},
		{name: "server unavailable for a while", do: func(g *gym) {
			g.world(asks{"unavailable": "iron-garden"})
			before := g.posts()
			g.walkTo("17:55")
			if n := g.posts() - before; n != 0 {
				g.t.Errorf("%d posts went out while Discord could not reach the server", n)
			}
			g.world(asks{"available": "iron-garden"})
			g.settle()
			if g.posts() == before {
				g.t.Error("no post went out after the outage")
			}
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **sent "},
			ledger: []string{"17:50 pre late", endSent}, lines: 1},
		{name: "server unavailable until 40 s before the class", do: func(g *gym) {
			g.world(asks{"unavailable": "iron-garden"})
			g.walkTo("17:59")
			g.clock(asks{"advance": "20s"})
			g.world(asks{"available": "iron-garden"})
			if len(g.messages("classes")) == 0 { // a busy machine is slower than its clock
				g.get("/messages?as=olga&wait=10s&channel=classes")
			}
			if n, now := len(g.messages("classes")), g.now(); n != 1 || !now.Before(g.at("18:00")) {
				g.t.Errorf("%d posts are out at %s, want one before the class", n, now)
			}
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **sent 9 min late**"},
			ledger: []string{"17:50 pre late", endSent}, lines: 1},
		{name: "server unavailable, and Discord says that all is gone", do: func(g *gym) {
			g.world(asks{"unavailable": "iron-garden"})
			g.faults(asks{"rules": []any{asks{"route": "/channels/{channel}", "status": 404, "code": 10003}}})
			g.fault(asks{"status": 404, "code": 10003})
			g.walkTo("17:55")
			g.noFaults()
			g.world(asks{"available": "iron-garden"})
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **sent "},
			ledger: []string{"17:50 pre late", endSent}},
		{name: "server unavailable until the class began", do: func(g *gym) {
			g.world(asks{"unavailable": "iron-garden"})
			g.walkTo("18:05")
			g.world(asks{"available": "iron-garden"})
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **failed**, Discord did not take it in time"},
			ledger: []string{"17:50 pre failed gave_up", endSent}, lines: 1},
		{name: "channel deleted", do: func(g *gym) {
			g.world(asks{"delete_channel": "classes"})
		}, dm: []string{broken + "\n**Every day at 18:00** at Iron Garden: the channel is gone."}, log: []string{broken + ": **Every day at 18:00**, the channel is gone."},
			history: []string{"19:00 cool-down: **skipped**, the posts of this class were stopped", "17:50 warm-up: **failed**, the channel is gone"},
			ledger:  []string{"17:50 pre failed channel", "17:50 alert sent", "17:50 log sent", "19:00 cool_down skipped broken"}},
		{name: "channel deleted, another one given", do: func(g *gym) {
			g.world(asks{"delete_channel": "classes"})
			g.walkTo("17:52")
			g.setup(asks{"channel": "general"})
		}, dm: []string{broken}, log: []string{broken, "cool down"},
			history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **failed**, the channel is gone"},
			ledger:  []string{"17:50 pre failed channel", "17:50 alert sent", "17:50 log sent", endSent}},
		{name: "channel deleted, another class failed first", do: func(g *gym) {
			draft := g.command(asks{"as": "olga", "channel": "general", "name": "class add", "options": asks{"at": "daily 17:56"}})
			g.press("olga", draft.ID, "Save")
			g.world(asks{"delete_channel": "classes"})
			g.walkTo("17:49")
		}, dm: []string{broken + "\n**Every day at 17:56** at Iron Garden: the channel is gone.|Also stopped, with posts in the same channel:\n- Every day at 18:00 at Iron Garden"},
			log:     []string{broken + ": **Every day at 17:56**, the channel is gone.|Every day at 18:00 at Iron Garden"},
			history: []string{"19:00 cool-down: **skipped**", "18:56 cool-down: **skipped**", "17:50 warm-up: **skipped**", "17:46 warm-up: **failed**, the channel is gone"},
			ledger:  []string{"17:46 pre failed channel", "17:46 alert sent", "17:46 log sent", "17:50 pre skipped broken", "18:56 cool_down skipped broken", "19:00 cool_down skipped broken"}},
		{name: "may not see the channel", do: func(g *gym) {
			g.world(asks{"permission": asks{"channel": "classes", "deny": "VIEW_CHANNEL"}})
			g.walkTo("17:52")
			g.world(asks{"permission": asks{"channel": "classes", "allow": "VIEW_CHANNEL"}})
			g.tryAgain("dm")
		}, dm: []string{broken + "\n**Every day at 18:00** at Iron Garden: I can't see the channel."}, log: []string{"I can't see the channel"},
			history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **failed**, I can't see the channel"},
			ledger:  []string{"17:50 pre failed access", "17:50 alert sent", "17:50 log sent", endSent}},
		{name: "may not post in the channel", do: func(g *gym) {
			g.world(asks{"permission": asks{"channel": "classes", "deny": "SEND_MESSAGES"}})
			g.walkTo("17:52")
			g.world(asks{"permission": asks{"channel": "classes", "allow": "SEND_MESSAGES"}})
			g.tryAgain("general")
		}, dm: []string{broken}, log: []string{"I may not post in the channel"},
			history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **failed**, I may not post in the channel"},
			ledger:  []string{"17:50 pre failed permission", "17:50 alert sent", "17:50 log sent", endSent}},
		{name: "tried again, and broken still", do: func(g *gym) {
			g.world(asks{"permission": asks{"channel": "classes", "deny": "SEND_MESSAGES"}})
			g.walkTo("17:52")
			g.tryAgain("dm")
		}, dm: []string{broken, broken}, log: []string{"I may not post", "I may not post"},
			history: []string{"19:00 cool-down: **failed**, I may not post in the channel", "17:50 warm-up: **failed**, I may not post in the channel"},
			ledger: []string{"17:50 pre failed permission", "17:50 alert sent", "17:50 log sent",
				"19:00 cool_down failed permission", "19:00 alert sent", "19:00 log sent"}},
		{name: "thread locked", channel: "morning-crew", do: func(g *gym) {
			g.world(asks{"lock_thread": "morning-crew"})
			g.walkTo("17:52")
			g.world(asks{"unlock_thread": "morning-crew"})
			g.tryAgain("dm")
		}, dm: []string{broken}, log: []string{"the thread is locked"},
			history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **failed**, the thread is locked"},
			ledger:  []string{"17:50 pre failed locked", "17:50 alert sent", "17:50 log sent", endSent}},
		{name: "thread locked and archived", channel: "morning-crew", do: func(g *gym) {
			g.world(asks{"lock_thread": asks{"thread": "morning-crew", "archived": true}})
		}, dm: []string{broken}, log: []string{"the thread is locked"},
			history: []string{"19:00 cool-down: **skipped**, the posts of this class were stopped", "17:50 warm-up: **failed**, the thread is locked"},
			ledger:  []string{"17:50 pre failed locked", "17:50 alert sent", "17:50 log sent", "19:00 cool_down skipped broken"}},
		{name: "thread archived only", channel: "morning-crew", do: func(g *gym) {
			g.world(asks{"archive_thread": "morning-crew"})
		}},
		{name: "creator takes no DM", do: func(g *gym) {
			g.world(asks{"close_dms": "olga"})
			g.world(asks{"delete_channel": "classes"})
		}, log: []string{"the channel is gone"},
			history: []string{"19:00 cool-down: **skipped**, the posts of this class were stopped", "17:50 warm-up: **failed**, the channel is gone"},
			ledger:  []string{"17:50 pre failed channel", "17:50 alert failed dm", "17:50 log sent", "19:00 cool_down skipped broken"}},
		{name: "removed and back", do: func(g *gym) {
			g.world(asks{"kick_bot": "iron-garden"})
			g.walkTo("18:30")
			g.world(asks{"invite_bot": "iron-garden"})
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **skipped**, the class was removed, or Unpinch was not in the server"},
			ledger: []string{"17:50 pre skipped removed", endSent}},
		{name: "removed while the program was down", do: func(g *gym) {
			g.stop()
			g.world(asks{"kick_bot": "iron-garden"})
			g.leapTo("17:52")
			g.start()
			g.settle() // a walk of a minute is over before a busy machine has looked at the post
			g.stop()
			g.world(asks{"invite_bot": "iron-garden"})
			g.leapTo("18:59")
			g.start()
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **skipped**, the class was removed, or Unpinch was not in the server"},
			ledger: []string{"17:50 pre skipped removed", endSent}},
		{name: "program away until the class began", do: func(g *gym) {
			g.stop()
			g.leapTo("18:00")
			g.start()
		}, history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **skipped**, Unpinch was away until it was too late"},
			ledger: []string{"17:50 pre skipped away", endSent}},
		{name: "clock leaps, the class has not begun", do: func(g *gym) { g.leapTo("17:59") },
			history: []string{"19:00 cool-down: **sent**", "17:50 warm-up: **sent 9 min late**"},
			ledger:  []string{"17:50 pre late", endSent}},
		{name: "clock leaps over both posts", do: func(g *gym) { g.leapTo("19:29") },
			history: []string{"19:00 cool-down: **sent 29 min late**", "17:50 warm-up: **skipped**, Unpinch was away until it was too late"},
			ledger:  []string{"17:50 pre skipped away", "19:00 cool_down late"}},
		{name: "clock leaps further than a cool-down waits", do: func(g *gym) { g.leapTo("19:30") },
			history: []string{"19:00 cool-down: **skipped**, Unpinch was away until it was too late", "17:50 warm-up: **skipped**, Unpinch was away until it was too late"},
			ledger:  []string{"17:50 pre skipped away", "19:00 cool_down skipped away"}},
		{name: "clock leaps over three days", do: func(g *gym) { g.leap(g.at("19:10").AddDate(0, 0, 2)) },
			history: []string{"19:00 cool-down: **sent 10 min late**", "17:50 warm-up: **skipped**", "19:00 cool-down: **skipped**",
				"17:50 warm-up: **skipped**", "19:00 cool-down: **skipped**", "17:50 warm-up: **skipped**"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			channel := tc.channel
			if channel == "" {
				channel = "classes"
			}
			g := newGym(t, channel)
			tc.do(g)
			g.day()
			if tc.history == nil && tc.ledger == nil {
				tc.history = []string{"19:00 cool-down: **sent**", "17:50 warm-up: **sent**"}
				tc.ledger = []string{preSent, endSent}
			}
			alike(t, "the DM", g.words("dm"), tc.dm)
			if tc.log != nil || channel != "general" {
				alike(t, "the log channel", g.words("general"), tc.log)
			}
			alike(t, "/class history", g.history(), tc.history)
			if tc.once {
				if posts := g.words("classes"); len(posts) != 2 {
					t.Errorf("the channel has %d posts, want each once:\n%s", len(posts), strings.Join(posts, "\n---\n"))
				}
			}
			g.stop()
			if tc.ledger != nil {
				alike(t, "the ledger", g.ledger(), tc.ledger)
			}
			if n := strings.Count(g.log, "not sent, trying again"); tc.lines > 0 && n != tc.lines {
				t.Errorf("the log says %d times that something is not sent, want %d", n, tc.lines)
			}
			if strings.Contains(g.log, "level=ERROR") {
				t.Errorf("the log has an error:\n%s", g.log)
			}
			if t.Failed() {
				t.Log(g.log)
			}
		})
	}
}

// TestAWrongClock: nothing is posted while the computer's clock is wrong, at the
// start or later, and each post goes out once when it is right.
func TestAWrongClock(t *testing.T) {
	t.Parallel()
	g := newGym(t, "classes")
	g.stop()
	for _, tc := range []struct {
		due, history, health string
		ahead                time.Duration
	}{
		{"17:50", "17:50 warm-up: **sent 2 min late**", "the system clock is 1h0m0s ahead of Discord's", time.Hour},
		{"19:00", "19:00 cool-down: **sent 2 min late**", "the system clock is 40s behind Discord's", -40 * time.Second},
	} {
		g.ahead.Store(int64(tc.ahead))
		if tc.due == "17:50" { // wrong from the start; the second time it is set while the bot runs
			g.start()
		}
		before := len(g.words("classes"))
		g.walkTo(tc.due)
		g.leap(g.at(tc.due).Add(2 * time.Minute))
		g.says("the system clock is not Discord's, nothing is posted until it is right")
		g.health(tc.health)
		if got := g.words("classes"); len(got) != before {
			t.Errorf("with a wrong clock it posted %q", got)
		}
		g.ahead.Store(0)
		g.says("the system clock agrees with Discord's again")
		g.leap(g.now().Add(time.Second)) // which tells the bot what time it is
		g.settle()
		if got := g.history()[0]; got != tc.history {
			t.Errorf("the history says %q, want %q", got, tc.history)
		}
	}
	g.stop()
	alike(t, "the ledger", g.ledger(), []string{"17:50 pre late", "19:00 cool_down late"})
}

// says waits until the log of the bot that runs says something once more than
// it did.
func (g *gym) says(words string) {
	g.t.Helper()
	said := strings.Count(g.log, words)
	for limit := time.Now().Add(20 * time.Second); strings.Count(g.bot.log.String(), words) == said; {
		g.clock(asks{"advance": "0s"})
		if time.Now().After(limit) {
			g.t.Fatalf("the log does not say %q:\n%s", words, g.bot.log)
		}
	}
	g.log = g.bot.log.String()
}

// alike compares texts, each of which is to contain what is wanted of it, with
// bars between.
func alike(t *testing.T, what string, got, want []string) {
	t.Helper()
	ok := len(got) == len(want)
	for i := range want {
		for part := range strings.SplitSeq(want[i], "|") {
			ok = ok && strings.Contains(got[i], part)
		}
	}
	if !ok {
		t.Errorf("%s says\n%s\nwant\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
