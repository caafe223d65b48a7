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
		lines, faults := timetable.ParseLines(line)
		if len(faults) > 0 || len(lines) != 1 || lines[0].Title != title || !lines[0].Rule.Equal(rule) || lines[0].Length != 90*time.Minute {
			t.Errorf("%s reads as %+v, %v", line, lines, faults)
		}
	}
}
