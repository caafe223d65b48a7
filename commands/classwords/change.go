package classwords

import (
	"slices"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
	"unpinch/timetable"
)

// Between is what changes between two states of a class.
func Between(was, is schedule.Series) timetable.Changed {
	c := timetable.Changed{From: was.Place.Name, Place: is.Place.Name,
		Now: timetable.ClassOf(was, time.UTC, time.Time{}), Want: timetable.ClassOf(is, time.UTC, time.Time{})}
	c.Fields = timetable.Differ(c.Now, c.Want)
	return c
}

// Changes say what changes about a class, a line for each field but the rule;
// single starts are on a clock.
func Changes(req *bot.Request, c timetable.Changed, zone *time.Location) []string {
	var lines []string
	for _, f := range c.Fields {
		if f != timetable.FieldRule {
			lines = append(lines, Change(req, c, f, zone))
		}
	}
	return lines
}

// Change says what changes about one field of a class.
func Change(req *bot.Request, c timetable.Changed, f timetable.Field, zone *time.Location) string {
	return req.Say("class.field."+string(f), bot.Args{"From": value(req, c.From, c.Now, f, zone), "To": value(req, c.Place, c.Want, f, zone)})
}

// Has says what a class has in one field but its place; single starts are on a
// clock.
func Has(req *bot.Request, c timetable.Class, f timetable.Field, zone *time.Location) string {
	return req.Say("class.has."+string(f), bot.Args{"Is": value(req, "", c, f, zone)})
}

// value says what a field of a class is, at a place.
func value(req *bot.Request, place string, c timetable.Class, f timetable.Field, zone *time.Location) string {
	some := func(is bool, said func() string) string {
		if !is {
			return req.Say("class.none")
		}
		return said()
	}
	minutes := func(d time.Duration) string {
		return req.Say("class.minutes", bot.Args{"Minutes": int(d / time.Minute)})
	}
	switch f {
	case timetable.FieldPlace:
		return card.Plain(place)
	case timetable.FieldRule:
		return Sentence(req, c.Rule)
	case timetable.FieldTitle:
		return some(c.Title != "", func() string { return card.Plain(c.Title) })
	case timetable.FieldLength:
		return minutes(c.Length)
	case timetable.FieldLead:
		return some(c.Lead > 0, func() string { return minutes(c.Lead) })
	case timetable.FieldCoolDown:
		return req.Say(card.Either(c.CoolDown, "class.yes", "class.no"))
	case timetable.FieldChannel:
		if c.Channel == "" {
			return req.Say("class.field_place")
		}
		return card.ChannelMention(c.Channel)
	case timetable.FieldRole:
		return some(c.Role != "", func() string { return card.RoleMention(c.Role) })
	case timetable.FieldUntil:
		return some(!c.Until.IsZero(), c.Until.String)
	case timetable.FieldPaused:
		return some(!c.PausedUntil.IsZero(), c.PausedUntil.String)
	case timetable.FieldSkips:
		return some(len(c.Skips) > 0, func() string { return skips(req, c.Skips, zone) })
	}
	return some(len(c.Moves) > 0, func() string { return moves(req, c.Moves, zone) })
}

func skips(req *bot.Request, all []time.Time, zone *time.Location) string {
	var said []string
	for _, at := range timetable.InOrder(all) {
		said = append(said, card.Kept(req.Say, at.In(zone)))
	}
	return strings.Join(said, req.Say("list.comma"))
}

func moves(req *bot.Request, all []schedule.Move, zone *time.Location) string {
	var said []string
	for _, m := range timetable.MovesInOrder(all) {
		said = append(said, req.Say("class.field_move", bot.Args{"From": card.Kept(req.Say, m.From.In(zone)), "To": card.Kept(req.Say, m.To.In(zone))}))
	}
	return strings.Join(said, req.Say("list.comma"))
}

// Only reports whether nothing changes about a class but some fields.
func Only(c timetable.Changed, some ...timetable.Field) bool {
	return !slices.ContainsFunc(c.Fields, func(f timetable.Field) bool { return !slices.Contains(some, f) })
}
