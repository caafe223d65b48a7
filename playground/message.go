package playground

import (
	"slices"
	"strings"
	"time"

	"unpinch/playground/wire"
)

// keptMessages is how many messages a channel keeps; older ones go, with their
// files.
const keptMessages = 1000

// keptPosts is how many ids of posts are kept to tell what a move of the clock
// brought.
const keptPosts = 20_000

// A message is one in a channel, of the bot.
type message struct {
	id          flake
	channel     *channel
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
	origin      *interaction // that it was sent with; nil for a post
	onlyFor     *user        // of an ephemeral message
	deleted     bool
}

// v2 tells whether the message is made of components only.
func (m *message) v2() bool { return m.flags&wire.FlagComponentsV2 != 0 }

// visible tells whether a user sees the message; a nil user sees what is
// public.
func (m *message) visible(u *user) bool {
	return m.onlyFor == nil || u != nil && m.onlyFor == u
}

// attachment finds a file of the message by name.
func (m *message) attachment(name string) *attachment {
	return first(m.attachments, func(a *attachment) bool { return a.name == name })
}

// messageJSON is a message as Discord writes it.
func (s *Server) messageJSON(m *message, base string) object {
	w := s.world
	o := object{"id": m.id, "channel_id": m.channel.id, "type": m.kind, "content": m.content,
		"author": userJSON(w.bot), "timestamp": stamp(m.made), "edited_timestamp": nil,
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
		o["application_id"], o["webhook_id"] = w.bot.id, w.bot.id
	}
	if m.origin != nil {
		o["interaction_metadata"] = m.origin.metadata(m)
		if m.origin.kind == wire.CommandInteraction {
			o["interaction"] = object{"id": m.origin.id, "type": m.origin.kind,
				"name": m.origin.name, "user": userJSON(m.origin.user)}
		}
	}
	if m.reference != nil {
		o["message_reference"] = m.reference.referenceJSON()
	}
	return o
}

// embedsJSON are the embeds with the addresses of their files.
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

// current is the message as the checks of an edit need it: every attachment
// listed, also those that a V2 message does not show.
func (s *Server) current(m *message) object {
	o := s.messageJSON(m, "")
	attachments := []object{}
	for _, a := range m.attachments {
		attachments = append(attachments, a.json("", false))
	}
	o["attachments"] = attachments
	out, _ := wire.Plain(o).(object)
	return out
}

// newMessage makes a message of the bot, not yet in its channel.
func (s *Server) newMessage(c *channel) *message {
	now := s.virtualNow()
	return &message{id: s.ids.next(now), channel: c, made: now}
}

// keep puts a message into its channel and drops what is over the limit.
func (s *Server) keep(m *message) {
	c := m.channel
	c.messages = append(c.messages, m)
	if over := len(c.messages) - keptMessages; over > 0 {
		for _, old := range c.messages[:over] {
			old.deleted = true
			s.dropFiles(old.attachments)
			delete(s.messages, old.id)
		}
		c.messages = slices.Clone(c.messages[over:])
	}
	s.messages[m.id] = m
	if m.origin == nil {
		s.nonces.add(m)
		s.posts = append(s.posts, m.id)
		if len(s.posts) > keptPosts {
			s.postsDropped += keptPosts / 10
			s.posts = slices.Clone(s.posts[keptPosts/10:])
		}
	}
	s.changed()
}

// remove deletes a message; it stays for GET messages?deleted=1.
func (s *Server) remove(m *message) {
	m.deleted = true
	s.changed()
}

func (s *Server) dropFiles(files []*attachment) {
	for _, a := range files {
		delete(s.attachments, a.id)
	}
}

// fill sets what a checked body says on a message: on a new one everything, on
// an edit the fields that are there.
func (s *Server) fill(m *message, body object, files []upload, edit bool) {
	if v, sent := body["content"]; sent {
		m.content, _ = v.(string)
	}
	if v, sent := body["embeds"]; sent {
		m.embeds, _ = v.([]any)
	}
	if flags, ok := wire.Number(body, "flags"); ok {
		m.setFlags(flags, edit)
	}
	m.tts = m.tts || wire.Bool(body, "tts")
	s.fillFiles(m, body, files, edit)
	if v, sent := body["components"]; sent {
		components, _ := v.([]any)
		m.components = s.storeComponents(m, components)
	}
	_, content := body["content"]
	_, components := body["components"]
	if !edit || content || components {
		m.mentions = s.resolveMentions(m, body)
	}
}

// setFlags takes the flags that a bot may set: an edit can add V2 and switch
// the embeds, and nothing else.
func (m *message) setFlags(flags int64, edit bool) {
	const editable = wire.FlagComponentsV2 | wire.FlagSuppressEmbeds
	if edit {
		m.flags = m.flags&^wire.FlagSuppressEmbeds | flags&editable
		return
	}
	m.flags |= flags & (editable | wire.FlagEphemeral | wire.FlagSuppressNotifications)
}

// fillFiles takes the uploads that the list of attachments names and drops the
// old files that it doesn't. Without a list a new message takes every upload,
// an edit keeps what there was.
func (s *Server) fillFiles(m *message, body object, files []upload, edit bool) {
	listed, given := body["attachments"].([]any)
	if !given {
		if edit {
			return
		}
		for i := range files {
			listed = append(listed, object{"id": itoa(int64(i))})
		}
	}
	var next []*attachment
	for _, entry := range wire.Objects(listed) {
		a := s.listedFile(m, entry, files)
		if a == nil {
			continue
		}
		if d, ok := entry["description"].(string); ok {
			a.description = d
		}
		next = append(next, a)
	}
	for _, old := range m.attachments {
		if !slices.Contains(next, old) {
			delete(s.attachments, old.id)
		}
	}
	m.attachments = next
}

func (s *Server) listedFile(m *message, entry object, files []upload) *attachment {
	n, ok := wire.Number(entry, "id")
	if !ok {
		return nil
	}
	if old := first(m.attachments, func(a *attachment) bool { return a.id == flake(n) }); old != nil {
		return old
	}
	if n < 0 || n >= int64(len(files)) || files[n].name == "" {
		return nil
	}
	f := files[n]
	if name := wire.Text(entry, "filename"); name != "" {
		f.name = name
	}
	a := newAttachment(s.ids.next(s.virtualNow()), m.channel.id, f)
	s.attachments[a.id] = a
	return a
}
