package playground

import (
	"encoding/json"
	"fmt"

	"unpinch/playground/wire"
)

// Save returns the world as Options.World takes it.
func (s *Server) Save() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := savedWorld{Now: s.clock.now(), Last: s.ids.last, Fixed: s.world.fixed.last,
		Commands: map[wire.ID][]savedCommand{}, Files: map[string][]byte{}}
	for _, u := range s.world.users {
		out.Users = append(out.Users, savedUser{u.id, u.name, u.display, u.bot, u.dmsClosed})
	}
	for _, g := range s.world.guilds {
		out.Guilds = append(out.Guilds, out.guild(g))
	}
	for _, c := range s.world.dms {
		out.DMs = append(out.DMs, out.channel(c))
	}
	for scope, commands := range s.registry.byScope {
		for _, c := range commands {
			out.Commands[scope] = append(out.Commands[scope], savedCommand{c.id, c.version, c.def})
		}
	}
	raw, err := json.Marshal(out) // under the lock, because it holds what may change
	if err != nil {
		return nil, fmt.Errorf("save the world: %w", err)
	}
	return raw, nil
}

func (s *savedWorld) guild(g *guild) savedGuild {
	out := savedGuild{ID: g.id, Name: g.name, Owner: g.owner, Unavailable: g.unavailable}
	for _, r := range g.roles {
		out.Roles = append(out.Roles, savedRole{r.id, r.name, r.permissions, r.mentionable, r.managed, r.position})
	}
	for _, m := range g.members {
		out.Members = append(out.Members, savedMember{m.user.id, m.roles})
	}
	for _, c := range g.channels {
		out.Channels = append(out.Channels, s.channel(c))
	}
	for _, e := range g.scheduled {
		out.Scheduled = append(out.Scheduled, savedEvent{e.ScheduledEvent, e.id})
	}
	return out
}

func (s *savedWorld) channel(c *channel) savedChannel {
	out := savedChannel{ID: c.id, Kind: c.kind, Name: c.name, Position: c.position, Locked: c.locked, Archived: c.archived,
		Overwrites: map[wire.ID]savedOverwrite{}}
	if c.parent != nil {
		out.Parent = c.parent.id
	}
	if c.recipient != nil {
		out.Recipient = c.recipient.id
	}
	for id, o := range c.overwrites {
		out.Overwrites[id] = savedOverwrite{o.role, o.allow, o.deny}
	}
	for _, m := range c.messages {
		if !m.deleted && m.onlyFor == nil && m.flags&wire.FlagLoading == 0 {
			out.Messages = append(out.Messages, s.message(m))
		}
	}
	return out
}

func (s *savedWorld) message(m *message) savedMessage {
	out := savedMessage{ID: m.id, Author: m.author.id, Kind: m.kind, Content: m.content, Flags: m.flags, TTS: m.tts, Embeds: m.embeds,
		Components: m.components, Nonce: m.nonce, Made: m.made, PingedRoles: m.mentions.roles, Everyone: m.mentions.everyone,
		Application: m.application, Origin: m.originJSON()}
	for _, u := range m.mentions.users {
		out.Pinged = append(out.Pinged, u.id)
	}
	if !m.edited.IsZero() {
		out.Edited = &m.edited
	}
	if m.reference != nil && !m.reference.deleted && m.reference.onlyFor == nil {
		out.Reference = m.reference.id
	}
	for _, a := range m.attachments {
		hash := a.hash
		if a.content != nil {
			hash = hashOf(a.content)
			s.Files[hash] = a.content
		}
		out.Files = append(out.Files, savedFile{a.id, a.name, a.description, a.contentType, a.size, a.width, a.height, hash})
	}
	return out
}
