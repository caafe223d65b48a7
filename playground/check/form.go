package check

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"unpinch/playground/wire"
)

// A form reads the fields of one JSON object and notes what is wrong with them
// under the object's path. Codes and sentences are Discord's own where public
// reports show them, and otherwise ours in the same manner.
type form struct {
	obj  map[string]any
	path string
	t    *wire.FieldErrors
}

// at returns the path of a field, or of the object itself for the empty key.
func (f form) at(key string) string {
	switch {
	case f.path == "":
		return key
	case key == "":
		return f.path
	}
	return f.path + "." + key
}

// fail notes a fault of a field.
func (f form) fail(key, code, message string) {
	f.t.Add(f.at(key), code, message)
}

// has reports whether a field is there and not null.
func (f form) has(key string) bool {
	return f.obj[key] != nil
}

// required notes that a field is missing.
func (f form) required(key string) {
	f.fail(key, "BASE_TYPE_REQUIRED", "This field is required")
}

// A need says whether a field may be left out.
type need bool

const (
	optional need = false
	needed   need = true
)

// text reads a string of min to max characters. ok is false if there is none that
// can be used.
func (f form) text(key string, min, max int, n need) (s string, ok bool) {
	switch v := f.obj[key].(type) {
	case nil:
		if n == needed {
			f.required(key)
		}
		return "", false
	case string:
		s = v
	case json.Number:
		s = v.String() // Discord reads a number as its digits
	default:
		f.fail(key, "STRING_TYPE_CONVERT", fmt.Sprintf("Could not interpret %q as string.", fmt.Sprint(v)))
		return "", false
	}
	if s == "" && min == 0 && n == needed {
		f.required(key)
		return "", false
	}
	return s, f.length(key, utf8.RuneCountInString(s), min, max)
}

// length checks the length of a string or list.
func (f form) length(key string, n, min, max int) bool {
	switch {
	case n >= min && n <= max:
		return true
	case min == 0:
		f.fail(key, "BASE_TYPE_MAX_LENGTH", fmt.Sprintf("Must be %d or fewer in length.", max))
	default:
		f.fail(key, "BASE_TYPE_BAD_LENGTH", fmt.Sprintf("Must be between %d and %d in length.", min, max))
	}
	return false
}

// integer reads a whole number of min to max.
func (f form) integer(key string, min, max int64, n need) (int64, bool) {
	if !f.has(key) {
		if n == needed {
			f.required(key)
		}
		return 0, false
	}
	v, ok := wire.Whole(f.obj[key])
	if !ok {
		f.fail(key, "NUMBER_TYPE_COERCE", fmt.Sprintf("Value %q is not int.", fmt.Sprint(f.obj[key])))
		return 0, false
	}
	return v, f.within(key, v, min, max)
}

// within checks the bounds of a number.
func (f form) within(key string, v, min, max int64) bool {
	switch {
	case v < min:
		f.fail(key, "NUMBER_TYPE_MIN", fmt.Sprintf("int value should be greater than or equal to %d.", min))
		return false
	case v > max:
		f.fail(key, "NUMBER_TYPE_MAX", fmt.Sprintf("int value should be less than or equal to %d.", max))
		return false
	}
	return true
}

// choice reads a number that must be one of a few.
func (f form) choice(key string, n need, values ...int64) (int64, bool) {
	v, ok := f.integer(key, math.MinInt64, math.MaxInt64, n)
	if ok && !slices.Contains(values, v) {
		f.fail(key, "BASE_TYPE_CHOICES", "Value must be one of {"+numberList(values)+"}.")
		return v, false
	}
	return v, ok
}

// union reads the type of an object that has one of several shapes.
func (f form) union(types ...int64) (int64, bool) {
	if !f.has("type") {
		f.fail("", "UNION_TYPE_FIELD", `Field "type" is required to determine the model type.`)
		return 0, false
	}
	v, ok := wire.Whole(f.obj["type"])
	if !ok || !slices.Contains(types, v) {
		among := numberList(types)
		if len(types) == 1 {
			among += "," // a tuple of one, as Discord prints it
		}
		f.fail("", "UNION_TYPE_CHOICES", `Value of field "type" must be one of (`+among+").")
		return v, false
	}
	return v, true
}

// boolean reads true or false. Anything else counts as false.
func (f form) boolean(key string) bool {
	if !f.has(key) {
		return false
	}
	b, ok := f.obj[key].(bool)
	if !ok {
		f.fail(key, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
	}
	return b
}

// list reads a list of min to max items. It returns the items even if there are too
// many, so that their own faults are noted too.
func (f form) list(key string, min, max int, n need) []any {
	if !f.has(key) {
		if n == needed {
			f.required(key)
		}
		return nil
	}
	items, ok := f.obj[key].([]any)
	if !ok {
		f.fail(key, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
		return nil
	}
	f.length(key, len(items), min, max)
	return items
}

// forms reads a list of objects. It notes items that are none, and leaves them out.
func (f form) forms(key string, min, max int, n need) []form {
	var out []form
	for i, item := range f.list(key, min, max, n) {
		if sub, ok := f.object(key+"."+strconv.Itoa(i), item); ok {
			out = append(out, sub)
		}
	}
	return out
}

// object reads a value as an object at a path below this form.
func (f form) object(key string, v any) (form, bool) {
	sub := form{path: f.at(key), t: f.t}
	obj, ok := v.(map[string]any)
	if !ok {
		f.fail(key, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
		return sub, false
	}
	sub.obj = obj
	return sub, true
}

// sub reads a field that is an object.
func (f form) sub(key string, n need) (form, bool) {
	if !f.has(key) {
		if n == needed {
			f.required(key)
		}
		return form{}, false
	}
	return f.object(key, f.obj[key])
}

// snowflake reports whether a value is an id, as digits or as a number.
func snowflake(v any) bool {
	switch v.(type) {
	case string, json.Number, int, int64:
		n, ok := wire.Whole(v)
		return ok && n >= 0
	}
	return false
}

// isNumber reports whether a value is a number in JSON.
func isNumber(v any) bool {
	switch v.(type) {
	case json.Number, float64, int, int64:
		return true
	}
	return false
}

// decimal reads a number of any kind.
func decimal(v any) (float64, bool) {
	switch v := v.(type) {
	case json.Number:
		n, err := v.Float64()
		return n, err == nil
	case float64:
		return v, true
	}
	n, ok := wire.Whole(v)
	return float64(n), ok
}

// isString reports whether a value is a string in JSON.
func isString(v any) bool {
	_, ok := v.(string)
	return ok
}

// numberList lists numbers with commas.
func numberList(values []int64) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = strconv.FormatInt(v, 10)
	}
	return strings.Join(words, ", ")
}
