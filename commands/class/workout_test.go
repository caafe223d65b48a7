package class_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// metcon is a workout as a coach pastes it: lifts, a line that names none, and what
// must not work in a post.
const metcon = "Strength\nBack squat 5x5 @ 80%\n\n3 rounds for time:\n15 thrusters 42.5/30 kg\n10 pull-ups\n400 m run\n@everyone <@1> **snarfs** 3x10"

// board is the workout's card of the only class.
func board(g *gymtest.Gym, p gymtest.Person) bot.Reply {
	g.T.Helper()
	return g.Press(p, button.ClassID.For(button.ClassState{Act: button.ActWorkout, ID: g.Only().ID}), nil)
}

// paste sends the form of a workout for the start or weekday, and returns what was
// read.
func paste(g *gymtest.Gym, p gymtest.Person, n int64, lines string) bot.Reply {
	g.T.Helper()
	id := button.ClassSetID.For(button.ClassState{Act: button.ActWorkout, ID: g.Only().ID, N: n})
	return g.Press(p, id, map[string]string{"for": strconv.FormatInt(n, 10), "lines": lines})
}

// wed is the first Wednesday's start.
func wed() time.Time { return time.Date(2026, 11, 25, 18, 0, 0, 0, time.UTC) }

// warmUp renders the post before the start of an instant.
func warmUp(g *gymtest.Gym, at time.Time) bot.Reply {
	g.T.Helper()
	s := g.Only()
	reply, err := g.Render(s, schedule.Occurrence{ID: 7, ClassID: s.ID, Kind: schedule.KindPre, StartAt: at,
		Slot: schedule.SlotOf(at), Zone: s.Place.Zone, DueAt: at.Add(-s.Lead), State: schedule.StateSent}, false)
	if err != nil {
		g.T.Fatal(err)
	}
	return reply
}

// TestTheWorkoutOfAClass walks from the class's card to the post and the easier
// version, and back to nothing.
func TestTheWorkoutOfAClass(t *testing.T) {
	g := gymtest.New(t)
	g.Saved("mon wed 18:00")
	carl, mia := gymtest.Carl(), gymtest.Mia()
	none := g.Tap(carl, g.Press(carl, showClass(1), nil), "Today's workout")
	golden.Reply(t, "workout-none", none)
	golden.Text(t, "workout-form", golden.Shown(g.Tap(carl, none, "Paste a workout")))

	read := paste(g, carl, 3, metcon)
	golden.Reply(t, "workout-read", read)
	if got := golden.Shown(g.Tap(carl, read, "Change")); !strings.Contains(got, "15 thrusters 42.5/30 kg") {
		t.Errorf("the form to change it lacks what was pasted: %s", got)
	}
	saved := g.Tap(carl, read, "Save")
	golden.Reply(t, "workout-saved", saved)
	if again := golden.Shown(g.Tap(carl, read, "Save")); !strings.Contains(again, "This is what is saved") {
		t.Errorf("saved twice: %s", again)
	}

	out := warmUp(g, wed())
	golden.Reply(t, "workout-post", out)
	if got := golden.Shown(warmUp(g, wed().AddDate(0, 0, -2))); strings.Contains(got, "thrusters") {
		t.Errorf("Monday's post has Wednesday's workout: %s", got)
	}
	before := g.Dump()
	ask := g.Tap(mia, out, "Make it easier")
	golden.Reply(t, "workout-ask", ask)
	golden.Reply(t, "workout-easier", g.Press(mia, golden.Selects(ask.Parts)[0].ID, nil, "overhead"))
	if g.Dump() != before {
		t.Error("the presses left something in the store")
	}

	g.Time = g.Time.AddDate(0, 0, 2) // Monday's is over
	golden.Reply(t, "workout-one-of-two", g.Tap(carl, paste(g, carl, button.StartOf(schedule.SlotOf(wed())), "Fran"), "Save"))
	golden.Reply(t, "workout-two", board(g, carl))
	if got := golden.Shown(warmUp(g, wed())); !strings.Contains(got, "Fran") || strings.Contains(got, "thrusters") {
		t.Errorf("the start's own workout is not on its post: %s", got)
	}
	if got := golden.Shown(warmUp(g, wed().AddDate(0, 0, 7))); !strings.Contains(got, "thrusters") {
		t.Errorf("the weekday's workout is not on the next post: %s", got)
	}
	golden.Text(t, "workout-changes", golden.Shown(g.Press(carl, button.ChangesID.For(button.ClassState{Act: button.ActChanges, ID: 1, N: 1}), nil)))

	g.Tap(carl, saved, "Remove")
	g.Tap(carl, board(g, carl), "Remove")
	golden.Reply(t, "workout-gone", g.Press(mia, golden.ID(t, out, "Make it easier"), nil))
}

