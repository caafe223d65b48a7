package paste

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"unpinch/pattern"
	"unpinch/schedule"
	"unpinch/timetable"
	"unpinch/typo"
)

// The kinds of tokens.
const (
	isWord   = 'w'
	isSep    = ','
	isDay    = 'D'
	isTime   = 'T' // certainly a time of day, or a span of two
	isNumber = 'N' // at most two digits, which may be an hour
	isLength = 'L'
	isBad    = '!' // what can't be read, whatever stands beside it
)

// A token is a word of a line, or what the reader has made of several.
type token struct {
	kind     byte
	from, to int
	low      string // in small letters
	days     uint8
	short    bool // a word that is a day only beside others
	times    []slot
	minutes  int
	fault    *timetable.Fault
}

// A moment is a time of day in minutes. One that is open may be twelve hours
// later.
type moment struct {
	at     int
	open   bool
	marked bool // by am or pm
	day    bool // written as a clock of 24 hours
}

// A slot is a start, with its end if there is one.
type slot struct {
	start, end moment
	ends       bool
}

var (
	clockPattern = pattern.New(`(?i)^(\d{1,2})(?:([:.h])(\d{2}))?(?:[\s.]*([ap])[\s.]*m\b\.?|([ap])\b|\s*(noon|midday)\b|\s*(uhr|hrs|horas|hs|h)\b\.?)?`)
	namedTitle   = pattern.New(`(?i)^(\d{1,2}[:.]\d{2}) (?:noon|midday) \pL`) // 12:00 noon express
	shortClock   = pattern.New(`(?i)^(\d{1,2})(\d{2})[\s.]*([ap])(?:[\s.]*m)?\b\.?`)
	digitClock   = pattern.New(`(?i)^([01]\d|2[0-3])([0-5][05])(?:\s?(?:hrs|hours|h|uhr))?\b`)
	typoPattern  = pattern.New(`^\d{1,2}[:.]\d{2}\pL+|^\d{1,2}:\d\pL*\b|^\d{1,2}:\d{3,}`)
	datePattern  = pattern.New(`^\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2}\b|\s|$)|^\d{4}-\d{2}-\d{2}\b|^\d{1,2}/\d{1,2}/\d{2,4}\b`)
	minutesPat   = pattern.New(`(?i)^(\d{1,4})[\s-]?(?:minutes?|mins?|minuten|minutos|m|['’′])(?:\.|\b|$|[\s,;)])`)
	hoursPat     = pattern.New(`(?i)^(\d{1,2}(?:[.,]\d)?)\s?(?:hours?|hrs?|stunden?|std|h)\b\.?`)
	eitherPat    = pattern.New(`^(\d{1,2})h(?:\d{2})?\b`) // of a length, or a time of day
	bothPat      = pattern.New(`(?i)^(\d{1,2})\s?(?:h|hrs?|hours?)\s?(?:and\s)?(\d{1,2})(?:\s?(m|mins?|minutes?))?\b`)
	wordPattern  = pattern.New(`^(?:[£$€]\d[\d.,]*|[\pL\pM\d][\pL\pM\d'’_]*)`)
	bareClock    = pattern.New(`^([1-9])(00|15|30|45)(?:[\s,&/)–-]|$)`)
)

// tokens cuts a line into tokens.
func tokens(text string) (all []token) {
	for i := 0; i < len(text); {
		rest := text[i:]
		r, size := utf8.DecodeRuneInString(rest)
		if unicode.IsSpace(r) {
			i += size
			continue
		}
		t, size := next(rest, all)
		t.from, t.to = i, i+size
		t.low = strings.ToLower(text[t.from:t.to])
		if days, ok := dayWords[strings.NewReplacer("'s", "", "’s", "").Replace(t.low)]; ok && t.kind == isWord {
			t.kind, t.days = isDay, days
		} else if days, ok := shortDays[t.low]; ok && t.kind == isWord {
			t.days, t.short = days, true
		} else if day := slipped(t); day != "" {
			t = token{kind: isBad, from: t.from, to: t.to, low: t.low, fault: &timetable.Fault{Code: timetable.CodeTypo, Seen: text[t.from:t.to], Example: day}}
		}
		all = append(all, t)
		i += size
	}
	return all
}

