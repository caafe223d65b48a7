package content

// Bounds of a line of one's own.
const (
	ownSets    = 10
	ownReps    = 50
	ownHold    = 120 // seconds
	ownRepMax  = 10  // seconds: a hold up to that is a rep's, a longer one a set's
	ownLongest = 30  // minutes that all lines take
)

// What a number without a unit is beside a stretch: up to bareHolds so many holds, from
// bareSeconds on so many seconds, between them reps.
const (
	bareHolds   = 5
	bareSeconds = 15
)

// only returns the one number of a list, 0 for none. It reports false where there are
// several.
func only(all []int) (int, bool) {
	if len(all) == 0 {
		return 0, true
	}
	return all[0], len(all) == 1
}

// entry is how much of a drill the amounts ask for, what was read otherwise than
// it stands, and a fault's kind. Beside a fault the entry is what would do.
func (a amounts) entry(d *Drill) (e OwnEntry, notes []OwnNote, kind OwnFaultKind) {
	notes = a.notes
	note := func(kind OwnNoteKind) { notes = append(notes, OwnNote{Kind: kind, Seen: d.Name}) }
	e, kind = a.numbers(d, note)
	e.Drill = d.ID
	if a.each && d.Sides == NoSides {
		note(OwnNoSides)
	}
	e.EachSide = a.each && d.Sides != NoSides
	if kind != "" {
		e, _ = e.clamped(d)
		return e, nil, kind
	}
	if fit, changed := e.clamped(d); changed {
		return fit, nil, OwnTooMuch
	}
	return e, notes, ""
}

// numbers puts the amounts in their places.
func (a amounts) numbers(d *Drill, note func(OwnNoteKind)) (OwnEntry, OwnFaultKind) {
	own := OwnEntry{Sets: d.Dose.Sets, Reps: d.Dose.Reps, Hold: d.Dose.Hold}
	if d.breathed() {
		own.Reps = d.Dose.Breaths
	}
	sets, ok1 := only(a.sets)
	reps, ok2 := only(a.reps)
	hold, ok3 := only(a.holds)
	breaths, ok4 := only(a.breaths)
	given := len(a.sets)+len(a.reps)+len(a.holds)+len(a.breaths)+len(a.counts) > 0
	counts, places := a.counts, len(a.sets)+len(a.reps)
	if !ok1 || !ok2 || !ok3 || !ok4 || len(counts) > 0 && len(counts)+places > 2 {
		return own, OwnOddDose
	}
	if !given {
		note(OwnDefault)
		return own, ""
	}
	said := len(a.reps) > 0 // that it is reps, and nothing else
	switch {
	case len(counts) == 2:
		sets, reps = counts[0], counts[1]
	case len(counts) == 1 && len(a.reps) > 0:
		sets = counts[0]
	case len(counts) == 1:
		reps = counts[0]
	}
	if breaths > 0 && d.breathed() {
		if reps > 0 { // "3 x 5 breaths"
			sets = reps
		}
		reps = breaths
	} else if breaths > 0 {
		hold = breaths * breath
	}
	e := OwnEntry{Sets: sets, Reps: reps, Hold: hold}
	zero := len(a.sets) > 0 && sets == 0 || len(a.reps) > 0 && reps == 0 || len(counts) > 0 && reps == 0 || len(a.holds) > 0 && hold == 0 ||
		len(counts) == 2 && sets == 0
	if zero {
		return own, OwnTooMuch
	}
	return e.shaped(d, own, said, a.held, note), ""
}

// shaped gives the numbers their meaning for a drill: a count beside a long hold is
// of sets; beside no hold, of a drill that is held, too.
func (e OwnEntry) shaped(d *Drill, own OwnEntry, said, held bool, note func(OwnNoteKind)) OwnEntry {
	switch {
	case d.breathed() && e.Reps == 0 && e.Hold > ownHold: // minutes of breathing
		e.Reps, e.Hold = e.Hold/breath, 0
	case e.Hold == 0 && d.Dose.held() && e.Reps >= bareSeconds && !said: // "2x30" of a stretch
		note(OwnSeconds)
		e.Reps, e.Hold = 0, e.Reps
	case e.Hold == 0 && d.Dose.held() && !said && e.Reps > 0 && e.Reps <= bareHolds && e.Sets == 0: // "x3" of a stretch
		e.Sets, e.Reps, e.Hold = e.Reps, 0, own.Hold
	case e.Hold > ownRepMax && e.Reps > 0 && e.Sets <= 1:
		e.Sets, e.Reps = e.Reps, 0
	case e.Hold > 0 && e.Hold <= ownRepMax && e.Reps == 0 && held && own.Reps > 0: // "hold 5 seconds"
		e.Reps = own.Reps
		note(OwnDefault)
	case e.Reps == 0 && e.Hold == 0: // sets alone
		e.Reps, e.Hold = own.Reps, own.Hold
	}
	e.Sets = max(e.Sets, 1)
	return e
}

// clamped returns the entry within the bounds, and whether it was beyond them. A
// hold that is too long becomes several.
func (e OwnEntry) clamped(d *Drill) (OwnEntry, bool) {
	fit := e
	if fit.Reps == 0 && fit.Hold > ownHold {
		n := (fit.Hold + ownHold - 1) / ownHold
		fit.Hold, fit.Sets = fit.Hold/n, fit.Sets*n
	}
	if fit.Reps > 0 {
		fit.Hold = min(fit.Hold, ownRepMax)
	}
	fit.Sets, fit.Reps, fit.Hold = min(max(fit.Sets, 1), ownSets), min(fit.Reps, ownReps), min(fit.Hold, ownHold)
	return fit, fit != e
}
