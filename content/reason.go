package content

// reasonMost is how many of the lowered stresses a reason names.
const reasonMost = 2

// Keeps returns what the swap keeps: the pattern's id, then the ids of the
// muscles that both lifts train.
func (w Swap) Keeps() []string {
	var out []string
	if w.SamePattern {
		out = append(out, w.Pattern)
	}
	return append(out, w.Shared...)
}

// Reason says in words what a swap keeps and what it lowers, as "keeps the
// pull, takes overhead reach away".
func (l *Library) Reason(locale string, w Swap) string {
	var away, less []string
	for _, low := range w.Lowers[:min(reasonMost, len(w.Lowers))] {
		word := l.StressWord(locale, low.Stress)
		if low.To == 0 {
			away = append(away, word)
		} else {
			less = append(less, word)
		}
	}
	kept := ""
	if p, ok := l.Lifts(locale).Pattern(w.Pattern); ok && w.SamePattern {
		kept = l.Say(locale, "swap.keeps", map[string]any{"Pattern": p.Keeps})
	} else if len(w.Shared) > 0 {
		kept = l.Say(locale, "swap.works", map[string]any{"Muscle": l.Say(locale, "muscle."+w.Shared[0], nil)})
	}
	args := map[string]any{"Kept": kept, "Away": l.and(locale, away), "Less": l.and(locale, less)}
	switch {
	case len(less) == 0:
		return l.Say(locale, "swap.away", args)
	case len(away) == 0:
		return l.Say(locale, "swap.less", args)
	}
	return l.Say(locale, "swap.both", args)
}

// StressWord says a stress in the reader's words.
func (l *Library) StressWord(locale string, s Stress) string {
	return l.Say(locale, "stress."+string(s), nil)
}

// and joins one or two words.
func (l *Library) and(locale string, words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return l.Say(locale, "list.and", map[string]any{"Some": words[0], "Last": words[1]})
}
