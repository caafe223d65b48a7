package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/store"
)

type commandList = []bot.Command

// discord asks Discord about the bot, step by step, beside the bot that runs: it
// logs in to nothing. Once Discord does not answer, no further step is tried.
func (p patient) discord(ctx context.Context) []finding {
	if d := p.cfg.Discord; d.Token == "" || tokenFault(d.Token) != "" || webFault(d.APIURL, "") != "" {
		return one(isFault, "not asked: token or api_url can't be right", "see config")
	}
	i, err := p.inspector(p.cfg.Discord)
	if err != nil {
		return one(isFault, err.Error(), "put [discord] api_url right")
	}
	a := asked{p, i, ctx}
	app, err := a.application()
	found := judgeToken(app, err)
	if err != nil {
		return append(found, unasked()...)
	}
	found = append(found, judgeApplication(app), judgeIntents(app))
	ahead, known := i.Skew()
	found = append(found, judgeSkew(ahead, known))
	found = append(found, a.gateway()...)
	found = append(found, a.commands(app))
	found = append(found, a.servers()...)
	return append(found, a.channels(app)...)
}

// unasked are the lines of what could not be asked.
func unasked() (found []finding) {
	for _, name := range []string{"app", "intents", "skew", "gateway", "logins", "commands", "servers", "channels"} {
		found = append(found, finding{name, isFault, "not known, as Discord was not reached as this bot", "put token right first"})
	}
	return found
}

// asked is Discord while it is asked.
type asked struct {
	patient
	at  *bot.Inspector
	ctx context.Context
}

// within returns a context for one step.
func (a asked) within() (context.Context, context.CancelFunc) {
	return context.WithTimeout(a.ctx, askMax)
}

func (a asked) application() (bot.Application, error) {
	ctx, cancel := a.within()
	defer cancel()
	return a.at.Application(ctx)
}

func judgeToken(app bot.Application, err error) []finding {
	switch {
	case errors.Is(err, bot.ErrToken):
		return []finding{{"token", isFault, "Discord refuses the token", "in the Developer Portal, under Bot, press Reset Token, and put the new one into the token's file"}}
	case err != nil:
		return []finding{{"token", isFault, "Discord does not answer: " + err.Error(), "see dns, proxy and clock; a firewall has to let this computer reach discord.com at port 443"}}
	}
	return []finding{{"token", isOK, fmt.Sprintf("Discord takes it as %s, application %s", app.Name, app.ID), ""}}
}

func judgeApplication(app bot.Application) finding {
	switch {
	case app.Endpoint != "":
		return finding{"app", isFault, "Discord sends what people press to an Interactions Endpoint URL, and not to the bot", "in the Developer Portal, under General Information, empty that field"}
	case !app.ForUsers:
		return finding{"app", isWarning, "people can't install it for themselves", "in the Developer Portal, under Installation, tick User Install; leave it if that is as you want it"}
	}
	return finding{"app", isOK, "for servers and for people", ""}
}

func judgeIntents(app bot.Application) finding {
	if len(app.Intents) > 0 {
		return finding{"intents", isWarning, "turned on and not needed: " + strings.Join(app.Intents, ", "), "in the Developer Portal, under Bot, turn them off; what a bot may not see it can't lose"}
	}
	return finding{"intents", isOK, "no privileged one is turned on, and none is needed", ""}
}

const (
	skewFew  = 5 * time.Second
	skewMost = 30 * time.Second // beyond it the bot posts nothing
)

func judgeSkew(ahead time.Duration, known bool) finding {
	const remedy = "turn on NTP, such as by: sudo timedatectl set-ntp true"
	away := ahead.Abs().Round(time.Second)
	says := fmt.Sprintf("this computer's clock is %v ahead of Discord's", away)
	if ahead < 0 {
		says = fmt.Sprintf("this computer's clock is %v behind Discord's", away)
	}
	switch {
	case !known:
		return finding{"skew", isWarning, "Discord did not tell the time", "run doctor again"}
	case ahead.Abs() > skewMost:
		return finding{"skew", isFault, says + ", and nothing is posted", remedy}
	case ahead.Abs() > skewFew:
		return finding{"skew", isWarning, says, remedy}
	}
	return finding{"skew", isOK, "this computer's clock is Discord's", ""}
}

