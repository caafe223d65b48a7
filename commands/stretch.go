package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/delivery"
)

// playTries is how often a press is tried again that meets another change of
// its player.
const playTries = 4

// stretch is a routine to follow along, alone or with a channel.
func stretch(d Deps) (bot.Command, []bot.Component) {
	var kinds []bot.Choice
	for _, k := range []content.Kind{content.Pre, content.Post, content.Desk, content.Calm, content.Mine} {
		kinds = append(kinds, bot.Choice{Label: d.Content.Say(card.DefaultLocale, "stretch.kind."+string(k), nil), Value: string(k)})
	}
	f := stretchFlow{d,
		bot.OneOf("routine", "stretch.option.routine", kinds),
		bot.Int("minutes", "stretch.option.minutes", 3, 10, 0),
		bot.Bool("together", "stretch.option.together"),
	}
	own := []bot.Component{
		bot.Handle(button.PlayID, bot.Update, f.press),
		bot.Handle(button.PickID, bot.Update, f.picked),
		bot.Handle(button.StartID, bot.Update, f.startTogether),
	}
	for i := range own {
		own[i].OwnerOnly = true
	}
	return bot.Command{Name: "stretch", About: "stretch.about", Answer: bot.NewPrivate,
			Options: []bot.Option{f.kind, f.minutes, f.together}, Run: f.run},
		append(own, bot.Handle(button.OpenID, bot.NewPrivate, f.open), bot.Handle(button.ReadID, bot.NewPrivate, f.read),
			bot.Handle(button.TogetherID, bot.NewPrivate, newTogetherDesk(d).press))
}

type stretchFlow struct {
	Deps
	kind     *bot.StringOption
	minutes  *bot.IntOption
	together *bot.BoolOption
}

