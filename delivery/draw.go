package delivery

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

const (
	// drawTries is how often a card that can't be drawn is tried.
	drawTries = 3
	// triesKept is how many players' failed tries are remembered.
	triesKept = 1000
)

// ErrUndrawable is a card that can't be drawn: what is wrong is our own, such
// as a text over Discord's limits, and likely the same the next time.
var ErrUndrawable = errors.New("the card can't be drawn")

// A Drawer shows the cards of players.
type Drawer interface {
	// Draw shows the card that is due and returns the player as it is then. After
	// an error nothing has changed, and it is asked again a little later; a card
	// that Discord will never take again is no error but a player that has ended.
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
	tries *lru.Cache[string, int] // how often a player's card could not be drawn, one after the other
}

func newBounded(d Drawer, log *slog.Logger) bounded {
	tries, _ := lru.New[string, int](triesKept) // it fails for no size only
	return bounded{d, log, tries}
}

// draw shows the card that is due, or ends the player after so many tries. It
// does not panic.
func (b bounded) draw(ctx context.Context, p Player, now time.Time) (Player, error) {
	tries, _ := b.tries.Get(p.ID)
	if tries < drawTries {
		after, err := calmly(b.Draw)(ctx, p, now)
		if !errors.Is(err, ErrUndrawable) {
			b.tries.Remove(p.ID)
			return after, err
		}
		b.tries.Add(p.ID, tries+1)
		if tries+1 < drawTries {
			return p, err
		}
		b.log.ErrorContext(ctx, "card can't be drawn, its player ends", "player", p.ID, "err", err)
	}
	after, err := calmly(b.End)(ctx, p, now)
	if errors.Is(err, ErrUndrawable) {
		b.log.ErrorContext(ctx, "the end of a player can't be drawn, it ends without", "player", p.ID, "err", err)
		after, err = p, nil
		after.Gone = true
	}
	if err == nil {
		b.tries.Remove(p.ID)
	}
	return after, err
}

// calmly makes a panic an ErrUndrawable: it must not end the program.
func calmly(draw func(context.Context, Player, time.Time) (Player, error)) func(context.Context, Player, time.Time) (Player, error) {
	return func(ctx context.Context, p Player, now time.Time) (after Player, err error) {
		defer func() {
			if f := recover(); f != nil {
				err = fmt.Errorf("%w: panic: %v", ErrUndrawable, f)
			}
		}()
		return draw(ctx, p, now)
	}
}
