// Package visible keeps of what people type what can be seen. All text of theirs
// comes through it, from options, forms and files alike, before anything reads
// it. It is pure.
package visible

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Text returns a text without what nobody sees: control and format characters,
// those that turn the direction of what follows, and letters that are blank. The
// full-width letters of Asian keyboards become plain ones, accents join their
// letters, every kind of blank becomes a space or, where it breaks a line, a line
// break. What is no UTF-8 is left out. Tabs stay.
func Text(s string) string {
	if plain(s) {
		return s
	}
	s = strings.ReplaceAll(width.Fold.String(strings.ToValidUTF8(s, "")), "\r\n", "\n")
	return norm.NFC.String(strings.Map(seen, s)) // last: what was taken out may have parted a letter and its accent
}

// plain reports whether a text is of what every keyboard has, as most are.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < ' ' && c != '\n' && c != '\t') || c > '~' {
			return false
		}
	}
	return true
}

// seen returns what is kept of a character, or -1 for nothing.
func seen(r rune) rune {
	switch r {
	case '\n', '\t':
		return r
	case '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return '\n'
	case '\u2800': // Braille without a dot
		return ' '
	case '\ufe0f': // which makes the character before it a picture
		return r
	case '\U0001d159': // a note without a head
		return -1
	}
	switch {
	case unicode.Is(unicode.Zs, r):
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Noncharacter_Code_Point, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
		return -1
	}
	return r
}

// Hidden reports whether someone typed something of which nothing can be seen.
func Hidden(s string) bool {
	return strings.TrimSpace(s) != "" && !strings.ContainsFunc(Text(s), func(r rune) bool {
		return !unicode.IsSpace(r) && !unicode.IsMark(r) // marks stand on what is before them
	})
}
