// Package timetable reads and writes a server's timetable as a file and as
// lines of a form, says what a file would change, and reads what other
// reminder bots export. It reads no clock, and changes nothing.
package timetable

import (
	"time"

	"unpinch/schedule"
)

// Bounds of a class, and what one has that says nothing else.
const (
	MinLength = 5 * time.Minute
	MaxLength = 24 * time.Hour
	MaxLead   = 120 * time.Minute
	MaxTitle  = 60 // characters

	MaxClosed = 400 // days of a place
	MaxStarts = 200 // skips of a class, and moves: all are looked through for each start

	DefaultLength = 60 * time.Minute
	DefaultLead   = 10 * time.Minute
)

// A File is the timetable of a server.
type File struct{ Places []Place }

// A Place is one place of the file. No other place has its name, in capitals
// or not.
type Place struct {
	Name    string
	Zone    string // IANA, as Europe/Lisbon
	Country string // whose weekdays its rules are written with; no file has it
	Closed  []schedule.Date
	Classes []Class
}

// A Class is one class of a place, as a file has it: a schedule.Series without
// what the server knows.
type Class struct {
	ID          int64 // 0 for a class that has none yet
	Rule        schedule.Rule
	Title       string        // "" for none
	Length      time.Duration // whole minutes
	Lead        time.Duration // whole minutes; 0 for no post before
	WarmUp      schedule.Focus
	CoolDown    bool
	Event       bool          // its next start stands in the server's events
	Channel     string        // "" for the place's
	Role        string        // pinged by the post before; "" for none
	Until       schedule.Date // the last day that has starts; none if zero
	PausedUntil schedule.Date // the first day that has starts again; no pause if zero
	Skips       []schedule.Slot
	Moves       []schedule.Move
}
