package playground

import (
	"unpinch/playground/wire"
)

// numbered copies components and gives an id to each that has none.
func numbered(components []any) []any {
	out, _ := wire.Clone(components).([]any)
	used := map[int64]bool{}
	walk(out, func(c object) {
		if id, ok := wire.Number(c, "id"); ok && id > 0 {
			used[id] = true
		}
	})
	next := int64(1)
	walk(out, func(c object) {
		if id, _ := wire.Number(c, "id"); id > 0 {
			return
		}
		for used[next] {
			next++
		}
		used[next] = true
		c["id"] = next
	})
	return out
}

// walk visits every component, parents first.
func walk(components []any, visit func(object)) {
	for _, c := range wire.Objects(components) {
		visit(c)
		walk(wire.List(c, "components"), visit)
		for _, key := range []string{"accessory", "component"} {
			if sub := wire.Child(c, key); sub != nil {
				walk([]any{sub}, visit)
			}
		}
	}
}

func withDefaults(c object) {
	kind, _ := wire.Number(c, "type")
	switch kind {
	case wire.StringSelect, wire.UserSelect, wire.RoleSelect, wire.MentionableSelect, wire.ChannelSelect:
		wire.SetDefault(c, "min_values", 1)
		wire.SetDefault(c, "max_values", 1)
	case wire.Button:
		wire.SetDefault(c, "style", 2)
	case wire.Separator:
		wire.SetDefault(c, "spacing", 1)
		wire.SetDefault(c, "divider", true)
	case wire.Container:
		wire.SetDefault(c, "accent_color", nil)
		wire.SetDefault(c, "spoiler", false)
	case wire.Thumbnail, wire.MediaGallery, wire.File:
		for _, item := range append(wire.Objects(wire.List(c, "items")), c) {
			if kind == wire.MediaGallery && item["media"] == nil {
				continue
			}
			wire.SetDefault(item, "spoiler", false)
			if kind != wire.File {
				wire.SetDefault(item, "description", nil)
			}
		}
	}
}

// mediaOf returns the media objects of one component.
func mediaOf(c object) []object {
	var out []object
	for _, o := range append(wire.Objects(wire.List(c, "items")), c) {
		for _, key := range []string{"media", "file"} {
			if media := wire.Child(o, key); media != nil {
				out = append(out, media)
			}
		}
	}
	return out
}

// componentsJSON returns the components with the addresses of their files.
func (m *message) componentsJSON(base string) []any {
	out, _ := wire.Clone(wire.OrEmpty(m.components)).([]any)
	walk(out, func(c object) {
		for _, media := range mediaOf(c) {
			id, tied := media["attachment_id"].(wire.ID)
			if !tied {
				continue
			}
			for _, a := range m.attachments {
				if a.id == id {
					for key, v := range a.media(base) {
						media[key] = v
					}
					if kind, _ := wire.Number(c, "type"); kind == wire.File {
						c["name"], c["size"] = a.name, a.size
					}
				}
			}
		}
	})
	return out
}

// texts returns all Text Displays, in order.
func (m *message) texts() []string {
	var out []string
	walk(m.components, func(c object) {
		if kind, _ := wire.Number(c, "type"); kind == wire.TextDisplay {
			out = append(out, wire.Text(c, "content"))
		}
	})
	return out
}

// buttonLabel returns a button's label, or its emoji when it has only that.
func buttonLabel(c object) string {
	if l := wire.Text(c, "label"); l != "" {
		return l
	}
	return wire.Text(wire.Child(c, "emoji"), "name")
}
