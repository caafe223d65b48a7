package playground

import (
	"bytes"
	"image"
	"image/gif"
	_ "image/jpeg" // to read a picture's size
	"image/png"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"

	"unpinch/playground/wire"
)

// An upload is a file of a request.
type upload struct {
	name        string
	contentType string
	content     []byte
}

// An attachment is a file of a message or of a command's option. It is kept in
// memory.
type attachment struct {
	id            wire.ID
	channel       wire.ID
	name          string
	description   string
	contentType   string
	content       []byte // nil if a saved world leaves it out
	size          int
	hash          string // of a saved world's file
	width, height int    // 0 unless it is a picture
}

func newAttachment(id, channel wire.ID, f upload) *attachment {
	a := &attachment{id: id, channel: channel, name: f.name, content: f.content, size: len(f.content)}
	a.contentType = mime.TypeByExtension(path.Ext(f.name))
	if a.contentType == "" {
		a.contentType = f.contentType
	}
	if a.contentType == "" {
		a.contentType = "application/octet-stream"
	}
	if cfg, _, err := image.DecodeConfig(bytes.NewReader(f.content)); err == nil {
		a.width, a.height = cfg.Width, cfg.Height
	}
	return a
}

func (a *attachment) url(base string) string {
	return base + "/attachments/" + a.channel.String() + "/" + a.id.String() + "/" + url.PathEscape(a.name)
}

// still returns the first frame of a picture that moves, as a PNG. Discord's media
// proxy answers with it where an address ends in format=png.
func (a *attachment) still() ([]byte, bool) {
	if a.contentType != "image/gif" {
		return nil, false
	}
	img, err := gif.Decode(bytes.NewReader(a.content))
	if err != nil {
		return nil, false
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil, false
	}
	return out.Bytes(), true
}

func (a *attachment) isImage() bool { return a.width > 0 }

// json returns the attachment as Discord writes it.
func (a *attachment) json(base string, ephemeral bool) object {
	o := object{"id": a.id, "filename": a.name, "size": a.size, "url": a.url(base),
		"proxy_url": a.url(base), "content_type": a.contentType}
	if a.isImage() {
		o["width"], o["height"] = a.width, a.height
	}
	if a.description != "" {
		o["description"] = a.description
	}
	if ephemeral {
		o["ephemeral"] = true
	}
	return o
}

// media returns the attachment as a component shows it.
func (a *attachment) media(base string) object {
	o := object{"id": a.id, "url": a.url(base), "proxy_url": a.url(base),
		"content_type": a.contentType, "attachment_id": a.id, "width": nil, "height": nil}
	if a.isImage() {
		o["width"], o["height"] = a.width, a.height
	}
	return o
}

// files holds the attachments that may still be asked for.
type files struct {
	*monitor
	ids  *idSource
	byID map[wire.ID]*attachment
	draw func(name string) []byte // what a saved world leaves out; may be nil
}

// add keeps an upload of a channel.
func (f *files) add(channel wire.ID, up upload) *attachment {
	a := newAttachment(f.ids.next(), channel, up)
	f.byID[a.id] = a
	return a
}

// drop forgets attachments.
func (f *files) drop(gone []*attachment) {
	for _, a := range gone {
		delete(f.byID, a.id)
	}
}

// ServeHTTP answers GET /attachments/{channel}/{id}/{name}.
func (f *files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	a := f.byID[wire.ParseID(r.PathValue("id"))]
	if a != nil && a.content == nil && f.draw != nil {
		a.content = f.draw(a.name)
	}
	f.mu.Unlock()
	if a == nil || a.channel.String() != r.PathValue("channel") || a.name != r.PathValue("name") {
		http.Error(w, "This content is no longer available.", http.StatusNotFound)
		return
	}
	content, contentType := a.content, a.contentType
	if r.URL.Query().Get("format") == "png" {
		if still, ok := a.still(); ok {
			content, contentType = still, "image/png"
		}
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, max-age=3600")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	if !strings.HasPrefix(a.contentType, "image/") {
		h.Set("Content-Disposition", "attachment")
	}
	_, _ = w.Write(content) // the reader is gone; nothing to do
}
