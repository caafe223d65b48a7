package content

import (
	"slices"
	"testing"
	"testing/fstest"
	"time"
)

// load reads the embedded content or ends the test.
func load(tb testing.TB) *Library {
	tb.Helper()
	l, err := Load()
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

func TestLoadIsQuick(t *testing.T) {
	best := time.Hour
	for range 5 {
		start := time.Now()
		load(t)
		best = min(best, time.Since(start))
	}
	if best > 50*time.Millisecond {
		t.Errorf("Load took %v, want at most 50ms", best)
	}
}

func TestAreas(t *testing.T) {
	var ids []string
	for _, a := range load(t).Areas("en-US") {
		ids = append(ids, a.ID)
	}
	if len(ids) == 0 || ids[0] != "neck" {
		t.Errorf("Areas = %v, want the neck first", ids)
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
	for _, file := range []string{"areas/neck.toml", "signs/arm.toml", "stop.toml"} {
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
	got := []string{a.Signs.Key, a.Ladder.Key, a.FirstDays.Key, a.Nerve.Key, a.Back.Key, a.Clinic.Key,
		s.Now.Key, s.Soon.Key, s.Under18.Key, s.Pregnancy.Key}
	want := []string{"signs.arm", "neck.ladder", "neck.first_days", "neck.nerve", "neck.back", "neck.clinic",
		"stop.now", "stop.soon", "stop.under_18", "stop.pregnancy"}
	if !slices.Equal(got, want) {
		t.Errorf("keys are %v, want %v", got, want)
	}
}

// Every statement has a grade that comes from its sources, and every source is used.
func TestSourcesAndGrades(t *testing.T) {
	l, a := load(t), neck(t)
	s := l.Stop("en-US")
	used := map[string]bool{}
	type stated struct {
		key    string
		ids    []string
		grades []Grade
	}
	all := []stated{
		{a.Signs.Key, a.Signs.Sources, a.Signs.Grades},
		{a.Ladder.Key, a.Ladder.Sources, a.Ladder.Grades},
		{a.FirstDays.Key, a.FirstDays.Sources, a.FirstDays.Grades},
		{a.Nerve.Key, a.Nerve.Sources, a.Nerve.Grades},
		{a.Back.Key, a.Back.Sources, a.Back.Grades},
		{a.Clinic.Key, a.Clinic.Sources, a.Clinic.Grades},
		{s.Now.Key, s.Now.Sources, s.Now.Grades},
		{s.Soon.Key, s.Soon.Sources, s.Soon.Grades},
		{s.Under18.Key, s.Under18.Sources, s.Under18.Grades},
		{s.Pregnancy.Key, s.Pregnancy.Sources, s.Pregnancy.Grades},
	}
	for _, d := range l.Drills("en-US") {
		all = append(all, stated{d.ID, d.Sources, d.Grades})
	}
	for _, r := range l.Routines("en-US") {
		all = append(all, stated{r.ID, r.Sources, r.Grades})
	}
	for _, x := range all {
		if len(x.grades) == 0 {
			t.Errorf("%s says nothing of how sure it is", x.key)
		}
		for _, id := range x.ids {
			used[id] = true
			src, ok := l.Source(id)
			if !ok || src.ID != id || !slices.Contains(x.grades, src.Grade) {
				t.Errorf("%s: source %s is %+v, not among the grades %v", x.key, id, src, x.grades)
			}
		}
	}
	for id := range l.sources {
		if !used[id] {
			t.Errorf("source %s backs nothing", id)
		}
	}
	if got, want := l.GradeWords("en-US", []Grade{Guideline, HealthService, Coaching, Cautious}),
		"guideline · health service · coaching practice · our own cautious rule"; got != want {
		t.Errorf("GradeWords = %q, want %q", got, want)
	}
	if want := []Grade{Guideline, HealthService, Coaching, Cautious}; !slices.Equal(a.Nerve.Grades, want) {
		t.Errorf("nerve or muscle is graded %v, want %v, most sure first", a.Nerve.Grades, want)
	}
	if !slices.Equal(a.Back.Grades, []Grade{Cautious}) {
		t.Errorf("back to lifting is graded %v, it is our own cautious rule", a.Back.Grades)
	}
}
