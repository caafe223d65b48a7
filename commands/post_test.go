package commands

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/schedule"
)

// TestPost renders each kind of post.
func TestPost(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength *A*", "ping": bot.RoleValue{ID: coachID}})
	s := g.only()
	monday := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	lastBefore := time.Date(2027, 3, 26, 18, 0, 0, 0, time.UTC) // the clocks change on the 28th
	for _, tc := range []struct {
		name  string
		kind  schedule.Kind
		start time.Time
		late  bool
	}{
		{"pre", schedule.KindPre, monday, false},
		{"cool-down", schedule.KindCoolDown, monday, false},
		{"cool-down-late", schedule.KindCoolDown, monday, true},
		{"pre-clock-change", schedule.KindPre, lastBefore, false},
		{"now", schedule.KindNow, monday, false},
		{"desk", schedule.KindDesk, monday.Add(-7 * time.Hour), false},
		{"desk-now", schedule.KindNow, monday.Add(-7 * time.Hour), false},
	} {
		o := schedule.Occurrence{ID: 7, ClassID: s.ID, Kind: tc.kind, StartAt: tc.start, DueAt: tc.start}
		s := s
		if strings.HasPrefix(tc.name, "desk") {
			s.Purpose, s.RoleID = schedule.ForDesk, ""
		}
		if tc.kind != schedule.KindNow {
			o.DueAt = tc.start.Add(s.Offset(tc.kind))
		}
		reply := must(t)(g.render(s, o, tc.late))
		golden.Reply(t, "post-"+tc.name, reply)
		if pings := reply.PingRole != ""; pings != (tc.kind == schedule.KindPre) || pings == reply.Silent {
			t.Errorf("%s: pings %q, silent %t", tc.name, reply.PingRole, reply.Silent)
		}
		if n := golden.Words(reply); n > 120 {
			t.Errorf("%s: %d words", tc.name, n)
		}
		if mark := MessageMark(o); golden.ID(t, reply, "Done") != mark.CustomID {
			t.Errorf("%s: the message is not known again by %v", tc.name, mark)
		}
	}
	s.RoleID = ""
	if reply := must(t)(g.render(s, schedule.Occurrence{Kind: schedule.KindPre, StartAt: monday, DueAt: monday}, false)); reply.PingRole != "" || !reply.Silent {
		t.Error("a class without a role pings")
	}
}

// TestPostOfAChangedClass: what a post before a start would say was changed while
// it waited. One that is out says so until the class would have begun.
func TestPostOfAChangedClass(t *testing.T) {
	start := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	l := schedule.Start{At: start, Planned: start}
	for name, change := range map[string]func(*gym, schedule.Series) error{
		"skipped": func(g *gym, c schedule.Series) error { return g.db.Skip(t.Context(), c.ID, l, schedule.By{At: g.now}) },
		"moved": func(g *gym, c schedule.Series) error {
			return g.db.Move(t.Context(), c.ID, l, start.Add(time.Hour), schedule.By{At: g.now})
		},
		"paused": func(g *gym, c schedule.Series) error {
			return g.db.Pause(t.Context(), c.ID, schedule.Date{Year: 2026, Month: 12, Day: 1}, schedule.By{At: g.now})
		},
		"closed": func(g *gym, c schedule.Series) error {
			return g.db.CloseDays(t.Context(), c.Place.ID, []schedule.Date{schedule.DateOf(start)}, time.Time{}, schedule.By{At: g.now})
		},
		"another time": func(g *gym, c schedule.Series) error {
			rule, err := schedule.Parse("mon 19:00")
			c.DraftOf, c.DraftUntil, c.Rule = c.ID, g.now.Add(time.Hour), rule
			batch, err2 := g.db.AddDrafts(t.Context(), 0, []schedule.Series{c})
			_, err3 := g.db.SaveDrafts(t.Context(), batch, schedule.By{At: g.now})
			return errors.Join(err, err2, err3)
		},
	} {
		g := newGym(t)
		g.add(map[string]any{"at": "mon 18:00"})
		c := g.only()
		o := schedule.Occurrence{ID: 7, ClassID: c.ID, Kind: schedule.KindPre, StartAt: start, DueAt: start.Add(-c.Lead), State: schedule.StateSending}
		if _, err := g.Post(t.Context(), o, false); err != nil {
			t.Errorf("%s: before the change: %v", name, err)
		}
		if err := change(g, c); err != nil {
			t.Fatal(err)
		}
		if _, err := g.Post(t.Context(), o, false); !errors.Is(err, ErrMoot) {
			t.Errorf("%s: got %v, want it left out", name, err)
		}
		o.State, o.MessageID = schedule.StateSent, "9"
		for _, begun := range []bool{false, true} {
			out := must(t)(g.Post(t.Context(), o, false))
			if still := len(golden.Buttons(out.Parts)) > 0; still != begun {
				t.Errorf("%s: one that is out, begun %t: %s", name, begun, golden.Shown(out))
			}
			g.now = start
		}
	}
}

