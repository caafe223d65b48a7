package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/content"
)

// ownPrefix begins the name of a routine of one's own in a player; its lines
// follow. The player keeps them, so that a change of the routine meanwhile does
// not move its cards.
const ownPrefix = string(content.Mine) + "\n"

// routineNamed returns a routine by the name that a player has for it.
func (d Deps) routineNamed(locale, name string) (*content.Routine, bool) {
	lines, own := strings.CutPrefix(name, ownPrefix)
	if !own {
		return d.Content.Routine(locale, name)
	}
	entries, faults := d.Content.ParseOwn(locale, lines)
	r := d.Content.OwnRoutine(locale, entries)
	return r, r != nil && len(faults) == 0
}

// runMine plays the reader's own routine, or offers to go on with it.
func (f stretchFlow) runMine(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	if f.together.Get(req) {
		return bot.Reply{}, &bot.UserError{Key: "stretch.mine_alone"}
	}
	last, running, err := f.last(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if running && last.follows.Kind == content.Mine {
		first := slices.DeleteFunc(f.Content.Routines(req.Locale), func(r *content.Routine) bool { return r.Variant != 1 })
		return f.menu(req, first, button.PickOwn, &last), nil
	}
	return f.beginMine(ctx, req)
}

// beginMine starts the reader's own routine, or says how to write one.
func (f stretchFlow) beginMine(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	entries, err := f.Training.OwnRoutine(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("play one's own routine: %w", err)
	}
	var lines []string
	for _, e := range entries {
		if line := f.Content.OwnLine(req.Locale, e); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		return bot.Reply{}, &bot.UserError{Key: "stretch.mine_none"}
	}
	return f.begin(ctx, req, ownPrefix+strings.Join(lines, "\n"))
}
