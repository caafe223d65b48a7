package player

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/content"
	"unpinch/delivery"
)

// playTries is how often a press is tried when the player keeps changing
// meanwhile.
const playTries = 4

// alone plays routines for one member each.
type alone struct {
	cards   Cards
	players OwnPlayers
	lines   Lines
	now     func() time.Time
	kick    func()
	settle  func(ctx context.Context, playerID string)
}

// last returns the reader's own player. It reports false when none can go on.
func (a alone) last(ctx context.Context, req *bot.Request) (follower, bool, error) {
	p, err := a.players.PlayerOf(ctx, req.UserID)
	if errors.Is(err, delivery.ErrNoPlayer) || err == nil && !a.now().Before(p.ExpiresAt) {
		return follower{}, false, nil
	}
	if err != nil {
		return follower{}, false, fmt.Errorf("find the player: %w", err)
	}
	last, ok := follow(a.cards.lib, p)
	return last, ok, nil
}

// open starts a routine for the presser alone, on a new card.
func (a alone) open(ctx context.Context, req *bot.Request, id button.Routine) (bot.Reply, error) {
	if id == button.OwnRoutine {
		return a.beginMine(ctx, req)
	}
	r, ok := a.cards.lib.Routine(req.Locale, string(id))
	if !ok {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	return a.begin(ctx, req, r.ID)
}

// beginMine starts the reader's own routine, or says how to write one.
func (a alone) beginMine(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	name, err := a.mine(ctx, req.UserID, req.Locale)
	if err != nil {
		return bot.Reply{}, err
	}
	return a.begin(ctx, req, name)
}

// mine returns the name that a player of a language has for the member's own
// routine as it is today, or a UserError that says how to write one.
func (a alone) mine(ctx context.Context, userID, locale string) (name string, err error) {
	entries, err := a.lines.OwnRoutine(ctx, userID)
	if err != nil {
		return "", fmt.Errorf("play one's own routine: %w", err)
	}
	var lines []string
	for _, e := range entries {
		if line := a.cards.lib.OwnLine(locale, e); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return "", &bot.UserError{Key: "stretch.mine_none"}
	}
	return delivery.OwnPrefix + strings.Join(lines, "\n"), nil
}

// renewed returns a player of the reader's own routine with the lines of today, and
// whether they are others than those that it has.
func (a alone) renewed(ctx context.Context, f follower) (follower, bool, error) {
	name, err := a.mine(ctx, f.UserID, f.Locale)
	if err != nil {
		return follower{}, false, err
	}
	same := f.follows
	f.Routine, f.Card = name, 0
	changed, ok := follow(a.cards.lib, f.Player)
	if !ok {
		return follower{}, false, &bot.UserError{Key: "bot.old_button"}
	}
	return changed, buttonName(changed.follows) != buttonName(same), nil
}

// begin starts the reader's own player at its first card. name is the routine's
// name in a player.
func (a alone) begin(ctx context.Context, req *bot.Request, name string) (bot.Reply, error) {
	now := a.now()
	p := delivery.Player{ID: req.Ref, UserID: req.UserID, Ticket: req.Ticket.Text(), Locale: req.Locale, Routine: name,
		Pictures: req.GuildID == "" || req.AppPerms.Has(bot.AttachFiles), PressedAt: now, Auto: true}
	begun, ok := follow(a.cards.lib, p)
	if !ok {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	begun = begun.show(0, now)
	first := a.cards.playerCard(begun) // before the player is kept: a card that can't be drawn starts none
	if err := a.players.StartPlayer(ctx, begun.Player, now); err != nil {
		return bot.Reply{}, fmt.Errorf("start the player: %w", err)
	}
	a.kick()
	return first, nil
}

// press does what a button on the reader's own player says.
func (a alone) press(ctx context.Context, req *bot.Request, s button.PlayState) (bot.Reply, error) {
	for range playTries {
		last, ok, err := a.last(ctx, req)
		if err != nil {
			return bot.Reply{}, err
		}
		if !ok || last.ID != s.ID {
			return bot.Reply{}, &bot.UserError{Key: "stretch.gone"}
		}
		if (s.Act == button.PlayAgain || s.Act == button.PlayContinue) && last.follows.Kind == content.Mine {
			today, changed, err := a.renewed(ctx, last)
			if err != nil {
				return bot.Reply{}, err
			}
			if changed {
				last, s.Act = today, button.PlayAgain
			}
		}
		now := a.now()
		last.PressedAt, last.Ticket = now, req.Ticket.Text()
		next, ok := last.pressed(s, now)
		if !ok {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
		switch err := a.players.MovePlayer(ctx, next.Player, now); {
		case errors.Is(err, delivery.ErrPlayerMoved):
			continue
		case err != nil:
			return bot.Reply{}, fmt.Errorf("move the player: %w", err)
		}
		a.settle(ctx, next.ID)
		a.kick()
		if next.resting() {
			return a.cards.restCard(next, "stretch.rest.stopped"), nil
		}
		return a.cards.playerCard(next), nil
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.busy"}
}
