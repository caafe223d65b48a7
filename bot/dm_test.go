package bot

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
)

// TestADMIsOpenedOnce: many DMs to one person open one channel, and another
// one only when Discord no longer knows it.
func TestADMIsOpenedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		opened, gone := 0, ""
		d := &discord{answer: func(_ int, r *http.Request) *http.Response {
			switch {
			case strings.HasSuffix(r.URL.Path, "/users/@me/channels"):
				opened++
				return respond(200, nil, `{"id":"`+strconv.Itoa(opened)+`"}`)
			case gone != "" && strings.Contains(r.URL.Path, "/channels/"+gone+"/"):
				return respond(404, nil, `{"code":10003,"message":"Unknown Channel"}`)
			}
			return respond(200, nil, `{"id":"9"}`)
		}}
		b := overBot(t, d)
		send := func(want string) {
			t.Helper()
			channel, message, err := b.SendDM(t.Context(), "42", "n", post("x"))
			if channel != want || message != "9" || err != nil {
				t.Errorf("got %q %q %v, want channel %s", channel, message, err, want)
			}
		}
		send("1")
		send("1")
		gone = "1"
		send("2")
		send("2")
		if opened != 2 {
			t.Errorf("%d DMs were opened, want 2", opened)
		}
		gone = "2"
		b.dms.keep("42", "2")
		d.answer = func(_ int, r *http.Request) *http.Response { // each that is opened is gone at once
			if strings.HasSuffix(r.URL.Path, "/users/@me/channels") {
				return respond(200, nil, `{"id":"2"}`)
			}
			return respond(404, nil, `{"code":10003,"message":"Unknown Channel"}`)
		}
		if _, _, err := b.SendDM(t.Context(), "42", "n", post("x")); err == nil || !Sure(err) {
			t.Errorf("got %v, want a sure failure", err)
		}
	})
}

// TestDMChannelsAreBounded keeps memory bounded.
func TestDMChannelsAreBounded(t *testing.T) {
	var d dmChannels
	for i := range dmsKept + 5 {
		d.keep(strconv.Itoa(i), "c")
	}
	if len(d.by) > dmsKept || d.of(strconv.Itoa(dmsKept+4)) != "c" || d.of("0") != "" {
		t.Errorf("%d are kept", len(d.by))
	}
}
