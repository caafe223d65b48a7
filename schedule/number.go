package schedule

import (
	"strconv"
	"strings"
	"time"
)

// number reads what begins with a digit: a time of day, a date, an ordinal, a
// length or a number.
func (s *scanner) number() {
	n := s.digits(s.at)
	sep, more := byte(0), 0
	if end := s.at + n; end < len(s.text) {
		sep, more = s.text[end], s.digits(end+1)
	}
	switch {
	case n == 4 && more > 0 && more < 3 && strings.IndexByte("-/.", sep) >= 0:
		s.yearFirst(n)
	case n <= 2 && more > 0 && more <= 2 && strings.IndexByte("-/.", sep) >= 0 && s.yearLast(n, more, sep):
	case n <= 2 && more > 0 && sep == ':':
		s.clock(n, more)
	case n <= 2 && more == 2 && sep == '.':
		s.dotted(n)
	case n <= 2 && more == 1 && strings.IndexByte(".,", sep) >= 0 && s.decimal(n):
	case n <= 2 && more == 1 && sep == '.':
		s.shortDotted(n)
	case n <= 2 && (sep == 'h' || sep == 'H') && s.hour(n):
	case n == 3 || n == 4:
		s.run(n)
	case n <= 2:
		s.small(n)
	default:
		s.add(piece{kind: tokenUnknown}, s.at+n)
	}
}

// digits counts the digits from a place on.
func (s *scanner) digits(at int) int {
	n := 0
	for at+n < len(s.text) && digit(s.text[at+n]) {
		n++
	}
	return n
}

// value returns the number that so many digits from a place on are.
func (s *scanner) value(at, n int) int {
	v, _ := strconv.Atoi(s.text[at : at+n])
	return v
}

// letters returns the letters from a place on, in small ones.
func (s *scanner) letters(at int) string {
	n := 0
	for at+n < len(s.text) && ('a' <= s.text[at+n]|' ' && s.text[at+n]|' ' <= 'z') {
		n++
	}
	return strings.ToLower(s.text[at : at+n])
}

// byteAt returns the byte at a place, or 0 past the end.
func (s *scanner) byteAt(at int) byte {
	if at < len(s.text) {
		return s.text[at]
	}
	return 0
}

// yearFirst reads 2026-12-05, and 2026/12/5.
func (s *scanner) yearFirst(n int) {
	month := s.at + n + 1
	m := s.digits(month)
	day := month + m + 1
	d := s.digits(day)
	if m > 2 || d < 1 || d > 2 || s.byteAt(month+m) != s.text[s.at+n] {
		s.add(piece{kind: tokenBroken, fault: FaultDate}, max(month+m, min(day+d, len(s.text))))
		return
	}
	s.date(Date{s.value(s.at, n), time.Month(s.value(month, m)), s.value(day, d)}, Date{}, day+d)
	if (s.byteAt(s.at)|' ') == 't' && digit(s.byteAt(s.at+1)) {
		s.at++
	}
}

// yearLast reads 5.12.2026 and 5/12/2026, if that is what is there. With dots
// the day stands first; else the text may not say which.
func (s *scanner) yearLast(n, more int, sep byte) bool {
	year := s.at + n + 1 + more + 1
	y := s.digits(year)
	if s.byteAt(year-1) != sep || y != 4 && (y != 2 || sep == '-') {
		return false
	}
	a, b, v := s.value(s.at, n), s.value(s.at+n+1, more), s.value(year, y)
	if y == 2 {
		if sep == '/' && s.halfAt(year+y) >= 0 { // 6/7/10pm
			return false
		}
		v += 2000
	}
	d, swapped := Date{v, time.Month(b), a}, Date{v, time.Month(a), b}
	if sep == '.' || a == b {
		swapped = Date{}
	}
	s.date(d, swapped, year+y)
	return true
}

// date adds a date, or the other reading of it, or both.
func (s *scanner) date(d, swapped Date, end int) {
	near := Date{d.Year, d.Month, 28}
	if near.valid() && d.Day <= 31 { // 30 February
		near.Day = daysIn(near)
	} else {
		near = Date{}
	}
	if !swapped.valid() {
		swapped = Date{}
	}
	if !d.valid() {
		d, swapped = swapped, Date{}
	}
	if d.IsZero() {
		s.add(piece{kind: tokenBroken, fault: FaultDate, instead: near.String()}, end)
		return
	}
	s.add(piece{kind: tokenDate, date: d, swapped: swapped}, end)
}

// valid reports whether the calendar has the day, in years that rules reach.
func (d Date) valid() bool {
	return d.Year >= 1970 && d.Year <= 9999 && d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= daysIn(Date{d.Year, d.Month, 1})
}

