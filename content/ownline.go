package content

import (
	"encoding/csv"
	"slices"
	"strings"

	"unpinch/pattern"
)

// An ownItem is what is written about one drill, on a line or on several that
// follow one another.
type ownItem struct {
	from, to int    // the lines, as people count
	text     string // as written, without the marks of a list
	name     string // what is left of the text without how much
	amounts  amounts
}

// ownMark begins a line of a list: a bullet, a number, a letter.
var ownMark = pattern.New(`^(?:[-*•·–—▪◦○●✓✔>]+\s*|\[[ xX]?\]\s*|(?i:(?:exercise|ex|no)\.?\s*|#\s*)\d{1,2}\s*[.):-]*\s+|\(?\d{1,2}[a-zA-Z]?[.):]\s*|\(?\d{1,2}\)\s*|[a-zA-Z]\d{0,2}[.)]\s+|\d{1,2}\s+[-–—]\s+)`)

// unmarked returns a line without what a list puts before it.
func unmarked(line string) string {
	line = strings.Join(strings.Fields(line), " ")
	for range 2 { // "- 1. chin tuck"
		if m := ownMark().FindString(line); m != "" && len(m) < len(line) {
			line = strings.TrimSpace(line[len(m):])
		}
	}
	return strings.Trim(line, "*_ ")
}

// ownItems reads the lines of a text. A line that only says how much belongs to
// the drill above it, or at the beginning to the one below; one that names nothing,
// as a heading does, is left out.
func (l *Library) ownItems(locale, text string) []ownItem {
	var out []ownItem
	var columns []string
	before := ""
	for i, line := range strings.Split(text, "\n") {
		if len(out) > OwnMost { // which is the only fault then
			if before = ""; unmarked(head(line, nameBytes)) != "" {
				out = append(out, ownItem{from: i + 1, to: i + 1})
			}
			continue
		}
		cells := cellsOf(line)
		if header := columnsOf(cells); header != nil {
			columns = header
			continue
		}
		it := l.newItem(locale, i+1, unmarked(labelled(line, cells, columns)))
		it.name = l.ownName(locale, it.name)
		out, before = l.follow(locale, out, before, it)
	}
	if before != "" {
		it := l.newItem(locale, 1, strings.TrimRight(before, ", "))
		it.name = ""
		out = append(out, it)
	}
	return out
}

// follow puts an item after others. What stood before the first drill without one is
// the next one's.
func (l *Library) follow(locale string, out []ownItem, before string, it ownItem) ([]ownItem, string) {
	switch {
	case it.text == "":
	case it.name != "":
		if before != "" {
			it = l.joined(locale, ownItem{from: it.from, text: before}, it)
		}
		return append(out, it), ""
	case it.amounts.none():
	case len(out) == 0:
		before += it.text + ", "
	default:
		out[len(out)-1] = l.joined(locale, out[len(out)-1], it)
	}
	return out, before
}

// drillMark parts drills that stand on one line.
var drillMark = pattern.New(`(?i)\s*[;•·]\s*|\s*,\s+|\s+/\s+|\s+\+\s+|\s+&\s+|\s+(?:and|then)\s+|\.\s+`)

// listedOwn puts drills that stand on one line on lines of their own, where each
// part is certain to name one, or says how much of the one before.
func (l *Library) listedOwn(locale, text string) string {
	var out []string
	for i, line := range strings.Split(text, "\n") {
		parts := []string{line}
		if i < 2*OwnMost && len(line) <= nameBytes {
			parts = l.drillsOf(locale, line)
		}
		out = append(out, parts...)
	}
	return strings.Join(out, "\n")
}

// drillsOf returns the parts of a line that lists drills, or else the line.
func (l *Library) drillsOf(locale, line string) []string {
	texts := drillMark().Split(unmarked(line), -1)
	if len(texts) < 2 || l.certainOwn(locale, l.newItem(locale, 1, unmarked(line)).name) {
		return []string{line}
	}
	var out []string
	for _, t := range texts {
		it := l.newItem(locale, 1, t)
		switch name := l.ownName(locale, it.name); {
		case name == "" && len(out) > 0:
			out[len(out)-1] += ", " + t
		case !l.certainOwn(locale, name):
			return []string{line}
		default:
			out = append(out, t)
		}
	}
	return out
}

// certainOwn reports whether a name is certain to mean one drill.
func (l *Library) certainOwn(locale, name string) bool {
	d, _, _ := l.findDrill(locale, name)
	return d != nil
}

func (l *Library) newItem(locale string, line int, text string) ownItem {
	it := ownItem{from: line, to: line, text: text}
	name := "" // one that has a word such as held
	for _, s := range l.names[l.match(locale)]().spoken {
		if at := strings.Index(strings.ToLower(text), strings.ToLower(s)); at >= 0 && at+len(s) <= len(text) && !inside([]byte(text), at) && !inside([]byte(text), at+len(s)) {
			name, text = s, text[:at]+" "+text[at+len(s):]
			break
		}
	}
	it.name, it.amounts = readAmounts(text)
	it.name = strings.TrimSpace(name + " " + it.name)
	return it
}

