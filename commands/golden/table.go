package golden

import (
	"strings"
	"testing"

	"unpinch/bot"
)

// Table writes what was put in and what was said, one pair a paragraph.
type Table struct{ strings.Builder }

func (b *Table) Row(in string, r bot.Reply) { b.WriteString("> " + in + "\n" + Shown(r) + "\n") }

func (b *Table) Compare(t *testing.T, name string) {
	t.Helper()
	Text(t, name, b.String())
}
