package setup_test

import (
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestSwitches turns everything once off and once on. A second press of the
// same button turns nothing back.
func TestSwitches(t *testing.T) {
	g := gymtest.New(t)
	for _, tc := range []struct{ name, press, want string }{
		{"tidy", "Turn tidy off", "**Tidy** (older posts go): off"},
		{"tidy", "Turn tidy on", "**Tidy** (older posts go): on"},
		{"together", "Turn together off", "**Together** (channels follow a routine): off"},
		{"together", "Turn together on", "**Together** (channels follow a routine): on"},
		{"myth", "Turn Fact or gym myth on", "**Fact or gym myth**: on"},
		{"recap", "Turn the weekly recap on", "**The weekly recap**: on"},
		{"myth", "Turn Fact or gym myth off", "**Fact or gym myth**: off"},
		{"recap", "Turn the weekly recap off", "**The weekly recap**: off"},
		{"coach", "Remove the coach role", "No coach role: `/setup coach` names one"},
		{"log", "Remove the log channel", "No log channel: `/setup log` names one"},
	} {
		shown := g.Run(gymtest.Olga(), "setup", nil)
		id := golden.ID(t, shown, tc.press)
		first := g.Press(gymtest.Olga(), id, nil)
		if !strings.Contains(golden.Shown(first), tc.want) || !strings.Contains(golden.Shown(first), "Saved") {
			t.Errorf("%s led to %s", tc.press, golden.Shown(first))
		}
		again := g.Press(gymtest.Olga(), id, nil)
		if tc.want != "" && !strings.Contains(golden.Shown(again), tc.want) {
			t.Errorf("%s pressed again led to %s", tc.press, golden.Shown(again))
		}
		if was, is := golden.Labels(shown), golden.Labels(first); is[3][:6] != was[3][:6] || is[7] != was[7] || is[10] != was[10] {
			t.Errorf("%s: the buttons %q became %q", tc.press, was, is)
		}
	}
	if last := g.Run(gymtest.Olga(), "setup", nil); len(golden.Labels(last)) != 14 {
		t.Errorf("without role and log the buttons are %q", golden.Labels(last))
	}
}

// TestSetupWithClasses leads on to the classes, and no more to what a place may
// begin with.
func TestSetupWithClasses(t *testing.T) {
	g := gymtest.New(t)
	g.Saved("mon 18:00")
	golden.Reply(t, "setup-classes", g.Run(gymtest.Olga(), "setup", nil))
}

// TestWeeklies holds that turning a weekly post on makes one rule, whose troubles
// are told to the one who did.
func TestWeeklies(t *testing.T) {
	g := gymtest.New(t)
	golden.Reply(t, "setup-weekly-on", g.Tap(gymtest.Olga(), g.Run(gymtest.Olga(), "setup", nil), "Turn Fact or gym myth on"))
	g.Press(gymtest.Carl(), "setup1:recap/1/1", nil) // he may not
	g.Press(gymtest.Olga(), "setup1:recap/1/1", nil)
	kicks := g.Kicks
	g.Press(gymtest.Person{User: "1325750707814400044", Guild: gymtest.IronID, Channel: gymtest.ClassesID, Perms: bot.ManageServer}, "setup1:recap/1/1", nil)
	on, err := g.Store.Weeklies(t.Context(), 1)
	if err != nil || len(on) != 2 || g.Kicks != kicks {
		t.Fatalf("on: %+v, %v", on, err)
	}
	for i, want := range []struct {
		purpose schedule.Purpose
		rule    string
	}{{schedule.ForMyth, "Wednesdays at 12:00"}, {schedule.ForRecap, "Sundays at 19:00"}} {
		if s := on[i]; s.Purpose != want.purpose || s.Rule.Sentence(g.Content.In("en")) != want.rule || s.CreatedBy != gymtest.Olga().User || !s.CreatedAt.Equal(g.Time) {
			t.Errorf("%s is %+v", want.purpose, s)
		}
	}
	o := g.Post(on[1], schedule.KindRecap, g.Time, schedule.StateSending, "")
	o.State, o.Reason = schedule.StateFailed, schedule.ReasonPermission
	if err := g.Store.Break(t.Context(), "test", o, g.Time); err != nil {
		t.Fatal(err)
	}
	broken := g.Run(gymtest.Olga(), "setup", nil)
	golden.Reply(t, "setup-weekly-broken", broken)
	if n := golden.Words(broken); n > 120 {
		t.Errorf("%d words", n)
	}
	if all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID); err != nil || len(all) != 0 {
		t.Errorf("on the timetable are %v, %v", all, err)
	}
}

