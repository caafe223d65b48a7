package playground

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"unpinch/playground/wire"
)

func TestNonce(t *testing.T) {
	l := newLab(t)
	send := func(body string) object { return l.do("POST", l.posts("general"), body) }
	first := send(`{"content":"a","nonce":"n1","enforce_nonce":true}`)
	if wire.Text(first, "nonce") != "n1" {
		t.Errorf("got nonce %v, want n1", first["nonce"])
	}
	again := send(`{"content":"b","nonce":"n1","enforce_nonce":true}`)
	if again["id"] != first["id"] || wire.Text(again, "content") != "a" {
		t.Errorf("got %v, want the earlier message", again)
	}
	if other := send(`{"content":"b","nonce":"n1"}`); other["id"] == first["id"] {
		t.Error("without enforce_nonce the earlier message came back")
	}
	l.do("POST", "/clock", `{"now":"2026-11-23T09:03:01Z"}`)
	l.pass(5 * time.Second) // past the bucket
	if late := send(`{"content":"c","nonce":"n1","enforce_nonce":true}`); late["id"] == first["id"] {
		t.Error("the nonce worked for more than three minutes")
	}
	gone := send(`{"content":"d","nonce":"n2","enforce_nonce":true}`)
	l.do("DELETE", l.posts("general")+"/"+wire.Text(gone, "id"), nil)
	l.refused("POST", l.posts("general"), `{"content":"d","nonce":"n2","enforce_nonce":true}`, 404, 10008)
}

func TestMessageRules(t *testing.T) {
	l := newLab(t)
	path := l.posts("general")
	m := l.do("POST", path, `{"content":"a"}`)
	one := path + "/" + wire.Text(m, "id")
	l.refused("POST", "/api/v10/channels/1/messages", `{"content":"a"}`, 404, 10003)
	l.refused("POST", l.posts("coaches"), `{"content":"a"}`, 403, 50001)
	l.refused("POST", l.posts("lounge"), `{"content":"a"}`, 403, 50001)
	l.refused("GET", path+"/1", nil, 404, 10008)
	l.refused("GET", l.posts("classes")+"/"+wire.Text(m, "id"), nil, 404, 10008)

	l.do("POST", "/clock", `{"now":"2026-11-23T10:00:00Z"}`)
	if e := l.do("PATCH", one, `{"content":"b"}`); wire.Text(e, "content") != "b" || e["edited_timestamp"] == nil {
		t.Errorf("got %v, want an edit", e)
	}
	l.do("POST", "/clock", `{"now":"2026-11-23T10:00:01Z"}`)
	l.refused("PATCH", one, `{"content":"c"}`, 400, 30046)
	l.do("DELETE", one, nil)
	l.refused("DELETE", one, nil, 404, 10008)
}

func TestPermissions(t *testing.T) {
	l := newLab(t)
	path := l.posts("classes")
	m := l.do("POST", path, `{"content":"a"}`)
	deny := func(channel string, names ...string) {
		l.do("POST", "/world", object{"permission": object{"channel": channel, "deny": names}})
	}
	deny("classes", "SEND_MESSAGES")
	l.refused("POST", path, `{"content":"a"}`, 403, 50013)
	l.do("DELETE", path+"/"+wire.Text(m, "id"), nil) // one's own needs nothing
	deny("classes", "ATTACH_FILES")
	l.do("POST", path, `{"content":"a"}`)
	l.refused("POST", path, multi{payload: `{}`, files: []string{"a.png"}}, 403, 50013)
	deny("classes", "READ_MESSAGE_HISTORY")
	l.refused("GET", path, nil, 403, 50013)
	deny("classes", "VIEW_CHANNEL")
	l.refused("GET", "/api/v10/channels/"+l.channel("classes"), nil, 403, 50001)
	deny("classes")
	l.do("GET", "/api/v10/channels/"+l.channel("classes"), nil)
	deny("general", "SEND_MESSAGES_IN_THREADS")
	l.refused("POST", l.posts("morning-crew"), `{"content":"a"}`, 403, 50013)
}

func TestThreads(t *testing.T) {
	l := newLab(t)
	path := l.posts("morning-crew")
	m := l.do("POST", path, `{"content":"a"}`)
	l.do("POST", "/world", `{"lock_thread":"morning-crew"}`)
	l.refused("POST", path, `{"content":"a"}`, 400, 160005)
	l.do("POST", "/world", `{"lock_thread":{"thread":"morning-crew","archived":true}}`)
	l.refused("POST", path, `{"content":"a"}`, 400, 50083)
	l.refused("PATCH", path+"/"+wire.Text(m, "id"), `{"content":"b"}`, 400, 50083)
	l.problem("POST", "/world", `{"lock_thread":"general"}`, 400, "not_a_thread")
}

