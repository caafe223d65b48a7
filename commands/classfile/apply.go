package classfile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/draft"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
	"unpinch/timetable"
)

// drafts are those of the classes that the file adds, changes and removes, in
// this order, and what is done beside them.
func (w *wish) drafts() (drafts []schedule.Series, extra []extraChange) {
	for i, a := range w.diff.Add {
		drafts = append(drafts, w.draft(a.Place, a.Class))
		extra = append(extra, startChanges(w.place(a.Place), func(ids []int64) int64 { return ids[i] }, timetable.Class{}, a.Class)...)
	}
	for _, c := range w.diff.Change {
		id := c.Now.ID
		extra = append(extra, startChanges(w.place(c.Place), func([]int64) int64 { return id }, c.Now, c.Want)...)
		if slices.ContainsFunc(c.Fields, func(f timetable.Field) bool { return f.Name != "skips" && f.Name != "moves" }) {
			s := w.draft(c.Place, c.Want)
			s.DraftOf = id
			drafts = append(drafts, s)
		}
	}
	for _, r := range w.diff.Remove {
		s := w.draft(r.Place, r.Class)
		s.DraftOf, s.Removes = r.Class.ID, true
		drafts = append(drafts, s)
	}
	for _, p := range w.diff.Places {
		at := w.place(p.Place)
		if len(p.Close) > 0 {
			extra = append(extra, extraChange{at, func(ctx context.Context, req *bot.Request, t applier, _ []int64) error {
				_, err := t.closing.Close(ctx, at, p.Close, place.By(req, t.desk.Now(), input.WriteRuns(input.Runs(p.Close))))
				return err
			}})
		}
		if len(p.Reopen) > 0 {
			extra = append(extra, extraChange{at, func(ctx context.Context, req *bot.Request, t applier, _ []int64) error {
				return t.closing.Open(ctx, at, p.Reopen, place.By(req, t.desk.Now(), input.WriteRuns(input.Runs(p.Reopen))))
			}})
		}
	}
	return drafts, extra
}

// startChanges are what is done to make the single starts of a class those of a
// file. A move that is gone is one to where the start was planned.
func startChanges(of schedule.Place, id func(ids []int64) int64, now, want timetable.Class) (all []extraChange) {
	add := func(at time.Time, do func(ctx context.Context, t applier, id int64, s schedule.Start, by schedule.By) error) {
		all = append(all, extraChange{of, func(ctx context.Context, req *bot.Request, t applier, ids []int64) error {
			zone, err := t.desk.Zones.Location(of.Zone)
			if err != nil {
				return err
			}
			return do(ctx, t, id(ids), schedule.Start{At: at, Planned: at}, place.By(req, t.desk.Now(), card.Wall(req.Say, at.In(zone))))
		}})
	}
	for _, at := range want.Skips {
		if !slices.ContainsFunc(now.Skips, at.Equal) {
			add(at, func(ctx context.Context, t applier, id int64, s schedule.Start, by schedule.By) error {
				return t.starts.Skip(ctx, id, s, by)
			})
		}
	}
	for _, at := range now.Skips {
		if !slices.ContainsFunc(want.Skips, at.Equal) {
			add(at, func(ctx context.Context, t applier, id int64, s schedule.Start, by schedule.By) error {
				return t.starts.Unskip(ctx, id, s.Planned, by)
			})
		}
	}
	was := func(from time.Time) time.Time {
		for _, m := range now.Moves {
			if m.From.Equal(from) {
				return m.To
			}
		}
		return from
	}
	move := func(from, to time.Time) {
		if at := was(from); !at.Equal(to) {
			add(from, func(ctx context.Context, t applier, id int64, s schedule.Start, by schedule.By) error {
				s.At = at
				return t.starts.Move(ctx, id, s, to, by)
			})
		}
	}
	for _, m := range want.Moves {
		move(m.From, m.To)
	}
	for _, m := range now.Moves {
		if !slices.ContainsFunc(want.Moves, func(o schedule.Move) bool { return o.From.Equal(m.From) }) {
			move(m.From, m.From)
		}
	}
	return all
}

