package schedule

import "fmt"

// A ParseError says why a rule could not be read: what was seen, and by its
// fault what is wrong with it and what would work.
type ParseError struct {
	Fault Fault
	Seen  string
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
	FaultMixed      Fault = "mixed"       // days after days with their times
	FaultDays       Fault = "days"        // weekdays, dates and weeks that don't go together
	FaultSpan       Fault = "span"        // a start with an end
	FaultRange      Fault = "range"       // half a range of days
	FaultWeeks      Fault = "weeks"       // every so many weeks, outside 1 to 52
	FaultFrom       Fault = "from"        // every two weeks or more, without a first day
	FaultNoWeeks    Fault = "no weeks"    // a first day without every two weeks or more
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
	FaultTime:       {"is no time of day", "18:00 or 6:30pm"},
	FaultNumber:     {"could be an hour or a date", "18:00 for the hour, 18th for the date"},
	FaultDate:       {"is no day of the calendar", "2026-12-05"},
	FaultNoDay:      {"has a time, but no days", "daily 18:00"},
	FaultNoTime:     {"has days, but no time", "mon wed fri 18:00"},
	FaultTwice:      {"is there twice", "tue thu 07:00 18:00"},
	FaultMany:       {"is more than 24 times a day", "weekdays 09:00 12:00 15:00"},
	FaultMixed:      {"begins a second rule; save one for each", "mon 18:00, and then wed 19:00"},
	FaultDays:       {"does not go with the days before it", "first mon 19:00, or 15th 19:00, or mon wed 19:00"},
	FaultSpan:       {"is a start and an end; the length is set apart", "mon 18:00"},
	FaultRange:      {"needs a day before and after it", "mon-fri 18:00"},
	FaultWeeks:      {"weeks can't be counted; from 1 to 52 can", "every 2 weeks sat 09:00 from 2026-12-05"},
	FaultFrom:       {"needs the first day to count from", "every 2 weeks sat 09:00 from 2026-12-05"},
	FaultNoWeeks:    {"only goes with every so many weeks", "every 2 weeks sat 09:00 from 2026-12-05"},
	FaultOther:      {"can mean two things", "every 2 weeks sat 09:00 from 2026-12-05, or second sat 09:00"},
	FaultZone:       {"is not part of a rule; the place's own zone counts", "daily 18:00"},
	FaultDescriptor: {"has no time of day", "daily 18:00"},
	FaultCron:       {"is not a field that cron has", "0 18 * * 1-5"},
	FaultFields:     {"has not five fields: minute, hour, day, month, weekday", "0 18 * * 1-5"},
	FaultNever:      {"is on a date that no year has", "0 18 28 2 *"},
}

// Example returns what would work instead.
func (e *ParseError) Example() string { return says[e.Fault][1] }

// Error says it in English.
func (e *ParseError) Error() string {
	if e.Fault == FaultEmpty {
		return fmt.Sprintf("%s; what works: %s", says[e.Fault][0], e.Example())
	}
	return fmt.Sprintf("%q %s; what works: %s", e.Seen, says[e.Fault][0], e.Example())
}
