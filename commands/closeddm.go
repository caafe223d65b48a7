package commands

import (
	"context"

	"unpinch/bot"
)

// tellsClosedDMs has a private command begin its answer with a line when a DM
// to its user was refused. A discreet one never looks: nobody is to know that
// it was used.
func (d Deps) tellsClosedDMs(c *bot.Command) {
	for i := range c.Subs {
		c.Subs[i].Discreet = c.Subs[i].Discreet || c.Discreet
		d.tellsClosedDMs(&c.Subs[i])
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
		return d.tellClosedDM(ctx, req, reply), nil
	}
}

// tellClosedDM puts the line before a reply that has room for it. Where it
// hasn't, or the store is at fault, the next command tells.
func (d Deps) tellClosedDM(ctx context.Context, req *bot.Request, reply bot.Reply) bot.Reply {
	told := func(key string) bot.Reply {
		r := reply
		r.Parts = append([]bot.Part{bot.Text(req.Say(key))}, reply.Parts...)
		return r
	}
	if told("me.dm.refused").Validate() != nil {
		return reply
	}
	untold, err := d.Notices.TellClosedDM(ctx, req.UserID, d.Now())
	if err != nil || !untold {
		return reply
	}
	if mem, err := d.Notices.Member(ctx, req.UserID); err != nil || mem.DMsClosed.IsZero() {
		return told("me.dm.refused_once") // nothing waits to be tried again
	}
	return told("me.dm.refused")
}
