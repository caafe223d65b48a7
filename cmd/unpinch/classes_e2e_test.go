package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// form runs a command that opens a form.
func (g garden) form(in asks) form {
	g.t.Helper()
	var a struct{ Modal *form }
	if status := g.post("/command", in, &a); status != 200 || a.Modal == nil {
		g.t.Fatalf("%v opened no form: HTTP %d, %+v", in["name"], status, a)
	}
	return *a.Modal
}

// file sends a timetable with /class file.
func (g garden) file(as, text string) message {
	g.t.Helper()
	return g.command(asks{"as": as, "channel": "classes", "name": "class file", "options": asks{"file": "timetable.yaml"},
		"files": []asks{{"name": "timetable.yaml", "content_type": "application/yaml", "base64": []byte(text)}}})
}

// TestClassesFromEndToEnd: a coach writes three classes into a form, one of them
// wrong, cancels a class whose post is out, takes that back, and carries the
// timetable out and in.
func TestClassesFromEndToEnd(t *testing.T) {
	t.Parallel()
	g := newGym(t, "classes")
	has := func(m message, want string) message {
		t.Helper()
		if !strings.Contains(m.View.Text, want) {
			t.Fatalf("want %q in %+v\n%s", want, m.View, g.bot.log)
		}
		return m
	}
	send := func(f form, lines string) message {
		t.Helper()
		return g.one("/modal", asks{"as": "carl", "modal": f.ID, "fields": asks{"lines": lines, "before": "15", "cool_down": "yes"}})
	}
	g.setup(asks{"coach": "coach"})
	text := "mon wed 06:00 45min\ntue 25:00\nsat 10:00 Open gym"
	read := has(send(g.form(asks{"as": "carl", "channel": "classes", "name": "class add"}), text), "2 classes at Iron Garden")
	has(read, "tue 25:00")
	list := func(as string) message {
		t.Helper()
		return g.command(asks{"as": as, "channel": "classes", "name": "class list"})
	}
	has(list("mia"), "One class at Iron Garden")
	saved := has(g.press("carl", read.ID, "Save these 2"), "2 classes are saved")
	mend := g.open("carl", saved.ID, "Mend the other one")
	if mend.Fields[0].Value != "tue 25:00" {
		t.Errorf("the form has %q, want the line that is left", mend.Fields[0].Value)
	}
	contract := has(g.one("/modal", asks{"as": "carl", "modal": mend.ID, "fields": asks{"lines": "tue 20:00"}}), "Tuesdays at 20:00")
	has(g.press("carl", contract.ID, "Save"), "Saved")

	g.walkTo("17:51")
	g.settle()
	post := has(g.messages("classes")[0], "Iron Garden, 18:00: warm up")
	card := list("carl")
	pick := ""
	for _, o := range card.View.Selects[0].Options { // the one whose post is out
		if strings.Contains(o.Label, "18:00") {
			pick = o.Value
		}
	}
	card = g.one("/click", asks{"as": "carl", "message": card.ID,
		"custom_id": card.View.Selects[0].CustomID, "values": []string{pick}})
	wall := g.at("18:00").Format("Mon 2 Jan 15:04")
	has(g.press("carl", card.ID, "Cancel today 18:00"), "I replace the post that is out.")
	has(g.press("carl", card.ID, "Yes, cancel "+wall), wall+" is off.")
	shown := func(at, want string) {
		t.Helper()
		g.walkTo(at)
		for _, m := range g.messages("classes") {
			if m.ID == post.ID {
				has(m, want)
			}
		}
	}
	shown("17:53", "off today")
	has(g.press("carl", card.ID, "Put "+wall+" back"), "takes place again")
	shown("17:55", "18:00: warm up")

	out := g.command(asks{"as": "carl", "channel": "classes", "name": "class file"})
	resp, err := http.Get(out.View.Files[0].URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	yaml, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	has(g.file("carl", string(yaml)), "No difference")
	dry := has(g.file("carl", strings.Replace(string(yaml), "length_min: 45", "length_min: 50", 1)), "Length: 45 min → 50 min")
	has(g.press("carl", dry.ID, "Apply"), "Done")
	if got := g.file("mia", string(yaml)); !strings.HasPrefix(got.View.Text, "Changing classes at") {
		t.Errorf("a member's file says %q", got.View.Text)
	}
	g.stop()
}