// TestPresets drafts what a place may begin with.
func TestPresets(t *testing.T) {
	g := gymtest.New(t)
	shown := g.Run(gymtest.Olga(), "setup", nil)
	if got := golden.ID(t, shown, "Class timetable"); got != "classmany1:1" {
		t.Errorf("the timetable's form is %s", got)
	}
	desk := g.Tap(gymtest.Olga(), shown, "Desk breaks 11:00 and 15:00")
	golden.Reply(t, "setup-preset-desk", desk)
	gym := g.Tap(gymtest.Olga(), shown, "Open gym") // which takes the place of the other
	golden.Reply(t, "setup-preset-gym", gym)
	if all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID); err != nil || len(all) != 0 {
		t.Fatalf("before Save there are %v, %v", all, err)
	}
	g.Tap(gymtest.Olga(), desk, "Save")
	g.Tap(gymtest.Olga(), g.Tap(gymtest.Olga(), shown, "Desk breaks 11:00 and 15:00"), "Save")
	g.Tap(gymtest.Olga(), g.Tap(gymtest.Olga(), shown, "Open gym"), "Save")
	all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID)
	if err != nil || len(all) != 2 {
		t.Fatalf("%d classes, %v", len(all), err)
	}
	if s := all[0]; s.Purpose != schedule.ForDesk || s.Length != 5*time.Minute || len(s.Posts()) != 1 {
		t.Errorf("the desk breaks are %+v", s)
	}
	if s := all[1]; s.Purpose != schedule.ForClass || s.Title != "Open gym" || s.Length != 2*time.Hour || s.Lead != 10*time.Minute || s.CoolDown {
		t.Errorf("open gym is %+v", s)
	}
	if labels := golden.Labels(g.Run(gymtest.Olga(), "setup", nil)); strings.HasPrefix(labels[0], "Class") {
		t.Errorf("with classes there are still presets: %q", labels)
	}
}

// TestSetupIsGuarded holds that neither the coach nor a member changes a place.
func TestSetupIsGuarded(t *testing.T) {
	g := gymtest.New(t)
	before := g.Dump()
	for _, p := range []gymtest.Person{gymtest.Carl(), gymtest.Mia(), gymtest.Rita(), {User: gymtest.Mia().User, Channel: "1325750707814400077"}} {
		for _, a := range []button.Act{button.ActShow, button.ActTidy, button.ActTogether, button.ActMyth, button.ActRecap, button.ActNoCoach, button.ActNoLog, button.ActGym, button.ActDesk, button.ActStart, button.ActChannel, button.ActLog, button.ActAsk, button.ActRemove} {
			for _, n := range []int64{0, 1} {
				if got := g.Press(p, "setup1:"+gymtest.ClassText(1, n, a), nil); len(golden.Buttons(got.Parts)) > 0 || strings.Contains(golden.Shown(got), "Iron") {
					t.Errorf("%s pressed %s and got %s", p.User, a, golden.Shown(got))
				}
			}
		}
	}
	if g.Dump() != before || g.Kicks > 0 || len(g.Published) > 0 {
		t.Error("who may not changed something")
	}
	for _, id := range []string{"setup1:tidy/1/2", "setup1:open/1/0", "setup1:/1/0"} {
		if got := golden.Shown(g.Press(gymtest.Olga(), id, nil)); id != "setup1:tidy/1/2" && !strings.Contains(got, "older") {
			t.Errorf("%s led to %s", id, got)
		}
	}
}
