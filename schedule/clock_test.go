package schedule_test

import (
	"errors"
	"testing"
	"time"

	"unpinch/schedule"
)

func TestParseClock(t *testing.T) {
	for text, want := range map[string]string{
		"18:00":         "18:00",
		" 7:05 ":        "07:05",
		"6:30pm":        "18:30",
		"6:30 P.M.":     "18:30",
		"6p":            "18:00",
		"6:30a":         "06:30",
		"12am":          "00:00",
		"12 pm":         "12:00",
		"at 6pm":        "18:00",
		"@18.00":        "18:00",
		"(18:00)":       "18:00",
		"18h":           "18:00",
		"18h30":         "18:30",
		"1800":          "18:00",
		"00:00":         "00:00",
		"Noon":          "12:00",
		"midday":        "12:00",
		"midnight":      "00:00",
		"18:00 o'clock": "18:00",
	} {
		if c, err := schedule.ParseClock(text); err != nil || c.String() != want {
			t.Errorf("%q is %v, %v, want %s", text, c, err, want)
		}
	}
	for _, text := range []string{"", "at", "18", "6", "24:00", "18:60", "13pm", "0am", "25h", "soon", "18:00-19:00", "18:00 19:00",
		"mon 18:00", "18:00 mon", "daily 18:00", "18:00 tue", "15th 18:00", "18:00 from 2026-12-05", "2026-12-05 18:00", "0 18 * * *", "noon noon"} {
		c, err := schedule.ParseClock(text)
		if pe, ok := errors.AsType[*schedule.ParseError](err); !ok || pe.Fault != schedule.FaultTime || pe.Seen != text {
			t.Errorf("%q was read as %v, %v", text, c, err)
		}
	}
}

// TestClockOn asks for times that a zone's clock skips, or shows twice.
func TestClockOn(t *testing.T) {
	zone := zoneOf(t)
	for _, tc := range []struct {
		day   schedule.Date
		clock schedule.Clock
		want  string
	}{
		{schedule.Date{Year: 2026, Month: time.November, Day: 23}, 18 * 60, "2026-11-23 18:00 +0100"},
		{schedule.Date{Year: 2026, Month: time.March, Day: 29}, 2*60 + 30, "2026-03-29 03:00 +0200"},
		{schedule.Date{Year: 2026, Month: time.October, Day: 25}, 2*60 + 30, "2026-10-25 02:30 +0200"},
	} {
		if got := tc.clock.On(tc.day, zone).Format("2006-01-02 15:04 -0700"); got != tc.want {
			t.Errorf("%v on %v is %s, want %s", tc.clock, tc.day, got, tc.want)
		}
	}
}

// FuzzParseClock reads what a rule reads as its one time.
func FuzzParseClock(f *testing.F) {
	for _, text := range []string{"18:00", "6:30 p.m.", "noon", "1800", "18h30", "at 7a", "mon 18:00"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := schedule.ParseClock(text)
		if err != nil {
			return
		}
		if c < 0 || c >= 24*60 {
			t.Errorf("%q is %d minutes", text, c)
		}
		if again, err := schedule.ParseClock(c.String()); err != nil || again != c {
			t.Errorf("%q came back as %v, %v", text, again, err)
		}
		if r, err := schedule.Parse("mon " + text); err == nil && (r.String() != "mon "+c.String()) {
			t.Errorf("%q is %v, but in a rule %v", text, c, r)
		}
	})
}
