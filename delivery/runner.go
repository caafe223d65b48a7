package delivery

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

const (
	// cardsAtOnce is how many cards are drawn at a time. A drawing spends most of
	// its time on the way to Discord, and edits of private cards have no limit in
	// common.
	cardsAtOnce = 256
	// cardMax bounds one drawing, in real time.
	cardMax = 15 * time.Second
	// settleMax is how long a press waits for a drawing before it cuts that off.
	settleMax = time.Second
)

// A PlayerKeeper keeps players.
type PlayerKeeper interface {
	// DuePlayers returns at most limit players that are due at or before now, the
	// longest due first.
	DuePlayers(ctx context.Context, now time.Time, limit int) ([]Player, error)
	// PlayerByID returns a player, or ErrNoPlayer.
	PlayerByID(ctx context.Context, id string) (Player, error)
	// MovePlayers writes players that were drawn at an instant. A player that has
	// changed since it was read stays as it is.
	MovePlayers(ctx context.Context, all []Player, drawn time.Time) error
	// WakePlayers returns when a player is due next; zero for never.
	WakePlayers(ctx context.Context) (time.Time, error)
	// DropPlayers deletes players that have expired.
	DropPlayers(ctx context.Context, now time.Time) error
}

// RunnerOptions are what a runner is made of. All but Idle and Observe are
// needed.
type RunnerOptions struct {
	Keeper PlayerKeeper
	Drawer Drawer
	Now    func() time.Time
	Log    *slog.Logger
	// Observe is told how late each card came that came by itself.
	Observe func(lateness time.Duration)
	// Idle is called whenever no card is due.
	Idle func(context.Context)
}

// A Runner moves players on. It draws one card of a player at a time, and no card
// that a press has overtaken.
type Runner struct {
	RunnerOptions
	cards   bounded
	failing failing
	news    *news
	kick    chan struct{}

	mu      sync.Mutex
	drawing map[string]*drawing // by player
}

// A drawing is a card on its way.
type drawing struct {
	cut  context.CancelFunc
	done chan struct{} // closed when what it showed is written
}

// drawn is how a drawing ended.
type drawn struct {
	id    string
	after Player
	ok    bool // there is something to write
	at    time.Time
}

// NewRunner returns a runner that Run starts.
func NewRunner(o RunnerOptions) *Runner {
	if o.Idle == nil {
		o.Idle = func(context.Context) {}
	}
	if o.Observe == nil {
		o.Observe = func(time.Duration) {}
	}
	return &Runner{RunnerOptions: o, cards: bounded{o.Drawer, o.Log, newTries[string]()}, failing: newFailing(), news: newNews(),
		kick: make(chan struct{}, 1), drawing: map[string]*drawing{}}
}

// Kick makes the runner look for what is due. It never blocks.
func (r *Runner) Kick() {
	select {
	case r.kick <- struct{}{}:
	default: // it is about to look anyway
	}
}

// Settle returns when no card of the player is on its way. A press calls it
// between its write and its answer: a card that was on its way can't come after
// the answer, and a later one finds the player changed.
func (r *Runner) Settle(ctx context.Context, id string) {
	r.mu.Lock()
	d := r.drawing[id]
	r.mu.Unlock()
	if d == nil {
		return
	}
	t := time.NewTimer(settleMax)
	defer t.Stop()
	select {
	case <-d.done:
	case <-t.C:
		d.cut()
	case <-ctx.Done():
	}
}

// Run draws until ctx ends. Then it waits at most ten seconds for the cards on
// their way. A card whose end it did not write is drawn again after the next
// start.
func (r *Runner) Run(ctx context.Context) {
	work, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	ends := make(chan drawn, cardsAtOnce)
	for ctx.Err() == nil {
		for _, p := range r.due(ctx) {
			r.start(work, p, ends)
		}
		if r.running() == 0 {
			r.Idle(ctx)
		}
		next := time.NewTimer(r.wait(ctx))
		select {
		case <-ctx.Done():
		case <-r.kick:
		case <-next.C:
		case d := <-ends:
			r.finish(work, d, ends)
		}
		next.Stop()
	}
	defer time.AfterFunc(drainMax, cut).Stop()
	for r.running() > 0 {
		r.finish(work, <-ends, ends)
	}
}

