package classfile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/draft"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// A batches keeps what files change, until it is applied.
type batches interface {
	// AddBatch keeps drafts, and what changes beside them, until an instant. Either
	// may be none.
	AddBatch(ctx context.Context, drafts []schedule.Series, changes []schedule.BatchChange, until time.Time) (schedule.Batch, error)
	// BatchChanges returns what a batch changes beside its drafts, at the places as
	// they are now, or schedule.ErrNoClass when its time is over.
	BatchChanges(ctx context.Context, batch int64, now time.Time) ([]schedule.BatchChange, error)
	// ApplyBatch saves the drafts of a batch and makes its changes: all of it, or
	// nothing. It returns schedule.ErrNoClass when the batch was applied, or a class
	// of it is gone, and what SaveDrafts does.
	ApplyBatch(ctx context.Context, b schedule.Batch, changes []schedule.BatchChange, by schedule.By) error
}

// applier applies files.
type applier struct {
	desk    draft.Desk
	store   batches
	closing place.Closing
}

// press applies a file that was read, or leaves it.
func (a applier) press(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	switch s.Act {
	case button.ActApply:
		b := schedule.Batch{Drafts: s.ID, Changes: s.N}
		err := a.apply(ctx, req, b)
		if errors.Is(err, schedule.ErrNoClass) && a.applied(ctx, req, b) {
			err = nil
		}
		if err != nil {
			return bot.Reply{}, err
		}
		return appliedCard(req), nil
	case button.ActLeave: // what is kept ends by itself
		if a.applied(ctx, req, schedule.Batch{Drafts: s.ID, Changes: s.N}) {
			return appliedCard(req), nil
		}
		return bot.Reply{Parts: []bot.Part{bot.Text(req.Say("class.file.left"))}}, nil
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}

// applied reports whether a file was applied already.
func (a applier) applied(ctx context.Context, req *bot.Request, b schedule.Batch) bool {
	_, err := a.desk.End(ctx, req, b)
	return err == nil
}

// appliedCard says that the timetable is what a file says.
func appliedCard(req *bot.Request) bot.Reply {
	return card.Calm(bot.Text(place.Signed(req, req.Say("class.file.applied"))), classwords.AllRow(req))
}

// apply changes the timetable as the card says, all of it or nothing.
func (a applier) apply(ctx context.Context, req *bot.Request, b schedule.Batch) error {
	if b.Drafts == 0 && b.Changes == 0 {
		return &bot.UserError{Key: "class.file.again"}
	}
	var drafts []schedule.Series
	if b.Drafts != 0 {
		var err error
		if drafts, err = a.desk.Batch(ctx, req, b.Drafts); err != nil {
			return ofFile(err)
		}
	}
	changes, err := a.changes(ctx, req, b.Changes, drafts)
	if err != nil {
		return ofFile(err)
	}
	if err := a.store.ApplyBatch(ctx, b, changes, place.By(req, a.desk.Now(), "")); err != nil {
		return ofFile(draft.InWords("apply a file", err))
	}
	a.desk.Kick()
	return nil
}

// ofFile says of a file what draft.InWords says of drafts: a file is sent again.
func ofFile(err error) error {
	switch {
	case errors.Is(err, schedule.ErrNoClass):
		return &bot.UserError{Key: "class.file.again", Err: schedule.ErrNoClass}
	case errors.Is(err, schedule.ErrChanged):
		return &bot.UserError{Key: "class.file.outdated", Err: schedule.ErrChanged}
	}
	return err
}

// changes are what the reader's own file changes beside some drafts of it, with
// what is worked out now.
func (a applier) changes(ctx context.Context, req *bot.Request, batch int64, drafts []schedule.Series) ([]schedule.BatchChange, error) {
	if batch == 0 {
		return nil, nil
	}
	all, err := a.store.BatchChanges(ctx, batch, a.desk.Now())
	if err == nil && all[0].CreatedBy != req.UserID {
		err = schedule.ErrNoClass
	}
	if err != nil {
		return nil, fmt.Errorf("find what a file changes: %w", err)
	}
	for i := range all {
		if err := place.MayChange(req, all[i].Place); err != nil {
			return nil, err
		}
		if err := a.start(ctx, req, &all[i], all, drafts); err != nil {
			return nil, err
		}
		if err := a.complete(ctx, req, &all[i]); err != nil {
			return nil, fmt.Errorf("apply a file: %w", err)
		}
	}
	return all, nil
}

// start finds the start that one of all changes is of, in its class as one of
// some drafts has it, or as it is. It refuses one that has begun since the file
// was read, or can't be changed so any more.
func (a applier) start(ctx context.Context, req *bot.Request, c *schedule.BatchChange, all []schedule.BatchChange, drafts []schedule.Series) error {
	if c.ClassID == 0 {
		return nil
	}
	s, err := schedule.Series{}, error(nil)
	if i := slices.IndexFunc(drafts, func(d schedule.Series) bool { return d.DraftOf == c.ClassID || d.ID == c.ClassID }); i >= 0 {
		s = drafts[i]
	} else if s, err = a.desk.Store.Series(ctx, c.ClassID); err != nil {
		return fmt.Errorf("apply a file: %w", err)
	}
	own := slices.DeleteFunc(slices.Clone(all), func(o schedule.BatchChange) bool { return o.ClassID != c.ClassID })
	k, err := checkOf(s, own, a.desk.Zones, a.desk.Now())
	if err != nil {
		return fmt.Errorf("apply a file: %w", err)
	}
	if said, ok := inWords(req, k.start(req, *c)); ok {
		return &bot.UserError{Key: "class.file.meanwhile", Args: bot.Args{"Sentence": classwords.Sentence(req, s.Rule), "Fault": said}}
	}
	c.Start = k.found(*c)
	return nil
}

// complete works out what a change is in words, and of days whether today is
// among them and who is told.
func (a applier) complete(ctx context.Context, req *bot.Request, c *schedule.BatchChange) (err error) {
	switch c.What {
	case schedule.BatchClose:
		c.Detail = input.WriteRuns(input.Runs(c.Days))
		c.End, c.Tell, err = a.closing.Today(ctx, c.Place, c.Days)
		return err
	case schedule.BatchOpen:
		c.Detail = input.WriteRuns(input.Runs(c.Days))
		c.End, err = a.closing.EndOf(c.Place, c.Days)
		return err
	}
	c.Detail = card.Slot(req.Say, c.Slot)
	if c.What == schedule.BatchMove {
		c.Detail += " → " + card.Slot(req.Say, c.To)
	}
	return nil
}
