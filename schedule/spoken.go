package schedule

import (
	"strings"
	"time"
)

// spoken makes one token of the last few where people say one thing with them:
// half past six, quarter to 7, six thirty, half an hour, day after tomorrow.
func (s *scanner) spoken() {
	switch last := s.last(); {
	case last.kind == tokenNumber && last.plain:
		if s.minutesSaid() {
			return
		}
		fallthrough
	case last.kind == tokenNumber, last.kind == tokenTime:
		s.pastHour()
	case last.kind == tokenRelative && last.n == 1:
		if s.back(1) == "after" && s.back(2) == "day" {
			s.fold(3, piece{kind: tokenRelative, n: 2})
		}
	case last.kind == tokenUnit && last.n == unitHour:
		if n := s.skipped(1, "a", "an"); s.back(n) == "half" && s.back(n+1) != "a" {
			s.fold(n+1, piece{kind: tokenLength, length: 30 * time.Minute})
		}
	case s.back(0) == "now" && s.before(1).kind == tokenFrom:
		s.fold(1, piece{kind: tokenRelative})
	case s.back(0) == "than" && s.back(1) == "other":
		s.fold(2, piece{kind: tokenExcept})
	case s.back(0) == "half":
		if n := s.skipped(1, "a"); s.back(n) == "and" && s.before(n+1).kind == tokenUnit && s.before(n+1).n == unitHour {
			hour := s.skipped(n+2, "a", "an") // hour and a half
			if s.before(hour).kind == tokenFor || hour > n+2 {
				s.fold(hour, piece{kind: tokenLength, length: 90 * time.Minute})
			}
		}
	}
}

// before returns the token so many before the last, or one of kind tokenEnd.
func (s *scanner) before(n int) piece {
	if n >= len(s.tokens) {
		return piece{}
	}
	return s.tokens[len(s.tokens)-1-n]
}

// back returns the word of that token.
func (s *scanner) back(n int) string {
	t := s.before(n)
	return strings.ToLower(s.text[t.at:t.end])
}

// skipped returns n, or what follows it if one of some words is there.
func (s *scanner) skipped(n int, words ...string) int {
	for _, w := range words {
		if s.back(n) == w {
			return n + 1
		}
	}
	return n
}

// fold puts one token in place of the last few.
func (s *scanner) fold(n int, t piece) {
	t.at, t.end = s.before(n-1).at, s.last().end
	s.tokens = append(s.tokens[:len(s.tokens)-n], t)
}

// minutesSaid reads six thirty and twenty five, if that is what is there.
func (s *scanner) minutesSaid() bool {
	t, first := s.last(), s.before(1)
	switch {
	case first.kind != tokenNumber || !first.plain:
		return false
	case first.n >= 20 && first.n%10 == 0 && first.n < 100 && t.n < 10:
		s.fold(2, piece{kind: tokenNumber, n: first.n + t.n, plain: true})
		s.minutesSaid()
		return true
	case first.n >= 1 && first.n <= 23 && t.n >= 10 && t.n < 60:
		s.fold(2, piece{kind: tokenNumber, n: 100*first.n + t.n, plain: true})
		return true
	case first.n >= 100 && first.n%100 >= 20 && first.n%10 == 0 && t.n < 10:
		s.fold(2, piece{kind: tokenNumber, n: first.n + t.n, plain: true})
		return true
	}
	return false
}

// pastHour reads half past six, quarter to seven and 20 past 6pm.
func (s *scanner) pastHour() {
	t, minute := s.last(), 0
	first := s.before(2)
	switch word := s.back(2); {
	case word == "half":
		minute = 30
	case word == "quarter":
		minute = 15
	case first.kind == tokenNumber && first.n < 30:
		minute = first.n
	case first.kind == tokenUnit && first.n == unitMinute && s.before(3).kind == tokenNumber && s.before(3).n < 30:
		minute = s.before(3).n
	}
	sign := 1
	switch word := s.back(1); {
	case word == "to" && s.back(2) == "quarter":
		sign = -1
	case word != "past" || minute == 0:
		return
	}
	n := 3
	if first.kind == tokenUnit && first.n == unitMinute {
		n++
	} else if s.back(3) == "a" {
		n++
	}
	switch {
	case t.kind == tokenNumber && t.n >= 1 && t.n <= 23:
		clock := 60*t.n + sign*minute
		if clock < 60 { // quarter to one
			clock += 12 * 60
		}
		s.fold(n, piece{kind: tokenNumber, n: clock/60*100 + clock%60, plain: true})
	case t.kind == tokenTime && t.clock%60 == 0:
		t.clock = Clock(floorMod(int64(t.clock)+int64(sign*minute), 24*60))
		t.plain = false
		s.fold(n, t)
	}
}
