package timetable

import (
	"slices"
	"strconv"
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
	Place     string // where it is to be
	Now, Want Class
	Fields    []Field
}

// A Field is one thing that changes, by its key in the file, as the file has
// it: "" is none.
type Field struct{ Name, From, To string }

// A PlaceChange is what changes about a place itself.
type PlaceChange struct {
	Place  string  // as the server spells it
	Fields []Field // its zone
	Close  []schedule.Date
	Reopen []schedule.Date
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
	taken map[at]bool // by a class of the file
}

func newMatcher(now, want File) matcher {
	m := matcher{now: now, byID: map[int64]at{}, taken: map[at]bool{}}
	for i, p := range now.Places {
		for j, c := range p.Classes {
			if c.ID != 0 {
				m.byID[c.ID] = at{i, j}
			}
		}
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
		fields := changes(from.Classes[found.class], want)
		if found.place != place {
			fields = append([]Field{{"place", from.Name, name}}, fields...)
		}
		if len(fields) > 0 {
			d.Change = append(d.Change, Changed{name, from.Classes[found.class], want, fields})
		}
		return
	}
	for j, c := range m.now.Places[place].Classes {
		if !m.taken[at{place, j}] && len(changes(c, want)) == 0 {
			m.taken[at{place, j}] = true
			return
		}
	}
	d.Add = append(d.Add, Placed{name, want})
}

// placeChange compares a place but for its classes.
func placeChange(now, want Place) (PlaceChange, bool) {
	c := PlaceChange{Place: now.Name, Close: without(want.Closed, now.Closed), Reopen: without(now.Closed, want.Closed)}
	if now.Zone != want.Zone {
		c.Fields = []Field{{"zone", now.Zone, want.Zone}}
	}
	return c, len(c.Fields)+len(c.Close)+len(c.Reopen) > 0
}

// without returns the days of a that are not in b, in order.
func without(a, b []schedule.Date) []schedule.Date {
	var days []schedule.Date
	for _, d := range a {
		if !slices.Contains(b, d) {
			days = append(days, d)
		}
	}
	slices.SortFunc(days, func(a, b schedule.Date) int { return strings.Compare(a.String(), b.String()) })
	return days
}

// changes compares all of two classes but their ids.
func changes(now, want Class) []Field {
	var fields []Field
	add := func(name, from, to string) {
		if from != to {
			fields = append(fields, Field{name, from, to})
		}
	}
	add("at", now.Rule.String(), want.Rule.String())
	add("title", now.Title, want.Title)
	add("length_min", minutesText(now.Length), minutesText(want.Length))
	add("before_min", minutesText(now.Lead), minutesText(want.Lead))
	add("cool_down", strconv.FormatBool(now.CoolDown), strconv.FormatBool(want.CoolDown))
	add("channel", now.Channel, want.Channel)
	add("ping", now.Role, want.Role)
	add("until", now.Until.String(), want.Until.String())
	add("paused_until", now.PausedUntil.String(), want.PausedUntil.String())
	add("skips", skipsText(now.Skips), skipsText(want.Skips))
	add("moves", movesText(now.Moves), movesText(want.Moves))
	return fields
}

func minutesText(d time.Duration) string { return strconv.Itoa(int(d / time.Minute)) }

func instantText(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func skipsText(skips []time.Time) string {
	var all []string
	for _, t := range skips {
		all = append(all, instantText(t))
	}
	return sorted(all)
}

func movesText(moves []schedule.Move) string {
	var all []string
	for _, m := range moves {
		all = append(all, instantText(m.From)+" to "+instantText(m.To))
	}
	return sorted(all)
}

// sorted joins a list whose order means nothing.
func sorted(all []string) string {
	slices.Sort(all)
	return strings.Join(all, ", ")
}
