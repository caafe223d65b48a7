package commands

import (
	"context"
	"fmt"
	"go/ast"
	"os"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/schedule"
	tablefile "unpinch/timetable"
)

// eachCode calls f with each stable word of the timetable's files.
func eachCode(t *testing.T, f func(kind, code string)) {
	t.Helper()
	eachLiteral(t, "../timetable", func(lit string, path []ast.Node) {
		if spec, ok := path[len(path)-2].(*ast.ValueSpec); ok {
			if kind, ok := spec.Type.(*ast.Ident); ok && (kind.Name == "Code" || kind.Name == "Why") {
				f(kind.Name, lit)
			}
		}
	})
}

// hand gives a file to /class file.
func (g *gym) hand(p person, text string) bot.Reply {
	g.t.Helper()
	g.Fetch = func(context.Context, bot.AttachmentValue, int) ([]byte, error) { return []byte(text), nil }
	g.restart()
	return g.run(p, "class file", map[string]any{"file": bot.AttachmentValue{ID: "9", Name: "t.yaml", Size: len(text)}})
}

// fileOut is the timetable as /class file gives it.
func (g *gym) fileOut(p person) string {
	g.t.Helper()
	return string(g.run(p, "class file", nil).Files[0].Data)
}

// fullGym fills a gym with all that a file has.
func fullGym(t *testing.T) *gym {
	g := newGym(t)
	ctx := t.Context()
	g.add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength: *heavy* #1", "ping": bot.RoleValue{ID: coachID, Mentionable: true}})
	g.add(map[string]any{"at": "first sat 10:00", "length": 90, "before": 0, "until": "2027-06-30"})
	g.add(map[string]any{"at": "sun 08:00", "before": 0, "cool_down": false, "channel": channel(generalID, 0, postable)})
	s, err := g.db.Series(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	r, err := s.Recurrence(g.Zones)
	if err != nil {
		t.Fatal(err)
	}
	monday, err := r.Next(g.now)
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
	by := schedule.By{UserID: carlID, At: g.now}
	for _, err := range []error{
		g.db.Skip(ctx, 1, monday, by),
		g.db.Move(ctx, 1, wednesday, wednesday.At.Add(90*60*1e9), by),
		g.db.CloseDays(ctx, s.Place.ID, []schedule.Date{day}, time.Time{}, by),
		g.db.Pause(ctx, 2, schedule.Date{Year: 2026, Month: 12, Day: 1}, by),
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
	golden.Reply(t, "class-file", g.run(carl(), "class file", nil))
	out := g.fileOut(carl())
	golden.Text(t, "class-file-yaml", out)
	before := g.dump()
	golden.Reply(t, "class-file-same", g.hand(carl(), out))
	if g.dump() != before {
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
	).Replace(g.fileOut(carl()))
	before := g.dump()
	reply := g.hand(carl(), text)
	golden.Reply(t, "class-file-difference", reply)
	if before == g.dump() {
		t.Error("no drafts are kept")
	}
	if all, _ := g.db.SeriesOf(t.Context(), ironID); len(all) != 3 {
		t.Errorf("%d classes before Apply", len(all))
	}
	golden.Reply(t, "class-file-applied", g.press(carl(), golden.ID(t, reply, "Apply"), nil))
	golden.Reply(t, "class-file-yaml-after", bot.Reply{Parts: []bot.Part{bot.Text(g.fileOut(carl()))}})
	again := golden.Shown(g.press(carl(), golden.ID(t, reply, "Apply"), nil))
	if !strings.HasPrefix(again, "This draft is over") {
		t.Errorf("applied twice it says %s", again)
	}
	if got := golden.Shown(g.hand(carl(), g.fileOut(carl()))); !strings.Contains(got, "No difference") {
		t.Errorf("the file after Apply: %s", got)
	}
}

// TestFileApplyChecks holds who may apply, and that memory is not guessed at.
func TestFileApplyChecks(t *testing.T) {
	g := fullGym(t)
	text := strings.Replace(g.fileOut(carl()), "closed: [2026-12-24]", "closed: []", 1)
	reply := g.hand(carl(), text)
	apply := golden.ID(t, reply, "Apply")
	before := g.dump()
	for _, p := range []person{mia(), olga(), rita()} {
		if got := golden.Shown(g.press(p, apply, nil)); !strings.HasPrefix(got, "That file has waited") {
			t.Errorf("%s applies what carl sent: %s", p.user, got)
		}
	}
	lost := carl()
	lost.roles = nil
	if got := golden.Shown(g.press(lost, apply, nil)); !strings.HasPrefix(got, "Changing classes needs") {
		t.Errorf("without the role: %s", got)
	}
	g.restart()
	if got := golden.Shown(g.press(carl(), apply, nil)); !strings.HasPrefix(got, "That file has waited") {
		t.Errorf("after a restart: %s", got)
	}
	reply = g.hand(carl(), text)
	if got := golden.Shown(g.press(carl(), golden.ID(t, reply, "Leave it"), nil)); !strings.HasPrefix(got, "Nothing has changed") {
		t.Errorf("Leave it says %s", got)
	}
	if g.dump() != before {
		t.Error("a refusal changed something")
	}
}

// TestFileRefused has words for each file that can't be taken.
func TestFileRefused(t *testing.T) {
	g := fullGym(t)
	out := g.fileOut(carl())
	var said golden.Table
	far := "  - name: Iron Garden\n    zone: Europe/Lisbon\n    classes:\n"
	for _, tc := range []struct{ in, text string }{
		{"nothing", ""},
		{"no YAML", "a: [b"},
		{"faults by line", strings.NewReplacer("Europe/Lisbon", "Europe/Lisbn", "length_min: 90", "length_min: 4", "cool_down: false", "cool_down: perhaps").Replace(out)},
		{"another server's channel", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        channel: \"999999999999999999\"\n"},
		{"a ping of everyone", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        ping: \"" + ironID + "\"\n"},
		{"a ping without a pre", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        before_min: 0\n        ping: \"" + coachID + "\"\n"},
		{"a pause for years", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        paused_until: 2099-01-01\n"},
		{"a last day that is over", "version: 1\nplaces:\n" + far + "      - at: mon 07:00\n        until: 2026-01-01\n"},
		{"too many", "version: 1\nplaces:\n" + far + manyYAML(201)},
		{"CSV of someone", "a,b,c\n1,2,3\n"},
		{"JSON of someone", "{}"},
		{"a place that isn't here", "version: 1\nplaces:\n  - name: Oslo\n    zone: Europe/Oslo\n    classes:\n      - at: mon 07:00\n"},
		{"another clock", strings.Replace(out, "Europe/Lisbon", "Europe/Oslo", 1)},
	} {
		said.Row(tc.in, g.hand(carl(), tc.text))
	}
	for in, err := range map[string]error{"too big": &bot.TooBigError{Size: 9 << 20, Max: 4 << 20}, "unreachable": bot.ErrUnreachable} {
		g.Fetch = func(context.Context, bot.AttachmentValue, int) ([]byte, error) { return nil, err }
		g.restart()
		golden.Reply(t, "class-file-"+strings.ReplaceAll(in, " ", "-"), g.run(carl(), "class file", map[string]any{"file": bot.AttachmentValue{ID: "9"}}))
	}
	g.Fetch = nil
	g.restart()
	said.Row("without a bot", g.run(carl(), "class file", map[string]any{"file": bot.AttachmentValue{ID: "9"}}))
	said.Row("as mia", g.run(mia(), "class file", nil))
	said.Row("without a place", g.run(rita(), "class file", nil))
	said.Compare(t, "class-file-refusals")
	g.sydney()
	if got := golden.Shown(g.hand(carl(), "version: 1\nplaces:\n  - name: Sydney hall\n    zone: Australia/Sydney\n    classes:\n      - at: mon 07:00\n")); !strings.HasPrefix(got, "Changing classes needs") {
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
	slow(t)
	g := newGym(t)
	g.fill(200)
	out := g.fileOut(carl())
	reply := g.hand(carl(), strings.ReplaceAll(out, "length_min: 60", "length_min: 45"))
	golden.Reply(t, "class-file-200", reply)
	if len(reply.Files) != 1 || strings.Count(string(reply.Files[0].Data), "60 min → 45 min") != 200 {
		t.Errorf("the file has %s", reply.Files)
	}
	g.press(carl(), golden.ID(t, reply, "Apply"), nil)
	if out := g.fileOut(carl()); strings.Count(out, "length_min: 45") != 200 {
		t.Error("not all classes were changed")
	}
}

// TestImports shows what of other bots' files becomes a class.
func TestImports(t *testing.T) {
	g := newGym(t)
	read := func(name string) string {
		data, err := os.ReadFile("../timetable/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	golden.Reply(t, "class-file-json", g.hand(carl(), read("lovinator.json")))
	reply := g.hand(carl(), read("reminder-bot.csv"))
	golden.Reply(t, "class-file-csv", reply)
	g.press(carl(), golden.ID(t, reply, "Apply"), nil)
	all, err := g.db.SeriesOf(t.Context(), ironID)
	if err != nil || len(all) == 0 || all[0].CreatedBy != carlID || all[0].ChannelID != classesID {
		t.Errorf("imported %+v, %v", all, err)
	}
	if _, faults := tablefile.ParseLines(lineOf(all[0])); len(faults) > 0 {
		t.Errorf("the imported class reads as %v", faults)
	}
}

// TestFileChannels holds that a file can't have posts go to another server, and
// that Discord is not asked without end.
func TestFileChannels(t *testing.T) {
	g := newGym(t)
	asked := 0
	g.Access = func(_ context.Context, guild, id string) (bot.ChannelValue, error) {
		asked++
		switch {
		case guild != ironID:
			t.Errorf("asked for a channel of %s", guild)
		case strings.HasSuffix(id, "1"):
			return bot.ChannelValue{ID: id, Perms: postable}, nil
		case strings.HasSuffix(id, "2"): // what the bot can't see may be another server's
			return bot.ChannelValue{ID: id}, nil
		}
		return bot.ChannelValue{}, bot.ErrNoChannel
	}
	g.restart()
	g.RoleReach = func(_ context.Context, _, id string) (bot.RoleReach, error) {
		if strings.HasSuffix(id, "9") {
			return bot.RoleReach{}, bot.ErrNoRole
		}
		return bot.RoleReach{}, context.DeadlineExceeded
	}
	g.restart()
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
		said.Row(tc.in, g.hand(carl(), tc.text))
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
	if got := golden.Shown(g.hand(carl(), file(many...))); !strings.Contains(got, "or I can't see it") || asked > fileAsked {
		t.Errorf("asked %d times: %s", asked, got)
	}
}
