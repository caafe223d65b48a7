package class_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// inDM is a person in the DM with the bot, which tells nothing of servers.
func inDM(p gymtest.Person) gymtest.Person {
	p.Guild, p.Channel, p.Kind, p.Perms, p.Roles, p.App = "", "1325750707814400050", 1, 0, nil, 0
	return p
}

func askID(id bot.ID[button.AskState], act button.AskAct, class int64) string {
	return id.For(button.AskState{Act: act, ID: class})
}

// TestAskedChanges follows each button of the question in the DM to a change that
// is saved.
func TestAskedChanges(t *testing.T) {
	carl := inDM(gymtest.Carl())
	for _, tc := range []struct {
		name   string
		change func(g *gymtest.Gym, id int64) bot.Reply
		saves  bool // its contract is saved by a button
		ok     func(schedule.Series) bool
	}{
		{"time", func(g *gymtest.Gym, id int64) bot.Reply {
			form := g.Press(carl, askID(button.AskFormID, button.AskTime, id), nil)
			golden.Reply(t, "asked-time", form)
			return g.Press(carl, form.Modal.ID, map[string]string{"at": "mon wed fri 19:00", "length": "60", "title": "", "before": "10", "cool_down": "yes"})
		}, true, func(s schedule.Series) bool { return s.Rule.String() == "mon wed fri 19:00" }},
		{"channel", func(g *gymtest.Gym, id int64) bot.Reply {
			golden.Reply(t, "asked-channel", g.Press(carl, askID(button.AskID, button.AskChannel, id), nil))
			return g.Press(carl, askID(button.AskSetID, button.AskChannel, id), nil, gymtest.GeneralID)
		}, true, func(s schedule.Series) bool { return s.ChannelID == gymtest.GeneralID }},
		{"posts", func(g *gymtest.Gym, id int64) bot.Reply {
			golden.Reply(t, "asked-fewer", g.Press(carl, askID(button.AskID, button.AskFewer, id), nil))
			return g.Press(carl, askID(button.AskSetID, button.AskPosts, id), nil, "cool_down")
		}, true, func(s schedule.Series) bool { return s.Lead == 0 && s.CoolDown }},
		{"days", func(g *gymtest.Gym, id int64) bot.Reply {
			return g.Press(carl, askID(button.AskSetID, button.AskDays, id), nil, "1", "16")
		}, true, func(s schedule.Series) bool { return s.Rule.String() == "mon fri 18:00" }},
		{"pause", func(g *gymtest.Gym, id int64) bot.Reply {
			form := g.Press(carl, askID(button.AskFormID, button.AskPause, id), nil)
			return g.Press(carl, form.Modal.ID, map[string]string{"day": "2026-12-08"})
		}, false, func(s schedule.Series) bool {
			return s.PausedUntil == schedule.Date{Year: 2026, Month: time.December, Day: 8}
		}},
	} {
		g := gymtest.New(t)
		id := g.Saved("mon wed fri 18:00").ID
		card := tc.change(g, id)
		golden.Reply(t, "asked-"+tc.name+"-changed", card)
		if tc.saves {
			save := golden.ID(t, card, "Save")
			golden.Reply(t, "asked-"+tc.name+"-saved", g.Press(carl, save, nil))
			before := g.Dump()
			if again := golden.Shown(g.Press(carl, save, nil)); g.Dump() != before || again == "" {
				t.Errorf("%s: saved again it says %s", tc.name, again)
			}
		}
		if s := g.Only(); !tc.ok(s) {
			t.Errorf("%s: the class is %+v", tc.name, s)
		}
	}
}

// TestAskedIsChecked holds that the question's buttons change nothing for anyone
// who may not change the class when they press, and say what to do instead.
func TestAskedIsChecked(t *testing.T) {
	g := gymtest.New(t)
	id := g.Saved("mon wed fri 18:00").ID
	other := g.Saved("sun 09:00", func(s *schedule.Series) { s.CoolDown = false })
	carl := inDM(gymtest.Carl())
	contract := g.Press(carl, askID(button.AskSetID, button.AskPosts, id), nil, "pre")
	save := golden.ID(t, contract, "Save")
	var said golden.Table
	said.Row("nothing is fewer", g.Press(carl, askID(button.AskID, button.AskFewer, other.ID), nil))
	all := []string{askID(button.AskFormID, button.AskTime, id), askID(button.AskFormID, button.AskPause, id), askID(button.AskID, button.AskChannel, id),
		askID(button.AskID, button.AskFewer, id), save}
	before := g.Dump()
	press := func(what string, p gymtest.Person) {
		t.Helper()
		first := golden.Shown(g.Press(p, all[0], nil))
		for _, button := range all {
			if got := golden.Shown(g.Press(p, button, nil)); got != first && button != save {
				t.Errorf("%s: %s says %s", what, button, got)
			}
		}
		said.Row(what, g.Press(p, all[0], nil))
		said.Row(what+", Save", g.Press(p, save, nil))
	}
	press("a member", inDM(gymtest.Mia()))
	standing := g.Standing
	g.Standing = func(context.Context, string, string) (bot.Standing, error) { return bot.Standing{}, nil }
	g.Restart()
	press("no coach any more", carl)
	g.Standing = func(context.Context, string, string) (bot.Standing, error) { return bot.Standing{}, bot.ErrNoMember }
	g.Restart()
	press("not in the server any more", carl)
	g.Standing = func(context.Context, string, string) (bot.Standing, error) {
		return bot.Standing{}, errors.New("HTTP 503")
	}
	g.Restart()
	press("Discord doesn't say", carl)
	if g.Dump() != before {
		t.Error("something was changed")
	}
	g.Standing, g.Channels = standing, func(context.Context, string, string) ([]bot.ChannelValue, error) { return nil, errors.New("HTTP 503") }
	g.Restart()
	said.Row("no channels", g.Press(carl, askID(button.AskID, button.AskChannel, id), nil))
	said.Row("all classes, from a DM", g.Press(carl, button.ClassID.For(button.ClassState{Act: button.ActWeek}), nil))
	said.Row("a class that is gone", g.Press(carl, askID(button.AskID, button.AskFewer, 999), nil))
	said.Compare(t, "asked-refused")
}
