package content

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// Budgets: a card is read in 20 seconds, the list of danger signs a little longer.
const (
	cardWords = 120 // of a card, with what surrounds its text
	frame     = 20  // of these for heading, grades, version and review

	signWords = 22 // of a sentence of the danger signs

	stepWords = 12
)

// A room is what a card of danger signs may hold at most.
type room struct{ groups, lines, words int }

// signRoom returns the room of a limb's cards. Words are those of heads and
// sentences.
func signRoom(limb string) room {
	if limb == "trunk" { // the signs of both limbs
		return room{groups: 8, lines: 32, words: 380}
	}
	return room{groups: 7, lines: 22, words: 270}
}

// countWords counts the words that the budgets allow: "heavy-legged" is one,
// "arm/leg" two. It runs over every sentence at start, so it is no regular
// expression.
func countWords(texts ...string) int {
	n := 0
	for _, t := range texts {
		inWord, joined := false, false // joined: a mark that may tie two parts of a word
		for _, r := range t {
			switch {
			case unicode.IsLetter(r) || unicode.IsNumber(r):
				if !inWord && !joined {
					n++
				}
				inWord, joined = true, false
			case inWord && (r == '\'' || r == '’' || r == '-'):
				inWord, joined = false, true
			default:
				inWord, joined = false, false
			}
		}
	}
	return n
}

// text checks one sentence or fragment that readers see.
func (r *reader) text(file, key, text string, ok func(string) bool) {
	switch {
	case text == "":
		r.fault(file, key, "must be set")
	case strings.TrimSpace(text) != text || strings.ContainsAny(text, "\n\t"):
		r.fault(file, key, "has stray white space")
	case strings.Count(text, "**")%2 != 0:
		r.fault(file, key, "has a bold mark without its partner")
	}
	if wrong := badPlaceholder(text, ok); wrong != "" {
		r.fault(file, key, "%s", wrong)
	}
}

// optional checks a text that may be left out.
func (r *reader) optional(file, key, text string, ok func(string) bool) {
	if text != "" {
		r.text(file, key, text, ok)
	}
}

// cites checks that sources are named and exist.
func (r *reader) cites(file, key string, ids []string) {
	if len(ids) == 0 {
		r.fault(file, key, "names no source")
	}
	for i, id := range ids {
		if _, ok := r.sources[id]; !ok && r.sources != nil {
			r.fault(file, fmt.Sprintf("%s[%d]", key, i), "source %q is not in sources.toml", id)
		}
		if slices.Contains(ids[:i], id) {
			r.fault(file, fmt.Sprintf("%s[%d]", key, i), "source %q is named twice", id)
		}
	}
}

// oneOf checks a value against its allowed ones.
func (r *reader) oneOf(file, key, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		r.fault(file, key, "%q is not one of %s", value, strings.Join(allowed, ", "))
	}
}

// address checks a link that readers may open.
func (r *reader) address(file, key, address string) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		r.fault(file, key, "%q is not an https address", address)
	}
}

// block checks a card behind a button and completes it. rule says what its
// lines may hold; step is the most words of a line, 0 for no limit.
func (r *reader) block(file, key string, b *Block, step int, rule func(string) bool) {
	r.blockWithin(file, key, b, step, cardWords, rule)
}

// blockWithin is block for a card of most words, 0 for no limit.
func (r *reader) blockWithin(file, key string, b *Block, step, most int, rule func(string) bool) {
	b.Key = stem(file) + "." + key
	r.text(file, key+".title", b.Title, rule)
	r.optional(file, key+".lead", b.Lead, rule)
	r.optional(file, key+".close", b.Close, rule)
	if len(b.Parts) == 0 {
		r.fault(file, key+".part", "has none")
	}
	for i, p := range b.Parts {
		at := fmt.Sprintf("%s.part[%d]", key, i)
		r.optional(file, at+".head", p.Head, rule)
		if len(p.Lines) == 0 {
			r.fault(file, at+".lines", "has none")
		}
		for j, line := range p.Lines {
			r.text(file, fmt.Sprintf("%s.lines[%d]", at, j), line, rule)
			if n := countWords(line); step > 0 && n > step {
				r.fault(file, fmt.Sprintf("%s.lines[%d]", at, j), "has %d words, at most %d", n, step)
			}
		}
	}
	if most > 0 {
		r.budget(file, key, countWords(b.texts()...), most-frame)
	}
	r.cites(file, key+".sources", b.Sources)
	b.Grades = gradesOf(r.sources, b.Sources)
}

func (r *reader) budget(file, key string, n, most int) {
	if n > most {
		r.fault(file, key, "has %d words, at most %d", n, most)
	}
}

// texts returns everything a reader sees of a block.
func (b *Block) texts() []string {
	out := []string{b.Title, b.Lead}
	for _, p := range b.Parts {
		out = append(append(out, p.Head), p.Lines...)
	}
	return append(out, b.Close)
}

// lines counts the lines of all parts.
func (b *Block) lines() int {
	n := 0
	for _, p := range b.Parts {
		n += len(p.Lines)
	}
	return n
}
