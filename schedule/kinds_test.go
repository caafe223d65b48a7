package schedule_test

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"unpinch/schedule"
)

// A dayRule is a rule beside a plain answer to which days it is on.
type dayRule struct {
	text string
	on   func(schedule.Date) bool
}

// weekday returns the day of the week of a date.
func weekday(d schedule.Date) time.Weekday {
	return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC).Weekday()
}

// since counts the days from one date to another.
func since(from, d schedule.Date) int {
	return int(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Sub(time.Date(from.Year, from.Month, from.Day, 0, 0, 0, 0, time.UTC)).Hours()) / 24
}

// workdayOf returns the date of the n-th weekday of the month of d, or of the
// last for 0.
func workdayOf(d schedule.Date, n int) int {
	var all []int
	for day := 1; day <= time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC).Day(); day++ {
		if w := weekday(schedule.Date{Year: d.Year, Month: d.Month, Day: day}); w != time.Saturday && w != time.Sunday {
			all = append(all, day)
		}
	}
	if n == 0 {
		return all[len(all)-1]
	}
	return all[n-1]
}

func dayRules() []dayRule {
	first := schedule.Date{Year: 2025, Month: 1, Day: 6} // a Monday
	last := schedule.Date{Year: 2026, Month: 10, Day: 25}
	once := []schedule.Date{{Year: 2025, Month: 3, Day: 30}, {Year: 2026, Month: 10, Day: 25}, {Year: 2027, Month: 3, Day: 28}}
	return []dayRule{
		{"every 3 days 02:30 from 2025-01-06", func(d schedule.Date) bool { return since(first, d) >= 0 && since(first, d)%3 == 0 }},
		{"every 2 days 00:00 from 2025-01-06 until 2026-10-25", func(d schedule.Date) bool {
			return since(first, d) >= 0 && since(first, d)%2 == 0 && !last.Before(d)
		}},
		{"every 2 weeks sun 02:30 from 2025-01-06", func(d schedule.Date) bool {
			n := since(schedule.Date{Year: 2025, Month: 1, Day: 12}, d)
			return n >= 0 && n%14 == 0
		}},
		{"sun 02:30 and mon in mar oct 02:30", func(d schedule.Date) bool {
			return weekday(d) == time.Sunday || weekday(d) == time.Monday && (d.Month == time.March || d.Month == time.October)
		}},
		{"fri 02:30 and every 2 weeks sun 02:30 from 2025-01-06", func(d schedule.Date) bool {
			n := since(schedule.Date{Year: 2025, Month: 1, Day: 12}, d)
			return since(first, d) >= 0 && (weekday(d) == time.Friday || n >= 0 && n%14 == 0)
		}},
		{"last sun in mar oct 02:00", func(d schedule.Date) bool {
			return weekday(d) == time.Sunday && (d.Month == time.March || d.Month == time.October) && d.Day > 24
		}},
		{"first sun 02:00 and last weekday 02:00", func(d schedule.Date) bool {
			return weekday(d) == time.Sunday && d.Day < 8 || d.Day == workdayOf(d, 0)
		}},
		{"first third weekday 01:30", func(d schedule.Date) bool { return d.Day == workdayOf(d, 1) || d.Day == workdayOf(d, 3) }},
		{"first weekday among mon sun 03:00", func(d schedule.Date) bool {
			w := weekday(d)
			return w == time.Sunday && d.Day < 7 || w == time.Monday && d.Day == 1
		}},
		{"1st 29th last day in feb mar 02:30", func(d schedule.Date) bool {
			end := time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC).Day()
			return (d.Month == 2 || d.Month == 3) && (d.Day == 1 || d.Day == 29 || d.Day == end)
		}},
		{"2025-03-30 2026-10-25 2027-03-28 02:30", func(d schedule.Date) bool { return slices.Contains(once, d) }},
		{"first sat 02:30 and third sun 02:30", func(d schedule.Date) bool {
			return weekday(d) == time.Saturday && d.Day < 8 || weekday(d) == time.Sunday && d.Day > 14 && d.Day < 22
		}},
		{"fifth sun 02:30", func(d schedule.Date) bool { return weekday(d) == time.Sunday && d.Day > 28 }},
		{"30th in jan apr jul oct 02:30", func(d schedule.Date) bool { return d.Day == 30 && d.Month%3 == 1 }},
		{"24th in dec 02:30 and 29th in feb 02:30", func(d schedule.Date) bool {
			return d.Month == time.December && d.Day == 24 || d.Month == time.February && d.Day == 29
		}},
		{"daily 02:30 from 2025-03-28 until 2026-04-02", func(d schedule.Date) bool {
			return since(schedule.Date{Year: 2025, Month: 3, Day: 28}, d) >= 0 && since(d, schedule.Date{Year: 2026, Month: 4, Day: 2}) >= 0
		}},
		{"mon 02:30 and 2026-03-29 2026-10-25 02:30", func(d schedule.Date) bool {
			return weekday(d) == time.Monday || d == schedule.Date{Year: 2026, Month: 3, Day: 29} || d == schedule.Date{Year: 2026, Month: 10, Day: 25}
		}},
		{"30 2 * 3,10 0", func(d schedule.Date) bool {
			return weekday(d) == time.Sunday && (d.Month == time.March || d.Month == time.October)
		}},
		{"mon sun 02:30 from 2025-01-06 until 2026-10-25", func(d schedule.Date) bool {
			return (weekday(d) == time.Sunday || weekday(d) == time.Monday) && since(first, d) >= 0 && !last.Before(d)
		}},
	}
}

// TestEveryKindEveryDay walks every kind of rule through three years of zones: it
// runs once on each of its days that the zone has, at its time or right after the
// gap that its time fell into, and on no other.
func TestEveryKindEveryDay(t *testing.T) {
	t.Parallel()
	zones := loadZones(t)
	names := zones.Names()
	if os.Getenv("CI") == "" || testing.Short() { // CI walks all, but not under the race detector
		rnd := rand.New(rand.NewPCG(18, 7))
		rnd.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		names = append(names[:40:40], "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Africa/Casablanca")
	}
	runs := 0
	for _, name := range names {
		zone, err := zones.Location(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range dayRules() {
			runs += walkKind(t, r, zone)
		}
	}
	t.Logf("%d zones, %d kinds of rules, %d runs", len(names), len(dayRules()), runs)
	if runs < 40*1000 {
		t.Error("hardly any run was seen: the test proves little")
	}
}

// walkKind walks one rule through one zone and counts its runs.
func walkKind(t *testing.T, r dayRule, zone *time.Location) int {
	rule := parse(t, r.text)
	minute := int(rule.Times()[0])
	var c dayCount
	n := 0
	at := time.Date(2024, 12, 31, 12, 0, 0, 0, zone)
	for day := (schedule.Date{Year: 2025, Month: 1, Day: 1}); day.Year < 2028; day = day.Add(1) {
		if !r.on(day) {
			continue
		}
		next, err := rule.Next(at, zone)
		if err != nil || schedule.DateOf(next) != day {
			t.Errorf("%s in %v: after %v comes %v, %v; want one on %v", r.text, zone, at, next, err, day)
			return n
		}
		c.check(t, rule, minute, next)
		at = next
		n++
	}
	if next, err := rule.Next(at, zone); err == nil && next.Year() < 2028 {
		t.Errorf("%s in %v: runs at %v besides", r.text, zone, next)
	}
	return n
}