// slipped returns the day that a word was to be; "" for a word that is none.
func slipped(t token) string {
	if t.kind != isWord || len(t.low) < len("sunday")-1 {
		return ""
	}
	var c typo.Counter
	for d := time.Sunday; d <= time.Saturday; d++ {
		if day := strings.ToLower(d.String()); day[0] == t.low[0] && c.Within(t.low, day, 1) && t.low != "sundae" {
			return day
		}
	}
	return ""
}

// next reads the token that a text begins with, after others.
func next(rest string, before []token) (token, int) {
	if rest[0] >= '0' && rest[0] <= '9' {
		return number(rest, before)
	}
	if days, size := letters(rest, before); size > 0 {
		return token{kind: isDay, days: days}, size
	}
	for _, named := range []string{"noon", "midday", "midnight"} {
		if m := wordPattern().FindString(rest); strings.EqualFold(m, named) {
			at := 12 * 60
			if named == "midnight" {
				at = 0
			}
			return token{kind: isTime, times: []slot{{start: moment{at: at, marked: true}}}}, len(m)
		}
	}
	if m := wordPattern().FindString(rest); m != "" {
		return token{kind: isWord}, len(m)
	}
	_, size := utf8.DecodeRuneInString(rest)
	return token{kind: isSep}, size
}

// number reads a token that begins with a digit.
func number(rest string, before []token) (token, int) {
	if m := datePattern().FindString(rest); m != "" {
		return bad(timetable.CodeOnce, strings.TrimSpace(m), ""), len(strings.TrimRight(m, " "))
	}
	timed := slices.ContainsFunc(before, func(t token) bool { return t.kind == isTime })
	if t, size := lengthToken(rest, before, timed); size > 0 {
		return t, size
	}
	if m := shortClock().FindStringSubmatch(rest); m != nil {
		return clockToken(m[1], m[2], ":", m[3], "", m[0])
	}
	if m := bareClock().FindStringSubmatch(rest); m != nil {
		h, _ := strconv.Atoi(m[1])
		minute, _ := strconv.Atoi(m[2])
		return token{kind: isNumber, minutes: h, times: []slot{{start: moment{at: h*60 + minute, open: true}}}}, len(m[1] + m[2])
	}
	if m := digitClock().FindStringSubmatch(rest); m != nil && !strings.HasPrefix(m[0], "202") {
		return clockToken(m[1], m[2], ":", "", "uhr", m[0])
	}
	if m := clockPattern().FindStringSubmatch(rest); m != nil && endsWell(rest[len(m[0]):], m[0]) {
		if noon := namedTitle().FindStringSubmatch(rest); m[6] != "" && noon != nil {
			return clockToken(m[1], m[3], m[2], "", "", noon[1])
		}
		return clockToken(m[1], m[3], m[2], m[4]+m[5], m[6]+m[7], m[0])
	}
	if m := typoPattern().FindString(rest); m != "" {
		clock, _, _ := strings.Cut(m, strings.TrimLeft(m, "0123456789:."))
		if clock == m || len(clock) < len("6:30") {
			return bad(timetable.CodeTypo, m, "18:30"), len(m)
		}
		return bad(timetable.CodeTypo, m, clock+"am, "+clock+"pm"), len(m)
	}
	return token{kind: isWord}, len(wordPattern().FindString(rest))
}

