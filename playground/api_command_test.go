package playground

import (
	"fmt"
	"slices"
	"testing"

	"unpinch/playground/wire"
)

func TestCommandsOverREST(t *testing.T) {
	l := newLab(t)
	path := "/api/v10/applications/" + l.App() + "/commands"
	a := l.Do("POST", path, `{"name":"a","description":"d","name_localizations":{"de":"ah"}}`)
	if a["version"] == nil || fmt.Sprint(a["integration_types"]) != "[0]" || a["default_member_permissions"] != nil {
		t.Errorf("got %v, want Discord's defaults", a)
	}
	if again := l.Do("POST", path, `{"name":"a","description":"other"}`); again["id"] != a["id"] || again["version"] == a["version"] {
		t.Errorf("got %v, want the same id and a new version", again)
	}
	one := path + "/" + wire.Text(a, "id")
	if p := l.Do("PATCH", one, `{"description":"new"}`); wire.Text(p, "description") != "new" || wire.Text(p, "name") != "a" {
		t.Errorf("got %v", p)
	}
	_, v, _ := l.Call("PUT", path, `[{"name":"a","description":"new"},{"name":"b","description":"d","description_localizations":{"de":"x"}}]`)
	if got := wire.Objects(v.([]any)); got[0]["id"] != a["id"] {
		t.Errorf("got %v, want a's id kept", got[0]["id"])
	}
	for query, want := range map[string]bool{"": false, "?with_localizations=true": true} {
		_, v, _ := l.Call("GET", path+query, nil)
		if _, has := wire.Objects(v.([]any))[1]["description_localizations"]; has != want {
			t.Errorf("%q: got localizations %v, want %v", query, has, want)
		}
	}
	if status, _, _ := l.Call("DELETE", one, nil); status != 204 {
		t.Errorf("delete: got %d, want 204", status)
	}
	l.Refused("GET", one, nil, 404, 10063)
	l.Refused("GET", "/api/v10/applications/1/commands", nil, 403, 20012)
	l.Refused("GET", "/api/v10/applications/"+l.App()+"/guilds/1/commands", nil, 403, 50001)
	l.Refused("PUT", path, `{}`, 400, 50035)
}

func TestCreatesPerDay(t *testing.T) {
	l := newLab(t)
	path := "/api/v10/applications/" + l.App() + "/commands"
	put := func(prefix string) []object {
		var out []object
		for i := range 100 {
			out = append(out, object{"name": fmt.Sprintf("%s%d", prefix, i), "description": "d"})
		}
		return out
	}
	for _, prefix := range []string{"a", "b"} {
		if status, v, _ := l.Call("PUT", path, put(prefix)); status != 200 {
			t.Fatalf("%d %v", status, v)
		}
	}
	l.Refused("POST", path, `{"name":"one","description":"d"}`, 400, 30032)
	l.Refused("PUT", path, slices.Concat(put("b")[1:], []object{{"name": "one", "description": "d"}}), 429, 30034)
	l.Do("POST", "/clock", `{"now":"2026-11-24T09:00:01Z"}`)
	if status, v, _ := l.Call("PUT", path, put("c")); status != 200 {
		t.Errorf("the next day: %d %v", status, v)
	}
}
