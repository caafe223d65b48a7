package playground

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

func TestReady(t *testing.T) {
	l := newLab(t)
	b := l.Login(intentGuilds, nil)
	ready := wire.Child(b.Event("READY"), "d")
	if wire.Text(wire.Child(ready, "application"), "id") != l.App() || wire.Text(wire.Child(ready, "user"), "id") != l.App() {
		t.Errorf("got %v", ready)
	}
	if g := wire.Objects(wire.List(ready, "guilds")); len(g) != 1 || g[0]["unavailable"] != true {
		t.Errorf("got guilds %v, want iron-garden, unavailable", g)
	}
	if got, want := wire.Text(ready, "resume_gateway_url"), "ws"+l.URL[4:]+"/gateway"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	guild := wire.Child(b.Event("GUILD_CREATE"), "d")
	if wire.Text(guild, "name") != "iron-garden" || len(wire.List(guild, "channels")) != 4 || len(wire.List(guild, "threads")) != 1 {
		t.Errorf("got guild %v", guild)
	}
	b.Send(opHeartbeat, 1)
	b.Event("op11")
	if bots := wire.Objects(wire.List(l.Do("GET", "/state", nil), "bots")); bots[0]["ready"] != true {
		t.Errorf("got %v, want ready", bots)
	}
}

func TestNoGuildsWithoutIntent(t *testing.T) {
	l := newLab(t)
	b := l.Login(0, nil)
	b.Send(opHeartbeat, nil)
	b.Event("READY")
	if e := <-b.Events; !isWhole(e["op"], opHeartbeatAck) {
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
		{"a third of two shards", identify(object{"shard": []int{2, 2}}), 4010},
		{"unknown opcode", object{"op": 99}, 4001},
		{"no opcode", object{"d": 1}, 4002},
		{"too large", identify(object{"properties": fmt.Sprintf("%5000d", 1)}), 4002},
		{"not authenticated", object{"op": opPresence}, 4003},
		{"resume with a wrong token", object{"op": opResume, "d": object{"token": "x"}}, 4004},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l.T = t
			b := l.Connect()
			if err := b.Frame(tc.frame); err != nil {
				t.Fatal(err)
			}
			if got := b.Closed(); got != tc.want {
				t.Errorf("got close code %d, want %d", got, tc.want)
			}
		})
	}
	l.T = t
	twice := l.Connect()
	for range 2 {
		twice.Send(opIdentify, object{"token": "playground", "intents": 0})
	}
	if got := twice.Closed(); got != 4005 {
		t.Errorf("identify twice: got %d, want 4005", got)
	}
	fast := l.Connect()
	for range framesAllowed + 1 {
		fast.Send(opHeartbeat, nil)
	}
	if got := fast.Closed(); got != 4008 {
		t.Errorf("too many frames: got %d, want 4008", got)
	}
}

func TestGatewayRefusesWhatItLacks(t *testing.T) {
	l := newLab(t)
	for _, query := range []string{"compress=zlib-stream", "encoding=etf"} {
		if status, _, _ := l.Call("GET", "/gateway?"+query, nil); status != http.StatusNotImplemented {
			// The upgrade is not even tried.
			t.Errorf("%s: got %d, want 501", query, status)
		}
	}
}

