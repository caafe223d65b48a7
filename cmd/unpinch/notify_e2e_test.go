package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"unpinch/schedule"
	"unpinch/store"
)

// dms are the messages that a person finds in their DM with the bot, without
// answers to presses.
func (g *gym) dms(as string) (all []message) {
	g.t.Helper()
	var got []message
	if err := json.Unmarshal([]byte(g.get("/messages?channel=dm&as="+as)), &got); err != nil {
		g.t.Fatal(err)
	}
	for _, m := range got {
		if m.View.OnlyFor == "" {
			all = append(all, m)
		}
	}
	return all
}

// opened opens the database of a bot that was stopped.
func (g *gym) opened() *store.Store {
	g.t.Helper()
	db, err := store.Open(g.t.(*testing.T).Context(), filepath.Join(g.dir, "unpinch.db"), store.Options{})
	if err != nil {
		g.t.Fatal(err)
	}
	return db
}

// TestNotifyFromEndToEnd: two people press Notify me on a post, one of whom
// takes no DMs; the other is told of the next class, snoozes and stops.
func TestNotifyFromEndToEnd(t *testing.T) {
	t.Parallel()
	const agreed = "I agree, and I am 16 or older, or my parent agrees"
	g := newGym(t, "classes")
	g.walkTo("17:50")
	g.settle()
	post := g.messages("classes")[0]
	follow := func(who, width string) {
		t.Helper()
		card := g.press(who, post.ID, "Notify me")
		if got := g.press(who, card.ID, width); got.View.OnlyFor == "" || !strings.Contains(got.View.Text, "May I keep") {
			t.Fatalf("%s led %s to %+v", width, who, got.View)
		}
		if got := g.press(who, card.ID, agreed); !strings.HasPrefix(got.View.Text, "You get a DM before") {
			t.Fatalf("consent led %s to %+v", who, got.View)
		}
	}
	follow("mia", "This class")
	follow("noah", "All at Iron Garden")
	for _, who := range []string{"mia", "carl"} {
		g.press(who, post.ID, "Done")
	}
	g.walkTo("17:52")
	posts := g.messages("classes")
	if got := posts[0].View; posts[0].ID != post.ID || !strings.Contains(got.Text, "Done by 2 so far.") || len(got.Images) != 1 {
		t.Errorf("after two presses the post shows %+v", got)
	}
	confirm := g.dms("mia")
	if len(confirm) != 1 || !strings.HasPrefix(confirm[0].View.Text, "You get a DM before **Every day at 18:00** at Iron Garden.") {
		t.Fatalf("mia's DM shows %+v", confirm)
	}
	if got := g.dms("noah"); len(got) != 0 {
		t.Errorf("noah takes no DMs and got %+v", got)
	}

	g.day()
	g.leap(g.at("17:45").AddDate(0, 0, 1))
	g.walkTo("17:51")
	dms := g.dms("mia")
	notice := dms[len(dms)-1]
	if len(dms) != 2 || notice.View.Text != "18:00 at Iron Garden, in 10 min." {
		t.Fatalf("mia was told %+v\n%s", dms, g.bot.log)
	}
	posts = g.messages("classes")
	if b := notice.View.Buttons; len(b) != 4 || !strings.HasSuffix(b[3].URL, "/"+posts[len(posts)-1].ID) {
		t.Errorf("the DM has %+v, want a link to the post %s", b, posts[len(posts)-1].ID)
	}
	for range 2 {
		if got := g.press("mia", notice.ID, "Snooze 15"); !strings.HasPrefix(got.View.Text, "Snoozed: it comes again at <t:") {
			t.Errorf("Snooze 15 answered %q", got.View.Text)
		}
	}
	g.walkTo("17:59")
	g.settle()
	dms = g.dms("mia")
	if len(dms) != 3 || !strings.HasPrefix(dms[2].View.Text, "18:00 at Iron Garden, in 1 min.") {
		t.Fatalf("a snooze brought %+v", dms)
	}
	if got := g.press("mia", dms[2].ID, "Snooze 15"); !strings.HasPrefix(got.View.Text, "18:00 begins right now") {
		t.Errorf("a late snooze answered %q", got.View.Text)
	}
	if got := g.press("mia", dms[0].ID, "Stop these"); got.View.Text != "Stopped: no more DMs before **Every day at 18:00** at Iron Garden." {
		t.Errorf("Stop these answered %q", got.View.Text)
	}
	g.leap(g.at("17:49").AddDate(0, 0, 1))
	g.walkTo("17:52")
	if got := g.dms("mia"); len(got) != 3 {
		t.Errorf("after Stop these came %+v", got[3:])
	}
	for _, told := range []bool{true, false} {
		card := g.command(asks{"as": "noah", "channel": "general", "name": "me privacy"})
		if strings.HasPrefix(card.View.Text, "I could not DM you") != told {
			t.Errorf("noah's command says %q, want the refused DM told once", card.View.Text)
		}
	}
	users := g.users()
	g.stop()
	for _, who := range []string{"mia", "noah"} {
		if strings.Contains(g.log, users[who]) {
			t.Errorf("the log names %s:\n%s", who, g.log)
		}
	}
}

// TestANudgeComesOnce: a nudge says so little that only its number tells, after
// answers were lost, that it has come already.
func TestANudgeComesOnce(t *testing.T) {
	t.Parallel()
	g := newGym(t, "classes")
	mia := g.users()["mia"]
	g.stop()
	db := g.opened()
	for _, err := range []error{
		db.Agree(t.Context(), mia, 1, "en", g.now()),
		db.AddNudge(t.Context(), mia, g.at("17:42")),
		db.AddNudge(t.Context(), mia, g.at("17:47")),
		db.Close(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	g.start()
	g.ready()
	g.fault(asks{"status": 502, "after_commit": true})
	g.walkTo("17:46")
	g.noFaults()
	g.walkTo("17:49")
	g.stop()
	dms := g.dms("mia")
	if len(dms) != 2 {
		t.Errorf("%d DMs came, want two\n%s", len(dms), g.log)
	}
	for _, m := range dms {
		if m.View.Text != "You asked for a nudge." || len(m.View.Buttons) != 0 {
			t.Errorf("a nudge says %+v", m.View)
		}
	}
	db = g.opened()
	defer db.Close()
	for id := int64(1); id <= 2; id++ {
		o, err := db.Occurrence(t.Context(), id)
		if err != nil || o.Kind != schedule.KindNudge || o.State != schedule.StateSent || id == 1 && o.Attempts < 3 {
			t.Errorf("the ledger says %+v, %v", o, err)
		}
	}
}
