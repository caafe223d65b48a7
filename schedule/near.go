package schedule

import (
	"slices"
	"strings"

	"unpinch/typo"
)

// slipOfDay reads the name of a weekday with one slip in it, if it is that of no
// other.
func slipOfDay(word string) (days uint8, ok bool) {
	if len(word) < 5 || !ascii(word) {
		return 0, false
	}
	var c typo.Counter
	for _, d := range weekOrder {
		name := strings.ToLower(d.String())
		if c.Within(word, name, 1) || c.Within(strings.TrimSuffix(word, "s"), name, 1) {
			days |= 1 << d
		}
	}
	return days, one(days)
}

// nearWords returns what may stand for unknown words: the word that they are a
// slip of, and nothing.
func (p *parser) nearWords(from, to int) []string {
	var near []string
	if word := p.word(from); from == to && len(word) >= 3 && ascii(word) {
		var c typo.Counter
		limit := 1
		if len(word) >= 7 {
			limit = 2
		}
		var names []string
		for w := range lexicon {
			if len(w) >= 4 && c.Within(word, w, limit) {
				names = append(names, w)
			}
		}
		for _, d := range weekOrder {
			if w := strings.ToLower(d.String()); c.Within(word, w, 2) && len(word) >= 5 {
				names = append(names, w)
			}
		}
		slices.Sort(names)
		if near = slices.Compact(names); len(near) > 1 {
			return near
		}
	}
	for _, w := range strings.Fields(strings.ToLower(p.said(from, to))) {
		if slices.Contains(telling, w) {
			return near
		}
	}
	return append(near, "")
}

// telling are words without which a rule would be another one.
var telling = strings.Fields("penultimate odd even half quarter past after before business working bank school alternatively skip off closed cancelled canceled no never unless if easter holiday holidays term spring autumn fall")

func ascii(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return r > '~' })
}

// connectives are what stands between days in other languages.
var connectives = map[string]string{
	"und": "and", "et": "and", "y": "and", "e": "and", "og": "and", "och": "and", "i": "and", "en": "and", "и": "and",
	"bis": "to", "à": "to", "tot": "to", "até": "to", "jusqu": "to",
	"jeden": "every", "jede": "every", "jeder": "every", "chaque": "every", "cada": "every", "elke": "every", "każdy": "every", "varje": "every", "каждый": "every",
	"tous": "every", "les": "", "todos": "every", "todas": "every", "los": "", "las": "", "os": "", "às": "", "as": "", "um": "", "feira": "", "le": "",
	"täglich": "daily", "diario": "daily", "diariamente": "daily", "dagelijks": "daily", "codziennie": "daily", "ежедневно": "daily",
}

// inEnglish returns the text with English names for days of another language, if
// they are all of one; else nothing.
func (p *parser) inEnglish() string {
	for lang := range otherTongues {
		var out strings.Builder
		at, found := 0, false
		for i, t := range p.tokens {
			if t.kind == tokenFiller && p.word(i) == "a" && i > 0 { // Spanish for to
				out.WriteString(p.text[at:t.at] + "to")
				at = t.end
				continue
			}
			if word, ok := connectives[p.word(i)]; ok {
				before := p.text[at:t.at]
				if word == "" { // segunda-feira
					before = strings.TrimRight(before, "-")
				}
				out.WriteString(before + word)
				at, found = t.end, found || word == "daily"
				continue
			}
			if t.kind == tokenEnd || t.kind != tokenUnknown && t.kind != tokenDays && t.kind != tokenMonth {
				continue
			}
			days, ok := foreignDays(p.word(i))
			if !ok || days[lang] == 0 {
				if t.kind == tokenUnknown {
					found = false
					break
				}
				continue
			}
			out.WriteString(p.text[at:t.at] + dayWords(days[lang])[0])
			at, found = t.end, true
		}
		if found {
			return out.String() + p.text[at:]
		}
	}
	return ""
}
