package page

import (
	"encoding/json"
	"slices"
	"strings"

	"unpinch/playground/wire"
)

// A command is what the page reads of Discord's command object.
type command struct {
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Type        int             `json:"type"`
	Options     []commandOption `json:"options"`
	Guild       string          `json:"guild_id"`
	Permissions *string         `json:"default_member_permissions"`
	Contexts    []int           `json:"contexts"`
	Types       []int           `json:"integration_types"`
	InDM        *bool           `json:"dm_permission"`
}

type commandOption struct {
	Name         string          `json:"name"`
	Description  string          `json:"description"`
	Type         int             `json:"type"`
	Required     bool            `json:"required"`
	Autocomplete bool            `json:"autocomplete"`
	Choices      []choice        `json:"choices"`
	Options      []commandOption `json:"options"`
	MinValue     json.Number     `json:"min_value"`
	MaxValue     json.Number     `json:"max_value"`
	MinLength    int             `json:"min_length"`
	MaxLength    int             `json:"max_length"`
}

type choice struct {
	Name  string      `json:"name"`
	Value choiceValue `json:"value"`
}

// A choiceValue is the value of a choice, a text or a number, as text.
type choiceValue string

func (v *choiceValue) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		*v = choiceValue(s)
		return nil
	}
	*v = choiceValue(raw)
	return nil
}

// A runnable is a command or one of its subcommands, with its whole name.
type runnable struct {
	name, about string
	options     []commandOption
}

// runnables lists what can be run, sorted by name. Of two commands with one name the
// first counts.
func runnables(commands []command) []runnable {
	var out []runnable
	seen := map[string]bool{}
	for _, c := range commands {
		if c.Type <= wire.ChatCommand && !seen[c.Name] {
			out = append(out, nested(c.Name, c.Description, c.Options)...)
			seen[c.Name] = true
		}
	}
	slices.SortFunc(out, func(a, b runnable) int { return strings.Compare(a.name, b.name) })
	return out
}

func nested(name, about string, options []commandOption) []runnable {
	var out []runnable
	for _, o := range options {
		if o.Type == wire.SubcommandOption || o.Type == wire.GroupOption {
			out = append(out, nested(name+" "+o.Name, o.Description, o.Options)...)
		}
	}
	if out == nil {
		out = []runnable{{name, about, options}}
	}
	return out
}

// A typed line is what somebody asks for in the composer.
type typed struct {
	run     *runnable // nil when no command is meant
	options map[string]string
	unready bool // an option is missing or unclear: show the form
}

// readTyped reads "/name option:value option:value". The longest name counts, so that
// "/class add" is not taken for "/class".
func readTyped(line string, list []runnable) typed {
	line = strings.Join(strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "/")), " ")
	var found *runnable
	for i, r := range list {
		if (line == r.name || strings.HasPrefix(line, r.name+" ")) && (found == nil || len(r.name) > len(found.name)) {
			found = &list[i]
		}
	}
	if found == nil {
		return typed{run: onlyMatch(line, list), unready: true}
	}
	out := typed{run: found, options: map[string]string{}}
	rest := strings.TrimSpace(line[len(found.name):])
	var current string
	for word := range strings.FieldsSeq(rest) {
		name, value, ok := strings.Cut(word, ":")
		if ok && found.option(name) != nil {
			current = name
			out.options[current] = value
			continue
		}
		if current == "" {
			out.unready = true
			break
		}
		out.options[current] = strings.TrimSpace(out.options[current] + " " + word)
	}
	for _, o := range found.options {
		out.unready = out.unready || o.Required && out.options[o.Name] == ""
	}
	return out
}

// onlyMatch returns the one command that a beginning can mean, if it is one.
func onlyMatch(beginning string, list []runnable) *runnable {
	var found *runnable
	for i, r := range list {
		if beginning == "" || !strings.HasPrefix(r.name, beginning) {
			continue
		}
		if found != nil {
			return nil
		}
		found = &list[i]
	}
	return found
}

func (r *runnable) option(name string) *commandOption {
	for i := range r.options {
		if r.options[i].Name == name {
			return &r.options[i]
		}
	}
	return nil
}

// findRunnable finds a command by its whole name.
func findRunnable(name string, list []runnable) *runnable {
	for i := range list {
		if list[i].name == name {
			return &list[i]
		}
	}
	return nil
}
