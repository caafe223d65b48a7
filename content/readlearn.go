package content

import (
	"fmt"
	"path"
	"slices"

	"unpinch/pattern"
)

// Budgets of what is read at leisure.
const (
	topicWords     = 180 // of a card, with frame, and the words around each correction
	correctedWords = 5
	sensationWords = 70
)

// learning reads a language's topics, glossaries and pictures. English has all.
func (r *reader) learning(dir string, out *lang) {
	for _, file := range r.glob(path.Join(dir, "topics", "*.toml")) {
		out.topics = append(out.topics, r.topic(file))
	}
	for _, file := range r.glob(path.Join(dir, "glossary", "*.toml")) {
		out.glossaries = append(out.glossaries, r.glossary(file))
	}
	for _, file := range r.glob(path.Join(dir, "figures", "*.toml")) {
		out.pictures = append(out.pictures, r.picture(file))
	}
	if dir != fallback {
		return
	}
	for _, id := range topicIDs() {
		if !slices.ContainsFunc(out.topics, func(t *Topic) bool { return t.ID == id }) {
			r.fault(path.Join(dir, "topics", id+".toml"), "file", "is missing")
		}
	}
	for _, id := range menu() {
		if !slices.ContainsFunc(out.glossaries, func(g *Glossary) bool { return g.Area == id }) {
			r.fault(path.Join(dir, "glossary", id+".toml"), "file", "is missing")
		}
	}
	r.onlyWhereMap(dir, out.pictures)
}

// named checks that an id is known and is the file's name.
func (r *reader) named(file, id string, known []string) {
	r.oneOf(file, "id", id, known...)
	if id != stem(file) {
		r.fault(file, "id", "%q is not the file's name", id)
	}
}

func (r *reader) topic(file string) *Topic {
	t := &Topic{}
	if !r.toml(file, t) {
		return t
	}
	t.Key = "topics." + t.ID
	r.named(file, t.ID, topicIDs())
	r.blockWithin(file, "text", &t.Text, 0, 0, noPlaceholder)
	t.Text.Key = t.Key
	t.Sources = slices.Clone(t.Text.Sources)
	for i, c := range t.Corrections {
		at := fmt.Sprintf("correction[%d]", i)
		r.text(file, at+".said", c.Said, noPlaceholder)
		r.text(file, at+".found", c.Found, noPlaceholder)
		r.cites(file, at+".sources", c.Sources)
		t.Sources = union(t.Sources, c.Sources)
	}
	t.Grades = gradesOf(r.sources, t.Sources)
	r.budget(file, "text", countWords(t.texts()...)+correctedWords*len(t.Corrections), topicWords-frame)
	r.review(file, "reviewed", t.Reviewed)
	return t
}

// shortID may sit in a custom ID.
var shortID = pattern.New(`^[a-z][a-z_]{1,19}$`)

func (r *reader) glossary(file string) *Glossary {
	g := &Glossary{}
	if !r.toml(file, g) {
		return g
	}
	r.named(file, g.Area, menu())
	r.text(file, "name", g.Name, noPlaceholder)
	if len(g.Sensations) == 0 || len(g.Sensations) > 25 {
		r.fault(file, "sensation", "has %d, a select holds 1 to 25", len(g.Sensations))
	}
	for i := range g.Sensations {
		s := &g.Sensations[i]
		at := fmt.Sprintf("sensation[%d]", i)
		s.Key = "glossary." + g.Area + "." + s.ID
		if !shortID().MatchString(s.ID) {
			r.fault(file, at+".id", "%q is not 2 to 20 small letters and underscores", s.ID)
		}
		if slices.ContainsFunc(g.Sensations[:i], func(b Sensation) bool { return b.ID == s.ID }) {
			r.fault(file, at+".id", "%q is there twice", s.ID)
		}
		for _, x := range []struct{ key, text string }{{"called", s.Called}, {"also", s.Also}, {"feels", s.Feels}, {"linked", s.Linked}} {
			r.text(file, at+"."+x.key, x.text, noPlaceholder)
		}
		r.cites(file, at+".sources", s.Sources)
		r.budget(file, at, countWords(s.Called, s.Also, s.Feels, s.Linked), sensationWords)
		s.Grades = gradesOf(r.sources, s.Sources)
		g.Sources = union(g.Sources, s.Sources)
	}
	r.review(file, "reviewed", g.Reviewed)
	return g
}

// altMost is the longest alternative text that Discord takes, in bytes here.
const altMost = 1024

func (r *reader) picture(file string) *Picture {
	p := &Picture{}
	if !r.toml(file, p) {
		return p
	}
	p.Key = "figures." + p.ID
	if p.ID != stem(file) {
		r.fault(file, "id", "%q is not the file's name", p.ID)
	}
	r.text(file, "alt", p.Alt, noPlaceholder)
	if len(p.Alt) > altMost {
		r.fault(file, "alt", "has %d bytes, at most %d", len(p.Alt), altMost)
	}
	if len(p.Views) != 2 {
		r.fault(file, "views", "has %d, wants 2", len(p.Views))
	}
	for i, v := range p.Views {
		r.text(file, fmt.Sprintf("views[%d]", i), v, noPlaceholder)
	}
	if len(p.Lines) == 0 {
		r.fault(file, "lines", "has none")
	}
	for i, l := range p.Lines {
		r.text(file, fmt.Sprintf("lines[%d]", i), l, noPlaceholder)
	}
	for i, a := range p.Areas {
		r.oneOf(file, fmt.Sprintf("areas[%d]", i), a, menu()...)
	}
	if len(p.Areas) > 0 { // it says where a nerve is felt
		r.cites(file, "sources", p.Sources)
	}
	p.Grades = gradesOf(r.sources, p.Sources)
	r.review(file, "reviewed", p.Reviewed)
	return p
}

// onlyWhereMap checks that no area has two.
func (r *reader) onlyWhereMap(dir string, pictures []*Picture) {
	seen := map[string]bool{}
	for _, p := range pictures {
		for _, a := range p.Areas {
			if seen[a] {
				r.fault(path.Join(dir, "figures", p.ID+".toml"), "areas", "%q has another map", a)
			}
			seen[a] = true
		}
	}
}
