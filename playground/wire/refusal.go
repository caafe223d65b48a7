package wire

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// A Refusal is an error as Discord's API answers it.
type Refusal struct {
	Status  int          // HTTP status
	Code    int          // Discord's JSON error code, 0 for none
	Message string       // Discord's words
	Errors  *FieldErrors // nested field errors, nil for none

	limit *RateLimit // which has a body of its own
}

// Error words the refusal for logs and tests.
func (r *Refusal) Error() string {
	return fmt.Sprintf("HTTP %d, code %d: %s", r.Status, r.Code, r.Message)
}

// MarshalJSON writes the body that Discord answers with.
func (r *Refusal) MarshalJSON() ([]byte, error) {
	if r.limit != nil {
		return json.Marshal(r.limit)
	}
	body := map[string]any{"message": r.Message, "code": r.Code}
	if !r.Errors.Empty() {
		body["errors"] = r.Errors
	}
	return json.Marshal(body)
}

// Refuse returns a refusal without nested errors.
func Refuse(status, code int, message string) *Refusal {
	return &Refusal{Status: status, Code: code, Message: message}
}

// InvalidForm returns the refusal of a body whose fields are at fault, or nil if
// none is.
func InvalidForm(t *FieldErrors) *Refusal {
	if t.Empty() {
		return nil
	}
	return &Refusal{Status: http.StatusBadRequest, Code: 50035, Message: "Invalid Form Body", Errors: t}
}

// FieldErrors collects the faults of a body's fields by path. The zero value and
// nil are empty.
type FieldErrors struct {
	errors []fieldError
	fields map[string]*FieldErrors
}

// A fieldError is one fault of one field.
type fieldError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Add notes a fault at a path of field names and indexes joined by dots, such
// as "data.components.0.custom_id". The empty path is the body itself.
func (t *FieldErrors) Add(path, code, message string) {
	if path == "" {
		t.errors = append(t.errors, fieldError{Code: code, Message: message})
		return
	}
	name, rest, _ := strings.Cut(path, ".")
	if t.fields == nil {
		t.fields = map[string]*FieldErrors{}
	}
	if t.fields[name] == nil {
		t.fields[name] = &FieldErrors{}
	}
	t.fields[name].Add(rest, code, message)
}

// Empty reports whether no fault was noted.
func (t *FieldErrors) Empty() bool {
	return t == nil || len(t.errors) == 0 && len(t.fields) == 0
}

// MarshalJSON nests the faults under their field names, each list under
// "_errors".
func (t *FieldErrors) MarshalJSON() ([]byte, error) {
	body := make(map[string]any, len(t.fields)+1)
	for name, sub := range t.fields {
		body[name] = sub
	}
	if len(t.errors) > 0 {
		body["_errors"] = t.errors
	}
	return json.Marshal(body)
}
