package playground

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"unpinch/playground/wire"
)

// A play is the body of POST command and POST autocomplete.
type play struct {
	As      string        `json:"as"`
	Guild   string        `json:"guild"` // only where a channel's name is not enough
	Channel string        `json:"channel"`
	Name    string        `json:"name"`
	Options object        `json:"options"`
	Files   []controlFile `json:"files"`
	Target  string        `json:"target"`
	Locale  string        `json:"locale"`
	Focused string        `json:"focused"` // autocomplete only
}

// A controlFile is a file that a user hands to a command.
type controlFile struct {
	Name        string `json:"name"`
	ContentType string `json:"content_type"`
	Base64      []byte `json:"base64"`
}

func (s *Server) postCommandAs(r *http.Request) (any, *problem) {
	var p play
	if bad := readBody(r, &p); bad != nil {
		return nil, bad
	}
	if p.Focused != "" {
		return nil, badRequest("unknown_field", `unknown field "focused"`)
	}
	if bad := missing("as", p.As, "channel", p.Channel, "name", p.Name); bad != nil {
		return nil, bad
	}
	return s.played(r, func() (*interaction, *problem) { return s.playCommand(p, false) })
}

func (s *Server) postAutocomplete(r *http.Request) (any, *problem) {
	var p play
	if bad := readBody(r, &p); bad != nil {
		return nil, bad
	}
	if bad := missing("as", p.As, "channel", p.Channel, "name", p.Name, "focused", p.Focused); bad != nil {
		return nil, bad
	}
	return s.played(r, func() (*interaction, *problem) { return s.playCommand(p, true) })
}

