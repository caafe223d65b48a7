package playground

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"unpinch/playground/check"
	"unpinch/playground/wire"
)

const (
	nonceWindow = 180 * time.Second // virtual
	editAge     = time.Hour         // virtual, for edits of a posted message
)

// writable refuses a send where the bot may not.
func (s *Server) writable(c *channel, may uint64, files bool) *wire.Refusal {
	if c.guild == nil {
		return s.dmOpen(c)
	}
	send := uint64(wire.PermSendMessages)
	if c.parent != nil {
		send = wire.PermSendInThreads
	}
	switch {
	case may&send == 0, files && may&wire.PermAttachFiles == 0:
		return wire.Refuse(http.StatusForbidden, 50013, "Missing Permissions")
	case c.locked && c.archived:
		return wire.Refuse(http.StatusBadRequest, 50083, "Thread is archived")
	case c.locked:
		return wire.Refuse(http.StatusBadRequest, 160005, "Thread is locked")
	}
	return nil
}

// dmOpen refuses a DM to someone who takes none from the bot.
func (s *Server) dmOpen(c *channel) *wire.Refusal {
	u := s.world.userByID(c.recipient)
	switch {
	case !s.world.sharesGuild(c.recipient):
		return wire.Refuse(http.StatusForbidden, 50278, "Cannot send messages to this user due to having no mutual guilds")
	case u.dmsClosed:
		return wire.Refuse(http.StatusForbidden, 50007, "Cannot send messages to this user")
	}
	return nil
}

func postMessage(s *Server, c *call) (any, *wire.Refusal) {
	ch, may, no := s.theChannel(c)
	if no != nil {
		return nil, no
	}
	if no := s.writable(ch, may, len(c.files) > 0); no != nil {
		return nil, no
	}
	if no := check.Message(check.Post, c.body, nil, c.fileNames()); no != nil {
		return nil, no
	}
	if earlier, no := s.sentBefore(c.body); earlier != nil || no != nil {
		if no != nil {
			return nil, no
		}
		return s.postJSON(earlier, c.base), nil
	}
	m := s.newMessage(ch)
	m.nonce = c.body["nonce"]
	if no := s.replyTo(m, c.body, may); no != nil {
		return nil, no
	}
	if ch.archived { // a new message wakes a thread that is not locked
		ch.archived = false
		s.threadChanged(ch)
	}
	s.fill(m, c.body, c.files, false)
	s.keep(m)
	return s.postJSON(m, c.base), nil
}

// postJSON is a new post with its nonce, which nobody sees later.
func (s *Server) postJSON(m *message, base string) object {
	o := s.messageJSON(m, base)
	if m.nonce != nil {
		o["nonce"] = m.nonce
	}
	return o
}

