package post_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/post"
	"unpinch/schedule"
)

// evening is when the classes of these tests start: Sunday at 18:00, in Lisbon.
var evening = time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)

// TestDMs renders each DM.
func TestDMs(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	s, bare := g.Saved("sun 18:00", func(s *schedule.Series) { s.Title = "Strength *A*" }), g.Saved("sun 18:00")
	brk := g.Saved("daily 11:00", desk)
	g.Time = evening.Add(-10 * time.Minute)
	o := func(s schedule.Series, kind schedule.Kind, start time.Time) schedule.Occurrence {
		return schedule.Occurrence{ID: 7, ClassID: s.ID, Kind: kind, DueAt: g.Time, StartAt: start, UserID: gymtest.Mia().User}
	}
	dm := func(name string, o schedule.Occurrence) bot.Reply {
		t.Helper()
		reply := must(t)(posted(g, o))
		golden.Reply(t, name, reply)
		if reply.PingRole != "" || len(reply.Files) > 0 {
			t.Errorf("%s pings or shows something", name)
		}
		return reply
	}
	dm("dm-notice", o(s, schedule.KindNotice, evening))
	dm("dm-notice-untitled", o(bare, schedule.KindNotice, evening))
	dm("dm-notice-desk", o(brk, schedule.KindNotice, evening.Add(-7*time.Hour)))
	out := g.Post(s, schedule.KindPre, g.Time, schedule.StateSent, "")
	linked := dm("dm-notice-linked", o(s, schedule.KindNotice, evening))
	if n := len(golden.Buttons(linked.Parts)); n != 4 {
		t.Errorf("%d buttons, want the link to the post too", n)
	}
	if err := g.Store.Tidied(t.Context(), out.ID, g.Time); err != nil {
		t.Fatal(err)
	}
	dm("dm-notice", o(s, schedule.KindNotice, evening)) // the post is away
	g.Time = evening.Add(-61 * time.Second)
	if got := golden.Shown(must(t)(posted(g, o(s, schedule.KindNotice, evening)))); !strings.Contains(got, "in 2 min.") {
		t.Errorf("a minute before the start: %s", got)
	}
	moot := func(kind schedule.Kind) {
		t.Helper()
		if _, err := posted(g, o(s, kind, evening)); !errors.Is(err, post.ErrMoot) {
			t.Errorf("%s: %v, want it left out", kind, err)
		}
	}
	moot(schedule.KindOff) // it takes place
	if err := g.Store.Skip(t.Context(), s.ID, schedule.Start{At: evening, Planned: evening}, schedule.By{At: g.Time}); err != nil {
		t.Fatal(err)
	}
	dm("dm-off", o(s, schedule.KindOff, evening))
	moot(schedule.KindNotice)
	dm("dm-ask", o(s, schedule.KindAsk, evening))
	for _, f := range []schedule.Follow{{ClassID: s.ID, Days: schedule.EveryDay}, {Days: schedule.On(time.Sunday)}} {
		f.UserID, f.Place = gymtest.Mia().User, s.Place
		if _, err := posted(g, o(s, schedule.KindConfirm, g.Time)); f.ClassID != 0 && !errors.Is(err, post.ErrMoot) {
			t.Errorf("nothing is followed: %v", err)
		}
		if err := g.Store.Follow(t.Context(), f, s, g.Time); err != nil {
			t.Fatal(err)
		}
		dm(card.Either(f.ClassID != 0, "dm-confirm", "dm-confirm-both"), o(s, schedule.KindConfirm, g.Time))
	}
	nudge := dm("dm-nudge", schedule.Occurrence{ID: 7, Kind: schedule.KindNudge, DueAt: g.Time, StartAt: g.Time, UserID: gymtest.Mia().User})
	if len(golden.Buttons(nudge.Parts)) != 0 || nudge.Mark != bot.MarkLow+7 {
		t.Errorf("a nudge says more than it was asked to: %+v", nudge)
	}
	if _, err := posted(g, schedule.Occurrence{ID: 7, ClassID: 999, Kind: schedule.KindNotice, UserID: gymtest.Mia().User}); !errors.Is(err, schedule.ErrNoClass) {
		t.Errorf("a DM of no class: %v", err)
	}
}

