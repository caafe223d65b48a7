package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/commands/player"
	"unpinch/commands/post"
	"unpinch/delivery"
	"unpinch/schedule"
	"unpinch/store"
)

// The store is where the engine keeps everything.
var (
	_ delivery.Planner = (*store.Store)(nil)
	_ delivery.Ledger  = (*store.Store)(nil)
	_ delivery.Keeper  = (*store.Store)(nil)
	_ commands.Classes = (*store.Store)(nil)
	_ commands.Notices = (*store.Store)(nil)
)

// findSlack is how much earlier than the first attempt a message is looked
// for: the system clock may be off by half a minute.
const findSlack = time.Minute

// errOutage is a server that Discord can't reach. What is due there waits.
var errOutage = errors.New("the server is in an outage: Discord can't reach the server for now")

// A poster sends occurrences through the bot.
type poster struct {
	bot   *bot.Bot
	maker *post.Maker
}

// reachable returns an error while Discord can't reach the occurrence's server:
// whatever it would answer then says nothing of the channel.
func (p poster) reachable(o schedule.Occurrence) error {
	if o.UserID == "" && p.bot.InOutage(o.GuildID) {
		return fmt.Errorf("%w: %w", delivery.ErrNotSent, errOutage)
	}
	return nil
}

// Post makes and sends an occurrence's message.
func (p poster) Post(ctx context.Context, o schedule.Occurrence, late bool) (id string, err error) {
	if err := p.reachable(o); err != nil {
		return "", err
	}
	err = p.with(ctx, o, late, func(reply bot.Reply) (err error) {
		id, err = p.send(ctx, o, reply)
		return err
	})
	return id, sendError(err)
}

// Redraw edits the occurrence's message to what it says now.
func (p poster) Redraw(ctx context.Context, o schedule.Occurrence) error {
	if err := p.reachable(o); err != nil {
		return err
	}
	return changeError(p.with(ctx, o, o.State == schedule.StateLate, func(reply bot.Reply) error {
		if err := reply.Validate(); err != nil {
			return fmt.Errorf("%w: over Discord's limits: %w", delivery.ErrUndrawable, err)
		}
		return p.bot.Edit(ctx, o.ChannelID, o.MessageID, reply)
	}))
}

// with hands the message of an occurrence to use, and hands it over again
// without pictures if the bot may not send them there.
func (p poster) with(ctx context.Context, o schedule.Occurrence, late bool, use func(bot.Reply) error) error {
	reply, err := p.maker.Post(ctx, o, post.How{Late: late})
	if err != nil {
		return postError(err)
	}
	err = use(reply)
	if ae, ok := errors.AsType[*bot.APIError](err); ok && reasonOf(ae) == schedule.ReasonPermission && len(reply.Files) > 0 {
		if reply, err = p.maker.Post(ctx, o, post.How{Late: late, Bare: true}); err != nil {
			return postError(err)
		}
		err = use(reply)
	}
	return err
}

// postError says what it means for the ledger that a message can't be rendered.
func postError(err error) error {
	switch {
	case errors.Is(err, schedule.ErrNoClass):
		return &delivery.Refusal{Reason: schedule.ReasonRemoved, Err: err}
	case errors.Is(err, post.ErrMoot):
		return &delivery.Refusal{Reason: schedule.ReasonChanged, Err: err}
	case errors.Is(err, post.ErrFew):
		return &delivery.Refusal{Reason: schedule.ReasonFew, Err: err}
	case errors.Is(err, post.ErrRender):
		return &delivery.Refusal{Reason: schedule.ReasonRule, Err: err}
	}
	return fmt.Errorf("%w: %w", delivery.ErrNotSent, err)
}

// send sends an occurrence's message to its channel or person.
func (p poster) send(ctx context.Context, o schedule.Occurrence, reply bot.Reply) (id string, err error) {
	if o.UserID != "" {
		_, id, err = p.bot.SendDM(ctx, o.UserID, o.Nonce(), reply)
		return id, err
	}
	return p.bot.Send(ctx, o.ChannelID, o.Nonce(), reply)
}

