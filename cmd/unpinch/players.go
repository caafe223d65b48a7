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
	"unpinch/schedule"
	"unpinch/store"
)

var (
	_ delivery.PlayerKeeper = (*store.Store)(nil)
	_ player.OwnPlayers     = (*store.Store)(nil)
	_ player.ChannelPlayers = (*store.Store)(nil)
)

// A drawer shows the cards of players through the bot.
type drawer struct {
	bot      *bot.Bot
	cards    player.Cards
	starters *player.Starters
	log      *slog.Logger
}

// Draw shows the card that is due, without its picture where the bot may not send
// one. A player whose card Discord won't change any more ends.
func (d drawer) Draw(ctx context.Context, p delivery.Player, now time.Time) (delivery.Player, error) {
	after, reply := d.cards.Advance(p, now)
	after, err := d.show(ctx, p, after, reply, now)
	if noPictures(err) && len(reply.Files) > 0 {
		p.Pictures = false
		after, reply = d.cards.Advance(p, now)
		after, err = d.show(ctx, p, after, reply, now)
	}
	return d.ended(ctx, p, after, err, now)
}

// End says in words that the card can't be drawn, and ends the player.
func (d drawer) End(ctx context.Context, p delivery.Player, now time.Time) (delivery.Player, error) {
	after, reply := d.cards.GiveUp(p)
	after, err := d.show(ctx, p, after, reply, now)
	return d.ended(ctx, p, after, err, now)
}

// show puts a card in place of the player's last.
func (d drawer) show(ctx context.Context, p, after delivery.Player, reply bot.Reply, now time.Time) (delivery.Player, error) {
	if err := reply.Validate(); err != nil {
		return p, fmt.Errorf("%w: over Discord's limits: %w", delivery.ErrUndrawable, err)
	}
	var err error
	switch {
	case p.Together() && d.bot.InOutage(p.GuildID):
		err = errOutage
	case !p.Together():
		err = d.editOwn(ctx, p.Ticket, reply)
	case p.MessageID == "" && now.Sub(p.PressedAt) >= firstCardMax:
		err = errTooLate
	case p.MessageID == "":
		reply.Silent = true
		after.MessageID, err = d.bot.Send(ctx, p.ChannelID, p.ID, reply)
	default:
		err = d.bot.Edit(ctx, p.ChannelID, p.MessageID, reply)
	}
	if malformed(err) {
		err = fmt.Errorf("%w: %w", delivery.ErrUndrawable, err)
	}
	return after, err
}

// ended returns the player as showing its card left it. One whose card is out of
// reach ends, and a channel's starter is told why.
func (d drawer) ended(ctx context.Context, p, after delivery.Player, err error, now time.Time) (delivery.Player, error) {
	switch {
	case err == nil:
		return after, nil
	case errors.Is(err, bot.ErrDeleted), errors.Is(err, errTooLate), refusedCard(err):
	default:
		return p, err
	}
	d.log.InfoContext(ctx, "card can't be changed any more", "player", p.ID, "err", err)
	if t, ok := d.starters.Take(p.ID); ok && p.Together() {
		if err := d.bot.EditAnswer(ctx, t, d.cards.Refused(p, string(whyRefused(err)))); err != nil {
			d.log.InfoContext(ctx, "the starter is not told", "player", p.ID, "err", err)
		}
	}
	return over(p, now), nil
}

// errTooLate is a channel's first card that Discord did not take in time.
var errTooLate = errors.New("the first card is too late")

// firstCardMax is how long the first card of a channel's player is tried: its
// nonce keeps two tries from making two cards for a few minutes only.
const firstCardMax = 2 * time.Minute

// noPictures reports whether Discord refused a card for a permission; the one to
// send files may be all that lacks.
func noPictures(err error) bool {
	ae, ok := errors.AsType[*bot.APIError](err)
	return ok && reasonOf(ae) == schedule.ReasonPermission
}

// whyRefused returns why a channel's card can't go on, or "" for one that was
// deleted.
func whyRefused(err error) schedule.Reason {
	ae, ok := errors.AsType[*bot.APIError](err)
	switch {
	case errors.Is(err, errTooLate):
		return schedule.ReasonGaveUp
	case errors.Is(err, bot.ErrDeleted), ok && ae.Code == codeUnknownMessage:
		return ""
	case ok && reasonOf(ae) != "":
		return reasonOf(ae)
	}
	return schedule.ReasonRefused
}

// errNoTicket is a private player whose card nothing can edit.
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

// codeInvalidForm is Discord's code for a message that breaks a rule of its form.
const codeInvalidForm = 50035

// malformed reports whether Discord refused what a card holds; another card may
// be taken.
func malformed(err error) bool {
	ae, ok := errors.AsType[*bot.APIError](err)
	return ok && (ae.Code == codeInvalidForm || ae.Status == http.StatusRequestEntityTooLarge)
}

// refusedCard reports whether a card will never be taken again: by Discord's own
// code for it, as a page of a proxy and a block pass.
func refusedCard(err error) bool {
	ae, ok := errors.AsType[*bot.APIError](err)
	return errors.Is(err, errNoTicket) || ok && (ticketOver(ae) || fixed(ae) || reasonOf(ae) != "")
}

// ticketOver reports whether Discord takes a ticket no more.
func ticketOver(e *bot.APIError) bool {
	switch e.Code {
	case 10015, 10062, 50027:
		return true
	}
	return false
}

// over is a player whose card is out of reach. A channel's ends; a member's own
// can go on with /stretch while it is kept.
func over(p delivery.Player, now time.Time) delivery.Player {
	p = p.Waiting()
	p.Gone = p.Together() || !now.Before(p.ExpiresAt)
	return p
}
