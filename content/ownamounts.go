package content

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"unpinch/pattern"
)

// amounts is how much a text asks for, as it stands there.
type amounts struct {
	sets, reps, holds, breaths []int
	counts                     []int // without a unit, in the text's order
	held                       bool  // the word hold stands beside the seconds
	each                       bool
	written                    []string  // all that was read so, in order
	notes                      []OwnNote // what is read otherwise than it stands
}

// none reports whether the text says nothing of how much.
func (a amounts) none() bool { return len(a.written) == 0 }

// Parts of the patterns: a number or a range, and units.
const (
	anAmount  = `(\d{1,4}(?:\.\d)?)(?:\s*(?:-|\bto\b|\bor\b)\s*(\d{1,4}))?\s*-?\s*`
	closeSpan = `(?:\d{1,2})(?:(?:-|\s+to\s+)(?:\d{1,2}))?\s*`
	inSeconds = `s\b|secs?\b|seconds?\b|"|''`
	inMinutes = `m\b|mins?\b|minutes?\b|mn\b|'`
	aUnit     = `(` + inSeconds + `|` + inMinutes + `|(?:(?:slow|deep|calm|full|big)\s+)*breaths?\b|-?\s*counts?\b)\.?`
	aPeriod   = `(?:days?|daily|d|weeks?|wks?|weekly|hours?|hrs?|hourly|nights?|nightly|mornings?|evenings?)\b`
	aPart     = `(?:sides?|legs?|arms?|ways?|directions?|hands?|foot|feet|limbs?|knees?)\b`
	aWay      = `(?:on\s+)?(?:the\s+)?(?:left|right|(?-i:[LR])|forwards?|fwds?|backwards?|back|bwds?|clockwise|cw|(?:anti|counter)-?clockwise|a?ccw|acw)\b(?:\s*(?:sides?|legs?|arms?)\b)?`
	aRest     = `(?:\s*(?:between|after)(?:\s*(?:sets?|reps?|each))*)?`
	ofReps    = `(?:reps?|repetitions?|repeats?)\b`
)

// An amountPattern finds a way to say how much. read takes what was found, and
// reports whether it goes from the text with that.
type amountPattern struct {
	re   func() *regexp.Regexp
	read func(a *amounts, m []string) bool
}

func saying(how string, read func(a *amounts, m []string) bool) amountPattern {
	return amountPattern{pattern.New(`(?i)(?:` + how + `)`), read}
}

