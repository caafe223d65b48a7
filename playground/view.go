package playground

import (
	"strings"

	"unpinch/playground/wire"
)

// viewed returns the message with its view, for the control API.
func (m *message) viewed(base string) object {
	o := m.json(base)
	o["view"] = m.view(base)
	if m.deleted {
		o["deleted"] = true
	}
	return o
}

// view returns what a person sees of the message.
func (m *message) view(base string) object {
	words := m.texts()
	if m.content != "" {
		words = append([]string{m.content}, words...)
	}
	v := viewer{buttons: []object{}, selects: []object{}, images: []object{}, files: []object{}}
	walk(m.componentsJSON(base), v.component)
	if !m.v2() {
		for _, a := range m.attachments {
			v.attachment(a.name, a.description, a.url(base), a.isImage())
		}
	}
	o := object{"text": strings.Join(words, "\n"), "buttons": v.buttons, "selects": v.selects, "images": v.images,
		"files": v.files, "only_for": nil}
	if m.onlyFor != nil {
		o["only_for"] = m.onlyFor.name
	}
	return o
}

// A viewer collects what a message shows.
type viewer struct{ buttons, selects, images, files []object }

func (v *viewer) attachment(name, alt, url string, image bool) {
	if image {
		v.images = append(v.images, object{"url": url, "alt": alt})
		return
	}
	v.files = append(v.files, object{"name": name, "url": url})
}

func (v *viewer) component(c object) {
	kind, _ := wire.Number(c, "type")
	switch kind {
	case wire.Button:
		v.buttons = append(v.buttons, object{"label": buttonLabel(c), "custom_id": c["custom_id"],
			"style": c["style"], "disabled": wire.Bool(c, "disabled"), "url": c["url"]})
	case wire.StringSelect, wire.UserSelect, wire.RoleSelect, wire.MentionableSelect, wire.ChannelSelect:
		options := []object{}
		for _, o := range wire.Objects(wire.List(c, "options")) {
			options = append(options, object{"label": o["label"], "value": o["value"]})
		}
		v.selects = append(v.selects, object{"custom_id": c["custom_id"], "options": options})
	case wire.Thumbnail:
		v.images = append(v.images, object{"url": wire.Child(c, "media")["url"], "alt": wire.Text(c, "description")})
	case wire.MediaGallery:
		for _, item := range wire.Objects(wire.List(c, "items")) {
			v.images = append(v.images, object{"url": wire.Child(item, "media")["url"], "alt": wire.Text(item, "description")})
		}
	case wire.File:
		v.files = append(v.files, object{"name": c["name"], "url": wire.Child(c, "file")["url"]})
	}
}
