package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/delivery"
)

// redrawAfter is how long those who join wait for the count to show, so that
// many of them make one edit.
const redrawAfter = 2 * time.Second

// startMinutes are how long a channel may wait for the start.
var startMinutes = []int{0, 1, 3, 5}

// offerTogether asks when everybody starts, or says why they can't.
func (f stretchFlow) offerTogether(ctx context.Context, req *bot.Request, r *content.Routine) (bot.Reply, error) {
	if err := f.mayStart(ctx, req); err != nil {
		return bot.Reply{}, err
	}
	parts := []bot.Part{
		bot.Text(req.Say("stretch.together.offer", bot.Args{"Routine": f.routineName(req.Locale, r), "Channel": card.ChannelMention(req.ChannelID)})),
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

// mayStart refuses a start where there can be none.
func (f stretchFlow) mayStart(ctx context.Context, req *bot.Request) error {
	if req.GuildID == "" {
		return &bot.UserError{Key: "stretch.together.no_server"}
	}
	on, err := f.Players.Together(ctx, req.GuildID)
	if err != nil {
		return fmt.Errorf("start together: %w", err)
	}
	if !on {
		return &bot.UserError{Key: "stretch.together.off"}
	}
	p, err := f.Players.PlayerIn(ctx, req.ChannelID)
	if errors.Is(err, delivery.ErrNoPlayer) || err == nil && !f.Now().Before(p.ExpiresAt) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("start together: %w", err)
	}
	return &bot.UserError{Key: "stretch.together.taken"}
}

// startTogether keeps the channel's player. The runner posts and changes its
// card, so that one alone writes to it.
func (f stretchFlow) startTogether(ctx context.Context, req *bot.Request, s button.StartState) (bot.Reply, error) {
	r, ok := f.Content.Routine(req.Locale, s.Routine)
	if !ok || !slices.Contains(startMinutes, s.Minutes) {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	if err := f.mayStart(ctx, req); err != nil {
		return bot.Reply{}, err
	}
	if len(card.MissingPerms(req, req.Here())) > 0 {
		return f.offerTogether(ctx, req, r)
	}
	now := f.Now()
	p, ok := f.follow(delivery.Player{ID: req.Ref, GuildID: req.GuildID, ChannelID: req.ChannelID, StartedBy: req.UserID,
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
	err := f.Players.StartPlayer(ctx, p.Player, now)
	if errors.Is(err, delivery.ErrChannelTaken) {
		return bot.Reply{}, &bot.UserError{Key: "stretch.together.taken"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("start together: %w", err)
	}
	f.Kick()
	return f.overCard(req.Locale, "stretch.together.started", bot.Args{"Channel": card.ChannelMention(req.ChannelID)}), nil
}

// lobbyCard is the channel's card before the start.
func (d Deps) lobbyCard(f follower) bot.Reply {
	v := playerView{d, f}
	body := []bot.Part{
		bot.Text(v.first()),
		bot.Text(v.say("stretch.together.lobby", bot.Args{"Routine": d.routineName(f.Locale, f.follows), "At": card.Yours(f.MoveAt), "In": card.FromNow(f.MoveAt)})),
	}
	if f.MoveAt.IsZero() {
		body[1] = bot.Text(v.say("stretch.together.lobby_paused", bot.Args{"Routine": d.routineName(f.Locale, f.follows)}))
	}
	if f.In > 0 {
		body = append(body, bot.Text(strings.TrimSpace(v.count())))
	}
	if needs := d.Content.NeedWords(f.Locale, f.follows); needs != "" {
		body = append(body, bot.Text(needs))
	}
	for _, row := range v.togetherRows() {
		body = append(body, row)
	}
	return card.Calm(body...)
}

// togetherRows are the buttons of a channel's card.
func (v playerView) togetherRows() []bot.Row {
	to := func(a button.TogetherAct) string {
		return button.TogetherID.For(button.TogetherState{Act: a, ID: v.ID})
	}
	pause := bot.Button{Label: v.say("stretch.button.pause", nil), ID: to(button.ActStandby)}
	if v.MoveAt.IsZero() {
		pause = bot.Button{Label: v.say("stretch.button.go_on", nil), ID: to(button.ActGoOn)}
	}
	return []bot.Row{
		{{Label: v.say("stretch.button.in", nil), ID: to(button.ActIn), Style: bot.Success}, pause,
			{Label: v.say("stretch.button.end", nil), ID: to(button.ActEndOfAll)}},
		v.readRow(),
	}
}

// togetherDesk answers the presses on channels' cards. Who is in is in this
// memory only, to tell a second press from a first; it goes with the program.
type togetherDesk struct {
	Deps
	mu    sync.Mutex
	in    map[string]map[string]bool // by player
	order []string                   // oldest first
}

// togetherKept is how many players' joiners are remembered.
const togetherKept = 1000

func newTogetherDesk(d Deps) *togetherDesk {
	return &togetherDesk{Deps: d, in: map[string]map[string]bool{}}
}

// press does what a button on a channel's card says. The answer is private:
// the card itself is the runner's to change.
func (t *togetherDesk) press(ctx context.Context, req *bot.Request, s button.TogetherState) (bot.Reply, error) {
	p, err := t.Players.PlayerByID(ctx, s.ID)
	if errors.Is(err, delivery.ErrNoPlayer) || err == nil && (p.ChannelID != req.ChannelID || !t.Now().Before(p.ExpiresAt)) {
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

func (t *togetherDesk) join(ctx context.Context, req *bot.Request, p delivery.Player) (bot.Reply, error) {
	if !t.first(p.ID, req.UserID) {
		return t.overCard(req.Locale, "stretch.together.in_already", bot.Args{"count": p.In}), nil
	}
	now := t.Now()
	n, err := t.Players.JoinPlayer(ctx, p.ID, now, now.Add(redrawAfter))
	if errors.Is(err, delivery.ErrNoPlayer) {
		return bot.Reply{}, &bot.UserError{Key: "stretch.together.over"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("join a channel's player: %w", err)
	}
	t.Kick()
	return t.overCard(req.Locale, "stretch.together.in", bot.Args{"count": n}), nil
}

// first notes that someone is in, and reports whether that is new.
func (t *togetherDesk) first(id, userID string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.in[id] == nil {
		t.in[id] = map[string]bool{}
		if t.order = append(t.order, id); len(t.order) > togetherKept {
			delete(t.in, t.order[0])
			t.order = t.order[1:]
		}
	}
	first := !t.in[id][userID]
	t.in[id][userID] = true
	return first
}

// steer pauses, goes on or ends. The player's own card says it to all.
func (t *togetherDesk) steer(ctx context.Context, req *bot.Request, s button.TogetherState) (bot.Reply, error) {
	for range playTries {
		p, err := t.Players.PlayerByID(ctx, s.ID)
		if errors.Is(err, delivery.ErrNoPlayer) {
			return bot.Reply{}, &bot.UserError{Key: "stretch.together.over"}
		}
		if err != nil {
			return bot.Reply{}, fmt.Errorf("steer a channel's player: %w", err)
		}
		f, ok := t.follow(p)
		if !ok {
			return bot.Reply{}, &bot.UserError{Key: "stretch.together.over"}
		}
		f, key := f.steered(s.Act, t.Now())
		if key == "" {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
		switch err := t.Players.MovePlayer(ctx, f.Player, t.Now()); {
		case errors.Is(err, delivery.ErrPlayerMoved):
			continue
		case err != nil:
			return bot.Reply{}, fmt.Errorf("steer a channel's player: %w", err)
		}
		t.Kick()
		return t.overCard(req.Locale, key, nil), nil
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.busy"}
}

// steered is a channel's player after a press, with the key of what is said to
// whoever pressed; "" for a button of another version. What the press did shows
// on the card at once, as something to do is due now.
func (f follower) steered(a button.TogetherAct, now time.Time) (follower, string) {
	key := "stretch.together.said_pause"
	switch a {
	case button.ActStandby:
		f.MoveAt = time.Time{}
		f = f.plan(now)
	case button.ActGoOn:
		key = "stretch.together.said_on"
		if f.MoveAt.IsZero() {
			f = f.show(max(f.Card, 0), now)
		}
	case button.ActEndOfAll:
		key = "stretch.together.said_end"
		f.Auto, f.MoveAt, f.NextAt = false, time.Time{}, now
		return f, key
	default:
		return f, ""
	}
	f.RedrawAt = now
	return f, key
}
