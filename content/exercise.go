package content

import "slices"

// A Stress is a way in which a lift loads the body.
type Stress string

// The stresses that lifts are graded for.
const (
	Compression    Stress = "compression"
	Traction       Stress = "traction"
	Overhead       Stress = "overhead"
	ExtLoad        Stress = "ext_load"  // arching under load
	FlexLoad       Stress = "flex_load" // rounding under load
	Rotation       Stress = "rotation"
	Grip           Stress = "grip"
	WristExt       Stress = "wrist_ext"
	ElbowFlex      Stress = "elbow_flex"
	DirectPressure Stress = "direct_pressure"
	Impact         Stress = "impact"
)

// Stresses returns every stress, in the order in which readers see those of
// one grade.
func Stresses() []Stress {
	return []Stress{Compression, Traction, Overhead, ExtLoad, FlexLoad, Rotation,
		Grip, WristExt, ElbowFlex, DirectPressure, Impact}
}

// maxGrade is the highest grade of a stress; 0 is none.
const maxGrade = 3

// A Graded is one stress of a lift.
type Graded struct {
	Stress Stress
	Grade  int      // 1 to 3
	Areas  []string // ids of the areas it reaches
}

// An Exercise is one lift, machine, pose or class, as a coach writes it down.
type Exercise struct {
	ID        string // as "back_squat"; permanent, it sits in custom IDs
	Pattern   string // id of its pattern
	Name      string
	Names     []string // what else people call it; matched, never shown
	Muscles   []string // the main one first
	Equipment []string // what it is known by first
	Positions []string // of the body, each with the least that it loads
	Loads     []Graded // worst first
	Pause     string   // when to leave it out
	Modify    []Change // in the order in which to try them
	Cue       string
	Hints     []string // ids of lifts that a coach would swap in first
	Staple    bool     // most gyms train it: ranks first where all else is equal
	HintOnly  bool     // swapped in only within its pattern, where a hint says so: rests, drills, feats, sports
	Sources   []string
	Grades    []Grade // of the sources

	// Set for the few lifts that carry a set-up; empty for the others.
	Setup   []string // three cues
	Faults  []Fault  // two common ones
	Lighter string   // when to lower the weight
}

// Worst returns the highest grade of the stresses that reach an area, 0 for none.
func (e *Exercise) Worst(area string) int {
	worst := 0
	for _, l := range e.Loads {
		if l.reaches(area) {
			worst = max(worst, l.Grade)
		}
	}
	return worst
}

// A Change is one rung of a lift's ladder of modifications.
type Change struct {
	Step string `json:"step"` // load, range, tempo, implement or pattern
	Text string `json:"text"`
}

// A Fault is a common one of a lift, and the stresses that it raises.
type Fault struct {
	Text  string   `toml:"text"`
	Loads []Stress `toml:"loads"`
}

// A Pattern is a family of lifts.
type Pattern struct {
	ID      string   `toml:"id"`
	Name    string   `toml:"name"`
	Keeps   string   `toml:"keeps"`   // finishes "keeps the ..."
	Near    []string `toml:"near"`    // other patterns from which a swap may come without a hint
	Gentler []string `toml:"gentler"` // patterns to look at when no swap is good
}

// Grade returns the grade of a stress, 0 for none.
func (e *Exercise) Grade(s Stress) int {
	for _, l := range e.Loads {
		if l.Stress == s {
			return l.Grade
		}
	}
	return 0
}

// On returns how much the lift loads an area: the sum of the grades of the
// stresses that reach it.
func (e *Exercise) On(area string) int {
	n := 0
	for _, l := range e.Loads {
		if l.reaches(area) {
			n += l.Grade
		}
	}
	return n
}

// total is the sum of all grades.
func (e *Exercise) total() int {
	n := 0
	for _, l := range e.Loads {
		n += l.Grade
	}
	return n
}

func (l Graded) reaches(area string) bool {
	return slices.Contains(l.Areas, area)
}

// onSpine reports whether a stress reaches neck or back: a knee that is pressed
// loads no spine.
func (l Graded) onSpine() bool {
	return l.reaches("neck") || l.reaches("mid_back") || l.reaches("low_back")
}

// leftOut reports whether the lift is best left out: its ladder has the last
// rung alone.
func (e *Exercise) leftOut() bool { return len(e.Modify) == 1 && e.Modify[0].Step == "pattern" }

// positions are how a body stands, hangs or leans in a lift. What each loads at
// least, atLeast says.
func positions() []string {
	return []string{"rack", "hang", "palms", "elbows", "bar_on_back", "bent_over", "landing", "arms_back", "curl",
		"legs_straight", "on_hips", "crook"}
}
