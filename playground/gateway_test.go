package playground

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestReady(t *testing.T) {
	l := newLab(t)
	b := l.login(intentGuilds, nil)
	ready := child(b.event("READY"), "d")
	if text(child(ready, "application"), "id") != l.app() || text(child(ready, "user"), "id") != l.app() {
		t.Errorf("got %v", ready)
	}
	if g := objects(list(ready, "guilds")); len(g) != 1 || g[0]["unavailable"] != true {
		t.Errorf("got guilds %v, want iron-garden, unavailable", g)
	}
	if got, want := text(ready, "resume_gateway_url"), "ws"+l.url[4:]+"/gateway"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	guild := child(b.event("GUILD_CREATE"), "d")
	if text(guild, "name") != "iron-garden" || len(list(guild, "channels")) != 4 || len(list(guild, "threads")) != 1 {
		t.Errorf("got guild %v", guild)
	}
	b.send(opHeartbeat, 1)
	b.event("op11")
	if bots := objects(list(l.do("GET", "/state", nil), "bots")); bots[0]["ready"] != true {
		t.Errorf("got %v, want ready", bots)
	}
}

func TestNoGuildsWithoutIntent(t *testing.T) {
	l := newLab(t)
	b := l.login(0, nil)
	b.send(opHeartbeat, nil)
	b.event("READY")
	if e := <-b.events; !isWhole(e["op"], opHeartbeatAck) {
		t.Errorf("got %v after READY, want only the heartbeat's answer", e)
	}
}

func TestCloseCodes(t *testing.T) {
	l := newLab(t)
	identify := func(change object) object {
		d := object{"token": "playground", "intents": 0}
		for key, v := range change {
			d[key] = v
		}
		return object{"op": opIdentify, "d": d}
	}
	for _, tc := range []struct {
		name  string
		frame any
		want  int
	}{
		{"wrong token", identify(object{"token": "x"}), 4004},
		{"no intents", identify(object{"intents": nil}), 4013},
		{"unknown intents", identify(object{"intents": 1 << 30}), 4013},
		{"privileged intents", identify(object{"intents": 1 << 15}), 4014},
		{"second shard", identify(object{"shard": []int{1, 2}}), 4010},
		{"unknown opcode", object{"op": 99}, 4001},
		{"no opcode", object{"d": 1}, 4002},
		{"too large", identify(object{"properties": fmt.Sprintf("%5000d", 1)}), 4002},
		{"not authenticated", object{"op": opPresence}, 4003},
		{"resume with a wrong token", object{"op": opResume, "d": object{"token": "x"}}, 4004},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l.t = t
			b := l.connect()
			if err := b.ws.WriteJSON(tc.frame); err != nil {
				t.Fatal(err)
			}
			if got := b.closed(); got != tc.want {
				t.Errorf("got close code %d, want %d", got, tc.want)
			}
		})
	}
	l.t = t
	twice := l.connect()
	for range 2 {
		twice.send(opIdentify, object{"token": "playground", "intents": 0})
	}
	if got := twice.closed(); got != 4005 {
		t.Errorf("identify twice: got %d, want 4005", got)
	}
	fast := l.connect()
	for range framesAllowed + 1 {
		fast.send(opHeartbeat, nil)
	}
	if got := fast.closed(); got != 4008 {
		t.Errorf("too many frames: got %d, want 4008", got)
	}
}

func TestGatewayRefusesWhatItLacks(t *testing.T) {
	l := newLab(t)
	for _, query := range []string{"compress=zlib-stream", "encoding=etf"} {
		if status, _, _ := l.call("GET", "/gateway?"+query, nil); status != http.StatusNotImplemented {
			// The upgrade is not even tried.
			t.Errorf("%s: got %d, want 501", query, status)
		}
	}
}

