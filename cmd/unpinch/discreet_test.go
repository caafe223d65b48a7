package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestDiscreetCountersMoveEachQuarter reads the metrics as often as it likes: what
// is discreet moves only once the quarter of an hour is over, the rest at once.
func TestDiscreetCountersMoveEachQuarter(t *testing.T) {
	now := time.Date(2026, 11, 30, 12, 1, 0, 0, time.UTC)
	h := newHealth(func() time.Time { return now })
	h.trouble = func() string { return "" }
	said := &log{}
	stop, err := h.serve("127.0.0.1:0", slog.New(slog.NewTextHandler(said, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	addr := regexp.MustCompile(`addr=(\S+)`).FindStringSubmatch(said.String())[1]
	shown := func(binding string) int {
		resp, err := http.Get("http://" + addr + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		var n, took int
		for line := range strings.Lines(string(text)) {
			fmt.Sscanf(line, `unpinch_interactions_total{binding="`+binding+`",outcome="answered"} %d`, &n)
			fmt.Sscanf(line, `unpinch_interaction_seconds_count{binding="`+binding+`"} %d`, &took)
		}
		if n != took {
			t.Errorf("%s: %d counted, and the time of %d", binding, n, took)
		}
		return n
	}
	for _, step := range []struct {
		at              string
		discreet, other int // presses at that time
		want            int // discreet ones to be seen then
	}{
		{"12:01:00", 2, 1, 0},
		{"12:07:30", 1, 0, 0},
		{"12:14:59", 0, 0, 0},
		{"12:15:00", 0, 0, 0},
		{"12:15:01", 0, 0, 3},
		{"12:15:02", 4, 1, 3},
		{"12:29:59", 0, 0, 3},
		{"12:46:00", 1, 0, 7},
		{"13:00:00", 0, 0, 7},
		{"13:00:01", discreetMost, 0, 8}, // they are counted as they come, being so many
		{"13:00:02", 1, 0, 8 + discreetMost},
		{"13:15:01", 0, 0, 9 + discreetMost},
	} {
		at, err := time.Parse("15:04:05", step.at)
		if err != nil {
			t.Fatal(err)
		}
		now = time.Date(2026, 11, 30, at.Hour(), at.Minute(), at.Second(), 0, time.UTC)
		before := shown("class list")
		if got := shown("discreet"); got != step.want {
			t.Errorf("%s: %d are counted, want %d", step.at, got, step.want)
		}
		for range step.discreet {
			h.observe("discreet", "answered", time.Second)
		}
		for range step.other {
			h.observe("class list", "answered", time.Second)
		}
		if got := shown("class list"); got != before+step.other {
			t.Errorf("%s: %d others, want %d", step.at, got, before+step.other)
		}
	}
}
