package delivery_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"unpinch/delivery"
)

// cardTime is how long each card of a stage is on show.
const cardTime = 30 * time.Second

// A stage draws cards, each of which takes a while, and remembers them.
type stage struct {
	mu    sync.Mutex
	takes time.Duration // of one drawing
	cards int           // of a routine; no end when 0
	tried int           // how often Draw got so far
	err   error
	panic bool
	end   error              // of End
	ends  []string           // players that End was asked for
	shown map[string][]shown // by player
}

// shown is a card that was drawn to its end.
type shown struct {
	card int
	at   time.Time
	late time.Duration
}

func newStage() *stage { return &stage{shown: map[string][]shown{}} }

func (s *stage) Draw(ctx context.Context, p delivery.Player, now time.Time) (delivery.Player, error) {
	s.mu.Lock()
	takes, err, fails := s.takes, s.err, s.panic
	s.mu.Unlock()
	select {
	case <-time.After(takes):
	case <-ctx.Done():
		return p, ctx.Err()
	}
	s.mu.Lock()
	s.tried++
	s.mu.Unlock()
	if fails {
		panic("a bug")
	}
	if err != nil {
		return p, err
	}
	due := p.MoveAt
	if !due.IsZero() && !now.Before(due) {
		p.Card++
		p.MoveAt = due.Add(cardTime)
	}
	p.NextAt, p.RedrawAt = p.MoveAt, time.Time{}
	p.Gone = s.cards > 0 && p.Card >= s.cards
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown[p.ID] = append(s.shown[p.ID], shown{p.Card, now, time.Since(due)})
	return p, nil
}

func (s *stage) End(_ context.Context, p delivery.Player, _ time.Time) (delivery.Player, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ends = append(s.ends, p.ID)
	if s.end == errPanic {
		panic("another bug")
	}
	p.Gone = s.end == nil
	return p, s.end
}

// errPanic stands for a panic.
var errPanic = errors.New("a panic")

// count is how many cards of a player were drawn.
func (s *stage) count(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.shown[id])
}

// follow starts a member's player whose next card comes after a while.
func (g *gym) follow(id string, wait time.Duration) {
	g.Helper()
	now := g.now()
	g.check(g.store.StartPlayer(g.Context(), delivery.Player{ID: id, UserID: "u" + id, Ticket: "1/t", Locale: "en", Routine: "post-3",
		Auto: true, PressedAt: now, MoveAt: now.Add(wait), NextAt: now.Add(wait), ExpiresAt: now.Add(time.Hour)}, now))
}

func (g *gym) player(id string) delivery.Player {
	g.Helper()
	p, err := g.store.PlayerByID(g.Context(), id)
	g.check(err)
	return p
}

// staged starts an engine on a stage.
func (g *gym) staged(s *stage) (e *delivery.Engine, stop func()) {
	return g.engine(func(o *delivery.EngineOptions) {
		o.Runner = delivery.NewRunner(delivery.RunnerOptions{Keeper: g.store, Drawer: s, Now: g.now, Log: g.log()})
	})
}

// Two hundred players at once, half of them in step, are on time to a second
// from their first card to their last.
func TestPlayersAreOnTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, s := newGym(t), newStage()
		s.takes, s.cards = 700*time.Millisecond, 6
		for i := range 200 {
			wait := cardTime
			if i%2 == 1 {
				wait = time.Duration(1+i%30) * time.Second
			}
			g.follow(fmt.Sprint(i), wait)
		}
		_, stop := g.staged(s)
		g.pass(4 * time.Minute)
		stop()
		for i := range 200 {
			id := fmt.Sprint(i)
			if got := s.count(id); got != 6 {
				t.Errorf("player %d: %d cards, want 6", i, got)
			}
			for n, card := range s.shown[id] {
				if card.card != n+1 || card.late > time.Second {
					t.Errorf("player %d: card %d came as %d, %v late", i, n+1, card.card, card.late)
				}
			}
			if _, err := g.store.PlayerByID(t.Context(), id); !errors.Is(err, delivery.ErrNoPlayer) {
				t.Errorf("player %d is done and still there: %v", i, err)
			}
		}
	})
}

// A press in the middle of a drawing waits for it, and what it wrote stays.
func TestAPressOvertakesADrawing(t *testing.T) {
	for name, tc := range map[string]struct{ takes, waits time.Duration }{
		"that ends":  {600 * time.Millisecond, 500 * time.Millisecond},
		"that hangs": {10 * time.Second, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g, s := newGym(t), newStage()
				s.takes = tc.takes
				g.follow("a", 10*time.Second)
				e, stop := g.staged(s)
				defer stop()
				g.pass(10*time.Second + 100*time.Millisecond) // it is being drawn
				p := g.player("a")
				p.Card, p.MoveAt, p.NextAt = 5, g.now().Add(time.Minute), g.now().Add(time.Minute)
				g.check(g.store.MovePlayer(t.Context(), p, g.now()))
				began := time.Now()
				e.Runner.Settle(t.Context(), "a")
				if waited := time.Since(began); waited != tc.waits {
					t.Errorf("the press waited %v, want %v", waited, tc.waits)
				}
				before := s.count("a")
				g.pass(40 * time.Second)
				if got := g.player("a"); got.Card != 5 {
					t.Errorf("the press had put it on card 5, now it is on %d", got.Card)
				}
				if n := s.count("a"); n != before {
					t.Errorf("%d cards came after the press", n-before)
				}
			})
		})
	}
}

