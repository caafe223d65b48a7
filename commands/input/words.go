package input

import (
	"strings"
	"unicode"

	"unpinch/commands/card"
)

// seenMax is how much of a text is quoted when it can't be read, in characters.
const seenMax = 60

// Seen is what someone typed as a sentence may quote it: on one line, not long,
// and with nothing that works as Markdown, a mention or a link.
func Seen(text string) string { return card.Plain(card.Cut(OneLine(text), seenMax)) }

// Words is typed text as it may stand in a card: no marks, not long.
func Words(typed string) string {
	words := strings.FieldsFunc(typed, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return card.Cut(strings.Join(words, " "), typedMost)
}

// typedMost is how much of a typed text is shown again, in characters.
const typedMost = 40

// OneLine is a text without the blanks that nobody sees.
func OneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// Holds reports whether a name has what was typed in it, capitals aside.
func Holds(name, typed string) bool {
	return strings.Contains(strings.ToLower(name), strings.ToLower(OneLine(typed)))
}
