package check

import (
	"fmt"
	"math"
	"slices"

	"unpinch/playground/wire"
)

// plainOptions are the types that carry a value.
var plainOptions = []int64{3, 4, 5, 6, 7, 8, 9, 10, 11}

// channelTypes are the types of channel an option or select may ask for.
var channelTypes = []int64{0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16}

// options checks the options of a command (parent 0), a group or a
// subcommand.
func (f form) options(key string, parent int64) {
	allowed := plainOptions
	switch parent {
	case 0:
		allowed = append([]int64{wire.SubcommandOption, wire.GroupOption}, plainOptions...)
	case wire.GroupOption:
		allowed = []int64{wire.SubcommandOption}
	}
	o := optionList{names: map[string]bool{}}
	for _, opt := range f.forms(key, 0, 25, optional) {
		if kind, ok := opt.union(allowed...); ok {
			o.check(opt, kind)
		}
	}
}

// An optionList is what came before an option in its list.
type optionList struct {
	names           map[string]bool
	first           int64 // type of the first option
	optionalOptions bool  // an option that is not required was seen
}

// check checks one option of the list.
func (o *optionList) check(f form, kind int64) {
	if o.first == 0 {
		o.first = kind
	}
	if nests(o.first) != nests(kind) {
		f.fail("", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
			"Sub-command and sub-command group option types are mutually exclusive to all other types")
	}
	f.commandNames("")
	name, _ := f.obj["name"].(string)
	if o.names[name] {
		f.fail("", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
			fmt.Sprintf("Option name %s is already used in these options", name))
	}
	o.names[name] = name != ""
	f.text("description", 1, 100, needed)
	f.localized("description_localizations", 100)
	// Discord drops this field here without a word, and the option stays open to
	// everybody. The playground says so.
	if f.has("default_member_permissions") {
		f.fail("default_member_permissions", "BASE_TYPE_UNKNOWN",
			"Permissions belong to a whole command, never to an option.")
	}
	required := f.boolean("required")
	if nests(kind) {
		if required {
			f.fail("required", "APPLICATION_COMMAND_REQUIRED_INVALID",
				"Required cannot be configured for this type of option")
		}
		f.options("options", kind)
		return
	}
	if required && o.optionalOptions {
		f.fail("", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
			"Required options must be placed before non-required options")
	}
	o.optionalOptions = o.optionalOptions || !required
	f.list("options", 0, 0, optional)
	f.limits(kind)
	f.suggestions(kind)
}

// nests reports whether an option holds options.
func nests(kind int64) bool {
	return kind == wire.SubcommandOption || kind == wire.GroupOption
}

// limits checks the bounds that only some types of option may have.
func (f form) limits(kind int64) {
	f.only("min_length", kind, wire.StringOption)
	f.only("max_length", kind, wire.StringOption)
	f.only("min_value", kind, wire.IntegerOption, wire.NumberOption)
	f.only("max_value", kind, wire.IntegerOption, wire.NumberOption)
	f.only("channel_types", kind, wire.ChannelOption)
	switch kind {
	case wire.StringOption:
		low, okLow := f.integer("min_length", 0, 6000, optional)
		high, okHigh := f.integer("max_length", 1, 6000, optional)
		if okLow && okHigh {
			f.within("min_length", low, 0, high)
		}
	case wire.IntegerOption, wire.NumberOption:
		low, okLow := f.optionValue("min_value", kind, optional)
		high, okHigh := f.optionValue("max_value", kind, optional)
		if okLow && okHigh && low > high {
			f.fail("min_value", "NUMBER_TYPE_MAX", fmt.Sprintf("int value should be less than or equal to %v.", high))
		}
	case wire.ChannelOption:
		f.set("channel_types", 0, channelTypes...)
	}
}

// only refuses a field of an option whose type cannot have it. Libraries send empty
// lists for every type, and Discord takes them.
func (f form) only(key string, kind int64, kinds ...int64) {
	list, ok := f.obj[key].([]any)
	if f.has(key) && (!ok || len(list) > 0) && !slices.Contains(kinds, kind) {
		f.fail(key, "APPLICATION_COMMAND_OPTION_FIELD_INVALID",
			fmt.Sprintf("%s cannot be configured for this type of option", key))
	}
}

// optionValue reads a number that fits an option's type.
func (f form) optionValue(key string, kind int64, n need) (float64, bool) {
	v, ok := decimal(f.obj[key])
	switch {
	case !f.has(key):
		if n == needed {
			f.required(key)
		}
		return 0, false
	case !ok || !isNumber(f.obj[key]):
		f.fail(key, "NUMBER_TYPE_COERCE", fmt.Sprintf("Value %q is not %s.", fmt.Sprint(f.obj[key]), numberName(kind)))
		return 0, false
	case kind == wire.IntegerOption && v != math.Trunc(v):
		f.fail(key, "NUMBER_TYPE_COERCE", fmt.Sprintf("Value %q is not int.", fmt.Sprint(f.obj[key])))
		return 0, false
	case math.Abs(v) > 1<<53:
		f.fail(key, "NUMBER_TYPE_MAX", fmt.Sprintf("int value should be less than or equal to %d.", int64(1<<53)))
		return 0, false
	}
	return v, true
}

// numberName returns what Discord calls the values of a numeric option.
func numberName(kind int64) string {
	if kind == wire.IntegerOption {
		return "int"
	}
	return "float"
}

// suggestions checks choices and autocomplete.
func (f form) suggestions(kind int64) {
	f.only("choices", kind, wire.StringOption, wire.IntegerOption, wire.NumberOption)
	auto := f.boolean("autocomplete")
	if auto {
		f.only("autocomplete", kind, wire.StringOption, wire.IntegerOption, wire.NumberOption)
	}
	choices := f.forms("choices", 0, 25, optional)
	if auto && len(choices) > 0 {
		f.fail("autocomplete", "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_INVALID",
			"Autocomplete and choices are mutually exclusive")
	}
	names := map[string]bool{}
	for _, c := range choices {
		name, ok := c.text("name", 1, 100, needed)
		if ok && names[name] {
			c.fail("", "APPLICATION_COMMAND_OPTION_CHOICES_NAME_INVALID",
				fmt.Sprintf("Choice name %s is already used in these choices", name))
		}
		names[name] = true
		c.localized("name_localizations", 100)
		c.choiceValue(kind)
	}
}

// choiceValue checks the value of a choice of an option.
func (f form) choiceValue(kind int64) {
	if kind != wire.StringOption {
		f.optionValue("value", kind, needed)
		return
	}
	if f.has("value") && !isString(f.obj["value"]) {
		f.fail("value", "STRING_TYPE_CONVERT", fmt.Sprintf("Could not interpret %q as string.", fmt.Sprint(f.obj["value"])))
		return
	}
	f.text("value", 1, 100, needed)
}
