package store

import (
	"errors"
	"testing"
	"time"

	"unpinch/schedule"
)

// pre is the post before a start of the class, as it waits.
func (c *club) pre(start time.Time) schedule.Occurrence {
	return schedule.Occurrence{ClassID: c.class.ID, GuildID: "1", ChannelID: "10", DueAt: start.Add(-10 * time.Minute), StartAt: start}
}

// What changes while a post is on its way is said by the post once it arrived.
func TestChangedWhileSending(t *testing.T) {
	t.Parallel()
	to := evening().Add(time.Hour)
	moved := moved(evening(), to)
	today := schedule.DateOf(evening())
	for name, tc := range map[string]struct {
		start  time.Time
		change func(*club) error
		want   string
	}{
		"skipped":   {evening(), func(c *club) error { return c.Skip(t.Context(), c.class.ID, at(evening()), now()) }, "replaced"},
		"moved":     {evening(), func(c *club) error { return c.Move(t.Context(), c.class.ID, at(evening()), schedule.SlotOf(to), now()) }, "replaced"},
		"cancelled": {evening(), func(c *club) error { return c.Cancel(t.Context(), c.class, at(evening()), nil, now()) }, "replaced"},
		"moved again": {to, func(c *club) error {
			return c.Move(t.Context(), c.class.ID, moved, schedule.SlotOf(to.Add(time.Hour)), now())
		}, "replaced"},
		"moved and cancelled": {to, func(c *club) error { return c.Cancel(t.Context(), c.class, moved, nil, now()) }, "replaced"},
		"closed": {evening(), func(c *club) error {
			return c.CloseDays(t.Context(), c.place.ID, []schedule.Date{today}, monday().AddDate(0, 0, 1), now())
		}, "replaced closed"},
		"closed and opened": {evening(), func(c *club) error {
			days, end := []schedule.Date{today}, monday().AddDate(0, 0, 1)
			return errors.Join(c.CloseDays(t.Context(), c.place.ID, days, end, now()), c.OpenDays(t.Context(), c.place.ID, days, end, now()))
		}, "sent"},
		"cancelled and taken back": {evening(), func(c *club) error {
			return errors.Join(c.Cancel(t.Context(), c.class, at(evening()), nil, now()), c.Unskip(t.Context(), c.class.ID, at(evening()), now()))
		}, "sent"},
		"another start": {evening(), func(c *club) error {
			return c.Cancel(t.Context(), c.class, at(evening().AddDate(0, 0, 2)), nil, now())
		}, "sent"},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClub(t)
			id := addDue(t, c.Store, c.pre(tc.start))
			o := claim(t, c.Store, "me", tc.start, 1)[0]
			must(t, tc.change(c))
			if all, err := c.Stale(t.Context(), tc.start, 8); err != nil || len(all) != 0 {
				t.Errorf("got %+v, %v, want nothing to draw before it arrived", all, err)
			}
			o.State, o.MessageID, o.SentAt = schedule.StateSent, "9", tc.start
			must(t, c.Finish(t.Context(), "me", o))
			if got := stateOf(t, c.Store, id); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if all, _ := c.Stale(t.Context(), tc.start, 8); len(all) == 1 == (tc.want == "sent") {
				t.Errorf("got %+v to draw for %q", all, tc.want)
			}
		})
	}
}

// A post that was not sent after all leaves nothing to be drawn.
func TestChangedAndNotSent(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	addDue(t, c.Store, c.pre(evening()))
	o := claim(t, c.Store, "me", evening(), 1)[0]
	must(t, c.Cancel(t.Context(), c.class, at(evening()), nil, now()))
	o.State, o.Reason = schedule.StateSkipped, schedule.ReasonRemoved
	must(t, c.Finish(t.Context(), "me", o))
	if n := count(t, c.Store, `SELECT count(*) FROM occurrences WHERE edit_at IS NOT NULL`); n != 0 {
		t.Errorf("got %d posts to draw, want none", n)
	}
}

