package rig

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"unpinch/playground/wire"
)

// A Bot is a bot on a raw WebSocket. Its events come to the test one by one, but
// for interactions once Answer is set.
type Bot struct {
	Rig    *Rig
	Events chan wire.Object
	Gone   chan error // what ended the connection
	Answer func(b *Bot, interaction wire.Object)

	ws *websocket.Conn
}

// Connect opens a gateway connection and reads the greeting.
func (l *Rig) Connect() *Bot {
	l.T.Helper()
	ws, _, err := websocket.DefaultDialer.DialContext(l.T.Context(), "ws"+strings.TrimPrefix(l.URL, "http")+"/gateway?v=10&encoding=json", nil)
	if err != nil {
		l.T.Fatal(err)
	}
	b := &Bot{Rig: l, ws: ws, Events: make(chan wire.Object, 100), Gone: make(chan error, 1)}
	l.T.Cleanup(func() { _ = ws.Close() }) // closed already in some tests
	hello := b.Read()
	if op, _ := wire.Number(hello, "op"); op != opHello {
		l.T.Fatalf("got %v, want hello", hello)
	}
	return b
}

// Login connects, identifies and reads events until the connection ends. A nil
// answer leaves interactions among the events.
func (l *Rig) Login(intents int, answer func(*Bot, wire.Object)) *Bot {
	l.T.Helper()
	return l.LoginAs(0, 1, intents, answer)
}

// LoginAs is Login as one of so many shards.
func (l *Rig) LoginAs(shard, shards, intents int, answer func(*Bot, wire.Object)) *Bot {
	l.T.Helper()
	b := l.Connect()
	b.Answer = answer
	b.Send(opIdentify, wire.Object{"token": "Bot playground", "intents": intents, "shard": []int{shard, shards}, "compress": true, "properties": wire.Object{"os": "test"}})
	if e := b.Read(); wire.Text(e, "t") != "READY" {
		l.T.Fatalf("got %v, want READY", e)
	} else {
		b.Events <- e
	}
	l.bots.Go(b.run)
	return b
}

// Send sends a frame of an opcode.
func (b *Bot) Send(op int, d any) {
	b.Rig.T.Helper()
	if err := b.ws.WriteJSON(wire.Object{"op": op, "d": d}); err != nil {
		b.Rig.T.Fatal(err)
	}
}

// Read returns the next frame. After Login, events come by Event instead.
func (b *Bot) Read() wire.Object {
	b.Rig.T.Helper()
	_, raw, err := b.ws.ReadMessage()
	if err != nil {
		b.Rig.T.Fatalf("read the gateway: %v", err)
	}
	v, _ := wire.Decode(raw)
	o, _ := v.(wire.Object)
	return o
}

// First returns the next frame, or the code of the close that comes in its place.
func (b *Bot) First() (frame wire.Object, closed int) {
	b.Rig.T.Helper()
	_, raw, err := b.ws.ReadMessage()
	if ce, ok := errors.AsType[*websocket.CloseError](err); ok {
		return nil, ce.Code
	}
	if err != nil {
		b.Rig.T.Fatalf("read the gateway: %v", err)
	}
	v, _ := wire.Decode(raw)
	o, _ := v.(wire.Object)
	return o, 0
}

// Closed reads until the connection ends, and returns the code of the close or 0.
func (b *Bot) Closed() int {
	b.Rig.T.Helper()
	for {
		if _, _, err := b.ws.ReadMessage(); err != nil {
			if ce, ok := err.(*websocket.CloseError); ok {
				return ce.Code
			}
			return 0
		}
	}
}

func (b *Bot) run() {
	for {
		_, raw, err := b.ws.ReadMessage()
		if err != nil {
			b.Gone <- err
			return
		}
		v, _ := wire.Decode(raw)
		e, _ := v.(wire.Object)
		if wire.Text(e, "t") == "INTERACTION_CREATE" && b.Answer != nil {
			b.Answer(b, wire.Child(e, "d"))
			continue
		}
		b.Events <- e
	}
}

// Event waits for an event by its name, or for an opcode such as "op7". Others on
// the way are dropped.
func (b *Bot) Event(name string) wire.Object {
	b.Rig.T.Helper()
	ctx, cancel := context.WithTimeout(b.Rig.T.Context(), 5*time.Second)
	defer cancel()
	for {
		select {
		case e := <-b.Events:
			op, _ := wire.Number(e, "op")
			if wire.Text(e, "t") == name || "op"+strconv.FormatInt(op, 10) == name {
				return e
			}
		case <-ctx.Done():
			b.Rig.T.Fatalf("no event %s", name)
		}
	}
}

// Next waits for an event and keeps others for later.
func (b *Bot) Next(name string) wire.Object {
	b.Rig.T.Helper()
	var kept []wire.Object
	for {
		e := b.Event("op0")
		if wire.Text(e, "t") == name {
			for _, k := range kept {
				b.Events <- k
			}
			return e
		}
		kept = append(kept, e)
	}
}

// Frame sends a frame as it is.
func (b *Bot) Frame(v any) error { return b.ws.WriteJSON(v) }

// Leave says goodbye: the session is not to be resumed.
func (b *Bot) Leave() error {
	return b.ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""))
}

// Cut breaks the connection off, as if somebody had pulled a cable.
func (b *Bot) Cut() { _ = b.ws.UnderlyingConn().Close() }

// Callback answers an interaction.
func (b *Bot) Callback(it wire.Object, body any) {
	status, v, _ := b.Rig.Call("POST", CallbackPath(it), body)
	if status >= 300 {
		b.Rig.T.Errorf("callback: %d %v", status, v)
	}
}

// CallbackPath returns the path of the first answer to an interaction.
func CallbackPath(it wire.Object) string {
	return "/api/v10/interactions/" + wire.Text(it, "id") + "/" + wire.Text(it, "token") + "/callback"
}

// WebhookPath returns the path of further answers to an interaction.
func WebhookPath(it wire.Object) string {
	return "/api/v10/webhooks/" + wire.Text(it, "application_id") + "/" + wire.Text(it, "token")
}

// Says returns what answers every interaction with a text.
func Says(words string) func(*Bot, wire.Object) {
	return func(b *Bot, it wire.Object) {
		b.Callback(it, wire.Object{"type": wire.MessageCallback, "data": wire.Object{"content": words}})
	}
}

// Gateway opcodes.
const (
	opIdentify = 2
	opHello    = 10
)
