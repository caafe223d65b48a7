package playground

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"unpinch/playground/control"
	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

func (l *lab) world(change string) {
	l.T.Helper()
	l.Do("POST", "/world", change)
}

func TestWorldMends(t *testing.T) {
	l := newLab(t)
	fresh := fmt.Sprint(l.Do("GET", "/state", nil))
	for _, tc := range []struct{ breaks, mends string }{
		{`{"permission":{"channel":"classes","deny":["SEND_MESSAGES","ATTACH_FILES"]}}`,
			`{"permission":{"channel":"classes","allow":["SEND_MESSAGES","attach_files"]}}`},
		{`{"permission":{"channel":"classes","deny":["VIEW_CHANNEL","SEND_MESSAGES"]}}`, `{"permission":{"channel":"classes"}}`},
		{`{"permission":{"channel":"morning-crew","deny":"VIEW_CHANNEL"}}`, `{"permission":{"channel":"general","allow":"VIEW_CHANNEL"}}`},
		{`{"permission":{"channel":"coaches","allow":"VIEW_CHANNEL"}}`, `{"kick_bot":"iron-garden","invite_bot":"iron-garden"}`},
		{`{"permission":{"channel":"classes","role":"@everyone","deny":["VIEW_CHANNEL","SEND_MESSAGES"],"allow":"ATTACH_FILES"}}`, `{"permission":{"channel":"classes","role":"@everyone"}}`},
		{`{"permission":{"channel":"morning-crew","role":"coach","deny":"VIEW_CHANNEL"}}`, `{"permission":{"channel":"general","role":"coach"}}`},
		{`{"permission":{"role":"unpinch","allow":"ADMINISTRATOR","deny":"SEND_MESSAGES"}}`, `{"permission":{"role":"unpinch","deny":"ADMINISTRATOR","allow":"SEND_MESSAGES"}}`},
		{`{"permission":{"role":"unpinch","allow":"ADMINISTRATOR"}}`, `{"kick_bot":"iron-garden","invite_bot":"iron-garden"}`},
		{`{"kick_bot":"iron-garden"}`, `{"invite_bot":"iron-garden"}`},
		{`{"close_dms":"mia"}`, `{"open_dms":"mia"}`},
		{`{"open_dms":"noah"}`, `{"close_dms":"noah"}`},
		{`{"lock_thread":"morning-crew"}`, `{"unlock_thread":"morning-crew"}`},
		{`{"lock_thread":{"thread":"morning-crew","archived":true}}`, `{"unlock_thread":"morning-crew"}`},
		{`{"archive_thread":"morning-crew"}`, `{"unlock_thread":"morning-crew"}`},
		{`{"unavailable":"iron-garden"}`, `{"available":"iron-garden"}`},
		{`{"unavailable":"quiet-room"}`, `{"available":"quiet-room"}`},
	} {
		if got := fmt.Sprint(l.Do("POST", "/world", tc.breaks)); got == fresh {
			t.Errorf("%s changes nothing", tc.breaks)
		}
		if got := fmt.Sprint(l.Do("POST", "/world", tc.mends)); got != fresh {
			t.Errorf("%s is not mended by %s: got %s, want %s", tc.breaks, tc.mends, got, fresh)
		}
	}
}

func TestWorldRefusesWhatMakesNoSense(t *testing.T) {
	l := newLab(t)
	const down = `{"unavailable":"iron-garden"}`
	for _, tc := range []struct {
		first, then, code string
		status            int
	}{
		{`{}`, `{"invite_bot":"iron-garden"}`, "already_a_member", 400},
		{`{}`, `{"invite_bot":"x"}`, "not_found", 404},
		{`{}`, `{"open_dms":"mia"}`, "dms_open", 400},
		{`{}`, `{"open_dms":"unpinch"}`, "not_found", 404},
		{`{}`, `{"unlock_thread":"morning-crew"}`, "not_locked", 400},
		{`{}`, `{"unlock_thread":"general"}`, "not_a_thread", 400},
		{`{}`, `{"unlock_thread":"x"}`, "not_found", 404},
		{`{}`, `{"available":"iron-garden"}`, "available", 400},
		{`{}`, `{"available":"x"}`, "not_found", 404},
		{`{}`, `{"unavailable":"x"}`, "not_found", 404},
		{`{}`, `{"permission":{"channel":"classes","allow":"FLY"}}`, "bad_field", 400},
		{`{}`, `{"permission":{"channel":"classes","allow":"SEND_MESSAGES"}}`, "already_allowed", 400},
		{`{}`, `{"permission":{"channel":"classes","deny":"VIEW_CHANNEL","allow":["SEND_MESSAGES","VIEW_CHANNEL"]}}`, "bad_field", 400},
		{`{}`, `{"permission":{"role":"captain","allow":"SEND_MESSAGES"}}`, "not_found", 404},
		{`{}`, `{"permission":{"channel":"x","role":"coach","allow":"SEND_MESSAGES"}}`, "not_found", 404},
		{down, `{"permission":{"role":"coach","allow":"SEND_MESSAGES"}}`, "unavailable", 400},
		{`{}`, `{"permission":{"channel":"lounge","allow":"SEND_MESSAGES"}}`, "not_a_member", 400},
		{down, down, "unavailable", 400},
		{down, `{"kick_bot":"iron-garden"}`, "unavailable", 400},
		{down, `{"delete_channel":"classes"}`, "unavailable", 400},
		{down, `{"lock_thread":"morning-crew"}`, "unavailable", 400},
		{down, `{"archive_thread":"morning-crew"}`, "unavailable", 400},
		{`{}`, `{"archive_thread":"general"}`, "not_a_thread", 400},
		{down, `{"permission":{"channel":"classes","deny":"SEND_MESSAGES"}}`, "unavailable", 400},
		{`{"unavailable":"quiet-room"}`, `{"invite_bot":"quiet-room"}`, "unavailable", 400},
	} {
		t.Run(tc.first+tc.then, func(t *testing.T) {
			l.T = t
			l.Do("POST", "/reset", nil)
			l.world(tc.first)
			l.Problem("POST", "/world", tc.then, tc.status, tc.code)
		})
	}
}

