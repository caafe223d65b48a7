package schedule_test

import (
	"fmt"
	"strings"
	"testing"

	"unpinch/schedule"
)

func TestReadDay(t *testing.T) {
	sunday := schedule.Date{Year: 2026, Month: 11, Day: 22}
	for text, want := range map[string]string{
		"2026-12-24": "2026-12-24", "2026/12/24": "2026-12-24", "2026-02-29": "", "2026-13-01": "", " 2026-1-5 ": "2026-01-05",
		"24 Dec": "2026-12-24", "24 december 2027": "2027-12-24", "24th of December": "2026-12-24", "Dec 24": "2026-12-24", "December 24th, 2026": "2026-12-24",
		"3 Jan": "2027-01-03", "22 Nov": "2026-11-22", "21 Nov": "2027-11-21", "29 Feb": "2028-02-29", "30 Feb": "", "24 Foo": "",
		"24.12.": "2026-12-24", "24.12.2026": "2026-12-24", "3.4.": "2027-04-03", "12.24.": "", "24.1": "2027-01-24", "31.1": "2027-01-31",
		"24/12": "2026-12-24", "12/24": "2026-12-24", "12/24/2026": "2026-12-24", "03/04": "2027-04-03 2027-03-04", "3/4/2027": "2027-04-03 2027-03-04",
		"3-4-2027": "2027-04-03 2027-03-04", "4/4": "2027-04-04", "32/1": "",
		"today": "2026-11-22", "Tomorrow": "2026-11-23", "friday": "2026-11-27", "fri": "2026-11-27", "sunday": "2026-11-22", "this fri": "2026-11-27",
		"9999-12-31": "9999-12-31", "24 dec 18:00": "", "soon": "", strings.Repeat("x", 400): "",
		"": "", "off": "", "mar": "", "12": "", "1e9": "", "next year": "",
	} {
		var got []string
		for _, d := range schedule.ReadDay(text, sunday) {
			got = append(got, d.String())
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("ReadDay(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestReadDayCut reads numbers of every length and separator, cut anywhere: a text
// may end inside of a time or a date.
func TestReadDayCut(t *testing.T) {
	sunday := schedule.Date{Year: 2026, Month: 11, Day: 22}
	for _, sep := range []string{"-", "/", ".", ":", ",", "h", " ", "'", "a.m.", "week-end", "+01:00"} {
		for _, number := range []string{"2026", "1", "31", "05", "130", "6pm", "18:00", "half", "bi"} {
			text := number + sep + "3" + sep + "29" + sep + "6"
			for end := range len(text) + 1 {
				for _, more := range []string{"", " now", ".", "m"} {
					schedule.ReadDay(text[:end]+more, sunday)
					_, _ = schedule.Read(text[:end]+more, schedule.Here{Today: sunday})
				}
			}
		}
	}
}

func FuzzReadDay(f *testing.F) {
	f.Add("3/4")
	f.Add("24 Dec 2026")
	f.Add("31.1 now")
	f.Fuzz(func(t *testing.T, text string) {
		today := schedule.Date{Year: 2026, Month: 11, Day: 22}
		days := schedule.ReadDay(text, today)
		if len(days) > 2 {
			t.Errorf("%q: %v", text, days)
		}
		for _, d := range days {
			if again := fmt.Sprint(schedule.ReadDay(d.String(), today)); again != fmt.Sprint([]schedule.Date{d}) {
				t.Errorf("%q: %v reads as %s", text, d, again)
			}
		}
	})
}
