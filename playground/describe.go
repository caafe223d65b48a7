package playground

import (
	"maps"
	"slices"

	"unpinch/playground/wire"
)

// json returns the user as Discord writes it.
func (u *user) json() object {
	o := object{"id": u.id, "username": u.name, "global_name": u.display, "avatar": nil,
		"discriminator": "0", "public_flags": 0, "flags": 0, "bot": u.bot,
		"primary_guild": nil, "avatar_decoration_data": nil}
	if u.bot {
		o["global_name"], o["discriminator"] = nil, "0001"
	}
	return o
}

// json returns the member as Discord writes it, without the user.
func (m *member) json() object {
	roles := m.roles
	if roles == nil {
		roles = []wire.ID{}
	}
	return object{"roles": roles, "nick": nil, "avatar": nil, "banner": nil, "flags": 0,
		"joined_at": stamp(worldEpoch()), "pending": false, "premium_since": nil,
		"communication_disabled_until": nil, "mute": false, "deaf": false}
}

// fullJSON returns the member with the user.
func (m *member) fullJSON() object {
	o := m.json()
	o["user"] = m.user.json()
	return o
}

// json returns the role as Discord writes it.
func (r *role) json() object {
	return object{"id": r.id, "name": r.name, "permissions": bits(r.permissions),
		"position": r.position, "color": 0, "hoist": false, "managed": r.managed,
		"colors":      object{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil},
		"mentionable": r.mentionable, "icon": nil, "unicode_emoji": nil, "flags": 0}
}

// json returns the channel as Discord writes it.
func (c *channel) json() object {
	o := object{"id": c.id, "type": c.kind, "flags": 0, "last_message_id": c.lastMessage()}
	switch {
	case c.guild == nil:
		o["recipients"] = []any{c.recipient.json()}
		return o
	case c.parent != nil:
		o["parent_id"], o["owner_id"] = c.parent.id, c.guild.owner
		o["message_count"], o["member_count"], o["total_message_sent"] = len(c.messages), 4, len(c.messages)
		o["rate_limit_per_user"] = 0
		o["thread_metadata"] = object{"archived": c.archived, "locked": c.locked,
			"archive_timestamp": stamp(worldEpoch()), "auto_archive_duration": 10080,
			"create_timestamp": stamp(worldEpoch())}
	default:
		o["parent_id"], o["topic"], o["position"], o["nsfw"] = nil, nil, c.position, false
		o["rate_limit_per_user"], o["permission_overwrites"] = 0, c.overwritesJSON()
	}
	o["guild_id"], o["name"] = c.guild.id, c.name
	return o
}

func (c *channel) overwritesJSON() []object {
	out := []object{}
	for _, id := range slices.Sorted(maps.Keys(c.overwrites)) {
		kind, o := 1, c.overwrites[id]
		if o.role {
			kind = 0
		}
		out = append(out, object{"id": id, "type": kind, "allow": bits(o.allow), "deny": bits(o.deny)})
	}
	return out
}

func (c *channel) lastMessage() any {
	for i := len(c.messages) - 1; i >= 0; i-- {
		if m := c.messages[i]; !m.deleted && m.onlyFor == nil {
			return m.id
		}
	}
	return nil
}

// json returns the guild as GET /guilds/{guild} answers with it.
func (g *guild) json() object {
	roles := []object{}
	for _, r := range g.roles {
		roles = append(roles, r.json())
	}
	return object{"id": g.id, "name": g.name, "owner_id": g.owner, "roles": roles,
		"icon": nil, "description": nil, "home_header": nil, "splash": nil,
		"discovery_splash": nil, "features": []string{}, "banner": nil,
		"application_id": nil, "region": "lisbon", "afk_channel_id": nil, "afk_timeout": 300,
		"system_channel_id": nil, "system_channel_flags": 0, "widget_enabled": false,
		"widget_channel_id": nil, "verification_level": 1, "default_message_notifications": 1,
		"mfa_level": 0, "explicit_content_filter": 0, "max_presences": nil,
		"max_members": 500000, "max_stage_video_channel_users": 50,
		"max_video_channel_users": 25, "vanity_url_code": nil, "premium_tier": 0,
		"premium_subscription_count": 0, "preferred_locale": guildLocale,
		"rules_channel_id": nil, "safety_alerts_channel_id": nil,
		"public_updates_channel_id": nil, "premium_progress_bar_enabled": false,
		"nsfw": false, "nsfw_level": 0, "emojis": []any{}, "stickers": []any{},
		"incidents_data": nil}
}

// createJSON returns the guild as GUILD_CREATE brings it.
func (g *guild) createJSON() object {
	o := g.json()
	channels, threads, members := []object{}, []object{}, []object{}
	for _, c := range g.channels {
		if c.parent != nil {
			threads = append(threads, c.json())
			continue
		}
		channels = append(channels, c.json())
	}
	for _, m := range g.members {
		if m.user.bot { // without the members intent, only oneself
			members = append(members, m.fullJSON())
		}
	}
	o["channels"], o["threads"], o["members"] = channels, threads, members
	o["joined_at"], o["large"], o["unavailable"] = stamp(worldEpoch()), false, false
	o["member_count"] = len(g.members)
	for _, key := range []string{"voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds"} {
		o[key] = []any{}
	}
	return o
}

// guildLocale is the language of every guild.
const guildLocale = "en-US"

// applicationJSON returns the bot's application.
func (w *world) applicationJSON() object {
	owner := w.users[1].json()
	params := func(scopes []string, p uint64) object {
		return object{"oauth2_install_params": object{"scopes": scopes, "permissions": bits(p)}}
	}
	return object{"id": w.bot.id, "name": w.bot.display, "icon": nil, "description": "",
		"type": nil, "bot": w.bot.json(), "bot_public": true, "bot_require_code_grant": false,
		"verify_key": "0000000000000000000000000000000000000000000000000000000000000000",
		"flags":      0, "flags_new": "0", "redirect_uris": []string{},
		"interactions_endpoint_url": nil, "role_connections_verification_url": nil,
		"owner": owner, "approximate_guild_count": w.botGuilds(),
		"approximate_user_install_count":       len(w.users) - 1,
		"approximate_user_authorization_count": len(w.users) - 1,
		"explicit_content_filter":              0,
		"team":                                 nil,
		"eligible_oauth2_scopes":               []string{},
		"integration_types_config": object{
			"0": params([]string{"applications.commands", "bot"}, wire.PermBot),
			"1": params([]string{"applications.commands"}, 0)},
	}
}

func (w *world) botGuilds() int {
	n := 0
	for _, g := range w.guilds {
		if g.hasBot() {
			n++
		}
	}
	return n
}

// meJSON returns the bot's own user, with what only the bot sees.
func (w *world) meJSON() object {
	me := w.bot.json()
	me["mfa_enabled"], me["locale"], me["verified"], me["email"] = true, guildLocale, true, nil
	return me
}
