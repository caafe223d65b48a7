// Package classwords says classes, what changes about one, and what is wrong
// with a line or a file of them.
package classwords

import (
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/schedule"
	"unpinch/timetable"
)

const (
	lineMax = 160 // characters of a class in a list of several
	// FaultsMax is how many faults a card names.
	FaultsMax = 10
)

// Sentence says a rule, or that what is stored can't be read.
func Sentence(req *bot.Request, r schedule.Rule) string {
	if r.IsZero() {
		return req.Say("class.unreadable")
	}
	return r.Sentence(req.Say)
}

// Line is a class in a list.
func Line(req *bot.Request, s schedule.Series) string {
	line := Sentence(req, s.Rule)
	if s.Purpose != schedule.ForDesk {
		line = card.Joined(line, req.Say("class.minutes", bot.Args{"Minutes": int(s.Length.Minutes())}))
	}
	if s.Title != "" {
		line = card.Joined(line, card.Plain(s.Title))
	}
	return card.Cut(line, lineMax)
}

// Some are as many of a list as fit, and how many more there are.
func Some(req *bot.Request, lines []string, most int) []string {
	if more := len(lines) - most; more > 0 {
		return append(lines[:most:most], req.Say("class.more", bot.Args{"count": more}))
	}
	return lines
}

// AllRow leads to the list of all classes.
func AllRow(req *bot.Request) bot.Row {
	return bot.Row{{Label: req.Say("class.button.list"), ID: button.ClassID.For(button.ClassState{Act: button.ActWeek, ID: 0, N: 0})}}
}

// Fault says what is wrong with a line or a part of a file.
func Fault(req *bot.Request, f timetable.Fault) string {
	if f.Rule != nil {
		ue := input.RuleFault(f.Rule)
		return req.Say(ue.Key, ue.Args)
	}
	example := card.Plain(f.Example)
	if f.Code == timetable.CodeOrder || f.Code == timetable.CodeQuote { // whose words stand in marks of code
		example = card.Code(f.Example)
	}
	return req.Say("class.file.fault."+string(f.Code), bot.Args{"Seen": input.Seen(f.Seen), "Example": example, "Key": f.Text})
}

// Clocks says the times of day of some slots.
func Clocks(req *bot.Request, all []schedule.Slot) string {
	var said []string
	for _, s := range all {
		said = append(said, s.Clock.String())
	}
	return strings.Join(said, req.Say("list.comma"))
}

// Lapsed says that the start of an exception is not planned any more.
func Lapsed(req *bot.Request, u schedule.Unclear) string {
	if u.To.IsZero() {
		return req.Say("class.contract.lapsed_skip", bot.Args{"Wall": card.Slot(req.Say, u.Slot)})
	}
	return req.Say("class.contract.lapsed_move", bot.Args{"Wall": card.Slot(req.Say, u.Slot), "To": card.Slot(req.Say, u.To)})
}