// A meddler lets something happen between the look for what is due and the
// drawing of it.
type meddler struct {
	delivery.PlayerKeeper
	between func()
}

func (m meddler) DuePlayers(ctx context.Context, now time.Time, limit int) ([]delivery.Player, error) {
	all, err := m.PlayerKeeper.DuePlayers(ctx, now, limit)
	if len(all) > 0 {
		m.between()
	}
	return all, err
}

// A press that comes between the look for what is due and the drawing leaves
// nothing to draw.
func TestAPressBeforeTheDrawing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, s := newGym(t), newStage()
		g.follow("a", 10*time.Second)
		press := func() {
			p := g.player("a")
			p.MoveAt, p.NextAt, p.Auto = time.Time{}, time.Time{}, false
			g.check(g.store.MovePlayer(t.Context(), p, g.now()))
			p = g.player("a")
			p.Version--
			if err := g.store.MovePlayer(t.Context(), p, g.now()); !errors.Is(err, delivery.ErrPlayerMoved) {
				t.Errorf("a second write of the same version: %v", err)
			}
		}
		_, stop := g.engine(func(o *delivery.EngineOptions) {
			o.Runner = delivery.NewRunner(delivery.RunnerOptions{Keeper: meddler{g.store, press}, Drawer: s, Now: g.now, Log: g.log()})
		})
		defer stop()
		g.pass(time.Minute)
		if n := s.count("a"); n != 0 {
			t.Errorf("%d cards drawn after the press", n)
		}
	})
}

// What goes wrong is tried again; the bot lives on.
func TestADrawingThatFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, s := newGym(t), newStage()
		s.err = errors.New("a gateway error")
		g.follow("a", 5*time.Second)
		_, stop := g.staged(s)
		defer stop()
		g.pass(8 * time.Second)
		s.mu.Lock()
		s.err, s.panic = nil, true
		s.mu.Unlock()
		g.pass(4 * time.Second)
		s.mu.Lock()
		s.panic = false
		s.mu.Unlock()
		g.pass(5 * time.Second)
		if got := g.player("a"); got.Card != 1 {
			t.Errorf("it is on card %d", got.Card)
		}
		if log := g.logged.String(); !strings.Contains(log, "a gateway error") || !strings.Contains(log, "panic: a bug") {
			t.Errorf("the log tells not of both:\n%s", log)
		}
	})
}

// A card that can't be drawn is tried three times. Then the player ends in words,
// or without any when these can't be drawn either. While Discord is away, a
// private card is tried for a minute, ever more rarely; then its player waits for
// a press.
func TestACardThatCannotBeDrawn(t *testing.T) {
	for name, tc := range map[string]struct {
		panic       bool
		err, end    error
		tries, ends int
		kept        bool
	}{
		"over a limit":                  {err: delivery.ErrUndrawable, tries: 3, ends: 1},
		"a panic":                       {panic: true, tries: 3, ends: 1},
		"the words can't be drawn":      {err: delivery.ErrUndrawable, end: delivery.ErrUndrawable, tries: 3, ends: 1},
		"the words panic":               {panic: true, end: errPanic, tries: 3, ends: 1},
		"the words don't reach Discord": {err: delivery.ErrUndrawable, end: errors.New("a gateway error"), tries: 3, ends: 5, kept: true},
		"Discord is away":               {err: errors.New("a gateway error"), tries: 7, kept: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				g, s := newGym(t), newStage()
				s.panic, s.err, s.end = tc.panic, tc.err, tc.end
				g.follow("a", 5*time.Second)
				_, stop := g.staged(s)
				defer stop()
				g.pass(4 * time.Minute)
				s.mu.Lock()
				defer s.mu.Unlock()
				if s.tried != tc.tries || len(s.ends) != tc.ends {
					t.Errorf("drawn %d times and ended %d times, want %d and %d", s.tried, len(s.ends), tc.tries, tc.ends)
				}
				p, err := g.store.PlayerByID(t.Context(), "a")
				if tc.kept && (p.Card != 0 || p.Ticket != "" || !p.NextAt.IsZero()) {
					t.Errorf("it does not wait: %+v", p)
				}
				if kept := !errors.Is(err, delivery.ErrNoPlayer); kept != tc.kept {
					t.Errorf("it is kept: %t, want %t (%v)", kept, tc.kept, err)
				}
			})
		})
	}
}

