package player

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/gate"
	"unpinch/content"
	"unpinch/delivery"
)

const (
	// redrawAfter is how long the card waits to show one more joiner, so that many
	// joiners make one edit.
	redrawAfter = 2 * time.Second
	// joinersKept is how many joiners are remembered, of all players.
	joinersKept = 10_000
)

// startMinutes are how long a channel may wait for the start.
var startMinutes = []int{0, 1, 3, 5}

// together plays routines that channels follow.
type together struct {
	cards    Cards
	players  ChannelPlayers
	starters *Starters
	gate     gate.Gate
	now      func() time.Time
	kick     func()
	// in tells a second press from a first. Nothing else knows who has joined, and
	// it goes with the program.
	in *lru.Cache[joiner, struct{}]
}

// A joiner is a member who joined a player.
type joiner struct{ player, user string }

func newTogether(cards Cards, players ChannelPlayers, starters *Starters, gate gate.Gate, now func() time.Time, kick func()) *together {
	in, _ := lru.New[joiner, struct{}](joinersKept) // it fails for no size only
	return &together{cards, players, starters, gate, now, kick, in}
}

// offer asks when everybody starts, or says why they can't.
func (t *together) offer(ctx context.Context, req *bot.Request, r *content.Routine) (bot.Reply, error) {
	if err := t.mayStart(ctx, req); err != nil {
		return bot.Reply{}, err
	}
	parts := []bot.Part{
		bot.Text(req.Say("stretch.together.offer", bot.Args{"Routine": routineName(t.cards.lib, req.Locale, r), "Channel": card.ChannelMention(req.ChannelID)})),
		bot.Text(card.PermissionLine(req, req.Here())),
	}
	var row bot.Row
	for _, n := range startMinutes {
		row = append(row, bot.Button{Label: req.Say("stretch.button.start_in", bot.Args{"count": n}), ID: button.StartID.For(button.StartState{Routine: r.ID, Minutes: n})})
	}
	row[0].Label = req.Say("stretch.button.start_now")
	if len(card.MissingPerms(req, req.Here())) == 0 {
		parts = append(parts, row)
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: parts}}}, nil
}

// mayStart returns a UserError where no player can start.
func (t *together) mayStart(ctx context.Context, req *bot.Request) error {
	if req.GuildID == "" {
		return &bot.UserError{Key: "stretch.together.no_server"}
	}
	if err := card.InServer(req); err != nil {
		return err
	}
	if err := req.MayWrite(); err != nil {
		return err
	}
	on, err := t.players.Together(ctx, req.GuildID)
	if err != nil {
		return fmt.Errorf("start together: %w", err)
	}
	if !on {
		return &bot.UserError{Key: "stretch.together.off"}
	}
	p, err := t.players.PlayerIn(ctx, req.ChannelID)
	if errors.Is(err, delivery.ErrNoPlayer) || err == nil && !t.now().Before(p.ExpiresAt) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("start together: %w", err)
	}
	return &bot.UserError{Key: "stretch.together.taken"}
}

