package playground

import (
	"fmt"
	"slices"

	"unpinch/playground/wire"
)

// A command is a registered application command.
type command struct {
	id      wire.ID
	version wire.ID
	guild   wire.ID // 0 for a global command
	kind    int64
	name    string
	def     object // as Discord answers with it, localizations included
}

// newCommand makes a command of a checked definition, with Discord's defaults.
func newCommand(app, id, guild wire.ID, def object) *command {
	out, _ := wire.Clone(def).(object)
	kind := commandKind(def)
	c := &command{id: id, guild: guild, kind: kind, name: wire.Text(def, "name"), def: out}
	out["id"], out["application_id"], out["type"] = id, app, kind
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

// commandKind returns the type of a definition, which may leave it out.
func commandKind(def object) int64 {
	if kind, ok := wire.Number(def, "type"); ok {
		return kind
	}
	return wire.ChatCommand
}

// tidyOptions drops fields that say nothing, as Discord does.
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

// json returns the command as an answer shows it, with localizations only when
// asked for.
func (cmd *command) json(localizations bool) object {
	out, _ := wire.Clone(cmd.def).(object)
	out["version"] = cmd.version
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

// shown reports whether Discord offers the command to a user in a channel.
func (cmd *command) shown(w *world, u *user, c *channel) bool {
	if cmd.guild != 0 && !c.guild.hasBot() {
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
		installed := c.guild.hasBot() || c.guild == nil && w.sharesGuild(u.id)
		if !byUser && !(byGuild && installed) {
			return false
		}
	}
	if c.guild == nil {
		return true
	}
	may := c.may(u)
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

// owners returns whose installation the command runs by, and whether that is the
// user's alone. Every user of the world has installed the app.
func (cmd *command) owners(w *world, u *user, c *channel) (object, bool) {
	out := object{}
	switch {
	case c.guild == nil && w.sharesGuild(u.id):
		out["0"] = "0"
	case c.guild.hasBot() && (cmd.guild != 0 || has(cmd.def["integration_types"], 0, true)):
		out["0"] = c.guild.id
	}
	if cmd.guild == 0 && has(cmd.def["integration_types"], 1, false) {
		out["1"] = u.id
	}
	return out, out["0"] == nil
}

// has reports whether a list holds a number, or returns absent if there is no list.
func has(l any, want int64, absent bool) bool {
	items, ok := l.([]any)
	if !ok {
		return absent
	}
	return slices.ContainsFunc(items, func(v any) bool { return isWhole(v, want) })
}

func same(a, b object) bool {
	return fmt.Sprint(wire.Plain(a)) == fmt.Sprint(wire.Plain(b))
}
