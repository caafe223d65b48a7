package schedule

import (
	"errors"
	"time"
)

// ErrNever says that there is no next start.
var ErrNever = errors.New("it never starts again")

const (
	daySeconds = 24 * 60 * 60
	// maxOffset is more than any zone has ever been away from UTC.
	maxOffset = 16 * 60 * 60
	// maxBack is more than any zone's clock was ever set back at once: a day.
	maxBack = 26 * 60 * 60
	// horizon is how many days ahead Next looks. 29 February can be eight years
	// away.
	horizon = 3000
)

// Next returns the first instant after t at which the rule runs on the clock of
// zone, with that zone as its location, or ErrNever if there is none:
//
//   - At a wall time that the zone skips it runs at the first instant after the
//     gap, once for all wall times in one gap.
//   - At a wall time that comes twice it runs the first time only.
//   - On a day that the zone skips as a whole it does not run.
//
// All of it follows from one definition: a rule runs at the earliest instant at
// which the local clock shows its wall time or more. Thus runs never change
// their order, and a run is after t if and only if the local clock has not shown
// its wall time by then.
func (r Rule) Next(t time.Time, zone *time.Location) (time.Time, error) {
	for from := firstWall(t, zone); ; from++ {
		wall, ok := r.nextWall(from)
		if !ok {
			return time.Time{}, ErrNever
		}
		if at, ok := instant(wall, zone); ok {
			return time.Unix(at, 0).In(zone), nil
		}
		from = wall
	}
}

// A wall time is the local clock's reading as if it were UTC, in seconds from
// 1970.

// firstWall returns the first wall time that the local clock has not shown by
// t: the next second, or in the second pass of an overlap the end of the first.
func firstWall(t time.Time, zone *time.Location) int64 {
	now := t.Unix()
	first := now + offset(now, zone) + 1
	for from := now - maxBack; ; {
		change, ok := nextChange(from, now, zone)
		if !ok {
			return first
		}
		first = max(first, change+offset(change-1, zone))
		from = change
	}
}

// instant returns the earliest instant at which zone's clock shows wall or
// more. It is not ok if the zone skipped the whole day of it.
func instant(wall int64, zone *time.Location) (at int64, ok bool) {
	for from := wall - maxOffset; ; {
		change, changes := nextChange(from, wall+maxOffset, zone)
		at := wall - offset(from, zone)
		if !changes || at < change {
			return at, true
		}
		if after := offset(change, zone); wall-after < change { // it was set forward, past wall
			midnight := wall - floorMod(wall, daySeconds)
			skipped := change+offset(change-1, zone) <= midnight && midnight+daySeconds <= change+after
			return change, !skipped
		}
		from = change
	}
}

// nextChange finds an instant after from, and not after to, at which zone's
// offset changes. It does not see a clock that is changed and changed back in
// between; no zone has ever done that within two days. (time.Time.ZoneBounds
// would answer with the ends of years as well, some of them wrong.)
func nextChange(from, to int64, zone *time.Location) (change int64, ok bool) {
	before := offset(from, zone)
	if offset(to, zone) == before {
		return 0, false
	}
	for from+1 < to {
		if mid := from + (to-from)/2; offset(mid, zone) == before {
			from = mid
		} else {
			to = mid
		}
	}
	return to, true
}

// offset returns how many seconds the local clock is ahead of UTC.
func offset(at int64, zone *time.Location) int64 {
	_, seconds := time.Unix(at, 0).In(zone).Zone()
	return int64(seconds)
}

// nextWall returns the rule's first wall time not before from.
func (r Rule) nextWall(from int64) (wall int64, ok bool) {
	if !r.from.IsZero() {
		from = max(from, r.from.days()*daySeconds)
	}
	for _, p := range r.parts {
		if next, found := p.nextWall(from, r); found && (!ok || next < wall) {
			wall, ok = next, true
		}
	}
	if !r.until.IsZero() && ok {
		ok = floorDiv(wall, daySeconds) <= r.until.days()
	}
	return wall, ok
}

// nextWall returns the first wall time of one part of a rule not before from.
func (p part) nextWall(from int64, r Rule) (wall int64, ok bool) {
	day := floorDiv(from, daySeconds)
	minute := Clock((floorMod(from, daySeconds) + 59) / 60)
	if len(p.once) > 0 {
		return p.nextOnce(day, minute)
	}
	if p.skip(day, r) == 0 {
		for _, t := range p.times {
			if t >= minute {
				return day*daySeconds + int64(t)*60, true
			}
		}
	}
	for last := day + horizon; day < last; {
		day++
		skip := p.skip(day, r)
		if skip == 0 {
			return day*daySeconds + int64(p.times[0])*60, true
		}
		day += skip - 1
	}
	return 0, false
}

// nextOnce returns the first wall time of a part that has dates of its own.
func (p part) nextOnce(day int64, minute Clock) (wall int64, ok bool) {
	for _, d := range p.once {
		for _, t := range p.times {
			if on := d.days(); on > day || on == day && t >= minute {
				return on*daySeconds + int64(t)*60, true
			}
		}
	}
	return 0, false
}

// skip returns 0 if the part runs on a day, or else how many days ahead it can
// run next.
func (p part) skip(day int64, r Rule) int64 {
	switch {
	case p.every > 1 && p.daily:
		return floorMod(r.from.days()-day, int64(p.every))
	case p.every > 1 && (week(day)-week(r.anchor))%int64(p.every) != 0:
		return 7 - floorMod(day+3, 7)
	}
	if p.dates == 0 && p.nth == 0 && p.months == 0 {
		return missed(p.onWeekday(day))
	}
	d := dateOn(day)
	length := daysIn(d)
	if p.months != 0 && p.months&(1<<d.Month) == 0 {
		return int64(length - d.Day + 1)
	}
	onDate := p.dates&(1<<d.Day) != 0 || p.dates&1 != 0 && d.Day == length
	return missed(onDate || p.onWeekday(day) && (p.nth == 0 || p.onNth(d.Day, length, day)))
}

// onNth reports whether a day of a month of that length is one of those that the
// part counts.
func (p part) onNth(date, length int, day int64) bool {
	if !p.among {
		return p.nth&(1<<((date+6)/7)) != 0 || p.nth&1 != 0 && date+7 > length
	}
	before, after := 0, 0
	for d := 1; d <= length; d++ {
		switch on := p.onWeekday(day + int64(d-date)); {
		case on && d <= date:
			before++
		case on:
			after++
		}
	}
	return before < len(nths) && p.nth&(1<<before) != 0 || p.nth&1 != 0 && after == 0
}

// missed turns a match into the days to skip.
func missed(match bool) int64 {
	if match {
		return 0
	}
	return 1
}

// onWeekday reports whether a day is one of the part's weekdays. 1970 began on
// a Thursday.
func (p part) onWeekday(day int64) bool { return p.days&(1<<floorMod(day+4, 7)) != 0 }

// week numbers the weeks from Monday to Sunday.
func week(day int64) int64 { return floorDiv(day+3, 7) }

// daysIn returns how many days the month of d has.
func daysIn(d Date) int {
	return time.Date(d.Year, d.Month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// floorDiv divides, rounding down.
func floorDiv(a, b int64) int64 { return (a - floorMod(a, b)) / b }

// floorMod returns what floorDiv leaves, which is never negative.
func floorMod(a, b int64) int64 { return (a%b + b) % b }