func TestDMs(t *testing.T) {
	l := newLab(t)
	open := func(name string) string {
		c := l.do("POST", "/api/v10/users/@me/channels", object{"recipient_id": l.user(name)})
		return "/api/v10/channels/" + wire.Text(c, "id") + "/messages"
	}
	mia := open("mia")
	m := l.do("POST", mia, `{"content":"You asked for a nudge."}`)
	_, list, _ := l.call("GET", "/messages?channel=dm&as=mia", nil)
	if got := wire.Objects(list.([]any)); len(got) != 1 || got[0]["id"] != m["id"] {
		t.Errorf("mia's DM: got %v", got)
	}
	if _, list, _ := l.call("GET", "/messages?channel=dm&as=olga", nil); len(list.([]any)) != 0 {
		t.Errorf("olga reads %v", list)
	}
	l.problem("GET", "/messages?as=olga&channel="+l.channel("dm"), nil, 404, "not_found") // mia's, by id
	l.refused("POST", open("noah"), `{"content":"x"}`, 403, 50007)
	l.do("POST", "/world", `{"close_dms":"mia"}`)
	l.refused("POST", mia, `{"content":"x"}`, 403, 50007)
	carl := open("carl")
	l.do("POST", "/world", `{"kick_bot":"iron-garden"}`)
	l.refused("POST", carl, `{"content":"x"}`, 403, 50278)
	l.refused("POST", "/api/v10/users/@me/channels", `{"recipient_id":"1"}`, 400, 50033)
	for range dmOpensAllowed - 3 {
		open("carl")
	}
	l.refused("POST", "/api/v10/users/@me/channels", object{"recipient_id": l.user("mia")}, 400, 40003)
	l.pass(dmOpensWindow)
	open("mia")
}

func TestMentions(t *testing.T) {
	l := newLab(t)
	g := l.s.world.guilds[0]
	coach, regulars := g.findRole("coach").id, g.findRole("regulars").id
	words := fmt.Sprintf("<@%s> <@&%s> <@&%s> @everyone", l.user("mia"), coach, regulars)
	for _, tc := range []struct {
		name, allowed, users, roles string
	}{
		{"default", `null`, "[mia]", fmt.Sprint([]flake{regulars})},
		{"none", `{"parse":[]}`, "[]", "[]"},
		{"roles", `{"parse":["roles"]}`, "[]", fmt.Sprint([]flake{regulars})},
		{"one role", fmt.Sprintf(`{"parse":[],"roles":["%s"]}`, regulars), "[]", fmt.Sprint([]flake{regulars})},
		{"a role that is not mentionable", fmt.Sprintf(`{"roles":["%s"]}`, coach), "[]", "[]"},
		{"one user", fmt.Sprintf(`{"users":["%s"]}`, l.user("mia")), "[mia]", "[]"},
		{"another user", fmt.Sprintf(`{"users":["%s"]}`, l.user("carl")), "[]", "[]"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l.pass(5 * time.Second)
			m := l.do("POST", l.posts("general"), fmt.Sprintf(`{"content":%q,"allowed_mentions":%s}`, words, tc.allowed))
			users := []string{}
			for _, u := range wire.Objects(wire.List(m, "mentions")) {
				users = append(users, wire.Text(u, "username"))
			}
			if fmt.Sprint(users) != tc.users || fmt.Sprint(m["mention_roles"]) != tc.roles || m["mention_everyone"] != false {
				t.Errorf("got %v, %v, %v, want %s, %s", users, m["mention_roles"], m["mention_everyone"], tc.users, tc.roles)
			}
		})
	}
	g.findRole("unpinch").permissions |= wire.PermMentionEveryone // MENTION_EVERYONE reaches all
	l.pass(5 * time.Second)
	m := l.do("POST", l.posts("general"), fmt.Sprintf(`{"flags":32768,"components":[{"type":10,"content":%q}]}`, words))
	if fmt.Sprint(m["mention_roles"]) != fmt.Sprint([]flake{coach, regulars}) || m["mention_everyone"] != true {
		t.Errorf("got %v, %v, want both roles and everyone", m["mention_roles"], m["mention_everyone"])
	}
}

