package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unpinch/playground"
	"unpinch/playground/wire"
	"unpinch/store"
)

var record = flag.Bool("record", false, "record the demo's gym anew: two weeks of its life, in about a minute")

// TestRecordGym lives two weeks of the gym that the demo begins with, and writes its
// world and its database. It runs for make demo-world alone.
func TestRecordGym(t *testing.T) {
	if !*record {
		t.Skip("the gym is recorded by make demo-world")
	}
	world, err := playground.New(playground.Options{Now: time.Now, World: withHarbour(t)})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(world)
	t.Cleanup(func() {
		world.Close()
		s.Close()
	})
	dir := t.TempDir()
	g := &harbour{garden: garden{t, s.URL}}
	bot := run(t, writeConfig(t, dir, s.URL, demoToken))
	g.live()
	bot.stop()
	raw, err := world.Save()
	if err != nil {
		t.Fatal(err)
	}
	var db bytes.Buffer
	if err := store.Copy(t.Context(), filepath.Join(dir, "unpinch.db"), &db); err != nil {
		t.Fatal(err)
	}
	keepPacked(t, "gym/unpinch.db.gz", db.Bytes())
	keepPacked(t, "gym/world.json.gz", withoutPictures(t, raw))
}

// gymBegins returns when the recorded weeks begin, a Monday in October: the clocks
// change on the Sunday after they end.
func gymBegins() time.Time { return time.Date(2026, time.October, 5, 6, 30, 0, 0, time.UTC) }

func keepPacked(t *testing.T, name string, raw []byte) {
	t.Helper()
	packed, err := pack(raw, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, packed, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s has %d bytes, %d unpacked", name, len(packed), len(raw))
}

// withoutPictures leaves out what is in the files of a world: the demo draws them.
func withoutPictures(t *testing.T, raw []byte) []byte {
	t.Helper()
	v, err := wire.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	delete(v.(wire.Object), "files")
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// withHarbour returns the fixed world with the gym's server, empty, at the begin of
// its weeks.
func withHarbour(t *testing.T) []byte {
	t.Helper()
	plain, err := playground.New(playground.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := plain.Save()
	if err != nil {
		t.Fatal(err)
	}
	if err := plain.Close(); err != nil {
		t.Fatal(err)
	}
	v, err := wire.Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	world := v.(wire.Object)
	next := wire.ParseID(wire.Text(world, "last_fixed_id"))
	id := func() wire.ID { next++; return next }
	people := map[string]string{}
	for _, u := range wire.Objects(wire.List(world, "users")) {
		people[wire.Text(u, "name")] = wire.Text(u, "id")
	}
	of := wire.Objects(wire.List(world, "guilds"))[0]
	everyone := wire.Objects(wire.List(of, "roles"))[0]
	guild, unpinch, coach, members := id(), id(), id(), id()
	world["guilds"] = append(wire.List(world, "guilds"), wire.Object{
		"id": guild, "name": "harbour-strength", "owner": people["olga"],
		"roles": []wire.Object{
			{"id": guild, "name": "@everyone", "permissions": everyone["permissions"], "position": 0},
			{"id": unpinch, "name": "unpinch", "permissions": wire.PermBot, "managed": true, "position": 1},
			{"id": coach, "name": "coach", "permissions": 0, "position": 2},
			{"id": members, "name": "members", "permissions": 0, "mentionable": true, "position": 3}},
		"members": []wire.Object{
			{"user": people["olga"]}, {"user": people["carl"], "roles": []wire.ID{coach}}, {"user": people["mia"], "roles": []wire.ID{members}},
			{"user": people["noah"], "roles": []wire.ID{members}}, {"user": people["unpinch"], "roles": []wire.ID{unpinch}}},
		"channels": []wire.Object{
			{"id": id(), "kind": 0, "name": "training", "position": 0},
			{"id": id(), "kind": 0, "name": "timetable", "position": 1}},
	})
	world["last_fixed_id"], world["now"] = next, gymBegins()
	out, err := json.Marshal(world)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A harbour is the gym's people over the control API.
type harbour struct{ garden }

// until lets time pass up to an hour of a day of October, London's clock.
func (g *harbour) until(day int, clock string) {
	g.t.Helper()
	at, err := time.Parse("15:04", clock)
	if err != nil {
		g.t.Fatal(err)
	}
	to := time.Date(2026, time.October, day, at.Hour()-1, at.Minute(), 0, 0, time.UTC)
	for {
		ahead := to.Sub(g.time().Now)
		if ahead <= 0 {
			return
		}
		var out any
		if status := g.post("/clock", asks{"advance": ahead.String()}, &out); status != 200 && status != 504 {
			g.t.Fatalf("walk to %d October, %s: HTTP %d %v", day, clock, status, out)
		}
	}
}

func (g *harbour) says(as, text string) {
	g.t.Helper()
	var out any
	if status := g.post("/say", asks{"as": as, "channel": "training", "text": text}, &out); status != 200 {
		g.t.Fatalf("%s says: HTTP %d %v", as, status, out)
	}
}

func (g *harbour) runs(as, channel, name string, options asks) message {
	g.t.Helper()
	return g.command(asks{"as": as, "channel": channel, "name": name, "options": options})
}

// newest returns the newest post of the timetable whose words have some in them.
func (g *harbour) newest(words string) message {
	g.t.Helper()
	all := g.messages("timetable")
	for i := len(all) - 1; i >= 0; i-- {
		if strings.Contains(all[i].View.Text, words) {
			return all[i]
		}
	}
	g.t.Fatalf("no post says %q", words)
	return message{}
}

// done has people press Done on the newest post that says something.
func (g *harbour) done(words string, people ...string) {
	g.t.Helper()
	for _, as := range people {
		g.press(as, g.newest(words).ID, "Done")
	}
}

// class opens a class's card as carl.
func (g *harbour) class(title string) message {
	g.t.Helper()
	list := g.runs("carl", "timetable", "class list", nil)
	for _, s := range list.View.Selects {
		for _, o := range s.Options {
			if strings.Contains(o.Label, title) {
				return g.press("carl", list.ID, s.CustomID, o.Value)
			}
		}
	}
	g.t.Fatalf("no class %q in %+v", title, list.View)
	return message{}
}

// starting presses the button that begins so.
func (g *harbour) starting(as string, m message, begins string) message {
	g.t.Helper()
	for _, b := range m.View.Buttons {
		if strings.HasPrefix(b.Label, begins) {
			return g.press(as, m.ID, b.Label)
		}
	}
	g.t.Fatalf("no button begins with %q on %+v", begins, m.View)
	return message{}
}

// workout pastes the workout of a class's next Monday as carl.
func (g *harbour) workout(title, lines string) {
	g.t.Helper()
	board := g.pick("carl", g.class(title), "Today's workout")
	f := g.open("carl", board.ID, "Paste a workout")
	read := g.one("/modal", asks{"as": "carl", "modal": f.ID, "fields": asks{"for": "1", "lines": lines}})
	g.press("carl", read.ID, "Save")
}