// TestAWorkoutFollowsItsStart holds that a start which is moved keeps its workout.
func TestAWorkoutFollowsItsStart(t *testing.T) {
	g := gymtest.New(t)
	g.Saved("wed 18:00")
	g.Tap(gymtest.Carl(), paste(g, gymtest.Carl(), button.StartOf(schedule.SlotOf(wed())), "15 thrusters"), "Save")
	moved := schedule.Start{At: wed(), Planned: wed(), Slot: schedule.SlotOf(wed())}
	to := wed().Add(25 * time.Hour)
	if err := g.Store.Move(t.Context(), 1, moved, schedule.SlotOf(to), schedule.By{At: g.Time}); err != nil {
		t.Fatal(err)
	}
	s := g.Only()
	reply, err := g.Render(s, schedule.Occurrence{ID: 7, ClassID: 1, Kind: schedule.KindPre, StartAt: to,
		Slot: schedule.SlotOf(wed()), Zone: s.Place.Zone, DueAt: to.Add(-s.Lead), State: schedule.StateSent}, false)
	if err != nil || !strings.Contains(golden.Shown(reply), "15 thrusters") {
		t.Errorf("the moved start's post, %v: %s", err, golden.Shown(reply))
	}
	if got := golden.Shown(board(g, gymtest.Carl())); !strings.Contains(got, "Thu 26 Nov 19:00") {
		t.Errorf("its card: %s", got)
	}
}

// TestWhatAWorkoutRefuses holds what people read who can't paste or save one.
func TestWhatAWorkoutRefuses(t *testing.T) {
	g := gymtest.New(t)
	g.Saved("wed 18:00")
	carl := gymtest.Carl()
	read := paste(g, carl, 3, metcon)
	var b strings.Builder
	say := func(what string, reply bot.Reply) {
		b.WriteString("# " + what + "\n" + golden.Shown(reply) + "\n")
	}
	for _, text := range []string{"blorb the snarf", "----", strings.Repeat("Back squat 5x5\n", button.LiftsMost+1)} {
		say("pasted: "+strings.SplitN(text, "\n", 2)[0], paste(g, carl, 3, text))
	}
	say("for a day without starts", paste(g, carl, 1, metcon))
	say("a member", g.Press(gymtest.Mia(), golden.ID(t, read, "Save"), nil))
	say("a member's form", paste(g, gymtest.Mia(), 3, metcon))
	say("someone of another server", g.Press(gymtest.Rita(), golden.ID(t, read, "Save"), nil))
	once := paste(g, carl, button.StartOf(schedule.SlotOf(wed())), metcon)
	g.Time = wed()
	say("the class has begun", g.Tap(carl, once, "Save"))
	g.Restart()
	say("after a restart", g.Tap(carl, read, "Save"))
	golden.Text(t, "workout-refusals", b.String())
}

// TestTheLongestWorkoutFitsAPost holds Discord's limits for what can be pasted.
func TestTheLongestWorkoutFitsAPost(t *testing.T) {
	g := gymtest.New(t)
	g.Saved("wed 18:00", func(s *schedule.Series) { s.Title, s.RoleID = strings.Repeat("*", 80), "1325750707814400008" })
	for name, lines := range map[string]string{
		"wide":  strings.Repeat("Back squat 5x5 @ 80%, 3x3 @ 85%, 2x2 @ 90%, 1x1 @ 95%, rest 2 min between sets\n", 20),
		"tall":  strings.Repeat("Back squat 5x5 @ 80%\n", 20),
		"words": strings.Repeat("@everyone <@1> **snarfs** 3x10 ~~x~~ ||y||\n", 20),
	} {
		read := paste(g, gymtest.Carl(), 3, lines)
		g.Tap(gymtest.Carl(), read, "Save")
		out := warmUp(g, wed())
		if err := out.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if text := golden.Shown(out); !strings.Contains(text, "And 9 more lines: ask your coach.") {
			t.Errorf("%s: %s", name, text)
		}
		ask := g.Tap(gymtest.Mia(), out, "Make it easier")
		page := g.Press(gymtest.Mia(), golden.Selects(ask.Parts)[0].ID, nil, "spinal_load")
		if next := g.Tap(gymtest.Mia(), page, "Next page"); !strings.Contains(golden.Shown(next), "Page 2 of 2") {
			t.Errorf("%s, the second page: %s", name, golden.Shown(next))
		}
	}
}
