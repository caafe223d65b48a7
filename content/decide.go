package content

import (
	"iter"
	"math/bits"
	"slices"
	"strings"

	"unpinch/typo"
)

// Limits of one name; what is longer is not certain.
const (
	nameBytes = 200
	nameWords = 24
)

// directed is the word that gives a name an order, as "knees to elbows" has.
const directed = "to"

// set is a set of a name's words, by their place.
type set uint32

// settle learns which words stand apart in one name and joined in another, as
// "pull up" and "pullup" do, and prepares the names. Nothing is added later.
func (x *index) settle(n *naming, many int, fits func(of int, a attribute) bool) {
	x.naming, x.with, x.beside = n, map[string][]int{}, map[[2]string]bool{}
	for _, k := range x.keys {
		x.words = append(x.words, k.words...)
	}
	x.words = slices.Compact(slices.Sorted(slices.Values(append(x.words, n.settled...))))
	for i := range x.keys {
		k := &x.keys[i]
		for j := 1; j < len(k.words); j++ {
			x.beside[[2]string{k.words[j-1], k.words[j]}] = true
		}
	}
	for i := range x.keys {
		k := &x.keys[i]
		k.words = x.join(k.words)
		k.squashed, k.shuffled = squash(k.words)
		k.letters = lettersOf(k.squashed)
		distinct := slices.Compact(slices.Sorted(slices.Values(k.words)))
		k.unlike = len(distinct)
		for _, w := range distinct {
			x.with[w] = append(x.with[w], i)
		}
	}
	for of := range many {
		allowed := make([]bool, len(n.attrs))
		for i, a := range n.attrs {
			allowed[i] = fits(of, a)
		}
		x.allowed = append(x.allowed, allowed)
	}
}

func (x *index) has(word string) bool {
	_, ok := slices.BinarySearch(x.words, word)
	return ok
}

// is reports whether a word alone is a name of something else.
func (x *index) is(word string, of int) bool {
	return slices.ContainsFunc(x.with[word], func(at int) bool { return len(x.keys[at].words) == 1 && x.keys[at].of != of })
}

// join puts words together that are one word of a name, as "dead lift".
func (x *index) join(all []string) []string {
	var out []string
	for i := 0; i < len(all); i++ {
		if i+1 < len(all) && x.has(all[i]+all[i+1]) {
			out = append(out, all[i]+all[i+1])
			i++
			continue
		}
		out = append(out, all[i])
	}
	return out
}

// wordsOf returns the words of a name, read.
func (x *index) wordsOf(text string) []string { return x.read(x.naming.words(head(text, nameBytes))) }

// read returns words as the names have them: joined, taken apart,
// and without a slip in a long word.
func (x *index) read(all []string) []string {
	var counter typo.Counter
	var out []string
	for _, w := range x.join(all) {
		switch {
		case x.has(w) || x.naming.known[w] || x.naming.numeric(w):
			out = append(out, w)
		default:
			out = append(out, x.mend(w, &counter)...)
		}
	}
	return x.join(out)
}

// Words that may have a slip, and that may have two.
const (
	slipLeast  = 5
	slipsLeast = 9
	partLeast  = 3 // of a word that is two
)

// mend returns what an unknown word is: two that stand side by side in a name, or the only
// one that a slip makes it. The first letter is right, or has changed places.
func (x *index) mend(w string, counter *typo.Counter) []string {
	if len(w) > typo.Longest {
		return []string{w}
	}
	for i := partLeast; i <= len(w)-partLeast; i++ {
		a, b := w[:i], w[i:]
		if x.beside[[2]string{a, b}] || x.beside[[2]string{a, singular(b)}] {
			return []string{a, singular(b)}
		}
	}
	if len(w) < slipLeast {
		return []string{w}
	}
	limit := 1
	if len(w) >= slipsLeast {
		limit = 2
	}
	found, least, tied := w, limit+1, false
	for name := range x.startingLike(w) {
		if n := len(name) - len(w); n > limit || -n > limit || len(name) < slipLeast-1 {
			continue
		}
		slips, _ := counter.Between(w, name, limit)
		if slips > limit || name[0] != w[0] && (name[1] != w[0] || name[0] != w[1]) {
			continue
		}
		tied = slips == least || tied && slips > least
		if slips < least {
			found, least, tied = name, slips, false
		}
	}
	if tied {
		return []string{w}
	}
	return []string{found}
}

// startingLike returns the words that begin with a word's first letter or with
// its second.
func (x *index) startingLike(w string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range 2 {
			if i > 0 && w[1] == w[0] {
				return
			}
			at, _ := slices.BinarySearch(x.words, w[i:i+1])
			for ; at < len(x.words) && x.words[at][0] == w[i]; at++ {
				if !yield(x.words[at]) {
					return
				}
			}
		}
	}
}

// A span is a phrase where it stands among a name's words.
type span struct {
	at   set
	kind phraseKind
	attr int
}