func (a asked) gateway() []finding {
	ctx, cancel := a.within()
	defer cancel()
	start, err := a.at.Gateway(ctx)
	if err != nil {
		return []finding{judgeGateway(err), {"logins", isFault, "not known, as the gateway's address is not", "see gateway"}}
	}
	return []finding{judgeGateway(a.at.Hello(ctx, start.URL)), judgeLogins(start, a.cfg.Discord.Shards, a.now())}
}

func judgeGateway(err error) finding {
	if err != nil {
		return finding{"gateway", isFault, "it does not answer: " + err.Error(), "let this computer reach gateway.discord.gg at port 443, with WebSockets; if it may, Discord has trouble: discordstatus.com"}
	}
	return finding{"gateway", isOK, "it answers", ""}
}

const (
	loginsLeast = 20 // which the bot leaves to its operator
	loginsFew   = 200
)

// judgeLogins looks at how many logins are left, and whether so many shards as the
// configuration says, or 0, will do.
func judgeLogins(s bot.GatewayStart, shards int, now time.Time) finding {
	again := now.Add(time.Duration(s.Limit.ResetAfter) * time.Millisecond).UTC().Format("2006-01-02 15:04 UTC")
	says := fmt.Sprintf("%d of %d are left until %s", s.Limit.Remaining, s.Limit.Total, again)
	switch {
	case s.Limit.Total > 0 && s.Limit.Remaining <= loginsLeast+max(shards, s.Shards)-1:
		return finding{"logins", isFault, "only " + says, "stop what starts the bot again and again, and start it after that"}
	case shards > 0 && shards < s.Shards:
		return finding{"logins", isWarning, fmt.Sprintf("%s; Discord recommends %d shards, and [discord] shards is %d", says, s.Shards, shards), "leave [discord] shards out, which takes as many as Discord recommends: it refuses a shard with more than 2,500 servers"}
	case s.Limit.Total > 0 && s.Limit.Remaining <= loginsFew:
		return finding{"logins", isWarning, "only " + says, "find out from the bot's log what starts it again and again"}
	}
	if n := max(shards, s.Shards); n > 1 {
		says = fmt.Sprintf("%s; the bot runs in %d shards", says, n)
	}
	return finding{"logins", isOK, says, ""}
}

func (a asked) commands(app bot.Application) finding {
	ctx, cancel := a.within()
	defer cancel()
	n, equal, err := a.at.Registered(ctx, app.ID, a.cfg.Discord.GuildID, a.commandsHere(), a.lib)
	return judgeCommands(n, equal, err)
}

func judgeCommands(n int, equal bool, err error) finding {
	switch {
	case err != nil:
		return finding{"commands", isFault, err.Error(), "run doctor again; if it stays, look at [discord] guild_id"}
	case equal:
		return finding{"commands", isOK, fmt.Sprintf("%d are registered, equal to this version's", n), ""}
	case n == 0:
		return finding{"commands", isWarning, "none is registered yet", "start the bot, which registers them"}
	}
	return finding{"commands", isWarning, "what is registered is another version's", "restart the bot, which registers them"}
}

func (a asked) servers() []finding {
	ctx, cancel := a.within()
	defer cancel()
	all, err := a.at.Servers(ctx)
	return judgeServers(all, err)
}

// namedMost is how many servers or channels are named one by one.
const namedMost = 20

