package content

import (
	"slices"
	"strings"
	"unpinch/typo"
)

// squash joins words without blanks, as they stand and sorted.
func squash(words []string) (plain, sorted string) {
	return strings.Join(words, ""), strings.Join(slices.Sorted(slices.Values(words)), "")
}

// foreignLetter is the bit of all that is neither a to z nor 0 to 9.
const foreignLetter = 1 << 63

// lettersOf returns the set of a text's letters and digits, a bit for each.
func lettersOf(text string) uint64 {
	var set uint64
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z':
			set |= 1 << (c - 'a')
		case c >= '0' && c <= '9':
			set |= 1 << (26 + c - '0')
		default:
			set |= foreignLetter
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
			if n[0] != q[0] && (len(n) < 2 || n[1] != q[0]) { // the first letter is right, or has changed places
				return false
			}
			return strings.HasPrefix(n, q) || counter.Within(q, n, slipsIn(len(q)))
		}) {
			return false
		}
	}
	return true
}
