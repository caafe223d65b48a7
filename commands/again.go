package commands

import (
	"context"
	"errors"
	"slices"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
)

// Bounds of what can be taken up again.
const (
	againFor  = 15 * time.Minute
	againMany = 1000 // refusals
	offersMax = 5    // buttons of a row
	labelMax  = 80   // characters of a button
)

// again puts buttons below refusals that offer something, and runs once more what
// was refused with what its user picked: as if they had typed that. What it needs
// for it is kept in memory only.
type again struct {
	refused *lru.Cache[string, refusal]
	now     func() time.Time
}

// A handler is what a command or component runs.
type handler = func(context.Context, *bot.Request) (bot.Reply, error)

// A refusal is a request that was refused.
type refusal struct {
	req    *bot.Request
	run    handler
	perm   bot.Perm
	offers []bot.Offer
	at     time.Time
}

func newAgain(now func() time.Time) again {
	refused, err := lru.New[string, refusal](againMany)
	if err != nil {
		panic("a memory without room") // againMany is above 0
	}
	return again{refused, now}
}

// command has a command and its parts, which need what it needs, offer what would
// work.
func (a again) command(c *bot.Command, perm bot.Perm) {
	perm |= c.Perm
	for i := range c.Subs {
		a.command(&c.Subs[i], perm)
	}
	if c.Run != nil {
		c.Run = a.offering(c.Run, perm)
	}
}

// component has a component offer what would work.
func (a again) component(c bot.Component) bot.Component {
	return c.Around(func(run handler) handler { return a.offering(run, c.Perm) })
}

// offering is a handler whose refusals have buttons for what they offer.
func (a again) offering(run handler, perm bot.Perm) handler {
	var offering handler
	offering = func(ctx context.Context, req *bot.Request) (bot.Reply, error) {
		reply, err := run(ctx, req)
		ue, ok := errors.AsType[*bot.UserError](err)
		if !ok || len(ue.Offers) == 0 {
			return reply, err
		}
		offers := ue.Offers[:min(len(ue.Offers), offersMax)]
		a.keep(req.Ref, refusal{req, offering, perm, offers, a.now()})
		var row bot.Row
		for i, label := range labels(req.Say, offers) {
			row = append(row, bot.Button{Label: label, ID: button.AgainID.For(button.AgainState{Ref: req.Ref, N: i}), Style: bot.Primary})
		}
		shown := *ue
		shown.Below = append([]bot.Part{row}, ue.Below...)
		return bot.Reply{}, &shown
	}
	return offering
}

// labels name offers on their buttons: by their beginnings, or by their ends if
// the beginnings are the same.
func labels(say bot.Say, offers []bot.Offer) (all []string) {
	for _, o := range offers {
		all = append(all, card.Cut(o.Label(say), labelMax))
	}
	if sorted := slices.Sorted(slices.Values(all)); len(slices.Compact(sorted)) == len(all) {
		return all
	}
	for i, o := range offers {
		if name := []rune(o.Label(say)); len(name) > labelMax {
			all[i] = "…" + string(name[len(name)-labelMax+1:])
		}
	}
	return all
}

// keep remembers a refusal, and forgets those that are over.
func (a again) keep(ref string, r refusal) {
	for {
		oldest, last, ok := a.refused.GetOldest()
		if !ok || r.at.Sub(last.at) < againFor {
			break
		}
		a.refused.Remove(oldest)
	}
	a.refused.Add(ref, r)
}

// forget drops what a user gave to requests that were refused.
func (a again) forget(userID string) {
	for _, ref := range a.refused.Keys() {
		if r, ok := a.refused.Peek(ref); ok && r.req.UserID == userID {
			a.refused.Remove(ref)
		}
	}
}

// press takes one of the offers.
func (a again) press(ctx context.Context, req *bot.Request, s button.AgainState) (bot.Reply, error) {
	r, ok := a.refused.Peek(s.Ref) // so that the oldest stays the first
	switch {
	case !ok, a.now().Sub(r.at) >= againFor, s.N < 0, s.N >= len(r.offers),
		r.req.UserID != req.UserID, r.req.GuildID != req.GuildID, r.req.ChannelID != req.ChannelID:
		return bot.Reply{}, &bot.UserError{Key: "again.gone"}
	case !req.Perms.Has(r.perm):
		return bot.Reply{}, &bot.UserError{Key: "bot.no_permission"}
	}
	o := r.offers[s.N]
	return r.run(ctx, req.Instead(r.req, o.Of, o.Text))
}
