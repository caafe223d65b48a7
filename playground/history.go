package playground

import (
	"slices"
	"strings"

	"unpinch/playground/wire"
)

// keptMessages is how many messages a channel keeps. Older ones go, with their
// files.
const keptMessages = 1000

// A history holds the messages of every channel.
type history struct {
	*monitor
	world  *world
	ids    *idSource
	files  *files
	posts  *postLog
	byID   map[wire.ID]*message
	nonces nonces
}

func newHistory(w *world, ids *idSource, f *files, p *postLog) *history {
	h := &history{monitor: f.monitor, world: w, ids: ids, files: f, posts: p}
	h.reset()
	return h
}

// reset forgets every message, file and post.
func (h *history) reset() {
	h.files.byID = map[wire.ID]*attachment{}
	h.byID = map[wire.ID]*message{}
	h.nonces = nonces{byText: map[string]*message{}}
	*h.posts = postLog{}
}

// find returns the message with an id, or nil if there is none any more.
func (h *history) find(id wire.ID) *message {
	if m := h.byID[id]; m != nil && !m.deleted {
		return m
	}
	return nil
}

// new makes a message of the bot, not yet in its channel.
func (h *history) new(c *channel) *message {
	return &message{id: h.ids.next(), channel: c, author: h.world.bot, made: h.ids.now()}
}

// keep puts a message into its channel and drops what is over the limit.
func (h *history) keep(m *message) {
	c := m.channel
	c.messages = append(c.messages, m)
	if over := len(c.messages) - keptMessages; over > 0 {
		for _, old := range c.messages[:over] {
			old.deleted = true
			h.files.drop(old.attachments)
			delete(h.byID, old.id)
		}
		c.messages = slices.Clone(c.messages[over:])
	}
	h.byID[m.id] = m
	if m.origin == nil && m.savedOrigin == nil && m.author.bot {
		h.nonces.add(m)
		h.posts.add(m.id)
	}
	h.changed()
}

// remove deletes a message, which stays for GET /messages?deleted=1.
func (h *history) remove(m *message) {
	m.deleted = true
	h.changed()
}

// forget drops the messages of a channel that is gone.
func (h *history) forget(c *channel) {
	for _, m := range c.messages {
		m.deleted = true
		h.files.drop(m.attachments)
		delete(h.byID, m.id)
	}
}

// edit changes a message by a checked body.
func (h *history) edit(m *message, body object, files []upload) {
	h.fill(m, body, files, true)
	m.edited = h.ids.now()
	h.changed()
}

// fill sets the fields of a message that a checked body has.
func (h *history) fill(m *message, body object, files []upload, edit bool) {
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
	h.fillFiles(m, body, files, edit)
	if v, sent := body["components"]; sent {
		components, _ := v.([]any)
		m.components = h.storeComponents(m, components)
	}
	_, content := body["content"]
	_, components := body["components"]
	if !edit || content || components {
		m.mentions = h.world.mentionsOf(m, body)
	}
}

// fillFiles takes the uploads that the list of attachments names and drops the
// old files that it doesn't. Without a list a new message takes every upload,
// an edit keeps what there was.
func (h *history) fillFiles(m *message, body object, files []upload, edit bool) {
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
		a := h.listedFile(m, entry, files)
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
			delete(h.files.byID, old.id)
		}
	}
	m.attachments = next
}

func (h *history) listedFile(m *message, entry object, files []upload) *attachment {
	n, ok := wire.Number(entry, "id")
	if !ok {
		return nil
	}
	if old := first(m.attachments, func(a *attachment) bool { return a.id == wire.ID(n) }); old != nil {
		return old
	}
	if n < 0 || n >= int64(len(files)) || files[n].name == "" {
		return nil
	}
	f := files[n]
	if name := wire.Text(entry, "filename"); name != "" {
		f.name = name
	}
	return h.files.add(m.channel.id, f)
}

// storeComponents copies components as Discord keeps them: numbered, with defaults,
// and with files by id.
func (h *history) storeComponents(m *message, components []any) []any {
	out := numbered(components)
	walk(out, func(c object) {
		withDefaults(c)
		for _, media := range mediaOf(c) {
			h.tie(m, media)
		}
	})
	return out
}

// tie replaces an attachment:// address by the file's id. The file's address is put
// in when the message is shown.
func (h *history) tie(m *message, media object) {
	address := wire.Text(media, "url")
	name, ok := strings.CutPrefix(address, "attachment://")
	if !ok {
		clear(media)
		media["url"], media["proxy_url"] = address, address
		media["id"], media["width"], media["height"], media["content_type"] = h.ids.next(), nil, nil, nil
		return
	}
	clear(media)
	if a := m.attachment(name); a != nil {
		media["attachment_id"] = a.id
	}
}
