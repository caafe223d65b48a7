package content

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"unpinch/pattern"
)

var (
	timesSign  = pattern.New(`(\d)(?i:x)(\d)`)
	wordNumber = pattern.New(`(?i)\b(one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty|an?|half an?|half)\s+((?:slow\s+|deep\s+)?(?:sets?|reps?|repetitions?|times|x|secs?|seconds?|mins?|minutes?|breaths?|counts?|rounds?|days?|weeks?|hours?)\b)`)
	fourPoint  = pattern.New(`(?i)\b4[ -]?(?:point|pt)\b`)
	countWord  = pattern.New(`(?i)\b(of|repeat|do)\s+(two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)\b`)
	ninety     = pattern.New(`\b90\s*[/-]\s*90\b`)
	clockTime  = pattern.New(`\b(\d{1,2}):([0-5]\d)\b`)
	andHalf    = pattern.New(`(?i)\b(\d|one|an?)\s*(?:½|1/2|and\s+a\s+half)\s*(min(?:ute)?s?)\b`)
	halfAfter  = pattern.New(`(?i)\b(?:1|one|a)\s+min(?:ute)?\s+and\s+a\s+half\b`)
	halfMinute = pattern.New(`(?i)(?:½|\b1/2)\s*(?:a\s+)?min(?:ute)?s?\b`)
)

// plainAmounts writes signs and numbers in words as the patterns know them.
func plainAmounts(text string) string {
	text = plainSigns(text)
	text = ninety().ReplaceAllString(text, "ninety ninety")
	text = clockTime().ReplaceAllStringFunc(text, func(found string) string {
		minutes, seconds, _ := strings.Cut(found, ":")
		return strconv.Itoa(60*number(minutes)+number(seconds)) + " s"
	})
	text = halfAfter().ReplaceAllString(text, "90 s")
	text = andHalf().ReplaceAllStringFunc(text, func(found string) string {
		return strconv.Itoa(60*max(number(found[:1]), 1)+30) + " s"
	})
	text = halfMinute().ReplaceAllString(text, "30 s")
	text = fourPoint().ReplaceAllString(text, "four point")
	text = timesSign().ReplaceAllString(timesSign().ReplaceAllString(text, "$1 x $2"), "$1 x $2")
	text = countWord().ReplaceAllStringFunc(text, func(found string) string {
		before, word, _ := strings.Cut(found, " ")
		return before + " " + numberWords()[strings.ToLower(strings.TrimSpace(word))]
	})
	return wordNumber().ReplaceAllStringFunc(text, func(found string) string {
		word, unit, _ := strings.Cut(found, " ")
		minutes := strings.Contains(strings.ToLower(unit), "min")
		switch n, ok := numberWords()[strings.ToLower(word)]; {
		case ok:
			return n + " " + unit
		case minutes && strings.HasPrefix(strings.ToLower(word), "half"):
			return "30 s"
		case minutes:
			return "1 " + unit
		}
		return found // "a day" is how often
	})
}

// plainSigns writes the signs that stand for another as that.
func plainSigns(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '×', '✕', '✖', '*':
			return 'x'
		case '–', '—', '−', '‑', '‒':
			return '-'
		case '″', '”', '“':
			return '"'
		case '’', '′', '‘':
			return '\''
		case gone, utf8.RuneError:
			return ' '
		}
		return r
	}, text)
}

// numberWords are the numbers that people write out.
func numberWords() map[string]string {
	return map[string]string{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
		"ten": "10", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "sixty": "60"}
}
