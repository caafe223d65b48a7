package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"unpinch/bot"
	"unpinch/store"
)

// A live is a try of what the bot asks of Discord, in a channel for that.
type live struct {
	channel, guild      string
	role, thread, owner string // "" for steps to skip
	alone               string // why no press can be tried; "" where one can
	perms               bot.Perm
	patience            time.Duration // for a press
	began               time.Time
	stamp               string // of this try
	mark                int    // of its posts
	out                 io.Writer
	bot                 *bot.Bot
	ready               chan struct{}
	deferred, handled   chan struct{} // holds one

	mu      sync.Mutex
	seen    []bot.Exchange
	before  int // of the seen ones are of earlier steps
	nonces  int
	planned bool            // an event that may still be on the calendar
	lost    map[string]bool // the channels where a post may stand that Discord did not tell of
}

// pressPatience is how long doctor waits for a press.
const pressPatience = time.Minute

// live tries everything that the bot does in a channel.
func (c *doctorCmd) live(ctx context.Context, p program) error {
	cfg, err := loadConfig(c.Config, p.environ)
	if err != nil {
		return err
	}
	l, err := c.newLive(ctx, p, cfg)
	if err != nil {
		return fmt.Errorf("doctor --live: %w", err)
	}
	outcomes := l.try(ctx, liveSteps())
	err = l.clean(context.WithoutCancel(ctx))
	if err == nil {
		fmt.Fprintln(p.out, "\nEverything that was posted is deleted.")
	}
	report(p.out, cfg.Discord.APIURL, outcomes)
	if n := len(differing(outcomes)); n > 0 {
		err = errors.Join(fmt.Errorf("doctor --live: Discord differs from the playground in %s", plural(n, "step")), err)
	}
	if ctx.Err() != nil {
		err = errors.Join(errors.New("doctor --live: stopped before its end"), err)
	}
	return err
}

// newLive asks about the channel and makes what tries it.
func (c *doctorCmd) newLive(ctx context.Context, p program, cfg config) (*live, error) {
	i, err := p.inspector(cfg.Discord)
	if err != nil {
		return nil, err
	}
	asking, cancel := context.WithTimeout(ctx, askMax)
	defer cancel()
	app, err := p.application(asking, cfg.Discord)
	if err != nil {
		return nil, err
	}
	guild, err := i.ServerOf(asking, c.Live)
	if err != nil {
		return nil, fmt.Errorf("%w; copy the id of a channel of your server, and let the bot see it", err)
	}
	in, err := i.Access(asking, app.BotID, guild, c.Live)
	if err != nil {
		return nil, err
	}
	needs := bot.ViewChannel | bot.SendMessages | bot.AttachFiles | bot.ReadHistory
	if in.Thread() {
		needs = needs&^bot.SendMessages | bot.SendInThreads
	}
	if lacks := in.Perms.Lacks(needs); len(lacks) > 0 {
		return nil, fmt.Errorf("in that channel the bot lacks: %s", strings.Join(lacks, ", "))
	}
	now := p.now()
	l := &live{channel: c.Live, guild: guild, role: c.Role, thread: c.Thread, alone: c.alone(cfg), perms: in.Perms, patience: pressPatience, out: p.out,
		began: now, stamp: fmt.Sprint(now.UnixMilli()), mark: bot.MarkLow + int(now.UnixMilli()%(bot.MarkHigh-bot.MarkLow)),
		ready: make(chan struct{}), deferred: make(chan struct{}, 1), handled: make(chan struct{}, 1), lost: map[string]bool{}}
	if c.DM {
		l.owner = app.OwnerID
	}
	return l, l.connectable(p, cfg, app.BotID)
}

// alone says why no press can be tried, or "".
func (c *doctorCmd) alone(cfg config) string {
	switch {
	case c.Yes:
		return "no press is asked for with --yes"
	case store.InUse(cfg.Store.where()):
		return "the bot runs on this computer and would answer the press too; stop it, and try again"
	}
	return ""
}

// connectable makes the bot that tries.
func (l *live) connectable(p program, cfg config, self string) (err error) {
	sick, err := p.patient("")
	if err != nil {
		return err
	}
	l.bot, err = bot.New(bot.Options{Token: cfg.Discord.Token, API: cfg.Discord.APIURL, Shards: cfg.Discord.Shards, Words: sick.lib, Log: slog.New(slog.DiscardHandler), Now: p.now,
		Components: []bot.Component{bot.Handle(pressID(), bot.NewPrivate, l.pressed)},
		Observe:    func(string, string, time.Duration) { put(l.handled) },
		Ready:      func() { close(l.ready) }, Aside: &bot.Aside{Self: self, Watch: l.watch}})
	return err
}

