package commands

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/content"
)

// modifyID is the one ID of the cards of lifts, so that logs and metrics learn
// neither lift nor area.
var modifyID = bot.NewID[modifyState]("modify1")

// shareID posts lifts where all can see them. Its state has no room for an
// area or a wish.
var shareID = bot.NewID[shareState]("share1")

// liftsAtOnce is how many lifts one card takes.
const liftsAtOnce = 5

// A modifyState says which card of which lifts a button leads to.
type modifyState struct {
	View  liftView
	Area  string // id of an area; "" for none
	Less  content.Less
	Lift  int    // which of several lifts is open, from 1; 0 for all of them
	Page  int    // of the sources, from 0 to 9
	Of    string // the pattern whose lifts are on offer
	Lifts []string
}

// A liftView is one letter, because five lifts leave little room in an ID.
type liftView byte

const (
	liftCard    liftView = 'l'
	liftAll     liftView = 'a' // set-up, common faults, every stress
	liftPick    liftView = 'p' // of patterns
	liftOf      liftView = 'o' // of one pattern's lifts
	liftSources liftView = 's'
	liftMistake liftView = 'm'
)

// MarshalText returns the state as five signs, one each for view, area, less,
// lift and page, and then what is on show. Areas and wishes stand as their
// place in lists whose order is permanent; 0 is none.
func (s modifyState) MarshalText() ([]byte, error) {
	area, less := slices.Index(content.AreaIDs(), s.Area)+1, slices.Index(content.Lesses(), s.Less)+1
	if s.Lift < 0 || s.Lift > liftsAtOnce || s.Page < 0 || s.Page > 9 {
		return nil, errors.New("lift or page out of range")
	}
	text := append([]byte{byte(s.View)}, strconv.Itoa(area)+strconv.Itoa(less)+strconv.Itoa(s.Lift)+strconv.Itoa(s.Page)...)
	if s.View == liftOf {
		return append(text, s.Of...), nil
	}
	return append(text, strings.Join(s.Lifts, "+")...), nil
}

// UnmarshalText reads what MarshalText wrote. Whether the lifts exist is for
// the handler to say, in words.
func (s *modifyState) UnmarshalText(text []byte) error {
	if len(text) < 5 {
		return errors.New("want view, area, less, lift and page")
	}
	var digits [4]int
	for i := range digits {
		if digits[i] = int(text[i+1]) - '0'; digits[i] < 0 || digits[i] > 9 {
			return errors.New("want a digit")
		}
	}
	*s = modifyState{View: liftView(text[0]), Lift: digits[2], Page: digits[3]}
	if n := digits[0]; n > 0 && n <= len(content.AreaIDs()) {
		s.Area = content.AreaIDs()[n-1]
	}
	if n := digits[1]; n > 0 && n <= len(content.Lesses()) {
		s.Less = content.Lesses()[n-1]
	}
	if rest := string(text[5:]); s.View == liftOf {
		s.Of = rest
	} else if rest != "" {
		s.Lifts = strings.Split(rest, "+")
	}
	if len(s.Lifts) > liftsAtOnce || s.Lift > len(s.Lifts) {
		return errors.New("too many lifts, or one that is not there")
	}
	return nil
}

// A shareState is the lifts to post.
type shareState []string

// MarshalText joins the lifts.
func (s shareState) MarshalText() ([]byte, error) { return []byte(strings.Join(s, "+")), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *shareState) UnmarshalText(text []byte) error {
	*s = strings.Split(string(text), "+")
	if len(*s) > liftsAtOnce {
		return errors.New("too many lifts")
	}
	return nil
}

// modify shows how a lift loads the body, how to change it, and what to swap
// in. What is looked up is written down nowhere.
func modify(d Deps) (bot.Command, []bot.Component) {
	m := modifyFlow{d}
	var options []bot.Option
	var lifts []*bot.StringOption
	for _, name := range []string{"exercise", "exercise2", "exercise3", "exercise4", "exercise5"} {
		about := "modify.option.more"
		if len(lifts) == 0 {
			about = "modify.option.exercise"
		}
		o := bot.String(name, about).Complete(m.suggest)
		lifts, options = append(lifts, o), append(options, o)
	}
	area := bot.OneOf("area", "modify.option.area", m.areas())
	less := bot.OneOf("less", "modify.option.less", m.lesses())
	flow, share := bot.Handle(modifyID, bot.Update, m.turn), bot.Handle(shareID, bot.NewPublic, m.share)
	flow.OwnerOnly, flow.Discreet = true, true
	share.OwnerOnly, share.Discreet = true, true
	return bot.Command{
		Name: "modify", About: "modify.about", Answer: bot.NewPrivate, Discreet: true,
		Options: append(options, area, less),
		Run: func(ctx context.Context, req *bot.Request) (bot.Reply, error) {
			s := modifyState{View: liftCard, Area: area.Get(req), Less: content.Less(less.Get(req))}
			var typed []string
			for _, o := range lifts {
				typed = append(typed, strings.FieldsFunc(o.Get(req), func(r rune) bool { return r == ',' || r == '\n' })...)
			}
			return m.asked(ctx, req, s, typed)
		},
	}, []bot.Component{flow, share}
}

type modifyFlow struct{ Deps }

func (m modifyFlow) areas() (out []bot.Choice) {
	for _, id := range content.AreaIDs() {
		name := id
		if a, ok := m.Content.Area(defaultLocale, id); ok {
			name = a.Name
		}
		out = append(out, bot.Choice{Label: name, Value: id})
	}
	return out
}

