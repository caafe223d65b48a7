package class_test

import (
	"strconv"
	"strings"
	"testing"
	"unpinch/commands/place"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestManyClasses goes from a form with a faulty line to saved classes.
func TestManyClasses(t *testing.T) {
	g := gymtest.New(t)
	form := g.Run(gymtest.Carl(), "class add", nil)
	golden.Reply(t, "class-lines", form)
	text := "mon wed fri 06:00 60min\ntue 25:00\n# the weekend\nfirst sat 10:00 90min Open gym"
	refused := g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"lines": text, "before": "15", "cool_down": "no"})
	golden.Reply(t, "class-lines-refused", refused)
	if all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID); err != nil || len(all) != 0 {
		t.Errorf("%d classes are saved before Save, %v", len(all), err)
	}
	again := g.Press(gymtest.Carl(), golden.ID(t, refused, "Mend the other one"), nil)
	if got := again.Modal.Fields[0].Value; got != "tue 25:00" || len(again.Modal.Fields) != 1 {
		t.Errorf("the form has %q", got)
	}
	contract := g.Press(gymtest.Carl(), again.Modal.ID, map[string]string{"lines": "tue 20:00"})
	golden.Reply(t, "class-lines-contract", contract)
	golden.Reply(t, "class-lines-preview", g.Press(gymtest.Carl(), golden.ID(t, contract, "Preview"), nil))
	change := g.Press(gymtest.Carl(), golden.ID(t, contract, "Change"), nil)
	if got, want := change.Modal.Fields[0].Value, "mon wed fri 06:00 60min\nfirst sat 10:00 90min \"Open gym\"\ntue 20:00 60min"; got != want {
		t.Errorf("Change shows\n%s\nwant\n%s", got, want)
	}
	changed := g.Press(gymtest.Carl(), change.Modal.ID, map[string]string{"lines": "mon 06:00\nsun 07:00", "before": "0", "cool_down": "yes"})
	golden.Reply(t, "class-lines-changed", changed)
	if got := golden.Shown(g.Tap(gymtest.Carl(), contract, "Save these 3")); got != golden.Shown(changed) {
		t.Errorf("the drafts before the change show %s", got)
	}
	golden.Reply(t, "class-lines-saved", g.Press(gymtest.Carl(), golden.ID(t, changed, "Save these 2"), nil))
	all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID)
	if err != nil || len(all) != 2 || g.Kicks != 1 {
		t.Fatalf("%d classes, %d kicks, %v", len(all), g.Kicks, err)
	}
	if s := all[1]; s.Lead != 0 || !s.CoolDown || s.CreatedBy != gymtest.CarlID || s.ChannelID != gymtest.ClassesID {
		t.Errorf("the class is %+v", s)
	}
	after := g.Dump()
	if got := golden.Shown(g.Press(gymtest.Carl(), change.Modal.ID, map[string]string{"lines": "sat 09:00", "before": "10", "cool_down": "yes"})); !strings.Contains(got, "2 classes are saved") || g.Dump() != after {
		t.Errorf("the form of saved drafts shows %s", got)
	}
}

// TestLinesRefused names what is wrong with a form, line by line.
func TestLinesRefused(t *testing.T) {
	g := gymtest.New(t)
	var said golden.Table
	ok := "mon 06:00"
	for _, tc := range []struct{ in, lines, before, coolDown string }{
		{"nothing", "  \n# ours\n", "10", "yes"},
		{"before: 2h", ok, "2h", "yes"},
		{"before: 121", ok, "121", "yes"},
		{"every fault", "mon\n25:00 mon\nmon 18:00 4min\nmon 18:00 60\nmon 18:00 6h\nmon 18:00 Open gym 90min\nmon 18:00 \"Open\nmon 18:00 60min " +
			strings.Repeat("x", 61) + "\nmon 18:00\nmon 18:00\nmon " + strings.Repeat("x", 600) + "\nmon 18:00-19:00", "10", "yes"},
		{"51 lines", strings.Repeat("\n", 3) + manyLines(51), "10", "yes"},
		{"mentions", "mon <@&1> *18:00*", "10", "yes"},
	} {
		said.Row(tc.in, g.Press(gymtest.Carl(), button.LinesNewID.For(button.NewLines(0)), map[string]string{"lines": tc.lines, "before": tc.before, "cool_down": tc.coolDown}))
	}
	said.Compare(t, "class-lines-refusals")
	for p, want := range map[string]gymtest.Person{"Changing classes at": gymtest.Mia(), "This server has no place": gymtest.Rita()} {
		got := golden.Shown(g.Press(want, button.LinesNewID.For(button.NewLines(1)), map[string]string{"lines": ok, "before": "10", "cool_down": "yes"}))
		if !strings.HasPrefix(got, p) {
			t.Errorf("%s reads %s", want.User, got)
		}
		for _, id := range []string{button.LinesFormID.For(button.NewLines(1)), button.ClassManyID.For(1)} {
			if got := golden.Shown(g.Press(want, id, nil)); !strings.HasPrefix(got, p) {
				t.Errorf("%s opens %s", want.User, got)
			}
		}
	}
	var options golden.Table
	for _, o := range []map[string]any{{"length": 45}, {"title": "Yoga"}, {"until": "2026-12-18"}, {"ping": bot.RoleValue{ID: gymtest.CoachID}},
		{"channel": gymtest.Channel(gymtest.GeneralID, 0, gymtest.Postable)}} {
		options.Row(strings.Join(keysOf(o), ", "), g.Run(gymtest.Carl(), "class add", o))
	}
	options.Compare(t, "class-lines-options")
}

