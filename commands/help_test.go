package commands_test

import (
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

// helpWords is how long the first card of /help may be.
const helpWords = 120

// TestHelp: /help says in few words what a reader came for and what they may do
// where they are; every command is one press away, and so is the way back.
func TestHelp(t *testing.T) {
	t.Parallel()
	g := gymtest.New(t)
	other := gymtest.Mia()
	other.Guild = gymtest.Rita().Guild // a server without a place
	for name, p := range map[string]gymtest.Person{
		"member": gymtest.Mia(), "coach": gymtest.Carl(), "owner": gymtest.Olga(), "administrator": gymtest.Rita(), "other": other, "dm": alone(gymtest.Mia()),
	} {
		short := g.Run(p, "help", nil)
		golden.Reply(t, "help-"+name, short)
		if n := len(strings.Fields(golden.Shown(short))); n > helpWords {
			t.Errorf("%s reads %d words, want at most %d", name, n, helpWords)
		}
		all := g.Tap(p, short, "Every command and the clock rules")
		if name == "owner" {
			golden.Reply(t, "help-all", all)
		}
		if has := strings.Contains(golden.Shown(all), "`/setup`"); has == (name == "member" || name == "coach" || name == "other") {
			t.Errorf("%s sees /setup: %v", name, has)
		}
		if back := g.Tap(p, all, "Back to the short help"); golden.Shown(back) != golden.Shown(short) {
			t.Errorf("%s goes back to another card:\n%s", name, golden.Shown(back))
		}
	}
}

// TestHelpOfAUserInstalledBot: where only the reader has the bot, there are no
// classes and nothing to set up.
func TestHelpOfAUserInstalledBot(t *testing.T) {
	t.Parallel()
	g := gymtest.New(t)
	for _, c := range g.Commands() {
		if c.Name != "help" {
			continue
		}
		req := gymtest.Request(t, g.Deps, nil)
		req.GuildID, req.UserOnly, req.Perms = gymtest.IronID, true, bot.ManageServer
		r, err := c.Run(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		golden.Reply(t, "help-user-installed", r)
	}
}

// TestHelpListsEveryCommand: what is behind the button leaves out nothing.
func TestHelpListsEveryCommand(t *testing.T) {
	t.Parallel()
	g := gymtest.New(t)
	text := golden.Shown(g.Tap(gymtest.Olga(), g.Run(gymtest.Olga(), "help", nil), "Every command and the clock rules"))
	cmds, _ := commands.All(g.Deps)
	for _, c := range cmds {
		names := []string{c.Name}
		if len(c.Subs) > 0 {
			names = nil
		}
		for _, s := range c.Subs {
			names = append(names, c.Name+" "+s.Name)
		}
		for _, name := range names {
			if !strings.Contains(text, "`/"+name+"`") {
				t.Errorf("/help lacks /%s", name)
			}
		}
	}
	for _, want := range []string{"local clock", "You never tell me a symptom", "help@iron.example"} {
		if !strings.Contains(text, want) {
			t.Errorf("/help does not say %q", want)
		}
	}
}
