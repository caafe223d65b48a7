package paste

import (
	"slices"

	"unpinch/timetable"
)

const (
	noon    = 12 * 60
	dayLong = 24 * 60
)

// A Half is which half of the day times without am or pm are in.
type Half int

// The halves.
const (
	Unasked Half = iota // it isn't known
	Morning
	Evening
)

// Valid reports whether it is one of the halves.
func (h Half) Valid() bool { return h >= Unasked && h <= Evening }

// share gives the times of a list and of a span the am or pm that stands beside
// one of them, and those of a line the half that its words say.
func share(times []slot, half Half) []slot {
	times = slices.Clone(times)
	for i := range times {
		if s := &times[i]; s.ends {
			shareSpan(&s.start, &s.end)
		}
	}
	for i := len(times) - 2; i >= 0; i-- { // 4, 5, 6pm
		if next := times[i+1].start; times[i].start.open && !next.open && !next.day {
			shift(&times[i], before(times[i].start.at, next.at))
		}
	}
	for i := 1; i < len(times); i++ { // 9am, 10, 4
		if last := times[i-1].start; times[i].start.open && !last.open && last.marked {
			shift(&times[i], after(times[i].start.at, last.at))
		}
	}
	for i := range times {
		if times[i].start.open && half != Unasked {
			shift(&times[i], inHalf(times[i].start.at, half))
		}
	}
	return times
}

// shareSpan gives a start the am or pm of its end, or the end that of the start.
func shareSpan(start, end *moment) {
	switch {
	case start.open && !end.open:
		if !end.day {
			at := end.at
			if at == 0 {
				at = dayLong // 10 to 12 midnight
			}
			*start = moment{at: before(start.at, at), marked: end.marked}
		}
	case !start.open && end.open:
		end.at, end.open = after(end.at, start.at), false
	}
}

// before is the later of a time of twelve hours and its other half that comes
// before an end.
func before(at, end int) int {
	if at+noon < end {
		return at + noon
	}
	return at
}

// after is the earlier of a time of twelve hours and its other half that comes
// after a start.
func after(at, start int) int {
	if at <= start {
		return at + noon
	}
	return at
}

// inHalf is a time of twelve hours in a half of the day.
func inHalf(at int, half Half) int {
	if half == Evening && at < noon {
		return at + noon
	}
	return at
}

// shift sets a start that is open, and moves its end with it.
func shift(s *slot, at int) {
	if s.end.open {
		s.end.at, s.end.open = s.end.at+at-s.start.at, false
	}
	s.start.at, s.start.open, s.start.marked = at, false, true
}

// length is how long a slot is, in minutes; 0 without an end.
func (s slot) length() int {
	if !s.ends {
		return 0
	}
	n := (s.end.at - s.start.at) % dayLong
	if s.start.open && s.end.open {
		n %= noon
		if n <= 0 {
			n += noon
		}
		return n
	}
	if n <= 0 {
		n += dayLong
	}
	return n
}

// wrap reads starts of one column or list, which go up through the day: where
// they go down once, those before are in the morning and the others after noon.
// Elsewhere it changes nothing.
func wrap(starts []*slot, sorted bool) {
	down := -1
	for i := range starts {
		if !starts[i].start.open && starts[i].start.at/60 != 12 {
			return
		}
		if i > 0 && starts[i].start.at < starts[i-1].start.at {
			if down >= 0 {
				return
			}
			down = i
		}
	}
	if down < 0 || !sorted && starts[down-1].start.at < 9*60 || starts[0].start.at < 5*60 || starts[down-1].start.at < starts[len(starts)-1].start.at && !sorted {
		return
	}
	for i, s := range starts {
		if s.start.open {
			half := Morning
			if i >= down {
				half = Evening
			}
			shift(s, inHalf(s.start.at, half))
		}
	}
}

// lengthFault says what is wrong with a length in minutes.
func lengthFault(n int, seen string) *timetable.Fault {
	if d := minutes(n); d < timetable.MinLength || d > timetable.MaxLength {
		return &timetable.Fault{Code: timetable.CodeLength, Seen: seen, Example: "60min"}
	}
	return nil
}
