package openapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Message flags.
const (
	flagEphemeral = 1 << 6
	flagV2        = 1 << 15
)

// Limits of a message, in characters but for the last.
const (
	maxContent    = 2000
	maxEmbeds     = 6000
	maxTexts      = 4000
	maxComponents = 40
)

// newMessage judges a message that does not exist yet, so that nothing it
// needs can be there already.
func (f *faults) newMessage(at string, m map[string]any, files map[string]string) {
	f.message(at, m, files)
	if empty(m) && len(files) == 0 {
		f.add(at, "the message is empty")
	}
	if enforce, _ := m["enforce_nonce"].(bool); enforce && m["nonce"] == nil {
		f.add(join(at, "enforce_nonce"), "there is no nonce")
	}
	for i, a := range array(m["attachments"]) {
		if id := text(object(a)["id"]); files[id] == "" {
			f.add(item(at, "attachments", i), "no file files[%s] comes with it", id)
		}
	}
	if number(m["flags"])&flagV2 != 0 {
		return
	}
	for i, c := range array(m["components"]) {
		if t := number(object(c)["type"]); t != componentRow {
			f.add(item(at, "components", i), "type %d needs the flag IS_COMPONENTS_V2", t)
		}
	}
}

func empty(m map[string]any) bool {
	for _, key := range []string{"embeds", "components", "sticker_ids"} {
		if len(array(m[key])) > 0 {
			return false
		}
	}
	return text(m["content"]) == "" && m["poll"] == nil && m["message_reference"] == nil
}

// message judges a message, new or edited.
func (f *faults) message(at string, m map[string]any, files map[string]string) {
	if n := utf8.RuneCountInString(text(m["content"])); n > maxContent {
		f.add(join(at, "content"), "%d characters, the most is %d", n, maxContent)
	}
	if number(m["flags"])&flagV2 != 0 {
		for _, key := range []string{"content", "embeds", "poll", "sticker_ids"} {
			if m[key] != nil {
				f.add(join(at, key), "not allowed with the flag IS_COMPONENTS_V2")
			}
		}
	}
	f.embeds(at, array(m["embeds"]))
	f.components(at, array(m["components"]), files)
	f.attachments(at, m, files)
	f.mentions(join(at, "allowed_mentions"), object(m["allowed_mentions"]))
}

func (f *faults) embeds(at string, embeds []any) {
	total := 0
	for i, e := range embeds {
		e := object(e)
		total += length(e, "title") + length(e, "description") +
			length(object(e["footer"]), "text") + length(object(e["author"]), "name")
		for j, field := range array(e["fields"]) {
			field := object(field)
			total += length(field, "name") + length(field, "value")
			for _, key := range []string{"name", "value"} {
				if strings.TrimSpace(text(field[key])) == "" {
					f.add(item(item(at, "embeds", i), "fields", j), "%s is empty", key)
				}
			}
		}
	}
	if total > maxEmbeds {
		f.add(join(at, "embeds"), "%d characters in all, the most is %d", total, maxEmbeds)
	}
}

// attachments checks that every uploaded file is listed, under its own name:
// Discord drops unlisted ones on an edit.
func (f *faults) attachments(at string, m map[string]any, files map[string]string) {
	listed := map[string]bool{}
	for i, a := range array(m["attachments"]) {
		a := object(a)
		id, name := text(a["id"]), text(a["filename"])
		if listed[id] {
			f.add(item(at, "attachments", i), "id %s is listed twice", id)
		}
		listed[id] = true
		if file := files[id]; file != "" && name != "" && name != file {
			f.add(item(at, "attachments", i), "filename %q, but files[%s] is %q", name, id, file)
		}
	}
	for _, n := range slices.Sorted(maps.Keys(files)) {
		if !listed[n] {
			f.add(join(at, "attachments"), "files[%s] is not listed", n)
		}
	}
}

// mentions refuses to name people or roles and to parse them all as well.
func (f *faults) mentions(at string, m map[string]any) {
	parse := array(m["parse"])
	for _, key := range []string{"users", "roles"} {
		if slices.Contains(parse, any(key)) && len(array(m[key])) > 0 {
			f.add(at, "%s are both parsed and listed", key)
		}
	}
}

func length(m map[string]any, key string) int { return utf8.RuneCountInString(text(m[key])) }

func join(at, key string) string {
	if at == "" {
		return key
	}
	return at + "." + key
}

func item(at, key string, i int) string { return fmt.Sprintf("%s[%d]", join(at, key), i) }