// A press on a card that has been given up starts it anew, for as many tries. A
// channel's card is tried on, every half minute.
func TestAPressAfterDiscordWasAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, s := newGym(t), newStage()
		s.err = errors.New("a gateway error")
		g.follow("a", 5*time.Second)
		now := g.now()
		g.check(g.store.StartPlayer(g.Context(), delivery.Player{ID: "room", ChannelID: "5", GuildID: "6", MessageID: "7", Locale: "en", Routine: "post-3",
			Auto: true, PressedAt: now, MoveAt: now.Add(5 * time.Second), NextAt: now.Add(5 * time.Second), ExpiresAt: now.Add(time.Hour)}, now))
		e, stop := g.staged(s)
		defer stop()
		g.pass(4 * time.Minute)
		if p := g.player("a"); p.Ticket != "" || !p.NextAt.IsZero() {
			t.Fatalf("it does not wait: %+v", p)
		}
		s.mu.Lock()
		s.err = nil
		s.mu.Unlock()
		p := g.player("a")
		p.Card, p.Ticket, p.PressedAt, p.MoveAt = 1, "1/u", g.now(), g.now().Add(cardTime)
		p.NextAt = p.MoveAt
		g.check(g.store.MovePlayer(t.Context(), p, g.now()))
		e.Kick()
		g.pass(cardTime + time.Second)
		if got := g.player("a"); got.Card != 2 || got.NextAt.IsZero() {
			t.Errorf("after the press: %+v", got)
		}
		if s.count("room") == 0 {
			t.Error("the channel's card never came")
		}
	})
}

// A card that was drawn in the end is tried as often as any, the next time.
func TestTriesAreCountedAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, s := newGym(t), newStage()
		g.follow("a", 5*time.Second)
		_, stop := g.staged(s)
		defer stop()
		for range 3 {
			s.mu.Lock()
			s.err = delivery.ErrUndrawable
			s.mu.Unlock()
			for before := s.count("a"); s.count("a") == before; g.pass(time.Second) {
				s.mu.Lock()
				if s.tried%3 == 2 {
					s.err = nil
				}
				s.mu.Unlock()
			}
		}
		if n := s.count("a"); n != 3 || len(s.ends) > 0 {
			t.Errorf("%d cards after 9 tries, ended: %q", n, s.ends)
		}
	})
}

// A stop in the middle of a drawing leaves the card due for the next start.
func TestAStopInTheMiddleOfADrawing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, s := newGym(t), newStage()
		s.takes = 14 * time.Second
		g.follow("a", 5*time.Second)
		_, stop := g.staged(s)
		g.pass(6 * time.Second)
		stop()
		if got := g.player("a"); got.Card != 0 || got.NextAt.IsZero() {
			t.Errorf("after the stop: %+v", got)
		}
		s.takes = 0
		_, stop = g.staged(s)
		defer stop()
		g.pass(time.Second)
		if got := g.player("a"); got.Card != 1 {
			t.Errorf("after the next start it is on card %d", got.Card)
		}
	})
}

// Anyone who joins while the card is drawn is on its next drawing.
func TestAJoinIsDrawn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, s := newGym(t), newStage()
		s.takes = 300 * time.Millisecond
		now := g.now()
		g.check(g.store.StartPlayer(t.Context(), delivery.Player{ID: "r", ChannelID: "c", GuildID: "1", StartedBy: "u", Locale: "en",
			Routine: "calm-3", Auto: true, PressedAt: now, MoveAt: now.Add(time.Hour), NextAt: now, ExpiresAt: now.Add(2 * time.Hour)}, now))
		e, stop := g.staged(s)
		defer stop()
		for range 30 { // in three seconds
			_, err := g.store.JoinPlayer(t.Context(), "r", g.now(), g.now().Add(2*time.Second))
			g.check(err)
			e.Kick()
			g.pass(100 * time.Millisecond)
		}
		g.pass(10 * time.Second)
		if n := s.count("r"); n < 2 || n > 4 {
			t.Errorf("30 joins made %d drawings", n)
		}
		if p := g.player("r"); p.In != 30 || !p.RedrawAt.IsZero() {
			t.Errorf("in the end: %+v", p)
		}
	})
}

// What has expired goes.
func TestPlayersExpire(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, s := newGym(t), newStage()
		g.follow("a", 10*time.Hour)
		p := g.player("a")
		p.ExpiresAt = g.now().Add(3 * time.Minute)
		g.check(g.store.MovePlayer(t.Context(), p, g.now()))
		_, stop := g.staged(s)
		defer stop()
		g.pass(2 * time.Minute)
		g.player("a")
		g.pass(2 * time.Minute)
		if _, err := g.store.PlayerByID(t.Context(), "a"); !errors.Is(err, delivery.ErrNoPlayer) {
			t.Errorf("an expired player: %v", err)
		}
	})
}
