package content

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Sign is one danger sign with the words that stand for it on the card.
type Sign struct {
	Code    string   `json:"code"`
	Level   Level    `json:"level"`
	Text    string   `json:"text"` // makes sense alone
	Sources []string `json:"sources"`
}

// A SignLine is one sentence of a card.
type SignLine struct {
	Key     string // stable, as "chest"; the same on every card that has the sentence
	Text    string
	Codes   []string // every sign that the sentence tells
	Sources []string
}

// A SignGroup is sentences under a head that names a part of the body.
type SignGroup struct {
	Key   string // stable, as "arms"
	Head  string
	Lines []SignLine
}

// A SignList is one card of danger signs.
type SignList struct {
	Level   Level
	Groups  []SignGroup
	Sources []string
	Grades  []Grade
}

// A SignSet is the danger signs of an area: what must not wait, and what must be
// seen today or tomorrow. Cards and signs are made of the same sentences, so that
// no sign is told otherwise in one of them. Areas of one limb tell the same signs,
// but for those that codes.toml keeps to an area.
type SignSet struct {
	Key     string // stable, as "signs.arm"
	Limb    string
	Now     SignList // call now
	Soon    SignList // today or tomorrow
	Sources []string // of both
	Grades  []Grade

	signs []Sign
}

// All returns every sign, the emergencies first, in the cards' order.
func (s *SignSet) All() []Sign { return slices.Clone(s.signs) }

// tell adds what a sentence says to the signs found so far. A sign that several
// sentences tell has the words of all of them.
func tell(found []Sign, level Level, text string, line SignLine) []Sign {
	for _, code := range line.Codes {
		i := slices.IndexFunc(found, func(s Sign) bool { return s.Code == code })
		if i < 0 {
			found = append(found, Sign{Code: code, Level: level, Text: text, Sources: slices.Clone(line.Sources)})
			continue
		}
		found[i].Text += " " + text
		found[i].Sources = union(found[i].Sources, line.Sources)
	}
	return found
}

// plain drops the bold marks and begins with a capital.
func plain(text string) string {
	text = strings.ReplaceAll(text, "**", "")
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[n:]
}

func lowerFirst(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToLower(r)) + text[n:]
}

// union returns a with what b has more, in order.
func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}
