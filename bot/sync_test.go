package bot

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// registry is Discord's list of commands, global and by server.
type registry struct {
	lists map[string][]map[string]any
	calls []string
	deny  string // a path that answers 403
}

func (r *registry) RoundTrip(req *http.Request) (*http.Response, error) {
	path := strings.TrimPrefix(req.URL.Path, "/api/v10/applications/1")
	r.calls = append(r.calls, req.Method+" "+path)
	if path == r.deny {
		return respond(403, nil, `{"code":50001}`), nil
	}
	if req.Method == http.MethodPut {
		var list []map[string]any
		if err := json.NewDecoder(req.Body).Decode(&list); err != nil {
			return nil, err
		}
		r.lists[path] = list
		return respond(200, nil, "[]"), nil
	}
	if req.URL.RawQuery != "with_localizations=true" {
		return respond(400, nil, ""), nil
	}
	// Discord adds its own fields, fills defaults in and keeps no order.
	var out []map[string]any
	for _, c := range slices.Backward(r.lists[path]) {
		full := map[string]any{"id": "9", "version": "1", "application_id": "1", "nsfw": false, "name_localizations": nil, "dm_permission": true}
		for k, v := range c {
			full[k] = v
		}
		if strings.Contains(path, "guilds") {
			full["contexts"], full["integration_types"] = nil, nil
		}
		out = append(out, full)
	}
	body, err := json.Marshal(out)
	return respond(200, nil, string(body)), err
}

func someCommands() []wireCommand {
	run := func(context.Context, *Request) (Reply, error) { return Reply{}, nil }
	a := Command{Name: "modify", About: "modify.about", Answer: NewPrivate, Run: run, Options: []Option{
		String("exercise", "modify.exercise").Required(), Int("minutes", "modify.minutes", 3, 10, 5), Bool("share", "modify.share"),
		OneOf("area", "modify.area", []Choice{{"Neck", "neck"}, {"Knee", "knee"}}), Channel("where", "modify.where"), Role("who", "modify.who"),
		Attachment("file", "modify.file")}}
	b := Command{Name: "class", About: "class.about", Perm: ManageServer, Where: []Context{InServer}, Install: []Install{ForServer},
		Subs: []Command{{Name: "add", About: "class.add", Answer: NewPrivate, Run: run}}}
	return []wireCommand{a.wire(sayings{}), b.wire(sayings{})}
}

func TestSyncWritesOnlyWhatChanged(t *testing.T) {
	r := &registry{lists: map[string][]map[string]any{}}
	rest, _ := overStub(t, r, silent())
	mem := settings{}
	step := func(name, guild string, list []wireCommand, wantWrote bool, wantCalls ...string) {
		t.Helper()
		r.calls = nil
		_, wrote, err := syncCommands(t.Context(), rest, mem, "1", guild, list)
		if err != nil || wrote != wantWrote || !slices.Equal(r.calls, wantCalls) {
			t.Errorf("%s: wrote %v, %v, calls %q; want %v, calls %q", name, wrote, err, r.calls, wantWrote, wantCalls)
		}
	}
	list := someCommands()
	step("first start", "", list, true, "GET /commands", "PUT /commands")
	step("second start", "", list, false, "GET /commands")
	reworded := someCommands()
	reworded[0].Options[1].About = "other words"
	step("one option reworded", "", reworded, true, "GET /commands", "PUT /commands")
	step("a command gone", "", list[:1], true, "GET /commands", "PUT /commands")
	step("a development server", "42", list, true, "GET /guilds/42/commands", "PUT /guilds/42/commands")
	step("again there", "42", list, false, "GET /guilds/42/commands")
	step("another server", "43", list, true, "PUT /guilds/42/commands", "GET /guilds/43/commands", "PUT /guilds/43/commands")
	step("no server any more", "", list[:1], true, "PUT /guilds/43/commands", "GET /commands")
	if n := len(r.lists["/guilds/43/commands"]) + len(r.lists["/guilds/42/commands"]); n != 0 {
		t.Errorf("%d development commands are left", n)
	}
	step("nothing left to clean", "", list[:1], false, "GET /commands")
	mem[devGuildSetting], r.deny = "44", "/guilds/44/commands"
	step("the server has thrown the bot out", "", list[:1], true, "PUT /guilds/44/commands", "GET /commands")
}

func TestDefinitionGolden(t *testing.T) { golden(t, "commands.json", indented(t, someCommands())) }

// TestForeignCommandsAreReplaced: commands of an earlier program do not stop the
// sync.
func TestForeignCommandsAreReplaced(t *testing.T) {
	r := &registry{lists: map[string][]map[string]any{"/commands": {{"type": 1, "name": "old", "description": "x",
		"options": []any{map[string]any{"type": 10, "name": "kg", "description": "x", "min_value": 0.5}}}}}}
	rest, _ := overStub(t, r, silent())
	if _, wrote, err := syncCommands(t.Context(), rest, settings{}, "1", "", someCommands()); err != nil || !wrote {
		t.Errorf("wrote %v, %v", wrote, err)
	}
}

// TestEmptyIsNone: an empty list or map equals none.
func TestEmptyIsNone(t *testing.T) {
	have := someCommands()
	have[0].NameLocal = map[string]string{}
	have[0].Options[0].Choices = []wireOptChoice{}
	have[1].Options[0].Options = []wireOption{}
	if !sameCommands(have, someCommands(), false) {
		t.Error("empty lists and maps count as a change, so every start writes")
	}
}

func TestAWrongGuildIsNamed(t *testing.T) {
	r := &registry{lists: map[string][]map[string]any{}, deny: "/guilds/44/commands"}
	rest, _ := overStub(t, r, silent())
	_, _, err := syncCommands(t.Context(), rest, settings{}, "1", "44", someCommands())
	if err == nil || !strings.Contains(err.Error(), "not in server 44") || !strings.Contains(err.Error(), "guild_id") {
		t.Errorf("got %v", err)
	}
}
