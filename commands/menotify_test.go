package commands

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestNotify shows what mia follows, and ends it.
func TestNotify(t *testing.T) {
	g := gymtest.New(t)
	var b golden.Table
	before := g.Dump()
	b.Row("/me notify", g.Run(gymtest.Mia(), "me notify", nil))
	for _, id := range []string{"notifyme1:none", "notifyme1:again", "notifyme1:show"} {
		g.Press(gymtest.Mia(), id, nil)
	}
	if g.Dump() != before {
		t.Error("something was kept before consent")
	}
	g.Agree(gymtest.Mia())
	g.Add(map[string]any{"at": "mon 18:00", "title": "Strength *easy*"})
	g.Add(map[string]any{"at": "wed fri 07:00"})
	all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID)
	if err != nil {
		t.Fatal(err)
	}
	g.Follow(gymtest.Mia(), schedule.Follow{Place: all[0].Place, ClassID: all[0].ID, Days: schedule.EveryDay})
	g.Follow(gymtest.Mia(), schedule.Follow{Place: all[0].Place, ClassID: all[1].ID, Days: schedule.EveryDay})
	g.Follow(gymtest.Mia(), schedule.Follow{Place: all[0].Place, Days: schedule.On(time.Monday) | schedule.On(time.Sunday)})
	g.Follow(gymtest.Mia(), schedule.Follow{Place: g.Place("1325750707814400055", "Annex_2"), Days: schedule.EveryDay})
	if err := g.Store.Quiet(t.Context(), gymtest.Mia().User, all[0].ID, g.Time.Add(6*time.Hour)); err != nil {
		t.Fatal(err)
	}
	shown := g.Run(gymtest.Mia(), "me notify", nil)
	b.Row("/me notify, with four", shown)
	b.Row("the first is picked", g.Press(gymtest.Mia(), "notifyme1:pick", nil, "1"))
	b.Row("once more", g.Press(gymtest.Mia(), "notifyme1:pick", nil, "1"))
	hours := golden.ID(t, shown, "Active hours")
	b.Row("Active hours", g.Press(gymtest.Mia(), hours, nil))
	b.Row("07:00-22:00", g.Press(gymtest.Mia(), "settingsset1:hours", map[string]string{"active": "07:00-22:00"}))
	b.Row("evenings", g.Press(gymtest.Mia(), "settingsset1:hours", map[string]string{"active": "evenings"}))
	if got := g.Set().Active; got != (schedule.Hours{From: 420, To: 1320}) {
		t.Errorf("active hours %v", got)
	}
	g.Run(gymtest.Mia(), "me pause", map[string]any{"until": "2026-12-05"})
	g.Closed(gymtest.Mia())
	if g.Set().DMsClosed.IsZero() {
		t.Fatal("a refused DM is not noted")
	}
	closed := g.Press(gymtest.Mia(), "notifyme1:show", nil)
	b.Row("paused and closed", closed)
	b.Row("Try again", g.Press(gymtest.Mia(), golden.ID(t, closed, "Try again"), nil))
	if m := g.Set(); !m.DMsClosed.IsZero() || m.PausedUntil.IsZero() || m.Active == (schedule.Hours{}) {
		t.Errorf("after Try again %+v", m)
	}
	sure := g.Press(gymtest.Mia(), golden.ID(t, shown, "Stop all"), nil)
	b.Row("Stop all", sure)
	g.Press(gymtest.Mia(), golden.ID(t, sure, "Keep them"), nil)
	if follows, _ := g.Store.Follows(t.Context(), gymtest.Mia().User); len(follows) != 3 {
		t.Errorf("%d follows before the yes", len(follows))
	}
	b.Row("Yes, stop all", g.Press(gymtest.Mia(), golden.ID(t, sure, "Yes, stop all"), nil))
	b.Compare(t, "notify-table")
}

// TestNotifyHoldsAsManyAsThereMayBe keeps the card within Discord's limits.
func TestNotifyHoldsAsManyAsThereMayBe(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	for i := range schedule.FollowsMax {
		g.Add(map[string]any{"at": fmt.Sprintf("every 2 weeks mon tue wed thu fri sat sun %02d:05 12:10 13:15 from 2026-12-05", i%12), "title": strings.Repeat("*", 60)})
		all, _ := g.Store.SeriesOf(t.Context(), gymtest.IronID)
		g.Follow(gymtest.Mia(), schedule.Follow{Place: all[i].Place, ClassID: all[i].ID, Days: schedule.EveryDay})
	}
	g.Run(gymtest.Mia(), "me notify", nil)
}

