package check

import "unpinch/playground/wire"

// modal checks the form that a callback of type 9 opens.
func (f form) modal() {
	f.text("custom_id", 1, 100, needed)
	f.text("title", 1, 45, needed)
	l := layout{customIDs: map[string]bool{}}
	for _, c := range f.forms("components", 1, 5, needed) {
		kind, ok := c.union(wire.ActionRow, wire.TextDisplay, wire.Label)
		switch {
		case !ok:
		case kind == wire.ActionRow:
			l.inputRow(c)
		default:
			l.component(c, []int64{wire.TextDisplay, wire.Label})
		}
	}
}

// inputRow checks an action row in a modal: one text input with its own label.
func (l *layout) inputRow(f form) {
	for i, c := range f.forms("components", 1, 5, needed) {
		l.component(c, []int64{wire.TextInput})
		if kind, _ := wire.Whole(c.obj["type"]); kind == wire.TextInput {
			c.text("label", 1, 45, needed)
		}
		if i > 0 {
			c.fail("", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")
		}
	}
}

// label checks a label with the input that it names. It refuses file uploads, radio
// buttons and checkboxes, which the playground does not have.
func (l *layout) label(f form) {
	f.text("label", 1, 45, needed)
	f.text("description", 1, 100, optional)
	if c, ok := f.sub("component", needed); ok {
		l.component(c, []int64{wire.StringSelect, wire.TextInput, wire.UserSelect, wire.RoleSelect, wire.MentionableSelect, wire.ChannelSelect})
	}
}

// textInput checks a text input.
func (l *layout) textInput(f form) {
	l.customID(f)
	f.choice("style", needed, 1, 2)
	f.text("placeholder", 0, 100, optional)
	f.text("value", 0, 4000, optional)
	f.boolean("required")
	low, okLow := f.integer("min_length", 0, 4000, optional)
	high, okHigh := f.integer("max_length", 1, 4000, optional)
	if okLow && okHigh {
		f.within("min_length", low, 0, high)
	}
}
