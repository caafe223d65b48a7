package classfile_test

import (
	"context"
	"fmt"
	"go/ast"
	"os"
	"strings"
	"testing"
	"time"
	"unpinch/commands/button"
	"unpinch/commands/classfile"
	"unpinch/commands/draft"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
	"unpinch/timetable"
)

// eachCode calls f with each stable word of the timetable's files.
func eachCode(t *testing.T, f func(kind, code string)) {
	t.Helper()
	golden.Literals(t, "../../timetable", func(lit string, path []ast.Node) {
		if spec, ok := path[len(path)-2].(*ast.ValueSpec); ok {
			if kind, ok := spec.Type.(*ast.Ident); ok && (kind.Name == "Code" || kind.Name == "Why") {
				f(kind.Name, lit)
			}
		}
	})
}

// fullGym fills a gym with all that a file has.
func fullGym(t *testing.T) *gymtest.Gym {
	g := gymtest.New(t)
	ctx := t.Context()
	g.Add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength: *heavy* #1", "ping": bot.RoleValue{ID: gymtest.CoachID, Mentionable: true}})
	g.Add(map[string]any{"at": "first sat 10:00", "length": 90, "before": 0, "until": "2027-06-30"})
	g.Add(map[string]any{"at": "sun 08:00", "before": 0, "cool_down": false, "channel": gymtest.Channel(gymtest.GeneralID, 0, gymtest.Postable)})
	s, err := g.Store.Series(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Recurrence(g.Zones)
	if err != nil {
		t.Fatal(err)
	}
	monday, err := r.Next(g.Time)
	if err != nil {
		t.Fatal(err)
	}
	wednesday, err := r.Next(monday.At)
	if err != nil {
		t.Fatal(err)
	}
	day, err := schedule.ParseDate("2026-12-24")
	if err != nil {
		t.Fatal(err)
	}
	by := schedule.By{UserID: gymtest.CarlID, At: g.Time}
	for _, err := range []error{
		g.Store.Skip(ctx, 1, monday, by),
		g.Store.Move(ctx, 1, wednesday, schedule.SlotOf(wednesday.At.Add(90*time.Minute)), by),
		g.Store.CloseDays(ctx, s.Place.ID, []schedule.Date{day}, by),
		g.Store.Pause(ctx, 2, schedule.Date{Year: 2026, Month: 12, Day: 1}, by),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// TestFileRoundTrip finds no difference between a timetable and its own file.
func TestFileRoundTrip(t *testing.T) {
	g := fullGym(t)
	golden.Reply(t, "class-file", g.Run(gymtest.Carl(), "class file", nil))
	out := g.FileOut(gymtest.Carl())
	golden.Text(t, "class-file-yaml", out)
	before := g.Dump()
	golden.Reply(t, "class-file-same", g.Hand(gymtest.Carl(), out))
	if g.Dump() != before {
		t.Error("a file without a difference changed something")
	}
}

// TestFileIn shows what a file would change, and changes that on Apply.
func TestFileIn(t *testing.T) {
	g := fullGym(t)
	text := strings.NewReplacer(
		"length_min: 90", "length_min: 75",
		"at: mon wed fri 18:00", "at: mon wed fri 19:00",
		"closed: [2026-12-24]", "closed: [2026-12-25, 2026-12-26]",
		"      - id: 3\n        at: sun 08:00", "      - at: tue 06:30\n        title: Early",
		"        paused_until: 2026-12-01\n", "        skips:\n          - 2026-12-05T10:00:00Z\n",
	).Replace(g.FileOut(gymtest.Carl()))
	before := g.Dump()
	reply := g.Hand(gymtest.Carl(), text)
	golden.Reply(t, "class-file-difference", reply)
	if before == g.Dump() {
		t.Error("no drafts are kept")
	}
	if all, _ := g.Store.SeriesOf(t.Context(), gymtest.IronID); len(all) != 3 {
		t.Errorf("%d classes before Apply", len(all))
	}
	golden.Reply(t, "class-file-applied", g.Press(gymtest.Carl(), golden.ID(t, reply, "Apply"), nil))
	golden.Reply(t, "class-file-yaml-after", bot.Reply{Parts: []bot.Part{bot.Text(g.FileOut(gymtest.Carl()))}})
	again := golden.Shown(g.Press(gymtest.Carl(), golden.ID(t, reply, "Apply"), nil))
	if !strings.Contains(again, "The timetable is what the file says") {
		t.Errorf("applied twice it says %s", again)
	}
	if got := golden.Shown(g.Hand(gymtest.Carl(), g.FileOut(gymtest.Carl()))); !strings.Contains(got, "No difference") {
		t.Errorf("the file after Apply: %s", got)
	}
}

// TestFileApplyChecks holds who may apply, and until when.
func TestFileApplyChecks(t *testing.T) {
	g := fullGym(t)
	text := strings.Replace(g.FileOut(gymtest.Carl()), "closed: [2026-12-24]", "closed: []", 1)
	reply := g.Hand(gymtest.Carl(), text)
	apply := golden.ID(t, reply, "Apply")
	before := g.Dump()
	for _, p := range []gymtest.Person{gymtest.Mia(), gymtest.Olga(), gymtest.Rita()} {
		if got := golden.Shown(g.Press(p, apply, nil)); !strings.HasPrefix(got, "That file has waited") {
			t.Errorf("%s applies what carl sent: %s", p.User, got)
		}
	}
	if got := golden.Shown(g.Press(gymtest.Carl(), golden.ID(t, reply, "Leave it"), nil)); !strings.HasPrefix(got, "Nothing has changed") {
		t.Errorf("Leave it says %s", got)
	}
	g.Time = g.Time.Add(draft.Life)
	if got := golden.Shown(g.Press(gymtest.Carl(), apply, nil)); !strings.HasPrefix(got, "That file has waited") {
		t.Errorf("after its time: %s", got)
	}
	if g.Dump() != before {
		t.Error("a refusal changed something")
	}
}

// TestFileAfterARestart applies what was read before the program was started
// anew: classes, single starts, closed days and who is told that today is off.
func TestFileAfterARestart(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "sun mon 18:00"})
	s := g.Only()
	g.Agree(gymtest.Mia())
	if err := g.Store.Follow(t.Context(), schedule.Follow{UserID: gymtest.Mia().User, Place: s.Place, Days: schedule.EveryDay}, s, g.Time); err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("length_min: 60", "length_min: 45", "cool_down: true\n", "cool_down: true\n        skips: [2026-11-23T18:00:00Z]\n",
		"\n    classes:\n", "\n    closed: [2026-11-22]\n    classes:\n      - at: fri 07:00\n        skips: [2026-11-27T07:00:00Z]\n").Replace(g.FileOut(gymtest.Carl()))
	apply := golden.ID(t, g.Hand(gymtest.Carl(), text), "Apply")
	g.Restart()
	g.Time = g.Time.Add(draft.Life - 1)
	if got := golden.Shown(g.Press(gymtest.Carl(), apply, nil)); !strings.Contains(got, "The timetable is what the file says") {
		t.Fatalf("Apply says %s", got)
	}
	out := g.FileOut(gymtest.Carl())
	for _, want := range []string{"length_min: 45", "at: fri 07:00", "2026-11-23 18:00", "2026-11-27 07:00", "closed: [2026-11-22]"} {
		if !strings.Contains(out, want) {
			t.Errorf("the file lacks %q:\n%s", want, out)
		}
	}
	if o := g.Newest(schedule.KindOff); o.UserID != gymtest.Mia().User || !o.StartAt.Equal(time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)) {
		t.Errorf("told is %+v", o)
	}
	before := g.Dump()
	if got := golden.Shown(g.Press(gymtest.Carl(), apply, nil)); !strings.Contains(got, "The timetable is what the file says") || g.Dump() != before {
		t.Errorf("applied twice: %s", got)
	}
}

