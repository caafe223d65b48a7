package input_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

// A ruleRoute is one way to type a rule.
type ruleRoute struct {
	who   gymtest.Person
	types func(g *gymtest.Gym, at string) bot.Reply
}

// ruleRoutes are the options and forms that take a rule.
func ruleRoutes() map[string]ruleRoute {
	carl, mia := gymtest.Carl(), gymtest.Mia()
	option := func(p gymtest.Person, name string, besides map[string]any) ruleRoute {
		return ruleRoute{p, func(g *gymtest.Gym, at string) bot.Reply {
			options := map[string]any{"at": at}
			maps.Copy(options, besides)
			return g.Run(p, name, options)
		}}
	}
	form := func(p gymtest.Person, open func(g *gymtest.Gym) *bot.Modal) ruleRoute {
		return ruleRoute{p, func(g *gymtest.Gym, at string) bot.Reply {
			modal, fields := open(g), map[string]string{}
			for _, f := range modal.Fields {
				fields[f.ID] = f.Value
				for _, e := range f.Entries {
					if e.Chosen {
						fields[f.ID] = e.Value
					}
				}
			}
			fields["at"] = at
			return g.Press(p, modal.ID, fields)
		}}
	}
	return map[string]ruleRoute{
		"class add":           option(carl, "class add", map[string]any{"title": "Power"}),
		"class edit":          option(carl, "class edit", map[string]any{"class": "1"}),
		"me reminders":        option(mia, "me reminders", map[string]any{"routine": "calm"}),
		"form of a class":     form(carl, func(g *gymtest.Gym) *bot.Modal { return g.Press(carl, "classform1:edit/1/0", nil).Modal }),
		"form of a reminder":  form(mia, func(g *gymtest.Gym) *bot.Modal { return g.Press(mia, "remindersform1:show", nil).Modal }),
		"form of a new class": form(carl, newClassForm),
	}
}

// newClassForm is the form of a class that is not saved yet.
func newClassForm(g *gymtest.Gym) *bot.Modal {
	draft := g.Run(gymtest.Carl(), "class add", map[string]any{"at": "wed 12:00"})
	return g.Press(gymtest.Carl(), golden.ID(g.T, draft, "Change"), nil).Modal
}

// ruleGym is a gym with one class, and with mia's consent and zone.
func ruleGym(t *testing.T) *gymtest.Gym {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "sat 08:00", "title": "Row"})
	g.Agree(gymtest.Mia())
	g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": "Europe/Lisbon"})
	return g
}

// wrongRules are texts that offer one thing, two and three, with the word that is
// not understood.
func wrongRules() map[string]string {
	return map[string]string{
		"6pm": "6pm", "mon 18:00 wed": "wed", "lunes 18:00": "lunes", "mar 18:00": "mar", "sat 3rd 09:00": "sat 3rd", "03/04 18:00": "03/04",
		"every second thu 19:00": "every second thu",
		"every 2 weeks thu 06:00 07:10 08:00 09:20 10:00 11:30 12:00 13:40 14:00 15:50 16:00 17:15 18:00": "every 2 weeks",
	}
}

// TestARefusedRuleOffers has each route refuse each text: it names the word, and
// offers with buttons that can be told apart.
func TestARefusedRuleOffers(t *testing.T) {
	routes := ruleRoutes()
	for _, name := range slices.Sorted(maps.Keys(routes)) {
		var said golden.Table
		g := ruleGym(t)
		for _, at := range slices.Sorted(maps.Keys(wrongRules())) {
			reply := routes[name].types(g, at)
			said.Row(at, reply)
			if !strings.Contains(golden.Shown(reply), `"`+wrongRules()[at]+`"`) {
				t.Errorf("%s, %s: the word isn't named: %s", name, at, golden.Shown(reply))
			}
			labels := golden.Labels(reply)
			for i, label := range labels {
				if len([]rune(label)) > 80 || slices.Contains(labels[:i], label) {
					t.Errorf("%s, %s: the label %q", name, at, label)
				}
			}
			if b := golden.Buttons(reply.Parts); len(b) == 0 || !strings.HasPrefix(b[0].ID, "again1:") {
				t.Errorf("%s, %s: nothing is offered: %s", name, at, golden.Shown(reply))
			}
		}
		said.Compare(t, "rule-offers-"+strings.ReplaceAll(name, " ", "-"))
	}
}

// TestARuleOfferIsTaken presses what is offered: it is as if that had been typed,
// once, for its user only, a quarter of an hour long, until a restart.
func TestARuleOfferIsTaken(t *testing.T) {
	for name, route := range ruleRoutes() {
		typed := ruleGym(t)
		want := golden.Shown(route.types(typed, "tuesday 18:00"))
		g := ruleGym(t)
		asked := route.types(g, "mar 18:00")
		id, before := golden.ID(t, asked, "Tuesdays at 18:00"), g.Dump()
		other := gymtest.Olga()
		gone := func(what string, r bot.Reply) {
			if len(golden.Labels(r)) != 0 || g.Dump() != before {
				t.Errorf("%s, %s: %s", name, what, golden.Shown(r))
			}
		}
		gone("somebody else", g.Press(other, id, nil))
		got := golden.Shown(g.Press(route.who, id, nil))
		if got != want || strings.Count(g.Dump(), "18:00") != strings.Count(typed.Dump(), "18:00") {
			t.Errorf("%s: pressed is\n%s\ntyped is\n%s", name, got, want)
		}
		after := g.Dump()
		again := golden.Shown(g.Press(route.who, id, nil))
		if strings.Count(g.Dump(), "18:00") != strings.Count(after, "18:00") {
			t.Errorf("%s: a second press changes\n%s\nto\n%s\nand says %s", name, after, g.Dump(), again)
		}
		g = ruleGym(t)
		id = golden.ID(t, route.types(g, "mar 18:00"), "Tuesdays at 18:00")
		before = g.Dump()
		g.Restart()
		gone("after a restart", g.Press(route.who, id, nil))
		g = ruleGym(t)
		id = golden.ID(t, route.types(g, "mar 18:00"), "Tuesdays at 18:00")
		before = g.Dump()
		g.Time = g.Time.Add(15 * time.Minute)
		gone("later", g.Press(route.who, id, nil))
	}
}
