package playground

import (
	"context"
	"sync"
	"time"
)

// A monitor is the one lock over everything that happens in a playground, and
// the means to wait for it. The lock is never held while something is written to
// a socket.
type monitor struct {
	mu     sync.Mutex
	change chan struct{} // closed and replaced at each change
	closed bool

	done chan struct{} // closed by Close
	wg   sync.WaitGroup
}

func newMonitor() *monitor {
	return &monitor{change: make(chan struct{}), done: make(chan struct{})}
}

// changed wakes everyone who waits for a change. The caller holds the lock.
func (m *monitor) changed() {
	close(m.change)
	m.change = make(chan struct{})
}

// await returns true once ok does, which is called under the lock at each
// change; or false when the limit has passed or the playground stops.
func (m *monitor) await(ctx context.Context, limit time.Duration, ok func() bool) bool {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		m.mu.Lock()
		good, change := ok(), m.change
		m.mu.Unlock()
		if good {
			return true
		}
		select {
		case <-change:
		case <-ctx.Done():
			return false
		case <-m.done:
			return false
		}
	}
}

// stopping reports whether Close was called.
func (m *monitor) stopping() bool {
	select {
	case <-m.done:
		return true
	default:
		return false
	}
}

// traffic counts what the bot does.
type traffic struct {
	underWay int // requests being served
	activity int // ever begun and ended, and words of what it waits for
}
