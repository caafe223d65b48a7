package main

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// paper is how many characters a printed line holds.
const paper = 78

// listed is the mark of a list's line, "- " or "12. ".
var listed = regexp.MustCompile(`^(- |[0-9]+\. )`)

// printable turns our own Markdown into plain text: headings are underlined,
// marks dropped, long lines wrapped but those of code. It knows what writeMarkdown writes.
func printable(markdown string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(strings.TrimRight(markdown, "\n"), "\n") {
		level := len(line) - len(strings.TrimLeft(line, "#"))
		text := strings.NewReplacer("**", "", "`", "").Replace(strings.TrimSpace(line[level:]))
		text = strings.ReplaceAll(text, "*", "")
		switch level {
		case 1, 2:
			b.WriteString(text + "\n" + strings.Repeat(string("=-"[level-1]), utf8.RuneCountInString(text)) + "\n")
		case 3:
			b.WriteString(strings.ToUpper(text) + "\n")
		default:
			if !strings.HasPrefix(line, "`") { // code is to be copied
				text = wrapped(text)
			}
			b.WriteString(text + "\n")
		}
	}
	return b.String()
}

// wrapped breaks a line at blanks; what follows a list's mark stays below its
// text. A word longer than a line, such as an address, is left whole.
func wrapped(text string) string {
	indent := strings.Repeat(" ", len(listed.FindString(text)))
	var b strings.Builder
	column := 0
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case column+1+n > paper:
			b.WriteString("\n" + indent)
			column = len(indent)
		default:
			b.WriteString(" ")
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}
