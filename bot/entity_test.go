package bot

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
)

func TestPermBitsAreDiscords(t *testing.T) {
	for perm, want := range map[Perm]uint64{
		Administrator: 8, ManageServer: 32, ViewChannel: 1024, SendMessages: 2048, AttachFiles: 32768,
		ReadHistory: 65536, MentionEveryone: 131072, SendInThreads: 274877906944,
	} {
		if uint64(perm) != want {
			t.Errorf("got bit %d, want %d", perm, want)
		}
	}
}

// entities is a command with a channel and a role, as Discord sends it.
const entities = `{"id":"1","token":"t","type":2,"data":{"name":"c","options":[
	{"name":"where","type":7,"value":"50"},{"name":"who","type":8,"value":"60"},{"name":"minutes","type":4,"value":5},{"name":"quiet","type":5,"value":false},{"name":"note","type":3,"value":""},{"name":"file","type":11,"value":"70"}],
	"resolved":{"users":{"1":{"id":"1"}},
		"channels":{"50":{"id":"50","name":"classes","type":5,"permissions":"8","app_permissions":"3072","parent_id":null,"future":[1]}},
		"roles":{"60":{"id":"60","name":"crew","mentionable":true,"permissions":"0"}}}}}`

func TestChannelsAndRoles(t *testing.T) {
	where, who := Channel("where", "a"), Role("who", "a")
	for _, tc := range []struct {
		name, in string
		channel  ChannelValue
		role     RoleValue
	}{
		{"both", entities, ChannelValue{"50", "classes", 5, ViewChannel | SendMessages, false}, RoleValue{"60", "crew", true}},
		{"other ids resolved", strings.NewReplacer(`"50":`, `"51":`, `"60":`, `"61":`).Replace(entities), ChannelValue{}, RoleValue{}},
		{"nothing resolved", strings.Replace(entities, `"resolved"`, `"other"`, 1), ChannelValue{}, RoleValue{}},
		{"not a set of permissions", strings.Replace(entities, `"3072"`, `"all"`, 1), ChannelValue{"50", "classes", 5, 0, false}, RoleValue{"60", "crew", true}},
		{"none given", command("c"), ChannelValue{}, RoleValue{}},
	} {
		var i interaction
		if err := json.Unmarshal([]byte(tc.in), &i); err != nil {
			t.Fatalf("%s: %v", tc.name, err)
		}
		req := i.request(sayings{})
		if got, ok := where.Get(req); got != tc.channel || ok != (tc.channel.ID != "") {
			t.Errorf("%s: channel %+v %v, want %+v", tc.name, got, ok, tc.channel)
		}
		if got, ok := who.Get(req); got != tc.role || ok != (tc.role.ID != "") {
			t.Errorf("%s: role %+v %v, want %+v", tc.name, got, ok, tc.role)
		}
	}
}

// TestHere tells a thread by the channel that comes with the request.
func TestHere(t *testing.T) {
	var i interaction
	in := `{"channel_id":"5","app_permissions":"3072","channel":{"id":"5","type":11}}`
	if err := json.Unmarshal([]byte(in), &i); err != nil {
		t.Fatal(err)
	}
	if got := i.request(sayings{}).Here(); got != (ChannelValue{ID: "5", Kind: kindThread, Perms: ViewChannel | SendMessages}) || !got.Thread() {
		t.Errorf("it came from %+v", got)
	}
}

func TestGivenTellsADefaultFromAValue(t *testing.T) {
	var i interaction
	if err := json.Unmarshal([]byte(entities), &i); err != nil {
		t.Fatal(err)
	}
	given, none := i.request(sayings{}), (&interaction{}).request(sayings{})
	for name, o := range map[string]interface{ Given(*Request) bool }{
		"number": Int("minutes", "a", 1, 9, 5), "yes or no": Bool("quiet", "a"), "text": String("note", "a"),
		"channel": Channel("where", "a"), "role": Role("who", "a"), "file": Attachment("file", "a"),
	} {
		if !o.Given(given) || o.Given(none) {
			t.Errorf("%s: %v when given, %v when not", name, o.Given(given), o.Given(none))
		}
	}
}

