package timetable

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"unpinch/pattern"
	"unpinch/schedule"
)

// The codes of other bots' files.
const (
	CodeCSV    Code = "csv"    // not CSV; Seen is what its reader says
	CodeJSON   Code = "json"   // not JSON; Seen is what its reader says
	CodeSource Code = "source" // something that every file of that bot has is not there
)

// A Kind is what a file is written in.
type Kind string

// The kinds.
const (
	KindYAML Kind = "yaml" // a file of ours, or nothing at all
	KindCSV  Kind = "csv"  // reminder-bot.com's export
	KindJSON Kind = "json"
	KindText Kind = "text" // anything else, such as a timetable of people's own
)

// Sniff says what a file is written in: JSON by its first sign, CSV by columns
// that only one other bot has, YAML by the keys that every file of ours has.
func Sniff(data []byte) Kind {
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte(bom)))
	if len(data) > 0 && (data[0] == '{' || data[0] == '[') {
		return KindJSON
	}
	first, _, _ := bytes.Cut(data, []byte("\n"))
	has := func(column string) bool { return bytes.Contains(first, []byte(column)) }
	switch {
	case has("utc_time"), has("interval_"), has("channel") && has("enabled"):
		return KindCSV
	case len(data) == 0 || yamlKey().Match(data):
		return KindYAML
	}
	return KindText
}

// yamlKey is a key that every file of ours has.
var yamlKey = pattern.New(`(?m)^["']?(?:version|places)["']?\s*:`)

const bom = "\ufeff"

// MaxImport is how large another bot's file may be, in bytes. Those have
// pictures in them.
const MaxImport = 4 << 20

// maxReminders is how many reminders another bot's file may have: far more than
// a server has room for classes.
const maxReminders = 1000

// tooMany says that a file has so many reminders.
func tooMany(count int) Faults {
	return Faults{{Code: CodeCrowded, Seen: strconv.Itoa(count), Example: strconv.Itoa(maxReminders)}}
}

// Imported is what another bot's file has for us.
type Imported struct {
	Classes []ImportedClass
	Skipped []Skipped
}

// An ImportedClass is a recurring reminder as a class: it starts when the
// reminder came, lasts an hour and has both posts. The reminder's text is left
// behind.
type ImportedClass struct {
	Class   Class
	Channel string // where the reminder was sent
	Zone    string // the clock of its rule, IANA
	From    string // its name, or its id where it has none
}

// A Skipped is a reminder that makes no class, and why.
type Skipped struct {
	Source string // its name, or its id where it has none
	Why    Why
}

// A Why is a stable word for why a reminder makes no class.
type Why string

// The reasons.
const (
	WhyOff        Why = "off"        // it was turned off or paused
	WhyOnce       Why = "once"       // it comes once
	WhyOver       Why = "over"       // its last day is past, seen from its next one
	WhyInterval   Why = "interval"   // it comes back on no weekly, daily or monthly days
	WhyOften      Why = "often"      // above 24 times a day
	WhyMonthEnd   Why = "month_end"  // monthly from a 29th or later, which moves in short months
	WhyBoth       Why = "both"       // on days that are a date and a weekday at once
	WhyPerson     Why = "person"     // it goes to a member, not to a channel
	WhyChannel    Why = "channel"    // its channel is unknown
	WhyZone       Why = "zone"       // its clock is unknown
	WhyUnreadable Why = "unreadable" // its time or rule can't be read
)

// importedClass makes a class of a rule.
func importedClass(rule string) (Class, Why) {
	r, err := schedule.Parse(rule)
	if p, ok := errors.AsType[*schedule.ParseError](err); ok && p.Fault == schedule.FaultMany {
		return Class{}, WhyOften
	}
	if err != nil {
		return Class{}, WhyUnreadable
	}
	return Class{Rule: r, Length: DefaultLength, Lead: DefaultLead, CoolDown: true}, ""
}

// everyDays writes the rule of a reminder that comes back after so many days,
// on the clock of its next time.
func everyDays(days int, next time.Time) (rule string, why Why) {
	weekday := strings.ToLower(next.Weekday().String()[:3])
	switch weeks := days / 7; {
	case days == 1:
		return "daily " + next.Format("15:04"), ""
	case days == 7:
		return weekday + " " + next.Format("15:04"), ""
	case days > 7 && days%7 == 0 && weeks <= 52:
		return fmt.Sprintf("every %d weeks %s %s from %s", weeks, weekday, next.Format("15:04"), next.Format(time.DateOnly)), ""
	}
	return "", WhyInterval
}

// lastDay returns the last day on which a reminder at a time of day comes, if
// none comes after an instant on the same clock.
func lastDay(end, next time.Time) schedule.Date {
	end = end.In(next.Location())
	if end.Hour()*60+end.Minute() < next.Hour()*60+next.Minute() {
		end = end.AddDate(0, 0, -1)
	}
	return schedule.DateOf(end)
}
