package input

import (
	"maps"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/pattern"
	"unpinch/schedule"
	"unpinch/timetable"
)

// Bounds of the days that can be closed.
const (
	ClosedAhead  = 400 // days from today
	ClosedAtOnce = 60  // days
)

// A Run is days in a row.
type Run struct{ First, Last schedule.Date }

// String returns the run as people write it: 2026-12-24, or
// 2026-12-25..2027-01-01.
func (r Run) String() string {
	if r.First == r.Last {
		return r.First.String()
	}
	return r.First.String() + ".." + r.Last.String()
}

// Words are the run on the calendar's own terms, with its days of the week.
func (r Run) Words(say schedule.Say) string {
	if r.First == r.Last {
		return schedule.DayYear.OfDay(say, r.First)
	}
	return schedule.DayYear.OfDay(say, r.First) + " – " + schedule.DayYear.OfDay(say, r.Last)
}

func (r Run) Days() (days []schedule.Date) {
	for d := r.First; !r.Last.Before(d); d = d.Add(1) {
		days = append(days, d)
	}
	return days
}

// Runs joins days, earliest first and none twice, into runs.
func Runs(days []schedule.Date) (all []Run) {
	for _, d := range days {
		if n := len(all); n > 0 && all[n-1].Last.Add(1) == d {
			all[n-1].Last = d
			continue
		}
		all = append(all, Run{d, d})
	}
	return all
}

func WriteRuns(all []Run) string {
	var texts []string
	for _, r := range all {
		texts = append(texts, r.String())
	}
	return strings.Join(texts, ", ")
}

func SayRuns(say schedule.Say, all []Run) string {
	var texts []string
	for _, r := range all {
		texts = append(texts, r.Words(say))
	}
	return strings.Join(texts, say("list.comma"))
}

// Between days stand commas, semicolons, the word and, or in what looks like days
// blanks; between the first and last of a run what timetable.PlainDays knows.
var (
	dayBreak  = pattern.New(`(?i)\s*[,;\n]\s*|\s+and\s+`)
	dayLike   = pattern.New(`^[0-9]{4}-[0-9-]+(?:\.\.[0-9-]+)?(?:\s+[0-9]{4}-[0-9-]+(?:\.\.[0-9-]+)?)*$`)
	yearBreak = pattern.New(`,\s*(20\d\d)(\s*(?:[,;\n]|$))`) // Dec 24, 2026
)

// ReadDays reads days as people write them, such as "2026-12-24,
// 2026-12-25..2027-01-01" and "24 Dec to 1 Jan", and returns each once, earliest
// first. It asks which day is meant where a text can be two.
func ReadDays(text string, today schedule.Date) ([]schedule.Date, error) {
	there := map[schedule.Date]bool{}
	plain := yearBreak().ReplaceAllString(timetable.PlainDays(text), " $1$2")
	for _, part := range dayBreak().Split(strings.Trim(plain, " \t\r\n,;"), -1) {
		words := []string{strings.TrimSpace(part)} // to be quoted as a whole
		if dayLike().MatchString(part) {
			words = strings.Fields(part)
		}
		for _, word := range words {
			r, err := readRun(text, word, today)
			if err != nil {
				return nil, err
			}
			for _, day := range r.Days() {
				there[day] = true
			}
		}
	}
	if len(there) > ClosedAtOnce {
		return nil, &bot.UserError{Key: "class.closed.many", Args: bot.Args{"Seen": len(there), "Most": ClosedAtOnce}}
	}
	return slices.SortedFunc(maps.Keys(there), func(a, b schedule.Date) int { return strings.Compare(a.String(), b.String()) }), nil
}

// readRun reads a word of a text: a day, or the first and last of several.
func readRun(text, word string, today schedule.Date) (r Run, err error) {
	last := today.Add(ClosedAhead)
	values := ClosedExample(today)
	values["Seen"], values["Today"], values["Last"] = Seen(word), today, last
	for _, end := range strings.SplitN(word, "..", 2) {
		if days := schedule.ReadDay(end, today); len(days) > 1 {
			return r, WhichDay(text, end, days)
		}
	}
	if r.First, r.Last, err = timetable.ParseDays(word, today); err != nil {
		return r, &bot.UserError{Key: "class.closed.odd", Args: values}
	}
	switch {
	case r.Last.Before(r.First):
		return r, &bot.UserError{Key: "class.closed.backwards", Args: values}
	case r.First.Before(today):
		return r, &bot.UserError{Key: "class.closed.past", Args: values}
	case last.Before(r.Last):
		return r, &bot.UserError{Key: "class.closed.far", Args: values}
	}
	return r, nil
}

// ClosedExample is days near today, for a sentence.
func ClosedExample(today schedule.Date) bot.Args {
	return bot.Args{"Day": today.Add(7), "Run": Run{today.Add(9), today.Add(12)}.String()}
}
