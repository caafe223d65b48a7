package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// A configKey is one key of a configuration, with the place of its value.
type configKey struct {
	section, name string
	value         reflect.Value
}

// keys returns every key of the configuration, in the order of its sections.
func (c *config) keys() []configKey {
	var all []configKey
	sections := reflect.ValueOf(c).Elem()
	for i := range sections.NumField() {
		section := sections.Field(i)
		for j := range section.NumField() {
			all = append(all, configKey{sections.Type().Field(i).Tag.Get("toml"), section.Type().Field(j).Tag.Get("toml"), section.Field(j)})
		}
	}
	return all
}

// id is how faults are told apart, as in "discord.token".
func (k configKey) id() string { return k.section + "." + k.name }

// title is the key as people find it, as in "[discord] token".
func (k configKey) title() string { return title(k.id()) }

// title returns a key's id as people find the key.
func title(id string) string { return "[" + strings.Replace(id, ".", "] ", 1) }

// variable is what the environment calls the key.
func (k configKey) variable() string {
	return envPrefix + strings.ToUpper(k.section+"_"+k.name)
}

// kind says what the value must be.
func (k configKey) kind() string {
	if k.value.Kind() == reflect.Int {
		return "a whole number, without quotes"
	}
	return "text, in quotes"
}

// set takes a value as TOML has it, and reports whether it is of the right kind.
func (k configKey) set(v any) bool {
	switch v := v.(type) {
	case string:
		if k.value.Kind() == reflect.String {
			k.value.SetString(v)
			return true
		}
	case int64:
		if k.value.Kind() == reflect.Int && !k.value.OverflowInt(v) {
			k.value.SetInt(v)
			return true
		}
	}
	return false
}

// setText takes a value as the environment has it, likewise.
func (k configKey) setText(text string) bool {
	if k.value.Kind() == reflect.String {
		return k.set(text)
	}
	n, err := strconv.ParseInt(text, 10, 64)
	return err == nil && k.set(n)
}

// decode reads the file over the defaults. It returns an error only for one that
// isn't TOML, of which nothing can be judged. It never quotes a value, which may
// be the token.
func (c *config) decode(data []byte, faults *configFaults) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // Windows editors put it there
	var file map[string]any
	if err := toml.Unmarshal(data, &file); err != nil {
		de, ok := errors.AsType[*toml.DecodeError](err)
		if !ok {
			return fmt.Errorf("%s: this is not TOML: %w", faults.path, err)
		}
		row, column := de.Position()
		return fmt.Errorf("%s:%d:%d: this is not TOML: %s", faults.path, row, column, strings.TrimPrefix(de.Error(), "toml: "))
	}
	known := map[string]bool{}
	for _, k := range c.keys() {
		known[k.section] = true
		section, isSection := file[k.section].(map[string]any)
		if file[k.section] != nil && !isSection {
			faults.add(k.section, at(faults.path, data, "", k.section), "%s: must be a section: [%[1]s] on a line of its own, its keys below it", k.section)
		}
		if v, ok := section[k.name]; ok && !k.set(v) {
			faults.add(k.id(), at(faults.path, data, k.section, k.name), "%s: must be %s", k.title(), k.kind())
		}
		delete(section, k.name)
	}
	unknown := func(section, name, id string) {
		faults.add(id, at(faults.path, data, section, name), "unknown key %q; config.example.toml has every key", id)
	}
	for _, section := range slices.Sorted(maps.Keys(file)) {
		if !known[section] {
			unknown("", section, section)
			continue
		}
		left, _ := file[section].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(left)) {
			unknown(section, name, section+"."+name)
		}
	}
	return nil
}

// sectionLine is a line that begins a section.
var sectionLine = regexp.MustCompile(`^\[+\s*([^\]\s]+)\s*\]+`)

// at names a key's line in the file. A key that is written in an unusual way is
// found by the file's name alone.
func at(path string, data []byte, section, name string) string {
	here := ""
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSpace(line)
		if m := sectionLine.FindStringSubmatch(line); m != nil {
			here = m[1]
			if section == "" && here == name || here == section+"."+name {
				return fmt.Sprintf("%s:%d", path, i+1)
			}
		}
		before, _, isKey := strings.Cut(line, "=")
		if isKey && here == section && strings.TrimSpace(before) == name {
			return fmt.Sprintf("%s:%d", path, i+1)
		}
	}
	return path
}

// envPrefix is what every variable of ours begins with.
const envPrefix = "UNPINCH_"

// override takes what the environment gives; an empty variable empties its key. A
// token from there stands in place of both ways of the file.
func (c *config) override(environ []string, faults *configFaults) {
	given := map[string]string{}
	for _, e := range environ {
		if name, value, _ := strings.Cut(e, "="); strings.HasPrefix(name, envPrefix) {
			given[name] = value
		}
	}
	if given["UNPINCH_DISCORD_TOKEN"] != "" || given["UNPINCH_DISCORD_TOKEN_FILE"] != "" {
		c.Discord.Token, c.Discord.TokenFile = "", ""
	}
	for _, k := range c.keys() {
		text, ok := given[k.variable()]
		delete(given, k.variable())
		if ok && !k.setText(text) {
			faults.add(k.id(), "environment", "%s: must be a whole number, not %q", k.variable(), text)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		faults.add(name, "environment", "%s is unknown; keys read as UNPINCH_SECTION_KEY, such as UNPINCH_LOG_LEVEL", name)
	}
}
