package content

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"unpinch/typo"
)

// short forms that people write for a word, wherever it stands in a name.
var shortForms = map[string]string{
	"db": "dumbbell", "dbs": "dumbbell", "bb": "barbell", "kb": "kettlebell", "kbs": "kettlebell",
	"bw": "bodyweight", "alt": "alternating", "ext": "extension", "mb": "ball",
	"sl": "singleleg", "dl": "deadlift", "oh": "overhead", "tri": "tricep", "bi": "bicep",
}

// wordsOf prepares a name or a query: small letters without accents and digits
// in words, short forms written out, plurals made singular.
func wordsOf(text string) []string {
	text = strings.ToLower(unaccented(text[:min(len(text), typo.Longest)]))
	for _, mark := range [][2]string{{"'", ""}, {"’", ""}, {"&", " and "}} {
		text = strings.ReplaceAll(text, mark[0], mark[1])
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		if long, ok := shortForms[w]; ok {
			w = long
		}
		words[i] = singular(w)
	}
	return words
}

// unaccented drops the marks of letters: é is e, typed as one sign or as two.
func unaccented(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(text))
}

// singular drops the plural's ending.
func singular(w string) string {
	switch {
	case len(w) <= 3 || strings.HasSuffix(w, "ss"):
		return w
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "xes"):
		return w[:len(w)-2]
	}
	return strings.TrimSuffix(w, "s")
}

// squash joins words without blanks, as they stand and sorted.
func squash(words []string) (plain, sorted string) {
	return strings.Join(words, ""), strings.Join(slices.Sorted(slices.Values(words)), "")
}

// lettersOf returns the set of a text's letters and digits, a bit for each;
// what is neither a to z nor 0 to 9 shares one.
func lettersOf(text string) uint64 {
	var set uint64
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z':
			set |= 1 << (c - 'a')
		case c >= '0' && c <= '9':
			set |= 1 << (26 + c - '0')
		default:
			set |= 1 << 63
		}
	}
	return set
}

// begins reports whether each word of a query begins another word of a name.
func begins(query, name []string) bool {
	if len(query) > len(name) {
		return false
	}
	used := 0 // a bit for each word of the name
	for _, q := range query {
		found := false
		for i, n := range name {
			if used&(1<<i) == 0 && strings.HasPrefix(n, q) {
				used |= 1 << i
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// slipsIn is how many slips a text of so many letters may have.
func slipsIn(letters int) int {
	switch {
	case letters <= 3:
		return 0
	case letters <= 5:
		return 1
	case letters <= 9:
		return 2
	}
	return 3
}

// each reports whether each word of a query is, or begins, a word of a name
// after as many slips as its length allows.
func each(counter *typo.Counter, query, name []string) bool {
	for _, q := range query {
		if !slices.ContainsFunc(name, func(n string) bool {
			return strings.HasPrefix(n, q) || counter.Within(q, n, slipsIn(len(q)))
		}) {
			return false
		}
	}
	return true
}
