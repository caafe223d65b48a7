package commands

import (
	"regexp"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/schedule"
)

// Bounds of the days that can be closed.
const (
	closedAhead  = 400 // days from today
	closedAtOnce = 60  // days
)

// A run is days in a row.
type run struct{ first, last schedule.Date }

// String returns the run as people write it: 2026-12-24, or
// 2026-12-25..2027-01-01.
func (r run) String() string {
	if r.first == r.last {
		return r.first.String()
	}
	return r.first.String() + ".." + r.last.String()
}

// words are the run on the calendar's own terms, with its days of the week.
func (r run) words(say schedule.Say) string {
	if r.first == r.last {
		return schedule.DayYear.OfDay(say, r.first)
	}
	return schedule.DayYear.OfDay(say, r.first) + " – " + schedule.DayYear.OfDay(say, r.last)
}

func (r run) days() (days []schedule.Date) {
	for d := r.first; !r.last.Before(d); d = d.Add(1) {
		days = append(days, d)
	}
	return days
}

// runs joins days, earliest first and none twice, into runs.
func runs(days []schedule.Date) (all []run) {
	for _, d := range days {
		if n := len(all); n > 0 && all[n-1].last.Add(1) == d {
			all[n-1].last = d
			continue
		}
		all = append(all, run{d, d})
	}
	return all
}

func writeRuns(all []run) string {
	var texts []string
	for _, r := range all {
		texts = append(texts, r.String())
	}
	return strings.Join(texts, ", ")
}

func sayRuns(say schedule.Say, all []run) string {
	var texts []string
	for _, r := range all {
		texts = append(texts, r.words(say))
	}
	return strings.Join(texts, say("list.comma"))
}

// Between days stand commas, semicolons, or in what looks like days blanks;
// between the first and last of a run two dots or more, or a dash that is no
// hyphen, as phones write them.
var (
	dayBreak = regexp.MustCompile(`\s*[,;\n]\s*`)
	dayLike  = regexp.MustCompile(`[0-9]-[0-9]`)
	runMark  = regexp.MustCompile(`\s*(?:\.{2,}|[…–—])\s*`)
)

// readDays reads days as people write them, such as "2026-12-24,
// 2026-12-25..2027-01-01", and returns each once, earliest first.
func readDays(text string, today schedule.Date) ([]schedule.Date, error) {
	var days []schedule.Date
	for _, part := range dayBreak.Split(strings.Trim(runMark.ReplaceAllString(text, ".."), " \t\r\n,;"), -1) {
		words := []string{part} // to be quoted as a whole
		if dayLike.MatchString(part) {
			words = strings.Fields(part)
		}
		for _, word := range words {
			r, err := readRun(word, today)
			if err != nil {
				return nil, err
			}
			days = append(days, r.days()...)
		}
	}
	slices.SortFunc(days, func(a, b schedule.Date) int { return strings.Compare(a.String(), b.String()) })
	if days = slices.Compact(days); len(days) > closedAtOnce {
		return nil, &bot.UserError{Key: "class.closed.many", Args: bot.Args{"Seen": len(days), "Most": closedAtOnce}}
	}
	return days, nil
}

// readRun reads a day, or the first and last of several.
func readRun(word string, today schedule.Date) (r run, err error) {
	from, to, several := strings.Cut(word, "..")
	if !several {
		to = from
	}
	last := today.Add(closedAhead)
	if r.first, err = schedule.ParseDate(from); err == nil {
		r.last, err = schedule.ParseDate(to)
	}
	values := closedExample(today)
	values["Seen"], values["Today"], values["Last"] = plain(seen(word)), today, last
	switch {
	case err != nil:
		return r, &bot.UserError{Key: "class.closed.odd", Args: values}
	case r.last.Before(r.first):
		return r, &bot.UserError{Key: "class.closed.backwards", Args: values}
	case r.first.Before(today):
		return r, &bot.UserError{Key: "class.closed.past", Args: values}
	case last.Before(r.last):
		return r, &bot.UserError{Key: "class.closed.far", Args: values}
	}
	return r, nil
}

// closedExample is days near today, for a sentence.
func closedExample(today schedule.Date) bot.Args {
	return bot.Args{"Day": today.Add(7), "Run": run{today.Add(9), today.Add(12)}.String()}
}
