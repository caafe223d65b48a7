package timetable

import (
	"slices"
	"strings"
	"time"

	"unpinch/schedule"
)

// A Difference is what has to be done to a server's timetable to make it that
// of a file. Classes are in the order of the file, those that go in that of
// the server.
type Difference struct {
	Add    []Placed
	Change []Changed
	Remove []Placed
	Places []PlaceChange // of places that stay: their zone and closed days
	// UnknownPlaces are those of the file that the server doesn't have. Places
	// are not made by a file, so nothing of them is above.
	UnknownPlaces []string
	// Untouched are the places of the server that the file says nothing of.
	Untouched []string
}

// A Placed is a class and the name of its place, as the server spells it.
type Placed struct {
	Place string
	Class Class
}

// A Changed is a class that stays, with the fields that change.
type Changed struct {
	From, Place string // where it is, and where it is to be
	Now, Want   Class
	Fields      []Field
}

// A Field is one thing of a class that can change, by its key in the file.
type Field string

// The fields of a class.
const (
	FieldPlace    Field = "place" // under which it stands
	FieldRule     Field = "at"
	FieldTitle    Field = "title"
	FieldLength   Field = "length_min"
	FieldLead     Field = "before_min"
	FieldWarmUp   Field = "warm_up"
	FieldCoolDown Field = "cool_down"
	FieldEvent    Field = "event"
	FieldChannel  Field = "channel"
	FieldRole     Field = "ping"
	FieldUntil    Field = "until"
	FieldPaused   Field = "paused_until"
	FieldSkips    Field = "skips"
	FieldMoves    Field = "moves"
)

// A PlaceChange is what changes about a place itself.
type PlaceChange struct {
	Place     string // as the server spells it
	OtherZone string // of the file, which changes no place's; "" if it is the same
	Close     []schedule.Date
	Reopen    []schedule.Date
}

// Diff compares the timetable of a server with that of a file. Places are the
// same by name, in capitals or not. A class is the same by its id anywhere in
// the server; one without an id, or with one that the server doesn't have, is
// the same as one of its place that no id of the file names and that is equal
// in all else, or else it is new.
func Diff(now, want File) Difference {
	var d Difference
	m := newMatcher(now, want)
	for _, p := range want.Places {
		i := placeOf(now, p.Name)
		if i < 0 {
			d.UnknownPlaces = append(d.UnknownPlaces, p.Name)
			continue
		}
		if c, ok := placeChange(now.Places[i], p); ok {
			d.Places = append(d.Places, c)
		}
		for _, c := range p.Classes {
			m.class(&d, i, c)
		}
	}
	for i, p := range now.Places {
		if placeOf(want, p.Name) < 0 {
			d.Untouched = append(d.Untouched, p.Name)
			continue
		}
		for j, c := range p.Classes {
			if !m.taken[at{i, j}] {
				d.Remove = append(d.Remove, Placed{p.Name, c})
			}
		}
	}
	return d
}

func placeOf(f File, name string) int {
	return slices.IndexFunc(f.Places, func(p Place) bool { return strings.EqualFold(p.Name, name) })
}

// at is where a class of the server is: its place, and its number there.
type at struct{ place, class int }

// A matcher finds the server's class for one of a file.
type matcher struct {
	now   File
	byID  map[int64]at
	alike []map[likeness][]at // of each place, those that no class of the file has taken yet
	taken map[at]bool         // by a class of the file
}

func newMatcher(now, want File) matcher {
	m := matcher{now: now, byID: map[int64]at{}, taken: map[at]bool{}}
	for i, p := range now.Places {
		alike := map[likeness][]at{}
		for j, c := range p.Classes {
			if c.ID != 0 {
				m.byID[c.ID] = at{i, j}
			}
			like := likenessOf(c)
			alike[like] = append(alike[like], at{i, j})
		}
		m.alike = append(m.alike, alike)
	}
	for _, p := range want.Places {
		for _, c := range p.Classes {
			if found, ok := m.byID[c.ID]; ok {
				m.taken[found] = true
			}
		}
	}
	return m
}