// joined puts two items together that stand one below the other.
func (l *Library) joined(locale string, a, b ownItem) ownItem {
	it := l.newItem(locale, a.from, strings.TrimRight(a.text, ",;:. ")+", "+b.text)
	it.to, it.name = b.to, l.ownName(locale, it.name)
	return it
}

// ownName returns what is left of a line without how much, or "" if that names
// nothing.
func (l *Library) ownName(locale, rest string) string {
	rest = strings.Trim(rest, " ,;:.-–—/|()[]=+@&\"'")
	x := l.names[l.match(locale)]()
	if rest == "" || x.silent(x.wordsOf(rest)) && !l.ownNerve(locale, rest) {
		if _, sure := x.decide(x.wordsOf(rest)); !sure { // a name can be made of such words
			return ""
		}
	}
	return rest
}

// cellsOf takes a row of a table apart; it returns one cell for a line of words.
func cellsOf(line string) []string {
	for _, sep := range []rune{'\t', '|', ';', ','} {
		if !strings.ContainsRune(line, sep) {
			continue
		}
		r := csv.NewReader(strings.NewReader(strings.TrimSpace(strings.Trim(strings.TrimSpace(line), "|"))))
		r.Comma, r.LazyQuotes, r.TrimLeadingSpace = sep, true, true
		cells, err := r.Read()
		if err != nil {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		return cells
	}
	return []string{line}
}

// columnNames are the words of a table's head that say what its column holds.
func columnNames() map[string]string {
	return map[string]string{"sets": "sets", "set": "sets", "reps": "reps", "rep": "reps", "repetitions": "reps",
		"hold": "s hold", "hold (s)": "s hold", "hold (sec)": "s hold", "hold time": "s hold", "seconds": "s hold", "secs": "s hold", "time": "s hold"}
}

// columnsOf returns what the columns of a table hold, or nil for a row that is not
// its head.
func columnsOf(cells []string) []string {
	names := columnNames()
	amounts := 0
	out := make([]string, len(cells))
	for i, c := range cells {
		if out[i] = names[strings.ToLower(c)]; out[i] != "" {
			amounts++
		}
		if strings.ContainsAny(c, "0123456789") {
			return nil
		}
	}
	if amounts == 0 || len(cells) < 2 || out[0] != "" {
		return nil
	}
	return out
}

// labelled writes a row of a table with each number's column beside it.
func labelled(line string, cells, columns []string) string {
	if len(cells) < 2 {
		return line
	}
	if len(cells) > len(columns) {
		if strings.ContainsAny(line, "\t|") || strings.HasPrefix(strings.TrimSpace(line), `"`) { // a row without a head
			return strings.Join(cells, ", ")
		}
		return line
	}
	var out []string
	for i, c := range cells {
		switch {
		case c == "" || c == "-" || c == "–":
			continue
		case columns[i] != "" && !strings.ContainsFunc(c, isLetter):
			c += " " + columns[i]
		}
		out = append(out, c)
	}
	return strings.Join(out, ", ")
}

func isLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '"' || r == '\''
}

// findDrill looks a drill up by a name that is certain to mean no other, or returns
// those that may be meant, and the first word that none of them explains.
func (l *Library) findDrill(locale, name string) (d *Drill, near []string, word string) {
	for _, language := range slices.Compact([]string{l.match(locale), fallback}) {
		g := l.languages[language]
		x := l.names[language]()
		all := x.wordsOf(name)
		if at, ok := x.decide(all); ok {
			return g.drills[x.keys[at].of], nil, ""
		}
		if near != nil {
			continue
		}
		for _, of := range x.likely(all, NearMost, func(int, string) bool { return false }) {
			near = append(near, g.drills[of].ID)
		}
		word = x.foreignWord(name, all, near, g.drills)
	}
	return nil, near, word
}

// foreignWord returns the first word of a name that has no part in any name of the
// likeliest drill, as it is written; "" if there is none.
func (x *index) foreignWord(name string, all []string, near []string, drills []*Drill) string {
	if len(near) == 0 {
		return ""
	}
	likely := slices.IndexFunc(drills, func(d *Drill) bool { return d.ID == near[0] })
	for _, t := range x.naming.tokens(head(name, nameBytes)) {
		read := x.read([]string{t.word})
		if x.silent(read) {
			continue
		}
		if !slices.ContainsFunc(read, func(w string) bool {
			return slices.ContainsFunc(x.with[w], func(at int) bool { return x.keys[at].of == likely })
		}) {
			return name[t.start:t.end]
		}
	}
	return ""
}

// ownNerve reports whether a text names a glide of a nerve.
func (l *Library) ownNerve(locale, text string) bool {
	n := l.names[l.match(locale)]().naming.nerve
	words := lettersOnly().FindAllString(strings.ToLower(head(text, nameBytes)), -1)
	begun := func(stems []string) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			return slices.ContainsFunc(stems, func(s string) bool { return strings.HasPrefix(w, s) })
		})
	}
	return begun(n.Alone) || begun(n.Moves) && slices.ContainsFunc(words, func(w string) bool { return slices.Contains(n.Of, w) })
}

// lettersOnly finds words without the digits beside them, as of "ULTT1".
var lettersOnly = pattern.New(`\pL+`)
