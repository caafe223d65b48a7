// Package control is the control API as its callers see it: how a call is read,
// what it may ask for, and how an error is told. It carries nothing out; that is
// the playground's, which gets each call checked and typed.
package control

import (
	"net/http"
	"strings"

	"unpinch/playground/wire"
)

// A Call carries out what a request asks for, and returns the answer.
type Call func(*http.Request) (any, *Error)

// ServeHTTP answers with the call's answer or error as JSON.
func (c Call) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	v, bad := c(r)
	if bad != nil {
		WriteError(w, bad)
		return
	}
	wire.WriteJSON(w, http.StatusOK, v)
}

// NoPath returns what refuses every request that no pattern of a mux but "/"
// takes.
func NoPath(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		allowed := wire.Methods(mux, r)
		if len(allowed) == 0 {
			WriteError(w, NotFound("path", r.URL.Path))
			return
		}
		methods := strings.Join(allowed, ", ")
		w.Header().Set("Allow", methods)
		WriteError(w, Fail(http.StatusMethodNotAllowed, "wrong_method", r.URL.Path+" takes "+methods+" and no "+r.Method))
	}
}
