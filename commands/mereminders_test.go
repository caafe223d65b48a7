package commands

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// reminders are a person's own.
func (g *gym) reminders(p person) []schedule.Series {
	g.t.Helper()
	all, err := g.db.Reminders(g.t.Context(), p.user)
	if err != nil {
		g.t.Fatal(err)
	}
	return all
}

// TestReminderRules has what each rule is answered, on a Sunday at noon in
// Lisbon.
func TestReminderRules(t *testing.T) {
	g := newGym(t)
	g.agree(mia())
	g.run(mia(), "me settings", map[string]any{"zone": "Europe/Lisbon"})
	var b golden.Table
	before := g.dump()
	for _, at := range []string{"", " ", "weekdays", "11:00", "eleven o'clock", "mon 11-12", "mon 11:00-12:00", "mon 18:00 wed 19:00", "0 11 * *", "TZ=Europe/Paris daily 11:00",
		"@daily", "every 2 weeks sat 09:00", "0 11 30 2 *", "daily 11:00 11:00",
		"every 2 weeks sat 09:00 from 2999-12-05", strings.Repeat("mon ", 100) + "11:00"} {
		reply := g.run(mia(), "me reminders", map[string]any{"at": at})
		b.Row("/me reminders at:"+input.Seen(at), reply)
	}
	if g.dump() != before {
		t.Error("a rule that can't be read was kept")
	}
	for _, options := range []map[string]any{
		{"at": "weekdays 11:00"},
		{"at": "mon thu 7:30am", "routine": "pre"},
		{"at": "first sat 10:00 15:00", "routine": "mine"},
		{"at": "30 1 * * *", "routine": "calm", "zone": "Berlin"},
	} {
		b.Row("/me reminders "+optionText(options), g.run(mia(), "me reminders", options))
	}
	b.Row("/me reminders", g.run(mia(), "me reminders", nil))
	if g.kicks < 4 || g.set().Zone != "Europe/Berlin" {
		t.Errorf("the engine was told %d times, the zone is %s", g.kicks, g.set().Zone)
	}
	for i, s := range g.reminders(mia()) {
		want := []string{"desk", "pre", "mine", "calm"}[i]
		if s.Routine != want || s.Place.Zone != "Europe/Berlin" || s.CreatedBy != mia().user {
			t.Errorf("kept %+v", s)
		}
	}
	b.Compare(t, "reminders-rules")
}

// TestReminderFromStartToStop follows one from the first card on, without
// consent and without a zone.
func TestReminderFromStartToStop(t *testing.T) {
	g := newGym(t)
	before := g.dump()
	var b golden.Table
	first := g.run(mia(), "me reminders", nil)
	b.Row("/me reminders", first)
	form := golden.ID(t, first, "Add a reminder")
	b.Row("Add a reminder", g.press(mia(), form, nil))
	fields := func(at, zone string) map[string]string {
		return map[string]string{"at": at, "routine": "calm", "zone": zone}
	}
	odd := g.press(mia(), "remindersset1:show", fields("wekdays 25:00", "Atlantis"))
	b.Row("a rule that can't be read", odd)
	b.Row("Change what I typed", g.press(mia(), golden.ID(t, odd, "Change what I typed"), nil))
	b.Row("a zone that isn't there", g.press(mia(), "remindersset1:show", fields("weekdays 11:00", "Atlantis")))
	b.Row("no zone", g.press(mia(), "remindersset1:show", fields("weekdays 11:00", " ")))
	ask := g.press(mia(), "remindersset1:show", fields("weekdays 11:00", "Lisbon"))
	b.Row("both", ask)
	g.press(mia(), golden.ID(t, ask, "No, keep nothing"), nil)
	if g.dump() != before {
		t.Fatalf("something was kept before consent:\n%s", g.dump())
	}
	saved := g.press(mia(), golden.ID(t, ask, iAgree), nil)
	b.Row("I agree", saved)
	if g.set().Zone != "Europe/Lisbon" || len(g.reminders(mia())) != 1 {
		t.Errorf("kept %+v and %d reminders", g.set(), len(g.reminders(mia())))
	}
	list := g.press(mia(), golden.ID(t, saved, "All my reminders"), nil)
	b.Row("All my reminders", list)
	one := g.press(mia(), "reminders1:pick", nil, "1")
	b.Row("picked", one)
	paused := g.press(mia(), golden.ID(t, one, "Pause it for a week"), nil)
	b.Row("Pause it for a week", paused)
	b.Row("/me reminders", g.run(mia(), "me reminders", nil))
	b.Row("Go on now", g.press(mia(), golden.ID(t, paused, "Go on now"), nil))
	g.press(mia(), golden.ID(t, one, "Pause it for 4 weeks"), nil)
	if got := g.reminders(mia())[0].PausedUntil.String(); got != "2026-12-20" {
		t.Errorf("paused until %s", got)
	}
	b.Row("Stop this one", g.press(mia(), golden.ID(t, one, "Stop this one"), nil))
	b.Row("again", g.press(mia(), golden.ID(t, saved, "Take it back"), nil))
	if n := len(g.reminders(mia())); n != 0 {
		t.Errorf("%d left", n)
	}
	b.Compare(t, "reminders-flow")
}

