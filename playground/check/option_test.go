package check

import "testing"

func TestOptions(t *testing.T) {
	tests := []struct {
		name, options string
		want          []string
	}{
		{"every plain type", `{"type":3,"name":"a","description":"d"},{"type":4,"name":"b","description":"d"},
			{"type":5,"name":"c","description":"d"},{"type":6,"name":"d","description":"d"},
			{"type":7,"name":"e","description":"d"},{"type":8,"name":"f","description":"d"},
			{"type":9,"name":"g","description":"d"},{"type":10,"name":"h","description":"d"},
			{"type":11,"name":"i","description":"d"}`, nil},
		{"a type that is not", `{"type":12,"name":"a","description":"d"}`, []string{"options.0 UNION_TYPE_CHOICES"}},
		{"no type", `{"name":"a","description":"d"}`, []string{"options.0 UNION_TYPE_FIELD"}},
		{"a capital in the name", `{"type":3,"name":"A","description":"d"}`, []string{"options.0.name APPLICATION_COMMAND_INVALID_NAME"}},
		{"no name, no description", `{"type":3}`, []string{"options.0.description BASE_TYPE_REQUIRED", "options.0.name BASE_TYPE_REQUIRED"}},
		{"a long description", `{"type":3,"name":"a","description":"` + letters(101) + `"}`, []string{"options.0.description BASE_TYPE_BAD_LENGTH"}},
		{"a translated name with a space", `{"type":3,"name":"a","description":"d","name_localizations":{"de":"a b"}}`,
			[]string{"options.0.name_localizations.de APPLICATION_COMMAND_INVALID_NAME"}},
		{"25 options", copies(25, `{"type":3,"name":"a%d","description":"d"}`), nil},
		{"26 options", copies(26, `{"type":3,"name":"a%d","description":"d"}`), []string{"options BASE_TYPE_MAX_LENGTH"}},
		{"a name twice", `{"type":3,"name":"a","description":"d"},{"type":4,"name":"a","description":"d"}`,
			[]string{"options.1 APPLICATION_COMMAND_OPTIONS_NAME_INVALID"}},
		{"required first", `{"type":3,"name":"a","description":"d","required":true},{"type":3,"name":"b","description":"d","required":false}`, nil},
		{"required last", `{"type":3,"name":"a","description":"d"},{"type":3,"name":"b","description":"d","required":true}`,
			[]string{"options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"}},
		{"permissions on an option", `{"type":1,"name":"a","description":"d","default_member_permissions":"32"}`,
			[]string{"options.0.default_member_permissions BASE_TYPE_UNKNOWN"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cmd := parse[map[string]any](t, `{"name":"n","description":"d","options":[`+tt.options+`]}`)
			wantFaults(t, Command(Global, cmd), tt.want...)
		})
	}
}

func TestNesting(t *testing.T) {
	tests := []struct {
		name, options string
		want          []string
	}{
		{"subcommands", `{"type":1,"name":"a","description":"d"},{"type":1,"name":"b","description":"d","options":[]}`, nil},
		{"a subcommand and a group", `{"type":1,"name":"a","description":"d"},{"type":2,"name":"b","description":"d",
			"options":[{"type":1,"name":"a","description":"d","options":[{"type":3,"name":"a","description":"d","required":true}]}]}`, nil},
		{"a subcommand after an option", `{"type":3,"name":"a","description":"d"},{"type":1,"name":"b","description":"d"}`,
			[]string{"options.1 APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"}},
		{"an option after a subcommand", `{"type":1,"name":"a","description":"d"},{"type":3,"name":"b","description":"d"}`,
			[]string{"options.1 APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"}},
		{"a group in a group", `{"type":2,"name":"a","description":"d","options":[{"type":2,"name":"b","description":"d"}]}`,
			[]string{"options.0.options.0 UNION_TYPE_CHOICES"}},
		{"an option straight in a group", `{"type":2,"name":"a","description":"d","options":[{"type":3,"name":"b","description":"d"}]}`,
			[]string{"options.0.options.0 UNION_TYPE_CHOICES"}},
		{"a subcommand in a subcommand", `{"type":1,"name":"a","description":"d","options":[{"type":1,"name":"b","description":"d"}]}`,
			[]string{"options.0.options.0 UNION_TYPE_CHOICES"}},
		{"order inside a subcommand", `{"type":1,"name":"a","description":"d","options":[
			{"type":3,"name":"a","description":"d"},{"type":3,"name":"b","description":"d","required":true}]}`,
			[]string{"options.0.options.1 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"}},
		{"a required subcommand", `{"type":1,"name":"a","description":"d","required":true}`,
			[]string{"options.0.required APPLICATION_COMMAND_REQUIRED_INVALID"}},
		{"a subcommand that is not required", `{"type":1,"name":"a","description":"d","required":false}`, nil},
		{"26 options in a subcommand", `{"type":1,"name":"a","description":"d","options":[` + copies(26, `{"type":3,"name":"a%d","description":"d"}`) + `]}`,
			[]string{"options.0.options BASE_TYPE_MAX_LENGTH"}},
		{"options in a plain option", `{"type":3,"name":"a","description":"d","options":[{"type":3,"name":"b","description":"d"}]}`,
			[]string{"options.0.options BASE_TYPE_MAX_LENGTH"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cmd := parse[map[string]any](t, `{"name":"n","description":"d","options":[`+tt.options+`]}`)
			wantFaults(t, Command(Global, cmd), tt.want...)
		})
	}
}

