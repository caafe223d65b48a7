package store

import (
	"errors"
	"log/slog"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

// anna and bert have agreed; the gym's Hall has a class at 18:00.
const (
	anna = "100000000000000001"
	bert = "200000000000000002"
)

// A club is a store with a place, a class of coach 5 and two members.
type club struct {
	*Store
	t     *testing.T
	place schedule.Place
	class schedule.Series
}

func newClub(t *testing.T) *club {
	t.Helper()
	return newClubIn(t, openEmpty(t))
}

// newClubIn is newClub in a store that a test opened.
func newClubIn(t *testing.T, s *Store) *club {
	t.Helper()
	c := &club{Store: s, t: t}
	for _, user := range []string{anna, bert} {
		must(t, c.Agree(t.Context(), user, 1, "en-GB", agreed()))
	}
	c.place = addPlace(t, c.Store, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
	c.class = c.series(addClass(t, c.Store, c.place, "5"))
	return c
}

func (c *club) series(id int64) schedule.Series {
	c.t.Helper()
	s, err := c.Series(c.t.Context(), id)
	must(c.t, err)
	return s
}

// evening is the class's start today, in Lisbon.
func evening() time.Time { return monday().Add(6 * time.Hour) }

func (c *club) follow(user string, f schedule.Follow) error {
	f.UserID, f.Place = user, c.place
	if f.Days == 0 {
		f.Days = schedule.EveryDay
	}
	return c.Follow(c.t.Context(), f, c.class, monday())
}

// followers are those of a class that starts at an instant.
func (c *club) followers(s schedule.Series, at time.Time) []string {
	c.t.Helper()
	all, err := c.Followers(c.t.Context(), s, at)
	must(c.t, err)
	var ids []string
	for _, f := range all {
		ids = append(ids, f.UserID)
	}
	return ids
}

// checked has the messages of changed classes follow, as the engine does.
func checked(t *testing.T, s *Store, now time.Time) {
	t.Helper()
	zones, err := schedule.LoadZones()
	must(t, err)
	must(t, (&delivery.Dispatcher{Zones: zones, Planner: s, Log: slog.New(slog.DiscardHandler)}).Check(t.Context(), now))
}

func (c *club) checked(now time.Time) { checked(c.t, c.Store, now) }

func TestFollow(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	other := c.series(addClass(t, c.Store, c.place, "5"))
	must(t, c.follow(anna, schedule.Follow{ClassID: c.class.ID}))
	must(t, c.follow(bert, schedule.Follow{Days: schedule.On(time.Monday) | schedule.On(time.Friday)}))
	must(t, c.follow(bert, schedule.Follow{Days: schedule.On(time.Monday)})) // again: other days
	for name, tc := range map[string]struct {
		l    schedule.Series
		at   time.Time
		want []string
	}{
		"both":      {c.class, evening(), []string{anna, bert}},
		"wednesday": {c.class, evening().AddDate(0, 0, 2), []string{anna}},
		"another":   {other, evening(), []string{bert}},
		"nobody":    {other, evening().AddDate(0, 0, 2), nil},
	} {
		if got := c.followers(tc.l, tc.at); !slices.Equal(got, tc.want) {
			t.Errorf("%s: got %v, want %v", name, got, tc.want)
		}
	}
	must(t, c.follow(anna, schedule.Follow{})) // twice over is one message
	if got := c.followers(c.class, evening()); !slices.Equal(got, []string{anna, bert}) {
		t.Errorf("got %v, want each once", got)
	}
	mine, err := c.Follows(t.Context(), anna)
	if err != nil || len(mine) != 2 || mine[0].ClassID != c.class.ID || mine[0].Title != "WOD" || mine[1].ClassID != 0 || mine[1].Place != c.place {
		t.Errorf("got %+v, %v", mine, err)
	}
	if n := count(t, c.Store, `SELECT count(*) FROM occurrences WHERE kind = 'confirm' AND user_id = ? AND state = 'due'`, anna); n != 1 {
		t.Errorf("got %d DMs that confirm in one second, want 1", n)
	}
	if err := c.follow("3", schedule.Follow{}); !errors.Is(err, schedule.ErrNoMember) {
		t.Errorf("who has not agreed: got %v, want %v", err, schedule.ErrNoMember)
	}
	must(t, c.Unfollow(t.Context(), bert, mine[0].ID)) // another's
	if got := c.followers(c.class, evening()); len(got) != 2 {
		t.Errorf("got %v, want both still", got)
	}
	must(t, c.Unfollow(t.Context(), anna, mine[1].ID))
	must(t, c.UnfollowClass(t.Context(), anna, c.class.ID))
	must(t, c.Unfollow(t.Context(), bert, 0))
	if got := c.followers(c.class, evening()); len(got) != 0 {
		t.Errorf("got %v, want nobody", got)
	}
}

func TestFollowsAreCapped(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	for range schedule.FollowsMax {
		must(t, c.follow(anna, schedule.Follow{ClassID: addClass(t, c.Store, c.place, "5")}))
	}
	if err := c.follow(anna, schedule.Follow{}); !errors.Is(err, schedule.ErrFull) {
		t.Errorf("got %v, want %v", err, schedule.ErrFull)
	}
	if n := count(t, c.Store, `SELECT count(*) FROM follows`); n != schedule.FollowsMax {
		t.Errorf("got %d follows, want %d", n, schedule.FollowsMax)
	}
}

func TestQuietAndSnooze(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	must(t, c.follow(anna, schedule.Follow{}))
	o := schedule.Occurrence{ClassID: c.class.ID, GuildID: "1", Kind: schedule.KindNotice, DueAt: evening().Add(-10 * time.Minute), StartAt: evening(), UserID: anna}
	first := addDue(t, c.Store, o)
	must(t, c.Snooze(t.Context(), o, o.DueAt.Add(4*time.Minute)))
	for range 2 { // pressed again, and twice at once
		must(t, c.Snooze(t.Context(), o, o.DueAt.Add(5*time.Minute)))
	}
	if n := count(t, c.Store, `SELECT count(*) FROM occurrences WHERE kind = 'notice' AND due_at = ?`, o.DueAt.Add(5*time.Minute).Unix()); n != 1 {
		t.Errorf("got %d at the later instant, want 1", n)
	}
	if n := count(t, c.Store, `SELECT count(*) FROM occurrences WHERE kind = 'notice' AND user_id = ? AND start_at = ?`, anna, evening().Unix()); n != 2 {
		t.Errorf("got %d notices, want 2", n)
	}
	tomorrow := monday().AddDate(0, 0, 1)
	must(t, c.Quiet(t.Context(), anna, c.class.ID, tomorrow))
	all, err := c.Followers(t.Context(), c.class, evening())
	if err != nil || len(all) != 1 || !all[0].QuietUntil.Equal(tomorrow) {
		t.Errorf("got %+v, %v, want quiet until tomorrow", all, err)
	}
	if got := stateOf(t, c.Store, first); got != "skipped skipped" {
		t.Errorf("what waited: got %q, want it skipped", got)
	}
}

func TestMember(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	if _, err := c.Member(t.Context(), "3"); !errors.Is(err, schedule.ErrNoMember) {
		t.Errorf("got %v, want %v", err, schedule.ErrNoMember)
	}
	want := schedule.Member{UserID: anna, Zone: "America/New_York", Country: "US", Locale: "en-US", Active: schedule.Hours{From: 420, To: 1320},
		PausedUntil: schedule.Date{Year: 2026, Month: 12, Day: 1}}
	must(t, c.SetMember(t.Context(), want, time.Time{}, monday()))
	if got, err := c.Member(t.Context(), anna); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	if got, err := c.Member(t.Context(), bert); err != nil || got != (schedule.Member{UserID: bert, Locale: "en-GB"}) {
		t.Errorf("another: got %+v, %v", got, err)
	}
	if err := c.SetMember(t.Context(), schedule.Member{UserID: "3", Locale: "en"}, time.Time{}, monday()); !errors.Is(err, schedule.ErrNoMember) {
		t.Errorf("got %v, want %v", err, schedule.ErrNoMember)
	}
}

func TestReminders(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	id, err := c.AddReminder(t.Context(), anna, rule(t, "weekdays 11:00"), "Europe/Lisbon", "desk", monday())
	must(t, err)
	mine, err := c.Reminders(t.Context(), anna)
	if err != nil || len(mine) != 1 || mine[0].ID != id || mine[0].Routine != "desk" || mine[0].Place.UserID != anna {
		t.Errorf("got %+v, %v", mine, err)
	}
	plans, err := c.DuePlans(t.Context(), monday(), 10)
	if err != nil || !slices.ContainsFunc(plans, func(p delivery.Plan) bool { return p.ID == id && p.Kind == schedule.KindReminder }) {
		t.Errorf("got %d plans, %v, want one of the reminder", len(plans), err)
	}
	if got := c.followers(mine[0], evening()); !slices.Equal(got, []string{anna}) {
		t.Errorf("got %v, want its owner", got)
	}
	must(t, c.SetMember(t.Context(), schedule.Member{UserID: anna, Locale: "en", Zone: "Asia/Tokyo"}, time.Time{}, monday()))
	if s := c.series(id); s.Place.Zone != "Asia/Tokyo" {
		t.Errorf("got zone %s, want the member's", s.Place.Zone)
	}
	until := schedule.Date{Year: 2026, Month: 12, Day: 1}
	must(t, c.PauseReminder(t.Context(), anna, id, until))
	if s := c.series(id); s.PausedUntil != until {
		t.Errorf("got a pause until %v, want %v", s.PausedUntil, until)
	}
	for what, err := range map[string]error{
		"pause another's": c.PauseReminder(t.Context(), bert, id, until),
		"drop another's":  c.DropReminder(t.Context(), bert, id),
		"drop a class":    c.DropReminder(t.Context(), anna, c.class.ID),
	} {
		if !errors.Is(err, schedule.ErrNoClass) {
			t.Errorf("%s: got %v, want %v", what, err, schedule.ErrNoClass)
		}
	}
	must(t, c.Present(t.Context(), everyServer, []string{"1"}, monday())) // no server, so that it can't be left
	if s := c.series(id); !s.Place.LeftAt.IsZero() {
		t.Error("the member's own place was left")
	}
	for range schedule.RemindersMax - 1 {
		_, err := c.AddReminder(t.Context(), anna, rule(t, "weekdays 11:00"), "Europe/Lisbon", "desk", monday())
		must(t, err)
	}
	if _, err := c.AddReminder(t.Context(), anna, rule(t, "sat 11:00"), "Europe/Lisbon", "desk", monday()); !errors.Is(err, schedule.ErrFull) {
		t.Errorf("got %v, want %v", err, schedule.ErrFull)
	}
	if _, err := c.AddReminder(t.Context(), "3", rule(t, "sat 11:00"), "Europe/Lisbon", "desk", monday()); !errors.Is(err, schedule.ErrNoMember) {
		t.Errorf("got %v, want %v", err, schedule.ErrNoMember)
	}
	must(t, c.DropReminder(t.Context(), anna, id))
	if _, err := c.Forget(t.Context(), anna); err != nil {
		t.Fatal(err)
	}
	if n := count(t, c.Store, `SELECT count(*) FROM classes WHERE purpose = 'reminder'`); n != 0 {
		t.Errorf("got %d reminders of who was forgotten", n)
	}
}

func TestNudges(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	if err := c.AddNudge(t.Context(), "3", monday()); !errors.Is(err, schedule.ErrNoMember) {
		t.Errorf("got %v, want %v", err, schedule.ErrNoMember)
	}
	var want []time.Time
	for i := range schedule.NudgesMax {
		want = append(want, monday().AddDate(0, 0, 2+i))
		must(t, c.AddNudge(t.Context(), anna, want[i]))
	}
	if err := c.AddNudge(t.Context(), anna, monday()); !errors.Is(err, schedule.ErrFull) {
		t.Errorf("got %v, want %v", err, schedule.ErrFull)
	}
	got, err := c.Nudges(t.Context(), anna)
	if err != nil || !slices.EqualFunc(got, want, time.Time.Equal) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	must(t, c.AddNudge(t.Context(), bert, monday().AddDate(0, 0, 2)))
	ends := monday().AddDate(0, 0, 5)
	must(t, c.SetMember(t.Context(), schedule.Member{UserID: anna, Locale: "en"}, ends, monday()))
	got, _ = c.Nudges(t.Context(), anna)
	if len(got) != len(want) || got[0].Before(ends) {
		t.Errorf("got %v, want none before %v, and none lost", got, ends)
	}
	must(t, c.DropNudges(t.Context(), anna))
	if got, _ := c.Nudges(t.Context(), anna); len(got) != 0 {
		t.Errorf("got %v, want none", got)
	}
	if got, _ := c.Nudges(t.Context(), bert); len(got) != 1 {
		t.Errorf("another's: got %v, want one", got)
	}
}

// Many nudges wait for the end of one pause, and come when they were asked for
// if it ends early.
func TestNudgesWaitForAPause(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	var want []time.Time
	for i := range 3 {
		want = append(want, monday().AddDate(0, 0, 2+i))
		must(t, c.AddNudge(t.Context(), anna, want[i]))
		_, err := c.write.ExecContext(t.Context(), `UPDATE occurrences SET id = ? WHERE kind = 'nudge' AND due_at = ?`, 60*(i+1), want[i].Unix())
		must(t, err)
	}
	ends := monday().AddDate(0, 0, 10)
	m := schedule.Member{UserID: anna, Locale: "en"}
	for range 2 {
		must(t, c.SetMember(t.Context(), m, ends, monday()))
		got, _ := c.Nudges(t.Context(), anna)
		if len(got) != 3 || got[0].Before(ends) || got[2].After(ends.Add(time.Minute)) {
			t.Errorf("got %v, want three just after %v", got, ends)
		}
	}
	must(t, c.SetMember(t.Context(), m, monday().Add(time.Minute), monday()))
	if got, _ := c.Nudges(t.Context(), anna); !slices.EqualFunc(got, want, time.Time.Equal) {
		t.Errorf("the pause ended: got %v, want %v", got, want)
	}
	// One that may have arrived keeps its instant, by which it is known again.
	o := claim(t, c.Store, "me", want[0], 1)[0]
	o.TriedAt, o.SendAt = want[0], want[0].Add(time.Minute)
	must(t, c.Retry(t.Context(), "me", o))
	must(t, c.SetMember(t.Context(), m, ends, want[0]))
	if got, _ := c.Nudges(t.Context(), anna); len(got) != 3 || !got[0].Equal(want[0]) {
		t.Errorf("got %v, want the first at %v", got, want[0])
	}
}

// Settings say nothing of whether DMs arrive.
func TestSettingsLeaveClosedDMs(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	m, err := c.Member(t.Context(), anna)
	must(t, err)
	must(t, c.AddNudge(t.Context(), anna, monday()))
	o := claim(t, c.Store, "me", monday(), 1)[0]
	o.State, o.Reason = schedule.StateFailed, schedule.ReasonClosedDM
	must(t, c.Finish(t.Context(), "me", o)) // between the read and the write
	m.Zone = "Asia/Tokyo"
	must(t, c.SetMember(t.Context(), m, monday(), monday()))
	if m, err := c.Member(t.Context(), anna); err != nil || m.DMsClosed.IsZero() || m.Zone != "Asia/Tokyo" {
		t.Errorf("got %+v, %v, want DMs closed still", m, err)
	}
	must(t, c.TryDMs(t.Context(), anna))
	if m, err := c.Member(t.Context(), anna); err != nil || !m.DMsClosed.IsZero() {
		t.Errorf("got %+v, %v, want DMs to be tried", m, err)
	}
}

// What waits when a pause begins does not come in it.
func TestPausesHoldWhatWaits(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	id, err := c.AddReminder(t.Context(), anna, rule(t, "weekdays 11:00"), "Europe/Lisbon", "desk", monday())
	must(t, err)
	wait := func(kind schedule.Kind, class int64, user string) int64 {
		return addDue(t, c.Store, schedule.Occurrence{ClassID: class, GuildID: "1", Kind: kind, UserID: user, DueAt: evening().Add(-time.Duration(class) * time.Minute), StartAt: evening()})
	}
	want := map[int64]string{wait(schedule.KindNotice, c.class.ID, anna): "skipped paused", wait(schedule.KindOff, c.class.ID, anna): "skipped paused",
		wait(schedule.KindReminder, id, anna): "skipped paused", wait(schedule.KindAsk, c.class.ID, anna): "due"}
	must(t, c.SetMember(t.Context(), schedule.Member{UserID: bert, Locale: "en", PausedUntil: schedule.DateOf(monday()).Add(3)}, monday().AddDate(0, 0, 3), monday()))
	must(t, c.SetMember(t.Context(), schedule.Member{UserID: anna, Locale: "en"}, monday().AddDate(0, 0, 3), monday()))
	for id := range want {
		if got := stateOf(t, c.Store, id); got != "due" {
			t.Errorf("without a pause: got %q", got)
		}
	}
	must(t, c.SetMember(t.Context(), schedule.Member{UserID: anna, Locale: "en", PausedUntil: schedule.DateOf(monday()).Add(3)}, monday().AddDate(0, 0, 3), monday()))
	for id, want := range want {
		if got := stateOf(t, c.Store, id); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	snoozed := wait(schedule.KindReminder, id, anna)
	_, err = c.write.ExecContext(t.Context(), `UPDATE occurrences SET state = 'due', reason = '' WHERE id = ?`, snoozed)
	must(t, err)
	must(t, c.PauseReminder(t.Context(), anna, id, schedule.Date{}))
	if got := stateOf(t, c.Store, snoozed); got != "due" {
		t.Errorf("a pause that ends: got %q", got)
	}
	must(t, c.PauseReminder(t.Context(), anna, id, schedule.DateOf(monday()).Add(3)))
	if got := stateOf(t, c.Store, snoozed); got != "skipped paused" {
		t.Errorf("the reminder's own pause: got %q, want it left out", got)
	}
}

// A DM that is refused ends all others until one arrives, and is told once.
func TestClosedDMs(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	must(t, c.AddNudge(t.Context(), anna, monday()))
	if untold, err := c.TellClosedDM(t.Context(), anna, monday()); untold || err != nil {
		t.Errorf("got %v, %v, want nothing to tell", untold, err)
	}
	o := claim(t, c.Store, "me", monday(), 1)[0]
	o.State, o.Reason = schedule.StateFailed, schedule.ReasonClosedDM
	must(t, c.Finish(t.Context(), "me", o))
	if m, err := c.Member(t.Context(), anna); err != nil || m.DMsClosed.IsZero() {
		t.Errorf("got %+v, %v, want DMs closed", m, err)
	}
	for i, want := range []bool{true, false} {
		if untold, err := c.TellClosedDM(t.Context(), anna, monday()); untold != want || err != nil {
			t.Errorf("time %d: got %v, %v, want %v", i, untold, err, want)
		}
	}
	must(t, c.follow(anna, schedule.Follow{}))
	o = claim(t, c.Store, "me", monday(), 1)[0]
	o.State, o.MessageID, o.SentAt = schedule.StateSent, "9", monday()
	must(t, c.Finish(t.Context(), "me", o))
	if m, err := c.Member(t.Context(), anna); err != nil || !m.DMsClosed.IsZero() {
		t.Errorf("got %+v, %v, want DMs open", m, err)
	}
}

// sentPre writes a pre post of the class that went out for a start.
func (c *club) sentPre(at time.Time, presses int) int64 {
	c.t.Helper()
	addDue(c.t, c.Store, schedule.Occurrence{ClassID: c.class.ID, GuildID: "1", ChannelID: "10", DueAt: at.Add(-10 * time.Minute), StartAt: at})
	o := claim(c.t, c.Store, "me", at, 1)[0]
	o.State, o.MessageID, o.SentAt = schedule.StateSent, "9", at.Add(-10*time.Minute)
	must(c.t, c.Finish(c.t.Context(), "me", o))
	for range presses {
		_, err := c.Press(c.t.Context(), o.ID, false, at)
		must(c.t, err)
	}
	return o.ID
}

func TestSixPostsWithoutAPress(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		presses []int // of the posts, oldest first
		asks    int
	}{
		"six":           {[]int{0, 0, 0, 0, 0, 0}, 0}, // the last one has only just gone out
		"seven":         {[]int{0, 0, 0, 0, 0, 0, 0}, 1},
		"once":          {[]int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1},
		"one was used":  {[]int{0, 0, 0, 1, 0, 0, 0}, 0},
		"used long ago": {[]int{3, 0, 0, 0, 0, 0, 0, 0}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClub(t)
			for i, n := range tc.presses {
				c.sentPre(evening().AddDate(0, 0, i), n)
			}
			if n := count(t, c.Store, `SELECT count(*) FROM occurrences WHERE kind = 'ask' AND user_id = '5'`); n != tc.asks {
				t.Errorf("asked %d times, want %d", n, tc.asks)
			}
		})
	}
}

func TestPressDrawsAgain(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	id := c.sentPre(evening(), 0)
	at := evening()
	if n, err := c.Press(t.Context(), id, false, at); n != 0 || err != nil {
		t.Errorf("got %d, %v, want nobody done", n, err)
	}
	stale := func(now time.Time) []schedule.Occurrence {
		all, err := c.Stale(t.Context(), now, 8)
		must(t, err)
		return all
	}
	if all := stale(at.Add(time.Hour)); len(all) != 0 {
		t.Errorf("got %+v, want nothing to draw", all)
	}
	for want := range 2 {
		if n, err := c.Press(t.Context(), id, true, at.Add(time.Duration(want)*20*time.Second)); n != want+1 || err != nil {
			t.Errorf("got %d, %v, want %d", n, err, want+1)
		}
	}
	if all := stale(at.Add(29 * time.Second)); len(all) != 0 {
		t.Errorf("got %d too early", len(all))
	}
	all := stale(at.Add(30 * time.Second))
	if len(all) != 1 || all[0].Done != 2 {
		t.Fatalf("got %+v, want one with two done", all)
	}
	_, err := c.Press(t.Context(), id, true, at.Add(31*time.Second)) // while it is drawn
	must(t, err)
	must(t, c.Redrawn(t.Context(), all[0], at.Add(time.Minute)))
	if all := stale(at.Add(59 * time.Second)); len(all) != 0 {
		t.Errorf("got %d, want half a minute between edits", len(all))
	}
	all = stale(at.Add(time.Minute))
	if len(all) != 1 || all[0].Done != 3 {
		t.Fatalf("got %+v, want three done", all)
	}
	must(t, c.RedrawLater(t.Context(), id, at.Add(2*time.Minute)))
	must(t, c.Redrawn(t.Context(), stale(at.Add(2 * time.Minute))[0], at.Add(3*time.Minute)))
	_, err = c.Press(t.Context(), id, true, at.Add(2*time.Hour)) // Discord takes few edits by now
	must(t, err)
	if all := stale(at.Add(24 * time.Hour)); len(all) != 0 {
		t.Errorf("got %+v, want it left alone after an hour", all)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	pre := c.sentPre(evening(), 0)
	cool := addDue(t, c.Store, schedule.Occurrence{ClassID: c.class.ID, GuildID: "1", ChannelID: "10", Kind: schedule.KindCoolDown,
		DueAt: evening().Add(time.Hour), StartAt: evening()})
	must(t, c.follow(anna, schedule.Follow{}))
	by := schedule.By{UserID: "5", At: evening().Add(-time.Minute), Detail: "Mon 23 Nov 18:00"}
	must(t, c.Cancel(t.Context(), c.class, at(evening()), map[string]time.Time{anna: by.At}, by))
	c.checked(by.At)
	if got := stateOf(t, c.Store, pre); got != "replaced" {
		t.Errorf("the pre: got %q, want it replaced", got)
	}
	if got := stateOf(t, c.Store, cool); got != "skipped skipped" {
		t.Errorf("the cool-down: got %q, want it skipped", got)
	}
	stale, err := c.Stale(t.Context(), by.At, 8)
	if err != nil || len(stale) != 1 || stale[0].ID != pre {
		t.Errorf("got %+v, %v, want the pre to be drawn", stale, err)
	}
	if n := count(t, c.Store, `SELECT count(*) FROM occurrences WHERE kind = 'off' AND user_id = ? AND state = 'due'`, anna); n != 1 {
		t.Errorf("got %d DMs, want 1", n)
	}
	changes, err := c.Changes(t.Context(), "1", c.class.ID, 10, 0)
	want := schedule.Change{At: by.At, UserID: "5", PlaceID: c.place.ID, ClassID: c.class.ID, What: "cancelled", Detail: by.Detail}
	if err != nil || len(changes) != 2 || !reflect.DeepEqual(changes[0], want) || changes[1].What != "added" {
		t.Errorf("got %+v, %v, want %+v after it was added", changes, err, want)
	}
	must(t, c.Unskip(t.Context(), c.class.ID, at(evening()), by))
	if err := c.Unskip(t.Context(), c.class.ID, at(evening()), by); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("taken back twice: got %v, want %v", err, schedule.ErrNoClass)
	}
	if s := c.series(c.class.ID); len(s.Skips) != 0 {
		t.Errorf("got %v, want no skips", s.Skips)
	}
}

// A place closes while posts for today are out or wait.
func TestCallOff(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	out := c.sentPre(evening(), 0)
	wednesday := c.sentPre(evening().AddDate(0, 0, 2), 0)
	waits := addDue(t, c.Store, schedule.Occurrence{ClassID: c.class.ID, GuildID: "1", ChannelID: "10", Kind: schedule.KindCoolDown, DueAt: evening().Add(time.Hour), StartAt: evening()})
	by := schedule.By{UserID: "5", At: evening().Add(-time.Minute)}
	must(t, c.CloseDays(t.Context(), c.place.ID, []schedule.Date{schedule.DateOf(evening())}, by, schedule.Occurrence{
		ClassID: c.class.ID, GuildID: "1", Kind: schedule.KindOff, DueAt: monday(), StartAt: evening(), UserID: anna, State: schedule.StateDue, SendAt: monday()}))
	c.checked(by.At)
	if n := count(t, c.Store, `SELECT count(*) FROM occurrences WHERE kind = 'off' AND user_id = ?`, anna); n != 1 {
		t.Errorf("got %d DMs, want 1", n)
	}
	for id, want := range map[int64]string{out: "replaced", wednesday: "sent", waits: "skipped closed"} {
		if got := stateOf(t, c.Store, id); got != want {
			t.Errorf("occurrence %d: got %q, want %q", id, got, want)
		}
	}
}

func TestMove(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	pre := c.sentPre(evening(), 0)
	to := evening().Add(2 * time.Hour)
	must(t, c.Move(t.Context(), c.class.ID, at(evening()), schedule.SlotOf(to), now()))
	c.checked(now().At)
	if got := stateOf(t, c.Store, pre); got != "replaced" {
		t.Errorf("got %q, want it replaced", got)
	}
	s := c.series(c.class.ID)
	if len(s.Moves) != 1 || s.Moves[0] != (schedule.Move{From: schedule.SlotOf(evening()), To: schedule.SlotOf(to)}) {
		t.Errorf("got %+v", s.Moves)
	}
	again := moved(evening(), to)
	must(t, c.Move(t.Context(), c.class.ID, again, schedule.SlotOf(to.Add(time.Hour)), now()))
	if s := c.series(c.class.ID); len(s.Moves) != 1 || s.Moves[0].To != schedule.SlotOf(to.Add(time.Hour)) {
		t.Errorf("moved again: got %+v", s.Moves)
	}
	// What the post says of the move is out of date each time.
	drawn := func() {
		t.Helper()
		c.checked(now().At)
		all, err := c.Stale(t.Context(), evening(), 8)
		must(t, err)
		if len(all) != 1 || all[0].ID != pre {
			t.Errorf("got %+v, want the post to be drawn again", all)
		}
		for _, o := range all {
			must(t, c.Redrawn(t.Context(), o, evening()))
		}
	}
	drawn()
	must(t, c.Move(t.Context(), c.class.ID, moved(evening(), to.Add(time.Hour)), schedule.SlotOf(to), now()))
	drawn()
	must(t, c.Cancel(t.Context(), c.class, again, nil, now()))
	drawn()
}

func TestBatchOfDrafts(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	gone := c.series(addClass(t, c.Store, c.place, "5"))
	added, changed, removed := c.class, c.class, gone
	added.Rule, changed.Rule = rule(t, "sat 09:00"), rule(t, "mon 19:00")
	changed.DraftOf, removed.DraftOf, removed.Removes = c.class.ID, gone.ID, true
	drafts := []schedule.Series{added, changed, removed}
	for i := range drafts {
		drafts[i].DraftUntil = monday().Add(time.Minute)
	}
	must(t, c.Pause(t.Context(), c.class.ID, schedule.Date{Year: 2026, Month: 12, Day: 1}, now()))
	drafts[1].Revision = c.series(c.class.ID).Revision
	batch, err := c.AddDrafts(t.Context(), 0, drafts)
	must(t, err)
	if all, err := c.Drafts(t.Context(), batch, monday()); err != nil || len(all) != 3 || all[1].DraftOf != c.class.ID || !all[2].Removes {
		t.Errorf("got %+v, %v", all, err)
	}
	before := c.series(c.class.ID)
	if before.Rule.String() != c.class.Rule.String() {
		t.Errorf("a draft changed its class to %v", before.Rule)
	}
	ids, err := c.SaveDrafts(t.Context(), batch, now())
	if err != nil || len(ids) != 2 || ids[1] != c.class.ID {
		t.Errorf("got %v, %v, want the new class and the changed one", ids, err)
	}
	all, err := c.SeriesOf(t.Context(), "1")
	var rules []string
	for _, s := range all {
		rules = append(rules, s.Rule.String())
	}
	if err != nil || !slices.Equal(rules, []string{"mon 19:00", "sat 09:00"}) {
		t.Errorf("got %v, %v", rules, err)
	}
	if _, err := c.Series(t.Context(), gone.ID); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("got %v, want %v", err, schedule.ErrNoClass)
	}
	if _, err := c.Drafts(t.Context(), batch, monday()); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("the batch is over: got %v, want %v", err, schedule.ErrNoClass)
	}
}

