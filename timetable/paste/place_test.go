package paste_test

import (
	"testing"
	"time"

	"unpinch/schedule"
	"unpinch/timetable"
	"unpinch/timetable/paste"
)

// TestCountry reads weekdays as they are at the place.
func TestCountry(t *testing.T) {
	there := schedule.Here{Today: here.Today, Country: "SA"}
	for text, want := range map[string]string{
		"Weekdays 6am Lift":         "mon tue wed thu sun 06:00",
		"- Weekday mornings 6 to 7": "mon tue wed thu sun 06:00",
		"Lift every weekday at 6am": "mon tue wed thu sun 06:00",
		"Mon-Fri 6am":               "weekdays 06:00",
		"last weekday 17:00":        "last weekday among mon tue wed thu sun 17:00",
	} {
		p := paste.Read(text, paste.Unasked, 50, there)
		if len(p.Lines) != 1 || p.Lines[0].Rule.String() != want {
			t.Errorf("%q reads as %+v, want %s", text, p, want)
		}
	}
	rule, err := schedule.Parse("weekdays 06:00")
	if err != nil {
		t.Fatal(err)
	}
	line := timetable.LineOf(schedule.Series{Rule: rule, Length: time.Hour, Place: schedule.Place{Country: "SA"}})
	if p := paste.Read(line, paste.Unasked, 50, there); len(p.Lines) != 1 || !p.Lines[0].Rule.Equal(rule) {
		t.Errorf("%q reads as %+v", line, p)
	}
}

// TestLineOf reads what classes are written as.
func TestLineOf(t *testing.T) {
	for _, text := range []string{"mon 18:00", "weekdays 06:30 17:30", "daily 00:00", "first mon wed 19:00", "last fri 18:00", "15th 19:00", "1st 15th last day 09:00",
		"every 2 weeks sat 09:00 from 2026-12-05", "0 18 * * 1-5", "weekends 10:00", "mon 18:00 and wed 19:30", "every 3 days 07:00 from 2026-12-01",
		"2026-12-24 2026-12-31 10:00", "mon 18:00 from 2026-12-07 until 2027-06-30", "last weekday 09:00", "sun mon 09:00 and first sat 10:00", "sun mon tue wed thu 06:00"} {
		rule, err := schedule.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, title := range []string{"", "Open gym", "101", `5" plates`, "6am: Mon 7pm"} {
			s := schedule.Series{Rule: rule, Title: title, Length: 90 * time.Minute}
			p := paste.Read("Tuesday\nYoga\n"+timetable.LineOf(s), paste.Unasked, 50, here)
			if len(p.Faults) > 0 || len(p.Lines) != 1 || p.Lines[0].Title != title && title != "" || !p.Lines[0].Rule.Equal(rule) || p.Lines[0].Length != s.Length {
				t.Errorf("%s reads as %+v", timetable.LineOf(s), p)
			}
		}
	}
}
