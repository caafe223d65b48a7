package commands

import (
	"context"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/schedule"
)

// ClosedDMs knows to whom a DM was refused.
type ClosedDMs interface {
	// TellClosedDM reports whether a refused DM is to be told of, once.
	TellClosedDM(ctx context.Context, userID string, now time.Time) (untold bool, err error)
	// Member returns what a member has set, or schedule.ErrNoMember.
	Member(ctx context.Context, userID string) (schedule.Member, error)
}

// A dmTeller tells people that a DM to them was refused.
type dmTeller struct {
	dms ClosedDMs
	now func() time.Time
}

// wrap has a private command begin its answer with a line when a DM to its user
// was refused. A discreet command never looks: nobody is to know that it was
// used.
func (d dmTeller) wrap(c *bot.Command) {
	for i := range c.Subs {
		c.Subs[i].Discreet = c.Subs[i].Discreet || c.Discreet
		d.wrap(&c.Subs[i])
	}
	run := c.Run
	if run == nil || c.Discreet || c.Answer != bot.NewPrivate {
		return
	}
	c.Run = func(ctx context.Context, req *bot.Request) (bot.Reply, error) {
		reply, err := run(ctx, req)
		if err != nil || reply.Modal != nil {
			return reply, err
		}
		return d.tell(ctx, req, reply), nil
	}
}

// tell puts the line before a reply that has room for it. Where there is no
// room, or the store is at fault, the next command tells.
func (d dmTeller) tell(ctx context.Context, req *bot.Request, reply bot.Reply) bot.Reply {
	told := func(key string) bot.Reply {
		r := reply
		r.Parts = append([]bot.Part{bot.Text(req.Say(key))}, reply.Parts...)
		return r
	}
	if told("me.dm.refused").Validate() != nil {
		return reply
	}
	untold, err := d.dms.TellClosedDM(ctx, req.UserID, d.now())
	if err != nil || !untold {
		return reply
	}
	mem, err := d.dms.Member(ctx, req.UserID)
	switch {
	case err != nil || mem.DMsClosed.IsZero():
		return told("me.dm.refused_once") // nothing waits to be tried again
	case says(reply.Parts, req.Say("card.dm.closed")):
		return reply
	}
	return told("me.dm.refused")
}

// says reports whether parts hold a text as it is.
func says(parts []bot.Part, text string) bool {
	return slices.ContainsFunc(parts, func(p bot.Part) bool {
		c, ok := p.(bot.Container)
		return p == bot.Part(bot.Text(text)) || ok && says(c.Parts, text)
	})
}
