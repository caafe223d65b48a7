package playground

import (
	"net/http"
	"time"

	"unpinch/playground/check"
	"unpinch/playground/wire"
)

// An answerAPI takes a bot's answers to interactions: callbacks, follow-ups, and
// their edits and deletions.
type answerAPI struct {
	history      *history
	interactions *interactions
}

func (a *answerAPI) routes() []route {
	const (
		s       = time.Second
		webhook = "/webhooks/{application}/{token}"
		message = webhook + "/messages/{message}"
	)
	return []route{
		{method: "POST", path: "/interactions/{interaction}/{token}/callback", open: true, run: a.callback},
		{method: "POST", path: webhook, open: true, limit: 5, window: 2 * s, run: a.post},
		{method: "GET", path: message, open: true, limit: 5, window: 2 * s, run: a.get},
		{method: "PATCH", path: message, open: true, limit: 5, window: 2 * s, run: a.patch},
		{method: "DELETE", path: message, open: true, limit: 5, window: 2 * s, run: a.remove},
	}
}

// callback takes the first answer to an interaction.
func (a *answerAPI) callback(c *call) (any, *wire.Refusal) {
	it := a.interactions.byID[c.id("interaction")]
	switch {
	case it == nil || it.token != c.r.PathValue("token"):
		return nil, wire.Refuse(http.StatusNotFound, 10062, "Unknown interaction")
	case it.callback != 0:
		return nil, wire.Refuse(http.StatusBadRequest, 40060, "Interaction has already been acknowledged.")
	case it.failed || a.interactions.clock.real().Sub(it.sent) > answerLimit || !a.interactions.alive(it):
		return nil, wire.Refuse(http.StatusNotFound, 10062, "Unknown interaction")
	}
	fromComponent := it.kind == wire.ModalInteraction && it.source != nil
	var current object
	if it.source != nil {
		current = it.source.current()
	}
	if no := check.Callback(it.kind, fromComponent, c.body, current, c.fileNames()); no != nil {
		return nil, no
	}
	kind, _ := wire.Number(c.body, "type")
	data := wire.Child(c.body, "data")
	if data == nil {
		data = object{}
	}
	a.acknowledge(it, int(kind), data, c.files)
	if c.r.URL.Query().Get("with_response") != "true" {
		c.status = http.StatusNoContent
		return nil, nil
	}
	return it.callbackJSON(c.base), nil
}

// acknowledge carries out a checked callback.
func (a *answerAPI) acknowledge(it *interaction, kind int, data object, files []upload) {
	it.callback = kind
	it.ms = a.interactions.clock.real().Sub(it.sent).Milliseconds()
	switch kind {
	case wire.MessageCallback:
		it.original = a.respond(it, data, files)
	case wire.DeferCallback:
		it.original = a.respond(it, data, nil)
		it.original.flags |= wire.FlagLoading
		it.loading = true
	case wire.DeferUpdateCallback:
		it.original = it.source
	case wire.UpdateCallback:
		it.original = it.source
		if len(data) > 0 {
			a.history.edit(it.source, data, files)
		}
		it.touch(it.source)
	case wire.AutocompleteCallback:
		it.choices = wire.OrEmpty(wire.List(data, "choices"))
	case wire.ModalCallback:
		it.modal, _ = wire.Clone(data).(object)
		it.modal["components"] = numbered(wire.List(data, "components"))
	}
	a.history.changed()
}

// respond makes a new message of an interaction.
func (a *answerAPI) respond(it *interaction, data object, files []upload) *message {
	m := a.history.new(it.channel)
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
	a.history.fill(m, data, files, false)
	a.history.keep(m)
	it.touch(m)
	return m
}

func (a *answerAPI) post(c *call) (any, *wire.Refusal) {
	it, no := a.webhook(c)
	if no != nil {
		return nil, no
	}
	if it.loading { // the first follow-up fills the place of "thinking"
		if _, listed := c.body["attachments"].([]any); !listed {
			c.body["attachments"] = allUploads(c.files) // as for a new message
		}
		if no := a.editAnswer(it, it.original, c); no != nil {
			return nil, no
		}
		return it.original.json(c.base), nil
	}
	if it.userOnly && it.followups >= userFollowups {
		return nil, wire.Refuse(http.StatusBadRequest, 40094, "This interaction has reached its maximum number of follow-up messages")
	}
	if no := check.Message(check.Followup, c.body, nil, c.fileNames()); no != nil {
		return nil, no
	}
	it.followups++
	m := a.respond(it, c.body, c.files)
	it.later++
	return m.json(c.base), nil
}

func (a *answerAPI) get(c *call) (any, *wire.Refusal) {
	_, m, no := a.named(c)
	if no != nil {
		return nil, no
	}
	return m.json(c.base), nil
}

func (a *answerAPI) patch(c *call) (any, *wire.Refusal) {
	it, m, no := a.named(c)
	if no != nil {
		return nil, no
	}
	if no := a.editAnswer(it, m, c); no != nil {
		return nil, no
	}
	return m.json(c.base), nil
}

func (a *answerAPI) remove(c *call) (any, *wire.Refusal) {
	it, m, no := a.named(c)
	if no != nil {
		return nil, no
	}
	a.history.remove(m)
	it.later++
	it.loading = it.loading && m != it.original
	return nil, nil
}

// editAnswer changes a message with an interaction's token.
func (a *answerAPI) editAnswer(it *interaction, m *message, c *call) *wire.Refusal {
	if no := check.Message(check.FollowupEdit, c.body, m.current(), c.fileNames()); no != nil {
		return no
	}
	if m.flags&wire.FlagLoading != 0 { // what fills it is no edit
		m.flags &^= wire.FlagLoading
		it.loading = false
		a.history.fill(m, c.body, c.files, true)
		a.history.changed()
	} else {
		a.history.edit(m, c.body, c.files)
	}
	it.later++
	it.touch(m)
	return nil
}

// named returns the message of an interaction that a call names: @original, or one
// by id that the interaction made.
func (a *answerAPI) named(c *call) (*interaction, *message, *wire.Refusal) {
	it, no := a.webhook(c)
	if no != nil {
		return nil, nil, no
	}
	m := it.original
	if c.r.PathValue("message") != "@original" {
		m = a.history.byID[c.id("message")]
		if m != nil && m.origin != it && m != it.original {
			m = nil
		}
	}
	if m == nil || m.deleted {
		return nil, nil, wire.Refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	return it, m, nil
}

// webhook returns the interaction whose token a call names, once it is answered.
func (a *answerAPI) webhook(c *call) (*interaction, *wire.Refusal) {
	it := a.interactions.byToken[c.r.PathValue("token")]
	switch {
	case it == nil || !a.interactions.alive(it):
		return nil, wire.Refuse(http.StatusUnauthorized, 50027, "Invalid Webhook Token")
	case c.id("application") != a.history.world.bot.id || it.callback == 0:
		return nil, wire.Refuse(http.StatusNotFound, 10015, "Unknown Webhook")
	}
	return it, nil
}

// allUploads lists every upload, which is what a new message without a list takes.
func allUploads(files []upload) []any {
	out := []any{}
	for i, f := range files {
		if f.name != "" {
			out = append(out, object{"id": itoa(int64(i)), "filename": f.name})
		}
	}
	return out
}
