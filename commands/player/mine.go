package player

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"

	"unpinch/bot"
	"unpinch/content"
	"unpinch/delivery"
)

// routineNamed returns a routine by the name that a player has for it.
func routineNamed(lib *content.Library, locale, name string) (*content.Routine, bool) {
	return translated(lib, locale, name, locale)
}

// translated returns a routine by the name that a player of one language has
// for it, in another.
func translated(lib *content.Library, from, name, to string) (*content.Routine, bool) {
	lines, own := strings.CutPrefix(name, delivery.OwnPrefix)
	if !own {
		return lib.Routine(to, name)
	}
	r := lib.OwnRoutine(to, lib.ReadOwn(from, lines).Entries)
	return r, r != nil
}

// ownVersion begins the name that buttons have for a routine of one's own. Its
// version follows.
const ownVersion = string(content.Mine) + "-"

// buttonName is the name that buttons have for a routine: its id, or a short
// version of a routine of one's own, which is the same in every language. Lines
// would not fit into a custom ID.
func buttonName(r *content.Routine) string {
	if r.Kind != content.Mine {
		return r.ID
	}
	h := fnv.New32a()
	for _, e := range r.Entries {
		fmt.Fprintln(h, e.ID, e.Dose.Sets, e.Dose.Reps, e.Dose.Hold, e.Dose.Breaths)
	}
	return fmt.Sprintf("%s%08x", ownVersion, h.Sum32())
}

// ownReader finds the routine of one's own that a button stood beside.
type ownReader struct {
	lib     *content.Library
	players interface {
		PlayerOf(ctx context.Context, userID string) (delivery.Player, error)
	}
	lines Lines
}

// names reports whether a button's name stands for a routine of one's own.
func (ownReader) names(name string) bool {
	return strings.HasPrefix(name, ownVersion) || strings.HasPrefix(name, delivery.OwnPrefix)
}

// find returns the routine of that name that the presser follows or keeps. It
// returns a UserError when both have changed.
func (o ownReader) find(ctx context.Context, req *bot.Request, name string) (*content.Routine, error) {
	if strings.HasPrefix(name, delivery.OwnPrefix) { // buttons held the lines once
		if r, ok := routineNamed(o.lib, req.Locale, name); ok {
			name = buttonName(r)
		}
	}
	p, err := o.players.PlayerOf(ctx, req.UserID)
	switch {
	case err == nil:
		if r, ok := translated(o.lib, p.Locale, p.Routine, req.Locale); ok && buttonName(r) == name {
			return r, nil
		}
	case !errors.Is(err, delivery.ErrNoPlayer):
		return nil, fmt.Errorf("find the player: %w", err)
	}
	entries, err := o.lines.OwnRoutine(ctx, req.UserID)
	if err != nil {
		return nil, fmt.Errorf("read one's own routine: %w", err)
	}
	if r := o.lib.OwnRoutine(req.Locale, entries); r != nil && buttonName(r) == name {
		return r, nil
	}
	return nil, &bot.UserError{Key: "stretch.over.changed"}
}