// played starts an interaction, waits for its end and tells it.
func (s *Server) played(r *http.Request, begin func() (*interaction, *problem)) (any, *problem) {
	s.mu.Lock()
	it, p := begin()
	if p == nil && it.channel.guild != nil {
		p = it.channel.guild.down()
	}
	if p == nil {
		s.start(it)
	} else if it != nil {
		s.dropFiles(it.files)
	}
	s.mu.Unlock()
	if p != nil {
		return nil, p
	}
	done := s.await(r.Context(), settleLimit, it.settled)
	if done && it.deferred() {
		s.awaitLast(r.Context(), it)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.answerJSON(it, base(r), done), nil
}

// awaitLast waits until a deferred interaction's token rests, since a bot may
// edit more than once.
func (s *Server) awaitLast(ctx context.Context, it *interaction) {
	for {
		s.mu.Lock()
		calls := it.calls
		s.mu.Unlock()
		if !s.await(ctx, quietAfter, func() bool { return it.calls != calls || it.underWay > 0 }) {
			return
		}
		if !s.await(ctx, settleLimit, func() bool { return it.underWay == 0 }) {
			return
		}
	}
}

// answerJSON is what a control call about an interaction answers.
func (s *Server) answerJSON(it *interaction, base string, done bool) object {
	outcome := "answered"
	var fault any
	switch {
	case it.alone:
		outcome = "failed"
		fault = problemJSON("no_bot", "no bot is connected")
	case it.failed || it.callback == 0:
		outcome = "failed"
		fault = problemJSON("no_answer", "the bot did not answer within 3 s")
	case it.deferred():
		outcome = "deferred"
		if !done {
			fault = problemJSON("no_edit", "the bot deferred and sent nothing more within 15 s")
		}
	}
	messages := []object{}
	for _, m := range it.touched {
		if !m.deleted && m.visible(it.user) {
			messages = append(messages, s.viewedJSON(m, base))
		}
	}
	o := object{"interaction": object{"id": it.id, "outcome": outcome, "type": it.callback, "ms": it.ms},
		"messages": messages, "modal": nil, "choices": nil, "error": fault}
	if it.modal != nil {
		o["modal"] = object{"id": it.id, "title": wire.Text(it.modal, "title"), "fields": modalFields(it.modal)}
	}
	if it.choices != nil {
		o["choices"] = it.choices
	}
	return o
}

// person finds a user who is no bot.
func (s *Server) person(name string) (*user, *problem) {
	u := s.world.findUser(name)
	if u == nil || u.bot {
		return nil, notFound("user", name)
	}
	return u, nil
}

// place finds who acts and where, in a channel that they see.
func (s *Server) place(as, guildName, channelName string) (*user, *channel, *problem) {
	u, p := s.person(as)
	if p != nil {
		return nil, nil, p
	}
	var c *channel
	if guildName == "" {
		c = s.world.findChannel(channelName, u)
	} else {
		g := s.world.findGuild(guildName)
		if g == nil {
			return nil, nil, notFound("guild", guildName)
		}
		c = first(g.channels, func(c *channel) bool {
			return strings.EqualFold(c.name, channelName) || c.id.String() == channelName
		})
	}
	if c == nil || s.world.may(u.id, c)&wire.PermViewChannel == 0 {
		return nil, nil, notFound("channel", channelName)
	}
	return u, c, nil
}

// playCommand makes the interaction of a command, or of its autocomplete.
func (s *Server) playCommand(p play, autocomplete bool) (*interaction, *problem) {
	u, c, bad := s.place(p.As, p.Guild, p.Channel)
	if bad != nil {
		return nil, bad
	}
	cmd, sub, bad := s.visibleCommand(u, c, p.Name, p.Target != "")
	if bad != nil {
		return nil, bad
	}
	it := &interaction{kind: wire.CommandInteraction, user: u, channel: c, command: cmd, locale: p.Locale,
		name: strings.Join(append([]string{cmd.name}, sub...), " ")}
	it.owners, it.userOnly = s.owners(u, c, cmd)
	if it.locale == "" {
		it.locale = guildLocale
	}
	b := optionBuilder{s: s, it: it, files: p.Files}
	if autocomplete {
		it.kind = wire.AutocompleteInteraction
		b.focused = p.Focused
	}
	it.data = object{"id": cmd.id, "name": cmd.name, "type": cmd.kind}
	if cmd.guild != 0 {
		it.data["guild_id"] = cmd.guild
	}
	if cmd.kind != wire.ChatCommand {
		bad = b.target(p.Target)
	} else {
		bad = b.command(sub, p.Options)
	}
	if bad != nil {
		s.dropFiles(it.files)
		return nil, bad
	}
	if len(b.resolved) > 0 {
		it.data["resolved"] = b.resolved
	}
	return it, nil
}

// visibleCommand finds a command by what the user typed: "class add" is the
// command class and its subcommand add.
func (s *Server) visibleCommand(u *user, c *channel, typed string, target bool) (*command, []string, *problem) {
	typed = strings.TrimPrefix(strings.TrimSpace(typed), "/")
	words := strings.Fields(typed)
	fits := func(cmd *command) bool {
		if cmd.kind != wire.ChatCommand {
			return target && cmd.name == typed
		}
		return !target && len(words) > 0 && cmd.name == words[0]
	}
	hidden := false
	scopes := []flake{0}
	if c.guild != nil {
		scopes = []flake{c.guild.id, 0}
	}
	for _, scope := range scopes {
		cmd := s.findCommand(scope, fits)
		if cmd == nil {
			continue
		}
		if !s.commandShown(u, c, cmd) {
			hidden = true
			continue
		}
		if cmd.kind != wire.ChatCommand {
			return cmd, nil, nil
		}
		return cmd, words[1:], nil
	}
	if hidden {
		return nil, nil, wrong(http.StatusForbidden, "not_permitted", u.name+" does not see "+strconv.Quote(typed)+" here")
	}
	return nil, nil, notFound("command", typed)
}

// commandShown tells whether Discord offers a command to a user in a channel.
func (s *Server) commandShown(u *user, c *channel, cmd *command) bool {
	if cmd.guild != 0 && !s.world.hasBot(c.guild) {
		return false
	}
	context := int64(1)
	if c.guild != nil {
		context = 0
	}
	if cmd.guild == 0 {
		if !has(cmd.def["contexts"], context, true) {
			return false
		}
		if context == 1 && cmd.def["contexts"] == nil && cmd.def["dm_permission"] == false {
			return false
		}
		byUser, byGuild := has(cmd.def["integration_types"], 1, false), has(cmd.def["integration_types"], 0, true)
		installed := s.world.hasBot(c.guild) || c.guild == nil && s.world.sharesGuild(u.id)
		if !byUser && !(byGuild && installed) {
			return false
		}
	}
	if c.guild == nil {
		return true
	}
	may := s.world.may(u.id, c)
	need, limited := wire.Number(cmd.def, "default_member_permissions")
	switch {
	case may == wire.PermAll:
		return true
	case may&wire.PermUseCommands == 0:
		return false
	case limited && (need == 0 || may&uint64(need) != uint64(need)):
		return false
	}
	return true
}

// has tells whether a list holds a number; an absent list is the default.
func has(l any, want int64, absent bool) bool {
	items, ok := l.([]any)
	if !ok {
		return absent
	}
	return slices.ContainsFunc(items, func(v any) bool { return isWhole(v, want) })
}

// owners is whose installation a command runs by, and whether it is the
// user's alone. Every user of the world has installed the app.
func (s *Server) owners(u *user, c *channel, cmd *command) (object, bool) {
	out := object{}
	switch {
	case c.guild == nil && s.world.sharesGuild(u.id):
		out["0"] = "0"
	case s.world.hasBot(c.guild) && (cmd.guild != 0 || has(cmd.def["integration_types"], 0, true)):
		out["0"] = c.guild.id
	}
	if cmd.guild == 0 && has(cmd.def["integration_types"], 1, false) {
		out["1"] = u.id
	}
	return out, out["0"] == nil
}