func TestResume(t *testing.T) {
	l := newLab(t)
	l.Register(`[{"name":"pinched","description":"d"}]`)
	first := l.Login(intentGuilds, nil)
	ready := first.Event("READY")
	session := wire.Text(wire.Child(ready, "d"), "session_id")
	seq, _ := wire.Number(first.Event("GUILD_CREATE"), "s")
	first.Cut() // a cable is pulled
	<-first.Gone
	l.until(func() bool { return len(l.s.gateway.conns) == 0 })

	done := make(chan object, 1)
	go func() { done <- l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`) }()
	l.until(func() bool { return len(l.s.interactions.byID) == 1 })

	again := l.Connect()
	again.Send(opResume, object{"token": "playground", "session_id": session, "seq": seq})
	missed := again.Read()
	if wire.Text(missed, "t") != "INTERACTION_CREATE" {
		t.Fatalf("got %v, want the missed interaction", missed)
	}
	if e := again.Read(); wire.Text(e, "t") != "RESUMED" {
		t.Fatalf("got %v, want RESUMED", e)
	}
	again.Callback(wire.Child(missed, "d"), object{"type": wire.MessageCallback, "data": object{"content": "here"}})
	if got := <-done; wire.Text(wire.Child(firstMessage(got), "view"), "text") != "here" {
		t.Errorf("got %v", got)
	}

	unknown := l.Connect()
	unknown.Send(opResume, object{"token": "playground", "session_id": "x", "seq": seq})
	if e := unknown.Read(); !isWhole(e["op"], opInvalidSession) || e["d"] != false {
		t.Errorf("an unknown session: got %v, want an invalid session", e)
	}
	future := l.Connect()
	future.Send(opResume, object{"token": "playground", "session_id": session, "seq": seq + 100})
	if got := future.Closed(); got != 4007 {
		t.Errorf("a future sequence: got %d, want 4007", got)
	}
}

// TestLoginsAreCounted: one IDENTIFY in a while, and so many a day.
func TestLoginsAreCounted(t *testing.T) {
	l := newLab(t, func(o *Options) { o.IdentifyEvery = 5 * time.Second })
	left := func() int64 {
		t.Helper()
		l.Pass(5 * time.Second) // its own limit
		n, _ := wire.Number(wire.Child(l.Do("GET", "/api/v10/gateway/bot", nil), "session_start_limit"), "remaining")
		return n
	}
	identify := object{"token": "playground", "intents": 0}
	if got := left(); got != loginsADay {
		t.Errorf("%d logins are left before the first, want %d", got, loginsADay)
	}
	b := l.Connect()
	b.Send(opIdentify, identify)
	if e := b.Read(); wire.Text(e, "t") != "READY" {
		t.Fatalf("got %v, want READY", e)
	}
	soon := l.Connect()
	l.Pass(4 * time.Second)
	soon.Send(opIdentify, identify)
	if e := soon.Read(); !isWhole(e["op"], opInvalidSession) || e["d"] != false {
		t.Errorf("a second IDENTIFY within 5 s: got %v, want an invalid session", e)
	}
	l.Pass(5 * time.Second)
	soon.Send(opIdentify, identify) // on the same connection
	if e := soon.Read(); wire.Text(e, "t") != "READY" {
		t.Errorf("got %v, want READY", e)
	}
	if got := left(); got != loginsADay-3 {
		t.Errorf("%d logins are left, want %d", got, loginsADay-3)
	}
	l.s.mu.Lock()
	l.s.gateway.logins.used = loginsADay
	l.s.mu.Unlock()
	last := l.Connect()
	last.Send(opIdentify, identify)
	if got := last.Closed(); got != 4004 {
		t.Errorf("a login too many: got %d, want 4004", got)
	}
	l.Pass(loginsWindow)
	if got := left(); got != loginsADay {
		t.Errorf("%d logins are left on the next day, want %d", got, loginsADay)
	}
}

// until waits for the server to get somewhere.
func (l *lab) until(ok func() bool) {
	l.T.Helper()
	if !l.s.await(l.T.Context(), settleLimit, ok) {
		l.T.Fatal("the server did not get there")
	}
}

func TestGoodbyeEndsTheSession(t *testing.T) {
	l := newLab(t)
	b := l.Connect()
	b.Send(opIdentify, object{"token": "playground", "intents": 0})
	session := wire.Text(wire.Child(b.Read(), "d"), "session_id")
	if err := b.Leave(); err != nil {
		t.Fatal(err)
	}
	b.Closed()
	l.until(func() bool { return len(l.s.gateway.conns) == 0 })
	again := l.Connect()
	again.Send(opResume, object{"token": "playground", "session_id": session, "seq": 1})
	if e := again.Read(); !isWhole(e["op"], opInvalidSession) {
		t.Errorf("got %v, want an invalid session after a close with 1000", e)
	}
}

// TestTheServersCloseLeavesTheSession: only the bot's own goodbye ends it, and its
// echo is none.
func TestTheServersCloseLeavesTheSession(t *testing.T) {
	l := newLab(t)
	b := l.Login(0, nil)
	session := wire.Text(wire.Child(b.Event("READY"), "d"), "session_id")
	l.Do("POST", "/faults", `{"gateway":"close:1001"}`)
	<-b.Gone
	l.until(func() bool { return len(l.s.gateway.conns) == 0 })
	again := l.Connect()
	again.Send(opResume, object{"token": "playground", "session_id": session, "seq": 1})
	if e := again.Read(); wire.Text(e, "t") != "RESUMED" {
		t.Errorf("got %v, want RESUMED", e)
	}
}

func TestWorldEvents(t *testing.T) {
	l := newLab(t)
	b := l.Login(intentGuilds, nil)
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
		l.Do("POST", "/world", tc.body)
		d := wire.Child(b.Next(tc.event), "d")
		if got := wire.Text(d, tc.key); got != tc.want && tc.want != "" || got == "" {
			t.Errorf("%s: got %s %v, want %s", tc.body, tc.event, d, tc.want)
		}
		if _, has := d["unavailable"]; has && tc.event == "GUILD_DELETE" {
			t.Error("GUILD_DELETE has unavailable: that would be an outage, not a removal")
		}
	}
	for _, bad := range []string{`{"delete_channel":"x"}`, `{"kick_bot":"x"}`, `{"close_dms":"x"}`, `{"permission":{"channel":"x"}}`} {
		l.Problem("POST", "/world", bad, 404, "not_found")
	}
	for _, bad := range []string{`{"permission":{"channel":"general","deny":["FLY"]}}`, `{"add_guilds":-1}`} {
		l.Problem("POST", "/world", bad, 400, "bad_field")
	}
	l.Problem("POST", "/world", `{"kick_bot":"gym-3"}`, 400, "not_a_member")
	l.Problem("POST", "/world", `{"fly":1}`, 400, "unknown_field")
}

func TestReset(t *testing.T) {
	l := newLab(t)
	l.Register(`[{"name":"pinched","description":"d"}]`)
	b := l.Login(intentGuilds, rig.Says("ok"))
	b.Event("GUILD_CREATE")
	fresh := fmt.Sprint(l.Do("GET", "/state", nil))
	l.Do("POST", l.Posts("general"), `{"content":"a"}`)
	l.Do("POST", "/clock", `{"now":"2027-01-01T00:00:00Z"}`)
	l.Do("POST", "/faults", `{"rules":[{"route":"/gateway","status":500}]}`)
	l.Do("POST", "/world", `{"delete_channel":"classes","lock_thread":"morning-crew","add_guilds":1,"close_dms":"mia"}`)
	l.Do("POST", "/world", `{"kick_bot":"gym-2"}`)
	if got := fmt.Sprint(l.Do("POST", "/reset", nil)); got != fresh {
		t.Errorf("got %s, want %s", got, fresh)
	}
	if e := b.Next("CHANNEL_CREATE"); wire.Text(wire.Child(e, "d"), "name") != "classes" {
		t.Errorf("got %v, want classes back", e)
	}
	if _, v, _ := l.Call("GET", "/messages?channel=general", nil); len(v.([]any)) != 0 {
		t.Errorf("messages are left: %v", v)
	}
	if got := wire.Text(l.Do("GET", "/clock", nil), "now"); got != "2026-11-23T09:00:00Z" {
		t.Errorf("the clock stands at %s", got)
	}
	l.Do("GET", "/api/v10/gateway", nil)
	l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`) // the bot is still there
}
