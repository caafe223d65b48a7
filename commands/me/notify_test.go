package me_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestNotify shows what mia follows, and ends it.
func TestNotify(t *testing.T) {
	g := gymtest.New(t)
	var b golden.Table
	before := g.Dump()
	b.Row("/me notify", g.Run(gymtest.Mia(), "me notify", nil))
	for _, id := range []string{"notifyme1:none", "notifyme1:again", "notifyme1:show"} {
		g.Press(gymtest.Mia(), id, nil)
	}
	if g.Dump() != before {
		t.Error("something was kept before consent")
	}
	g.Agree(gymtest.Mia())
	g.Add(map[string]any{"at": "mon 18:00", "title": "Strength *easy*"})
	g.Add(map[string]any{"at": "wed fri 07:00"})
	all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID)
	if err != nil {
		t.Fatal(err)
	}
	g.Follow(gymtest.Mia(), schedule.Follow{Place: all[0].Place, ClassID: all[0].ID, Days: schedule.EveryDay})
	g.Follow(gymtest.Mia(), schedule.Follow{Place: all[0].Place, ClassID: all[1].ID, Days: schedule.EveryDay})
	g.Follow(gymtest.Mia(), schedule.Follow{Place: all[0].Place, Days: schedule.On(time.Monday) | schedule.On(time.Sunday)})
	g.Follow(gymtest.Mia(), schedule.Follow{Place: g.Place("1325750707814400055", "Annex_2"), Days: schedule.EveryDay})
	if err := g.Store.Quiet(t.Context(), gymtest.Mia().User, all[0].ID, g.Time.Add(6*time.Hour)); err != nil {
		t.Fatal(err)
	}
	shown := g.Run(gymtest.Mia(), "me notify", nil)
	b.Row("/me notify, with four", shown)
	b.Row("the first is picked", g.Press(gymtest.Mia(), "notifyme1:pick", nil, "1"))
	b.Row("once more", g.Press(gymtest.Mia(), "notifyme1:pick", nil, "1"))
	hours := golden.ID(t, shown, "Active hours")
	b.Row("Active hours", g.Press(gymtest.Mia(), hours, nil))
	b.Row("07:00-22:00", g.Press(gymtest.Mia(), "settingsset1:hours", map[string]string{"active": "07:00-22:00"}))
	b.Row("evenings", g.Press(gymtest.Mia(), "settingsset1:hours", map[string]string{"active": "evenings"}))
	if got := g.Set().Active; got != (schedule.Hours{From: 420, To: 1320}) {
		t.Errorf("active hours %v", got)
	}
	g.Run(gymtest.Mia(), "me pause", map[string]any{"until": "2026-12-05"})
	g.Closed(gymtest.Mia())
	if g.Set().DMsClosed.IsZero() {
		t.Fatal("a refused DM is not noted")
	}
	closed := g.Press(gymtest.Mia(), "notifyme1:show", nil)
	b.Row("paused and closed", closed)
	b.Row("Try again", g.Press(gymtest.Mia(), golden.ID(t, closed, "Try again"), nil))
	if m := g.Set(); !m.DMsClosed.IsZero() || m.PausedUntil.IsZero() || m.Active == (schedule.Hours{}) {
		t.Errorf("after Try again %+v", m)
	}
	sure := g.Press(gymtest.Mia(), golden.ID(t, shown, "Stop those before classes"), nil)
	b.Row("Stop those before classes", sure)
	g.Press(gymtest.Mia(), golden.ID(t, sure, "Keep them"), nil)
	if follows, _ := g.Store.Follows(t.Context(), gymtest.Mia().User); len(follows) != 3 {
		t.Errorf("%d follows before the yes", len(follows))
	}
	b.Row("Yes, stop all", g.Press(gymtest.Mia(), golden.ID(t, sure, "Yes, stop all"), nil))
	b.Compare(t, "notify-table")
}

// TestNotifyFitsTheMostFollows keeps the card within Discord's limits.
func TestNotifyFitsTheMostFollows(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	for i := range schedule.FollowsMax {
		g.Add(map[string]any{"at": fmt.Sprintf("every 2 weeks mon tue wed thu fri sat sun %02d:05 12:10 13:15 from 2026-12-05", i%12), "title": strings.Repeat("*", 60)})
		all, _ := g.Store.SeriesOf(t.Context(), gymtest.IronID)
		g.Follow(gymtest.Mia(), schedule.Follow{Place: all[i].Place, ClassID: all[i].ID, Days: schedule.EveryDay})
	}
	g.Run(gymtest.Mia(), "me notify", nil)
}
