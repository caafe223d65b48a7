package schedule

import (
	"strings"
	"time"
)

// A parser makes a rule of tokens. It takes every one of them, or refuses.
type parser struct {
	text   string
	here   Here
	tokens []piece
	i      int

	groups  []group
	joined  bool   // a word or a sign for and stands before
	comma   bool   // it is a comma alone
	nths    uint32 // ordinals whose days have not come yet, bit 0 for the last
	lastDay bool   // and the last day of the month
	nthAt   int    // where they begin
	week    bool   // they count weeks: the third week mon
	at      int    // the token of the last days, -1 for none

	from, until     Date
	fromAt, untilAt int // of their tokens, from 1; 0 for none
	fromEnd         int
	untilIn         int // the group that stood before it
	weeks           int // how many weeks or days it goes on; 0 for no such word
	monthsOn        int // or how many months
	part            int
	length          time.Duration
	lengthSeen      string
	yearly, monthly int // where such a word is, from 1; 0 for none
	monthlyEnd      int // where "every month" ends
	weekly          int // where "weekly" is, from 1; 0 for no such word
	step            int // of so many months one
	stepAt, stepEnd int
	quarters        bool
	counts          []count
}

// A count is what twice a week promises.
type count struct{ n, unit, at, end int }

// A group is days with the times that belong to all of them.
type group struct {
	specs     []part // without times
	dates     []rawDate
	dateAlone bool // no and parts the dates from the weekdays
	times     []rawTime
	months    uint16
	monthAt   int
	part      int // of the day; -1 for none
	partAt    int
	every     int
	daily     bool
	everyAt   int // from 1
	everyEnd  int
	everyLed  bool // it stood before the days
	except    uint8
	exceptAt  int
	wide      bool // its days are a word for several, which the next may narrow
	first     byte // 'd' for days, 't' for times
	last      byte
	begun     bool // dayAt is known
	dayAt     int
	dayEnd    int
	timeAt    int
}

// A rawDate is a day of a month, and a year if the text has one.
type rawDate struct {
	day, month, year int
	at, end          int // tokens
}

// A rawTime is a time of day of which the half of the day may be open yet.
type rawTime struct {
	clock  Clock
	open   bool // the half is not said
	number bool // and it is no time without it
	half   bool // it was said
	at     int
}

func (p *parser) peek() piece { return p.tokens[p.i] }

// next returns the token so many behind the present one.
func (p *parser) next(n int) piece { return p.tokens[min(p.i+n, len(p.tokens)-1)] }

// skipFillers returns the place of the first token from i on that means
// something.
func (p *parser) skipFillers(i int) int {
	for p.tokens[i].kind == tokenFiller {
		i++
	}
	return i
}

// item reads the next words that belong together.
func (p *parser) item() *ParseError {
	t := p.peek()
	if p.i == 0 && t.kind == tokenNumber && strings.Contains(".)", p.said(1, 1)) && p.tokens[1].kind == tokenFiller { // 1. in a list
		p.i = 2
		return nil
	}
	switch t.kind {
	case tokenFiller:
		if p.begins(p.i) {
			return p.fromItem()
		}
		p.i++
		return nil
	case tokenAnd:
		p.joined, p.comma = true, t.plain && (p.comma || !p.joined)
		p.i++
		return nil
	case tokenDash:
		return p.dash()
	}
	defer func() { p.joined, p.comma = false, false }()
	return p.read(t)
}

// begins reports whether a word says that a date is the first: starts 7 dec.
func (p *parser) begins(i int) bool {
	word := p.word(i)
	return (word == "starts" || word == "start" || word == "begins" || word == "begin") && p.fromAt == 0 && (p.tokens[i+1].kind == tokenDate || p.dated(i+1))
}

// read reads words that say when.
func (p *parser) read(t piece) *ParseError {
	switch t.kind {
	case tokenDays:
		return p.days()
	case tokenOrdinal:
		return p.ordinal()
	case tokenMonth:
		return p.month()
	case tokenDate, tokenRelative, tokenNext, tokenThis:
		return p.once()
	case tokenTime, tokenDotted, tokenHour, tokenHalf:
		return p.times()
	case tokenNumber:
		return p.number()
	case tokenLength:
		p.i++
		return p.setLength(t.length, p.i-1, p.i-1)
	case tokenEvery:
		return p.everyItem()
	case tokenOther:
		return p.other(p.i, p.i+1)
	case tokenOften:
		return p.often()
	case tokenTwice:
		return p.twice()
	case tokenUnit:
		return p.unit()
	}
	return p.bounds()
}

