package schedule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Clock is a time of day on the local clock, in minutes from 00:00.
type Clock int

// String returns the time as 18:00.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c/60, c%60) }

// On returns the first instant of a day at which a zone's clock shows c or, on a
// day on which it never does, more.
func (c Clock) On(d Date, zone *time.Location) time.Time {
	at, _ := instant(d.days()*daySeconds+int64(c)*60, zone)
	return time.Unix(at, 0).In(zone)
}

// clockFillers mean nothing beside a time of day.
var clockFillers = strings.Fields("at o'clock oclock")

// ParseClock reads a time of day as people write it in rules, such as "18:00",
// "6:30 pm", "1800" or "noon". It returns the time, or a *ParseError with
// FaultTime for anything else, such as a time with a day beside it.
func ParseClock(text string) (Clock, error) {
	words := slices.DeleteFunc(split(strings.ToLower(text)), func(w string) bool { return slices.Contains(clockFillers, w) })
	if len(words) == 1 {
		if c, err := clockOf(words[0]); err == nil {
			return c, nil
		}
	}
	return 0, &ParseError{FaultTime, strings.TrimSpace(text)}
}

// clockOf reads one word of a rule as a time of day, or says by a *ParseError
// what else it is.
func clockOf(w string) (Clock, error) {
	switch w {
	case "noon", "midday":
		return 12 * 60, nil
	case "midnight":
		return 0, nil
	}
	if plainTimePattern.MatchString(w) { // 1800
		w = w[:2] + ":" + w[2:]
	}
	m := timePattern.FindStringSubmatch(w)
	switch {
	case numberPattern.MatchString(w):
		return 0, &ParseError{FaultNumber, w}
	case m == nil && w != "" && w[0] >= '0' && w[0] <= '9':
		return 0, &ParseError{FaultTime, w}
	case m == nil:
		return 0, &ParseError{FaultWord, w}
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	if half := m[4]; half != "" {
		if hour < 1 || hour > 12 {
			return 0, &ParseError{FaultTime, w}
		}
		hour %= 12
		if half[0] == 'p' {
			hour += 12
		}
	}
	if hour > 23 || minute > 59 {
		return 0, &ParseError{FaultTime, w}
	}
	return Clock(hour*60 + minute), nil
}
