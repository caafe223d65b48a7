package playground

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

const pinched = `[{"name":"pinched","description":"d","integration_types":[0,1],"contexts":[0,1],"options":[
	{"type":3,"name":"area","description":"a","choices":[{"name":"Neck","value":"neck"}]},
	{"type":3,"name":"exercise","description":"e","autocomplete":true}]},
	{"name":"class","description":"d","options":[{"type":1,"name":"add","description":"a","options":[
		{"type":3,"name":"at","description":"a","required":true},{"type":4,"name":"minutes","description":"m","min_value":5,"max_value":120},
		{"type":7,"name":"where","description":"w","channel_types":[0]},{"type":8,"name":"role","description":"r"},
		{"type":6,"name":"who","description":"w"},{"type":5,"name":"quiet","description":"q"},{"type":11,"name":"file","description":"f"}]}]},
	{"name":"setup","description":"d","default_member_permissions":"32","contexts":[0]},
	{"name":"Report","type":3}]`

// card answers with a private V2 card of two buttons and a select.
func card(b *rig.Bot, it object) {
	b.Callback(it, object{"type": wire.MessageCallback, "data": object{"flags": wire.FlagEphemeral | wire.FlagComponentsV2, "components": []any{
		object{"type": wire.Container, "components": []any{
			object{"type": wire.TextDisplay, "content": "**First, check these**"},
			object{"type": wire.TextDisplay, "content": "Second line"}}},
		object{"type": wire.ActionRow, "components": []any{
			object{"type": wire.Button, "style": 1, "label": "None", "custom_id": "none:1"},
			object{"type": wire.Button, "style": 2, "label": "Off", "custom_id": "off:1", "disabled": true},
			object{"type": wire.Button, "style": 5, "label": "Read", "url": "https://example.org/"}}},
		object{"type": wire.ActionRow, "components": []any{
			object{"type": wire.StringSelect, "custom_id": "pick:1", "options": []any{object{"label": "Neck", "value": "neck"}}}}},
	}}})
}

func TestAnswerShape(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(intentGuilds, card)
	got := l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched","options":{"area":"neck"}}`)
	golden(t, "answer", got)
	_, list, _ := l.Call("GET", "/messages?channel=general&as=mia", nil)
	if fmt.Sprint(list) != fmt.Sprint(got["messages"]) {
		t.Errorf("messages: got %v, want those of the answer", list)
	}
	if c := l.Do("GET", "/api/v10/channels/"+l.Channel("general"), nil); c["last_message_id"] != nil {
		t.Errorf("a private answer shows as the channel's last message: %v", c)
	}
	for _, as := range []string{"noah", "olga"} {
		if _, list, _ := l.Call("GET", "/messages?channel=general&as="+as, nil); len(list.([]any)) != 0 {
			t.Errorf("%s sees %v", as, list)
		}
	}
}

func TestStateShape(t *testing.T) {
	l := newLab(t)
	l.Register(`[{"name":"pinched","description":"d"}]`)
	golden(t, "state", l.Do("GET", "/state", nil))
}

