package commands

import (
	"context"
	"fmt"
	"slices"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// A helper says what the bot is for, and what its commands do.
type helper struct {
	operator   card.Operator
	places     place.Finder
	commands   []bot.Command // /help itself among them
	shareStart func(ctx context.Context, req *bot.Request) (note string, err error)
}

// newHelp returns /help, and the button that leads from what people come for to
// every command and back.
func newHelp(h helper) (bot.Command, bot.Component) {
	share := bot.Bool("share", "help.option.share")
	c := bot.Command{Name: "help", About: "help.about", Answer: bot.NewPrivate, Options: []bot.Option{share}}
	h.commands = append(slices.Clone(h.commands), c)
	c.Run = func(ctx context.Context, req *bot.Request) (bot.Reply, error) {
		if !share.Get(req) {
			return h.jobs(ctx, req)
		}
		note, err := h.shareStart(ctx, req)
		if err != nil {
			return bot.Reply{}, err
		}
		return bot.Reply{Parts: []bot.Part{bot.Text(note)}}, nil
	}
	pages := bot.Handle(button.HelpID, bot.Update, func(ctx context.Context, req *bot.Request, what button.HelpView) (bot.Reply, error) {
		if what == button.HelpAll {
			return h.all(req), nil
		}
		return h.jobs(ctx, req)
	})
	pages.OwnerOnly = true
	return c, pages
}

// jobs is the card of what people come for, and what this reader may do besides.
func (h helper) jobs(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	last := "help.job.remind"
	if req.InServer() {
		last = "help.job.class"
	}
	var lines []string
	for _, key := range []string{"help.job.signs", "help.job.swap", "help.job.stretch", last} {
		lines = append(lines, req.Say(key))
	}
	below, err := h.runs(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	return card.Calm(
		bot.Text(req.Say("help.text")), bot.Text(req.Clickable(card.Bullets(lines))),
		bot.Text(req.Clickable(below+req.Say("help.promise"))),
		bot.Row{{Label: req.Say("help.more"), ID: button.HelpID.For(button.HelpAll)}},
	), nil
}

// runs says what the reader may set up here, in a line of its own, if anything.
func (h helper) runs(ctx context.Context, req *bot.Request) (string, error) {
	switch {
	case !req.InServer():
		return "", nil
	case req.Perms.Has(bot.ManageServer):
		return req.Say("help.run.owner") + "\n", nil
	}
	places, err := h.places.Of(ctx, req)
	if err != nil {
		return "", fmt.Errorf("say who may change classes: %w", err)
	}
	if slices.ContainsFunc(places, func(p schedule.Place) bool { return place.MayChange(req, p) == nil }) {
		return req.Say("help.run.coach") + "\n", nil
	}
	return "", nil
}

// all is the card of every command, the clock rules and privacy.
func (h helper) all(req *bot.Request) bot.Reply {
	return card.Calm(
		bot.Text(req.Say("help.all")),
		bot.Text(req.Clickable(card.Bullets(commandLines(req, offered(req, h.commands))))),
		bot.Text(req.Say("help.clock")),
		bot.Text(req.Clickable(req.Say("help.privacy"))),
		bot.Text(req.Say("me.privacy.operator", bot.Args{"Name": h.operator.Name, "Contact": h.operator.Contact})),
		bot.Row{{Label: req.Say("help.back"), ID: button.HelpID.For(button.HelpJobs)}},
	)
}

// offered returns the commands that the reader may use where they are: in a server
// without the bot none that needs it there, and none for those with a permission
// that they lack.
func offered(req *bot.Request, commands []bot.Command) []bot.Command {
	return slices.DeleteFunc(slices.Clone(commands), func(c bot.Command) bool {
		return req.UserOnly && len(c.Install) > 0 && !slices.Contains(c.Install, bot.ForUser) ||
			req.GuildID != "" && !req.Perms.Has(c.Perm)
	})
}

// commandLines says in a line each what the commands do; a command with
// subcommands stands as these.
func commandLines(req *bot.Request, commands []bot.Command) []string {
	var lines []string
	for _, c := range commands {
		for _, s := range c.Subs {
			lines = append(lines, commandLine(req, c.Name+" "+s.Name, s))
		}
		if len(c.Subs) == 0 {
			lines = append(lines, commandLine(req, c.Name, c))
		}
	}
	return lines
}

func commandLine(req *bot.Request, name string, c bot.Command) string {
	return req.Say("help.line", bot.Args{"Name": name, "About": req.Say(c.About)})
}