// All of a batch is saved, or nothing.
func TestBatchIsWhole(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	added, changed := c.class, c.class
	added.DraftUntil, changed.DraftUntil, changed.DraftOf = monday().Add(time.Minute), monday().Add(time.Minute), c.class.ID
	batch, err := c.AddDrafts(t.Context(), 0, []schedule.Series{added, changed})
	must(t, err)
	must(t, c.Remove(t.Context(), c.class.ID, now()))
	before := dump(t, c.Store)
	if _, err := c.SaveDrafts(t.Context(), batch, now()); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("got %v, want %v", err, schedule.ErrNoClass)
	}
	if got := dump(t, c.Store); got != before {
		t.Errorf("something was saved: got\n%s\nwant\n%s", got, before)
	}
	var many []schedule.Series
	for range schedule.ClassesMax + 1 {
		many = append(many, added)
	}
	batch, err = c.AddDrafts(t.Context(), 0, many)
	must(t, err)
	if _, err := c.SaveDrafts(t.Context(), batch, now()); !errors.Is(err, schedule.ErrFull) {
		t.Errorf("got %v, want %v", err, schedule.ErrFull)
	}
	if all, _ := c.SeriesOf(t.Context(), "1"); len(all) != 0 {
		t.Errorf("got %d classes, want none", len(all))
	}
}

