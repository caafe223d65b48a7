package timetable_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
	"unpinch/timetable"
)

// TestWorkGrowsAsTheInputDoes counts what is allocated for n and for 2n of
// everything that an input may have many of. The double takes about the double,
// and not four times as much.
func TestWorkGrowsAsTheInputDoes(t *testing.T) {
	z := zones(t)
	decode := func(text string) {
		if _, err := timetable.Decode(t.Context(), []byte(text), z, noon(), nil); err != nil && err.Error() == "" {
			t.Error("a fault without words")
		}
	}
	repeat := func(before, each, after string) func(n int) func() {
		return func(n int) func() {
			var text strings.Builder
			text.WriteString(before)
			for i := range n {
				fmt.Fprintf(&text, each, i)
			}
			text.WriteString(after)
			return func() { decode(text.String()) }
		}
	}
	class := header + "  classes:\n  - at: mon 18:00\n"
	for _, tc := range []struct {
		name string
		n    int
		run  func(n int) func()
	}{
		{"classes", 100, repeat(header+"  classes:\n", "  - {at: mon 18:00, title: %d}\n", "")},
		{"classes above the cap", 2000, repeat(header+"  classes:\n", "  - {at: mon 18:00, title: %d}\n", "")},
		{"places", 12, repeat("version: 1\nplaces:\n", "- {name: %d, zone: Etc/UTC}\n", "")},
		{"places above the cap", 2000, repeat("version: 1\nplaces:\n", "- {name: %d, zone: Erope/Lisbn}\n", "")},
		{"misspelt keys", 2000, repeat(class, "    k%d: x\n", "")},
		{"misspelt rules", 100, repeat(header+"  classes:\n", "  - at: mondya %d\n", "")},
		{"aliases", 2000, repeat("- &a x\n", "- *a # %d\n", "")},
		{"days", 200, func(n int) func() {
			var days []string
			for i := range n {
				days = append(days, schedule.Date{Year: 2026, Month: 1, Day: 1}.Add(2*i).String())
			}
			return func() { decode(header + "  closed: [" + strings.Join(days, ", ") + "]") }
		}},
		{"skips", 100, func(n int) func() {
			var skips []string
			for i := range n {
				skips = append(skips, time.Date(2026, 1, i, 18, 0, 0, 0, time.UTC).Format(time.RFC3339))
			}
			return func() { decode(class + "    skips: [" + strings.Join(skips, ", ") + "]") }
		}},
		{"the difference", 100, func(n int) func() {
			var now, want timetable.Place
			for i := range n {
				c := timetable.Class{ID: int64(i + 1), Rule: rule(t, "mon 18:00"), Title: fmt.Sprint(i), Length: time.Hour}
				now.Classes = append(now.Classes, c)
				c.ID, c.Title = 0, c.Title+"!"
				want.Classes = append(want.Classes, c)
			}
			return func() {
				timetable.Diff(timetable.File{Places: []timetable.Place{now}}, timetable.File{Places: []timetable.Place{want}})
			}
		}},
		{"reminders", 500, rows(t)},
		{"reminders above the cap", 2000, rows(t)},
		{"jobs", 500, jobs(t, z)},
		{"jobs above the cap", 2000, jobs(t, z)},
	} {
		once, twice := testing.AllocsPerRun(1, tc.run(tc.n)), testing.AllocsPerRun(1, tc.run(2*tc.n))
		if twice > 2.3*once {
			t.Errorf("%s: %.0f allocations for %d, %.0f for the double", tc.name, once, tc.n, twice)
		}
	}
}

func rows(t *testing.T) func(n int) func() {
	return func(n int) func() {
		text := "name,channel,enabled,utc_time,interval_seconds,interval_months\n" + strings.Repeat("x,#323456789012345678,true,2026-12-07T06:00:00,604800,\n", n)
		return func() {
			if _, err := timetable.ImportReminderBotCSV(t.Context(), []byte(text), time.UTC); (err != nil) != (n > 1000) {
				t.Errorf("%d rows: %v", n, err)
			}
		}
	}
}

func jobs(t *testing.T, z *schedule.Zones) func(n int) func() {
	return func(n int) func() {
		text := `{"version": 1, "jobs": [` + strings.Repeat(`{"id": "x", "kwargs": {"channel_id": 323456789012345678}},`, n-1) + `{}]}`
		return func() {
			if _, err := timetable.ImportLovinatorJSON(t.Context(), []byte(text), z); (err != nil) != (n > 1000) {
				t.Errorf("%d jobs: %v", n, err)
			}
		}
	}
}

// TestPickleBombs reads pickles that name the same large thing again and again,
// which costs them two bytes each.
func TestPickleBombs(t *testing.T) {
	again := func(op string, n int) string { return strings.Repeat(op, n) }
	word := func(text string) string { return "\x8c" + string(rune(len(text))) + text }
	expression := "cx\nAllExpression\n)\x81}" + word("step") + "K\x01sbq\x000"
	field := "cx\nBaseField\n)\x81}" + word("name") + word("minute") + "s" + word("expressions") + "](" + again("h\x00", 5000) + "esbq\x010"
	long := "X\xff\x3f\x00\x00" + again("x", 0x3fff) + "q\x00"
	for name, bomb := range map[string]string{
		"fields":               expression + field + "](" + again("h\x01", 5000) + "e.",
		"names":                long + again("h\x00h\x00\x930", 1000) + "N.",
		"tuples of themselves": ")" + "q\x00" + again("h\x00h\x00\x86q\x00", 2000) + ".",
		"marks":                again("(", 20000) + ".",
		"large":                "X\xff\xff\x00\x00" + again("x", 0xffff) + ".",
	} {
		job := `{"id": "x", "kwargs": {"channel_id": 323456789012345678}, "trigger": {"__apscheduler_class__": "x:CronTrigger", "__apscheduler_state__": {"timezone": ` +
			`{"__apscheduler_pickle__": "Y3B5dHoKX1VUQwopUi4="}, "fields": {"__apscheduler_pickle__": "` + base64.StdEncoding.EncodeToString([]byte(bomb)) + `"}}}}`
		var all timetable.Imported
		var err error
		allocated := testing.AllocsPerRun(1, func() {
			all, err = timetable.ImportLovinatorJSON(t.Context(), []byte(`{"version": 1, "jobs": [`+job+`]}`), zones(t))
		})
		if err != nil || len(all.Skipped) != 1 || all.Skipped[0].Why != timetable.WhyUnreadable || allocated > 100_000 {
			t.Errorf("%s: %+v, %v, %.0f allocations", name, all, err, allocated)
		}
	}
}
