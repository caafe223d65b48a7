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
	s := timesSentence(say, r.daysSentence(say), r.times)
	if r.every > 1 {
		s = say("rule.weeks", args{"Rule": s, "count": r.every, "From": DateLong.OfDay(say, r.from)})
	}
	if rare := r.dates&(1<<29|1<<30|1<<31) != 0 || r.nth&(1<<5) != 0; rare && r.months == 0 {
		s = say("rule.rare", args{"Rule": s})
	}
	return capital(s)
}

func (r Rule) daysSentence(say Say) string {
	months := monthsSentence(say, r.months)
	switch {
	case r.nth != 0: // which no rule with months has
		return say("rule.nth_of_month", args{"Which": nthsSentence(say, r.nth), "Days": List(say, weekdaysIn(say, "day.name.", r.days))})
	case r.dates == 0:
		return weekSentence(say, r.days, months)
	case r.days == 0:
		return datesSentence(say, r.dates, months)
	}
	return say("rule.either", args{"Dates": datesSentence(say, r.dates, months), "Days": weekSentence(say, r.days, months)})
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
