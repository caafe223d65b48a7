// Package draft keeps classes that someone is about to add, change or remove:
// for a quarter of an hour, for them alone, and checked against their places as
// these are whenever they act on them.
package draft

import (
	"context"
	"errors"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/gate"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// Life is how long a draft can be saved.
const Life = 15 * time.Minute

// A Desk keeps the drafts of its readers.
type Desk struct {
	Store Store
	Zones *schedule.Zones
	Now   func() time.Time
	Kick  func() // tells the engine that the timetable has changed
	Gate  gate.Gate
}

// A Store keeps drafts and classes.
type Store interface {
	// SeriesOf returns a server's saved classes and desk breaks, oldest first.
	SeriesOf(ctx context.Context, guildID string) ([]schedule.Series, error)
	// Series returns a class or draft, or schedule.ErrNoClass.
	Series(ctx context.Context, id int64) (schedule.Series, error)
	// AddDrafts keeps drafts in place of those of an earlier batch, 0 for none.
	AddDrafts(ctx context.Context, earlier int64, drafts []schedule.Series) (batch int64, err error)
	// Drafts returns a batch whose time isn't over, or schedule.ErrNoClass.
	Drafts(ctx context.Context, batch int64, now time.Time) ([]schedule.Series, error)
	// SaveDrafts adds, changes and removes classes as a batch says, all or none.
	// It returns schedule.ErrFull for one class too many, and schedule.ErrChanged
	// if someone changed one since.
	SaveDrafts(ctx context.Context, batch int64, by schedule.By) (ids []int64, err error)
	// BatchEnd returns what became of a batch that was saved, or in whose place
	// others are, or schedule.ErrNoClass.
	BatchEnd(ctx context.Context, b schedule.Batch, now time.Time) (schedule.BatchEnd, error)
}

// InWords says in words what a store's refusal of drafts means to their owner.
// Other errors are wrapped with what was being done. What is gone still is
// schedule.ErrNoClass, of which End may know what became, and what has changed
// schedule.ErrChanged.
func InWords(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, schedule.ErrNoClass):
		return &bot.UserError{Key: "class.draft_gone", Err: schedule.ErrNoClass}
	case errors.Is(err, schedule.ErrChanged):
		return &bot.UserError{Key: "class.draft_outdated", Err: schedule.ErrChanged}
	case errors.Is(err, schedule.ErrFull):
		return &bot.UserError{Key: "class.cap", Args: bot.Args{"Max": schedule.ClassesMax}}
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// Keep keeps the reader's drafts in place of those of an earlier batch, 0 for
// none, and of whatever else they have drafted.
func (d Desk) Keep(ctx context.Context, req *bot.Request, earlier int64, drafts []schedule.Series) (batch int64, err error) {
	if err := d.Gate.Pass(ctx, req, gate.Drafts); err != nil {
		return 0, err
	}
	batch, err = d.Store.AddDrafts(ctx, earlier, drafts)
	return batch, InWords("draft classes", err)
}

// Batch returns the reader's own batch, which they still may save.
func (d Desk) Batch(ctx context.Context, req *bot.Request, batch int64) ([]schedule.Series, error) {
	drafts, err := d.Store.Drafts(ctx, batch, d.Now())
	if err == nil && drafts[0].CreatedBy != req.UserID {
		err = schedule.ErrNoClass
	}
	if err != nil {
		return nil, InWords("find the drafts", err)
	}
	for _, s := range drafts {
		if err := d.mayChange(ctx, req, s); err != nil {
			return nil, err
		}
	}
	return drafts, nil
}

// mayChange refuses anyone who may not change the classes of a draft's place, or
// of the place at which the class that it changes is now.
func (d Desk) mayChange(ctx context.Context, req *bot.Request, s schedule.Series) error {
	if s.DraftOf != 0 {
		was, err := d.Store.Series(ctx, s.DraftOf)
		if err != nil {
			return InWords("find the class", err)
		}
		if err := place.MayChange(req, was.Place); err != nil {
			return err
		}
	}
	return place.MayChange(req, s.Place)
}

// End returns what became of a batch of the reader's server that was saved, or in
// whose place others are, or schedule.ErrNoClass. It refuses anyone who may not
// change the classes of its places.
func (d Desk) End(ctx context.Context, req *bot.Request, b schedule.Batch) (schedule.BatchEnd, error) {
	end, err := d.Store.BatchEnd(ctx, b, d.Now())
	if err != nil {
		return end, fmt.Errorf("find what became of drafts: %w", err)
	}
	for _, p := range end.Places {
		if p.GuildID != req.GuildID {
			return end, schedule.ErrNoClass
		}
		if err := place.MayChange(req, p); err != nil {
			return end, err
		}
	}
	return end, nil
}

// Newest is Batch, or where other drafts took its place those.
func (d Desk) Newest(ctx context.Context, req *bot.Request, batch int64) ([]schedule.Series, error) {
	drafts, err := d.Batch(ctx, req, batch)
	if !errors.Is(err, schedule.ErrNoClass) {
		return drafts, err
	}
	end, failed := d.End(ctx, req, schedule.Batch{Drafts: batch})
	switch {
	case errors.Is(failed, schedule.ErrNoClass), failed == nil && end.Next == 0:
		return nil, err
	case failed != nil:
		return nil, failed
	}
	return d.Batch(ctx, req, end.Next)
}

// One returns the reader's own draft, which they still may save, or the one that
// took its place.
func (d Desk) One(ctx context.Context, req *bot.Request, id int64) (schedule.Series, error) {
	s, err := d.Store.Series(ctx, id)
	if errors.Is(err, schedule.ErrNoClass) {
		newest, err := d.Newest(ctx, req, id) // the number of a batch is its first draft's
		if err != nil {
			return s, err
		}
		return newest[0], nil
	}
	if err == nil && (s.DraftUntil.IsZero() || !d.Now().Before(s.DraftUntil) || s.CreatedBy != req.UserID) {
		err = schedule.ErrNoClass
	}
	if err != nil {
		return s, InWords("find the draft", err)
	}
	return s, d.mayChange(ctx, req, s)
}

// Save makes classes of a batch that Batch has returned, and returns their ids.
func (d Desk) Save(ctx context.Context, req *bot.Request, batch int64) ([]int64, error) {
	ids, err := d.Store.SaveDrafts(ctx, batch, place.By(req, d.Now(), ""))
	if err != nil {
		return nil, InWords("save the classes", err)
	}
	d.Kick()
	return ids, nil
}

// Room refuses more classes than the server has room for.
func (d Desk) Room(ctx context.Context, req *bot.Request, more int) error {
	all, err := d.Store.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return fmt.Errorf("count the classes: %w", err)
	}
	switch room := max(0, schedule.ClassesMax-len(all)); {
	case more <= room:
		return nil
	case more > 1:
		return &bot.UserError{Key: "class.cap_many", Args: bot.Args{"count": room, "More": more, "Max": schedule.ClassesMax}}
	}
	return &bot.UserError{Key: "class.cap", Args: bot.Args{"Max": schedule.ClassesMax}}
}
