package main

import (
	"bufio"
	"context"
	"io"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unpinch/figure"
	"unpinch/playground"
	"unpinch/schedule"
	"unpinch/store"
)

// TestGymEqualsItsLedger: what the demo begins with loads, gets the newest schema,
// and what stands in its channels is what its database says was sent there. When
// it fails after a change, make demo-world records it anew.
func TestGymEqualsItsLedger(t *testing.T) {
	t.Parallel()
	dir := demoFolder(filepath.Join(t.TempDir(), "demo"))
	saved, err := dir.open()
	if err != nil {
		t.Fatal(err)
	}
	world, err := playground.New(playground.Options{Now: time.Now, World: saved, File: gymPictures(&figure.Album{})})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(world)
	t.Cleanup(func() {
		world.Close()
		s.Close()
	})
	db, err := store.Open(t.Context(), dir.database(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	sameSchema(t, db)
	g := garden{t, s.URL}
	rows, err := db.History(t.Context(), g.id("guilds", "harbour-strength"), 0, 500, 0)
	if err != nil {
		t.Fatal(err)
	}
	done, off, sent := 0, 0, map[string]bool{}
	for _, r := range rows {
		done += r.Done
		switch r.State {
		case schedule.StateSent, schedule.StateReplaced:
			sent[r.MessageID] = true
		case schedule.StateSkipped:
			off++
		default:
			t.Errorf("a row of the ledger is neither sent nor skipped: %+v", r)
		}
	}
	if done < 30 || off != 1 || len(sent) < 24 {
		t.Errorf("Done was pressed %d times on %d posts, %d were skipped", done, len(sent), off)
	}
	g.holds(sent)
	if told := g.get("/messages?as=mia&channel=dm"); strings.Count(told, "18:00 at Harbour Strength, in 10 min") < 4 {
		t.Errorf("mia, who follows a class, was told %s", told)
	}
	if words := g.get("/messages?as=mia&channel=timetable"); !strings.Contains(words, "is off today") || !strings.Contains(words, "push press") {
		t.Error("the gym lacks the start that fell out or the workout of a day")
	}
	if got := g.messages("general"); len(got) != 0 {
		t.Errorf("iron-garden begins with %+v", got)
	}
}

// sameSchema checks that a database has the schema of a new one.
func sameSchema(t *testing.T, db *store.Store) {
	t.Helper()
	got, err := db.Version(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "fresh.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.Close()
	if want, err := fresh.Version(t.Context()); err != nil || got != want {
		t.Errorf("the gym's schema is at %d, a new one at %d, %v", got, want, err)
	}
}

// holds checks that the bot's messages on the timetable are these, and that their
// pictures can be had.
func (g garden) holds(want map[string]bool) {
	g.t.Helper()
	for _, m := range g.messages("timetable") {
		if !want[m.ID] {
			g.t.Errorf("the ledger lacks %s", m.View.Text)
		}
		delete(want, m.ID)
		for _, picture := range m.View.Images {
			if !strings.HasPrefix(g.get(strings.TrimPrefix(picture.URL, g.base)), "\x89PNG") {
				g.t.Errorf("%s has no picture", picture.URL)
			}
		}
	}
	for id := range want {
		g.t.Errorf("the timetable lacks message %s of the ledger", id)
	}
}

// demo starts a demo and returns its people and what stops it.
func demo(t *testing.T, args ...string) (g garden, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background()) // a browser outlives the test's own
	t.Cleanup(cancel)
	pr, pw := io.Pipe()
	var errOut log
	done := make(chan int, 1)
	go func() {
		done <- program{out: pw, errOut: &errOut, now: time.Now, figures: &figure.Album{}}.main(ctx, append([]string{"demo", "--addr", ":0"}, args...))
		pw.Close()
	}()
	line, err := bufio.NewReader(pr).ReadString('\n')
	base, ok := strings.CutPrefix(strings.TrimSpace(line), "listening ")
	if err != nil || !ok || !strings.HasPrefix(base, "http://127.0.0.1:") {
		t.Fatalf("the first line is %q, %v\n%s", line, err, &errOut)
	}
	return garden{t, base}, func() {
		t.Helper()
		cancel()
		if code := <-done; code != 0 || strings.Contains(errOut.String(), "level=") {
			t.Errorf("the demo ended with %d:\n%s", code, &errOut)
		}
	}
}

// TestDemoGoesOn: a demo with a folder goes on where it was, its clock too, and one
// in the folder of an older version, which kept no world, begins with an empty one.
func TestDemoGoesOn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	g, stop := demo(t, "--data", dir)
	var out any
	g.post("/say", asks{"as": "mia", "channel": "training", "text": "See you tonight"}, &out)
	if status := g.post("/clock", asks{"to": "next"}, &out); status != 200 {
		t.Fatalf("clock: HTTP %d %v", status, out)
	}
	post, was := g.messages("timetable"), g.time().Now
	stop()

	g, stop = demo(t, "--data", dir)
	if now := g.time().Now; now.Before(was) || now.Sub(was) > time.Minute {
		t.Errorf("the clock went from %s to %s", was, now)
	}
	again := g.messages("timetable")
	if len(again) != len(post) || !strings.Contains(g.get("/messages?as=noah&channel=training"), "See you tonight") {
		t.Errorf("%d posts became %d", len(post), len(again))
	}
	g.press("noah", again[len(again)-1].ID, "Done")
	stop()
	if _, err := demoFolder(dir).open(); err != nil {
		t.Error(err)
	}
}

func TestOpener(t *testing.T) {
	for system, want := range map[string]string{"linux": "xdg-open", "freebsd": "xdg-open", "darwin": "open", "windows": "rundll32 url.dll,FileProtocolHandler"} {
		name, args := opener(system)
		if got := strings.Join(append([]string{name}, args...), " "); got != want {
			t.Errorf("%s opens with %q, want %q", system, got, want)
		}
	}
}
