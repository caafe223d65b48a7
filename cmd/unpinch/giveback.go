package main

import (
	"sync"
	"time"
)

const (
	// rested is how long nothing may be done before memory is given back.
	rested = time.Second
	// giveEvery is the least time between two times that memory is given back.
	giveEvery = 10 * time.Second
	// grown is how much more memory than after the last time is worth doing it again.
	grown = 4 << 20
)

// A rest gives memory back to the system once the program rests, so that what a
// start or a burst needed isn't kept for good. A program at work is left alone,
// and so is one whose memory hasn't grown.
type rest struct {
	giveBack func()        // nil for never
	resident func() uint64 // bytes that the program holds

	mu      sync.Mutex
	timer   *time.Timer
	given   time.Time // when memory was given back last
	floor   uint64    // what may be held before it is worth it
	stopped bool
}

// worked notes that something was done.
func (r *rest) worked() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped || r.giveBack == nil {
		return
	}
	wait := max(rested, time.Until(r.given.Add(giveEvery)))
	if r.timer == nil {
		r.timer = time.AfterFunc(wait, r.give)
		return
	}
	r.timer.Reset(wait)
}

// give gives memory back if it is worth it, and looks once more later: the last
// work may not have ended.
func (r *rest) give() {
	r.mu.Lock()
	worth := r.resident() >= r.floor
	r.mu.Unlock()
	if !worth {
		return
	}
	r.giveBack() // takes milliseconds, and worked mustn't wait
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped {
		return
	}
	r.floor, r.given = r.resident()+grown, time.Now()
	r.timer.Reset(giveEvery)
}

// stop ends it.
func (r *rest) stop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = true
	if r.timer != nil {
		r.timer.Stop()
	}
}
