package schedule_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
)

// TestByClock has what people type who mean a clock: the zones of cities come
// first, and a name that never changes its clock is the last choice.
func TestByClock(t *testing.T) {
	zones := loadZones(t)
	winter := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"EST":          "America/New_York America/Toronto EST",
		"est":          "America/New_York America/Toronto EST",
		"EDT":          "America/New_York America/Toronto",
		"Eastern":      "America/New_York America/Toronto",
		"Pacific time": "America/Los_Angeles America/Vancouver America/Tijuana",
		"PST":          "America/Los_Angeles America/Vancouver America/Tijuana",
		"MST":          "America/Denver America/Edmonton America/Phoenix MST",
		"MST7MDT":      "America/Denver MST7MDT",
		"CST":          "America/Chicago America/Winnipeg Asia/Shanghai America/Havana",
		"CET":          "Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome CET",
		"MEZ":          "Europe/Berlin Europe/Paris Europe/Madrid Europe/Rome",
		"GMT":          "Europe/London Europe/Dublin Africa/Accra Atlantic/Reykjavik Etc/GMT",
		"BST":          "Europe/London Asia/Dhaka",
		"IST":          "Asia/Kolkata Europe/Dublin Asia/Jerusalem",
		"JST":          "Asia/Tokyo",
		"UTC":          "",
		"Zulu":         "",
		"Etc/GMT+5":    "America/New_York America/Toronto America/Bogota America/Cancun Etc/GMT+5",
		"UTC-5":        "America/New_York America/Toronto America/Bogota America/Cancun Etc/GMT+5",
		"+5:30":        "Asia/Kolkata Asia/Colombo",
		"utc+5.30":     "Asia/Kolkata Asia/Colombo",
		"+20":          "",
		"UTC+0":        "Europe/London Europe/Lisbon Europe/Dublin Africa/Accra",
		"Lisbon":       "",
		"US/Eastern":   "",
		"":             "",
	} {
		var got []string
		for _, z := range zones.ByClock(text, winter) {
			got = append(got, z.Name)
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("ByClock(%q) = %q, want %q", text, got, want)
		}
	}
	for _, name := range zones.Names() { // whatever has no place of its own can still be had
		row, err := zones.Zone(name, winter)
		if err != nil || row.Code != "" || row.Name == "Etc/UTC" {
			continue
		}
		all := zones.ByClock(name, winter)
		if len(all) == 0 || all[len(all)-1].Name != row.Name {
			t.Errorf("ByClock(%q) = %v, want %s as the last", name, all, row.Name)
		}
	}
}

// TestOfPlace refuses the names that look like a clock that is changed, and no
// other.
func TestOfPlace(t *testing.T) {
	zones := loadZones(t)
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	var refused []string
	for _, name := range zones.Names() {
		if _, err := zones.OfPlace(name, at); err != nil {
			refused = append(refused, err.Error())
		}
	}
	want := []string{
		`"EST" is a clock that is never changed, while those of the places that use its name are; what works: America/New_York, America/Toronto, or Etc/GMT+5 for what is never changed`,
		`"MST" is a clock that is never changed, while those of the places that use its name are; what works: America/Denver, or Etc/GMT+7 for what is never changed`,
	}
	if !slices.Equal(refused, want) {
		t.Errorf("refused are %q", refused)
	}
	if _, err := zones.OfPlace("Atlantis", at); err == nil {
		t.Error("there is no Atlantis")
	}
}

// TestEveryClockHasALivingZoneFirst walks what the zones themselves call their
// clocks: the search offers a zone that is called so, with a place, before any
// that has none.
func TestEveryClockHasALivingZoneFirst(t *testing.T) {
	zones := loadZones(t)
	year := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	called := map[string][]string{}
	for _, name := range zones.Names() {
		row, err := zones.Zone(name, year)
		if err != nil || row.Code == "" || row.Name != name {
			continue
		}
		for letters := range strings.SplitSeq(zones.Letters(name, year), "/") {
			if letters != "" {
				called[letters] = append(called[letters], name)
			}
		}
	}
	if len(called) < 40 {
		t.Fatalf("only %d clocks have letters", len(called))
	}
	for letters, names := range called {
		found := zones.Search(letters, year, 25)
		if len(found) == 0 || !slices.Contains(names, found[0].Name) {
			t.Errorf("Search(%q) begins with %v, want one of %v", letters, found[:min(1, len(found))], names)
		}
	}
}

// TestNoZoneIsOutOfReach finds each zone by each of its names.
func TestNoZoneIsOutOfReach(t *testing.T) {
	zones := loadZones(t)
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for _, name := range zones.Names() {
		row, err := zones.Zone(name, at)
		if err != nil {
			t.Fatal(err)
		}
		reached := false
		for _, z := range append(zones.Search(name, at, 25), zones.ByClock(name, at)...) {
			reached = reached || z.Name == row.Name
		}
		if !reached {
			t.Errorf("%s is not found by its name", name)
		}
	}
}

// TestTablesOfNames keeps what people call places and clocks in order: no name
// twice in one table, and nothing that a search can't find.
func TestTablesOfNames(t *testing.T) {
	zones := loadZones(t)
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for file, least := range map[string]int{"places.tsv": 200, "regions.tsv": 500, "native.tsv": 600, "clocks.tsv": 100} {
		seen := map[string]bool{}
		for _, line := range tableLines(t, file) {
			name, zone, _ := strings.Cut(line, "\t")
			if seen[line] || file != "native.tsv" && seen[name] {
				t.Errorf("%s: %s is there twice", file, name)
			}
			seen[name], seen[line] = true, true
			if strings.IndexFunc(name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
				t.Errorf("%s: %q has no letter", file, name)
			}
			first, _, _ := strings.Cut(zone, ",")
			if !slices.ContainsFunc(zones.Search(name, at, 25), func(z zoneRow) bool { return z.Name == first || z.Code == first }) {
				t.Errorf("%s: Search(%q) doesn't find %s", file, name, first)
			}
		}
		if len(seen) < least {
			t.Errorf("%s: only %d lines", file, len(seen))
		}
	}
}
