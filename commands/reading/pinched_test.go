package reading_test

import (
	"context"
	"errors"
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
	"unpinch/content"
)

func TestPinchedCards(t *testing.T) {
	room := open(t)
	for name, s := range map[string]button.PinchedState{
		"menu":           {View: button.PinchedMenu},
		"signs":          {Area: "neck", View: button.PinchedSigns},
		"stop":           {Area: "neck", View: button.PinchedStop},
		"soon":           {Area: "neck", View: button.PinchedSoon},
		"next":           {Area: "neck", View: button.PinchedNext},
		"tonight":        {Area: "neck", View: button.PinchedTonight},
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
	golden.Reply(t, "pinched-tonight-gb", room.card(t, button.PinchedState{Area: "neck", View: button.PinchedTonight, Country: "GB"}))
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
		for _, v := range []button.PinchedView{button.PinchedSigns, button.PinchedSoon, button.PinchedStop, button.PinchedNext, button.PinchedTonight, button.PinchedToday, button.PinchedDays, button.PinchedWhich, button.PinchedBack, button.PinchedMore, button.PinchedClinic, button.PinchedCoach} {
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

// TestCardsOfOneLimbTellTheSameSigns: cards 1 and 2 differ between the areas of a
// limb in the words that were picked and nothing else, but for the one line that
// the shoulder has more.
func TestCardsOfOneLimbTellTheSameSigns(t *testing.T) {
	room := open(t)
	first := map[string]string{}
	for _, a := range room.lib.Areas(card.DefaultLocale) {
		texts := golden.Texts(room.card(t, button.PinchedState{Area: a.ID, View: button.PinchedSigns}).Parts)[1] +
			golden.Texts(room.card(t, button.PinchedState{Area: a.ID, View: button.PinchedSoon}).Parts)[1]
		const more = "- Pins and needles in shoulder or arm don't go away, or you can't move the arm.\n"
		if short := strings.Replace(texts, more, "", 1); (short != texts) != (a.ID == "shoulder_upper_back") {
			t.Errorf("%s tells pins and needles that stay: %t", a.ID, short != texts)
		} else {
			texts = short
		}
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
		if s.View != button.PinchedSigns && s.View != button.PinchedSoon && s.View != button.PinchedSources {
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
			if b.ID == button.OpenID.For(button.CalmRoutine) || b.ID == button.OpenID.For(button.CalmLegsRoutine) || strings.HasPrefix(b.ID, "nudge1:") { // the same as from anywhere: no area
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
	for _, v := range []button.PinchedView{button.PinchedMenu, button.PinchedSigns, button.PinchedSoon, button.PinchedStop, button.PinchedNext, button.PinchedTonight, button.PinchedDays, button.PinchedWhich, button.PinchedBack, button.PinchedMore, button.PinchedClinic, button.PinchedYoung, button.PinchedYoungOn, button.PinchedSources, button.PinchedMistake, button.PinchedWords,
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

func TestCardThreeBeginsWithWhatItCannotSay(t *testing.T) {
	room := open(t)
	texts := golden.Texts(room.card(t, button.PinchedState{Area: "neck", View: button.PinchedNext}).Parts)
	if want := "You pressed None of these twice. That rules nothing out."; !strings.HasPrefix(texts[0], want) {
		t.Errorf("card 3 begins %q", texts[0])
	}
}

// TestAllAnswersHaveOneName: what logs and metrics see of a press is the name
// before the colon, one for the four answers of the two cards. "One of these"
// carries the same state on both, so that the stop cards are the same to the byte;
// it leads back to card 1, and "None of these" from card 1 to card 2 to card 3.
func TestAllAnswersHaveOneName(t *testing.T) {
	room := open(t)
	for _, area := range content.AreaIDs() {
		names, one, none := map[string]bool{}, map[string]bool{}, []button.PinchedView(nil)
		for _, v := range []button.PinchedView{button.PinchedSigns, button.PinchedSoon} {
			for _, b := range golden.Buttons(room.card(t, button.PinchedState{Area: area, View: v, Country: "GB", Lift: "deadlift"}).Parts) {
				name, _, _ := strings.Cut(b.ID, ":")
				names[name] = true
				switch b.Label {
				case "One of these, or not sure":
					one[b.ID] = true
				case "None of these":
					none = append(none, follow(t, b.ID).View)
				}
			}
		}
		if len(names) != 1 || len(one) != 1 || !slices.Equal(none, []button.PinchedView{button.PinchedSoon, button.PinchedNext}) {
			t.Errorf("%s: buttons under the names %v, %d kinds of One of these, None of these leads to %v", area, names, len(one), none)
		}
		for id := range one {
			back := golden.Buttons(room.press(t, id).Parts)[0]
			if back.Label != "Back to the signs" || follow(t, back.ID).View != button.PinchedSigns {
				t.Errorf("%s: the stop card begins with %q, to %s", area, back.Label, back.ID)
			}
		}
	}
}

// TestAnswersStandBelowTheList: red and grey, with nothing between list and them.
func TestAnswersStandBelowTheList(t *testing.T) {
	room := open(t)
	for _, v := range []button.PinchedView{button.PinchedSigns, button.PinchedSoon} {
		parts := room.card(t, button.PinchedState{Area: "neck", View: v}).Parts[0].(bot.Container).Parts
		list, isText := parts[1].(bot.Text)
		row, isRow := parts[2].(bot.Row)
		if !isText || !isRow || !strings.Contains(string(list), "\n- ") || row[0].Style != bot.Danger || row[1].Style != 0 || len(row) != 2 {
			t.Errorf("%s: %T, %T", v, parts[1], parts[2])
		}
	}
}

// TestOldButtonsPassNoList: a button of the one card with both lists leads to the
// first of the two, whatever it led to; the glossary of /learn had passed none.
func TestOldButtonsPassNoList(t *testing.T) {
	room := open(t)
	signs := golden.Shown(room.card(t, button.PinchedState{Area: "neck", View: button.PinchedSigns, Country: "GB"}))
	for _, v := range []button.PinchedView{button.PinchedSigns, button.PinchedStop, button.PinchedNext, button.PinchedToday, button.PinchedMore,
		button.PinchedWords, button.PinchedSources, button.PinchedMistake, button.PinchedLift, "gone"} {
		old := button.PinchedState{Area: "neck", View: v, Arg: "signs+2", Country: "GB"}
		if got := golden.Shown(room.press(t, button.PinchedOldID.For(old), "NZ")); got != signs {
			t.Errorf("an old button to %s shows\n%s", v, got)
		}
	}
	menu := button.PinchedOldID.For(button.PinchedState{View: button.PinchedMenu, Country: "GB"})
	if got := golden.Shown(room.press(t, menu, "neck")); got != signs {
		t.Errorf("an old menu shows\n%s", got)
	}
	if got, want := golden.Shown(room.press(t, menu)), golden.Shown(room.card(t, button.PinchedState{View: button.PinchedMenu, Country: "GB"})); got != want {
		t.Errorf("an old way to the menu shows\n%s", got)
	}
	words := button.PinchedState{View: button.PinchedGlossary}
	if got, want := golden.Shown(room.press(t, button.PinchedOldID.For(words))), golden.Shown(room.card(t, words)); got != want {
		t.Errorf("an old way to the glossary shows\n%s", got)
	}
}

// TestNumbersOfHome: the stop card and Tonight have the numbers of where the
// reader is at home, unless a country was picked; a home that can't be read keeps
// no card away.
func TestNumbersOfHome(t *testing.T) {
	d := gymtest.Deps(t)
	for home, want := range map[string]string{"GB": "999 / 112", "JP": "119", "": "112", "broken": "112"} {
		room := reader{reading.New(reading.Needs{Content: d.Content, Wishes: d.People, Figures: d.Figures, Operator: d.Operator, Now: d.Now,
			Home: func(context.Context, *bot.Request) (string, error) {
				if home == "broken" {
					return "", errors.New("no disk")
				}
				return home, nil
			}}), d.Content}
		for _, v := range []button.PinchedView{button.PinchedStop, button.PinchedTonight} {
			if got := golden.Shown(room.card(t, button.PinchedState{Area: "neck", View: v})); !strings.Contains(got, want) {
				t.Errorf("at home in %q, %s shows\n%s", home, v, got)
			}
			if got := golden.Shown(room.card(t, button.PinchedState{Area: "neck", View: v, Country: "BR"})); !strings.Contains(got, "192") || strings.Contains(got, want) {
				t.Errorf("picked in Brazil, %s shows\n%s", v, got)
			}
		}
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
		s, ok := button.PinchedID.Read("pinched2:" + text)
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
		"None of these", "None of these", "More", "Also read: Elbow", "One of these, or not sure"} {
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