func TestPlacesAreCapped(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	for i := range schedule.PlacesMax {
		addPlace(t, s, schedule.Place{GuildID: "1", Name: strings.Repeat("x", i+1), ChannelID: "10"})
	}
	p := schedule.Place{GuildID: "1", Name: "one more", ChannelID: "10", Zone: "UTC"}
	if _, err := s.SavePlace(t.Context(), p, now()); !errors.Is(err, schedule.ErrFull) {
		t.Errorf("got %v, want %v", err, schedule.ErrFull)
	}
}

func TestClosedDays(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	day := schedule.Date{Year: 2026, Month: 12, Day: 24}
	days := []schedule.Date{day, {Year: 2026, Month: 12, Day: 25}}
	must(t, c.CloseDays(t.Context(), c.place.ID, days, now()))
	must(t, c.CloseDays(t.Context(), c.place.ID, days[:1], now()))
	if got, err := c.ClosedDays(t.Context(), c.place.ID); err != nil || !slices.Equal(got, days) {
		t.Errorf("got %v, %v, want %v", got, err, days)
	}
	if s := c.series(c.class.ID); !slices.Equal(s.Closed, days) {
		t.Errorf("the class: got %v, want %v", s.Closed, days)
	}
	must(t, c.OpenDays(t.Context(), c.place.ID, days[1:], now()))
	if got, _ := c.ClosedDays(t.Context(), c.place.ID); !slices.Equal(got, days[:1]) {
		t.Errorf("got %v, want %v", got, days[:1])
	}
	must(t, c.Trim(t.Context(), monday().AddDate(0, 2, 0)))
	if got, _ := c.ClosedDays(t.Context(), c.place.ID); len(got) != 0 {
		t.Errorf("got %v after they are long over", got)
	}
}