func TestOptionFields(t *testing.T) {
	tests := []struct {
		name   string
		kind   string
		fields string
		want   []string
	}{
		{"lengths of a string", "3", `"min_length":0,"max_length":6000`, nil},
		{"lengths the wrong way round", "3", `"min_length":5,"max_length":4`, []string{"min_length NUMBER_TYPE_MAX"}},
		{"a length too far", "3", `"max_length":6001`, []string{"max_length NUMBER_TYPE_MAX"}},
		{"lengths of a number", "4", `"min_length":1`, []string{"min_length APPLICATION_COMMAND_OPTION_FIELD_INVALID"}},
		{"bounds of an integer", "4", `"min_value":-5,"max_value":5`, nil},
		{"bounds of a number", "10", `"min_value":0.5,"max_value":1.5`, nil},
		{"a broken bound of an integer", "4", `"min_value":0.5`, []string{"min_value NUMBER_TYPE_COERCE"}},
		{"bounds the wrong way round", "10", `"min_value":2,"max_value":1.5`, []string{"min_value NUMBER_TYPE_MAX"}},
		{"bounds of a string", "3", `"min_value":1`, []string{"min_value APPLICATION_COMMAND_OPTION_FIELD_INVALID"}},
		{"a bound too far", "4", `"max_value":9007199254740994`, []string{"max_value NUMBER_TYPE_MAX"}},
		{"channel types", "7", `"channel_types":[0,11]`, nil},
		{"a channel type that is not", "7", `"channel_types":[9]`, []string{"channel_types.0 BASE_TYPE_CHOICES"}},
		{"empty lists on a user", "6", `"channel_types":[],"choices":[],"options":[]`, nil},
		{"no channel types", "7", `"channel_types":[]`, nil},
		{"null for what a boolean has not", "5", `"channel_types":null,"choices":null,"min_value":null,"max_length":null`, nil},
		{"channel types of a user", "6", `"channel_types":[0]`, []string{"channel_types APPLICATION_COMMAND_OPTION_FIELD_INVALID"}},
		{"autocomplete", "3", `"autocomplete":true,"choices":[]`, nil},
		{"autocomplete off with choices", "3", `"autocomplete":false,"choices":[{"name":"a","value":"b"}]`, nil},
		{"autocomplete with choices", "3", `"autocomplete":true,"choices":[{"name":"a","value":"b"}]`,
			[]string{"autocomplete APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_INVALID"}},
		{"autocomplete of a user", "6", `"autocomplete":true`, []string{"autocomplete APPLICATION_COMMAND_OPTION_FIELD_INVALID"}},
		{"choices of a boolean", "5", `"choices":[{"name":"a","value":1}]`,
			[]string{"choices APPLICATION_COMMAND_OPTION_FIELD_INVALID"}},
		{"25 choices", "3", `"choices":[` + copies(25, `{"name":"a%d","value":"b"}`) + `]`, nil},
		{"26 choices", "3", `"choices":[` + copies(26, `{"name":"a%d","value":"b"}`) + `]`, []string{"choices BASE_TYPE_MAX_LENGTH"}},
		{"a choice's name twice", "3", `"choices":[{"name":"a","value":"b"},{"name":"a","value":"c"}]`,
			[]string{"choices.1 APPLICATION_COMMAND_OPTION_CHOICES_NAME_INVALID"}},
		{"a choice without name or value", "3", `"choices":[{}]`, []string{"choices.0.name BASE_TYPE_REQUIRED", "choices.0.value BASE_TYPE_REQUIRED"}},
		{"a number as the choice of a string", "3", `"choices":[{"name":"a","value":1}]`, []string{"choices.0.value STRING_TYPE_CONVERT"}},
		{"a string as the choice of an integer", "4", `"choices":[{"name":"a","value":"1"}]`, []string{"choices.0.value NUMBER_TYPE_COERCE"}},
		{"a fraction as the choice of an integer", "4", `"choices":[{"name":"a","value":1.5}]`, []string{"choices.0.value NUMBER_TYPE_COERCE"}},
		{"a fraction as the choice of a number", "10", `"choices":[{"name":"a","value":1.5}]`, nil},
		{"a choice with no value for a number", "10", `"choices":[{"name":"a"}]`, []string{"choices.0.value BASE_TYPE_REQUIRED"}},
		{"a value of 100", "3", `"choices":[{"name":"a","value":"` + letters(100) + `"}]`, nil},
		{"a value of 101", "3", `"choices":[{"name":"a","value":"` + letters(101) + `"}]`, []string{"choices.0.value BASE_TYPE_BAD_LENGTH"}},
		{"a name of 101", "3", `"choices":[{"name":"` + letters(101) + `","value":"a"}]`, []string{"choices.0.name BASE_TYPE_BAD_LENGTH"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cmd := parse[map[string]any](t, `{"name":"n","description":"d","options":[{"type":`+tt.kind+`,"name":"o","description":"d",`+tt.fields+`}]}`)
			var want []string
			for _, w := range tt.want {
				want = append(want, "options.0."+w)
			}
			wantFaults(t, Command(Global, cmd), want...)
		})
	}
}
