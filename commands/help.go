package commands

import (
	"context"
	"slices"

	"unpinch/bot"
	"unpinch/commands/card"
)

// help lists the commands, itself among them, from their own definitions, or
// shares the card that everyone starts from.
func help(operator card.Operator, commands []bot.Command, shareStart func(ctx context.Context, req *bot.Request) (note string, err error)) bot.Command {
	share := bot.Bool("share", "help.option.share")
	c := bot.Command{Name: "help", About: "help.about", Answer: bot.NewPrivate, Options: []bot.Option{share}}
	all := append(slices.Clone(commands), c)
	c.Run = func(ctx context.Context, req *bot.Request) (bot.Reply, error) {
		if share.Get(req) {
			note, err := shareStart(ctx, req)
			if err != nil {
				return bot.Reply{}, err
			}
			return bot.Reply{Parts: []bot.Part{bot.Text(note)}}, nil
		}
		return card.Calm(
			bot.Text(req.Say("help.text")),
			bot.Text(card.Bullets(commandLines(req, offered(req, all)))),
			bot.Text(req.Say("help.clock")),
			bot.Text(req.Say("help.privacy")),
			bot.Text(req.Say("me.privacy.operator", bot.Args{"Name": operator.Name, "Contact": operator.Contact})),
		), nil
	}
	return c
}

// offered returns the commands that there are where the reader is: where the bot
// is not in the server, none that needs it there.
func offered(req *bot.Request, commands []bot.Command) []bot.Command {
	if !req.UserOnly {
		return commands
	}
	return slices.DeleteFunc(slices.Clone(commands), func(c bot.Command) bool {
		return len(c.Install) > 0 && !slices.Contains(c.Install, bot.ForUser)
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
