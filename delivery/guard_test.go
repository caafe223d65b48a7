package delivery_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"unpinch/delivery"
)

// The system clock is trusted while it is Discord's, and not again after it
// was set until Discord was asked.
func TestGuard(t *testing.T) {
	type step struct {
		pass  time.Duration // of real time
		leap  time.Duration // of the system clock beside it
		slept time.Duration // of all clocks but the one of time that passed
		down  bool          // Discord does not answer
		trust bool
		asked bool
	}
	for name, tc := range map[string]struct {
		ahead time.Duration // of the system clock at the start
		known bool          // before anything is asked
		steps []step
		logs  []string
	}{
		"right":                   {known: true, steps: []step{{trust: true}, {pass: time.Hour, trust: true}}},
		"unknown, then right":     {steps: []step{{trust: true, asked: true}, {pass: time.Second, trust: true}}},
		"unknown, nobody answers": {steps: []step{{down: true, asked: true}, {pass: 9 * time.Second, down: true}, {pass: time.Second, down: true, asked: true}, {pass: 10 * time.Second, asked: true, trust: true}}},
		"a little off":            {ahead: 30 * time.Second, known: true, steps: []step{{trust: true}}},
		"behind": {ahead: -31 * time.Second, known: true, steps: []step{{asked: true}, {pass: time.Second}, {pass: time.Second, leap: 31 * time.Second, asked: true, trust: true}},
			logs: []string{"is not Discord's", "was set", "agrees with Discord's again"}},
		"years behind, as a Raspberry Pi boots": {ahead: -3 * 365 * 24 * time.Hour, steps: []step{{asked: true}, {pass: 5 * time.Second}, {pass: 5 * time.Second, asked: true},
			{pass: time.Second, leap: 3 * 365 * 24 * time.Hour, asked: true, trust: true}, {pass: time.Second, trust: true}}, logs: []string{"is not Discord's", "was set", "agrees with Discord's again"}},
		"set forward": {known: true, steps: []step{{trust: true}, {pass: time.Second, leap: time.Hour, asked: true}, {pass: time.Second, leap: -time.Hour, asked: true, trust: true}},
			logs: []string{"was set", "is not Discord's", "agrees with Discord's again"}},
		"slept": {known: true, steps: []step{{trust: true}, {pass: time.Second, slept: 8 * time.Hour, asked: true, trust: true}, {pass: time.Second, trust: true}},
			logs: []string{"was set"}},
		"leaps all the time": {known: true, steps: []step{{trust: true}, {pass: time.Minute, leap: 5 * time.Second, asked: true, trust: true}, {pass: time.Minute, leap: -5 * time.Second, asked: true, trust: true},
			{pass: time.Hour, leap: 5 * time.Second, asked: true, trust: true}}, logs: []string{"was set", "left_out=1"}},
		"set back while Discord is away": {known: true, steps: []step{{trust: true}, {pass: time.Second, leap: -time.Minute, down: true, asked: true}, {pass: time.Second, down: true},
			{pass: 9 * time.Second, asked: true}}, logs: []string{"was set", "is not Discord's"}},
		"set right while Discord is away": {ahead: time.Hour, known: true, steps: []step{{asked: true}, {pass: time.Second, leap: -time.Hour, down: true, asked: true}, {pass: 10 * time.Second, asked: true, trust: true}},
			logs: []string{"is not Discord's", "was set", "agrees with Discord's again"}},
		"slewed": {known: true, steps: []step{{trust: true}, {pass: time.Minute, leap: 1500 * time.Millisecond, trust: true}, {pass: time.Minute, leap: 1500 * time.Millisecond, trust: true}}},
	} {
		t.Run(name, func(t *testing.T) {
			var logged bytes.Buffer
			real, slept, ahead, known, down, asked := time.Duration(0), time.Duration(0), tc.ahead, tc.known, false, false
			leaps := 0
			seen := ahead // what was last seen of it
			g := &delivery.Guard{
				Wall: func() time.Time { return agreedTime().Add(real + slept + ahead) },
				Mono: func() time.Duration { return real },
				Skew: func() (time.Duration, bool) { return seen, known },
				Probe: func(context.Context) error {
					asked = true
					if down {
						return errors.New("no answer")
					}
					seen, known = ahead, true
					return nil
				},
				Log: slog.New(slog.NewTextHandler(&logged, nil)),
			}
			real = time.Minute // since the start of the host
			for i, s := range tc.steps {
				real, slept, ahead, down, asked = real+s.pass, slept+s.slept, ahead+s.leap, s.down, false
				if got := g.Trusted(t.Context()); got != s.trust || asked != s.asked {
					t.Errorf("step %d: got trusted %t, asked %t, want %t, %t", i, got, asked, s.trust, s.asked)
				}
				if by, wrong := g.Wrong(); wrong && (s.trust || by != seen) || !wrong && seen.Abs() > 30*time.Second && known && !s.trust && !down {
					t.Errorf("step %d: got wrong by %v, %t; the clock is %v ahead", i, by, wrong, seen)
				}
				if i > 0 && (s.leap+s.slept).Abs() > 2*time.Second {
					leaps++
				}
			}
			if g.Jumps() != leaps {
				t.Errorf("got %d jumps, want %d", g.Jumps(), leaps)
			}
			lines := strings.Split(strings.TrimSpace(logged.String()), "\n")
			if logged.Len() == 0 {
				lines = nil
			}
			if len(lines) != len(tc.logs) {
				t.Fatalf("got log\n%s\nwant %q", &logged, tc.logs)
			}
			for i, want := range tc.logs {
				if !strings.Contains(lines[i], want) {
					t.Errorf("got line %q, want %q", lines[i], want)
				}
			}
		})
	}
}

func agreedTime() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
