package class_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
	"time"
	"unpinch/commands/class"
	"unpinch/commands/place"
	"unpinch/timetable"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestChanges makes every change there is, and reads the record of them.
func TestChanges(t *testing.T) {
	g := gymtest.New(t)
	ctx := t.Context()
	by := func(detail string) schedule.By {
		g.Time = g.Time.Add(time.Minute)
		return schedule.By{UserID: gymtest.CarlID, At: g.Time, Detail: detail}
	}
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	g.Add(map[string]any{"at": "mon wed 18:00", "title": "*Strength*"})
	s := g.Only()
	class, err := s.Recurrence(g.Zones)
	do(err)
	start, err := class.Next(g.Time)
	do(err)
	edit := s
	edit.DraftOf, edit.DraftUntil = s.ID, g.Time.Add(time.Hour)
	batch, err := g.Store.AddDrafts(ctx, 0, []schedule.Series{edit})
	do(err)
	_, err = g.Store.SaveDrafts(ctx, batch, by(""))
	do(err)
	say := g.Content.In("en")
	do(g.Store.Skip(ctx, s.ID, start, by(card.Wall(say, start.At))))
	do(g.Store.Unskip(ctx, s.ID, start, by(card.Wall(say, start.At))))
	do(g.Store.Move(ctx, s.ID, start, schedule.SlotOf(start.At.Add(time.Hour)), by(card.Wall(say, start.At)+" → "+card.Wall(say, start.At.Add(time.Hour)))))
	do(g.Store.Cancel(ctx, s, start, nil, by(card.Wall(say, start.At))))
	workout := schedule.Workout{ClassID: s.ID, Slot: start.Slot, Lines: "Fran"}
	do(g.Store.SetWorkout(ctx, workout, by(card.Wall(say, start.At))))
	do(g.Store.DropWorkout(ctx, workout, by(card.Wall(say, start.At))))
	do(g.Store.Pause(ctx, s.ID, schedule.DateOf(g.Time.AddDate(0, 0, 9)), by("2026-12-01")))
	do(g.Store.Pause(ctx, s.ID, schedule.Date{}, by("")))
	do(g.Store.PostNow(ctx, s, by("")))
	do(g.Store.TakeOver(ctx, s.ID, false, by("")))
	do(g.Store.SetEvent(ctx, s.ID, true, by("")))
	do(g.Store.SetEvent(ctx, s.ID, false, by("")))
	g.BreakClass(schedule.ReasonLocked)
	do(g.Store.Mend(ctx, s.ID, by("")))
	g.Run(gymtest.Olga(), "setup", map[string]any{"zone": "London", "name": "Pier *9*", "channel": gymtest.Channel(gymtest.GeneralID, 0, gymtest.Postable),
		"coach": bot.RoleValue{ID: "1325750707814400088"}, "country": "GB", "tidy": false})
	for _, press := range []string{"myth/1/1", "myth/1/0", "recap/1/1", "recap/1/0", "no_log/1/0"} {
		g.Press(gymtest.Olga(), "setup1:"+press, nil)
	}
	do(g.Store.RemovePlace(ctx, g.Place(gymtest.IronID, "Annex"), by("Annex")))
	g.Close(gymtest.Olga(), map[string]any{"dates": "2026-12-24 2026-12-27..2026-12-29"})
	g.Press(gymtest.Olga(), "closed1:open/1/0", nil, "2026-12-24")
	do(g.Store.Remove(ctx, s.ID, by(s.Rule.String())))
	if _, err := g.Store.Forget(ctx, gymtest.CarlID); err != nil {
		t.Fatal(err)
	}
	g.Tap(gymtest.Olga(), g.Run(gymtest.Olga(), "class add", map[string]any{"at": "fri 18:00"}), "Save")

	var all strings.Builder
	page := g.Tap(gymtest.Olga(), g.Run(gymtest.Olga(), "setup", nil), "Changes")
	for {
		all.WriteString(golden.Shown(page) + "\n")
		if !strings.Contains(golden.Shown(page), "[Next page]") {
			break
		}
		page = g.Tap(gymtest.Olga(), page, "Next page")
	}
	golden.Text(t, "changes", all.String())
	for _, key := range g.Content.Keys() {
		if what, ok := strings.CutPrefix(key, "class.changes.what."); ok && !strings.Contains(all.String(), g.Content.Say("en", key, nil)) {
			t.Errorf("%s was not made, or not told", what)
		}
	}
	if strings.Contains(all.String(), "?class") {
		t.Error("a change has no words")
	}
	if got := golden.Shown(g.Press(gymtest.Olga(), "changes1:changes/0/-7", nil)); !strings.HasPrefix(all.String(), got) {
		t.Errorf("page -7 is %s", got)
	}
	if got := golden.Shown(g.Press(gymtest.Olga(), "changes1:changes/0/999999999", nil)); !strings.HasPrefix(all.String(), got) {
		t.Errorf("a page after the last is %s", got)
	}
	golden.Reply(t, "changes-class", g.Press(gymtest.Olga(), "changes1:changes/2/1", nil))
	golden.Reply(t, "changes-member", g.Press(gymtest.Mia(), "changes1:changes/0/1", nil))
}

