package gateway

import (
	"strings"
	"testing"
	"time"
)

// TestBudget: when IDENTIFYs go out if each goes out as soon as it may.
func TestBudget(t *testing.T) {
	start := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	b := budget{every: everyDefault}
	now := start
	var at []time.Duration
	for now.Sub(start) < 24*time.Hour {
		at = append(at, now.Sub(start))
		b.spend(now)
		if b.wait(now) <= 0 {
			t.Fatalf("IDENTIFY %d is followed at once", len(at))
		}
		now = now.Add(b.wait(now))
	}
	for i, want := range []time.Duration{0, 5, 25, 65, 85, 105} {
		if at[i] != want*time.Second {
			t.Errorf("IDENTIFY %d goes out after %v, want %v", i+1, at[i], want*time.Second)
		}
	}
	for i := 3; i < len(at); i++ {
		if at[i]-at[i-3] <= time.Minute {
			t.Errorf("four IDENTIFYs from %v to %v", at[i-3], at[i])
		}
	}
	if len(at) > 750 {
		t.Errorf("%d IDENTIFYs a day, Discord takes 1,000", len(at))
	}
	b.rested(time.Minute)
	if got := b.gap(); got != everyDefault {
		t.Errorf("after a good connection the gap is %v, want %v", got, everyDefault)
	}
	if got := b.wait(b.times[0].Add(-time.Hour)); got > time.Minute+everyDefault {
		t.Errorf("a clock that was set back lengthens the wait to %v", got)
	}
}

func TestFewLoginsAreLeftToTheOperator(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		total, remaining int
		stops            bool
	}{{1000, 1000, false}, {1000, 21, false}, {1000, 20, true}, {1000, 0, true}, {0, 0, false}} {
		var s Start
		s.Limit.Total, s.Limit.Remaining, s.Limit.ResetAfter = tc.total, tc.remaining, 14_580_000
		err := s.enough(now)
		if (err != nil) != tc.stops || err != nil && !strings.Contains(err.Error(), "2026-11-30 13:03 UTC") {
			t.Errorf("%d of %d left: %v, want a stop: %v", tc.remaining, tc.total, err, tc.stops)
		}
	}
}

// TestShardsShareTheDay: as few IDENTIFYs as one shard sends at its slowest are sent
// by all together.
func TestShardsShareTheDay(t *testing.T) {
	for _, shards := range []int{1, 4, 20} {
		b := budget{every: everyDefault, shards: shards, spent: 100}
		if n := int(24*time.Hour/b.gap()) * shards; n > 720 {
			t.Errorf("%d shards send %d a day", shards, n)
		}
	}
}
