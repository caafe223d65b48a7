package reading_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/content"
)

// TestMyth shows a claim of either kind as a channel and a reader see it.
func TestMyth(t *testing.T) {
	room := open(t)
	for name, id := range map[string]string{"myth-true": "leaning_elbows", "myth-not": "after_soreness"} {
		c, ok := room.lib.Claim(card.DefaultLocale, id)
		if !ok {
			t.Fatalf("no claim %s", id)
		}
		golden.Reply(t, name, card.Calm(room.post(c)...))
		golden.Reply(t, name+"-pressed-true", room.press(t, button.MythID.For(button.MythAnswer{Claim: id, True: true})))
		golden.Reply(t, name+"-pressed-not", room.press(t, button.MythID.For(button.MythAnswer{Claim: id, True: false})))
	}
	golden.Reply(t, "myth-mistake", room.press(t, button.MythMistakeID.For(button.MythAnswer{Claim: "after_soreness", True: true})))
}

// post is a claim as it stands in a channel, in the week that asks it.
func (r reader) post(c *content.Claim) []bot.Part {
	at := gymtest.Noon
	for r.lib.ClaimOf(card.DefaultLocale, at) != c {
		at = at.AddDate(0, 0, 7)
	}
	return r.ClaimCard(card.DefaultLocale, at)
}

// TestEveryClaimFits holds every post and answer within Discord's limits and
// ours, and the answer to what the content says.
func TestEveryClaimFits(t *testing.T) {
	room := open(t)
	for _, c := range room.lib.Claims(card.DefaultLocale) {
		post := card.Calm(room.post(c)...)
		if err := post.Validate(); err != nil {
			t.Errorf("%s: %v", c.ID, err)
		}
		if text := golden.Shown(post); strings.Contains(text, c.Why) {
			t.Errorf("%s: the post gives the answer away", c.ID)
		}
		for _, said := range []bool{true, false} {
			r := room.press(t, button.MythID.For(button.MythAnswer{Claim: c.ID, True: button.Truth(said)}))
			if err := r.Validate(); err != nil {
				t.Errorf("%s: %v", c.ID, err)
			}
			text := golden.Shown(r)
			if n := wordsOn(r); n > 120 {
				t.Errorf("%s has %d words, at most 120", c.ID, n)
			}
			if strings.Contains(text, "### True.") != c.True || strings.Contains(text, "### Not so.") == c.True {
				t.Errorf("%s gets the wrong heading:\n%s", c.ID, text)
			}
			if same := strings.Contains(text, "That is what you pressed."); same != (c.True == said) {
				t.Errorf("%s, pressed %t:\n%s", c.ID, said, text)
			}
			sure := "How sure: " + room.lib.GradeWords(card.DefaultLocale, []content.Grade{c.Grade}) + "."
			if !strings.Contains(text, sure) || !strings.Contains(text, "Version "+room.lib.Version) {
				t.Errorf("%s does not say %q and its version", c.ID, sure)
			}
			for _, id := range c.Sources {
				if s, _ := room.lib.Source(id); !strings.Contains(text, s.Title) || !strings.Contains(text, s.URL) {
					t.Errorf("%s does not show its source %s", c.ID, id)
				}
			}
		}
	}
}

// TestMythOfAnotherVersion: a post may be older or newer than the program.
func TestMythOfAnotherVersion(t *testing.T) {
	room := open(t)
	for _, claim := range []string{"gone", "", "after_soreness/true"} {
		for _, name := range []string{"myth1:", "mythback1:", "mythmistake1:"} {
			_, err := room.ask(t, room.request(t, nil), name+claim+"/true")
			if ue, ok := errors.AsType[*bot.UserError](err); !ok || ue.Key != "bot.old_button" {
				t.Errorf("%s%s is answered with %v", name, claim, err)
			}
		}
	}
}

// TestMythKeepsNothing answers in private, and writes nothing down.
func TestMythKeepsNothing(t *testing.T) {
	g := gymtest.New(t)
	room, monday := open(t), time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	c := room.lib.ClaimOf(card.DefaultLocale, monday)
	before, kicks := g.Dump(), g.Kicks
	for _, p := range []gymtest.Person{gymtest.Mia(), gymtest.Carl(), gymtest.Olga()} {
		for _, b := range golden.Buttons(room.ClaimCard(card.DefaultLocale, monday)) {
			if reply := g.Press(p, b.ID, nil); !strings.Contains(golden.Shown(reply), c.Why) {
				t.Errorf("%s gets %s", b.ID, golden.Shown(reply))
			}
		}
		for _, id := range []string{"myth1:", "myth1:" + c.ID, "myth1:" + c.ID + "/", "myth1:" + c.ID + "/maybe", "myth1:gone/true", "myth1:a/b/true"} {
			if reply := g.Press(p, id, nil); len(golden.Buttons(reply.Parts)) > 0 {
				t.Errorf("%s gets %s", id, golden.Shown(reply))
			}
		}
	}
	if after := g.Dump(); after != before || g.Kicks != kicks {
		t.Errorf("a press changed\n%s\nto\n%s", before, after)
	}
	for name, want := range map[string]bot.Answer{"myth1": bot.NewPrivate, "mythback1": bot.Update, "mythmistake1": bot.Update} {
		if p := room.part(t, name); p.Answer != want || p.OwnerOnly != (want == bot.Update) || !p.Discreet {
			t.Errorf("%s answers %v, for its owner only: %t, discreet: %t", name, p.Answer, p.OwnerOnly, p.Discreet)
		}
	}
}
