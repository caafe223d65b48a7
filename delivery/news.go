package delivery

import (
	"errors"
	"net"
	"sync"
	"time"
)

const (
	// newsAgain is how long the log is silent about a cause that lasts.
	newsAgain = time.Hour
	// newsOver is how long a cause stays away before it counts as a new one.
	newsOver = 10 * time.Minute
	// causesKept is how many causes are remembered.
	causesKept = 100
)

// news tells what is worth a line of the log: of the many posts that fail for
// one cause, the first.
type news struct {
	mu     sync.Mutex
	causes map[string]*cause
}

// A cause is why posts fail.
type cause struct {
	told, seen time.Time
	untold     int // failures since it was told
}

func newNews() *news { return &news{causes: map[string]*cause{}} }

// of reports whether a failure is to be told, and how many there were of the same
// cause since that was told last.
func (n *news) of(what string, err error, now time.Time) (untold int, tell bool) {
	key := what + ": " + causeOf(err)
	n.mu.Lock()
	defer n.mu.Unlock()
	c := n.causes[key]
	if c == nil || now.Sub(c.seen) > newsOver {
		if len(n.causes) >= causesKept {
			clear(n.causes)
		}
		n.causes[key] = &cause{told: now, seen: now}
		return 0, true
	}
	c.seen = now
	if now.Sub(c.told) < newsAgain {
		c.untold++
		return 0, false
	}
	untold, c.told, c.untold = c.untold, now, 0
	return untold, true
}

// causeOf is an error's text without the port that a lost connection had.
func causeOf(err error) string {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Op + ": " + op.Err.Error()
	}
	return err.Error()
}
