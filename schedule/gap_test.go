package schedule_test

import (
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
)

func TestGapWeeks(t *testing.T) {
	zones, err := schedule.LoadZones()
	if err != nil {
		t.Fatal(err)
	}
	location := func(name string) *time.Location {
		zone, err := zones.Location(name)
		if err != nil {
			t.Fatal(err)
		}
		return zone
	}
	day := func(text string) time.Time {
		d, err := schedule.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d.Start(time.UTC)
	}
	for _, tc := range []struct{ a, b, from, until, want string }{
		{"Europe/Lisbon", "America/New_York", "2026-11-22", "2027-11-22",
			"2027-03-14T07 to 2027-03-28T01: -4h0m0s, not -5h0m0s; 2027-10-31T01 to 2027-11-07T06: -4h0m0s, not -5h0m0s"},
		{"America/New_York", "Europe/Lisbon", "2026-11-22", "2027-11-22",
			"2027-03-14T07 to 2027-03-28T01: 4h0m0s, not 5h0m0s; 2027-10-31T01 to 2027-11-07T06: 4h0m0s, not 5h0m0s"},
		// It begins within such weeks, and ends within such weeks.
		{"America/New_York", "Europe/Lisbon", "2027-03-20", "2027-11-01",
			"2027-03-20T00 to 2027-03-28T01: 4h0m0s, not 5h0m0s; 2027-10-31T01 to 2027-11-01T00: 4h0m0s, not 5h0m0s"},
		{"Europe/London", "Europe/Lisbon", "2026-11-22", "2027-11-22", ""},
		{"Europe/Lisbon", "Europe/Lisbon", "2026-11-22", "2027-11-22", ""},
		{"Australia/Sydney", "Europe/London", "2026-11-22", "2027-11-22",
			"2027-03-28T01 to 2027-04-03T16: -10h0m0s, not -11h0m0s; 2027-04-03T16 to 2027-10-02T16: -9h0m0s, not -11h0m0s; " +
				"2027-10-02T16 to 2027-10-31T01: -10h0m0s, not -11h0m0s"},
		{"Asia/Kolkata", "Asia/Tokyo", "2026-11-22", "2027-11-22", ""},
		{"Etc/UTC", "Asia/Kolkata", "2026-11-22", "2027-11-22", ""},
		{"Asia/Kolkata", "Europe/Lisbon", "2026-11-22", "2027-11-22", "2027-03-28T01 to 2027-10-31T01: -4h30m0s, not -5h30m0s"},
		{"Europe/Lisbon", "America/New_York", "2026-11-22", "2026-11-22", ""},
		{"Europe/Lisbon", "America/New_York", "2026-11-22", "2026-11-21", ""},
	} {
		var got []string
		for _, g := range schedule.GapWeeks(location(tc.a), location(tc.b), day(tc.from), day(tc.until)) {
			got = append(got, g.From.UTC().Format("2006-01-02T15")+" to "+g.Until.UTC().Format("2006-01-02T15")+": "+g.Ahead.String()+", not "+g.Usual.String())
		}
		if joined := strings.Join(got, "; "); joined != tc.want {
			t.Errorf("%s and %s from %s:\n%s\nwant %s", tc.a, tc.b, tc.from, joined, tc.want)
		}
	}
}
