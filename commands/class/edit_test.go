package class_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unpinch/commands/class"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

func showClass(id int64) string {
	return button.ClassID.For(button.ClassState{Act: button.ActShow, ID: id, N: 0})
}

// TestEdit changes a class by its form, by its rule's form and by the command,
// each with a contract before Save.
func TestEdit(t *testing.T) {
	g := gymtest.New(t)
	saved := g.Add(map[string]any{"at": "mon wed 18:00", "title": "Strength", "ping": bot.RoleValue{ID: gymtest.CoachID, Mentionable: true}})
	form := g.Press(gymtest.Carl(), golden.ID(t, saved, "Edit"), nil)
	golden.Reply(t, "class-edit", form)
	fields := func(at, length, title, before, coolDown string) map[string]string {
		return map[string]string{"at": at, "length": length, "title": title, "before": before, "cool_down": coolDown}
	}
	var said golden.Table
	for _, f := range []map[string]string{fields("mon", "60", "", "10", "yes"), fields("mon 18:00", "1h", "", "10", "yes"),
		fields("mon 18:00", "60", "", "ten", "yes"), fields("mon 18:00", "60", "", "121", "yes"), fields("mon wed 18:00", "60", "Strength", "10", "yes"),
		fields("mon 18:00", "60", strings.Repeat("x", 61), "10", "yes")} {
		said.Row(f["at"]+" "+f["length"]+" "+f["before"], g.Press(gymtest.Carl(), form.Modal.ID, f))
	}
	said.Compare(t, "class-edit-refusals")
	contract := g.Press(gymtest.Carl(), form.Modal.ID, fields("mon wed 18:00", "75", "", "0", "yes"))
	golden.Reply(t, "class-edit-contract", contract)
	again := g.Press(gymtest.Carl(), golden.ID(t, contract, "Change"), nil)
	contract = g.Press(gymtest.Carl(), again.Modal.ID, fields("mon wed 19:00", "75", "Power", "20", "no"))
	golden.Reply(t, "class-edit-changed", contract)
	if s := g.Only(); s.Length != time.Hour {
		t.Error("the class has changed before Save")
	}
	golden.Reply(t, "class-edit-saved", g.Press(gymtest.Carl(), golden.ID(t, contract, "Save"), nil))
	if s := g.Only(); s.ID != 1 || s.Length != 75*time.Minute || s.Title != "Power" || s.CoolDown || s.CreatedBy != gymtest.CarlID {
		t.Errorf("the class is %+v", s)
	}

	always := g.Tap(gymtest.Carl(), g.Tap(gymtest.Carl(), saved, "Move"), "Move always")
	golden.Reply(t, "class-always", always)
	contract = g.Press(gymtest.Carl(), always.Modal.ID, map[string]string{"at": "tue 20:00"})
	golden.Reply(t, "class-always-contract", contract)
	g.Press(gymtest.Carl(), golden.ID(t, contract, "Save"), nil)
	if s := g.Only(); s.Rule.String() != "tue 20:00" || s.Title != "Power" {
		t.Errorf("the class is %+v", s)
	}

	contract = g.Run(gymtest.Olga(), "class edit", map[string]any{"class": "1", "channel": gymtest.Channel(gymtest.GeneralID, 0, bot.ViewChannel), "until": "2026-12-18",
		"ping": bot.RoleValue{ID: gymtest.CoachID}, "before": 15})
	golden.Reply(t, "class-edit-command", contract)
	g.Press(gymtest.Olga(), golden.ID(t, contract, "Save"), nil)
	if s := g.Only(); s.ChannelID != gymtest.GeneralID || s.RoleID != gymtest.CoachID || s.Until.String() != "2026-12-18" || s.CreatedBy != gymtest.CarlID {
		t.Errorf("the class is %+v", s)
	}
	none := g.Run(gymtest.Olga(), "class edit", map[string]any{"class": " 1 ", "until": "None", "ping": bot.RoleValue{ID: gymtest.IronID, Name: "@everyone"}})
	g.Press(gymtest.Olga(), golden.ID(t, none, "Save"), nil)
	if s := g.Only(); s.RoleID != "" || !s.Until.IsZero() {
		t.Errorf("the class is %+v", s)
	}
	var refused golden.Table
	for _, tc := range []struct {
		in      string
		p       gymtest.Person
		options map[string]any
	}{
		{"nothing", gymtest.Olga(), map[string]any{"class": "1"}},
		{"a class by words", gymtest.Olga(), map[string]any{"class": "Strength *"}},
		{"no such class", gymtest.Olga(), map[string]any{"class": "99", "length": 45}},
		{"as mia", gymtest.Mia(), map[string]any{"class": "1", "length": 45}},
		{"of another server", gymtest.Rita(), map[string]any{"class": "1", "length": 45}},
		{"a ping without a pre", gymtest.Olga(), map[string]any{"class": "1", "before": 0, "ping": bot.RoleValue{ID: gymtest.CoachID}}},
		{"a rule that is none", gymtest.Olga(), map[string]any{"class": "1", "at": "soon"}},
	} {
		refused.Row(tc.in, g.Run(tc.p, "class edit", tc.options))
	}
	refused.Compare(t, "class-edit-command-refusals")
	choices, err := class.Suggest(t.Context(), g.Store, gymtest.Olga().Request(g, nil), "tuesd")
	if err != nil || len(choices) != 1 || choices[0].Value != "1" || choices[0].Label != "Power · Tuesdays at 20:00" {
		t.Errorf("suggested %v, %v", choices, err)
	}
}

