package content

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

// A wording is a sentence of the interface in one language.
type wording struct {
	key, text string
	numbers   *numbers // nil for one that is the same with every number
}

// numbers is how a sentence goes with some numbers; its text is for all others.
type numbers struct{ zero, one, two, few, many string }

// filled reports whether something goes into the sentence.
func (s wording) filled() bool { return s.numbers != nil || strings.Contains(s.text, "{{") }

// catalogue is the words of the interface in every language. What i18n makes of a
// sentence is ten times as large as its words, and many are never said: it gets
// each one when that is first filled in.
type catalogue struct {
	sentences map[string][]wording // by language, sorted by key
	parser    template.Parser

	mu         sync.RWMutex
	bundle     *i18n.Bundle
	localizers map[string]*i18n.Localizer
	given      map[*wording]bool // those that bundle has
}

func newCatalogue() *catalogue {
	return &catalogue{
		sentences:  map[string][]wording{},
		parser:     &template.TextParser{Option: "missingkey=error"}, // no "<no value>" in a sentence
		bundle:     i18n.NewBundle(language.English),
		localizers: map[string]*i18n.Localizer{},
		given:      map[*wording]bool{},
	}
}

// sentencesOf reads one language's message file.
func sentencesOf(locale string, data []byte) ([]wording, error) {
	unmarshal := map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal}
	file, err := i18n.ParseMessageFileBytes(data, "active."+locale+".toml", unmarshal)
	if err != nil {
		return nil, err
	}
	out := make([]wording, len(file.Messages))
	for i, m := range file.Messages {
		out[i] = wording{key: m.ID, text: m.Other}
		if n := (numbers{m.Zero, m.One, m.Two, m.Few, m.Many}); n != (numbers{}) {
			out[i].numbers = &n
		}
	}
	slices.SortFunc(out, func(a, b wording) int { return cmp.Compare(a.key, b.key) })
	return out, nil
}

// add takes one language's sentences, sorted by key.
func (c *catalogue) add(locale string, sentences []wording) error {
	tag, err := language.Parse(locale)
	if err != nil {
		return fmt.Errorf("%q is not a language", locale)
	}
	if err := c.bundle.AddMessages(tag); err != nil {
		return err
	}
	c.sentences[locale] = sentences
	c.localizers[locale] = i18n.NewLocalizer(c.bundle, locale, fallback)
	return nil
}

// find returns a sentence and the language that it is in: the asked one, or the
// one that is always whole.
func (c *catalogue) find(locale, key string) (*wording, string) {
	for _, language := range []string{locale, fallback} {
		all := c.sentences[language]
		if i, ok := slices.BinarySearchFunc(all, key, func(s wording, key string) int { return cmp.Compare(s.key, key) }); ok {
			return &all[i], language
		}
	}
	return nil, ""
}

// fill fills a sentence of a language in, or returns "".
func (c *catalogue) fill(s *wording, language string, config *i18n.LocalizeConfig) string {
	c.mu.RLock()
	given := c.given[s]
	c.mu.RUnlock()
	if !given {
		c.give(s, language)
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	text, _ := c.localizers[language].Localize(config) // beside a text, an error says what that lacks
	return text
}

// give has i18n know a sentence.
func (c *catalogue) give(s *wording, locale string) {
	m := &i18n.Message{ID: s.key, Other: s.text}
	if n := s.numbers; n != nil {
		m.Zero, m.One, m.Two, m.Few, m.Many = n.zero, n.one, n.two, n.few, n.many
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.given[s] {
		c.given[s] = c.bundle.AddMessages(language.MustParse(locale), m) == nil
	}
}

// Say returns a sentence of the interface. args fill its placeholders;
// args["count"], an int, picks the plural. An unknown key, or a
// placeholder without its argument, gives "?key".
func (l *Library) Say(locale, key string, args map[string]any) string {
	s, language := l.words.find(l.match(locale), key)
	if s == nil {
		return "?" + key
	}
	text := s.text
	if s.filled() {
		config := &i18n.LocalizeConfig{MessageID: key, TemplateData: args, TemplateParser: l.words.parser}
		if n, ok := args["count"]; ok {
			config.PluralCount = n
		}
		text = l.words.fill(s, language, config)
	}
	if text == "" {
		return "?" + key
	}
	return text
}

// In returns Say for one locale.
func (l *Library) In(locale string) func(key string, args ...map[string]any) string {
	return func(key string, args ...map[string]any) string {
		if len(args) == 0 {
			return l.Say(locale, key, nil)
		}
		return l.Say(locale, key, args[0])
	}
}

// Keys returns the keys of the English catalogue, sorted.
func (l *Library) Keys() []string {
	var keys []string
	for _, s := range l.words.sentences[fallback] {
		keys = append(keys, s.key)
	}
	return keys
}

// SourceWords says how sure a source is, in the reader's words.
func (l *Library) SourceWords(locale string, s Source) string {
	if s.Case {
		return l.Say(locale, "grade.case", nil)
	}
	return l.GradeWords(locale, []Grade{s.Grade})
}

// GradeWords says grades in the reader's words, as "coaching practice · guideline or study".
func (l *Library) GradeWords(locale string, gs []Grade) string {
	var words []string
	for _, g := range gs {
		words = append(words, l.Say(locale, "grade."+string(g), nil))
	}
	return strings.Join(words, " · ")
}
