package playground

import (
	"context"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"unpinch/playground/wire"
)

// A testBot is a bot on a raw WebSocket. Its events come to a test one by one;
// interactions go to answer, if that is set.
type testBot struct {
	l      *lab
	ws     *websocket.Conn
	events chan object
	gone   chan error
	answer func(b *testBot, it object)
}

// connect opens a gateway connection and reads it.
func (l *lab) connect() *testBot {
	l.t.Helper()
	ws, _, err := websocket.DefaultDialer.DialContext(l.t.Context(), "ws"+strings.TrimPrefix(l.url, "http")+"/gateway?v=10&encoding=json", nil)
	if err != nil {
		l.t.Fatal(err)
	}
	b := &testBot{l: l, ws: ws, events: make(chan object, 100), gone: make(chan error, 1)}
	l.t.Cleanup(func() { _ = ws.Close() }) // closed already in some tests
	if hello := b.read(); wire.Text(wire.Child(hello, "d"), "") != "" || !isWhole(hello["op"], opHello) {
		l.t.Fatalf("got %v, want hello", hello)
	}
	return b
}

// login connects and identifies.
func (l *lab) login(intents int, answer func(*testBot, object)) *testBot {
	l.t.Helper()
	b := l.connect()
	b.answer = answer
	b.send(opIdentify, object{"token": "Bot playground", "intents": intents, "compress": true, "properties": object{"os": "test"}})
	if e := b.read(); wire.Text(e, "t") != "READY" {
		l.t.Fatalf("got %v, want READY", e)
	} else {
		b.events <- e
	}
	l.bots.Go(b.run)
	return b
}

func (b *testBot) send(op int, d any) {
	b.l.t.Helper()
	if err := b.ws.WriteJSON(object{"op": op, "d": d}); err != nil {
		b.l.t.Fatal(err)
	}
}

// read takes one frame; only before run.
func (b *testBot) read() object {
	b.l.t.Helper()
	_, raw, err := b.ws.ReadMessage()
	if err != nil {
		b.l.t.Fatalf("read the gateway: %v", err)
	}
	v, _ := wire.Decode(raw)
	o, _ := v.(object)
	return o
}

// closed reads until the connection ends and returns the close code.
func (b *testBot) closed() int {
	b.l.t.Helper()
	for {
		if _, _, err := b.ws.ReadMessage(); err != nil {
			if ce, ok := err.(*websocket.CloseError); ok {
				return ce.Code
			}
			return 0
		}
	}
}

func (b *testBot) run() {
	for {
		_, raw, err := b.ws.ReadMessage()
		if err != nil {
			b.gone <- err
			return
		}
		v, _ := wire.Decode(raw)
		e, _ := v.(object)
		if wire.Text(e, "t") == "INTERACTION_CREATE" && b.answer != nil {
			b.answer(b, wire.Child(e, "d"))
			continue
		}
		b.events <- e
	}
}

// event waits for an event by name, or an opcode like "op7".
func (b *testBot) event(name string) object {
	b.l.t.Helper()
	ctx, cancel := context.WithTimeout(b.l.t.Context(), 5*time.Second)
	defer cancel()
	for {
		select {
		case e := <-b.events:
			op, _ := wire.Number(e, "op")
			if wire.Text(e, "t") == name || "op"+itoa(op) == name {
				return e
			}
		case <-ctx.Done():
			b.l.t.Fatalf("no event %s", name)
		}
	}
}

// callback answers an interaction.
func (b *testBot) callback(it object, body any) {
	status, v, _ := b.l.call("POST", callbackPath(it), body)
	if status >= 300 {
		b.l.t.Errorf("callback: %d %v", status, v)
	}
}

func callbackPath(it object) string {
	return "/api/v10/interactions/" + wire.Text(it, "id") + "/" + wire.Text(it, "token") + "/callback"
}

func webhookPath(it object) string {
	return "/api/v10/webhooks/" + wire.Text(it, "application_id") + "/" + wire.Text(it, "token")
}

// says answers every interaction with a text.
func says(words string) func(*testBot, object) {
	return func(b *testBot, it object) {
		b.callback(it, object{"type": wire.MessageCallback, "data": object{"content": words}})
	}
}
