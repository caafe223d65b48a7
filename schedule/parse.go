package schedule

import (
	"slices"
	"strconv"
	"strings"
)

// MaxTimes is how many times a day a rule may run.
const MaxTimes = 24

// maxLength is longer than 24 times and all their days.
const maxLength = 300

// Parse reads a rule as people write it, such as "mon wed fri 18:00",
// "weekdays 6:30pm", "every 2 weeks sat 09:00 from 2026-12-05", "first mon
// 19:00", "15th 19:00" or the five fields of cron. It returns the rule, or a
// *ParseError for anything else.
func Parse(text string) (Rule, error) {
	text = strings.TrimSpace(strings.ToLower(text))
	switch {
	case text == "":
		return Rule{}, &ParseError{FaultEmpty, ""}
	case len(text) > maxLength:
		return Rule{}, &ParseError{FaultLong, strings.ToValidUTF8(text[:20], "") + "…"}
	case zonePattern.MatchString(text):
		return Rule{}, &ParseError{FaultZone, zonePattern.FindString(text)}
	case descriptorPattern.MatchString(text):
		return Rule{}, &ParseError{FaultDescriptor, descriptorPattern.FindString(text)}
	}
	if fields, ok := cronFields(text); ok {
		return parseCron(fields)
	}
	p := parser{words: split(text)}
	for len(p.words) > 0 {
		if err := p.word(); err != nil {
			return Rule{}, err
		}
	}
	return p.finish(text)
}

// A parser collects what the words of a rule say.
type parser struct {
	words    []string // those left to read
	rule     Rule
	nths     uint32 // ordinals, for weekdays or dates, bit 0 for the last
	lastDay  bool   // of the month
	every    int
	everyAt  string // the words of every
	fromAt   string
	sections []byte // 'd' for days, 't' for times, as they alternate
}

// fillers mean nothing by themselves.
var fillers = strings.Fields("at on the and of in a month months monthly week weekly o'clock oclock start starts")

// weekWords follow a number of weeks.
var weekWords = strings.Fields("week weeks wk wks")

// word reads the next words that belong together.
func (p *parser) word() error {
	w := p.take()
	switch {
	case w == "every" || w == "each":
		return p.everyWord(w)
	case w == "fortnightly" || w == "biweekly":
		return p.weeks(w, 2)
	case w == "from" || w == "starting" || w == "since" || w == "beginning":
		return p.first(w)
	case w == "last" && (p.peek() == "day" || p.peek() == "date"):
		p.lastDay = true
		return p.section('d', w+" "+p.take())
	case w == "last":
		p.nths |= 1
		return p.section('d', w)
	case slices.Contains(fillers, w):
		return nil
	}
	if days, ok := dayNames(w); ok {
		return p.weekday(w, days)
	}
	if first, last, ok := strings.Cut(w, "-"); ok && !datePattern.MatchString(w) {
		return p.between(w, first, last)
	}
	if n, ok := ordinalOf(w); ok {
		p.nths |= 1 << n
		if p.peek() == "day" {
			p.take()
		}
		return p.section('d', w)
	} else if ordinalPattern.MatchString(w) { // 32nd
		return &ParseError{FaultDate, w}
	}
	if w == "day" && numberPattern.MatchString(p.peek()) { // day 15
		return p.dayNumber(p.take())
	}
	return p.time(w)
}

func (p *parser) take() string {
	w := p.words[0]
	p.words = p.words[1:]
	return w
}

func (p *parser) peek() string {
	if len(p.words) == 0 {
		return ""
	}
	return p.words[0]
}

// section notes that days or times were read. Times belong to all days, so
// days after days with their times would be a second rule.
func (p *parser) section(kind byte, seen string) error {
	if len(p.sections) == 0 || p.sections[len(p.sections)-1] != kind {
		p.sections = append(p.sections, kind)
	}
	if len(p.sections) > 2 {
		return &ParseError{FaultMixed, seen}
	}
	return nil
}

// everyWord reads what follows every: days, so many weeks, or nothing special.
func (p *parser) everyWord(w string) error {
	next := p.peek()
	n, counted := countOf(next)
	switch {
	case next == "day":
		p.take()
		return p.weekday("every day", allDays)
	case !counted:
		return nil
	}
	p.take()
	seen := w + " " + next
	if slices.Contains(weekWords, p.peek()) {
		return p.weeks(seen+" "+p.take(), n)
	}
	if days, ok := dayNames(p.peek()); ok && n > 1 {
		if next == "other" && days != allDays {
			return p.weeks(seen, n)
		}
		if !slices.Contains(p.words, "month") {
			return &ParseError{FaultOther, seen + " " + p.peek()}
		}
	}
	if _, ok := ordinalOf(next); !ok {
		return &ParseError{FaultWord, strings.TrimSpace(seen + " " + p.peek())}
	}
	p.words = append([]string{next}, p.words...) // every 15th
	return nil
}

