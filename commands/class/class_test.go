package class_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unpinch/commands/draft"
	"unpinch/commands/place"
	"unpinch/timetable"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestClassAdd holds the contract of each kind of class.
func TestClassAdd(t *testing.T) {
	gymtest.Slow(t)
	role := bot.RoleValue{ID: gymtest.CoachID, Name: "lifters"}
	open := bot.RoleValue{ID: gymtest.CoachID, Name: "lifters", Mentionable: true}
	for _, tc := range []struct {
		name    string
		options map[string]any
	}{
		{"plain", map[string]any{"at": "mon wed fri 18:00"}},
		{"full", map[string]any{"at": "tue thu 07:00, 18:00", "title": "  Strength *and*   <@1> ", "until": "2026-12-18", "ping": open, "length": 45, "before": 20}},
		{"ping-nobody", map[string]any{"at": "mon 18:00", "ping": role}},
		{"ping-elsewhere", map[string]any{"at": "mon 18:00", "ping": role, "channel": gymtest.Channel(gymtest.GeneralID, 0, gymtest.Postable|bot.MentionEveryone)}},
		{"closed-channel", map[string]any{"at": "mon 18:00", "channel": gymtest.Channel(gymtest.GeneralID, 0, bot.ViewChannel)}},
		{"no-pre", map[string]any{"at": "mon 18:00", "before": 0}},
		{"no-posts", map[string]any{"at": "mon 18:00", "before": 0, "cool_down": false}},
		{"no-cool-down", map[string]any{"at": "mon 18:00", "cool_down": false}},
		{"gap", map[string]any{"at": "sun 01:30"}},
		{"last", map[string]any{"at": "sun 18:00", "until": "2026-11-22"}},
	} {
		g := gymtest.New(t)
		reply := g.Run(gymtest.Carl(), "class add", tc.options)
		golden.Reply(t, "class-add-"+tc.name, reply)
		if n := golden.Words(reply); n > 120 {
			t.Errorf("%s: %d words", tc.name, n)
		}
		if g.Kicks != 0 {
			t.Errorf("%s: a draft has told the engine", tc.name)
		}
	}
}

func TestClassAddWithoutClockChange(t *testing.T) {
	g := gymtest.New(t, true)
	g.Run(gymtest.Olga(), "setup", map[string]any{"zone": "Asia/Kolkata"})
	golden.Reply(t, "class-add-no-change", g.Run(gymtest.Olga(), "class add", map[string]any{"at": "daily 06:00"}))
}

