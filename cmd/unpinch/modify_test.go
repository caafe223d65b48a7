package main

import (
	"strings"
	"testing"
)

// TestModifyFromEndToEnd types a lift, reads its card, opens the signs from it,
// and shares it: nothing is written down, and what is posted names no area.
func TestModifyFromEndToEnd(t *testing.T) {
	t.Parallel()
	g, dir := newGarden(t), t.TempDir()
	config := writeConfig(t, dir, g.base, "playground")
	bot := run(t, config)
	bot.stop()
	before := dump(t, dir)

	bot = run(t, config)
	var offered struct {
		Choices []struct{ Name, Value string }
	}
	if status := g.post("/autocomplete", asks{"as": "mia", "channel": "general", "name": "modify",
		"options": asks{"exercise": "skullcrush"}, "focused": "exercise"}, &offered); status != 200 ||
		len(offered.Choices) == 0 || offered.Choices[0].Value != "skull_crusher" {
		t.Errorf("autocomplete answers %d with %+v", status, offered.Choices)
	}
	card := g.command(asks{"as": "mia", "channel": "general", "name": "modify", "options": asks{"exercise": "dead lifts", "area": "low_back"}})
	if !strings.Contains(card.View.Text, "## Deadlift") || !strings.HasPrefix(card.View.Text, "Tingling, numb or weak?") || card.View.OnlyFor == "" {
		t.Errorf("the card is %+v", card.View)
	}
	posted := g.press("mia", card.ID, "Share in this channel")
	if posted.ID == card.ID || posted.View.OnlyFor != "" || !strings.Contains(posted.View.Text, "## Deadlift") || strings.Contains(posted.View.Text, "Tingling, numb or weak") || len(posted.View.Buttons) > 0 {
		t.Errorf("the post is %+v", posted.View)
	}
	if seen := g.get("/messages?channel=general&as=noah"); !strings.Contains(seen, "## Deadlift") || strings.Contains(seen, "signs first") {
		t.Error("noah does not see the post, or sees mia's card")
	}
	for _, label := range []string{"More about this lift", "Back", "Sources", "Back", "Report a mistake", "Back"} {
		g.press("mia", card.ID, label)
	}
	if signs := g.press("mia", card.ID, "Check the signs"); signs.ID != card.ID || !strings.Contains(signs.View.Text, "Call now if you have one of these") {
		t.Errorf("the signs are %+v", signs.View)
	}
	for _, where := range []asks{{"as": "mia", "channel": "dm", "name": "modify"}, {"as": "mia", "guild": "quiet-room", "channel": quietChannel(g), "name": "modify"}} {
		pick := g.command(where)
		of := g.press("mia", pick.ID, pick.View.Selects[0].CustomID, "carry")
		if lift := g.press("mia", pick.ID, of.View.Selects[0].CustomID, "yoke_carry"); !strings.Contains(lift.View.Text, "## Yoke carry") {
			t.Errorf("%v: the selects led to %+v", where, lift.View)
		}
	}
	with := g.command(asks{"as": "mia", "channel": "general", "name": "pinched", "options": asks{"area": "elbow", "exercise": "skullcrushers"}})
	g.press("mia", with.ID, "None of these")
	g.press("mia", with.ID, "None of these")
	if own := g.press("mia", with.ID, "Skull crusher"); !strings.Contains(own.View.Text, "**Swap in:**") {
		t.Errorf("the lift's own card is %+v", own.View)
	}
	miss := g.command(asks{"as": "mia", "channel": "general", "name": "modify", "options": asks{"exercise": "qwertyuiop"}})
	if !strings.Contains(miss.View.Text, "I am not sure which lift **qwertyuiop** is") || miss.View.OnlyFor == "" {
		t.Errorf("the miss is %+v", miss.View)
	}

	metrics := g.metrics(bot)
	bot.stop()
	if after := dump(t, dir); after != before {
		t.Errorf("the run was written down:\n%s", after)
	}
	silent(t, bot.log.String(), metrics)
	for _, word := range []string{"deadlift", "dead lift", "Deadlift", "skull", "yoke", "carry", "qwerty", "low_back", "elbow"} {
		if strings.Contains(bot.log.String(), word) || strings.Contains(metrics, word) {
			t.Errorf("logs or metrics name %s", word)
		}
	}
}
