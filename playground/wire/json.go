// Package wire holds what everything that speaks Discord's protocol needs to
// read and write it: decoded JSON, refusals as Discord words them, and
// Discord's constants.
package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
)

// An Object is a decoded JSON object. Its numbers are of the type json.Number.
type Object = map[string]any

// Decode reads one JSON value and keeps numbers as they are written. It
// returns an error if anything follows the value.
func Decode(raw []byte) (any, error) {
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

// Text returns the string under key, or "" if there is none.
func Text(o Object, key string) string {
	s, _ := o[key].(string)
	return s
}

// Number returns the whole number under key, and false if there is none. A
// number written as a string counts.
func Number(o Object, key string) (int64, bool) { return Whole(o[key]) }

// Whole returns a decoded value as a whole number, and false if it is none. A
// number written as a string counts.
func Whole(v any) (int64, bool) {
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

// List returns the array under key, or nil.
func List(o Object, key string) []any {
	l, _ := o[key].([]any)
	return l
}

// Child returns the object under key, or nil.
func Child(o Object, key string) Object {
	c, _ := o[key].(Object)
	return c
}

// Objects returns the elements of an array that are objects.
func Objects(l []any) []Object {
	out := make([]Object, 0, len(l))
	for _, v := range l {
		if o, ok := v.(Object); ok {
			out = append(out, o)
		}
	}
	return out
}

// Bool returns the boolean under key, or false.
func Bool(o Object, key string) bool {
	b, _ := o[key].(bool)
	return b
}

// Clone returns a deep copy of a decoded JSON value.
func Clone(v any) any {
	switch v := v.(type) {
	case Object:
		out := make(Object, len(v))
		for key, sub := range v {
			out[key] = Clone(sub)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, sub := range v {
			out[i] = Clone(sub)
		}
		return out
	}
	return v
}

// Plain returns any value as decoded JSON, or nil if JSON cannot hold it.
func Plain(v any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	out, err := Decode(raw)
	if err != nil {
		return nil
	}
	return out
}

// SetDefault sets a key that is missing or null.
func SetDefault(o Object, key string, value any) {
	if o[key] == nil {
		o[key] = value
	}
}

// OrEmpty returns the array itself, or an empty one for nil, which JSON would
// write as null.
func OrEmpty(l []any) []any {
	if l == nil {
		return []any{}
	}
	return l
}

// WriteJSON answers a request with a value as JSON.
func WriteJSON(w http.ResponseWriter, status int, v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "the answer cannot be written as JSON", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(raw) // the caller is gone; nothing to do
}

// Methods returns the methods that a mux takes for a request's path by any
// pattern but "/".
func Methods(mux *http.ServeMux, r *http.Request) []string {
	var out []string
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := mux.Handler(other); pattern != "/" {
			out = append(out, method)
		}
	}
	return out
}
