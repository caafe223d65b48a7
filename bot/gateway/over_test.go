package gateway

import (
	"encoding/json"
	"log/slog"
	"net"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// slowLibrary returns a relay whose discordgo reads all and hands nothing over:
// the test does.
func slowLibrary(t *testing.T, g *Gateway) *relay {
	t.Helper()
	ours, theirs := net.Pipe()
	t.Cleanup(func() { ours.Close() })
	go func() {
		ws, err := accept(theirs)
		for err == nil {
			_, _, err = ws.ReadMessage()
		}
	}()
	d := websocket.Dialer{NetDial: func(string, string) (net.Conn, error) { return ours, nil }}
	ws, _, err := d.Dial("ws://relay", nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{g: g, library: ws, timer: time.NewTimer(time.Hour), start: &Start{}}
	t.Cleanup(func() { r.timer.Stop() })
	return r
}

// TestWhatComesLateDoesNotBringASessionBack: Discord ends a session before
// discordgo has handed over what came of it.
func TestWhatComesLateDoesNotBringASessionBack(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, r *relay){
		"op 9": func(t *testing.T, r *relay) {
			if err := r.discordSaid(t.Context(), []byte(`{"op":9,"d":false}`)); err != nil {
				t.Fatal(err)
			}
		},
		"a close that ends it": func(_ *testing.T, r *relay) { r.forget() },
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			g := New(Options{Now: time.Now, Log: slog.New(slog.DiscardHandler), Event: func(e Event) { got = append(got, e.Kind) }})
			r := slowLibrary(t, g)
			r.phase = asked
			ready := &discordgo.Event{Type: "READY", Sequence: 1, RawData: json.RawMessage(`{"session_id":"one"}`)}
			press := &discordgo.Event{Type: rawEvent + "INTERACTION_CREATE", Sequence: 2, RawData: json.RawMessage(`{}`)}
			for _, raw := range []string{readyOne, `{"op":0,"s":2,"t":"INTERACTION_CREATE","d":{}}`} {
				if err := r.discordSaid(t.Context(), []byte(raw)); err != nil {
					t.Fatal(err)
				}
			}
			end(t, r)
			r.hand(ready)
			r.hand(press)
			if s := g.known(); s.ID != "" || s.Seq != 0 {
				t.Errorf("a session is back: %+v", s)
			}
			if len(got) != 1 || got[0] != "INTERACTION_CREATE" {
				t.Errorf("handed over %q, want what a member did alone", got)
			}
			r.phase = asked
			if err := r.discordSaid(t.Context(), []byte(readyOne)); err != nil {
				t.Fatal(err)
			}
			r.hand(ready)
			if s := g.known(); s.ID != "one" || s.Seq != 1 {
				t.Errorf("the next session is not taken: %+v", s)
			}
		})
	}
}
