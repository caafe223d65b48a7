package content

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// signBook is a language's danger signs before they are put together for an area.
type signBook struct {
	sentences map[string]sentence
	ideas     map[string]ideas
	limbs     map[string]signFile // by limb
}

// A sentence tells one sign, or several that belong together.
type sentence struct {
	Text    string   `toml:"text"`
	Codes   []string `toml:"codes"`
	Sources []string `toml:"sources"`
}

// ideas is what the sentences of a sign must say. Each is words between slashes,
// of which one must stand.
type ideas struct {
	Every []string `toml:"every"`
	Arm   []string `toml:"arm"`
	Leg   []string `toml:"leg"`
}

// of returns the ideas of a limb's cards; the trunk has those of both.
func (i ideas) of(limb string) []string {
	out := slices.Clone(i.Every)
	if limb != "leg" {
		out = append(out, i.Arm...)
	}
	if limb != "arm" {
		out = append(out, i.Leg...)
	}
	return out
}

// signFile says which sentences stand on the two cards of a limb.
type signFile struct {
	Now  []signEntry `toml:"now"`
	Soon []signEntry `toml:"soon"`
}

// signEntry is a group of sentences.
type signEntry struct {
	Key   string   `toml:"key"`
	Head  string   `toml:"head"`
	With  bool     `toml:"with"`  // the head belongs to each sentence
	Tells []string `toml:"tells"` // keys of sentences
}

// signBook reads a language's danger signs; nil where it has none.
func (r *reader) signBook(dir string) *signBook {
	dir = path.Join(dir, "signs")
	found := r.glob(path.Join(dir, "*.toml"))
	if len(found) == 0 {
		return nil
	}
	b := &signBook{limbs: map[string]signFile{}}
	file := path.Join(dir, "sentences.toml")
	r.toml(file, &b.sentences)
	for _, key := range slices.Sorted(maps.Keys(b.sentences)) {
		r.signSentence(file, key, b.sentences[key])
	}
	r.toml(path.Join(dir, "ideas.toml"), &b.ideas)
	for _, limb := range limbs() {
		var f signFile
		file := path.Join(dir, limb+".toml")
		if slices.Contains(found, file) && r.toml(file, &f) {
			b.limbs[limb] = f
			r.signEntries(file, "now", Emergency, f.Now, b)
			r.signEntries(file, "soon", Urgent, f.Soon, b)
		}
	}
	return b
}

// signSentence checks one sentence by itself.
func (r *reader) signSentence(file, key string, s sentence) {
	r.text(file, key+".text", s.Text, noPlaceholder)
	r.cites(file, key+".sources", s.Sources)
	if n := countWords(s.Text); n > signWords {
		r.fault(file, key+".text", "has %d words, at most %d", n, signWords)
	}
	if len(s.Codes) == 0 {
		r.fault(file, key+".codes", "has none")
	}
	for _, id := range s.Codes {
		if _, ok := r.codes[id]; !ok && r.codes != nil {
			r.fault(file, key+".codes", "%q is not in codes.toml", id)
		}
	}
}

// signEntries checks the groups of one card of a limb.
func (r *reader) signEntries(file, list string, level Level, entries []signEntry, b *signBook) {
	for i, e := range entries {
		at := fmt.Sprintf("%s[%d]", list, i)
		r.text(file, at+".key", e.Key, noPlaceholder)
		r.text(file, at+".head", e.Head, noPlaceholder)
		if slices.ContainsFunc(entries[:i], func(b signEntry) bool { return b.Key == e.Key }) {
			r.fault(file, at+".key", "%q is there twice", e.Key)
		}
		if len(e.Tells) == 0 {
			r.fault(file, at+".tells", "has none")
		}
		for j, key := range e.Tells {
			line := fmt.Sprintf("%s.tells[%d]", at, j)
			if _, ok := b.sentences[key]; !ok && b.sentences != nil {
				r.fault(file, line, "%q is not in sentences.toml", key)
			}
			for _, id := range b.sentences[key].Codes {
				if c, ok := r.codes[id]; ok && c.Level != level {
					r.fault(file, line, "%q is %s, this list is %s", id, c.Level, level)
				}
			}
		}
	}
}

// signs puts an area's danger signs together, and checks that none is missing
// and that each says what it must.
func (r *reader) signs(dir string, b *signBook, area, limb string) *SignSet {
	file := path.Join(dir, "signs", limb+".toml")
	s := &SignSet{Key: "signs." + limb, Limb: limb}
	f := b.limbs[limb]
	s.Now = r.signList(file, "now", s, b, f.Now, Emergency, area)
	s.Soon = r.signList(file, "soon", s, b, f.Soon, Urgent, area)
	s.Sources = union(slices.Clone(s.Now.Sources), s.Soon.Sources)
	s.Grades = gradesOf(r.sources, s.Sources)
	for _, id := range slices.Sorted(maps.Keys(r.codes)) {
		told := slices.IndexFunc(s.signs, func(sign Sign) bool { return sign.Code == id })
		if !r.codes[id].on(area, limb) {
			continue
		}
		if told < 0 {
			r.fault(file, id, "the sign is missing")
			continue
		}
		r.says(path.Join(dir, "signs", "ideas.toml"), s.signs[told], b.ideas[id].of(limb))
	}
	return s
}

