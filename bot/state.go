package bot

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// stateTag is the struct tag of a state's field: "optional" fields at the end
// are left out while they are zero, and the last field may be "rest", a string
// with slashes of its own.
const stateTag = "state"

// encodeState returns a state as the text of a custom ID. A state that is an
// encoding.TextMarshaler says it itself; a struct is its fields in order, joined
// by slashes; a string, number or bool is as Go writes it.
func encodeState(state any) (string, error) {
	v := reflect.ValueOf(state)
	if _, own := state.(encoding.TextMarshaler); own || v.Kind() != reflect.Struct {
		return encodeField(v)
	}
	fields := make([]string, 0, v.NumField())
	used := 0
	for i := range v.NumField() {
		text, err := encodeField(v.Field(i))
		if err != nil {
			return "", fmt.Errorf("%s: %w", v.Type().Field(i).Name, err)
		}
		tag := v.Type().Field(i).Tag.Get(stateTag)
		if strings.Contains(text, "/") && !strings.Contains(tag, "rest") {
			return "", fmt.Errorf("%s: a slash in %q", v.Type().Field(i).Name, text)
		}
		fields = append(fields, text)
		if !strings.Contains(tag, "optional") || !v.Field(i).IsZero() {
			used = len(fields)
		}
	}
	return strings.Join(fields[:used], "/"), nil
}

func encodeField(v reflect.Value) (string, error) {
	if m, ok := v.Interface().(encoding.TextMarshaler); ok {
		text, err := m.MarshalText()
		return string(text), err
	}
	switch {
	case v.Kind() == reflect.String:
		return v.String(), nil
	case v.CanInt():
		return strconv.FormatInt(v.Int(), 10), nil
	case v.CanUint():
		return strconv.FormatUint(v.Uint(), 10), nil
	case v.Kind() == reflect.Bool:
		return strconv.FormatBool(v.Bool()), nil
	}
	return "", fmt.Errorf("no text for a %s", v.Type())
}

// errState is all that is said of a text that is no state: the text is a user's.
var errState = errors.New("not a state of this ID")

// decodeState reads what encodeState wrote into the state that to points to, or
// returns an error. It takes no other spelling of a state, and none that calls
// itself invalid by a method Valid() bool.
func decodeState(text string, to any) error {
	v := reflect.ValueOf(to).Elem()
	if err := decodeInto(text, v); err != nil {
		return err
	}
	if s, ok := v.Interface().(interface{ Valid() bool }); ok && !s.Valid() {
		return errState
	}
	if again, err := encodeState(v.Interface()); err != nil || again != text {
		return errState
	}
	return nil
}

func decodeInto(text string, v reflect.Value) error {
	if _, own := v.Addr().Interface().(encoding.TextUnmarshaler); own || v.Kind() != reflect.Struct {
		return decodeField(text, v)
	}
	fields := strings.SplitN(text, "/", v.NumField())
	for i := range v.NumField() {
		if i >= len(fields) {
			if !strings.Contains(v.Type().Field(i).Tag.Get(stateTag), "optional") {
				return errState
			}
			continue
		}
		if err := decodeField(fields[i], v.Field(i)); err != nil {
			return err
		}
	}
	return nil
}

func decodeField(text string, v reflect.Value) error {
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText([]byte(text))
	}
	switch {
	case v.Kind() == reflect.String:
		v.SetString(text)
	case v.CanInt():
		n, err := strconv.ParseInt(text, 10, v.Type().Bits())
		if err != nil {
			return errState
		}
		v.SetInt(n)
	case v.CanUint():
		n, err := strconv.ParseUint(text, 10, v.Type().Bits())
		if err != nil {
			return errState
		}
		v.SetUint(n)
	case v.Kind() == reflect.Bool:
		v.SetBool(text == "true")
	default:
		return errState
	}
	return nil
}
