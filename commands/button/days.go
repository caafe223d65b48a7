package button

import (
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/schedule"
)

// daysSpan is how far apart the first and the last of Days may be.
const daysSpan = 408

// Days are days of a place, earliest first and each once.
type Days struct {
	Place int64
	Days  []schedule.Date
}

const daySeconds = 24 * 60 * 60

// number counts a day from 1970-01-01.
func number(d schedule.Date) int64 { return d.Start(time.UTC).Unix() / daySeconds }

// MarshalText returns the place, the first day, and a bit for each day from there
// on.
func (d Days) MarshalText() ([]byte, error) {
	if len(d.Days) == 0 {
		return nil, errors.New("no days")
	}
	first := number(d.Days[0])
	bits := make([]byte, daysSpan/8)
	for _, day := range d.Days {
		n := number(day) - first
		if n < 0 || n >= daysSpan {
			return nil, errors.New("days out of order or far apart")
		}
		bits[n/8] |= 1 << (n % 8)
	}
	for bits[len(bits)-1] == 0 {
		bits = bits[:len(bits)-1]
	}
	parts := []string{strconv.FormatInt(d.Place, 36), strconv.FormatInt(first, 36), base64.RawURLEncoding.EncodeToString(bits)}
	return []byte(strings.Join(parts, ".")), nil
}

// UnmarshalText reads what MarshalText wrote.
func (d *Days) UnmarshalText(text []byte) error {
	parts := strings.Split(string(text), ".")
	if len(parts) != 3 {
		return errors.New("want a place, a first day and bits")
	}
	place, err := strconv.ParseInt(parts[0], 36, 64)
	first, err2 := strconv.ParseInt(parts[1], 36, 32)
	bits, err3 := base64.RawURLEncoding.DecodeString(parts[2])
	if err := errors.Join(err, err2, err3); err != nil || len(bits) > daysSpan/8 || first < 0 {
		return errors.New("want a place, a first day and bits")
	}
	*d = Days{Place: place}
	for n := range 8 * len(bits) {
		if bits[n/8]&(1<<(n%8)) != 0 {
			d.Days = append(d.Days, schedule.DateOf(time.Unix((first+int64(n))*daySeconds, 0).UTC()))
		}
	}
	if again, err := d.MarshalText(); err != nil || !slices.Equal(again, text) {
		return errors.New("written in another way")
	}
	return nil
}
