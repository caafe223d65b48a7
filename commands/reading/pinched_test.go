package reading_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/reading"
)

func TestPinchedCards(t *testing.T) {
	room := open(t)
	for name, s := range map[string]button.PinchedState{
		"menu":           {View: button.PinchedMenu},
		"signs":          {Area: "neck", View: button.PinchedSigns},
		"stop":           {Area: "neck", View: button.PinchedStop},
		"next":           {Area: "neck", View: button.PinchedNext},
		"days":           {Area: "neck", View: button.PinchedDays},
		"which":          {Area: "neck", View: button.PinchedWhich},
		"back":           {Area: "neck", View: button.PinchedBack},
		"more":           {Area: "neck", View: button.PinchedMore},
		"clinic":         {Area: "neck", View: button.PinchedClinic},
		"words":          {Area: "neck", View: button.PinchedWords},
		"word":           {Area: "neck", View: button.PinchedWords, Arg: "jolt"},
		"modifiers":      {Area: "neck", View: button.PinchedYoung},
		"modifiers-stop": {Area: "neck", View: button.PinchedYoungOn},
		"sources-signs":  {Area: "neck", View: button.PinchedSources, Arg: "signs"},
		"sources-last":   {Area: "neck", View: button.PinchedSources, Arg: "signs+99"},
		"sources-more":   {Area: "neck", View: button.PinchedSources, Arg: "more"},
		"mistake":        {Area: "neck", View: button.PinchedMistake, Arg: "days"},
		"outdated-area":  {Area: "tail", View: button.PinchedSigns},
		"outdated-view":  {Area: "neck", View: "gone"},
		"sources-of-odd": {Area: "neck", View: button.PinchedSources, Arg: "gone+x"},
	} {
		t.Run(name, func(t *testing.T) { golden.Reply(t, "pinched-"+name, room.card(t, s)) })
	}
	golden.Reply(t, "pinched-sources-gb", room.card(t, button.PinchedState{Area: "neck", View: button.PinchedSources, Arg: "stop", Country: "GB"}))
	golden.Reply(t, "pinched-stop-gb", room.card(t, button.PinchedState{Area: "neck", View: button.PinchedStop}, "GB"))
	golden.Reply(t, "pinched-stop-page-2", room.card(t, button.PinchedState{Area: "neck", View: button.PinchedStop, Country: "GB"}, "+2"))
	golden.Reply(t, "pinched-signs", room.card(t, button.PinchedState{View: button.PinchedMenu}, "neck"))
}

// TestPinchedAreas has a golden file for each area: what every card of its flow
// tells, in the order in which a reader meets them. Where buttons lead is the
// same in each area, and stands in the files of TestPinchedCards.
func TestPinchedAreas(t *testing.T) {
	room := open(t)
	areas := room.lib.Areas(card.DefaultLocale)
	if len(areas) != 9 {
		t.Errorf("%d areas, want nine", len(areas))
	}
	for _, a := range areas {
		var all strings.Builder
		for _, v := range []button.PinchedView{button.PinchedSigns, button.PinchedStop, button.PinchedNext, button.PinchedToday, button.PinchedDays, button.PinchedWhich, button.PinchedBack, button.PinchedMore, button.PinchedClinic, button.PinchedCoach} {
			r := room.card(t, button.PinchedState{Area: a.ID, View: v, Country: "NZ"})
			if err := r.Validate(); err != nil {
				t.Errorf("%s, %s: %v", a.ID, v, err)
			}
			all.WriteString("# " + string(v) + "\n" + told(r) + "\n")
		}
		golden.Text(t, "pinched-area-"+a.ID, all.String())
	}
}

// told is a card's texts and the labels of its own buttons, without those that
// every card has.
func told(r bot.Reply) string {
	labels := slices.DeleteFunc(golden.Labels(r), func(l string) bool {
		return l == "Back" || l == "Sources" || l == "Report a mistake" || strings.HasPrefix(l, "Nudge me")
	})
	text := strings.Join(golden.Texts(r.Parts), "\n") + "\n"
	if len(labels) > 0 {
		text += "[" + strings.Join(labels, "] [") + "]\n"
	}
	return text
}

