package classfile

import (
	"slices"
	"time"

	"unpinch/commands/classwords"
	"unpinch/schedule"
	"unpinch/timetable"
)

// batch is what a file changes: drafts of the classes that it adds, changes and
// removes, in this order, and what it changes beside them.
func (w *wish) batch() (drafts []schedule.Series, changes []schedule.BatchChange) {
	for i, a := range w.diff.Add {
		drafts = append(drafts, w.draft(a.Place, a.Class))
		for _, c := range startChanges(timetable.Class{}, a.Class) {
			c.Draft = i + 1
			changes = append(changes, w.at(a.Place, c))
		}
	}
	for _, c := range w.diff.Change {
		for _, one := range startChanges(c.Now, c.Want) {
			one.ClassID = c.Now.ID
			changes = append(changes, w.at(c.Place, one))
		}
		if !classwords.Only(c, timetable.FieldSkips, timetable.FieldMoves) {
			s := w.draft(c.Place, c.Want)
			s.DraftOf, s.Revision = c.Now.ID, w.revision(c.Now.ID)
			drafts = append(drafts, s)
		}
	}
	for _, r := range w.diff.Remove {
		s := w.draft(r.Place, r.Class)
		s.DraftOf, s.Removes, s.Revision = r.Class.ID, true, w.revision(r.Class.ID)
		drafts = append(drafts, s)
	}
	for _, p := range w.diff.Places {
		if len(p.Close) > 0 {
			changes = append(changes, w.at(p.Place, schedule.BatchChange{What: schedule.BatchClose, Days: p.Close}))
		}
		if len(p.Reopen) > 0 {
			changes = append(changes, w.at(p.Place, schedule.BatchChange{What: schedule.BatchOpen, Days: p.Reopen}))
		}
	}
	return drafts, changes
}

// at is a change at a place, by the reader.
func (w *wish) at(place string, c schedule.BatchChange) schedule.BatchChange {
	c.Place, c.CreatedBy = w.place(place), w.req.UserID
	return c
}

// startChanges make the single starts of a class those of a file. A move that is
// gone is one to where the start was planned.
func startChanges(now, want timetable.Class) (all []schedule.BatchChange) {
	for _, at := range want.Skips {
		if !slices.ContainsFunc(now.Skips, at.Equal) {
			all = append(all, schedule.BatchChange{What: schedule.BatchSkip, Start: schedule.Start{At: movedTo(now.Moves, at), Planned: at}})
		}
	}
	for _, at := range now.Skips {
		if !slices.ContainsFunc(want.Skips, at.Equal) {
			all = append(all, schedule.BatchChange{What: schedule.BatchUnskip, Start: schedule.Start{At: at, Planned: at}})
		}
	}
	move := func(from, to time.Time) {
		if at := movedTo(now.Moves, from); !at.Equal(to) {
			all = append(all, schedule.BatchChange{What: schedule.BatchMove, Start: schedule.Start{At: at, Planned: from}, To: to})
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