// TestFileAllOrNothing applies a file of which a class has been removed since: no
// day is closed either.
func TestFileAllOrNothing(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	text := strings.NewReplacer("cool_down: true\n", "cool_down: true\n        skips: [2026-11-23T18:00:00Z]\n",
		"\n    classes:\n", "\n    closed: [2026-12-24]\n    classes:\n      - at: fri 07:00\n").Replace(g.FileOut(gymtest.Carl()))
	apply := golden.ID(t, g.Hand(gymtest.Carl(), text), "Apply")
	g.Press(gymtest.Olga(), button.ClassID.For(button.ClassState{Act: button.ActRemove, ID: 1}), nil)
	before, kicks := g.Dump(), g.Kicks
	if got := golden.Shown(g.Press(gymtest.Carl(), apply, nil)); !strings.Contains(got, "a class of it is gone") {
		t.Errorf("Apply says %s", got)
	}
	if g.Dump() != before || g.Kicks != kicks {
		t.Error("a part of it was applied")
	}
}

// TestOutdatedDrafts holds that neither a file nor a draft of a class writes over
// what another has saved meanwhile, be it within the same second.
func TestOutdatedDrafts(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon wed fri 18:00", "title": "Power"})
	file := g.Hand(gymtest.Carl(), strings.Replace(g.FileOut(gymtest.Carl()), "title: Power", "title: Power 2", 1))
	edit := g.Run(gymtest.Coach(0), "class edit", map[string]any{"class": "1", "title": "Power 3"})
	gone := g.Hand(gymtest.Coach(1), "version: 1\nplaces:\n  - name: Iron Garden\n    zone: Europe/Lisbon\n    classes: []\n")
	g.Tap(gymtest.Olga(), g.Run(gymtest.Olga(), "class edit", map[string]any{"class": "1", "at": "mon wed fri 19:00",
		"ping": bot.RoleValue{ID: gymtest.CoachID, Mentionable: true}}), "Save")
	before := g.Only()
	for _, tc := range []struct {
		who   gymtest.Person
		reply bot.Reply
		label string
	}{{gymtest.Carl(), file, "Apply"}, {gymtest.Coach(0), edit, "Save"}, {gymtest.Coach(1), gone, "Apply"}} {
		if got := golden.Shown(g.Tap(tc.who, tc.reply, tc.label)); !strings.Contains(got, "has changed") && !strings.Contains(got, "Changed meanwhile") {
			t.Errorf("%s says %s", tc.label, got)
		}
	}
	if s := g.Only(); s.Revision != before.Revision || !s.Rule.Equal(before.Rule) || s.Title != before.Title {
		t.Errorf("the class is %+v", g.Only())
	}
}

