package class

import (
	"context"
	"errors"
	"fmt"

	"unpinch/bot"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// A reader has classes and drafts by their ids.
type reader interface {
	// Series returns a class or draft, or schedule.ErrNoClass.
	Series(ctx context.Context, id int64) (schedule.Series, error)
}

// A listed has the classes of servers.
type listed interface {
	// SeriesOf returns a server's saved classes and desk breaks, oldest first.
	SeriesOf(ctx context.Context, guildID string) ([]schedule.Series, error)
}

// classes find the saved classes of the reader's server.
type classes struct{ store reader }

// saved returns a saved class of the reader's server.
func (c classes) saved(ctx context.Context, req *bot.Request, id int64) (schedule.Series, error) {
	s, err := c.store.Series(ctx, id)
	if err == nil && (s.Place.GuildID != req.GuildID || !s.DraftUntil.IsZero()) {
		err = schedule.ErrNoClass
	}
	return s, inWords("find the class", err)
}

// changeable returns a saved class that the reader may change.
func (c classes) changeable(ctx context.Context, req *bot.Request, id int64) (schedule.Series, error) {
	s, err := c.saved(ctx, req, id)
	if err != nil {
		return s, err
	}
	return s, place.MayChange(req, s.Place)
}

// inWords says in words what a store's refusal of a class or post means to people.
// Other errors are wrapped with what was being done.
func inWords(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, schedule.ErrNoClass):
		return &bot.UserError{Key: "class.gone"}
	case errors.Is(err, schedule.ErrNoOccurrence):
		return &bot.UserError{Key: "class.mend_over"}
	}
	return fmt.Errorf("%s: %w", doing, err)
}
