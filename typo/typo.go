// Package typo counts the slips between what somebody typed and a name.
package typo

// Longest is how many bytes of a text count: no name that people look up is
// longer.
const Longest = 60

// A Counter counts slips: letters that are missing, extra or wrong, or two
// neighbours that have changed places. Letters are bytes. It keeps its rows from
// one count to the next, so that each goroutine needs its own; the zero value is
// ready.
type Counter struct{ rows [3][Longest + 1]int }

// Between counts the slips from a to b, and to that beginning of b which is
// nearest to a. More than the limit are not counted: it returns one more.
func (c *Counter) Between(a, b string, limit int) (whole, begun int) {
	a, b = a[:min(len(a), Longest)], b[:min(len(b), Longest)]
	over := limit + 1
	if len(a)-len(b) > limit {
		return over, over
	}
	before, row, next := &c.rows[0], &c.rows[1], &c.rows[2]
	for j := range min(len(b), limit) + 1 {
		row[j] = j
	}
	// As many letters as the limit to either side of a row's own is as far as
	// it can matter.
	for i := 1; i <= len(a); i++ {
		from, to := max(1, i-limit), min(len(b), i+limit)
		if from == 1 {
			next[0] = min(i, over)
		} else {
			next[from-1] = over
		}
		if to == i+limit {
			row[to] = over
		}
		least := next[from-1]
		for j := from; j <= to; j++ {
			n := row[j-1]
			if a[i-1] != b[j-1] {
				n = 1 + min(n, row[j], next[j-1])
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					n = min(n, before[j-2]+1)
				}
			}
			next[j] = n
			least = min(least, n)
		}
		if least > limit {
			return over, over
		}
		before, row, next = row, next, before
	}
	whole, begun = over, over
	for j := max(0, len(a)-limit); j <= min(len(b), len(a)+limit); j++ {
		begun = min(begun, row[j])
	}
	if len(b)-len(a) <= limit {
		whole = min(over, row[len(b)])
	}
	return whole, begun
}

// Within reports whether there are no more slips than the limit from a to b.
func (c *Counter) Within(a, b string, limit int) bool {
	if n := len(a) - len(b); max(n, -n) > limit {
		return false
	}
	whole, _ := c.Between(a, b, limit)
	return whole <= limit
}
