package check

import (
	"testing"

	"unpinch/playground/wire"
)

func TestModal(t *testing.T) {
	const (
		input = `{"type":1,"components":[{"type":4,"custom_id":"i","style":2,"label":"l"}]}`
		named = `{"type":18,"label":"l","component":{"type":4,"custom_id":"n","style":1}}`
	)
	tests := []struct {
		name, components string
		want             []string
	}{
		{"an action row", input, nil},
		{"a label", named, nil},
		{"a text above", `{"type":10,"content":"x"},` + named, nil},
		{"none", ``, []string{" BASE_TYPE_BAD_LENGTH"}},
		{"five", copies(5, `{"type":18,"label":"l","component":{"type":4,"custom_id":"%d","style":1}}`), nil},
		{"six", copies(6, `{"type":18,"label":"l","component":{"type":4,"custom_id":"%d","style":1}}`), []string{" BASE_TYPE_BAD_LENGTH"}},
		{"an id twice", named + `,` + named, []string{".1.component.custom_id COMPONENT_CUSTOM_ID_DUPLICATED"}},
		{"a container", `{"type":17,"components":[]}`, []string{".0 UNION_TYPE_CHOICES"}},
		{"a bare input", `{"type":4,"custom_id":"i","style":1}`, []string{".0 UNION_TYPE_CHOICES"}},
		{"a button", `{"type":1,"components":[{"type":2,"style":1,"label":"x","custom_id":"a"}]}`, []string{".0.components.0 UNION_TYPE_CHOICES"}},
		{"an empty row", `{"type":1,"components":[]}`, []string{".0.components BASE_TYPE_BAD_LENGTH"}},
		{"two inputs in a row", `{"type":1,"components":[{"type":4,"custom_id":"a","style":1,"label":"l"},{"type":4,"custom_id":"b","style":1,"label":"l"}]}`,
			[]string{".0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED"}},
		{"an input without label in a row", `{"type":1,"components":[{"type":4,"custom_id":"a","style":1}]}`, []string{".0.components.0.label BASE_TYPE_REQUIRED"}},
		{"a label of 46 in a row", `{"type":1,"components":[{"type":4,"custom_id":"a","style":1,"label":"` + letters(46) + `"}]}`,
			[]string{".0.components.0.label BASE_TYPE_BAD_LENGTH"}},
		{"a select in a label", `{"type":18,"label":"l","description":"d","component":{"type":3,"custom_id":"a","options":[{"label":"x","value":"y"}],"required":true}}`, nil},
		{"a channel select in a label", `{"type":18,"label":"l","component":{"type":8,"custom_id":"a"}}`, nil},
		{"a button in a label", `{"type":18,"label":"l","component":{"type":2,"style":1,"label":"x","custom_id":"a"}}`, []string{".0.component UNION_TYPE_CHOICES"}},
		{"a label around nothing", `{"type":18,"label":"l"}`, []string{".0.component BASE_TYPE_REQUIRED"}},
		{"a label with no words", `{"type":18,"component":{"type":4,"custom_id":"n","style":1}}`, []string{".0.label BASE_TYPE_REQUIRED"}},
		{"a label of 46", `{"type":18,"label":"` + letters(46) + `","component":{"type":4,"custom_id":"n","style":1}}`, []string{".0.label BASE_TYPE_BAD_LENGTH"}},
		{"a description of 101", `{"type":18,"label":"l","description":"` + letters(101) + `","component":{"type":4,"custom_id":"n","style":1}}`,
			[]string{".0.description BASE_TYPE_BAD_LENGTH"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := parse[map[string]any](t, `{"type":9,"data":{"custom_id":"a","title":"b","components":[`+tt.components+`]}}`)
			var want []string
			for _, w := range tt.want {
				want = append(want, "data.components"+w)
			}
			wantFaults(t, Callback(wire.CommandInteraction, false, body, nil, nil), want...)
		})
	}
}

func TestModalHead(t *testing.T) {
	tests := []struct {
		name, head string
		want       []string
	}{
		{"at its longest", `"custom_id":"` + letters(100) + `","title":"` + letters(45) + `"`, nil},
		{"too long", `"custom_id":"` + letters(101) + `","title":"` + letters(46) + `"`,
			[]string{"data.custom_id BASE_TYPE_BAD_LENGTH", "data.title BASE_TYPE_BAD_LENGTH"}},
		{"missing", `"flags":0`, []string{"data.custom_id BASE_TYPE_REQUIRED", "data.title BASE_TYPE_REQUIRED"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := parse[map[string]any](t, `{"type":9,"data":{`+tt.head+`,"components":[{"type":10,"content":"x"}]}}`)
			wantFaults(t, Callback(wire.CommandInteraction, false, body, nil, nil), tt.want...)
		})
	}
	body := parse[map[string]any](t, `{"type":9}`)
	wantFaults(t, Callback(wire.CommandInteraction, false, body, nil, nil), "data BASE_TYPE_REQUIRED")
}

func TestTextInput(t *testing.T) {
	tests := []struct {
		name, fields string
		want         []string
	}{
		{"at its longest", `"style":2,"min_length":0,"max_length":4000,"placeholder":"` + letters(100) + `","value":"` + letters(4000) + `","required":false`, nil},
		{"no style", `"required":true`, []string{"style BASE_TYPE_REQUIRED"}},
		{"a style that is not", `"style":3`, []string{"style BASE_TYPE_CHOICES"}},
		{"lengths too far", `"style":1,"min_length":4001,"max_length":4001`, []string{"max_length NUMBER_TYPE_MAX", "min_length NUMBER_TYPE_MAX"}},
		{"no length at all", `"style":1,"max_length":0`, []string{"max_length NUMBER_TYPE_MIN"}},
		{"lengths the wrong way round", `"style":1,"min_length":5,"max_length":4`, []string{"min_length NUMBER_TYPE_MAX"}},
		{"a placeholder of 101", `"style":1,"placeholder":"` + letters(101) + `"`, []string{"placeholder BASE_TYPE_MAX_LENGTH"}},
		{"a value of 4,001", `"style":1,"value":"` + letters(4001) + `"`, []string{"value BASE_TYPE_MAX_LENGTH"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body := parse[map[string]any](t, `{"type":9,"data":{"custom_id":"a","title":"b","components":[
				{"type":18,"label":"l","component":{"type":4,"custom_id":"i",`+tt.fields+`}}]}}`)
			var want []string
			for _, w := range tt.want {
				want = append(want, "data.components.0.component."+w)
			}
			wantFaults(t, Callback(wire.CommandInteraction, false, body, nil, nil), want...)
		})
	}
}
