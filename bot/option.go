package bot

import (
	"context"
	"encoding/json"

	"unpinch/visible"
)

// Discord's option types that Unpinch uses.
const (
	optSub        = 1
	optString     = 3
	optInteger    = 4
	optBoolean    = 5
	optChannel    = 7
	optRole       = 8
	optAttachment = 11
)

// An Option is one typed option of a command: what Discord is told, and the
// accessor that reads it, in one value.
type Option interface{ spec() *optionSpec }

// optionSpec is what all options have: embedded, it makes a type an Option.
type optionSpec struct {
	kind     int
	name     string
	about    string // key in the catalogue
	required bool
	choices  []Choice
	low      *int
	high     *int
	channels []int // types that a channel may have
	complete func(ctx context.Context, req *Request, typed string) ([]Choice, error)
}

func (s *optionSpec) spec() *optionSpec { return s }

// Name returns what the option is called, as typed.
func (s *optionSpec) Name() string { return s.name }

// Given reports whether the user gave the option a value. The default counts too.
func (s *optionSpec) Given(req *Request) bool {
	_, ok := req.options[s.name]
	return ok
}

// A Choice is a value with the label that people see.
type Choice struct{ Label, Value string }

// A StringOption holds text.
type StringOption struct{ optionSpec }

// String returns an option for free text.
func String(name, about string) *StringOption {
	return &StringOption{optionSpec{kind: optString, name: name, about: about}}
}

// OneOf returns an option that takes one of at most 25 choices.
func OneOf(name, about string, choices []Choice) *StringOption {
	return &StringOption{optionSpec{kind: optString, name: name, about: about, choices: choices}}
}

// Required makes the option one that Discord insists on.
func (s *StringOption) Required() *StringOption { s.required = true; return s }

// Complete gives the option suggestions while the user types. At most 25 are
// shown.
func (s *StringOption) Complete(f func(ctx context.Context, req *Request, typed string) ([]Choice, error)) *StringOption {
	s.complete = f
	return s
}

// Get returns what can be seen of what the user gave, or "".
func (s *StringOption) Get(req *Request) string {
	v, _ := get[string](req, s.name)
	return visible.Text(v)
}

// An IntOption holds a whole number in a range.
type IntOption struct {
	optionSpec
	def int
}

// Int returns an option for a whole number from low to high. Its value is def
// when the user gives none.
func Int(name, about string, low, high, def int) *IntOption {
	return &IntOption{optionSpec{kind: optInteger, name: name, about: about, low: &low, high: &high}, def}
}

// Get returns what the user gave, or the default.
func (i *IntOption) Get(req *Request) int {
	if v, ok := get[int](req, i.name); ok {
		return v
	}
	return i.def
}

// A BoolOption holds yes or no.
type BoolOption struct{ optionSpec }

// Bool returns an option for yes or no. Its value is no when the user gives
// none.
func Bool(name, about string) *BoolOption {
	return &BoolOption{optionSpec{kind: optBoolean, name: name, about: about}}
}

// Get returns what the user gave, or false.
func (b *BoolOption) Get(req *Request) bool {
	v, _ := get[bool](req, b.name)
	return v
}

// get reads one option as Discord sent it; a value of another type, which
// Discord does not send, counts as none.
func get[T any](req *Request, name string) (T, bool) {
	var v T
	raw, ok := req.options[name]
	if !ok || json.Unmarshal(raw, &v) != nil {
		return v, false
	}
	return v, true
}
