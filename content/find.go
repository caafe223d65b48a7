package content

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"unpinch/typo"
)

// A Match is a lift that a query found.
type Match struct {
	*Exercise
	Matched string // of the lift's names, the one that fits the query
}

// The ways in which a name matches a query, best first.
const (
	wayExact   = iota // the same letters and digits, in the same order
	wayShuffle        // the same words in another order
	wayPrefix         // the name begins with the query
	wayWords          // each word of the query begins a word of the name
	wayTypo           // the name after a slip or two
	wayMore           // all words of the name, and some more
	waySlips          // its words, or its beginning, after a slip or two
	wayLoose          // the query's letters stand in the name in order
	wayNone
)

// Query limits, in bytes. What is longer than typo.Longest is cut.
const (
	looseLeast = 3 // shorter queries have their letters in too many names
	looseTimes = 4 // a name may be this many times as long as what is typed
)

// key is one name of a lift or drill, prepared.
type key struct {
	of       int    // its place in the list that the index is of
	text     string // as written
	words    []string
	squashed string // the words without blanks
	shuffled string // the sorted words without blanks
	letters  uint64 // which letters and digits it has
	unlike   int    // how many different words it has
	nick     bool   // it is not its own name
	staple   bool   // most gyms train it
}

// index is every name of everything in a list.
type index struct {
	naming  *naming
	keys    []key
	words   []string           // of all names and attributes, sorted
	with    map[string][]int   // the keys that have a word
	beside  map[[2]string]bool // words that stand side by side in a name
	allowed [][]bool           // by place in the list, then by attribute
	spoken  []string           // of drills: names in which a word says how much, the longest first
}

// add takes the names of what stands at a place of the list.
func (x *index) add(n *naming, of int, staple bool, name string, more ...string) {
	for i, text := range append([]string{name}, more...) {
		x.keys = append(x.keys, key{of: of, text: text, words: n.words(text), nick: i > 0, staple: staple})
	}
}

func liftIndex(n *naming, all []*Exercise) index {
	var x index
	for i, e := range all {
		x.add(n, i, e.Staple, e.Name, e.Names...)
	}
	x.settle(n, len(all), func(of int, a attribute) bool { return a.fits(all[of]) })
	return x
}

// hit is how a name matches.
type hit struct {
	way  int
	off  int // slips, or letters that the query lacks
	nick bool
	at   int // of the key
}

// compare orders hits, the better first. While a name is only begun, what most
// gyms train and a lift's own name count for more than the letters that lack.
func (x *index) compare(a, b hit) int {
	staple := first(x.keys[a.at].staple, x.keys[b.at].staple)
	own := first(!a.nick, !b.nick)
	off := cmp.Compare(a.off, b.off)
	if a.way == wayPrefix || a.way == wayWords {
		return cmp.Or(cmp.Compare(a.way, b.way), staple, own, off)
	}
	return cmp.Or(cmp.Compare(a.way, b.way), off, staple, own)
}

// Find offers lifts for what somebody types: what it means for certain, then
// names, nicknames, typos and beginnings, words in any order. It returns at most
// the given number, the best first; without a query, those that most gyms train.
func (s *Lifts) Find(typed string, most int) []Match {
	all := s.index.naming.words(head(typed, nameBytes))
	if len(all) == 0 {
		var out []Match
		for _, e := range s.all[:min(len(s.all), most)] {
			out = append(out, Match{e, e.Name})
		}
		return out
	}
	var out []Match
	if m, ok := s.Certain(typed); ok {
		out = append(out, m)
	}
	for _, h := range s.index.search(s.index.join(all)) {
		k := s.index.keys[h.at]
		if len(out) == most {
			break
		}
		if len(out) == 0 || out[0].Exercise != s.all[k.of] {
			out = append(out, Match{s.all[k.of], k.text})
		}
	}
	return out
}

// A query is what somebody typed, prepared.
type query struct {
	words    []string
	squashed string
	shuffled string
	letters  uint64
	all      uint64 // letters, of what is cut off too
	slips    int    // allowed in all of it
	foreign  int    // letters that a name may lack: as many as there may be slips
}

func newQuery(words []string) query {
	q := query{words: words}
	q.squashed, q.shuffled = squash(words)
	q.all = lettersOf(q.squashed)
	q.squashed, q.shuffled = head(q.squashed, typo.Longest), head(q.shuffled, typo.Longest)
	q.letters = lettersOf(q.squashed)
	q.slips = slipsIn(len(q.squashed))
	for _, w := range words {
		q.foreign += slipsIn(len(w))
	}
	q.foreign = max(q.foreign, q.slips)
	return q
}

