package classfile

import (
	"slices"

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
			one.ClassID, one.Revision = c.Now.ID, w.revision(c.Now.ID)
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
	now, want = kept(now, want), timetable.Class{Skips: keptSkips(now, want), Moves: keptMoves(now, want)}
	for _, s := range want.Skips {
		if !slices.Contains(now.Skips, s) {
			all = append(all, schedule.BatchChange{What: schedule.BatchSkip, Slot: s})
		}
	}
	for _, s := range now.Skips {
		if !slices.Contains(want.Skips, s) {
			all = append(all, schedule.BatchChange{What: schedule.BatchUnskip, Slot: s})
		}
	}
	for _, m := range want.Moves {
		if !slices.Contains(now.Moves, m) {
			all = append(all, schedule.BatchChange{What: schedule.BatchMove, Slot: m.From, To: m.To})
		}
	}
	for _, m := range now.Moves {
		if !slices.ContainsFunc(want.Moves, func(o schedule.Move) bool { return o.From == m.From }) {
			all = append(all, schedule.BatchChange{What: schedule.BatchMove, Slot: m.From, To: m.From})
		}
	}
	return all
}

// series is what of a class its exceptions go by.
func series(c timetable.Class) schedule.Series {
	return schedule.Series{Rule: c.Rule, Skips: c.Skips, Moves: c.Moves}
}

// kept is a class with the exceptions that it keeps under the rule of a file.
func kept(now, want timetable.Class) timetable.Class {
	now.Skips, now.Moves, _ = schedule.Carry(series(now), want.Rule, nil)
	return now
}

// keptSkips are the skips of a file. One that the class has already, of a start
// at its time of before, is that start's at the time of the file.
func keptSkips(now, want timetable.Class) (all []schedule.Slot) {
	for _, s := range want.Skips {
		if !slices.Contains(now.Skips, s) {
			all = append(all, s)
			continue
		}
		is, _, _ := schedule.Carry(schedule.Series{Rule: now.Rule, Skips: []schedule.Slot{s}}, want.Rule, nil)
		all = append(all, is...)
	}
	return all
}

// keptMoves are the moves of a file, likewise.
func keptMoves(now, want timetable.Class) (all []schedule.Move) {
	for _, m := range want.Moves {
		if !slices.ContainsFunc(now.Moves, func(o schedule.Move) bool { return o.From == m.From }) {
			all = append(all, m)
			continue
		}
		_, is, _ := schedule.Carry(schedule.Series{Rule: now.Rule, Moves: []schedule.Move{m}}, want.Rule, nil)
		all = append(all, is...)
	}
	return all
}

// unclear are the exceptions that a file leaves as they are, though nobody can
// tell which start they are of by its rule.
func unclear(now, want timetable.Class) []schedule.Unclear {
	c := series(now)
	c.Skips = slices.DeleteFunc(slices.Clone(c.Skips), func(s schedule.Slot) bool { return !slices.Contains(want.Skips, s) })
	c.Moves = slices.DeleteFunc(slices.Clone(c.Moves), func(m schedule.Move) bool { return !slices.Contains(want.Moves, m) })
	_, _, all := schedule.Carry(c, want.Rule, nil)
	return all
}
