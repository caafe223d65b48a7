package button

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/content"
)

// PinchedID is the one ID of the whole flow. Whatever is pressed, logs and
// metrics see this name alone, so they can't tell one answer from the other.
var PinchedID = bot.NewID[PinchedState]("pinched2")

// PinchedOldID is of buttons made while one card had both lists of signs. They
// lead to the first card, so that none passes a list unseen.
var PinchedOldID = bot.NewID[PinchedState]("pinched1")

// A PinchedState says which card of which area a button leads to. It lives in
// the button and nowhere else.
type PinchedState struct {
	Area    string // "" on the menu
	View    PinchedView
	Arg     string // a page of countries or sources, and the card to go back to
	Country string // whose numbers the stop card shows; "" while unknown
	Lift    string `state:"optional"` // id of the lift that was asked about
}

// A PinchedView is a card of the flow.
type PinchedView string

// The cards of the flow.
const (
	PinchedMenu    PinchedView = "menu"
	PinchedSigns   PinchedView = "signs" // call now
	PinchedSoon    PinchedView = "soon"  // be seen today or tomorrow
	PinchedStop    PinchedView = "stop"
	PinchedNext    PinchedView = "next"
	PinchedTonight PinchedView = "tonight"
	PinchedDays    PinchedView = "days"
	PinchedWhich   PinchedView = "which"
	PinchedBack    PinchedView = "back"
	PinchedMore    PinchedView = "more"
	PinchedClinic  PinchedView = "clinic"
	PinchedYoung   PinchedView = "modifiers"      // under 18 or pregnant, from More
	PinchedYoungOn PinchedView = "stop_modifiers" // the same, from the stop card
	PinchedSources PinchedView = "sources"
	PinchedMistake PinchedView = "mistake"

	PinchedWords    PinchedView = "words"    // the glossary, from More
	PinchedGlossary PinchedView = "glossary" // the same, from /learn

	PinchedToday PinchedView = "today" // what to train today
	PinchedLoads PinchedView = "loads" // lifts that load the area, paged
	PinchedCoach PinchedView = "coach" // a line to copy
	PinchedLift  PinchedView = "lift"  // the lift that was asked about
)

// ModifyID is the one ID of the cards of lifts, so that logs and metrics learn
// neither lift nor area.
var ModifyID = bot.NewID[ModifyState]("modify1")

// ShareID posts lifts where all can see them. Its state has no room for an
// area or a wish.
var ShareID = bot.NewID[ShareState]("share1")

// LiftsAtOnce is how many lifts one card takes.
const LiftsAtOnce = 5

// A ModifyState says which card of which lifts a button leads to.
type ModifyState struct {
	View  LiftView
	Area  string // id of an area; "" for none
	Less  content.Less
	Lift  int    // which of several lifts is open, from 1; 0 for all of them
	Page  int    // of the sources, from 0 to 9
	Of    string // the pattern whose lifts are on offer
	Lifts []string
}

// A LiftView is one letter, because five lifts leave little room in an ID.
type LiftView byte

// The cards of lifts.
const (
	LiftCard    LiftView = 'l'
	LiftAll     LiftView = 'a' // set-up, common faults, every stress
	LiftPick    LiftView = 'p' // of patterns
	LiftOf      LiftView = 'o' // of one pattern's lifts
	LiftSources LiftView = 's'
	LiftMistake LiftView = 'm'
)

// MarshalText returns the state as five signs, one each for view, area, less,
// lift and page, and then what is on show. Areas and wishes stand as their
// place in lists whose order is permanent; 0 is none.
func (s ModifyState) MarshalText() ([]byte, error) {
	area, less := slices.Index(content.AreaIDs(), s.Area)+1, slices.Index(content.Lesses(), s.Less)+1
	if s.Lift < 0 || s.Lift > LiftsAtOnce || s.Page < 0 || s.Page > 9 {
		return nil, errors.New("lift or page out of range")
	}
	text := append([]byte{byte(s.View)}, strconv.Itoa(area)+strconv.Itoa(less)+strconv.Itoa(s.Lift)+strconv.Itoa(s.Page)...)
	if s.View == LiftOf {
		return append(text, s.Of...), nil
	}
	return append(text, strings.Join(s.Lifts, "+")...), nil
}

// UnmarshalText reads what MarshalText wrote. Whether the lifts exist is for
// the handler to say, in words.
func (s *ModifyState) UnmarshalText(text []byte) error {
	if len(text) < 5 {
		return errors.New("want view, area, less, lift and page")
	}
	var digits [4]int
	for i := range digits {
		if digits[i] = int(text[i+1]) - '0'; digits[i] < 0 || digits[i] > 9 {
			return errors.New("want a digit")
		}
	}
	*s = ModifyState{View: LiftView(text[0]), Lift: digits[2], Page: digits[3]}
	if n := digits[0]; n > 0 && n <= len(content.AreaIDs()) {
		s.Area = content.AreaIDs()[n-1]
	}
	if n := digits[1]; n > 0 && n <= len(content.Lesses()) {
		s.Less = content.Lesses()[n-1]
	}
	if rest := string(text[5:]); s.View == LiftOf {
		s.Of = rest
	} else if rest != "" {
		s.Lifts = strings.Split(rest, "+")
	}
	if len(s.Lifts) > LiftsAtOnce || s.Lift > len(s.Lifts) {
		return errors.New("too many lifts, or one that is not there")
	}
	return nil
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

// LearnID is the one ID of /learn; the glossary has that of /pinched.
var LearnID = bot.NewID[LearnState]("learn1")

// A LearnState says which card of which topic a button leads to.
type LearnState struct {
	Topic string
	View  LearnView
}

// A LearnView is a card of a topic.
type LearnView string

// The cards of a topic.
const (
	LearnMenu    LearnView = "menu"
	LearnTopic   LearnView = "topic"
	LearnSources LearnView = "sources"
	LearnMistake LearnView = "mistake"
)

// The IDs of fact or gym myth: of its post, for everybody, and of the private
// answer's buttons.
var (
	MythID        = bot.NewID[MythAnswer]("myth1")
	MythBackID    = bot.NewID[MythAnswer]("mythback1")
	MythMistakeID = bot.NewID[MythAnswer]("mythmistake1")
)

// A MythAnswer is what somebody says of a claim.
type MythAnswer struct {
	Claim string
	True  Truth
}

// A Truth is "true" or "not".
type Truth bool

// MarshalText returns the word.
func (t Truth) MarshalText() ([]byte, error) {
	if t {
		return []byte("true"), nil
	}
	return []byte("not"), nil
}

// UnmarshalText reads the word.
func (t *Truth) UnmarshalText(text []byte) error {
	*t = string(text) == "true"
	return nil
}
