package timetable

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"unpinch/pattern"
	"unpinch/schedule"
	"unpinch/visible"
)

const (
	maxLine  = 500 // bytes; a rule and a title are less
	maxWords = 100 // of a line: each number of them is tried as a rule
	helpMost = 60  // bytes of a rule that is tried with corrections, which takes long
)

// A Line is one class as a line of a form has it.
type Line struct {
	N      int // from 1
	Text   string
	Rule   schedule.Rule
	Length time.Duration
	Title  string // "" for none
}

// plainLine is what can be seen of a text, on one line.
func plainLine(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, visible.Text(text)))
}

// bullet stands before a line of a list; in cron it is a field of its own.
var bullet = pattern.New(`^[*•·]\s+(\pL|\d\S*[:hap])`)

// ParseLine reads a line that begins with a rule as schedule.Read reads it at a
// place, then has its length if it isn't 60 minutes, then its title if it has one, to the end
// of the line or in quotes: "every 2 weeks sat 09:00 from 2026-12-05 90min Run".
//
// A length is a number with its unit (60min, 60 min, 90m, 1h, 1h30, 1.5
// hours). 1h30 is also how some write a time of day, so without a unit for its
// minutes it is a length only after a time, with no comma or "and" between and
// up to four hours; beyond ten it is a time, and else it is a fault. Likewise
// a title that begins with a number or has a time of day in it is taken for a
// mistyped rule, unless a length stands before it or quotes stand around it.
func ParseLine(full string, here schedule.Here) (Line, *Fault) {
	if len(full) > maxLine {
		return Line{}, &Fault{Code: CodeTooLong, Seen: Cut(full, 20), Example: "mon wed fri 18:00"}
	}
	text, quoted, fault := quotedTitle(bullet().ReplaceAllString(full, "$1"))
	if fault != nil {
		return Line{}, fault
	}
	s := newSplitter(text, here)
	if len(s.words) > maxWords {
		return Line{}, &Fault{Code: CodeTooLong, Seen: Cut(full, 20), Example: "mon wed fri 18:00"}
	}
	l, fault := s.split()
	if fault != nil {
		return Line{}, fault
	}
	if quoted != "" {
		if l.Title != "" {
			return Line{}, &Fault{Code: CodeQuote, Seen: Cut(l.Title, 60), Example: `mon 18:00 "Open gym"`}
		}
		l.Title = quoted
	}
	l.Text = full
	if n := utf8.RuneCountInString(l.Title); n > MaxTitle {
		return Line{}, &Fault{Code: CodeTitleLong, Seen: strconv.Itoa(n)}
	}
	if l.Length < MinLength || l.Length > MaxLength {
		return Line{}, &Fault{Code: CodeLength, Seen: s.lengthSeen, Example: "60min"}
	}
	return l, nil
}

// quotes closes each kind of quotes that a title may stand in.
var quotes = map[rune]rune{'"': '"', '“': '”', '„': '“', '«': '»'}

// quotedTitle takes the title in quotes out of a line.
func quotedTitle(text string) (rest, title string, fault *Fault) {
	open := strings.IndexFunc(text, func(r rune) bool { return quotes[r] != 0 })
	if open < 0 {
		return text, "", nil
	}
	r, size := utf8.DecodeRuneInString(text[open:])
	inside, after, closed := strings.Cut(text[open+size:], string(quotes[r]))
	if title = fields(inside); !closed || title == "" {
		return "", "", &Fault{Code: CodeQuote, Seen: Cut(text[open:], 60), Example: `mon 18:00 "Open gym"`}
	}
	return text[:open] + " " + after, title, nil
}

// fields puts one space between words.
func fields(text string) string { return strings.Join(strings.Fields(text), " ") }

// A splitter finds where the rule of a line ends, and its length and title.
type splitter struct {
	text       string
	here       schedule.Here
	words      []span
	lengthSeen string
}

// A span is where a word stands in the text.
type span struct{ from, to int }

func newSplitter(text string, here schedule.Here) *splitter {
	s := &splitter{text: text, here: here}
	from := -1
	for i, r := range text {
		switch comma := r == ',' || r == ';' || r == '|'; {
		case r == ' ':
			s.word(&from, i)
		case from < 0 && !comma:
			from = i
		case comma: // ends a word: 18:00,60min
			s.word(&from, i+1)
		}
	}
	s.word(&from, len(text))
	return s
}

func (s *splitter) word(from *int, to int) {
	if *from >= 0 {
		s.words = append(s.words, span{*from, to})
	}
	*from = -1
}

// upTo returns the text of the first n words.
func (s *splitter) upTo(n int) string {
	if n == 0 {
		return ""
	}
	return s.text[:s.words[n-1].to]
}

// since returns the text from the n-th word on.
func (s *splitter) since(n int) string {
	if n >= len(s.words) {
		return ""
	}
	return s.text[s.words[n].from:]
}

// at returns the n-th word in small letters, without what surrounds it.
func (s *splitter) at(n int) string {
	if n < 0 || n >= len(s.words) {
		return ""
	}
	return strings.ToLower(strings.Trim(s.text[s.words[n].from:s.words[n].to], ",;.()[]|"))
}

