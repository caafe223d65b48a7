package check

import (
	"fmt"
	"slices"
	"strings"

	"unpinch/playground/wire"
)

// button checks a button: a link, or one that reports its custom id.
func (l *layout) button(f form) {
	f.boolean("disabled")
	style, ok := f.choice("style", needed, 1, 2, 3, 4, wire.StyleLink)
	if !ok {
		return
	}
	_, labelled := f.text("label", 0, 80, optional)
	if blank(f.obj["emoji"]) && blank(f.obj["label"]) && (labelled || !f.has("label")) {
		f.required("label")
	}
	l.emoji(f)
	switch {
	case style == wire.StyleLink && !blank(f.obj["custom_id"]):
		f.fail("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
	case style != wire.StyleLink && !blank(f.obj["url"]):
		f.fail("url", "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
	case style == wire.StyleLink && blank(f.obj["url"]):
		f.fail("url", "BUTTON_COMPONENT_URL_REQUIRED", "A url is required")
	case style != wire.StyleLink && !f.has("custom_id"):
		f.fail("custom_id", "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", "A custom id is required")
	}
	if style == wire.StyleLink {
		f.link("url", 512, optional, "http", "https", "discord")
	} else if f.has("custom_id") {
		l.customID(f)
	}
}

// emoji checks an emoji, given by id or as itself. Discord refuses a whole message
// for one that it cannot read.
func (l *layout) emoji(f form) {
	e, ok := f.sub("emoji", optional)
	if !ok {
		return
	}
	if e.has("id") {
		if !snowflake(e.obj["id"]) {
			e.fail("id", "COMPONENT_INVALID_EMOJI", "Invalid emoji")
		}
		return
	}
	name, _ := e.obj["name"].(string)
	symbol := func(r rune) bool { return r > 0xA8 } // the first of Unicode's emoji is ©
	if !strings.ContainsFunc(name, symbol) || strings.ContainsAny(name, ": abcdefghijklmnopqrstuvwxyz") {
		e.fail("name", "COMPONENT_INVALID_EMOJI", "Invalid emoji")
	}
}

// selectMenu checks a select of any kind.
func (l *layout) selectMenu(f form, kind int64) {
	l.customID(f)
	f.text("placeholder", 0, 150, optional)
	f.boolean("disabled")
	f.boolean("required")
	low, high := int64(1), int64(1)
	if v, ok := f.integer("min_values", 0, 25, optional); ok {
		low = v
	}
	if v, ok := f.integer("max_values", 1, 25, optional); ok {
		high = v
	}
	if low > high {
		f.within("min_values", low, 0, high)
	}
	if kind == wire.StringSelect {
		l.selectOptions(f, high)
		return
	}
	if kind == wire.ChannelSelect {
		f.set("channel_types", 0, channelTypes...)
	}
	l.selectDefaults(f, kind, high)
}

// selectOptions checks the options of a string select.
func (l *layout) selectOptions(f form, high int64) {
	options := f.forms("options", 1, 25, needed)
	if n := len(options); n > 0 && int64(n) < high {
		f.length("options", n, int(high), 25)
	}
	seen, defaults := map[string]bool{}, int64(0)
	for _, o := range options {
		o.text("label", 1, 100, needed)
		o.text("description", 0, 100, optional)
		l.emoji(o)
		if o.boolean("default") {
			defaults++
		}
		value, ok := o.text("value", 1, 100, needed)
		if ok && seen[value] {
			o.fail("", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		}
		seen[value] = true
	}
	if defaults > high {
		f.fail("options", "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
			"The specified number of default values exceeds the specified maximum values")
	}
}

// selectDefaults checks what is chosen beforehand in a select of users, roles or
// channels.
func (l *layout) selectDefaults(f form, kind, high int64) {
	types := map[int64][]string{
		wire.UserSelect: {"user"}, wire.RoleSelect: {"role"}, wire.ChannelSelect: {"channel"}, wire.MentionableSelect: {"user", "role"},
	}[kind]
	values := f.forms("default_values", 0, 25, optional)
	for _, v := range values {
		if s, ok := v.text("type", 1, 10, needed); ok && !slices.Contains(types, s) {
			v.fail("type", "BASE_TYPE_CHOICES", "Value must be one of {"+strings.Join(types, ", ")+"}.")
		}
		if !snowflake(v.obj["id"]) {
			v.fail("id", "NUMBER_TYPE_COERCE", fmt.Sprintf("Value %q is not snowflake.", fmt.Sprint(v.obj["id"])))
		}
	}
	if int64(len(values)) > high {
		f.fail("default_values", "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES",
			"The specified number of default values exceeds the specified maximum values")
	}
}