// sheetPatterns are tried one after the other, each on what those before it left.
var sheetPatterns = []amountPattern{
	// Each side or direction by itself, and how many of both.
	saying(anAmount+`(?:`+aUnit+`\s*)?`+aWay+`[\s,/&+]*(?:and\s+|then\s+)?`+anAmount+`(?:`+aUnit+`\s*)?`+aWay, bothWays),
	saying(anAmount+`/\s*`+anAmount+`(?:/\s*`+anAmount+`)?`, slashed),
	saying(`(\d{1,4})\s*(?:reps?\s*)?\(\s*(\d{1,4})\s*(?:reps?\s*)?(?:/|per|each|ea\b\.?|on each)\s*`+aPart+`\s*\)`, ofBoth),
	// How often a day, for how long, rests, tempo.
	saying(`every\s+(?:other\s+|second\s+)?(?:`+closeSpan+`)?`+aPeriod, often),
	saying(`(?:x\s*)?(?:`+closeSpan+`|once|twice|thrice)\s*(?:x|times?|sessions?)?\s*(?:/|per|an?|each|every|in an?|in the)?\s*`+aPeriod, often),
	saying(closeSpan+`days?\s*(?:/|per|an?|each|every|in an?)\s*(?:weeks?|wks?)\b`, often),
	saying(`(?:times?\s+)?(?:per|an?|/)\s*(?:days?|weeks?)\b`, often),
	saying(`daily|weekly|hourly|nightly|on alternate days|b\.?i\.?d\b\.?|t\.?i\.?d\b\.?|t\.?d\.?s\b\.?|q\.?[id]\.?[ds]\b\.?|prn|as needed|when needed|throughout the day|most days|mwf|am\s*(?:and|&|/|\+|,)\s*pm`, often),
	saying(`(?:in the |every |each |at )?(?:mornings?|evenings?|bedtime)(?:\s*(?:and|&|/|\+)\s*(?:the\s+)?(?:nights?|evenings?))?|(?:at|before|after)\s+(?:night|bed|bedtime|sleep|training|work|lunch)\b`, often),
	saying(`(?:on\s+)?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?\b(?:(?:[\s,/&+]|\band\b)*(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?\b)*`, often),
	saying(`(?:for\s+)?(?:the\s+)?(?:next\s+)?`+closeSpan+`(?:weeks?|wks?|days?|months?)\b|(?:weeks?|phase|day|stage|level)\s*`+closeSpan, often),
	saying(`(?:rest|break|recover|relax)\s*(?:for\s*|of\s*)?[:=]?\s*`+anAmount+aUnit+aRest, leftOut),
	saying(anAmount+aUnit+`\s*(?:of\s+)?(?:rest|break|recovery)\b`+aRest, leftOut),
	saying(`(?:tempo|@)\s*\d(?:[-:/]?[\dxX]){2,3}\b|rpe\s*\d+(?:\s*-\s*\d+)?`, leftOut),
	// Reps with a hold, in sets that stand after it.
	saying(`(\d{1,3})\s*x\s*(\d{1,2})\s*(?:`+inSeconds+`)\.?\s*(?:holds?\s*)?x\s*(\d{1,3})(?:\s*(?:sets?|reps?)\b)?`, aroundHold),
	// A band's colour, which stays for the name, as does the band.
	saying(`(?:yellow|red|green|blue|black|silver|gold|gr[ae]y|purple|orange|pink|white|tan)\b(?:[ -]*(?:thera-?\s?band|resistance band|exercise band|loop band|band|tubing))?`, beside),
	// Sides.
	saying(`(?:(?:repeat|do|switch|swap|change|then)\s+)*(?:/|per|each|ea\b\.?|an?|on (?:each|every|both|either|the other|other)|on the opposite|both|either|other|opposite|to each|to both|in each|in both|switch|swap|change)\s*`+aPart+`\.?`, eachSide),
	saying(`e/s|e\.s\.?|es|bilat(?:eral(?:ly)?)?|b/l|(?:on\s+)?\bl(?:eft)?\s*(?:/|&|\+|and|then)\s*r(?:ight)?\b|(?:on\s+)?\br(?:ight)?\s*(?:/|&|\+|and|then)\s*l(?:eft)?\b|alternating|alt\b\.?|alternate|unilateral(?:ly)?`, eachSide),
	saying(`(?:on\s+)?(?:the\s+|your\s+)?(?:(?:left|right|(?-i:[LR]))\b(?:\s*sides?)?|(?:affected|involved|sore|tight|painful|bad|stiff)\s+(?:sides?))(?:\s+only)?`, leftOut),
	// Holds and breaths.
	saying(`(?:hold|holds|holding|held)\b(?:[\s:=,~(-]|for\b|each\b|it\b|the\b|position\b|stretch\b|about\b|approx\b\.?|up to\b|count of\b|a\b|at\b|end\b|range\b|there\b|here\b|this\b|time\b)*`+anAmount+`(?:`+aUnit+`|(sets?|reps?|repetitions?|x|times?)\b)?`, labelledHold),
	saying(`count(?:ing)?\s*(?:of|to|for)\s*`+anAmount, hold(true)),
	saying(anAmount+aUnit+`\s*(?:-\s*)?(?:isometric\s+|iso\s+)?(?:holds?|pauses?|squeezes?)\b`, hold(true)),
	saying(anAmount+aUnit+`(?:\s*(?:each|long|duration)\b)?`, hold(false)),
	saying(`each|ea\b\.?`, eachSide),
	// Sets, then reps, then what else counts.
	saying(`sets?\s*[:=]?\s*(\d{1,4})\s*[,;x/]?\s*reps?\s*[:=]?\s*(\d{1,4})`, func(a *amounts, m []string) bool {
		a.sets, a.reps = append(a.sets, number(m[1])), append(a.reps, number(m[2]))
		return true
	}),
	saying(`(?:sets?|rounds?)\s*[:=]\s*`+anAmount, takeSets),
	saying(ofReps+`\s*[:=]\s*`+anAmount, takeReps),
	saying(`(?:x\s*)?`+anAmount+`(?:sets?|rounds?|series)\b(?:\s*(?:of|x)\b)?`, takeSets),
	saying(anAmount+`(?:(?:slow|good|smooth|controlled|gentle)\s+)*`+ofReps+`\.?`, takeReps),
	saying(`(?:reps?|repetitions?)\s+`+anAmount, takeReps),
	saying(`(?:(?:repeat|repeats|do|perform|complete)\s*:?\s*)?(?:(?:for|x)\s*)?`+anAmount+`(?:x\b|times?\b)?`, takeCounts),
	saying(`(?:repeat\s+)?(?:twice|thrice)`, func(a *amounts, m []string) bool {
		a.counts = append(a.counts, 2)
		return true
	}),
}

func often(a *amounts, m []string) bool {
	a.notes = append(a.notes, OwnNote{Kind: OwnOften, Seen: strings.Trim(m[0], " ,;")})
	return true
}

func leftOut(a *amounts, m []string) bool {
	a.notes = append(a.notes, OwnNote{Kind: OwnLeftOut, Seen: strings.Trim(m[0], " ,;")})
	return true
}

func beside(a *amounts, m []string) bool {
	leftOut(a, m)
	return false
}

func eachSide(a *amounts, _ []string) bool {
	a.each = true
	return true
}

