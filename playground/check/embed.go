package check

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// maxEmbedSize is how many characters all embeds of a message may have together.
const maxEmbedSize = 6000

// embeds checks the embeds and returns the files they refer to.
func (d *draft) embeds() []reference {
	var refs []reference
	size := 0
	for _, f := range d.forms("embeds", 0, 10, optional) {
		if len(f.obj) == 0 {
			f.fail("", "LIST_ITEM_VALUE_REQUIRED", "List item values of ModelType are required")
			continue
		}
		e := embedForm{form: f}
		e.check()
		refs = append(refs, e.refs...)
		size += e.size
	}
	if size > maxEmbedSize {
		d.fail("embeds", "MAX_EMBED_SIZE_EXCEEDED", fmt.Sprintf("Embed size exceeds maximum size of %d", maxEmbedSize))
	}
	return refs
}

// An embedForm is one embed under check.
type embedForm struct {
	form
	size int // characters that count
	refs []reference
}

// check checks the embed.
func (e *embedForm) check() {
	e.counted(e.form, "title", 256, optional)
	e.counted(e.form, "description", 4096, optional)
	e.link("url", 2048, optional, "http", "https")
	e.integer("color", 0, 0xFFFFFF, optional)
	if s, ok := e.text("timestamp", 0, 100, optional); ok {
		if _, err := time.Parse(time.RFC3339, s); err != nil {
			e.fail("timestamp", "DATE_TIME_TYPE_PARSE", fmt.Sprintf("Could not parse %s. Should be ISO8601.", s))
		}
	}
	if f, ok := e.sub("footer", optional); ok {
		e.counted(f, "text", 2048, needed)
		e.picture(f, "icon_url", optional)
	}
	if f, ok := e.sub("author", optional); ok {
		e.counted(f, "name", 256, needed)
		f.link("url", 2048, optional, "http", "https")
		e.picture(f, "icon_url", optional)
	}
	for _, key := range []string{"image", "thumbnail"} {
		if f, ok := e.sub(key, optional); ok {
			e.picture(f, "url", needed)
		}
	}
	for _, f := range e.forms("fields", 0, 25, optional) {
		e.counted(f, "name", 256, needed)
		e.counted(f, "value", 1024, needed)
		f.boolean("inline")
	}
}

// counted checks a text that counts towards the size. Discord trims it first, so a
// lone blank counts as nothing.
func (e *embedForm) counted(f form, key string, max int, n need) {
	trimmed := form{obj: map[string]any{key: f.obj[key]}, path: f.path, t: f.t}
	if s, ok := f.obj[key].(string); ok {
		trimmed.obj[key] = strings.TrimSpace(s)
	}
	s, _ := trimmed.text(key, 0, max, n)
	e.size += utf8.RuneCountInString(s)
}

// picture checks the address of a picture.
func (e *embedForm) picture(f form, key string, n need) {
	e.refs = append(e.refs, f.link(key, 2048, n, "http", "https", "attachment")...)
}
