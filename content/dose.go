package content

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// doseRunes is how much of a dose is kept.
const doseRunes = 60

// marks says of each word whether it says how much, and whether it may stand
// between words that do.
func (n *naming) marks(all []string) (dose, note []bool) {
	dose, note = make([]bool, len(all)), make([]bool, len(all))
	for i, w := range all {
		dose[i] = dose[i] || n.numeric(w) || i > 0 && n.parts[w] && n.numeric(all[i-1])
		for _, p := range n.phrases[w] {
			if len(p.words) > len(all)-i || !slices.Equal(p.words, all[i:i+len(p.words)]) {
				continue
			}
			for j := range p.words {
				dose[i+j] = dose[i+j] || p.kind == isDose
				note[i+j] = note[i+j] || p.kind == isNote
			}
		}
	}
	return dose, note
}

// dose returns how much a text says, as written: the runs of words that say it,
// without those of the lift's name.
func (x *index) dose(text string, tokens []token, name []string) string {
	dose, note := x.naming.marks(words(tokens))
	var out []string
	for i := 0; i < len(tokens); i++ {
		if !dose[i] || slices.Contains(name, tokens[i].word) {
			continue
		}
		end, number := i, false
		for j := i; j < len(tokens) && (dose[j] || note[j]) && !slices.Contains(name, tokens[j].word); j++ {
			if j > i && strings.ContainsAny(text[tokens[j-1].end:max(tokens[j-1].end, tokens[j].start)], "()[]") {
				break
			}
			if dose[j] {
				end = j
				number = number || x.naming.numeric(tokens[j].word) || x.naming.most(tokens[j].word)
			}
		}
		if number {
			out = append(out, strings.TrimSpace(around(text, tokens[i].start, tokens[end].end)))
		}
		i = end
	}
	return cutRunes(strings.Join(out, ", "), doseRunes)
}

// most reports whether a word says as many as you can.
func (n *naming) most(w string) bool { return w == "amrap" || w == "max" || w == "failure" }

// around widens a dose by the signs that belong to it: @ before; %, +, inches
// and brackets that close after.
func around(text string, start, end int) string {
	for start > 0 && strings.IndexByte("@$", text[start-1]) >= 0 {
		start--
	}
	if strings.HasPrefix(text[end:], " %") {
		end += len(" %")
	}
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !strings.ContainsRune("%+#″′\"'", r) {
			break
		}
		end += size
	}
	return strings.Join(strings.Fields(text[start:end]), " ")
}

func cutRunes(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}

// onlyDose reports whether a text says how much, or nothing, and no more.
func (x *index) onlyDose(all []string) bool {
	dose, note := x.naming.marks(all)
	for i := range all {
		if !dose[i] && !note[i] {
			return false
		}
	}
	return true
}

// many returns the lift that a bare word is with a high count before it, as in
// "300 squats".
func (n *naming) many(all []string) (string, bool) {
	dose, note := n.marks(all)
	id, count := "", 0
	for i, w := range all {
		switch lift, ok := n.counted[w]; {
		case ok && id == "" && count >= n.high:
			id = lift
		case dose[i] && number(w) > 0 && count == 0 && id == "":
			count = number(w)
		case !note[i]:
			return "", false
		}
	}
	return id, id != ""
}

// way returns the lift that a bare word is with a distance or calories beside
// it, as in "row 500 m".
func (n *naming) way(all []string) (string, bool) {
	dose, note := n.marks(all)
	id, far := "", false
	for i, w := range all {
		switch lift, ok := n.measured[w]; {
		case ok && id == "":
			id = lift
		case !dose[i] && !note[i]:
			return "", false
		}
		far = far || n.measures(w)
	}
	if !far {
		return "", false
	}
	return id, id != ""
}
