package content

import (
	"slices"
	"strings"
)

// topicIDs is the order in which topics are offered. An ID is permanent: it
// sits in custom IDs.
func topicIDs() []string {
	return []string{"from_training", "which_exercises", "can_i_train", "how_it_heals",
		"who_can_help", "prevention", "stretching_soreness", "nerve_or_muscle", "scan", "rhabdo", "flossing"}
}

// article is the source that the first topics build on.
const article = "SEED"

// Article returns the article that the first topics build on and correct.
func (l *Library) Article() Source { return l.sources[article] }

// A Topic is a short article, with what it corrects in the one that the first
// topics build on.
type Topic struct {
	ID          string       `toml:"id"`
	Key         string       `toml:"-"` // stable, as "topics.prevention"
	Text        Block        `toml:"text"`
	Corrections []Correction `toml:"correction"` // may be none
	Sources     []string     `toml:"-"`          // of text and corrections
	Grades      []Grade      `toml:"-"`
	Reviewed    *Review      `toml:"reviewed" json:"-"` // nil until a clinician has read it
}

// A Correction is something that the original article said, and what the
// evidence says.
type Correction struct {
	Said    string   `toml:"said" json:"said"`   // ends the sentence "The article said: …"
	Found   string   `toml:"found" json:"found"` // whole sentences
	Sources []string `toml:"sources" json:"sources"`
}

// A Glossary is the words that people have for what they feel in one area.
// It never names a condition.
type Glossary struct {
	Area       string      `toml:"id"` // of the menu
	Name       string      `toml:"name"`
	Sensations []Sensation `toml:"sensation"`
	Sources    []string    `toml:"-"` // of all sensations
	Reviewed   *Review     `toml:"reviewed" json:"-"`
}

// A Sensation is one entry of a glossary.
type Sensation struct {
	ID      string   `toml:"id" json:"id"` // permanent, it sits in custom IDs
	Key     string   `toml:"-" json:"-"`   // stable, as "glossary.neck.jolt"
	Called  string   `toml:"called" json:"called"`
	Also    string   `toml:"also" json:"also"`     // what else people call it
	Feels   string   `toml:"feels" json:"feels"`   // what it often feels like
	Linked  string   `toml:"linked" json:"linked"` // what it is often linked with, in plain words
	Sources []string `toml:"sources" json:"sources"`
	Grades  []Grade  `toml:"-" json:"-"`
}

// A Picture is the words on a picture, and those beside it for people who
// can't see it.
type Picture struct {
	ID       string   `toml:"id"`    // names the map, as "where-hand"
	Key      string   `toml:"-"`     // stable, as "figures.where-hand"
	Areas    []string `toml:"areas"` // whose where-map it is; none of the body map
	Alt      string   `toml:"alt"`   // up to 1,024 characters
	Views    []string `toml:"views"` // above its two figures
	Lines    []string `toml:"lines"` // of the legend, from number 1
	Sources  []string `toml:"sources"`
	Grades   []Grade  `toml:"-"`
	Reviewed *Review  `toml:"reviewed" json:"-"`
}

// Topics returns every topic in the order in which they are offered.
func (l *Library) Topics(locale string) []*Topic {
	var out []*Topic
	for _, id := range topicIDs() {
		if t, ok := l.Topic(locale, id); ok {
			out = append(out, t)
		}
	}
	return out
}

// Topic looks up a topic. One that a language lacks comes in English, whole.
func (l *Library) Topic(locale, id string) (*Topic, bool) {
	return find(l, locale, func(la *lang) []*Topic { return la.topics }, func(t *Topic) bool { return t.ID == id })
}

// Glossaries returns the glossary of every area, in the menu's order.
func (l *Library) Glossaries(locale string) []*Glossary {
	var out []*Glossary
	for _, id := range menu() {
		if g, ok := l.Glossary(locale, id); ok {
			out = append(out, g)
		}
	}
	return out
}

// Glossary looks up the glossary of an area, in English where there is no other.
func (l *Library) Glossary(locale, area string) (*Glossary, bool) {
	return find(l, locale, func(la *lang) []*Glossary { return la.glossaries }, func(g *Glossary) bool { return g.Area == area })
}

// Sensation looks up an entry of the glossary.
func (g *Glossary) Sensation(id string) (Sensation, bool) {
	i := slices.IndexFunc(g.Sensations, func(s Sensation) bool { return s.ID == id })
	if i < 0 {
		return Sensation{}, false
	}
	return g.Sensations[i], true
}

// Pictures returns the words of every picture, the body map first.
func (l *Library) Pictures(locale string) []*Picture {
	var out []*Picture
	for _, p := range l.languages[fallback].pictures {
		own, _ := l.Picture(locale, p.ID) // at least p itself
		out = append(out, own)
	}
	return out
}

// Picture looks up the words of a picture, in English where there are no other.
func (l *Library) Picture(locale, id string) (*Picture, bool) {
	return find(l, locale, func(la *lang) []*Picture { return la.pictures }, func(p *Picture) bool { return p.ID == id })
}

// WhereMap looks up the words of an area's map of where a nerve is felt. Not
// every area has one.
func (l *Library) WhereMap(locale, area string) (*Picture, bool) {
	return find(l, locale, func(la *lang) []*Picture { return la.pictures }, func(p *Picture) bool { return slices.Contains(p.Areas, area) })
}

// find looks an item up in the locale's language, then in English.
func find[T any](l *Library, locale string, list func(*lang) []*T, is func(*T) bool) (*T, bool) {
	for _, name := range []string{l.match(locale), fallback} {
		all := list(l.languages[name])
		if i := slices.IndexFunc(all, is); i >= 0 {
			return all[i], true
		}
	}
	return nil, false
}

// texts returns everything that a reader sees of a topic.
func (t *Topic) texts() []string {
	out := t.Text.texts()
	for _, c := range t.Corrections {
		out = append(out, c.Said, c.Found)
	}
	return out
}

// Names returns what the topic goes by: its id and its title, without the
// question mark.
func (t *Topic) Names() []string {
	return []string{t.ID, t.Text.Title, strings.TrimSuffix(t.Text.Title, "?")}
}
