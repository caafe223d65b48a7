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
	"unpinch/content"
	"unpinch/delivery"
)

// calmRoutine is the gentle version of any other.
const calmRoutine = routineID("calm-3")

// playTries is how often a press is tried again that meets another change of
// its player.
const playTries = 4

// stretch is a routine to follow along, alone or with a channel.
func stretch(d Deps) (bot.Command, []bot.Component) {
	var kinds []bot.Choice
	for _, k := range []content.Kind{content.Pre, content.Post, content.Desk, content.Calm, content.Mine} {
		kinds = append(kinds, bot.Choice{Label: d.Content.Say(defaultLocale, "stretch.kind."+string(k), nil), Value: string(k)})
	}
	f := stretchFlow{d,
		bot.OneOf("routine", "stretch.option.routine", kinds),
		bot.Int("minutes", "stretch.option.minutes", 3, 10, 0),
		bot.Bool("together", "stretch.option.together"),
	}
	own := []bot.Component{
		bot.Handle(playID, bot.Update, f.press),
		bot.Handle(pickID, bot.Update, f.picked),
		bot.Handle(startID, bot.Update, f.startTogether),
	}
	for i := range own {
		own[i].OwnerOnly = true
	}
	return bot.Command{Name: "stretch", About: "stretch.about", Answer: bot.NewPrivate,
			Options: []bot.Option{f.kind, f.minutes, f.together}, Run: f.run},
		append(own, bot.Handle(openID, bot.NewPrivate, f.open), bot.Handle(postID, bot.NewPrivate, f.openFromPost), bot.Handle(readID, bot.NewPrivate, f.read),
			bot.Handle(togetherID, bot.NewPrivate, newTogetherDesk(d).press))
}

type stretchFlow struct {
	Deps
	kind     *bot.StringOption
	minutes  *bot.IntOption
	together *bot.BoolOption
}

// The IDs of what stands on the cards.
var (
	playID = bot.NewID[playState]("play1")     // a private player's card
	pickID = bot.NewID[pickState]("playpick1") // the choice of routines
	readID = bot.NewID[readState]("playread1") // something to read beside it
	openID = bot.NewID[routineID]("playopen1") // a routine of one's own, from any card
)

// A playAct is what a button on a private player does.
type playAct string

const (
	playNext     playAct = "next"
	playPrevious playAct = "back"
	playSkip     playAct = "skip"
	playStop     playAct = "stop"
	playAuto     playAct = "auto"
	playWait     playAct = "wait"
	playContinue playAct = "on"
	playAgain    playAct = "again"
)

// playState says what a button does, to which player, and on which card it
// stood.
type playState struct {
	Act  playAct
	ID   string
	Card int
}

// MarshalText returns the state as "act/card/id".
func (s playState) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%s/%d/%s", s.Act, s.Card, s.ID), nil
}

// UnmarshalText reads what MarshalText wrote. Whether act and player exist is
// for the handler to say.
func (s *playState) UnmarshalText(text []byte) error {
	parts := strings.SplitN(string(text), "/", 3)
	if len(parts) != 3 {
		return errors.New("want act/card/id")
	}
	n, err := strconv.Atoi(parts[1])
	*s = playState{playAct(parts[0]), parts[2], n}
	return err
}

// A routineID names a routine of the content.
type routineID string

// MarshalText returns the name.
func (r routineID) MarshalText() ([]byte, error) { return []byte(r), nil }

// UnmarshalText reads it.
func (r *routineID) UnmarshalText(text []byte) error {
	*r = routineID(text)
	return nil
}

// pickState says for whom a routine is picked.
type pickState string

const (
	pickOwn      pickState = "own"
	pickTogether pickState = "together"
)

// MarshalText returns the word.
func (s pickState) MarshalText() ([]byte, error) { return []byte(s), nil }

// UnmarshalText reads it.
func (s *pickState) UnmarshalText(text []byte) error {
	*s = pickState(text)
	return nil
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
		return f.menu(req, fit, pickTogether, nil), nil
	}
	last, running, err := f.last(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if running && (!f.kind.Given(req) || slices.ContainsFunc(fit, func(r *content.Routine) bool { return r.ID == last.Routine })) {
		return f.menu(req, fit, pickOwn, &last), nil
	}
	if !f.kind.Given(req) {
		return f.menu(req, fit, pickOwn, nil), nil
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
		return nil, &bot.UserError{Key: "stretch.no_length", Args: args{"Seen": n, "Lengths": strings.Join(lengths, ", ")}}
	}
	return nil, &bot.UserError{Key: "stretch.no_routine", Args: args{"Seen": n, "Lengths": strings.Join(lengths, ", "),
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
func (f stretchFlow) menu(req *bot.Request, fit []*content.Routine, s pickState, last *follower) bot.Reply {
	var parts []bot.Part
	if last != nil {
		last.Locale = req.Locale
		v := playerView{f.Deps, *last}
		parts = append(parts, bot.Text(req.Say("stretch.menu.continue", args{"Routine": f.routineName(req.Locale, last.follows),
			"Step": last.stepNumber(), "Of": len(last.follows.Steps())})), v.againRow())
	}
	var entries []bot.Entry
	for _, r := range fit {
		entries = append(entries, bot.Entry{Label: f.routineName(req.Locale, r), Value: r.ID, About: r.Lead})
	}
	parts = append(parts, bot.Text(req.Say("stretch.menu.text")),
		bot.Select{ID: pickID.For(s), Hint: req.Say("stretch.menu.hint"), Entries: entries},
		bot.Row{{Label: req.Say("stretch.button.signs"), ID: readID.For(readState{readSigns, ""})}})
	return calmCard(parts...)
}

// picked starts the routine that was picked.
func (f stretchFlow) picked(ctx context.Context, req *bot.Request, s pickState) (bot.Reply, error) {
	if len(req.Values) == 0 {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	r, ok := f.Content.Routine(req.Locale, req.Values[0])
	switch {
	case !ok:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	case s == pickTogether:
		return f.offerTogether(ctx, req, r)
	}
	return f.begin(ctx, req, r.ID)
}

// open starts a routine of the presser's own beside the card that it stood on.
func (f stretchFlow) open(ctx context.Context, req *bot.Request, id routineID) (bot.Reply, error) {
	if id == ownRoutineID {
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
func (f stretchFlow) press(ctx context.Context, req *bot.Request, s playState) (bot.Reply, error) {
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
func (f follower) pressed(s playState, now time.Time) (follower, bool) {
	stands := s.Card == f.Card
	switch s.Act {
	case playNext, playPrevious, playSkip:
		if !stands {
			return f.again(now), true
		}
	}
	switch s.Act {
	case playNext:
		return f.show(f.Card+1, now), true
	case playPrevious:
		return f.show(f.back(f.Card), now), true
	case playSkip:
		return f.show(f.past(f.Card), now), true
	case playAgain:
		return f.show(0, now), true
	case playContinue:
		return f.show(f.Card, now), true
	case playStop:
		return f.rest(now), true
	case playAuto, playWait:
		f.Auto = s.Act == playAuto
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
