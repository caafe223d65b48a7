package me_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

const iAgree = "I agree, and I am 16 or older, or my parent agrees"

// TestSettings compares the answer to each option, and what is kept then.
func TestSettings(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	var b golden.Table
	b.Row("/me settings", g.Run(gymtest.Mia(), "me settings", nil))
	for _, row := range []struct {
		options map[string]any
		want    schedule.Member
	}{
		{map[string]any{"zone": "Lisbon"}, schedule.Member{Zone: "Europe/Lisbon"}},
		{map[string]any{"zone": "us/eastern"}, schedule.Member{Zone: "America/New_York"}},
		{map[string]any{"country": "PT"}, schedule.Member{Zone: "America/New_York", Country: "PT"}},
		{map[string]any{"country": "new zea"}, schedule.Member{Zone: "America/New_York", Country: "NZ"}},
		{map[string]any{"active": "7am to 10pm"}, schedule.Member{Zone: "America/New_York", Country: "NZ", Active: schedule.Hours{From: 420, To: 1320}}},
		{map[string]any{"active": "22:00-06:00"}, schedule.Member{Zone: "America/New_York", Country: "NZ", Active: schedule.Hours{From: 1320, To: 360}}},
		{map[string]any{"active": "noon to midnight", "language": "en"}, schedule.Member{Zone: "America/New_York", Country: "NZ", Active: schedule.Hours{From: 720, To: 1440}}},
		{map[string]any{"active": "all day", "zone": "Europe/Lisbon", "country": "Portugal"}, schedule.Member{Zone: "Europe/Lisbon", Country: "PT"}},
	} {
		b.Row("/me settings "+optionText(row.options), words(g.Run(gymtest.Mia(), "me settings", row.options)))
		got := g.Set()
		if got.Zone != row.want.Zone || got.Country != row.want.Country || got.Active != row.want.Active {
			t.Errorf("%v kept %+v", row.options, got)
		}
	}
	kept := g.Dump()
	for _, options := range []map[string]any{{"zone": "Atlantis"}, {"zone": "Paris, Texas"}, {"country": "Atlantis"}, {"country": "United"}, {"country": " "},
		{"active": "7-10pm"}, {"active": "evenings"}, {"active": "07:00"}, {"zone": "Europe/Paris", "active": "never"}} {
		b.Row("/me settings "+optionText(options), g.Run(gymtest.Mia(), "me settings", options))
	}
	if g.Dump() != kept {
		t.Error("a refused setting was kept")
	}
	b.Compare(t, "settings-table")
}

// words is a reply without what can be pressed on it, for tables in which that
// is the same in every row.
func words(r bot.Reply) bot.Reply {
	var parts []bot.Part
	for _, text := range golden.Texts(r.Parts) {
		parts = append(parts, bot.Text(text))
	}
	return bot.Reply{Parts: parts}
}

// optionText writes options in order.
func optionText(options map[string]any) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(options)) {
		all = append(all, name+":"+options[name].(string))
	}
	return strings.Join(all, " ")
}

// TestSettingsAskFirst: nothing is kept before the consent, which goes on to
// what was asked for.
func TestSettingsAskFirst(t *testing.T) {
	g := gymtest.New(t)
	before := g.Dump()
	for options, want := range map[*map[string]any]schedule.Member{
		{"zone": "America/Argentina/ComodRivadavia", "country": "AR", "active": "22:00-06:30", "language": "en"}: {
			Zone: "America/Argentina/Catamarca", Country: "AR", Active: schedule.Hours{From: 1320, To: 390}},
		{"active": "all day"}: {},
		{"country": "GB"}:     {Country: "GB"},
	} {
		ask := g.Run(gymtest.Mia(), "me settings", *options)
		nothing := g.Press(gymtest.Mia(), golden.ID(t, ask, "No, keep nothing"), nil)
		if g.Dump() != before || !strings.Contains(golden.Shown(nothing), "Country: not set") {
			t.Fatalf("something was kept before consent, %s", golden.Shown(nothing))
		}
		g.Press(gymtest.Mia(), golden.ID(t, ask, iAgree), nil)
		got := g.Set()
		if got.Zone != want.Zone || got.Country != want.Country || got.Active != want.Active {
			t.Errorf("%v kept %+v", options, got)
		}
		g.Run(gymtest.Mia(), "me forget", nil)
		if g.Dump() != before {
			t.Fatalf("something is left:\n%s", g.Dump())
		}
	}
	golden.Reply(t, "settings-consent", g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": "Lisbon"}))
	golden.Reply(t, "settings-none", g.Run(gymtest.Mia(), "me settings", nil))
	for _, id := range []string{"settings1:agree/Mars|||", "settings1:agree/|||9", "settings1:agree/||en", "settings1:agree/||xx|", "settings1:agree", "settings1:drop", "settings1:"} {
		g.Press(gymtest.Mia(), id, nil)
	}
	if g.Dump() != before {
		t.Error("a made-up yes was taken")
	}
}

// TestSettingsForm changes and clears settings one by one.
func TestSettingsForm(t *testing.T) {
	g := gymtest.New(t)
	first := g.Run(gymtest.Mia(), "me settings", nil)
	form := golden.ID(t, first, "Change settings")
	golden.Reply(t, "settings-form-empty", g.Press(gymtest.Mia(), form, nil))
	ask := g.Press(gymtest.Mia(), "settingsset1:show", map[string]string{"zone": "Lisbon", "country": "", "active": "7-22"})
	card := g.Press(gymtest.Mia(), golden.ID(t, ask, iAgree), nil)
	golden.Reply(t, "settings-set", card)
	golden.Reply(t, "settings-form", g.Press(gymtest.Mia(), form, nil))
	for _, row := range []struct {
		fields map[string]string
		want   schedule.Member
	}{
		{map[string]string{"zone": "Europe/Lisbon", "country": " portugal ", "active": "07:00-22:00"}, schedule.Member{Zone: "Europe/Lisbon", Country: "PT", Active: schedule.Hours{From: 420, To: 1320}}},
		{map[string]string{"zone": "Atlantis", "country": "", "active": ""}, schedule.Member{Zone: "Europe/Lisbon", Country: "PT", Active: schedule.Hours{From: 420, To: 1320}}},
		{map[string]string{"zone": "Europe/Lisbon", "country": "PT", "active": "  "}, schedule.Member{Zone: "Europe/Lisbon", Country: "PT"}},
		{map[string]string{"zone": "", "country": "", "active": ""}, schedule.Member{}},
		{map[string]string{"zone": "Porto Velho", "country": "Brazil", "active": "9:00 to 17:00"}, schedule.Member{Zone: "America/Porto_Velho", Country: "BR", Active: schedule.Hours{From: 540, To: 1020}}},
	} {
		g.Press(gymtest.Mia(), "settingsset1:show", row.fields)
		if got := g.Set(); got.Zone != row.want.Zone || got.Country != row.want.Country || got.Active != row.want.Active {
			t.Errorf("%v kept %+v", row.fields, got)
		}
	}
	for _, label := range []string{"Clear the clock", "Clear the active hours", "Clear the country"} {
		card = g.Press(gymtest.Mia(), golden.ID(t, g.Run(gymtest.Mia(), "me settings", nil), label), nil)
	}
	golden.Reply(t, "settings-cleared", card)
	if got := g.Set(); got.Zone != "" || got.Country != "" || got.Active != (schedule.Hours{}) || got.Locale == "" {
		t.Errorf("cleared, and kept %+v", got)
	}
}