func (p *parser) weeks(seen string, n int) error {
	if n < 1 || n > 52 {
		return &ParseError{FaultWeeks, seen}
	}
	if p.everyAt != "" {
		return &ParseError{FaultDays, seen}
	}
	p.every, p.everyAt = n, seen
	return nil
}

// first reads the day that weeks are counted from.
func (p *parser) first(w string) error {
	if p.peek() == "" {
		return &ParseError{FaultDate, w}
	}
	d, err := ParseDate(p.peek())
	if err != nil {
		return err
	}
	if d.Year > 2999 {
		return &ParseError{FaultDate, p.peek()}
	}
	if p.fromAt != "" {
		return &ParseError{FaultDays, w + " " + p.peek()}
	}
	p.rule.from, p.fromAt = d, w+" "+p.take()
	return nil
}

// weekday adds weekdays, and the range that they may begin.
func (p *parser) weekday(w string, days uint8) error {
	if next := p.peek(); next == "to" || next == "through" || next == "thru" {
		p.take()
		if p.peek() == "" {
			return &ParseError{FaultRange, w + " " + next}
		}
		return p.between(w+" "+next+" "+p.peek(), w, p.take())
	}
	p.rule.days |= days
	return p.section('d', w)
}

// between adds a range of weekdays, which may pass Sunday.
func (p *parser) between(w, first, last string) error {
	a, ok := dayNames(first)
	b, ok2 := dayNames(last)
	if !ok && !ok2 {
		return notDays(w, first, last)
	}
	if !one(a) || !one(b) {
		return &ParseError{FaultRange, w}
	}
	for d := a; ; d = d<<1&allDays | d>>6 {
		p.rule.days |= d
		if d == b {
			return p.section('d', w)
		}
	}
}

// notDays says what is wrong with a range that has no weekday.
func notDays(w, first, last string) error {
	_, err := clockOf(first)
	_, err2 := clockOf(last)
	if err == nil && err2 == nil {
		return &ParseError{FaultSpan, w}
	}
	return &ParseError{FaultWord, w}
}

func (p *parser) dayNumber(w string) error {
	n, err := strconv.Atoi(w)
	if err != nil || n < 1 || n > 31 {
		return &ParseError{FaultDate, "day " + w}
	}
	p.nths |= 1 << n
	return p.section('d', w)
}

// time adds a time of day.
func (p *parser) time(w string) error {
	c, err := clockOf(w)
	if err != nil {
		return err
	}
	if slices.Contains(p.rule.times, c) {
		return &ParseError{FaultTwice, w}
	}
	p.rule.times = append(p.rule.times, c)
	return p.section('t', w)
}

// finish makes the rule, if what was read is one.
func (p *parser) finish(text string) (Rule, error) {
	if err := p.check(text); err != nil {
		return Rule{}, err
	}
	r := p.rule
	slices.Sort(r.times)
	if r.days != 0 {
		r.nth = uint8(p.nths)
	} else {
		r.dates = p.nths
	}
	if p.lastDay {
		r.dates |= 1
	}
	if p.every > 1 { // count from the first day on which it runs
		first := r.from.days()
		for !r.onWeekday(first) {
			first++
		}
		r.every, r.from = p.every, dateOn(first)
	}
	return r, nil
}

// check finds what is missing or does not go together.
func (p *parser) check(text string) error {
	days := p.rule.days
	group := days == allDays || days == weekdays || days == weekend
	monthly := p.nths != 0 || p.lastDay
	switch {
	case len(p.rule.times) > MaxTimes:
		return &ParseError{FaultMany, text}
	case days == 0 && !monthly:
		return &ParseError{FaultNoDay, text}
	case len(p.rule.times) == 0:
		return &ParseError{FaultNoTime, text}
	case days == 0 && p.nths&1 != 0:
		return &ParseError{FaultNoDay, "last"}
	case days != 0 && (p.lastDay || p.nths>>len(nths) != 0), group && monthly:
		return &ParseError{FaultDays, text}
	case p.everyAt != "" && monthly:
		return &ParseError{FaultDays, p.everyAt}
	case p.every > 1 && p.fromAt == "":
		return &ParseError{FaultFrom, p.everyAt}
	case p.every <= 1 && p.fromAt != "":
		return &ParseError{FaultNoWeeks, p.fromAt}
	}
	return nil
}
