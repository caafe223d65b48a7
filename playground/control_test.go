package playground

import (
	"net/http/httptest"
	"strings"
	"testing"

	"unpinch/playground/wire"
)

func TestControlRefuses(t *testing.T) {
	l := newLab(t)
	l.Do("POST", "/world", `{"add_guilds":1}`)
	for _, tc := range []struct {
		call, body string
		status     int
		code, text string
	}{
		{"GET /nowhere", "", 404, "not_found", `there is no path "/nowhere"`},
		{"GET /attachments", "", 404, "not_found", `there is no path "/attachments"`},
		{"GET /command", "", 405, "wrong_method", "/command takes POST and no GET"},
		{"PUT /faults", `{}`, 405, "wrong_method", "/faults takes POST, DELETE and no PUT"},
		{"DELETE /clock", "", 405, "wrong_method", "/clock takes GET, HEAD, POST and no DELETE"},

		{"POST /clock", `{"now":"x"}`, 400, "bad_field", `"now" must be a time such as 2026-11-22T18:00:00Z`},
		{"POST /clock", `{"now":""}`, 400, "bad_field", `"now" must be a time such as 2026-11-22T18:00:00Z`},
		{"POST /clock", `{"now":7}`, 400, "bad_field", `field "now" cannot be of the type number`},
		{"POST /clock", `{"advance":"soon"}`, 400, "bad_field", `"advance" must be a duration such as 2h30m`},
		{"POST /clock", `{"advance":"-2h"}`, 400, "bad_field", `"advance" must be a duration such as 2h30m`},
		{"POST /clock", `{"waiting_for":"x"}`, 400, "bad_field", `"waiting_for" must be a time such as 2026-11-22T18:00:00Z, or null`},
		{"POST /clock", `{"waiting_for":7}`, 400, "bad_field", `"waiting_for" must be a time such as 2026-11-22T18:00:00Z, or null`},
		{"GET /messages?channel=general&wait=x", "", 400, "bad_field", `"wait" must be a duration such as 2h30m`},
		{"GET /messages?channel=general&wait=2m", "", 400, "bad_field", `"wait" must be 1m at most`},

		{"POST /world", `[]`, 400, "bad_json", "the body must be one JSON object"},
		{"POST /world", `{} {}`, 400, "bad_json", "the body must be one JSON object"},
		{"POST /world", `{"permission":[]}`, 400, "bad_field", `field "permission" cannot be of the type array`},
		{"POST /world", `"` + strings.Repeat("a", 16<<20), 413, "too_large", "the body can be 16 MiB at most"},
		{"POST /command", `{"files":[{"base64":"#"}]}`, 400, "bad_field", `"base64" does not hold a file's content in base64`},

		{"POST /command", `{}`, 400, "bad_field", `"as" is missing; "channel" is missing; "name" is missing`},
		{"POST /command", `{"as":"mia","name":"pinched"}`, 400, "bad_field", `"channel" is missing`},
		{"POST /autocomplete", `{}`, 400, "bad_field", `"as" is missing; "channel" is missing; "name" is missing; "focused" is missing`},
		{"POST /click", `{}`, 400, "bad_field", `"as" is missing; "message" is missing`},
		{"POST /click", `{"as":"mia","message":"1"}`, 400, "bad_field", `give "custom_id" or "label"`},
		{"POST /modal", `{}`, 400, "bad_field", `"as" is missing; "modal" is missing`},
		{"POST /modal", `{"as":"unpinch","modal":"1"}`, 404, "not_found", `there is no user "unpinch"`},
		{"GET /messages", "", 400, "bad_field", `"channel" is missing`},
		{"GET /messages?channel=general&limit=0", "", 400, "bad_field", `"limit" must be a number from 1`},
		{"POST /world", `{"permission":{}}`, 400, "bad_field", `"permission.channel" is missing`},
		{"POST /world", `{"lock_thread":{}}`, 400, "bad_field", `"lock_thread.thread" is missing`},

		{"POST /world", `{"add_guilds":-1}`, 400, "bad_field", `"add_guilds" must be 0 to 59997`},
		{"POST /world", `{"add_guilds":59998}`, 400, "bad_field", `"add_guilds" must be 0 to 59997`},
		{"POST /world", `{"add_guilds":9223372036854775807}`, 400, "bad_field", `"add_guilds" must be 0 to 59997`},
		{"POST /faults", `{"rules":[{"status":99}]}`, 400, "bad_field", `rules[0]: "status" must be 200 to 599`},
		{"POST /faults", `{"rules":[{"status":500},{"status":500,"times":-1}]}`, 400, "bad_field", `rules[1]: "times" must be 0, for always, or more`},
		{"POST /faults", `{"rules":[{"delay_ms":-1}]}`, 400, "bad_field", `rules[0]: "delay_ms" must be 0 to 600000`},
		{"POST /faults", `{"rules":[{"delay_ms":9223372036854775807}]}`, 400, "bad_field", `rules[0]: "delay_ms" must be 0 to 600000`},
		{"POST /faults", `{"rules":[{"status":429,"retry_after":-1}]}`, 400, "bad_field", `rules[0]: "retry_after" must be 0 or more`},
	} {
		t.Run(tc.call+" "+tc.body[:min(len(tc.body), 50)], func(t *testing.T) {
			method, path, _ := strings.Cut(tc.call, " ")
			status, v, header := l.Call(method, path, tc.body)
			body, _ := v.(object)
			fault := wire.Child(body, "error")
			if status != tc.status || wire.Text(fault, "code") != tc.code || wire.Text(fault, "text") != tc.text {
				t.Errorf("got %d %v\nwant %d %s: %s", status, v, tc.status, tc.code, tc.text)
			}
			if got := header.Get("Content-Type"); got != "application/json" {
				t.Errorf("got content type %q", got)
			}
			if allow := header.Get("Allow"); (allow != "") != (tc.status == 405) || !strings.Contains(tc.text, allow) {
				t.Errorf("got Allow %q", allow)
			}
		})
	}
}

func TestForeignCallsAreTold(t *testing.T) {
	l := newLab(t)
	const name = "the playground does not go by this name. Open it as 127.0.0.1 or localhost, or name this host with --addr."
	for _, tc := range []struct{ host, origin, path, code, text string }{
		{"evil.example", "", "/state", "foreign_host", name},
		{"evil.example", "", "/nowhere", "foreign_host", name},
		{"evil.example", "", "/api/v10/users/@me", "foreign_host", name},
		{"localhost", "http://evil.example", "/clock", "foreign_origin", "the playground takes no requests from other sites"},
		{"evil.example", "", "/", "", "T" + name[1:]},
		{"evil.example", "", "/page/page.css", "", "T" + name[1:]},
	} {
		r := httptest.NewRequest("GET", tc.path, nil)
		r.Host = tc.host
		if tc.origin != "" {
			r.Header.Set("Origin", tc.origin)
		}
		w := httptest.NewRecorder()
		l.s.ServeHTTP(w, r)
		code, words := "", strings.TrimSpace(w.Body.String())
		if v, err := wire.Decode(w.Body.Bytes()); err == nil {
			body, _ := v.(object)
			code, words = wire.Text(wire.Child(body, "error"), "code"), wire.Text(wire.Child(body, "error"), "text")
		}
		if w.Code != 403 || code != tc.code || words != tc.text {
			t.Errorf("%s %s: got %d %q %q, want %q %q", tc.host, tc.path, w.Code, code, words, tc.code, tc.text)
		}
	}
}