// An extraChange is what a file changes beside its classes, at a place. ids are
// those of the classes that were added and changed.
type extraChange struct {
	place schedule.Place
	do    func(ctx context.Context, req *bot.Request, t applier, ids []int64) error
}

// fileExtras keeps such changes until they are applied: in memory only, for as
// long as a draft.
type fileExtras struct {
	mu   sync.Mutex
	last int64
	by   map[string]fileExtra // by user id
}

type fileExtra struct {
	n   int64
	all []extraChange
	at  time.Time
}

// keep remembers changes in place of the person's last, and returns their
// number.
func (e *fileExtras) keep(userID string, all []extraChange, now time.Time) int64 {
	e.mu.Lock()
	defer e.mu.Unlock()
	for id, old := range e.by {
		if now.Sub(old.at) >= draft.Life {
			delete(e.by, id)
		}
	}
	if e.by == nil || len(e.by) >= extrasPeople {
		e.by = map[string]fileExtra{}
	}
	// The clock is in it, so that no number comes again after a restart.
	e.last = max(e.last+1, now.UnixMilli())
	e.by[userID] = fileExtra{e.last, all, now}
	return e.last
}

// take returns changes by their number, once.
func (e *fileExtras) take(userID string, n int64, now time.Time) ([]extraChange, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	kept, ok := e.by[userID]
	if !ok || kept.n != n || now.Sub(kept.at) >= draft.Life {
		return nil, false
	}
	delete(e.by, userID)
	return kept.all, true
}

// extrasPeople is how many people's changes are kept.
const extrasPeople = 1000

// A starts changes single starts of classes.
type starts interface {
	// Skip leaves out a start, and replaces the post that is out; Unskip takes
	// that back.
	Skip(ctx context.Context, classID int64, start schedule.Start, by schedule.By) error
	Unskip(ctx context.Context, classID int64, planned time.Time, by schedule.By) error
	// Move has a start take place at another instant, once.
	Move(ctx context.Context, classID int64, start schedule.Start, to time.Time, by schedule.By) error
}

// applier applies files.
type applier struct {
	desk    draft.Desk
	classes draft.Store
	starts  starts
	closing place.Closing
	extra   *fileExtras
}

func (d applier) press(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	switch s.Act {
	case button.ActApply:
		return d.apply(ctx, req, s)
	case button.ActLeave:
		d.extra.take(req.UserID, s.N, d.desk.Now())
		return bot.Reply{Parts: []bot.Part{bot.Text(req.Say("class.file.left"))}}, nil
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}

// apply changes the timetable as the card says.
func (d applier) apply(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	var drafts []schedule.Series
	var err error
	if s.ID != 0 {
		if drafts, err = d.desk.Batch(ctx, req, s.ID); err != nil {
			return bot.Reply{}, err
		}
	}
	for _, series := range drafts {
		if series.DraftOf != 0 { // it may come from another place
			was, err := d.classes.Series(ctx, series.DraftOf)
			if err != nil {
				return bot.Reply{}, draft.InWords("find the class", err)
			}
			if err := place.MayChange(req, was.Place); err != nil {
				return bot.Reply{}, err
			}
		}
	}
	var extra []extraChange
	if s.N != 0 {
		var ok bool
		if extra, ok = d.extra.take(req.UserID, s.N, d.desk.Now()); !ok {
			return bot.Reply{}, &bot.UserError{Key: "class.file.again"}
		}
	}
	for _, e := range extra {
		if err := place.MayChange(req, e.place); err != nil {
			return bot.Reply{}, err
		}
	}
	if len(drafts)+len(extra) == 0 {
		return bot.Reply{}, &bot.UserError{Key: "class.file.again"}
	}
	var ids []int64
	if s.ID != 0 {
		if ids, err = d.desk.Save(ctx, req, s.ID); err != nil {
			return bot.Reply{}, err
		}
	}
	for _, e := range extra {
		if err := e.do(ctx, req, d, ids); err != nil && !errors.Is(err, schedule.ErrNoClass) {
			return bot.Reply{}, fmt.Errorf("apply a file: %w", err) // sent again, the file does the rest
		}
	}
	d.desk.Kick()
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: []bot.Part{
		bot.Text(req.Say("class.file.applied")), classwords.AllRow(req)}}}}, nil
}
