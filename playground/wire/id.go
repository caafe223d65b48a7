package wire

import (
	"fmt"
	"strconv"
	"time"
)

// discordEpoch is the first millisecond of 2015, where flakes begin.
const discordEpoch = 1420070400000

// A ID is a Discord id. It is text in JSON, and sorts by time.
type ID uint64

// String writes the id as Discord does.
func (s ID) String() string { return strconv.FormatUint(uint64(s), 10) }

// MarshalText makes ids strings in JSON, as values and as keys.
func (s ID) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads an id.
func (s *ID) UnmarshalText(raw []byte) error {
	n, err := strconv.ParseUint(string(raw), 10, 64)
	if err != nil {
		return fmt.Errorf("%q is not an id", raw)
	}
	*s = ID(n)
	return nil
}

// ParseID reads an id; 0 if it is none.
func ParseID(text string) ID {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0
	}
	return ID(n)
}

// IDAt returns the first id of a moment.
func IDAt(t time.Time) ID {
	return ID(max(t.UnixMilli()-discordEpoch, 0)) << 22
}

// time is when the id was made.
func (s ID) Time() time.Time {
	return time.UnixMilli(int64(s>>22) + discordEpoch).UTC()
}