// TestWarmUpFor says what a class's warm-up is for, by the select on its card and
// by the commands: the contract tells it, the record of changes has it, and the
// post brings what was said.
func TestWarmUpFor(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon wed 18:00", "warm_up": "whole"})
	if s := g.Only(); s.WarmUp != schedule.WholeBody {
		t.Errorf("the class is %+v", s)
	}
	pick := button.ClassID.For(button.ClassState{Act: button.ActWarmUp, ID: 1, N: 0})
	contract := g.Press(gymtest.Carl(), pick, nil, "lower")
	golden.Reply(t, "class-warm-up-contract", contract)
	if s := g.Only(); s.WarmUp != schedule.WholeBody {
		t.Error("the class has changed before Save")
	}
	golden.Reply(t, "class-warm-up-saved", g.Press(gymtest.Carl(), golden.ID(t, contract, "Save"), nil))
	if s := g.Only(); s.WarmUp != schedule.LowerBody {
		t.Errorf("the class is %+v", s)
	}
	if got := golden.Shown(g.Press(gymtest.Mia(), showClass(1), nil)); !strings.Contains(got, "Warm-up for: legs") || strings.Contains(got, pick) {
		t.Errorf("a member sees\n%s", got)
	}
	golden.Reply(t, "class-warm-up-preview", g.Press(gymtest.Mia(), button.ClassLookID.For(button.ClassState{Act: button.ActShow, ID: 1, N: 0}), nil))
	var refused golden.Table
	refused.Row("as mia", g.Press(gymtest.Mia(), pick, nil, "upper"))
	refused.Row("the same again", g.Press(gymtest.Carl(), pick, nil, "lower"))
	refused.Row("of an older card", g.Press(gymtest.Carl(), pick, nil, "toes"))
	refused.Row("nothing", g.Press(gymtest.Carl(), pick, nil))
	refused.Compare(t, "class-warm-up-refusals")
	back := g.Run(gymtest.Carl(), "class edit", map[string]any{"class": "1", "warm_up": "upper"})
	g.Press(gymtest.Carl(), golden.ID(t, back, "Save"), nil)
	if s := g.Only(); s.WarmUp != schedule.UpperBody {
		t.Errorf("the class is %+v", s)
	}
	changes := golden.Shown(g.Press(gymtest.Carl(), button.ChangesID.For(button.ClassState{Act: button.ActChanges, ID: 1, N: 1}), nil))
	if n := strings.Count(changes, "changed a class"); n != 2 {
		t.Errorf("%d changes are on record:\n%s", n, changes)
	}
}

