package content

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"unpinch/pattern"
)

// listed takes a line apart at the marks that only a list has: comma, semicolon,
// bar, bullet, arrow, and a plus between words. What stands in brackets stays whole.
func listed(line string) []string {
	var out []string
	depth, start := 0, 0
	for i, r := range line {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			depth = max(0, depth-1)
		}
		if depth == 0 && parts(line, i, r) {
			out = append(out, line[start:i])
			start = i + utf8.RuneLen(r)
		}
	}
	return append(out, line[start:])
}

// parts reports whether a sign parts a list.
func parts(line string, i int, r rune) bool {
	before, _ := utf8.DecodeLastRuneInString(line[:i])
	after, _ := utf8.DecodeRuneInString(line[min(len(line), i+utf8.RuneLen(r)):])
	switch r {
	case ';', '|', '•', '·', '→':
		return true
	case ',':
		return !(unicode.IsDigit(before) && unicode.IsDigit(after))
	case '+':
		return !unicode.IsDigit(before) && (unicode.IsSpace(after) || unicode.IsLetter(after) || unicode.IsDigit(after))
	}
	return false
}

var (
	// What may part a list, or stand in one name: "ring row/pull-up", "clean and jerk".
	listWord = pattern.New(`(?i)\s+(?:and|or|then|ss|superset(?:ted)?(?: with)?)\s+|\s*&\s*|\s+w/\s*|\s*\bor\b:?\s+|\s*/\s*`)
	// What may set a note off.
	noteMark = pattern.New(`\s+[-–—]+\s+|[()\[\]:]+|\.\s+|\s*\*+\s*`)
)

// part reads a part of a line. In a list each part is a name of its own.
func (s *Lifts) part(text string, inList bool) []piece {
	one := s.one(text)
	if w, ok := s.famous(text); ok && inList {
		return []piece{{quiet: true, famous: &w}}
	}
	if one.Certain() || one.quiet || one.doseOnly {
		return []piece{one}
	}
	if out, ok := s.several(splitWords(text), inList); ok {
		return out
	}
	if out, ok := s.noted(text); ok {
		return out
	}
	if out, ok := s.stream(text); ok {
		return out
	}
	all := s.index.wordsOf(text)
	if s.foreign(all) && len(all) > foreignMost {
		one.quiet = true
		return []piece{one}
	}
	one.Dose = ""
	return []piece{one}
}

// foreignMost is how many words that no name has may be a name that we don't
// know; a longer text of these is prose.
const foreignMost = 4

// noteLeast is how many words beside a lift are a note if no name has any of
// them; fewer may say which kind of it is meant.
const noteLeast = 3

// foreign reports whether a text shares no word with the names.
func (s *Lifts) foreign(all []string) bool {
	return !slices.ContainsFunc(all, func(w string) bool { return len(s.index.with[w]) > 0 && !s.index.naming.plain[w] })
}

// splitWords takes a text apart at the words and the slash of a list, but at no
// slash between numbers.
func splitWords(text string) []string {
	var out []string
	start := 0
	for _, m := range listWord().FindAllStringIndex(text, -1) {
		before, _ := utf8.DecodeLastRuneInString(text[:m[0]])
		after, _ := utf8.DecodeRuneInString(text[m[1]:])
		if strings.Contains(text[m[0]:m[1]], "/") && !(unicode.IsLetter(before) && unicode.IsLetter(after) && m[1]-m[0] > 0) {
			continue
		}
		out = append(out, text[start:m[0]])
		start = m[1]
	}
	return append(out, text[start:])
}

// several reads parts as lifts of their own, if each is certain, or shares no
// word with any name while another is. In a list that has other marks, one is enough.
func (s *Lifts) several(texts []string, inList bool) ([]piece, bool) {
	if len(texts) < 2 {
		return nil, false
	}
	var out []piece
	certain := 0
	for _, t := range texts {
		p := s.one(t)
		switch all := s.index.wordsOf(t); {
		case p.Certain():
			certain++
		case p.quiet || p.doseOnly:
		case inList || s.foreign(all):
			p.Dose = ""
		default:
			return nil, false
		}
		out = append(out, p)
	}
	return out, certain > 0
}

// noted reads a text with notes beside its lift: in brackets, after a dash or a
// full stop, or a heading before a colon.
func (s *Lifts) noted(text string) ([]piece, bool) {
	if before, after, ok := strings.Cut(text, ":"); ok && strings.TrimSpace(after) != "" && s.one(before).quiet {
		if out := s.part(after, false); len(out) > 0 && out[0].Certain() {
			return out, true
		}
	}
	var out []piece
	certain := 0
	for _, t := range noteMark().Split(text, -1) {
		if strings.TrimSpace(t) == "" {
			continue
		}
		p := s.one(t)
		switch all := s.index.wordsOf(t); {
		case p.Certain():
			certain++
		case s.index.onlyDose(all) || certain > 0 && len(all) >= noteLeast && s.foreign(all):
			p.doseOnly = p.Dose != "" && !s.index.naming.rests(all)
			p.quiet = true
		default:
			return nil, false
		}
		out = append(out, p)
	}
	return out, certain > 0 && len(out) > 1
}
