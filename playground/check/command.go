package check

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"unpinch/playground/wire"
)

// maxCommandSize is how many characters all names, descriptions and choices of a
// command may have together.
const maxCommandSize = 8000

// maxPermissions is the highest set of permission bits that Discord knows.
const maxPermissions = 18014398509481983

// commandLetter reports whether a letter may stand in the name of a chat command
// or of an option. Go's scripts stand in for the sc= properties of Discord's
// expression, [-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}], which compiled takes 0.7 MB.
func commandLetter(r rune) bool {
	return strings.ContainsRune("-_'", r) || unicode.In(r, unicode.L, unicode.N, unicode.Devanagari, unicode.Thai)
}

// locales are the languages that Discord's clients have.
var locales = strings.Fields(`ar bg cs da de el en-GB en-US es-419 es-ES fi fr he
	hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi zh-CN zh-TW`)

// A Scope is where commands are registered.
type Scope string

// The scopes of commands.
const (
	Global Scope = "global"
	Guild  Scope = "guild"
)

// Commands checks all commands of a scope, and returns nil if Discord takes
// them.
func Commands(scope Scope, list []any) *wire.Refusal {
	t := &wire.FieldErrors{}
	root := form{t: t}
	seen := map[string]bool{}
	for i, item := range list {
		key := strconv.Itoa(i)
		f, ok := root.object(key, item)
		if !ok {
			continue
		}
		f.command(scope)
		name, _ := f.obj["name"].(string)
		id := fmt.Sprint(commandType(f.obj), " ", name)
		if name != "" && seen[id] {
			root.fail(key, "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		seen[id] = true
	}
	if r := wire.InvalidForm(t); r != nil {
		return r
	}
	return CommandCount(list)
}

// Command checks one command, and returns nil if Discord takes it. A change is
// checked as the whole command that it makes.
func Command(scope Scope, cmd map[string]any) *wire.Refusal {
	t := &wire.FieldErrors{}
	form{obj: cmd, t: t}.command(scope)
	return wire.InvalidForm(t)
}

// CommandCount refuses more commands of one type than an application may have
// in a scope.
func CommandCount(list []any) *wire.Refusal {
	count := map[int64]int{}
	for _, item := range list {
		cmd, _ := item.(map[string]any)
		count[commandType(cmd)]++
	}
	for i, limit := range []int{100, 15, 15} {
		if count[int64(i)+wire.ChatCommand] > limit {
			return wire.Refuse(http.StatusBadRequest, 30032,
				fmt.Sprintf("Maximum number of application commands reached (%d)", limit))
		}
	}
	return nil
}

// commandType returns a command's type, which is CHAT_INPUT if it says none.
func commandType(cmd map[string]any) int64 {
	if kind, ok := wire.Whole(cmd["type"]); ok {
		return kind
	}
	return wire.ChatCommand
}

// command checks one command.
func (f form) command(scope Scope) {
	if _, ok := f.choice("type", optional, wire.ChatCommand, wire.UserCommand, wire.MessageCommand); !ok && f.has("type") {
		return
	}
	kind := commandType(f.obj)
	if kind == wire.ChatCommand {
		f.commandNames("name_localizations")
		f.text("description", 1, 100, needed)
		f.localized("description_localizations", 100)
		f.options("options", 0)
	} else {
		f.text("name", 1, 32, needed)
		f.localized("name_localizations", 32)
		f.text("description", 0, 0, optional)
		f.list("options", 0, 0, optional)
	}
	f.permissions()
	f.boolean("dm_permission")
	f.boolean("nsfw")
	if scope == Global { // Discord ignores both for the commands of a guild
		f.set("contexts", 1, 0, 1, 2)
		f.set("integration_types", 1, 0, 1)
	}
	if size := commandSize(f.obj); size > maxCommandSize {
		f.fail("", "APPLICATION_COMMAND_TOO_LARGE", fmt.Sprintf("Command exceeds maximum size (%d)", maxCommandSize))
	}
}

// commandNames checks the name of a chat command or an option and its
// translations. A faulty translation is noted at key, or below it for "".
func (f form) commandNames(key string) {
	if name, ok := f.text("name", 1, 32, needed); ok && !validName(name) {
		f.fail("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	}
	for locale, name := range f.localized("name_localizations", 32) {
		if validName(name) {
			continue
		}
		at := key
		if at == "" {
			at = "name_localizations." + locale
		}
		f.fail(at, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
		if key != "" {
			break // Discord says it once for a whole command
		}
	}
}

// validName reports whether a chat command or option may have this name.
func validName(name string) bool {
	letters := utf8.RuneCountInString(name)
	return 1 <= letters && letters <= 32 && strings.ToLower(name) == name &&
		!strings.ContainsFunc(name, func(r rune) bool { return !commandLetter(r) })
}

// localized checks the translations of a field and returns those that have the
// right length.
func (f form) localized(key string, max int) map[string]string {
	sub, ok := f.sub(key, optional)
	if !ok {
		return nil
	}
	out := map[string]string{}
	for locale := range sub.obj {
		if !slices.Contains(locales, locale) {
			sub.fail(locale, "BASE_TYPE_CHOICES", "Value must be one of {"+strings.Join(locales, ", ")+"}.")
			continue
		}
		if s, ok := sub.text(locale, 1, max, needed); ok {
			out[locale] = s
		}
	}
	return out
}

// permissions checks default_member_permissions: a set of bits as digits.
func (f form) permissions() {
	f.integer("default_member_permissions", 0, maxPermissions, optional)
}

// set checks a list of at least min distinct numbers, each one of values.
func (f form) set(key string, min int, values ...int64) {
	seen := map[int64]bool{}
	for i := range f.list(key, min, math.MaxInt, optional) {
		items := form{obj: map[string]any{}, path: f.at(key), t: f.t}
		at := strconv.Itoa(i)
		items.obj[at] = f.obj[key].([]any)[i]
		v, ok := items.choice(at, needed, values...)
		if ok && seen[v] {
			items.fail(at, "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
		}
		seen[v] = true
	}
}

// commandSize counts the characters of a command or option: name, description
// and value of everything in it, each in its longest language.
func commandSize(obj map[string]any) int {
	size := longest(obj, "name") + longest(obj, "description")
	if s, ok := obj["value"].(string); ok {
		size += utf8.RuneCountInString(s)
	}
	for _, key := range []string{"options", "choices"} {
		items, _ := obj[key].([]any)
		for _, item := range items {
			sub, _ := item.(map[string]any)
			size += commandSize(sub)
		}
	}
	return size
}

// longest returns the length of a field in its longest language.
func longest(obj map[string]any, key string) int {
	s, _ := obj[key].(string)
	n := utf8.RuneCountInString(s)
	translations, _ := obj[key+"_localizations"].(map[string]any)
	for _, v := range translations {
		s, _ := v.(string)
		n = max(n, utf8.RuneCountInString(s))
	}
	return n
}
