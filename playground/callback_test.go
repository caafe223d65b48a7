package playground

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

func TestFollowupsOfUserInstalled(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	done := make(chan []int, 1)
	l.Login(0, func(b *rig.Bot, it object) {
		rig.Says("ok")(b, it)
		var got []int
		for range 6 {
			l.Pass(time.Second) // past the webhook's bucket
			status, _, _ := l.Call("POST", rig.WebhookPath(it), `{"content":"more"}`)
			got = append(got, status)
		}
		done <- got
	})
	l.Do("POST", "/command", `{"as":"mia","channel":"lounge","name":"pinched"}`)
	if got := <-done; fmt.Sprint(got) != "[200 200 200 200 200 400]" {
		t.Errorf("got %v, want five follow-ups", got)
	}
}

func TestDeferral(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(0, func(b *rig.Bot, it object) {
		l.Refused("PATCH", rig.WebhookPath(it)+"/messages/@original", `{"content":"early"}`, 404, 10015)
		l.Refused("POST", rig.CallbackPath(it), `{"type":5,"data":{"flags":32832}}`, 400, 50035)
		b.Callback(it, object{"type": wire.DeferCallback, "data": object{"flags": wire.FlagEphemeral}})
		l.Refused("POST", rig.CallbackPath(it), `{"type":5}`, 400, 40060)
		// The first follow-up fills the placeholder, and stays private.
		first := l.Do("POST", rig.WebhookPath(it), `{"flags":32768,"components":[{"type":10,"content":"one"}]}`)
		l.Refused("PATCH", rig.WebhookPath(it)+"/messages/@original", `{"content":"plain again"}`, 400, 50035)
		l.Do("PATCH", rig.WebhookPath(it)+"/messages/"+wire.Text(first, "id"), `{"components":[{"type":10,"content":"two"}]}`)
		l.Do("POST", rig.WebhookPath(it), `{"content":"three"}`)
		l.Refused("GET", l.Posts("general")+"/"+wire.Text(first, "id"), nil, 404, 10008)
	})
	got := l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`)
	var seen []string
	for _, m := range wire.Objects(wire.List(got, "messages")) {
		seen = append(seen, fmt.Sprintf("%v %v %v", wire.Child(m, "view")["text"], wire.Child(m, "view")["only_for"], m["flags"]))
	}
	if want := []string{"two mia 32832", "three <nil> 0"}; !slices.Equal(seen, want) {
		t.Errorf("got %q, want %q", seen, want)
	}
	if i := wire.Child(got, "interaction"); wire.Text(i, "outcome") != "deferred" || !isWhole(i["type"], wire.DeferCallback) {
		t.Errorf("got %v, want a deferral", i)
	}
}

func TestDeferredUpdate(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	l.Login(0, func(b *rig.Bot, it object) {
		if isWhole(it["type"], wire.CommandInteraction) {
			card(b, it)
			return
		}
		b.Callback(it, object{"type": wire.DeferUpdateCallback})
		l.Do("POST", rig.WebhookPath(it), `{"content":"a private word","flags":64}`)
		l.Do("DELETE", rig.WebhookPath(it)+"/messages/@original", nil)
	})
	m := firstMessage(l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`))
	got := l.Do("POST", "/click", object{"as": "mia", "message": m["id"], "label": "None"})
	if messages := wire.Objects(wire.List(got, "messages")); len(messages) != 1 || wire.Text(messages[0], "content") != "a private word" {
		t.Errorf("got %v, want the follow-up only", messages)
	}
	_, all, _ := l.Call("GET", "/messages?channel=general&as=mia&deleted=1", nil)
	first := wire.Objects(all.([]any))[0]
	if first["id"] != m["id"] || first["deleted"] != true {
		t.Errorf("got %v, want the card, deleted", first)
	}
}

