package typo

import (
	"strings"
	"testing"
)

func TestBetween(t *testing.T) {
	for _, tc := range []struct {
		a, b         string
		whole, begun int
	}{
		{"", "", 0, 0},
		{"squat", "squat", 0, 0},
		{"squat", "", 5, 5},
		{"", "squat", 5, 0},
		{"squat", "squats", 1, 0},
		{"sqaut", "squat", 1, 1},
		{"squt", "squat", 1, 1},
		{"squaat", "squat", 1, 1},
		{"sqoat", "squat", 1, 1},
		{"dedl", "deadlift", 4, 1},
		{"ca", "abc", 3, 1}, // a letter that has changed places stays where it is
		{strings.Repeat("a", 99), strings.Repeat("a", Longest), 0, 0},
	} {
		var c Counter
		if whole, begun := c.Between(tc.a, tc.b, Longest); whole != tc.whole || begun != tc.begun {
			t.Errorf("from %q to %q: %d, and %d to its beginning, want %d and %d", tc.a, tc.b, whole, begun, tc.whole, tc.begun)
		}
	}
}

// FuzzBetween holds what follows from the definition, with a counter that has
// counted before.
func FuzzBetween(f *testing.F) {
	f.Add("sqaut", "squat", 2)
	f.Add("ca", "abc", 0)
	f.Add("łódź", "lodz", 3)
	var c Counter
	f.Fuzz(func(t *testing.T, a, b string, limit int) {
		limit = min(max(limit, 0), Longest)
		whole, begun := c.Between(a, b, Longest)
		back, _ := c.Between(b, a, Longest)
		if whole != back || begun > whole {
			t.Errorf("from %q to %q: %d slips, back %d, to its beginning %d", a, b, whole, back, begun)
		}
		if at, _ := c.Between(a, b, limit); (at <= limit) != (whole <= limit) || at <= limit && at != whole {
			t.Errorf("from %q to %q: %d slips, but %d with the limit %d", a, b, whole, at, limit)
		}
		if len(a) <= Longest && len(b) <= Longest && c.Within(a, b, limit) != (whole <= limit) {
			t.Errorf("from %q to %q: %d slips are not within %d", a, b, whole, limit)
		}
	})
}

func BenchmarkBetween(b *testing.B) {
	var c Counter
	for b.Loop() {
		c.Between("barbel bakc squat", "barbellbacksquat", 3)
	}
}
