package content

import (
	"slices"
	"strings"

	"unpinch/pattern"
)

// Bounds of a workout as it is read.
const (
	workoutBytes = 4000
	workoutLines = 80
)

// A Line is one lift of a workout, or what may be one, as it was written.
type Line struct {
	Match        // no lift when none is certain
	Text  string // as written
	Dose  string // how much of it; "" when nothing is said
	// Near has the nearest lifts when none is certain, at most NearMost.
	Near []*Exercise
}

// NearMost is how many lifts may be meant by one name.
const NearMost = 5

// Certain reports whether the line names one lift.
func (l Line) Certain() bool { return l.Exercise != nil }

// A Workout is what somebody typed or pasted, read.
type Workout struct {
	Name  string // of a famous one that was asked for by name
	How   string // its rounds, time and order
	Lines []Line // those that name a lift, or that may
	Cut   bool   // the text was too long, and its end is not read
}

// Certain reports whether each line names one lift, and there is one.
func (w Workout) Certain() bool {
	for _, l := range w.Lines {
		if !l.Certain() {
			return false
		}
	}
	return len(w.Lines) > 0 && w.Name == ""
}

var (
	setMark  = pattern.New(`^[A-H][1-9]?[.):]+\s`)
	nextMark = pattern.New(`\s+([A-H][1-9]?[.):]+\s)`)
	listMark = pattern.New(`^[^\pL\pN]*(?:(?:[A-Ha-h][1-9]?|\d{1,2}[A-Ha-h]?)[.):]+(?:\s+|$)|[A-Ha-h][1-9]\s+)?[^\pL\pN]*`)
	webLink  = pattern.New(`https?://\S+`)
	longDate = pattern.New(`(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.*\bat\b`)
)

// Read reads lifts as people type or paste them: a name or several, a coach's post,
// a famous workout, or what a training app shares. Lines that name no lift are
// left out.
func (s *Lifts) Read(text string) Workout {
	w := s.read(text)
	for i, l := range w.Lines {
		if !l.Certain() {
			w.Lines[i].Near = s.Near(l.Text)
		}
	}
	return w
}

// read reads lifts, without those that are near.
func (s *Lifts) read(text string) Workout {
	text, cut := whole(webLink().ReplaceAllString(text, ""))
	out := Workout{Cut: cut}
	var titled []title
	n := 0
	for line := range strings.Lines(inLines(text)) {
		line = strings.TrimSpace(line)
		if line == "" || longDate().MatchString(line) {
			continue
		}
		if n++; n > workoutLines {
			out.Cut = true
			break
		}
		if w, ok := s.famous(line); ok {
			titled = append(titled, title{w, len(out.Lines)})
			continue
		}
		if !s.one(line).Certain() { // what looks like the mark of a list may be a name's, as in "C2 bike"
			line = listMark().ReplaceAllString(line, "")
		}
		for _, p := range s.lines(line) {
			if p.famous != nil {
				titled = append(titled, title{*p.famous, len(out.Lines)})
			}
			out.Lines = p.joinTo(out.Lines)
		}
	}
	if len(out.Lines) == 0 && len(titled) == 1 {
		titled[0].Cut = cut
		return titled[0].Workout
	}
	for _, t := range slices.Backward(titled) {
		if !t.writtenOut(out.Lines[t.at:]) {
			out.Lines = slices.Insert(out.Lines, t.at, t.Lines...)
		}
	}
	return out
}

// whole returns a text, or its beginning up to a whole word where it is too long.
func whole(text string) (string, bool) {
	if len(text) <= workoutBytes {
		return text, false
	}
	text = head(text, workoutBytes)
	if i := strings.LastIndexAny(text, " \t\n,;"); i > 0 {
		text = text[:i]
	}
	return text, true
}

// inLines puts each mark of a list on a line of its own, where the first line begins with one.
func inLines(text string) string {
	if !setMark().MatchString(strings.TrimSpace(text)) {
		return text
	}
	return nextMark().ReplaceAllString(text, "\n$1")
}