// TestRecapOfALongWeek: the week in which the clocks are set back is an hour
// longer, and its recap begins where the last one ended.
func TestRecapOfALongWeek(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon 18:00"})
	s := g.only()
	due := time.Date(2026, 10, 26, 8, 0, 0, 0, time.UTC) // the last was due at 7:00 UTC
	first := g.post(s, schedule.KindNow, time.Date(2026, 10, 19, 7, 30, 0, 0, time.UTC), schedule.StateSent, "")
	for range recapPeople {
		if _, err := g.db.Press(t.Context(), first.ID, true, due); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := g.Post(t.Context(), schedule.Occurrence{ID: 8, ClassID: s.ID, Kind: schedule.KindRecap, DueAt: due, StartAt: due}, false); err != nil {
		t.Errorf("what was done in the first hour is lost: %v", err)
	}
}

// TestPostDrawnAgain: an edit changes the count, and pings nobody again.
func TestPostDrawnAgain(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength", "ping": bot.RoleValue{ID: coachID}})
	s := g.only()
	o := schedule.Occurrence{ID: 7, ClassID: s.ID, Kind: schedule.KindPre, StartAt: g.now, DueAt: g.now.Add(-s.Lead)}
	before := must(t)(g.render(s, o, true))
	o.State, o.Done = schedule.StateLate, 4
	after := must(t)(g.render(s, o, true))
	if after.PingRole != "" || len(after.Files) != 1 || after.Files[0].Name != before.Files[0].Name {
		t.Errorf("the edit pings %q and shows %v", after.PingRole, after.Files)
	}
	if got := strings.Replace(golden.Shown(after), "  Done by 4 so far.\n", "", 1); got != golden.Shown(before) {
		t.Errorf("more changes than the count:\n%s\nfrom\n%s", golden.Shown(after), golden.Shown(before))
	}
	o.Done = 1
	if got := golden.Shown(must(t)(g.render(s, o, true))); !strings.Contains(got, "Done by one so far.") {
		t.Errorf("one reads %s", got)
	}
}

// TestReplaced says what became of a class whose post is out, without buttons
// or picture.
func TestReplaced(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "thu 18:00", "title": "Strength *A*", "ping": bot.RoleValue{ID: coachID}})
	s := g.only()
	start := time.Date(2026, 11, 26, 18, 0, 0, 0, time.UTC)
	to := time.Date(2026, 12, 2, 19, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		name  string
		moves []schedule.Move
		skips []time.Time
	}{
		{"post-off", nil, []time.Time{start}},
		{"post-moved", []schedule.Move{{From: start, To: to}}, nil},
		{"post-off", []schedule.Move{{From: start, To: to}}, []time.Time{start}}, // and then cancelled
		{"post-off", []schedule.Move{{From: start.AddDate(0, 0, 7), To: to}}, nil},
		{"post-moved-again", []schedule.Move{{From: start, To: to}}, nil},
		{"post-moved-again-off", []schedule.Move{{From: start, To: to}}, []time.Time{start}},
		{"post-moved-again-off", []schedule.Move{{From: start, To: to}, {From: start.AddDate(0, 0, 7), To: to.Add(time.Hour)}}, nil}, // which, nobody knows
	} {
		s.Moves, s.Skips = tc.moves, tc.skips
		start := start
		if strings.HasPrefix(tc.name, "post-moved-again") { // to 20:00 first, for which this post was
			start = start.Add(2 * time.Hour)
		}
		reply := must(t)(g.render(s, schedule.Occurrence{ID: 7, Kind: schedule.KindPre, StartAt: start, State: schedule.StateReplaced, Done: 3}, false))
		golden.Reply(t, tc.name, reply)
		if len(golden.Buttons(reply.Parts)) > 0 || len(reply.Files) > 0 || reply.PingRole != "" {
			t.Errorf("%s has more than words", tc.name)
		}
	}
}

