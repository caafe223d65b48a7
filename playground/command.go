package playground

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"unpinch/playground/check"
	"unpinch/playground/wire"
)

// createsPerDay is how many commands a bot may create in a scope in a day.
const createsPerDay = 200

// A command is a registered application command.
type command struct {
	id      flake
	version flake
	guild   flake // 0 for a global one
	kind    int64
	name    string
	def     object // as Discord answers it, with localizations
}

// newCommand registers a checked definition, with Discord's defaults.
func (s *Server) newCommand(id, guild flake, def object) *command {
	out, _ := wire.Clone(def).(object)
	kind, ok := wire.Number(def, "type")
	if !ok {
		kind = wire.ChatCommand
	}
	c := &command{id: id, guild: guild, kind: kind, name: wire.Text(def, "name"), def: out}
	out["id"], out["application_id"], out["type"] = id, s.world.bot.id, kind
	wire.SetDefault(out, "description", "")
	wire.SetDefault(out, "nsfw", false)
	for _, key := range []string{"default_member_permissions", "name_localizations", "description_localizations"} {
		wire.SetDefault(out, key, nil)
	}
	if n, ok := wire.Number(out, "default_member_permissions"); ok {
		out["default_member_permissions"] = itoa(n)
	}
	if len(wire.List(out, "options")) == 0 {
		delete(out, "options")
	}
	tidyOptions(wire.List(out, "options"))
	if guild != 0 {
		out["guild_id"] = guild
		for _, key := range []string{"contexts", "integration_types", "dm_permission"} {
			delete(out, key) // a guild command has none of them
		}
	} else {
		wire.SetDefault(out, "contexts", nil)
		wire.SetDefault(out, "integration_types", []any{0})
		wire.SetDefault(out, "dm_permission", true)
	}
	delete(out, "version")
	return c
}

// tidyOptions drops what says nothing, as Discord does.
func tidyOptions(options []any) {
	for _, o := range wire.Objects(options) {
		for key, v := range o {
			empty, isList := v.([]any)
			if v == nil || v == false || isList && len(empty) == 0 {
				delete(o, key)
			}
		}
		tidyOptions(wire.List(o, "options"))
		tidyOptions(wire.List(o, "choices"))
	}
}

// json is the command for an answer; localizations only when asked for.
func (c *command) json(localizations bool) object {
	out, _ := wire.Clone(c.def).(object)
	out["version"] = c.version
	if !localizations {
		delete(out, "name_localizations")
		delete(out, "description_localizations")
		unlocalize(wire.List(out, "options"))
	}
	return out
}

func unlocalize(options []any) {
	for _, o := range wire.Objects(options) {
		delete(o, "name_localizations")
		delete(o, "description_localizations")
		unlocalize(wire.List(o, "options"))
		unlocalize(wire.List(o, "choices"))
	}
}

// scope is where a route's commands live: a guild the bot is in, or 0.
func (s *Server) scope(c *call) (flake, check.Scope, *wire.Refusal) {
	if c.id("application") != s.world.bot.id {
		return 0, "", wire.Refuse(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
	}
	if c.r.PathValue("guild") == "" {
		return 0, check.Global, nil
	}
	g := s.world.guild(c.id("guild"))
	if !s.world.hasBot(g) {
		return 0, "", wire.Refuse(http.StatusForbidden, 50001, "Missing Access")
	}
	return g.id, check.Guild, nil
}

func (s *Server) findCommand(scope flake, match func(*command) bool) *command {
	return first(s.world.commands[scope], match)
}

// put registers a definition under an old command's id when one has its name
// and type. It tells whether it made a new one.
func (s *Server) put(old []*command, scope flake, def object) (*command, bool) {
	kind, ok := wire.Number(def, "type")
	if !ok {
		kind = wire.ChatCommand
	}
	now := s.virtualNow()
	for _, o := range old {
		if o.name != wire.Text(def, "name") || o.kind != kind {
			continue
		}
		c := s.newCommand(o.id, scope, def)
		c.version = o.version
		if !same(c.def, o.def) {
			c.version = s.ids.next(now)
		}
		return c, false
	}
	c := s.newCommand(s.ids.next(now), scope, def)
	c.version = s.ids.next(now)
	s.world.creates[scope] = append(s.world.creates[scope], now)
	return c, true
}

func same(a, b object) bool {
	return fmt.Sprint(wire.Plain(a)) == fmt.Sprint(wire.Plain(b))
}

// creatable refuses more new commands than a day allows.
func (s *Server) creatable(scope flake, more int) *wire.Refusal {
	day := s.virtualNow().Add(-24 * time.Hour)
	s.world.creates[scope] = slices.DeleteFunc(s.world.creates[scope], func(t time.Time) bool { return t.Before(day) })
	if len(s.world.creates[scope])+more > createsPerDay {
		return wire.Refuse(http.StatusTooManyRequests, 30034, "Max number of daily application command creates has been reached (200)")
	}
	return nil
}

// replace puts a command in the place of the one with its id.
func (s *Server) replace(scope flake, cmd *command) {
	next := slices.Clone(s.world.commands[scope])
	for i, o := range next {
		if o.id == cmd.id {
			next[i] = cmd
		}
	}
	s.world.commands[scope] = next
}
