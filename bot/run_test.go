package bot

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// newFakeGateway returns a gateway that says READY, and an API that refuses the
// token for everything else.
func newFakeGateway(t *testing.T) *httptest.Server {
	var g *httptest.Server
	mux := http.NewServeMux()
	mux.HandleFunc("/api/v10/gateway/bot", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `{"url":"ws`+strings.TrimPrefix(g.URL, "http")+`/ws"}`)
	})
	mux.HandleFunc("/api/v10/applications/1/commands", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "[]") })
	refuse := func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(401) }
	mux.HandleFunc("/api/v10/channels/", refuse)
	mux.HandleFunc("/api/v10/users/@me", refuse)
	mux.HandleFunc("/ws", func(w http.ResponseWriter, r *http.Request) {
		c, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		c.WriteMessage(1, []byte(`{"op":10,"d":{"heartbeat_interval":40000}}`))
		c.ReadMessage()
		c.WriteMessage(1, []byte(`{"op":0,"s":1,"t":"READY","d":{"v":10,"session_id":"s","application":{"id":"1"},"user":{"id":"1"},"guilds":[]}}`))
		for {
			if _, _, err := c.ReadMessage(); err != nil {
				break
			}
		}
		c.Close()
	})
	g = httptest.NewServer(mux)
	t.Cleanup(g.CloseClientConnections)
	return g
}

// TestATokenRefusedLaterEndsRun: a token that Discord refuses later ends Run.
func TestATokenRefusedLaterEndsRun(t *testing.T) {
	t.Parallel()
	g := newFakeGateway(t)
	p := &place{t: t, base: g.URL}
	await(p, p.start(reply("hello")), "ready")
	p.bot.Send(t.Context(), "5", "n", Reply{Parts: []Part{Text("x")}})
	select {
	case err := <-p.done:
		if _, ok := errors.AsType[*FatalError](err); !ok {
			t.Errorf("got %v", err)
		}
	case <-time.After(4 * time.Second):
		t.Error("the bot runs on, connected and mute")
	}
	p.stop()
}

// TestDrainTellsThoseItCuts: handlers that Run cuts send their words before it
// returns.
func TestDrainTellsThoseItCuts(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	began := make(chan struct{})
	var ended atomic.Bool
	await(p, p.startWith(func(ctx context.Context, _ *Request) (Reply, error) {
		close(began)
		<-ctx.Done()
		sleep(context.Background(), 20*time.Millisecond) // a roll-back
		ended.Store(true)
		return Reply{}, ctx.Err()
	}, func(b *Bot) { b.drainMax = lastWords + 100*time.Millisecond }), "ready")
	go func() {
		p.call("POST", "/command", map[string]any{"as": "mia", "channel": "general", "name": "private"})
	}()
	await(p, began, "the handler")
	p.stop()
	await(p, p.done, "the end")
	// what a process does next is close the store and exit
	if !ended.Load() {
		t.Error("Run returned under a handler that it had cut: no words sent, the store closes under it")
	}
}
