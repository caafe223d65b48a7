package reading

import (
	"strings"
	"unicode"

	"unpinch/commands/card"
)

// doseMost is how much of a dose a card shows, in characters.
const doseMost = 24

// brief is a dose as a card shows it and a button carries it: without signs that
// Discord or a button reads as more than text.
func brief(dose string) string {
	dose = strings.Map(func(r rune) rune {
		switch {
		case r == '×':
			return 'x'
		case r == '′', r == '’':
			return '\''
		case r == '″', r == '“', r == '”':
			return '"'
		case r == '–', r == '—':
			return '-'
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(" -/.,:%+#()'\"", r)):
			return r
		case unicode.IsSpace(r):
			return ' '
		}
		return -1
	}, dose)
	return card.Cut(strings.Join(strings.Fields(dose), " "), doseMost)
}
