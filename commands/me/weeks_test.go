package me

import (
	"testing"

	"unpinch/schedule"
)

func TestLastWeeksBeginOnMonday(t *testing.T) {
	for day, want := range map[string][2]string{
		"2026-11-22": {"2026-08-31", "2026-11-22"},
		"2026-11-23": {"2026-09-07", "2026-11-29"},
		"2026-11-26": {"2026-09-07", "2026-11-29"},
		"2027-01-01": {"2026-10-12", "2027-01-03"},
		"2028-02-29": {"2027-12-13", "2028-03-05"},
	} {
		today, err := schedule.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		weeks := lastWeeks(today)
		if got := [2]string{weeks[0].days[0].String(), weeks[progressWeeks-1].days[6].String()}; got != want {
			t.Errorf("%s: got %v, want %v", day, got, want)
		}
	}
}