// search returns the best hit of each lift or drill that matches, best first. Typos are
// looked for only if nothing fits as it is, loose matches only if no typo does.
func (x *index) search(words []string) []hit {
	q := newQuery(words)
	hits := x.hits(func(k *key) hit { return k.match(q) })
	if len(hits) == 0 { // a slip in a long word is mended alone
		if mended := x.read(words); !slices.Equal(mended, words) {
			mended := newQuery(mended)
			hits = x.hits(func(k *key) hit { return k.match(mended) })
		}
	}
	if len(hits) == 0 && q.slips > 0 {
		var counter typo.Counter
		hits = x.hits(func(k *key) hit { return k.slipped(q, &counter) })
	}
	if len(hits) == 0 && len(q.squashed) >= looseLeast {
		hits = x.loose(q)
	}
	slices.SortStableFunc(hits, x.compare)
	return hits
}

// hits gathers the best hit of each lift. The keys stand in the library's
// order, which decides where all else is equal.
func (x *index) hits(match func(*key) hit) []hit {
	var out []hit
	for i := range x.keys {
		if h := match(&x.keys[i]); h.way < wayNone {
			h.nick, h.at = x.keys[i].nick, i
			out = x.note(out, h)
		}
	}
	return out
}

// note adds a hit, or puts it in the place of a worse one of the same lift,
// which can only be the last.
func (x *index) note(hits []hit, h hit) []hit {
	if n := len(hits); n > 0 && x.keys[hits[n-1].at].of == x.keys[h.at].of {
		if x.compare(h, hits[n-1]) < 0 {
			hits[n-1] = h
		}
		return hits
	}
	return append(hits, h)
}

// loose finds names that have the query's letters in order.
func (x *index) loose(q query) []hit {
	var at []int // of the keys that have the letters in any order
	names := func(yield func(string) bool) {
		for i := range x.keys {
			k := &x.keys[i]
			if q.letters&^k.letters&^foreignLetter != 0 || len(k.squashed) > looseTimes*len(q.squashed) || k.squashed[0] != q.squashed[0] {
				continue
			}
			if at = append(at, i); !yield(k.squashed) {
				return
			}
		}
	}
	var out []hit
	for _, m := range fuzzy.FindFromIterNoSort(q.squashed, names) {
		i := at[m.Index]
		out = x.note(out, hit{way: wayLoose, off: -m.Score, nick: x.keys[i].nick, at: i})
	}
	return out
}

// match says how a key fits a query that has no typos.
func (k *key) match(q query) hit {
	if q.letters&^k.letters != 0 {
		return hit{way: wayNone}
	}
	lack := len(k.squashed) - len(q.squashed)
	switch {
	case k.squashed == q.squashed:
		return hit{way: wayExact}
	case k.shuffled == q.shuffled:
		return hit{way: wayShuffle}
	case strings.HasPrefix(k.squashed, q.squashed):
		return hit{way: wayPrefix, off: lack}
	case begins(q.words, k.words):
		return hit{way: wayWords, off: lack}
	}
	return hit{way: wayNone}
}

// slipped says how a key fits a query with typos. What its letters rule out is
// not counted.
func (k *key) slipped(q query, counter *typo.Counter) hit {
	lacks := bits.OnesCount64(q.letters &^ k.letters) // each of them is a slip
	if lacks > q.foreign {
		return k.more(q)
	}
	begun := q.slips + 1
	if lacks <= q.slips {
		var whole int
		whole, begun = counter.Between(q.squashed, k.squashed[:min(len(k.squashed), len(q.squashed)+q.slips)], q.slips)
		whole += max(0, len(k.squashed)-len(q.squashed)-q.slips)
		switch {
		case whole <= q.slips:
			return hit{way: wayTypo, off: whole}
		case len(k.words) > 1 && len(q.words) > 1 && counter.Within(q.shuffled, k.shuffled, q.slips):
			return hit{way: wayTypo, off: q.slips + 1}
		}
	}
	if h := k.more(q); h.way < wayNone {
		return h
	}
	lack := max(0, len(k.squashed)-len(q.squashed))
	switch {
	case len(q.words) > 1 && each(counter, q.words, k.words):
		return hit{way: waySlips, off: lack}
	case begun < q.slips:
		return hit{way: waySlips, off: lack + 10*begun}
	}
	return hit{way: wayNone}
}

// more says whether a query has all words of a name and some of its own.
func (k *key) more(q query) hit {
	if len(k.words) > 1 && k.letters&^q.all == 0 && begins(k.words, q.words) {
		return hit{way: wayMore, off: len(q.squashed) - len(k.squashed)}
	}
	return hit{way: wayNone}
}
