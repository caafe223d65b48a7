package bot

import (
	"log/slog"
	"strings"
	"testing"
	"time"
)

func TestRivals(t *testing.T) {
	start := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		name string
		at   []time.Duration
		said int
	}{
		{"twice may be chance", []time.Duration{0, time.Second}, 0},
		{"three times in ten minutes", []time.Duration{0, time.Minute, 9 * time.Minute}, 1},
		{"three times in a day", []time.Duration{0, time.Hour, 20 * time.Hour}, 0},
		{"all the time", []time.Duration{0, 1, 2, 3, time.Minute, time.Hour, 2 * time.Hour}, 1},
		{"the next day too", []time.Duration{0, 1, 2, 24 * time.Hour, 24*time.Hour + 1, 24*time.Hour + 2}, 2},
	} {
		var log syncBuffer
		var r rivals
		for _, d := range tc.at {
			r.note(slog.New(slog.NewTextHandler(&log, nil)), start.Add(d))
		}
		if n := strings.Count(log.String(), "a second program"); n != tc.said {
			t.Errorf("%s: said %d times, want %d", tc.name, n, tc.said)
		}
	}
}
