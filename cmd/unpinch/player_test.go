package main

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"
)

// see returns the messages that a user sees in a channel, oldest first.
func (g garden) see(as, channel string) []message {
	g.t.Helper()
	var all []message
	if err := json.Unmarshal([]byte(g.get("/messages?as="+as+"&channel="+url.QueryEscape(channel))), &all); err != nil {
		g.t.Fatal(err)
	}
	return all
}

// until waits for a message that a user sees to say something, and returns it.
func (g garden) until(as, channel, want string) message {
	g.t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(20 * time.Second)
	for {
		all := g.see(as, channel)
		for _, m := range all {
			if strings.Contains(m.View.Text, want) {
				return m
			}
		}
		select {
		case <-tick.C:
		case <-limit:
			var texts []string
			for _, m := range all {
				texts = append(texts, m.View.Text)
			}
			g.t.Fatalf("%s sees nothing with %q in %s:\n%s", as, want, channel, strings.Join(texts, "\n---\n"))
		}
	}
}

// advance walks the clock.
func (g garden) advance(by string) {
	g.t.Helper()
	var out map[string]any
	if status := g.post("/clock", asks{"advance": by}, &out); status != 200 {
		g.t.Fatalf("advance %s: HTTP %d %v", by, status, out)
	}
}

func labels(m message) string {
	var all []string
	for _, b := range m.View.Buttons {
		all = append(all, b.Label)
	}
	return strings.Join(all, " · ")
}

// TestStretchFromEndToEnd follows a routine alone: it moves on by itself, goes
// on after a restart, obeys a press, and ends politely.
func TestStretchFromEndToEnd(t *testing.T) {
	t.Parallel()
	g, dir := newGarden(t), t.TempDir()
	config := writeConfig(t, dir, g.base, "playground")
	bot := run(t, config)
	card := g.command(asks{"as": "mia", "channel": "general", "name": "stretch", "options": asks{"routine": "post", "minutes": 3}})
	if !strings.Contains(card.View.Text, "Step 1 of 6, left side") || !strings.Contains(card.View.Text, "4 slow breaths, about 25 s") || card.View.OnlyFor == "" {
		t.Fatalf("the first card is %+v", card.View)
	}
	if !strings.HasPrefix(card.View.Text, "Tingling, numb or weak? Check the signs first.") {
		t.Errorf("the card begins %q", card.View.Text)
	}
	if len(card.View.Images) != 1 || card.View.Images[0].Alt == "" {
		t.Errorf("the card's pictures are %+v", card.View.Images)
	}
	const want = "Next · Previous · Stop · More"
	if got := labels(card); got != want {
		t.Errorf("buttons %q, want %q", got, want)
	}
	g.advance("32s")
	g.until("mia", "general", "Step 2 of 6, switch sides")
	bot.stop()

	bot = run(t, config)
	g.advance("10s")
	moved := g.until("mia", "general", "Step 2 of 6, right side")
	if len(moved.View.Images) != 1 || moved.View.Images[0].URL == card.View.Images[0].URL {
		t.Errorf("the other side shows %+v after %+v", moved.View.Images, card.View.Images)
	}
	if moved.ID != card.ID || labels(moved) != want {
		t.Errorf("after a restart: %s with %q", moved.ID, labels(moved))
	}
	if next := g.press("mia", card.ID, "Next"); next.ID != card.ID || !strings.Contains(next.View.Text, "Step 3 of 6, left side") {
		t.Errorf("Next led to %q", next.View.Text)
	}
	g.advance("20s") // the edit that was planned for step 2 would have come by now
	g.until("mia", "general", "Step 3 of 6, left side")
	var refused map[string]any
	if status := g.post("/click", asks{"as": "noah", "message": card.ID, "label": "Next"}, &refused); status == 200 {
		t.Error("noah pressed on mia's card")
	}
	g.press("mia", card.ID, "More")
	if still := g.press("mia", card.ID, "Wait for Next"); labels(still) != want || !strings.Contains(still.View.Text, "Waits for you") {
		t.Errorf("the switch is off: %q, %s", labels(still), still.View.Text)
	}
	g.advance("5m")
	g.until("mia", "general", "Step 3 of 6, left side")
	g.advance("11m")
	rest := g.until("mia", "general", "15 minutes without a press")
	if labels(rest) != "Continue at step 3 · From the start" {
		t.Errorf("the rest offers %q", labels(rest))
	}
	again := g.command(asks{"as": "mia", "channel": "general", "name": "stretch"})
	if !strings.HasPrefix(labels(again), "Continue at step 3 · ") {
		t.Errorf("reopening offers %q", labels(again))
	}
	if on := g.press("mia", again.ID, "Continue at step 3"); on.ID != again.ID || !strings.Contains(on.View.Text, "Step 3 of 6") {
		t.Errorf("Continue led to %q", on.View.Text)
	}
	for range 2 { // over the other side too
		g.press("mia", again.ID, "More")
		g.press("mia", again.ID, "Skip")
	}
	g.until("mia", "general", "That was the last step")
	bot.stop()
	if all := dump(t, dir); !strings.Contains(all, "players (") || strings.Contains(all, "post-3") {
		t.Errorf("a routine that is done is kept:\n%s", all)
	}
	for _, token := range []string{"webhooks/", "post-3"} {
		if strings.Contains(bot.log.String(), token) {
			t.Errorf("the log holds %q:\n%s", token, bot.log)
		}
	}
}

// TestNextArrives: the next card comes without its picture where Discord takes no
// new one. The log has no line of it, as of no press on a routine.
func TestNextArrives(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	bot := run(t, writeConfig(t, t.TempDir(), g.base, "playground"))
	card := g.command(asks{"as": "mia", "channel": "general", "name": "stretch", "options": asks{"routine": "post", "minutes": 3}})
	if len(card.View.Images) != 1 {
		t.Fatalf("the first card is %+v", card.View)
	}
	g.fault(asks{"route": "PATCH /webhooks/{application}/{token}/messages/{message}", "status": 400, "code": 50035, "times": 1})
	next := g.press("mia", card.ID, "Next")
	if !strings.Contains(next.View.Text, "Step 2 of 6") || len(next.View.Images) != 0 {
		t.Errorf("Next led to %+v", next.View)
	}
	if on := g.press("mia", card.ID, "Next"); !strings.Contains(on.View.Text, "right side") || len(on.View.Images) != 1 {
		t.Errorf("the one after is %+v", on.View)
	}
	bot.stop()
	if log := bot.log.String(); strings.Contains(log, "level=WARN") || strings.Contains(log, "level=ERROR") {
		t.Errorf("the log:\n%s", log)
	}
}
