package content

import (
	"math"
	"strconv"
	"strings"
)

// ownPace is the seconds of a rep of a drill that is held otherwise.
const ownPace = 4.0

// OwnLine writes an entry as a line that ReadOwn reads as the same. It is "" for a
// drill that isn't there.
func (l *Library) OwnLine(locale string, e OwnEntry) string {
	d, ok := l.Drill(locale, e.Drill)
	if !ok {
		return ""
	}
	var numbers []string
	if e.Sets > 1 {
		numbers = append(numbers, strconv.Itoa(e.Sets))
	}
	if e.Reps > 0 {
		numbers = append(numbers, strconv.Itoa(e.Reps))
	}
	if e.Hold > 0 {
		numbers = append(numbers, strconv.Itoa(e.Hold)+"s")
	}
	line := d.Name + " " + strings.Join(numbers, "x")
	if e.Hold == 0 && d.Dose.held() { // a number alone is seconds of such a drill, or sets
		line += " reps"
	}
	if e.EachSide {
		line += " each side"
	}
	return line
}

// OwnRoutine makes a routine of one's own lines, which a player plays as any
// other. It is nil without one whose drill is there.
func (l *Library) OwnRoutine(locale string, entries []OwnEntry) *Routine {
	r := &Routine{ID: string(Mine), Kind: Mine, Variant: 1, Title: l.Say(locale, "me.routine.name", nil)}
	for _, o := range entries {
		d, ok := l.Drill(locale, o.Drill)
		if !ok {
			continue
		}
		r.Entries = append(r.Entries, Entry{ID: d.ID, Drill: d, Dose: o.dose(d), Steps: d.Steps})
		r.Sources = union(r.Sources, d.Sources)
	}
	if len(r.Entries) == 0 {
		return nil
	}
	if all := l.Routines(locale); len(all) > 0 {
		r.Stop = all[0].Stop
	}
	r.Minutes = (r.Seconds() + 59) / 60
	r.Grades = gradesOf(l.sources, r.Sources)
	return r
}

// dose is the entry's, with the pace of the drill's own reps.
func (o OwnEntry) dose(d *Drill) Dose {
	dose := Dose{Sets: o.Sets, Reps: o.Reps, Hold: o.Hold}
	switch {
	case o.Reps > 0 && o.Hold == 0 && d.breathed():
		dose.Reps, dose.Breaths = 0, o.Reps
	case o.Reps > 0:
		dose.Pace = d.Dose.Pace
		if dose.Pace == 0 {
			dose.Pace = ownPace
		}
	default:
		dose.Breaths = max(1, int(math.Round(float64(o.Hold)/breath)))
	}
	return dose
}

// breathed reports whether the drill is one of breaths alone.
func (d *Drill) breathed() bool { return d.Dose.Reps == 0 && d.Dose.Hold == 0 }