func judgeServers(all []bot.ServerPerms, err error) (found []finding) {
	switch {
	case err != nil:
		return []finding{{"servers", isFault, err.Error(), "run doctor again"}}
	case len(all) == 0:
		return []finding{{"servers", isWarning, "the bot is in none", "add it: unpinch invite prints the link"}}
	}
	left := 0
	for _, s := range all {
		if lacks := s.Perms.Lacks(invited); len(lacks) > 0 {
			if len(found) == namedMost {
				left++
				continue
			}
			found = append(found, finding{"servers", isWarning, fmt.Sprintf("in %s (%s) the bot lacks: %s", s.Name, s.ID, strings.Join(lacks, ", ")), "give its role them in the server's settings, or invite it again: unpinch invite"})
		}
	}
	if left > 0 {
		found = append(found, finding{"servers", isWarning, fmt.Sprintf("in %d more the bot lacks something", left), "mend those above, and run doctor again"})
	}
	if len(found) == 0 {
		return []finding{{"servers", isOK, fmt.Sprintf("in %d, with all that it needs", len(all)), ""}}
	}
	return found
}

// channelsMost is how many channels are asked about: each takes three requests,
// which the running bot has to share.
const channelsMost = 50

// A channelState is a channel that classes post in, with what the bot may do there.
type channelState struct {
	store.Channel
	value bot.ChannelValue
	err   error
}

func (a asked) channels(app bot.Application) []finding {
	ctx, cancel := context.WithTimeout(a.ctx, readMost)
	defer cancel()
	c, err := store.Examine(ctx, a.cfg.Store.where())
	if err != nil {
		c.Channels = nil // the database's line says why
	}
	var states []channelState
	for _, ch := range c.Channels[:min(len(c.Channels), channelsMost)] {
		s := channelState{Channel: ch}
		s.value, s.err = a.at.Access(ctx, app.BotID, ch.GuildID, ch.ID)
		states = append(states, s)
	}
	return judgeChannels(states, len(c.Channels)-len(states))
}

func judgeChannels(states []channelState, unasked int) (found []finding) {
	if len(states) == 0 {
		return []finding{{"channels", isOK, "no class posts anywhere yet", ""}}
	}
	for _, s := range states {
		if f, bad := judgeChannel(s); bad {
			found = append(found, f)
		}
	}
	if unasked > 0 {
		found = append(found, finding{"channels", isOK, fmt.Sprintf("%d more were not asked about", unasked), ""})
	}
	if len(found) == 0 {
		return []finding{{"channels", isOK, "the bot can post wherever classes and logs go: " + plural(len(states), "channel"), ""}}
	}
	return found
}

// judgeChannel looks at one channel, and reports whether something is wrong.
func judgeChannel(s channelState) (f finding, bad bool) {
	inClasses := "1 class"
	if s.Classes > 1 {
		inClasses = fmt.Sprintf("%d classes", s.Classes)
	}
	what := fmt.Sprintf("channel %s of server %s, used by %s", s.ID, s.GuildID, inClasses)
	if s.Classes == 0 {
		what = fmt.Sprintf("channel %s of server %s, used by the log", s.ID, s.GuildID)
	}
	send := bot.SendMessages
	if s.value.Thread() {
		send = bot.SendInThreads
	}
	switch {
	case errors.Is(s.err, bot.ErrNoChannel):
		return finding{"channels", isFault, what + ", is gone", "give the place another channel with /setup, or the class with /class edit"}, true
	case s.err != nil:
		return finding{"channels", isFault, what + ": " + s.err.Error(), "run doctor again"}, true
	case !s.value.Perms.Has(bot.ViewChannel | send):
		return finding{"channels", isFault, fmt.Sprintf("%s: the bot can't post there; it lacks %s", what, strings.Join(s.value.Perms.Lacks(bot.ViewChannel|send), ", ")), "allow its role that in the channel's settings, then press Try again on the class"}, true
	case !s.value.Perms.Has(bot.AttachFiles | bot.ReadHistory):
		return finding{"channels", isWarning, fmt.Sprintf("%s: the bot lacks %s", what, strings.Join(s.value.Perms.Lacks(bot.AttachFiles|bot.ReadHistory), ", ")), "allow its role that in the channel's settings: posts come without pictures, or are not found again after a crash"}, true
	case s.Broken > 0:
		return finding{"channels", isWarning, fmt.Sprintf("%s: stopped are %d, and the bot can post there again", what, s.Broken), "press Try again on the class, in /class list"}, true
	}
	return finding{}, false
}