// TestWeeklyPosts renders the claim of the week and the totals of one.
func TestWeeklyPosts(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon 18:00"})
	s := g.only()
	monday := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	myth := must(t)(g.Post(t.Context(), schedule.Occurrence{ID: 7, ClassID: s.ID, Kind: schedule.KindMyth, DueAt: monday, StartAt: monday}, false))
	golden.Reply(t, "post-myth", myth)
	recap := schedule.Occurrence{ID: 8, ClassID: s.ID, Kind: schedule.KindRecap, DueAt: monday, StartAt: monday}
	done := g.post(s, schedule.KindPre, monday.AddDate(0, 0, -7), schedule.StateSent, "")
	old := g.post(s, schedule.KindPre, monday.AddDate(0, 0, -8), schedule.StateSent, "")
	for i := range recapPeople + 2 {
		if _, err := g.Post(t.Context(), recap, false); i < recapPeople != errors.Is(err, ErrFew) {
			t.Errorf("of %d people: %v", i, err)
		}
		for _, id := range []int64{done.ID, old.ID} {
			if _, err := g.db.Press(t.Context(), id, true, monday); err != nil {
				t.Fatal(err)
			}
		}
	}
	week := must(t)(g.Post(t.Context(), recap, false))
	golden.Reply(t, "post-recap", week)
	for name, reply := range map[string]bot.Reply{"claim": myth, "recap": week} {
		if !reply.Silent || reply.PingRole != "" || reply.Mark < bot.MarkLow {
			t.Errorf("the %s is silent %t, pings %q, is marked %d", name, reply.Silent, reply.PingRole, reply.Mark)
		}
	}
}

// TestEveryMessageIsMarked: whatever its kind, each message bears its own mark,
// and no other's.
func TestEveryMessageIsMarked(t *testing.T) {
	g := newGym(t)
	agree(g, mia())
	g.add(map[string]any{"at": "mon 18:00"})
	s := g.only()
	s.BrokenAt, s.BrokenWhy = g.now, schedule.ReasonLocked
	if err := g.db.Follow(t.Context(), schedule.Follow{UserID: mia().user, Place: s.Place, Days: schedule.EveryDay}, s, g.now); err != nil {
		t.Fatal(err)
	}
	done := g.post(s, schedule.KindPre, g.now.Add(-time.Hour), schedule.StateSent, "")
	for range recapPeople {
		if _, err := g.db.Press(t.Context(), done.ID, true, g.now); err != nil {
			t.Fatal(err)
		}
	}
	all := []schedule.Kind{schedule.KindPre, schedule.KindCoolDown, schedule.KindDesk, schedule.KindNow, schedule.KindMyth, schedule.KindRecap,
		schedule.KindNotice, schedule.KindReminder, schedule.KindAlert, schedule.KindLog, schedule.KindAsk, schedule.KindConfirm,
		schedule.KindOff, schedule.KindNudge}
	for _, kind := range all {
		seen := map[bot.Mark]bool{}
		for _, id := range []int64{1, 2, 1 << 30, 1<<62 + 5} {
			s := s
			o := schedule.Occurrence{ID: id, ClassID: s.ID, Kind: kind, DueAt: g.now, StartAt: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)}
			if kind == schedule.KindOff {
				s.Skips = []time.Time{o.StartAt}
			}
			if !kind.Post() && kind != schedule.KindLog {
				o.UserID = mia().user
			}
			mark := MessageMark(o)
			reply := must(t)(g.Deps.render(t.Context(), card.DefaultLocale, s, o, false))
			reply.Mark = mark.Number
			if err := reply.Validate(); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
			borne := slices.ContainsFunc(golden.Buttons(reply.Parts), func(b bot.Button) bool { return b.ID != "" && b.ID == mark.CustomID })
			if borne == (mark.Number != 0) || mark == (bot.Mark{}) {
				t.Errorf("%s does not bear %+v:\n%s", kind, mark, golden.Shown(reply))
			}
			if seen[mark] {
				t.Errorf("%s: two messages have the mark %+v", kind, mark)
			}
			seen[mark] = true
		}
	}
}

