package delivery

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"
)

// ErrUndrawable is a card or post that can't be drawn: what is wrong is our own,
// such as a text over Discord's limits, and likely the same the next time.
var ErrUndrawable = errors.New("can't be drawn")

// undrawable makes a panic an ErrUndrawable.
func undrawable(panicked any) error { return fmt.Errorf("%w: panic: %v", ErrUndrawable, panicked) }

const (
	// drawTries is how often what can't be drawn is tried.
	drawTries = 3
	// triesKept is how many cards with failed tries are remembered.
	triesKept = 1000
)

// tries counts how often each card could not be drawn.
type tries[K comparable] struct{ counts[K] }

func newTries[K comparable]() tries[K] { return tries[K]{newCounts[K]()} }

// over reports whether a card has been tried often enough.
func (t tries[K]) over(key K) bool {
	n, _ := t.failed.Get(key)
	return n >= drawTries
}

// note notes how a try ended.
func (t tries[K]) note(key K, err error) {
	if !errors.Is(err, ErrUndrawable) {
		t.end(key)
		return
	}
	t.up(key)
}

// A Drawer shows the cards of players.
type Drawer interface {
	// Draw shows the card that is due and returns the player as it is then. After
	// an error nothing has changed, and it is asked again a little later, for a
	// private card a minute long; a card that Discord will never take again is no
	// error but a player that has ended or waits.
	// It returns ErrUndrawable for a card that can't be drawn, and may panic.
	Draw(ctx context.Context, p Player, now time.Time) (Player, error)
	// End says in words that the player's card can't be drawn, and returns the
	// player as one that has ended. Its errors are those of Draw.
	End(ctx context.Context, p Player, now time.Time) (Player, error)
}

// A bounded drawer ends the players whose cards can't be drawn.
type bounded struct {
	Drawer
	log   *slog.Logger
	tries tries[string] // by player
}

// draw shows the card that is due, or ends the player after so many tries. A
// panic must not end the program.
func (b bounded) draw(ctx context.Context, p Player, now time.Time) (Player, error) {
	if !b.tries.over(p.ID) {
		after, err := calmly(ctx, b.Draw, p, now)
		if b.tries.note(p.ID, err); !b.tries.over(p.ID) {
			return after, err
		}
		b.log.ErrorContext(ctx, "card can't be drawn, its player ends", "player", p.ID, "err", err)
	}
	after, err := calmly(ctx, b.End, p, now)
	if errors.Is(err, ErrUndrawable) {
		b.log.ErrorContext(ctx, "the end of a player can't be drawn, it ends without", "player", p.ID, "err", err)
		after, err = p, nil
		after.Gone = true
	}
	if err == nil {
		b.tries.note(p.ID, nil)
	}
	return after, err
}

func calmly(ctx context.Context, draw func(context.Context, Player, time.Time) (Player, error), p Player, now time.Time) (after Player, err error) {
	defer func() {
		if f := recover(); f != nil {
			err = undrawable(f)
		}
	}()
	return draw(ctx, p, now)
}
