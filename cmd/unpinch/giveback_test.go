package main

import (
	"testing"
	"testing/synctest"
	"time"
)

// TestRest counts how often memory is given back.
func TestRest(t *testing.T) {
	for name, c := range map[string]struct {
		work func(held *uint64, r *rest)
		want int
	}{
		"idle":                 {func(*uint64, *rest) {}, 0},
		"a start":              {func(_ *uint64, r *rest) { r.worked() }, 1},
		"a start, then little": {func(_ *uint64, r *rest) { r.worked(); <-time.After(time.Minute); r.worked() }, 1},
		"at work for a minute": {func(held *uint64, r *rest) {
			for range 600 {
				*held += grown
				r.worked()
				<-time.After(rested / 10)
			}
		}, 1},
		"a command every five seconds": {func(held *uint64, r *rest) {
			for range 24 {
				*held += grown
				r.worked()
				<-time.After(5 * time.Second)
			}
		}, 13},
		"grows by itself": {func(held *uint64, r *rest) { r.worked(); <-time.After(5 * time.Second); *held += grown }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				held, given := uint64(20<<20), 0
				r := &rest{resident: func() uint64 { return held }, giveBack: func() { given++; held = 16 << 20 }}
				c.work(&held, r)
				<-time.After(time.Hour)
				r.stop()
				if given != c.want {
					t.Errorf("gave back %d times, want %d", given, c.want)
				}
			})
		})
	}
}
