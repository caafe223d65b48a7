package playground

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

func TestFaultRules(t *testing.T) {
	l := newLab(t)
	path := l.Posts("general")
	set := func(rules string) {
		t.Helper()
		l.Do("DELETE", "/faults", nil)
		l.Do("POST", "/faults", `{"rules":[`+rules+`]}`)
		l.Pass(5 * time.Second)
	}
	const post = `"route":"POST /channels/{channel}/messages"`

	set(`{` + post + `,"status":500,"times":2}`)
	for range 2 {
		l.Refused("POST", path, `{"content":"a"}`, 500, 0)
	}
	l.Do("POST", path, `{"content":"a"}`)

	set(`{` + post + `,"status":502,"times":1,"after_commit":true}`)
	l.Refused("POST", path, `{"content":"kept","nonce":"k","enforce_nonce":true}`, 502, 0)
	if m := l.Do("POST", path, `{"content":"again","nonce":"k","enforce_nonce":true}`); wire.Text(m, "content") != "kept" {
		t.Errorf("got %v, want the message that was kept", m)
	}

	for scope, global := range map[string]bool{"global": true, "shared": false, "user": false} {
		set(fmt.Sprintf(`{"method":"POST","route":"/channels/{channel_id}/messages","status":429,"retry_after":1.5,"scope":%q}`, scope))
		status, v, h := l.Call("POST", path, `{"content":"a"}`)
		body, _ := v.(object)
		if status != 429 || fmt.Sprint(body["retry_after"]) != "1.5" || body["global"] != global ||
			h.Get("Retry-After") != "2" || h.Get("X-RateLimit-Scope") != scope || (h.Get("X-RateLimit-Global") == "true") != global {
			t.Errorf("%s: got %d %v %v", scope, status, v, h)
		}
	}

	set(`{` + post + `,"status":429,"retry_after":1.5,"scope":"none"}`)
	if status, v, h := l.Call("POST", path, `{"content":"a"}`); status != 429 || h.Get("Retry-After")+h.Get("X-RateLimit-Scope") != "" || wire.Text(v.(object), "message") == "" {
		t.Errorf("without headers: got %d %v %v", status, v, h)
	}

	set(`{"route":"/channels/` + l.Channel("general") + `","status":403,"html":true}`)
	status, v, h := l.Call("GET", path, nil)
	if status != 403 || !strings.Contains(fmt.Sprint(v), "<!DOCTYPE html>") || !strings.HasPrefix(h.Get("Content-Type"), "text/html") {
		t.Errorf("got %d %v %v, want a page", status, v, h)
	}
	l.Do("GET", "/api/v10/channels/"+l.Channel("classes"), nil)

	set(`{` + post + `,"status":403,"code":40333}`)
	l.Refused("POST", path, `{"content":"a"}`, 403, 40333)

	set(`{"route":"/gateway","drop":true}`)
	if _, err := http.Post(l.URL+"/api/v10/gateway", "", nil); err == nil { // a GET would be tried again
		t.Error("got an answer, want a dropped connection")
	}
	set(`{"route":"/gateway","delay_ms":60000}`)
	ctx, cancel := context.WithTimeout(t.Context(), quietAfter)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", l.URL+"/api/v10/gateway", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := http.DefaultClient.Do(req); err == nil {
		t.Error("got an answer at once, want a delay")
	}
	for _, bad := range []string{`{"rules":[{}]}`, `{"rules":[{"status":99}]}`, `{"rules":[{"drop":true,"code":40333}]}`, `{"gateway":"op8"}`, `{"gateway":"close:99"}`} {
		l.Problem("POST", "/faults", bad, 400, "bad_field")
	}
	l.Problem("POST", "/faults", `{"rules":[{"delay":1}]}`, 400, "unknown_field")
}

func TestFaultsInForce(t *testing.T) {
	l := newLab(t)
	l.Do("POST", "/faults", `{"rules":[{"route":"/gateway","status":500,"times":3}]}`)
	got := l.Do("POST", "/faults", `{"rules":[{"method":"PUT","status":503}],"gateway":"op7"}`)
	if want := `map[gateway:op7 rules:[map[route:/gateway status:500 times:3] map[method:PUT status:503]]]`; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if got := l.Do("DELETE", "/faults", nil); fmt.Sprint(got) != "map[gateway: rules:[]]" {
		t.Errorf("got %v, want none", got)
	}
}

