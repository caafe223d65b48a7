package class_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// pasted sends a timetable by the form, as carl.
func pasted(g *gymtest.Gym, text string) bot.Reply {
	g.T.Helper()
	return g.Press(gymtest.Carl(), button.LinesNewID.For(button.NewLines(1)), map[string]string{"lines": text, "before": "10", "cool_down": "yes"})
}

// TestTimetables reads timetables as websites have them: each is read whole, said
// back, saved and listed, and pasted again it shows no difference.
func TestTimetables(t *testing.T) {
	files, err := filepath.Glob("testdata/timetables/*.txt")
	if err != nil || len(files) != 10 {
		t.Fatalf("%d timetables, %v", len(files), err)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		g := gymtest.New(t)
		var said golden.Table
		reply := pasted(g, string(text))
		if strings.Contains(golden.Shown(reply), "[Evening]") {
			said.Row("pasted", reply)
			reply = g.Tap(gymtest.Carl(), reply, "Evening")
		}
		said.Row("read", reply)
		if strings.Contains(golden.Shown(reply), "to mend") {
			t.Errorf("%s is not read whole", name)
		}
		save := saveID(t, reply)
		said.Row("saved", g.Press(gymtest.Carl(), save, nil))
		all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID)
		if err != nil {
			t.Fatal(err)
		}
		if g.Press(gymtest.Carl(), save, nil); len(all) == 0 || g.Kicks != 1 {
			t.Errorf("%s: %d classes, saved %d times", name, len(all), g.Kicks)
		}
		said.Row("listed", g.Run(gymtest.Mia(), "class list", nil))
		again := pasted(g, string(text))
		if strings.Contains(golden.Shown(again), "[Evening]") {
			again = g.Tap(gymtest.Carl(), again, "Evening")
		}
		said.Row("pasted again", again)
		said.Compare(t, "timetable-"+strings.TrimSuffix(filepath.Base(name), ".txt"))
	}
}

// saveID is the custom ID of the button that saves.
func saveID(t *testing.T, reply bot.Reply) string {
	t.Helper()
	for _, b := range golden.Buttons(reply.Parts) {
		if strings.HasPrefix(b.Label, "Save") {
			return b.ID
		}
	}
	t.Fatalf("nothing saves on\n%s", golden.Shown(reply))
	return ""
}

// TestMendRest saves what was read, and then the line that was mended.
func TestMendRest(t *testing.T) {
	g := gymtest.New(t)
	card := pasted(g, "Monday\n6am Lift\n6:30m Yoga\nTuesday\n6pm Box")
	golden.Reply(t, "class-paste-faults", card)
	saved := g.Tap(gymtest.Carl(), card, "Save these 2")
	golden.Reply(t, "class-paste-saved", saved)
	form := g.Press(gymtest.Carl(), golden.ID(t, saved, "Mend the other one"), nil)
	if got := form.Modal.Fields[0].Value; got != "mon: 6:30m Yoga" {
		t.Errorf("the form has %q", got)
	}
	last := g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"lines": "mon: 6:30pm Yoga"})
	if got := golden.Shown(last); !strings.Contains(got, "Mondays at 18:30") {
		t.Errorf("mended, it shows %s", got)
	}
	g.Press(gymtest.Carl(), saveID(t, last), nil)
	if all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID); err != nil || len(all) != 3 {
		t.Errorf("%d classes, %v", len(all), err)
	}
	g.Restart()
	if got := golden.Shown(g.Press(gymtest.Carl(), golden.ID(t, saved, "Mend the other one"), nil)); !strings.HasPrefix(got, "I no longer have") {
		t.Errorf("after a restart it says %s", got)
	}
}

// TestPasteAgain shows the difference of a timetable that changed: what is there
// stays, what changed changes, and what isn't in it goes only where that is asked
// for.
func TestPasteAgain(t *testing.T) {
	g := gymtest.New(t)
	const text = "Monday\n6am Lift\n6pm Box\nTuesday\n6pm Yoga\nFriday\n7am Swim\n8am Row"
	g.Press(gymtest.Carl(), saveID(t, pasted(g, text)), nil)
	golden.Reply(t, "class-paste-same", pasted(g, text))
	changed := pasted(g, strings.NewReplacer("6pm Yoga", "6:30pm Yoga", "8am Row", "9am Run").Replace(text))
	golden.Reply(t, "class-paste-changed", changed)
	dropped := g.Tap(gymtest.Carl(), changed, "Also remove the one not in it")
	golden.Reply(t, "class-paste-dropped", dropped)
	g.Tap(gymtest.Carl(), dropped, "Keep the one not in it")
	dropped = g.Tap(gymtest.Carl(), g.Tap(gymtest.Carl(), dropped, "Keep the one not in it"), "Also remove the one not in it")
	g.Press(gymtest.Carl(), saveID(t, dropped), nil)
	var got []string
	all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID)
	for _, s := range all {
		got = append(got, s.Rule.String()+" "+s.Title)
	}
	if want := "mon 06:00 Lift, mon 18:00 Box, tue 18:30 Yoga, fri 07:00 Swim, fri 09:00 Run"; err != nil || strings.Join(got, ", ") != want {
		t.Errorf("the classes are %q, want %s (%v)", got, want, err)
	}
}

// TestPastePages turns the pages of a long timetable and of its faults.
func TestPastePages(t *testing.T) {
	g := gymtest.New(t)
	var text strings.Builder
	for i := range 30 {
		text.WriteString("mon tue wed " + schedule.Clock(360+5*i).String() + " A class with a title\nwed 25:0" + string(rune('0'+i%10)) + " A line that can't be read\n")
	}
	card := pasted(g, text.String())
	seen := golden.Shown(card)
	for strings.Contains(golden.Shown(card), "[Next page]") {
		card = g.Tap(gymtest.Carl(), card, "Next page")
		seen += golden.Shown(card)
	}
	if got := strings.Count(seen, "A class with a title"); got < 3*25 {
		t.Errorf("%d of the classes are shown", got)
	}
	if got := strings.Count(seen, "is no time of day"); got < 20 {
		t.Errorf("%d of the faults are shown", got)
	}
	if got := golden.Shown(g.Tap(gymtest.Carl(), card, "Previous page")); !strings.Contains(got, "[Next page]") {
		t.Errorf("the page before shows %s", got)
	}
}

// TestPasteFile takes a timetable as a file of text: in Windows-1252, and of more
// than a form has room for.
func TestPasteFile(t *testing.T) {
	g := gymtest.New(t)
	golden.Reply(t, "class-paste-file", g.Hand(gymtest.Carl(), "Tag;Zeit;Kurs;Raum;\r\nMontag;17:30 - 18:30;R\xfcckenfit;Halle;\r\nMi;18 Uhr;Yoga \x96 sanft;Saal;\r\n"))
	if got := golden.Shown(g.Hand(gymtest.Carl(), strings.Repeat("mon 06:00 A\n", 8000))); !strings.Contains(got, "64 KB is the most") {
		t.Errorf("a large file: %s", got)
	}
	if got := golden.Shown(g.Hand(gymtest.Mia(), "mon 6am")); !strings.HasPrefix(got, "Changing classes at") {
		t.Errorf("as mia: %s", got)
	}
}
