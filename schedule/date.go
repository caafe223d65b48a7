package schedule

import (
	"fmt"
	"time"
)

// A Date is a day of the calendar, in no particular zone. The zero Date is
// none.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf returns the day that t's own clock shows.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseDate reads a day written as 2026-12-05.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, &ParseError{Fault: FaultDate, Seen: text}
	}
	return DateOf(t), nil
}

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Before reports whether d comes before o.
func (d Date) Before(o Date) bool { return d.days() < o.days() }

// Add returns the day that many days later; earlier where days is below zero.
func (d Date) Add(days int) Date { return dateOn(d.days() + int64(days)) }

// String returns the day as 2026-12-05, and the zero Date as nothing.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// MarshalText returns String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Start returns the first instant of the day in zone. In a zone that skipped
// the whole day, that is the first one after it.
func (d Date) Start(zone *time.Location) time.Time {
	at, _ := instant(d.days()*daySeconds, zone)
	return time.Unix(at, 0).In(zone)
}

// days counts from 1970-01-01.
func (d Date) days() int64 {
	return floorDiv(time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix(), daySeconds)
}

// dateOn is the inverse of days.
func dateOn(days int64) Date { return DateOf(time.Unix(days*daySeconds, 0).UTC()) }