// TestAlert renders the word of a broken class, unless it was mended meanwhile.
func TestAlert(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon 18:00"})
	s := g.only()
	for _, k := range []schedule.Kind{schedule.KindAlert, schedule.KindLog} {
		o := schedule.Occurrence{ID: 9, ClassID: s.ID, Kind: k}
		if _, err := g.render(s, o, false); !errors.Is(err, ErrMoot) {
			t.Errorf("%s: word of a class that is not broken", k)
		}
		broken := s
		broken.BrokenAt, broken.BrokenWhy = g.now, schedule.ReasonLocked
		reply := must(t)(g.render(broken, o, false))
		golden.Reply(t, "post-"+string(k), reply)
		if golden.ID(t, reply, "Try again") != MessageMark(o).CustomID {
			t.Errorf("%s: the message is not known again", k)
		}
	}
}

func TestPostOfAnOddZone(t *testing.T) {
	g := newGym(t)
	s := schedule.Series{Place: schedule.Place{Zone: "Mars/Olympus"}}
	if _, err := g.render(s, schedule.Occurrence{Kind: schedule.KindPre}, false); !errors.Is(err, ErrRender) {
		t.Error("a post without a clock")
	}
}

// TestDone counts each person once, where and while the post stands.
func TestDone(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon 18:00"})
	o := g.post(g.only(), schedule.KindPre, g.now, schedule.StateSent, "")
	word := g.post(g.only(), schedule.KindLog, g.now, schedule.StateSent, "")
	c := newDoneCount(g.Deps)
	press := func(p person, id int64) string {
		reply, err := c.press(t.Context(), p.request(g, nil), button.Occurrence(id))
		return golden.Shown(g.said(p, reply, err))
	}
	var said golden.Table
	for _, tc := range []struct {
		in string
		p  person
		id int64
	}{{"mia", mia(), o.ID}, {"mia again", mia(), o.ID}, {"carl", carl(), o.ID}, {"no post", mia(), 999}, {"word of a broken class", mia(), word.ID}} {
		said.WriteString("> " + tc.in + "\n" + press(tc.p, tc.id) + "\n")
	}
	elsewhere := olga()
	elsewhere.channel = generalID
	said.WriteString("> in another channel\n" + press(elsewhere, o.ID) + "\n")
	g.now = g.now.Add(doneMax + time.Second)
	said.WriteString("> a day later\n" + press(olga(), o.ID) + "\n")
	said.Compare(t, "post-done")
	if o, err := g.db.Occurrence(t.Context(), o.ID); err != nil || o.Done != 2 {
		t.Errorf("%d are counted, %v", o.Done, err)
	}
	if strings.Contains(g.dump(), mia().user) {
		t.Error("the store knows who pressed")
	}
}

// A fullDisk is a timetable that can't count.
type fullDisk struct {
	Timetable
	err error
}

func (f *fullDisk) Press(ctx context.Context, id int64, done bool, now time.Time) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	return f.Timetable.Press(ctx, id, done, now)
}

// TestDoneCanBePressedAgainAfterAFault holds that a press counts once the
// store is well again.
func TestDoneCanBePressedAgainAfterAFault(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon 18:00"})
	o := g.post(g.only(), schedule.KindPre, g.now, schedule.StateSent, "")
	disk := &fullDisk{g.Classes, errors.New("disk full")}
	g.Classes = disk
	g.restart()
	c := newDoneCount(g.Deps)
	if _, err := c.press(t.Context(), mia().request(g, nil), button.Occurrence(o.ID)); !errors.Is(err, disk.err) {
		t.Fatalf("%v, want the store's fault", err)
	}
	disk.err = nil
	if got := golden.Shown(must(t)(c.press(t.Context(), mia().request(g, nil), button.Occurrence(o.ID)))); !strings.HasPrefix(got, "Well done. You are the first so far.") {
		t.Errorf("the second try says %s", got)
	}
}

// TestDoneForgetsOldPosts keeps memory bounded.
func TestDoneForgetsOldPosts(t *testing.T) {
	c := newDoneCount(Deps{})
	for id := range int64(doneKept + 5) {
		c.first(id, "42")
	}
	if len(c.pressed) != doneKept || len(c.order) != doneKept {
		t.Errorf("%d and %d posts are kept, want %d", len(c.pressed), len(c.order), doneKept)
	}
	if !c.first(0, "42") || c.first(doneKept+4, "42") {
		t.Error("the wrong posts were forgotten")
	}
}
