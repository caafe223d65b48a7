package playground

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

func TestNonce(t *testing.T) {
	l := newLab(t)
	send := func(body string) object { return l.Do("POST", l.Posts("general"), body) }
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
	l.Do("POST", "/clock", `{"now":"2026-11-23T09:03:01Z"}`)
	l.Pass(5 * time.Second) // past the bucket
	if late := send(`{"content":"c","nonce":"n1","enforce_nonce":true}`); late["id"] == first["id"] {
		t.Error("the nonce worked for more than three minutes")
	}
	gone := send(`{"content":"d","nonce":"n2","enforce_nonce":true}`)
	l.Do("DELETE", l.Posts("general")+"/"+wire.Text(gone, "id"), nil)
	l.Refused("POST", l.Posts("general"), `{"content":"d","nonce":"n2","enforce_nonce":true}`, 404, 10008)
}

func TestMessageRules(t *testing.T) {
	l := newLab(t)
	path := l.Posts("general")
	m := l.Do("POST", path, `{"content":"a"}`)
	one := path + "/" + wire.Text(m, "id")
	l.Refused("POST", "/api/v10/channels/1/messages", `{"content":"a"}`, 404, 10003)
	l.Refused("POST", l.Posts("coaches"), `{"content":"a"}`, 403, 50001)
	l.Refused("POST", l.Posts("lounge"), `{"content":"a"}`, 403, 50001)
	l.Refused("GET", path+"/1", nil, 404, 10008)
	l.Refused("GET", l.Posts("classes")+"/"+wire.Text(m, "id"), nil, 404, 10008)

	l.Do("POST", "/clock", `{"now":"2026-11-23T10:00:00Z"}`)
	if e := l.Do("PATCH", one, `{"content":"b"}`); wire.Text(e, "content") != "b" || e["edited_timestamp"] == nil {
		t.Errorf("got %v, want an edit", e)
	}
	l.Do("POST", "/clock", `{"now":"2026-11-23T10:00:01Z"}`)
	l.Refused("PATCH", one, `{"content":"c"}`, 400, 30046)
	l.Do("DELETE", one, nil)
	l.Refused("DELETE", one, nil, 404, 10008)
}

func TestPermissions(t *testing.T) {
	l := newLab(t)
	path := l.Posts("classes")
	m := l.Do("POST", path, `{"content":"a"}`)
	deny := func(channel string, names ...string) {
		l.Do("POST", "/world", object{"permission": object{"channel": channel, "deny": names}})
	}
	deny("classes", "SEND_MESSAGES")
	l.Refused("POST", path, `{"content":"a"}`, 403, 50013)
	l.Do("DELETE", path+"/"+wire.Text(m, "id"), nil) // one's own needs nothing
	deny("classes", "ATTACH_FILES")
	l.Do("POST", path, `{"content":"a"}`)
	l.Refused("POST", path, rig.Form{Payload: `{}`, Files: []string{"a.png"}}, 403, 50013)
	deny("classes", "READ_MESSAGE_HISTORY")
	if _, list, _ := l.Call("GET", path, nil); fmt.Sprint(list) != "[]" {
		t.Errorf("without READ_MESSAGE_HISTORY the list is %v, want an empty one", list)
	}
	l.Refused("GET", path+"/"+wire.Text(m, "id"), nil, 404, 10008)
	deny("classes", "VIEW_CHANNEL")
	l.Refused("GET", "/api/v10/channels/"+l.Channel("classes"), nil, 403, 50001)
	deny("classes")
	l.Do("GET", "/api/v10/channels/"+l.Channel("classes"), nil)
	deny("general", "SEND_MESSAGES_IN_THREADS")
	l.Refused("POST", l.Posts("morning-crew"), `{"content":"a"}`, 403, 50013)
}

func TestThreads(t *testing.T) {
	l := newLab(t)
	path := l.Posts("morning-crew")
	m := l.Do("POST", path, `{"content":"a"}`)
	l.Do("POST", "/world", `{"lock_thread":"morning-crew"}`)
	l.Refused("POST", path, `{"content":"a"}`, 400, 160005)
	l.Do("POST", "/world", `{"lock_thread":{"thread":"morning-crew","archived":true}}`)
	l.Refused("POST", path, `{"content":"a"}`, 400, 50083)
	l.Refused("PATCH", path+"/"+wire.Text(m, "id"), `{"content":"b"}`, 400, 50083)
	l.Problem("POST", "/world", `{"lock_thread":"general"}`, 400, "not_a_thread")
}

