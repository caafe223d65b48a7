package schedule

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"unpinch/pattern"
	"unpinch/visible"
)

// MaxTimes is how many times a day a rule may run.
const MaxTimes = 24

const (
	// maxLength is longer than 24 times and all their days.
	maxLength = 300
	// maxParts is how many rules may be in one.
	maxParts = 14
)

// Here is what the text of a person is read against: the day on the place's own
// clock, and the place's country as in Place, whose weekdays count. Without a
// day only dates with their year can be read.
type Here struct {
	Today   Date
	Country string
}

// Here returns what a member's texts are read against at an instant, on a zone's
// clock.
func (m Member) Here(now time.Time, zone *time.Location) Here {
	return Here{DateOf(now.In(zone)), m.Country}
}

// Here returns what texts for the place are read against at an instant, or a
// *ZoneError if there is no such zone.
func (p Place) Here(now time.Time, zones *Zones) (Here, error) {
	zone, err := zones.Location(p.Zone)
	if err != nil {
		return Here{}, err
	}
	return Here{DateOf(now.In(zone)), p.Country}, nil
}

// A Reading is what a text says about when something starts.
type Reading struct {
	Rule   Rule
	Length time.Duration // from a start to its end; 0 if the text does not say
	// LengthWords are how the text says the length.
	LengthWords string
}

// Read reads a rule as people write it, such as "MWF 6p", "mon 18:00-19:00 and
// wed 19:30", "every 3 days 07:00", "24 Dec 10:00", "first weekday of the month
// 9am until 30 June" or the five fields of cron. It uses every word of the text
// and guesses none: it returns what was read, or a *ParseError with what would
// work, made from the same words where that can be.
func Read(text string, here Here) (Reading, error) {
	r, err := read(text, here)
	if err != nil {
		err.help(here)
		return Reading{}, err
	}
	return r, nil
}

// TryRead is Read for a text of which many beginnings are tried: it reports false
// where Read returns what would work.
func TryRead(text string, here Here) (Reading, bool) {
	r, err := read(text, here)
	return r, err == nil
}

// Parse reads a rule as it is stored, or a *ParseError for anything else. Dates
// need their year there, weekdays are Monday to Friday, and there is no length.
func Parse(text string) (Rule, error) {
	r, err := read(text, Here{})
	if err != nil {
		err.try = nil
		return Rule{}, err
	}
	if r.Length != 0 {
		return Rule{}, &ParseError{Fault: FaultSpan, Seen: r.LengthWords}
	}
	return r.Rule, nil
}

var (
	zonePattern       = pattern.New(`(?i)(cron_)?tz\s*=\S*`)
	descriptorPattern = pattern.New(`^@\pL.*`)
)

// read is Read without its help.
func read(text string, here Here) (Reading, *ParseError) {
	text = strings.TrimSpace(visible.Text(text))
	switch {
	case text == "":
		return Reading{}, &ParseError{Fault: FaultEmpty}
	case len(text) > maxLength:
		return Reading{}, &ParseError{Fault: FaultLong, Seen: strings.ToValidUTF8(text[:20], "") + "…"}
	case strings.Contains(text, "=") && zonePattern().MatchString(text):
		return Reading{}, &ParseError{Fault: FaultZone, Seen: zonePattern().FindString(text), try: []string{zonePattern().ReplaceAllString(text, "")}}
	case text[0] == '@' && descriptorPattern().MatchString(text):
		return Reading{}, descriptor(text)
	case strings.Contains(text, "=") && rrulePattern().MatchString(text):
		return Reading{}, rrule(text)
	}
	if fields, ok := cronFields(strings.ToLower(text)); ok {
		rule, err := parseCron(fields)
		return Reading{Rule: rule}, err
	}
	return readWords(text, here)
}

// readWords reads a rule that is not cron's.
func readWords(text string, here Here) (Reading, *ParseError) {
	p := &parser{text: text, here: here, tokens: scan(text, here), part: -1, at: -1}
	if err := p.known(); err != nil {
		return Reading{}, err
	}
	for p.peek().kind != tokenEnd {
		if err := p.item(); err != nil {
			return Reading{}, err
		}
	}
	r, err := p.finish()
	if err == nil && len(r.Rule.String()) > maxLength {
		return Reading{}, &ParseError{Fault: FaultLong, Seen: strings.ToValidUTF8(text[:min(20, len(text))], "") + "…"}
	}
	return r, err
}

// ReadDay reads a day of the calendar as people write it in rules, such as
// "2026-12-24", "24 Dec", "5.12.", "tomorrow" or "next friday". A day without a
// year is the next one from today on. It returns several where the text does not
// say which is meant, as 3/4, and none where the text is no day.
func ReadDay(text string, today Date) []Date {
	p := &parser{text: strings.TrimSpace(visible.Text(text)), here: Here{Today: today}}
	if len(p.text) > maxLength {
		return nil
	}
	p.tokens = scan(p.text, p.here)
	first := p.skipFillers(0)
	days, end, err := p.boundDay(first)
	if err != nil || p.tokens[p.skipFillers(end)].kind != tokenEnd || p.tokens[first].kind == tokenMonth && end == first+1 {
		return nil // a month alone is no day
	}
	over := func(d Date) bool { return d.Before(today) }
	if !slices.ContainsFunc(days, func(d Date) bool { return !over(d) }) {
		return days
	}
	return slices.DeleteFunc(days, over) // none that is over is meant where another is to come
}

// ParseClock reads a time of day as people write it in rules, such as "18:00",
// "6:30 pm", "1800" or "noon". It returns the time, or a *ParseError with
// FaultTime for anything else, such as a time with a day beside it.
func ParseClock(text string) (Clock, error) {
	r, err := read("daily "+text, Here{})
	if err != nil || r.Length != 0 || !strings.HasPrefix(r.Rule.String(), "daily ") || len(r.Rule.Times()) != 1 || !utf8.ValidString(text) || !onlyClock(text) {
		return 0, &ParseError{Fault: FaultTime, Seen: strings.TrimSpace(text)}
	}
	return r.Rule.Times()[0], nil
}

// onlyClock reports whether a text has nothing but a time of day.
func onlyClock(text string) bool {
	for _, t := range scan(strings.TrimSpace(visible.Text(text)), Here{}) {
		switch t.kind {
		case tokenTime, tokenDotted, tokenHour, tokenFiller, tokenEnd:
		default:
			return false
		}
	}
	return true
}