// bounds reads what says from when, until when and when not.
func (p *parser) bounds() *ParseError {
	switch p.peek().kind {
	case tokenFrom:
		return p.fromItem()
	case tokenUntil:
		return p.untilItem()
	case tokenFor:
		return p.forItem()
	case tokenExcept:
		return p.exceptItem()
	case tokenIn:
		return p.inItem()
	case tokenPart:
		return p.partItem()
	case tokenBetween:
		if k := p.tokens[p.skipFillers(p.i+1)].kind; k == tokenDays || k == tokenTime || k == tokenNumber || k == tokenDotted || k == tokenHour {
			for j := p.i + 1; j < len(p.tokens); j++ {
				if p.tokens[j].kind == tokenAnd { // between mon and fri
					p.tokens[j].kind = tokenDash
					p.i++
					return nil
				}
			}
		}
	}
	return p.fail(FaultWord, p.i, p.i, "")
}

// dash reads a dash that parts days from times, or begins a line.
func (p *parser) dash() *ParseError {
	i := p.i
	if k := p.tokens[i+1].kind; (k == tokenDate || k == tokenMonth || p.dated(i+1)) && p.untilAt == 0 && p.current() != nil && p.current().last == 't' && len(p.current().dates) == 0 { // mon 18:00 to 20 dec
		if err := p.untilItem(); err != nil || p.peek().kind == tokenEnd {
			return err
		}
		return p.fail(FaultRange, i, p.i-1)
	}
	before, after := piece{}, p.tokens[i+1]
	if i > 0 {
		before = p.tokens[i-1]
	}
	sign := p.peek().end-p.peek().at <= 3 && !strings.ContainsAny(p.word(i), "tohrug")
	apart := i == 0 || after.kind == tokenTime || after.kind == tokenHour || after.kind == tokenDotted || before.kind == tokenTime || before.kind == tokenHour || before.kind == tokenFiller
	trails := after.kind == tokenEnd && before.kind != tokenTime
	if !sign || !apart || trails || before.kind == tokenEvery {
		if i > 0 && before.kind != tokenFiller {
			return p.fail(FaultRange, i-1, i)
		}
		return p.fail(FaultRange, i, i+1)
	}
	p.i++
	return nil
}

// group returns the group that days or times belong to: the present one, or one
// more where that is complete.
func (p *parser) group(kind byte) *group {
	if g := p.current(); g == nil || g.first != 0 && g.first == kind && g.last != kind {
		p.groups = append(p.groups, group{part: -1})
	}
	g := p.current()
	if g.first == 0 {
		g.first = kind
	}
	g.last = kind
	return g
}

// begin notes where the days of a group begin.
func (g *group) begin(at int) {
	if !g.begun {
		g.begun, g.dayAt = true, at
	}
}

// current returns the present group, or nil before the first.
func (p *parser) current() *group {
	if len(p.groups) == 0 {
		return nil
	}
	return &p.groups[len(p.groups)-1]
}

// modified returns the group that words belong to which say neither days nor
// times: the present one, unless it is complete and days come next.
func (p *parser) modified() *group {
	g := p.current()
	if g != nil && g.first == 'd' && g.last == 't' {
		switch p.tokens[p.skipFillers(p.i)].kind {
		case tokenDays, tokenOrdinal, tokenMonth, tokenDate:
			g = nil
		}
	}
	if g == nil {
		p.groups = append(p.groups, group{part: -1})
	}
	return p.current()
}

// flush gives ordinals without weekdays to the group: they are dates.
func (p *parser) flush() *ParseError {
	if p.nths == 0 && !p.lastDay {
		return nil
	}
	to := max(p.nthAt, p.i-1)
	switch {
	case p.week:
		return p.fail(FaultNoDay, p.nthAt, to)
	case p.nths&1 != 0:
		return p.fail(FaultNoDay, p.nthAt, to, p.said(p.nthAt, to)+" day")
	case p.at >= 0 && p.at == p.nthAt-1 || p.at >= 0 && p.skipFillers(p.at+1) == p.nthAt:
		return p.weekdayDate()
	}
	g := p.group('d')
	if len(g.specs) > 0 && !p.joinedAt(p.nthAt) {
		return p.fail(FaultDays, g.dayAt, to)
	}
	g.begin(p.nthAt)
	g.specs = append(g.specs, part{dates: p.nths})
	if p.lastDay {
		g.specs[len(g.specs)-1].dates |= 1
	}
	g.dayEnd = to
	p.nths, p.lastDay = 0, false
	return nil
}
