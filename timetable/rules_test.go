package timetable_test

import (
	"testing"
	"time"

	"unpinch/timetable"
)

// TestRulesRoundTrip writes a class with each kind of rule and reads the file back,
// for a place where weekdays are Monday to Friday and for one where they aren't.
func TestRulesRoundTrip(t *testing.T) {
	var classes []timetable.Class
	for _, text := range []string{
		"daily 06:30", "weekdays 06:30 18:00", "weekends 09:00", "mon wed fri 18:00",
		"mon 18:00 from 2026-12-07 until 2027-03-29", "mon in jul aug 18:00", "every 3 days 07:00 from 2026-11-30",
		"every 2 weeks mon thu 18:00 from 2026-11-30 until 2027-06-28", "mon 18:00 and every 2 weeks sat 09:00 from 2026-12-05",
		"first third sat 09:00", "last fri 17:00", "first sat 10:00 and third sun 10:00", "second last fri 17:00",
		"first mon in jan apr jul oct 09:00", "first weekday 09:00", "last weekday in dec 17:00", "first weekday among mon tue wed thu sun 09:00",
		"1st 15th 09:00", "30th last day 18:00", "24th in dec 18:00", "2026-12-24 2026-12-31 10:00 18:00",
		"mon 18:00 and 2026-12-24 10:00", "mon wed 18:00 and fri 17:00 and sat 09:00", "0 18 * * 1-5", "0 12 13 * 5", "*/30 9-14 * 6-8 1",
	} {
		classes = append(classes, timetable.Class{Rule: rule(t, text), Length: time.Hour})
	}
	for _, country := range []string{"PT", "IL", "AF", "IN"} {
		file := timetable.File{Places: []timetable.Place{{Name: "Hall", Zone: "Europe/Lisbon", Country: country, Classes: classes}}}
		out, err := timetable.Encode(file)
		if err != nil {
			t.Fatal(err)
		}
		back, err := timetable.Decode(t.Context(), out, zones(t), noon(), func(string) string { return country })
		if err != nil {
			t.Fatalf("%s: %v\n%s", country, err, out)
		}
		for i, c := range back.Places[0].Classes {
			// The last day of a rule is that of its class.
			if want := classes[i]; !c.Rule.Equal(want.Rule.WithoutUntil()) || c.Until != want.Rule.Until() {
				t.Errorf("%s: %q is read as %q from\n%s", country, want.Rule, c.Rule, out)
			}
		}
	}
}