// TestClosedDMsAreTold: the next private command says so, once, where there is
// room; a discreet one never looks.
func TestClosedDMsAreTold(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	const told = "I could not DM you: your DMs are closed to me."
	begins := func(r bot.Reply) bool {
		text, ok := r.Parts[0].(bot.Text)
		return ok && strings.HasPrefix(string(text), told)
	}
	g.Closed(gymtest.Mia())
	before := g.Dump()
	for _, name := range []string{"pinched", "learn", "modify"} {
		if begins(g.Run(gymtest.Mia(), name, nil)) || g.Dump() != before {
			t.Errorf("/%s looked for refused DMs", name)
		}
	}
	if begins(g.Run(gymtest.Carl(), "class list", nil)) {
		t.Error("carl is told of mia's DMs")
	}
	first := g.Run(gymtest.Mia(), "class list", nil)
	golden.Reply(t, "dm-told", first)
	if !begins(first) || begins(g.Run(gymtest.Mia(), "class list", nil)) {
		t.Error("not told once")
	}
	g.Time = g.Time.Add(time.Hour)
	g.Closed(gymtest.Mia())
	if card := g.Run(gymtest.Mia(), "me notify", nil); !begins(card) || golden.ID(t, card, "Try again") == "" {
		t.Errorf("/me notify says %v", card)
	}
	// Who keeps no settings has nothing to press.
	g.Add(map[string]any{"at": "mon 18:00"})
	g.Post(g.Only(), schedule.KindAlert, g.Time, schedule.StateFailed, schedule.ReasonClosedDM)
	golden.Reply(t, "dm-told-creator", g.Run(gymtest.Carl(), "me privacy", nil))
	// A reply without room is left as it is, and the next one tells.
	g.Time = g.Time.Add(time.Hour)
	g.Closed(gymtest.Mia())
	long := bot.Reply{Parts: []bot.Part{bot.Text(strings.Repeat("x", 3990))}}
	if got := g.tellClosedDM(t.Context(), gymtest.Mia().Request(g, nil), long); len(got.Parts) != 1 {
		t.Error("a full reply has one line more")
	}
	if !begins(g.Run(gymtest.Mia(), "me nudge", nil)) {
		t.Error("it was told to nobody")
	}
}

// TestOnlyPrivateCommandsTellOfClosedDMs walks all commands.
func TestOnlyPrivateCommandsTellOfClosedDMs(t *testing.T) {
	ran := func(c bot.Command) bool {
		looked := false
		d := Deps{Notices: looks{looked: &looked}, Now: func() time.Time { return gymtest.Noon }}
		d.tellsClosedDMs(&c)
		if c.Run != nil {
			if _, err := c.Run(t.Context(), gymtest.Request(t, gymtest.Deps(t), nil)); err != nil {
				t.Fatal(err)
			}
		}
		return looked
	}
	cmds, _ := All(gymtest.Deps(t))
	for _, c := range cmds {
		for _, s := range append([]bot.Command{c}, c.Subs...) {
			if s.Run == nil {
				continue
			}
			s.Run = replies(bot.Reply{Parts: []bot.Part{bot.Text("x")}})
			if want := !c.Discreet && !s.Discreet && s.Answer == bot.NewPrivate; ran(s) != want {
				t.Errorf("/%s %s looks for refused DMs: %t", c.Name, s.Name, !want)
			}
		}
	}
	modal := bot.Command{Name: "x", Answer: bot.NewPrivate, Run: replies(bot.Reply{Modal: &bot.Modal{}})}
	public := bot.Command{Name: "x", Answer: bot.NewPublic, Run: replies(bot.Reply{Parts: []bot.Part{bot.Text("x")}})}
	if ran(modal) || ran(public) {
		t.Error("a form or a public answer tells of refused DMs")
	}
}

// looks notes that somebody looked for refused DMs.
type looks struct {
	Notices
	looked *bool
}

func (l looks) TellClosedDM(context.Context, string, time.Time) (bool, error) {
	*l.looked = true
	return false, nil
}

func replies(r bot.Reply) func(context.Context, *bot.Request) (bot.Reply, error) {
	return func(context.Context, *bot.Request) (bot.Reply, error) { return r, nil }
}