// clock reads 18:00, 6:30pm and 18:00:00.
func (s *scanner) clock(n, more int) {
	minute, end := s.at+n+1, s.at+n+1+more
	if more != 2 {
		instead := ""
		if more == 1 {
			instead = s.text[s.at:end] + "0"
		}
		s.add(piece{kind: tokenBroken, fault: FaultTime, instead: instead}, end)
		return
	}
	if seconds := s.digits(end + 1); s.byteAt(end) == ':' && seconds > 0 {
		if seconds != 2 || s.value(end+1, 2) != 0 {
			s.add(piece{kind: tokenBroken, fault: FaultTime, instead: s.text[s.at:end]}, end+1+seconds)
			return
		}
		end += 3
	}
	s.time(s.value(s.at, n), s.value(minute, 2), n, end)
}

// dotted reads 18.00 and 24.12., and leaves open what 5.12 is.
func (s *scanner) dotted(n int) {
	a, b, end := s.value(s.at, n), s.value(s.at+n+1, 2), s.at+n+3
	isDate := b >= 1 && b <= 12 && a >= 1 && a <= 31
	closed := s.byteAt(end) == '.' && s.byteAt(end+1) != 'm'
	switch {
	case isDate && closed || isDate && a > 23:
		if closed {
			end++
		}
		s.add(piece{kind: tokenDate, n: a, m: b}, end)
	case isDate && s.halfAt(end) < 0:
		s.add(piece{kind: tokenDotted, clock: Clock(a*60 + b), n: a, m: b, bare: a <= 12 && s.text[s.at] != '0'}, end)
	default:
		s.time(a, b, n, end)
	}
}

// shortDotted reads 5.1. and 24.1, and refuses 18.0.
func (s *scanner) shortDotted(n int) {
	a, b, end := s.value(s.at, n), s.value(s.at+n+1, 1), s.at+n+2
	closed := s.byteAt(end) == '.'
	if b >= 1 && a >= 1 && a <= 31 && (closed || a > 23) {
		if closed {
			end++
		}
		s.add(piece{kind: tokenDate, n: a, m: b}, end)
		return
	}
	s.add(piece{kind: tokenBroken, fault: FaultNumber}, end)
}

// decimal reads 1.5 hours, if that is what is there.
func (s *scanner) decimal(n int) bool {
	end := s.at + n + 2
	unit := end
	for s.byteAt(unit) == ' ' {
		unit++
	}
	switch w := s.letters(unit); w {
	case "h", "hr", "hrs", "hour", "hours":
		tenths := 10*s.value(s.at, n) + s.value(end-1, 1)
		s.add(piece{kind: tokenLength, length: time.Duration(tenths) * 6 * time.Minute}, unit+len(w))
		return true
	}
	return false
}

// hour reads 18h, 18h30 and 1h30min, which may be a time or a length.
func (s *scanner) hour(n int) bool {
	w := s.letters(s.at + n)
	if w != "h" && w != "hr" && w != "hrs" {
		return false
	}
	end, minute := s.at+n+len(w), 0
	if s.digits(end) == 2 {
		minute, end = s.value(end, 2), end+2
		switch w := s.letters(end); w {
		case "m", "min", "mins":
			end += len(w)
		case "":
		default:
			return false
		}
	}
	hour := s.value(s.at, n)
	if minute > 59 || hour > 23 {
		s.add(piece{kind: tokenBroken, fault: FaultTime}, end)
		return true
	}
	s.add(piece{kind: tokenHour, clock: Clock(hour*60 + minute), n: -1, length: time.Duration(hour*60+minute) * time.Minute}, end)
	return true
}

// small reads 15th, 6pm, 90min, 2w and plain numbers.
func (s *scanner) small(n int) {
	v, end := s.value(s.at, n), s.at+n
	switch w := s.letters(end); w {
	case "st", "nd", "rd", "th":
		if v < 1 || v > 31 {
			s.add(piece{kind: tokenBroken, fault: FaultDate}, end+2)
			return
		}
		s.add(piece{kind: tokenOrdinal, n: v}, end+2)
		return
	case "w", "wk", "wks":
		s.add(piece{kind: tokenNumber, n: v}, end)
		s.add(piece{kind: tokenUnit, n: unitWeek}, end+len(w))
		return
	case "d":
		s.add(piece{kind: tokenNumber, n: v}, end)
		s.add(piece{kind: tokenUnit, n: unitDay}, end+1)
		return
	}
	if s.halfAt(end) >= 0 {
		s.time(v, 0, n, end)
		return
	}
	s.add(piece{kind: tokenNumber, n: v}, end)
	for end < len(s.text) && s.text[end] == ' ' {
		end++
	}
	if w := s.letters(end); v >= 5 && w == "m" && strings.IndexByte("/-&.", s.byteAt(end+1)) < 0 || w == "m" && end == s.tokens[len(s.tokens)-1].end {
		s.at = end
		s.add(piece{kind: tokenUnit, n: unitMinute}, end+1)
	} else if c := s.byteAt(end); c == '\'' && end == s.at { // 90'
		s.add(piece{kind: tokenUnit, n: unitMinute}, end+1)
	}
}
