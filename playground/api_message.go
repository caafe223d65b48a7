package playground

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"unpinch/playground/check"
	"unpinch/playground/wire"
)

// editAge is how old a message may be and still be edited, in virtual time.
const editAge = time.Hour

// A messageAPI lets a bot read, post, edit and delete messages.
type messageAPI struct {
	world   *world
	history *history
	gateway *gateway
}

func (a *messageAPI) routes() []route {
	const (
		s        = time.Second
		messages = "/channels/{channel}/messages"
		message  = messages + "/{message}"
	)
	return []route{
		{method: "GET", path: messages, limit: 5, window: 5 * s, run: a.list},
		{method: "GET", path: message, limit: 5, window: s, run: a.get},
		{method: "POST", path: messages, limit: 5, window: 5 * s, run: a.post},
		{method: "PATCH", path: message, limit: 5, window: 5 * s, run: a.patch},
		{method: "DELETE", path: message, limit: 5, window: s, run: a.remove},
	}
}

func (a *messageAPI) list(c *call) (any, *wire.Refusal) {
	ch, may, no := a.world.channelOf(c)
	if no != nil {
		return nil, no
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
	if may&wire.PermReadHistory == 0 { // Discord does not refuse, and shows nothing
		return []object{}, nil
	}
	var found []*message // newest first
	for _, m := range slices.Backward(ch.messages) {
		if !m.deleted && m.onlyFor == nil {
			found = append(found, m)
		}
	}
	out := []object{}
	for _, m := range cut(found, limit, q.Get("before"), q.Get("after"), q.Get("around")) {
		out = append(out, m.forBot(c.base, a.world.bot))
	}
	return out, nil
}

func (a *messageAPI) get(c *call) (any, *wire.Refusal) {
	m, may, no := a.named(c)
	if no != nil {
		return nil, no
	}
	if may&wire.PermReadHistory == 0 {
		return nil, wire.Refuse(http.StatusForbidden, 50013, "Missing Permissions")
	}
	return m.forBot(c.base, a.world.bot), nil
}

func (a *messageAPI) post(c *call) (any, *wire.Refusal) {
	ch, may, no := a.world.channelOf(c)
	if no != nil {
		return nil, no
	}
	if no := a.world.writable(ch, may, len(c.files) > 0); no != nil {
		return nil, no
	}
	if no := check.Message(check.Post, c.body, nil, c.fileNames()); no != nil {
		return nil, no
	}
	if earlier, no := a.sentBefore(c.body); earlier != nil || no != nil {
		if no != nil {
			return nil, no
		}
		return earlier.postJSON(c.base), nil
	}
	m := a.history.new(ch)
	m.nonce = c.body["nonce"]
	if no := a.replyTo(m, c.body, may); no != nil {
		return nil, no
	}
	if ch.archived { // a new message wakes a thread that is not locked
		ch.archived = false
		a.gateway.threadChanged(ch)
	}
	a.history.fill(m, c.body, c.files, false)
	a.history.keep(m)
	return m.postJSON(c.base), nil
}

// sentBefore returns the message that was sent a moment ago with the same nonce, or
// nil.
func (a *messageAPI) sentBefore(body object) (*message, *wire.Refusal) {
	nonce := nonceText(body["nonce"])
	if !wire.Bool(body, "enforce_nonce") || nonce == "" {
		return nil, nil
	}
	m := a.history.nonces.find(nonce, a.history.ids.now())
	if m != nil && m.deleted {
		return nil, wire.Refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	return m, nil
}

// replyTo makes a post a reply if its body says so.
func (a *messageAPI) replyTo(m *message, body object, may uint64) *wire.Refusal {
	ref := wire.Child(body, "message_reference")
	if ref == nil {
		return nil
	}
	id, _ := wire.Number(ref, "message_id")
	target := a.history.byID[wire.ID(id)]
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

func (a *messageAPI) patch(c *call) (any, *wire.Refusal) {
	m, may, no := a.named(c)
	if no != nil {
		return nil, no
	}
	switch {
	case m.author != a.world.bot:
		return nil, wire.Refuse(http.StatusForbidden, 50005, "Cannot edit a message authored by another user")
	case m.channel.archived:
		return nil, wire.Refuse(http.StatusBadRequest, 50083, "Thread is archived")
	case len(c.files) > 0 && may&wire.PermAttachFiles == 0:
		return nil, wire.Refuse(http.StatusForbidden, 50013, "Missing Permissions")
	}
	if no := check.Message(check.Edit, c.body, m.current(), c.fileNames()); no != nil {
		return nil, no
	}
	if a.history.ids.now().Sub(m.made) > editAge {
		return nil, wire.Refuse(http.StatusBadRequest, 30046, "Maximum number of edits to messages older than 1 hour reached. Try again later.")
	}
	a.history.edit(m, c.body, c.files)
	return m.json(c.base), nil
}

func (a *messageAPI) remove(c *call) (any, *wire.Refusal) {
	m, may, no := a.named(c)
	if no != nil {
		return nil, no
	}
	if m.author != a.world.bot && may&wire.PermManageMessages == 0 {
		return nil, wire.Refuse(http.StatusForbidden, 50013, "Missing Permissions")
	}
	a.history.remove(m)
	return nil, nil
}

// named returns the message that a call names, and what the bot may do there.
func (a *messageAPI) named(c *call) (*message, uint64, *wire.Refusal) {
	ch, may, no := a.world.channelOf(c)
	if no != nil {
		return nil, 0, no
	}
	m := a.history.byID[c.id("message")]
	if m == nil || m.deleted || m.channel != ch || m.onlyFor != nil {
		return nil, 0, wire.Refuse(http.StatusNotFound, 10008, "Unknown Message")
	}
	return m, may, nil
}

// cut returns the part of a list, newest first, that Discord's parameters ask for.
func cut(found []*message, limit int, before, after, around string) []*message {
	switch {
	case around != "":
		at := wire.ParseID(around)
		i := slices.IndexFunc(found, func(m *message) bool { return m.id <= at })
		if i < 0 {
			i = len(found)
		}
		found = found[max(0, i-limit/2):]
	case before != "":
		at := wire.ParseID(before)
		found = slices.DeleteFunc(found, func(m *message) bool { return m.id >= at })
	case after != "":
		at := wire.ParseID(after)
		found = slices.DeleteFunc(found, func(m *message) bool { return m.id <= at })
		found = found[max(0, len(found)-limit):]
	}
	return found[:min(limit, len(found))]
}
