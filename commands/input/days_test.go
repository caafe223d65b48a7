package input_test

import (
	"testing"

	"unpinch/commands/gymtest"
	"unpinch/commands/input"
	"unpinch/schedule"
)

func TestReadDays(t *testing.T) {
	today := schedule.DateOf(gymtest.Noon)
	for text, want := range map[string]string{
		"2026-11-22":                                  "2026-11-22",
		" 2026-12-24,2026-12-25 ":                     "2026-12-24..2026-12-25",
		"2026-12-25..2027-01-01 2026-12-24":           "2026-12-24..2027-01-01",
		"2026-12-31 – 2027-01-01; 2027-01-01":         "2026-12-31..2027-01-01",
		"2026-12-31—2027-01-01\n2028-01-01":           "",
		"2026-12-31—2027-01-01\n \n2027-01-05\n":      "2026-12-31..2027-01-01, 2027-01-05",
		"2026-12-31…2027-01-01":                       "2026-12-31..2027-01-01",
		"2026-12-31...2027-01-01":                     "2026-12-31..2027-01-01",
		"2027-12-27":                                  "2027-12-27",
		"2027-12-28":                                  "",
		"2026-12-01..2027-01-29":                      "2026-12-01..2027-01-29",
		"2026-12-01..2027-01-30":                      "",
		"2026-12-01..2027-01-29 2026-12-05 2027-01-1": "",
		"2026-02-29":                                  "",
		"..":                                          "",
		"2026-12-24..":                                "",
		",;":                                          "",
		"":                                            "",
	} {
		days, err := input.ReadDays(text, today)
		if got := input.WriteRuns(input.Runs(days)); got != want || (err == nil) != (want != "") {
			t.Errorf("%q is read as %q, %v; want %q", text, got, err, want)
		}
	}
}

func FuzzReadDays(f *testing.F) {
	f.Add("2026-12-24, 2026-12-25..2027-01-01")
	f.Add("24 Dec")
	f.Fuzz(func(t *testing.T, text string) {
		today := schedule.DateOf(gymtest.Noon)
		days, err := input.ReadDays(text, today)
		if err != nil {
			return
		}
		if len(days) == 0 || len(days) > input.ClosedAtOnce || days[0].Before(today) || today.Add(input.ClosedAhead).Before(days[len(days)-1]) {
			t.Errorf("%q is read as %v", text, days)
		}
		if again, err := input.ReadDays(input.WriteRuns(input.Runs(days)), today); err != nil || len(again) != len(days) {
			t.Errorf("%v reads as %v, %v", days, again, err)
		}
	})
}