func TestDMs(t *testing.T) {
	l := newLab(t)
	open := func(name string) string {
		c := l.Do("POST", "/api/v10/users/@me/channels", object{"recipient_id": l.User(name)})
		return "/api/v10/channels/" + wire.Text(c, "id") + "/messages"
	}
	mia := open("mia")
	m := l.Do("POST", mia, `{"content":"You asked for a nudge."}`)
	_, list, _ := l.Call("GET", "/messages?channel=dm&as=mia", nil)
	if got := wire.Objects(list.([]any)); len(got) != 1 || got[0]["id"] != m["id"] {
		t.Errorf("mia's DM: got %v", got)
	}
	if _, list, _ := l.Call("GET", "/messages?channel=dm&as=olga", nil); len(list.([]any)) != 0 {
		t.Errorf("olga reads %v", list)
	}
	l.Problem("GET", "/messages?as=olga&channel="+strings.Split(mia, "/")[4], nil, 404, "not_found") // mia's, by id
	l.Refused("POST", open("noah"), `{"content":"x"}`, 403, 50007)
	l.Do("POST", "/world", `{"close_dms":"mia"}`)
	l.Refused("POST", mia, `{"content":"x"}`, 403, 50007)
	carl := open("carl")
	l.Do("POST", "/world", `{"kick_bot":"iron-garden"}`)
	l.Refused("POST", carl, `{"content":"x"}`, 403, 50278)
	l.Refused("POST", "/api/v10/users/@me/channels", `{"recipient_id":"1"}`, 400, 50033)
	for range dmOpensAllowed - 3 {
		open("carl")
	}
	l.Refused("POST", "/api/v10/users/@me/channels", object{"recipient_id": l.User("mia")}, 400, 40003)
	l.Pass(dmOpensWindow)
	open("mia")
}

