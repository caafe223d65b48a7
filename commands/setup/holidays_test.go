package setup_test

import (
	"strings"
	"testing"

	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

// TestHolidays lists public holidays, and closes those that were picked once their
// preview was taken.
func TestHolidays(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "tue fri 18:00", "title": "Strength"})
	shown := g.Run(gymtest.Carl(), "class closed", nil)
	golden.Reply(t, "holidays-no-country", g.Tap(gymtest.Carl(), shown, "Public holidays"))
	g.Run(gymtest.Olga(), "setup", map[string]any{"country": "Portugal"})
	listed := g.Tap(gymtest.Carl(), shown, "Public holidays")
	golden.Reply(t, "holidays-portugal", listed)
	before := g.Dump()
	pick := golden.Selects(listed.Parts)[0]
	if got := golden.Shown(g.Press(gymtest.Carl(), pick.ID, nil)); got != golden.Shown(listed) {
		t.Errorf("nothing picked shows %s", got)
	}
	if got := golden.Shown(g.Press(gymtest.Carl(), pick.ID, nil, "2026-12-09")); got != golden.Shown(listed) {
		t.Errorf("what is no holiday shows %s", got)
	}
	asked := g.Press(gymtest.Carl(), pick.ID, nil, "2026-12-08", "2026-12-25")
	golden.Reply(t, "holidays-asked", asked)
	if g.Dump() != before {
		t.Error("something was closed before anyone said so")
	}
	golden.Reply(t, "holidays-closed", g.Tap(gymtest.Carl(), asked, "Close these 2 days"))
	golden.Reply(t, "holidays-after", g.Tap(gymtest.Carl(), shown, "Public holidays"))
}

// TestHolidaysOfRegions lists those of a region, where the library knows regions,
// and says so where it lacks a country.
func TestHolidaysOfRegions(t *testing.T) {
	g := gymtest.New(t)
	press := func(id string, values ...string) string {
		reply := g.Press(gymtest.Carl(), id, nil, values...)
		if n := golden.Words(reply); n > 120 {
			t.Errorf("%s: %d words", id, n)
		}
		return golden.Shown(reply)
	}
	g.Run(gymtest.Olga(), "setup", map[string]any{"country": "Germany"})
	golden.Text(t, "holidays-germany", press("holidays1:1//false/0"))
	if text := press("holidays1:1//false/0", "BY"); !strings.Contains(text, "in Bavaria") || !strings.Contains(text, "Heilige Drei Könige") || strings.Contains(text, "BY_") {
		t.Errorf("Bavaria: %s", text)
	}
	if text := press("holidays1:1/BY/false/0", "-"); !strings.Contains(text, "in Germany") || strings.Contains(text, "Drei Könige") {
		t.Errorf("back to the country: %s", text)
	}
	g.Run(gymtest.Olga(), "setup", map[string]any{"country": "Australia"})
	golden.Text(t, "holidays-australia", press("holidays1:1//false/0"))
	g.Run(gymtest.Olga(), "setup", map[string]any{"country": "Switzerland"})
	if text := press("holidays1:1//false/0", "ZH"); !strings.Contains(text, "in Zurich") {
		t.Errorf("Zurich: %s", text)
	}
	g.Run(gymtest.Olga(), "setup", map[string]any{"country": "India"})
	if text := press("holidays1:1//false/0"); !strings.Contains(text, "no list of the public holidays of India") {
		t.Errorf("a country that nobody has written down: %s", text)
	}
	if text := press("holidays1:1/XX/false/0"); strings.Contains(text, "?region") {
		t.Errorf("a region that is none: %s", text)
	}
}
