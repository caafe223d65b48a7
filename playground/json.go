package playground

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
)

// An object is decoded JSON, its numbers as json.Number.
type object = map[string]any

// decodeJSON reads one JSON value, keeping numbers as they are written.
func decodeJSON(raw []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return v, nil
}

// text is the string under key, or "".
func text(o object, key string) string {
	s, _ := o[key].(string)
	return s
}

// number is the whole number under key; a number written as a string counts.
func number(o object, key string) (int64, bool) { return wholeNumber(o[key]) }

func wholeNumber(v any) (int64, bool) {
	switch n := v.(type) {
	case json.Number:
		i, err := n.Int64()
		return i, err == nil
	case string:
		i, err := strconv.ParseInt(n, 10, 64)
		return i, err == nil
	case float64:
		return int64(n), n == float64(int64(n))
	case int:
		return int64(n), true
	case int64:
		return n, true
	}
	return 0, false
}

// list is the array under key, or nil.
func list(o object, key string) []any {
	l, _ := o[key].([]any)
	return l
}

// child is the object under key, or nil.
func child(o object, key string) object {
	c, _ := o[key].(object)
	return c
}

// objects are the elements of an array that are objects.
func objects(l []any) []object {
	out := make([]object, 0, len(l))
	for _, v := range l {
		if o, ok := v.(object); ok {
			out = append(out, o)
		}
	}
	return out
}

// truth is the boolean under key, or false.
func truth(o object, key string) bool {
	b, _ := o[key].(bool)
	return b
}

// clone copies a decoded JSON value in depth.
func clone(v any) any {
	switch v := v.(type) {
	case object:
		out := make(object, len(v))
		for key, sub := range v {
			out[key] = clone(sub)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, sub := range v {
			out[i] = clone(sub)
		}
		return out
	}
	return v
}

// plain turns any value into decoded JSON.
func plain(v any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	out, err := decodeJSON(raw)
	if err != nil {
		return nil
	}
	return out
}