func TestFiles(t *testing.T) {
	l := newLab(t)
	path := l.posts("general")
	m := l.do("POST", path, multi{payload: `{"flags":32768,"components":[{"type":12,"items":[{"media":{"url":"attachment://a.png"},"description":"a lift"}]},
		{"type":13,"file":{"url":"attachment://b.txt"}}],"attachments":[{"id":0,"filename":"a.png"},{"id":1,"filename":"b.txt"}]}`, files: []string{"a.png", "b.txt"}})
	if len(wire.List(m, "attachments")) != 0 {
		t.Errorf("got attachments %v, want none on a V2 message", m["attachments"])
	}
	parts := wire.Objects(wire.List(m, "components"))
	media := wire.Child(wire.Objects(wire.List(parts[0], "items"))[0], "media")
	if got := l.fetch(wire.Text(media, "url")); got != "a.png" {
		t.Errorf("the picture: got %q", got)
	}
	if f := wire.Child(parts[1], "file"); l.fetch(wire.Text(f, "url")) != "b.txt" || wire.Text(parts[1], "name") != "b.txt" {
		t.Errorf("got file %v", parts[1])
	}

	// An edit keeps only what it lists, and adds only what it lists.
	one := path + "/" + wire.Text(m, "id")
	l.refused("PATCH", one, multi{payload: `{"components":[{"type":12,"items":[{"media":{"url":"attachment://c.png"}}]}]}`, files: []string{"c.png"}}, 400, 50035)
	edited := l.do("PATCH", one, multi{payload: fmt.Sprintf(`{"components":[{"type":12,"items":[{"media":{"url":"attachment://c.png"}},{"media":{"url":"attachment://a.png"}}]}],
		"attachments":[{"id":"0","filename":"c.png"},{"id":%q}]}`, wire.Text(media, "attachment_id")), files: []string{"c.png"}})
	items := wire.Objects(wire.List(wire.Objects(wire.List(edited, "components"))[0], "items"))
	if a, c := l.fetch(wire.Text(wire.Child(items[1], "media"), "url")), l.fetch(wire.Text(wire.Child(items[0], "media"), "url")); a != "a.png" || c != "c.png" {
		t.Errorf("got %q and %q, want a.png kept and c.png added", a, c)
	}
	if got := l.fetch(wire.Text(wire.Child(parts[1], "file"), "url")); got == "b.txt" {
		t.Error("b.txt is still there, though the edit left it out")
	}

	plain := l.do("POST", path, multi{payload: `{"content":"x"}`, files: []string{"d.txt"}})
	if a := wire.Objects(wire.List(plain, "attachments")); len(a) != 1 || wire.Text(a[0], "filename") != "d.txt" {
		t.Errorf("got attachments %v, want d.txt", plain["attachments"])
	}
}

// fetch gets a file that the playground hands out; "" if it does not.
func (l *lab) fetch(url string) string {
	l.t.Helper()
	status, v, _ := l.call("GET", url[len(l.url):], nil)
	if status != http.StatusOK {
		return ""
	}
	return fmt.Sprint(v)
}

func TestListMessages(t *testing.T) {
	l := newLab(t)
	var ids []string
	for i := range 5 {
		ids = append(ids, wire.Text(l.do("POST", l.posts("general"), object{"content": fmt.Sprint(i)}), "id"))
	}
	for _, tc := range []struct{ query, want string }{
		{"", "43210"}, {"?limit=2", "43"}, {"?before=" + ids[2], "10"}, {"?before=" + ids[2] + "&limit=1", "1"},
		{"?after=" + ids[2], "43"}, {"?after=" + ids[1] + "&limit=2", "32"}, {"?around=" + ids[2] + "&limit=3", "321"},
	} {
		l.pass(5 * time.Second)
		_, v, _ := l.call("GET", l.posts("general")+tc.query, nil)
		got := ""
		for _, m := range wire.Objects(v.([]any)) {
			got += wire.Text(m, "content")
		}
		if got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.query, got, tc.want)
		}
	}
	l.pass(5 * time.Second)
	l.refused("GET", l.posts("general")+"?limit=101", nil, 400, 50035)
}

func TestLongPoll(t *testing.T) {
	l := newLab(t)
	first := l.do("POST", l.posts("general"), `{"content":"old"}`)
	got := make(chan []object, 1)
	go func() {
		_, v, _ := l.call("GET", "/messages?channel=general&as=mia&wait=10s&after="+wire.Text(first, "id"), nil)
		got <- wire.Objects(v.([]any))
	}()
	l.do("POST", l.posts("general"), `{"content":"new"}`)
	if m := <-got; len(m) != 1 || wire.Text(m[0], "content") != "new" {
		t.Errorf("got %v, want the new message", m)
	}
	l.problem("GET", "/messages?channel=general&wait=2h", nil, 400, "bad_field")
	l.problem("GET", "/messages?channel=general&before=1", nil, 400, "unknown_field")
}

func TestReplies(t *testing.T) {
	l := newLab(t)
	m := l.do("POST", l.posts("general"), `{"content":"a"}`)
	reply := l.do("POST", l.posts("general"), object{"content": "b", "message_reference": object{"message_id": m["id"]}})
	if wire.Text(wire.Child(reply, "message_reference"), "message_id") != wire.Text(m, "id") {
		t.Errorf("got %v", reply)
	}
	l.refused("POST", l.posts("general"), `{"content":"b","message_reference":{"message_id":"1"}}`, 400, 50035)
}
