package delivery

import (
	"context"
	"sync"
	"time"

	"unpinch/schedule"
)

// endingWait is how long the end of a message waits for those of others: each
// write waits for the disk, and in a burst several go together. A message whose end
// was not written yet is one that may have arrived.
const endingWait = 100 * time.Millisecond

// endings are occurrences that have ended and are to be written.
type endings struct {
	mu      sync.Mutex
	running int // messages on their way, those in waiting too
	waiting []schedule.Occurrence
	written chan struct{} // closed when the waiting ones are
	whole   chan struct{} // gets something when nothing else is on its way
}

// expect counts messages that are on their way.
func (e *endings) expect(more int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.running += more
	e.complete()
}

// complete tells whoever collects if there is nothing more to collect; the caller
// holds mu.
func (e *endings) complete() {
	if len(e.waiting) == 0 || len(e.waiting) < e.running {
		return
	}
	select {
	case e.whole <- struct{}{}:
	default: // it was told
	}
}

// write returns when do has been called with the occurrence, by this call or one
// beside it.
func (e *endings) write(ctx context.Context, o schedule.Occurrence, do func([]schedule.Occurrence)) {
	e.mu.Lock()
	first := len(e.waiting) == 0
	if first {
		e.written = make(chan struct{})
	}
	e.waiting = append(e.waiting, o)
	written := e.written
	e.complete()
	e.mu.Unlock()
	if !first {
		<-written
		return
	}
	t := time.NewTimer(endingWait)
	select {
	case <-t.C:
	case <-e.whole:
	case <-ctx.Done():
	}
	t.Stop()
	e.mu.Lock()
	all := e.waiting
	e.waiting = nil
	e.mu.Unlock()
	defer close(written)
	do(all)
}
