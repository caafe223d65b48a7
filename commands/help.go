package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

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
	return c, bot.Handle(button.HelpID, bot.Update, func(ctx context.Context, req *bot.Request, what button.HelpView) (bot.Reply, error) {
		if what == button.HelpAll {
			return h.all(req), nil
		}
		return h.jobs(ctx, req)
	})
}

// jobs is the card of what people come for, and what this reader may do besides.
func (h helper) jobs(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	lines := []string{h.job(req, "signs", "pinched"), h.job(req, "swap", "modify"), h.job(req, "stretch", "stretch"), h.job(req, "remind", "me reminders")}
	if h.installed(req) {
		lines[3] = h.job(req, "class", "class list", "me notify")
	}
	parts := []bot.Part{bot.Text(req.Say("help.text")), bot.Text(card.Bullets(lines))}
	runs, err := h.runs(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(runs) > 0 {
		parts = append(parts, bot.Text(h.job(req, "run", runs...)))
	}
	return card.Calm(append(parts, bot.Text(req.Say("help.promise", bot.Args{"Privacy": req.Mention("me privacy")})),
		bot.Row{{Label: req.Say("help.more"), ID: button.HelpID.For(button.HelpAll)}})...), nil
}

// job names what somebody comes for, with the commands for it.
func (h helper) job(req *bot.Request, key string, commands ...string) string {
	var all []string
	for _, c := range commands {
		all = append(all, req.Mention(c))
	}
	return req.Say("help.job."+key, bot.Args{"Commands": strings.Join(all, ", ")})
}

// installed reports whether the reader's server has the bot.
func (helper) installed(req *bot.Request) bool { return req.GuildID != "" && !req.UserOnly }

// runs are the commands for which the reader may set up something here.
func (h helper) runs(ctx context.Context, req *bot.Request) ([]string, error) {
	switch {
	case !h.installed(req):
		return nil, nil
	case req.Perms.Has(bot.ManageServer):
		return []string{"setup", "class add"}, nil
	}
	places, err := h.places.Of(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("say who may change classes: %w", err)
	}
	if slices.ContainsFunc(places, func(p schedule.Place) bool { return place.MayChange(req, p) == nil }) {
		return []string{"class add"}, nil
	}
	return nil, nil
}

// all is the card of every command, the clock rules and privacy.
func (h helper) all(req *bot.Request) bot.Reply {
	return card.Calm(
		bot.Text(req.Say("help.all")),
		bot.Text(card.Bullets(commandLines(req, offered(req, h.commands)))),
		bot.Text(req.Say("help.clock")),
		bot.Text(req.Say("help.privacy")),
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
	return req.Say("help.line", bot.Args{"Command": req.Mention(name), "About": req.Say(c.About)})
}