// put puts one into a channel that holds no more.
func put(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func (l *live) watch(e bot.Exchange) {
	l.mu.Lock()
	l.seen = append(l.seen, e)
	l.mu.Unlock()
	if e.Route == routeCallback {
		put(l.deferred)
	}
}

// last returns Discord's last answer on a route.
func (l *live) last(route string) (m posted) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range slices.Backward(l.seen[l.before:]) {
		if e.Route == route {
			return read(e)
		}
	}
	return m
}

func (l *live) nonce() string {
	l.nonces++
	return fmt.Sprintf("live%s-%d", l.stamp, l.nonces)
}

func (l *live) send(ctx context.Context, channel string, reply bot.Reply) (string, error) {
	return l.sendAs(ctx, channel, l.nonce(), reply)
}

func (l *live) sendAs(ctx context.Context, channel, nonce string, reply bot.Reply) (string, error) {
	reply.Mark = l.mark
	id, err := l.bot.Send(ctx, channel, nonce, reply)
	if err != nil && !bot.Sure(err) {
		l.lost[channel] = true
	}
	return id, err
}

// A skipped is a step that is left out, and why.
type skipped string

// Error says why.
func (s skipped) Error() string { return string(s) }

// An outcome is what came of a step.
type outcome struct {
	step
	got  []string
	skip string
}

func (o outcome) differs() bool { return o.skip == "" && !slices.Equal(o.got, o.want) }

// next begins a step: what was seen is no answer to it.
func (l *live) next() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.before = len(l.seen)
}

// refusals are what Discord refused in a step, but for what came too fast.
func (l *live) refusals() (lines []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.seen[l.before:] {
		if e.Status >= http.StatusBadRequest && e.Status != http.StatusTooManyRequests {
			lines = append(lines, fmt.Sprintf("refused: %s: HTTP %d (code %d)", e.Route, e.Status, read(e).Code))
		}
	}
	return lines
}

// try runs the steps one after the other, and says a line of each.
func (l *live) try(ctx context.Context, steps []step) (all []outcome) {
	for _, s := range steps {
		l.next()
		got, err := s.run(ctx, l)
		if ctx.Err() != nil {
			return all
		}
		o := outcome{step: s, got: got}
		if why, ok := errors.AsType[skipped](err); ok {
			o.skip = string(why)
		} else if err != nil {
			o.got = append(o.got, "error: "+err.Error())
		} else {
			o.got = append(o.got, l.refusals()...)
		}
		switch all = append(all, o); {
		case o.skip != "":
			fmt.Fprintf(l.out, "skipped  %-8s %s\n", s.name, o.skip)
		case o.differs():
			fmt.Fprintf(l.out, "differs  %-8s %s\n", s.name, s.tries)
		default:
			fmt.Fprintf(l.out, "ok       %-8s %s\n", s.name, s.tries)
		}
	}
	return all
}

// cleanMost is how long the cleaning may take.
const cleanMost = time.Minute

// clean deletes every post of this try, also those of which Discord told nothing.
func (l *live) clean(ctx context.Context) (err error) {
	ctx, cancel := context.WithTimeout(ctx, cleanMost)
	defer cancel()
	l.mu.Lock()
	seen := slices.Clone(l.seen)
	l.mu.Unlock()
	gone := map[string]bool{}
	for _, e := range seen {
		if m := read(e); e.Route == routePost && m.ID != "" && !gone[m.ID] {
			gone[m.ID] = true
			err = errors.Join(err, l.bot.Delete(ctx, m.Channel, m.ID))
		}
	}
	for channel := range l.lost {
		err = errors.Join(err, l.sweep(ctx, channel))
	}
	if l.planned {
		err = errors.Join(err, l.unplan(ctx))
	}
	if err != nil {
		return fmt.Errorf("something that doctor --live posted may still be there, and is yours to delete: %w", err)
	}
	return nil
}

// sweep deletes what bears the mark of this try in a channel.
func (l *live) sweep(ctx context.Context, channel string) error {
	for {
		id, err := l.bot.Find(ctx, "", channel, l.began.Add(-skewMost), bot.Mark{Number: l.mark})
		if id == "" || err != nil {
			return err
		}
		if err := l.bot.Delete(ctx, channel, id); err != nil {
			return err
		}
	}
}

// unplan deletes the events of this try.
func (l *live) unplan(ctx context.Context) error {
	own, err := l.bot.OwnEvents(ctx, l.guild)
	for id, e := range own {
		if e.Place == l.stamp {
			err = errors.Join(err, l.bot.DeleteEvent(ctx, l.guild, id))
		}
	}
	return err
}