func TestAllow(t *testing.T) {
	l := newLab(t)
	path := l.Posts("coaches")
	l.Refused("POST", path, `{"content":"a"}`, 403, 50001)
	l.world(`{"permission":{"channel":"coaches","allow":"VIEW_CHANNEL"}}`)
	l.Do("POST", path, `{"content":"a"}`)
	l.world(`{"permission":{"channel":"coaches","deny":["SEND_MESSAGES","ATTACH_FILES"]}}`)
	l.Refused("POST", path, `{"content":"a"}`, 403, 50013)
	l.world(`{"permission":{"channel":"coaches","allow":"SEND_MESSAGES"}}`)
	l.Do("POST", path, `{"content":"a"}`)
	l.Refused("POST", path, rig.Form{Payload: `{}`, Files: []string{"a.png"}}, 403, 50013) // one of two is lifted
	l.Pass(time.Minute)
	l.world(`{"permission":{"channel":"coaches","deny":"VIEW_CHANNEL"}}`)
	l.Refused("POST", path, `{"content":"a"}`, 403, 50001) // a denial beats what was allowed
}

func TestInvitedAgain(t *testing.T) {
	l := newLab(t)
	b := l.Login(intentGuilds, nil)
	b.Event("GUILD_CREATE")
	path := l.Posts("classes")
	l.world(`{"permission":{"channel":"classes","deny":"SEND_MESSAGES"}}`)
	l.world(`{"kick_bot":"iron-garden"}`)
	l.Refused("POST", path, `{"content":"a"}`, 403, 50001)
	l.world(`{"invite_bot":"iron-garden"}`)
	l.Do("POST", path, `{"content":"a"}`)
	b.Next("GUILD_DELETE")
	if d := wire.Child(b.Next("GUILD_CREATE"), "d"); wire.Text(d, "name") != "iron-garden" || len(wire.List(d, "members")) != 1 {
		t.Errorf("got %v", d)
	}
	l.world(`{"invite_bot":"quiet-room"}`)
	l.Do("POST", l.Posts("lounge"), `{"content":"a"}`)
	if d := wire.Child(b.Next("GUILD_CREATE"), "d"); wire.Text(d, "name") != "quiet-room" || len(wire.List(d, "members")) != 1 {
		t.Errorf("got %v", d)
	}
}

