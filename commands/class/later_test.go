package class_test

import (
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// picked is the card of one start of a class, by how many starts are before it.
func picked(g *gymtest.Gym, on bot.Reply, n int) bot.Reply {
	g.T.Helper()
	for _, p := range on.Parts[0].(bot.Container).Parts {
		if s, ok := p.(bot.Select); ok {
			req := gymtest.Carl().Request(g, nil)
			req.Values = []string{s.Entries[n].Value}
			reply, err := g.Part(s.ID).Press(g.T.Context(), req, s.ID)
			return g.Said(gymtest.Carl(), reply, err)
		}
	}
	g.T.Fatalf("no select on %s", golden.Shown(on))
	return bot.Reply{}
}

// A later start is skipped, moved and put back from the card.
func TestLaterStarts(t *testing.T) {
	g := gymtest.New(t)
	saved := g.Saved("mon wed 18:00")
	show := func() bot.Reply {
		return g.Press(gymtest.Carl(), showClass(saved.ID), nil)
	}
	starts := func() bot.Reply { return g.Tap(gymtest.Carl(), show(), "Other starts") }
	golden.Reply(t, "class-starts", starts())
	third := picked(g, starts(), 2)
	golden.Reply(t, "class-later", third)
	g.Tap(gymtest.Carl(), third, "Skip Mon 30 Nov 18:00")
	fourth := picked(g, starts(), 3)
	g.Press(gymtest.Carl(), strings.Replace(golden.ID(t, fourth, "Move Wed 2 Dec 18:00 once"), "classform1", "classset1", 1), map[string]string{"at": "19:30"})
	golden.Reply(t, "class-later-changed", show())
	skipped, moved := picked(g, starts(), 2), picked(g, starts(), 3)
	golden.Reply(t, "class-later-moved", moved)
	g.Tap(gymtest.Carl(), skipped, "Put Mon 30 Nov 18:00 back")
	for range 2 {
		g.Tap(gymtest.Carl(), moved, "Back to the planned time")
	}
	is, err := g.Store.Series(t.Context(), saved.ID)
	if err != nil {
		t.Fatal(err)
	}
	r, err := is.Recurrence(g.Zones)
	if err != nil || len(r.Skips) > 0 || len(r.Moved(g.Time)) > 0 {
		t.Errorf("left are %v and %v, %v", r.Skips, r.Moved(g.Time), err)
	}
	if got := golden.Shown(g.Press(gymtest.Mia(), golden.ID(t, skipped, "Put Mon 30 Nov 18:00 back"), nil)); !strings.Contains(got, "coach") && !strings.Contains(got, "<@&") {
		t.Errorf("a member reads %s", got)
	}
}

// A start can be cancelled while a message of it is out, on whatever day that is,
// and until it ends.
func TestCancelAcrossMidnight(t *testing.T) {
	day := func(text string) time.Time {
		at, err := time.Parse("2006-01-02 15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for name, tc := range map[string]struct {
		rule   string
		length time.Duration
		now    string
		want   string // "" for none
	}{
		"before its warm-up":     {"wed 00:00", time.Hour, "2026-12-01 23:49", ""},
		"its warm-up is out":     {"wed 00:00", time.Hour, "2026-12-01 23:51", "Wed 2 Dec 00:00"},
		"it runs past midnight":  {"tue 23:30", time.Hour, "2026-12-02 00:10", "Tue 1 Dec 23:30"},
		"it is over":             {"tue 23:30", time.Hour, "2026-12-02 00:30", ""},
		"a day long":             {"tue 18:00", 24 * time.Hour, "2026-12-02 17:59", "Tue 1 Dec 18:00"},
		"the next one's is out":  {"daily 18:00", 24 * time.Hour, "2026-12-02 17:55", "today 18:00"},
		"the next one's is not":  {"daily 18:00", 24 * time.Hour, "2026-12-02 17:45", "Tue 1 Dec 18:00"},
		"later today":            {"wed 18:00", time.Hour, "2026-12-02 09:00", ""},
		"tomorrow":               {"thu 18:00", time.Hour, "2026-12-02 09:00", ""},
		"two hours at a stretch": {"wed 18:00, 19:00", time.Hour, "2026-12-02 18:52", "today 19:00"},
	} {
		t.Run(name, func(t *testing.T) {
			g := gymtest.New(t)
			g.Time = day(tc.now).Add(-48 * time.Hour)
			s := g.Saved(tc.rule, func(s *schedule.Series) { s.Length = tc.length })
			g.Time = day(tc.now)
			card := g.Press(gymtest.Carl(), showClass(s.ID), nil)
			got := ""
			for _, b := range golden.Buttons(card.Parts) {
				if when, ok := strings.CutPrefix(b.Label, "Cancel "); ok {
					got = when
				}
			}
			if got != tc.want {
				t.Fatalf("%q can be cancelled, want %q", got, tc.want)
			}
			if got == "" {
				return
			}
			ask := g.Tap(gymtest.Carl(), card, "Cancel "+got)
			wall := strings.Replace(got, "today", day(tc.now).Format("Mon 2 Jan"), 1)
			done := golden.Shown(g.Tap(gymtest.Carl(), ask, "Yes, cancel "+wall))
			if !strings.Contains(done, wall+" is off.") {
				t.Errorf("cancelled: %s", done)
			}
		})
	}
}

// The history tells a post by the clock that its class went by then.
func TestHistoryKeepsItsClock(t *testing.T) {
	g := gymtest.New(t)
	s := g.Saved("sun 18:00")
	g.Post(s, schedule.KindPre, time.Date(2026, 11, 22, 17, 50, 0, 0, time.UTC), schedule.StateSent, "")
	all, err := g.Store.Places(t.Context(), gymtest.IronID)
	if err != nil {
		t.Fatal(err)
	}
	all[0].Zone = "Asia/Tokyo"
	if _, err := g.Store.SavePlace(t.Context(), all[0], schedule.By{At: g.Time}); err != nil {
		t.Fatal(err)
	}
	got := golden.Shown(g.Press(gymtest.Carl(), button.ClassID.For(button.ClassState{Act: button.ActHistory, ID: s.ID, N: 1}), nil))
	if !strings.Contains(got, "Sun 22 Nov 17:50 (Lisbon)") {
		t.Errorf("the history is %s", got)
	}
}