// sendError says what a failed send means for the ledger. Only Discord's own
// word that the place is gone refuses a post for good: a page of a proxy, a block
// and a code that says nothing of the place may be gone at the next try.
func sendError(err error) error {
	switch {
	case err == nil, errors.Is(err, bot.ErrDeleted): // it had arrived
		return nil
	case errors.Is(err, bot.ErrToken): // the bot ends; the next one goes on
		return fmt.Errorf("%w: %w", delivery.ErrNotSent, err)
	}
	if ae, ok := errors.AsType[*bot.APIError](err); ok && reasonOf(ae) != "" {
		return &delivery.Refusal{Reason: reasonOf(ae), Err: err}
	}
	if bot.Sure(err) {
		return fmt.Errorf("%w: %w", delivery.ErrNotSent, err)
	}
	return err
}

// changeError says what it means that a message that is out can't be changed or
// taken away.
func changeError(err error) error {
	ae, ok := errors.AsType[*bot.APIError](err)
	switch {
	case ok && fixed(ae):
		return &delivery.Refusal{Reason: schedule.ReasonRefused, Err: err}
	case malformed(err):
		return fmt.Errorf("%w: %w", delivery.ErrUndrawable, err)
	}
	return sendError(err)
}

// codeUnknownMessage is Discord's code for a message that is gone.
const codeUnknownMessage = 10008

// fixed reports whether Discord says that a message stays as it is: it is gone,
// too old, or not the bot's.
func fixed(e *bot.APIError) bool {
	switch e.Code {
	case codeUnknownMessage, 30046, 50005, 50021:
		return true
	}
	return false
}

// reasonOf puts Discord's codes for a channel, thread, permission or person that
// is out of reach into the ledger's reasons. It returns "" for any other.
func reasonOf(e *bot.APIError) schedule.Reason {
	switch e.Code {
	case 10003:
		return schedule.ReasonChannel
	case 10004, 50001:
		return schedule.ReasonAccess
	case 50008, 50013, 50024: // not a channel for messages any more, or not for the bot's
		return schedule.ReasonPermission
	case 50083, 160005:
		return schedule.ReasonLocked
	case 10013, 50007, 50033, 50278:
		return schedule.ReasonClosedDM
	}
	return ""
}

// Find looks for the occurrence's message among those that came after its
// first attempt.
func (p poster) Find(ctx context.Context, o schedule.Occurrence) (string, time.Time, error) {
	if err := p.reachable(o); err != nil {
		return "", time.Time{}, err
	}
	guild, channel := o.GuildID, o.ChannelID
	if o.UserID != "" {
		var err error
		if channel, err = p.bot.OpenDM(ctx, o.UserID); err != nil {
			return "", time.Time{}, sendError(err)
		}
		guild = ""
	}
	id, err := p.bot.Find(ctx, guild, channel, o.TriedAt.Add(-findSlack), post.MessageMark(o))
	switch {
	case errors.Is(err, bot.ErrNoChannel):
		err = &delivery.Refusal{Reason: schedule.ReasonChannel, Err: err}
	case errors.Is(err, bot.ErrNoHistory):
		err = &delivery.Refusal{Reason: schedule.ReasonPermission, Err: err}
	}
	return id, bot.Posted(id), sendError(err)
}

// Delete takes the occurrence's message away.
func (p poster) Delete(ctx context.Context, o schedule.Occurrence) error {
	if err := p.reachable(o); err != nil {
		return err
	}
	return changeError(p.bot.Delete(ctx, o.ChannelID, o.MessageID))
}

// servers keeps the store up to date on which servers the bot is in.
type servers struct {
	db   *store.Store
	now  func() time.Time
	log  *slog.Logger
	kick func()

	once  sync.Once
	known chan struct{} // closed once the store knows which they are
}

