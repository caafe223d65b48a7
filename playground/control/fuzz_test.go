package control

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// FuzzBodies reads the bodies of all calls. Each is taken, or refused with words
// for its caller.
func FuzzBodies(f *testing.F) {
	for _, s := range []string{`{"as":"mia","channel":"dm","name":"help","options":{"a":1},"files":[{"name":"x","base64":"eA=="}]}`,
		`{"now":"2026-11-22T18:00:00Z"}`, `{"advance":"2h"}`, `{"waiting_for":null}`, `{"permission":{"channel":"c","deny":["SEND_MESSAGES"]}}`,
		`{"rules":[{"method":"POST","status":500,"times":1}],"gateway":"close:4004"}`, `{"modal":"1","fields":{"a":["b"]}}`, `[]`, `{"a":`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		call := func() *http.Request { return httptest.NewRequest("POST", "/", strings.NewReader(body)) }
		told := func(name string, bad *Error) {
			if bad != nil && (bad.Status < 400 || bad.Status > 499 || bad.Code == "" || bad.Text == "") {
				t.Errorf("%s: %+v", name, bad)
			}
		}
		c, bad := ReadChange(call())
		told("world", bad)
		if c.Permission != nil {
			_, _, bad = c.Permission.Bits()
			told("permission", bad)
		}
		_, bad = ReadClock(call())
		told("clock", bad)
		_, bad = ReadCommand(call())
		told("command", bad)
		_, bad = ReadAutocomplete(call())
		told("autocomplete", bad)
		_, bad = ReadClick(call())
		told("click", bad)
		_, bad = ReadModal(call())
		told("modal", bad)
	})
}
