package check

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"unpinch/playground/wire"
)

// A limitTest is a field of a command, message or modal; the body has "$" where
// its value stands.
type limitTest struct {
	name      string
	kind      string // what the body is
	body      string
	low, high int // least and most, of a number or of a text's length
}

// refused reports whether the body is refused with a value in its place.
func (tt limitTest) refused(t *testing.T, value string) bool {
	t.Helper()
	body := parse[map[string]any](t, strings.ReplaceAll(tt.body, "$", value))
	switch tt.kind {
	case "command":
		return Command(Global, body) != nil
	case "modal":
		return Callback(wire.CommandInteraction, false, map[string]any{"type": 9, "data": body}, nil, nil) != nil
	case "choices":
		return Callback(wire.AutocompleteInteraction, false, map[string]any{"type": 8, "data": body}, nil, nil) != nil
	}
	return Message(Post, body, nil, []string{"a.png"}) != nil
}

// Bodies with one thing in them.
const (
	limitCommand = `{"name":"n","description":"d","options":[{"type":%s}]}`
	limitV2      = `{"flags":32768,"components":[%s]}`
	limitSelect  = `{"content":"x","components":[{"type":1,"components":[%s]}]}`
	limitEmbed   = `{"embeds":[{"title":"x",%s}]}`
	limitModal   = `{"custom_id":"m","title":"t","components":[%s]}`
	limitInput   = `{"custom_id":"m","title":"t","components":[{"type":18,"label":"l","component":{"type":4,"custom_id":"i","style":1,%s}}]}`
)

func with(frame, inner string) string { return fmt.Sprintf(frame, inner) }

func TestTextLimits(t *testing.T) {
	for _, tt := range []limitTest{
		{"a user command's name", "command", `{"type":2,"name":"$"}`, 1, 32},
		{"a translated user command's name", "command", `{"type":2,"name":"n","name_localizations":{"de":"$"}}`, 1, 32},
		{"a translated name", "command", `{"name":"n","description":"d","name_localizations":{"de":"$"}}`, 1, 32},
		{"a translated description", "command", `{"name":"n","description":"d","description_localizations":{"es-419":"$"}}`, 1, 100},
		{"an option's name", "command", with(limitCommand, `3,"name":"$","description":"d"`), 1, 32},
		{"an option's translated name", "command", with(limitCommand, `3,"name":"n","description":"d","name_localizations":{"de":"$"}`), 1, 32},
		{"an option's description", "command", with(limitCommand, `3,"name":"n","description":"$"`), 1, 100},
		{"an option's translated description", "command", with(limitCommand, `3,"name":"n","description":"d","description_localizations":{"de":"$"}`), 1, 100},
		{"a choice's name", "command", with(limitCommand, `3,"name":"n","description":"d","choices":[{"name":"$","value":"v"}]`), 1, 100},
		{"a choice's translated name", "command", with(limitCommand, `3,"name":"n","description":"d","choices":[{"name":"n","value":"v","name_localizations":{"de":"$"}}]`), 1, 100},
		{"a choice's value", "command", with(limitCommand, `3,"name":"n","description":"d","choices":[{"name":"n","value":"$"}]`), 1, 100},
		{"a suggestion's name", "choices", `{"choices":[{"name":"$","value":"v"}]}`, 1, 100},
		{"a suggestion's translated name", "choices", `{"choices":[{"name":"n","value":"v","name_localizations":{"de":"$"}}]}`, 1, 100},
		{"a suggestion's value", "choices", `{"choices":[{"name":"n","value":"$"}]}`, 1, 100},
		{"an embed's author", "message", with(limitEmbed, `"author":{"name":"$"}`), 1, 256},
		{"an embed's field", "message", with(limitEmbed, `"fields":[{"name":"$","value":"v"}]`), 1, 256},
		{"an embed's field's value", "message", with(limitEmbed, `"fields":[{"name":"n","value":"$"}]`), 1, 1024},
		{"a file's name", "message", `{"content":"x","attachments":[{"id":0,"filename":"$"}]}`, 1, 1024},
		{"a thumbnail's description", "message", with(limitV2, `{"type":9,"components":[{"type":10,"content":"x"}],"accessory":{"type":11,"media":{"url":"https://a.b"},"description":"$"}}`), 1, 1024},
		{"a select's custom id", "message", with(limitSelect, `{"type":5,"custom_id":"$"}`), 1, 100},
		{"a modal's custom id", "modal", `{"custom_id":"$","title":"t","components":[{"type":10,"content":"x"}]}`, 1, 100},
		{"a modal's title", "modal", `{"custom_id":"m","title":"$","components":[{"type":10,"content":"x"}]}`, 1, 45},
		{"a label", "modal", with(limitModal, `{"type":18,"label":"$","component":{"type":4,"custom_id":"i","style":1}}`), 1, 45},
		{"a label's description", "modal", with(limitModal, `{"type":18,"label":"l","description":"$","component":{"type":4,"custom_id":"i","style":1}}`), 1, 100},
		{"a text input's label", "modal", with(limitModal, `{"type":1,"components":[{"type":4,"custom_id":"i","style":1,"label":"$"}]}`), 1, 45},
		{"a text input's custom id", "modal", with(limitModal, `{"type":18,"label":"l","component":{"type":4,"custom_id":"$","style":1}}`), 1, 100},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for length, want := range map[int]bool{tt.low - 1: true, tt.low: false, tt.high: false, tt.high + 1: true} {
				if got := tt.refused(t, letters(length)); got != want {
					t.Errorf("%d characters refused: %t, want %t", length, got, want)
				}
			}
		})
	}
}

