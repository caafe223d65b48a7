package check

import (
	"fmt"
	"slices"
	"testing"
)

func TestCommand(t *testing.T) {
	chat := func(rest string) string {
		return `{"name":"stretch","description":"Stretch a little"` + rest + `}`
	}
	tests := []struct {
		name, body string
		want       []string
	}{
		{"a plain command", chat(``), nil},
		{"with null for what it lacks", chat(`,"options":null,"name_localizations":null,"default_member_permissions":null,"type":1`), nil},
		{"no name", `{"description":"x"}`, []string{"name BASE_TYPE_REQUIRED"}},
		{"a name of 32 letters", `{"name":"` + letters(32) + `","description":"x"}`, nil},
		{"a name of 33 letters", `{"name":"` + letters(33) + `","description":"x"}`, []string{"name BASE_TYPE_BAD_LENGTH"}},
		{"a name with a space", `{"name":"my stretch","description":"x"}`, []string{"name APPLICATION_COMMAND_INVALID_NAME"}},
		{"a capital", `{"name":"Stretch","description":"x"}`, []string{"name APPLICATION_COMMAND_INVALID_NAME"}},
		{"letters of any script", `{"name":"zurück-हिन्दी_ไทยครับ'1","description":"x"}`, nil},
		{"no description", `{"name":"a"}`, []string{"description BASE_TYPE_REQUIRED"}},
		{"an empty description", `{"name":"a","description":""}`, []string{"description BASE_TYPE_BAD_LENGTH"}},
		{"a description of 100", `{"name":"a","description":"` + letters(100) + `"}`, nil},
		{"a description of 101", `{"name":"a","description":"` + letters(101) + `"}`, []string{"description BASE_TYPE_BAD_LENGTH"}},
		{"a type that is not", chat(`,"type":9`), []string{"type BASE_TYPE_CHOICES"}},
		{"a user command", `{"name":"Show Stretches","type":2}`, nil},
		{"a message command with nothing more", `{"name":"Explain this","type":3,"description":""}`, nil},
		{"a user command with a description", `{"name":"Show","type":2,"description":"x"}`, []string{"description BASE_TYPE_MAX_LENGTH"}},
		{"a user command with options", `{"name":"Show","type":2,"options":[{"type":3,"name":"a","description":"b"}]}`, []string{"options BASE_TYPE_MAX_LENGTH"}},
		{"translations", chat(`,"name_localizations":{"de":"dehnen"},"description_localizations":{"pt-BR":"Alongar"}`), nil},
		{"a language that is not", chat(`,"name_localizations":{"de-AT":"dehnen"}`), []string{"name_localizations.de-AT BASE_TYPE_CHOICES"}},
		{"a translated name with a capital", chat(`,"name_localizations":{"de":"Dehnen"}`), []string{"name_localizations APPLICATION_COMMAND_INVALID_NAME"}},
		{"an empty translation", chat(`,"description_localizations":{"de":""}`), []string{"description_localizations.de BASE_TYPE_BAD_LENGTH"}},
		{"permissions as digits", chat(`,"default_member_permissions":"32"`), nil},
		{"permissions as a number", chat(`,"default_member_permissions":32`), nil},
		{"permissions in words", chat(`,"default_member_permissions":"MANAGE_GUILD"`), []string{"default_member_permissions NUMBER_TYPE_COERCE"}},
		{"permissions as a list", chat(`,"default_member_permissions":["32"]`), []string{"default_member_permissions NUMBER_TYPE_COERCE"}},
		{"contexts and types", chat(`,"contexts":[0,1,2],"integration_types":[0,1]`), nil},
		{"a context that is not", chat(`,"contexts":[3]`), []string{"contexts.0 BASE_TYPE_CHOICES"}},
		{"a context twice", chat(`,"contexts":[1,1]`), []string{"contexts.1 SET_TYPE_ALREADY_CONTAINS_VALUE"}},
		{"no context at all", chat(`,"contexts":[]`), []string{"contexts BASE_TYPE_BAD_LENGTH"}},
		{"no installation type at all", chat(`,"integration_types":[]`), []string{"integration_types BASE_TYPE_BAD_LENGTH"}},
		{"an installation type that is not", chat(`,"integration_types":[2]`), []string{"integration_types.0 BASE_TYPE_CHOICES"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantFaults(t, Command(Global, parse[map[string]any](t, tt.body)), tt.want...)
		})
	}
}

func TestGuildCommandsIgnoreContexts(t *testing.T) {
	cmd := parse[map[string]any](t, `{"name":"a","description":"b","contexts":[9],"integration_types":[9]}`)
	wantFaults(t, Command(Guild, cmd))
}

// bigCommand returns a command of 7,912 characters and an option whose last choice
// has a value of the given length: 8,000 with 88.
func bigCommand(last int) map[string]any {
	option := func(name string, sizes ...int) map[string]any {
		var choices []any
		for i, size := range sizes {
			choices = append(choices, map[string]any{"name": fmt.Sprintf("%03d", i), "value": letters(size)})
		}
		return map[string]any{"type": 3, "name": name, "description": "d", "choices": choices}
	}
	full := slices.Repeat([]int{97}, 25)
	return map[string]any{"name": "n", "description": letters(100), "options": []any{
		option("a", full...), option("b", full...), option("c", full...), option("d", 97, 97, 97, last),
	}}
}

func TestCommandSize(t *testing.T) {
	tooLarge := []string{" APPLICATION_COMMAND_TOO_LARGE"}
	tests := []struct {
		name         string
		last         int
		translations map[string]any
		want         []string
	}{
		{"8,000 characters", 88, nil, nil},
		{"8,001 characters", 89, nil, tooLarge},
		{"the longest translation counts", 88, map[string]any{"de": "nn", "fr": "n"}, tooLarge},
		{"translations as short don't", 88, map[string]any{"de": "n", "fr": "n"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cmd := bigCommand(tt.last)
			cmd["name_localizations"] = tt.translations
			if tt.translations == nil {
				delete(cmd, "name_localizations")
			}
			wantFaults(t, Command(Global, cmd), tt.want...)
		})
	}
}

func TestCommands(t *testing.T) {
	tests := []struct {
		name, list string
		want       []string
	}{
		{"none", ``, nil},
		{"one name in each type", `{"name":"a","description":"b"},{"name":"a","type":2},{"name":"a","type":3}`, nil},
		{"a name twice", `{"name":"a","description":"b"},{"name":"c","description":"b"},{"name":"a","type":1,"description":"b"}`,
			[]string{"2 APPLICATION_COMMANDS_DUPLICATE_NAME"}},
		{"a fault is told by its place", `{"name":"a","description":"b"},{"name":"B","description":"b"}`,
			[]string{"1.name APPLICATION_COMMAND_INVALID_NAME"}},
		{"no object", `7`, []string{"0 MODEL_TYPE_CONVERT"}},
		{"100 commands", copies(100, `{"name":"a%d","description":"b"}`), nil},
		{"101 commands", copies(101, `{"name":"a%d","description":"b"}`), []string{"30032"}},
		{"15 user commands", copies(15, `{"name":"a%d","type":2}`), nil},
		{"16 user commands", copies(16, `{"name":"a%d","type":2}`), []string{"30032"}},
		{"16 message commands", copies(16, `{"name":"a%d","type":3}`), []string{"30032"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wantFaults(t, Commands(Global, parse[[]any](t, "["+tt.list+"]")), tt.want...)
		})
	}
}
