package playground

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Kinds of commands.
const (
	commandChat    = 1
	commandUser    = 2
	commandMessage = 3
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
	out, _ := clone(def).(object)
	kind, ok := number(def, "type")
	if !ok {
		kind = commandChat
	}
	c := &command{id: id, guild: guild, kind: kind, name: text(def, "name"), def: out}
	out["id"], out["application_id"], out["type"] = id, s.world.bot.id, kind
	setDefault(out, "description", "")
	setDefault(out, "nsfw", false)
	for _, key := range []string{"default_member_permissions", "name_localizations", "description_localizations"} {
		setDefault(out, key, nil)
	}
	if n, ok := number(out, "default_member_permissions"); ok {
		out["default_member_permissions"] = itoa(n)
	}
	if len(list(out, "options")) == 0 {
		delete(out, "options")
	}
	tidyOptions(list(out, "options"))
	if guild != 0 {
		out["guild_id"] = guild
		for _, key := range []string{"contexts", "integration_types", "dm_permission"} {
			delete(out, key) // a guild command has none of them
		}
	} else {
		setDefault(out, "contexts", nil)
		setDefault(out, "integration_types", []any{0})
		setDefault(out, "dm_permission", true)
	}
	delete(out, "version")
	return c
}

// tidyOptions drops what says nothing, as Discord does.
func tidyOptions(options []any) {
	for _, o := range objects(options) {
		for key, v := range o {
			empty, isList := v.([]any)
			if v == nil || v == false || isList && len(empty) == 0 {
				delete(o, key)
			}
		}
		tidyOptions(list(o, "options"))
		tidyOptions(list(o, "choices"))
	}
}

// json is the command for an answer; localizations only when asked for.
func (c *command) json(localizations bool) object {
	out, _ := clone(c.def).(object)
	out["version"] = c.version
	if !localizations {
		delete(out, "name_localizations")
		delete(out, "description_localizations")
		unlocalize(list(out, "options"))
	}
	return out
}

func unlocalize(options []any) {
	for _, o := range objects(options) {
		delete(o, "name_localizations")
		delete(o, "description_localizations")
		unlocalize(list(o, "options"))
		unlocalize(list(o, "choices"))
	}
}

// scope is where a route's commands live: a guild the bot is in, or 0.
func (s *Server) scope(c *call) (flake, string, *refusal) {
	if c.id("application") != s.world.bot.id {
		return 0, "", refuse(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
	}
	if c.r.PathValue("guild") == "" {
		return 0, "global", nil
	}
	g := s.world.guild(c.id("guild"))
	if !s.world.hasBot(g) {
		return 0, "", refuse(http.StatusForbidden, 50001, "Missing Access")
	}
	return g.id, "guild", nil
}

func (s *Server) findCommand(scope flake, match func(*command) bool) *command {
	return first(s.world.commands[scope], match)
}

// put registers a definition under an old command's id when one has its name
// and type. It tells whether it made a new one.
func (s *Server) put(old []*command, scope flake, def object) (*command, bool) {
	kind, ok := number(def, "type")
	if !ok {
		kind = commandChat
	}
	now := s.virtualNow()
	for _, o := range old {
		if o.name != text(def, "name") || o.kind != kind {
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
	return fmt.Sprint(plain(a)) == fmt.Sprint(plain(b))
}

// creatable refuses more new commands than a day allows.
func (s *Server) creatable(scope flake, more int) *refusal {
	day := s.virtualNow().Add(-24 * time.Hour)
	s.world.creates[scope] = slices.DeleteFunc(s.world.creates[scope], func(t time.Time) bool { return t.Before(day) })
	if len(s.world.creates[scope])+more > createsPerDay {
		return refuse(http.StatusTooManyRequests, 30034, "Max number of daily application command creates has been reached (200)")
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
