package content

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// learnSources returns what topics, glossaries and pictures rest on.
func learnSources(l *Library) []string {
	var out []string
	for _, t := range l.Topics("en-US") {
		out = union(out, t.Sources)
	}
	for _, g := range l.Glossaries("en-US") {
		out = union(out, g.Sources)
	}
	for _, p := range l.Pictures("en-US") {
		out = union(out, p.Sources)
	}
	return out
}

func TestTopics(t *testing.T) {
	l := load(t)
	topics := l.Topics("en-GB")
	if len(topics) != len(topicIDs()) {
		t.Fatalf("%d topics, want %d", len(topics), len(topicIDs()))
	}
	for i, topic := range topics {
		if topic.ID != topicIDs()[i] || topic.Key != "topics."+topic.ID || topic.Text.Key != topic.Key {
			t.Errorf("topic %d is %s, %s, %s", i, topic.ID, topic.Key, topic.Text.Key)
		}
		if len(topic.Grades) == 0 {
			t.Errorf("%s says nothing of how sure it is", topic.ID)
		}
		for _, c := range topic.Corrections {
			if !slices.Contains(c.Sources, "SEED") || len(c.Sources) < 2 {
				t.Errorf("%s: the correction of %q cites %v, wants the article and what speaks against it", topic.ID, c.Said, c.Sources)
			}
		}
	}
}

// TestArticleIsCorrected holds the topics against what the article got wrong.
func TestArticleIsCorrected(t *testing.T) {
	l := load(t)
	for id, wants := range map[string][]string{
		"stretching_soreness": {"soreness", "too little to notice"},
		"can_i_train":         {"rest", "keep moving"},
		"who_can_help":        {"chiropractors", "No neck cracking", "medicines", "We name none"},
		"which_exercises":     {"biking", "saddles", "breaststroke", "front crawl", "poses"},
	} {
		topic, ok := l.Topic("en-US", id)
		if !ok {
			t.Fatalf("no topic %s", id)
		}
		var text strings.Builder
		for _, c := range topic.Corrections {
			text.WriteString(c.Said + " " + c.Found + " ")
		}
		for _, want := range wants {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%s corrects %q, lacks %q", id, text.String(), want)
			}
		}
	}
}

func TestGlossaryHasEveryArea(t *testing.T) {
	l := load(t)
	n := 0
	var areas []string
	for _, g := range l.Glossaries("en-US") {
		areas = append(areas, g.Area)
		n += len(g.Sensations)
		for _, s := range g.Sensations {
			if s.Key != "glossary."+g.Area+"."+s.ID {
				t.Errorf("%s of %s has the key %s", s.ID, g.Area, s.Key)
			}
			if found, ok := g.Sensation(s.ID); !ok || found.Called != s.Called {
				t.Errorf("%s is not found", s.Key)
			}
		}
	}
	if want := []string{"neck", "shoulder_upper_back", "elbow", "wrist_hand", "mid_back", "low_back", "buttock_hip", "thigh", "knee_foot"}; !slices.Equal(areas, want) {
		t.Errorf("glossaries of %v, want %v", areas, want)
	}
	if n < 30 {
		t.Errorf("%d sensations, want 30 at least", n)
	}
	if _, ok := l.Glossary("en-US", "tail"); ok {
		t.Error("found a glossary of no area")
	}
}

// TestWhereMaps: the mid-back alone has none, because no source of ours shows
// where its nerves are felt.
func TestWhereMaps(t *testing.T) {
	l := load(t)
	for _, area := range menu() {
		p, ok := l.WhereMap("en-US", area)
		if want := area != "mid_back"; ok != want {
			t.Errorf("%s has a where-map: %t, want %t", area, ok, want)
		}
		if ok && len(p.Grades) == 0 {
			t.Errorf("%s says nothing of how sure it is", p.Key)
		}
	}
	if p := l.Pictures("en-US"); len(p) == 0 || p[0].ID != "body-map" || len(p[0].Lines) != len(menu()) {
		t.Error("the body map does not come first with nine areas")
	}
}