// wait returns how long it is until a player is due, or may be due again.
func (r *Runner) wait(ctx context.Context) time.Duration {
	next, err := r.Keeper.WakePlayers(ctx)
	if err != nil {
		if ctx.Err() == nil {
			r.Log.ErrorContext(ctx, "what players wait for can't be read, trying again", "err", err)
		}
		return soon
	}
	return until(next, r.Now())
}

func (r *Runner) running() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.drawing)
}

// due returns players to draw that are not being drawn.
func (r *Runner) due(ctx context.Context) []Player {
	room := cardsAtOnce - r.running()
	if room == 0 {
		return nil
	}
	// Players whose cards are on their way are still due: read past them.
	all, err := r.Keeper.DuePlayers(ctx, r.Now(), cardsAtOnce)
	if err != nil && ctx.Err() == nil {
		r.Log.ErrorContext(ctx, "what players wait for can't be read, trying again", "err", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	var free []Player
	for _, p := range all {
		if r.drawing[p.ID] == nil && len(free) < room {
			free = append(free, p)
		}
	}
	return free
}

func (r *Runner) start(ctx context.Context, p Player, ends chan<- drawn) {
	ctx, cut := context.WithTimeout(ctx, cardMax)
	r.mu.Lock()
	r.drawing[p.ID] = &drawing{cut, make(chan struct{})}
	r.mu.Unlock()
	go func() {
		defer cut()
		ends <- r.draw(ctx, p)
	}()
}

// draw draws one card.
func (r *Runner) draw(ctx context.Context, p Player) drawn {
	now := r.Now()
	d := drawn{id: p.ID, at: now}
	// A press may have come since p was read. From here on presses wait.
	fresh, err := r.Keeper.PlayerByID(ctx, p.ID)
	if errors.Is(err, ErrNoPlayer) || err == nil && !fresh.Due(now) {
		return d
	}
	if err == nil {
		d.after, err = r.cards.draw(ctx, fresh, now)
	}
	if err != nil {
		r.later(ctx, &d, p, err)
		return d
	}
	r.failing.drawn(fresh)
	if d.ok = true; !fresh.MoveAt.IsZero() && !now.Before(fresh.MoveAt) {
		r.Observe(r.Now().Sub(fresh.MoveAt))
	}
	return d
}

// later has a player drawn again a little later, or not until a press.
func (r *Runner) later(ctx context.Context, d *drawn, p Player, err error) {
	if errors.Is(err, context.Canceled) { // by a press, or the end
		return
	}
	what := "card not drawn, trying again"
	var waits bool
	if d.after, waits = r.failing.after(p, r.Now()); waits {
		what = "card not drawn for long, its player waits for a press"
	}
	if untold, tell := r.news.of(what, err, r.Now()); tell {
		r.Log.WarnContext(ctx, what, "player", p.ID, "since", untold, "err", err)
	}
	d.ok = true
}

// finish writes how a drawing ended, and all others that have ended too: many end
// in the same second, and each write waits for the disk.
func (r *Runner) finish(ctx context.Context, first drawn, ends <-chan drawn) {
	batch := []drawn{first}
	for more := true; more; {
		select {
		case d := <-ends:
			batch = append(batch, d)
		default:
			more = false
		}
	}
	var all []Player
	at := first.at
	for _, d := range batch {
		if d.ok {
			all = append(all, d.after)
		}
		if d.at.Before(at) {
			at = d.at // no card surely shows what was asked for after the first began
		}
	}
	if len(all) > 0 {
		if err := r.Keeper.MovePlayers(ctx, all, at); err != nil {
			r.Log.ErrorContext(ctx, "what players have shown is not written, it is shown again", "err", err)
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, d := range batch {
		close(r.drawing[d.id].done)
		delete(r.drawing, d.id)
	}
}
