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

// A SignLine is one line of the card.
type SignLine struct {
	Key   string   // stable, as "chest"
	Text  string   // Markdown, its key words bold
	Codes []string // every sign that the line stands for
}

// A SignSet is the danger signs of a limb: what must not wait, and what must
// be seen today or tomorrow. Lines and signs are made from the same fragments,
// so a sign cannot lose its words when lines are joined.
type SignSet struct {
	Key     string // stable, as "signs.arm"
	Limb    string
	Now     []SignLine // call now
	Soon    []SignLine // today or tomorrow
	Sources []string   // of all signs
	Grades  []Grade

	signs []Sign
}

// All returns every sign, the emergencies first, in the card's order.
func (s *SignSet) All() []Sign { return slices.Clone(s.signs) }

// signFile is a limb's file of danger signs.
type signFile struct {
	Now  []signEntry `toml:"now"`
	Soon []signEntry `toml:"soon"`
}

// signEntry is one line of the card before it is composed.
type signEntry struct {
	Key   string     `toml:"key"`
	Lead  string     `toml:"lead"` // words that every fragment begins with; may be empty
	Parts []fragment `toml:"part"`
}

// fragment is the words of one sign, or of several that are told in one breath.
type fragment struct {
	Text    string   `toml:"text"`
	Codes   []string `toml:"codes"`
	Sources []string `toml:"sources"`
}

// line composes the card's line: the lead once, then every fragment.
func (e signEntry) line() SignLine {
	var texts, codes []string
	for _, f := range e.Parts {
		texts = append(texts, f.Text)
		for _, c := range f.Codes {
			if !slices.Contains(codes, c) {
				codes = append(codes, c)
			}
		}
	}
	text := strings.TrimSpace(e.Lead + " " + strings.Join(texts, "; "))
	return SignLine{Key: e.Key, Text: text + ".", Codes: codes}
}

// signs adds the entry's signs to those found so far. A sign told in several
// fragments keeps the words of all of them.
func (e signEntry) signs(found []Sign, level Level) []Sign {
	for _, f := range e.Parts {
		for _, code := range f.Codes {
			text := plain(strings.TrimSpace(e.Lead + " " + f.Text))
			i := slices.IndexFunc(found, func(s Sign) bool { return s.Code == code })
			if i < 0 {
				found = append(found, Sign{Code: code, Level: level, Text: text, Sources: slices.Clone(f.Sources)})
				continue
			}
			found[i].Text += "; " + lowerFirst(text)
			found[i].Sources = union(found[i].Sources, f.Sources)
		}
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