func TestNumberLimits(t *testing.T) {
	for _, tt := range []limitTest{
		{"permissions", "command", `{"name":"n","description":"d","default_member_permissions":$}`, 0, maxPermissions},
		{"the least length of an option", "command", with(limitCommand, `3,"name":"n","description":"d","min_length":$`), 0, 6000},
		{"the most length of an option", "command", with(limitCommand, `3,"name":"n","description":"d","max_length":$`), 1, 6000},
		{"flags", "message", `{"content":"x","flags":$}`, 4, 4},
		{"an embed's colour", "message", with(limitEmbed, `"color":$`), 0, 0xFFFFFF},
		{"a container's colour", "message", with(limitV2, `{"type":17,"accent_color":$,"components":[{"type":10,"content":"x"}]}`), 0, 0xFFFFFF},
		{"a separator's spacing", "message", with(limitV2, `{"type":14,"spacing":$}`), 1, 2},
		{"a component's id", "message", with(limitV2, `{"type":14,"id":$}`), 0, 1<<31 - 1},
		{"the least of a select", "message", with(limitSelect, `{"type":5,"custom_id":"a","max_values":25,"min_values":$}`), 0, 25},
		{"the most of a select", "message", with(limitSelect, `{"type":5,"custom_id":"a","min_values":0,"max_values":$}`), 1, 25},
		{"the most of three options", "message", with(limitSelect, `{"type":3,"custom_id":"a","max_values":$,"options":[`+copies(3, `{"label":"%d","value":"%d"}`)+`]}`), 1, 3},
		{"a text input's style", "modal", with(limitModal, `{"type":18,"label":"l","component":{"type":4,"custom_id":"i","style":$}}`), 1, 2},
		{"the least length of an input", "modal", with(limitInput, `"min_length":$`), 0, 4000},
		{"the most length of an input", "modal", with(limitInput, `"max_length":$`), 1, 4000},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for value, want := range map[int]bool{tt.low - 1: true, tt.low: false, tt.high: false, tt.high + 1: true} {
				if got := tt.refused(t, strconv.Itoa(value)); got != want {
					t.Errorf("%d refused: %t, want %t", value, got, want)
				}
			}
		})
	}
}

