package commands

import (
	"strconv"

	"unpinch/bot"
)

var classManyID = bot.NewID[placeID]("classmany1")

// A placeID names a place.
type placeID int64

// MarshalText returns the number.
func (p placeID) MarshalText() ([]byte, error) { return strconv.AppendInt(nil, int64(p), 10), nil }

// UnmarshalText reads it.
func (p *placeID) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 64)
	*p = placeID(n)
	return err
}
