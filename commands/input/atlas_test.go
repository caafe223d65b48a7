package input_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/commands/gymtest"
	"unpinch/commands/input"
)

func TestCountrySuggestions(t *testing.T) {
	g := gymtest.New(t, true)
	atlas := input.Atlas{Zones: g.Zones, Numbers: g.Content.Numbers(), Now: g.Now}
	for typed, first := range map[string]string{"": "Albania", "portu": "Portugal", " gb": "United Kingdom", "xyzzy": ""} {
		got, err := atlas.SuggestCountries(t.Context(), nil, typed)
		if err != nil || len(got) > 25 || first == "" && len(got) > 0 || first != "" && (len(got) == 0 || got[0].Label != first) {
			t.Errorf("%q: %v, %v, want %s first", typed, got, err, first)
		}
		for _, c := range got {
			if n, err := atlas.Country(strings.ToLower(c.Value)); err != nil || n.Name != c.Label {
				t.Errorf("the choice %s is read as %v, %v", c.Value, n, err)
			}
		}
	}
}

func TestZoneSuggestions(t *testing.T) {
	g := gymtest.New(t, true)
	atlas := input.Atlas{Zones: g.Zones, Numbers: g.Content.Numbers(), Now: g.Now}
	for typed, first := range map[string]string{"": "Pacific/Honolulu", "   ": "Pacific/Honolulu", "lis": "Europe/Lisbon", "Munich": "Europe/Berlin", "+5:30": "Asia/Kolkata", "a": "", strings.Repeat("x", 6000): ""} {
		got, err := atlas.SuggestZones(t.Context(), nil, typed)
		if err != nil || len(got) > 25 {
			t.Errorf("%.20q: %d choices, %v", typed, len(got), err)
		}
		if first != "" && (len(got) == 0 || got[0].Value != first) {
			t.Errorf("%.20q: %v, want %s first", typed, got, first)
		}
		seen := map[string]bool{}
		for _, c := range got {
			if seen[c.Label] || c.Label == "" {
				t.Errorf("%.20q: the label %q stands twice, or is empty", typed, c.Label)
			}
			seen[c.Label] = true
			again, err := atlas.Zone(c.Value)
			if ue, asked := errors.AsType[*bot.UserError](err); asked && strings.Contains(c.Label, "UTC") {
				again, err = atlas.Zone(ue.Offers[len(ue.Offers)-1].Text)
			}
			if err != nil || again.Name != c.Value {
				t.Errorf("the choice %s is read as %v, %v", c.Value, again, err)
			}
		}
	}
	for _, name := range g.Zones.Names() {
		got, err := atlas.SuggestZones(t.Context(), nil, name)
		if err != nil || len(got) == 0 {
			t.Errorf("%s: %d choices, %v", name, len(got), err)
		}
		for _, c := range got {
			if n := utf8.RuneCountInString(c.Label); n > 100 || len(c.Value) > 100 {
				t.Errorf("%q has %d characters", c.Label, n)
			}
		}
	}
}