func (m modifyFlow) lesses() (out []bot.Choice) {
	for _, l := range content.Lesses() {
		out = append(out, bot.Choice{Label: m.Content.Say(defaultLocale, "less."+string(l), nil), Value: string(l)})
	}
	return out
}

// suggestLifts offers lifts for what has been typed so far.
func (d Deps) suggestLifts(req *bot.Request, typed string) []bot.Choice {
	var out []bot.Choice
	for _, f := range d.Content.Lifts(req.Locale).Find(typed, 25) {
		out = append(out, bot.Choice{Label: f.Name, Value: f.ID})
	}
	return out
}

func (m modifyFlow) suggest(_ context.Context, req *bot.Request, typed string) ([]bot.Choice, error) {
	return m.suggestLifts(req, typed), nil
}

// asked looks up what was typed. Nothing typed leads to the patterns; the first
// miss is answered with the nearest lifts.
func (m modifyFlow) asked(ctx context.Context, req *bot.Request, s modifyState, typed []string) (bot.Reply, error) {
	library := m.Content.Lifts(req.Locale)
	for _, t := range typed {
		if strings.TrimSpace(t) == "" {
			continue
		}
		f, ok := library.Match(t)
		if !ok {
			return m.missed(req, s, t), nil
		}
		if !slices.Contains(s.Lifts, f.ID) {
			s.Lifts = append(s.Lifts, f.ID)
		}
	}
	switch n := len(s.Lifts); {
	case n == 0:
		s.View = liftPick
	case n > liftsAtOnce:
		return bot.Reply{}, &bot.UserError{Key: "modify.too_many", Args: args{"Most": liftsAtOnce}}
	}
	return m.turn(ctx, req, s)
}

// turn shows the card that the state names.
func (m modifyFlow) turn(ctx context.Context, req *bot.Request, s modifyState) (bot.Reply, error) {
	easy, until, err := m.easy(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	library := m.Content.Lifts(req.Locale)
	if len(req.Values) > 0 {
		s = s.chosen(req.Values[0])
	}
	c := liftMaker{Deps: m.Deps, req: req, state: s, library: library, easy: easy, until: until}
	for _, id := range s.Lifts {
		e, ok := library.ByID(id)
		if !ok {
			return m.outdated(req), nil
		}
		c.lifts = append(c.lifts, e)
	}
	if s.Lift > len(c.lifts) {
		return m.outdated(req), nil
	}
	if len(c.lifts) == 1 {
		c.open = c.lifts[0]
	} else if s.Lift > 0 {
		c.open = c.lifts[s.Lift-1]
	}
	return m.show(c), nil
}

// chosen is where a select's value leads from its card.
func (s modifyState) chosen(value string) modifyState {
	switch s.View {
	case liftPick:
		s.View, s.Of = liftOf, value
	case liftOf:
		s.View, s.Lifts = liftCard, []string{value}
	default:
		if n, err := strconv.Atoi(value); err == nil && n > 0 && n <= len(s.Lifts) {
			s.View, s.Lift = liftCard, n
		}
	}
	return s
}

func (m modifyFlow) show(c liftMaker) bot.Reply {
	switch {
	case c.state.View == liftPick:
		return c.patterns()
	case c.state.View == liftOf:
		if p, ok := c.library.Pattern(c.state.Of); ok {
			return c.pattern(p)
		}
	case len(c.lifts) == 0:
	case c.state.View == liftSources:
		return c.sources()
	case c.state.View == liftMistake:
		return c.mistake()
	case c.open == nil:
		return c.workout()
	case c.state.View == liftAll:
		return c.all()
	case c.state.View == liftCard:
		return c.lift()
	}
	return m.outdated(c.req)
}

// share posts the lifts for all to see: without area, wish or who asked.
func (m modifyFlow) share(_ context.Context, req *bot.Request, s shareState) (bot.Reply, error) {
	c := liftMaker{Deps: m.Deps, req: req, library: m.Content.Lifts(req.Locale), public: true}
	for _, id := range s {
		e, ok := c.library.ByID(id)
		if !ok {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
		c.lifts = append(c.lifts, e)
	}
	if len(c.lifts) == 1 {
		c.open = c.lifts[0]
		return c.lift(), nil
	}
	return c.workout(), nil
}

func (m modifyFlow) outdated(req *bot.Request) bot.Reply {
	return bot.Reply{Parts: []bot.Part{
		bot.Text(req.Say("pinched.outdated")),
		bot.Row{{Label: req.Say("modify.button.pick"), ID: modifyID.For(modifyState{View: liftPick}), Style: bot.Primary}},
	}}
}

// missed offers the nearest lifts for what is no lift's name.
func (m modifyFlow) missed(req *bot.Request, s modifyState, typed string) bot.Reply {
	var entries []bot.Entry
	for _, e := range m.Content.Lifts(req.Locale).Nearest(typed, liftsAtOnce) {
		entries = append(entries, bot.Entry{Label: e.Name, Value: e.ID})
	}
	pick := modifyState{View: liftPick, Area: s.Area, Less: s.Less}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentCalm, Parts: []bot.Part{
		bot.Text(req.Say("modify.missed", args{"Typed": plainWords(typed)})),
		bot.Select{ID: modifyID.For(modifyState{View: liftOf, Area: s.Area, Less: s.Less}), Hint: req.Say("modify.nearest"), Entries: entries},
		bot.Row{{Label: req.Say("modify.button.pick"), ID: modifyID.For(pick)}},
	}}}}
}
