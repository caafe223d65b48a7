package delivery_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

// redraws counts the edits that were tried.
func (d *discord) redraws() int {
	return len(slices.DeleteFunc(d.called(), func(c string) bool { return !strings.HasPrefix(c, "redraw") }))
}

// shown is what the first message was last drawn from.
func (d *discord) shown() schedule.Occurrence {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.messages[0].o
}

// posted lets a pre post go out, and returns it ten seconds later at most.
func (g *gym) posted(s *delivery.Sender) schedule.Occurrence {
	g.Helper()
	g.class(g.place("1", "c"), "daily 01:00", func(series *schedule.Series) { series.Until = schedule.DateOf(time.Now()) })
	g.work(s, 50*time.Minute+30*time.Second)
	all := g.ledger("1")
	if len(all) != 1 || all[0].State != schedule.StateSent {
		g.Fatalf("got %+v, want one post", all)
	}
	return all[0]
}

func (g *gym) press(id int64) {
	g.Helper()
	_, err := g.store.Press(g.Context(), id, true, g.now())
	g.check(err)
}

// Many presses make one edit. One that comes while it is under way makes
// another, half a minute later.
func TestEditsAreCoalesced(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		s, stop := g.sender(g.store)
		defer stop()
		o := g.posted(s)
		for range 40 {
			g.press(o.ID)
			g.work(s, 500*time.Millisecond)
		}
		if n := g.discord.redraws(); n != 0 {
			t.Errorf("got %d edits within 20 s, want none yet", n)
		}
		g.work(s, time.Minute)
		if n, shown := g.discord.redraws(), g.discord.shown(); n != 1 || shown.Done != 40 || shown.State != schedule.StateSent {
			t.Errorf("got %d edits, the last shows %d done, want one with 40", n, shown.Done)
		}
		g.discord.fault = func(what string, _ schedule.Occurrence) fault {
			if what == "redraw" {
				return fault{slow: 10 * time.Second}
			}
			return fault{}
		}
		g.press(o.ID)
		g.work(s, 32*time.Second)
		if n := g.discord.redraws(); n != 2 {
			t.Fatalf("got %d edits, want the second under way", n)
		}
		g.press(o.ID)
		g.work(s, 20*time.Second)
		if n, shown := g.discord.redraws(), g.discord.shown(); n != 2 || shown.Done != 41 {
			t.Errorf("got %d edits, the last shows %d done, want two with 41", n, shown.Done)
		}
		g.work(s, time.Minute)
		if n, shown := g.discord.redraws(), g.discord.shown(); n != 3 || shown.Done != 42 {
			t.Errorf("got %d edits, the last shows %d done, want three with 42", n, shown.Done)
		}
		g.discord.fault = func(string, schedule.Occurrence) fault { return fault{} }
		g.work(s, time.Hour)
		g.press(o.ID)
		g.work(s, time.Hour)
		if n := g.discord.redraws(); n != 3 {
			t.Errorf("got %d edits, want none of a post that is an hour old", n)
		}
	})
}

// An edit that fails is tried again, once a minute, and shows what is true
// then. One that is refused is not, and one that can't be drawn three times in
// all; the post stays.
func TestEditsFail(t *testing.T) {
	for name, tc := range map[string]struct {
		fault fault
		tries int // in five minutes
		later int // once Discord is well again
		done  int // that the message shows then
	}{
		"for a while": {fault{lost: true, err: timeout()}, 5, 6, 2},
		"panic":       {fault{panic: true}, 3, 4, 2},
		"undrawable":  {fault{lost: true, err: delivery.ErrUndrawable}, 3, 4, 2},
		"refused":     {fault{lost: true, err: refusal(schedule.ReasonPermission)}, 1, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := newGym(t)
				s, stop := g.sender(g.store)
				defer stop()
				o := g.posted(s)
				g.discord.fault = func(what string, _ schedule.Occurrence) fault {
					if what == "redraw" {
						return tc.fault
					}
					return fault{}
				}
				g.press(o.ID)
				g.work(s, 5*time.Minute)
				if n := g.discord.redraws(); n != tc.tries {
					t.Errorf("got %d tries, want %d", n, tc.tries)
				}
				g.discord.fault = func(string, schedule.Occurrence) fault { return fault{} }
				if tc.done > 0 {
					g.press(o.ID)
				}
				g.work(s, 5*time.Minute)
				if n, shown := g.discord.redraws(), g.discord.shown(); n != tc.later || shown.Done != tc.done {
					t.Errorf("got %d tries, %d done shown, want %d and %d", n, shown.Done, tc.later, tc.done)
				}
				g.wantStates("00:50 sent")
				if got := g.discord.texts(); got != "pre 00:50" {
					t.Errorf("got %q, want the post to stand", got)
				}
			})
		})
	}
}