// TestClassAddRefuses puts every way to be refused into words.
func TestClassAddRefuses(t *testing.T) {
	g := gymtest.New(t)
	before := g.Dump()
	var said golden.Table
	faults := []string{"", "mon " + strings.Repeat("x", 400), "mon 9 pm-ish", "mon 25:00", "mon 18", "32nd 18:00", "18:00", "mon wed", "mon 18:00 6pm",
		"* * * * *", "18:00 mon 19:00", "first mon 15th 19:00", "mon 18:00-19:00 and wed 19:00-20:30", "mon to", "every 60 weeks sat 09:00 from 2026-12-05",
		"every 2 weeks sat 09:00", "every 2 hours", "mon 24 dec 18:00", "twice a week mon 18:00", "every second sat 09:00", "TZ=UTC", "@daily", "61 18 * * *", "0 18 * *", "0 18 30 2 *"}
	kinds := map[schedule.Fault]bool{}
	for _, at := range faults {
		_, err := schedule.Read(at, schedule.Here{Today: schedule.DateOf(g.Time)})
		if pe, ok := err.(*schedule.ParseError); ok {
			kinds[pe.Fault] = true
		}
		said.Row(fmt.Sprintf("at: %.40s", at), g.Run(gymtest.Carl(), "class add", map[string]any{"at": at}))
	}
	if len(kinds) != len(faults) {
		t.Errorf("%d kinds of faults in %d rows", len(kinds), len(faults))
	}
	for _, tc := range []struct {
		in      string
		options map[string]any
	}{
		{"until: yesterday", map[string]any{"until": "2026-11-21"}},
		{"until: words", map[string]any{"until": "next christmas"}},
		{"until: 6,000 letters", map[string]any{"until": strings.Repeat("x", 6000)}},
		{"until: before the first", map[string]any{"until": "2026-11-22"}},
		{"until: the pre has passed, no cool-down", map[string]any{"at": "sun 12:05", "until": "2026-11-22", "cool_down": false}},
		{"title: 61 letters", map[string]any{"title": strings.Repeat("x", 61)}},
		{"ping: @everyone", map[string]any{"ping": bot.RoleValue{ID: gymtest.IronID, Name: "@everyone"}}},
		{"ping without a pre post", map[string]any{"ping": bot.RoleValue{ID: gymtest.CoachID}, "before": 0}},
	} {
		if tc.options["at"] == nil {
			tc.options["at"] = "mon 18:00"
		}
		said.Row(tc.in, g.Run(gymtest.Carl(), "class add", tc.options))
	}
	said.Row("as mia", g.Run(gymtest.Mia(), "class add", map[string]any{"at": "mon 18:00"}))
	said.Row("where there is no place", g.Run(gymtest.Rita(), "class add", map[string]any{"at": "mon 18:00"}))
	said.Row("list where there is no place", g.Run(gymtest.Rita(), "class list", nil))
	said.Row("history where there is no place", g.Run(gymtest.Rita(), "class history", nil))
	said.Compare(t, "class-add-refusals")
	if g.Dump() != before || g.Kicks != 0 {
		t.Error("a refusal changed something")
	}
	g.Run(gymtest.Olga(), "setup", map[string]any{"zone": "Lisbon"})
	p := g.Place(gymtest.Rita().Guild, "Rival")
	p.CoachRole = ""
	if _, err := g.Store.SavePlace(t.Context(), p, schedule.By{At: g.Time}); err != nil {
		t.Fatal(err)
	}
	member := gymtest.Rita()
	member.Perms = 0
	golden.Reply(t, "class-add-no-coach-role", g.Run(member, "class add", map[string]any{"at": "mon 18:00"}))
}

