package player

import (
	"strings"

	"unpinch/content"
)

// ownPrefix begins the name of a routine of one's own in a player; its lines
// follow. The player keeps them, so that a change of the routine meanwhile does
// not move its cards.
const ownPrefix = string(content.Mine) + "\n"

// routineNamed returns a routine by the name that a player has for it.
func routineNamed(lib *content.Library, locale, name string) (*content.Routine, bool) {
	lines, own := strings.CutPrefix(name, ownPrefix)
	if !own {
		return lib.Routine(locale, name)
	}
	entries, faults := lib.ParseOwn(locale, lines)
	r := lib.OwnRoutine(locale, entries)
	return r, r != nil && len(faults) == 0
}
