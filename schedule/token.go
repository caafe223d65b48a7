package schedule

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A kind of token is what a word or a sign of a typed rule can be.
type tokenKind uint8

const (
	tokenEnd     tokenKind = iota
	tokenUnknown           // no word that is known
	tokenFiller            // means nothing: at, the, class
	tokenAnd               // joins a list: , ; & + / and
	tokenDash              // a range: - to through
	tokenDays              // days
	tokenOrdinal           // n: 1 to 31; 0 for the last
	tokenTime              // clock; bare if it may still be in the afternoon
	tokenDotted            // 5.12: clock, or the day n of month m
	tokenHour              // 18h, 1h30: clock, or a length
	tokenNumber            // n
	tokenLength            // length
	tokenMonth             // n
	tokenDate              // date; or swapped beside it, where the text does not say which
	tokenEvery             // every, each
	tokenOther             // other, alternate: every second
	tokenUnit              // n is the unit, size how many where it is glued to it
	tokenOften             // n is the unit of daily, weekly, monthly
	tokenTwice             // n times
	tokenTimes             // the word times after a number, or x
	tokenFrom
	tokenUntil
	tokenFor
	tokenExcept
	tokenBetween
	tokenIn
	tokenNext
	tokenThis
	tokenPart // of the day: n is the hour from which it is
	tokenHalf // am or pm by itself
	tokenRelative
	tokenAmong // of weekdays, as it is stored: not Monday to Friday
	tokenZone
	tokenBroken // looks like a time or a date and is none; fault says which
)

// The units of time, as tokens have them.
const (
	unitMinute = iota
	unitHour
	unitDay
	unitWeek
	unitMonth
	unitQuarter
	unitYear
	unitEnd // of a month
)

// A piece is a word or a sign of a typed rule.
type piece struct {
	kind     tokenKind
	at, end  int // in the text
	n        int
	m        int
	size     int
	days     uint8
	half     bool // of a time: am or pm was there
	group    bool // of days: a word for several, as daily
	plain    bool // of an ordinal: a word; of days: the word weekdays; of and: a comma or a semicolon
	bare     bool
	swapped  Date
	clock    Clock
	length   time.Duration
	date     Date
	fault    Fault
	instead  string // what would be right in its place
	lettered bool   // days by letters, of which some can be two days
}

// A scanner cuts a text into tokens.
type scanner struct {
	text   string
	at     int
	here   Here
	tokens []piece
}

// scan returns the tokens of a text, and behind them some of kind tokenEnd.
func scan(text string, here Here) []piece {
	s := &scanner{text: text, here: here, tokens: make([]piece, 0, 16)}
	for s.at < len(text) {
		c := text[s.at]
		switch {
		case c == ' ' || c == '\t' || c == '\n':
			s.at++
		case digit(c):
			s.number()
		default:
			s.other()
		}
		s.spoken()
	}
	end := piece{kind: tokenEnd, at: len(text), end: len(text)}
	return append(s.tokens, end, end, end, end) // so that a few may be looked at ahead
}

// add appends a token that ends so far on, and goes on behind it.
func (s *scanner) add(t piece, end int) {
	t.at, t.end = s.at, end
	s.tokens, s.at = append(s.tokens, t), end
}

// last returns the token before, or one of kind tokenEnd.
func (s *scanner) last() piece {
	if len(s.tokens) == 0 {
		return piece{}
	}
	return s.tokens[len(s.tokens)-1]
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// other reads a word or a sign.
func (s *scanner) other() {
	r, size := utf8.DecodeRuneInString(s.text[s.at:])
	switch {
	case unicode.IsLetter(r):
		s.word()
	case strings.ContainsRune("-–—‒−~→", r), r == '>' && s.last().kind == tokenDays:
		s.dash()
	case r == '+' && s.offset():
	case strings.ContainsRune(",;&+/\\|، ", r):
		s.add(piece{kind: tokenAnd, plain: r == ',' || r == ';', size: int(r)}, s.at+size)
	case r == '.' && strings.HasPrefix(s.text[s.at:], ".."): // mon..fri
		s.add(piece{kind: tokenDash}, s.at+len(s.text[s.at:])-len(strings.TrimLeft(s.text[s.at:], ".")))
	case r == '@', unicode.In(r, unicode.So, unicode.Sk), unicode.IsMark(r), strings.ContainsRune(".:!()[]{}\"'`‘’“”„«»•·*>=?_", r):
		s.add(piece{kind: tokenFiller, size: int(r)}, s.at+size)
	default:
		s.add(piece{kind: tokenUnknown}, s.at+size)
	}
}

// offset reads +01:00 behind a time: the clock of another zone. One hour less
// than the time, with its nought, is no second time.
func (s *scanner) offset() bool {
	end := s.at + 6
	if s.last().kind != tokenTime || s.digits(s.at+1) != 2 || s.byteAt(s.at+3) != ':' || s.digits(s.at+4) != 2 {
		return false
	}
	if at := Clock(s.value(s.at+1, 2)*60 + s.value(s.at+4, 2)); at > 14*60 || at >= s.last().clock {
		return false
	}
	s.add(piece{kind: tokenZone}, end)
	return true
}

// dash reads a dash of any length; an arrow is one, and with ~ it is one only
// between days: before a time they mean nothing.
func (s *scanner) dash() {
	end := s.at
	for end < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[end:])
		if !strings.ContainsRune("-–—‒−~→>", r) {
			break
		}
		end += size
	}
	kind := tokenDash
	if next := strings.TrimLeft(s.text[end:], " "); strings.ContainsAny(s.text[s.at:end], "~>→") && (s.last().kind != tokenDays || next == "" || digit(next[0])) {
		kind = tokenFiller
	}
	s.add(piece{kind: kind, size: end - s.at}, end)
}

// word reads letters, with the apostrophes and the dots inside.
func (s *scanner) word() {
	end := s.at
	for end < len(s.text) {
		r, size := utf8.DecodeRuneInString(s.text[end:])
		inside := strings.ContainsRune("'’", r) && end+size < len(s.text)
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !inside {
			break
		}
		end += size
	}
	word := strings.ToLower(s.text[s.at:end])
	if rest := strings.ToLower(s.text[s.at:min(len(s.text), s.at+4)]); rest == "a.m." || rest == "p.m." {
		word, end = rest[:1]+"m", s.at+4
	}
	if strings.HasPrefix(s.text[end:], "-end") { // week-ends
		s.joined(word, &end)
	} else if (word == "bi" || word == "half" || word == "week") && end < len(s.text) && (s.text[end] == '-' || s.text[end] == ' ') {
		s.joined(word, &end)
	} else {
		s.add(s.wordToken(word), end)
	}
}

// joined reads a word that a hyphen parts.
func (s *scanner) joined(word string, end *int) {
	next := *end + 1
	for next < len(s.text) && unicode.IsLetter(rune(s.text[next])) {
		next++
	}
	both := word + strings.ToLower(s.text[*end+1:next])
	if t := s.wordToken(both); t.kind != tokenUnknown {
		s.add(t, next)
		return
	}
	s.add(s.wordToken(word), *end)
}
