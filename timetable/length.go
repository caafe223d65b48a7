package timetable

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/pattern"
)

var (
	// lengthPattern is a length that is nothing else: its minutes have a unit,
	// or its hours a word for one.
	lengthPattern = pattern.New(`^(?:(\d{1,2}(?:[.,]\d)?)(?:h|hrs?|hours?))?(?:(\d{1,4})(?:m|mins?|minutes?|'|’|′))?$`)
	// hoursPattern may be a time of day as well.
	hoursPattern = pattern.New(`^(\d{1,2})h(\d{2})?$`)
	unitPattern  = pattern.New(`^(?:h|hrs?|hours?|m|mins?|minutes?)$`)
	halfPattern  = pattern.New(`^\d{1,2}[.,]\d$`)
)

// certain and possible bound how long a length like 1h30 is taken for one.
const (
	certain  = 4 * time.Hour
	possible = 10 * time.Hour
)

// firstLength finds the first length of a line, of which so many words are a
// rule if nothing is a length: where it begins, and how many words it is, 0 if
// there is none.
func (s *splitter) firstLength(ruleEnd int) (start, size int, length time.Duration, fault *Fault) {
	timed := false // there was a time before
	for i := range s.words {
		timed = timed || ruleEnd > 0 && i >= ruleEnd
		if i == 0 {
			timed = kindOf(s.at(i)) == wordTime
			continue
		}
		if size, length = s.lengthAt(i, timed && !s.listed(i)); size > 0 {
			return i, size, length, nil
		}
		if hours, ok := hoursOf(s.at(i)); ok && timed && hours <= possible && s.at(i-1) != "at" && s.at(i-1) != "@" {
			switch listed := s.listed(i); {
			case hours <= certain && !listed:
				return i, 1, hours, nil
			case hours <= certain || !listed:
				return 0, 0, 0, ambiguous(s.at(i), hours)
			}
		}
		timed = timed || kindOf(s.at(i)) == wordTime
	}
	return 0, 0, 0, nil
}

func ambiguous(seen string, hours time.Duration) *Fault {
	minutes := int(hours.Minutes())
	clock := time.Time{}.Add(hours).Format("15:04")
	return &Fault{Code: CodeAmbiguous, Seen: seen, Example: strconv.Itoa(minutes) + "min, or " + clock}
}

// lengthAt reads a length that begins with the i-th word and is nothing else.
// Where 1h would be a length, minutes may follow it.
func (s *splitter) lengthAt(i int, hours bool) (size int, length time.Duration) {
	word, size := s.at(i), 1
	if number(word) && unitPattern().MatchString(s.at(i+1)) && !s.ends(i) {
		word, size = word+s.at(i+1), 2
	}
	length, ok := explicit(word)
	if !ok {
		return 0, 0
	}
	inHours := strings.Trim(word, "0123456789.,hrsou") == ""
	if inHours && hours && !s.ends(i+size-1) {
		if n, more := s.minutesAt(i + size); n > 0 {
			return size + n, length + more
		}
	}
	if size == 1 && hoursPattern().MatchString(word) {
		return 0, 0
	}
	return size, length
}

// number reports whether a word is a number as lengths have it.
func number(word string) bool {
	return word != "" && strings.Trim(word, "0123456789") == "" || halfPattern().MatchString(word)
}

// minutesAt reads minutes after hours: 30min, 30 min or 30.
func (s *splitter) minutesAt(i int) (size int, length time.Duration) {
	word := s.at(i)
	if word == "and" || word == "&" {
		n, length := s.minutesAt(i + 1)
		return min(n, 1) + n, length
	}
	size = 1
	if len(word) == 2 && number(word) {
		if unit := s.at(i + 1); strings.HasPrefix(unit, "m") && unitPattern().MatchString(unit) && !s.ends(i) {
			size = 2
		}
		word += "m"
	}
	length, ok := explicit(word)
	if !ok || length >= time.Hour || strings.Contains(word, "h") {
		return 0, 0
	}
	return size, length
}

// ends reports whether a comma follows the i-th word.
func (s *splitter) ends(i int) bool {
	return i < len(s.words) && strings.HasSuffix(s.text[s.words[i].from:s.words[i].to], ",")
}

// listed reports whether the i-th word goes on a list.
func (s *splitter) listed(i int) bool {
	return s.ends(i-1) || slices.Contains([]string{"and", "&", "+", "/"}, s.at(i-1))
}

// explicit reads a length in one word, with units.
func explicit(word string) (time.Duration, bool) {
	m := lengthPattern().FindStringSubmatch(word)
	if m == nil || m[1]+m[2] == "" {
		return 0, false
	}
	hours, _ := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
	minutes, _ := strconv.Atoi(m[2])
	return (time.Duration(hours*60) + time.Duration(minutes)) * time.Minute, true
}

// hoursOf reads 1h and 1h30.
func hoursOf(word string) (time.Duration, bool) {
	m := hoursPattern().FindStringSubmatch(word)
	if m == nil {
		return 0, false
	}
	hours, _ := strconv.Atoi(m[1])
	minutes, _ := strconv.Atoi(m[2])
	return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute, minutes < 60
}
