package golden

import (
	"strings"
	"testing"

	"unpinch/bot"
)

// Table writes what was put in and what was said, one pair a paragraph.
type Table struct{ strings.Builder }

// Row adds a pair.
func (b *Table) Row(in string, r bot.Reply) { b.WriteString("> " + in + "\n" + Shown(r) + "\n") }

// Compare compares the table with its file.
func (b *Table) Compare(t *testing.T, name string) {
	t.Helper()
	Text(t, name, b.String())
}
