package control

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"unpinch/playground/wire"
)

// told returns an error's code and words, "" for none.
func told(e *Error) string {
	if e == nil {
		return ""
	}
	return e.Code + ": " + e.Text
}

func TestReadCalls(t *testing.T) {
	for _, tt := range []struct{ call, body, want string }{
		{"command", `{"as":"mia","channel":"general","name":"pinched"}`, ""},
		{"command", ``, `bad_field: "as" is missing; "channel" is missing; "name" is missing`},
		{"command", `{"as":"mia","channel":"general","name":"pinched","focused":"area"}`, `unknown_field: unknown field "focused"`},
		{"command", `{"as":1}`, `bad_field: field "as" cannot be of the type number`},
		{"command", `{"files":[{"base64":"?"}]}`, `bad_field: "base64" does not hold a file's content in base64`},
		{"command", `[]`, `bad_json: the body must be one JSON object`},
		{"command", `{} {}`, `bad_json: the body must be one JSON object`},
		{"autocomplete", `{"as":"mia","channel":"general","name":"pinched"}`, `bad_field: "focused" is missing`},
		{"click", `{"as":"mia","message":"1","label":"Go"}`, ""},
		{"click", `{"as":"mia","message":"1"}`, `bad_field: give "custom_id" or "label"`},
		{"click", `{"as":"mia","message":"1","label":"Go","custom_id":"go"}`, `bad_field: give "custom_id" or "label"`},
		{"modal", `{"as":"mia"}`, `bad_field: "modal" is missing`},
		{"world", `{"kick_bot":"iron-garden","lock_thread":"morning-crew"}`, ""},
		{"world", `{"fly":true}`, `unknown_field: unknown field "fly"`},
		{"clock", `{"advance":"2h"}`, ""},
		{"clock", `{"waiting_for":null}`, ""},
		{"clock", `{}`, `bad_field: give one of "now", "advance", "to" and "waiting_for"`},
		{"clock", `{"advance":"-2h"}`, `bad_field: "advance" must be a duration such as 2h30m`},
		{"clock", `{"to":"last"}`, `bad_field: "to" can only be "next"`},
		{"clock", `{"waiting_for":5}`, `bad_field: "waiting_for" must be a time such as 2026-11-22T18:00:00Z, or null`},
	} {
		r := httptest.NewRequest("POST", "/"+tt.call, strings.NewReader(tt.body))
		var bad *Error
		switch tt.call {
		case "command":
			_, bad = ReadCommand(r)
		case "autocomplete":
			_, bad = ReadAutocomplete(r)
		case "click":
			_, bad = ReadClick(r)
		case "modal":
			_, bad = ReadModal(r)
		case "world":
			_, bad = ReadChange(r)
		case "clock":
			_, bad = ReadClock(r)
		}
		if got := told(bad); got != tt.want {
			t.Errorf("%s %s: got %q, want %q", tt.call, tt.body, got, tt.want)
		}
	}
}

func TestReadQuery(t *testing.T) {
	got, bad := ReadQuery(url.Values{"channel": {"dm"}, "as": {"mia"}, "after": {"7"}, "wait": {"10s"}, "limit": {"3"}, "deleted": {"1"}})
	want := Query{As: "mia", Channel: "dm", After: 7, Wait: 10 * time.Second, Limit: 3, Deleted: true}
	if bad != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, bad, want)
	}
	for query, want := range map[string]string{
		"":                     `bad_field: "channel" is missing`,
		"channel=dm&wait=2m":   `bad_field: "wait" must be 1m at most`,
		"channel=dm&limit=0":   `bad_field: "limit" must be a number from 1`,
		"channel=dm&after=x":   `bad_field: "after" must be a message id`,
		"channel=dm&before=10": `unknown_field: unknown field "before"`,
	} {
		q, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if _, bad := ReadQuery(q); told(bad) != want {
			t.Errorf("%q: got %q, want %q", query, told(bad), want)
		}
	}
}

func TestPermissionBits(t *testing.T) {
	deny, allow, bad := Permission{Deny: Names{"send_messages"}, Allow: Names{"VIEW_CHANNEL", "ATTACH_FILES"}}.Bits()
	if bad != nil || deny != wire.PermSendMessages || allow != wire.PermViewChannel|wire.PermAttachFiles {
		t.Errorf("got %d, %d, %v", deny, allow, bad)
	}
	for want, p := range map[string]Permission{
		`bad_field: there is no permission "FLY"`:                {Deny: Names{"FLY"}},
		`bad_field: "deny" and "allow" name the same permission`: {Deny: Names{"VIEW_CHANNEL"}, Allow: Names{"VIEW_CHANNEL"}},
	} {
		if _, _, bad := p.Bits(); told(bad) != want {
			t.Errorf("got %q, want %q", told(bad), want)
		}
	}
}
