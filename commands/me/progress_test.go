package me_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/content"
	"unpinch/schedule"
)

// TestProgressFromNothingToForget follows a member who counts a day, takes it
// back, and is forgotten. It is a Sunday.
func TestProgressFromNothingToForget(t *testing.T) {
	g := gymtest.New(t)
	before := g.Dump()
	nothing := g.Run(gymtest.Mia(), "me progress", nil)
	golden.Reply(t, "progress-nothing", nothing)
	ask := g.Press(gymtest.Mia(), golden.ID(t, nothing, "Count today"), nil)
	golden.Reply(t, "progress-consent", ask)
	golden.Reply(t, "progress-nothing", g.Press(gymtest.Mia(), golden.ID(t, ask, "No, keep nothing"), nil))
	golden.Reply(t, "progress-nothing", g.Press(gymtest.Mia(), "progress1:back", nil))
	if g.Dump() != before {
		t.Fatal("something was kept before consent")
	}
	first := g.Press(gymtest.Mia(), golden.ID(t, ask, "I agree, and I am 16 or older, or my parent agrees"), nil)
	golden.Reply(t, "progress-first", first)
	kept := g.Dump()
	for range 2 { // an old card, a double press
		golden.Reply(t, "progress-first", g.Press(gymtest.Mia(), golden.ID(t, nothing, "Count today"), nil))
	}
	if g.Dump() != kept {
		t.Error("a second press counted again")
	}
	none := g.Press(gymtest.Mia(), golden.ID(t, first, "Take today back"), nil)
	golden.Reply(t, "progress-none", none)
	golden.Reply(t, "progress-first", g.Press(gymtest.Mia(), golden.ID(t, none, "Count today"), nil))
	if rows, err := g.Store.Forget(t.Context(), gymtest.Mia().User); rows != 2 || err != nil {
		t.Errorf("forgot %d rows, %v, want 2", rows, err)
	}
	golden.Reply(t, "progress-nothing", g.Run(gymtest.Mia(), "me progress", nil))
	if g.Dump() != before {
		t.Errorf("something is left:\n%s", g.Dump())
	}
}

func TestProgressShowsTwelveWeeks(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	g.Counted("2026-08-30", // the Sunday before the first week
		"2026-08-31", "2026-09-02", "2026-09-04", "2026-09-04", // its Monday; a day counted twice is one
		"2026-10-25",                             // a clock change
		"2026-11-09", "2026-11-10", "2026-11-11", // a full week
		"2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21") // rests today
	golden.Reply(t, "progress-twelve", g.Run(gymtest.Mia(), "me progress", nil))
	golden.Reply(t, "progress-daily", g.Press(gymtest.Mia(), "progress1:count", nil))
	plain := gymtest.Mia()
	plain.App = bot.SendMessages
	reply := g.Run(plain, "me progress", nil)
	if len(reply.Files) > 0 || !strings.Contains(golden.Shown(reply), "every day") {
		t.Errorf("without the permission to attach files: %s", golden.Shown(reply))
	}
}

// TestProgressIsDrawn holds that the catalogue's words fit the picture, whatever
// the day, and that the alternative text fits Discord.
func TestProgressIsDrawn(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	for i := range 400 {
		g.Counted(schedule.DateOf(gymtest.Noon.AddDate(0, 0, -i)).String())
	}
	for _, back := range []int{0, 40, 80, 120, 160, 200, 240, 280} {
		g.Time = gymtest.Noon.AddDate(0, 0, -back)
		reply := g.Run(gymtest.Mia(), "me progress", nil)
		if len(reply.Files) != 1 || len(reply.Files[0].Data) > 60<<10 {
			t.Fatalf("%v: no picture, or one over 60 KB", g.Time)
		}
	}
}

// TestTodayIsTheMembersOwn: the day turns with the member's clock, or with the
// server's, or else with UTC.
func TestTodayIsTheMembersOwn(t *testing.T) {
	for _, tc := range []struct {
		name, zone string // that the member chose
		who        gymtest.Person
		bare       bool
		want       string
	}{
		{"server's place", "", gymtest.Mia(), false, "2026-06-30"},
		{"server without one", "", gymtest.Mia(), true, "2026-06-29"},
		{"DM", "", gymtest.Person{User: gymtest.Mia().User}, false, "2026-06-29"},
		{"chosen", "America/New_York", gymtest.Mia(), false, "2026-06-29"},
		{"chosen, far east", "Pacific/Auckland", gymtest.Mia(), true, "2026-06-30"},
	} {
		g := gymtest.New(t)
		if tc.bare {
			g = gymtest.New(t, true)
		}
		g.Agree(gymtest.Mia())
		if tc.zone != "" {
			if err := g.Store.SetMember(t.Context(), schedule.Member{UserID: gymtest.Mia().User, Zone: tc.zone, Locale: "en"}, time.Time{}, g.Time); err != nil {
				t.Fatal(err)
			}
		}
		g.Time = time.Date(2026, 6, 29, 23, 30, 0, 0, time.UTC)
		g.Press(tc.who, "progress1:count", nil)
		first, last := schedule.Date{Year: 2026, Month: 6, Day: 1}, schedule.Date{Year: 2026, Month: 7, Day: 31}
		days, err := g.Store.Sessions(t.Context(), gymtest.Mia().User, first, last)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := schedule.ParseDate(tc.want)
		if len(days) != 1 || days[want] != 1 {
			t.Errorf("%s: counted %v, want %s", tc.name, days, tc.want)
		}
	}
}

// broken is a store that fails.
type broken struct{ err error }

func (b broken) CountDay(context.Context, string, schedule.Date) (bool, error) { return false, b.err }
func (b broken) ClearDay(context.Context, string, schedule.Date) error         { return b.err }
func (b broken) Sessions(context.Context, string, schedule.Date, schedule.Date) (map[schedule.Date]int, error) {
	return nil, b.err
}
func (b broken) OwnRoutine(context.Context, string) ([]content.OwnEntry, error) { return nil, b.err }
func (b broken) SaveOwnRoutine(context.Context, string, []content.OwnEntry) (bool, error) {
	return false, b.err
}

func TestTrainingFaultsReachTheRouter(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	full := errors.New("disk full")
	g.Training = broken{full}
	g.Restart()
	press := func(customID string, fields map[string]string) error {
		req := gymtest.Mia().Request(g, nil)
		req.Fill(fields)
		_, err := g.Part(customID).Press(t.Context(), req, customID)
		return err
	}
	for _, id := range []string{"progress1:count", "progress1:back", "own1:delete", "own1:sources", "ownform1:show", "ownset1:show"} {
		if err := press(id, map[string]string{"lines": "chin tuck 8x5s"}); !errors.Is(err, full) {
			t.Errorf("%s: %v, want the store's fault", id, err)
		}
	}
	for _, name := range []string{"progress", "routine"} {
		if _, err := subs(t, g.Deps)[name].Run(t.Context(), gymtest.Mia().Request(g, nil)); !errors.Is(err, full) {
			t.Errorf("/me %s: %v, want the store's fault", name, err)
		}
	}
}
