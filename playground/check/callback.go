package check

import (
	"fmt"

	"unpinch/playground/wire"
)

// callbackTypes returns the answers that an interaction can get.
func callbackTypes(interactionType int, fromComponent bool) []int64 {
	switch {
	case interactionType == wire.AutocompleteInteraction:
		return []int64{wire.AutocompleteCallback}
	case interactionType == wire.ComponentInteraction:
		return []int64{wire.MessageCallback, wire.DeferCallback, wire.DeferUpdateCallback, wire.UpdateCallback, wire.ModalCallback}
	case interactionType == wire.ModalInteraction && fromComponent:
		return []int64{wire.MessageCallback, wire.DeferCallback, wire.DeferUpdateCallback, wire.UpdateCallback}
	case interactionType == wire.ModalInteraction:
		return []int64{wire.MessageCallback, wire.DeferCallback}
	}
	return []int64{wire.MessageCallback, wire.DeferCallback, wire.ModalCallback}
}

// Callback checks the body of an interaction callback, and returns nil if
// Discord takes it. fromComponent says that a component of a message opened the
// modal; current is the message that a callback of type 7 would change, nil for
// none; files are as those of Message.
func Callback(interactionType int, fromComponent bool, body, current map[string]any, files []string) *wire.Refusal {
	f := form{obj: body, t: &wire.FieldErrors{}}
	kind, ok := f.choice("type", needed, callbackTypes(interactionType, fromComponent)...)
	if !ok {
		return wire.InvalidForm(f.t)
	}
	data, ok := f.sub("data", need(kind == wire.AutocompleteCallback || kind == wire.ModalCallback))
	if !f.t.Empty() {
		return wire.InvalidForm(f.t)
	}
	if !ok {
		data = form{obj: map[string]any{}, path: "data", t: f.t}
	}
	switch kind {
	case wire.MessageCallback:
		return messageAt("data", answer, data.obj, nil, files)
	case wire.UpdateCallback:
		return messageAt("data", update, data.obj, current, files)
	case wire.DeferCallback:
		data.deferral(len(files) > 0)
	case wire.AutocompleteCallback:
		data.autocomplete()
	case wire.ModalCallback:
		data.modal()
	}
	return wire.InvalidForm(f.t)
}

// deferral checks the data of a deferred answer, which can only be EPHEMERAL.
// Discord drops everything else without a word, and a bot that set the V2 flag here
// fails later, at its edit. The playground says so now.
func (f form) deferral(hasFiles bool) {
	if v, ok := f.integer("flags", 0, 1<<31-1, optional); ok {
		f.bits("flags", v, []int64{wire.FlagEphemeral})
	}
	for _, key := range []string{"content", "embeds", "components", "attachments", "poll"} {
		if !blank(f.obj[key]) || key == "attachments" && hasFiles {
			f.fail(key, "BASE_TYPE_UNKNOWN", "A deferred answer takes flags only.")
		}
	}
}

// autocomplete checks the choices that somebody is offered while typing.
func (f form) autocomplete() {
	if !f.has("choices") {
		f.required("choices")
		return
	}
	text := false
	for i, c := range f.forms("choices", 0, 25, needed) {
		c.text("name", 1, 100, needed)
		c.localized("name_localizations", 100)
		v := c.obj["value"]
		if i == 0 {
			text = isString(v)
		}
		switch {
		case !c.has("value"):
			c.required("value")
		case !isString(v) && !isNumber(v), isString(v) != text:
			c.fail("value", "STRING_TYPE_CONVERT", fmt.Sprintf("Could not interpret %q as %s.", fmt.Sprint(v), kindName(text)))
		case text:
			c.text("value", 1, 100, needed)
		}
	}
}

// kindName names what the value of a choice has to be.
func kindName(text bool) string {
	if text {
		return "string"
	}
	return "number"
}
