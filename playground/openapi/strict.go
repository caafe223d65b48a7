package openapi

import (
	"encoding/json"
	"strings"
)

// closeObjects makes every object of the document that lists its properties
// refuse others: Discord ignores a misspelt field, and a test should not.
func closeObjects(v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			closeObjects(x)
		}
		_, lists := v["properties"].(map[string]any)
		_, open := v["additionalProperties"]
		if lists && !open {
			v["additionalProperties"] = false
		}
	case []any:
		for _, x := range v {
			closeObjects(x)
		}
	}
}

// coerce turns values that Discord reads in two forms into the one its file
// describes: default_member_permissions is a number there and a string on the
// wire, and an attachment's id the other way round.
func coerce(v any) {
	switch v := v.(type) {
	case map[string]any:
		if s, ok := v["default_member_permissions"].(string); ok && isSnowflake(s) {
			v["default_member_permissions"] = json.Number(s)
		}
		for _, a := range array(v["attachments"]) {
			if n, ok := object(a)["id"].(json.Number); ok && !strings.ContainsAny(n.String(), "-.eE") {
				object(a)["id"] = n.String()
			}
		}
		for _, x := range v {
			coerce(x)
		}
	case []any:
		for _, x := range v {
			coerce(x)
		}
	}
}

// object returns v as an object, nil if it is none.
func object(v any) map[string]any { m, _ := v.(map[string]any); return m }

// array returns v as an array, nil if it is none.
func array(v any) []any { a, _ := v.([]any); return a }

// text returns v as a string, "" if it is none.
func text(v any) string { s, _ := v.(string); return s }

// number returns v as an integer, 0 if it is none.
func number(v any) int64 {
	n, _ := v.(json.Number)
	i, _ := n.Int64()
	return i
}
