package delivery

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	// cardAgain is how long to wait after a card's first drawing that failed. The
	// wait doubles from there to cardAgainMax.
	cardAgain    = 2 * time.Second
	cardAgainMax = 30 * time.Second
	// cardTriedFor is how long a private card is tried, about its time on show.
	cardTriedFor = time.Minute
)

// failing remembers since when the drawing of each card fails. It is in memory:
// a program that starts anew may try for as long again.
type failing struct {
	since *lru.Cache[dueCard, time.Time]
}

// A dueCard is a card that a player waits for.
type dueCard struct {
	player       string
	press, moves int64 // when the last press was and when the card is due
}

func dueOf(p Player) dueCard { return dueCard{p.ID, p.PressedAt.Unix(), p.MoveAt.Unix()} }

func newFailing() failing {
	since, _ := lru.New[dueCard, time.Time](triesKept) // it fails for no size only
	return failing{since}
}

// after returns a player whose card could not be drawn: it is due a little later
// or, when its card was private and has been tried for long enough, waits for a
// press.
func (f failing) after(p Player, now time.Time) (after Player, waits bool) {
	first, ok := f.since.Get(dueOf(p))
	if !ok {
		first = now
		f.since.Add(dueOf(p), now)
	}
	tried := now.Sub(first)
	if tried >= cardTriedFor && !p.Together() {
		f.drawn(p)
		return p.Waiting(), true
	}
	again := now.Add(min(max(tried, cardAgain), cardAgainMax))
	p.NextAt = again
	if !p.RedrawAt.IsZero() && p.RedrawAt.Before(again) {
		p.RedrawAt = again
	}
	return p, false
}

// drawn notes that a player's card was drawn.
func (f failing) drawn(p Player) { f.since.Remove(dueOf(p)) }
