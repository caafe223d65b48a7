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
)

// modify is how a lift loads the body, how to change it, and what to swap in.
type modify struct {
	content  *content.Library
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

// asked looks up what was typed. Nothing typed leads to the patterns; the first
// miss is answered with the nearest lifts.
func (m modify) asked(ctx context.Context, req *bot.Request, s button.ModifyState, typed []string) (bot.Reply, error) {
	lifts := m.content.Lifts(req.Locale)
	for _, t := range typed {
		if strings.TrimSpace(t) == "" {
			continue
		}
		f, ok := lifts.Match(t)
		if !ok {
			return picker{m.content}.missed(req, s, t), nil
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
func (m modify) turn(ctx context.Context, req *bot.Request, s button.ModifyState) (bot.Reply, error) {
	if len(req.Values) > 0 {
		s = chosen(s, req.Values[0])
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
	c.state = s
	easy, until, err := m.easy(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	c.concern, c.until = content.Concern{Area: s.Area, Less: s.Less, Easy: easy}, until
	if r, ok := c.show(); ok {
		return r, nil
	}
	return pickAgain(req), nil
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

// cards finds lifts by their ids; false when one is gone. A single lift is open.
func (m modify) cards(req *bot.Request, ids []string) (modifyCards, bool) {
	lifts := m.content.Lifts(req.Locale)
	c := modifyCards{liftText: liftText{content: m.content, lifts: lifts, req: req}, operator: m.operator}
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
