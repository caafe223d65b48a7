// Package content holds what Unpinch says: areas of the body, danger signs,
// drills and routines, topics, glossaries, claims, numbers to ring, sources and
// the words of the interface and of pictures. All of it is data in files beside
// this one; Load reads and checks the files, and everything a reader sees
// carries the sources it rests on.
package content

import (
	"embed"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// fallback is the language that is always whole; every other one falls back to it.
const fallback = "en"

//go:embed *.toml en
var files embed.FS

// A Library is all content, checked. It is immutable and may be shared.
// What it returns is shared too and must not be changed.
type Library struct {
	// Version is the content's version; it is also its date, as "2026.11.22".
	Version string

	// Reviewed is the signature under the Pack; nil until a clinician has read it.
	Reviewed *Review

	sources   map[string]Source
	numbers   []Number
	languages map[string]*lang
	words     *catalogue

	// What takes most memory and many never ask for, of each language: the first
	// call reads it.
	lifts map[string]func() *Lifts
	names map[string]func() *index // of the drills
}

// A lang is one language's folder.
type lang struct {
	areas    []*Area // in the menu's order
	stop     *Stop
	drills   []*Drill // by id
	routines []*Routine

	topics     []*Topic
	glossaries []*Glossary
	pictures   []*Picture
	claims     []*Claim // in the order in which they are asked
}

// menu is the order in which areas are offered.
func menu() []string {
	return []string{"neck", "shoulder_upper_back", "elbow", "wrist_hand",
		"mid_back", "low_back", "buttock_hip", "thigh", "knee_foot"}
}

// Load returns the embedded content: as it was compiled, or where a data file
// was changed since, as Check does.
func Load() (*Library, error) {
	if l, err := fromCompiled(); !errors.Is(err, errStale) {
		return l, err
	}
	return Check()
}

// Check reads and checks the embedded data files. It names every fault at once,
// each as "file: key: what is wrong".
func Check() (*Library, error) { return LoadFrom(files) }

// LoadFrom is Check of a folder laid out as the embedded one.
func LoadFrom(fsys fs.FS) (*Library, error) {
	r := &reader{fsys: fsys}
	l := r.library()
	if err := r.err(); err != nil {
		return nil, err
	}
	l.bind()
	return l, nil
}

// Area looks up an area. A locale that has no such area gets the English one
// whole: an area never mixes two languages.
func (l *Library) Area(locale, id string) (*Area, bool) {
	for _, name := range []string{l.match(locale), fallback} {
		for _, a := range l.languages[name].areas {
			if a.ID == id {
				return a, true
			}
		}
	}
	return nil, false
}

// Areas returns the areas that exist, in the menu's order.
func (l *Library) Areas(locale string) []*Area {
	var out []*Area
	for _, id := range menu() {
		if a, ok := l.Area(locale, id); ok {
			out = append(out, a)
		}
	}
	return out
}

// Stop returns the words of the stop card.
func (l *Library) Stop(locale string) *Stop {
	if s := l.languages[l.match(locale)].stop; s != nil {
		return s
	}
	return l.languages[fallback].stop
}

// Source looks up a source by its id.
func (l *Library) Source(id string) (Source, bool) {
	s, ok := l.sources[id]
	return s, ok
}

// Number looks up a country by its ISO 3166 code, as "GB".
func (l *Library) Number(country string) (Number, bool) {
	for _, n := range l.numbers {
		if n.Country == country {
			return n, true
		}
	}
	return Number{}, false
}

// Numbers returns every country, by name.
func (l *Library) Numbers() []Number { return slices.Clone(l.numbers) }

// match finds the language folder for a Discord locale: "pt-BR" itself, else
// "pt", else English.
func (l *Library) match(locale string) string {
	written, _, _ := strings.Cut(locale, "-")
	for _, name := range []string{locale, written} { // each sentence asks, and reading a tag takes longer than saying one
		if _, ok := l.languages[name]; ok {
			return name
		}
	}
	tag, err := language.Parse(locale)
	if err != nil {
		return fallback
	}
	base, _ := tag.Base()
	for _, name := range []string{tag.String(), base.String()} {
		if _, ok := l.languages[name]; ok {
			return name
		}
	}
	return fallback
}

// Languages returns the languages that the catalogue has, English first, as
// "en".
func (l *Library) Languages() []string {
	all := []string{fallback}
	for _, name := range slices.Sorted(maps.Keys(l.words.sentences)) {
		if name != fallback {
			all = append(all, name)
		}
	}
	return all
}