// signList composes one card. Sentences of signs that are other areas' are left
// out.
func (r *reader) signList(file, list string, s *SignSet, b *signBook, entries []signEntry, level Level, area string) SignList {
	out := SignList{Level: level}
	words, lines := 0, 0
	for _, e := range entries {
		g := SignGroup{Key: e.Key, Head: e.Head}
		words += countWords(e.Head)
		for _, key := range e.Tells {
			line := b.line(key)
			if r.otherAreas(line, area) {
				continue
			}
			for _, id := range line.Codes {
				if c, ok := r.codes[id]; ok && !c.on(area, s.Limb) {
					r.fault(file, list, "%q, of the sentence %q, is no sign of these areas", id, key)
				}
			}
			text := line.Text
			if e.With {
				text = e.Head + ": " + lowerFirst(text)
			}
			s.signs = tell(s.signs, level, text, line)
			words, lines = words+countWords(line.Text), lines+1
			g.Lines, out.Sources = append(g.Lines, line), union(out.Sources, line.Sources)
		}
		out.Groups = append(out.Groups, g)
	}
	out.Grades = gradesOf(r.sources, out.Sources)
	most := signRoom(s.Limb)
	if len(out.Groups) == 0 || len(out.Groups) > most.groups || lines > most.lines || words > most.words {
		r.fault(file, list, "has %d groups, %d lines and %d words, at most %d, %d and %d",
			len(out.Groups), lines, words, most.groups, most.lines, most.words)
	}
	return out
}

func (b *signBook) line(key string) SignLine {
	s := b.sentences[key]
	return SignLine{Key: key, Text: s.Text, Codes: s.Codes, Sources: s.Sources}
}

// otherAreas reports whether all signs of a sentence are kept to other areas.
func (r *reader) otherAreas(line SignLine, area string) bool {
	return !slices.ContainsFunc(line.Codes, func(id string) bool {
		c := r.codes[id]
		return len(c.Areas) == 0 || slices.Contains(c.Areas, area)
	})
}

// says checks that a sign says each of its ideas.
func (r *reader) says(file string, s Sign, wanted []string) {
	if len(wanted) == 0 {
		r.fault(file, s.Code, "has no idea")
	}
	text := " " + strings.Join(strings.FieldsFunc(strings.ToLower(s.Text), func(c rune) bool { return strings.ContainsRune(" .,;:", c) }), " ")
	for _, idea := range wanted {
		if !slices.ContainsFunc(strings.Split(idea, "/"), func(w string) bool {
			return strings.Contains(text, " "+strings.ReplaceAll(strings.TrimSpace(w), ",", ""))
		}) {
			r.fault(file, s.Code, "nothing says %q: %q", idea, s.Text)
		}
	}
}

// stop reads the words of the stop card.
func (r *reader) stop(file string) *Stop {
	s := &Stop{}
	if !r.toml(file, s) {
		return s
	}
	numbers := func(p string) bool { return p == "{emergency}" || p == "{urgent}" }
	r.block(file, "now", &s.Now, 0, numbers)
	r.block(file, "soon", &s.Soon, 0, numbers)
	r.block(file, "under_18", &s.Under18, 0, noPlaceholder)
	r.block(file, "pregnancy", &s.Pregnancy, 0, noPlaceholder)
	r.text(file, "ring.emergency", s.Ring.Emergency, noPlaceholder)
	r.text(file, "ring.urgent", s.Ring.Urgent, noPlaceholder)
	r.text(file, "ring.known", s.Ring.Known, func(p string) bool { return p == "{name}" || p == "{number}" })
	r.text(file, "large.unknown", s.Large.Unknown, noPlaceholder)
	r.text(file, "large.emergency", s.Large.Emergency, numbers)
	r.text(file, "large.both", s.Large.Both, numbers)
	for _, line := range []string{s.Large.Emergency, s.Large.Both} {
		if !strings.Contains(line, "{emergency}") {
			r.fault(file, "large", "%q never says {emergency}", line)
		}
	}
	if !strings.Contains(strings.Join(s.Now.texts(), " "), "{emergency}") {
		r.fault(file, "now", "never says {emergency}")
	}
	if !strings.Contains(strings.Join(s.Soon.texts(), " "), "{urgent}") {
		r.fault(file, "soon", "never says {urgent}")
	}
	return s
}
