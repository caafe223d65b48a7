package me_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// TestReminderRules compares the answer to each rule, on a Sunday at noon in
// Lisbon.
func TestReminderRules(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": "Europe/Lisbon"})
	var b golden.Table
	before := g.Dump()
	for _, at := range []string{"", " ", "weekdays", "11:00", "eleven o'clock", "mon 11-12", "mon 11:00-12:00", "18:00 mon 19:00", "0 11 * *", "TZ=Europe/Paris daily 11:00",
		"@daily", "every 2 weeks sat 09:00", "0 11 30 2 *", "daily 11:00 11:00",
		"every 2 weeks sat 09:00 from 2999-12-05", strings.Repeat("mon ", 100) + "11:00"} {
		reply := g.Run(gymtest.Mia(), "me reminders", map[string]any{"at": at})
		b.Row("/me reminders at:"+input.Seen(at), reply)
	}
	if g.Dump() != before {
		t.Error("a rule that can't be read was kept")
	}
	for _, options := range []map[string]any{
		{"at": "weekdays 11:00"},
		{"at": "mon thu 7:30am", "routine": "pre"},
		{"at": "first sat 10:00 15:00", "routine": "mine"},
		{"at": "30 1 * * *", "routine": "calm", "zone": "Berlin"},
	} {
		b.Row("/me reminders "+optionText(options), words(g.Run(gymtest.Mia(), "me reminders", options)))
	}
	b.Row("/me reminders", g.Run(gymtest.Mia(), "me reminders", nil))
	if g.Kicks < 4 || g.Set().Zone != "Europe/Berlin" {
		t.Errorf("the engine was told %d times, the zone is %s", g.Kicks, g.Set().Zone)
	}
	for i, s := range g.Reminders(gymtest.Mia()) {
		want := []string{"desk", "pre", "mine", "calm"}[i]
		if s.Routine != want || s.Place.Zone != "Europe/Berlin" || s.CreatedBy != gymtest.Mia().User {
			t.Errorf("kept %+v", s)
		}
	}
	b.Compare(t, "reminders-rules")
}

// TestReminderFromStartToStop follows a reminder from the first card on, of a
// member who has neither agreed to anything nor set a zone.
func TestReminderFromStartToStop(t *testing.T) {
	g := gymtest.New(t)
	before := g.Dump()
	var b golden.Table
	first := g.Run(gymtest.Mia(), "me reminders", nil)
	b.Row("/me reminders", first)
	form := golden.ID(t, first, "Add a reminder")
	b.Row("Add a reminder", g.Press(gymtest.Mia(), form, nil))
	fields := func(at, zone string) map[string]string {
		return map[string]string{"at": at, "routine": "calm", "zone": zone}
	}
	odd := g.Press(gymtest.Mia(), "remindersset1:show", fields("wekdays 25:00", "Atlantis"))
	b.Row("a rule that can't be read", odd)
	b.Row("Change what I typed", g.Press(gymtest.Mia(), golden.ID(t, odd, "Change what I typed"), nil))
	b.Row("a zone that isn't there", g.Press(gymtest.Mia(), "remindersset1:show", fields("weekdays 11:00", "Atlantis")))
	b.Row("no zone", g.Press(gymtest.Mia(), "remindersset1:show", fields("weekdays 11:00", " ")))
	ask := g.Press(gymtest.Mia(), "remindersset1:show", fields("weekdays 11:00", "Lisbon"))
	b.Row("both", ask)
	g.Press(gymtest.Mia(), golden.ID(t, ask, "No, keep nothing"), nil)
	if g.Dump() != before {
		t.Fatalf("something was kept before consent:\n%s", g.Dump())
	}
	saved := g.Press(gymtest.Mia(), golden.ID(t, ask, iAgree), nil)
	b.Row("I agree", saved)
	if g.Set().Zone != "Europe/Lisbon" || len(g.Reminders(gymtest.Mia())) != 1 {
		t.Errorf("kept %+v and %d reminders", g.Set(), len(g.Reminders(gymtest.Mia())))
	}
	list := g.Press(gymtest.Mia(), golden.ID(t, saved, "All my reminders"), nil)
	b.Row("All my reminders", list)
	one := g.Press(gymtest.Mia(), "reminders1:pick", nil, "1")
	b.Row("picked", one)
	paused := g.Press(gymtest.Mia(), golden.ID(t, one, "Pause it for a week"), nil)
	b.Row("Pause it for a week", paused)
	b.Row("/me reminders", g.Run(gymtest.Mia(), "me reminders", nil))
	b.Row("Go on now", g.Press(gymtest.Mia(), golden.ID(t, paused, "Go on now"), nil))
	g.Press(gymtest.Mia(), golden.ID(t, one, "Pause it for 4 weeks"), nil)
	if got := g.Reminders(gymtest.Mia())[0].PausedUntil.String(); got != "2026-12-20" {
		t.Errorf("paused until %s", got)
	}
	b.Row("Stop this one", g.Press(gymtest.Mia(), golden.ID(t, one, "Stop this one"), nil))
	b.Row("again", g.Press(gymtest.Mia(), golden.ID(t, saved, "Take it back"), nil))
	if n := len(g.Reminders(gymtest.Mia())); n != 0 {
		t.Errorf("%d left", n)
	}
	b.Compare(t, "reminders-flow")
}

