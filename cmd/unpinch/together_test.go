package main

import (
	"strings"
	"testing"
)

// TestTogetherFromEndToEnd follows a routine with a channel: announced, posted
// with the bot's token, seen by all, moved on by itself and after a restart.
func TestTogetherFromEndToEnd(t *testing.T) {
	t.Parallel()
	g, dir := newGarden(t), t.TempDir()
	config := writeConfig(t, dir, g.base, "playground")
	bot := run(t, config)
	ask := asks{"as": "carl", "channel": "classes", "name": "stretch", "options": asks{"routine": "calm", "minutes": 3, "together": true}}
	offer := g.command(ask)
	if offer.View.OnlyFor == "" || labels(offer) != "Now · In 1 minute · In 3 minutes · In 5 minutes" {
		t.Fatalf("the offer is %+v", offer.View)
	}
	if on := g.press("carl", offer.ID, "In 1 minute"); !strings.Contains(on.View.Text, "on its way") {
		t.Errorf("the start says %q", on.View.Text)
	}
	lobby := g.until("noah", "classes", "Together: Gentle version, 3 minutes")
	if lobby.View.OnlyFor != "" || !strings.Contains(labels(lobby), "I'm in · Pause · End for everyone") {
		t.Errorf("the lobby is %+v", lobby.View)
	}
	if strings.Contains(g.get("/messages?as=noah&channel=classes"), `"interaction_metadata"`) {
		t.Error("the card is the answer to a command")
	}
	if second := g.fails("/command", ask); !strings.Contains(second, "follows a routine already") {
		t.Errorf("a second one in the channel: %q", second)
	}
	g.press("mia", lobby.ID, "I'm in")
	if again := g.press("mia", lobby.ID, "I'm in"); !strings.Contains(again.View.Text, "in already") {
		t.Errorf("a second press says %q", again.View.Text)
	}
	g.press("noah", lobby.ID, "I'm in")
	g.advance("5s")
	g.until("olga", "classes", "2 are in.")
	g.advance("60s")
	first := g.until("mia", "classes", "Step 1 of 4")
	if first.ID != lobby.ID {
		t.Error("the first step is another message")
	}
	bot.stop()

	bot = run(t, config)
	g.advance("60s")
	g.until("mia", "classes", "Step 2 of 4")
	if no := g.fails("/click", asks{"as": "mia", "message": lobby.ID, "label": "Pause"}); !strings.Contains(no, "Only the one who started it") {
		t.Errorf("mia pausing: %q", no)
	}
	g.press("carl", lobby.ID, "Pause")
	paused := g.until("mia", "classes", "Paused for everyone")
	if !strings.Contains(labels(paused), "I'm in · Go on · End for everyone") {
		t.Errorf("paused it offers %q", labels(paused))
	}
	g.advance("5m")
	g.until("mia", "classes", "Step 2 of 4")
	g.press("olga", lobby.ID, "Go on")
	g.until("mia", "classes", "Moves on by itself")
	g.advance("5m")
	g.until("mia", "classes", "Done: Gentle version, 3 minutes")
	if late := g.fails("/click", asks{"as": "mia", "message": lobby.ID, "label": "I'm in"}); late == "" {
		t.Error("a press on a card that is over")
	}
	bot.stop()
	if all := dump(t, dir); strings.Contains(all, "calm-3") {
		t.Errorf("a routine that is done is kept:\n%s", all)
	}
}

// fails makes a call that must not go well, and returns what the bot said.
func (g garden) fails(path string, in asks) string {
	g.t.Helper()
	var a answer
	if status := g.post(path, in, &a); status == 200 && len(a.Messages) == 1 {
		return a.Messages[0].View.Text
	}
	return "nothing: " + g.get("/state")[:0]
}

// TestTogetherIsRefused says beforehand what would not work.
func TestTogetherIsRefused(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	bot := run(t, writeConfig(t, t.TempDir(), g.base, "playground"))
	ask := func(as, channel string) message {
		t.Helper()
		return g.command(asks{"as": as, "channel": channel, "name": "stretch", "options": asks{"routine": "post", "minutes": 3, "together": true}})
	}
	var state any
	g.post("/world", asks{"permission": asks{"channel": "general", "deny": "SEND_MESSAGES"}}, &state)
	if no := ask("mia", "general"); len(no.View.Buttons) != 0 || !strings.Contains(no.View.Text, "Send Messages") {
		t.Errorf("without a permission: %+v", no.View)
	}
	if no := ask("mia", "dm"); !strings.Contains(no.View.Text, "a server's channel") {
		t.Errorf("in a DM: %q", no.View.Text)
	}
	offer := ask("mia", "classes")
	g.post("/world", asks{"permission": asks{"channel": "classes", "deny": "ATTACH_FILES"}}, &state)
	if no := g.press("mia", offer.ID, "Now"); len(no.View.Buttons) != 0 {
		t.Errorf("a permission lost meanwhile: %+v", no.View)
	}
	bot.stop()
}

