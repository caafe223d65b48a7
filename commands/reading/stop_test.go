package reading_test

import (
	"slices"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/content"
)

// TestEveryCountryCanBePicked picks each country from the page that has it. The
// reader's own stands first on every page, the others on one, and every page
// leads to every other.
func TestEveryCountryCanBePicked(t *testing.T) {
	room := open(t)
	s := button.PinchedState{Area: "thigh", View: button.PinchedStop, Country: "GB"}
	seen := map[string]bool{"GB": true}
	pages := []string{"+1"}
	for i := 0; i < len(pages); i++ {
		r := room.card(t, s, pages[i])
		if err := r.Validate(); err != nil {
			t.Fatalf("page %s: %v", pages[i], err)
		}
		entries := golden.Selects(r.Parts)[0].Entries
		if entries[0].Value != "GB" || !entries[0].Chosen {
			t.Errorf("page %s begins with %+v, want the reader's own country", pages[i], entries[0])
		}
		links := 0
		for _, e := range entries[1:] {
			if strings.HasPrefix(e.Value, "+") {
				if links++; i == 0 {
					pages = append(pages, e.Value)
				}
				continue
			}
			n, ok := room.lib.Number(e.Value)
			if !ok || seen[e.Value] || e.Chosen {
				t.Errorf("%+v: known %t, seen before %t", e, ok, seen[e.Value])
			}
			seen[e.Value] = true
			picked := room.card(t, s, e.Value)
			if !strings.Contains(golden.Shown(picked), "call "+n.Emergency+".") || golden.Selects(picked.Parts)[0].Entries[0].Value != e.Value {
				t.Errorf("picking %s shows\n%s", e.Value, golden.Shown(picked))
			}
		}
		if links != len(pages)-1 {
			t.Errorf("page %s leads to %d others, want %d", pages[i], links, len(pages)-1)
		}
	}
	if len(seen) != len(room.lib.Numbers()) {
		t.Errorf("%d countries on the pages, want %d", len(seen), len(room.lib.Numbers()))
	}
}

// TestTheCountryIsNotGuessed: no locale picks a country.
func TestTheCountryIsNotGuessed(t *testing.T) {
	room := open(t)
	want := golden.Shown(room.card(t, button.PinchedState{Area: "neck", View: button.PinchedStop}))
	for _, locale := range []string{"en-GB", "en-US", "pt-BR", "de"} {
		req := room.request(t, nil)
		req.Locale = locale
		r, err := room.ask(t, req, button.PinchedID.For(button.PinchedState{Area: "neck", View: button.PinchedStop}))
		if err != nil {
			t.Fatal(err)
		}
		if golden.Shown(r) != want {
			t.Errorf("%s gets another stop card:\n%s", locale, golden.Shown(r))
		}
	}
}

// TestTheMenuKeepsTheCountry: a country that the menu is opened with comes back on
// the stop card.
func TestTheMenuKeepsTheCountry(t *testing.T) {
	room := open(t)
	menu := room.card(t, button.PinchedState{View: button.PinchedMenu, Country: "JP"})
	signs := room.card(t, follow(t, golden.Selects(menu.Parts)[0].ID), "low_back")
	i := slices.IndexFunc(golden.Buttons(signs.Parts), func(b bot.Button) bool { return b.Label == "One of these, or not sure" })
	s := follow(t, golden.Buttons(signs.Parts)[i].ID)
	if text := golden.Shown(room.card(t, s)); !strings.Contains(text, "call 119.") || !strings.Contains(text, "Japan: these are its numbers") {
		t.Errorf("the stop card reads\n%s", text)
	}
}

// follow is the state that a custom ID leads to.
func follow(t *testing.T, id string) (s button.PinchedState) {
	t.Helper()
	s, ok := button.PinchedID.Read(id)
	if !ok {
		t.Fatalf("%q is not read", id)
	}
	return s
}

// TestWhoHasReviewedTheStopCard: the cards that a clinician's pack has bear its
// signature, the others that of their area.
func TestWhoHasReviewedTheStopCard(t *testing.T) {
	room := open(t)
	before := room.lib.Reviewed
	t.Cleanup(func() { room.lib.Reviewed = before })
	room.lib.Reviewed = &content.Review{By: "Ana Reis", Role: "physiotherapist", Date: "2026-12-01", Changed: true}
	const signed = "Reviewed by Ana Reis, physiotherapist, on 2026-12-01; changed since it was reviewed."
	for view, want := range map[button.PinchedView]bool{
		button.PinchedSigns: true, button.PinchedSoon: true, button.PinchedStop: true, button.PinchedYoung: true,
		button.PinchedNext: false, button.PinchedTonight: false, button.PinchedDays: false,
	} {
		shown := golden.Shown(room.card(t, button.PinchedState{Area: "neck", View: view}))
		if got := strings.Contains(shown, signed); got != want {
			t.Errorf("%s: signed %t, want %t\n%s", view, got, want, shown)
		}
	}
}