// Present notes servers of a shard that were left, or that the bot came back to,
// while it was away. Posts of theirs that have waited for the shard go out.
func (s *servers) Present(ctx context.Context, of bot.Shard, ids []string) error {
	err := s.db.Present(ctx, of.Has, ids, s.now())
	if of.Of > 1 {
		err = errors.Join(err, s.db.Back(ctx, ids, s.now()))
	}
	return s.noted(err)
}

// Resumed lets posts begin: Joined and Left have told what changed.
func (s *servers) Resumed(context.Context, bot.Shard) error { return s.noted(nil) }

// Joined lets a server's classes go on.
func (s *servers) Joined(ctx context.Context, id string) error {
	defer s.kick()
	return s.db.Joined(ctx, id)
}

// Left pauses a server's classes.
func (s *servers) Left(ctx context.Context, id string) error {
	s.log.InfoContext(ctx, "removed from a server, its classes wait")
	defer s.kick()
	return s.db.Left(ctx, id, s.now())
}

// Back sends at once what waited while Discord could not reach servers.
func (s *servers) Back(ctx context.Context, ids []string) error {
	defer s.kick()
	return s.db.Back(ctx, ids, s.now())
}

// noted lets posts begin, whether the store could be told or not.
func (s *servers) noted(err error) error {
	s.kick()
	s.once.Do(func() { close(s.known) })
	return err
}

// classes is the engine of class posts with what it works on.
type classes struct {
	p      program
	db     *store.Store
	zones  *schedule.Zones
	now    func() time.Time
	log    *slog.Logger
	keep   time.Duration // of the ledger
	health *health
	clock  *followedClock // nil without one
}

// engine puts the engine together for a bot.
func (c classes) engine(b *bot.Bot, deps commands.Deps) *delivery.Engine {
	owner := rand.Text()
	started := time.Now() // with the monotonic clock, which nobody sets
	sender := delivery.NewSender(delivery.SenderOptions{Ledger: c.db, Poster: poster{b, commands.Posts(deps)}, Owner: owner, Now: c.now,
		Log: c.log, Posted: bot.Posted, Observe: c.health.observePost, Idle: func(ctx context.Context) { c.announce(ctx, owner) }})
	runner := delivery.NewRunner(delivery.RunnerOptions{Keeper: c.db, Drawer: drawer{b, player.NewCards(deps.Content, deps.Figures), deps.Starters, c.log}, Now: c.now, Log: c.log, Observe: c.health.observeCard,
		Idle: func(context.Context) { sender.Kick() }}) // it tells what comes next once it is idle too
	events := delivery.NewEvents(delivery.EventsOptions{Keeper: c.db, Calendar: calendar{b, commands.Posts(deps)}, Zones: c.zones, Now: c.now, Log: c.log,
		Idle: func(context.Context) { sender.Kick() }})
	return delivery.NewEngine(delivery.EngineOptions{
		Dispatcher: &delivery.Dispatcher{Zones: c.zones, Planner: c.db, Log: c.log, Keep: c.keep},
		Sender:     sender,
		Runner:     runner,
		Events:     events,
		Guard: &delivery.Guard{Wall: c.p.now, Mono: func() time.Duration { return time.Since(started) },
			Skew: b.Skew, Probe: b.Probe, Log: c.log},
		Keeper: c.db, Changed: c.db.Changed(), Now: c.now, Log: c.log})
}

// announce tells a playground what the bot waits for, so that its clock can go
// there at once.
func (c classes) announce(ctx context.Context, owner string) {
	if c.clock == nil {
		return
	}
	next, err := c.db.Wake(ctx, owner)
	moves, moveErr := c.db.WakePlayers(ctx)
	entry, entryErr := c.db.NextEntry(ctx)
	if err := errors.Join(err, moveErr, entryErr); err != nil {
		if ctx.Err() == nil { // else the program ends
			c.log.WarnContext(ctx, "the playground's clock does not know what comes next", "err", err)
		}
		return
	}
	for _, at := range []time.Time{moves, entry} {
		if next.IsZero() || !at.IsZero() && at.Before(next) {
			next = at
		}
	}
	c.clock.announce(ctx, next)
}