// TestEditGone drafts a change of a class that is removed meanwhile.
func TestEditGone(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	contract := g.Press(gymtest.Carl(), "classset1:always/1/0", map[string]string{"at": "tue 18:00"})
	g.Press(gymtest.Carl(), button.ClassID.For(button.ClassState{Act: button.ActRemove, ID: 1, N: 0}), nil)
	for _, label := range []string{"Save", "Change"} {
		got := golden.Shown(g.Press(gymtest.Carl(), golden.ID(t, contract, label), nil))
		if !strings.HasPrefix(got, "This draft is over") && !strings.HasPrefix(got, "form") {
			t.Errorf("%s says %s", label, got)
		}
	}
	if got := golden.Shown(g.Press(gymtest.Carl(), "classset1:save/2/0", map[string]string{"at": "wed 18:00"})); !strings.HasPrefix(got, "That class isn't") && !strings.HasPrefix(got, "This draft") {
		t.Errorf("changing the draft says %s", got)
	}
}

// TestEditOutdated drafts a change of a class that another pauses meanwhile. To
// change the draft again doesn't hide that.
func TestEditOutdated(t *testing.T) {
	g := gymtest.New(t)
	saved := g.Add(map[string]any{"at": "mon 18:00"})
	contract := g.Press(gymtest.Carl(), "classset1:always/1/0", map[string]string{"at": "tue 18:00"})
	g.Time = g.Time.Add(time.Minute)
	pause := g.Press(gymtest.Olga(), golden.ID(t, saved, "Pause until"), nil)
	g.Press(gymtest.Olga(), pause.Modal.ID, map[string]string{"day": "2026-12-01"})
	g.Time = g.Time.Add(time.Minute)
	form := g.Press(gymtest.Carl(), golden.ID(t, contract, "Change"), nil)
	again := g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"at": "wed 18:00", "length": "60", "title": "", "before": "10", "cool_down": "yes"})
	asked := g.Press(gymtest.Carl(), golden.ID(t, again, "Save"), nil)
	golden.Reply(t, "class-edit-meanwhile", asked)
	if s := g.Only(); s.Rule.String() != "mon 18:00" || s.PausedUntil.String() != "2026-12-01" {
		t.Errorf("the class is %+v", s)
	}
	g.Tap(gymtest.Carl(), asked, "Save")
	if s := g.Only(); s.Rule.String() != "wed 18:00" || s.PausedUntil.String() != "2026-12-01" {
		t.Errorf("saved once more, the class is %+v", s)
	}
}

// TestMoveOnce moves one start, and refuses what can't be.
func TestMoveOnce(t *testing.T) {
	g := gymtest.New(t)
	saved := g.Add(map[string]any{"at": "mon wed fri 18:00"})
	ask := g.Tap(gymtest.Carl(), saved, "Move")
	golden.Reply(t, "class-move-ask", ask)
	form := g.Tap(gymtest.Carl(), ask, "Move Mon 23 Nov 18:00 once")
	golden.Reply(t, "class-move", form)
	day, err := schedule.ParseDate("2026-12-08")
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Store.CloseDays(t.Context(), 1, []schedule.Date{day}, schedule.By{At: g.Time}); err != nil {
		t.Fatal(err)
	}
	var said golden.Table
	move := func(at string) bot.Reply { return g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"at": at}) }
	for _, at := range []string{"", "soon", "2026-12-04 soon", "2026-13-04 18:00", "mon 18:00", "18:00 19:00", "2026-11-22 11:59", "2026-11-22 12:00",
		"2027-01-22 18:00", "18:00", "2026-11-25 18:00", "2026-12-08 18:00"} {
		said.Row(at, move(at))
	}
	said.Compare(t, "class-move-refusals")
	golden.Reply(t, "class-moved", move("7pm"))
	golden.Reply(t, "class-list-moved", g.Run(gymtest.Mia(), "class list", nil))
	golden.Reply(t, "class-moved-day", move("2026-11-24 07:30"))
	back := golden.Shown(move("2026-11-23 18:00"))
	if strings.Contains(back, "Moved once: ") || !strings.Contains(back, "Next start: Mon 23 Nov 18:00") {
		t.Errorf("moved back it says %s", back)
	}
	if out := g.FileOut(gymtest.Carl()); strings.Contains(out, "moves") && strings.Contains(out, "- {from") {
		t.Errorf("the file has a move to where it was: %s", out)
	}
	g.Time = g.Time.AddDate(0, 0, 2)
	if got := golden.Shown(move("19:00")); !strings.HasPrefix(got, "That start has begun") {
		t.Errorf("a start that is over: %s", got)
	}
	if got := golden.Shown(g.Press(gymtest.Carl(), form.Modal.ID[:len(form.Modal.ID)-1]+"7", map[string]string{"at": "19:00"})); !strings.HasPrefix(got, "That start has begun") {
		t.Errorf("a start that was none: %s", got)
	}
}

