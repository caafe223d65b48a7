package content

import (
	"cmp"
	"slices"

	"unpinch/typo"
)

// How much counts for a name that may be meant.
const (
	nearWord  = 10 // a word that both have
	nearLack  = -3 // one that the text lacks
	nearLast  = 6  // the last word, which says what kind of lift it is
	nearGear  = 3  // an attribute that the lift has
	nearOwn   = 1
	nearKnown = 3 // most gyms train it
)

// Near returns the lifts that a name may mean, at most NearMost, the likeliest first.
// It is empty only for a text without words.
func (s *Lifts) Near(text string) []*Exercise {
	return s.near(s.index.read(words(s.index.naming.tokens(head(text, nameBytes)))))
}

func (s *Lifts) near(all []string) []*Exercise {
	var out []*Exercise
	for _, of := range s.index.likely(all, NearMost) {
		out = append(out, s.all[of])
	}
	return out
}

// likely returns the places whose names share most with the words, or, if none
// shares any, those that look most alike.
func (x *index) likely(all []string, most int) []int {
	all = all[:min(len(all), nameWords)]
	if len(all) == 0 {
		return nil
	}
	points := x.points(all)
	if len(points) == 0 {
		var out []int
		for _, h := range x.search(all) {
			out = append(out, x.keys[h.at].of)
		}
		if len(out) == 0 {
			out = x.nearest(all)
		}
		return out[:min(most, len(out))]
	}
	var out []int
	for of := range x.allowed {
		if points[of] > 0 {
			out = append(out, of)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(points[b], points[a]) })
	return out[:min(most, len(out))]
}

// points returns what each place has for its best name that shares a word.
func (x *index) points(all []string) map[int]int {
	shared := map[int]int{}
	last := ""
	for i, w := range all {
		if slices.Contains(all[:i], w) || len(x.with[w]) == 0 {
			continue
		}
		if !x.naming.known[w] {
			last = w
		}
		for _, at := range x.with[w] {
			shared[at]++
		}
	}
	spans := x.naming.spans(all)
	out := map[int]int{}
	for at, n := range shared {
		k := &x.keys[at]
		p := nearWord*n + nearLack*(k.unlike-n)
		if last != "" && k.words[len(k.words)-1] == last {
			p += nearLast
		}
		if k.staple {
			p += nearKnown
		}
		if !k.nick {
			p += nearOwn
		}
		for _, s := range spans {
			if s.kind == isAttribute && x.allowed[k.of][s.attr] {
				p += nearGear
			}
		}
		out[k.of] = max(out[k.of], p)
	}
	return out
}

// nearest returns every place of the list, those whose names are least unlike
// the words first.
func (x *index) nearest(words []string) []int {
	q, _ := squash(words)
	var counter typo.Counter
	off := map[int]int{}
	var out []int
	for _, k := range x.keys {
		slips, _ := counter.Between(q, k.squashed, typo.Longest)
		old, ok := off[k.of]
		if !ok {
			out = append(out, k.of)
		}
		if !ok || slips < old {
			off[k.of] = slips
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(off[a], off[b]) })
	return out
}
