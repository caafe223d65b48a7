package schedule

import (
	"slices"
	"strings"
)

// said returns the words from one token to another.
func (p *parser) said(from, to int) string {
	return strings.TrimSpace(p.text[p.tokens[from].at:p.tokens[to].end])
}

// word returns the word of a token in small letters.
func (p *parser) word(i int) string { return strings.ToLower(p.said(i, i)) }

// fail refuses the words from one token to another. instead are words that may
// stand in their place.
func (p *parser) fail(fault Fault, from, to int, instead ...string) *ParseError {
	from, to = min(from, len(p.tokens)-1), min(to, len(p.tokens)-1)
	return &ParseError{Fault: fault, Seen: p.said(from, to), at: p.tokens[from].at, end: p.tokens[to].end, text: p.text, instead: instead}
}

// ask refuses words that can mean each of what may stand in their place.
func (p *parser) ask(fault Fault, from, to int, instead ...string) *ParseError {
	e := p.fail(fault, from, to, instead...)
	e.ask = true
	return e
}

// asks refuses words of a text that can mean what each of some texts says.
func (p *parser) asks(fault Fault, from, to int, texts ...string) *ParseError {
	e := p.fail(fault, from, to)
	e.ask, e.try = true, texts
	return e
}

// known refuses words that are none, and times and dates that are none.
func (p *parser) known() *ParseError {
	for i, t := range p.tokens {
		switch {
		case t.kind == tokenBroken:
			return p.broken(i)
		case t.kind == tokenZone:
			return p.zone(i)
		case t.kind == tokenUnknown:
			return p.unknown(i)
		}
	}
	return nil
}

// broken refuses what looks like a time or a date.
func (p *parser) broken(i int) *ParseError {
	t := p.tokens[i]
	if from := p.hourBefore(i); from >= 0 {
		return p.fail(t.fault, from, i, p.said(from, from)+":"+p.said(i, i))
	}
	if t.instead == "" {
		return p.fail(t.fault, i, i)
	}
	e := p.fail(t.fault, i, i, t.instead)
	if t.instead == "00:00" && strings.HasPrefix(p.text[t.at:], "24") { // which begins the day, or ends it
		e.ask = true
		if r, err := read(e.text[:e.at]+t.instead+e.text[e.end:], p.here); err == nil {
			if after, ok := r.Rule.dayLater(); ok {
				e.help(p.here)
				e.Suggest, e.Choices = "", []Choice{{e.Suggest, r.Rule}, {after.Typed(p.here.Country), after}}
			}
		}
	}
	return e
}

// hourBefore returns the token of an hour whose minutes are taken for a time that
// is none: 6,30pm. It returns -1 if there is none.
func (p *parser) hourBefore(i int) int {
	t, from := p.tokens[i], i-1
	if from > 0 && p.tokens[from].kind != tokenNumber && p.tokens[from].end == t.at && p.tokens[from].at == p.tokens[from-1].end {
		from--
	}
	if from < 0 || p.tokens[from].kind != tokenNumber || p.tokens[from].n > 12 || p.tokens[from].plain || t.instead == "" && p.said(i, i)[0] > '5' {
		return -1
	}
	return from
}

// dayLater returns the rule a day later, if it is of weekdays alone and not of
// all.
func (r Rule) dayLater() (Rule, bool) {
	if len(r.parts) != 1 || r.cron != "" || !r.parts[0].weekly() || r.parts[0].days == allDays || r.parts[0].every > 1 {
		return Rule{}, false
	}
	p := r.parts[0]
	p.days = p.days<<1&allDays | p.days>>6
	r.parts = []part{p}
	return r, true
}

// zone refuses a zone, with what belongs to it.
func (p *parser) zone(i int) *ParseError {
	end := i
	if t := p.tokens[i+1]; p.word(i) != "z" && strings.Contains("+-", p.said(i+1, i+1)) && p.tokens[i+2].kind == tokenNumber && t.at == p.tokens[i].end {
		end = i + 2
	} else if p.word(i+1) == "time" {
		end = i + 1
	}
	return p.fail(FaultZone, i, end, "")
}

// unknown refuses a word that is none. It may be a zone or a day in another
// language; and what is left without it may be a rule.
func (p *parser) unknown(i int) *ParseError {
	end := i
	for p.tokens[end+1].kind == tokenUnknown && p.tokens[end+1].at <= p.tokens[end].end+1 {
		end++
	}
	for to := p.word(end+1) == "to" || p.tokens[end+1].kind == tokenFiller; to && p.tokens[end+2].kind == tokenUnknown; to = p.word(end+1) == "to" { // remind me to stretch
		end += 2
	}
	if p.said(end+1, end+1) == "/" && p.tokens[end+2].kind == tokenUnknown {
		return p.fail(FaultZone, i, end+2, "")
	}
	if p.word(end+1) == "time" {
		return p.fail(FaultZone, i, end+1, "")
	}
	if instead, end, ok := p.meant(i); ok {
		from := i
		if instead[0] == "" && i > 0 && p.tokens[i-1].kind == tokenUntil { // until further notice
			from--
		}
		e := p.fail(FaultWord, from, end, instead...)
		e.ask = len(instead) > 1
		return e
	}
	if texts, from, to := p.weekOfTwo(i); len(texts) > 0 {
		return p.asks(FaultOther, from, to, texts...)
	}
	e := p.fail(FaultWord, i, end)
	if text := p.inEnglish(); text != "" {
		e.try = append(e.try, text)
	}
	e.instead = p.nearWords(i, end)
	e.ask = len(e.instead) > 1 && e.instead[len(e.instead)-1] != ""
	return e
}

// weekdayDate refuses "sat 3rd", which can be the third Saturday of a month or
// the 3rd, where it is a Saturday.
func (p *parser) weekdayDate() *ParseError {
	days, at := p.tokens[p.at].days, p.at
	n := slices.Index([]uint32{1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5}, p.nths) + 1
	var instead []string
	if n > 0 {
		instead = append(instead, nths[n]+" "+p.word(at))
	}
	if d := p.here.Today; !d.IsZero() && one(days) && one(p.nths) {
		for range 366 * 3 {
			if p.nths == 1<<d.Day && (part{days: days}).onWeekday(d.days()) {
				instead = append(instead, d.String())
				break
			}
			d = d.Add(1)
		}
	}
	if p.lastDay || len(instead) == 0 {
		return p.fail(FaultDays, at, max(at, p.i-1))
	}
	return p.ask(FaultOther, at, max(at, p.i-1), instead...)
}
