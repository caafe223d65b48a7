package commands

import (
	"sync"
	"time"
)

const (
	typedKept   = 15 * time.Minute
	typedPeople = 1000 // people
)

// typedLines remembers what people wrote into a form that refused it, so that
// they need not write it again: in memory only, for a quarter of an hour.
type typedLines struct {
	mu sync.Mutex
	by map[string]typed // by user id, and for a second form what follows it
}

type typed struct {
	text string
	at   time.Time
}

// set remembers a text in place of the last; "" forgets it.
func (t *typedLines) set(userID, text string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, old := range t.by {
		if now.Sub(old.at) >= typedKept {
			delete(t.by, id)
		}
	}
	if text == "" {
		delete(t.by, userID)
		return
	}
	if t.by == nil || len(t.by) >= typedPeople {
		t.by = map[string]typed{}
	}
	t.by[userID] = typed{text, now}
}

// get returns what is remembered; "" for nothing.
func (t *typedLines) get(userID string, now time.Time) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if last, ok := t.by[userID]; ok && now.Sub(last.at) < typedKept {
		return last.text
	}
	return ""
}