// TestReminderRoutines: a reminder opens the routine that it names, whether by
// id or by kind; one that is unknown by now opens the gentle one.
func TestReminderRoutines(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	var opens golden.Table
	for _, name := range []string{"desk", "calm", "pre", "post", "pre-10", "mine", "gone", ""} {
		rule, err := schedule.Parse("weekdays 11:00")
		if err != nil {
			t.Fatal(err)
		}
		id, err := g.Store.AddReminder(t.Context(), gymtest.Mia().User, rule, "Europe/Lisbon", name, g.Time)
		if err != nil {
			t.Fatal(err)
		}
		o := schedule.Occurrence{ID: 7, ClassID: id, GuildID: schedule.HomeGuild, Kind: schedule.KindReminder, DueAt: g.Time, StartAt: g.Time, UserID: gymtest.Mia().User}
		reply := must(t)(posted(g, o))
		if name == "desk" {
			golden.Reply(t, "dm-reminder", reply)
		}
		b := golden.Buttons(reply.Parts)[0]
		opens.WriteString(fmt.Sprintf("%q: [%s] %s\n", name, b.Label, b.ID))
		if name != "mine" {
			if got := golden.Shown(g.Press(inDM(gymtest.Mia()), b.ID, nil)); !strings.Contains(got, "Step 1 of ") {
				t.Errorf("%q opens %s", name, got)
			}
		}
	}
	opens.Compare(t, "dm-reminder-routines")
}

// TestPressesOnDMs goes through what each button does, pressed twice, early and
// late.
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
	if err := g.Store.Skip(t.Context(), s.ID, schedule.Start{At: evening, Planned: evening}, schedule.By{At: g.Time}); err != nil {
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

// TestPressesOnOtherDMs: a reminder, a desk break and the question to a creator.
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

// TestOthersPressDMs presses every button on every DM, real and made up, as
// everybody whom it did not go to: they see nothing and change nothing.
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
	// Whose they are presses what the DM does not have.
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

// brokenNotices is a store of notices that can't be read or written.
type brokenNotices struct {
	commands.Notices
	err error
}

func (b brokenNotices) Follows(context.Context, string) ([]schedule.Follow, error) { return nil, b.err }

func (b brokenNotices) Member(context.Context, string) (schedule.Member, error) {
	return schedule.Member{}, b.err
}

func (b brokenNotices) Snooze(context.Context, schedule.Occurrence, time.Time) error { return b.err }

func (b brokenNotices) Quiet(context.Context, string, int64, time.Time) error { return b.err }

// TestNoticesFail: a fault of the store is a fault, in no words of ours, and a
// DM that it hits can be sent later.
func TestNoticesFail(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	s := g.Saved("sun 18:00")
	notice := g.Dm(s, schedule.KindNotice, gymtest.Mia(), g.Time, evening)
	full := errors.New("disk full")
	g.Notices = brokenNotices{g.Notices, full}
	g.Restart()
	var ids []string
	for _, act := range []button.NoticeAct{button.NoticeSnooze, button.NoticeToday, button.NoticeStop} {
		ids = append(ids, button.NoticeID.For(button.NoticeState{Act: act, ID: notice.ID}))
	}
	for _, act := range []button.FollowAct{button.FollowShow, button.FollowAsk, button.FollowStop, button.FollowClass} {
		ids = append(ids, button.FollowID.For(button.FollowState{Act: act, ID: s.ID}))
	}
	for _, id := range ids {
		if _, err := g.Part(id).Press(t.Context(), gymtest.Mia().Request(g, nil), id); !errors.Is(err, full) {
			t.Errorf("%s: %v, want the store's fault", id, err)
		}
	}
	for _, kind := range []schedule.Kind{schedule.KindConfirm, schedule.KindNudge} {
		if _, err := posted(g, schedule.Occurrence{ID: 7, ClassID: s.ID, Kind: kind, UserID: gymtest.Mia().User}); !errors.Is(err, full) || errors.Is(err, post.ErrRender) || errors.Is(err, post.ErrMoot) {
			t.Errorf("%s: %v, want the store's fault", kind, err)
		}
	}
}