// must returns a reply that has to be there.
func must(t *testing.T) func(bot.Reply, error) bot.Reply {
	return func(r bot.Reply, err error) bot.Reply {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}

// longestRules are as long as rules and their sentences get.
func longestRules() []string {
	var times, dates []string
	for h := range 24 {
		times = append(times, fmt.Sprintf("%dh", h))
	}
	for d := 1; d <= 31; d++ {
		suffix := "th"
		if d < 4 || d > 20 && d < 24 || d == 31 {
			suffix = []string{"th", "st", "nd", "rd"}[d%10]
		}
		dates = append(dates, fmt.Sprintf("%d%s", d, suffix))
	}
	odd := strings.ReplaceAll(strings.Join(times, " "), "23h", "2330")
	return []string{
		strings.Join(dates, " ") + " last day " + strings.Join(times[:20], " "),
		"first second third fourth fifth last mon tue wed thu fri sat " + odd,
		"every 52 weeks mon tue wed thu fri sat " + odd + " from 2999-12-05",
		"1,3,5 0,2,4,6,8,10,12,14 1-30 1,2,3,4,5,6,7,8,9,10,11 0,2,4",
	}
}

// TestLongestClass takes the longest class through every card.
func TestLongestClass(t *testing.T) {
	gymtest.Slow(t)
	for _, rule := range longestRules() {
		g := gymtest.New(t, true)
		g.Place(gymtest.IronID, strings.Repeat("*", place.NameMax))
		g.Add(map[string]any{"at": rule, "title": strings.Repeat("_", timetable.MaxTitle), "until": "9999-12-31",
			"ping": bot.RoleValue{ID: gymtest.CoachID}, "length": 600, "before": 120})
		g.Run(gymtest.Carl(), "class add", map[string]any{"at": rule, "title": strings.Repeat("_", timetable.MaxTitle)})
		s := g.Only()
		draft := button.ClassFormID.For(button.ClassState{Act: button.ActSave, ID: s.ID + 1, N: 0})
		form := g.Press(gymtest.Carl(), draft, nil)
		fields := map[string]string{}
		for _, f := range form.Modal.Fields {
			fields[f.ID] = f.Value
		}
		g.Press(gymtest.Carl(), form.Modal.ID, fields)
		g.Press(gymtest.Carl(), button.ClassSetID.For(button.ClassState{Act: button.ActAlways, ID: s.ID, N: 0}), map[string]string{"at": longestRules()[1] + " 23:45"})
		g.Press(gymtest.Carl(), button.ClassSetID.For(button.ClassState{Act: button.ActEdit, ID: s.ID, N: 0}), map[string]string{"at": longestRules()[2], "title": strings.Repeat("*", timetable.MaxTitle)})
		g.FileOut(gymtest.Carl())
		g.Hand(gymtest.Carl(), strings.ReplaceAll(g.FileOut(gymtest.Carl()), "length_min: 600", "length_min: 60"))
		for _, a := range []button.Act{button.ActShow, button.ActHistory, button.ActAsk, button.ActNow, button.ActMend, button.ActOff, button.ActOwner} {
			g.Press(gymtest.Carl(), button.ClassID.For(button.ClassState{Act: a, ID: s.ID, N: 1}), nil)
		}
		g.Press(gymtest.Carl(), button.ClassLookID.For(button.ClassState{Act: button.ActShow, ID: s.ID, N: 0}), nil)
		for _, k := range []schedule.Kind{schedule.KindPre, schedule.KindCoolDown, schedule.KindNow} {
			g.Said(gymtest.Carl(), must(t)(g.Render(s, schedule.Occurrence{ID: 1 << 62, Kind: k, DueAt: g.Time, StartAt: g.Time}, true)), nil)
		}
		s.BrokenAt, s.BrokenWhy = g.Time, schedule.ReasonPermission
		for _, k := range []schedule.Kind{schedule.KindAlert, schedule.KindLog} {
			g.Said(gymtest.Carl(), must(t)(g.Render(s, schedule.Occurrence{ID: 1 << 62, Kind: k}, false)), nil)
		}
		g.Run(gymtest.Carl(), "class list", nil)
		g.Press(gymtest.Carl(), button.ClassID.For(button.ClassState{Act: button.ActRemove, ID: s.ID, N: 0}), nil)
	}
}

// TestCap refuses the class after the last, at the draft and at Save.
func TestCap(t *testing.T) {
	gymtest.Slow(t)
	g := gymtest.New(t)
	for range schedule.ClassesMax - 1 {
		g.Add(map[string]any{"at": "mon 18:00"})
	}
	last := g.Run(gymtest.Carl(), "class add", map[string]any{"at": "mon 18:00"})
	second := g.Run(gymtest.Coach(0), "class add", map[string]any{"at": "mon 18:00"})
	g.Tap(gymtest.Carl(), last, "Add it a second time")
	before := g.Dump()
	want := golden.Shown(g.Run(gymtest.Carl(), "class add", map[string]any{"at": "mon 18:00"}))
	if got := golden.Shown(g.Tap(gymtest.Coach(0), second, "Add it a second time")); got != want || !strings.Contains(got, "200 classes") {
		t.Errorf("Save said %q, the command %q", got, want)
	}
	if g.Dump() != before {
		t.Error("a refusal changed something")
	}
	list := g.Tap(gymtest.Mia(), g.Run(gymtest.Mia(), "class list", nil), "All classes")
	golden.Reply(t, "class-list-200", list)
	for page := 2; page <= 8; page++ {
		list = g.Press(gymtest.Mia(), golden.ID(t, list, "Next page"), nil)
	}
	golden.Reply(t, "class-list-200-last", list)
}

// TestDraft follows a draft through its form and Save.
func TestDraft(t *testing.T) {
	g := gymtest.New(t)
	contract := g.Run(gymtest.Carl(), "class add", map[string]any{"at": "mon wed fri 18:00", "title": "Strength", "ping": bot.RoleValue{ID: gymtest.CoachID}})
	form := g.Press(gymtest.Carl(), golden.ID(t, contract, "Change"), nil)
	golden.Reply(t, "class-change", form)
	var said golden.Table
	for _, tc := range []struct{ in, at, length, title string }{
		{"no time", "mon", "60", ""},
		{"4 minutes", "mon 18:00", "4", ""},
		{"an hour", "mon 18:00", "1h", ""},
		{"no minutes", "mon 18:00", " ", ""},
		{"61 letters", "mon 18:00", "60", strings.Repeat("x", 61)},
	} {
		said.Row(tc.in, g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"at": tc.at, "length": tc.length, "title": tc.title}))
	}
	said.Compare(t, "class-change-refusals")
	changed := g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"at": "sat 10:00", "length": " 75 ", "title": ""})
	golden.Reply(t, "class-changed", changed)
	golden.Reply(t, "class-preview", g.Press(gymtest.Carl(), golden.ID(t, changed, "Preview"), nil))
	golden.Reply(t, "class-saved", g.Press(gymtest.Carl(), golden.ID(t, changed, "Save"), nil))
	if g.Kicks != 1 {
		t.Errorf("the engine was told %d times", g.Kicks)
	}
	before := g.Dump()
	golden.Reply(t, "class-saved-before", g.Press(gymtest.Carl(), golden.ID(t, changed, "Save"), nil))
	is := golden.Shown(g.Press(gymtest.Carl(), golden.ID(t, changed, "Save"), nil))
	for _, id := range []string{form.Modal.ID, golden.ID(t, contract, "Save"), golden.ID(t, contract, "Change"), golden.ID(t, changed, "Change")} {
		if got := golden.Shown(g.Press(gymtest.Carl(), id, map[string]string{"at": "sun 10:00", "length": "75"})); got != is || g.Dump() != before {
			t.Errorf("%s of a saved draft shows %s", id, got)
		}
	}
}

