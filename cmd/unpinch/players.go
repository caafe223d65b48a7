package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"unpinch/bot"
	"unpinch/commands/player"
	"unpinch/delivery"
	"unpinch/store"
)

var (
	_ delivery.PlayerKeeper = (*store.Store)(nil)
	_ player.OwnPlayers     = (*store.Store)(nil)
	_ player.ChannelPlayers = (*store.Store)(nil)
)

// A drawer shows the cards of players through the bot.
type drawer struct {
	bot   *bot.Bot
	cards player.Cards
	log   *slog.Logger
}

// Draw shows the card that is due: on the private card, or in the channel. One
// that Discord will not take any more ends the player there.
func (d drawer) Draw(ctx context.Context, p delivery.Player, now time.Time) (delivery.Player, error) {
	after, reply := d.cards.Advance(p, now)
	var err error
	switch {
	case !p.Together():
		err = d.editOwn(ctx, p.Ticket, reply)
	case p.MessageID == "":
		reply.Silent = true
		after.MessageID, err = d.bot.Send(ctx, p.ChannelID, p.ID, reply)
	default:
		err = d.bot.Edit(ctx, p.ChannelID, p.MessageID, reply)
	}
	if errors.Is(err, bot.ErrDeleted) || refusedCard(err) {
		d.log.InfoContext(ctx, "card can't be changed any more", "player", p.ID, "err", err)
		return over(p, now), nil
	}
	return after, err
}

// errNoTicket is a private player that has something to do and nothing to do
// it with.
var errNoTicket = errors.New("the ticket of the card can't be read")

func (d drawer) editOwn(ctx context.Context, ticket string, reply bot.Reply) error {
	t, err := bot.ParseTicket(ticket)
	if err != nil {
		return errNoTicket
	}
	if err := d.bot.EditAnswer(ctx, t, reply); err != nil {
		return fmt.Errorf("move a card on: %w", err)
	}
	return nil
}

// refusedCard reports whether a card will never be taken again.
func refusedCard(err error) bool {
	ae, ok := errors.AsType[*bot.APIError](err)
	return errors.Is(err, errNoTicket) || ok && ae.Status >= 400 && ae.Status < 500 && ae.Status != http.StatusTooManyRequests
}

// over is a player whose card is out of reach. A channel's ends; a member's own
// can go on with /stretch while it is kept.
func over(p delivery.Player, now time.Time) delivery.Player {
	p.Ticket, p.MoveAt, p.NextAt, p.RedrawAt = "", time.Time{}, time.Time{}, time.Time{}
	p.Gone = p.Together() || !now.Before(p.ExpiresAt)
	return p
}