func TestFieldKinds(t *testing.T) {
	const yes, address = `true`, `"https://example.org/a.png"`
	for _, tt := range []struct {
		limitTest
		right, wrong string
	}{
		{limitTest{name: "dm_permission", kind: "command", body: `{"name":"n","description":"d","dm_permission":$}`}, yes, `"yes"`},
		{limitTest{name: "nsfw", kind: "command", body: `{"name":"n","description":"d","nsfw":$}`}, yes, `1`},
		{limitTest{name: "required", kind: "command", body: with(limitCommand, `3,"name":"n","description":"d","required":$`)}, yes, `"true"`},
		{limitTest{name: "max_length", kind: "command", body: with(limitCommand, `$,"name":"n","description":"d","max_length":4`)}, `3`, `4`},
		{limitTest{name: "max_value", kind: "command", body: with(limitCommand, `$,"name":"n","description":"d","max_value":4`)}, `4`, `3`},
		{limitTest{name: "replied_user", body: `{"content":"x","allowed_mentions":{"replied_user":$}}`}, yes, `1`},
		{limitTest{name: "inline", body: with(limitEmbed, `"fields":[{"name":"n","value":"v","inline":$}]`)}, yes, `1`},
		{limitTest{name: "a footer's icon", body: with(limitEmbed, `"footer":{"text":"x","icon_url":$}`)}, address, `"a.png"`},
		{limitTest{name: "an author's address", body: with(limitEmbed, `"author":{"name":"x","url":$}`)}, address, `"attachment://a.png"`},
		{limitTest{name: "an author's icon", body: with(limitEmbed, `"author":{"name":"x","icon_url":$}`)}, `"attachment://a.png"`, `"a.png"`},
		{limitTest{name: "divider", body: with(limitV2, `{"type":14,"divider":$}`)}, yes, `1`},
		{limitTest{name: "a container's spoiler", body: with(limitV2, `{"type":17,"spoiler":$,"components":[{"type":14}]}`)}, yes, `1`},
		{limitTest{name: "a file's spoiler", body: with(limitV2, `{"type":13,"spoiler":$,"file":{"url":"attachment://a.png"}}`)}, yes, `1`},
		{limitTest{name: "a picture's spoiler", body: with(limitV2, `{"type":12,"items":[{"spoiler":$,"media":{"url":"attachment://a.png"}}]}`)}, yes, `1`},
		{limitTest{name: "a thumbnail", body: with(limitV2, `{"type":9,"components":[{"type":10,"content":"x"}],"accessory":{"type":11,"media":{"url":$}}}`)}, address, `"a.png"`},
		{limitTest{name: "a button's disabled", body: with(limitSelect, `{"type":2,"style":1,"label":"x","custom_id":"a","disabled":$}`)}, yes, `1`},
		{limitTest{name: "a select's disabled", body: with(limitSelect, `{"type":5,"custom_id":"a","disabled":$}`)}, yes, `1`},
		{limitTest{name: "a select's required", body: with(limitSelect, `{"type":5,"custom_id":"a","required":$}`)}, yes, `1`},
		{limitTest{name: "an option's emoji", body: with(limitSelect, `{"type":3,"custom_id":"a","options":[{"label":"x","value":"y","emoji":{"name":$}}]}`)}, `"🧘"`, `"calm"`},
		{limitTest{name: "an input's required", kind: "modal", body: with(limitInput, `"required":$`)}, yes, `1`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.refused(t, tt.right) {
				t.Errorf("%s refused", tt.right)
			}
			if !tt.refused(t, tt.wrong) {
				t.Errorf("%s accepted", tt.wrong)
			}
		})
	}
}

// Discord reads every type of channel that it has.
func TestChannelTypes(t *testing.T) {
	for kind := range 20 {
		body := fmt.Sprintf(with(limitCommand, `7,"name":"n","description":"d","channel_types":[%d]`), kind)
		got := Command(Global, parse[map[string]any](t, body)) == nil
		if want := kind <= 5 || kind >= 10 && kind <= 16; got != want {
			t.Errorf("channel type %d accepted: %t, want %t", kind, got, want)
		}
	}
}
