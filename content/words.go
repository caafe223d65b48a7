package content

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

// catalogue is the words of the interface in every language.
type catalogue struct {
	bundle     *i18n.Bundle
	parser     template.Parser
	localizers map[string]*i18n.Localizer
	keys       []string // of the English file, sorted
}

func newCatalogue() *catalogue {
	return &catalogue{
		bundle:     i18n.NewBundle(language.English),
		parser:     &template.TextParser{Option: "missingkey=error"}, // no "<no value>" in a sentence
		localizers: map[string]*i18n.Localizer{},
	}
}

// messagesOf reads one language's message file.
func messagesOf(locale string, data []byte) ([]*i18n.Message, error) {
	unmarshal := map[string]i18n.UnmarshalFunc{"toml": toml.Unmarshal}
	file, err := i18n.ParseMessageFileBytes(data, "active."+locale+".toml", unmarshal)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(file.Messages, func(a, b *i18n.Message) int { return cmp.Compare(a.ID, b.ID) })
	return file.Messages, nil
}

// add takes one language's messages.
func (c *catalogue) add(locale string, messages []*i18n.Message) error {
	tag, err := language.Parse(locale)
	if err != nil {
		return fmt.Errorf("%q is not a language", locale)
	}
	if err := c.bundle.AddMessages(tag, messages...); err != nil {
		return err
	}
	c.localizers[locale] = i18n.NewLocalizer(c.bundle, locale, fallback)
	if locale == fallback {
		for _, m := range messages {
			c.keys = append(c.keys, m.ID)
		}
	}
	return nil
}

// Say returns a sentence of the interface. args fill its placeholders;
// args["count"], an int, picks the plural. An unknown key, or a
// placeholder without its argument, gives "?key".
func (l *Library) Say(locale, key string, args map[string]any) string {
	loc := l.words.localizers[l.match(locale)]
	if loc == nil {
		loc = l.words.localizers[fallback]
	}
	config := &i18n.LocalizeConfig{MessageID: key, TemplateData: args, TemplateParser: l.words.parser}
	if n, ok := args["count"]; ok {
		config.PluralCount = n
	}
	text, err := loc.Localize(config)
	if text == "" && err != nil {
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
func (l *Library) Keys() []string { return slices.Clone(l.words.keys) }

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
