package schedule

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Sentence says the rule, without a full stop: "Mondays, Wednesdays and Fridays
// at 18:00". It knows which parts a rule has; their words and their order are
// the catalogue's.
func (r Rule) Sentence(say Say) string {
	if r.IsZero() {
		return say("rule.never")
	}
	weeks, once := len(r.parts) == 1 && r.parts[0].every > 1, true
	var some []string
	for _, p := range r.parts {
		some = append(some, p.sentence(say, r.from, weeks))
		once = once && len(p.once) > 0
	}
	s := some[0]
	if n := len(some); n > 1 {
		s = say("rule.and", args{"Some": strings.Join(some[:n-1], say("rule.and_comma")), "Last": some[n-1]})
	}
	if !r.from.IsZero() && !weeks {
		s = say("rule.from", args{"Rule": s, "From": DateLong.OfDay(say, r.from)})
	}
	if !r.until.IsZero() {
		s = say("rule.until", args{"Rule": s, "Until": DateLong.OfDay(say, r.until)})
	}
	return capital(s)
}

// Weekdays lists the days that the word weekdays means in a country, if those are
// not Monday to Friday and a part of the rule is on them; else it returns "".
func (r Rule) Weekdays(say Say, country string) string {
	days := workweek(country)
	for _, p := range r.parts {
		if days != weekdays && p.days == days {
			return List(say, weekdaysIn(say, "day.name.", days))
		}
	}
	return ""
}

// sentence says one part; in so many weeks it names the first day if told so.
func (p part) sentence(say Say, from Date, first bool) string {
	key := ""
	switch {
	case len(p.once) > 0:
		var days []string
		for _, d := range p.once {
			days = append(days, DayYear.OfDay(say, d))
		}
		return timesSentence(say, say("rule.once", args{"Dates": List(say, days)}), p.times)
	case p.every > 1 && p.daily:
		s := timesSentence(say, say("rule.every_days", args{"count": p.every}), p.times)
		if first {
			s = say("rule.from", args{"Rule": s, "From": DateLong.OfDay(say, from)})
		}
		return s
	case p.every > 1 && first:
		key = "rule.weeks"
	case p.every > 1:
		key = "rule.weeks_only"
	}
	s := timesSentence(say, p.daysSentence(say), p.times)
	if key != "" {
		s = say(key, args{"Rule": s, "count": p.every, "From": DateLong.OfDay(say, from)})
	}
	if rare := p.dates&(1<<29|1<<30|1<<31) != 0 && p.dates&1 == 0 || p.nth&(1<<5) != 0 && !p.among; rare && p.months == 0 {
		s = say("rule.rare", args{"Rule": s})
	}
	return s
}

func (p part) daysSentence(say Say) string {
	months := monthsSentence(say, p.months)
	switch {
	case p.nth != 0:
		return p.nthSentence(say, months)
	case p.dates == 0:
		return weekSentence(say, p.days, months)
	case p.days == 0:
		return datesSentence(say, p.dates, months)
	}
	return say("rule.either", args{"Dates": datesSentence(say, p.dates, months), "Days": weekSentence(say, p.days, months)})
}

// nthSentence says which weekdays of the month, or of some months.
func (p part) nthSentence(say Say, months string) string {
	days := List(say, weekdaysIn(say, "day.name.", p.days))
	switch {
	case p.among && p.days == weekdays:
		days = say("rule.a_weekday")
	case p.among:
		days = say("rule.a_day_among", args{"Days": days})
	}
	key := "rule.nth_of_month"
	if months != "" {
		key = "rule.nth_of"
	}
	return say(key, args{"Which": nthsSentence(say, p.nth), "Days": days, "Months": months})
}

func weekSentence(say Say, days uint8, months string) string {
	week := ""
	switch days {
	case allDays:
		week = say("rule.every_day")
	case weekdays:
		week = say("rule.weekdays")
	default:
		week = List(say, weekdaysIn(say, "day.plural.", days))
	}
	if months == "" {
		return week
	}
	return say("rule.week_in", args{"Days": week, "Months": months})
}

// weekdaysIn names weekdays, Monday first, by the keys that begin so.
func weekdaysIn(say Say, keys string, days uint8) (names []string) {
	for _, d := range weekOrder {
		if days&(1<<d) != 0 {
			names = append(names, say(keys+strings.ToLower(d.String())))
		}
	}
	return names
}

func nthsSentence(say Say, nth uint8) string {
	words := nthWords(nth)
	for i, w := range words {
		words[i] = say("rule.nth." + w)
	}
	return List(say, words)
}

func datesSentence(say Say, dates uint32, months string) string {
	var words []string
	for d := 1; d <= 31; d++ {
		if dates&(1<<d) != 0 {
			words = append(words, say("rule.date."+strconv.Itoa(d)))
		}
	}
	if dates&1 != 0 {
		words = append(words, say("rule.date.last"))
	}
	if months == "" {
		return say("rule.dates_of_month", args{"Dates": List(say, words)})
	}
	return say("rule.dates_of", args{"Dates": List(say, words), "Months": months})
}

// timesSentence lists times after days, or gives their step if there are many.
func timesSentence(say Say, days string, times []Clock) string {
	if n := len(times); n > 4 {
		step := times[1] - times[0]
		even := true
		for i := range times[1:] {
			even = even && times[i+1]-times[i] == step
		}
		if even {
			key, count := "rule.minutes", int(step)
			if step%60 == 0 {
				key, count = "rule.hours", int(step/60)
			}
			return say(key, args{"Days": days, "count": count, "From": times[0].String(), "To": times[n-1].String()})
		}
	}
	var words []string
	for _, t := range times {
		words = append(words, t.String())
	}
	return say("rule.at", args{"Days": days, "Times": List(say, words)})
}

func monthsSentence(say Say, months uint16) string {
	var names []string
	for m := time.January; m <= time.December; m++ {
		if months&(1<<m) != 0 {
			names = append(names, say("month.name."+strings.ToLower(m.String())))
		}
	}
	return List(say, names)
}

// capital begins a sentence: the words of days and months are written small in
// many languages.
func capital(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}
