package setup

import (
	"testing"
	"time"

	"unpinch/commands/input"
	"unpinch/schedule"
)

// TestClosedStarts counts what falls out because of closed days alone.
func TestClosedStarts(t *testing.T) {
	zones, err := schedule.LoadZones()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := zones.Location("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	rule, err := schedule.Parse("daily 00:00 23:30")
	if err != nil {
		t.Fatal(err)
	}
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	day := schedule.Date{Year: 2026, Month: 12, Day: 24}
	r := schedule.Recurrence{Rule: rule, Zone: zone, Closed: []schedule.Date{day, day.Add(1)}}
	at := func(d schedule.Date, h, m int) time.Time { return time.Date(d.Year, d.Month, d.Day, h, m, 0, 0, zone) }
	for _, tc := range []struct {
		name  string
		class func(*schedule.Recurrence)
		now   time.Time
		most  int
		want  int
		first time.Time
	}{
		{"two days", nil, noon, 9, 4, at(day, 0, 0)},
		{"no more than asked for", nil, noon, 1, 1, at(day, 0, 0)},
		{"the day has begun", nil, at(day, 12, 0), 9, 3, at(day, 23, 30)},
		{"over", nil, at(day.Add(2), 0, 0), 9, 0, time.Time{}},
		{"one was skipped", func(r *schedule.Recurrence) { r.Skips = []schedule.Slot{{Day: day}} }, noon, 9, 3, at(day, 23, 30)},
		{"paused", func(r *schedule.Recurrence) { r.PausedUntil = day.Add(1) }, noon, 9, 2, at(day.Add(1), 0, 0)},
		{"its last day", func(r *schedule.Recurrence) { r.Until = day }, noon, 9, 2, at(day, 0, 0)},
	} {
		changed := r
		if tc.class != nil {
			tc.class(&changed)
		}
		if n, first := closedStarts(changed, tc.now, []input.Run{{First: day, Last: day.Add(1)}}, tc.most); n != tc.want || !first.Equal(tc.first) {
			t.Errorf("%s: %d, the first %v; want %d, %v", tc.name, n, first, tc.want, tc.first)
		}
	}
}
