package reading

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/gate"
	"unpinch/content"
	"unpinch/figure"
)

// modify is how a lift loads the body, how to change it, and what to swap in.
type modify struct {
	content  *content.Library
	album    *figure.Album // nil for cards without pictures
	operator card.Operator
	wishes   Wishes
	gate     gate.Gate
	now      func() time.Time
}

func (m modify) command() (bot.Command, []bot.Component) {
	var options []bot.Option
	var lifts []*bot.StringOption
	for _, name := range []string{"exercise", "exercise2", "exercise3", "exercise4", "exercise5"} {
		about := "modify.option.more"
		if len(lifts) == 0 {
			about = "modify.option.exercise"
		}
		o := bot.String(name, about).Complete(suggestLifts(m.content))
		lifts, options = append(lifts, o), append(options, o)
	}
	area := bot.OneOf("area", "modify.option.area", m.areas())
	less := bot.OneOf("less", "modify.option.less", m.lesses())
	parts := []bot.Component{
		bot.Handle(button.ModifyID, bot.Update, m.turn), bot.Handle(button.ShareID, bot.NewPublic, m.share),
		bot.Handle(button.PasteID, bot.OpenModal, m.form), bot.Handle(button.PasteSetID, bot.Update, m.pasted),
	}
	for i := range parts {
		parts[i].OwnerOnly, parts[i].Discreet = true, true
	}
	return bot.Command{
		Name: "modify", About: "modify.about", Answer: bot.NewPrivate, Discreet: true,
		Options: append(options, area, less),
		Run: func(ctx context.Context, req *bot.Request) (bot.Reply, error) {
			s := button.ModifyState{View: button.LiftCard, Area: area.Get(req), Less: content.Less(less.Get(req))}
			var typed []string
			for _, o := range lifts {
				typed = append(typed, o.Get(req))
			}
			return m.asked(ctx, req, s, typed)
		},
	}, parts
}

func (m modify) areas() (out []bot.Choice) {
	for _, id := range content.AreaIDs() {
		name := id
		if a, ok := m.content.Area(card.DefaultLocale, id); ok {
			name = a.Name
		}
		out = append(out, bot.Choice{Label: name, Value: id})
	}
	return out
}

func (m modify) lesses() (out []bot.Choice) {
	for _, l := range content.Lesses() {
		out = append(out, bot.Choice{Label: m.content.Say(card.DefaultLocale, "less."+string(l), nil), Value: string(l)})
	}
	return out
}

// asked reads what was typed. Nothing typed leads to the patterns; what isn't certain
// is named with the nearest lifts, beside those that are.
func (m modify) asked(ctx context.Context, req *bot.Request, s button.ModifyState, typed []string) (bot.Reply, error) {
	w := m.read(req, typed)
	s.Lifts, s.Doses = w.ids, w.doses
	switch {
	case len(w.ids) > button.LiftsMost:
		return bot.Reply{}, &bot.UserError{Key: "modify.too_many", Args: bot.Args{"Most": button.LiftsMost}}
	case len(w.ids) == 0 && len(w.missed) > 0:
		return picker{m.content}.missed(req, s, w), nil
	case len(w.ids) == 0:
		s.View = button.LiftPick
		return m.turn(ctx, req, s)
	}
	c, ok := m.cards(req, s.Lifts)
	if !ok {
		return pickAgain(req), nil
	}
	return m.shown(ctx, req, s, c, w)
}

// turn shows the card that the state names.
func (m modify) turn(ctx context.Context, req *bot.Request, s button.ModifyState) (bot.Reply, error) {
	s, ok := m.decoded(req, s)
	if !ok {
		return pickAgain(req), nil
	}
	if len(req.Values) > 0 {
		s = chosen(s, req.Values)
	}
	pick := picker{m.content}
	switch s.View {
	case button.LiftPick:
		return pick.patterns(req, s), nil
	case button.LiftOf:
		if p, ok := m.content.Lifts(req.Locale).Pattern(s.Of); ok {
			return pick.pattern(req, s, p), nil
		}
		return pickAgain(req), nil
	}
	c, ok := m.cards(req, s.Lifts)
	if !ok || s.Lift > len(c.shown) {
		return pickAgain(req), nil
	}
	if s.Lift > 0 {
		c.open = c.shown[s.Lift-1]
	}
	return m.shown(ctx, req, s, c, workout{})
}

