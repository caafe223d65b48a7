package commands_test

import (
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

// TestForgetDropsWhatWasTyped refuses what each command and form with a memory is
// given, has one of two people forget, and finds nothing left of that one's text.
func TestForgetDropsWhatWasTyped(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00", "title": "Row"})
	lines := button.ClassManyID.For(1)
	form := func(p gymtest.Person, id string) string { return g.Press(p, id, nil).Modal.Fields[0].Value }
	another := gymtest.Coach(1)
	asked := map[string]bot.Reply{}
	for _, p := range []gymtest.Person{gymtest.Carl(), another} {
		g.Agree(p)
		asked["a rule"] = g.Run(p, "class add", map[string]any{"at": "mar 18:00"})
		asked["a day"] = g.Run(p, "me pause", map[string]any{"until": "03/04"})
		asked["a zone"] = g.Run(p, "me settings", map[string]any{"zone": "EST"})
		asked["a form"] = g.Press(p, "remindersset1:show", map[string]string{"at": "mar 18:00", "routine": "desk", "zone": "Lisbon"})
		g.Press(p, g.Press(p, lines, nil).Modal.ID, map[string]string{"lines": "xyzzy", "place": "1", "before": "10", "cool_down": "yes"})
		if p.User == another.User {
			break
		}
		for name, r := range asked {
			if golden.Buttons(r.Parts) == nil || !strings.HasPrefix(golden.Buttons(r.Parts)[0].ID, "again1:") {
				t.Fatalf("%s is answered by %s", name, golden.Shown(r))
			}
		}
		if form(p, lines) == "" || form(p, "remindersform1:show") == "" {
			t.Fatalf("what was typed is not in memory: %q, %q", form(p, lines), form(p, "remindersform1:show"))
		}
		g.Run(p, "me forget", nil)
		before := g.Dump()
		for name, r := range asked {
			if text := golden.Shown(g.Press(p, golden.Buttons(r.Parts)[0].ID, nil)); !strings.Contains(text, "Run the command again") || g.Dump() != before {
				t.Errorf("%s is still in memory: %s", name, text)
			}
		}
		if form(p, lines) != "" || form(p, "remindersform1:show") != "" {
			t.Error("what was typed is still in memory")
		}
	}
	g.Run(gymtest.Carl(), "me forget", nil)
	if form(another, lines) == "" || form(another, "remindersform1:show") == "" {
		t.Error("what someone else typed is gone")
	}
	if text := golden.Shown(g.Press(another, golden.Buttons(asked["a rule"].Parts)[0].ID, nil)); !strings.Contains(text, "Tuesdays at 18:00") {
		t.Errorf("what someone else was offered is gone: %s", text)
	}
}
