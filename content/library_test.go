package content

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

// loaded is the embedded content, read once: nothing changes it.
var loaded = sync.OnceValues(Load)

// load returns the embedded content or ends the test.
func load(tb testing.TB) *Library {
	tb.Helper()
	l, err := loaded()
	if err != nil {
		tb.Fatalf("Load:\n%v", err)
	}
	return l
}

// neck returns the one area that every test may rely on.
func neck(tb testing.TB) *Area {
	tb.Helper()
	a, ok := load(tb).Area("en-GB", "neck")
	if !ok {
		tb.Fatal("no neck")
	}
	return a
}

func TestAreas(t *testing.T) {
	var ids []string
	for _, a := range load(t).Areas("en-US") {
		ids = append(ids, a.ID)
	}
	want := []string{"neck", "shoulder_upper_back", "elbow", "wrist_hand", "mid_back", "low_back", "buttock_hip", "thigh", "knee_foot"}
	if !slices.Equal(ids, want) {
		t.Errorf("Areas = %v, want %v", ids, want)
	}
	if _, ok := load(t).Area("en-US", "tail"); ok {
		t.Error("found an area that does not exist")
	}
}

// A second language is a folder. What it lacks comes from English whole, and a
// sentence of the interface that it lacks comes in English.
func TestSecondLanguage(t *testing.T) {
	fsys := embedded(t)
	fsys["pt/words.toml"] = &fstest.MapFile{Data: []byte("[\"grade.guideline\"]\nother = \"orientação\"\n")}
	for _, file := range []string{"areas/neck.toml", "signs/arm.toml", "signs/sentences.toml", "signs/ideas.toml", "stop.toml"} {
		fsys["pt/"+file] = fsys["en/"+file]
	}
	edit(t, fsys, "pt/areas/neck.toml", `name = "Neck"`, `name = "Pescoço"`)
	edit(t, fsys, "pt/stop.toml", `title = "Call now"`, `title = "Ligue agora"`)
	l, err := LoadFrom(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for locale, want := range map[string]string{"pt-BR": "Pescoço", "pt": "Pescoço", "en-US": "Neck", "de": "Neck", "": "Neck", "?": "Neck"} {
		a, ok := l.Area(locale, "neck")
		if !ok || a.Name != want {
			t.Errorf("Area(%q) is %q, want %q", locale, a.Name, want)
		}
	}
	if got := l.Stop("pt-BR").Now.Title; got != "Ligue agora" {
		t.Errorf("the stop card is %q", got)
	}
	if got := l.Say("pt-BR", "grade.guideline", nil); got != "orientação" {
		t.Errorf("Say = %q", got)
	}
	if got := l.Say("pt-BR", "grade.coaching", nil); got != "coaching practice" {
		t.Errorf("Say = %q, want the English words", got)
	}
}

func TestLanguageWithoutAreas(t *testing.T) {
	fsys := embedded(t)
	fsys["pt/words.toml"] = &fstest.MapFile{Data: []byte("[\"grade.guideline\"]\nother = \"orientação\"\n")}
	l, err := LoadFrom(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if a, ok := l.Area("pt-BR", "neck"); !ok || a.Name != "Neck" {
		t.Error("the neck is not there in English")
	}
	if l.Stop("pt-BR").Now.Title != l.Stop("en-US").Now.Title {
		t.Error("the stop card is not there in English")
	}
}

func TestBlocksHaveStableKeys(t *testing.T) {
	l, a := load(t), neck(t)
	s := l.Stop("en-US")
	got := []string{a.Signs.Key, a.Ladder.Key, a.Tonight.Key, a.FirstDays.Key, a.Nerve.Key, a.Back.Key, a.Clinic.Key,
		s.Now.Key, s.Soon.Key, s.Under18.Key, s.Pregnancy.Key}
	want := []string{"signs.arm", "neck.ladder", "neck.tonight", "neck.first_days", "neck.nerve", "neck.back", "neck.clinic",
		"stop.now", "stop.soon", "stop.under_18", "stop.pregnancy"}
	if !slices.Equal(got, want) {
		t.Errorf("keys are %v, want %v", got, want)
	}
}

// Every statement has a grade that comes from its sources, and every source is used.
func TestSourcesAndGrades(t *testing.T) {
	l := load(t)
	s := l.Stop("en-US")
	used := map[string]bool{}
	graded := func(key string, ids []string, grades []Grade) {
		if len(grades) == 0 {
			t.Errorf("%s says nothing of how sure it is", key)
		}
		for _, id := range ids {
			used[id] = true
			src, ok := l.Source(id)
			if !ok || src.ID != id || !slices.Contains(grades, src.Grade) {
				t.Errorf("%s: source %s is %+v, not among the grades %v", key, id, src, grades)
			}
		}
	}
	for _, b := range []Block{s.Now, s.Soon, s.Under18, s.Pregnancy} {
		graded(b.Key, b.Sources, b.Grades)
	}
	for _, a := range l.Areas("en-US") {
		graded(a.Signs.Key, a.Signs.Sources, a.Signs.Grades)
		graded(a.Ladder.Key, a.Ladder.Sources, a.Ladder.Grades)
		graded(a.ID+".also", a.Also.Sources, a.Also.Grades)
		for _, b := range []Block{a.Tonight, a.FirstDays, a.Nerve, a.Back, a.Clinic} {
			graded(b.Key, b.Sources, b.Grades)
		}
		if !slices.Equal(a.Back.Grades, []Grade{Cautious}) {
			t.Errorf("%s: back to lifting is graded %v, it is our own cautious rule", a.ID, a.Back.Grades)
		}
		for _, id := range a.Sources() {
			if !used[id] {
				t.Errorf("%s: source %s is none of its cards'", a.ID, id)
			}
		}
	}
	for _, d := range l.Drills("en-US") {
		graded(d.ID, d.Sources, d.Grades)
	}
	for _, r := range l.Routines("en-US") {
		graded(r.ID, r.Sources, r.Grades)
	}
	for _, id := range learnSources(l) {
		used[id] = true
	}
	for _, c := range l.Claims("en-US") {
		graded(c.Key, c.Sources, gradesOf(l.sources, c.Sources))
		if !slices.Contains(gradesOf(l.sources, c.Sources), c.Grade) {
			t.Errorf("%s is graded %s, its sources are not", c.Key, c.Grade)
		}
	}
	for _, e := range l.Lifts("en-US").All() {
		graded(e.ID, e.Sources, e.Grades)
	}
	for id := range l.sources {
		if !used[id] {
			t.Errorf("source %s backs nothing", id)
		}
	}
	if got, want := l.GradeWords("en-US", []Grade{Guideline, HealthService, Coaching, Cautious}),
		"guideline or study · health service · coaching practice · our own cautious rule"; got != want {
		t.Errorf("GradeWords = %q, want %q", got, want)
	}
	if want := []Grade{Cautious, Coaching, HealthService}; !slices.Equal(neck(t).Nerve.Grades, want) {
		t.Errorf("nerve or muscle is graded %v, want %v, the weakest first", neck(t).Nerve.Grades, want)
	}
}

// Every area has what its cards promise, whatever a file may leave empty.
func TestAreasAreWhole(t *testing.T) {
	for _, a := range load(t).Areas("en-US") {
		if n := len(a.FirstDays.Parts); n != 5 || a.FirstDays.Parts[0].Head != "Keep" {
			t.Errorf("%s: %d parts on first days, want what to keep and leave out, two positions of daily life, and what not to do", a.ID, n)
		}
		if n := len(a.Tonight.Parts); n != 3 {
			t.Errorf("%s: %d parts on tonight, want sleep, sitting, and what not to try", a.ID, n)
		}
		if a.Reviewed != nil {
			t.Errorf("%s: reviewed by %+v; no clinician has read it", a.ID, *a.Reviewed)
		}
		for _, r := range a.LadderOn(time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC), sayDate) {
			if strings.ContainsAny(r.Text, "{}") {
				t.Errorf("%s: %q", a.ID, r.Text)
			}
		}
	}
}
