package post_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestPressesOnDMs presses each button on a class's DMs, twice, early and late.
func TestPressesOnDMs(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	me := inDM(gymtest.Mia())
	s := g.Saved("sun 18:00")
	g.Time = evening.Add(-30 * time.Minute)
	notice := g.Dm(s, schedule.KindNotice, gymtest.Mia(), g.Time, evening)
	press := func(act button.NoticeAct, id int64) bot.Reply {
		return g.Press(me, button.NoticeID.For(button.NoticeState{Act: act, ID: id}), nil)
	}
	var said golden.Table
	step := func(name string, at time.Time, act button.NoticeAct, id int64, wait string) {
		t.Helper()
		g.Time = at
		said.Row(name, press(act, id))
		if got := g.Waiting(gymtest.Mia()); got != wait {
			t.Errorf("%s: %q waits to be sent, want %q", name, got, wait)
		}
	}
	step("snooze", evening.Add(-30*time.Minute), button.NoticeSnooze, notice.ID, "notice 17:45:00")
	step("snooze again", evening.Add(-29*time.Minute), button.NoticeSnooze, notice.ID, "notice 17:46:00")
	step("snooze close to the start", evening.Add(-10*time.Minute), button.NoticeSnooze, notice.ID, "notice 17:59:00")
	step("two minutes before", evening.Add(-2*time.Minute-time.Second), button.NoticeSnooze, notice.ID, "notice 17:59:00")
	step("less", evening.Add(-2*time.Minute), button.NoticeSnooze, notice.ID, "notice 17:59:00")
	step("after the start", evening.Add(time.Hour), button.NoticeSnooze, notice.ID, "notice 17:59:00")
	g.Time = evening.Add(-30 * time.Minute)
	follow := func(f schedule.Follow) {
		t.Helper()
		f.UserID, f.Place = gymtest.Mia().User, s.Place
		if err := g.Store.Follow(t.Context(), f, s, g.Time); err != nil {
			t.Fatal(err)
		}
	}
	step("not today, nothing is followed", g.Time, button.NoticeToday, notice.ID, "")
	follow(schedule.Follow{Days: schedule.EveryDay})
	step("not today", g.Time, button.NoticeToday, notice.ID, "confirm 17:30:00")
	step("not today again", g.Time, button.NoticeToday, notice.ID, "confirm 17:30:00")
	followers, err := g.Store.Followers(t.Context(), s, evening)
	if want := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC); err != nil || len(followers) != 1 || !followers[0].QuietUntil.Equal(want) {
		t.Errorf("quiet: %+v, %v, want until %v", followers, err, want)
	}
	follow(schedule.Follow{ClassID: s.ID, Days: schedule.EveryDay})
	step("stop", g.Time, button.NoticeStop, notice.ID, "confirm 17:30:00")
	step("stop again", g.Time, button.NoticeStop, notice.ID, "confirm 17:30:00")
	if got := g.FollowsOf(gymtest.Mia()); got != "" {
		t.Errorf("mia follows %q still", got)
	}
	confirm := g.Newest(schedule.KindConfirm)
	follow(schedule.Follow{Days: schedule.On(time.Sunday)})
	step("stop on the DM that confirms", g.Time, button.NoticeStop, confirm.ID, "confirm 17:30:00")
	if err := g.Store.Skip(t.Context(), s.ID, schedule.Start{At: evening, Planned: evening, Slot: schedule.SlotOf(evening)}, schedule.By{At: g.Time}); err != nil {
		t.Fatal(err)
	}
	step("snooze what is off since", g.Time, button.NoticeSnooze, notice.ID, "confirm 17:30:00")
	if err := g.Store.Remove(t.Context(), s.ID, schedule.By{At: g.Time}); err != nil {
		t.Fatal(err)
	}
	for _, act := range []button.NoticeAct{button.NoticeSnooze, button.NoticeToday, button.NoticeStop} {
		said.Row(string(act)+" of a class that is gone", press(act, notice.ID))
	}
	said.Compare(t, "dm-pressed")
}

