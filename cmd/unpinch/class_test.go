package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestClassFromEndToEnd follows a class from the coach's command to the post
// and a press of Done, over real HTTP with the engine running.
func TestClassFromEndToEnd(t *testing.T) {
	t.Parallel()
	g, dir := newGarden(t), t.TempDir()
	g.morning()
	bot := run(t, writeConfig(t, dir, g.base, "playground"))
	place := g.command(asks{"as": "olga", "channel": "general", "name": "setup", "options": asks{
		"zone": "Europe/Lisbon", "channel": "classes", "coach": "coach", "name": "Iron Garden"}})
	if !strings.Contains(place.View.Text, "post there.") || place.View.OnlyFor == "" {
		t.Fatalf("/setup answered %+v", place.View)
	}
	add := asks{"as": "carl", "channel": "general", "name": "class add", "options": asks{"at": "mon wed fri 18:00"}}
	contract := g.command(add)
	if !strings.Contains(contract.View.Text, "Mondays, Wednesdays and Fridays at 18:00, Lisbon") || contract.View.OnlyFor == "" {
		t.Fatalf("the contract is %+v", contract.View)
	}
	if saved := g.press("carl", contract.ID, "Save"); !strings.Contains(saved.View.Text, "Saved. The next post goes out") {
		t.Fatalf("Save led to %q", saved.View.Text)
	}
	refused := g.command(asks{"as": "mia", "channel": "general", "name": "class add", "options": asks{"at": "mon 18:00"}})
	if !strings.HasPrefix(refused.View.Text, "Changing classes at Iron Garden needs the role") || refused.View.OnlyFor == "" || len(refused.View.Buttons) > 0 {
		t.Errorf("mia's class was answered by %+v", refused.View)
	}
	list := g.command(asks{"as": "mia", "channel": "general", "name": "class list"})
	card := g.press("mia", list.ID, list.View.Selects[0].CustomID, list.View.Selects[0].Options[0].Value)
	for _, b := range card.View.Buttons {
		if b.Label == "Remove" || b.Label == "Post now" {
			t.Errorf("mia may press %s", b.Label)
		}
	}

	var moved struct{ Posts []string }
	if status := g.post("/clock", asks{"to": "next"}, &moved); status != 200 || len(moved.Posts) != 1 {
		t.Fatalf("POST clock: HTTP %d, %v\n%s", status, moved, bot.log)
	}
	var posts []message
	if err := json.Unmarshal([]byte(g.get("/messages?channel=classes&as=noah")), &posts); err != nil {
		t.Fatal(err)
	}
	if len(posts) != 1 || posts[0].ID != moved.Posts[0] || !strings.HasPrefix(posts[0].View.Text, "### Iron Garden, 18:00: warm up") {
		t.Fatalf("in the channel stands %+v", posts)
	}
	if images := posts[0].View.Images; len(images) != 1 || !strings.HasPrefix(images[0].Alt, "1. ") {
		t.Errorf("the post shows %+v, want one strip with its steps", images)
	}
	for _, want := range []string{"You are the first so far.", "counted already"} {
		if done := g.press("mia", posts[0].ID, "Done"); !strings.Contains(done.View.Text, want) || done.View.OnlyFor == "" {
			t.Errorf("Done answered %+v, want %q", done.View, want)
		}
	}
	for _, label := range []string{"Start", "Gentle version"} {
		if own := g.press("carl", posts[0].ID, label); !strings.Contains(own.View.Text, "Step 1 of ") || own.View.OnlyFor == "" {
			t.Errorf("%s opens %+v", label, own.View)
		}
	}
	if done := g.press("noah", posts[0].ID, "Done"); !strings.Contains(done.View.Text, "Done by 2 so far.") {
		t.Errorf("a second person's Done answered %q", done.View.Text)
	}
	if history := g.command(asks{"as": "mia", "channel": "general", "name": "class history"}); !strings.Contains(history.View.Text, "warm-up: **sent**") {
		t.Errorf("the history reads %q", history.View.Text)
	}
	users := g.users()
	bot.stop()
	for _, name := range []string{"mia", "noah"} {
		if id := users[name]; id == "" || strings.Contains(dump(t, dir), id) {
			t.Errorf("the database knows %s, whose id is %q", name, id)
		}
	}
}

// users returns the ids of the playground's people by name.
func (g garden) users() map[string]string {
	g.t.Helper()
	var state struct{ Users []demoEntity }
	if err := json.Unmarshal([]byte(g.get("/state")), &state); err != nil {
		g.t.Fatal(err)
	}
	ids := map[string]string{}
	for _, u := range state.Users {
		ids[u.Name] = u.ID
	}
	return ids
}

// TestPostsGoOutWithoutPictures: who takes the permission to attach files away
// still gets the posts.
func TestPostsGoOutWithoutPictures(t *testing.T) {
	t.Parallel()
	g := newGym(t, "classes")
	g.world(asks{"permission": asks{"channel": "classes", "deny": "ATTACH_FILES"}})
	g.day()
	g.bot.stop()
	posts := g.messages("classes")
	if len(posts) != 2 {
		t.Fatalf("%d posts, want 2\n%s", len(posts), g.bot.log)
	}
	for _, p := range posts {
		if len(p.View.Images) != 0 || !strings.Contains(p.View.Text, "1. **") {
			t.Errorf("without the permission stands %+v", p.View)
		}
	}
	if got := g.ledger(); len(got) != 2 || !strings.HasSuffix(got[0], "sent") || !strings.HasSuffix(got[1], "sent") {
		t.Errorf("the ledger says %v", got)
	}
}
