// Package typo counts the slips between what somebody typed and a name.
package typo

import "slices"

// Longest is how many bytes of a text count: no name that people look up is
// longer.
const Longest = 60

// A Counter counts slips: letters that are missing, extra or wrong, or two
// neighbours that have changed places. Letters are bytes. It keeps its rows from
// one count to the next, so that each goroutine needs its own; the zero value is
// ready.
type Counter struct{ rows [3][Longest + 1]int }

// Between counts the slips from a to b, and to that beginning of b which is
// nearest to a. Beyond the limit it stops counting and returns more than the
// limit.
func (c *Counter) Between(a, b string, limit int) (whole, begun int) {
	a, b = a[:min(len(a), Longest)], b[:min(len(b), Longest)]
	before, row, next := &c.rows[0], &c.rows[1], &c.rows[2]
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

// Within reports whether there are no more slips than the limit from a to b.
func (c *Counter) Within(a, b string, limit int) bool {
	if n := len(a) - len(b); max(n, -n) > limit {
		return false
	}
	whole, _ := c.Between(a, b, limit)
	return whole <= limit
}