// TestMoveIntoGap names the time that the clock leaves out.
func TestMoveIntoGap(t *testing.T) {
	g := gymtest.New(t)
	g.Time = time.Date(2027, 3, 25, 12, 0, 0, 0, time.UTC)
	saved := g.Add(map[string]any{"at": "sat 18:00"})
	form := g.Tap(gymtest.Carl(), g.Tap(gymtest.Carl(), saved, "Move"), "Move Sat 27 Mar 18:00 once")
	golden.Reply(t, "class-move-gap", g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"at": "2027-03-28 01:30"}))
}

// TestCancelToday asks, replaces the post and tells those who can be told.
func TestCancelToday(t *testing.T) {
	g := gymtest.New(t)
	saved := g.Add(map[string]any{"at": "sun 18:00", "title": "Strength"})
	s := g.Only()
	follow := func(user string, change func(*schedule.Member)) {
		t.Helper()
		ctx := t.Context()
		if err := g.Store.Agree(ctx, user, 1, "en-US", g.Time); err != nil {
			t.Fatal(err)
		}
		m := schedule.Member{UserID: user}
		change(&m)
		if err := errors.Join(g.Store.SetMember(ctx, m, time.Time{}, g.Time),
			g.Store.Follow(ctx, schedule.Follow{UserID: user, Place: s.Place, ClassID: s.ID, Days: schedule.EveryDay}, s, g.Time)); err != nil {
			t.Fatal(err)
		}
	}
	golden.Reply(t, "class-cancel-alone", g.Tap(gymtest.Carl(), picked(g, g.Tap(gymtest.Carl(), saved, "Other starts"), 0), "Cancel Sun 22 Nov 18:00, tell followers"))
	pre := g.Post(s, schedule.KindPre, time.Date(2026, 11, 22, 17, 50, 0, 0, time.UTC), schedule.StateSent, "")
	follow("1", func(*schedule.Member) {})
	follow("2", func(m *schedule.Member) { m.Active = schedule.Hours{From: 14 * 60, To: 22 * 60} })
	follow("3", func(m *schedule.Member) { m.Active = schedule.Hours{From: 19 * 60, To: 22 * 60} })
	follow("4", func(m *schedule.Member) { m.PausedUntil = schedule.Date{Year: 2026, Month: 12, Day: 1} })
	follow("5", func(*schedule.Member) {})
	if err := g.Store.Quiet(t.Context(), "5", s.ID, g.Time.Add(5*time.Hour)); err != nil {
		t.Fatal(err)
	}
	ask := g.Press(gymtest.Carl(), "class1:off/1/0", nil) // as released cards have it
	golden.Reply(t, "class-cancel", ask)
	if kept := g.Press(gymtest.Carl(), golden.ID(t, ask, "Keep it"), nil); !strings.Contains(golden.Shown(kept), "Skip Sun 22 Nov 18:00") {
		t.Errorf("Keep it shows %s", golden.Shown(kept))
	}
	for _, p := range []gymtest.Person{gymtest.Mia(), gymtest.Rita()} {
		for _, id := range []string{golden.ID(t, ask, "Yes, cancel Sun 22 Nov 18:00, tell 2 people"), "class1:off/1/0"} {
			if got := golden.Shown(g.Press(p, id, nil)); strings.Contains(got, "Sun 22 Nov 18:00 is off.") || strings.Contains(got, "Yes, cancel") {
				t.Errorf("%s: %s", p.User, got)
			}
		}
	}
	cancelled := g.Press(gymtest.Carl(), golden.ID(t, ask, "Yes, cancel Sun 22 Nov 18:00, tell 2 people"), nil)
	golden.Reply(t, "class-cancelled", cancelled)
	if o, err := g.Store.Occurrence(t.Context(), pre.ID); err != nil || o.State != schedule.StateReplaced {
		t.Errorf("the post is %s, %v", o.State, err)
	}
	told := map[string]time.Time{}
	for id := int64(1); ; id++ {
		o, err := g.Store.Occurrence(t.Context(), id)
		if err != nil {
			break
		}
		if o.Kind == schedule.KindOff {
			told[o.UserID] = o.SendAt
		}
	}
	if len(told) != 2 || !told["1"].Equal(g.Time) || !told["2"].Equal(g.Time.Add(2*time.Hour)) {
		t.Errorf("told %v", told)
	}
	if got := golden.Shown(g.Press(gymtest.Carl(), golden.ID(t, ask, "Yes, cancel Sun 22 Nov 18:00, tell 2 people"), nil)); !strings.Contains(got, "Sun 22 Nov 18:00 is off.") {
		t.Errorf("cancelled twice: %s", got)
	}
	back := g.Press(gymtest.Carl(), golden.ID(t, cancelled, "Put Sun 22 Nov 18:00 back"), nil)
	golden.Reply(t, "class-taken-back", back)
	if o, err := g.Store.Occurrence(t.Context(), pre.ID); err != nil || o.State != schedule.StateSent {
		t.Errorf("taken back, the post is %s, %v", o.State, err)
	}
	if all, err := g.Store.Stale(t.Context(), g.Time, 9); err != nil || len(all) != 1 {
		t.Errorf("to be drawn again are %v, %v", all, err)
	}
	if got := golden.Shown(g.Press(gymtest.Carl(), golden.ID(t, cancelled, "Put Sun 22 Nov 18:00 back"), nil)); !strings.Contains(got, "takes place again") {
		t.Errorf("taken back twice: %s", got)
	}
	g.Time = time.Date(2026, 11, 22, 18, 59, 0, 0, time.UTC)
	running := g.Press(gymtest.Carl(), golden.ID(t, g.Press(gymtest.Carl(), showClass(1), nil), "Cancel today 18:00"), nil)
	golden.Reply(t, "class-cancel-running", running)
	g.Time = g.Time.Add(time.Minute)
	if got := golden.Shown(g.Press(gymtest.Carl(), golden.ID(t, running, "Yes, cancel Sun 22 Nov 18:00"), nil)); !strings.Contains(got, "Nothing has changed") {
		t.Errorf("a class that is over: %s", got)
	}
	if got := golden.Shown(g.Press(gymtest.Carl(), showClass(1), nil)); strings.Contains(got, "Cancel") {
		t.Errorf("after the class: %s", got)
	}
}

