package schedule

import (
	"fmt"
	"slices"
	"strings"
)

// A ParseError says why a rule could not be read: which words were not
// understood, by its fault what is wrong with them, and what would work.
type ParseError struct {
	Fault Fault
	Seen  string
	// Suggest is the text with a correction, which Read accepts; "" for none.
	Suggest string
	// Choices are what the text can mean, where that is two or three things.
	Choices []Choice

	at, end int      // of Seen in the text
	text    string   // the whole, where something may be put in place of Seen
	instead []string // what may stand in place of Seen
	try     []string // whole texts that may be meant
	ask     bool     // they are choices
}

// A Choice is one of the things that a text can mean: a text that Read accepts,
// and what it says.
type Choice struct {
	Text string
	Rule Rule
}

// further are faults of a correction that may be corrected in turn.
var further = []Fault{FaultWord, FaultNumber, FaultNoDay, FaultNoTime, FaultFrom, FaultOther, FaultZone}

// maxCorrections is how many faults of one text are corrected together.
const maxCorrections = 3

// help fills in what would work, of what may be meant.
func (e *ParseError) help(here Here) { e.correct(here, maxCorrections) }

// correct fills in what would work, with up to so many corrections.
func (e *ParseError) correct(here Here, more int) {
	for _, w := range e.instead {
		e.try = append(e.try, e.text[:e.at]+w+e.text[e.end:])
	}
	for _, text := range e.try {
		text = strings.Trim(strings.Join(strings.Fields(text), " "), " ,;-–&+/")
		text = strings.TrimSuffix(strings.TrimSuffix(text, " and"), " or")
		known := len(e.Choices)
		for _, c := range e.corrected(text, here, more) {
			if len(e.Choices) < 3 && !slices.ContainsFunc(e.Choices, func(o Choice) bool { return o.Rule.Equal(c.Rule) }) {
				e.Choices = append(e.Choices, c)
			}
		}
		if len(e.Choices) == 3 || !e.ask && len(e.Choices) > known {
			break
		}
	}
	if len(e.Choices) == 1 {
		e.Suggest, e.Choices = e.Choices[0].Text, nil
	}
	e.instead, e.try, e.text = nil, nil, ""
}

// corrected returns what a correction says, or what corrects it in turn: no days
// for words without any, and no second time.
func (e *ParseError) corrected(text string, here Here, more int) []Choice {
	r, err := read(text, here)
	switch {
	case err == nil:
		return []Choice{{text, r.Rule}}
	case more == 0 || !slices.Contains(further, err.Fault):
		return nil
	case err.Fault == FaultOther && e.Fault == FaultDays:
		return nil
	case err.Fault == FaultNoDay && (e.Fault == FaultNumber || len(err.try) == 0 || strings.HasPrefix(err.try[0], "daily ")):
		return nil
	}
	if err.correct(here, more-1); err.Suggest == "" {
		return slices.DeleteFunc(err.Choices, func(c Choice) bool { return err.Fault == FaultNumber && len(c.Rule.Times()) > 1 })
	}
	text = err.Suggest
	if r, err = read(text, here); err != nil {
		return nil
	}
	return []Choice{{text, r.Rule}}
}

// A Fault is one way in which a rule can be wrong.
type Fault string

