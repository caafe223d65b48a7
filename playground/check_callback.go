package playground

import "fmt"

// Types of interactions that the playground sends.
const (
	commandInteraction      = 2
	componentInteraction    = 3
	autocompleteInteraction = 4
	modalInteraction        = 5
)

// Types of callbacks.
const (
	callbackMessage      = 4
	callbackDefer        = 5
	callbackDeferUpdate  = 6
	callbackUpdate       = 7
	callbackAutocomplete = 8
	callbackModal        = 9
)

// callbackTypes are the answers that an interaction can get.
func callbackTypes(interactionType int, fromComponent bool) []int64 {
	switch {
	case interactionType == autocompleteInteraction:
		return []int64{callbackAutocomplete}
	case interactionType == componentInteraction:
		return []int64{callbackMessage, callbackDefer, callbackDeferUpdate, callbackUpdate, callbackModal}
	case interactionType == modalInteraction && fromComponent:
		return []int64{callbackMessage, callbackDefer, callbackDeferUpdate, callbackUpdate}
	case interactionType == modalInteraction:
		return []int64{callbackMessage, callbackDefer}
	}
	return []int64{callbackMessage, callbackDefer, callbackModal}
}

// checkCallback checks the body of an interaction callback. fromComponent
// tells that a modal was opened by a component of a message; current is the
// message that a type 7 would change (nil otherwise); files are as in
// checkMessage.
func checkCallback(interactionType int, fromComponent bool, body, current map[string]any, files []string) *refusal {
	f := form{obj: body, t: &errorTree{}}
	kind, ok := f.choice("type", needed, callbackTypes(interactionType, fromComponent)...)
	if !ok {
		return invalidForm(f.t)
	}
	data, ok := f.sub("data", need(kind == callbackAutocomplete || kind == callbackModal))
	if !f.t.empty() {
		return invalidForm(f.t)
	}
	if !ok {
		data = form{obj: map[string]any{}, path: "data", t: f.t}
	}
	switch kind {
	case callbackMessage:
		return checkMessageAt("data", "callback", data.obj, nil, files)
	case callbackUpdate:
		return checkMessageAt("data", "update", data.obj, current, files)
	case callbackDefer:
		data.deferral(len(files) > 0)
	case callbackAutocomplete:
		data.autocomplete()
	case callbackModal:
		data.modal()
	}
	return invalidForm(f.t)
}

// deferral checks the data of a deferred answer, which can only be EPHEMERAL.
// Discord drops everything else without a word, and a bot that set the V2 flag
// here fails later, at its edit; the playground says so now.
func (f form) deferral(hasFiles bool) {
	if v, ok := f.integer("flags", 0, 1<<31-1, optional); ok {
		f.bits("flags", v, []int64{flagEphemeral})
	}
	for _, key := range []string{"content", "embeds", "components", "attachments", "poll"} {
		if !blank(f.obj[key]) || key == "attachments" && hasFiles {
			f.fail(key, "BASE_TYPE_UNKNOWN", "A deferred answer takes flags only.")
		}
	}
}

// autocomplete checks the choices offered while somebody types.
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

// kindName is what the value of a choice has to be.
func kindName(text bool) string {
	if text {
		return "string"
	}
	return "number"
}
