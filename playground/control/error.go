package control

import (
	"net/http"
	"strconv"
	"strings"

	"unpinch/playground/wire"
)

// An Error is why a call was not done, in words for its caller.
type Error struct {
	Status     int
	Code, Text string
}

// Error returns the words.
func (e *Error) Error() string { return e.Text }

// Fail returns an error of any status.
func Fail(status int, code, text string) *Error { return &Error{status, code, text} }

// BadRequest returns an error of status 400.
func BadRequest(code, text string) *Error { return Fail(http.StatusBadRequest, code, text) }

// NotFound returns the error that there is nothing of a kind by a name.
func NotFound(what, name string) *Error {
	return Fail(http.StatusNotFound, "not_found", "there is no "+what+" "+strconv.Quote(name))
}

// Missing returns an error that names the fields left empty, or nil if none is.
// Names and values come in turn.
func Missing(fields ...string) *Error {
	var words []string
	for i := 0; i < len(fields); i += 2 {
		if fields[i+1] == "" {
			words = append(words, strconv.Quote(fields[i])+" is missing")
		}
	}
	if words == nil {
		return nil
	}
	return BadRequest("bad_field", strings.Join(words, "; "))
}

// ErrorObject returns an error of a caller's or of the bot's as answers show it.
func ErrorObject(code, text string) wire.Object { return wire.Object{"code": code, "text": text} }

// WriteError answers a call with an error.
func WriteError(w http.ResponseWriter, e *Error) {
	wire.WriteJSON(w, e.Status, wire.Object{"error": ErrorObject(e.Code, e.Text)})
}
