package main

import (
	"flag"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"unpinch/playground/browser"
)

var screenshots = flag.String("screenshots", "", "a folder to write the README's pictures of the page to")

// TestPinchedInBrowser is what a stranger does first: the whole check on the
// playground's page, with the keyboard alone.
func TestPinchedInBrowser(t *testing.T) {
	g := newGarden(t)
	bot := run(t, writeConfig(t, t.TempDir(), g.base, "playground"))
	defer bot.stop()
	b := browser.Open(t, g.base, 1180, 1180)
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
	pictures(b)
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
		opens(t, b, label)
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

// TestWeekInBrowser is what a coach tries: a class on the timetable, its posts
// as the clock goes to the next one, a press of a member's, a channel that
// breaks and is mended, and the clocks that change.
func TestWeekInBrowser(t *testing.T) {
	g := newGarden(t)
	g.morning()
	bot := run(t, writeConfig(t, t.TempDir(), g.base, "playground"))
	defer bot.stop()
	g.command(asks{"as": "olga", "channel": "classes", "name": "setup", "options": asks{"zone": "Europe/Lisbon", "channel": "classes", "coach": "coach"}})
	b := browser.Open(t, g.base, 1180, 1180)
	b.Go("/?as=carl&channel=classes")
	b.TabTo("Command for #classes")
	b.Type("/class add at:daily 18:00\r")
	b.See("#log", "Not saved yet")
	b.Press("Save")
	b.See("#log", "The next post goes out")
	b.See("#clock", "Next post")
	b.Press("Go to the next post")
	b.See("#log", "18:00: warm up")
	b.Press("Go to the next post")
	b.See("#log", "19:00: cool down")
	b.Axe("posts of a class")

	b.Press("Mia regulars")
	b.See(".place", "You are Mia")
	b.Press("Done")
	b.See("#log", "You are the first so far")

	b.Press("Carl coach")
	b.See(".place", "You are Carl")
	b.Press("Break and mend")
	b.Press("Hide the channel from the bot")
	b.See("#note-text", "The bot no longer sees #classes.")
	due := b.Words("#clock")
	b.Press("Go to the next post")
	b.Until(fmt.Sprintf(`document.querySelector("#clock").innerText !== %q && !document.querySelector("[aria-busy=true]")`, due))
	b.Press("Unpinch")
	b.See("#log", "Every day at 18:00")
	b.Press("#classes")
	b.See("#place", "#classes")
	b.Press("Break and mend")
	b.Press("Let the bot see and post")
	b.Press("Unpinch")
	b.Press("Try again")
	b.See("#log", "Posts go out again")

	b.Press("#classes")
	b.See("#place", "#classes")
	b.Press("Skip to the eve of a clock change")
	b.See("#clock", "27 Mar")
	b.Press("Go to the next post")
	b.See("#log", "Clocks change Sunday. 18:00 stays 18:00.")
}

// last is the newest message, in JavaScript.
const last = `[...document.querySelectorAll("#log > li")].at(-1)`

// opens sees that a button of a fresh card leads somewhere.
func opens(t *testing.T, b *browser.Tab, label string) {
	t.Helper()
	before := browser.Eval[int](b, `document.querySelectorAll("#log > li").length`)
	b.TabTo("Command for #general")
	b.Type("/pinched area:neck\r")
	b.Until(fmt.Sprintf(`document.querySelectorAll("#log > li").length > %d && %s.contains(document.activeElement)`, before, last))
	b.Press("None of these")
	b.Until(last + `.innerText.includes("list 2 of 2")`)
	b.Press("None of these")
	b.Until(last + `.innerText.includes("rules nothing out")`)
	card := browser.Eval[string](b, last+`.innerText`)
	b.Press(label)
	b.Until(fmt.Sprintf(`%s.innerText !== %q || document.querySelector("dialog")`, last, card))
	if words := browser.Eval[string](b, last+`.innerText`); strings.Contains(words, "failed") || strings.Contains(words, "Something broke") {
		t.Errorf("%s leads to %q", label, words)
	}
	b.Fits(label)
}

// pictures checks how the page looks, and writes what the README shows when
// that is wanted.
func pictures(b *browser.Tab) {
	focus := browser.Eval[string](b, `document.activeElement.id`)
	b.Blur()
	for _, look := range []struct {
		name          string
		width, height int
		dark          bool
	}{
		{"playground", 1180, 1180, false},
		{"playground-dark", 1180, 1180, true},
		{"playground-phone", 360, 780, false},
	} {
		b.Size(look.width, look.height)
		b.Dark(look.dark)
		b.Fits(look.name)
		browser.Eval[any](b, `void `+last+`.scrollIntoView()`)
		if *screenshots != "" {
			b.Shot(filepath.Join(*screenshots, look.name+".png"))
		}
	}
	b.Axe("on a phone")
	b.Size(1180, 1180)
	browser.Eval[any](b, `void document.getElementById("`+focus+`")?.focus()`)
}
