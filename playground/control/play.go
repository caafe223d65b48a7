package control

import (
	"net/http"
	"strings"
	"unicode/utf8"

	"unpinch/playground/wire"
)

// A Command is the body of POST /command and POST /autocomplete.
type Command struct {
	As      string      `json:"as"`
	Guild   string      `json:"guild"` // only where a channel's name is not enough
	Channel string      `json:"channel"`
	Name    string      `json:"name"`
	Options wire.Object `json:"options"`
	Files   []File      `json:"files"`
	Target  string      `json:"target"`
	Locale  string      `json:"locale"`
	Focused string      `json:"focused"` // the option being typed in; autocomplete only
}

// A File is what a person hands to a command.
type File struct {
	Name        string `json:"name"`
	ContentType string `json:"content_type"`
	Base64      []byte `json:"base64"`
}

// ReadCommand reads a call of POST /command.
func ReadCommand(r *http.Request) (c Command, bad *Error) {
	if bad := ReadBody(r, &c); bad != nil {
		return c, bad
	}
	if c.Focused != "" {
		return c, BadRequest("unknown_field", `unknown field "focused"`)
	}
	return c, Missing("as", c.As, "channel", c.Channel, "name", c.Name)
}

// ReadAutocomplete reads a call of POST /autocomplete.
func ReadAutocomplete(r *http.Request) (c Command, bad *Error) {
	if bad := ReadBody(r, &c); bad != nil {
		return c, bad
	}
	return c, Missing("as", c.As, "channel", c.Channel, "name", c.Name, "focused", c.Focused)
}

// A Click is the body of POST /click.
type Click struct {
	As       string   `json:"as"`
	Message  string   `json:"message"`
	CustomID string   `json:"custom_id"`
	Label    string   `json:"label"`
	Values   []string `json:"values"`
	Locale   string   `json:"locale"`
}

// ReadClick reads a call of POST /click.
func ReadClick(r *http.Request) (c Click, bad *Error) {
	if bad := ReadBody(r, &c); bad != nil {
		return c, bad
	}
	if bad := Missing("as", c.As, "message", c.Message); bad != nil {
		return c, bad
	}
	if (c.CustomID == "") == (c.Label == "") {
		return c, BadRequest("bad_field", `give "custom_id" or "label"`)
	}
	return c, nil
}

// A Modal is the body of POST /modal.
type Modal struct {
	As     string      `json:"as"`
	Modal  string      `json:"modal"`
	Fields wire.Object `json:"fields"`
}

// ReadModal reads a call of POST /modal.
func ReadModal(r *http.Request) (m Modal, bad *Error) {
	if bad := ReadBody(r, &m); bad != nil {
		return m, bad
	}
	return m, Missing("as", m.As, "modal", m.Modal)
}

// A Say is the body of POST /say.
type Say struct {
	As      string `json:"as"`
	Guild   string `json:"guild"`
	Channel string `json:"channel"`
	Text    string `json:"text"`
}

// ReadSay reads a call of POST /say.
func ReadSay(r *http.Request) (s Say, bad *Error) {
	if bad := ReadBody(r, &s); bad != nil {
		return s, bad
	}
	if utf8.RuneCountInString(s.Text) > mostWords {
		return s, BadRequest("bad_field", `"text" can have 2,000 characters at most`)
	}
	return s, Missing("as", s.As, "channel", s.Channel, "text", strings.TrimSpace(s.Text))
}

// mostWords is how long a person's message may be.
const mostWords = 2000
