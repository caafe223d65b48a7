package class_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unpinch/commands/place"
	"unpinch/timetable"

	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

func TestClassList(t *testing.T) {
	g := gymtest.New(t)
	golden.Reply(t, "class-list-none", g.Run(gymtest.Mia(), "class list", nil))
	g.Add(map[string]any{"at": "mon 18:00", "title": "Strength"})
	one := g.Run(gymtest.Mia(), "class list", nil)
	golden.Reply(t, "class-list-one", one)
	if got, want := golden.Shown(g.Press(gymtest.Mia(), "class1:show/0/0", nil, "1")), golden.Shown(g.Press(gymtest.Mia(), "class1:show/1/0", nil)); got != want {
		t.Errorf("picking the class shows %s, want %s", got, want)
	}
	for range 24 {
		g.Add(map[string]any{"at": "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th 13th 14th 15th 31st 06:00 07:30", "title": strings.Repeat("ß", timetable.MaxTitle)})
	}
	if labels := golden.Labels(g.Run(gymtest.Mia(), "class list", nil)); slices.Contains(labels, "All classes") {
		t.Errorf("25 classes stand in the select, and need no list of all: %q", labels)
	}
	g.Add(map[string]any{"at": "sun 09:00"})
	first := g.Tap(gymtest.Mia(), g.Run(gymtest.Mia(), "class list", nil), "All classes")
	second := g.Press(gymtest.Mia(), golden.ID(t, first, "Next page"), nil)
	golden.Reply(t, "class-list-26", first)
	golden.Reply(t, "class-list-26-last", second)
	if got := golden.Shown(g.Press(gymtest.Mia(), golden.ID(t, second, "Previous page"), nil)); got != golden.Shown(first) {
		t.Errorf("back on the first page: %s", got)
	}
	for _, page := range []int64{-1, 0, math.MinInt64} {
		if got := golden.Shown(g.Press(gymtest.Mia(), "class1:"+gymtest.ClassText(0, page, button.ActList), nil)); got != golden.Shown(first) {
			t.Errorf("page %d: %s", page, got)
		}
	}
	for _, page := range []int64{3, math.MaxInt32, math.MaxInt64} {
		if got := golden.Shown(g.Press(gymtest.Mia(), "class1:"+gymtest.ClassText(0, page, button.ActList), nil)); got != golden.Shown(second) {
			t.Errorf("page %d: %s", page, got)
		}
	}
}

// TestHistory has a post in each state and with each reason.
func TestHistory(t *testing.T) {
	g := gymtest.New(t)
	golden.Reply(t, "class-history-none", g.Run(gymtest.Mia(), "class history", nil))
	g.Add(map[string]any{"at": "mon 18:00", "title": "Strength"})
	s := g.Only()
	day := g.Time
	next := func() time.Time { day = day.Add(24 * time.Hour); return day }
	for _, why := range []schedule.Reason{schedule.ReasonSkipped, schedule.ReasonPaused, schedule.ReasonClosed, schedule.ReasonAway, schedule.ReasonBroken, schedule.ReasonRemoved} {
		g.Post(s, schedule.KindPre, next(), schedule.StateSkipped, why)
	}
	for _, why := range []schedule.Reason{schedule.ReasonChannel, schedule.ReasonAccess, schedule.ReasonPermission, schedule.ReasonLocked,
		schedule.ReasonRefused, schedule.ReasonGaveUp, schedule.ReasonRule} {
		g.Post(s, schedule.KindCoolDown, next(), schedule.StateFailed, why)
	}
	g.Post(s, schedule.KindPre, next(), schedule.StateUnknown, schedule.ReasonUnreadable)
	g.Post(s, schedule.KindNow, next(), schedule.StateReplaced, "")
	g.Post(s, schedule.KindCoolDown, next(), schedule.StateLate, "")
	taken := g.Post(s, schedule.KindPre, next(), schedule.StateSent, "")
	if err := g.Store.Tidied(t.Context(), taken.ID, day); err != nil {
		t.Fatal(err)
	}
	g.Post(s, schedule.KindPre, next(), schedule.StateSent, "")
	g.Post(s, schedule.KindAlert, next(), schedule.StateSkipped, schedule.ReasonClosedDM) // not in the history
	g.Post(s, schedule.KindPre, next(), schedule.StateDue, "")
	one := g.Press(gymtest.Mia(), "class1:history/1/1", nil)
	golden.Reply(t, "class-history-1", one)
	golden.Reply(t, "class-history-2", g.Press(gymtest.Mia(), golden.ID(t, one, "Next page"), nil))
	first := g.Run(gymtest.Mia(), "class history", nil)
	golden.Reply(t, "class-history-all", first)
	second := g.Press(gymtest.Mia(), golden.ID(t, first, "Next page"), nil)
	if got := golden.Shown(g.Press(gymtest.Mia(), golden.ID(t, second, "Previous page"), nil)); got != golden.Shown(first) {
		t.Errorf("back on the first page: %s", got)
	}
	for _, page := range []int64{-3, 0, 3, math.MinInt64, math.MaxInt64, math.MaxInt64/10 + 2} {
		if got := golden.Shown(g.Press(gymtest.Mia(), "class1:"+gymtest.ClassText(0, page, button.ActHistory), nil)); got != golden.Shown(first) {
			t.Errorf("page %d: %s", page, got)
		}
	}
	g.Press(gymtest.Carl(), button.ClassID.For(button.ClassState{Act: button.ActRemove, ID: s.ID, N: 0}), nil)
	if got := golden.Shown(g.Run(gymtest.Mia(), "class history", nil)); !strings.Contains(got, "warm-up: **sent**") || strings.Contains(got, "Strength") {
		t.Errorf("the history of a removed class: %s", got)
	}
}

// TestLongestHistory holds that ten of the longest lines fit.
func TestLongestHistory(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00", "title": strings.Repeat("_", timetable.MaxTitle)})
	for i := range 12 {
		g.Post(g.Only(), schedule.KindCoolDown, g.Time.Add(time.Duration(i)*time.Hour), schedule.StateLate, schedule.ReasonRemoved)
	}
	g.Run(gymtest.Mia(), "class history", nil)
	g.Sydney()
	long := g.Only().Place
	long.Name = strings.Repeat("*", place.NameMax)
	if _, err := g.Store.SavePlace(t.Context(), long, schedule.By{At: g.Time}); err != nil {
		t.Fatal(err)
	}
	g.Run(gymtest.Mia(), "class history", nil)
}