// TestPressesOnOtherDMs presses the buttons on the DMs of a reminder and a desk
// break, and on the question to a class's creator.
func TestPressesOnOtherDMs(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	rule, err := schedule.Parse("daily 12:00")
	if err != nil {
		t.Fatal(err)
	}
	id, err := g.Store.AddReminder(t.Context(), gymtest.Mia().User, rule, "Europe/Lisbon", "desk", g.Time.Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	mine, err := g.Store.Reminders(t.Context(), gymtest.Mia().User)
	if err != nil || len(mine) != 1 {
		t.Fatalf("%d reminders, %v", len(mine), err)
	}
	reminder := g.Dm(mine[0], schedule.KindReminder, gymtest.Mia(), g.Time, g.Time)
	brk := g.Saved("daily 12:00", desk)
	pause := g.Dm(brk, schedule.KindNotice, gymtest.Mia(), g.Time, g.Time)
	ask := g.Dm(brk, schedule.KindAsk, gymtest.Carl(), g.Time, g.Time)
	me := inDM(gymtest.Mia())
	var said golden.Table
	said.Row("snooze a reminder", g.Press(me, button.NoticeID.For(button.NoticeState{Act: button.NoticeSnooze, ID: reminder.ID}), nil))
	said.Row("snooze a desk break", g.Press(me, button.NoticeID.For(button.NoticeState{Act: button.NoticeSnooze, ID: pause.ID}), nil))
	if got := g.Waiting(gymtest.Mia()); got != "reminder 12:15:00, notice 12:15:00" {
		t.Errorf("%q waits", got)
	}
	said.Row("stop the reminder", g.Press(me, button.NoticeID.For(button.NoticeState{Act: button.NoticeStop, ID: reminder.ID}), nil))
	said.Row("and again", g.Press(me, button.NoticeID.For(button.NoticeState{Act: button.NoticeStop, ID: reminder.ID}), nil))
	if _, err := g.Store.Series(t.Context(), id); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("the reminder is there still: %v", err)
	}
	before := g.Dump()
	said.Row("leave it as it is", g.Press(inDM(gymtest.Carl()), button.NoticeID.For(button.NoticeState{Act: button.NoticeKeep, ID: ask.ID}), nil))
	said.Row("again", g.Press(inDM(gymtest.Carl()), button.NoticeID.For(button.NoticeState{Act: button.NoticeKeep, ID: ask.ID}), nil))
	if g.Dump() != before {
		t.Error("leaving a class as it is changed something")
	}
	said.Compare(t, "dm-pressed-other")
}

// TestOthersPressDMs holds that the buttons of a DM, real or made up, show and
// change nothing for people whom the DM did not go to.
func TestOthersPressDMs(t *testing.T) {
	g := gymtest.New(t)
	for _, p := range []gymtest.Person{gymtest.Mia(), gymtest.Carl(), gymtest.Rita()} {
		g.Agree(p)
	}
	s := g.Saved("sun 18:00", func(s *schedule.Series) { s.Title = "Ours" })
	if err := g.Store.Follow(t.Context(), schedule.Follow{UserID: gymtest.Mia().User, Place: s.Place, Days: schedule.EveryDay}, s, g.Time); err != nil {
		t.Fatal(err)
	}
	out := g.Post(s, schedule.KindPre, g.Time, schedule.StateSent, "")
	ids := []int64{0, -1, 999, out.ID}
	for _, kind := range []schedule.Kind{schedule.KindNotice, schedule.KindConfirm, schedule.KindOff, schedule.KindReminder, schedule.KindAsk, schedule.KindNudge, schedule.KindAlert} {
		ids = append(ids, g.Dm(s, kind, gymtest.Mia(), g.Time, evening).ID)
	}
	acts := []button.NoticeAct{button.NoticeSnooze, button.NoticeToday, button.NoticeStop, button.NoticeKeep, "", "drop"}
	before, kicks := g.Dump(), g.Kicks
	for who, p := range map[string]gymtest.Person{"carl": inDM(gymtest.Carl()), "olga in the server": gymtest.Olga(), "rita": gymtest.Rita()} {
		for _, id := range ids {
			for _, act := range acts {
				reply := g.Press(p, button.NoticeID.For(button.NoticeState{Act: act, ID: id}), nil)
				if !strings.HasPrefix(golden.Shown(reply), "There is nothing left to do here") || len(golden.Buttons(reply.Parts)) > 0 {
					t.Errorf("%s pressed %s of %d and got %s", who, act, id, golden.Shown(reply))
				}
			}
		}
	}
	buttons := map[schedule.Kind][]button.NoticeAct{
		schedule.KindNotice:   {button.NoticeSnooze, button.NoticeToday, button.NoticeStop},
		schedule.KindConfirm:  {button.NoticeStop},
		schedule.KindReminder: {button.NoticeSnooze, button.NoticeStop},
		schedule.KindAsk:      {button.NoticeKeep},
	}
	// The person whom the DMs went to presses what they don't have.
	for _, id := range ids {
		o, err := g.Store.Occurrence(t.Context(), id)
		for _, act := range acts {
			if err == nil && slices.Contains(buttons[o.Kind], act) && o.UserID != "" {
				continue
			}
			if got := golden.Shown(g.Press(inDM(gymtest.Mia()), button.NoticeID.For(button.NoticeState{Act: act, ID: id}), nil)); !strings.HasPrefix(got, "There is nothing left") {
				t.Errorf("mia pressed %s of %s and got %s", act, o.Kind, got)
			}
		}
	}
	for _, odd := range []string{"notice1:", "notice1:stop", "notice1:stop/x", "notice1:stop/1/2", "notice1:stop/99999999999999999999"} {
		if got := golden.Shown(g.Press(inDM(gymtest.Mia()), odd, nil)); !strings.HasPrefix(got, "This button is from") {
			t.Errorf("%s led to %s", odd, got)
		}
	}
	if g.Dump() != before || g.Kicks != kicks {
		t.Error("someone changed what is another's")
	}
}