// TestDraftIsItsOwn refuses what is another's, too old, or no longer theirs to
// save.
func TestDraftIsItsOwn(t *testing.T) {
	g := gymtest.New(t)
	contract := g.Run(gymtest.Carl(), "class add", map[string]any{"at": "mon 18:00"})
	before := g.Dump()
	fields := map[string]string{"at": "sun 10:00", "length": "75"}
	lost := gymtest.Carl()
	lost.Roles = nil
	for name, tc := range map[string]struct {
		who  gymtest.Person
		want string
	}{
		"an admin": {gymtest.Olga(), "This draft is over"}, "a member": {gymtest.Mia(), "This draft is over"}, "another server": {gymtest.Rita(), ""},
		"the coach without the role": {lost, "Changing classes at"},
	} {
		for _, id := range []string{golden.ID(t, contract, "Save"), golden.ID(t, contract, "Change"), "classset1:save/1/0"} {
			if got := golden.Shown(g.Press(tc.who, id, fields)); !strings.Contains(got, tc.want) || strings.Contains(got, "18:00") {
				t.Errorf("%s pressed %s: %s", name, id, got)
			}
		}
		if got := golden.Shown(g.Press(tc.who, golden.ID(t, contract, "Preview"), nil)); strings.Contains(got, "warm up") {
			t.Errorf("%s sees the draft of another: %s", name, got)
		}
	}
	g.Time = g.Time.Add(draft.Life)
	for _, label := range []string{"Save", "Change", "Preview"} {
		if got := golden.Shown(g.Press(gymtest.Carl(), golden.ID(t, contract, label), nil)); !strings.HasPrefix(got, "This draft is over") {
			t.Errorf("%s after its time: %s", label, got)
		}
	}
	golden.Reply(t, "class-draft-gone", g.Tap(gymtest.Carl(), contract, "Save"))
	if g.Dump() != before || g.Kicks != 0 {
		t.Error("a refusal changed something")
	}
}

// TestSaveTooLate refuses a draft whose last post went by while it waited.
func TestSaveTooLate(t *testing.T) {
	g := gymtest.New(t)
	contract := g.Run(gymtest.Carl(), "class add", map[string]any{"at": "sun 12:15", "until": "2026-11-22", "cool_down": false})
	g.Time = g.Time.Add(6 * time.Minute)
	if got := golden.Shown(g.Press(gymtest.Carl(), golden.ID(t, contract, "Save"), nil)); !strings.HasPrefix(got, "With that last day") {
		t.Errorf("Save said %s", got)
	}
}

// TestPreviewWithoutAStart has words where there is nothing to show.
func TestPreviewWithoutAStart(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00", "until": "2026-11-23"})
	g.Time = g.Time.AddDate(0, 0, 7)
	golden.Reply(t, "class-over-preview", g.Press(gymtest.Carl(), button.ClassLookID.For(button.ClassState{Act: button.ActShow, ID: 1, N: 0}), nil))
}
