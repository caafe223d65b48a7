package commands

import (
	"context"
	"fmt"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/schedule"
)

// Servers says what the ledger has of a server's posts.
type Servers interface {
	// Recent returns how many posts were due from an instant up to another, and how
	// many of them went out.
	Recent(ctx context.Context, guildID string, from, to time.Time) (due, sent int, err error)
}

// recentDays is how far back /about counts posts.
const recentDays = 30

// about says what this bot is, here.
type about struct {
	content  *content.Library
	operator card.Operator
	servers  Servers
	program  string // its version
	zones    *schedule.Zones
	now      func() time.Time
}

// command is /about.
func (a about) command() bot.Command {
	return bot.Command{Name: "about", About: "about.about", Answer: bot.NewPrivate, Run: a.card}
}

func (a about) card(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	parts := []bot.Part{
		bot.Text(req.Say("about.title") + "\n" + req.Say("me.privacy.operator", bot.Args{"Name": a.operator.Name, "Contact": a.operator.Contact})),
		bot.Text(a.permissions(req)),
		bot.Text(req.Say("about.reads")),
	}
	if req.InServer() {
		due, sent, err := a.servers.Recent(ctx, req.GuildID, a.now().AddDate(0, 0, -recentDays), a.now())
		if err != nil {
			return bot.Reply{}, fmt.Errorf("say what was posted: %w", err)
		}
		parts = append(parts, bot.Text(req.Say("about.posts", bot.Args{"count": due, "Sent": sent, "Days": recentDays})))
	}
	parts = append(parts, bot.Text(req.Say("about.version", bot.Args{"Program": a.program, "Zones": a.zones.Version()})+"\n"+
		card.Foot(a.content, req.Locale, nil, a.content.Reviewed)))
	if row := a.links(req); len(row) > 0 {
		parts = append(parts, row)
	}
	return card.Calm(parts...), nil
}

// links lead to what the operator says of the bot.
func (a about) links(req *bot.Request) (row bot.Row) {
	if a.operator.PrivacyURL != "" {
		row = append(row, bot.Button{Label: req.Say("me.button.policy"), URL: a.operator.PrivacyURL})
	}
	if a.operator.TermsURL != "" {
		row = append(row, bot.Button{Label: req.Say("me.button.terms"), URL: a.operator.TermsURL})
	}
	return row
}

// wanted permissions are some that the bot asks for, with the key of what they are
// for.
type wanted struct {
	perm bot.Perm
	key  string
}

// asksFor returns what unpinch invite may ask for.
func asksFor() []wanted {
	return []wanted{
		{bot.ViewChannel | bot.SendMessages | bot.SendInThreads, "view"}, {bot.AttachFiles, "attach"},
		{bot.ReadHistory, "history"}, {bot.MentionEveryone, "mention"}, {bot.CreateEvents, "events"},
	}
}

// permissions says of each permission that the bot asks for whether it has it in
// this channel and what it is for, and whether it has others.
func (a about) permissions(req *bot.Request) string {
	if !req.InServer() {
		return req.Say("about.permissions.none")
	}
	var has, lacks []string
	var asked bot.Perm
	for _, p := range asksFor() {
		asked |= p.perm
		line := req.Say("about.permission." + p.key)
		if req.AppPerms.Has(p.perm) {
			has = append(has, line)
		} else {
			lacks = append(lacks, line)
		}
	}
	lines := []string{req.Say("about.permissions.has")}
	if len(has) > 0 {
		lines = append(lines, card.Bullets(has))
	}
	if len(lacks) > 0 {
		lines = append(lines, req.Say("about.permissions.lacks"), card.Bullets(lacks))
	}
	switch {
	case req.AppPerms&bot.Administrator != 0:
		lines = append(lines, req.Say("about.permissions.administrator"))
	case req.AppPerms&^asked != 0:
		lines = append(lines, req.Say("about.permissions.more"))
	}
	return strings.Join(lines, "\n")
}
