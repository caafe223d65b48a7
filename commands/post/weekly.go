package post

import (
	"context"
	"fmt"

	"unpinch/bot"
	"unpinch/commands/card"
)

const (
	recapDays = 7 // what a recap adds up
	// recapPeople is how many must have taken part, so that no number tells of one
	// of them.
	recapPeople = 5
)

// claimOfWeek asks the claim of the week that a post is in.
func (m *Maker) claimOfWeek(msg message) bot.Reply {
	reply := card.Calm(m.claim(msg.locale, msg.start())...)
	reply.Silent = true
	return reply
}

// recap adds up a place's week in totals that tell of nobody in particular, or
// returns ErrFew.
func (m *Maker) recap(ctx context.Context, msg message) (bot.Reply, error) {
	// From the last recap on, on the place's clock: a week may be an hour longer.
	from := msg.o.DueAt.In(msg.clock.Zone).AddDate(0, 0, -recapDays)
	posts, done, people, err := m.classes.Recap(ctx, msg.series.Place.ID, from, msg.o.DueAt)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("add up a week: %w", err)
	}
	if people < recapPeople {
		return bot.Reply{}, ErrFew
	}
	reply := card.Calm(bot.Text(msg.say("post.recap", bot.Args{"Place": card.Plain(msg.series.Place.Name), "Done": done,
		"Posts": msg.say("post.recap_posts", bot.Args{"count": posts})})))
	reply.Silent = true
	return reply, nil
}