// TestReminderAsksWhoseClock: a server's zone can be taken over, and is never
// taken for granted.
func TestReminderAsksWhoseClock(t *testing.T) {
	g := gymtest.New(t)
	before := g.Dump()
	whose := g.Run(gymtest.Mia(), "me reminders", map[string]any{"at": "weekdays 11:00"})
	golden.Reply(t, "reminders-whose", whose)
	if g.Dump() != before {
		t.Fatal("something was kept")
	}
	ask := g.Press(gymtest.Mia(), golden.ID(t, whose, "Use Europe/Lisbon"), nil)
	g.Press(gymtest.Mia(), golden.ID(t, ask, iAgree), nil)
	if g.Set().Zone != "Europe/Lisbon" || len(g.Reminders(gymtest.Mia())) != 1 {
		t.Errorf("kept %+v and %d reminders", g.Set(), len(g.Reminders(gymtest.Mia())))
	}
	dm := gymtest.Person{User: gymtest.CarlID, Channel: "1325750707814400077"}
	if labels := golden.Buttons(g.Run(dm, "me reminders", map[string]any{"at": "weekdays 11:00"}).Parts); len(labels) != 1 {
		t.Errorf("in a DM it offers %v", labels)
	}
	// The zone alone is a setting.
	g.Agree(gymtest.Carl())
	if c := golden.Shown(g.Run(dm, "me reminders", map[string]any{"zone": "Tokyo"})); !strings.Contains(c, "Asia/Tokyo") {
		t.Errorf("the zone alone is answered by %s", c)
	}
}

// TestALongRuleIsNotLost: a rule that does not fit into a button survives the
// consent card.
func TestALongRuleIsNotLost(t *testing.T) {
	g := gymtest.New(t)
	const long = "weekdays 06:00 06:10 06:20 06:30 06:40 06:50 07:00 07:10 07:20 07:30 07:40 07:50"
	ask := g.Run(gymtest.Mia(), "me reminders", map[string]any{"at": long, "routine": "desk", "zone": "Europe/Lisbon"})
	golden.Reply(t, "reminders-long", g.Press(gymtest.Mia(), golden.ID(t, ask, iAgree), nil))
	kept := g.Reminders(gymtest.Mia())
	if len(kept) != 1 || len(kept[0].Rule.Times()) != 12 {
		t.Errorf("kept %+v", kept)
	}
	g.Restart() // nothing is remembered any more
	golden.Reply(t, "reminders-long-lost", g.Press(gymtest.Mia(), golden.ID(t, ask, iAgree), nil))
}

func TestReminderLimits(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": "Europe/Lisbon"})
	for i := range schedule.RemindersMax {
		g.Run(gymtest.Mia(), "me reminders", map[string]any{"at": fmt.Sprintf("daily %02d:00", i)})
	}
	full := g.Dump()
	golden.Reply(t, "reminders-full", g.Run(gymtest.Mia(), "me reminders", map[string]any{"at": "daily 23:00", "zone": "Tokyo"}))
	if g.Dump() != full {
		t.Error("one too many changed something")
	}
	golden.Reply(t, "reminders-ten", g.Run(gymtest.Mia(), "me reminders", nil))
}

// TestReminderClockChange: the card says what a change of the clock does, also
// where it leaves the hour out.
func TestReminderClockChange(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	var b golden.Table
	for _, options := range []map[string]any{{"at": "daily 01:30", "zone": "Europe/Lisbon"}, {"at": "daily 01:30", "zone": "Asia/Tokyo"}, {"at": "0 11 29 2 *"}, {"at": "sun 18:00", "zone": "America/New_York"}} {
		b.Row(optionText(options), words(g.Run(gymtest.Mia(), "me reminders", options)))
	}
	g.Run(gymtest.Mia(), "me pause", map[string]any{"until": "2026-12-05"})
	b.Row("/me reminders, paused", g.Run(gymtest.Mia(), "me reminders", nil))
	b.Compare(t, "reminders-clocks")
}

