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
		Now: timetable.ClassOf(was, schedule.Slot{}), Want: timetable.ClassOf(is, schedule.Slot{})}
	c.Fields = timetable.Differ(c.Now, c.Want)
	return c
}

// Changes say what changes about a class, a line for each field but the rule.
func Changes(req *bot.Request, c timetable.Changed) []string {
	var lines []string
	for _, f := range c.Fields {
		if f != timetable.FieldRule {
			lines = append(lines, Change(req, c, f))
		}
	}
	return lines
}

// Change says what changes about one field of a class.
func Change(req *bot.Request, c timetable.Changed, f timetable.Field) string {
	return req.Say("class.field."+string(f), bot.Args{"From": value(req, c.From, c.Now, f), "To": value(req, c.Place, c.Want, f)})
}

// Has says what a class has in one field but its place.
func Has(req *bot.Request, c timetable.Class, f timetable.Field) string {
	return req.Say("class.has."+string(f), bot.Args{"Is": value(req, "", c, f)})
}

// value says what a field of a class is, at a place.
func value(req *bot.Request, place string, c timetable.Class, f timetable.Field) string {
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
	case timetable.FieldWarmUp:
		return req.Say("class.warm_up." + c.WarmUp.String())
	case timetable.FieldCoolDown:
		return req.Say(card.Either(c.CoolDown, "class.yes", "class.no"))
	case timetable.FieldEvent:
		return req.Say(card.Either(c.Event, "class.yes", "class.no"))
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
		return some(len(c.Skips) > 0, func() string { return skips(req, c.Skips) })
	}
	return some(len(c.Moves) > 0, func() string { return moves(req, c.Moves) })
}

func skips(req *bot.Request, all []schedule.Slot) string {
	var said []string
	for _, s := range timetable.InOrder(all) {
		said = append(said, card.Slot(req.Say, s))
	}
	return strings.Join(said, req.Say("list.comma"))
}

func moves(req *bot.Request, all []schedule.Move) string {
	var said []string
	for _, m := range timetable.MovesInOrder(all) {
		said = append(said, req.Say("class.field_move", bot.Args{"From": card.Slot(req.Say, m.From), "To": card.Slot(req.Say, m.To)}))
	}
	return strings.Join(said, req.Say("list.comma"))
}

// Only reports whether nothing changes about a class but some fields.
func Only(c timetable.Changed, some ...timetable.Field) bool {
	return !slices.ContainsFunc(c.Fields, func(f timetable.Field) bool { return !slices.Contains(some, f) })
}