func TestGatewayFaults(t *testing.T) {
	for _, tc := range []struct {
		fault string
		check func(t *testing.T, l *lab, b *rig.Bot)
	}{
		{"op7", func(_ *testing.T, _ *lab, b *rig.Bot) { b.Event("op7") }},
		{"op9", func(t *testing.T, _ *lab, b *rig.Bot) {
			if e := b.Event("op9"); e["d"] != false {
				t.Errorf("got %v", e)
			}
		}},
		{"op9_resume", func(t *testing.T, _ *lab, b *rig.Bot) {
			if e := b.Event("op9"); e["d"] != true {
				t.Errorf("got %v", e)
			}
		}},
		{"close:4014", func(t *testing.T, _ *lab, b *rig.Bot) {
			if err := <-b.Gone; !strings.Contains(err.Error(), "4014") {
				t.Errorf("got %v, want 4014", err)
			}
		}},
		{"zombie", func(t *testing.T, l *lab, b *rig.Bot) {
			ready := b.Event("READY")
			b.Send(opHeartbeat, nil)
			l.Do("POST", "/world", `{"delete_channel":"classes"}`)
			b.Cut() // the bot gives up on it
			<-b.Gone
			if len(b.Events) != 0 {
				t.Errorf("got %v from a zombie", <-b.Events)
			}
			again := l.Connect()
			again.Send(opResume, object{"token": "playground", "session_id": wire.Child(ready, "d")["session_id"], "seq": 2})
			if e := again.Read(); wire.Text(e, "t") != "CHANNEL_DELETE" {
				t.Errorf("got %v, want what the zombie kept back", e)
			}
		}},
	} {
		t.Run(tc.fault, func(t *testing.T) {
			l := newLab(t)
			b := l.Login(intentGuilds, nil)
			if tc.fault == "zombie" {
				ready := b.Event("READY")
				b.Event("GUILD_CREATE")
				b.Events <- ready
			}
			l.Do("POST", "/faults", object{"gateway": tc.fault})
			tc.check(t, l, b)
		})
	}
}

// TestInvalidSessions: what may be asked for on the same connection after an op 9.
func TestInvalidSessions(t *testing.T) {
	for fault, want := range map[string]string{"op9": "READY", "op9_resume": "RESUMED"} {
		t.Run(fault, func(t *testing.T) {
			l := newLab(t)
			b := l.Connect()
			identify := object{"token": "playground", "intents": 0}
			b.Send(opIdentify, identify)
			session := wire.Text(wire.Child(b.Read(), "d"), "session_id")
			l.Do("POST", "/faults", object{"gateway": fault})
			b.Read()
			if fault == "op9" {
				b.Send(opIdentify, identify)
			} else {
				b.Send(opResume, object{"token": "playground", "session_id": session, "seq": 1})
			}
			if e := b.Read(); wire.Text(e, "t") != want {
				t.Errorf("got %v, want %s", e, want)
			}
		})
	}
}

// TestDiscordIsAway: these faults break connections off and stay.
func TestDiscordIsAway(t *testing.T) {
	for _, fault := range []string{"no_hello", "upgrade_503", "no_ready"} {
		t.Run(fault, func(t *testing.T) {
			l := newLab(t)
			b := l.Login(0, nil)
			l.Do("POST", "/faults", object{"gateway": fault})
			<-b.Gone
			for range 2 {
				ws, res, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(l.URL, "http")+"/gateway", nil)
				if fault == "upgrade_503" {
					if err == nil || res == nil || res.StatusCode != http.StatusServiceUnavailable {
						t.Fatalf("got %v, want 503", res)
					}
					continue
				}
				if err != nil {
					t.Fatal(err)
				}
				said := make(chan []byte, 2)
				go func() {
					for {
						_, raw, err := ws.ReadMessage()
						if err != nil {
							close(said)
							return
						}
						said <- raw
					}
				}()
				if err := ws.WriteJSON(object{"op": opHeartbeat}); err != nil {
					t.Fatal(err)
				}
				want := map[string]int64{"no_hello": opHeartbeatAck, "no_ready": opHello}[fault]
				v, _ := wire.Decode(<-said)
				if first, _ := v.(object); !isWhole(first["op"], want) {
					t.Errorf("the first message is %v, want op %d", v, want)
				}
				_ = ws.Close() // it has served
				for range said {
				}
			}
			l.Do("DELETE", "/faults", nil)
			l.Login(0, nil)
		})
	}
}

func TestResumeAnsweredWithReconnect(t *testing.T) {
	l := newLab(t)
	b := l.Login(0, nil)
	session := wire.Text(wire.Child(b.Event("READY"), "d"), "session_id")
	l.Do("POST", "/faults", `{"gateway":"op7_resume"}`)
	<-b.Gone
	l.until(func() bool { return len(l.s.gateway.conns) == 0 })
	for _, want := range []string{"", "RESUMED"} {
		again := l.Connect()
		again.Send(opResume, object{"token": "playground", "session_id": session, "seq": 1})
		if e := again.Read(); wire.Text(e, "t") != want || want == "" && !isWhole(e["op"], opReconnect) {
			t.Errorf("got %v, want %q, or op 7", e, want)
		}
	}
}

func TestGatewayFaultsOfTheNext(t *testing.T) {
	l := newLab(t)
	l.Do("POST", "/faults", `{"gateway":"no_ready"}`)
	for range 2 { // it stays
		silent := l.Connect()
		silent.Send(opIdentify, object{"token": "playground", "intents": 0})
		silent.Send(opHeartbeat, nil)
		if e := silent.Read(); !isWhole(e["op"], opHeartbeatAck) {
			t.Errorf("got %v, want no READY", e)
		}
	}
	l.Do("DELETE", "/faults", nil)
	l.Do("POST", "/faults", `{"gateway":"close:4004"}`)
	b := l.Connect()
	b.Send(opIdentify, object{"token": "playground", "intents": 0})
	if got := b.Closed(); got != 4004 {
		t.Errorf("got %d, want 4004", got)
	}
	l.Login(0, nil) // once only
}