// TestReminderAsksWhoseClock: a server's zone can be taken over, and is never
// taken for granted.
func TestReminderAsksWhoseClock(t *testing.T) {
	g := newGym(t)
	before := g.dump()
	whose := g.run(mia(), "me reminders", map[string]any{"at": "weekdays 11:00"})
	golden.Reply(t, "reminders-whose", whose)
	if g.dump() != before {
		t.Fatal("something was kept")
	}
	ask := g.press(mia(), golden.ID(t, whose, "Use Europe/Lisbon"), nil)
	g.press(mia(), golden.ID(t, ask, iAgree), nil)
	if g.set().Zone != "Europe/Lisbon" || len(g.reminders(mia())) != 1 {
		t.Errorf("kept %+v and %d reminders", g.set(), len(g.reminders(mia())))
	}
	dm := person{user: carlID, channel: "1325750707814400077"}
	if labels := golden.Buttons(g.run(dm, "me reminders", map[string]any{"at": "weekdays 11:00"}).Parts); len(labels) != 1 {
		t.Errorf("in a DM it offers %v", labels)
	}
	// The zone alone is a setting.
	g.agree(carl())
	if c := golden.Shown(g.run(dm, "me reminders", map[string]any{"zone": "Tokyo"})); !strings.Contains(c, "Asia/Tokyo") {
		t.Errorf("the zone alone is answered by %s", c)
	}
}

// TestALongRuleAsksFirst: what does not fit into a button is not lost on the
// way over the consent card.
func TestALongRuleAsksFirst(t *testing.T) {
	g := newGym(t)
	const long = "weekdays 06:00 06:10 06:20 06:30 06:40 06:50 07:00 07:10 07:20 07:30 07:40 07:50"
	ask := g.run(mia(), "me reminders", map[string]any{"at": long, "routine": "desk", "zone": "Europe/Lisbon"})
	write := g.press(mia(), golden.ID(t, ask, iAgree), nil)
	golden.Reply(t, "reminders-long", write)
	form := g.press(mia(), golden.ID(t, write, "Change what I typed"), nil)
	if r, err := schedule.Parse(form.Modal.Fields[0].Value); err != nil || len(r.Times()) != 12 {
		t.Errorf("the form has %q", form.Modal.Fields[0].Value)
	}
	if n := len(g.reminders(mia())); n != 0 {
		t.Errorf("%d were saved", n)
	}
}

func TestReminderLimits(t *testing.T) {
	g := newGym(t)
	g.agree(mia())
	g.run(mia(), "me settings", map[string]any{"zone": "Europe/Lisbon"})
	for i := range schedule.RemindersMax {
		g.run(mia(), "me reminders", map[string]any{"at": fmt.Sprintf("daily %02d:00", i)})
	}
	full := g.dump()
	golden.Reply(t, "reminders-full", g.run(mia(), "me reminders", map[string]any{"at": "daily 23:00", "zone": "Tokyo"}))
	if g.dump() != full {
		t.Error("one too many changed something")
	}
	golden.Reply(t, "reminders-ten", g.run(mia(), "me reminders", nil))
}

// TestReminderClockChange: what a change of the clock does is said, also where
// it leaves the hour out.
func TestReminderClockChange(t *testing.T) {
	g := newGym(t)
	g.agree(mia())
	var b golden.Table
	for _, options := range []map[string]any{{"at": "daily 01:30", "zone": "Europe/Lisbon"}, {"at": "daily 01:30", "zone": "Asia/Tokyo"}, {"at": "0 11 29 2 *"}, {"at": "sun 18:00", "zone": "America/New_York"}} {
		b.Row(optionText(options), g.run(mia(), "me reminders", options))
	}
	g.run(mia(), "me pause", map[string]any{"until": "2026-12-05"})
	b.Row("/me reminders, paused", g.run(mia(), "me reminders", nil))
	b.Compare(t, "reminders-clocks")
}

