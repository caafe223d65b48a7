package main

import (
	"encoding/json"
	"net/http"
	"time"
)

// clockNow is the playground's clock, and what the bot waits for.
type clockNow struct {
	Now  time.Time
	Next *time.Time // nil while the bot is at work, and when it waits for nothing
}

func (g garden) time() (c clockNow) {
	g.t.Helper()
	if err := json.Unmarshal([]byte(g.get("/clock")), &c); err != nil {
		g.t.Fatal(err)
	}
	return c
}

// morning leaps to 10:00 UTC of the next day, so that what a test waits for does
// not depend on the hour at which it runs.
func (g garden) morning() {
	g.t.Helper()
	var out any
	at := g.time().Now.UTC().Truncate(24 * time.Hour).Add(34 * time.Hour)
	if status := g.post("/clock", asks{"now": at.Format(time.RFC3339)}, &out); status != 200 {
		g.t.Fatalf("POST clock: HTTP %d, %v", status, out)
	}
}

// ready waits until a bot is connected and has its commands in place. A bot waits
// 20 s for READY before it tries again.
func (g garden) ready() {
	g.t.Helper()
	for limit := time.Now().Add(40 * time.Second); ; {
		var state struct {
			Bots []struct {
				Ready    bool
				Commands []any
			}
		}
		if err := json.Unmarshal([]byte(g.get("/state")), &state); err != nil {
			g.t.Fatal(err)
		}
		if b := state.Bots[0]; b.Ready && len(b.Commands) > 0 {
			return
		}
		if time.Now().After(limit) {
			g.t.Fatal("the bot is not ready")
		}
		var out any
		g.post("/clock", map[string]any{"advance": "0s"}, &out) // until it is quiet
	}
}

// id finds what has a name in the playground's world: among guilds, channels,
// roles or users.
func (g garden) id(kind, name string) string {
	g.t.Helper()
	var state map[string]json.RawMessage
	if err := json.Unmarshal([]byte(g.get("/state")), &state); err != nil {
		g.t.Fatal(err)
	}
	var all []demoEntity
	if err := json.Unmarshal(state[kind], &all); err != nil {
		g.t.Fatal(err)
	}
	id := named(all, name)
	if id == "" {
		g.t.Fatalf("the world has no %s among its %s", name, kind)
	}
	return id
}

// A demoEntity is something of the playground's world that has a name.
type demoEntity struct{ ID, Name string }

func named(all []demoEntity, name string) string {
	for _, e := range all {
		if e.Name == name {
			return e.ID
		}
	}
	return ""
}

// noFaults ends all faults.
func (g garden) noFaults() {
	g.t.Helper()
	req, err := http.NewRequest(http.MethodDelete, g.base+"/faults", nil)
	if err != nil {
		g.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		g.t.Fatal(err)
	}
	resp.Body.Close()
}
