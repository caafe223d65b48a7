package check

import (
	"fmt"

	"unpinch/playground/wire"
)

// What a V2 message may hold, nested or not.
const (
	maxComponents = 40
	maxText       = 4000
)

// A layout walks the components of one message or modal.
type layout struct {
	v2        bool
	customIDs map[string]bool
	count     int         // of components, nested or not
	size      int         // characters of all text displays
	media     []reference // files referred to
}

// message checks the components of a message.
func (l *layout) message(f form) {
	top, most := []int64{wire.ActionRow}, 5
	if l.v2 {
		top = []int64{wire.ActionRow, wire.Section, wire.TextDisplay, wire.MediaGallery, wire.File, wire.Separator, wire.Container}
		most = maxComponents
	}
	l.children(f, "components", 0, most, optional, top)
	if !l.v2 {
		return
	}
	if l.count > maxComponents {
		f.fail("components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
			fmt.Sprintf("Total number of components exceeds maximum of %d", maxComponents))
	}
	if l.size > maxText {
		f.fail("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
			fmt.Sprintf("Components displayable text size exceeds maximum size of %d", maxText))
	}
}

// children checks a list of components of the given types.
func (l *layout) children(f form, key string, min, max int, n need, types []int64) {
	for _, c := range f.forms(key, min, max, n) {
		l.component(c, types)
	}
}

// component checks one component and what is in it.
func (l *layout) component(f form, types []int64) {
	l.count++
	kind, ok := f.union(types...)
	if !ok {
		return
	}
	f.integer("id", 0, 1<<31-1, optional)
	switch kind {
	case wire.ActionRow:
		l.row(f)
	case wire.Button:
		l.button(f)
	case wire.StringSelect, wire.UserSelect, wire.RoleSelect, wire.MentionableSelect, wire.ChannelSelect:
		l.selectMenu(f, kind)
	case wire.TextInput:
		l.textInput(f)
	case wire.Section:
		l.section(f)
	case wire.TextDisplay:
		l.text(f)
	case wire.Thumbnail:
		l.picture(f)
	case wire.MediaGallery:
		l.gallery(f)
	case wire.File:
		l.file(f)
	case wire.Separator:
		f.choice("spacing", optional, 1, 2)
		f.boolean("divider")
	case wire.Container:
		l.container(f)
	case wire.Label:
		l.label(f)
	}
}

// row checks an action row: five buttons, or one select as wide as five.
func (l *layout) row(f form) {
	width := 0
	for _, c := range f.forms("components", 1, 5, needed) {
		l.component(c, []int64{wire.Button, wire.StringSelect, wire.UserSelect, wire.RoleSelect, wire.MentionableSelect, wire.ChannelSelect})
		if kind, _ := wire.Whole(c.obj["type"]); kind == wire.Button {
			width++
		} else {
			width += 5
		}
		if width > 5 {
			c.fail("", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")
		}
	}
}

// section checks texts beside a button or a picture.
func (l *layout) section(f form) {
	l.children(f, "components", 1, 3, needed, []int64{wire.TextDisplay})
	if c, ok := f.sub("accessory", needed); ok {
		l.component(c, []int64{wire.Button, wire.Thumbnail})
	}
}

// text checks a text display.
func (l *layout) text(f form) {
	s, _ := f.text("content", 1, maxText, needed)
	l.size += len([]rune(s))
}

// picture checks a thumbnail or an item of a gallery.
func (l *layout) picture(f form) {
	f.text("description", 1, 1024, optional)
	f.boolean("spoiler")
	if m, ok := f.sub("media", needed); ok {
		l.media = append(l.media, m.link("url", 2048, needed, "http", "https", "attachment")...)
	}
}

// gallery checks a media gallery.
func (l *layout) gallery(f form) {
	for _, item := range f.forms("items", 1, 10, needed) {
		l.picture(item)
	}
}

// file checks a file component, which can only show an attached file.
func (l *layout) file(f form) {
	f.boolean("spoiler")
	if m, ok := f.sub("file", needed); ok {
		l.media = append(l.media, m.link("url", 2048, needed, "attachment")...)
	}
}

// container checks a container.
func (l *layout) container(f form) {
	f.integer("accent_color", 0, 0xFFFFFF, optional)
	f.boolean("spoiler")
	l.children(f, "components", 1, maxComponents, needed,
		[]int64{wire.ActionRow, wire.Section, wire.TextDisplay, wire.MediaGallery, wire.File, wire.Separator})
}

// customID checks that a component has an id of its own.
func (l *layout) customID(f form) {
	id, ok := f.text("custom_id", 1, 100, needed)
	if ok && l.customIDs[id] {
		f.fail("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
	}
	l.customIDs[id] = true
}
