package bot

import (
	"encoding/json"
	"testing"
	"time"
)

// TestOutages: a server that GUILD_DELETE calls unavailable, or that does not come
// after READY, is in an outage until GUILD_CREATE.
func TestOutages(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	s := newServerEvents(nil, silent(), func() time.Time { return now })
	want := func(what, id string, in bool) {
		t.Helper()
		if got := s.outages.has(id); got != in {
			t.Errorf("%s: in an outage %t, want %t", what, got, in)
		}
	}
	event := func(kind, data string) { s.event(Shard{Of: 1}, kind, json.RawMessage(data)) }
	s.present(Shard{Of: 1}, []string{"1", "2"})
	event("GUILD_CREATE", `{"id":"1"}`)
	want("come", "1", false)
	want("on its way", "2", false)
	want("of another shard", "3", false)
	now = now.Add(comingMax)
	want("come long ago", "1", false)
	want("never come", "2", true)
	event("GUILD_CREATE", `{"id":"2"}`)
	want("come late", "2", false)
	event("GUILD_DELETE", `{"id":"1","unavailable":true}`)
	want("down", "1", true)
	want("beside one that is down", "2", false)
	event("GUILD_CREATE", `{"id":"1"}`)
	want("back", "1", false)
	event("GUILD_DELETE", `{"id":"1","unavailable":true}`)
	event("GUILD_DELETE", `{"id":"1"}`)
	want("left while it was down", "1", false)
	event("GUILD_DELETE", `{"id":"1","unavailable":true}`)
	s.present(Shard{Of: 1}, []string{"1"})
	want("down, and a new session", "1", true)
	now = now.Add(comingMax)
	want("down still in the new session", "1", true)
	event("GUILD_CREATE", `{"id":"1","unavailable":true}`)
	want("told to be down as it comes", "1", true)
	event("GUILD_CREATE", `{"id":"1"}`)
	want("back in the new session", "1", false)
	event("GUILD_DELETE", `{"id":"1","unavailable":true}`)
	s.present(Shard{Of: 1}, nil)
	want("down, and left meanwhile", "1", false)
	if down := s.outages.shards[0].down; down != nil {
		t.Errorf("%v is kept", down)
	}
}
