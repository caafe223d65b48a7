package control

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// A Clock is the body of POST /clock. One of its fields is set.
type Clock struct {
	Leap       *time.Time     // to leap to
	Walk       *time.Duration // to walk for
	ToPost     bool           // walk to the next post
	WaitingFor *time.Time     // what the bot waits for, the zero time for nothing
}

// ReadClock reads a call of POST /clock.
func ReadClock(r *http.Request) (Clock, *Error) {
	var body struct {
		Now        *string         `json:"now"`
		Advance    *string         `json:"advance"`
		To         *string         `json:"to"`
		WaitingFor json.RawMessage `json:"waiting_for"`
	}
	if bad := ReadBody(r, &body); bad != nil {
		return Clock{}, bad
	}
	given := 0
	for _, is := range []bool{body.Now != nil, body.Advance != nil, body.To != nil, body.WaitingFor != nil} {
		if is {
			given++
		}
	}
	switch {
	case given != 1:
		return Clock{}, BadRequest("bad_field", `give one of "now", "advance", "to" and "waiting_for"`)
	case body.WaitingFor != nil:
		at, bad := readWaitingFor(body.WaitingFor)
		return Clock{WaitingFor: &at}, bad
	case body.Now != nil:
		at, bad := readTime("now", *body.Now)
		return Clock{Leap: &at}, bad
	case body.Advance != nil:
		d, bad := readSpan("advance", *body.Advance)
		return Clock{Walk: &d}, bad
	case *body.To != "next":
		return Clock{}, BadRequest("bad_field", `"to" can only be "next"`)
	}
	return Clock{ToPost: true}, nil
}

// readWaitingFor reads what the bot waits for: null is nothing.
func readWaitingFor(raw json.RawMessage) (time.Time, *Error) {
	if string(raw) == "null" {
		return time.Time{}, nil
	}
	var words string
	_ = json.Unmarshal(raw, &words) // what is no string is no time either
	at, bad := readTime("waiting_for", words)
	if bad != nil {
		bad.Text += ", or null"
	}
	return at, bad
}

// readTime reads a field that holds a time.
func readTime(field, value string) (time.Time, *Error) {
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return time.Time{}, BadRequest("bad_field", strconv.Quote(field)+" must be a time such as 2026-11-22T18:00:00Z")
	}
	return t.UTC(), nil
}

// readSpan reads a field that holds a duration, none below zero.
func readSpan(field, value string) (time.Duration, *Error) {
	d, err := time.ParseDuration(value)
	if err != nil || d < 0 {
		return 0, BadRequest("bad_field", strconv.Quote(field)+" must be a duration such as 2h30m")
	}
	return d, nil
}
