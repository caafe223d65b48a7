package commands

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/schedule"
)

// TestPost renders each kind of post.
func TestPost(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength *A*", "ping": bot.RoleValue{ID: coachID}})
	l := g.only()
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
	} {
		o := schedule.Occurrence{ID: 7, ClassID: l.ID, Kind: tc.kind, StartAt: tc.start, DueAt: tc.start}
		if tc.kind != schedule.KindNow {
			o.DueAt = tc.start.Add(l.Offset(tc.kind))
		}
		reply := must(t)(g.render(l, o, tc.late))
		golden(t, "post-"+tc.name, reply)
		if pings := reply.PingRole != ""; pings != (tc.kind == schedule.KindPre) || pings == reply.Silent {
			t.Errorf("%s: pings %q, silent %t", tc.name, reply.PingRole, reply.Silent)
		}
		if n := words(reply); n > 120 {
			t.Errorf("%s: %d words", tc.name, n)
		}
		if mark := MessageMark(o); idOf(t, reply, "Done") != mark.CustomID {
			t.Errorf("%s: the message is not known again by %v", tc.name, mark)
		}
	}
	l.RoleID = ""
	if reply := must(t)(g.render(l, schedule.Occurrence{Kind: schedule.KindPre, StartAt: monday, DueAt: monday}, false)); reply.PingRole != "" || !reply.Silent {
		t.Error("a class without a role pings")
	}
}

// TestAlert renders the word of a broken class, unless it was mended meanwhile.
func TestAlert(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon 18:00"})
	l := g.only()
	for _, k := range []schedule.Kind{schedule.KindAlert, schedule.KindLog} {
		o := schedule.Occurrence{ID: 9, ClassID: l.ID, Kind: k}
		if _, err := g.render(l, o, false); !errors.Is(err, ErrMoot) {
			t.Errorf("%s: word of a class that is not broken", k)
		}
		broken := l
		broken.BrokenAt, broken.BrokenWhy = g.now, schedule.ReasonLocked
		reply := must(t)(g.render(broken, o, false))
		golden(t, "post-"+string(k), reply)
		if idOf(t, reply, "Try again") != MessageMark(o).CustomID {
			t.Errorf("%s: the message is not known again", k)
		}
	}
}

func TestPostOfAnOddZone(t *testing.T) {
	g := newGym(t)
	l := schedule.Listing{Place: schedule.Place{Zone: "Mars/Olympus"}}
	if _, err := g.render(l, schedule.Occurrence{Kind: schedule.KindPre}, false); !errors.Is(err, ErrRender) {
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
		reply, err := c.press(t.Context(), p.request(g, nil), occurrenceID(id))
		return card(g.said(p, reply, err))
	}
	var said table
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
	said.golden(t, "post-done")
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
	c := newDoneCount(g.Deps)
	if _, err := c.press(t.Context(), mia().request(g, nil), occurrenceID(o.ID)); !errors.Is(err, disk.err) {
		t.Fatalf("%v, want the store's fault", err)
	}
	disk.err = nil
	if got := card(must(t)(c.press(t.Context(), mia().request(g, nil), occurrenceID(o.ID)))); !strings.HasPrefix(got, "Well done. You are the first so far.") {
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
