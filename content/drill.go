package content

import "math"

// breath is the seconds of one slow breath.
const breath = 6

// GetInPlace is the seconds that a set gives to get in place, or to switch
// sides, before its work begins.
const GetInPlace = 8

// Sides says how a drill treats left and right.
type Sides string

// The three ways.
const (
	NoSides   Sides = "none" // the body moves as one
	BothSides Sides = "both" // left and right in turn, rep by rep
	EachSide  Sides = "each" // all of one side, then all of the other
)

// A Drill is one movement or stretch.
type Drill struct {
	ID        string   `toml:"id"` // as "chin-tuck"; permanent, custom IDs and saved routines hold it
	Name      string   `toml:"name"`
	Names     []string `toml:"names"` // what else people call it; found, never shown
	Sides     Sides    `toml:"sides"`
	Dose      Dose     `toml:"dose"`      // unless a routine says otherwise
	Equipment []string `toml:"equipment"` // all that it needs, as ids such as "chair"; the message "equipment.ID" names it
	Steps     []string `toml:"steps"`
	Gentle    string   `toml:"gentle"` // how to do it in a small range; empty if no calm routine may have it
	Stop      string   `toml:"stop"`   // when to stop, and what to do instead
	Alt       string   `toml:"alt"`    // the movement in words, for those who don't see a picture
	HoldsNeck bool     `toml:"holds_neck"`
	Sources   []string `toml:"sources"`
	Grades    []Grade  `toml:"-"` // of the sources

	// Reviewed is nil until a clinician has read the drill.
	Reviewed *Review `toml:"reviewed" json:"-"`
}

// A Dose is how much of a drill: reps, which may each be held for a moment, or
// one long hold, or breaths alone.
type Dose struct {
	Sets    int     `toml:"sets"`    // of each side; at least 1
	Reps    int     `toml:"reps"`    // of each side; 0 for a hold and for breaths alone
	Pace    float64 `toml:"pace"`    // seconds of one rep without its hold
	Hold    int     `toml:"hold"`    // seconds; of each rep if there are reps
	Breaths int     `toml:"breaths"` // slow ones, that fill a hold or stand alone
}

func (d Dose) held() bool { return d.Reps == 0 && d.Hold > 0 }

// work returns the seconds of one set of one side, without getting in place.
func (d Dose) work() float64 {
	switch {
	case d.Reps > 0:
		return float64(d.Reps) * (d.Pace + float64(d.Hold))
	case d.Hold > 0:
		return float64(d.Hold)
	}
	return float64(d.Breaths * breath)
}

// seconds returns how long one card of a drill takes: sets × (getting in place
// + work), with the work doubled where sides take turns. A drill of each side
// has two cards.
func (d Dose) seconds(sides Sides) int {
	work := d.work()
	if sides == BothSides {
		work *= 2
	}
	return d.Sets * (GetInPlace + int(math.Ceil(work)))
}

// Drill looks up a drill. A locale that has no such drill gets the English one.
func (l *Library) Drill(locale, id string) (*Drill, bool) {
	for _, name := range []string{l.match(locale), fallback} {
		for _, d := range l.languages[name].drills {
			if d.ID == id {
				return d, true
			}
		}
	}
	return nil, false
}

// Drills returns every drill, by id.
func (l *Library) Drills(locale string) []*Drill {
	var out []*Drill
	for _, d := range l.languages[fallback].drills {
		d, _ = l.Drill(locale, d.ID)
		out = append(out, d)
	}
	return out
}

// DoseWords says a dose in one line, as "2 x 30 s each side (5 slow breaths)".
func (l *Library) DoseWords(locale string, d Dose, sides Sides) string {
	say := func(key string, args map[string]any) string { return l.Say(locale, "dose."+key, args) }
	breaths := say("breaths", map[string]any{"count": d.Breaths})
	text := breaths
	switch {
	case d.Reps > 0:
		text = say("reps", map[string]any{"count": d.Reps})
	case d.Hold > 0:
		text = say("seconds", map[string]any{"Seconds": d.Hold})
	}
	if d.Sets > 1 {
		text = say("sets", map[string]any{"Sets": d.Sets, "Dose": text})
	}
	if sides != NoSides {
		text = say(string(sides), map[string]any{"Dose": text})
	}
	switch {
	case d.held():
		return say("held", map[string]any{"Dose": text, "Breaths": breaths})
	case d.Hold > 0:
		return say("paused", map[string]any{"Dose": text, "Seconds": d.Hold})
	}
	return text
}