// A start that moves again while its post is drawn has it drawn once more.
func TestMovedWhileDrawing(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	c.sentPre(evening(), 0)
	to := evening().Add(time.Hour)
	must(t, c.Move(t.Context(), c.class.ID, at(evening()), schedule.SlotOf(to), now()))
	all, err := c.Stale(t.Context(), monday(), 8)
	must(t, err)
	if len(all) != 1 {
		t.Fatalf("got %+v, want one to draw", all)
	}
	must(t, c.Move(t.Context(), c.class.ID, moved(evening(), to), schedule.SlotOf(to.Add(time.Hour)), now())) // in the same second
	must(t, c.Redrawn(t.Context(), all[0], monday().Add(time.Minute)))
	again, err := c.Stale(t.Context(), monday().Add(time.Minute), 8)
	must(t, err)
	if len(again) != 1 {
		t.Fatalf("got %+v, want it drawn again", again)
	}
	must(t, c.Redrawn(t.Context(), again[0], monday().Add(2*time.Minute)))
	if all, _ := c.Stale(t.Context(), monday().Add(time.Hour), 8); len(all) != 0 {
		t.Errorf("got %+v, want it done", all)
	}
}

// A place that opens again today takes back what its posts say, but for the
// starts that are off for another reason.
func TestOpenedAgain(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	days, end := []schedule.Date{schedule.DateOf(evening())}, monday().AddDate(0, 0, 1)
	open := c.sentPre(evening(), 0)
	skipped := c.sentPre(evening().Add(time.Hour), 0)
	must(t, c.Cancel(t.Context(), c.class, at(evening().Add(time.Hour)), nil, now()))
	must(t, c.CloseDays(t.Context(), c.place.ID, days, end, now()))
	if got := stateOf(t, c.Store, open); got != "replaced closed" {
		t.Errorf("closed: got %q, want it replaced", got)
	}
	must(t, c.OpenDays(t.Context(), c.place.ID, days, end, now()))
	if got := stateOf(t, c.Store, open); got != "sent" {
		t.Errorf("opened: got %q, want it as it was", got)
	}
	if got := stateOf(t, c.Store, skipped); got != "replaced" {
		t.Errorf("the cancelled one: got %q, want it left", got)
	}
}

// A start that is skipped while its post is out is said there, too.
func TestSkipReplacesWhatIsOut(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	id := c.sentPre(evening(), 0)
	must(t, c.Skip(t.Context(), c.class.ID, at(evening()), now()))
	if got := stateOf(t, c.Store, id); got != "replaced" {
		t.Errorf("got %q, want it replaced", got)
	}
	must(t, c.Unskip(t.Context(), c.class.ID, at(evening()), now()))
	if got := stateOf(t, c.Store, id); got != "sent" {
		t.Errorf("taken back: got %q, want it as it was", got)
	}
}

// A pause, its end and an edit have drawn again what is out for a start to come.
func TestDoubtfulPostsAreDrawn(t *testing.T) {
	t.Parallel()
	before, after := evening().Add(-5*time.Minute), evening().Add(5*time.Minute)
	until := schedule.DateOf(evening()).Add(7)
	for name, change := range map[string]func(*club, schedule.By){
		"pause":  func(c *club, by schedule.By) { must(t, c.Pause(t.Context(), c.class.ID, until, by)) },
		"resume": func(c *club, by schedule.By) { must(t, c.Pause(t.Context(), c.class.ID, schedule.Date{}, by)) },
		"edit": func(c *club, by schedule.By) {
			c.edit(func(s *schedule.Series) { s.Rule = rule(t, "mon 19:00") }, by)
		},
	} {
		for _, at := range []time.Time{before, after} {
			c := newClub(t)
			id := c.sentPre(evening(), 0)
			change(c, schedule.By{UserID: "5", At: at})
			all, err := c.Stale(t.Context(), at, 8)
			if want := at.Equal(before); err != nil || (len(all) == 1) != want || want && all[0].ID != id {
				t.Errorf("%s at %v: got %+v, %v to draw, want it %t", name, at, all, err, want)
			}
		}
	}
}
