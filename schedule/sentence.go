package schedule

import (
	"fmt"
	"strings"
	"time"
)

// Sentence says the rule in English, without a full stop: "Mondays, Wednesdays
// and Fridays at 18:00".
func (r Rule) Sentence() string {
	if r.IsZero() {
		return "Never"
	}
	s := r.daysSentence() + timesSentence(r.times)
	if r.every > 1 {
		s += fmt.Sprintf(", every %d weeks from %d %s %d", r.every, r.from.Day, r.from.Month, r.from.Year)
	}
	if rare := r.dates&(1<<29|1<<30|1<<31) != 0 || r.nth&(1<<5) != 0; rare && r.months == 0 {
		s += ", in months that have it"
	}
	return s
}

func (r Rule) daysSentence() string {
	in, of := "", "of the month"
	if months := monthNames(r.months); months != "" {
		in, of = " in "+months, "of "+months
	}
	switch {
	case r.nth != 0:
		var days []string
		for _, d := range weekOrder {
			if r.days&(1<<d) != 0 {
				days = append(days, d.String())
			}
		}
		return "The " + and(nthWords(r.nth)) + " " + and(days) + " " + of
	case r.dates == 0:
		return weekSentence(r.days) + in
	}
	var dates []string
	for d := 1; d <= 31; d++ {
		if r.dates&(1<<d) != 0 {
			dates = append(dates, ordinal(d))
		}
	}
	if r.dates&1 != 0 {
		dates = append(dates, "last day")
	}
	s := "The " + and(dates) + " " + of
	if r.days != 0 {
		s += " and " + weekSentence(r.days) + in
	}
	return s
}

func weekSentence(days uint8) string {
	switch days {
	case allDays:
		return "Every day"
	case weekdays:
		return "Mondays to Fridays"
	}
	var names []string
	for _, d := range weekOrder {
		if days&(1<<d) != 0 {
			names = append(names, d.String()+"s")
		}
	}
	return and(names)
}

// timesSentence lists times, or gives their step if there are many.
func timesSentence(times []Clock) string {
	if n := len(times); n > 4 {
		step := times[1] - times[0]
		even := true
		for i := range times[1:] {
			even = even && times[i+1]-times[i] == step
		}
		if even {
			every := fmt.Sprintf("%d minutes", step)
			if step == 60 {
				every = "hour"
			} else if step%60 == 0 {
				every = fmt.Sprintf("%d hours", step/60)
			}
			return fmt.Sprintf(", every %s from %s to %s", every, times[0], times[n-1])
		}
	}
	var words []string
	for _, t := range times {
		words = append(words, t.String())
	}
	return " at " + and(words)
}

func monthNames(months uint16) string {
	var names []string
	for m := time.January; m <= time.December; m++ {
		if months&(1<<m) != 0 {
			names = append(names, m.String())
		}
	}
	return and(names)
}

// and joins words as people list them.
func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
