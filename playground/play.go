package playground

import (
	"context"
	"net/http"
	"strings"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

// A player does what people do with the bot: it makes the interactions of
// commands, components and modals, sends them, and waits for the answers.
type player struct {
	*monitor
	world        *world
	registry     *registry
	history      *history
	files        *files
	interactions *interactions
}

// command runs a command as somebody.
func (p *player) command(r *http.Request) (any, *control.Error) {
	to, bad := control.ReadCommand(r)
	if bad != nil {
		return nil, bad
	}
	return p.play(r, func() (*interaction, *control.Error) { return p.begin(to, false) })
}

// autocomplete asks the bot to complete what somebody is typing.
func (p *player) autocomplete(r *http.Request) (any, *control.Error) {
	to, bad := control.ReadAutocomplete(r)
	if bad != nil {
		return nil, bad
	}
	return p.play(r, func() (*interaction, *control.Error) { return p.begin(to, true) })
}

// click presses a button or makes a choice as somebody.
func (p *player) click(r *http.Request) (any, *control.Error) {
	to, bad := control.ReadClick(r)
	if bad != nil {
		return nil, bad
	}
	return p.play(r, func() (*interaction, *control.Error) { return p.press(to) })
}

// modal sends off a modal as somebody.
func (p *player) modal(r *http.Request) (any, *control.Error) {
	to, bad := control.ReadModal(r)
	if bad != nil {
		return nil, bad
	}
	return p.play(r, func() (*interaction, *control.Error) { return p.submit(to) })
}

// say writes a plain message as somebody.
func (p *player) say(r *http.Request) (any, *control.Error) {
	to, bad := control.ReadSay(r)
	if bad != nil {
		return nil, bad
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	u, c, bad := p.world.place(to.As, to.Guild, to.Channel)
	switch {
	case bad != nil:
		return nil, bad
	case c.may(u)&c.sending() == 0 || c.locked:
		return nil, control.Fail(http.StatusForbidden, "not_permitted", u.name+" may not write in "+c.name)
	}
	m := p.history.new(c)
	m.author, m.content = u, to.Text
	m.mentions = p.world.mentionsOf(m, object{})
	p.history.keep(m)
	return m.viewed(base(r)), nil
}

// play starts an interaction, waits for its end and returns what came of it.
func (p *player) play(r *http.Request, begin func() (*interaction, *control.Error)) (any, *control.Error) {
	p.mu.Lock()
	it, bad := begin()
	if bad == nil && it.channel.guild != nil {
		bad = it.channel.guild.down()
	}
	if bad == nil {
		p.interactions.start(it)
	} else if it != nil {
		p.files.drop(it.files)
	}
	p.mu.Unlock()
	if bad != nil {
		return nil, bad
	}
	done := p.await(r.Context(), settleLimit, it.settled)
	if done && it.deferred() {
		p.awaitLast(r.Context(), it)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return it.answer(base(r), done), nil
}

// awaitLast waits until a deferred interaction's token rests, since a bot may
// edit more than once.
func (p *player) awaitLast(ctx context.Context, it *interaction) {
	for {
		p.mu.Lock()
		calls := it.calls
		p.mu.Unlock()
		if !p.await(ctx, quietAfter, func() bool { return it.calls != calls || it.underWay > 0 }) {
			return
		}
		if !p.await(ctx, settleLimit, func() bool { return it.underWay == 0 }) {
			return
		}
	}
}

// begin makes the interaction of a command, or of its autocomplete.
func (p *player) begin(to control.Command, autocomplete bool) (*interaction, *control.Error) {
	u, c, bad := p.world.place(to.As, to.Guild, to.Channel)
	if bad != nil {
		return nil, bad
	}
	cmd, sub, bad := p.registry.offered(p.world, u, c, to.Name, to.Target != "")
	if bad != nil {
		return nil, bad
	}
	it := &interaction{kind: wire.CommandInteraction, user: u, channel: c, command: cmd, locale: to.Locale,
		name: strings.Join(append([]string{cmd.name}, sub...), " ")}
	it.owners, it.userOnly = cmd.owners(p.world, u, c)
	if it.locale == "" {
		it.locale = guildLocale
	}
	b := optionBuilder{p: p, it: it, files: to.Files}
	if autocomplete {
		it.kind = wire.AutocompleteInteraction
		b.focused = to.Focused
	}
	it.data = object{"id": cmd.id, "name": cmd.name, "type": cmd.kind}
	if cmd.guild != 0 {
		it.data["guild_id"] = cmd.guild
	}
	if cmd.kind != wire.ChatCommand {
		bad = b.target(to.Target)
	} else {
		bad = b.command(sub, to.Options)
	}
	if bad != nil {
		p.files.drop(it.files)
		return nil, bad
	}
	if len(b.resolved) > 0 {
		it.data["resolved"] = b.resolved
	}
	return it, nil
}
