package paste

import (
	"slices"
	"strings"

	"unpinch/timetable"
)

// joined makes one token of days that belong together, of a start with its end,
// and of times in a list.
func joined(text string, all []token) []token {
	all = joinDays(text, all)
	all = joinSpans(text, all)
	return joinTimes(text, hours(text, all))
}

// joinDays joins runs and lists of days. A word that is a day in some languages
// is one where it stands beside another, or before a time.
func joinDays(text string, all []token) (out []token) {
	for i := 0; i < len(all); {
		t := all[i]
		if !dayLike(all, i) {
			out, i = append(out, t), i+1
			continue
		}
		t.kind = isDay
		n, listed := i+1, dashed(all[i:])
		for n < len(all) {
			link, size := linkOf(all[n:])
			if n+size >= len(all) || all[n+size].days == 0 || all[n+size].short && !dayLike(all, n+size) {
				break
			}
			d := all[n+size]
			if link == linkTo && !listed {
				t.days |= between(all[n-1].days, d.days)
			}
			t.days, t.to, n = t.days|d.days, d.to, n+size+1
		}
		t.low = strings.ToLower(text[t.from:t.to])
		out, i = append(out, t), n
	}
	return out
}

// dashed reports whether tokens begin with a list of days that dashes part, as
// in Mon-Wed-Fri: no range goes on from its last day.
func dashed(all []token) bool {
	links := 0
	for n := 1; ; links++ {
		link, size := linkOf(all[n:])
		if link != linkTo || n+size >= len(all) || all[n+size].days == 0 {
			return links > 1 && (link == linkNone || n+size >= len(all) || all[n+size].days == 0)
		}
		n += size + 1
	}
}

// dayLike reports whether the i-th token is a day.
func dayLike(all []token, i int) bool {
	t := all[i]
	if t.kind == isDay || !t.short {
		return t.kind == isDay
	}
	beside := func(j int) bool { return j >= 0 && j < len(all) && all[j].days != 0 }
	if i > 0 && all[i-1].kind != isSep && !beside(i-1) && !slices.Contains(andWords, all[i-1].low) && !slices.Contains(toWords, all[i-1].low) {
		return false
	}
	_, size := linkOf(all[i+1:])
	after := i + 1 + size
	if after >= len(all) {
		return i == 0 || beside(i-1) || i > 1 && beside(i-2)
	}
	for after < len(all) && (all[after].kind == isSep || slices.Contains(fromWords, all[after].low) || halves[all[after].low] != Unasked) {
		after++
	}
	return after < len(all) && (all[after].days != 0 || all[after].kind == isTime || all[after].kind == isNumber) || beside(i-1) || i > 1 && beside(i-2)
}

// How two tokens are linked.
const (
	linkNone = iota
	linkAnd
	linkTo
)

// linkOf reads what links a token with the next: nothing, a comma, "and", a
// dash, "to".
func linkOf(all []token) (link, size int) {
	for size < len(all) {
		t := all[size]
		switch {
		case t.kind == isSep && t.low == ".":
		case t.kind == isSep && slices.Contains([]string{",", "&", "+", "/"}, t.low), t.kind == isWord && t.days == 0 && slices.Contains(andWords, t.low):
			link = linkAnd
		case link == linkNone && (t.kind == isSep && slices.Contains([]string{"-", "–", "—"}, t.low) || t.kind == isWord && slices.Contains(toWords, t.low)):
			link = linkTo
		default:
			return link, size
		}
		size++
	}
	return link, size
}

// between are the days from the last of some to the first of others, with them.
func between(a, b uint8) (days uint8) {
	for d := a; days&everyDay != everyDay; d = d<<1&everyDay | d>>6 {
		if days |= d; d == b {
			return days
		}
	}
	return a | b // more than one day on a side
}

// joinSpans makes one token of a start and its end, of which one is certainly
// a time.
func joinSpans(text string, all []token) (out []token) {
	for i := 0; i < len(all); i++ {
		t := all[i]
		link, size := linkOf(all[i+1:])
		j := i + 1 + size
		clock := func(k token) bool { return k.kind == isTime || k.kind == isNumber }
		dashes := link == linkTo && (size == 1 || size == 2 && all[i+1].low == ".") ||
			link == linkAnd && size == 1 && all[i+1].kind == isWord && i > 0 && slices.Contains(betweenWords, all[i-1].low)
		if !clock(t) || !dashes || j >= len(all) || !clock(all[j]) || len(t.times) > 1 || t.kind == isNumber && countedBefore(all, i) {
			out = append(out, t)
			continue
		}
		end := all[j]
		if t.kind == isNumber && end.kind == isNumber {
			t.kind = isNumber
		} else {
			t.kind = isTime
		}
		t.times = []slot{{start: t.times[0].start, end: end.times[0].start, ends: true}}
		t.to, t.low = end.to, strings.ToLower(text[t.from:end.to])
		out, i = append(out, t), j
	}
	return out
}