// TestTakeOver makes another hear of a class's troubles.
func TestTakeOver(t *testing.T) {
	g := gymtest.New(t)
	for range 3 {
		g.Add(map[string]any{"at": "mon 18:00"})
	}
	if got := golden.Shown(g.Press(gymtest.Carl(), showClass(1), nil)); strings.Contains(got, "Take over") {
		t.Error("one's own class can be taken over")
	}
	shown := g.Press(gymtest.Olga(), showClass(1), nil)
	ask := g.Press(gymtest.Olga(), golden.ID(t, shown, "Take over"), nil)
	golden.Reply(t, "class-take-over", ask)
	if got := golden.Shown(g.Press(gymtest.Mia(), golden.ID(t, ask, "Take over this class"), nil)); !strings.HasPrefix(got, "Changing classes at") {
		t.Errorf("a member: %s", got)
	}
	g.Press(gymtest.Olga(), golden.ID(t, ask, "Take over this class"), nil)
	creators := func() (all []string) {
		saved, err := g.Store.SeriesOf(t.Context(), gymtest.IronID)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range saved {
			all = append(all, s.CreatedBy)
		}
		return all
	}
	if got := creators(); got[0] != gymtest.Olga().User || got[1] != gymtest.CarlID {
		t.Errorf("the classes are %v's", got)
	}
	ask = g.Press(gymtest.Olga(), button.ClassID.For(button.ClassState{Act: button.ActOwner, ID: 2, N: 0}), nil)
	golden.Reply(t, "class-taken-over", g.Press(gymtest.Olga(), golden.ID(t, ask, "Take over all 2"), nil))
	if got := creators(); got[2] != gymtest.Olga().User {
		t.Errorf("the classes are %v's", got)
	}
}