func (s *splitter) split() (Line, *Fault) {
	found := s.rule(len(s.words))
	start, size, length, fault := s.firstLength(found.words)
	if fault != nil {
		return Line{}, fault
	}
	if size == 0 {
		return s.withoutLength(found)
	}
	s.lengthSeen = strings.Trim(s.text[s.words[start].from:s.words[start+size-1].to], ",; ")
	l := Line{Length: length}
	found = s.rule(start)
	if found.words == 0 { // it may go on after the length
		without := newSplitter(strings.TrimSpace(s.upTo(start)+" "+s.since(start+size)), s.here)
		found = without.rule(len(without.words))
		if found.words <= start {
			return Line{}, s.noRule(start)
		}
		l.Rule, l.Title = found.rule, cleanTitle(without.since(found.words))
		return l, found.otherLength(length)
	}
	if between := found.all; between < start && !(between == start-1 && s.at(between) == "for") {
		if fault := s.title(found.words, start); fault != nil {
			return Line{}, fault
		}
		return Line{}, &Fault{Code: CodeOrder, Seen: s.lengthSeen, Example: `mon 18:00 60min Open gym`}
	}
	l.Rule, l.Title = found.rule, cleanTitle(s.since(start+size))
	return l, found.otherLength(length)
}

func (s *splitter) withoutLength(found ruleWords) (Line, *Fault) {
	if found.words == 0 {
		return Line{}, s.noRule(len(s.words))
	}
	l := Line{Rule: found.rule, Length: DefaultLength}
	if found.length != 0 {
		l.Length, s.lengthSeen = found.length, found.lengthSeen
	}
	if found.all < len(s.words) {
		if last := s.at(found.words - 1); slices.Contains(namedTimes, last) && len(found.rule.Times()) > 1 {
			return Line{}, &Fault{Code: CodeAmbiguous, Seen: last, Example: `mon 18:00 "Noon crew"`}
		}
		if fault := s.title(found.words, len(s.words)); fault != nil {
			return Line{}, fault
		}
		l.Title = cleanTitle(s.since(found.words))
	}
	return l, nil
}

// namedTimes are times of day that begin a title as well.
var namedTimes = []string{"noon", "midday", "midnight"}

// cleanTitle takes away what parts a title from what stands before it.
func cleanTitle(text string) string {
	return fields(strings.TrimLeft(text, " -–—:,;|"))
}

// ruleWords is a rule at the beginning of a line.
type ruleWords struct {
	rule  schedule.Rule
	words int // how many it takes; 0 if there is no rule
	all   int // with those after it that add nothing, such as the "The" of a title

	length     time.Duration // from a start to its end; 0 if it has no end
	lengthSeen string
}

// otherLength says that a length beside the rule isn't that of its starts and
// ends.
func (r ruleWords) otherLength(length time.Duration) *Fault {
	if r.length == 0 || r.length == length {
		return nil
	}
	return RuleFault(&schedule.ParseError{Fault: schedule.FaultSpan, Seen: r.lengthSeen})
}

// rule reads the longest rule that the first words are, up to a limit.
func (s *splitter) rule(limit int) ruleWords {
	var found ruleWords
	for n := 1; n <= limit; n++ {
		r, ok := schedule.TryRead(s.upTo(n), s.here)
		if !ok || r.Length != 0 && isLength(r.LengthWords) {
			continue
		}
		if found.words == 0 || !r.Rule.Equal(found.rule) || r.Length != found.length {
			found.rule, found.words, found.length, found.lengthSeen = r.Rule, n, r.Length, r.LengthWords
		}
		found.all = n
	}
	return found
}

// noRule says what is wrong with the first words of a line, no number of which
// is a rule.
func (s *splitter) noRule(limit int) *Fault {
	text := s.upTo(limit)
	if f := strings.Fields(text); len(f) > 5 && cronLike(f[:5]) {
		text = strings.Join(f[:5], " ")
	}
	if len(text) > helpMost {
		_, err := schedule.Parse(text)
		return RuleFault(err)
	}
	_, err := schedule.Read(text, s.here)
	return RuleFault(err)
}

// isLength reports whether a text is a length rather than a start with its end.
func isLength(text string) bool {
	_, size, _, fault := newSplitter(text, schedule.Here{}).firstLength(0)
	return size > 0 || fault != nil
}

// cronLike reports whether five words are meant as cron's fields.
func cronLike(words []string) bool {
	return strings.Trim(words[0]+words[1], "0123456789*?/,-") == "" && strings.ContainsAny(strings.Join(words, ""), "*?")
}

// RuleFault is the fault of a line whose rule can't be read, by what
// schedule.Read says.
func RuleFault(err error) *Fault {
	if p, ok := errors.AsType[*schedule.ParseError](err); ok {
		return &Fault{Code: CodeRule, Seen: p.Seen, Example: p.Example(), Rule: p}
	}
	return &Fault{Code: CodeRule, Example: "mon wed fri 18:00"}
}