// class adds to a difference what a class of the file at a place needs.
func (m matcher) class(d *Difference, place int, want Class) {
	name := m.now.Places[place].Name
	if found, ok := m.byID[want.ID]; ok {
		from := m.now.Places[found.place]
		fields := Differ(from.Classes[found.class], want)
		if found.place != place {
			fields = append([]Field{FieldPlace}, fields...)
		}
		if len(fields) > 0 {
			d.Change = append(d.Change, Changed{from.Name, name, from.Classes[found.class], want, fields})
		}
		return
	}
	like := likenessOf(want)
	for same := m.alike[place][like]; len(same) > 0; same = same[1:] {
		m.alike[place][like] = same[1:]
		if !m.taken[same[0]] {
			m.taken[same[0]] = true
			return
		}
	}
	d.Add = append(d.Add, Placed{name, want})
}

// placeChange compares a place but for its classes.
func placeChange(now, want Place) (PlaceChange, bool) {
	c := PlaceChange{Place: now.Name, Close: without(want.Closed, now.Closed), Reopen: without(now.Closed, want.Closed)}
	if now.Zone != want.Zone {
		c.OtherZone = want.Zone
	}
	return c, c.OtherZone != "" || len(c.Close)+len(c.Reopen) > 0
}

// without returns the days of a that are not in b, in order.
func without(a, b []schedule.Date) []schedule.Date {
	there := map[schedule.Date]bool{}
	for _, d := range b {
		there[d] = true
	}
	days := slices.DeleteFunc(slices.Clone(a), func(d schedule.Date) bool { return there[d] })
	slices.SortFunc(days, func(a, b schedule.Date) int { return strings.Compare(a.String(), b.String()) })
	return days
}

// A likeness is all of a class but its id, to be compared. Two classes are alike
// just when Differ finds nothing.
type likeness struct {
	rule, title   string
	length, lead  int // minutes
	warmUp        schedule.Focus
	coolDown      bool
	event         bool
	channel, role string
	until, paused schedule.Date
	skips, moves  string // in order
}

func likenessOf(c Class) likeness {
	var skips, moves strings.Builder
	for _, s := range InOrder(c.Skips) {
		skips.WriteString(s.String() + " ")
	}
	for _, m := range MovesInOrder(c.Moves) {
		moves.WriteString(m.From.String() + " " + m.To.String() + " ")
	}
	return likeness{c.Rule.String(), c.Title, minutes(c.Length), minutes(c.Lead), c.WarmUp, c.CoolDown, c.Event, c.Channel, c.Role, c.Until, c.PausedUntil,
		skips.String(), moves.String()}
}

// Differ returns in what two states of a class differ, in the order of the file:
// in all but ids and places.
func Differ(a, b Class) []Field {
	var fields []Field
	add := func(differ bool, f Field) {
		if differ {
			fields = append(fields, f)
		}
	}
	was, is := likenessOf(a), likenessOf(b)
	add(was.rule != is.rule, FieldRule)
	add(was.title != is.title, FieldTitle)
	add(was.length != is.length, FieldLength)
	add(was.lead != is.lead, FieldLead)
	add(was.warmUp != is.warmUp, FieldWarmUp)
	add(was.coolDown != is.coolDown, FieldCoolDown)
	add(was.event != is.event, FieldEvent)
	add(was.channel != is.channel, FieldChannel)
	add(was.role != is.role, FieldRole)
	add(was.until != is.until, FieldUntil)
	add(was.paused != is.paused, FieldPaused)
	add(was.skips != is.skips, FieldSkips)
	add(was.moves != is.moves, FieldMoves)
	return fields
}

func minutes(d time.Duration) int { return int(d / time.Minute) }

// InOrder returns skips, whose order means nothing, the earliest first.
func InOrder(skips []schedule.Slot) []schedule.Slot {
	return slices.SortedFunc(slices.Values(skips), schedule.Slot.Compare)
}

// MovesInOrder returns moves, whose order means nothing, the earliest first.
func MovesInOrder(moves []schedule.Move) []schedule.Move {
	return slices.SortedFunc(slices.Values(moves), func(m, n schedule.Move) int { return m.From.Compare(n.From) })
}