// Certain returns the lift that a text names, and nothing else: by its id, as a
// choice sends it, or by a name that is certain.
func (s *Lifts) Certain(text string) (Match, bool) {
	text = strings.TrimSpace(text)
	if e, ok := s.ByID(text); ok {
		return Match{e, e.Name}, true
	}
	w := s.read(text)
	if !w.Certain() || len(w.Lines) > 1 {
		return Match{}, false
	}
	return w.Lines[0].Match, true
}

// head returns the beginning of a text, at most so many bytes.
func head(text string, most int) string {
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	return text
}

// A piece is a line, or what is a line where the text has none: with the dose
// alone for one that says only how much, and nothing for one that names no lift.
type piece struct {
	Line
	doseOnly, quiet bool
	shared          bool     // the dose is of several lifts
	famous          *Workout // that the piece asks for by name
	load            bool     // the dose has only loads
	shuffled        bool     // the words of its name stand in another order
	named           []string // the words of its name
	from, to        int      // its tokens, where the text has no lines
}

// joinTo adds the piece to lines. How much, alone, belongs to the lift before, unless
// it says that more comes or several lifts share it.
func (p piece) joinTo(lines []Line) []Line {
	switch {
	case p.doseOnly && len(lines) > 0 && !p.shared && !strings.HasSuffix(p.Text, ":"):
		last := &lines[len(lines)-1]
		if last.Dose != "" {
			last.Dose += ", "
		}
		last.Dose += p.Dose
		return lines
	case p.doseOnly || p.quiet:
		return lines
	}
	return append(lines, p.Line)
}

// lines reads one written line, which may name several lifts.
func (s *Lifts) lines(line string) []piece {
	if e, ok := s.ByID(line); ok {
		return []piece{{Line: Line{Match: Match{e, e.Name}, Text: line}}}
	}
	one, parts := s.one(line), listed(line)
	named := func(p string) bool { _, ok := s.famous(p); return ok }
	if len(parts) > 1 && slices.ContainsFunc(parts, named) {
		one = piece{}
	}
	if one.Certain() && !(one.shuffled && s.each(parts)) || one.quiet || one.doseOnly {
		return []piece{one}
	}
	var out []piece
	for _, part := range parts {
		if len(parts) > 1 {
			part = listMark().ReplaceAllString(part, "")
		}
		out = append(out, s.part(part, len(parts) > 1)...)
	}
	return owned(out)
}

// each reports whether each of several parts is a lift.
func (s *Lifts) each(parts []string) bool {
	return len(parts) > 1 && !slices.ContainsFunc(parts, func(p string) bool { return !s.one(p).Certain() })
}

// one reads a text as a single lift.
func (s *Lifts) one(text string) piece {
	x := &s.index
	tokens := x.naming.tokens(head(text, nameBytes+1))
	out := piece{Line: Line{Text: strings.TrimSpace(text)}}
	if len(text) > nameBytes {
		return out
	}
	all := x.read(words(tokens))
	out.Dose = x.dose(text, tokens, nil)
	for _, is := range []func([]string) (string, bool){x.naming.way, x.naming.many} {
		id, ok := is(all)
		if e, known := s.ByID(id); ok && known {
			out.Match = Match{e, e.Name}
			return out
		}
	}
	if at, ok := x.decide(all); ok {
		k := x.keys[at]
		if x.naming.mayBe(all, k.words...) != nil {
			return out
		}
		out.Match, out.named = Match{s.all[k.of], k.text}, k.words
		out.Dose, out.shuffled = x.dose(text, tokens, k.words), !x.ordered(all, at)
		if out.shuffled && len(k.words) > 1 && !slices.ContainsFunc(k.words, func(w string) bool { return !x.is(w, k.of) }) {
			out.Match = Match{} // "squat bench" is two lifts, not a "bench squat"
		}
		return out
	}
	if out.quiet = x.silent(all); out.quiet {
		out.doseOnly = x.onlyDose(all) && out.Dose != "" && !x.naming.rests(all)
		out.shared = slices.ContainsFunc(all, func(w string) bool { return x.naming.rounds[w] })
		dose, _ := x.naming.marks(words(tokens))
		out.load = counts(x.naming.amounts(text, tokens, dose, 0, len(tokens))) == 0
	}
	return out
}