// TestReach says what Discord says of channels and roles.
func TestReach(t *testing.T) {
	gymtest.Slow(t)
	all := bot.Perm(gymtest.Postable)
	for _, tc := range []struct {
		name    string
		perms   bot.Perm
		access  error
		reach   bot.RoleReach
		roleErr error
	}{
		{"fine", all, nil, bot.RoleReach{Mentionable: true, Members: 12}, nil},
		{"nobody", all, nil, bot.RoleReach{Mentionable: true, Members: 0}, nil},
		{"one", all | bot.MentionEveryone, nil, bot.RoleReach{Members: 1}, nil},
		{"unknown-members", all, nil, bot.RoleReach{Mentionable: true, Members: -1}, nil},
		{"not-mentionable", all, nil, bot.RoleReach{Members: 12}, nil},
		{"no-access", bot.ViewChannel, nil, bot.RoleReach{Mentionable: true, Members: 12}, nil},
		{"gone", 0, bot.ErrNoChannel, bot.RoleReach{}, bot.ErrNoRole},
		{"silent", 0, context.DeadlineExceeded, bot.RoleReach{}, context.DeadlineExceeded},
	} {
		g := gymtest.New(t)
		g.Access = func(_ context.Context, _, id string) (bot.ChannelValue, error) {
			return bot.ChannelValue{ID: id, Perms: tc.perms}, tc.access
		}
		g.Restart()
		g.RoleReach = func(context.Context, string, string) (bot.RoleReach, error) { return tc.reach, tc.roleErr }
		g.Restart()
		elsewhere := gymtest.Carl()
		elsewhere.Channel = gymtest.GeneralID
		g.Run(gymtest.Olga(), "class add", nil)
		reply := g.Run(elsewhere, "class add", map[string]any{"at": "mon 18:00", "ping": bot.RoleValue{ID: gymtest.CoachID}})
		golden.Reply(t, "class-reach-"+tc.name, reply)
	}
}

// TestGapWeeks names the weeks in which the reader's clock and the place's are
// not as far apart as usual.
func TestGapWeeks(t *testing.T) {
	g := gymtest.New(t)
	ctx := t.Context()
	if err := g.Store.Agree(ctx, gymtest.CarlID, 1, "en-US", g.Time); err != nil {
		t.Fatal(err)
	}
	for _, of := range [][2]string{{"America/New_York", "new-york"}, {"Europe/London", "london"}, {"Asia/Kolkata", "kolkata"}} {
		zone, name := of[0], of[1]
		if err := g.Store.SetMember(ctx, schedule.Member{UserID: gymtest.CarlID, Zone: zone}, time.Time{}, g.Time); err != nil {
			t.Fatal(err)
		}
		golden.Reply(t, "class-weeks-"+name, g.Run(gymtest.Carl(), "class add", map[string]any{"at": "mon 18:00"}))
	}
	last := g.Run(gymtest.Carl(), "class add", map[string]any{"at": "mon 18:00", "until": "2027-03-01"})
	if strings.Contains(golden.Shown(last), "in Kolkata") {
		t.Errorf("a class that ends before: %s", golden.Shown(last))
	}
}

