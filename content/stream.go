package content

// Bounds and costs of taking a text apart that has no marks.
const (
	streamTokens = 240 // of a text
	streamBack   = 9   // places to look back for the begin of a piece
	streamLeast  = 3   // lifts of a text without a number, if most gyms train each

	costCertain  = 10
	costRun      = 4  // of each further number that stands apart
	costShuffled = 11 // two lifts in order are likelier than one whose words are not
	costQuiet    = 1
	costUnsure   = 25
	costWord     = 8
)

// stream takes apart a text whose lines have run together, as they do in an
// option of Discord: a piece begins or ends where a number does. Most of it has to
// be certain.
func (s *Lifts) stream(text string) ([]piece, bool) {
	tokens := s.index.naming.tokens(text)
	if len(tokens) < 2 || len(tokens) > streamTokens {
		return nil, false
	}
	cuts, numbers := s.cuts(tokens)
	if !numbers && len(tokens) < streamLeast {
		return nil, false
	}
	out := s.cheapest(text, tokens, cuts)
	certain, unsure, common := 0, 0, 0
	for _, p := range out {
		switch {
		case p.Certain():
			certain++
			if p.Staple {
				common++
			}
		case !p.quiet:
			unsure++
		}
	}
	if certain+unsure > 1 {
		s.give(text, tokens, out)
	}
	if !numbers {
		return out, certain >= streamLeast && unsure == 0 && (common == certain || certain > streamLeast)
	}
	return out, certain > 1 && certain >= unsure || certain == 1 && unsure == 0
}

// cuts returns the places where a piece may begin or end: each word where the
// text has no number.
func (s *Lifts) cuts(tokens []token) (cuts []int, numbers bool) {
	n := s.index.naming
	for i, t := range tokens {
		numbers = numbers || i > 0 && n.numeric(t.word)
	}
	for i := range tokens {
		if i == 0 || !numbers || n.numeric(tokens[i].word) != n.numeric(tokens[i-1].word) {
			cuts = append(cuts, i)
		}
	}
	return append(cuts, len(tokens)), numbers
}

// cheapest returns the pieces between cuts that cost least.
func (s *Lifts) cheapest(text string, tokens []token, cuts []int) []piece {
	type step struct {
		cost, from int
		piece      piece
	}
	best := make([]step, len(cuts))
	for i := 1; i < len(cuts); i++ {
		for j := max(0, i-streamBack); j < i; j++ {
			end := len(text)
			if cuts[i] < len(tokens) {
				end = tokens[cuts[i]].start
			}
			p, cost := s.costOf(text[tokens[cuts[j]].start:end], tokens[cuts[j]:cuts[i]])
			if cost += best[j].cost; best[i].piece.Text == "" || cost < best[i].cost {
				p.from, p.to = cuts[j], cuts[i]
				best[i] = step{cost, j, p}
			}
		}
	}
	var out []piece
	for i := len(cuts) - 1; i > 0; i = best[i].from {
		out = append([]piece{best[i].piece}, out...)
	}
	return out
}

// costOf reads a piece, and says how much it costs.
func (s *Lifts) costOf(text string, tokens []token) (piece, int) {
	p := s.one(text)
	n := s.index.naming
	switch {
	case p.Certain():
		runs := 0
		for i := range tokens {
			if n.numeric(tokens[i].word) && (i == 0 || !n.numeric(tokens[i-1].word)) {
				runs++
			}
		}
		cost := costCertain + costRun*max(0, runs-1)
		if p.shuffled {
			cost += costShuffled
		}
		return p, cost
	case p.quiet:
		return p, costQuiet
	}
	p.Dose = ""
	return p, costUnsure + costWord*len(tokens)
}
