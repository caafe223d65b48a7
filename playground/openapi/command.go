package openapi

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Kinds of commands and of their options that have rules here.
const (
	commandChat    = 1
	commandUser    = 2
	commandMessage = 3

	optionSubcommand = 1
	optionGroup      = 2
)

// maxCommandText is the most characters in a command's names, descriptions
// and choices, where the longest translation of each counts.
const maxCommandText = 8000

var chatName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// locale is one of the languages that Discord's clients have.
var locale = regexp.MustCompile(`^(id|da|de|en-GB|en-US|es-ES|es-419|fr|hr|it|lt|hu|nl|no|pl|pt-BR|ro|fi|` +
	`sv-SE|vi|tr|cs|el|bg|ru|uk|hi|th|zh-CN|ja|zh-TW|ko|he|ar)$`)

// commands judges the list that replaces all commands.
func (f *faults) commands(list []any) {
	count := map[int64]int{}
	seen := map[string]bool{}
	for i, c := range list {
		c := object(c)
		kind := kindOf(c)
		count[kind]++
		at := fmt.Sprintf("[%d]", i)
		name := fmt.Sprint(kind, " ", text(c["name"]))
		if seen[name] {
			f.add(at, "a second command named %q", text(c["name"]))
		}
		seen[name] = true
		f.command(at, c, true)
	}
	for kind, n := range count {
		if most := maxCommands(kind); n > most {
			f.add("", "%d commands of type %d, the most is %d", n, kind, most)
		}
	}
}

// maxCommands says how many commands of a kind an application may have.
func maxCommands(kind int64) int {
	switch kind {
	case commandChat:
		return 100
	case commandUser, commandMessage:
		return 15
	default:
		return 1
	}
}

// kindOf returns a command's type, which is a slash command when left out.
func kindOf(c map[string]any) int64 { return cmp.Or(number(c["type"]), commandChat) }

// command judges one command; a part of one, sent to change it, is not whole.
func (f *faults) command(at string, c map[string]any, whole bool) {
	description := text(c["description"])
	switch kindOf(c) {
	case commandChat:
		if whole || c["name"] != nil {
			f.chatNames(at, c)
		}
		if _, has := c["description"]; description == "" && (whole || has) {
			f.add(at, "a slash command needs a description")
		}
	case commandUser, commandMessage:
		if description != "" || len(array(c["options"])) > 0 {
			f.add(at, "a user or message command has no description and no options")
		}
	}
	f.translations(at, c)
	f.options(at, array(c["options"]))
	if n := textOf(c); n > maxCommandText {
		f.add(at, "%d characters in all, the most is %d", n, maxCommandText)
	}
}

// chatNames checks the name of a slash command or an option, and its translations.
func (f *faults) chatNames(at string, c map[string]any) {
	names := map[string]string{"name": text(c["name"])}
	for l, name := range object(c["name_localizations"]) {
		names["name_localizations."+l] = text(name)
	}
	for _, key := range slices.Sorted(maps.Keys(names)) {
		name := names[key]
		if !chatName.MatchString(name) || name != strings.ToLower(name) {
			f.add(join(at, key), "%q is not a name that people can type: lower-case letters, digits, - and _", name)
		}
	}
}

func (f *faults) translations(at string, c map[string]any) {
	for _, key := range []string{"name_localizations", "description_localizations"} {
		for l := range object(c[key]) {
			if !locale.MatchString(l) {
				f.add(join(at, key), "%q is not one of Discord's languages", l)
			}
		}
	}
}

// options judges the options of a command or subcommand.
func (f *faults) options(at string, list []any) {
	seen := map[string]bool{}
	optional, nested := false, 0
	for i, o := range list {
		o := object(o)
		at := item(at, "options", i)
		f.chatNames(at, o)
		f.translations(at, o)
		f.siblings(at, o, seen)
		kind := number(o["type"])
		if kind == optionSubcommand || kind == optionGroup {
			nested++
			f.options(at, array(o["options"]))
			continue
		}
		required, _ := o["required"].(bool)
		if required && optional {
			f.add(at, "required, but it comes after an optional one")
		}
		optional = optional || !required
		f.choices(at, o)
	}
	if nested > 0 && nested < len(list) {
		f.add(join(at, "options"), "subcommands stand beside other options")
	}
}

// siblings refuses two options of one name, in any language.
func (f *faults) siblings(at string, o map[string]any, seen map[string]bool) {
	names := map[string]any{"": o["name"]}
	maps.Copy(names, object(o["name_localizations"]))
	for l, name := range names {
		key := l + " " + text(name)
		if seen[key] {
			f.add(at, "a second option named %q", text(name))
		}
		seen[key] = true
	}
}

func (f *faults) choices(at string, o map[string]any) {
	choices := array(o["choices"])
	if completes, _ := o["autocomplete"].(bool); completes && len(choices) > 0 {
		f.add(at, "autocomplete and choices exclude each other")
	}
	seen := map[string]bool{}
	for i, c := range choices {
		c := object(c)
		f.translations(item(at, "choices", i), c)
		if name := text(c["name"]); seen[name] {
			f.add(item(at, "choices", i), "a second choice named %q", name)
		} else {
			seen[name] = true
		}
	}
}

// textOf counts a command's characters as Discord's limit does.
func textOf(c map[string]any) int {
	n := longest(c, "name") + longest(c, "description") + length(c, "value")
	for _, key := range []string{"options", "choices"} {
		for _, x := range array(c[key]) {
			n += textOf(object(x))
		}
	}
	return n
}

func longest(c map[string]any, key string) int {
	n := length(c, key)
	for _, t := range object(c[key+"_localizations"]) {
		n = max(n, utf8.RuneCountInString(text(t)))
	}
	return n
}
