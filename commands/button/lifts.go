package button

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/content"
)

// ModifyID is the one ID of the cards of lifts, so that logs and metrics learn
// neither lift nor area.
var ModifyID = bot.NewID[ModifyState]("modify1")

// The IDs of the form for a workout: the button that opens it, and the form.
var (
	PasteID    = bot.NewID[ModifyState]("paste1")
	PasteSetID = bot.NewID[ModifyState]("pasteset1")
)

// ShareID posts lifts where all can see them. Its state has no room for an
// area or a wish.
var ShareID = bot.NewID[ShareState]("share1")

// LiftsAtOnce is how many lifts one page of a card takes, and LiftsMost how many
// a workout has.
const (
	LiftsAtOnce = 5
	LiftsMost   = 20
)

// A ModifyState says which card of which lifts a button leads to.
type ModifyState struct {
	View  LiftView
	Area  string // id of an area; "" for none
	Less  content.Less
	Lift  int      // which of several lifts is open, from 1; 0 for all of them
	Page  int      // of the sources or the lifts, from 0 to 9
	Of    string   // the pattern whose lifts are on offer
	Lifts []string // ids; as a button of many lifts is read, their codes after CodeMark
	Doses []string // how much of each lift, as somebody wrote it; shorter where nothing was written
}

// A LiftView is one letter, because five lifts leave little room in an ID.
type LiftView byte

// The cards of lifts.
const (
	LiftCard    LiftView = 'l'
	LiftAll     LiftView = 'a' // set-up, common faults, every stress
	LiftPick    LiftView = 'p' // of patterns
	LiftOf      LiftView = 'o' // of one pattern's lifts
	LiftAdd     LiftView = 'n' // of lifts that join those that are there
	LiftSources LiftView = 's'
	LiftMistake LiftView = 'm'
)

// CodeMark begins the codes of lifts, as content.Code makes them.
const CodeMark = "*"

// The marks of how much of each lift is done, where the same as before is one
// sign.
const (
	dosesMark = "~"
	sameDose  = "="
	stateMost = 90 // bytes, so that the longest name fits before it
)

// MarshalText returns the state as five signs, one each for view, area, less,
// lift and page, and then what is on show. Areas and wishes stand as their
// place in lists whose order is permanent; 0 is none. Doses that don't fit are
// left out, the longest first.
func (s ModifyState) MarshalText() ([]byte, error) {
	area, less := slices.Index(content.AreaIDs(), s.Area)+1, slices.Index(content.Lesses(), s.Less)+1
	if s.Lift < 0 || s.Lift > LiftsMost || s.Page < 0 || s.Page > 9 || len(s.Lifts) > LiftsMost {
		return nil, errors.New("lift or page out of range")
	}
	text := string(s.View) + strconv.Itoa(area) + strconv.Itoa(less) + strconv.FormatInt(int64(s.Lift), 36) + strconv.Itoa(s.Page)
	switch {
	case s.View == LiftOf:
		return []byte(text + s.Of), nil
	case len(s.Lifts) <= LiftsAtOnce && strings.Join(s.Doses, "") == "":
		return []byte(text + strings.Join(s.Lifts, "+")), nil
	}
	text += CodeMark
	for _, id := range s.Lifts {
		code, coded := strings.CutPrefix(id, CodeMark)
		if !coded {
			code = content.Code(id)
		}
		text += code
	}
	return []byte(text + dosesOf(s.Doses, stateMost-len(text))), nil
}

// dosesOf writes as many doses as there is room for.
func dosesOf(doses []string, room int) string {
	doses = slices.Clone(doses)
	for {
		var out strings.Builder
		longest := -1
		for i, d := range doses {
			out.WriteString(dosesMark)
			if i > 0 && d != "" && d == doses[i-1] {
				out.WriteString(sameDose)
				continue
			}
			out.WriteString(d)
			if d != "" && (longest < 0 || len(d) > len(doses[longest])) {
				longest = i
			}
		}
		text := strings.TrimRight(out.String(), dosesMark)
		if len(text) <= room {
			return text
		}
		gone := doses[longest]
		for i := longest; i < len(doses) && doses[i] == gone; i++ {
			doses[i] = ""
		}
	}
}

// UnmarshalText reads what MarshalText wrote. Whether the lifts exist is for
// the handler to say, in words.
func (s *ModifyState) UnmarshalText(text []byte) error {
	if len(text) < 5 {
		return errors.New("want view, area, less, lift and page")
	}
	var digits [4]int
	for i := range digits {
		n, err := strconv.ParseInt(string(text[i+1:i+2]), 36, 0)
		if err != nil || n > 9 && i != 2 {
			return errors.New("want a digit")
		}
		digits[i] = int(n)
	}
	*s = ModifyState{View: LiftView(text[0]), Lift: digits[2], Page: digits[3]}
	if n := digits[0]; n > 0 && n <= len(content.AreaIDs()) {
		s.Area = content.AreaIDs()[n-1]
	}
	if n := digits[1]; n > 0 && n <= len(content.Lesses()) {
		s.Less = content.Lesses()[n-1]
	}
	switch rest := string(text[5:]); {
	case s.View == LiftOf:
		s.Of = rest
	case strings.HasPrefix(rest, CodeMark):
		s.readCodes(rest[len(CodeMark):])
	case rest != "":
		s.Lifts = strings.Split(rest, "+")
	}
	if len(s.Lifts) > LiftsMost || s.Lift > len(s.Lifts) {
		return errors.New("too many lifts, or one that is not there")
	}
	return nil
}

// readCodes reads codes of lifts and their doses.
func (s *ModifyState) readCodes(text string) {
	codes, doses, written := strings.Cut(text, dosesMark)
	for len(codes) >= content.CodeLen {
		s.Lifts, codes = append(s.Lifts, CodeMark+codes[:content.CodeLen]), codes[content.CodeLen:]
	}
	if !written {
		return
	}
	for i, d := range strings.Split(doses, dosesMark) {
		if d == sameDose && i > 0 {
			d = s.Doses[i-1]
		}
		s.Doses = append(s.Doses, d)
	}
}

// A ShareState is the lifts to post.
type ShareState []string

// MarshalText joins the lifts.
func (s ShareState) MarshalText() ([]byte, error) { return []byte(strings.Join(s, "+")), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *ShareState) UnmarshalText(text []byte) error {
	*s = strings.Split(string(text), "+")
	if len(*s) > LiftsAtOnce {
		return errors.New("too many lifts")
	}
	return nil
}
