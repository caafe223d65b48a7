package class

import (
	"slices"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/pattern"
	"unpinch/schedule"
)

// weekly is a rule of days of the week and times.
var weekly = pattern.New(`^(?:(?:mon|tue|wed|thu|fri|sat|sun|daily|weekdays|weekends) )+\d\d:\d\d(?: \d\d:\d\d)*$`)

// byDay says classes as a week: each on its days, by its times.
func byDay(req *bot.Request, drafts []schedule.Series) (all []shown) {
	type at struct {
		clock schedule.Clock
		text  string
	}
	week, others := map[time.Weekday][]at{}, []string{}
	for _, d := range drafts {
		if d.Removes {
			continue
		}
		if !weekly().MatchString(d.Rule.String()) {
			others = append(others, lasting(req, classwords.Line(req, d), d))
			continue
		}
		for _, w := range weekdaysOf(d.Rule) {
			for _, t := range d.Rule.Times() {
				week[w] = append(week[w], at{t, span(req, t, d)})
			}
		}
	}
	for i := range 7 {
		w := time.Weekday((i + 1) % 7)
		slices.SortStableFunc(week[w], func(a, b at) int { return int(a.clock - b.clock) })
		head := req.Say("class.paste.day", bot.Args{"Day": schedule.Weekday(req.Say, w), "count": len(week[w])})
		for _, one := range week[w] {
			all = append(all, shown{head, one.text})
		}
	}
	for _, text := range others {
		all = append(all, shown{req.Say("class.paste.other_days"), "- " + text})
	}
	return all
}

// span says a start of a class with its end and its title.
func span(req *bot.Request, t schedule.Clock, d schedule.Series) string {
	end := (t + schedule.Clock(d.Length/time.Minute)) % (24 * 60)
	text := "- " + req.Say("class.paste.span", bot.Args{"From": t.String(), "To": end.String()})
	if d.Title != "" {
		text = card.Joined(text, card.Plain(d.Title))
	}
	return lasting(req, text, d)
}

// lasting says of a class its last day, and that it is a change.
func lasting(req *bot.Request, text string, d schedule.Series) string {
	if !d.Until.IsZero() {
		text = card.Joined(text, req.Say("class.paste.until", bot.Args{"Day": schedule.DayYear.OfDay(req.Say, d.Until)}))
	}
	if d.DraftOf != 0 {
		text = card.Joined(text, req.Say("class.paste.is_change"))
	}
	return text
}

// weekdaysOf are the days of a weekly rule.
func weekdaysOf(r schedule.Rule) (all []time.Weekday) {
	for _, word := range strings.Fields(days(r)) {
		for w := time.Sunday; w <= time.Saturday; w++ {
			weekend := w == time.Sunday || w == time.Saturday
			if word == strings.ToLower(w.String()[:3]) || word == "daily" || word == "weekends" && weekend || word == "weekdays" && !weekend {
				all = append(all, w)
			}
		}
	}
	return all
}
