package schedule

import (
	"strings"
	"time"
)

// A Say returns the words of a key of the message catalogue in one language.
// args fill what the words leave open; args["count"], an int, picks the plural.
type Say = func(key string, args ...map[string]any) string

type args = map[string]any

// A Form is a way to say a day or an instant: the catalogue's key for it, whose
// words put the parts Weekday, Day, Month, Year and Time in their order.
type Form string

// The forms, in English.
const (
	DateShort  Form = "date.short"     // 2 Jan
	DateLong   Form = "date.long"      // 2 January 2006
	DayShort   Form = "date.day"       // Mon 2 Jan
	DayYear    Form = "date.day_year"  // Mon 2 Jan 2006
	DayLong    Form = "date.day_long"  // Monday 2 January
	Wall       Form = "date.wall"      // Mon 2 Jan 15:04
	WallYear   Form = "date.wall_year" // Mon 2 Jan 2006 15:04
	WallInText Form = "date.wall_text" // Mon 2 Jan, 15:04

	shortYear    Form = "date.short_year"     // 2 Jan 2006
	wallTextYear Form = "date.wall_text_year" // Mon 2 Jan 2006, 15:04
)

// farMonths is how far away a day is that could be taken for one of another year.
const farMonths = 11

// From is Of as it reads at an instant: with the year of what is more than eleven
// months away.
func (f Form) From(say Say, now, at time.Time) string {
	if at.Before(now.AddDate(0, farMonths, 0)) && at.After(now.AddDate(0, -farMonths, 0)) {
		return f.Of(say, at)
	}
	switch f {
	case DateShort:
		f = shortYear
	case DayShort:
		f = DayYear
	case Wall:
		f = WallYear
	case WallInText:
		f = wallTextYear
	}
	return f.Of(say, at)
}

// Of says an instant on its own zone's clock.
func (f Form) Of(say Say, at time.Time) string {
	weekday, month := "day.short.", "month.short."
	if f == DateLong || f == DayLong {
		weekday, month = "day.name.", "month.of."
	}
	return say(string(f), args{
		"Weekday": say(weekday + strings.ToLower(at.Weekday().String())),
		"Day":     at.Day(),
		"Month":   say(month + strings.ToLower(at.Month().String())),
		"Year":    at.Year(),
		"Time":    at.Format("15:04"),
	})
}

// OfDay says a day.
func (f Form) OfDay(say Say, d Date) string { return f.Of(say, d.Start(time.UTC)) }

// Weekday names a day of the week in full, as "Monday".
func Weekday(say Say, d time.Weekday) string { return say("day.name." + strings.ToLower(d.String())) }

// WeekdayShort names a day of the week as "Mon".
func WeekdayShort(say Say, d time.Weekday) string {
	return say("day.short." + strings.ToLower(d.String()))
}

// List joins words as people list them: "a, b and c".
func List(say Say, words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return say("list.and", args{"Some": strings.Join(words[:last], say("list.comma")), "Last": words[last]})
}