func TestWeeklies(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	myth := schedule.Series{Place: c.place, Purpose: schedule.ForMyth, Rule: rule(t, "wed 12:00"), CreatedBy: "5"}
	recap := schedule.Series{Place: c.place, Purpose: schedule.ForRecap, Rule: rule(t, "sun 19:00")}
	for _, s := range []schedule.Series{myth, recap, myth} {
		must(t, c.SetWeekly(t.Context(), s, now()))
	}
	kinds := func() map[schedule.Purpose]string {
		all, err := c.Weeklies(t.Context(), c.place.ID)
		must(t, err)
		on := map[schedule.Purpose]string{}
		for _, s := range all {
			on[s.Purpose] = s.Rule.String()
		}
		return on
	}
	if got, want := kinds(), (map[schedule.Purpose]string{schedule.ForMyth: "wed 12:00", schedule.ForRecap: "sun 19:00"}); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if all, _ := c.SeriesOf(t.Context(), "1"); len(all) != 1 {
		t.Errorf("got %d on the timetable, want the class", len(all))
	}
	if n := count(t, c.Store, `SELECT count(*) FROM class_posts WHERE kind IN ('myth', 'recap')`); n != 2 {
		t.Errorf("got %d plans, want 2", n)
	}
	must(t, c.SetWeekly(t.Context(), schedule.Series{Place: c.place, Purpose: schedule.ForMyth}, now()))
	if got := kinds(); len(got) != 1 {
		t.Errorf("got %v, want the recap", got)
	}
}