func TestOutage(t *testing.T) {
	l := newLab(t)
	l.Register(`[{"name":"pinched","description":"d"}]`)
	b := l.Login(intentGuilds, rig.Says("ok"))
	b.Event("GUILD_CREATE")
	posted := l.Do("POST", l.Posts("classes"), `{"content":"a","components":[{"type":1,"components":[
		{"type":2,"style":1,"label":"Go","custom_id":"go"}]}]}`)
	l.world(`{"unavailable":"iron-garden"}`)
	if d := wire.Child(b.Next("GUILD_DELETE"), "d"); d["unavailable"] != true {
		t.Errorf("got %v, want unavailable", d)
	}
	guild := "/api/v10/guilds/" + l.s.world.findGuild("iron-garden").id.String()
	for _, call := range [][2]string{{"POST", l.Posts("classes")}, {"GET", l.Posts("general")}, {"GET", guild}, {"GET", guild + "/roles"}} {
		l.Refused(call[0], call[1], nil, 503, 0)
	}
	l.Problem("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`, 400, "unavailable")
	l.Problem("POST", "/click", object{"as": "mia", "message": posted["id"], "custom_id": "go"}, 400, "unavailable")
	dm := l.Do("POST", "/api/v10/users/@me/channels", object{"recipient_id": l.User("mia")})
	l.Do("POST", "/api/v10/channels/"+wire.Text(dm, "id")+"/messages", `{"content":"a"}`) // DMs are elsewhere

	second := l.Login(intentGuilds, nil)
	if g := wire.Objects(wire.List(wire.Child(second.Event("READY"), "d"), "guilds")); len(g) != 1 {
		t.Errorf("got %v in READY, want iron-garden", g)
	}
	l.world(`{"available":"iron-garden"}`)
	for _, bot := range []*rig.Bot{b, second} {
		if d := wire.Child(bot.Next("GUILD_CREATE"), "d"); d["unavailable"] != false || wire.Text(d, "name") != "iron-garden" {
			t.Errorf("got %v, want iron-garden back", d)
		}
	}
	l.Do("POST", l.Posts("classes"), `{"content":"a"}`)

	l.world(`{"unavailable":"iron-garden"}`)
	l.Do("POST", "/reset", nil)
	if d := wire.Child(b.Next("GUILD_CREATE"), "d"); d["unavailable"] != false {
		t.Errorf("got %v, want it back with a reset", d)
	}
}

// TestManyPosts has each of many guilds get a post with a nonce, over more than
// the nonce window.
func TestManyPosts(t *testing.T) {
	t.Parallel()
	const posts, pace = 2500, 4 * time.Second // for as many as the limit allows in one
	l := newLab(t)
	l.world(fmt.Sprintf(`{"add_guilds":%d}`, posts))
	paths := l.s.world.newest(posts)
	post := func(i int) string {
		if i%globalLimit == 0 {
			l.Pass(pace)
		}
		return wire.Text(l.Do("POST", paths[i], nonced(i)), "id")
	}
	var ids []string
	for i := range paths {
		ids = append(ids, post(i))
	}
	if got, want := len(l.s.history.nonces.byText), int(nonceWindow/pace+1)*globalLimit; got != want {
		t.Errorf("%d nonces are kept, want the %d of the window", got, want)
	}
	l.Pass(time.Second)
	last := posts - 1
	for _, i := range []int{last - 2000, last} { // the first is well over 1,000 posts ago
		if got := post(i); got != ids[i] {
			t.Errorf("post %d again: got a new message", i)
		}
	}
	if moved := l.Do("POST", "/clock", `{"advance":"0s"}`); len(wire.List(moved, "posts")) != 0 {
		t.Errorf("got %v, want no new posts", moved)
	}
}

// newest returns where to post in the guilds added last.
func (w *world) newest(n int) []string {
	var out []string
	for _, g := range w.guilds[len(w.guilds)-n:] {
		out = append(out, "/api/v10/channels/"+g.channels[0].id.String()+"/messages")
	}
	return out
}

// nonced returns the body of a post.
func nonced(i int) string {
	return fmt.Sprintf(`{"content":"Warm-up in ten minutes.","nonce":"n%d","enforce_nonce":true}`, i)
}

// BenchmarkPosts posts in turn to 10,000 guilds, as fast as it goes: the clock
// moves so that no limit is met.
func BenchmarkPosts(b *testing.B) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	s, err := New(Options{Now: func() time.Time { return now }})
	if err != nil {
		b.Fatal(err)
	}
	s.mu.Lock()
	if p := s.director.addGuilds(control.Change{AddGuilds: 10_000}); p != nil {
		b.Fatal(p)
	}
	s.mu.Unlock()
	paths := s.world.newest(10_000)
	i := 0
	for b.Loop() {
		if i%globalLimit == 0 {
			now = now.Add(time.Second)
		}
		r := httptest.NewRequest("POST", paths[i%len(paths)], strings.NewReader(nonced(i)))
		r.Host = "localhost"
		r.Header.Set("Authorization", "Bot playground")
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		if s.ServeHTTP(w, r); w.Code != http.StatusOK {
			b.Fatalf("post %d: %d %s", i, w.Code, w.Body)
		}
		i++
	}
	b.ReportMetric(float64(i)/b.Elapsed().Seconds(), "posts/s")
}

func TestMakeChannel(t *testing.T) {
	l := newLab(t)
	old := l.Channel("classes")
	l.world(`{"delete_channel":"classes"}`)
	l.world(`{"make_channel":"classes"}`)
	if got := l.Channel("classes"); got == old {
		t.Errorf("the new channel has the old one's id %s", got)
	}
	l.Do("POST", l.Posts("classes"), `{"content":"hello"}`)
	l.Problem("POST", "/world", `{"make_channel":"classes"}`, 400, "already_there")
	l.Problem("POST", "/world", `{"make_channel":"dm"}`, 400, "already_there")
	l.Problem("POST", "/world", `{"make_channel":"My channel"}`, 400, "bad_field")
	l.world(`{"unavailable":"iron-garden"}`)
	l.Problem("POST", "/world", `{"make_channel":"lifts"}`, 400, "unavailable")
}