func TestThreadsAreKnown(t *testing.T) {
	for kind, want := range map[int]bool{0: false, 5: false, 10: true, 11: true, 12: true} {
		if got := (ChannelValue{Kind: kind}).Thread(); got != want {
			t.Errorf("type %d: %v, want %v", kind, got, want)
		}
	}
}

// TestNewRequestTakesChannelsAndRoles: a request for a test gives back the channel
// and role that it was made with.
func TestNewRequestTakesChannelsAndRoles(t *testing.T) {
	c, r := ChannelValue{"50", "classes", 0, ViewChannel, false}, RoleValue{"60", "crew", false}
	req, err := NewRequest(sayings{}, "1", map[string]any{"where": c, "who": r})
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := Channel("where", "a").Get(req); !ok || got != c {
		t.Errorf("channel %+v", got)
	}
	if got, ok := Role("who", "a").Get(req); !ok || got != r {
		t.Errorf("role %+v", got)
	}
}

func TestARequestKnowsItsMessage(t *testing.T) {
	var got *Request
	tr := newTestRouter(t, func(_ context.Context, r *Request) (Reply, error) {
		got = r
		return Reply{Parts: []Part{Text("x")}}, nil
	})
	for in, want := range map[string]string{
		command("private"):              "",
		button("page2:a/1", "42", "42"): "1",
		strings.Replace(button("page2:a/1", "42", "42"), `"type":3`, `"type":5`, 1): "1",
	} {
		tr.do(t.Context(), in)
		if got.MessageID != want {
			t.Errorf("message %q, want %q of %s", got.MessageID, want, in)
		}
	}
}

// TestChannelTypesKeepNoOrder: Discord may list channel types in any order.
func TestChannelTypesKeepNoOrder(t *testing.T) {
	have := someCommands()
	o := &have[0].Options[4]
	o.Channels = []int{12, 0, 5, 11, 10}
	if !sameCommands(have, someCommands(), false) {
		t.Error("another order counts as a change, so every start writes")
	}
	o.Channels = []int{0}
	if sameCommands(have, someCommands(), false) {
		t.Error("fewer types count as no change")
	}
}

func TestChannelsAndRolesFromThePlayground(t *testing.T) {
	t.Parallel()
	where, who := Channel("where", "a").Required(), Role("who", "a")
	type seen struct {
		channel ChannelValue
		role    RoleValue
		pings   bool
	}
	got := make(chan seen, 1)
	cmd := Command{Name: "plan", About: "a", Answer: NewPrivate, Options: []Option{where, who},
		Run: func(_ context.Context, req *Request) (Reply, error) {
			var s seen
			s.channel, _ = where.Get(req)
			s.role, s.pings = who.Get(req)
			got <- s
			return Reply{Parts: []Part{Text("hello")}}, nil
		}}
	p := newPlace(t)
	await(p, p.startBot(Options{Commands: []Command{cmd}}, func(*Bot) {}), "ready")
	for _, tc := range []struct {
		where  string
		may    Perm
		mayNot Perm
		thread bool
	}{
		{"classes", ViewChannel | SendMessages | AttachFiles | ReadHistory, MentionEveryone, false},
		{"coaches", 0, ViewChannel, false},
		{"announcements", ViewChannel, 0, false},
		{"morning-crew", ViewChannel | SendInThreads, 0, true},
	} {
		p.call("POST", "/command", map[string]any{"as": "carl", "channel": "general", "name": "plan",
			"options": map[string]any{"where": tc.where, "who": "coach"}})
		s := await(p, got, "the handler")
		if s.channel.Name != tc.where || s.channel.ID == "" || !s.channel.Perms.Has(tc.may) || s.channel.Perms&tc.mayNot != 0 || s.channel.Thread() != tc.thread {
			t.Errorf("%s: got %+v", tc.where, s.channel)
		}
		if !s.pings || s.role.Name != "coach" {
			t.Errorf("role %+v", s.role)
		}
	}
}
