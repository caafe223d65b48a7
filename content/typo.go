package content

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
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
	text = strings.ToLower(unaccented(text[:min(len(text), queryMost)]))
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

// begins tells whether each word of a query begins a word of its own of a name.
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

// A distance counts slips; it keeps its rows from one count to the next.
type distance struct{ rows [3][queryMost + 2]int }

// between counts the slips from a to b, and to that beginning of b which is
// nearest to a. A slip is a letter that is missing, extra or wrong, or two that
// have changed places. Letters are bytes. Beyond the limit it stops counting and
// returns more than the limit.
func (d *distance) between(a, b string, limit int) (whole, begun int) {
	a, b = a[:min(len(a), queryMost)], b[:min(len(b), queryMost)]
	before, row, next := &d.rows[0], &d.rows[1], &d.rows[2]
	for j := range len(b) + 1 {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			n := min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				n = min(n, before[j-2]+1)
			}
			next[j] = n
			least = min(least, n)
		}
		if least > limit {
			return limit + 1, limit + 1
		}
		before, row, next = row, next, before
	}
	return row[len(b)], slices.Min(row[:len(b)+1])
}

// within tells whether there are no more slips than the limit from a to b.
func (d *distance) within(a, b string, limit int) bool {
	if n := len(a) - len(b); max(n, -n) > limit {
		return false
	}
	whole, _ := d.between(a, b, limit)
	return whole <= limit
}

// each tells whether each word of a query is, or begins, a word of a name after
// as many slips as its length allows.
func (d *distance) each(query, name []string) bool {
	for _, q := range query {
		if !slices.ContainsFunc(name, func(n string) bool {
			return strings.HasPrefix(n, q) || d.within(q, n, slipsIn(len(q)))
		}) {
			return false
		}
	}
	return true
}
