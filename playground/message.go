package playground

import (
	"maps"
	"slices"
	"strings"
	"time"

	"unpinch/playground/wire"
)

// A message is one of the bot's in a channel.
type message struct {
	id          wire.ID
	channel     *channel
	author      *user // the bot
	kind        int
	content     string
	flags       int64
	tts         bool
	embeds      []any
	components  []any
	attachments []*attachment
	nonce       any
	edited      time.Time
	made        time.Time
	mentions    mentions
	reference   *message
	application bool         // sent with an interaction's webhook
	origin      *interaction // that made it; nil for a post
	savedOrigin object       // what a saved world says of it
	onlyFor     *user        // of an ephemeral message
	deleted     bool
}

// v2 reports whether the message is made of components only.
func (m *message) v2() bool { return m.flags&wire.FlagComponentsV2 != 0 }

// visible reports whether a user sees the message. A nil user sees what is public.
func (m *message) visible(u *user) bool {
	return m.onlyFor == nil || u != nil && m.onlyFor == u
}

// attachment finds a file of the message by name.
func (m *message) attachment(name string) *attachment {
	return first(m.attachments, func(a *attachment) bool { return a.name == name })
}

// json returns the message as Discord writes it.
func (m *message) json(base string) object {
	o := object{"id": m.id, "channel_id": m.channel.id, "type": m.kind, "content": m.content,
		"author": m.author.json(), "timestamp": stamp(m.made), "edited_timestamp": nil,
		"tts": m.tts, "pinned": false, "flags": m.flags, "mention_everyone": m.mentions.everyone,
		"mentions": m.mentions.usersJSON(), "mention_roles": m.mentions.rolesJSON(),
		"embeds": m.embedsJSON(base), "components": m.componentsJSON(base)}
	if !m.edited.IsZero() {
		o["edited_timestamp"] = stamp(m.edited)
	}
	attachments := []object{}
	if !m.v2() { // a V2 message shows its files as components only
		for _, a := range m.attachments {
			attachments = append(attachments, a.json(base, m.onlyFor != nil))
		}
	}
	o["attachments"] = attachments
	if m.application {
		o["application_id"], o["webhook_id"] = m.author.id, m.author.id
	}
	maps.Copy(o, m.originJSON())
	if m.reference != nil {
		o["message_reference"] = m.reference.referenceJSON()
	}
	return o
}

// forBot returns the message as a bot reads it: without Discord's message content
// intent it does not see what people write, unless they mention it.
func (m *message) forBot(base string, bot *user) object {
	o := m.json(base)
	if m.author != bot && !slices.Contains(m.mentions.users, bot) {
		o["content"] = ""
	}
	return o
}

// originJSON returns what the message says of the interaction that made it, empty
// for a post.
func (m *message) originJSON() object {
	if m.origin == nil {
		return m.savedOrigin
	}
	o := object{"interaction_metadata": m.origin.metadata(m)}
	if m.origin.kind == wire.CommandInteraction {
		o["interaction"] = object{"id": m.origin.id, "type": m.origin.kind,
			"name": m.origin.name, "user": m.origin.user.json()}
	}
	return o
}

// embedsJSON returns the embeds with the addresses of their files.
func (m *message) embedsJSON(base string) []any {
	out, _ := wire.Clone(wire.OrEmpty(m.embeds)).([]any)
	for _, e := range wire.Objects(out) {
		wire.SetDefault(e, "type", "rich")
		for _, key := range []string{"image", "thumbnail"} {
			name, ok := strings.CutPrefix(wire.Text(wire.Child(e, key), "url"), "attachment://")
			if a := m.attachment(name); ok && a != nil {
				e[key] = a.media(base)
			}
		}
	}
	return out
}

func (m *message) referenceJSON() object {
	o := object{"type": 0, "channel_id": m.channel.id, "message_id": m.id}
	if m.channel.guild != nil {
		o["guild_id"] = m.channel.guild.id
	}
	return o
}

// current returns the message as the checks of an edit need it: with every
// attachment, also those that a V2 message does not show.
func (m *message) current() object {
	o := m.json("")
	attachments := []object{}
	for _, a := range m.attachments {
		attachments = append(attachments, a.json("", false))
	}
	o["attachments"] = attachments
	out, _ := wire.Plain(o).(object)
	return out
}

// setFlags takes the flags that a bot may set. An edit can only add V2 and switch
// the embeds.
func (m *message) setFlags(flags int64, edit bool) {
	const editable = wire.FlagComponentsV2 | wire.FlagSuppressEmbeds
	if edit {
		m.flags = m.flags&^wire.FlagSuppressEmbeds | flags&editable
		return
	}
	m.flags |= flags & (editable | wire.FlagEphemeral | wire.FlagSuppressNotifications)
}

// postJSON returns a new post with its nonce, which nobody sees later.
func (m *message) postJSON(base string) object {
	o := m.json(base)
	if m.nonce != nil {
		o["nonce"] = m.nonce
	}
	return o
}
