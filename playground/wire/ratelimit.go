package wire

import (
	"encoding/json"
	"math"
	"net/http"
	"strconv"
)

// A RateLimit is what Discord answers with status 429.
type RateLimit struct {
	After float64 // seconds to wait
	Scope string  // user, global or shared; empty means user
}

// SetHeader sets the headers of the answer.
func (l RateLimit) SetHeader(h http.Header) {
	scope := l.Scope
	if scope == "" {
		scope = "user"
	}
	h.Set("Retry-After", strconv.FormatFloat(math.Ceil(l.After), 'f', -1, 64))
	h.Set("X-RateLimit-Scope", scope)
	if scope == "global" {
		h.Set("X-RateLimit-Global", "true")
	}
}

// MarshalJSON writes the body of the answer.
func (l RateLimit) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"message": "You are being rate limited.",
		"retry_after": l.After, "global": l.Scope == "global", "code": 0})
}

// Refusal returns the answer as a refusal. Its headers are not part of it.
func (l RateLimit) Refusal() *Refusal {
	return &Refusal{Status: http.StatusTooManyRequests, Message: "You are being rate limited.", limit: &l}
}
