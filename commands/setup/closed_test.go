package setup_test

import (
	"strings"
	"testing"
	"time"
	"unpinch/timetable"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// TestClosedDays closes days and opens them again.
func TestClosedDays(t *testing.T) {
	g := gymtest.New(t)
	golden.Reply(t, "closed-none", g.Run(gymtest.Carl(), "class closed", nil))
	g.Add(map[string]any{"at": "thu fri 18:00", "title": "Strength"})
	g.Add(map[string]any{"at": "daily 07:00"})
	harbour := g.Place(gymtest.IronID, "Harbour")
	before := g.Dump()
	asked := g.Run(gymtest.Carl(), "class closed", map[string]any{"dates": "2026-12-24, 2026-12-25 .. 2027-01-01", "place": "iron garden"})
	golden.Reply(t, "closed-asked", asked)
	g.Tap(gymtest.Carl(), asked, "Change nothing")
	if g.Dump() != before {
		t.Error("something was closed before anyone said so")
	}
	golden.Reply(t, "closed-added", g.Tap(gymtest.Carl(), asked, "Close these 9 days"))
	kicks := g.Kicks
	golden.Reply(t, "closed-already", g.Run(gymtest.Carl(), "class closed", map[string]any{"dates": "2026-12-31", "place": "Iron Garden"}))
	if g.Kicks != kicks {
		t.Error("the engine was told of nothing")
	}
	form := g.Press(gymtest.Carl(), "closedform1:1", nil)
	golden.Reply(t, "closed-form", form)
	golden.Reply(t, "closed-sent", g.Tap(gymtest.Carl(), g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"dates": "2027-03-28;2026-11-22"}), "Close these 2 days"))
	golden.Reply(t, "closed-member", g.Run(gymtest.Mia(), "class closed", map[string]any{"place": "Iron Garden"}))
	shown := g.Run(gymtest.Olga(), "class closed", map[string]any{"place": "Iron Garden"})
	golden.Reply(t, "closed-admin", shown)
	pick := golden.Selects(shown.Parts)[0]
	golden.Reply(t, "closed-opened", g.Press(gymtest.Carl(), pick.ID, nil, "2026-12-24..2027-01-01"))
	golden.Reply(t, "closed-opened-again", g.Press(gymtest.Carl(), pick.ID, nil, "2026-12-24..2027-01-01"))
	if days, err := g.Store.ClosedDays(t.Context(), 1); err != nil || len(days) != 2 {
		t.Errorf("closed are %v, %v", days, err)
	}
	if days, err := g.Store.ClosedDays(t.Context(), harbour.ID); err != nil || len(days) != 0 {
		t.Errorf("at the other place %v are closed, %v", days, err)
	}
	g.Time = g.Time.AddDate(0, 0, 2)
	if text := golden.Shown(g.Run(gymtest.Mia(), "class closed", map[string]any{"place": "Iron Garden"})); strings.Contains(text, "2026") {
		t.Errorf("a day that is over is still coming: %s", text)
	}
}

// TestClosedToday closes a place while the post of a class is out: it is
// replaced, and each follower is told once a start.
func TestClosedToday(t *testing.T) {
	g := gymtest.New(t) // at noon
	g.Add(map[string]any{"at": "sun 12:05, 18:00"})
	s := g.Only()
	pre := g.Post(s, schedule.KindPre, g.Time.Add(-5*time.Minute), schedule.StateSent, "")
	g.Agree(gymtest.Mia())
	if err := g.Store.Follow(t.Context(), schedule.Follow{UserID: gymtest.Mia().User, Place: s.Place, Days: schedule.EveryDay}, s, g.Time); err != nil {
		t.Fatal(err)
	}
	asked := g.Run(gymtest.Carl(), "class closed", map[string]any{"dates": "2026-11-22"})
	golden.Reply(t, "closed-asked-today", asked)
	if text := golden.Shown(g.Tap(gymtest.Carl(), asked, "Close this day")); !strings.Contains(text, "I tell one person") {
		t.Errorf("carl reads %s", text)
	}
	told := map[string]bool{}
	for _, o := range g.Ledger() {
		if o.ID == pre.ID && o.State != schedule.StateReplaced {
			t.Errorf("the post is %s", o.State)
		}
		if o.Kind == schedule.KindOff && o.UserID == gymtest.Mia().User {
			told[o.StartAt.Format("15:04")] = true
		}
	}
	if len(told) != 2 || !told["12:05"] || !told["18:00"] {
		t.Errorf("mia is told of %v", told)
	}
}

// TestClosedDaysMany has more rows of days than a select holds, and more
// classes than are counted.
func TestClosedDaysMany(t *testing.T) {
	g := gymtest.New(t)
	for range 2 {
		g.Add(map[string]any{"at": "daily 00:00 01:00 02:00 03:00 04:00 05:00 06:00 07:00 08:00 09:00 10:00 11:00 12:00 13:00 14:00 15:00 16:00 17:00 18:00 19:00 20:00 21:00 22:00 23:00",
			"title": strings.Repeat("*", timetable.MaxTitle)})
	}
	var days []string
	for d := (schedule.Date{Year: 2026, Month: 11, Day: 23}); len(days) < input.ClosedAtOnce; d = d.Add(2) {
		days = append(days, d.String())
	}
	golden.Reply(t, "closed-many", g.Close(gymtest.Olga(), map[string]any{"dates": strings.Join(days, "\n")}))
}

