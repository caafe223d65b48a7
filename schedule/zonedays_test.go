package schedule_test

import (
	"fmt"
	"sort"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
)

// TestEveryZoneEveryDay holds daily rules at night, when clocks change,
// against every local day of three years in every zone that we ship: on each
// day the rule runs once, at its time or right after the gap that its time
// fell into.
func TestEveryZoneEveryDay(t *testing.T) {
	t.Parallel()
	zones := loadZones(t)
	var rules []schedule.Rule
	for minute := 0; minute <= 210; minute += 30 {
		rules = append(rules, parse(t, fmt.Sprintf("daily %02d:%02d", minute/60, minute%60)))
	}
	names := zones.Names()
	if underRace {
		names = names[:len(names)/8]
	}
	clocks := map[string]*time.Location{} // by what they show in those years: most zones are one of few
	for _, name := range names {
		zone, err := zones.Location(name)
		if err != nil {
			t.Fatal(err)
		}
		clocks[changes(zone, 2024, 2028)] = zone
	}
	var all dayCount
	for _, zone := range clocks {
		for _, r := range rules {
			all.add(countDays(t, r, zone, 2025, 2027))
		}
	}
	t.Logf("tz data %s: %d zones with %d clocks, %d rules: %+v", zones.Version(), len(names), len(clocks), len(rules), all)
	if all.skipped != 0 || all.doubled != 0 {
		t.Error("days were skipped or doubled")
	}
	if want := int64(len(clocks) * len(rules) * (365 * 3)); all.days != want {
		t.Errorf("%d local days seen, want %d", all.days, want)
	}
	if !underRace && (all.gaps < 100 || all.overlaps < 100) {
		t.Error("hardly any clock changes were met: the test proves little")
	}
}

// changes says when a zone's clock changes in the years between two, and to what.
func changes(zone *time.Location, first, last int) string {
	var all strings.Builder
	offset := func(at int64) (o int) { _, o = time.Unix(at, 0).In(zone).Zone(); return o }
	const day = 86400
	for at, end := time.Date(first, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(last, 1, 1, 0, 0, 0, 0, time.UTC).Unix(); at < end; at += day {
		if before := offset(at); offset(at+day) != before {
			second := sort.Search(day, func(s int) bool { return offset(at+int64(s)) != before })
			fmt.Fprintln(&all, at+int64(second))
		}
		if all.Len() == 0 || offset(at) != offset(at-day) {
			fmt.Fprintln(&all, offset(at))
		}
	}
	return all.String()
}

type dayCount struct{ days, skipped, doubled, gaps, overlaps int64 }

func (c *dayCount) add(o dayCount) {
	c.days += o.days
	c.skipped += o.skipped
	c.doubled += o.doubled
	c.gaps += o.gaps
	c.overlaps += o.overlaps
}

// countDays walks through the runs of a daily rule over whole years.
func countDays(t *testing.T, r schedule.Rule, zone *time.Location, first, last int) dayCount {
	var c dayCount
	minute := int(r.Times()[0])
	at := time.Date(first-1, 12, 31, 12, 0, 0, 0, zone)
	prev := localDay(at)
	for {
		next, err := r.Next(at, zone)
		if err != nil || !next.After(at) {
			t.Errorf("%v in %v: Next(%v) = %v, %v", r, zone, at, next, err)
			return c
		}
		if next.Year() > last {
			return c
		}
		day := localDay(next)
		c.days++
		switch d := day - prev; {
		case d == 0:
			c.doubled++
			t.Errorf("%v in %v: %v and %v are on one day", r, zone, at, next)
		case d > 1:
			c.skipped += d - 1
			t.Errorf("%v in %v: nothing between %v and %v", r, zone, at, next)
		}
		c.check(t, r, minute, next)
		at, prev = next, day
	}
}

// check sees that a rule runs at its time or right after a gap that holds it,
// and never in the second pass of an overlap.
func (c *dayCount) check(t *testing.T, r schedule.Rule, minute int, at time.Time) {
	_, offset := at.Zone()
	start, _ := at.ZoneBounds()
	before := offset
	if !start.IsZero() {
		_, before = start.Add(-1).Zone()
	}
	shift := before - offset // above 0 where the clock was set back
	got := at.Hour()*60 + at.Minute()
	switch since := int(at.Sub(start) / time.Second); {
	case got == minute && at.Second() == 0:
		if !start.IsZero() && shift > 0 && since < shift {
			t.Errorf("%v in %v: %v is the second pass", r, at.Location(), at)
		}
		if _, until := at.ZoneBounds(); !until.IsZero() {
			c.overlaps += overlapAt(until, at)
		}
	case at.Equal(start) && shift < 0 && minute < got && got+shift/60 <= minute:
		c.gaps++
	default:
		t.Errorf("%v in %v: runs at %v, which is neither its time nor right after a gap", r, at.Location(), at)
	}
}

// overlapAt returns 1 if the clock is set back at until, past the time that it
// shows at an instant.
func overlapAt(until, at time.Time) int64 {
	_, a := at.Zone()
	_, b := until.Zone()
	if back := time.Duration(a-b) * time.Second; back > 0 && until.Sub(at) <= back {
		return 1
	}
	return 0
}

// localDay numbers the days of the local calendar.
func localDay(t time.Time) int64 {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400
}

func loadZones(t testing.TB) *schedule.Zones {
	t.Helper()
	zones, err := schedule.LoadZones()
	if err != nil {
		t.Fatal(err)
	}
	return zones
}

func parse(t testing.TB, text string) schedule.Rule {
	t.Helper()
	r, err := schedule.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
