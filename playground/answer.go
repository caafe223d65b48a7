package playground

import (
	"net/http"

	"unpinch/playground/check"
	"unpinch/playground/wire"
)

// postCallback is the first answer to an interaction.
func postCallback(s *Server, c *call) (any, *wire.Refusal) {
	it := s.interactions[c.id("interaction")]
	switch {
	case it == nil || it.token != c.r.PathValue("token"):
		return nil, wire.Refuse(http.StatusNotFound, 10062, "Unknown interaction")
	case it.callback != 0:
		return nil, wire.Refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
	case it.failed || s.opts.Now().Sub(it.sent) > answerLimit || !s.tokenAlive(it):
		return nil, wire.Refuse(http.StatusNotFound, 10062, "Unknown interaction")
	}
	fromComponent := it.kind == wire.ModalInteraction && it.source != nil
	var current object
	if it.source != nil {
		current = s.current(it.source)
	}
	if no := check.Callback(it.kind, fromComponent, c.body, current, c.fileNames()); no != nil {
		return nil, no
	}
	kind, _ := wire.Number(c.body, "type")
	data := wire.Child(c.body, "data")
	if data == nil {
		data = object{}
	}
	s.acknowledge(it, int(kind), data, c.files)
	if c.r.URL.Query().Get("with_response") != "true" {
		c.status = http.StatusNoContent
		return nil, nil
	}
	return s.callbackJSON(it, c.base), nil
}

// acknowledge carries out a checked callback.
func (s *Server) acknowledge(it *interaction, kind int, data object, files []upload) {
	it.callback = kind
	it.ms = s.opts.Now().Sub(it.sent).Milliseconds()
	switch kind {
	case wire.MessageCallback:
		it.original = s.respond(it, data, files)
	case wire.DeferCallback:
		it.original = s.respond(it, data, nil)
		it.original.flags |= wire.FlagLoading
		it.loading = true
	case wire.DeferUpdateCallback:
		it.original = it.source
	case wire.UpdateCallback:
		it.original = it.source
		if len(data) > 0 {
			s.edit(it.source, data, files)
		}
		it.touch(it.source)
	case wire.AutocompleteCallback:
		it.choices = wire.OrEmpty(wire.List(data, "choices"))
	case wire.ModalCallback:
		it.modal, _ = wire.Clone(data).(object)
		it.modal["components"] = numbered(wire.List(data, "components"))
	}
	s.changed()
}

// respond makes a new message of an interaction.
func (s *Server) respond(it *interaction, data object, files []upload) *message {
	m := s.newMessage(it.channel)
	m.application, m.origin = true, it
	switch {
	case it.original != nil:
		m.kind, m.reference = 19, it.original
	case it.source != nil:
		m.kind, m.reference = 19, it.source
	case it.command != nil && it.command.kind != wire.ChatCommand:
		m.kind = 23
	default:
		m.kind = 20
	}
	if flags, _ := wire.Number(data, "flags"); flags&wire.FlagEphemeral != 0 {
		m.onlyFor = it.user
	}
	s.fill(m, data, files, false)
	s.keep(m)
	it.touch(m)
	return m
}

// callbackJSON answers a callback with with_response=true.
func (s *Server) callbackJSON(it *interaction, base string) object {
	o := object{"id": it.id, "type": it.kind, "channel_id": it.channel.id}
	if it.channel.guild != nil {
		o["guild_id"] = it.channel.guild.id
	}
	out := object{"interaction": o}
	if it.original == nil {
		return out
	}
	o["response_message_id"] = it.original.id
	o["response_message_loading"] = it.loading
	o["response_message_ephemeral"] = it.original.onlyFor != nil
	if it.callback != wire.DeferUpdateCallback {
		out["resource"] = object{"type": it.callback, "message": s.messageJSON(it.original, base)}
	}
	return out
}

// theWebhook is the interaction whose token a route names, once it is
// answered.
func (s *Server) theWebhook(c *call) (*interaction, *wire.Refusal) {
	it := s.byToken[c.r.PathValue("token")]
	switch {
	case it == nil || !s.tokenAlive(it):
		return nil, wire.Refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
	case c.id("application") != s.world.bot.id || it.callback == 0:
		return nil, wire.Refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	}
	return it, nil
}

// theAnswer is the message of an interaction that a route names: @original, or
// one by id that the interaction made.
func (s *Server) theAnswer(c *call) (*interaction, *message, *wire.Refusal) {
	it, no := s.theWebhook(c)
	if no != nil {
		return nil, nil, no
	}
	m := it.original
	if c.r.PathValue("message") != "@original" {
		m = s.messages[c.id("message")]
		if m != nil && m.origin != it && m != it.original {
			m = nil
		}
	}
	if m == nil || m.deleted {
		return nil, nil, wire.Refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	return it, m, nil
}

func getFollowup(s *Server, c *call) (any, *wire.Refusal) {
	_, m, no := s.theAnswer(c)
	if no != nil {
		return nil, no
	}
	return s.messageJSON(m, c.base), nil
}

func patchFollowup(s *Server, c *call) (any, *wire.Refusal) {
	it, m, no := s.theAnswer(c)
	if no != nil {
		return nil, no
	}
	if no := s.editAnswer(it, m, c); no != nil {
		return nil, no
	}
	return s.messageJSON(m, c.base), nil
}

// editAnswer changes a message with an interaction's token.
func (s *Server) editAnswer(it *interaction, m *message, c *call) *wire.Refusal {
	if no := check.Message(check.FollowupEdit, c.body, s.current(m), c.fileNames()); no != nil {
		return no
	}
	if m.flags&wire.FlagLoading != 0 { // its first words are no edit
		m.flags &^= wire.FlagLoading
		it.loading = false
		s.fill(m, c.body, c.files, true)
		s.changed()
	} else {
		s.edit(m, c.body, c.files)
	}
	it.later++
	it.touch(m)
	return nil
}

func postFollowup(s *Server, c *call) (any, *wire.Refusal) {
	it, no := s.theWebhook(c)
	if no != nil {
		return nil, no
	}
	if it.loading { // the first follow-up fills the place of "thinking"
		if _, listed := c.body["attachments"].([]any); !listed {
			c.body["attachments"] = allUploads(c.files) // as for a new message
		}
		if no := s.editAnswer(it, it.original, c); no != nil {
			return nil, no
		}
		return s.messageJSON(it.original, c.base), nil
	}
	if it.userOnly && it.followups >= userFollowups {
		return nil, wire.Refuse(http.StatusBadRequest, 40094, "This interaction has reached its maximum number of follow-up messages")
	}
	if no := check.Message(check.Followup, c.body, nil, c.fileNames()); no != nil {
		return nil, no
	}
	it.followups++
	m := s.respond(it, c.body, c.files)
	it.later++
	return s.messageJSON(m, c.base), nil
}

func deleteFollowup(s *Server, c *call) (any, *wire.Refusal) {
	it, m, no := s.theAnswer(c)
	if no != nil {
		return nil, no
	}
	s.remove(m)
	it.later++
	it.loading = it.loading && m != it.original
	return nil, nil
}

// allUploads lists every upload, as a new message without a list takes them.
func allUploads(files []upload) []any {
	out := []any{}
	for i, f := range files {
		if f.name != "" {
			out = append(out, object{"id": itoa(int64(i)), "filename": f.name})
		}
	}
	return out
}