// endsWell reports whether a time may end before a text: 5k, 1st, 50+, 2.5 and
// 5-a-side are none.
func endsWell(rest, clock string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	switch {
	case rest == "":
		return true
	case unicode.IsLetter(r), unicode.IsDigit(r), r == '+', r == '%', r == '_':
		return false
	case strings.Trim(clock, "0123456789") != "": // with more than its hour
		return true
	case r == '.' || r == ',' || r == ':':
		return len(rest) == size || rest[size] < '0' || rest[size] > '9'
	case r == '-' || r == '/':
		after, _ := utf8.DecodeRuneInString(rest[size:])
		return !unicode.IsLetter(after) || letterPat().MatchString(string(after))
	}
	return true
}

// clockToken makes a token of a time of day by its parts. mark is whatever says
// that a clock of 24 hours is meant, or noon.
func clockToken(hour, minute, sep, half, mark, all string) (token, int) {
	size := len(strings.TrimRight(all, " "))
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	if h == 24 && m == 0 && half == "" {
		h = 0
	}
	bare := minute == "" && half == "" && mark == "" && !strings.EqualFold(sep, "h")
	if h > 23 || m > 59 || half != "" && (h < 1 || h > 12) {
		if bare || sep == "." {
			return token{kind: isWord}, size
		}
		return token{kind: isBad, fault: ruleFault(schedule.FaultTime, all)}, size
	}
	t := moment{at: h*60 + m, open: h >= 1 && h <= 11}
	switch mark = strings.ToLower(mark); {
	case half != "":
		t.at, t.open, t.marked = h%12*60+m, false, true
		if half == "p" || half == "P" {
			t.at += 12 * 60
		}
	case mark == "noon", mark == "midday":
		t.open, t.marked = false, true
	case mark != "", strings.EqualFold(sep, "h"), len(hour) == 2 && hour[0] == '0' && !bare, h > 12 && !bare, h == 0:
		t.open, t.day = false, true
	}
	if bare {
		return token{kind: isNumber, minutes: h, times: []slot{{start: t}}}, size
	}
	return token{kind: isTime, times: []slot{{start: t}}}, size
}

// bad is a token that stops its line.
func bad(code timetable.Code, seen, example string) token {
	return token{kind: isBad, fault: &timetable.Fault{Code: code, Seen: seen, Example: example}}
}

// lengthToken reads a length. What may be a time of day as well is a length
// only right after a time, up to four hours.
func lengthToken(rest string, before []token, timed bool) (token, int) {
	last := byte(0)
	if len(before) > 0 {
		last = before[len(before)-1].kind
	}
	made := func(minutes float64, m string) (token, int) {
		return token{kind: isLength, minutes: int(minutes)}, len(strings.TrimRight(m, " ,;)"))
	}
	if m := eitherPat().FindStringSubmatch(rest); m != nil && last == isTime {
		if h, _ := strconv.Atoi(m[1]); h > 4 && h <= 10 {
			return bad(timetable.CodeAmbiguous, m[0], strconv.Itoa(h*60)+"min, "+m[1]+":00"), len(m[0])
		}
	}
	if m := bothPat().FindStringSubmatch(rest); m != nil && (m[3] != "" || timed && last == isTime) {
		h, _ := strconv.Atoi(m[1])
		minutes, _ := strconv.Atoi(m[2])
		if m[3] != "" || h <= 4 && len(m[2]) == 2 {
			return made(float64(h*60+minutes), m[0])
		}
	}
	if m := minutesPat().FindStringSubmatch(rest); m != nil {
		unit := strings.ToLower(strings.Trim(m[0], "0123456789 -.,;)"))
		if len(unit) > 2 && unit != "′" || timed && (last == isTime || last == isSep) {
			n, _ := strconv.Atoi(m[1])
			return made(float64(n), m[0])
		}
	}
	if m := hoursPat().FindStringSubmatch(rest); m != nil {
		n, _ := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
		unit := strings.ToLower(strings.Trim(m[0], "0123456789., "))
		if strings.HasPrefix(unit, "hour") || strings.HasPrefix(unit, "st") || timed && n <= 4 && last == isTime || strings.ContainsAny(m[1], ".,") {
			return made(n*60, m[0])
		}
	}
	return token{}, 0
}