// spans finds the phrases among the words, and the numbers.
func (n *naming) spans(all []string) []span {
	var out []span
	for i, w := range all {
		if n.numeric(w) || i > 0 && n.parts[w] && n.numeric(all[i-1]) {
			out = append(out, span{1 << i, isDose, 0})
		}
		for _, p := range n.phrases[w] {
			if p.at(all[i:]) {
				out = append(out, span{(1<<len(p.words) - 1) << i, p.kind, p.attr})
			}
		}
	}
	return out
}

// at reports whether the words begin with the phrase. The last word of several may
// be joined to the next, as in "single legpress".
func (p phrase) at(all []string) bool {
	last := len(p.words) - 1
	if len(all) <= last || !slices.Equal(p.words[:last], all[:last]) {
		return false
	}
	return all[last] == p.words[last] || last > 0 && len(p.words[last]) >= partLeast && strings.HasPrefix(all[last], p.words[last])
}

// decide returns the key of the one thing of the list that a name is certain to mean:
// each word is of its names, or is explained by an attribute that it has, by how
// much, or by a word that says nothing. Of several the one with most words of its
// own counts.
func (x *index) decide(all []string) (int, bool) {
	if len(all) == 0 || len(all) > nameWords {
		return 0, false
	}
	spans := x.naming.spans(all)
	whole := set(1)<<len(all) - 1
	var best struct {
		key  int
		tied bool
	}
	most := 0
	within := x.within(all)
	for _, at := range within {
		used := x.taken(all, at)
		if x.torn(all, used) {
			continue
		}
		of, ordered := x.keys[at].of, x.ordered(all, at)
		if x.left(whole&^used, of, spans) != 0 {
			ordered = false
			if used = x.tile(all, within, at, used); x.left(whole&^used, of, spans) != 0 {
				continue
			}
		}
		n := 2 * x.weight(used, all)
		if ordered { // "squat snatch" is no "snatch squat"
			n++
		}
		switch {
		case n > most:
			best.key, best.tied, most = at, false, n
		case n == most && x.keys[best.key].of != of:
			best.tied = true
		}
	}
	return best.key, most > 0 && !best.tied
}

// torn reports whether a number stands between the words: these are two lifts.
func (x *index) torn(all []string, used set) bool {
	first, last := bits.TrailingZeros32(uint32(used)), bits.Len32(uint32(used))
	for i := first; i < last; i++ {
		if used&(1<<i) == 0 && x.naming.numeric(all[i]) {
			return true
		}
	}
	return false
}

// weight is how many different words a name has at the places.
func (x *index) weight(used set, all []string) int {
	n := 0
	for i, w := range all {
		if used&(1<<i) != 0 && !slices.Contains(all[:i], w) {
			n++
		}
	}
	return n
}

// within returns the keys whose words all stand in a name.
func (x *index) within(all []string) []int {
	hits := make([]uint8, len(x.keys))
	var out []int
	for i, w := range all {
		if slices.Contains(all[:i], w) {
			continue
		}
		for _, at := range x.with[w] {
			if hits[at]++; int(hits[at]) == x.keys[at].unlike && (!x.keys[at].strict() || x.ordered(all, at)) {
				out = append(out, at)
			}
		}
	}
	return out
}

// strict reports whether the order counts, and how often a word is there: as in
// "knees to elbows" and "90/90".
func (k *key) strict() bool { return len(k.words) > k.unlike || slices.Contains(k.words, directed) }

// ordered reports whether the words stand in the key's order.
func (x *index) ordered(all []string, at int) bool {
	i := 0
	for _, w := range all {
		if i < len(x.keys[at].words) && w == x.keys[at].words[i] {
			i++
		}
	}
	return i == len(x.keys[at].words)
}

// taken returns the places of a key's words in a name; a word that is there twice is
// taken twice.
func (x *index) taken(all []string, at int) set {
	var out set
	for i, w := range all {
		if slices.Contains(x.keys[at].words, w) {
			out |= 1 << i
		}
	}
	return out
}

// tile adds further names of the same thing that stand in the rest of the name, as
// in "Back extension (hyperextension)".
func (x *index) tile(all []string, within []int, at int, used set) set {
	for _, other := range within {
		if x.keys[other].of != x.keys[at].of {
			continue
		}
		used |= x.taken(all, other)
	}
	return used
}

// left returns the words of a rest that nothing explains.
func (x *index) left(rest set, of int, spans []span) set {
	var attrs set // what is an attribute is no note
	for _, s := range spans {
		if s.kind == isAttribute {
			attrs |= s.at
			if x.allowed[of][s.attr] {
				rest &^= s.at
			}
		}
	}
	for _, s := range spans {
		if s.kind == isDose || s.kind == isNote {
			rest &^= s.at &^ attrs
		}
	}
	return rest
}

// silent reports whether a text has no word but of doses, notes and headings.
func (x *index) silent(all []string) bool {
	if len(all) > nameWords {
		return false
	}
	rest := set(1)<<len(all) - 1
	for _, s := range x.naming.spans(all) {
		if s.kind != isAttribute {
			rest &^= s.at
		}
	}
	return rest == 0
}
