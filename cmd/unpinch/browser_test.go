package main

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"unpinch/playground/browser"
)

var screenshots = flag.String("screenshots", "", "a folder to write pictures of the page to, the README's among them")

// TestPageInBrowser walks the people of one playground on its page: a stranger,
// a coach, a member and an owner.
func TestPageInBrowser(t *testing.T) {
	browser.Ask(t)
	g := newGarden(t)
	g.morning()
	bot := run(t, writeConfig(t, t.TempDir(), g.base, "playground"))
	defer bot.stop()
	w := walk{browser.Open(t, g.base, 1180, 1180), g}
	w.pinched()
	w.command(asks{"as": "olga", "channel": "classes", "name": "setup", "options": asks{"zone": "Europe/Lisbon", "channel": "classes", "coach": "coach", "name": "Iron Garden"}})
	w.add()
	w.class()
	w.event()
	w.posts()
	w.member()
	w.broken()
	w.owner()
}

// pinched is what a stranger does first: the whole check, with the keyboard
// alone.
func (w walk) pinched() {
	w.t.Helper()
	t, b := w.t, w.Tab
	b.Go("/")
	b.See("#intro", "One thing to try: /pinched")
	b.Axe("first visit")

	b.TabTo("Command for #general")
	b.Type("/pinched")
	b.See("[role=option]", "/pinched")
	b.Type("\r")
	b.See("#log", "Only you can see this")
	menu := browser.Eval[string](b, `document.querySelector("#log select").getAttribute("aria-label")`)
	b.Axe("menu")
	b.TabTo(menu)
	b.Type(browser.Eval[string](b, `document.querySelector("#log option[value=neck]").textContent.split(" · ")[0].trim()`))
	b.Press("Choose: " + menu)
	b.See("#log", "Call now if you have one of these")
	fits(b)
	b.Axe("signs")

	b.Press("None of these")
	b.See("#log", "list 2 of 2")
	b.Press("None of these")
	b.See("#log", "rules nothing out")
	b.Axe("how soon")
	labels := browser.Eval[[]string](b, `[...`+last+`.querySelectorAll("button:enabled")].map((b) => b.innerText.trim())`)
	if len(labels) < 6 || !slices.Contains(labels, "First days") {
		t.Errorf("the card has the buttons %q", labels)
	}
	for _, label := range labels {
		w.leads(label)
	}

	b.TabTo("Command for #general")
	b.Type("/pinched area:neck\r")
	b.Until(last + `.contains(document.activeElement)`)
	b.Press("One of these, or not sure")
	b.See("#log", "wait for the ambulance")
	b.Axe("stop card")

	b.Press("Noah")
	b.See(".place", "You are Noah")
	if words := b.Words("#log"); strings.TrimSpace(words) != "" {
		t.Errorf("noah sees what is private to mia: %s", words)
	}
}

// add puts classes on the timetable, as a coach tries it.
func (w walk) add() {
	w.t.Helper()
	w.Go("/?as=carl&channel=classes")
	w.TabTo("Command for #classes")
	w.Type("/class add at:daily 18:00\r")
	w.See("#log", "Not saved yet")
	w.Press("Save")
	w.See("#log", "The next post goes out")
	w.See("#clock", "Next post")
}

// posts are the posts of a class as the clock goes to the next one, and a press
// of a member's.
func (w walk) posts() {
	w.t.Helper()
	w.Press("Go to the next post")
	w.See("#log", "18:00: warm up")
	w.Press("Mia regulars")
	w.See(".place", "You are Mia")
	w.looks("workout-post")
	w.Press("Done")
	w.See("#log", "You are the first so far")
}

// broken is a channel that breaks and is mended, and the clocks that change.
func (w walk) broken() {
	w.t.Helper()
	b := w.Tab
	b.Go("/?as=carl&channel=classes")
	b.Press("Go to the next post")
	b.See("#log", "19:00: cool down")
	b.Press("Break and mend")
	b.Press("Hide the channel from the bot")
	b.See("#note-text", "The bot no longer sees #classes.")
	due := b.Words("#clock")
	b.Press("Go to the next post")
	b.Until(fmt.Sprintf(`document.querySelector("#clock").innerText !== %q && !document.querySelector("[aria-busy=true]")`, due))
	b.Press("Unpinch")
	b.See("#log", "Every day at 18:00")
	b.Tap("iron-garden")
	b.See("#place", "#general")
	b.Tap("#classes")
	b.See("#place", "#classes")
	b.Tap("Break and mend")
	b.Tap("Let the bot see and post")
	b.See("#note-text", "The bot may see #classes")
	b.Tap("Unpinch")
	b.See("#place", "Direct messages")
	b.Tap("Try again")
	b.See("#log", "Posts go out again")

	b.Tap("iron-garden")
	b.See("#place", "#general")
	b.Tap("#classes")
	b.See("#place", "#classes")
	due = b.Words("#clock")
	b.Press("Skip to the eve of a clock change")
	b.Until(fmt.Sprintf(`document.querySelector("#clock").innerText !== %q && !document.querySelector("[aria-busy=true]")`, due))
	b.Press("Go to the next post")
	b.See("#log", "Clocks change Sunday. 18:00 stays 18:00.")
}

// last is the newest message, in JavaScript.
const last = `[...document.querySelectorAll("#log > li")].at(-1)`

// leads sees that a button of a fresh card leads somewhere.
func (w walk) leads(label string) {
	w.t.Helper()
	before := browser.Eval[int](w.Tab, `document.querySelectorAll("#log > li").length`)
	w.runs("/pinched area:neck")
	w.Until(fmt.Sprintf(`document.querySelectorAll("#log > li").length > %d && %s.contains(document.activeElement)`, before, last))
	w.Tap("None of these")
	w.Until(last + `.innerText.includes("list 2 of 2")`)
	w.Tap("None of these")
	w.Until(last + `.innerText.includes("rules nothing out")`)
	card := browser.Eval[string](w.Tab, last+`.innerText`)
	w.Tap(label)
	w.Until(fmt.Sprintf(`%s.innerText !== %q || document.querySelector("dialog")`, last, card))
	if words := browser.Eval[string](w.Tab, last+`.innerText`); strings.Contains(words, "failed") || strings.Contains(words, "Something broke") {
		w.t.Errorf("%s leads to %q", label, words)
	}
	w.Fits(label)
}

// fits checks how the page looks in a wide window and on a phone.
func fits(b *browser.Tab) {
	focus := browser.Eval[string](b, `document.activeElement.id`)
	b.Blur()
	for _, look := range []struct {
		name          string
		width, height int
		dark          bool
	}{
		{"wide", 1180, 1180, false},
		{"dark", 1180, 1180, true},
		{"phone", 360, 780, false},
	} {
		b.Size(look.width, look.height)
		b.Dark(look.dark)
		b.Fits(look.name)
	}
	b.Axe("on a phone")
	b.Size(1180, 1180)
	browser.Eval[any](b, `void document.getElementById("`+focus+`")?.focus()`)
}
