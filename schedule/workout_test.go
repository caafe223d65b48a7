package schedule_test

import (
	"testing"
	"time"

	"unpinch/schedule"
)

func slotOf(t *testing.T, text string) schedule.Slot {
	t.Helper()
	s, err := schedule.ParseSlot(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWorkoutForAStart(t *testing.T) {
	t.Parallel()
	all := []schedule.Workout{
		{Slot: slotOf(t, "2026-11-25 18:00"), Lines: "once"},
		{Slot: slotOf(t, "2026-11-18 18:00"), Lines: "Wednesdays", Weekly: true},
		{Slot: slotOf(t, "2026-12-09 18:00"), Lines: "later Wednesdays", Weekly: true},
		{Slot: slotOf(t, "2026-11-20 18:00"), Lines: "Fridays", Weekly: true, Over: schedule.Date{Year: 2026, Month: 11, Day: 26}},
	}
	for start, want := range map[string]string{
		"2026-11-11 18:00": "", // before the first
		"2026-11-18 07:00": "",
		"2026-11-18 18:00": "Wednesdays",
		"2026-11-25 18:00": "once",
		"2026-11-25 19:30": "Wednesdays",
		"2026-11-26 18:00": "",
		"2026-12-02 18:00": "Wednesdays",
		"2026-11-20 18:00": "Fridays",
		"2026-11-27 06:00": "Fridays", // its own clock is ahead of UTC
		"2026-12-04 18:00": "",        // it has ended, also if the class is on Fridays again
		"2026-12-09 18:00": "later Wednesdays",
		"2027-12-08 07:00": "later Wednesdays",
	} {
		if w, ok := schedule.WorkoutFor(all, slotOf(t, start)); w.Lines != want || ok != (want != "") {
			t.Errorf("%s: got %q, %t, want %q", start, w.Lines, ok, want)
		}
	}
}

func TestRecurring(t *testing.T) {
	t.Parallel()
	mon, wed, fri, sat := time.Monday, time.Wednesday, time.Friday, time.Saturday
	for text, want := range map[string][]time.Weekday{
		"mon wed fri 18:00":                       {mon, wed, fri},
		"fri mon 07:00":                           {mon, fri},
		"wed 18:00, 19:30":                        {wed},
		"every 4 weeks sat 09:00 from 2026-12-05": {sat},
		"first mon 19:00":                         {mon},
		"2026-12-24 10:00":                        nil,
		"every 3 days 07:00 from 2026-11-23":      {mon, time.Tuesday, wed, time.Thursday, fri, sat, time.Sunday},
		"mon 18:00 until 2026-11-30":              {mon},
		"wed 18:00 until 2026-11-30":              nil, // it has one left
	} {
		rule, err := schedule.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		got := rule.Recurring(schedule.Date{Year: 2026, Month: 11, Day: 23}, rule.Until())
		if len(got) != len(want) {
			t.Errorf("%s: got %v, want %v", text, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%s: got %v, want %v", text, got, want)
			}
		}
	}
}
