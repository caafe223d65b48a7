package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/content"
)

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
	flow, share := bot.Handle(button.ModifyID, bot.Update, m.turn), bot.Handle(button.ShareID, bot.NewPublic, m.share)
	flow.OwnerOnly, flow.Discreet = true, true
	share.OwnerOnly, share.Discreet = true, true
	return bot.Command{
		Name: "modify", About: "modify.about", Answer: bot.NewPrivate, Discreet: true,
		Options: append(options, area, less),
		Run: func(ctx context.Context, req *bot.Request) (bot.Reply, error) {
			s := button.ModifyState{View: button.LiftCard, Area: area.Get(req), Less: content.Less(less.Get(req))}
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
		if a, ok := m.Content.Area(card.DefaultLocale, id); ok {
			name = a.Name
		}
		out = append(out, bot.Choice{Label: name, Value: id})
	}
	return out
}

func (m modifyFlow) lesses() (out []bot.Choice) {
	for _, l := range content.Lesses() {
		out = append(out, bot.Choice{Label: m.Content.Say(card.DefaultLocale, "less."+string(l), nil), Value: string(l)})
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
func (m modifyFlow) asked(ctx context.Context, req *bot.Request, s button.ModifyState, typed []string) (bot.Reply, error) {
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
		s.View = button.LiftPick
	case n > button.LiftsAtOnce:
		return bot.Reply{}, &bot.UserError{Key: "modify.too_many", Args: bot.Args{"Most": button.LiftsAtOnce}}
	}
	return m.turn(ctx, req, s)
}

// turn shows the card that the state names.
func (m modifyFlow) turn(ctx context.Context, req *bot.Request, s button.ModifyState) (bot.Reply, error) {
	easy, until, err := m.easy(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	library := m.Content.Lifts(req.Locale)
	if len(req.Values) > 0 {
		s = chosen(s, req.Values[0])
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
func chosen(s button.ModifyState, value string) button.ModifyState {
	switch s.View {
	case button.LiftPick:
		s.View, s.Of = button.LiftOf, value
	case button.LiftOf:
		s.View, s.Lifts = button.LiftCard, []string{value}
	default:
		if n, err := strconv.Atoi(value); err == nil && n > 0 && n <= len(s.Lifts) {
			s.View, s.Lift = button.LiftCard, n
		}
	}
	return s
}

func (m modifyFlow) show(c liftMaker) bot.Reply {
	switch {
	case c.state.View == button.LiftPick:
		return c.patterns()
	case c.state.View == button.LiftOf:
		if p, ok := c.library.Pattern(c.state.Of); ok {
			return c.pattern(p)
		}
	case len(c.lifts) == 0:
	case c.state.View == button.LiftSources:
		return c.sources()
	case c.state.View == button.LiftMistake:
		return c.mistake()
	case c.open == nil:
		return c.workout()
	case c.state.View == button.LiftAll:
		return c.all()
	case c.state.View == button.LiftCard:
		return c.lift()
	}
	return m.outdated(c.req)
}

// share posts the lifts for all to see: without area, wish or who asked.
func (m modifyFlow) share(_ context.Context, req *bot.Request, s button.ShareState) (bot.Reply, error) {
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
		bot.Row{{Label: req.Say("modify.button.pick"), ID: button.ModifyID.For(button.ModifyState{View: button.LiftPick}), Style: bot.Primary}},
	}}
}

// missed offers the nearest lifts for what is no lift's name.
func (m modifyFlow) missed(req *bot.Request, s button.ModifyState, typed string) bot.Reply {
	var entries []bot.Entry
	for _, e := range m.Content.Lifts(req.Locale).Nearest(typed, button.LiftsAtOnce) {
		entries = append(entries, bot.Entry{Label: e.Name, Value: e.ID})
	}
	pick := button.ModifyState{View: button.LiftPick, Area: s.Area, Less: s.Less}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: []bot.Part{
		bot.Text(req.Say("modify.missed", bot.Args{"Typed": input.Words(typed)})),
		bot.Select{ID: button.ModifyID.For(button.ModifyState{View: button.LiftOf, Area: s.Area, Less: s.Less}), Hint: req.Say("modify.nearest"), Entries: entries},
		bot.Row{{Label: req.Say("modify.button.pick"), ID: button.ModifyID.For(pick)}},
	}}}}
}
