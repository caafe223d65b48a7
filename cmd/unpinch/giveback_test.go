package main

import (
	"testing"
	"testing/synctest"
	"time"
)

// TestRest counts how often memory is given back: by letting go of files, and by a
// collection where that is not enough.
func TestRest(t *testing.T) {
	type world struct{ held, files uint64 }
	for name, c := range map[string]struct {
		work               func(w *world, r *rest)
		letGo, collections int
	}{
		"idle":                 {func(*world, *rest) {}, 0, 0},
		"a start":              {func(_ *world, r *rest) { r.worked() }, 2, 1},
		"a start, then little": {func(_ *world, r *rest) { r.worked(); <-time.After(time.Minute); r.worked() }, 2, 1},
		"at work for a minute": {func(w *world, r *rest) {
			for range 600 {
				w.held += grown
				r.worked()
				<-time.After(rested / 10)
			}
		}, 2, 1},
		"a command every five seconds": {func(w *world, r *rest) {
			for range 24 {
				w.held += grown
				r.worked()
				<-time.After(5 * time.Second)
			}
		}, 26, 13},
		"grows by itself": {func(w *world, r *rest) { r.worked(); <-time.After(5 * time.Second); w.held += grown }, 4, 2},
		"reads its file by itself": {func(w *world, r *rest) {
			r.worked()
			for range 10 {
				<-time.After(time.Minute)
				w.files += grown
			}
		}, 12, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &world{held: 20 << 20, files: 8 << 20}
				letGo, collections := 0, 0
				r := &rest{memory: &memory{
					resident: func() uint64 { return w.held + w.files },
					letGo:    func() { letGo++; w.files = 0 },
					collect:  func() { collections++; w.held = 16 << 20 },
				}}
				c.work(w, r)
				<-time.After(time.Hour)
				r.stop()
				if letGo != c.letGo || collections != c.collections {
					t.Errorf("let go %d times and collected %d times, want %d and %d", letGo, collections, c.letGo, c.collections)
				}
			})
		})
	}
}