// TestDesk shows a break at a desk, which has one post.
func TestDesk(t *testing.T) {
	g := gymtest.New(t)
	p, err := g.Store.Places(t.Context(), gymtest.IronID)
	if err != nil {
		t.Fatal(err)
	}
	rule, err := schedule.Parse("weekdays 11:00 15:00")
	if err != nil {
		t.Fatal(err)
	}
	s := schedule.Series{Place: p[0], Purpose: schedule.ForDesk, ChannelID: p[0].ChannelID, Rule: rule, Length: 5 * time.Minute,
		CreatedBy: gymtest.CarlID, CreatedAt: g.Time, DraftUntil: g.Time.Add(time.Hour)}
	room := class.New(class.Needs{Store: g.Store, Members: g.Store, Zones: g.Zones, Now: g.Now, Kick: g.Kick})
	contract, err := room.Draft(t.Context(), gymtest.Carl().Request(g, nil), []schedule.Series{s})
	if err != nil {
		t.Fatal(err)
	}
	golden.Reply(t, "class-desk-contract", contract)
	golden.Reply(t, "class-desk-change", g.Press(gymtest.Carl(), golden.ID(t, contract, "Change"), nil))
	golden.Reply(t, "class-desk", g.Press(gymtest.Carl(), golden.ID(t, contract, "Save"), nil))
	if g.Press(able(), turnID(1), nil); g.Only().Event {
		t.Error("a desk break has an event")
	}
	golden.Reply(t, "class-desk-list", g.Run(gymtest.Mia(), "class list", nil))
	golden.Reply(t, "class-desk-file", g.Run(gymtest.Carl(), "class file", nil))
	form := g.Press(gymtest.Carl(), button.ClassFormID.For(button.ClassState{Act: button.ActEdit, ID: 1, N: 0}), nil)
	changed := g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"at": "weekdays 10:00", "title": "Stand up"})
	g.Press(gymtest.Carl(), golden.ID(t, changed, "Save"), nil)
	if got := g.Only(); got.Purpose != schedule.ForDesk || got.Title != "Stand up" || got.Length != 5*time.Minute {
		t.Errorf("the break is %+v", got)
	}
}

// TestListOfPlaces names the place of each class where there are several.
func TestListOfPlaces(t *testing.T) {
	g := gymtest.New(t)
	g.Sydney()
	g.Add(map[string]any{"at": "mon 18:00", "title": "Strength"})
	inSydney := gymtest.Olga()
	inSydney.Channel = gymtest.GeneralID
	g.Press(gymtest.Olga(), golden.ID(t, g.Run(inSydney, "class add", map[string]any{"at": "tue 06:00"}), "Save"), nil)
	golden.Reply(t, "class-list-places", g.Run(gymtest.Mia(), "class list", nil))
	golden.Reply(t, "class-list-one-place", g.Run(gymtest.Mia(), "class list", map[string]any{"place": "Sydney hall"}))
	if got, want := golden.Shown(g.Press(gymtest.Mia(), button.ClassID.For(button.ClassState{Act: button.ActWeek, ID: 99, N: 0}), nil)), golden.Shown(g.Run(gymtest.Mia(), "class list", nil)); got != want {
		t.Errorf("a place that is another's: %s", got)
	}
	if got := golden.Shown(g.Run(gymtest.Mia(), "class list", map[string]any{"place": "Oslo"})); !strings.HasPrefix(got, "This server has no place called") {
		t.Errorf("a place that nobody has: %s", got)
	}
	all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		g.Post(s, schedule.KindPre, time.Date(2026, 11, 23, 19, 0, 0, 0, time.UTC), schedule.StateSent, "")
	}
	golden.Reply(t, "class-history-places", g.Run(gymtest.Mia(), "class history", nil))
}
