package main

import (
	"sync"
	"time"
)

const (
	// rested is how long nothing may be done before memory is given back: longer than
	// the engine waits after anything is written.
	rested = 2 * time.Second
	// giveEvery is the least time between two times that memory is given back.
	giveEvery = 10 * time.Second
	// grown is how much more memory than after the last time is worth doing it again.
	grown = 2 << 20
)

// memory is the program's, as the system counts it.
type memory struct {
	resident func() uint64 // bytes that the program holds
	collect  func()        // gives back what is free
	letGo    func()        // gives back what the system can read again from files
}

// A rest gives memory back to the system once the program rests, so that what a
// start or a burst needed isn't kept for good. A program at work is left alone,
// and so is one whose memory hasn't grown. Every tick and heartbeat of one that
// idles reads some of its file again.
type rest struct {
	*memory // nil for never

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
	if r.stopped || r.memory == nil {
		return
	}
	wait := max(rested, time.Until(r.given.Add(giveEvery)))
	if r.timer == nil {
		r.timer = time.AfterFunc(wait, r.give)
		return
	}
	r.timer.Reset(wait)
}

// give gives memory back if it is worth it, and looks again later. A collection
// costs a hundred times what letting go does: it comes only where that was not
// enough.
func (r *rest) give() {
	floor := r.floor // which only give changes
	worth := r.resident() >= floor
	if worth { // takes milliseconds, and worked mustn't wait
		r.letGo()
		if r.resident() >= floor {
			r.collect()
			r.letGo()
		}
		floor = r.resident() + grown
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if worth {
		r.floor, r.given = floor, time.Now()
	}
	if !r.stopped {
		r.timer.Reset(giveEvery)
	}
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
