package bot

import (
	"log/slog"
	"sync"
	"time"
)

// Interactions that something else answered first, and how many of them in what
// time mean that it goes on.
const (
	rivalAnswers = 3
	rivalWindow  = 10 * time.Minute
	rivalSaid    = 6 * time.Hour // until it is said again
)

// rivals notices a second program that runs with the same token: it answers
// what this one is about to.
type rivals struct {
	mu    sync.Mutex
	seen  []time.Time // the last answers that came first
	quiet time.Time   // nothing is said before
}

// note counts an interaction that something else answered first.
func (r *rivals) note(log *slog.Logger, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = append(r.seen, now)
	r.seen = r.seen[max(0, len(r.seen)-rivalAnswers):]
	if len(r.seen) < rivalAnswers || now.Sub(r.seen[0]) > rivalWindow || now.Before(r.quiet) {
		return
	}
	r.quiet = now.Add(rivalSaid)
	log.Warn("a second program runs with this bot's token and answers first: stop one of the two, or give one another token")
}
