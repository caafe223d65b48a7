package playground

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

// TestSavedWorldGoesOn: a world that was saved looks the same where another
// playground goes on with it, its time and its pictures too, and what one person
// alone saw is gone.
func TestSavedWorldGoesOn(t *testing.T) {
	l := newLab(t)
	l.Register(`[{"name":"stretch","description":"Stretch"}]`)
	l.Do("POST", "/say", `{"as":"mia","channel":"general","text":"Good morning <@`+l.User("carl")+`>"}`)
	l.Do("POST", l.Posts("general"), rig.Form{Payload: `{"flags":32768,"nonce":"7","components":[{"type":12,"items":[{"media":{"url":"attachment://a.txt"}}]},
		{"type":1,"components":[{"type":2,"style":1,"label":"Go","custom_id":"go"}]}]}`, Files: []string{"a.txt"}})
	b := l.Login(1, rig.Says("for all to see"))
	l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"stretch"}`)
	b.Answer = func(b *rig.Bot, it wire.Object) {
		b.Callback(it, `{"type":4,"data":{"content":"for mia alone","flags":64}}`)
	}
	l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"stretch"}`)
	l.Do("POST", "/clock", wire.Object{"now": l.Now().Add(48 * time.Hour)})
	raw, err := l.s.Save()
	if err != nil {
		t.Fatal(err)
	}

	again := rig.New(t, func(now func() time.Time) (rig.Server, error) {
		return New(Options{Now: now, IdentifyEvery: -1, World: raw})
	})
	look := func(l *rig.Rig, path string) string {
		t.Helper()
		_, v, _ := l.Call("GET", path, nil)
		raw, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(string(raw), l.URL, "")
	}
	for _, path := range []string{"/messages?channel=general&as=noah", "/clock", l.Posts("general")} {
		if before, after := look(l.Rig, path), look(again, path); before != after {
			t.Errorf("%s was\n%s\nand is\n%s", path, before, after)
		}
	}
	_, seen, _ := again.Call("GET", "/messages?channel=general&as=mia", nil)
	mine := wire.Objects(seen.([]any))
	if len(mine) != 3 {
		t.Errorf("mia sees %d messages, want the 3 that everybody does", len(mine))
	}
	picture := wire.Objects(wire.List(wire.Child(mine[1], "view"), "images"))[0]
	if got := again.Fetch(wire.Text(picture, "url")); got != "a.txt" {
		t.Errorf("the file holds %q", got)
	}
	again.Do("POST", "/world", `{"delete_channel":"general"}`)
	again.Do("POST", "/reset", nil)
	if before, after := look(l.Rig, "/messages?channel=general"), look(again, "/messages?channel=general"); before != after {
		t.Errorf("after a reset there was\n%s\nwant\n%s", after, before)
	}
	if _, err := New(Options{Now: time.Now, World: []byte(`{"users":[]}`)}); err == nil {
		t.Error("a world without a bot was taken")
	}
}
