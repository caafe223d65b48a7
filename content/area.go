package content

import "time"

// A Level says how soon. The bot shows levels and never picks one for a person.
type Level string

// The four levels, soonest first.
const (
	Emergency Level = "emergency" // call now
	Urgent    Level = "urgent"    // be seen today or tomorrow
	Book      Level = "routine"   // book an appointment
	SelfCare  Level = "self_care" // carry on, and watch
)

// levels returns every level, soonest first: the order of a ladder.
func levels() []Level { return []Level{Emergency, Urgent, Book, SelfCare} }

// An Area is a part of the body as a topic to read.
type Area struct {
	ID       string `toml:"id"`    // as "neck"; permanent, it sits in custom IDs
	Language string `toml:"-"`     // of its words, as "en"
	Felt     string `toml:"felt"`  // where it is felt, for the menu
	Name     string `toml:"name"`  // as "Neck"
	Limb     string `toml:"limb"`  // whose danger signs: arm, leg, or trunk for both
	Group    string `toml:"group"` // of the menu: upper, middle or lower

	Signs     *SignSet `toml:"-"`
	Ladder    Ladder   `toml:"ladder"`
	Tonight   Block    `toml:"tonight"` // positions for sleep and sitting, and what not to try
	FirstDays Block    `toml:"first_days"`
	Nerve     Block    `toml:"nerve"` // three lists: nerve-like, muscle-like, joint- or tendon-like
	Back      Block    `toml:"back"`  // five stages, one part each
	Clinic    Block    `toml:"clinic"`
	Also      Also     `toml:"also"`

	// Reviewed is nil until a clinician has read the area.
	Reviewed *Review `toml:"reviewed" json:"-"`
}

// Also is what else is worth reading: other areas, and why.
type Also struct {
	Text    string   `toml:"text"`
	Areas   []string `toml:"areas"` // one to three ids, never the area's own
	Sources []string `toml:"sources"`
	Grades  []Grade  `toml:"-"` // of the sources
}

// A Block is the text of one card behind a button.
type Block struct {
	Key     string   `toml:"-"` // stable, as "neck.first_days": names the card in a report of a mistake
	Title   string   `toml:"title"`
	Lead    string   `toml:"lead"` // may be empty
	Parts   []Part   `toml:"part"`
	Close   string   `toml:"close"` // may be empty
	Sources []string `toml:"sources"`
	Grades  []Grade  `toml:"-"` // of the sources
}

// A Part is a list under a heading; the heading may be empty.
type Part struct {
	Head  string   `toml:"head"`
	Lines []string `toml:"lines"`
}

// A Ladder lets readers place themselves: one rung a level, soonest first.
type Ladder struct {
	Key     string   `toml:"-"`
	Title   string   `toml:"title"`
	Rungs   []Rung   `toml:"rung"`
	Sources []string `toml:"-"` // of all rungs
	Grades  []Grade  `toml:"-"`
}

// A Rung is one line of a ladder. In the area's own Ladder the text holds
// placeholders; LadderOn fills them in.
type Rung struct {
	Level   Level    `toml:"level" json:"level"`
	Text    string   `toml:"text" json:"text"`
	Sources []string `toml:"sources" json:"sources"`
}

// Sources returns the ids of every source that the area's cards rest on, each
// once, in the order in which the cards open.
func (a *Area) Sources() []string {
	var ids []string
	for _, list := range [][]string{a.Signs.Sources, a.Ladder.Sources, a.Tonight.Sources, a.FirstDays.Sources, a.Nerve.Sources,
		a.Back.Sources, a.Clinic.Sources, a.Also.Sources} {
		ids = union(ids, list)
	}
	return ids
}

// LadderOn returns the rungs with their dates worked out for a day, which is
// read in the day's own zone. say says a date in the area's language.
func (a *Area) LadderOn(day time.Time, say func(time.Time) string) []Rung {
	out := make([]Rung, len(a.Ladder.Rungs))
	for i, r := range a.Ladder.Rungs {
		r.Text = fillDates(r.Text, day, say)
		out[i] = r
	}
	return out
}