// TestNobodyPostsWhereTheyMayNotWrite presses, on the playground, each button
// that posts for all in a channel in which members only read, and the owner writes.
func TestNobodyPostsWhereTheyMayNotWrite(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	bot := run(t, writeConfig(t, t.TempDir(), g.base, "playground"))
	var state any
	together := asks{"as": "mia", "channel": "general", "name": "stretch", "options": asks{"routine": "post", "minutes": 3, "together": true}}
	lift := asks{"as": "mia", "channel": "general", "name": "modify", "options": asks{"exercise": "deadlift"}}
	offer, lifts := g.command(together), g.command(lift)
	g.post("/world", asks{"permission": asks{"channel": "general", "role": "@everyone", "deny": "SEND_MESSAGES"}}, &state)
	g.post("/world", asks{"permission": asks{"channel": "general", "allow": "SEND_MESSAGES"}}, &state)
	const refusal = "You may not write in this channel"
	share := asks{"as": "mia", "channel": "general", "name": "help", "options": asks{"share": true}}
	for name, said := range map[string]string{
		"together":           g.command(together).View.Text,
		"the start of it":    g.press("mia", offer.ID, "Now").View.Text,
		"a lift":             g.press("mia", lifts.ID, "Share in this channel").View.Text,
		"Start here":         g.command(share).View.Text,
		"in a thread of its": g.command(asks{"as": "mia", "channel": "morning-crew", "name": "help", "options": asks{"share": true}}).View.Text,
	} {
		if strings.Contains(said, refusal) != (name != "in a thread of its") {
			t.Errorf("%s: %q", name, said)
		}
	}
	share["as"] = "olga"
	if up := g.command(share); !strings.Contains(up.View.Text, "Start here is up") {
		t.Errorf("the owner reads %q", up.View.Text)
	}
	bot.stop()
}

// startTogether has carl start a routine in a channel.
func (g garden) startTogether(channel string) {
	g.t.Helper()
	offer := g.command(asks{"as": "carl", "channel": channel, "name": "stretch", "options": asks{"routine": "post", "minutes": 3, "together": true}})
	g.press("carl", offer.ID, "Now")
}

// TestTogetherSaysWhyItCannotGoOn: a card that Discord refuses for good is told to
// its starter, in private, and one without the right to send files goes on.
func TestTogetherSaysWhyItCannotGoOn(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		do   func(g garden)
		want string
	}{
		{"the first card", func(g garden) {
			g.fault(asks{"route": "POST /channels/{channel}/messages", "status": 400, "code": 160005})
			g.startTogether("classes")
		}, "can't go on in <#CHANNEL>: the thread is locked"},
		{"a later card", func(g garden) {
			g.startTogether("classes")
			g.until("mia", "classes", "Step 1 of 6")
			g.world(asks{"permission": asks{"channel": "classes", "deny": "VIEW_CHANNEL"}})
			g.advance("60s")
		}, "can't go on in <#CHANNEL>: I can't see the channel"},
		{"a card that is deleted", func(g garden) {
			g.startTogether("classes")
			g.until("mia", "classes", "Step 1 of 6")
			g.fault(asks{"route": "PATCH /channels/{channel}/messages/{message}", "status": 404, "code": 10008})
			g.advance("60s")
		}, "can't go on in <#CHANNEL>: its card was deleted"},
		{"Discord takes no first card", func(g garden) {
			g.fault(asks{"route": "POST /channels/{channel}/messages", "status": 503})
			g.startTogether("classes")
			g.advance("3m")
		}, "can't go on in <#CHANNEL>: Discord did not take it in time"},
		{"no files any more", func(g garden) {
			g.startTogether("classes")
			g.until("mia", "classes", "Step 1 of 6")
			g.world(asks{"permission": asks{"channel": "classes", "deny": "ATTACH_FILES"}})
			g.advance("60s")
		}, ""},
		{"Discord takes no new picture", func(g garden) {
			g.startTogether("classes")
			g.until("mia", "classes", "Step 1 of 6")
			g.fault(asks{"route": "PATCH /channels/{channel}/messages/{message}", "status": 400, "code": 50035, "times": 1})
			g.advance("60s")
		}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			g := newGarden(t)
			bot := run(t, writeConfig(t, t.TempDir(), g.base, "playground"))
			channel := g.id("channels", "classes")
			tc.do(g)
			if tc.want != "" {
				g.until("carl", "classes", strings.ReplaceAll(tc.want, "CHANNEL", channel))
			} else {
				g.until("mia", "classes", "Step 2 of 6")
			}
			bot.stop()
			if strings.Contains(bot.log.String(), "level=ERROR") {
				t.Errorf("the log has an error:\n%s", bot.log)
			}
		})
	}
}

// TestWhereTheBotIsNot: in a server that the bot is not in, what needs it there is
// not offered, and all else works.
func TestWhereTheBotIsNot(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	bot := run(t, writeConfig(t, t.TempDir(), g.base, "playground"))
	for name, options := range map[string]asks{
		"a routine":          {"routine": "post", "minutes": 3, "together": true},
		"a menu of routines": {"together": true},
	} {
		no := g.command(asks{"as": "mia", "channel": "lounge", "name": "stretch", "options": options})
		if !strings.Contains(no.View.Text, "I am not in this server") || len(no.View.Buttons)+len(no.View.Selects) != 0 || no.View.OnlyFor == "" {
			t.Errorf("%s together: %+v", name, no.View)
		}
	}
	help := g.command(asks{"as": "mia", "channel": "lounge", "name": "help"})
	all := g.press("mia", help.ID, "Every command and the clock rules")
	for _, help := range []message{help, all} {
		if strings.Contains(help.View.Text, "/class") || strings.Contains(help.View.Text, "/setup") || !strings.Contains(help.View.Text, "/stretch") {
			t.Errorf("/help offers %q", help.View.Text)
		}
	}
	card := g.command(asks{"as": "mia", "channel": "lounge", "name": "stretch", "options": asks{"routine": "post", "minutes": 3}})
	if next := g.press("mia", card.ID, "Next"); !strings.Contains(next.View.Text, "Step 2 of 6") {
		t.Errorf("Next led to %q", next.View.Text)
	}
	if strings.Contains(g.get("/requests"), `"method":"POST","route":"/channels/{channel}/messages"`) {
		t.Error("something was posted with the bot's token")
	}
	bot.stop()
}
