package me

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	refusedKept   = 15 * time.Minute
	refusedPeople = 1000
)

// refused remembers what people typed into a form that refused it, so that they
// need not type it again: in memory only, for a quarter of an hour, of the last
// thousand people.
type refused struct {
	now   func() time.Time
	typed *lru.Cache[string, typed]
}

type typed struct {
	text string
	at   time.Time
}

func newRefused(now func() time.Time) *refused {
	texts, err := lru.New[string, typed](refusedPeople)
	if err != nil {
		panic("a cache without room") // as only a size below one is refused
	}
	return &refused{now, texts}
}

// remember keeps a text in place of the user's last.
func (r *refused) remember(userID, text string) {
	for {
		_, oldest, ok := r.typed.GetOldest()
		if !ok || r.fresh(oldest) {
			break
		}
		r.typed.RemoveOldest()
	}
	r.typed.Add(userID, typed{text, r.now()})
}

// of returns what a user typed last; "" for nothing.
func (r *refused) of(userID string) string {
	if last, ok := r.typed.Peek(userID); ok && r.fresh(last) { // Get would make it younger
		return last.text
	}
	return ""
}

func (r *refused) forget(userID string) { r.typed.Remove(userID) }

func (r *refused) fresh(t typed) bool { return r.now().Sub(t.at) < refusedKept }
