package playground

import (
	"fmt"
	"strconv"
	"time"
)

// discordEpoch is the first millisecond of 2015, where flakes begin.
const discordEpoch = 1420070400000

// A flake is a Discord id. It is text in JSON, and sorts by time.
type flake uint64

// String writes the id as Discord does.
func (s flake) String() string { return strconv.FormatUint(uint64(s), 10) }

// MarshalText makes ids strings in JSON, as values and as keys.
func (s flake) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads an id.
func (s *flake) UnmarshalText(raw []byte) error {
	n, err := strconv.ParseUint(string(raw), 10, 64)
	if err != nil {
		return fmt.Errorf("%q is not an id", raw)
	}
	*s = flake(n)
	return nil
}

// parseFlake reads an id; 0 if it is none.
func parseFlake(text string) flake {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0
	}
	return flake(n)
}

// flakeAt is the first id of a moment.
func flakeAt(t time.Time) flake {
	return flake(max(t.UnixMilli()-discordEpoch, 0)) << 22
}

// flakes makes ids that always grow.
type flakes struct{ last flake }

func (g *flakes) next(now time.Time) flake {
	g.last = max(g.last+1, flakeAt(now))
	return g.last
}
