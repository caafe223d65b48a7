package timetable

import (
	"errors"
	"strings"

	"unpinch/schedule"
)

// title says if the words from n on, up to a limit, can't be a title: they
// look like more of the rule, or like a length.
func (s *splitter) title(n, limit int) *Fault {
	known := true
	for i := n; i < limit; i++ {
		kind := kindOf(s.at(i))
		known = known && kind != wordUnknown
		switch {
		case kind == wordTime, kind == wordDate, i == n && kind == wordNoTime:
			return s.more(i)
		case i == n && kind == wordNumber:
			return &Fault{Code: CodeUnit, Seen: s.at(i), Example: s.at(i) + "min"}
		}
	}
	if known {
		return s.more(limit - 1)
	}
	return nil
}

// more says what is wrong with a rule that goes on to the i-th word.
func (s *splitter) more(i int) *Fault {
	_, err := schedule.Parse(s.upTo(i + 1))
	p, ok := errors.AsType[*schedule.ParseError](err)
	if !ok || p.Fault == schedule.FaultWord || p.Fault == schedule.FaultFields || kindOf(s.at(i)) == wordDate {
		err = &schedule.ParseError{Fault: schedule.FaultMixed, Seen: s.at(i)}
	}
	return RuleFault(err)
}

// The kinds of words that a title might have.
const (
	wordUnknown = iota
	wordRule    // a day, or another word of rules
	wordTime    // a time of day in digits, or a start with an end
	wordDate    // 2026-12-05
	wordNumber  // nothing but digits
	wordNoTime  // a time that no clock shows
)

func kindOf(word string) int {
	if _, err := schedule.ParseDate(word); err == nil {
		return wordDate
	}
	_, err := schedule.Parse("daily " + word)
	p, ok := errors.AsType[*schedule.ParseError](err)
	switch {
	case err == nil && word != "" && word[0] >= '0' && word[0] <= '9':
		return wordTime
	case !ok:
		return wordRule
	case p.Fault == schedule.FaultWord:
		return wordUnknown
	case p.Fault == schedule.FaultNumber:
		return wordNumber
	case p.Fault == schedule.FaultSpan:
		return wordTime
	case p.Fault == schedule.FaultTime && strings.Contains(word, ":"):
		return wordNoTime
	case p.Fault == schedule.FaultTime: // 5k, 3x10
		return wordUnknown
	}
	return wordRule
}