// TestLearnInAnotherLanguage: an item comes whole from one language.
func TestLearnInAnotherLanguage(t *testing.T) {
	fsys := embedded(t)
	fsys["pt/words.toml"] = &fstest.MapFile{Data: []byte("[\"grade.guideline\"]\nother = \"orientação\"\n")}
	fsys["pt/topics/prevention.toml"] = fsys["en/topics/prevention.toml"]
	edit(t, fsys, "pt/topics/prevention.toml", "Can it be prevented?", "Pode evitar-se?")
	l, err := LoadFrom(fsys)
	if err != nil {
		t.Fatal(err)
	}
	topics := l.Topics("pt-BR")
	if len(topics) != len(topicIDs()) || topics[5].Text.Title != "Pode evitar-se?" || topics[0].Text.Title != l.Topics("en")[0].Text.Title {
		t.Errorf("%d topics, the sixth is %q", len(topics), topics[5].Text.Title)
	}
	if p, ok := l.Picture("pt", "body-map"); !ok || p.Views[0] != "Front" {
		t.Error("the body map is not there in English")
	}
}

// learnFaults is one slip each, as faults.
var learnFaults = []fault{
	{"topic that is none", "en/topics/prevention.toml", `id = "prevention"`, `id = "cure_all"`,
		[]string{`en/topics/prevention.toml: id: "cure_all" is not one of ` + strings.Join(topicIDs(), ", "),
			`en/topics/prevention.toml: id: "cure_all" is not the file's name`, `en/topics/prevention.toml: file: is missing`}},
	{"topic missing", "en/topics/prevention.toml", ``, ``, []string{`en/topics/prevention.toml: file: is missing`}},
	{"long topic", "en/topics/prevention.toml", `Nothing prevents it`, `Nothing` + strings.Repeat(" at all", 60) + ` prevents it`,
		[]string{`en/topics/prevention.toml: text: has 229 words, at most 160`}},
	{"correction without words", "en/topics/prevention.toml", `said = "poor technique and stiff joints are behind it."`, `said = ""`,
		[]string{`en/topics/prevention.toml: correction[0].said: must be set`}},
	{"correction without a source", "en/topics/prevention.toml", `sources = ["SEED", "A21", "A47"]`, ``,
		[]string{`en/topics/prevention.toml: correction[0].sources: names no source`}},
	{"placeholder in a topic", "en/topics/prevention.toml", `Nothing prevents it`, `{ago:7} prevents it`,
		[]string{`en/topics/prevention.toml: text.lead: unknown placeholder "{ago:7}"`}},

	{"glossary missing", "en/glossary/elbow.toml", ``, ``, []string{`en/glossary/elbow.toml: file: is missing`}},
	{"sensation twice", "en/glossary/elbow.toml", `id = "inner_ache"`, `id = "funny_bone"`,
		[]string{`en/glossary/elbow.toml: sensation[1].id: "funny_bone" is there twice`}},
	{"sensation that does not fit an ID", "en/glossary/elbow.toml", `id = "inner_ache"`, `id = "inner/ache"`,
		[]string{`en/glossary/elbow.toml: sensation[1].id: "inner/ache" is not 2 to 20 small letters and underscores`}},
	{"sensation without words", "en/glossary/elbow.toml", `also = "sore inner elbow, gripping hurts"`, ``,
		[]string{`en/glossary/elbow.toml: sensation[1].also: must be set`}},
	{"sensation with an unknown source", "en/glossary/elbow.toml", `sources = ["A35", "CC"]`, `sources = ["Z9"]`,
		[]string{`en/glossary/elbow.toml: sensation[1].sources[0]: source "Z9" is not in sources.toml`}},

	{"picture under another name", "en/figures/where-leg.toml", `id = "where-leg"`, `id = "leg"`,
		[]string{`en/figures/where-leg.toml: id: "leg" is not the file's name`}},
	{"picture without words", "en/figures/where-leg.toml", `views = ["Front", "Back"]`, `views = ["Front"]`,
		[]string{`en/figures/where-leg.toml: views: has 1, wants 2`}},
	{"two maps of an area", "en/figures/where-leg.toml", `areas = ["low_back",`, `areas = ["neck",`,
		[]string{`en/figures/where-leg.toml: areas: "neck" has another map`}},
	{"map of no area", "en/figures/where-leg.toml", `areas = ["low_back",`, `areas = ["tail",`,
		[]string{`en/figures/where-leg.toml: areas[0]: "tail" is not one of ` + strings.Join(menu(), ", ")}},
	{"map without a source", "en/figures/where-leg.toml", `sources = [`, `# sources = [`,
		[]string{`en/figures/where-leg.toml: sources: names no source`}},
	{"long alt text", "en/figures/where-leg.toml", `alt = "`, `alt = "` + strings.Repeat("leg ", 250),
		[]string{`en/figures/where-leg.toml: alt: has 1231 bytes, at most 1024`}},
}

func TestLearnFaults(t *testing.T) { testFaults(t, learnFaults) }
