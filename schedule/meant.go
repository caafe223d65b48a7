package schedule

import (
	"strconv"
	"strings"
	"time"
)

// meant has words that rules don't have, with what may stand in their place: one
// thing, or several of which each can be meant.
var meant = map[string]string{
	"christmas eve": "24 dec", "christmas day": "25 dec", "christmas": "25 dec", "xmas": "25 dec", "boxing day": "26 dec",
	"new year's eve": "31 dec", "new years eve": "31 dec", "new year's day": "1 jan", "new years day": "1 jan", "new year": "1 jan",
	"halloween": "31 oct", "valentine's day": "14 feb", "thanksgiving": "fourth thu in nov",
	"lunchtime": "12:00", "lunch": "12:00", "sunrise": "06:00", "dawn": "06:00", "sunset": "18:00", "dusk": "18:00",
	"eom": "last day", "semi-monthly": "1st 15th", "bimonthly": "every 2 months|1st and 15th",
	"weeknight": "weekday nights|mon-thu nights", "weeknights": "weekday nights|mon-thu nights", "school nights": "sun-thu nights",
	"business day": "weekday", "business days": "weekdays", "working day": "weekday", "working days": "weekdays", "work day": "weekday", "work days": "weekdays",
	"even days":   "2nd 4th 6th 8th 10th 12th 14th 16th 18th 20th 22nd 24th 26th 28th 30th",
	"odd days":    "1st 3rd 5th 7th 9th 11th 13th 15th 17th 19th 21st 23rd 25th 27th 29th 31st",
	"penultimate": "third|fourth", "further notice": "",
	"summer": "jun jul aug|dec jan feb", "winter": "dec jan feb|jun jul aug",
}

// meant returns what may stand in place of words that begin with an unknown one,
// and the last of them.
func (p *parser) meant(i int) (instead []string, end int, ok bool) {
	for end := min(i+2, len(p.tokens)-4); end >= i; end-- {
		words := strings.ReplaceAll(strings.ToLower(strings.Join(strings.Fields(p.said(i, end)), " ")), "’", "'")
		if text, ok := meant[words]; ok && (words != "penultimate" || p.tokens[end+1].kind == tokenDays) {
			return strings.Split(text, "|"), end, true
		}
	}
	word, next := p.word(i), p.tokens[i+1]
	if word == "half" && next.kind == tokenNumber && next.n >= 1 && next.n <= 12 { // after six, or before it
		n, before := strconv.Itoa(next.n), strconv.Itoa((next.n+10)%12+1)
		return []string{n + ":30pm", n + ":30am", before + ":30pm"}, i + 1, true
	}
	return nil, i, false
}

// weekOfTwo returns whole texts for odd weeks, even weeks, week A and week B: every
// two weeks, from the next such week on where that is known.
func (p *parser) weekOfTwo(i int) (texts []string, from, to int) {
	word, parity := p.word(i), -1
	switch from, to = i, i; {
	case word == "even" || word == "odd":
		if p.tokens[i+1].kind != tokenUnit || p.tokens[i+1].n != unitWeek {
			return nil, i, i
		}
		to, parity = i+1, strings.Index("even odd", word)/5
	case len(word) == 1 && i > 0 && p.tokens[i-1].kind == tokenUnit && p.tokens[i-1].n == unitWeek:
		from = i - 1
	default:
		return nil, i, i
	}
	days := uint8(0)
	for _, t := range p.tokens {
		if t.kind == tokenDays {
			days |= t.days
		}
	}
	for _, text := range p.withFirsts(p.without(from, to, "every 2 weeks"), days, 2) {
		day, err := ParseDate(text[len(text)-len(time.DateOnly):])
		if err != nil || parity < 0 || parity == isoWeek(day)%2 {
			texts = append(texts, text)
		}
	}
	return texts, from, to
}

// isoWeek returns the number of a day's week in its year.
func isoWeek(d Date) int {
	_, w := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).ISOWeek()
	return w
}

// spell writes this week, next month and the like as their first and last day, for
// any days that stand beside them. It returns nothing for what is none.
func (p *parser) spell(i int) []string {
	t, unit, today := p.tokens[i], p.tokens[i+1], p.here.Today
	if today.IsZero() {
		return nil
	}
	first, last := today, today
	switch next := t.kind == tokenNext; {
	case unit.kind == tokenUnit && unit.n == unitWeek && unit.size == 0:
		last = dateOn(7*(week(today.days())+1) - 4) // Sunday
		if next {
			first, last = last.Add(1), last.Add(7)
		}
	case unit.kind == tokenUnit && unit.n == unitMonth:
		if next {
			first = dateOn((Date{today.Year, today.Month + 1, 1}).days())
		}
		last = Date{first.Year, first.Month, daysIn(first)}
	case unit.kind == tokenDays && unit.days == weekend:
		for !(part{days: 1 << time.Saturday}).onWeekday(first.days()) {
			first = first.Add(1)
		}
		if texts := []string{first.String() + " " + first.Add(1).String(), first.Add(7).String() + " " + first.Add(8).String()}; next {
			return texts
		}
		return []string{first.String() + " " + first.Add(1).String()}
	default:
		return nil
	}
	return []string{"from " + first.String() + " until " + last.String()}
}

// hoursText returns the text with times of day in place of every so many minutes:
// from 8 to 20, or between those that stand behind it.
func (p *parser) hoursText(minutes, start, end int) []string {
	from, to := Clock(8*60), Clock(20*60)
	i := p.skipFillers(end + 1)
	if k := p.tokens[i].kind; k == tokenFrom || k == tokenBetween {
		i = p.skipFillers(i + 1)
	}
	if k := p.tokens[i+1].kind; p.timeish(i) && (k == tokenDash || k == tokenUntil || k == tokenAnd) && p.timeish(i+2) {
		from, to = p.hourOf(i), p.hourOf(i+2)
		if to <= from {
			to += 12 * 60
		}
		end = i + 2
	}
	times := timesEach(minutes, from, min(to, 24*60-1))
	if times == "" {
		return nil
	}
	text := p.without(start, end, times)
	return []string{text, "daily " + text}
}

// hourOf returns the clock that a token is in a range of hours.
func (p *parser) hourOf(i int) Clock {
	if t := p.tokens[i]; t.kind == tokenNumber {
		return Clock(min(t.n, 23) * 60)
	}
	return p.tokens[i].clock
}

// untimed returns a text of days with a time in the morning and one in the
// evening.
func (p *parser) untimed() []string { return []string{p.text + " 07:00", p.text + " 18:00"} }

// dayless returns a text of times with the days that its other words speak of: the
// 1st of months, today's weekday, as many days of the week as it says.
func (p *parser) dayless() (texts []string) {
	today := strings.Join(dayWords(1<<floorMod(p.here.Today.days()+4, 7)), " ")
	for _, c := range p.counts {
		if c.unit == unitWeek {
			few := []string{1: today, 2: "tue thu", 3: "mon wed fri", 4: "mon tue thu fri", 5: "weekdays", 6: "mon-sat", 7: "daily"}
			if c.n < len(few) {
				texts = append(texts, p.without(c.at, c.end, few[max(1, c.n)]))
			}
		}
	}
	switch {
	case len(texts) > 0:
		return texts
	case p.monthly > 0 || p.step > 0:
		return []string{p.text + " 1st"}
	case p.weekly > 0:
		return []string{p.text + " " + today}
	}
	return []string{"daily " + p.text}
}
