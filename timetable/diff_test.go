package timetable_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
	"unpinch/timetable"
)

// lines says a difference, one thing a line.
func lines(d timetable.Difference) string {
	var all []string
	say := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	for _, p := range d.Places {
		say("%s: %q, close %v, reopen %v", p.Place, p.OtherZone, p.Close, p.Reopen)
	}
	for _, a := range d.Add {
		say("add %s: %s %q", a.Place, a.Class.Rule, a.Class.Title)
	}
	for _, c := range d.Change {
		say("change %s to %s, %d to %d: %v", c.From, c.Place, c.Now.ID, c.Want.ID, c.Fields)
	}
	for _, r := range d.Remove {
		say("remove %s: %d", r.Place, r.Class.ID)
	}
	if len(d.UnknownPlaces) > 0 {
		say("unknown %q", d.UnknownPlaces)
	}
	if len(d.Untouched) > 0 {
		say("untouched %q", d.Untouched)
	}
	return strings.Join(all, "\n")
}

func TestDiff(t *testing.T) {
	hall := func(f *timetable.File) *timetable.Place { return &f.Places[0] }
	first := func(f *timetable.File) *timetable.Class { return &f.Places[0].Classes[0] }
	for _, tc := range []struct {
		name   string
		change func(f *timetable.File)
		want   string
	}{
		{"nothing", func(*timetable.File) {}, ""},
		{"order of places and classes", func(f *timetable.File) {
			f.Places[0], f.Places[1] = f.Places[1], f.Places[0]
			c := f.Places[1].Classes
			c[0], c[2] = c[2], c[0]
		}, ""},
		{"capitals of a place", func(f *timetable.File) { hall(f).Name = "MAIN hall" }, ""},
		{"ids dropped", func(f *timetable.File) {
			for i := range hall(f).Classes {
				hall(f).Classes[i].ID = 0
			}
		}, ""},
		{"id unheard of, else equal", func(f *timetable.File) { first(f).ID = 99 }, ""},
		{"zone", func(f *timetable.File) { hall(f).Zone = "Europe/Paris" },
			"Main hall: \"Europe/Paris\", close [], reopen []"},
		{"closed days", func(f *timetable.File) {
			hall(f).Closed = []schedule.Date{{Year: 2027, Month: 1, Day: 1}, {Year: 2026, Month: 12, Day: 25}, {Year: 2026, Month: 12, Day: 31}}
		}, "Main hall: \"\", close [2026-12-31 2027-01-01], reopen [2026-12-24]"},
		{"every field", func(f *timetable.File) {
			*first(f) = timetable.Class{ID: 12, Rule: rule(t, "tue 06:00"), Length: 30 * time.Minute}
		}, "change Main hall to Main hall, 12 to 12: [at title length_min before_min warm_up cool_down event channel ping until paused_until skips moves]"},
		{"one more skip", func(f *timetable.File) {
			first(f).Skips = append([]schedule.Slot{slot(t, "2026-12-07 18:00")}, first(f).Skips...)
		}, "change Main hall to Main hall, 12 to 12: [skips]"},
		{"another place", func(f *timetable.File) {
			f.Places[2].Classes = append(f.Places[2].Classes, *first(f))
			hall(f).Classes = hall(f).Classes[1:]
		}, "change Main hall to Empty, 12 to 12: [place]"},
		{"swapped", func(f *timetable.File) { first(f).ID, hall(f).Classes[1].ID = 13, 12 },
			"change Main hall to Main hall, 13 to 13: [at title length_min before_min warm_up event channel ping until paused_until skips moves]\n" +
				"change Main hall to Main hall, 12 to 12: [at title length_min before_min warm_up event channel ping until paused_until skips moves]"},
		{"a new class, and one with a removed one's id", func(f *timetable.File) {
			hall(f).Classes = append(hall(f).Classes, timetable.Class{Rule: rule(t, "sun 10:00"), Length: time.Hour, CoolDown: true},
				timetable.Class{ID: 99, Rule: rule(t, "sun 11:00"), Title: "Old", Length: time.Hour, CoolDown: true})
		}, "add Main hall: sun 10:00 \"\"\nadd Main hall: sun 11:00 \"Old\""},
		{"a copy of a class", func(f *timetable.File) {
			c := hall(f).Classes[1]
			c.ID = 0
			hall(f).Classes = append([]timetable.Class{c}, hall(f).Classes...)
		}, "add Main hall: */30 9-14 * * 1 \"\""},
		{"a class less", func(f *timetable.File) { hall(f).Classes = hall(f).Classes[1:] }, "remove Main hall: 12"},
		{"no id, and changed", func(f *timetable.File) { first(f).ID, first(f).Title = 0, "Strong" },
			"add Main hall: mon wed fri 18:00 \"Strong\"\nremove Main hall: 12"},
		{"all classes of a place", func(f *timetable.File) { f.Places[1].Classes = nil }, "remove 12: 14\nremove 12: 15"},
		{"a place less", func(f *timetable.File) { f.Places = f.Places[1:] }, `untouched ["Main hall"]`},
		{"a place renamed", func(f *timetable.File) { hall(f).Name = "Hall" }, "unknown [\"Hall\"]\nuntouched [\"Main hall\"]"},
	} {
		want := full(t)
		tc.change(&want)
		d := timetable.Diff(full(t), want)
		if got := lines(d); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, got, tc.want)
		}
		if empty := tc.want == "" || strings.HasPrefix(tc.want, "untouched"); nothing(d) != empty {
			t.Errorf("%s: nothing to do is %t", tc.name, !empty)
		}
	}
}

// nothing reports whether there is nothing to do, and no place is unknown.
func nothing(d timetable.Difference) bool {
	return len(d.Add)+len(d.Change)+len(d.Remove)+len(d.Places)+len(d.UnknownPlaces) == 0
}
