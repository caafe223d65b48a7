package content

import (
	"cmp"
	"slices"
	"strings"

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
	return s.nearest(s.index.wordsOf(text))
}

func (s *Lifts) nearest(all []string) []*Exercise {
	var out []*Exercise
	if ids := s.index.naming.mayBe(all); len(ids) > 0 {
		for _, id := range ids {
			if e, ok := s.ByID(id); ok {
				out = append(out, e)
			}
		}
		return out
	}
	for _, of := range s.index.likely(all, NearMost, func(of int, kind string) bool {
		return slices.Contains(s.index.naming.unsure[kind], s.all[of].ID)
	}) {
		out = append(out, s.all[of])
	}
	return out
}

// likely returns the places whose names share most with the words, or, if none
// shares any, those that look most alike. The common ones of a kind count more.
func (x *index) likely(all []string, most int, common func(of int, kind string) bool) []int {
	all = all[:min(len(all), nameWords)]
	if len(all) == 0 {
		return nil
	}
	points, kind := x.points(all)
	var out []int
	slip := slices.ContainsFunc(all, func(w string) bool { return !x.has(w) && !x.naming.known[w] && !x.naming.numeric(w) })
	if slip || len(points) == 0 {
		for _, h := range x.search(all) {
			if len(points) == 0 || h.way <= wayTypo {
				out = append(out, x.keys[h.at].of)
			}
		}
	}
	if len(out) > 0 {
		return out[:min(most, len(out))]
	}
	if len(points) == 0 {
		return x.nearest(all)[:min(most, len(x.allowed))]
	}
	for of := range x.allowed {
		if points[of] <= 0 {
			continue
		}
		if common(of, kind) {
			points[of] += nearKnown
		}
		out = append(out, of)
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(points[b], points[a]) })
	return out[:min(most, len(out))]
}

// points returns what each place has for its best name that shares a word, and
// the word that says what kind of lift is meant.
func (x *index) points(all []string) (out map[int]int, kind string) {
	shared := map[int]int{}
	spans := x.naming.spans(all)
	var beside set // what stands beside the name
	for _, s := range spans {
		beside |= s.at
	}
	last := ""
	for i, w := range all {
		if slices.Contains(all[:i], w) || len(x.with[w]) == 0 {
			continue
		}
		if beside&(1<<i) == 0 {
			last = w
		}
		for _, at := range x.with[w] {
			shared[at]++
		}
	}
	out = map[int]int{}
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
	return out, last
}

// nearest returns every place of the list, those whose names are least unlike
// the words first.
func (x *index) nearest(words []string) []int {
	q, _ := squash(words)
	var counter typo.Counter
	off := map[int]int{}
	var out []int
	for i := range x.keys {
		k := &x.keys[i]
		least, ok := off[k.of]
		if !ok {
			out = append(out, k.of)
			least = typo.Longest + 1
		}
		if least > 0 { // how far a name is that is no nearer doesn't matter
			off[k.of], _ = counter.Between(q, k.squashed, least-1)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(off[a], off[b]) })
	return out
}

// mayBe returns the lifts that a name may be which is no lift's for certain, with
// nothing beside it but how much. Words of a name say which it is, whatever they are else.
func (n *naming) mayBe(all []string, named ...string) []string {
	dose, note := n.marks(all)
	var name []string
	for i, w := range all {
		if !dose[i] && !note[i] || slices.Contains(named, w) {
			name = append(name, w)
		}
	}
	slices.Sort(name)
	return n.unsure[strings.Join(name, " ")]
}