func TestCallbackAnswers(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	headers, answers := make(chan http.Header, 1), make(chan object, 1)
	withResponse := false
	l.Login(0, func(_ *rig.Bot, it object) {
		if withResponse {
			answers <- l.Do("POST", rig.CallbackPath(it)+"?with_response=true", `{"type":4,"data":{"content":"hi"}}`)
			return
		}
		status, _, h := l.Call("POST", rig.CallbackPath(it), `{"type":4,"data":{"content":"hi"}}`)
		if status != 204 {
			t.Errorf("got %d, want 204", status)
		}
		headers <- h
	})
	l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`)
	if kind, ok := (<-headers)["Content-Type"]; ok {
		t.Errorf("a 204 has Content-Type %q; discord.js stumbles over it", kind)
	}
	withResponse = true
	l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`)
	full := <-answers
	message := wire.Child(wire.Child(full, "resource"), "message")
	if i := wire.Child(full, "interaction"); wire.Text(i, "response_message_id") != wire.Text(message, "id") || wire.Text(message, "content") != "hi" {
		t.Errorf("got %v", full)
	}
}

func TestTokens(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	its := make(chan object, 1)
	l.Login(0, func(b *rig.Bot, it object) { rig.Says("ok")(b, it); its <- it })
	l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`)
	it := <-its
	l.Refused("POST", "/api/v10/interactions/1/x/callback", `{"type":5}`, 404, 10062)
	l.Refused("POST", "/api/v10/webhooks/"+l.App()+"/x", `{"content":"x"}`, 401, 50027)
	l.Refused("POST", "/api/v10/webhooks/1/"+wire.Text(it, "token"), `{"content":"x"}`, 404, 10015)
	l.Refused("GET", rig.WebhookPath(it)+"/messages/1", nil, 404, 10008)
	l.Do("GET", rig.WebhookPath(it)+"/messages/@original", nil)
	l.Do("POST", "/clock", `{"now":"2026-11-23T09:14:59Z"}`)
	l.Do("GET", rig.WebhookPath(it)+"/messages/@original", nil)
	l.Do("POST", "/clock", `{"now":"2026-11-23T09:15:00Z"}`)
	l.Refused("GET", rig.WebhookPath(it)+"/messages/@original", nil, 401, 50027)
}

func TestNoAnswer(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.Register(pinched)
	its := make(chan object, 1)
	l.Login(0, func(_ *rig.Bot, it object) { its <- it })
	got := l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`)
	if wire.Text(wire.Child(got, "interaction"), "outcome") != "failed" || wire.Text(wire.Child(got, "error"), "code") != "no_answer" {
		t.Errorf("got %v, want failed", got)
	}
	l.Refused("POST", rig.CallbackPath(<-its), `{"type":4,"data":{"content":"late"}}`, 404, 10062)
}

func TestNoBot(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	b := l.Login(0, func(b *rig.Bot, it object) {
		if isWhole(it["type"], wire.ComponentInteraction) {
			b.Callback(it, object{"type": wire.ModalCallback, "data": object{"custom_id": "m:1", "title": "Note", "components": []any{
				object{"type": wire.Label, "label": "Words", "component": object{"type": wire.TextInput, "custom_id": "words", "style": 1}}}}})
			return
		}
		b.Callback(it, object{"type": wire.MessageCallback, "data": object{"content": "hi", "components": []any{
			object{"type": wire.ActionRow, "components": []any{object{"type": wire.Button, "style": 1, "label": "Write", "custom_id": "w:1"}}}}}})
	})
	m := firstMessage(l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`))
	click := object{"as": "mia", "message": m["id"], "label": "Write"}
	modal := wire.Child(l.Do("POST", "/click", click), "modal")
	if err := b.Leave(); err != nil {
		t.Fatal(err)
	}
	l.until(func() bool { return len(l.s.gateway.sessions) == 0 })
	for path, body := range map[string]any{
		"/command":      `{"as":"mia","channel":"general","name":"pinched"}`,
		"/autocomplete": `{"as":"mia","channel":"general","name":"pinched","options":{"exercise":"ben"},"focused":"exercise"}`,
		"/click":        click,
		"/modal":        object{"as": "mia", "modal": modal["id"], "fields": object{"words": "x"}},
	} {
		got := l.Do("POST", path, body)
		it, fault := wire.Child(got, "interaction"), wire.Child(got, "error")
		if wire.Text(it, "outcome") != "failed" || wire.Text(fault, "code") != "no_bot" || wire.Text(fault, "text") != "no bot is connected" {
			t.Errorf("%s: got %v, want a failure for want of a bot", path, got)
		}
	}
}