// TestCardsOfOneLimbTellTheSameSigns: card 1 differs between the areas of a
// limb in the area's name and nothing else.
func TestCardsOfOneLimbTellTheSameSigns(t *testing.T) {
	room := open(t)
	first := map[string]string{}
	for _, a := range room.lib.Areas(card.DefaultLocale) {
		texts := strings.Join(golden.Texts(room.card(t, button.PinchedState{Area: a.ID, View: button.PinchedSigns}).Parts)[1:], "\n")
		if first[a.Limb] == "" {
			first[a.Limb] = texts
		} else if texts != first[a.Limb] {
			t.Errorf("%s tells other signs than the first area of the %s", a.ID, a.Limb)
		}
	}
	if len(first) != 3 {
		t.Errorf("%d limbs, want arm, leg and trunk", len(first))
	}
}

func TestPinchedCommandOpensTheAreaOrTheMenu(t *testing.T) {
	room := open(t)
	for area, name := range map[string]string{"": "pinched-menu", "neck": "pinched-signs", "tail": "pinched-outdated-area"} {
		options := map[string]any{}
		if area != "" {
			options["area"] = area
		}
		golden.Reply(t, name, room.run(t, "pinched", options))
	}
	if c := room.command(t, "pinched"); c.Answer != bot.NewPrivate {
		t.Error("the answer to /pinched is not private")
	}
}

// TestEveryCardLeadsOnAndBack presses every button from the menu on. No card is a
// dead end, and each keeps within Discord's limits and its budget of words.
func TestEveryCardLeadsOnAndBack(t *testing.T) {
	room := open(t)
	seen := map[button.PinchedState]bool{}
	var queue []button.PinchedState
	for _, a := range room.lib.Areas(card.DefaultLocale) {
		queue = append(queue, button.PinchedState{Area: a.ID, View: button.PinchedSigns})
	}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		if seen[s] {
			continue
		}
		seen[s] = true
		r := room.card(t, s)
		name := fmt.Sprintf("%+v", s)
		if err := r.Validate(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if s.View != button.PinchedSigns && s.View != button.PinchedSources {
			if n := wordsOn(r); n > 120 {
				t.Errorf("%s has %d words, at most 120", name, n)
			}
		}
		labels, back := map[string]bool{}, s.View == button.PinchedMenu
		for _, b := range golden.Buttons(r.Parts) {
			if labels[b.Label] {
				t.Errorf("%s: two buttons read %q", name, b.Label)
			}
			labels[b.Label] = true
			back = back || strings.HasPrefix(b.Label, "Back")
			if b.ID == button.OpenID.For(button.CalmRoutine) || strings.HasPrefix(b.ID, "nudge1:") { // the same as from anywhere: no area
				continue
			}
			to, ok := button.PinchedID.Read(b.ID)
			if !ok {
				t.Fatalf("%s: %q is not read", name, b.ID)
			}
			if strings.Contains(golden.Shown(room.card(t, to)), "Start again") {
				t.Errorf("%s: %q leads nowhere", name, b.Label)
			}
			queue = append(queue, to)
		}
		if !back {
			t.Errorf("%s has no way back", name)
		}
	}
	for _, v := range []button.PinchedView{button.PinchedMenu, button.PinchedSigns, button.PinchedStop, button.PinchedNext, button.PinchedDays, button.PinchedWhich, button.PinchedBack, button.PinchedMore, button.PinchedClinic, button.PinchedYoung, button.PinchedYoungOn, button.PinchedSources, button.PinchedMistake, button.PinchedWords,
		button.PinchedToday, button.PinchedLoads, button.PinchedCoach} {
		found := false
		for s := range seen {
			found = found || s.View == v
		}
		if !found {
			t.Errorf("no button leads to %s", v)
		}
	}
}

// TestStopCardHasTwoBlocksAndNothingElse keeps swaps, stretches and whatever else
// one could go on with off the card.
func TestStopCardHasTwoBlocksAndNothingElse(t *testing.T) {
	room := open(t)
	r := room.card(t, button.PinchedState{Area: "neck", View: button.PinchedStop})
	headings := 0
	for _, text := range golden.Texts(r.Parts) {
		headings += strings.Count(text, "### ")
	}
	if headings != 2 {
		t.Errorf("%d blocks, want 2", headings)
	}
	for _, b := range golden.Buttons(r.Parts) {
		if b.Label != "Back to the signs" && b.Label != "Under 18 or pregnant" && b.Label != "Sources" && b.Label != "Report a mistake" {
			t.Errorf("the stop card offers %q", b.Label)
		}
	}
	for _, number := range []string{"112", "911", "999"} {
		if !strings.Contains(golden.Shown(r), number) {
			t.Errorf("the stop card lacks %s", number)
		}
	}
}

