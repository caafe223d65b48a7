package input_test

import (
	"errors"
	"testing"

	"unpinch/bot"
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
		"2026-12-01..2027-01-29 2026-12-05 2027-01-1": "2026-12-01..2027-01-29",
		"24 Dec":                     "2026-12-24",
		"24 Dec to 1 Jan":            "2026-12-24..2027-01-01",
		"Dec 24 - Jan 1":             "2026-12-24..2027-01-01",
		"24–26 Dec":                  "2026-12-24..2026-12-26",
		"24-26 Dec 2026":             "2026-12-24..2026-12-26",
		"24.12. - 26.12.":            "2026-12-24..2026-12-26",
		"Dec 24, 2026, Dec 31, 2026": "2026-12-24, 2026-12-31",
		"24 Dec and 25 Dec":          "2026-12-24..2026-12-25",
		"tomorrow":                   "2026-11-23",
		"03/04":                      "",
		"24 Dec, nonsense":           "",
		"2026-02-29":                 "",
		"..":                         "",
		"2026-12-24..":               "",
		",;":                         "",
		"":                           "",
	} {
		days, err := input.ReadDays(text, today)
		if got := input.WriteRuns(input.Runs(days)); got != want || (err == nil) != (want != "") {
			t.Errorf("%q is read as %q, %v; want %q", text, got, err, want)
		}
	}
}

// TestWhichDay asks about a day that can be two, and each offer reads.
func TestWhichDay(t *testing.T) {
	today := schedule.DateOf(gymtest.Noon)
	for text, want := range map[string]string{
		"03/04":               "2027-04-03|2027-03-04",
		"24 Dec, 3/4 to 5/4":  "24 Dec, 2027-04-03 to 5/4|24 Dec, 2027-03-04 to 5/4",
		"2027-03-04 to 05/04": "2027-03-04 to 2027-04-05|2027-03-04 to 2027-05-04",
	} {
		_, err := input.ReadDays(text, today)
		ue, ok := errors.AsType[*bot.UserError](err)
		if !ok || len(ue.Offers) != 2 || ue.Offers[0].Text+"|"+ue.Offers[1].Text != want || ue.Offers[0].Of != text {
			t.Errorf("%q: %+v, want %s", text, err, want)
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
