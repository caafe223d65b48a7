package class_test

import (
	"fmt"
	"math"
	"regexp"
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

// TestWeek shows a week with everything that a start can be.
func TestWeek(t *testing.T) {
	g := gymtest.New(t)
	sydney := g.Sydney()
	strength := g.Saved("mon wed fri 18:00", func(s *schedule.Series) { s.Title = "Strength" })
	g.Saved("tue 06:00", func(s *schedule.Series) { s.Place = sydney })
	g.Saved("weekdays 11:00 15:00", func(s *schedule.Series) { s.Purpose = schedule.ForDesk })
	paused := g.Saved("sat 10:00", func(s *schedule.Series) { s.Title = "Open gym ~~*" })
	card := g.Press(gymtest.Carl(), "class1:"+gymtest.ClassText(strength.ID, 0, button.ActShow), nil)
	g.Tap(gymtest.Carl(), card, "Skip Mon 23 Nov 18:00")
	form := g.Tap(gymtest.Carl(), g.Press(gymtest.Carl(), "class1:"+gymtest.ClassText(strength.ID, 0, button.ActShift), nil), "Move Wed 25 Nov 18:00 once")
	g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"at": "2026-11-25 19:30"})
	pause := g.Tap(gymtest.Carl(), g.Press(gymtest.Carl(), "class1:"+gymtest.ClassText(paused.ID, 0, button.ActShow), nil), "Pause until")
	g.Press(gymtest.Carl(), pause.Modal.ID, map[string]string{"until": "2026-12-01"})

	week := g.Run(gymtest.Mia(), "class list", nil)
	golden.Reply(t, "class-week", week)
	golden.Reply(t, "class-week-next", g.Tap(gymtest.Mia(), week, "From Sun 29 Nov"))
	golden.Reply(t, "class-week-place", g.Run(gymtest.Mia(), "class list", map[string]any{"place": "Sydney hall"}))
	golden.Reply(t, "class-week-notify", g.Tap(gymtest.Mia(), g.Press(gymtest.Mia(), "class1:show/0/0", nil, fmt.Sprint(strength.ID)), "Notify me"))
	for _, n := range []int64{-1, 1, math.MinInt64, math.MaxInt64, 19990101 * 100_000, 20991399*100_000 + 99_999} {
		if got := golden.Shown(g.Press(gymtest.Mia(), "class1:"+gymtest.ClassText(0, n, button.ActWeek), nil)); got != golden.Shown(week) {
			t.Errorf("page %d shows %s", n, got)
		}
	}
}

// TestWeekOfMany walks a week that no picture holds: every start is on one page.
func TestWeekOfMany(t *testing.T) {
	gymtest.Slow(t)
	g := gymtest.New(t)
	for i := range schedule.ClassesMax {
		g.Saved("mon 18:00", func(s *schedule.Series) { s.Title = fmt.Sprintf("Class %d %s", i, strings.Repeat("W", 45)) })
	}
	page, seen := g.Run(gymtest.Mia(), "class list", nil), map[string]bool{}
	for range 10 {
		fits(t, page)
		for _, class := range regexp.MustCompile(`18:00 (Class \d+)`).FindAllStringSubmatch(strings.Join(golden.Texts(page.Parts), "\n"), -1) {
			if seen[class[1]] {
				t.Errorf("%s is on two pages", class[1])
			}
			seen[class[1]] = true
		}
		if !slices.Contains(golden.Labels(page), "Rest of these days") {
			break
		}
		page = g.Tap(gymtest.Mia(), page, "Rest of these days")
	}
	if len(seen) != schedule.ClassesMax {
		t.Errorf("the pages show %d classes, want %d", len(seen), schedule.ClassesMax)
	}
	golden.Reply(t, "class-week-last", page)
	if first := g.Tap(gymtest.Mia(), page, "From today"); len(first.Files) != 1 {
		t.Error("back on the first page there is no picture")
	}
}

// fits holds a card to what Discord takes.
func fits(t *testing.T, r bot.Reply) {
	t.Helper()
	if n := len([]rune(strings.Join(golden.Texts(r.Parts), "\n"))); n > 4000 {
		t.Errorf("the card has %d characters, at most 4000", n)
	}
	for _, f := range r.Files {
		if len(f.Data) > 60<<10 || len([]rune(f.About)) > 1024 {
			t.Errorf("%s has %d bytes and %d characters beside it", f.Name, len(f.Data), len([]rune(f.About)))
		}
	}
}

// TestWeekLabelsFit draws each day of a year.
func TestWeekLabelsFit(t *testing.T) {
	gymtest.Slow(t)
	g := gymtest.New(t)
	g.Saved("daily 18:00")
	for range 60 {
		if len(g.Run(gymtest.Mia(), "class list", nil).Files) != 1 {
			t.Fatalf("the week of %s is not drawn", g.Time)
		}
		g.Time = g.Time.Add(6 * 24 * time.Hour)
	}
}
