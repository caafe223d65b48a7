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
	b.See("#log", "first, check these")
	pictures(b)
	b.Axe("signs")

	b.Press("None of these signs")
	b.See("#log", "That rules nothing out")
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
	b.See("#log", "Call now")
	b.Axe("stop card")

	b.Press("Noah")
	b.See(".place", "You are Noah")
	if words := b.Words("#log"); strings.TrimSpace(words) != "" {
		t.Errorf("noah sees what is private to mia: %s", words)
	}
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
	b.Press("None of these signs")
	b.Until(last + `.innerText.includes("That rules nothing out")`)
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
