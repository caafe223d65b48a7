package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A token is a word as it is read, and where it was written.
type token struct {
	word       string
	start, end int
}

// tokens reads the words of a text: small letters without accents and digits,
// short forms written out, plurals made singular, "one arm" as "single arm".
func (n *naming) tokens(text string) []token {
	var out []token
	for start := 0; start < len(text); {
		r, size := utf8.DecodeRuneInString(text[start:])
		if r == '&' {
			out = append(out, token{"and", start, start + size})
		}
		if !inWord(r) {
			start += size
			continue
		}
		end := start + size
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if !inWord(r) && !(apostrophe(r) && end+size < len(text)) {
				break
			}
			end += size
		}
		out = n.word(out, token{bare(text[start:end]), start, end})
		start = end
	}
	return n.sided(out)
}

// words returns the words of a text alone.
func (n *naming) words(text string) []string { return words(n.tokens(text)) }

func words(all []token) []string {
	out := make([]string, len(all))
	for i, t := range all {
		out[i] = t.word
	}
	return out
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' }

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// word appends what one written word is read as.
func (n *naming) word(out []token, t token) []token {
	if t.word == "" {
		return out
	}
	long, ok := n.short[t.word]
	if !ok {
		t.word = singular(t.word)
		long, ok = n.short[t.word]
	}
	if !ok {
		return append(out, t)
	}
	for _, w := range long {
		out = append(out, token{singular(w), t.start, t.end})
	}
	return out
}

// sided reads "one arm" and "1 arm" as "single arm".
func (n *naming) sided(all []token) []token {
	for i := range all {
		if to, ok := n.sides[all[i].word]; ok && i+1 < len(all) && n.parts[all[i+1].word] {
			all[i].word = to
		}
	}
	return all
}

// bare returns a word in small letters and digits, without accents.
func bare(word string) string {
	ascii := true
	for i := range len(word) {
		ascii = ascii && word[i] < utf8.RuneSelf
	}
	if !ascii {
		word = norm.NFKD.String(word)
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return r
	}, word))
}

// singular drops the plural's ending.
func singular(w string) string {
	switch {
	case len(w) <= 3 || strings.HasSuffix(w, "ss"):
		return w
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"), strings.HasSuffix(w, "xes"):
		return w[:len(w)-2]
	}
	return strings.TrimSuffix(w, "s")
}

// numeric reports whether a word is a number, with or without a unit or the x
// of sets and reps: 5x5, 80kg, x10, 8rm.
func (n *naming) numeric(w string) bool {
	if !strings.ContainsAny(w, "0123456789") {
		return false
	}
	digits, letters := 0, ""
	for i := 0; i <= len(w); i++ {
		if i < len(w) && (w[i] < '0' || w[i] > '9') {
			letters += w[i : i+1]
			continue
		}
		if i < len(w) {
			digits++
		}
		if letters != "" && letters != "x" && !n.unit(letters) && !n.unit(strings.TrimPrefix(letters, "x")) {
			return false
		}
		letters = ""
	}
	return digits > 0
}

// unit reports whether letters beside a number say how much.
func (n *naming) unit(letters string) bool {
	for _, p := range n.phrases[singular(letters)] {
		if p.kind == isDose && len(p.words) == 1 {
			return true
		}
	}
	return false
}

// measures reports whether a word is a distance or calories: 500m, km.
func (n *naming) measures(w string) bool {
	return n.distance[w] || n.distance[singular(strings.TrimLeft(w, "0123456789"))]
}