// sentBefore finds the message with the same nonce, sent a moment ago.
func (s *Server) sentBefore(body object) (*message, *wire.Refusal) {
	nonce := nonceText(body["nonce"])
	if !wire.Bool(body, "enforce_nonce") || nonce == "" {
		return nil, nil
	}
	m := s.nonces.find(nonce, s.virtualNow())
	if m != nil && m.deleted {
		return nil, wire.Refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	return m, nil
}

// nonces finds the posts of the last moments by their nonces, those of every
// channel and DM together.
type nonces struct {
	byText map[string]*message
	recent []*message // those and earlier ones of the same nonce, oldest first
}

// add takes a post that has a nonce.
func (n *nonces) add(m *message) {
	if t := nonceText(m.nonce); t != "" {
		n.forget(m.made)
		n.byText[t] = m
		n.recent = append(n.recent, m)
	}
}

// find finds the last post with a nonce, nil for none in the window.
func (n *nonces) find(nonce string, now time.Time) *message {
	n.forget(now)
	return n.byText[nonce]
}

// forget drops what is past the window.
func (n *nonces) forget(now time.Time) {
	for len(n.recent) > 0 && now.Sub(n.recent[0].made) > nonceWindow {
		old := n.recent[0]
		if t := nonceText(old.nonce); n.byText[t] == old {
			delete(n.byText, t)
		}
		n.recent[0], n.recent = nil, n.recent[1:]
	}
}

func nonceText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// replyTo makes a post a reply when the body says so.
func (s *Server) replyTo(m *message, body object, may uint64) *wire.Refusal {
	ref := wire.Child(body, "message_reference")
	if ref == nil {
		return nil
	}
	id, _ := wire.Number(ref, "message_id")
	target := s.messages[flake(id)]
	if target == nil || target.deleted || target.channel != m.channel || target.onlyFor != nil {
		if v, ok := ref["fail_if_not_exists"].(bool); ok && !v {
			return nil
		}
		t := &wire.FieldErrors{}
		t.Add("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
		return wire.InvalidForm(t)
	}
	if may&wire.PermReadHistory == 0 {
		return wire.Refuse(http.StatusForbidden, 160002, "Cannot reply without permission to read message history")
	}
	m.kind, m.reference = 19, target
	return nil
}

// theMessage is the message that a route names.
func (s *Server) theMessage(c *call) (*message, uint64, *wire.Refusal) {
	ch, may, no := s.theChannel(c)
	if no != nil {
		return nil, 0, no
	}
	m := s.messages[c.id("message")]
	if m == nil || m.deleted || m.channel != ch || m.onlyFor != nil {
		return nil, 0, wire.Refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	return m, may, nil
}

func getMessage(s *Server, c *call) (any, *wire.Refusal) {
	m, may, no := s.theMessage(c)
	if no != nil {
		return nil, no
	}
	if may&wire.PermReadHistory == 0 {
		return nil, wire.Refuse(http.StatusForbidden, 50013, "Missing Permissions")
	}
	return s.messageJSON(m, c.base), nil
}

func listMessages(s *Server, c *call) (any, *wire.Refusal) {
	ch, may, no := s.theChannel(c)
	if no != nil {
		return nil, no
	}
	if may&wire.PermReadHistory == 0 {
		return nil, wire.Refuse(http.StatusForbidden, 50013, "Missing Permissions")
	}
	q := c.r.URL.Query()
	limit := 50
	if v := q.Get("limit"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 100 {
			t := &wire.FieldErrors{}
			t.Add("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
			return nil, wire.InvalidForm(t)
		}
		limit = n
	}
	var found []*message // newest first
	for _, m := range slices.Backward(ch.messages) {
		if !m.deleted && m.onlyFor == nil {
			found = append(found, m)
		}
	}
	out := []object{}
	for _, m := range cut(found, limit, q.Get("before"), q.Get("after"), q.Get("around")) {
		out = append(out, s.messageJSON(m, c.base))
	}
	return out, nil
}

// cut cuts a list, newest first, as Discord's parameters say.
func cut(found []*message, limit int, before, after, around string) []*message {
	switch {
	case around != "":
		at := parseFlake(around)
		i := slices.IndexFunc(found, func(m *message) bool { return m.id <= at })
		if i < 0 {
			i = len(found)
		}
		found = found[max(0, i-limit/2):]
	case before != "":
		at := parseFlake(before)
		found = slices.DeleteFunc(found, func(m *message) bool { return m.id >= at })
	case after != "":
		at := parseFlake(after)
		found = slices.DeleteFunc(found, func(m *message) bool { return m.id <= at })
		found = found[max(0, len(found)-limit):]
	}
	return found[:min(limit, len(found))]
}

func patchMessage(s *Server, c *call) (any, *wire.Refusal) {
	m, may, no := s.theMessage(c)
	if no != nil {
		return nil, no
	}
	switch {
	case m.channel.archived:
		return nil, wire.Refuse(http.StatusBadRequest, 50083, "Thread is archived")
	case len(c.files) > 0 && may&wire.PermAttachFiles == 0:
		return nil, wire.Refuse(http.StatusForbidden, 50013, "Missing Permissions")
	}
	if no := check.Message(check.Edit, c.body, s.current(m), c.fileNames()); no != nil {
		return nil, no
	}
	if s.virtualNow().Sub(m.made) > editAge {
		return nil, wire.Refuse(http.StatusBadRequest, 30046, "Maximum number of edits to messages older than 1 hour reached. Try again later.")
	}
	s.edit(m, c.body, c.files)
	return s.messageJSON(m, c.base), nil
}

// edit changes a message by a checked body.
func (s *Server) edit(m *message, body object, files []upload) {
	s.fill(m, body, files, true)
	m.edited = s.virtualNow()
	s.changed()
}

func deleteMessage(s *Server, c *call) (any, *wire.Refusal) {
	m, _, no := s.theMessage(c)
	if no != nil {
		return nil, no
	}
	s.remove(m)
	return nil, nil
}