// TestFileAppliedLate refuses to change a start that has begun since the file was
// read, that would be moved into the past, or that its class has no more.
func TestFileAppliedLate(t *testing.T) {
	const starts = "cool_down: true\n"
	for name, tc := range map[string]struct {
		add, said string
		late      func(g *gymtest.Gym)
	}{
		"skipped": {"        skips: [2026-11-22T20:00:00Z]\n", "has begun", nil},
		"moved":   {"        moves: [{from: 2026-11-22T20:00:00Z, to: 2026-11-22T20:02:00Z}]\n", "has begun", nil},
		"to past": {"        moves: [{from: 2026-11-23T20:00:00Z, to: 2026-11-22T20:02:00Z}]\n", "is over, so nothing", nil},
		"another clock": {"        skips: [2026-11-23T20:00:00Z]\n", "There is no start on", func(g *gymtest.Gym) {
			g.Tap(gymtest.Olga(), g.Run(gymtest.Olga(), "class edit", map[string]any{"class": "1", "at": "daily 21:00"}), "Save")
		}},
		"moved since": {"        skips: [2026-11-23T20:00:00Z]\n", "Someone has changed a class", func(g *gymtest.Gym) {
			at := time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)
			if err := g.Store.Move(t.Context(), 1, schedule.Start{At: at, Planned: at, Slot: schedule.SlotOf(at)}, schedule.SlotOf(at.Add(time.Hour)), schedule.By{UserID: gymtest.Olga().User, At: g.Time}); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		g := gymtest.New(t)
		g.Time = time.Date(2026, 11, 22, 19, 54, 0, 0, time.UTC)
		g.Add(map[string]any{"at": "daily 20:00"})
		file := g.Hand(gymtest.Carl(), strings.Replace(g.FileOut(gymtest.Carl()), starts, starts+tc.add, 1))
		if tc.late == nil {
			g.Time = g.Time.Add(9 * time.Minute)
		} else {
			tc.late(g)
		}
		before := g.Dump()
		if got := golden.Shown(g.Tap(gymtest.Carl(), file, "Apply")); !strings.Contains(got, tc.said) {
			t.Errorf("%s: Apply says %s", name, got)
		}
		if g.Dump() != before {
			t.Errorf("%s: something was applied", name)
		}
	}
}

// TestFileRefused has words for each file that can't be taken.
func TestFileRefused(t *testing.T) {
	g := fullGym(t)
	out := g.FileOut(gymtest.Carl())
	var said golden.Table
	far := "  - name: Iron Garden\n    zone: Europe/Lisbon\n    classes:\n"
	for _, tc := range []struct{ in, text string }{
		{"nothing", ""},
		{"no YAML", "a: [b"},
		{"faults by line", strings.NewReplacer("Europe/Lisbon", "Europe/Lisbn", "length_min: 90", "length_min: 4", "cool_down: false", "cool_down: perhaps").Replace(out)},
		{"another server's channel", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        channel: \"999999999999999999\"\n"},
		{"a ping of everyone", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        ping: \"" + gymtest.IronID + "\"\n"},
		{"a ping of everyone, spelt otherwise", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        ping: \"0" + gymtest.IronID + "\"\n      - at: tue 07:00\n        ping: \"<@&" + gymtest.IronID + ">\"\n"},
		{"a ping of a channel", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        ping: \"<#" + gymtest.CoachID + ">\"\n"},
		{"a ping without a pre", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        before_min: 0\n        ping: \"" + gymtest.CoachID + "\"\n"},
		{"a pause for years", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        paused_until: 2099-01-01\n"},
		{"a last day that is over", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        until: 2026-01-01\n"},
		{"a skip of no start", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        skips: [2026-12-08T07:00:00Z]\n"},
		{"a skip of years ago", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        skips: [2025-12-08 07:00, 2026-11-16 07:00]\n"},
		{"days of years ago", "version: 1\nplaces:\n" + strings.Replace(far, "    classes", "    closed: 24 Dec 2024\n    classes", 1) + "      - at: mon 07:00\n"},
		{"days that are over", "version: 1\nplaces:\n" + strings.Replace(far, "    classes", "    closed: [2026-01-01, 2026-10-05]\n    classes", 1) + "      - at: mon 07:00\n        skips: [2026-11-16 07:00]\n"},
		{"days nobody can read", "version: 1\nplaces:\n" + strings.Replace(far, "    classes", "    closed: Xmas\n    classes", 1) + "      - at: mon 07:00\n"},
		{"two moved onto one", "version: 1\nplaces:\n" + far + "      - at: mon tue 07:00\n        moves: [{from: 2026-12-07 07:00, to: 2026-12-10 07:00}, {from: 2026-12-08 07:00, to: 2026-12-10 07:00}]\n"},
		{"moved onto another", "version: 1\nplaces:\n" + far + "      - at: mon tue 07:00\n        moves: [{from: 2026-12-07 07:00, to: 2026-12-08 07:00}]\n"},
		{"moved far away", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        moves: [{from: 2026-12-07 07:00, to: 2027-03-08 07:00}]\n"},
		{"moved to no time", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        moves: [{from: 2026-12-07 07:00, to: 2026-12-07}]\n"},
		{"another rule that day", strings.NewReplacer("mon wed fri 18:00", "mon wed fri 07:00 18:30").Replace(out)},
		{"too many", "version: 1\nplaces:\n" + far + manyYAML(201)},
		{"CSV of someone", "a,b,c\n1,2,3\n"},
		{"JSON of someone", "{}"},
		{"a place that isn't here", "version: 1\nplaces:\n  - name: Oslo\n    zone: Europe/Oslo\n    classes:\n      - at: mon 07:00\n"},
		{"another clock", strings.Replace(out, "Europe/Lisbon", "Europe/Oslo", 1)},
	} {
		said.Row(tc.in, g.Hand(gymtest.Carl(), tc.text))
	}
	for in, err := range map[string]error{"too big": &bot.TooBigError{Size: 9 << 20, Max: 4 << 20}, "unreachable": bot.ErrUnreachable} {
		g.Fetch = func(context.Context, bot.AttachmentValue, int) ([]byte, error) { return nil, err }
		g.Restart()
		golden.Reply(t, "class-file-"+strings.ReplaceAll(in, " ", "-"), g.Run(gymtest.Carl(), "class file", map[string]any{"file": bot.AttachmentValue{ID: "9"}}))
	}
	g.Fetch = nil
	g.Restart()
	said.Row("without a bot", g.Run(gymtest.Carl(), "class file", map[string]any{"file": bot.AttachmentValue{ID: "9"}}))
	said.Row("as mia", g.Run(gymtest.Mia(), "class file", nil))
	said.Row("without a place", g.Run(gymtest.Rita(), "class file", nil))
	said.Compare(t, "class-file-refusals")
	g.Sydney()
	if got := golden.Shown(g.Hand(gymtest.Carl(), "version: 1\nplaces:\n  - name: Sydney hall\n    zone: Australia/Sydney\n    classes:\n      - at: mon 07:00\n")); !strings.HasPrefix(got, "Changing classes at") {
		t.Errorf("a coach of another place: %s", got)
	}
}

func manyYAML(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("      - at: mon " + schedule.Clock(i).String() + "\n")
	}
	return b.String()
}

// TestFileOfManyClasses sends the whole difference along where it is long.
func TestFileOfManyClasses(t *testing.T) {
	gymtest.Slow(t)
	g := gymtest.New(t)
	g.Fill(200)
	out := g.FileOut(gymtest.Carl())
	reply := g.Hand(gymtest.Carl(), strings.ReplaceAll(out, "length_min: 60", "length_min: 45"))
	golden.Reply(t, "class-file-200", reply)
	if len(reply.Files) != 1 || strings.Count(string(reply.Files[0].Data), "60 min → 45 min") != 200 {
		t.Errorf("the file has %s", reply.Files)
	}
	g.Press(gymtest.Carl(), golden.ID(t, reply, "Apply"), nil)
	if out := g.FileOut(gymtest.Carl()); strings.Count(out, "length_min: 45") != 200 {
		t.Error("not all classes were changed")
	}
}

// TestImports shows what of other bots' files becomes a class.
func TestImports(t *testing.T) {
	g := gymtest.New(t)
	read := func(name string) string {
		data, err := os.ReadFile("../../timetable/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	golden.Reply(t, "class-file-json", g.Hand(gymtest.Carl(), read("lovinator.json")))
	reply := g.Hand(gymtest.Carl(), read("reminder-bot.csv"))
	golden.Reply(t, "class-file-csv", reply)
	g.Press(gymtest.Carl(), golden.ID(t, reply, "Apply"), nil)
	all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID)
	if err != nil || len(all) == 0 || all[0].CreatedBy != gymtest.CarlID || all[0].ChannelID != gymtest.ClassesID {
		t.Errorf("imported %+v, %v", all, err)
	}
	if _, fault := timetable.ParseLine(timetable.LineOf(all[0]), schedule.Here{}); fault != nil {
		t.Errorf("the imported class reads as %v", fault)
	}
}

// TestFileChannels holds that a file can't have posts go to another server, and
// that Discord is not asked without end.
func TestFileChannels(t *testing.T) {
	g := gymtest.New(t)
	asked := 0
	g.Access = func(_ context.Context, guild, id string) (bot.ChannelValue, error) {
		asked++
		switch {
		case guild != gymtest.IronID:
			t.Errorf("asked for a channel of %s", guild)
		case strings.HasSuffix(id, "1"):
			return bot.ChannelValue{ID: id, Perms: gymtest.Postable}, nil
		case strings.HasSuffix(id, "2"): // what the bot can't see may be another server's
			return bot.ChannelValue{ID: id}, nil
		}
		return bot.ChannelValue{}, bot.ErrNoChannel
	}
	g.Restart()
	g.RoleReach = func(_ context.Context, _, id string) (bot.RoleReach, error) {
		if strings.HasSuffix(id, "9") {
			return bot.RoleReach{}, bot.ErrNoRole
		}
		return bot.RoleReach{}, context.DeadlineExceeded
	}
	g.Restart()
	var said golden.Table
	class := func(at, more string) string { return "      - at: " + at + "\n" + more }
	file := func(classes ...string) string {
		return "version: 1\nplaces:\n  - name: Iron Garden\n    zone: Europe/Lisbon\n    classes:\n" + strings.Join(classes, "")
	}
	for _, tc := range []struct{ in, text string }{
		{"ours", file(class("mon 07:00", "        channel: \"111111111111111111\"\n"), class("tue 07:00", "        channel: \"111111111111111111\"\n"))},
		{"closed to the bot", file(class("mon 07:00", "        channel: \"111111111111111112\"\n"))},
		{"another server's", file(class("mon 07:00", "        channel: \"111111111111111113\"\n"))},
		{"a role that is gone", file(class("mon 07:00", "        ping: \"111111111111111119\"\n"))},
		{"a role that nobody tells of", file(class("mon 07:00", "        ping: \"111111111111111118\"\n"))},
	} {
		said.Row(tc.in, g.Hand(gymtest.Carl(), tc.text))
	}
	said.Compare(t, "class-file-channels")
	if asked != 3 {
		t.Errorf("asked %d times", asked)
	}
	var many []string
	for i := range 40 {
		many = append(many, class("mon "+schedule.Clock(i).String(), fmt.Sprintf("        channel: \"1111111111111%05d\"\n", i*10+1)))
	}
	asked = 0
	if got := golden.Shown(g.Hand(gymtest.Carl(), file(many...))); !strings.Contains(got, "or I can't see it") || asked > classfile.FileAsked {
		t.Errorf("asked %d times: %s", asked, got)
	}
}

// TestEveryFaultIsSaid holds that each code of lines and files has its sentence,
// and each reason for which an import leaves something out.
func TestEveryFaultIsSaid(t *testing.T) {
	g := gymtest.New(t)
	n := 0
	eachCode(t, func(kind, code string) {
		n++
		if kind == "Why" {
			if key := "class.file.why." + code; strings.HasPrefix(g.Content.Say("en", key, nil), "?") {
				t.Errorf("%s has no words", key)
			}
			return
		}
		said := classfile.FileFault(gymtest.Carl().Request(g, nil), timetable.Fault{N: 3, Text: "zone", Code: timetable.Code(code), Seen: "seen", Example: "example"})
		if strings.Contains(said, "?class") || strings.Contains(said, "<no value>") {
			t.Errorf("%s: %s", code, said)
		}
	})
	if n < 35 {
		t.Errorf("found %d codes only", n)
	}
}

// TestFileTwins names the classes of a file that are there already, and not those
// that it puts in the place of others.
func TestFileTwins(t *testing.T) {
	carl := gymtest.Carl()
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	text := strings.Replace(g.FileOut(carl), "classes:\n", "classes:\n      - at: mon 18:00\n      - at: fri 07:00\n", 1)
	reply := g.Hand(carl, text)
	golden.Reply(t, "class-file-twins", reply)
	apply, leave := golden.ID(t, reply, "Apply, and add one a second time"), golden.ID(t, reply, "Leave it")
	if got := golden.Shown(g.Press(carl, leave, nil)); !strings.Contains(got, "Nothing has changed") {
		t.Errorf("left, it says %s", got)
	}
	is := golden.Shown(g.Press(carl, apply, nil))
	if all, _ := g.Store.SeriesOf(t.Context(), gymtest.IronID); len(all) != 3 {
		t.Errorf("%d classes after Apply: %s", len(all), is)
	}
	if got := golden.Shown(g.Press(carl, leave, nil)); got != is {
		t.Errorf("left after Apply, it says %s", got)
	}
	g = gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	if got := golden.Shown(g.Hand(carl, strings.Replace(g.FileOut(carl), "- id: 1\n        at:", "- at:", 1))); strings.Contains(got, "xists already") {
		t.Errorf("in place of the same class it says %s", got)
	}
}
