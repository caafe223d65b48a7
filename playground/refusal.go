package playground

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// A refusal is an error as Discord's API words it.
type refusal struct {
	Status  int        // HTTP status
	Code    int        // Discord's JSON error code, 0 for none
	Message string     // Discord's words
	Errors  *errorTree // nested field errors, nil for none

	limited *limited // a rate limit has a body of its own
}

// Error makes a refusal an error, for logs and tests.
func (r *refusal) Error() string {
	return fmt.Sprintf("HTTP %d, code %d: %s", r.Status, r.Code, r.Message)
}

// MarshalJSON writes the body that Discord answers with.
func (r *refusal) MarshalJSON() ([]byte, error) {
	if r.limited != nil {
		return json.Marshal(r.limited)
	}
	body := map[string]any{"message": r.Message, "code": r.Code}
	if !r.Errors.empty() {
		body["errors"] = r.Errors
	}
	return json.Marshal(body)
}

// refuse makes a refusal without nested errors.
func refuse(status, code int, message string) *refusal {
	return &refusal{Status: status, Code: code, Message: message}
}

// invalidForm is the refusal of a body whose fields are at fault, or nil for
// an empty tree.
func invalidForm(t *errorTree) *refusal {
	if t.empty() {
		return nil
	}
	return &refusal{Status: http.StatusBadRequest, Code: 50035, Message: "Invalid Form Body", Errors: t}
}

// An errorTree collects field errors by path. The zero value is empty and
// ready to use; a nil tree is empty.
type errorTree struct {
	errors []fieldError
	fields map[string]*errorTree
}

// A fieldError is one fault of one field.
type fieldError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// add notes a fault at a path of field names and indexes joined by dots, such
// as "data.components.0.custom_id". The empty path is the body itself.
func (t *errorTree) add(path, code, message string) {
	if path == "" {
		t.errors = append(t.errors, fieldError{Code: code, Message: message})
		return
	}
	name, rest, _ := strings.Cut(path, ".")
	if t.fields == nil {
		t.fields = map[string]*errorTree{}
	}
	if t.fields[name] == nil {
		t.fields[name] = &errorTree{}
	}
	t.fields[name].add(rest, code, message)
}

// empty tells whether no fault was noted.
func (t *errorTree) empty() bool {
	return t == nil || len(t.errors) == 0 && len(t.fields) == 0
}

// MarshalJSON nests the faults under their field names, each list under
// "_errors".
func (t *errorTree) MarshalJSON() ([]byte, error) {
	body := make(map[string]any, len(t.fields)+1)
	for name, sub := range t.fields {
		body[name] = sub
	}
	if len(t.errors) > 0 {
		body["_errors"] = t.errors
	}
	return json.Marshal(body)
}
