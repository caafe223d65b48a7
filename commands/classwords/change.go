package classwords

import (
	"regexp"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
	"unpinch/timetable"
)

// FieldsOf returns what differs between two states of a class, as a file has it.
func FieldsOf(was, is schedule.Series) []timetable.Field {
	file := func(s schedule.Series) timetable.File {
		c := timetable.ClassOf(s, time.UTC, time.Time{})
		c.ID = 1
		return timetable.File{Places: []timetable.Place{{Name: s.Place.Name, Zone: s.Place.Zone, Classes: []timetable.Class{c}}}}
	}
	for _, changed := range timetable.Diff(file(was), file(is)).Change {
		return changed.Fields
	}
	return nil
}

// Changes say what changes, but for the rule.
func Changes(req *bot.Request, fields []timetable.Field) []string {
	var lines []string
	for _, f := range fields {
		if f.Name != "at" {
			lines = append(lines, Change(req, f, time.UTC)) // no single starts are among them
		}
	}
	return lines
}

// Change says what changes about one field; single starts are on a clock.
func Change(req *bot.Request, f timetable.Field, zone *time.Location) string {
	return req.Say("class.field."+f.Name, bot.Args{"From": fieldValue(req, f.Name, f.From, zone), "To": fieldValue(req, f.Name, f.To, zone)})
}

// fieldValue says the value of a field of a file.
func fieldValue(req *bot.Request, name, value string, zone *time.Location) string {
	switch {
	case value == "" && name == "channel":
		return req.Say("class.field_place")
	case value == "", name == "before_min" && value == "0":
		return req.Say("class.none")
	}
	switch name {
	case "length_min", "before_min":
		return req.Say("class.minutes", bot.Args{"Minutes": value})
	case "cool_down":
		return req.Say(card.Either(value == "true", "class.yes", "class.no"))
	case "channel":
		return card.ChannelMention(value)
	case "ping":
		return card.RoleMention(value)
	case "at":
		if r, err := schedule.Parse(value); err == nil {
			return r.Sentence(req.Say)
		}
	case "skips", "moves":
		return instantPattern.ReplaceAllStringFunc(value, func(text string) string {
			at, err := time.Parse(time.RFC3339, text)
			if err != nil {
				return text
			}
			return card.Wall(req.Say, at.In(zone))
		})
	}
	return card.Plain(value)
}

// instantPattern finds the instants in a field of single starts.
var instantPattern = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`)