// start keeps the channel's player. The runner posts the card, so that it alone
// writes to it.
func (t *together) start(ctx context.Context, req *bot.Request, s button.StartState) (bot.Reply, error) {
	r, ok := t.cards.lib.Routine(req.Locale, s.Routine)
	if !ok || !slices.Contains(startMinutes, s.Minutes) {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	if mine, err := t.startedBy(ctx, req, r.ID); err != nil || mine {
		return t.started(req), err
	}
	if err := t.mayStart(ctx, req); err != nil {
		return bot.Reply{}, err
	}
	if len(card.MissingPerms(req, req.Here())) > 0 {
		return t.offer(ctx, req, r)
	}
	now := t.now()
	p, ok := follow(t.cards.lib, delivery.Player{ID: req.Ref, GuildID: req.GuildID, ChannelID: req.ChannelID, StartedBy: req.UserID,
		Locale: req.Locale, Routine: r.ID, Pictures: true, PressedAt: now, Auto: true})
	if !ok {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	p = p.show(0, now)
	if wait := time.Duration(s.Minutes) * time.Minute; wait > 0 {
		p.Card, p.MoveAt = beforeStart, now.Add(wait)
		p.ExpiresAt = p.MoveAt.Add(playerKept)
	}
	p.NextAt = now // to be posted
	if err := t.gate.Pass(ctx, req, gate.Together); err != nil {
		return bot.Reply{}, err
	}
	err := t.players.StartPlayer(ctx, p.Player, now)
	if errors.Is(err, delivery.ErrChannelTaken) {
		return bot.Reply{}, &bot.UserError{Key: "stretch.together.taken"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("start together: %w", err)
	}
	t.starters.Keep(p.ID, req.Ticket)
	t.kick()
	return t.started(req), nil
}

// started says where the card comes.
func (t *together) started(req *bot.Request) bot.Reply {
	return t.cards.saying(req.Locale, "stretch.together.started", bot.Args{"Channel": card.ChannelMention(req.ChannelID)})
}

// startedBy reports whether the channel follows a routine that the reader has
// started there.
func (t *together) startedBy(ctx context.Context, req *bot.Request, routine string) (bool, error) {
	p, err := t.players.PlayerIn(ctx, req.ChannelID)
	if errors.Is(err, delivery.ErrNoPlayer) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("start together: %w", err)
	}
	return p.StartedBy == req.UserID && p.Routine == routine && t.now().Before(p.ExpiresAt), nil
}

// press does what a button on a channel's card says. It answers in private, as
// the runner changes the card.
func (t *together) press(ctx context.Context, req *bot.Request, s button.TogetherState) (bot.Reply, error) {
	p, err := t.players.PlayerByID(ctx, s.ID)
	if errors.Is(err, delivery.ErrNoPlayer) || err == nil && (p.ChannelID != req.ChannelID || !t.now().Before(p.ExpiresAt)) {
		return bot.Reply{}, &bot.UserError{Key: "stretch.together.over"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("press on a channel's player: %w", err)
	}
	if s.Act == button.ActIn {
		return t.join(ctx, req, p)
	}
	if !req.Perms.Has(bot.ManageServer) && p.StartedBy != req.UserID {
		return bot.Reply{}, &bot.UserError{Key: "stretch.together.not_starter"}
	}
	return t.steer(ctx, req, s)
}

// join counts one more who is in, once a person.
func (t *together) join(ctx context.Context, req *bot.Request, p delivery.Player) (bot.Reply, error) {
	who := joiner{p.ID, req.UserID}
	if already, _ := t.in.ContainsOrAdd(who, struct{}{}); already {
		return t.cards.saying(req.Locale, "stretch.together.in_already", bot.Args{"count": p.In}), nil
	}
	now := t.now()
	n, err := t.players.JoinPlayer(ctx, p.ID, now, now.Add(redrawAfter))
	if errors.Is(err, delivery.ErrNoPlayer) {
		return bot.Reply{}, &bot.UserError{Key: "stretch.together.over"}
	}
	if err != nil {
		t.in.Remove(who) // so that the press can be made again
		return bot.Reply{}, fmt.Errorf("join a channel's player: %w", err)
	}
	t.kick()
	return t.cards.saying(req.Locale, "stretch.together.in", bot.Args{"count": n}), nil
}

// steer pauses the player, lets it go on or ends it. The card says so to
// everybody.
func (t *together) steer(ctx context.Context, req *bot.Request, s button.TogetherState) (bot.Reply, error) {
	for range playTries {
		p, err := t.players.PlayerByID(ctx, s.ID)
		if errors.Is(err, delivery.ErrNoPlayer) {
			return bot.Reply{}, &bot.UserError{Key: "stretch.together.over"}
		}
		if err != nil {
			return bot.Reply{}, fmt.Errorf("steer a channel's player: %w", err)
		}
		f, ok := follow(t.cards.lib, p)
		if !ok {
			return bot.Reply{}, &bot.UserError{Key: "stretch.together.over"}
		}
		f, key := f.steered(s.Act, t.now())
		if key == "" {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
		switch err := t.players.MovePlayer(ctx, f.Player, t.now()); {
		case errors.Is(err, delivery.ErrPlayerMoved):
			continue
		case err != nil:
			return bot.Reply{}, fmt.Errorf("steer a channel's player: %w", err)
		}
		t.kick()
		return t.cards.saying(req.Locale, key, nil), nil
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.busy"}
}
