package timetable_test

import (
	"testing"
	"time"

	"unpinch/schedule"
	"unpinch/timetable"
)

// TestLineOf reads back what a class is written as.
func TestLineOf(t *testing.T) {
	for _, title := range []string{"", "Open gym", "90min of yoga", `Carl's "hard" hour`, `«Deep» “work”`, "18:00 crew"} {
		rule, err := schedule.Parse("every 2 weeks sat 09:00 from 2026-12-05")
		if err != nil {
			t.Fatal(err)
		}
		line := timetable.LineOf(schedule.Series{Rule: rule, Title: title, Length: 90 * time.Minute})
		l, fault := timetable.ParseLine(line, schedule.Here{})
		if fault != nil || l.Title != title || !l.Rule.Equal(rule) || l.Length != 90*time.Minute {
			t.Errorf("%s reads as %+v, %v", line, l, fault)
		}
	}
}
