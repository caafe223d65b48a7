package store

import (
	"errors"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
)

// slot reads a slot such as 2026-11-25 18:00.
func slot(t testing.TB, text string) schedule.Slot {
	t.Helper()
	s, err := schedule.ParseSlot(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// workouts lists the workouts of a class, as "2026-11-25 18:00 weekly: Fran".
func workouts(t testing.TB, s *Store, class int64) string {
	t.Helper()
	all, err := s.Workouts(t.Context(), class)
	must(t, err)
	var lines []string
	for _, w := range all {
		line := w.Slot.String()
		if w.Weekly {
			line += " weekly"
		}
		if w.Weekly && !w.Over.IsZero() {
			line += " until " + w.Over.String()
		}
		lines = append(lines, line+": "+w.Lines)
	}
	return strings.Join(lines, "\n")
}

// keep keeps a workout at an instant.
func keep(t testing.TB, s *Store, class int64, at time.Time, planned, lines string, weekly bool) {
	t.Helper()
	must(t, s.SetWorkout(t.Context(), schedule.Workout{ClassID: class, Slot: slot(t, planned), Weekly: weekly, Lines: lines}, schedule.By{UserID: "5", At: at}))
}

func wantWorkouts(t *testing.T, s *Store, class int64, what, want string) {
	t.Helper()
	if got := workouts(t, s, class); got != want {
		t.Errorf("%s: got\n%s\nwant\n%s", what, got, want)
	}
}

func TestWorkoutsAreReplacedFromAStartOn(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	class := addClass(t, s, addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"}), "5")
	keep(t, s, class, monday(), "2026-11-25 18:00", "Fran", false)
	keep(t, s, class, monday(), "2026-11-25 18:00", "Grace", false)
	keep(t, s, class, monday(), "2026-11-27 18:00", "Friday", true)
	keep(t, s, class, monday(), "2026-11-27 18:00", "Friday again", true)
	wantWorkouts(t, s, class, "before the first start", "2026-11-25 18:00: Grace\n2026-11-27 18:00 weekly: Friday again")

	keep(t, s, class, monday().AddDate(0, 0, 5), "2026-12-04 18:00", "Next Friday", true)
	wantWorkouts(t, s, class, "after it", "2026-11-25 18:00: Grace\n2026-11-27 18:00 weekly until 2026-11-28: Friday again\n2026-12-04 18:00 weekly: Next Friday")

	must(t, s.DropWorkout(t.Context(), schedule.Workout{ClassID: class, Slot: slot(t, "2026-12-04 18:00"), Weekly: true}, now()))
	wantWorkouts(t, s, class, "the weekday removed", "2026-11-25 18:00: Grace")
	if err := s.DropWorkout(t.Context(), schedule.Workout{ClassID: class, Slot: slot(t, "2026-12-04 18:00"), Weekly: true}, now()); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("removed again: %v", err)
	}
	changes, err := s.Changes(t.Context(), "1", class, 100, 0)
	must(t, err)
	if len(changes) != 7 || changes[0].What != "workout_removed" || changes[1].What != "workout" || changes[1].UserID != "5" {
		t.Errorf("the record of changes: %+v", changes)
	}
	must(t, s.Remove(t.Context(), class, now()))
	if err := s.SetWorkout(t.Context(), schedule.Workout{ClassID: class, Slot: slot(t, "2026-11-25 18:00"), Lines: "Fran"}, now()); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("of a removed class: %v", err)
	}
}

func TestAWorkoutDrawsPostsToComeAgain(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	out := c.sentPre(evening(), 0)
	begun := schedule.By{At: evening().Add(time.Minute)}
	due := func() int {
		return count(t, c.Store, `SELECT count(*) FROM occurrences WHERE id = ? AND edit_at IS NOT NULL`, out)
	}
	must(t, c.SetWorkout(t.Context(), schedule.Workout{ClassID: c.class.ID, Slot: slot(t, "2026-11-25 18:00"), Lines: "Fran"}, begun))
	if due() != 0 {
		t.Error("the post of a class that has begun is drawn again")
	}
	must(t, c.SetWorkout(t.Context(), schedule.Workout{ClassID: c.class.ID, Slot: slot(t, "2026-11-23 18:00"), Lines: "Fran"}, schedule.By{At: evening().Add(-time.Minute)}))
	if due() != 1 {
		t.Error("the post that is out is not drawn again")
	}
}

// What is saved or removed while a post is on its way is on the post soon after.
func TestAWorkoutDrawsAPostOnItsWayAgain(t *testing.T) {
	t.Parallel()
	w := schedule.Workout{Slot: slot(t, "2026-11-23 18:00"), Lines: "Fran"}
	for name, tc := range map[string]struct {
		before, while func(*club, schedule.Workout, schedule.By) error
		want          int
	}{
		"saved before": {before: func(c *club, w schedule.Workout, by schedule.By) error { return c.SetWorkout(t.Context(), w, by) }},
		"saved":        {while: func(c *club, w schedule.Workout, by schedule.By) error { return c.SetWorkout(t.Context(), w, by) }, want: 1},
		"removed": {before: func(c *club, w schedule.Workout, by schedule.By) error { return c.SetWorkout(t.Context(), w, by) },
			while: func(c *club, w schedule.Workout, by schedule.By) error { return c.DropWorkout(t.Context(), w, by) }, want: 1},
	} {
		t.Run(name, func(t *testing.T) {
			c, due := newClub(t), evening().Add(-10*time.Minute)
			w := w
			w.ClassID = c.class.ID
			if tc.before != nil {
				must(t, tc.before(c, w, schedule.By{At: due.Add(-time.Minute)}))
			}
			addDue(t, c.Store, c.pre(evening()))
			o := claim(t, c.Store, "me", due, 1)[0]
			if tc.while != nil {
				must(t, tc.while(c, w, schedule.By{At: due}))
			}
			o.State, o.MessageID, o.SentAt = schedule.StateSent, "9", due.Add(time.Second)
			must(t, c.Finish(t.Context(), "me", o))
			all, err := c.Stale(t.Context(), due.Add(time.Second), 8)
			must(t, err)
			if len(all) != tc.want || len(all) == 1 && all[0].State != schedule.StateSent {
				t.Errorf("to draw again: %+v, want %d", all, tc.want)
			}
		})
	}
}

func TestWorkoutsGoAWeekAfterTheirStart(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	p := addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"})
	class, removed := addClass(t, s, p, "5"), addClass(t, s, p, "5")
	keep(t, s, class, monday(), "2026-11-23 18:00", "Monday", false)
	keep(t, s, class, monday(), "2026-11-25 18:00", "moved", false)
	keep(t, s, class, monday(), "2026-11-27 18:00", "goes on", true)
	keep(t, s, removed, monday(), "2026-11-27 18:00", "of what is removed", true)
	must(t, s.Move(t.Context(), class, moved(monday().AddDate(0, 0, 2).Add(6*time.Hour), monday()), slot(t, "2026-12-01 18:00"), now()))
	must(t, s.Remove(t.Context(), removed, now()))
	for _, step := range []struct {
		days int
		want string
	}{
		{7, "2026-11-23 18:00: Monday\n2026-11-25 18:00: moved\n2026-11-27 18:00 weekly: goes on"},
		{8, "2026-11-25 18:00: moved\n2026-11-27 18:00 weekly: goes on"},
		{15, "2026-11-25 18:00: moved\n2026-11-27 18:00 weekly: goes on"},
		{16, "2026-11-27 18:00 weekly: goes on"},
		{400, "2026-11-27 18:00 weekly: goes on"},
	} {
		must(t, s.Retire(t.Context(), monday().AddDate(0, 0, step.days)))
		wantWorkouts(t, s, class, monday().AddDate(0, 0, step.days).String(), step.want)
		if got := workouts(t, s, removed); (got == "") != (step.days > 7) {
			t.Errorf("after %d days the removed class has %q", step.days, got)
		}
	}
}

func TestWorkoutsFollowANewRule(t *testing.T) {
	t.Parallel()
	c := newClub(t)
	keep(t, c.Store, c.class.ID, monday(), "2026-11-25 18:00", "Wednesday", false)
	keep(t, c.Store, c.class.ID, monday(), "2026-11-27 18:00", "Fridays", true)
	keep(t, c.Store, c.class.ID, monday(), "2026-11-23 18:00", "Mondays", true)
	c.edit(func(s *schedule.Series) { s.Rule = rule(t, "wed fri 17:00") }, now())
	wantWorkouts(t, c.Store, c.class.ID, "an hour earlier, and no Mondays",
		"2026-11-25 17:00: Wednesday\n2026-11-23 18:00 weekly until 2026-11-23: Mondays\n2026-11-27 00:00 weekly: Fridays")
}

func TestForgetLeavesAWorkoutWithoutItsMaker(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	class := addClass(t, s, addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "10"}), "5")
	keep(t, s, class, monday(), "2026-11-25 18:00", "Fran", false)
	text, err := s.Export(t.Context(), "5")
	must(t, err)
	if !strings.Contains(string(text), `"lines": "Fran"`) {
		t.Errorf("the export lacks the workout: %s", text)
	}
	if held, err := s.Held(t.Context(), "5"); err != nil || held["workouts"] != 1 {
		t.Errorf("held: %v, %v", held, err)
	}
	forget(t, s, "5")
	wantWorkouts(t, s, class, "forgotten", "2026-11-25 18:00: Fran")
	if n := count(t, s, `SELECT count(*) FROM workouts WHERE made_by IS NOT NULL`); n != 0 {
		t.Errorf("%d workouts still name their maker", n)
	}
}
