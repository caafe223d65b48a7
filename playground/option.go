package playground

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

// An optionBuilder makes a command's data of what a user typed, as Discord's client
// does: with types, checked, and with what each id stands for.
type optionBuilder struct {
	p        *player
	it       *interaction
	files    []control.File
	focused  string // the option being typed in; then others may be missing
	resolved object
}

// command fills the data of a chat command.
func (b *optionBuilder) command(sub []string, values object) *control.Error {
	options := wire.List(b.it.command.def, "options")
	var nest []object
	for _, name := range sub {
		def := findOption(options, name)
		kind, _ := wire.Number(def, "type")
		if def == nil || kind > wire.GroupOption {
			return control.NotFound("command", b.it.name)
		}
		nest = append(nest, object{"name": name, "type": kind})
		options = wire.List(def, "options")
	}
	if slices.ContainsFunc(wire.Objects(options), func(o object) bool { n, _ := wire.Number(o, "type"); return n <= wire.GroupOption }) {
		return control.BadRequest("bad_option", strconv.Quote(b.it.name)+" needs a subcommand")
	}
	out, bad := b.options(options, values)
	if bad != nil {
		return bad
	}
	for _, level := range slices.Backward(nest) {
		level["options"] = out
		out = []any{level}
	}
	b.it.data["options"] = out
	return nil
}

func findOption(options []any, name string) object {
	for _, o := range wire.Objects(options) {
		if wire.Text(o, "name") == name {
			return o
		}
	}
	return nil
}

// options gives the values their types, in the order of the definition.
func (b *optionBuilder) options(defs []any, values object) ([]any, *control.Error) {
	for name := range values {
		if findOption(defs, name) == nil {
			return nil, control.BadRequest("bad_option", fmt.Sprintf("%q has no option %q", b.it.name, name))
		}
	}
	if b.focused != "" && !wire.Bool(findOption(defs, b.focused), "autocomplete") {
		return nil, control.BadRequest("bad_option", fmt.Sprintf("option %q has no autocomplete", b.focused))
	}
	out := []any{}
	for _, def := range wire.Objects(defs) {
		name := wire.Text(def, "name")
		v, given := values[name]
		if name == b.focused {
			out = append(out, object{"name": name, "type": def["type"], "value": partial(v), "focused": true})
			continue
		}
		if !given || v == nil {
			if wire.Bool(def, "required") && b.focused == "" {
				return nil, control.BadRequest("bad_option", fmt.Sprintf("option %q is required", name))
			}
			continue
		}
		value, bad := b.value(def, v)
		if bad != nil {
			return nil, bad
		}
		out = append(out, object{"name": name, "type": def["type"], "value": value})
	}
	return out, nil
}

// partial returns what stands in a field that somebody is still typing in.
func partial(v any) any {
	if v == nil {
		return ""
	}
	return v
}

// value gives one value its type.
func (b *optionBuilder) value(def object, v any) (any, *control.Error) {
	kind, _ := wire.Number(def, "type")
	bad := func(what string) *control.Error {
		return control.BadRequest("bad_option", fmt.Sprintf("option %q must be %s", wire.Text(def, "name"), what))
	}
	switch kind {
	case wire.BooleanOption:
		if s, ok := v.(string); ok && (s == "true" || s == "false") {
			v = s == "true"
		}
		if _, ok := v.(bool); !ok {
			return nil, bad("true or false")
		}
		return v, nil
	case wire.StringOption, wire.IntegerOption, wire.NumberOption:
		return scalar(def, kind, v, bad)
	case wire.AttachmentOption:
		return b.file(v, bad)
	}
	name, ok := v.(string)
	if n, isNumber := v.(json.Number); isNumber {
		name, ok = n.String(), true
	}
	if !ok {
		return nil, bad("an id or a name")
	}
	return b.entity(def, kind, name, bad)
}

// scalar checks text or a number against choices and bounds.
func scalar(def object, kind int64, v any, bad func(string) *control.Error) (any, *control.Error) {
	if choices := wire.Objects(wire.List(def, "choices")); len(choices) > 0 {
		return choice(choices, v, bad)
	}
	if kind == wire.StringOption {
		s, ok := v.(string)
		if !ok {
			return nil, bad("text")
		}
		n := int64(utf8.RuneCountInString(s))
		low, _ := wire.Number(def, "min_length")
		high, limited := wire.Number(def, "max_length")
		if !limited {
			high = 6000
		}
		if n < low || n > high {
			return nil, bad(fmt.Sprintf("%d to %d characters", low, high))
		}
		return s, nil
	}
	f, err := strconv.ParseFloat(fmt.Sprint(v), 64)
	n, whole := wire.Whole(v)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) || kind == wire.IntegerOption && !whole {
		return nil, bad(map[bool]string{true: "a whole number", false: "a number"}[kind == wire.IntegerOption])
	}
	if low, ok := float(def["min_value"]); ok && f < low {
		return nil, bad(fmt.Sprintf("at least %v", low))
	}
	if high, ok := float(def["max_value"]); ok && f > high {
		return nil, bad(fmt.Sprintf("at most %v", high))
	}
	if whole {
		return n, nil
	}
	return f, nil
}

// choice returns the value of a choice, found by its value or else by its name.
func choice(choices []object, v any, bad func(string) *control.Error) (any, *control.Error) {
	for _, key := range []string{"value", "name"} {
		for _, c := range choices {
			if fmt.Sprint(c[key]) == fmt.Sprint(v) {
				return c["value"], nil
			}
		}
	}
	var values []string
	for _, c := range choices {
		values = append(values, fmt.Sprint(c["value"]))
	}
	return nil, bad("one of " + strings.Join(values, ", "))
}

func float(v any) (float64, bool) {
	if v == nil {
		return 0, false
	}
	f, err := strconv.ParseFloat(fmt.Sprint(v), 64)
	return f, err == nil
}

// file takes a file of the call by its name.
func (b *optionBuilder) file(v any, bad func(string) *control.Error) (any, *control.Error) {
	for _, f := range b.files {
		if f.Name == v && v != "" {
			a := b.p.files.add(b.it.channel.id, upload{f.Name, f.ContentType, f.Base64})
			b.it.files = append(b.it.files, a)
			return a.id, nil
		}
	}
	return nil, bad(`the name of one of "files"`)
}
