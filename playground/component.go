package playground

import "strings"

// Component types of messages.
const (
	compRow         = 1
	compButton      = 2
	compSelect      = 3
	compInput       = 4
	compUsers       = 5
	compRoles       = 6
	compMentionable = 7
	compChannels    = 8
	compSection     = 9
	compText        = 10
	compThumbnail   = 11
	compGallery     = 12
	compFile        = 13
	compSeparator   = 14
	compContainer   = 17
	compLabel       = 18
	styleLink       = 5
)

// storeComponents copies components as Discord keeps them: numbered, with
// defaults, each attachment:// tied to its file.
func (s *Server) storeComponents(m *message, components []any) []any {
	out := numbered(components)
	walk(out, func(c object) {
		withDefaults(c)
		for _, media := range mediaOf(c) {
			s.tie(m, media)
		}
	})
	return out
}

// numbered copies components and gives each an id that has none.
func numbered(components []any) []any {
	out, _ := clone(components).([]any)
	used := map[int64]bool{}
	walk(out, func(c object) {
		if id, ok := number(c, "id"); ok && id > 0 {
			used[id] = true
		}
	})
	next := int64(1)
	walk(out, func(c object) {
		if id, _ := number(c, "id"); id > 0 {
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
	for _, c := range objects(components) {
		visit(c)
		walk(list(c, "components"), visit)
		for _, key := range []string{"accessory", "component"} {
			if sub := child(c, key); sub != nil {
				walk([]any{sub}, visit)
			}
		}
	}
}

func setDefault(c object, key string, value any) {
	if v, ok := c[key]; !ok || v == nil {
		c[key] = value
	}
}

func withDefaults(c object) {
	kind, _ := number(c, "type")
	switch kind {
	case compSelect, compUsers, compRoles, compMentionable, compChannels:
		setDefault(c, "min_values", 1)
		setDefault(c, "max_values", 1)
	case compButton:
		setDefault(c, "style", 2)
	case compSeparator:
		setDefault(c, "spacing", 1)
		setDefault(c, "divider", true)
	case compContainer:
		setDefault(c, "accent_color", nil)
		setDefault(c, "spoiler", false)
	case compThumbnail, compGallery, compFile:
		for _, item := range append(objects(list(c, "items")), c) {
			if kind == compGallery && item["media"] == nil {
				continue
			}
			setDefault(item, "spoiler", false)
			if kind != compFile {
				setDefault(item, "description", nil)
			}
		}
	}
}

// mediaOf are the media objects of one component.
func mediaOf(c object) []object {
	var out []object
	for _, o := range append(objects(list(c, "items")), c) {
		for _, key := range []string{"media", "file"} {
			if media := child(o, key); media != nil {
				out = append(out, media)
			}
		}
	}
	return out
}

// tie replaces an attachment:// address by the file's id; the address is put
// in when the message is shown.
func (s *Server) tie(m *message, media object) {
	address := text(media, "url")
	name, ok := strings.CutPrefix(address, "attachment://")
	if !ok {
		clear(media)
		media["url"], media["proxy_url"] = address, address
		media["id"], media["width"], media["height"], media["content_type"] = s.ids.next(s.virtualNow()), nil, nil, nil
		return
	}
	clear(media)
	if a := m.attachment(name); a != nil {
		media["attachment_id"] = a.id
	}
}

// componentsJSON are the components with the addresses of their files.
func (m *message) componentsJSON(base string) []any {
	out, _ := clone(orEmpty(m.components)).([]any)
	walk(out, func(c object) {
		for _, media := range mediaOf(c) {
			id, tied := media["attachment_id"].(flake)
			if !tied {
				continue
			}
			for _, a := range m.attachments {
				if a.id == id {
					for key, v := range a.media(base) {
						media[key] = v
					}
					if kind, _ := number(c, "type"); kind == compFile {
						c["name"], c["size"] = a.name, len(a.content)
					}
				}
			}
		}
	})
	return out
}

// texts are all Text Displays, in order.
func (m *message) texts() []string {
	var out []string
	walk(m.components, func(c object) {
		if kind, _ := number(c, "type"); kind == compText {
			out = append(out, text(c, "content"))
		}
	})
	return out
}
