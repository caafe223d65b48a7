// Package check knows what Discord refuses: commands, messages, callbacks and
// modals, with their components, embeds and files. It is pure: it gets decoded
// JSON and returns a refusal, or nil. A bot meets it through the playground.
package check

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"unpinch/playground/wire"
)

// A Use is what a bot sends a message for.
type Use string

// The uses of messages that come by themselves, and those in a callback.
const (
	Post         Use = "create"
	Edit         Use = "edit"
	Followup     Use = "followup"
	FollowupEdit Use = "webhook_edit"

	answer Use = "callback"
	update Use = "update" // edits the message of the pressed component
)

// edits reports whether the use changes a message that exists.
func (u Use) edits() bool { return u == Edit || u == FollowupEdit || u == update }

// Message checks a message, and returns nil if Discord takes it. For an edit,
// current is the message before it, with every attachment that it has, also
// those that a V2 message doesn't list. files[n] is the name of the file
// uploaded as "files[n]", empty for a gap.
func Message(use Use, msg, current map[string]any, files []string) *wire.Refusal {
	return messageAt("", use, msg, current, files)
}

// messageAt checks a message that stands at a path of the body.
func messageAt(path string, use Use, msg, current map[string]any, files []string) *wire.Refusal {
	d := draft{
		form: form{obj: msg, path: path, t: &wire.FieldErrors{}}, use: use, current: current, files: files,
	}
	d.check()
	if r := wire.InvalidForm(d.t); r != nil {
		return r
	}
	if d.empty() {
		return wire.Refuse(http.StatusBadRequest, 50006, "Cannot send an empty message")
	}
	return nil
}

// A draft is a message under check.
type draft struct {
	form
	use     Use
	current map[string]any // the message before an edit
	files   []string       // uploads by number
	v2      bool           // the message is, or becomes, a V2 message
}

// after returns a field as it will be: as sent, or as it was.
func (d *draft) after(key string) any {
	if v, sent := d.obj[key]; sent || !d.use.edits() {
		return v
	}
	return d.current[key]
}

// check checks everything but emptiness.
func (d *draft) check() {
	d.flags()
	d.text("content", 0, 2000, optional)
	d.boolean("tts")
	d.nonce()
	d.mentions()
	d.unsupported()
	if d.v2 {
		d.legacy()
	}
	names := d.attachments()
	refs := d.embeds()
	l := layout{v2: d.v2, customIDs: map[string]bool{}}
	l.message(d.form)
	for _, ref := range append(refs, l.media...) {
		if !slices.Contains(names, ref.name) {
			d.t.Add(ref.path, "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND",
				fmt.Sprintf("The referenced attachment %q was not found", ref.name))
		}
	}
}

// flags checks the flags and learns whether the message is V2.
func (d *draft) flags() {
	was, _ := wire.Whole(d.current["flags"])
	wasV2 := d.use.edits() && was&wire.FlagComponentsV2 != 0
	v, ok := d.integer("flags", 0, 1<<31-1, optional)
	if !ok {
		d.v2 = wasV2
		return
	}
	d.v2 = v&wire.FlagComponentsV2 != 0
	if d.use.edits() {
		// Discord ignores other flags here, but this one stays for good.
		if wasV2 && !d.v2 {
			d.fail("flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG",
				"MessageFlags.IS_COMPONENTS_V2 cannot be removed from a message")
		}
		return
	}
	allowed := []int64{wire.FlagSuppressEmbeds, wire.FlagEphemeral, wire.FlagSuppressNotifications, wire.FlagComponentsV2}
	if d.use == Post {
		allowed = []int64{wire.FlagSuppressEmbeds, wire.FlagSuppressNotifications, wire.FlagComponentsV2}
	}
	d.form.bits("flags", v, allowed)
}

// bits refuses flags that may not be set here. Discord drops most of them without a
// word. The playground says so.
func (f form) bits(key string, v int64, allowed []int64) {
	for _, bit := range allowed {
		v &^= bit
	}
	if v != 0 {
		f.fail(key, "BASE_TYPE_CHOICES", "Value must be a sum of {"+numberList(allowed)+"}.")
	}
}

// nonce checks the nonce that guards against sending twice.
func (d *draft) nonce() {
	switch v := d.obj["nonce"].(type) {
	case nil:
	case string:
		if utf8.RuneCountInString(v) > 25 {
			d.fail("nonce", "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer characters long.")
		}
	default:
		if _, ok := wire.Whole(v); !ok {
			d.fail("nonce", "NONCE_TYPE_INVALID_TYPE", "This field must be a string or integer.")
		}
	}
	d.boolean("enforce_nonce")
}

// mentions checks the list of those who may be pinged.
func (d *draft) mentions() {
	f, ok := d.sub("allowed_mentions", optional)
	if !ok {
		return
	}
	parsed := map[string]bool{}
	for i, v := range f.list("parse", 0, 3, optional) {
		kind, _ := v.(string)
		at := "parse." + strconv.Itoa(i)
		switch {
		case !slices.Contains([]string{"users", "roles", "everyone"}, kind):
			f.fail(at, "BASE_TYPE_CHOICES", "Value must be one of {users, roles, everyone}.")
		case parsed[kind]:
			f.fail(at, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
		}
		parsed[kind] = true
	}
	for _, key := range []string{"users", "roles"} {
		ids := f.list(key, 0, 100, optional)
		for i, id := range ids {
			if !snowflake(id) {
				f.fail(key+"."+strconv.Itoa(i), "NUMBER_TYPE_COERCE", fmt.Sprintf("Value %q is not snowflake.", fmt.Sprint(id)))
			}
		}
		if parsed[key] && len(ids) > 0 {
			f.fail("", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
				fmt.Sprintf(`parse:["%s"] and %s: [ids...] are mutually exclusive.`, key, key))
		}
	}
	f.boolean("replied_user")
}

// unsupported refuses what the playground does not have.
func (d *draft) unsupported() {
	if d.has("poll") && !d.v2 {
		d.fail("poll", "PLAYGROUND_UNSUPPORTED", "The playground has no polls.")
	}
	if stickers := d.list("sticker_ids", 0, 3, optional); len(stickers) > 0 && !d.v2 {
		d.fail("sticker_ids", "PLAYGROUND_UNSUPPORTED", "The playground has no stickers.")
	}
}

// legacy refuses the fields that a V2 message cannot have, whether they are sent or
// left from before it became one.
func (d *draft) legacy() {
	for _, key := range []string{"content", "embeds", "poll", "sticker_ids"} {
		if !blank(d.after(key)) {
			d.fail(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
				fmt.Sprintf("The '%s' field cannot be used when using MessageFlags.IS_COMPONENTS_V2", key))
		}
	}
}

// blank reports whether a field's value says nothing.
func blank(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case bool:
		return !v
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	case json.Number:
		return v == "0"
	}
	return false
}

// empty reports whether the message would show nothing.
func (d *draft) empty() bool {
	if d.use == update && len(d.obj) == 0 {
		return false
	}
	if !blank(d.after("components")) {
		return false
	}
	if d.v2 {
		return true
	}
	content, _ := d.after("content").(string)
	return strings.TrimSpace(content) == "" && blank(d.after("embeds")) && !d.hasFiles()
}

// hasFiles reports whether the message will carry a file.
func (d *draft) hasFiles() bool {
	if d.has("attachments") || d.use.edits() {
		return !blank(d.after("attachments"))
	}
	return slices.ContainsFunc(d.files, func(name string) bool { return name != "" })
}
