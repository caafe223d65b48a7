package commands_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"unpinch/commands/button"
	"unpinch/commands/classwords"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/content"
	"unpinch/schedule"
)

// otherWords is a made-up language: its days and months are other words, in
// another order than in English, and begin small.
const otherWords = `
[day.name]
saturday = "satur-dago"
sunday = "dimanĉo"
[day.short]
monday = "lu"
saturday = "sa"
[day.plural]
monday = "lundoj"
wednesday = "merkredoj"
friday = "vendredoj"
[month.name]
june = "junio"
[month.of]
december = "de decembro"
march = "de marto"
[month.short]
november = "nov"
march = "mar"

["list.comma"]
other = " / "
["list.and"]
other = "{{.Last}} kaj {{.Some}}"

["date.short"]
other = "{{.Month}} {{.Day}}"
["date.long"]
other = "{{.Year}} la {{.Day}}a {{.Month}}"
["date.day_long"]
other = "la {{.Day}}a {{.Month}}, {{.Weekday}}"
["date.wall"]
other = "je {{.Time}} ({{.Weekday}} {{.Month}} {{.Day}})"

["rule.week_in"]
other = "en {{.Months}}: {{.Days}}"
["rule.nth_of_month"]
other = "ĉiumonate {{.Days}}n {{.Which}}n"
["rule.at"]
other = "je {{.Times}} {{.Days}}"
["rule.weeks"]
other = "ĉiu {{.count}}a semajno de {{.From}}, {{.Rule}}"
[rule.nth]
first = "unua"
last = "lasta"
`

// otherLibrary is the content with a second language, "eo", of such words.
func otherLibrary(t *testing.T, words string) *content.Library {
	t.Helper()
	fsys := fstest.MapFS{"eo/words.toml": {Data: []byte(words)}}
	for _, pattern := range []string{"*.toml", "en/*.toml", "en/*/*.toml"} {
		files, err := fs.Glob(os.DirFS("../content"), pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			data, err := os.ReadFile("../content/" + name)
			if err != nil {
				t.Fatal(err)
			}
			fsys[name] = &fstest.MapFile{Data: data}
		}
	}
	lib, err := content.LoadFrom(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// TestRulesInAnotherLanguage: a translator has the words of a rule and of a
// date, and their order.
func TestRulesInAnotherLanguage(t *testing.T) {
	say := otherLibrary(t, otherWords).In("eo")
	for rule, want := range map[string]string{
		"mon wed fri 18:00":                       "Je 18:00 vendredoj kaj lundoj / merkredoj",
		"mon 07:00 18:00":                         "Je 18:00 kaj 07:00 lundoj",
		"first last sat 09:00":                    "Je 09:00 ĉiumonate satur-dagon lasta kaj unuan",
		"every 2 weeks mon 18:00 from 2026-12-05": "Ĉiu 2a semajno de 2026 la 7a de decembro, je 18:00 lundoj",
		"0 18 * 6 1":                              "Je 18:00 en junio: lundoj",
		"15th 19:00":                              "Je 19:00 the 15th of the month", // what it lacks is in English
	} {
		r, err := schedule.Parse(rule)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Sentence(say); got != want {
			t.Errorf("%s: %q, want %q", rule, got, want)
		}
	}
	at := time.Date(2026, 11, 23, 18, 5, 0, 0, time.UTC)
	for form, want := range map[schedule.Form]string{
		schedule.DateShort: "nov 23",
		schedule.Wall:      "je 18:05 (lu nov 23)",
		schedule.DayYear:   "lu 23 nov 2026",
	} {
		if got := form.Of(say, at); got != want {
			t.Errorf("%s: %q, want %q", form, got, want)
		}
	}
}

// TestCardsInAnotherLanguage: dates and rules are in the place's language on
// posts, in the reader's on cards, and in an area's own on its ladder.
func TestCardsInAnotherLanguage(t *testing.T) {
	g := gymtest.New(t)
	g.Content = otherLibrary(t, otherWords)
	g.Restart()
	s := g.Saved("sat 18:00")
	s.BrokenAt, s.Place.Language = g.Time, "eo"
	o := schedule.Occurrence{ID: 7, ClassID: s.ID, Kind: schedule.KindPre, State: schedule.StateReplaced,
		StartAt: time.Date(2027, 3, 27, 18, 0, 0, 0, time.UTC)} // the clocks change on the 28th
	o.DueAt = o.StartAt
	moved := s
	moved.Moves = []schedule.Move{{From: schedule.SlotOf(o.StartAt), To: schedule.SlotOf(o.StartAt.Add(time.Hour))}}
	replaced, err := g.Render(moved, o, false)
	o.State = schedule.StateDue
	post, err2 := g.Render(s, o, false)
	monthly, of := g.Saved("first sat 18:00"), o // its post is three weeks before the change
	of.StartAt = time.Date(2027, 3, 6, 18, 0, 0, 0, time.UTC)
	of.DueAt, monthly.Place.Language = of.StartAt, "eo"
	early, err4 := g.Render(monthly, of, false)
	o.Kind = schedule.KindAlert
	alert, err3 := g.Render(s, o, false)
	if err := errors.Join(err, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	req := gymtest.Request(t, g.Deps, nil)
	req.Locale = "eo"
	g.Agree(gymtest.Mia())
	g.Follow(gymtest.Mia(), schedule.Follow{Place: s.Place, Days: schedule.On(time.Monday) | schedule.On(time.Saturday)})
	mias := gymtest.Mia().Request(g, nil)
	mias.Locale = "eo"
	follows, err := g.Part("notifyme1:show").Press(t.Context(), mias, "notifyme1:show")
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ got, want string }{
		"a post":               {golden.Shown(post), "Clocks change dimanĉo. 18:00"},
		"a post long before":   {golden.Shown(early), "Clocks change on la 28a de marto, dimanĉo. 18:00"},
		"a post that is moved": {golden.Shown(replaced), "je 19:00 (sa mar 27)"},
		"an alert":             {golden.Shown(alert), "Je 18:00 "},
		"a contract":           {classwords.Sentence(req, s.Rule), "Je 18:00 "},
		"what one follows":     {golden.Shown(follows), "lu / sa"},
	} {
		if !strings.Contains(tc.got, tc.want) {
			t.Errorf("%s lacks %q:\n%s", name, tc.want, tc.got)
		}
	}
	next := button.PinchedID.For(button.PinchedState{Area: "neck", View: button.PinchedNext})
	reply, err := g.Part(next).Press(t.Context(), req, next)
	if err != nil {
		t.Fatal(err)
	}
	ladder := golden.Shown(reply)
	if day := g.Time.AddDate(0, 0, -7).Format("2 Jan"); !strings.Contains(ladder, day) {
		t.Errorf("an English ladder has no %q:\n%s", day, ladder)
	}
}
