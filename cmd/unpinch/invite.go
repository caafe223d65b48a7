package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"strconv"
	"time"

	"unpinch/bot"
)

type inviteCmd struct {
	Config          string `default:"config.toml" placeholder:"FILE" help:"The configuration with the bot's token. Without it ${default}."`
	MentionEveryone bool   `help:"Also ask for Mention Everyone, to ping coaches' roles that not everybody may mention."`
	CreateEvents    bool   `help:"Also ask for Create Events, to keep Discord's own events beside classes."`
}

// Run prints the links that add the bot to a server, and to a person.
func (c *inviteCmd) Run(ctx context.Context, p program) error {
	cfg, err := loadConfig(c.Config, p.environ)
	if err != nil {
		return err
	}
	app, err := p.application(ctx, cfg.Discord)
	if err != nil {
		return err
	}
	perms := invited
	if c.MentionEveryone {
		perms |= bot.MentionEveryone
	}
	if c.CreateEvents {
		perms |= bot.CreateEvents
	}
	printInvite(p.out, app, perms)
	return nil
}

// invited is what the bot needs in a server, and no more.
const invited = bot.ViewChannel | bot.SendMessages | bot.SendInThreads | bot.AttachFiles | bot.ReadHistory

// printInvite prints the links of an application.
func printInvite(w io.Writer, app bot.Application, perms bot.Perm) {
	fmt.Fprintf(w, "To a server that you manage:\n%s\n", inviteLink(app.ID, "0", "bot applications.commands", perms))
	if app.ForUsers {
		fmt.Fprintf(w, "To yourself, for any server and DM:\n%s\n", inviteLink(app.ID, "1", "applications.commands", 0))
	} else {
		fmt.Fprintln(w, "To yourself: off. In the Developer Portal, under Installation, tick User Install.")
	}
	if !app.Public {
		fmt.Fprintln(w, "Only its owner can add this bot. For others, turn on Public Bot under Bot in the Developer Portal.")
	}
}

// inviteLink is where Discord asks whether an application may be added, for a
// kind of installation.
func inviteLink(app, kind, scopes string, perms bot.Perm) string {
	q := url.Values{"client_id": {app}, "integration_type": {kind}, "scope": {scopes}}
	if perms != 0 {
		q.Set("permissions", strconv.FormatUint(uint64(perms), 10))
	}
	return "https://discord.com/oauth2/authorize?" + q.Encode()
}

// askMax is how long Discord is asked for one thing.
const askMax = 10 * time.Second

// inspector asks Discord about the bot of a configuration.
func (p program) inspector(d discordConfig) (*bot.Inspector, error) {
	return bot.NewInspector(bot.InspectorOptions{Token: d.Token, API: d.APIURL, Log: slog.New(slog.DiscardHandler), Now: p.now})
}

// application asks Discord which application a token is of.
func (p program) application(ctx context.Context, d discordConfig) (bot.Application, error) {
	i, err := p.inspector(d)
	if err != nil {
		return bot.Application{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, askMax)
	defer cancel()
	app, err := i.Application(ctx)
	switch {
	case errors.Is(err, bot.ErrToken):
		return app, errWrongToken
	case err != nil:
		return app, fmt.Errorf("no answer comes from Discord at %s (%w); check this computer's network, and whether a proxy or firewall is in between", d.APIURL, err)
	}
	return app, nil
}

// errWrongToken is a token that Discord refuses.
var errWrongToken = errors.New("this token is one that Discord refuses; in the Developer Portal, under Bot, press Reset Token and copy the new one")