// The faults.
const (
	FaultEmpty      Fault = "empty"       // nothing there
	FaultLong       Fault = "long"        // far longer than any rule
	FaultWord       Fault = "word"        // neither a day nor a time
	FaultTime       Fault = "time"        // a time that no clock shows
	FaultNumber     Fault = "number"      // a date or an hour: the text does not say which
	FaultDate       Fault = "date"        // no day of the calendar
	FaultNoDay      Fault = "no day"      // times, but no days
	FaultNoTime     Fault = "no time"     // days, but no time
	FaultTwice      Fault = "twice"       // the same time twice
	FaultMany       Fault = "many"        // more than MaxTimes a day
	FaultMixed      Fault = "mixed"       // a time or days that may belong to those before or after
	FaultDays       Fault = "days"        // weekdays, dates and weeks that don't go together
	FaultSpan       Fault = "span"        // a start with an end, or two lengths
	FaultHours      Fault = "hours"       // every so many hours
	FaultWeekday    Fault = "weekday"     // a date that is on another day of the week
	FaultCount      Fault = "count"       // twice a week, and not two days
	FaultRange      Fault = "range"       // half a range of days
	FaultWeeks      Fault = "weeks"       // every so many weeks, outside 1 to 52
	FaultFrom       Fault = "from"        // every two weeks or more, without a first day
	FaultOther      Fault = "other"       // every second Saturday: of the month, or every two weeks
	FaultZone       Fault = "zone"        // TZ= and the like
	FaultDescriptor Fault = "descriptor"  // @daily, @every 1h
	FaultCron       Fault = "cron"        // a field of five that cron can't read
	FaultFields     Fault = "cron fields" // not five of them
	FaultNever      Fault = "never"       // 30 February
)

// says has for each fault what is wrong and an example of what works.
var says = map[Fault][2]string{
	FaultEmpty:      {"a rule needs days and a time", "mon wed fri 18:00"},
	FaultLong:       {"is too long for a rule", "mon wed fri 18:00"},
	FaultWord:       {"is neither a day nor a time", "mon wed fri 18:00"},
	FaultTime:       {"is no time of day", "18:00, or 6:30pm"},
	FaultNumber:     {"could be an hour or a date", "mon 18:00, or 18th 09:00"},
	FaultDate:       {"is no day of the calendar", "2026-12-05"},
	FaultNoDay:      {"has a time, but no days", "daily 18:00"},
	FaultNoTime:     {"has days, but no time", "mon wed fri 18:00"},
	FaultTwice:      {"is there twice", "tue thu 07:00 18:00"},
	FaultMany:       {"is more than 24 times a day", "weekdays 09:00 12:00 15:00"},
	FaultMixed:      {"may belong to the days before it or after it", "mon 18:00 and wed 19:00"},
	FaultDays:       {"does not go with the days before it", "first mon 19:00, or 15th 19:00, or mon wed 19:00"},
	FaultSpan:       {"is a start and an end, which has no place here", "mon 18:00"},
	FaultHours:      {"names no time of day", "daily 09:00 11:00 13:00"},
	FaultWeekday:    {"is another day of the week", "5 Dec 10:00"},
	FaultCount:      {"does not fit the days and times beside it", "twice a week tue thu 18:00"},
	FaultRange:      {"needs a day before and after it", "mon-fri 18:00"},
	FaultWeeks:      {"weeks can't be counted; from 1 to 52 can", "every 2 weeks sat 09:00 from 2026-12-05"},
	FaultFrom:       {"needs the first day to count from", "every 2 weeks sat 09:00 from 2026-12-05"},
	FaultOther:      {"can mean two things", "every 2 weeks sat 09:00 from 2026-12-05, or second sat 09:00"},
	FaultZone:       {"is not part of a rule; the place's own zone counts", "daily 18:00"},
	FaultDescriptor: {"has no time of day", "daily 18:00"},
	FaultCron:       {"is not a field that cron has", "0 18 * * 1-5"},
	FaultFields:     {"has not five fields: minute, hour, day, month, weekday", "0 18 * * 1-5"},
	FaultNever:      {"is on a date that no year has", "0 18 28 2 *"},
}

// Example returns what would work instead: if it is made of other words, an
// example, or several with ", or " between.
func (e *ParseError) Example() string {
	switch {
	case e.Suggest != "":
		return e.Suggest
	case len(e.Choices) > 0:
		var texts []string
		for _, c := range e.Choices {
			texts = append(texts, c.Text)
		}
		return strings.Join(texts, ", or ")
	}
	return says[e.Fault][1]
}

// Error says it in English.
func (e *ParseError) Error() string {
	if e.Fault == FaultEmpty {
		return fmt.Sprintf("%s; what works: %s", says[e.Fault][0], e.Example())
	}
	return fmt.Sprintf("%q %s; what works: %s", e.Seen, says[e.Fault][0], e.Example())
}