// run starts what was asked for, or offers what there is.
func (f stretchFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	if content.Kind(f.kind.Get(req)) == content.Mine {
		return f.runMine(ctx, req)
	}
	fit, err := f.fitting(req)
	if err != nil {
		return bot.Reply{}, err
	}
	if f.together.Get(req) {
		if f.kind.Given(req) {
			return f.offerTogether(ctx, req, fit[0])
		}
		if err := f.mayStart(ctx, req); err != nil {
			return bot.Reply{}, err
		}
		return f.menu(req, fit, button.PickTogether, nil), nil
	}
	last, running, err := f.last(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if running && (!f.kind.Given(req) || slices.ContainsFunc(fit, func(r *content.Routine) bool { return r.ID == last.Routine })) {
		return f.menu(req, fit, button.PickOwn, &last), nil
	}
	if !f.kind.Given(req) {
		return f.menu(req, fit, button.PickOwn, nil), nil
	}
	return f.begin(ctx, req, fit[0].ID)
}

// fitting returns the routines that the options leave, the shortest of each
// kind first.
func (f stretchFlow) fitting(req *bot.Request) ([]*content.Routine, error) {
	kind, n := content.Kind(f.kind.Get(req)), f.minutes.Get(req)
	var fit []*content.Routine
	var lengths []string
	for _, r := range f.Content.Routines(req.Locale) {
		if kind != "" && r.Kind != kind || r.Variant != 1 {
			continue
		}
		if length := strconv.Itoa(r.Minutes); !slices.Contains(lengths, length) {
			lengths = append(lengths, length)
		}
		if !f.minutes.Given(req) || r.Minutes == n {
			fit = append(fit, r)
		}
	}
	switch {
	case len(fit) > 0:
		return fit, nil
	case kind == "" || len(lengths) == 0:
		return nil, &bot.UserError{Key: "stretch.no_length", Args: bot.Args{"Seen": n, "Lengths": strings.Join(lengths, ", ")}}
	}
	return nil, &bot.UserError{Key: "stretch.no_routine", Args: bot.Args{"Seen": n, "Lengths": strings.Join(lengths, ", "),
		"Kind": req.Say("stretch.kind." + string(kind))}}
}

// last returns the reader's own player, if it can go on.
func (f stretchFlow) last(ctx context.Context, req *bot.Request) (follower, bool, error) {
	p, err := f.Players.PlayerOf(ctx, req.UserID)
	if errors.Is(err, delivery.ErrNoPlayer) || err == nil && !f.Now().Before(p.ExpiresAt) {
		return follower{}, false, nil
	}
	if err != nil {
		return follower{}, false, fmt.Errorf("find the player: %w", err)
	}
	last, ok := f.follow(p)
	return last, ok, nil
}

// menu offers routines, and to go on with the last.
func (f stretchFlow) menu(req *bot.Request, fit []*content.Routine, s button.PickState, last *follower) bot.Reply {
	var parts []bot.Part
	if last != nil {
		last.Locale = req.Locale
		v := playerView{f.Deps, *last}
		parts = append(parts, bot.Text(req.Say("stretch.menu.continue", bot.Args{"Routine": f.routineName(req.Locale, last.follows),
			"Step": last.stepNumber(), "Of": len(last.follows.Steps())})), v.againRow())
	}
	var entries []bot.Entry
	for _, r := range fit {
		entries = append(entries, bot.Entry{Label: f.routineName(req.Locale, r), Value: r.ID, About: r.Lead})
	}
	parts = append(parts, bot.Text(req.Say("stretch.menu.text")),
		bot.Select{ID: button.PickID.For(s), Hint: req.Say("stretch.menu.hint"), Entries: entries},
		bot.Row{{Label: req.Say("stretch.button.signs"), ID: button.ReadID.For(button.ReadState{View: button.ReadSigns, Routine: ""})}})
	return card.Calm(parts...)
}

// picked starts the routine that was picked.
func (f stretchFlow) picked(ctx context.Context, req *bot.Request, s button.PickState) (bot.Reply, error) {
	if len(req.Values) == 0 {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	r, ok := f.Content.Routine(req.Locale, req.Values[0])
	switch {
	case !ok:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	case s == button.PickTogether:
		return f.offerTogether(ctx, req, r)
	}
	return f.begin(ctx, req, r.ID)
}

// open starts a routine of the presser's own beside the card that it stood on.
func (f stretchFlow) open(ctx context.Context, req *bot.Request, id button.Routine) (bot.Reply, error) {
	if id == button.OwnRoutine {
		return f.beginMine(ctx, req)
	}
	r, ok := f.Content.Routine(req.Locale, string(id))
	if !ok {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	return f.begin(ctx, req, r.ID)
}

// begin starts the reader's own player at its first card. name is what follow
// knows the routine by.
func (f stretchFlow) begin(ctx context.Context, req *bot.Request, name string) (bot.Reply, error) {
	now := f.Now()
	p := delivery.Player{ID: req.Ref, UserID: req.UserID, Ticket: req.Ticket.Text(), Locale: req.Locale, Routine: name,
		Pictures: req.GuildID == "" || req.AppPerms.Has(bot.AttachFiles), PressedAt: now, Auto: true}
	begun, ok := f.follow(p)
	if !ok {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	begun = begun.show(0, now)
	if err := f.Players.StartPlayer(ctx, begun.Player, now); err != nil {
		return bot.Reply{}, fmt.Errorf("start the player: %w", err)
	}
	f.Kick()
	return f.playerCard(begun), nil
}

// press does what a button on the reader's own player says.
func (f stretchFlow) press(ctx context.Context, req *bot.Request, s button.PlayState) (bot.Reply, error) {
	for range playTries {
		last, ok, err := f.last(ctx, req)
		if err != nil {
			return bot.Reply{}, err
		}
		if !ok || last.ID != s.ID {
			return bot.Reply{}, &bot.UserError{Key: "stretch.gone"}
		}
		now := f.Now()
		last.PressedAt, last.Ticket = now, req.Ticket.Text()
		next, ok := last.pressed(s, now)
		if !ok {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
		switch err := f.Players.MovePlayer(ctx, next.Player, now); {
		case errors.Is(err, delivery.ErrPlayerMoved):
			continue
		case err != nil:
			return bot.Reply{}, fmt.Errorf("move the player: %w", err)
		}
		f.Settle(ctx, next.ID)
		f.Kick()
		if next.resting() {
			return f.restCard(next, "stretch.rest.stopped"), nil
		}
		return f.playerCard(next), nil
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.busy"}
}

// pressed is a private player after a press; false for a button of another
// version. A button that moves does so only from the card it stood on: a second
// press, or one that meets a card that came by itself, skips nothing.
func (f follower) pressed(s button.PlayState, now time.Time) (follower, bool) {
	stands := s.Card == f.Card
	switch s.Act {
	case button.PlayNext, button.PlayPrevious, button.PlaySkip:
		if !stands {
			return f.again(now), true
		}
	}
	switch s.Act {
	case button.PlayNext:
		return f.show(f.Card+1, now), true
	case button.PlayPrevious:
		return f.show(f.back(f.Card), now), true
	case button.PlaySkip:
		return f.show(f.past(f.Card), now), true
	case button.PlayAgain:
		return f.show(0, now), true
	case button.PlayContinue:
		return f.show(f.Card, now), true
	case button.PlayStop:
		return f.rest(now), true
	case button.PlayAuto, button.PlayWait:
		f.Auto = s.Act == button.PlayAuto
		return f.show(f.Card, now), true
	}
	return f, false
}

// again shows the same card; one that moves on by itself keeps its time.
func (f follower) again(now time.Time) follower {
	if f.Auto && f.MoveAt.IsZero() { // it had stopped
		return f.show(f.Card, now)
	}
	return f.plan(now)
}