func TestClosedRefuses(t *testing.T) {
	g := gymtest.New(t)
	g.Place(gymtest.IronID, "Harbour")
	before := g.Dump()
	var said golden.Table
	for _, dates := range []string{"xmas", "03/04", "2026-12-24..2026-12-20", "2026-11-21", "2026-11-20..2026-12-24", "2028-01-01",
		"2026-12-01..2027-02-28", "2026-12-24 to", strings.Repeat("*", 500)} {
		said.Row("dates: "+card.Cut(dates, 40), g.Run(gymtest.Carl(), "class closed", map[string]any{"dates": dates, "place": "Harbour"}))
	}
	said.Row("by a member", g.Run(gymtest.Mia(), "class closed", map[string]any{"dates": "2026-12-24", "place": "Harbour"}))
	said.Row("place: Hilltop", g.Run(gymtest.Carl(), "class closed", map[string]any{"place": "Hilltop"}))
	elsewhere := gymtest.Carl()
	elsewhere.Channel = gymtest.GeneralID
	said.Row("where no place posts", g.Run(elsewhere, "class closed", nil))
	said.Row("in a server without a place", g.Run(gymtest.Rita(), "class closed", nil))
	said.Compare(t, "closed-refusals")
	if g.Dump() != before {
		t.Error("a refusal changed something")
	}
}

// TestClosedIsGuarded holds that everyone sees closed days, and that only the coach
// and the server's managers change them.
func TestClosedIsGuarded(t *testing.T) {
	g := gymtest.New(t)
	g.Close(gymtest.Carl(), map[string]any{"dates": "2026-12-24"})
	before := g.Dump()
	for name, reply := range map[string]bot.Reply{
		"the form":  g.Press(gymtest.Mia(), "closedform1:1", nil),
		"a form":    g.Press(gymtest.Mia(), "closedset1:1", map[string]string{"dates": "2026-12-25"}),
		"a preview": g.Press(gymtest.Mia(), gymtest.CloseChristmas(), nil),
		"holidays":  g.Press(gymtest.Mia(), "holidays1:1//false/0", nil),
		"an opener": g.Press(gymtest.Mia(), "closed1:open/1/0", nil, "2026-12-24"),
	} {
		if !strings.HasPrefix(golden.Shown(reply), "Changing classes at") || reply.Modal != nil {
			t.Errorf("a member used %s and got %s", name, golden.Shown(reply))
		}
	}
	if g.Dump() != before {
		t.Error("a member changed something")
	}
	if got := golden.Shown(g.Press(gymtest.Mia(), "closed1:show/1/0", nil)); !strings.Contains(got, "Thu 24 Dec 2026") || strings.Contains(got, "[") {
		t.Errorf("a member sees %s", got)
	}
}

// TestClosedAndOpenedToday takes back what is out, whichever way the place
// closes, and has it say again what it did once the place opens.
func TestClosedAndOpenedToday(t *testing.T) {
	command := func(g *gymtest.Gym, closed bool) {
		if closed {
			g.Close(gymtest.Carl(), map[string]any{"dates": "2026-11-22"})
			return
		}
		shown := g.Run(gymtest.Carl(), "class closed", nil)
		g.Press(gymtest.Carl(), golden.Selects(shown.Parts)[0].ID, nil, "2026-11-22")
	}
	file := func(g *gymtest.Gym, closed bool) {
		text := g.FileOut(gymtest.Carl())
		if closed {
			text = strings.Replace(text, "\n    classes:", "\n    closed: [2026-11-22]\n    classes:", 1)
		} else {
			text = strings.Replace(text, "closed: [2026-11-22]", "closed: []", 1)
		}
		reply := g.Hand(gymtest.Carl(), text)
		g.Press(gymtest.Carl(), golden.ID(t, reply, "Apply"), nil)
	}
	for name, change := range map[string]func(*gymtest.Gym, bool){"command": command, "file": file} {
		g := gymtest.New(t)
		g.Add(map[string]any{"at": "sun 12:05"})
		o := g.Post(g.Only(), schedule.KindPre, gymtest.Noon.Add(-5*time.Minute), schedule.StateSent, "")
		for _, closed := range []bool{true, false} {
			change(g, closed)
			want := card.Either(closed, string(schedule.StateReplaced), string(schedule.StateSent))
			if got := g.Newest(schedule.KindPre); got.ID != o.ID || string(got.State) != want || got.EditAt.IsZero() {
				t.Errorf("%s, closed %t: got %s, drawn again at %v, want %s", name, closed, got.State, got.EditAt, want)
			}
		}
	}
}