// TestRemindersAreOnesOwn presses others' reminders and follows with made-up
// custom IDs: refused, and nothing changed.
func TestRemindersAreOnesOwn(t *testing.T) {
	g := newGym(t)
	for _, p := range []person{mia(), carl(), olga()} {
		g.agree(p)
	}
	g.run(mia(), "me reminders", map[string]any{"at": "mon 11:11", "zone": "Asia/Tokyo"})
	g.run(carl(), "me reminders", map[string]any{"at": "tue 12:12", "zone": "Europe/Paris"})
	g.add(map[string]any{"at": "wed 13:13"})
	class := g.reminders(mia())[0].ID + 2
	s, err := g.db.Series(t.Context(), class)
	if err != nil || s.Purpose != schedule.ForClass {
		t.Fatalf("%+v, %v", s, err)
	}
	g.follow(mia(), schedule.Follow{Place: s.Place, ClassID: s.ID, Days: schedule.EveryDay})
	g.run(mia(), "me nudge", map[string]any{"days": "7"})
	mine := g.reminders(mia())[0].ID
	before, kicks := g.dump(), g.kicks
	for who, p := range map[string]person{"carl": carl(), "olga": olga(), "rita": rita()} {
		for _, act := range []string{"pick", "week", "weeks", "resume", "stop", "Stop", ""} {
			for _, id := range []string{fmt.Sprint(mine), fmt.Sprint(class), "-1", "0", "", "x", "1e0", "+1", fmt.Sprint(math.MaxInt64), "99999999999999999999"} {
				reply := g.press(p, "reminders1:"+act+"/"+id, nil)
				refuses(t, who+" "+act+" "+id, reply, "11:11", "Tokyo", "13:13")
				if act == "pick" && id != "" {
					refuses(t, who+" picks "+id, g.press(p, "reminders1:pick", nil, id), "11:11", "Tokyo", "13:13")
				}
			}
		}
		for _, id := range []string{"1", "2", "-1", "x", "0", ""} {
			refuses(t, who+" ends follow "+id, g.press(p, "notifyme1:pick", nil, id), "13:13")
		}
		for _, id := range []string{"reminders1:add/", "reminders1:add/|", "reminders1:add/||", "reminders1:add/Mars|desk|daily 10:00", "reminders1:add", "remindersform1:", "reminders1:x"} {
			g.press(p, id, nil)
		}
		if after := g.dump(); after != before || g.kicks != kicks {
			t.Fatalf("%s changed\n%s\nto\n%s", who, before, after)
		}
	}
	g.press(rita(), "notifyme1:none", nil)
	g.press(rita(), "notifyme1:again", nil)
	g.press(rita(), "pauseme1:end", nil)
	if after := g.dump(); after != before {
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

// TestForgetLeavesNothing: what all of /me and the DMs have kept goes, and the
// export had it.
func TestForgetLeavesNothing(t *testing.T) {
	g := newGym(t)
	g.add(map[string]any{"at": "mon 18:00"})
	before := g.rows()
	g.agree(mia())
	g.run(mia(), "me settings", map[string]any{"zone": "Asia/Tokyo", "country": "JP", "active": "07:00-22:00"})
	g.run(mia(), "me reminders", map[string]any{"at": "mon 11:11", "routine": "mine"})
	g.run(mia(), "me nudge", map[string]any{"days": "7"})
	s := g.only()
	g.follow(mia(), schedule.Follow{Place: s.Place, ClassID: s.ID, Days: schedule.EveryDay})
	g.run(mia(), "me pause", map[string]any{"until": "2026-12-05"})
	typed := func() string { // as the form shows it
		return g.press(mia(), "remindersform1:show", nil).Modal.Fields[0].Value
	}
	form := g.press(mia(), "remindersform1:show", nil).Modal
	g.press(mia(), form.ID, map[string]string{form.Fields[0].ID: "weekdays 11:70"})
	if typed() == "" {
		t.Fatal("what was typed is not in memory")
	}
	export := string(g.run(mia(), "me export", nil).Files[0].Data)
	for _, want := range []string{`"Asia/Tokyo"`, `"JP"`, `"2026-12-05"`, `"nudge"`, `"confirm"`, `"follows": [`, `"active_from"`, `"@me"`} {
		if !strings.Contains(export, want) {
			t.Errorf("the export lacks %s", want)
		}
	}
	if !strings.Contains(g.dump(), mia().user) {
		t.Fatal("nothing was kept")
	}
	g.run(mia(), "me forget", nil)
	after := g.rows()
	if strings.Contains(after, mia().user) || strings.Contains(after, "11:11") || strings.Contains(after, "Tokyo") {
		t.Errorf("something is left:\n%s", after)
	}
	if cutSequences(before) != cutSequences(after) {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	if typed() != "" {
		t.Error("what was typed is still in memory")
	}
}

// cutSequences is a dump without its last numbers.
func cutSequences(dump string) string {
	before, _, _ := strings.Cut(dump, "sqlite_sequence")
	return before
}

// follow keeps what a person wants to hear of.
func (g *gym) follow(p person, f schedule.Follow) {
	g.t.Helper()
	f.UserID = p.user
	confirm, err := g.db.SeriesOf(g.t.Context(), ironID)
	if err != nil || len(confirm) == 0 {
		g.t.Fatal(len(confirm), err)
	}
	if err := g.db.Follow(g.t.Context(), f, confirm[0], g.now.Add(time.Duration(g.asked)*time.Second)); err != nil {
		g.t.Fatal(err)
	}
}
