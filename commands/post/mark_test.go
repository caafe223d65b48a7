package post_test

import (
	"slices"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/post"
	"unpinch/schedule"
)

// TestEveryMessageIsMarked holds that each message, of whatever kind, bears its
// own mark and no other's.
func TestEveryMessageIsMarked(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	g.Add(map[string]any{"at": "mon 18:00"})
	s := g.Only()
	s.BrokenAt, s.BrokenWhy = g.Time, schedule.ReasonLocked
	if err := g.Store.Follow(t.Context(), schedule.Follow{UserID: gymtest.Mia().User, Place: s.Place, Days: schedule.EveryDay}, s, g.Time); err != nil {
		t.Fatal(err)
	}
	done := g.Post(s, schedule.KindPre, g.Time.Add(-time.Hour), schedule.StateSent, "")
	for range enough {
		if _, err := g.Store.Press(t.Context(), done.ID, true, g.Time); err != nil {
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
			o := schedule.Occurrence{ID: id, ClassID: s.ID, Kind: kind, DueAt: g.Time, StartAt: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)}
			if kind == schedule.KindOff {
				s.Skips = []schedule.Slot{schedule.SlotOf(o.StartAt)}
			}
			if !kind.Post() && kind != schedule.KindLog {
				o.UserID = gymtest.Mia().User
			}
			mark := post.MessageMark(o)
			reply := must(t)(g.Render(s, o, false))
			if reply.Mark != mark.Number {
				t.Errorf("%s: marked %d, want %d", kind, reply.Mark, mark.Number)
			}
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
