package bot

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"
)

// customIDMax is the longest custom ID that Discord takes, in bytes here,
// in characters there, so ours is the stricter reading.
const customIDMax = 100

// idName is what an ID may be called: without the colon that ends the name,
// and with the digit that tells its versions apart.
var idName = regexp.MustCompile(`^[a-z][a-z0-9_]*[0-9]$`)

// An ID makes and reads the custom IDs of one component or modal, whose state
// is a T: a string, a number, a struct of these, or an encoding.TextMarshaler
// and encoding.TextUnmarshaler. Its name ends in a version digit: messages keep their buttons for
// months, so when the text of the state changes the digit goes up, and old
// buttons are answered in words.
type ID[T any] struct{ name string }

// NewID returns the ID with the name, such as "pinched1".
func NewID[T any](name string) ID[T] { return ID[T]{name: name} }

// For returns the custom ID that carries state, as "pinched1:neck/days". Of a
// state whose text is over 100 bytes or can't be made, which only a forged custom
// ID leads to, it returns one that is answered like an outdated button: Read
// reports false for it.
func (id ID[T]) For(state T) string {
	text, err := encodeState(state)
	s := id.name + ":" + text
	if err == nil && len(s) <= customIDMax {
		return s
	}
	h := fnv.New64a()
	fmt.Fprintf(h, "%s:%v", id.name, state) // two on one message must differ
	return noID + ":" + strconv.FormatUint(h.Sum64(), 36)
}

// noID is the name of custom IDs that are nobody's: no ID can have it, for want
// of a digit.
const noID = "none"

// menuID is the custom ID of menus. No ID can have its name, for want of a digit.
const menuID = "menu"

// Name returns what the ID's custom IDs begin with, as "pinched1".
func (id ID[T]) Name() string { return id.name }

// Read returns the state that For made a custom ID of. It reports false for the
// custom ID of another ID, and for one that For makes of no state.
func (id ID[T]) Read(customID string) (state T, ok bool) {
	name, text := splitID(customID)
	ok = name == id.name && decodeState(text, &state) == nil
	return state, ok
}

// splitID returns the binding's name and the state's text.
func splitID(customID string) (name, state string) {
	name, state, _ = strings.Cut(customID, ":")
	return name, state
}

// stem is an ID's name without its version: a known stem under an unknown name
// is a button from an older or newer Unpinch.
func stem(name string) string { return strings.TrimRight(name, "0123456789") }