func manyLines(n int) string {
	var lines []string
	for i := range n {
		lines = append(lines, "mon "+schedule.Clock(i*5).String())
	}
	return strings.Join(lines, "\n")
}

func keysOf(m map[string]any) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}

// TestLinesCap says early how many lines there is room for.
func TestLinesCap(t *testing.T) {
	gymtest.Slow(t)
	g := gymtest.New(t)
	g.Fill(schedule.ClassesMax - 2)
	refused := g.Press(gymtest.Carl(), button.LinesNewID.For(button.NewLines(0)), map[string]string{"lines": manyLines(3), "before": "10", "cool_down": "yes"})
	golden.Reply(t, "class-lines-cap", refused)
	contract := g.Press(gymtest.Carl(), golden.ID(t, refused, "Mend the lines"), nil)
	if got := contract.Modal.Fields[0].Value; got != manyLines(3) {
		t.Errorf("the form has %q", got)
	}
	contract = g.Press(gymtest.Coach(0), button.LinesNewID.For(button.NewLines(0)), map[string]string{"lines": manyLines(2), "before": "10", "cool_down": "yes"})
	g.Fill(1)
	if got := golden.Shown(g.Press(gymtest.Coach(0), golden.ID(t, contract, "Save these 2"), nil)); !strings.HasPrefix(got, "These are 2 classes, and there is room for one") {
		t.Errorf("Save said %s", got)
	}
}

// TestPlaces asks which place where the channel doesn't tell.
func TestPlaces(t *testing.T) {
	g := gymtest.New(t)
	sydney := g.Sydney()
	elsewhere := gymtest.Olga()
	elsewhere.Channel = gymtest.Rita().Channel
	inSydney := gymtest.Olga()
	inSydney.Channel = gymtest.GeneralID
	var said golden.Table
	at := func(p gymtest.Person, options map[string]any) string {
		reply := g.Run(p, "class add", options)
		first, _, _ := strings.Cut(strings.TrimPrefix(golden.Shown(reply), "container #e9b44c\n"), "\n")
		return first
	}
	for _, tc := range []struct {
		in   string
		p    gymtest.Person
		name string
	}{{"in the channel of one", gymtest.Olga(), ""}, {"in that of the other", inSydney, ""}, {"elsewhere", elsewhere, ""},
		{"elsewhere, by name", elsewhere, "sydney  HALL"}, {"a name that nobody has", elsewhere, "Oslo *hall*"},
		{"as a coach of the other place", gymtest.Carl(), "Sydney hall"}} {
		options := map[string]any{"at": "mon 18:00"}
		if tc.name != "" {
			options["place"] = tc.name
		}
		said.WriteString("> " + tc.in + "\n" + at(tc.p, options) + "\n")
	}
	said.Compare(t, "class-add-places")
	golden.Reply(t, "class-lines-places", g.Run(elsewhere, "class add", nil))
	named := g.Run(elsewhere, "class add", map[string]any{"place": "Sydney hall", "before": 5, "cool_down": false})
	if e := named.Modal.Fields[1].Entries; !e[1].Chosen || named.Modal.Fields[2].Value != "5" {
		t.Errorf("the form has %+v", named.Modal.Fields)
	}
	many := g.Press(elsewhere, button.ClassManyID.For(button.Place(sydney.ID)), nil)
	contract := g.Press(elsewhere, many.Modal.ID, map[string]string{"lines": "mon 06:00\ntue 06:00", "place": strconv.FormatInt(sydney.ID, 10), "before": "10", "cool_down": "yes"})
	golden.Reply(t, "class-lines-sydney", contract)
	if got := golden.Shown(g.Press(elsewhere, many.Modal.ID, map[string]string{"lines": "mon 06:00", "place": "99", "before": "10", "cool_down": "yes"})); !strings.HasPrefix(got, "That place isn't there") {
		t.Errorf("a place that is gone: %s", got)
	}
	// A coach sees only what they may change.
	if f := g.Run(gymtest.Carl(), "class add", nil); len(f.Modal.Fields) != 3 {
		t.Errorf("the coach's form has %d fields", len(f.Modal.Fields))
	}
	choices, err := place.Finder{Store: g.Store}.Suggest(t.Context(), gymtest.Olga().Request(g, nil), "hall")
	if err != nil || len(choices) != 1 || choices[0].Value != "Sydney hall" {
		t.Errorf("suggested %v, %v", choices, err)
	}
}