// A post of a class that is off says so at once. Where it can't be changed it
// is taken away: what it says is wrong.
func TestReplacedPosts(t *testing.T) {
	for name, tc := range map[string]struct {
		fault func(string, schedule.Occurrence) fault
		texts string
		calls string
	}{
		"edited":     {nil, "pre 00:50", "redraw"},
		"refused":    {within("00:50", "02:00", "redraw", fault{lost: true, err: refusal(schedule.ReasonRefused)}), "pre 00:50 gone", "redraw delete"},
		"later":      {within("00:50", "00:53", "redraw", fault{lost: true, err: serverError()}), "pre 00:50", "redraw redraw redraw redraw"},
		"undrawable": {within("00:50", "02:00", "redraw", fault{lost: true, err: delivery.ErrUndrawable}), "pre 00:50 gone", "redraw redraw redraw delete"},
		"refused, and can't be taken away either": {within("00:50", "02:00", "redraw delete", fault{lost: true, err: refusal(schedule.ReasonAccess)}),
			"pre 00:50", "redraw delete"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := newGym(t)
				s, stop := g.sender(g.store)
				defer stop()
				o := g.posted(s)
				if tc.fault != nil {
					g.discord.fault = tc.fault
				}
				series, err := g.store.Series(t.Context(), o.ClassID)
				g.check(err)
				before := len(g.discord.called())
				g.check(g.store.Cancel(t.Context(), series, schedule.Start{At: o.StartAt, Planned: o.StartAt, Slot: schedule.SlotOf(o.StartAt)}, nil, schedule.By{UserID: "coach", At: g.now()}))
				g.work(s, 10*time.Minute)
				g.wantStates("00:50 replaced")
				if got := g.discord.texts(); got != tc.texts {
					t.Errorf("got %q, want %q", got, tc.texts)
				}
				var calls []string
				for _, c := range g.discord.called()[before:] {
					calls = append(calls, strings.Fields(c)[0])
				}
				if got := strings.Join(calls, " "); got != tc.calls {
					t.Errorf("got calls %q, want %q", got, tc.calls)
				}
				if shown := g.discord.shown(); tc.fault == nil && shown.State != schedule.StateReplaced {
					t.Errorf("the message is drawn as %s", shown.State)
				}
			})
		})
	}
}

// While the sender is held nothing is edited.
func TestNoEditWhileHeld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		s, stop := g.sender(g.store)
		defer stop()
		o := g.posted(s)
		g.press(o.ID)
		s.Hold(true)
		g.pass(time.Minute)
		s.Kick()
		g.pass(time.Minute)
		if n := g.discord.redraws(); n != 0 {
			t.Errorf("got %d edits while held", n)
		}
		s.Hold(false)
		s.Kick()
		g.pass(time.Second)
		if n := g.discord.redraws(); n != 1 {
			t.Errorf("got %d edits, want one", n)
		}
	})
}

// follows has a member follow all classes of a place.
func (g *gym) follows(user string, p schedule.Place, s schedule.Series) {
	g.Helper()
	g.check(g.store.Agree(g.Context(), user, 1, "en", g.now()))
	g.check(g.store.Follow(g.Context(), schedule.Follow{UserID: user, Place: p, Days: schedule.EveryDay}, s, g.now()))
}

// Each follower gets a DM, after the post that it links to. A DM that is
// refused fails alone and breaks nothing, and its member gets no more until a
// DM arrives.
func TestFollowersGetTheirDMs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		p := g.place("1", "c")
		id := g.class(p, "daily 01:00")
		series, err := g.store.Series(t.Context(), id)
		g.check(err)
		for _, user := range []string{"anna", "bert"} {
			g.follows(user, p, series)
		}
		closed := true
		g.discord.fault = func(_ string, o schedule.Occurrence) fault {
			if closed && o.UserID == "bert" {
				return fault{lost: true, err: refusal(schedule.ReasonClosedDM)}
			}
			return fault{}
		}
		s, stop := g.sender(g.store)
		defer stop()
		g.work(s, time.Hour)
		var got []string
		for _, m := range g.discord.messages {
			got = append(got, fmt.Sprint(m.o.Kind, " ", m.o.UserID))
		}
		if want := []string{"confirm anna", "pre ", "notice anna"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		if m, err := g.store.Member(t.Context(), "bert"); err != nil || m.DMsClosed.IsZero() {
			t.Errorf("bert's DMs are not known to be closed: %+v, %v", m, err)
		}
		if all, err := g.store.SeriesOf(t.Context(), "1"); err != nil || !all[0].BrokenAt.IsZero() {
			t.Errorf("got %+v, %v, want a class that is not broken", all, err)
		}
		for _, want := range []bool{true, false} {
			untold, err := g.store.TellClosedDM(t.Context(), "bert", g.now())
			if err != nil || untold != want {
				t.Errorf("told: got %t, %v, want it told once", untold, err)
			}
		}
		tried := len(g.discord.called())
		g.work(s, 24*time.Hour) // bert is not tried any more
		if n := len(g.discord.called()) - tried; n != 3 {
			t.Errorf("got %d calls on the next day, want a post, its older one taken away, and anna's DM", n)
		}
		closed = false
		g.follows("bert", p, series) // the confirmation arrives
		g.work(s, 24*time.Hour)
		if !slices.ContainsFunc(g.discord.messages, func(m *message) bool { return m.o.Kind == schedule.KindNotice && m.o.UserID == "bert" }) {
			t.Error("bert's DM did not come once it could")
		}
		if len(g.discord.crowded) > 0 {
			t.Errorf("two at once in %q", g.discord.crowded)
		}
	})
}