func TestMentions(t *testing.T) {
	l := newLab(t)
	g := l.s.world.guilds[0]
	coach, regulars := g.findRole("coach").id, g.findRole("regulars").id
	words := fmt.Sprintf("<@%s> <@&%s> <@&%s> @everyone", l.User("mia"), coach, regulars)
	for _, tc := range []struct {
		name, allowed, users, roles string
	}{
		{"default", `null`, "[mia]", fmt.Sprint([]wire.ID{regulars})},
		{"none", `{"parse":[]}`, "[]", "[]"},
		{"roles", `{"parse":["roles"]}`, "[]", fmt.Sprint([]wire.ID{regulars})},
		{"one role", fmt.Sprintf(`{"parse":[],"roles":["%s"]}`, regulars), "[]", fmt.Sprint([]wire.ID{regulars})},
		{"a role that is not mentionable", fmt.Sprintf(`{"roles":["%s"]}`, coach), "[]", "[]"},
		{"one user", fmt.Sprintf(`{"users":["%s"]}`, l.User("mia")), "[mia]", "[]"},
		{"another user", fmt.Sprintf(`{"users":["%s"]}`, l.User("carl")), "[]", "[]"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l.Pass(5 * time.Second)
			m := l.Do("POST", l.Posts("general"), fmt.Sprintf(`{"content":%q,"allowed_mentions":%s}`, words, tc.allowed))
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
	l.Pass(5 * time.Second)
	m := l.Do("POST", l.Posts("general"), fmt.Sprintf(`{"flags":32768,"components":[{"type":10,"content":%q}]}`, words))
	if fmt.Sprint(m["mention_roles"]) != fmt.Sprint([]wire.ID{coach, regulars}) || m["mention_everyone"] != true {
		t.Errorf("got %v, %v, want both roles and everyone", m["mention_roles"], m["mention_everyone"])
	}
}

func TestFiles(t *testing.T) {
	l := newLab(t)
	path := l.Posts("general")
	m := l.Do("POST", path, rig.Form{Payload: `{"flags":32768,"components":[{"type":12,"items":[{"media":{"url":"attachment://a.png"},"description":"a lift"}]},
		{"type":13,"file":{"url":"attachment://b.txt"}}],"attachments":[{"id":0,"filename":"a.png"},{"id":1,"filename":"b.txt"}]}`, Files: []string{"a.png", "b.txt"}})
	if len(wire.List(m, "attachments")) != 0 {
		t.Errorf("got attachments %v, want none on a V2 message", m["attachments"])
	}
	parts := wire.Objects(wire.List(m, "components"))
	media := wire.Child(wire.Objects(wire.List(parts[0], "items"))[0], "media")
	if got := l.Fetch(wire.Text(media, "url")); got != "a.png" {
		t.Errorf("the picture: got %q", got)
	}
	if f := wire.Child(parts[1], "file"); l.Fetch(wire.Text(f, "url")) != "b.txt" || wire.Text(parts[1], "name") != "b.txt" {
		t.Errorf("got file %v", parts[1])
	}

	// An edit keeps only what it lists, and adds only what it lists.
	one := path + "/" + wire.Text(m, "id")
	l.Refused("PATCH", one, rig.Form{Payload: `{"components":[{"type":12,"items":[{"media":{"url":"attachment://c.png"}}]}]}`, Files: []string{"c.png"}}, 400, 50035)
	edited := l.Do("PATCH", one, rig.Form{Payload: fmt.Sprintf(`{"components":[{"type":12,"items":[{"media":{"url":"attachment://c.png"}},{"media":{"url":"attachment://a.png"}}]}],
		"attachments":[{"id":"0","filename":"c.png"},{"id":%q}]}`, wire.Text(media, "attachment_id")), Files: []string{"c.png"}})
	items := wire.Objects(wire.List(wire.Objects(wire.List(edited, "components"))[0], "items"))
	if a, c := l.Fetch(wire.Text(wire.Child(items[1], "media"), "url")), l.Fetch(wire.Text(wire.Child(items[0], "media"), "url")); a != "a.png" || c != "c.png" {
		t.Errorf("got %q and %q, want a.png kept and c.png added", a, c)
	}
	if got := l.Fetch(wire.Text(wire.Child(parts[1], "file"), "url")); got == "b.txt" {
		t.Error("b.txt is still there, though the edit left it out")
	}

	plain := l.Do("POST", path, rig.Form{Payload: `{"content":"x"}`, Files: []string{"d.txt"}})
	if a := wire.Objects(wire.List(plain, "attachments")); len(a) != 1 || wire.Text(a[0], "filename") != "d.txt" {
		t.Errorf("got attachments %v, want d.txt", plain["attachments"])
	}
}

func TestListMessages(t *testing.T) {
	l := newLab(t)
	var ids []string
	for i := range 5 {
		ids = append(ids, wire.Text(l.Do("POST", l.Posts("general"), object{"content": fmt.Sprint(i)}), "id"))
	}
	for _, tc := range []struct{ query, want string }{
		{"", "43210"}, {"?limit=2", "43"}, {"?before=" + ids[2], "10"}, {"?before=" + ids[2] + "&limit=1", "1"},
		{"?after=" + ids[2], "43"}, {"?after=" + ids[1] + "&limit=2", "32"}, {"?around=" + ids[2] + "&limit=3", "321"},
	} {
		l.Pass(5 * time.Second)
		_, v, _ := l.Call("GET", l.Posts("general")+tc.query, nil)
		got := ""
		for _, m := range wire.Objects(v.([]any)) {
			got += wire.Text(m, "content")
		}
		if got != tc.want {
			t.Errorf("%s: got %s, want %s", tc.query, got, tc.want)
		}
	}
	l.Pass(5 * time.Second)
	l.Refused("GET", l.Posts("general")+"?limit=101", nil, 400, 50035)
}

func TestLongPoll(t *testing.T) {
	l := newLab(t)
	first := l.Do("POST", l.Posts("general"), `{"content":"old"}`)
	got := make(chan []object, 1)
	go func() {
		_, v, _ := l.Call("GET", "/messages?channel=general&as=mia&wait=10s&after="+wire.Text(first, "id"), nil)
		got <- wire.Objects(v.([]any))
	}()
	l.Do("POST", l.Posts("general"), `{"content":"new"}`)
	if m := <-got; len(m) != 1 || wire.Text(m[0], "content") != "new" {
		t.Errorf("got %v, want the new message", m)
	}
	l.Problem("GET", "/messages?channel=general&wait=2h", nil, 400, "bad_field")
	l.Problem("GET", "/messages?channel=general&before=1", nil, 400, "unknown_field")
}

func TestReplies(t *testing.T) {
	l := newLab(t)
	m := l.Do("POST", l.Posts("general"), `{"content":"a"}`)
	reply := l.Do("POST", l.Posts("general"), object{"content": "b", "message_reference": object{"message_id": m["id"]}})
	if wire.Text(wire.Child(reply, "message_reference"), "message_id") != wire.Text(m, "id") {
		t.Errorf("got %v", reply)
	}
	l.Refused("POST", l.Posts("general"), `{"content":"b","message_reference":{"message_id":"1"}}`, 400, 50035)
}
