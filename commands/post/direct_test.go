package post_test

import (
	"context"
	"errors"
	"fmt"
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

// evening is when the classes of these tests start: on Sunday at 18:00 in Lisbon.
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
	if err := g.Store.Skip(t.Context(), s.ID, schedule.Start{At: evening, Planned: evening, Slot: schedule.SlotOf(evening)}, schedule.By{At: g.Time}); err != nil {
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

// TestReminderRoutines holds that a reminder opens the routine that it names by
// id or by kind, and the gentle one if that name is unknown by now.
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

// TestNoticesFail holds that a fault of the store reaches the caller as it is, so
// that a DM can be sent later.
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