func TestRecap(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	for i, n := range []int{3, 6} {
		id := c.sentPre(evening().AddDate(0, 0, i), 0)
		for range n {
			_, err := c.Press(t.Context(), id, true, evening())
			must(t, err)
		}
	}
	posts, done, people, err := c.Recap(t.Context(), c.place.ID, monday(), monday().AddDate(0, 0, 7))
	if posts != 2 || done != 9 || people != 6 || err != nil {
		t.Errorf("got %d posts, %d done, %d people, %v, want 2, 9, 6", posts, done, people, err)
	}
	if posts, done, people, err := c.Recap(t.Context(), c.place.ID+1, monday(), monday().AddDate(0, 0, 7)); posts+done+people != 0 || err != nil {
		t.Errorf("another place: got %d, %d, %d, %v", posts, done, people, err)
	}
}

func TestTakeOver(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	second := addClass(t, c.Store, c.place, "5")
	others := addClass(t, c.Store, c.place, "6")
	must(t, c.TakeOver(t.Context(), c.class.ID, false, schedule.By{UserID: "7", At: monday()}))
	by := func(id int64) string { return c.series(id).CreatedBy }
	if by(c.class.ID) != "7" || by(second) != "5" {
		t.Errorf("got %s and %s, want one taken over", by(c.class.ID), by(second))
	}
	must(t, c.TakeOver(t.Context(), second, true, schedule.By{UserID: "8", At: monday()}))
	if by(c.class.ID) != "7" || by(second) != "8" || by(others) != "6" {
		t.Errorf("got %s, %s, %s", by(c.class.ID), by(second), by(others))
	}
}

// TestRecent counts the posts of one server, and not those before or after, nor one
// that a coach skipped.
func TestRecent(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	addDue(t, c.Store, schedule.Occurrence{ClassID: c.class.ID, GuildID: "1", ChannelID: "10", State: schedule.StateSkipped, Reason: schedule.ReasonSkipped, DueAt: evening()})
	for i := range 3 {
		c.sentPre(evening().AddDate(0, 0, i), 0)
	}
	for _, tc := range []struct {
		guild     string
		from, to  time.Time
		due, sent int
	}{
		{"1", evening().AddDate(0, 0, -1), evening().AddDate(0, 0, 3), 3, 3},
		{"1", evening().AddDate(0, 0, 1), evening().AddDate(0, 0, 3), 1, 1}, // a warm-up is due before its class
		{"2", evening().AddDate(0, 0, -1), evening().AddDate(0, 0, 3), 0, 0},
	} {
		if due, sent, err := c.Recent(t.Context(), tc.guild, tc.from, tc.to); due != tc.due || sent != tc.sent || err != nil {
			t.Errorf("%s from %v: got %d, %d, %v, want %d, %d", tc.guild, tc.from, due, sent, err, tc.due, tc.sent)
		}
	}
}
