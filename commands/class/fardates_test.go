package class_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// farDay is a day of November 2027 without its year.
var farDay = regexp.MustCompile(`\b6 Nov(ember)?\b( \d\d\d\d)?`)

// TestFarDatesSayTheirYear walks the cards on which a day stands that is more than
// eleven months away: each says its year, wherever it stands.
func TestFarDatesSayTheirYear(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	far := map[string]any{"at": "every 52 weeks sat 18:00 from 2027-11-06", "title": "Yearly"}
	contract := g.Run(gymtest.Carl(), "class add", far)
	saved := g.Tap(gymtest.Carl(), contract, "Save")
	g.Run(gymtest.Olga(), "setup", map[string]any{"country": "Portugal"})
	for name, shown := range map[string]bot.Reply{
		"the contract":  contract,
		"the class":     saved,
		"a skipped one": g.Tap(gymtest.Carl(), saved, "Skip Sat 6 Nov 2027 18:00"),
		"changes":       g.Tap(gymtest.Carl(), g.Run(gymtest.Olga(), "setup", nil), "Changes"),
		"a reminder":    g.Run(gymtest.Mia(), "me reminders", map[string]any{"at": "every 52 weeks sat 18:00 from 2027-11-06", "zone": "Europe/Lisbon"}),
		"reminders":     g.Run(gymtest.Mia(), "me reminders", nil),
		"a pause":       g.Run(gymtest.Mia(), "me pause", map[string]any{"until": "2027-11-06"}),
		"closed days":   g.Run(gymtest.Carl(), "class closed", map[string]any{"dates": "2027-11-06"}),
	} {
		found := farDay.FindAllString(golden.Shown(shown), -1)
		if len(found) == 0 {
			t.Errorf("%s has no such day: %s", name, golden.Shown(shown))
		}
		for _, day := range found {
			if !strings.HasSuffix(day, "2027") {
				t.Errorf("%s says %q:\n%s", name, day, golden.Shown(shown))
			}
		}
	}
	g.Post(g.Only(), schedule.KindPre, g.Time, schedule.StateSent, "")
	g.Time = g.Time.AddDate(1, 0, 0)
	if text := golden.Shown(g.Run(gymtest.Carl(), "class history", nil)); !strings.Contains(text, "22 Nov 2026") {
		t.Errorf("the history of a year ago: %s", text)
	}
}

// TestYearOfADay has days just within and beyond eleven months.
func TestYearOfADay(t *testing.T) {
	g := gymtest.New(t)
	say := gymtest.Mia().Request(g, nil).Say
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for days, year := range map[int]bool{0: false, 300: false, 333: false, 336: true, 400: true, -300: false, -333: false, -336: true} {
		for _, form := range []schedule.Form{schedule.DateShort, schedule.DayShort, schedule.Wall, schedule.WallInText} {
			at := now.AddDate(0, 0, days)
			if got := form.From(say, now, at); strings.Contains(got, at.Format("2006")) != year || strings.HasPrefix(got, "?") {
				t.Errorf("%s, %d days away: %q", form, days, got)
			}
		}
	}
}