func TestResume(t *testing.T) {
	l := newLab(t)
	l.register(`[{"name":"pinched","description":"d"}]`)
	first := l.login(intentGuilds, nil)
	ready := first.event("READY")
	session := text(child(ready, "d"), "session_id")
	seq, _ := number(first.event("GUILD_CREATE"), "s")
	_ = first.ws.UnderlyingConn().Close() // a cable is pulled
	<-first.gone
	l.until(func() bool { return len(l.s.conns) == 0 })

	done := make(chan object, 1)
	go func() { done <- l.do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`) }()
	l.until(func() bool { return len(l.s.interactions) == 1 })

	again := l.connect()
	again.send(opResume, object{"token": "playground", "session_id": session, "seq": seq})
	missed := again.read()
	if text(missed, "t") != "INTERACTION_CREATE" {
		t.Fatalf("got %v, want the missed interaction", missed)
	}
	if e := again.read(); text(e, "t") != "RESUMED" {
		t.Fatalf("got %v, want RESUMED", e)
	}
	again.callback(child(missed, "d"), object{"type": callbackMessage, "data": object{"content": "here"}})
	if got := <-done; text(child(firstMessage(got), "view"), "text") != "here" {
		t.Errorf("got %v", got)
	}

	unknown := l.connect()
	unknown.send(opResume, object{"token": "playground", "session_id": "x", "seq": seq})
	if e := unknown.read(); !isWhole(e["op"], opInvalidSession) || e["d"] != false {
		t.Errorf("an unknown session: got %v, want an invalid session", e)
	}
	future := l.connect()
	future.send(opResume, object{"token": "playground", "session_id": session, "seq": seq + 100})
	if got := future.closed(); got != 4007 {
		t.Errorf("a future sequence: got %d, want 4007", got)
	}
}

// TestLoginsAreCounted: one IDENTIFY in a while, and so many a day.
func TestLoginsAreCounted(t *testing.T) {
	l := newLab(t, func(o *Options) { o.IdentifyEvery = 5 * time.Second })
	left := func() int64 {
		t.Helper()
		l.pass(5 * time.Second) // its own limit
		n, _ := number(child(l.do("GET", "/api/v10/gateway/bot", nil), "session_start_limit"), "remaining")
		return n
	}
	identify := object{"token": "playground", "intents": 0}
	if got := left(); got != loginsADay {
		t.Errorf("%d logins are left before the first, want %d", got, loginsADay)
	}
	b := l.connect()
	b.send(opIdentify, identify)
	if e := b.read(); text(e, "t") != "READY" {
		t.Fatalf("got %v, want READY", e)
	}
	soon := l.connect()
	l.pass(4 * time.Second)
	soon.send(opIdentify, identify)
	if e := soon.read(); !isWhole(e["op"], opInvalidSession) || e["d"] != false {
		t.Errorf("a second IDENTIFY within 5 s: got %v, want an invalid session", e)
	}
	l.pass(5 * time.Second)
	soon.send(opIdentify, identify) // on the same connection
	if e := soon.read(); text(e, "t") != "READY" {
		t.Errorf("got %v, want READY", e)
	}
	if got := left(); got != loginsADay-3 {
		t.Errorf("%d logins are left, want %d", got, loginsADay-3)
	}
	l.s.mu.Lock()
	l.s.logins.used = loginsADay
	l.s.mu.Unlock()
	last := l.connect()
	last.send(opIdentify, identify)
	if got := last.closed(); got != 4004 {
		t.Errorf("a login too many: got %d, want 4004", got)
	}
	l.pass(loginsWindow)
	if got := left(); got != loginsADay {
		t.Errorf("%d logins are left on the next day, want %d", got, loginsADay)
	}
}

// until waits for the server to get somewhere.
func (l *lab) until(ok func() bool) {
	l.t.Helper()
	if !l.s.await(l.t.Context(), settleLimit, ok) {
		l.t.Fatal("the server did not get there")
	}
}

func TestGoodbyeEndsTheSession(t *testing.T) {
	l := newLab(t)
	b := l.connect()
	b.send(opIdentify, object{"token": "playground", "intents": 0})
	session := text(child(b.read(), "d"), "session_id")
	if err := b.ws.WriteMessage(8, closeFrame(1000, "")); err != nil {
		t.Fatal(err)
	}
	b.closed()
	l.until(func() bool { return len(l.s.conns) == 0 })
	again := l.connect()
	again.send(opResume, object{"token": "playground", "session_id": session, "seq": 1})
	if e := again.read(); !isWhole(e["op"], opInvalidSession) {
		t.Errorf("got %v, want an invalid session after a close with 1000", e)
	}
}

// TestTheServersCloseLeavesTheSession: only the bot's own goodbye ends it, and its
// echo is none.
func TestTheServersCloseLeavesTheSession(t *testing.T) {
	l := newLab(t)
	b := l.login(0, nil)
	session := text(child(b.event("READY"), "d"), "session_id")
	l.do("POST", "/faults", `{"gateway":"close:1001"}`)
	<-b.gone
	l.until(func() bool { return len(l.s.conns) == 0 })
	again := l.connect()
	again.send(opResume, object{"token": "playground", "session_id": session, "seq": 1})
	if e := again.read(); text(e, "t") != "RESUMED" {
		t.Errorf("got %v, want RESUMED", e)
	}
}

func TestWorldEvents(t *testing.T) {
	l := newLab(t)
	b := l.login(intentGuilds, nil)
	for _, tc := range []struct{ body, event, key, want string }{
		{`{"permission":{"channel":"classes","deny":"SEND_MESSAGES"}}`, "CHANNEL_UPDATE", "name", "classes"},
		{`{"lock_thread":"morning-crew"}`, "THREAD_UPDATE", "name", "morning-crew"},
		{`{"delete_channel":"classes"}`, "CHANNEL_DELETE", "name", "classes"},
		{`{"delete_channel":"morning-crew"}`, "THREAD_DELETE", "name", "morning-crew"},
		{`{"add_guilds":2}`, "GUILD_CREATE", "name", "iron-garden"}, // of the login
		{`{}`, "GUILD_CREATE", "name", "gym-2"},
		{`{}`, "GUILD_CREATE", "name", "gym-3"},
		{`{"kick_bot":"gym-3"}`, "GUILD_DELETE", "id", ""},
	} {
		l.do("POST", "/world", tc.body)
		d := child(b.next(tc.event), "d")
		if got := text(d, tc.key); got != tc.want && tc.want != "" || got == "" {
			t.Errorf("%s: got %s %v, want %s", tc.body, tc.event, d, tc.want)
		}
		if _, has := d["unavailable"]; has && tc.event == "GUILD_DELETE" {
			t.Error("GUILD_DELETE has unavailable: that would be an outage, not a removal")
		}
	}
	for _, bad := range []string{`{"delete_channel":"x"}`, `{"kick_bot":"x"}`, `{"close_dms":"x"}`, `{"permission":{"channel":"x"}}`} {
		l.problem("POST", "/world", bad, 404, "not_found")
	}
	for _, bad := range []string{`{"permission":{"channel":"general","deny":["FLY"]}}`, `{"add_guilds":-1}`} {
		l.problem("POST", "/world", bad, 400, "bad_field")
	}
	l.problem("POST", "/world", `{"kick_bot":"gym-3"}`, 400, "not_a_member")
	l.problem("POST", "/world", `{"fly":1}`, 400, "unknown_field")
}

// next waits for an event, keeping others for later.
func (b *testBot) next(name string) object {
	b.l.t.Helper()
	var kept []object
	for {
		e := b.event("op0")
		if text(e, "t") == name {
			for _, k := range kept {
				b.events <- k
			}
			return e
		}
		kept = append(kept, e)
	}
}

func TestReset(t *testing.T) {
	l := newLab(t)
	l.register(`[{"name":"pinched","description":"d"}]`)
	b := l.login(intentGuilds, says("ok"))
	b.event("GUILD_CREATE")
	fresh := fmt.Sprint(l.do("GET", "/state", nil))
	l.do("POST", l.posts("general"), `{"content":"a"}`)
	l.do("POST", "/clock", `{"now":"2027-01-01T00:00:00Z"}`)
	l.do("POST", "/faults", `{"rules":[{"route":"/gateway","status":500}]}`)
	l.do("POST", "/world", `{"delete_channel":"classes","lock_thread":"morning-crew","add_guilds":1,"close_dms":"mia"}`)
	l.do("POST", "/world", `{"kick_bot":"gym-2"}`)
	if got := fmt.Sprint(l.do("POST", "/reset", nil)); got != fresh {
		t.Errorf("got %s, want %s", got, fresh)
	}
	if e := b.next("CHANNEL_CREATE"); text(child(e, "d"), "name") != "classes" {
		t.Errorf("got %v, want classes back", e)
	}
	if _, v, _ := l.call("GET", "/messages?channel=general", nil); len(v.([]any)) != 0 {
		t.Errorf("messages are left: %v", v)
	}
	if got := text(l.do("GET", "/clock", nil), "now"); got != "2026-11-23T09:00:00Z" {
		t.Errorf("the clock stands at %s", got)
	}
	l.do("GET", "/api/v10/gateway", nil)
	l.do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`) // the bot is still there
}
