package class

import (
	"context"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/place"
	"unpinch/schedule"
	"unpinch/timetable"
)

// adding is /class add.
type adding struct {
	classOptions
	place     *bot.StringOption
	places    place.Finder
	contracts contracts
	timing    timing
	lines     lines
}

func newAdding(places place.Finder, c contracts, t timing, l lines) adding {
	return adding{newClassOptions("class.option."), bot.String("place", "class.option.place").Complete(places.Suggest), places, c, t, l}
}

func (a adding) command() bot.Command {
	return bot.Command{Name: "add", About: "class.add.about", Answer: bot.OpenModal, Run: a.run, Options: append(a.all(), a.place)}
}

// run keeps a draft of what was given and shows its contract, or without a rule
// opens the form of one class a line.
func (a adding) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	if !a.at.Given(req) {
		return a.openForm(ctx, req)
	}
	at, err := a.places.For(ctx, req, a.place.Get(req))
	if err != nil {
		return bot.Reply{}, err
	}
	if err := place.MayChange(req, at); err != nil {
		return bot.Reply{}, err
	}
	if err := a.contracts.desk.Room(ctx, req, 1); err != nil {
		return bot.Reply{}, err
	}
	s := schedule.Series{Place: at, Purpose: schedule.ForClass, ChannelID: at.ChannelID,
		Length: timetable.DefaultLength, Lead: timetable.DefaultLead, CoolDown: true}
	k, err := a.take(a.timing, req, &s)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := a.takePing(req, &s, &k); err != nil {
		return bot.Reply{}, err
	}
	return a.contracts.keep(ctx, req, 0, []schedule.Series{s}, k)
}

// openForm opens the form of one class a line. What it has no field for must
// not be lost without a word.
func (a adding) openForm(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	for name, given := range map[string]bool{"length": a.length.Given(req), "title": a.title.Given(req), "warm_up": a.warmUp.Given(req), "channel": a.channel.Given(req),
		"ping": a.ping.Given(req), "until": a.until.Given(req)} {
		if given {
			return bot.Reply{}, &bot.UserError{Key: "class.needs_at", Args: bot.Args{"Option": name}}
		}
	}
	s := button.NewLines(0)
	if a.before.Given(req) {
		s.Lead = a.before.Get(req)
	}
	if a.coolDown.Given(req) {
		s.CoolDown = a.coolDown.Get(req)
	}
	places, err := a.places.Changeable(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if name := a.place.Get(req); name != "" {
		at, err := a.places.For(ctx, req, name)
		if err != nil {
			return bot.Reply{}, err
		}
		if err := place.MayChange(req, at); err != nil {
			return bot.Reply{}, err
		}
		s.Place = at.ID
	} else if at, ok := place.Here(req, places); ok {
		s.Place = at.ID
	}
	return a.lines.open(ctx, req, s, button.LinesNewID)
}
