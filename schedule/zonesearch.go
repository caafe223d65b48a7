package schedule

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"unpinch/pattern"
	"unpinch/typo"
)

// A key is one text by which the search finds a zone.
type key struct {
	text string // folded
	kind int
}

// The kinds of keys, the better first.
const (
	keyCity    = iota // cities, and the zone's name
	keyCountry        // the country's name and code
	keyOther          // other names of the zone
	keyNote           // the part of the country
	keyClock          // what people call its clock; below it the zones whose clock it is too
)

// The grades of a match, the better first; a key's kind breaks ties.
const (
	gradeExact = iota
	gradePrefix
	gradeWord // a word after the first begins so
	gradeWords
	gradePart
	gradeNone
)

func (z *zone) add(text string, kind int) {
	if text = fold(text); text != "" {
		z.keys = append(z.keys, key{text, kind})
	}
}

func (z *zone) addKeys(note string) {
	z.add(z.City, keyCity)
	z.add(z.Name, keyCity)
	z.add(z.Country, keyCountry)
	z.add(z.Code, keyCountry)
	for _, a := range z.aliases {
		z.add(a, keyOther)
		z.add(a[strings.LastIndex(a, "/")+1:], keyOther)
	}
	z.add(note, keyNote)
}

// Search finds zones by city, region, country, code, name, what their clock is
// called, or offset from UTC at the instant, such as "lisbon", "texas", "usa",
// "pacific time", "est" and "utc+05:30", the best first. If that finds nothing, it allows for small typos.
func (z *Zones) Search(query string, at time.Time, limit int) []Zone {
	type hit struct {
		*zone
		grade int
	}
	var hits []hit
	zones := z.zones()
	for _, grade := range z.graders(query, at) {
		for i := range zones {
			if g := grade(&zones[i]); g < noMatch {
				hits = append(hits, hit{&zones[i], g})
			}
		}
		if len(hits) > 0 {
			break
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(a.grade-b.grade, b.weight-a.weight)
	})
	var found []Zone
	for _, h := range hits[:min(limit, len(hits))] {
		found = append(found, z.on(h.Zone, at))
	}
	return found
}

// Called returns the zones of which a text is a name in full: of a city, a region,
// a country or the zone itself.
func (z *Zones) Called(text string, at time.Time) (all []Zone) {
	q := fold(text)
	for _, of := range z.zones() {
		if slices.ContainsFunc(of.keys, func(k key) bool { return k.text == q && k.kind < keyNote }) {
			all = append(all, z.on(of.Zone, at))
		}
	}
	return all
}

var offsetPattern = pattern.New(`^(?:utc|gmt)?\s*([+−–-])\s*(\d{1,2})(?:[:.]?(\d{2}))?$`)

// listedPattern is a zone as other programs list it: (UTC+01:00) Berlin.
var listedPattern = pattern.New(`^\s*\((?:UTC|GMT)[^)]*\)\s*(\S.*)$`)

// offsetOf reads an offset from UTC, in seconds, such as "+1" or "utc+05:30".
func offsetOf(query string) (seconds int, ok bool) {
	m := offsetPattern().FindStringSubmatch(strings.ToLower(strings.TrimSpace(query)))
	if m == nil {
		return 0, false
	}
	hours, _ := strconv.Atoi(m[2])
	minutes, _ := strconv.Atoi("0" + m[3])
	if seconds = hours*3600 + minutes*60; m[1] != "+" {
		seconds = -seconds
	}
	return seconds, true
}

// A grader says how well a zone matches a query, the better the lower.
type grader func(*zone) int

// noMatch is what a grader says of a zone that does not match.
const noMatch = gradeNone * 10

// graders returns the ways to look for a query, one after the other.
func (z *Zones) graders(query string, at time.Time) []grader {
	query = listedPattern().ReplaceAllString(query, "$1")
	if want, ok := offsetOf(query); ok {
		return []grader{func(of *zone) int { return z.gradeOffset(of, want, at) }}
	}
	q := fold(query)
	if q == "" {
		return nil
	}
	var counter typo.Counter
	return []grader{
		func(of *zone) int { return gradeText(of, q) },
		func(of *zone) int { return gradeTypo(&counter, of, q) },
	}
}

// gradeOffset prefers places over the zones that are only an offset.
func (z *Zones) gradeOffset(of *zone, want int, at time.Time) int {
	switch {
	case z.offset(of.Name, at) != want:
		return noMatch
	case of.Code == "":
		return 1
	}
	return 0
}

// on fills in a row's offset at an instant.
func (z *Zones) on(row Zone, at time.Time) Zone {
	row.Offset = z.offset(row.Name, at)
	return row
}

func (z *Zones) offset(name string, at time.Time) int {
	loc, err := z.Location(name)
	if err != nil {
		return 0 // every zone of the list can be read; a test sees to it
	}
	_, offset := at.In(loc).Zone()
	return offset
}

// gradeText grades a folded query by the best match with a key: ten times its
// grade, and the kind of the key.
func gradeText(of *zone, q string) int {
	best := noMatch
	for _, k := range of.keys {
		switch {
		case k.kind < keyClock:
			best = min(best, grade(k.text, q)*10+k.kind)
		case k.text == q:
			return k.kind - noMatch // before all that is only called so
		case strings.Contains(q, " ") && strings.HasPrefix(k.text, q): // "pacific t"
			best = min(best, gradePrefix*10-1)
		}
	}
	if best > gradeWords*10 && inWords(of, q) {
		return gradeWords * 10
	}
	return best
}

// inWords reports whether a query begins with a zone's place, and goes on with
// words of it or their beginnings: "paris france", "austin tx", "denver col".
func inWords(of *zone, q string) bool {
	for i, letter := range q {
		if letter != ' ' || !slices.ContainsFunc(of.keys, func(k key) bool { return k.text == q[:i] }) {
			continue
		}
		rest := strings.Fields(q[i:])
		if !slices.ContainsFunc(rest, func(w string) bool {
			return !slices.ContainsFunc(of.keys, func(k key) bool { return grade(k.text, w) < gradePart })
		}) {
			return true
		}
	}
	return false
}

// slipLetters is how long a key is in which a slip is allowed for: another short
// code is no slip.
const slipLetters = 4

// gradeTypo allows for one slip in four letters.
func gradeTypo(counter *typo.Counter, of *zone, q string) int {
	for _, k := range of.keys {
		if len(k.text) >= slipLetters && counter.Within(k.text, q, len(q)/4) {
			return k.kind
		}
	}
	return noMatch
}

// grade compares a key with a query, both folded.
func grade(text, q string) int {
	switch i := strings.Index(text, q); {
	case text == q:
		return gradeExact
	case i == 0:
		return gradePrefix
	case i > 0 && strings.Contains(text, " "+q):
		return gradeWord
	case i > 0 && len(q) > 2:
		return gradePart
	}
	return gradeNone
}

// fold writes text in lower case without accents, its words between single
// spaces.
func fold(text string) string {
	text = strings.ToLower(text)
	for letter, two := range map[string]string{"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"} {
		text = strings.ReplaceAll(text, letter, two)
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' || r == '.':
			return -1
		case r == 'ø':
			return 'o'
		case r == 'ł':
			return 'l'
		case r == 'ı':
			return 'i'
		case r == 'đ':
			return 'd'
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '+':
			return r
		}
		return ' '
	}, norm.NFD.String(text))
	return strings.Join(strings.Fields(text), " ")
}