func TestClick(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	var seen []object
	l.Login(0, func(b *rig.Bot, it object) {
		seen = append(seen, it)
		if isWhole(it["type"], wire.CommandInteraction) {
			card(b, it)
			return
		}
		b.Callback(it, object{"type": wire.UpdateCallback, "data": object{"components": []any{object{"type": wire.TextDisplay, "content": "next"}}}})
	})
	m := firstMessage(l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`))
	press := func(as, with string) string {
		return fmt.Sprintf(`{"as":%q,"message":%q,%s}`, as, m["id"], with)
	}
	l.Problem("POST", "/click", press("noah", `"label":"None"`), 404, "not_found")
	l.Problem("POST", "/click", press("mia", `"label":"Nobody"`), 404, "not_found")
	l.Problem("POST", "/click", press("mia", `"label":"Off"`), 400, "disabled")
	l.Problem("POST", "/click", press("mia", `"label":"Read"`), 400, "link")
	l.Problem("POST", "/click", press("mia", `"custom_id":"pick:1","values":["hip"]`), 400, "bad_values")
	l.Problem("POST", "/click", press("mia", `"custom_id":"pick:1"`), 400, "bad_values")
	l.Problem("POST", "/click", press("mia", `"colour":"red"`), 400, "unknown_field")

	got := l.Do("POST", "/click", press("mia", `"custom_id":"pick:1","values":["neck"]`))
	if n := firstMessage(got); n["id"] != m["id"] || wire.Text(wire.Child(n, "view"), "text") != "next" {
		t.Errorf("got %v, want the same message with new text", n)
	}
	click := seen[len(seen)-1]
	data := wire.Child(click, "data")
	if wire.Text(data, "custom_id") != "pick:1" || fmt.Sprint(data["values"]) != "[neck]" || !isWhole(data["component_type"], wire.StringSelect) {
		t.Errorf("got data %v", data)
	}
	source := wire.Child(click, "message")
	if wire.Text(source, "id") != wire.Text(m, "id") || wire.Text(wire.Child(source, "interaction_metadata"), "name") != "pinched" {
		t.Errorf("got message %v, want the one clicked with its metadata", source)
	}
	l.Problem("POST", "/click", press("mia", `"label":"None"`), 404, "not_found") // it went with the update
}

func firstMessage(answer object) object {
	messages := wire.Objects(wire.List(answer, "messages"))
	if len(messages) == 0 {
		return object{}
	}
	return messages[0]
}

func TestCommandPayload(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	var it object
	l.Login(0, func(b *rig.Bot, got object) { it = got; rig.Says("ok")(b, got) })
	l.Do("POST", "/command", object{"as": "carl", "channel": "general", "name": "class add", "locale": "de",
		"options": object{"at": "mon 18:00", "minutes": 60, "where": "classes", "role": "coach", "who": "mia", "quiet": true, "file": "a.yaml"},
		"files":   []object{{"name": "a.yaml", "base64": []byte("x: 1")}}})
	sub := wire.Objects(wire.List(wire.Child(it, "data"), "options"))[0]
	if wire.Text(sub, "name") != "add" || !isWhole(sub["type"], wire.SubcommandOption) {
		t.Fatalf("got %v, want the subcommand add", sub)
	}
	values := map[string]any{}
	for _, o := range wire.Objects(wire.List(sub, "options")) {
		values[wire.Text(o, "name")] = o["value"]
	}
	file := fmt.Sprint(values["file"])
	want := map[string]any{"at": "mon 18:00", "minutes": "60", "where": l.Channel("classes"), "role": l.s.world.guilds[0].findRole("coach").id,
		"who": l.User("mia"), "quiet": true, "file": file}
	if fmt.Sprint(values) != fmt.Sprint(want) {
		t.Errorf("got values %v, want %v", values, want)
	}
	resolved := wire.Child(wire.Child(it, "data"), "resolved")
	where := wire.Child(wire.Child(resolved, "channels"), l.Channel("classes"))
	if wire.Text(where, "app_permissions") != bits(permMember|wire.PermBot) {
		t.Errorf("got channel %v, want app_permissions %s", where, bits(permMember|wire.PermBot))
	}
	attachment := wire.Child(wire.Child(resolved, "attachments"), file)
	if res, err := http.Get(wire.Text(attachment, "url")); err != nil || res.StatusCode != 200 {
		t.Errorf("get %v: %v %v", attachment, res, err)
	} else {
		res.Body.Close()
	}
	for key, want := range map[string]string{"locale": "de", "guild_locale": "en-US", "context": "0", "version": "1",
		"app_permissions": bits(permMember | wire.PermBot), "entitlements": "[]", "guild_id": l.s.world.guilds[0].id.String()} {
		if fmt.Sprint(it[key]) != want {
			t.Errorf("%s: got %v, want %v", key, it[key], want)
		}
	}
	if p := wire.Text(wire.Child(it, "member"), "permissions"); p != bits(permMember) {
		t.Errorf("carl's permissions: got %s, want %s", p, bits(permMember))
	}
}

func TestCommandRefused(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(0, rig.Says("ok"))
	for _, tc := range []struct {
		name, body string
		status     int
		code       string
	}{
		{"unknown field", `{"as":"mia","chanel":"general"}`, 400, "unknown_field"},
		{"not JSON", `{`, 400, "bad_json"},
		{"wrong type", `{"as":7}`, 400, "bad_field"},
		{"unknown user", `{"as":"zoe","channel":"general","name":"pinched"}`, 404, "not_found"},
		{"the bot is no user", `{"as":"unpinch","channel":"general","name":"pinched"}`, 404, "not_found"},
		{"unknown channel", `{"as":"mia","channel":"x","name":"pinched"}`, 404, "not_found"},
		{"hidden channel", `{"as":"mia","channel":"coaches","name":"pinched"}`, 404, "not_found"},
		{"unknown command", `{"as":"mia","channel":"general","name":"pinch"}`, 404, "not_found"},
		{"unknown subcommand", `{"as":"mia","channel":"general","name":"class drop"}`, 404, "not_found"},
		{"no subcommand", `{"as":"mia","channel":"general","name":"class"}`, 400, "bad_option"},
		{"unknown option", `{"as":"mia","channel":"general","name":"pinched","options":{"x":1}}`, 400, "bad_option"},
		{"not a choice", `{"as":"mia","channel":"general","name":"pinched","options":{"area":"nose"}}`, 400, "bad_option"},
		{"required", `{"as":"mia","channel":"general","name":"class add"}`, 400, "bad_option"},
		{"too small", `{"as":"mia","channel":"general","name":"class add","options":{"at":"x","minutes":4}}`, 400, "bad_option"},
		{"not whole", `{"as":"mia","channel":"general","name":"class add","options":{"at":"x","minutes":4.5}}`, 400, "bad_option"},
		{"hidden channel as value", `{"as":"mia","channel":"general","name":"class add","options":{"at":"x","where":"coaches"}}`, 400, "bad_option"},
		{"wrong channel type", `{"as":"mia","channel":"general","name":"class add","options":{"at":"x","where":"announcements"}}`, 400, "bad_option"},
		{"no such file", `{"as":"mia","channel":"general","name":"class add","options":{"at":"x","file":"a"}}`, 400, "bad_option"},
		{"no permission", `{"as":"mia","channel":"general","name":"setup"}`, 403, "not_permitted"},
		{"not in DMs", `{"as":"olga","channel":"dm","name":"setup"}`, 403, "not_permitted"},
		{"not user-installed", `{"as":"mia","channel":"lounge","name":"class add","options":{"at":"x"}}`, 403, "not_permitted"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			l.T = t
			l.Problem("POST", "/command", tc.body, tc.status, tc.code)
		})
	}
	l.T = t
	l.Do("POST", "/command", `{"as":"olga","channel":"general","name":"setup"}`)
	l.Do("POST", "/command", `{"as":"mia","guild":"quiet-room","channel":"lounge","name":"pinched"}`)
}

func TestGuildCommandsStayInTheirGuild(t *testing.T) {
	l := newLab(t)
	l.Login(0, rig.Says("ok"))
	g := l.s.world.guilds[0].id.String()
	status, v, _ := l.Call("PUT", "/api/v10/applications/"+l.App()+"/guilds/"+g+"/commands", `[{"name":"here","description":"d"}]`)
	if status != 200 {
		t.Fatalf("register: %d %v", status, v)
	}
	l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"here"}`)
	l.Problem("POST", "/command", `{"as":"mia","channel":"lounge","name":"here"}`, 404, "not_found")
	l.Problem("POST", "/command", `{"as":"mia","channel":"dm","name":"here"}`, 404, "not_found")
	l.Do("POST", "/world", `{"kick_bot":"iron-garden"}`)
	l.Problem("POST", "/command", `{"as":"mia","channel":"general","name":"here"}`, 404, "not_found")
}

func TestWhereFrom(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	var it object
	l.Login(0, func(b *rig.Bot, got object) { it = got; rig.Says("ok")(b, got) })
	for _, tc := range []struct{ channel, context, owners string }{
		{"general", "0", fmt.Sprintf("map[0:%s 1:%s]", l.s.world.guilds[0].id, l.User("mia"))},
		{"lounge", "0", fmt.Sprintf("map[1:%s]", l.User("mia"))},
		{"dm", "1", fmt.Sprintf("map[0:0 1:%s]", l.User("mia"))},
	} {
		l.Do("POST", "/command", object{"as": "mia", "channel": tc.channel, "name": "pinched"})
		if fmt.Sprint(it["context"]) != tc.context || fmt.Sprint(it["authorizing_integration_owners"]) != tc.owners {
			t.Errorf("%s: got context %v, owners %v, want %s, %s", tc.channel, it["context"], it["authorizing_integration_owners"], tc.context, tc.owners)
		}
		if (it["member"] == nil) != (tc.channel == "dm") || (it["user"] == nil) == (tc.channel == "dm") {
			t.Errorf("%s: got member %v, user %v", tc.channel, it["member"], it["user"])
		}
	}
}

func TestAutocomplete(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	var it object
	l.Login(0, func(b *rig.Bot, got object) {
		it = got
		b.Callback(it, object{"type": wire.AutocompleteCallback, "data": object{"choices": []any{object{"name": "Bench", "value": "bench"}}}})
	})
	got := l.Do("POST", "/autocomplete", `{"as":"mia","channel":"general","name":"pinched","options":{"exercise":"ben"},"focused":"exercise"}`)
	if fmt.Sprint(got["choices"]) != "[map[name:Bench value:bench]]" || got["modal"] != nil {
		t.Errorf("got %v", got)
	}
	o := wire.Objects(wire.List(wire.Child(it, "data"), "options"))[0]
	if o["focused"] != true || wire.Text(o, "value") != "ben" || !isWhole(it["type"], wire.AutocompleteInteraction) {
		t.Errorf("got option %v", o)
	}
	l.Problem("POST", "/autocomplete", `{"as":"mia","channel":"general","name":"pinched"}`, 400, "bad_field")
	l.Problem("POST", "/autocomplete", `{"as":"mia","channel":"general","name":"pinched","focused":"area"}`, 400, "bad_option")
}

func TestModal(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	var it object
	l.Login(0, func(b *rig.Bot, got object) {
		it = got
		if isWhole(got["type"], wire.ModalInteraction) {
			rig.Says("saved")(b, got)
			return
		}
		b.Callback(got, object{"type": wire.ModalCallback, "data": object{"custom_id": "m:1", "title": "Classes", "components": []any{
			object{"type": wire.TextDisplay, "content": "One class a line."},
			object{"type": wire.Label, "label": "Classes", "component": object{"type": wire.TextInput, "custom_id": "lines", "style": 2, "min_length": 3, "max_length": 20}},
			object{"type": wire.Label, "label": "Where", "component": object{"type": wire.ChannelSelect, "custom_id": "where", "required": false}},
		}}})
	})
	opened := wire.Child(l.Do("POST", "/command", `{"as":"carl","channel":"general","name":"class add","options":{"at":"x"}}`), "modal")
	golden(t, "modal", opened)
	send := func(as, fields string) string {
		return fmt.Sprintf(`{"as":%q,"modal":%q,"fields":%s}`, as, opened["id"], fields)
	}
	l.Problem("POST", "/modal", send("mia", `{"lines":"mon 18:00"}`), 404, "not_found")
	l.Problem("POST", "/modal", send("carl", `{}`), 400, "bad_field")
	l.Problem("POST", "/modal", send("carl", `{"lines":"mo"}`), 400, "bad_field")
	l.Problem("POST", "/modal", send("carl", `{"lines":"mon 18:00","x":"y"}`), 400, "bad_field")
	l.Problem("POST", "/modal", send("carl", `{"lines":"mon 18:00","where":["x"]}`), 400, "bad_values")
	got := l.Do("POST", "/modal", send("carl", `{"lines":"mon 18:00","where":["classes"]}`))
	if wire.Text(wire.Child(firstMessage(got), "view"), "text") != "saved" {
		t.Errorf("got %v", got)
	}
	data := wire.Child(it, "data")
	parts := wire.Objects(wire.List(data, "components"))
	if wire.Text(data, "custom_id") != "m:1" || wire.Text(wire.Child(parts[1], "component"), "value") != "mon 18:00" ||
		fmt.Sprint(wire.Child(parts[2], "component")["values"]) != "["+l.Channel("classes")+"]" {
		t.Errorf("got data %v", data)
	}
}

func TestMessageCommand(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	var it object
	l.Login(0, func(b *rig.Bot, got object) { it = got; rig.Says("thanks")(b, got) })
	m := l.Do("POST", l.Posts("general"), `{"content":"a post"}`)
	l.Do("POST", "/command", object{"as": "mia", "channel": "general", "name": "Report", "target": m["id"]})
	data := wire.Child(it, "data")
	if wire.Text(data, "target_id") != wire.Text(m, "id") || wire.Text(wire.Child(wire.Child(wire.Child(data, "resolved"), "messages"), wire.Text(m, "id")), "content") != "a post" {
		t.Errorf("got %v", data)
	}
	l.Problem("POST", "/command", `{"as":"mia","channel":"general","name":"Report","target":"7"}`, 404, "not_found")
}

func TestRequests(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(0, rig.Says("ok"))
	l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`)
	l.Do("POST", l.Posts("general"), rig.Form{Payload: `{"content":"see"}`, Files: []string{"a.txt"}})
	_, v, _ := l.Call("GET", "/requests?after=1", nil)
	if strings.Contains(fmt.Sprint(v), tokenPrefix) {
		t.Errorf("a token shows: %v", v)
	}
	golden(t, "requests", v)
	l.Problem("GET", "/requests?after=x", nil, 400, "bad_field")
}