// TestRemindersAreOnesOwn presses others' reminders and follows with made-up
// custom IDs: they are refused and change nothing.
func TestRemindersAreOnesOwn(t *testing.T) {
	g := gymtest.New(t)
	for _, p := range []gymtest.Person{gymtest.Mia(), gymtest.Carl(), gymtest.Olga()} {
		g.Agree(p)
	}
	g.Run(gymtest.Mia(), "me reminders", map[string]any{"at": "mon 11:11", "zone": "Asia/Tokyo"})
	g.Run(gymtest.Carl(), "me reminders", map[string]any{"at": "tue 12:12", "zone": "Europe/Paris"})
	g.Add(map[string]any{"at": "wed 13:13"})
	class := g.Reminders(gymtest.Mia())[0].ID + 2
	s, err := g.Store.Series(t.Context(), class)
	if err != nil || s.Purpose != schedule.ForClass {
		t.Fatalf("%+v, %v", s, err)
	}
	g.Follow(gymtest.Mia(), schedule.Follow{Place: s.Place, ClassID: s.ID, Days: schedule.EveryDay})
	g.Run(gymtest.Mia(), "me nudge", map[string]any{"days": "7"})
	mine := g.Reminders(gymtest.Mia())[0].ID
	before, kicks := g.Dump(), g.Kicks
	for who, p := range map[string]gymtest.Person{"carl": gymtest.Carl(), "olga": gymtest.Olga(), "rita": gymtest.Rita()} {
		for _, act := range []string{"pick", "week", "weeks", "resume", "stop", "Stop", ""} {
			for _, id := range []string{fmt.Sprint(mine), fmt.Sprint(class), "-1", "0", "", "x", "1e0", "+1", fmt.Sprint(math.MaxInt64), "99999999999999999999"} {
				reply := g.Press(p, "reminders1:"+act+"/"+id, nil)
				refuses(t, who+" "+act+" "+id, reply, "11:11", "Tokyo", "13:13")
				if act == "pick" && id != "" {
					refuses(t, who+" picks "+id, g.Press(p, "reminders1:pick", nil, id), "11:11", "Tokyo", "13:13")
				}
			}
		}
		for _, id := range []string{"1", "2", "-1", "x", "0", ""} {
			refuses(t, who+" ends follow "+id, g.Press(p, "notifyme1:pick", nil, id), "13:13")
		}
		for _, id := range []string{"reminders1:add/", "reminders1:add/|", "reminders1:add/||", "reminders1:add/Mars|desk|daily 10:00", "reminders1:add", "remindersform1:", "reminders1:x"} {
			g.Press(p, id, nil)
		}
		if after := g.Dump(); after != before || g.Kicks != kicks {
			t.Fatalf("%s changed\n%s\nto\n%s", who, before, after)
		}
	}
	g.Press(gymtest.Rita(), "notifyme1:none", nil)
	g.Press(gymtest.Rita(), "notifyme1:again", nil)
	g.Press(gymtest.Rita(), "pauseme1:end", nil)
	if after := g.Dump(); after != before {
		t.Fatalf("rita changed\n%s\nto\n%s", before, after)
	}
}

func refuses(t *testing.T, what string, r bot.Reply, secrets ...string) {
	t.Helper()
	for _, s := range secrets {
		if strings.Contains(golden.Shown(r), s) {
			t.Errorf("%s shows %s:\n%s", what, s, golden.Shown(r))
		}
	}
}

// TestForgetLeavesNothing: /me forget deletes all that /me and the DMs have kept,
// and the export has it before.
func TestForgetLeavesNothing(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	before := g.Rows()
	g.Agree(gymtest.Mia())
	g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": "Asia/Tokyo", "country": "JP", "active": "07:00-22:00"})
	g.Run(gymtest.Mia(), "me reminders", map[string]any{"at": "mon 11:11", "routine": "mine"})
	g.Run(gymtest.Mia(), "me nudge", map[string]any{"days": "7"})
	s := g.Only()
	g.Follow(gymtest.Mia(), schedule.Follow{Place: s.Place, ClassID: s.ID, Days: schedule.EveryDay})
	g.Run(gymtest.Mia(), "me pause", map[string]any{"until": "2026-12-05"})
	typed := func() string { // as the form shows it
		return g.Press(gymtest.Mia(), "remindersform1:show", nil).Modal.Fields[0].Value
	}
	form := g.Press(gymtest.Mia(), "remindersform1:show", nil).Modal
	g.Press(gymtest.Mia(), form.ID, map[string]string{form.Fields[0].ID: "weekdays 11:70"})
	if typed() == "" {
		t.Fatal("what was typed is not in memory")
	}
	g.Lines("frog jump 5")
	lines := func() string { // likewise
		g.Agree(gymtest.Mia()) // else the form doesn't open
		return g.Press(gymtest.Mia(), "ownform1:show", nil).Modal.Fields[0].Value
	}
	if lines() == "" {
		t.Fatal("the lines that were refused are not in memory")
	}
	export := string(g.Run(gymtest.Mia(), "me export", nil).Files[0].Data)
	for _, want := range []string{`"Asia/Tokyo"`, `"JP"`, `"2026-12-05"`, `"nudge"`, `"confirm"`, `"follows": [`, `"active_from"`, `"@me"`} {
		if !strings.Contains(export, want) {
			t.Errorf("the export lacks %s", want)
		}
	}
	if !strings.Contains(g.Dump(), gymtest.Mia().User) {
		t.Fatal("nothing was kept")
	}
	g.Run(gymtest.Mia(), "me forget", nil)
	after := g.Rows()
	if strings.Contains(after, gymtest.Mia().User) || strings.Contains(after, "11:11") || strings.Contains(after, "Tokyo") {
		t.Errorf("something is left:\n%s", after)
	}
	if cutSequences(before) != cutSequences(after) {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	if typed() != "" || lines() != "" {
		t.Error("what was typed is still in memory")
	}
}

// cutSequences is a dump without its last numbers.
func cutSequences(dump string) string {
	before, _, _ := strings.Cut(dump, "sqlite_sequence")
	return before
}