// TestEveryChangeIsSaid holds that each change that the store records has words.
func TestEveryChangeIsSaid(t *testing.T) {
	keys, found := gymtest.Deps(t).Content.Keys(), 0
	golden.Literals(t, "../../store", func(lit string, path []ast.Node) {
		if recordsChange(path) && !strings.HasPrefix(lit, "_") {
			found++
			if !slices.Contains(keys, "class.changes.what."+lit) {
				t.Errorf("the change %q has no words", lit)
			}
		}
	})
	if found < 14 {
		t.Errorf("found %d changes only", found)
	}
}

// recordsChange reports whether a literal of the store is what was changed: it
// is set as that, or given to what records it.
func recordsChange(path []ast.Node) bool {
	for i := len(path) - 1; i >= 0; i-- {
		switch n := path[i].(type) {
		case *ast.AssignStmt:
			set, ok := n.Lhs[0].(*ast.Ident)
			return ok && set.Name == "what"
		case *ast.CallExpr:
			name := ""
			switch f := n.Fun.(type) {
			case *ast.Ident:
				name = f.Name
			case *ast.SelectorExpr:
				name = f.Sel.Name
			}
			return slices.Contains([]string{"note", "noteClass", "changed", "noted", "changeDays"}, name)
		}
	}
	return false
}

func TestChangesNone(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	g.Place(gymtest.IronID, "Harbour")
	if got := golden.Shown(g.Press(gymtest.Carl(), "changes1:changes/0/1", nil)); !strings.Contains(got, "someone who asked to be forgotten made a place") ||
		!strings.Contains(got, "Harbour") || strings.Contains(got, "Back to setup") {
		t.Errorf("a coach sees %s", got)
	}
	if got := golden.Shown(g.Press(gymtest.Rita(), "changes1:changes/0/1", nil)); !strings.Contains(got, "no place yet") {
		t.Errorf("in a server without places: %s", got)
	}
	if got := golden.Shown(g.Press(gymtest.Rita(), "changes1:changes/1/1", nil)); strings.Contains(got, "<@") {
		t.Errorf("who owns another server sees %s", got)
	}
}

// TestOldChange reads what was kept of a place in words, before its fields were.
func TestOldChange(t *testing.T) {
	g := gymtest.New(t)
	places, err := g.Store.Places(t.Context(), gymtest.IronID)
	if err != nil {
		t.Fatal(err)
	}
	places[0].Tidy = false
	by := schedule.By{UserID: gymtest.CarlID, At: g.Time, Detail: "name A*b → C, channel <#12> → <#34>, coach role <@&5> → none"}
	if _, err := g.Store.SavePlace(t.Context(), places[0], by); err != nil {
		t.Fatal(err)
	}
	want := `changed the place: name A\*b → C, channel \<\#12\> → \<\#34\>, coach role \<\@&5\> → none`
	if got := golden.Shown(g.Press(gymtest.Olga(), "changes1:changes/0/1", nil)); !strings.Contains(got, want) {
		t.Errorf("the record has no %q:\n%s", want, got)
	}
}

// TestLongestChanges holds that the longest page is within Discord's limits.
func TestLongestChanges(t *testing.T) {
	g := gymtest.New(t)
	g.Place(gymtest.IronID, strings.Repeat("*", place.NameMax))
	g.Add(map[string]any{"at": "mon 18:00", "place": "Iron Garden", "title": strings.Repeat("*", timetable.MaxTitle), "until": "2027-12-18"})
	for range 2 * class.ChangesAtOnce {
		if err := g.Store.TakeOver(t.Context(), 1, false, schedule.By{UserID: gymtest.CarlID, At: g.Time, Detail: strings.Repeat("*", 4000)}); err != nil {
			t.Fatal(err)
		}
	}
	g.Press(gymtest.Olga(), "changes1:changes/0/2", nil)
}