// countedBefore reports whether the word before the i-th token says that
// numbers follow it: ages, levels.
func countedBefore(all []token, i int) bool {
	for i--; i >= 0 && all[i].kind == isSep && all[i].low != ":"; i-- {
	}
	return i >= 0 && all[i].kind == isWord && slices.Contains(counted, all[i].low)
}

// hours decides which numbers are hours: in a list with a time; and in a line
// without any other time a list, a span, or what follows a day or "at".
func hours(text string, all []token) []token {
	certain := slices.ContainsFunc(all, func(t token) bool { return t.kind == isTime })
	dayed := slices.ContainsFunc(all, func(t token) bool { return t.kind == isDay })
	for i := 0; i < len(all); i++ {
		if all[i].kind != isNumber || countedBefore(all, i) {
			continue
		}
		end := i // of a list of numbers
		for {
			link, size := linkOf(all[end+1:])
			if next := end + 1 + size; link == linkAnd && next < len(all) && all[next].kind == isNumber {
				end = next
				continue
			}
			break
		}
		if end == i && loneNumber(all, i) {
			continue
		}
		if listedWithTime(all, i, end) || !certain && numbersAreHours(all, i, end, dayed) {
			for k := i; k <= end; k++ {
				if all[k].kind == isNumber {
					all[k].kind = isTime
				}
			}
		}
		i = end
	}
	return all
}

// loneNumber reports whether the i-th token, which is in no list of numbers, is
// more likely something else than an hour: 330 as a number of its own.
func loneNumber(all []token, i int) bool {
	t := all[i]
	if t.times[0].ends || t.to-t.from < 3 {
		return false
	}
	return i > 0 && all[i-1].kind != isDay && !slices.Contains(fromWords, all[i-1].low) && all[i-1].low != ":" && all[i-1].low != "@"
}

// listedWithTime reports whether a list of numbers goes on with a time, or goes
// on a list of times.
func listedWithTime(all []token, i, end int) bool {
	link, size := linkOf(all[end+1:])
	if next := end + 1 + size; link == linkAnd && next < len(all) && all[next].kind == isTime {
		return !all[next].times[0].start.day
	}
	for j := i - 1; j >= 0; j-- {
		if all[j].kind == isTime {
			link, size := linkOf(all[j+1 : i])
			return link == linkAnd && size == i-j-1 && !all[j].times[0].start.day
		}
	}
	return false
}

func numbersAreHours(all []token, i, end int, dayed bool) bool {
	several := end > i || all[i].times[0].ends
	before := i - 1
	for before >= 0 && (all[before].kind == isSep && all[before].low != ":" && all[before].low != "@" || halves[all[before].low] != Unasked) {
		before--
	}
	at := before >= 0 && (slices.Contains(fromWords, all[before].low) || all[before].low == "@")
	if !dayed || !several {
		return at
	}
	after := end + 1
	for after < len(all) && (all[after].kind == isSep || slices.Contains(fillers, all[after].low)) {
		after++
	}
	return at || before < 0 || all[before].kind == isDay || all[before].low == ":" || after < len(all) && all[after].kind == isDay
}

// joinTimes makes one token of times in a list, with nothing but spaces, commas
// and "and" between. A time that begins a title becomes a word.
func joinTimes(text string, all []token) (out []token) {
	for i := 0; i < len(all); i++ {
		t := all[i]
		for t.kind == isTime {
			link, size := linkOf(all[i+1:])
			j := i + 1 + size
			if link == linkTo || j >= len(all) || all[j].kind != isTime {
				break
			}
			if link == linkNone && beginsTitle(all, &all[j], j, t) {
				break
			}
			t.times, t.to, i = append(t.times, all[j].times...), all[j].to, j
		}
		t.low = strings.ToLower(text[t.from:t.to])
		out = append(out, t)
	}
	return out
}

// beginsTitle reports whether the j-th token, a time right after another, begins
// a title, and makes it a word: it says the same time again, and a word follows,
// as in "06:00 6am Crew". Noon after another time stops the line: it can be
// either.
func beginsTitle(all []token, t *token, j int, before token) bool {
	if j+1 >= len(all) || all[j+1].kind != isWord || slices.Contains(andWords, all[j+1].low) || t.times[0].ends {
		return false
	}
	if t.times[0].start.at == before.times[len(before.times)-1].start.at {
		t.kind = isWord
		return true
	}
	if strings.Trim(t.low, "0123456789:.") == t.low { // noon
		*t = token{kind: isBad, from: t.from, to: t.to, fault: &timetable.Fault{Code: timetable.CodeAmbiguous, Seen: t.low, Example: `mon 18:00 "Noon crew"`}}
		return true
	}
	return false
}
