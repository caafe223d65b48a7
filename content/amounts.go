package content

import (
	"slices"
	"strings"
)

// An amount is one number of a text with what stands beside it: "3x5", "30 cal", "9/6 kg".
type amount struct {
	start, end int // of its tokens
	load       bool
}

// amounts returns those of a stretch of tokens.
func (n *naming) amounts(text string, tokens []token, dose []bool, from, to int) []amount {
	var out []amount
	for i := from; i < to; i++ {
		last := len(out) - 1
		between := ""
		if i > 0 {
			between = text[tokens[i-1].end:max(tokens[i-1].end, tokens[i].start)]
		}
		joined := last >= 0 && out[last].end == i && !strings.Contains(between, "@")
		switch number := n.numeric(tokens[i].word); {
		case joined && dose[i] && (!number || n.follows(tokens[i-1].word, tokens[i].word, between)):
			out[last].end = i + 1
			out[last].load = out[last].load || n.loads[tokens[i].word] || strings.Contains(between, "/")
		case number:
			out = append(out, amount{i, i + 1, strings.Contains(between, "@")})
		default:
			continue
		}
		last = len(out) - 1
		after := text[tokens[i].end:]
		out[last].load = out[last].load || n.loads[strings.TrimLeft(tokens[i].word, "0123456789")] ||
			after != "" && strings.ContainsAny(after[:1], "%\"") || strings.HasPrefix(after, "″") || strings.HasPrefix(after, " %")
	}
	return out
}

// follows reports whether a number belongs to the one before: a sign stands between, or the x of sets.
func (n *naming) follows(before, word, between string) bool {
	return strings.ContainsAny(between, "/-–×:.+") || before == times || strings.HasPrefix(word, times) || strings.HasSuffix(before, times)
}

// times stands between sets and reps.
const times = "x"

// give says how much belongs to each of several lifts that stand in one text without
// marks. Whether it stands before the names or after them is decided once; a load
// belongs to the lift before. Where that isn't plain, no lift has an amount.
func (s *Lifts) give(text string, tokens []token, all []piece) {
	gaps, named := s.gaps(text, tokens, all)
	for i := range all {
		all[i].Dose, all[i].doseOnly = "", false
	}
	given := share(gaps)
	for i, at := range named {
		if given == nil || !all[at].Certain() {
			continue
		}
		var parts []string
		for _, a := range given[i] {
			parts = append(parts, around(text, tokens[a.start].start, tokens[a.end-1].end))
		}
		all[at].Dose = cutRunes(strings.Join(parts, ", "), doseRunes)
	}
}

// gaps returns the amounts that stand before, between and after the names, and which
// pieces have a name.
func (s *Lifts) gaps(text string, tokens []token, all []piece) (gaps [][]amount, named []int) {
	n := s.index.naming
	dose, note := n.marks(words(tokens))
	from := 0
	for i, p := range all {
		if p.quiet || p.doseOnly {
			continue
		}
		first, last := -1, 0
		for j := p.from; j < p.to; j++ {
			if !dose[j] && !note[j] || slices.Contains(p.named, tokens[j].word) {
				if first < 0 {
					first = j
				}
				last = j + 1
			}
		}
		if first < 0 {
			first, last = p.from, p.to
		}
		gaps, named = append(gaps, n.amounts(text, tokens, dose, from, first)), append(named, i)
		from = last
	}
	return append(gaps, n.amounts(text, tokens, dose, from, len(tokens))), named
}

// share gives the amounts of gaps to the lifts between them; nil if that isn't plain.
func share(gaps [][]amount) [][]amount {
	last := len(gaps) - 1
	out := make([][]amount, last)
	most, some := 0, 0 // amounts that are no load, in the gaps between
	for _, g := range gaps[1:last] {
		most = max(most, counts(g))
		some += counts(g)
	}
	switch before, after := counts(gaps[0]), counts(gaps[last]); {
	case before > 0 && after == 0 && most <= before:
		least := max(1, most)
		for i, g := range gaps {
			for len(g) > 0 && i > 0 && g[0].load {
				out[i-1], g = append(out[i-1], g[0]), g[1:]
			}
			for i == 0 && counts(g) > least { // "5 rounds 10 deadlifts": the first is of them all
				g = g[1:]
			}
			if len(g) > 0 {
				out[i] = append(g, out[i]...)
			}
		}
	case len(gaps[0]) == 0 && (most <= after && after > 0 || some == 0):
		copy(out, gaps[1:])
	default:
		return nil
	}
	return out
}

// counts returns how many amounts are no load.
func counts(all []amount) int {
	n := 0
	for _, a := range all {
		if !a.load {
			n++
		}
	}
	return n
}

// owned leaves out the amounts that stand alone between several lifts of one line, where
// they may belong to either: the line begins with one, or the lift before has its own.
func owned(all []piece) []piece {
	lifts, led, full := 0, false, false
	for _, p := range all {
		if !p.quiet && !p.doseOnly {
			lifts++
		}
	}
	for i := range all {
		p := &all[i]
		switch {
		case lifts < 2:
		case p.doseOnly:
			led = led || i == 0
			if led || full && !p.load {
				p.doseOnly, p.quiet = false, true
			}
			full = true
		case !p.quiet:
			full = p.Dose != ""
		}
	}
	return all
}

// rests reports whether a text says how long something lasts that is no lift.
func (n *naming) rests(all []string) bool {
	return slices.ContainsFunc(all, func(w string) bool { return n.rest[w] })
}
