package store

import (
	"testing"
	"time"
)

// BenchmarkIdle is what the engine asks every second when there is nothing to
// do, and how much SQLite keeps for it.
func BenchmarkIdle(b *testing.B) {
	s := openEmpty(b)
	now := time.Unix(1_700_000_000, 0)
	ctx := b.Context()
	for name, ask := range map[string]func() error{
		"plans":   func() error { _, err := s.DuePlans(ctx, now, 500); return err },
		"claim":   func() error { _, err := s.Claim(ctx, now, "a", time.Minute, 32); return err },
		"stale":   func() error { _, err := s.Stale(ctx, now, 8); return err },
		"untidy":  func() error { _, err := s.Untidy(ctx, now, 8); return err },
		"players": func() error { _, err := s.DuePlayers(ctx, now, 256); return err },
		"wake":    func() error { _, err := s.Wake(ctx, "a"); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
