package check

import (
	"fmt"
	"slices"
	"testing"

	"unpinch/playground/wire"
)

func TestCallbackTypes(t *testing.T) {
	// A body that is right for each type, so that only the type can be wrong.
	bodies := map[int]string{
		1: `{"type":1}`, 4: `{"type":4,"data":{"content":"x"}}`, 5: `{"type":5}`, 6: `{"type":6}`, 7: `{"type":7,"data":{"content":"x"}}`,
		8: `{"type":8,"data":{"choices":[]}}`, 10: `{"type":10}`,
		9: `{"type":9,"data":{"custom_id":"a","title":"b","components":[{"type":1,"components":[{"type":4,"custom_id":"c","style":1,"label":"d"}]}]}}`,
	}
	tests := []struct {
		name          string
		interaction   int
		fromComponent bool
		allowed       []int
	}{
		{"command", wire.CommandInteraction, false, []int{4, 5, 9}},
		{"component", wire.ComponentInteraction, false, []int{4, 5, 6, 7, 9}},
		{"autocomplete", wire.AutocompleteInteraction, false, []int{8}},
		{"modal of a command", wire.ModalInteraction, false, []int{4, 5}},
		{"modal of a component", wire.ModalInteraction, true, []int{4, 5, 6, 7}},
	}
	for _, tt := range tests {
		for kind, body := range bodies {
			t.Run(fmt.Sprintf("%s/%d", tt.name, kind), func(t *testing.T) {
				r := Callback(tt.interaction, tt.fromComponent, parse[map[string]any](t, body), nil, nil)
				if slices.Contains(tt.allowed, kind) {
					wantFaults(t, r)
				} else {
					wantFaults(t, r, "type BASE_TYPE_CHOICES")
				}
			})
		}
	}
}

func TestCallback(t *testing.T) {
	v2 := `{"flags":32768,"components":[{"type":10,"content":"x"}],"attachments":[]}`
	tests := []struct {
		name        string
		interaction int
		body        string
		files       []string
		want        []string
	}{
		{"no type", wire.CommandInteraction, `{"data":{"content":"x"}}`, nil, []string{"type BASE_TYPE_REQUIRED"}},
		{"a word for a type", wire.CommandInteraction, `{"type":"modal"}`, nil, []string{"type NUMBER_TYPE_COERCE"}},
		{"no message", wire.CommandInteraction, `{"type":4}`, nil, []string{"50006"}},
		{"data that is a list", wire.CommandInteraction, `{"type":4,"data":[]}`, nil, []string{"data MODEL_TYPE_CONVERT"}},
		{"a fault in the message", wire.CommandInteraction, `{"type":4,"data":{"content":"` + letters(2001) + `"}}`, nil, []string{"data.content BASE_TYPE_MAX_LENGTH"}},
		{"a button twice", wire.CommandInteraction, `{"type":4,"data":{"components":[{"type":1,"components":[
			{"type":2,"style":1,"label":"x","custom_id":"a"},{"type":2,"style":1,"label":"x","custom_id":"a"}]}]}}`, nil,
			[]string{"data.components.0.components.1.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"}},
		{"a picture", wire.CommandInteraction, `{"type":4,"data":{"flags":32768,"attachments":[{"id":0}],
			"components":[{"type":12,"items":[{"media":{"url":"attachment://a.png"}}]}]}}`, []string{"a.png"}, nil},
		{"a private deferral", wire.CommandInteraction, `{"type":5,"data":{"flags":64}}`, nil, nil},
		{"a deferral with empty fields", wire.CommandInteraction, `{"type":5,"data":{"flags":0,"content":"","embeds":null,"components":null,"tts":false}}`, nil, nil},
		{"a V2 deferral", wire.CommandInteraction, `{"type":5,"data":{"flags":32768}}`, nil, []string{"data.flags BASE_TYPE_CHOICES"}},
		{"a silent deferral", wire.CommandInteraction, `{"type":5,"data":{"flags":4160}}`, nil, []string{"data.flags BASE_TYPE_CHOICES"}},
		{"a deferral with words", wire.CommandInteraction, `{"type":5,"data":{"content":"x"}}`, nil, []string{"data.content BASE_TYPE_UNKNOWN"}},
		{"a deferral with a file", wire.CommandInteraction, `{"type":5}`, []string{"a.png"}, []string{"data.attachments BASE_TYPE_UNKNOWN"}},
		{"an update of nothing", wire.ComponentInteraction, `{"type":7}`, nil, nil},
		{"an update", wire.ComponentInteraction, `{"type":7,"data":{"components":[{"type":10,"content":"y"}]}}`, nil, nil},
		{"an update that drops V2", wire.ComponentInteraction, `{"type":7,"data":{"flags":0}}`, nil,
			[]string{"data.flags MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG"}},
		{"an update with words", wire.ComponentInteraction, `{"type":7,"data":{"content":"y"}}`, nil,
			[]string{"data.content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := Callback(tt.interaction, false, parse[map[string]any](t, tt.body), parse[map[string]any](t, v2), tt.files)
			wantFaults(t, r, tt.want...)
		})
	}
}

func TestAutocomplete(t *testing.T) {
	tests := []struct {
		name, data string
		want       []string
	}{
		{"none", `{"choices":[]}`, nil},
		{"words", `{"choices":[{"name":"a","value":"b"},{"name":"c","value":"d"}]}`, nil},
		{"numbers", `{"choices":[{"name":"a","value":1},{"name":"c","value":2.5}]}`, nil},
		{"no list", `{}`, []string{"data.choices BASE_TYPE_REQUIRED"}},
		{"null", `{"choices":null}`, []string{"data.choices BASE_TYPE_REQUIRED"}},
		{"25", `{"choices":[` + copies(25, `{"name":"a%d","value":"b"}`) + `]}`, nil},
		{"26", `{"choices":[` + copies(26, `{"name":"a%d","value":"b"}`) + `]}`, []string{"data.choices BASE_TYPE_MAX_LENGTH"}},
		{"no name", `{"choices":[{"name":"","value":"b"}]}`, []string{"data.choices.0.name BASE_TYPE_BAD_LENGTH"}},
		{"a name of 101", `{"choices":[{"name":"` + letters(101) + `","value":"b"}]}`, []string{"data.choices.0.name BASE_TYPE_BAD_LENGTH"}},
		{"a value of 101", `{"choices":[{"name":"a","value":"` + letters(101) + `"}]}`, []string{"data.choices.0.value BASE_TYPE_BAD_LENGTH"}},
		{"no value", `{"choices":[{"name":"a"}]}`, []string{"data.choices.0.value BASE_TYPE_REQUIRED"}},
		{"a boolean", `{"choices":[{"name":"a","value":true}]}`, []string{"data.choices.0.value STRING_TYPE_CONVERT"}},
		{"words and numbers", `{"choices":[{"name":"a","value":"b"},{"name":"c","value":1}]}`, []string{"data.choices.1.value STRING_TYPE_CONVERT"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := parse[map[string]any](t, `{"type":8,"data":`+tt.data+`}`)
			wantFaults(t, Callback(wire.AutocompleteInteraction, false, body, nil, nil), tt.want...)
		})
	}
	body := parse[map[string]any](t, `{"type":8}`)
	wantFaults(t, Callback(wire.AutocompleteInteraction, false, body, nil, nil), "data BASE_TYPE_REQUIRED")
}
