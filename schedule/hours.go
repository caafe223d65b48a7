package schedule

import (
	"errors"
	"strings"

	"unpinch/pattern"
)

// dayEnd is midnight as the end of a day.
const dayEnd Clock = 24 * 60

// ErrHours is a text that names no hours of the day.
var ErrHours = errors.New("no hours of the day")

var (
	hoursPattern    = pattern.New(`^(?:from |between )?(.+?) ?(?:[-–—]| to | until | till | and ) ?(.+)$`)
	bareHourPattern = pattern.New(`^\d{1,2}$`)
)

// ParseHours reads hours of the day as people write them, such as
// "07:00-22:00", "7am to 10pm", "22:00 - 06:00" or "all day". It returns the
// hours, or ErrHours for anything else.
func ParseHours(text string) (Hours, error) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	switch text {
	case "all day", "all", "always", "any", "any time", "anytime":
		return Hours{}, nil
	}
	m := hoursPattern().FindStringSubmatch(text)
	if m == nil {
		return Hours{}, ErrHours
	}
	bare := bareHourPattern().MatchString(m[1])
	if bare != bareHourPattern().MatchString(m[2]) { // 7-10pm does not say which 7
		return Hours{}, ErrHours
	}
	if bare {
		m[1], m[2] = m[1]+":00", m[2]+":00"
	}
	from, err := ParseClock(m[1])
	if err != nil {
		return Hours{}, ErrHours
	}
	to := dayEnd
	if m[2] != dayEnd.String() {
		if to, err = ParseClock(m[2]); err != nil {
			return Hours{}, ErrHours
		}
	}
	switch {
	case to == 0:
		to = dayEnd
	case to == from:
		return Hours{}, ErrHours
	}
	if from == 0 && to == dayEnd {
		return Hours{}, nil
	}
	return Hours{from, to}, nil
}

// String returns the hours as ParseHours reads them, "07:00-24:00".
func (h Hours) String() string {
	if h == (Hours{}) {
		return "all day"
	}
	return h.From.String() + "-" + h.To.String()
}