// labelledHold takes what stands after the word hold, unless it counts something else.
func labelledHold(a *amounts, m []string) bool {
	if m[4] != "" {
		return false
	}
	return hold(true)(a, m)
}

// bothWays takes a number of each side or direction, which a line holds if they are
// the same.
func bothWays(a *amounts, m []string) bool {
	if m[1] != m[4] || m[2] != m[5] || m[3] != m[6] {
		return unlike(a, m[1], m[4])
	}
	a.each = true
	if m[3] == "" {
		return takeCounts(a, m)
	}
	return hold(false)(a, m)
}

// slashed takes two numbers with a slash between them: of each side, if they are the
// same.
func slashed(a *amounts, m []string) bool {
	if m[1] != m[3] || m[5] != "" {
		return unlike(a, m[1], m[3])
	}
	a.each = true
	return takeCounts(a, m)
}

// unlike takes numbers that no line holds together.
func unlike(a *amounts, one, other string) bool {
	a.reps = append(a.reps, number(one), number(other))
	return true
}

// ofBoth takes how many of both sides together, with how many of each beside it.
func ofBoth(a *amounts, m []string) bool {
	if a.each = true; number(m[1]) != 2*number(m[2]) {
		return unlike(a, m[1], m[2])
	}
	a.reps = append(a.reps, number(m[2]))
	return true
}

// aroundHold takes two numbers with a hold between them, of which the lower is the
// sets.
func aroundHold(a *amounts, m []string) bool {
	one, other := number(m[1]), number(m[3])
	a.sets, a.reps = append(a.sets, min(one, other)), append(a.reps, max(one, other))
	a.held, a.holds = true, append(a.holds, number(m[2]))
	return true
}

// hold takes seconds, minutes or breaths.
func hold(held bool) func(*amounts, []string) bool {
	return func(a *amounts, m []string) bool {
		unit := ""
		if len(m) > 3 {
			unit = strings.ToLower(m[3])
		}
		n := a.lower(m)
		switch {
		case strings.Contains(unit, "breath"):
			a.breaths = append(a.breaths, int(n))
			return true
		case strings.HasPrefix(unit, "m") || unit == "'":
			n *= 60
		}
		a.held = a.held || held
		a.holds = append(a.holds, int(n))
		return true
	}
}

func takeSets(a *amounts, m []string) bool {
	a.sets = append(a.sets, int(a.lower(m)))
	return true
}

func takeReps(a *amounts, m []string) bool {
	a.reps = append(a.reps, int(a.lower(m)))
	return true
}

func takeCounts(a *amounts, m []string) bool {
	a.counts = append(a.counts, int(a.lower(m)))
	return true
}

// lower returns the number that was found, of a range the lower end.
func (a *amounts) lower(m []string) float64 {
	low, _ := strconv.ParseFloat(m[1], 64)
	if high := number(m[2]); float64(high) > low {
		a.notes = append(a.notes, OwnNote{Kind: OwnLower, Seen: strings.Trim(m[0], " ,;")})
	}
	return low
}

// number reads up to four digits; none are 0.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// gone stands for what was read: no pattern reaches across it.
const gone = '\x01'

// A segment is what a pattern has found, where it stood.
type segment struct {
	at   int
	text string
}

// readAmounts returns what is left of a text without how much, and how much.
func readAmounts(text string) (rest string, a amounts) {
	left := []byte(plainAmounts(text))
	var found []segment
	for _, p := range sheetPatterns {
		found = append(found, p.take(&a, left)...)
	}
	slices.SortFunc(found, func(x, y segment) int { return cmp.Compare(x.at, y.at) })
	for _, s := range found {
		a.written = append(a.written, s.text)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(string(left), string(gone), " ")), " "), a
}

// take reads what a pattern finds in a text, and puts gone in its place.
func (p amountPattern) take(a *amounts, left []byte) (found []segment) {
	for from := 0; from < len(left); {
		m := p.re().FindSubmatchIndex(left[from:])
		if m == nil {
			break
		}
		start, end := from+m[0], from+m[1]
		groups := make([]string, len(m)/2)
		for i := range groups {
			if m[2*i] >= 0 {
				groups[i] = string(left[from+m[2*i] : from+m[2*i+1]])
			}
		}
		_, size := utf8.DecodeRune(left[start:])
		from = start + size
		if end == start || inside(left, start) || inside(left, end) {
			continue
		}
		from = end
		if !p.read(a, groups) {
			continue
		}
		found = append(found, segment{start, strings.Trim(groups[0], " ,;")})
		for i := start; i < end; i++ {
			left[i] = gone
		}
	}
	return found
}

// inside reports whether a place is in the middle of a word.
func inside(text []byte, at int) bool {
	if at == 0 || at == len(text) {
		return false
	}
	before, _ := utf8.DecodeLastRune(text[:at])
	after, _ := utf8.DecodeRune(text[at:])
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return word(before) && word(after)
}