// shown draws the card of the state's view, with what was typed beside it.
func (m modify) shown(ctx context.Context, req *bot.Request, s button.ModifyState, c modifyCards, typed workout) (bot.Reply, error) {
	easy, until, err := m.easy(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	c.state, c.typed = s, typed
	c.concern, c.until = content.Concern{Area: s.Area, Less: s.Less, Easy: easy}, until
	if r, ok := c.show(); ok {
		return r, nil
	}
	return pickAgain(req), nil
}

// decoded has the ids of the lifts that a button names by codes; false when one is gone.
func (m modify) decoded(req *bot.Request, s button.ModifyState) (button.ModifyState, bool) {
	ids := slices.Clone(s.Lifts)
	for i, id := range ids {
		code, coded := strings.CutPrefix(id, button.CodeMark)
		if !coded {
			continue
		}
		e, ok := m.content.Lifts(req.Locale).ByCode(code)
		if !ok {
			return s, false
		}
		ids[i] = e.ID
	}
	s.Lifts = ids
	return s, true
}

// chosen is where a select's values lead from its card.
func chosen(s button.ModifyState, values []string) button.ModifyState {
	switch s.View {
	case button.LiftPick:
		s.View, s.Of = button.LiftOf, values[0]
	case button.LiftOf:
		s.View, s.Lifts = button.LiftCard, values[:1]
	case button.LiftAdd:
		s.View = button.LiftCard
		s.Lifts = append(slices.Clone(s.Lifts), values[:min(len(values), button.LiftsMost-len(s.Lifts))]...)
	default:
		if n, err := strconv.Atoi(values[0]); err == nil && n > 0 && n <= len(s.Lifts) {
			s.View, s.Lift = button.LiftCard, n
		}
	}
	return s
}

// cards finds lifts by their ids; false when one is gone. A single lift is open.
func (m modify) cards(req *bot.Request, ids []string) (modifyCards, bool) {
	lifts := m.content.Lifts(req.Locale)
	c := modifyCards{liftText: liftText{content: m.content, lifts: lifts, req: req}, album: m.album, operator: m.operator}
	for _, id := range ids {
		e, ok := lifts.ByID(id)
		if !ok {
			return c, false
		}
		c.shown = append(c.shown, e)
	}
	if len(c.shown) == 1 {
		c.open = c.shown[0]
	}
	return c, true
}

// easy returns what the reader keeps low now, and until when.
func (m modify) easy(ctx context.Context, req *bot.Request) (content.LessSet, time.Time, error) {
	kept, until, err := m.wishes.Easy(ctx, req.UserID, m.now())
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("read what to keep low: %w", err)
	}
	var easy content.LessSet
	for _, l := range kept {
		easy |= content.LessSetOf(content.Less(l))
	}
	return easy, until, nil
}

// share posts the lifts for all to see. The post has no area and no wish, and
// doesn't say for whom it is.
func (m modify) share(ctx context.Context, req *bot.Request, s button.ShareState) (bot.Reply, error) {
	c, ok := m.cards(req, s)
	if !ok {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	if err := m.gate.Pass(ctx, req, gate.Shares); err != nil {
		return bot.Reply{}, err
	}
	c.public = true
	if c.open != nil {
		return c.lift(), nil
	}
	return c.workout(), nil
}

// pickAgain answers a button of another Unpinch.
func pickAgain(req *bot.Request) bot.Reply {
	return bot.Reply{Parts: []bot.Part{
		bot.Text(req.Say("pinched.outdated")),
		bot.Row{{Label: req.Say("modify.button.pick"), ID: button.ModifyID.For(button.ModifyState{View: button.LiftPick}), Style: bot.Primary}},
	}}
}