func TestCardTwoBeginsWithWhatItCannotSay(t *testing.T) {
	room := open(t)
	texts := golden.Texts(room.card(t, button.PinchedState{Area: "neck", View: button.PinchedNext}).Parts)
	if want := "You pressed None of these signs. That rules nothing out."; !strings.HasPrefix(texts[0], want) {
		t.Errorf("card 2 begins %q", texts[0])
	}
}

// TestBothAnswersHaveOneName: what logs and metrics see of a press is the
// name before the colon.
func TestBothAnswersHaveOneName(t *testing.T) {
	room := open(t)
	names := map[string]bool{}
	answers := 0
	for _, b := range golden.Buttons(room.card(t, button.PinchedState{Area: "neck", View: button.PinchedSigns}).Parts) {
		name, _, _ := strings.Cut(b.ID, ":")
		names[name] = true
		if b.Label == "One of these, or not sure" || b.Label == "None of these signs" {
			answers++
		}
	}
	if answers != 2 || len(names) != 1 {
		t.Errorf("%d answers under the names %v, want 2 under one", answers, names)
	}
}

// FuzzPinchedTurn presses buttons that the bot never made: each gets a card.
func FuzzPinchedTurn(f *testing.F) {
	f.Add("neck/signs//", "")
	f.Add("neck/sources/signs+-1/", "")
	f.Add("neck/stop//XX", "ZZ")
	f.Add("mid_back/stop/2/GB", "+-7")
	f.Add("/menu//", "tail")
	room := open(f)
	f.Fuzz(func(t *testing.T, text, value string) {
		s, ok := button.PinchedID.Read("pinched1:" + text)
		if !ok || len(text) > 80 {
			return
		}
		var values []string
		if value != "" {
			values = []string{value}
		}
		if err := room.card(t, s, values...).Validate(); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}

// TestTheStopCardNeverLeadsToTheOtherAnswer follows every button from the stop
// card, short of going back to the signs.
func TestTheStopCardNeverLeadsToTheOtherAnswer(t *testing.T) {
	room := open(t)
	seen := map[string]bool{}
	queue := []button.PinchedState{{Area: "neck", View: button.PinchedStop}}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		if s.View == button.PinchedNext || s.View == button.PinchedMore {
			t.Fatalf("the stop card leads to %+v", s)
		}
		for _, b := range golden.Buttons(room.card(t, s).Parts) {
			to, ok := button.PinchedID.Read(b.ID)
			if !ok {
				t.Fatalf("%q is not read", b.ID)
			}
			if to.View != button.PinchedSigns && !seen[b.ID] {
				seen[b.ID] = true
				queue = append(queue, to)
			}
		}
	}
}

// TestTheCountryStays: the numbers of a country that was picked stay on the way
// through other cards and back.
func TestTheCountryStays(t *testing.T) {
	room := open(t)
	r := room.card(t, button.PinchedState{Area: "neck", View: button.PinchedStop}, "GB")
	for _, label := range []string{"Under 18 or pregnant", "Back", "Sources", "Back", "Report a mistake", "Back", "Back to the signs",
		"None of these signs", "More", "Also read: Elbow", "One of these, or not sure"} {
		var to button.PinchedState
		for _, b := range golden.Buttons(r.Parts) {
			if b.Label == label {
				to = follow(t, b.ID)
			}
		}
		r = room.card(t, to)
	}
	if text := golden.Shown(r); !strings.Contains(text, "United Kingdom") || !strings.Contains(text, "999") || strings.Contains(text, "911") {
		t.Errorf("the stop card came back as\n%s", text)
	}
}

// TestDatesAreOfTheDayInUTC: the reader's zone is unknown, so everyone gets
// the same day, whatever zone the program runs in.
func TestDatesAreOfTheDayInUTC(t *testing.T) {
	next := button.PinchedState{Area: "neck", View: button.PinchedNext}
	want := golden.Shown(open(t).card(t, next))
	for _, hours := range []int{-12, 14} {
		d := gymtest.Deps(t)
		now := func() time.Time { return gymtest.Noon.In(time.FixedZone("", hours*3600)) }
		room := reader{reading.New(reading.Needs{Content: d.Content, Wishes: d.People, Home: nowhere, Figures: d.Figures, Operator: d.Operator, Now: now}), d.Content}
		if got := golden.Shown(room.card(t, next)); got != want {
			t.Errorf("%+d h from UTC the card reads\n%s", hours, got)
		}
	}
}
