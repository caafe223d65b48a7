package schedule

// day reads one day of the calendar, in any way to write it: several if the text
// does not say which. It refuses what is none.
func (p *parser) day(i int) (days []Date, end int, err *ParseError) {
	today := p.here.Today
	t := p.tokens[i]
	if dates, end, _ := p.namedDates(i); len(dates) == 1 {
		return p.oneDay(dates[0], i, end)
	}
	switch t.kind {
	case tokenDate:
		if t.date.IsZero() {
			return p.oneDay(rawDate{t.n, t.m, 0, i, i}, i, i+1)
		}
		if !t.swapped.IsZero() {
			return []Date{t.date, t.swapped}, i + 1, nil
		}
		return []Date{t.date}, i + 1, nil
	case tokenDotted:
		return p.oneDay(rawDate{t.n, t.m, 0, i, i}, i, i+1)
	case tokenNumber:
		if p.said(i+1, i+1) == "/" && p.tokens[i+2].kind == tokenNumber {
			return p.slashDay(i)
		}
	}
	if today.IsZero() {
		return nil, i, p.fail(FaultDate, i, i)
	}
	return p.relativeDay(i)
}

// oneDay returns the day that a date without a year is next.
func (p *parser) oneDay(d rawDate, i, end int) ([]Date, int, *ParseError) {
	day, ok := p.resolveDate(d)
	if !ok || !day.valid() {
		return nil, i, p.fail(FaultDate, i, end-1)
	}
	return []Date{day}, end, nil
}

// slashDay reads 24/12 and 12/24, and leaves open what 3/4 is.
func (p *parser) slashDay(i int) ([]Date, int, *ParseError) {
	a, b := p.tokens[i].n, p.tokens[i+2].n
	var days []Date
	for _, d := range []rawDate{{day: a, month: b}, {day: b, month: a}} {
		if d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31 || a == b && len(days) == 1 {
			continue
		}
		if day, ok := p.resolveDate(d); ok {
			days = append(days, day)
		}
	}
	if len(days) == 0 {
		return nil, i, p.fail(FaultDate, i, i+2)
	}
	return days, i + 3, nil
}

// relativeDay reads a day that is said from today on.
func (p *parser) relativeDay(i int) ([]Date, int, *ParseError) {
	today, t := p.here.Today, p.tokens[i]
	next := p.tokens[i+1]
	switch {
	case t.kind == tokenRelative:
		return []Date{today.Add(t.n)}, i + 1, nil
	case t.kind == tokenThis && next.kind == tokenUnit && next.n == unitWeek:
		return []Date{today}, i + 2, nil
	case t.kind == tokenNext && next.kind == tokenUnit && next.n == unitWeek:
		return []Date{dateOn(7*(week(today.days())+1) - 3)}, i + 2, nil
	case t.kind == tokenNext && next.kind == tokenUnit && next.n == unitMonth:
		return []Date{dateOn((Date{today.Year, today.Month + 1, 1}).days())}, i + 2, nil
	case (t.kind == tokenThis || t.kind == tokenNext) && next.kind == tokenDays && one(next.days):
		day := today
		if t.kind == tokenNext {
			day = today.Add(1)
		}
		for !(part{days: next.days}).onWeekday(day.days()) {
			day = day.Add(1)
		}
		if t.kind == tokenNext && week(day.days()) == week(today.days()) { // this one, or that of next week
			return []Date{day, day.Add(7)}, i + 2, nil
		}
		return []Date{day}, i + 2, nil
	}
	return nil, i, p.fail(FaultDate, i, i)
}
