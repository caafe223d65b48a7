package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/dustin/go-humanize"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/commands/card"
	"unpinch/commands/player"
	"unpinch/content"
	"unpinch/delivery"
	"unpinch/schedule"
	"unpinch/store"
)

type runCmd struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration, as in config.example.toml."`
}

// Run runs the bot on Discord until it is told to stop.
func (c *runCmd) Run(ctx context.Context, p program) error {
	cfg, err := loadConfig(c.Config, p.environ)
	if err != nil {
		return err
	}
	log := logger(cfg.Log, p.errOut)
	for _, e := range exposures(c.Config, cfg, p.environ) {
		log.WarnContext(ctx, e.String())
	}
	for _, warning := range beyond(cfg.HTTP.Addr, "metrics and health") {
		log.WarnContext(ctx, warning)
	}
	return p.runBot(ctx, cfg, log, nil, nil)
}

// runBot runs one bot, from its configuration to a clean stop. seed, if not
// nil, may write to the database before; ready is called once the bot answers.
func (p program) runBot(ctx context.Context, cfg config, log *slog.Logger, seed func(*store.Store) error, ready func()) (err error) {
	lib, err := content.Load()
	if err != nil {
		return err
	}
	zones, err := schedule.LoadZones()
	if err != nil {
		return err
	}
	now := p.now
	var clock *followedClock
	var identifyEvery time.Duration
	if cfg.Dev.ClockURL != "" {
		if clock, err = readClock(ctx, cfg.Dev.ClockURL, p.now, log); err != nil {
			return err
		}
		now, identifyEvery = clock.now, clock.identifyEvery
	}
	kept, err := newCopies(cfg)
	if err != nil {
		return err
	}
	faults := newFaults(log.Handler(), p.now)
	log = faults.logger()
	options := kept.options(p.now, log)
	options.Watch = func() (done func()) { return faults.write(p.disk) }
	db, err := store.Open(ctx, cfg.Store.where(), options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	defer keepScrubbed(ctx, db, log)()
	if seed != nil {
		if err := seed(db); err != nil {
			return err
		}
	}
	health := newHealth(p.now)
	var engine *delivery.Engine
	var b *bot.Bot
	quiet := &rest{memory: p.memory}
	defer quiet.stop()
	health.worked = quiet.worked
	kick := func() { quiet.worked(); engine.Kick() } // the engine needs the bot, and the bot's handlers kick the engine
	inServers := &servers{db: db, now: now, log: log, kick: kick, known: make(chan struct{})}
	deps := commands.Deps{Content: lib, People: forgetful{db, kept.notes, p.now, log}, Training: db, Classes: db, Notices: db, Players: db, Servers: db, Program: release, Zones: zones, Now: now, Kick: kick, Figures: p.figures,
		Starters: player.NewStarters(), Limits: db, LimitKey: limitKey(cfg.Discord.Token),
		Settle: func(ctx context.Context, id string) { engine.Runner.Settle(ctx, id) },
		Access: func(ctx context.Context, guildID, channelID string) (bot.ChannelValue, error) {
			return b.Access(ctx, guildID, channelID)
		},
		RoleReach: func(ctx context.Context, guildID, roleID string) (bot.RoleReach, error) {
			return b.RoleReach(ctx, guildID, roleID)
		},
		Standing: func(ctx context.Context, guildID, userID string) (bot.Standing, error) {
			return b.Standing(ctx, guildID, userID)
		},
		Channels: func(ctx context.Context, guildID, userID string) ([]bot.ChannelValue, error) {
			return b.Channels(ctx, guildID, userID)
		},
		Fetch: func(ctx context.Context, file bot.AttachmentValue, most int) ([]byte, error) {
			return b.Fetch(ctx, file, most)
		},
		Publish: func(ctx context.Context, channelID, nonce string, reply bot.Reply) (string, error) {
			return b.Send(ctx, channelID, nonce, reply)
		},
		Operator: card.Operator{Name: cfg.Operator.Name, Contact: cfg.Operator.Contact, PrivacyURL: cfg.Operator.PrivacyURL, TermsURL: cfg.Operator.TermsURL}}
	cmds, parts := commands.All(deps)
	b, err = bot.New(bot.Options{
		Token: cfg.Discord.Token, API: cfg.Discord.APIURL, Guild: cfg.Discord.GuildID,
		Commands: cmds, Components: parts, Words: lib, Memory: db, Log: log, Now: p.now, Storage: faults.hit,
		Observe: health.observe, Servers: inServers, Sessions: gatewaySessions{db}, Shards: cfg.Discord.Shards, IdentifyEvery: identifyEvery, Conns: connsWithin(openFiles()),
		Ready: func() {
			health.ready.Store(true)
			if ready != nil {
				ready()
			}
			quiet.worked()
		},
	})
	if err != nil {
		return err
	}
	health.trouble, health.shards, health.refused = b.Trouble, b.Shards, b.Refused
	health.hangs = func(ctx context.Context) {
		db.Version(ctx)
		b.Trouble()
	}
	engine = classes{p, db, zones, now, log, cfg.Posts.keep(), health, clock}.engine(b, deps)
	health.host(faults, b, engine.Guard, filepath.Dir(cfg.Store.Path))
	if cfg.HTTP.Addr != "" {
		stop, err := health.serve(cfg.HTTP.Addr, log)
		if err != nil {
			return err
		}
		defer stop()
	}
	defer nightly{kept, cfg.Backup.Dir, cfg.Backup.Keep, p.now, log, health.backedUp}.start(ctx)()
	log.InfoContext(ctx, "starting", "version", version(), "content", lib.Version, "zones", zones.Version(), "api", cfg.Discord.APIURL)
	var watch sync.WaitGroup
	defer watch.Wait()
	watched, stopWatch := context.WithCancel(ctx)
	defer stopWatch()
	watch.Go(func() { faults.attend(watched, db.Works) })
	watch.Go(func() { supervisorOf(p.environ).attend(watched, health.alive, log) })
	if err := work(ctx, b, engine, inServers.known, clock); err != nil {
		return err
	}
	log.Info("stopped")
	return nil
}

// limitKey is the key under which the buckets of limits are named. It comes from
// the token, so that it outlives a restart and stands in no database.
func limitKey(token string) []byte {
	h := hmac.New(sha256.New, []byte(token))
	h.Write([]byte("unpinch limits"))
	return h.Sum(nil)
}

// gatewaySessions is the store as the bot's gateway asks for it.
type gatewaySessions struct{ db *store.Store }

// GatewaySession returns the session of a shard, or the zero one.
func (s gatewaySessions) GatewaySession(ctx context.Context, shard int) (bot.GatewaySession, error) {
	g, err := s.db.GatewaySession(ctx, shard)
	return bot.GatewaySession(g), err
}

// KeepGatewaySession keeps the session of a shard.
func (s gatewaySessions) KeepGatewaySession(ctx context.Context, shard int, g bot.GatewaySession) error {
	return s.db.KeepGatewaySession(ctx, shard, store.GatewaySession(g))
}

// work runs the bot and the engine until ctx ends, or the bot can't go on. The
// engine waits until it is known which servers the bot is in, so that a post is
// not sent, and no class broken, where it was removed while it was down.
func work(ctx context.Context, b *bot.Bot, engine *delivery.Engine, known <-chan struct{}, clock *followedClock) error {
	ctx, stop := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer stop()
	if clock != nil {
		clock.moved = engine.Kick
		wg.Go(func() { clock.follow(ctx) })
	}
	wg.Go(func() {
		select {
		case <-known:
		case <-ctx.Done():
		}
		engine.Run(ctx)
	})
	return b.Run(ctx)
}

type checkCmd struct {
	Config string `required:"" placeholder:"FILE" help:"The configuration to check."`
}

// Run checks configuration, content and commands.
func (c *checkCmd) Run(ctx context.Context, p program) error {
	cfg, configErr := loadConfig(c.Config, p.environ)
	lib, contentErr := content.Check()
	if configErr == nil {
		configErr = cfg.tryOut(ctx, c.Config)
	}
	if err := errors.Join(configErr, contentErr); err != nil {
		return err
	}
	cmds, parts := commands.All(commands.Deps{Content: lib, Now: p.now})
	if _, err := bot.New(bot.Options{Token: cfg.Discord.Token, API: cfg.Discord.APIURL, Commands: cmds, Components: parts,
		Words: lib, Log: slog.New(slog.DiscardHandler), Now: p.now}); err != nil {
		return err
	}
	var areas []string
	for _, a := range lib.Areas("en") {
		areas = append(areas, a.ID)
	}
	for _, e := range exposures(c.Config, cfg, p.environ) {
		fmt.Fprintf(p.errOut, "unpinch: warning: %s\n", e)
	}
	fmt.Fprintf(p.out, "%s is complete. Content %s is too, for: %s.\n", c.Config, lib.Version, strings.Join(areas, ", "))
	for _, line := range lib.Outdated() {
		fmt.Fprintf(p.out, "A signature no longer fits, and the cards say so. content/%s.\n", line)
	}
	return nil
}

type migrateCmd struct {
	Config string `placeholder:"FILE" help:"The configuration that names the database."`
	From   string `placeholder:"STORE" help:"Instead: copy all rows from here, a file or an address such as postgres://unpinch@host/unpinch."`
	To     string `placeholder:"STORE" help:"Copy them to here, which must be empty. Leave a password out of addresses and put it in PGPASSWORD or ~/.pgpass: others can read what a command was called with."`
}

// Run brings the database up to date, or copies it to another place.
func (c *migrateCmd) Run(ctx context.Context, p program) error {
	switch {
	case c.From != "" && c.To != "" && c.Config == "":
		return c.transfer(ctx, p)
	case c.From != "" || c.To != "":
		return usageError{errors.New("--from and --to go together, and without --config")}
	case c.Config == "":
		return usageError{errors.New("--config FILE is missing, or --from and --to")}
	}
	cfg, err := loadConfig(c.Config, p.environ)
	if err != nil {
		return err
	}
	kept, err := newCopies(cfg)
	if err != nil {
		return err
	}
	from, to, err := store.Migrate(ctx, cfg.Store.where(), kept.options(p.now, nil))
	if err != nil {
		return err
	}
	if from == to {
		fmt.Fprintf(p.out, "%s is already at version %d.\n", cfg.Store.shown(), to)
		return nil
	}
	fmt.Fprintf(p.out, "%s went from version %d to %d.\n", cfg.Store.shown(), from, to)
	return nil
}

// transfer copies one store to another.
func (c *migrateCmd) transfer(ctx context.Context, p program) error {
	from, to := storeConfig{Path: c.From}, storeConfig{Path: c.To}
	for _, s := range []*storeConfig{&from, &to} {
		if store.IsURL(s.Path) {
			s.URL = s.Path
		}
	}
	rows, err := store.Transfer(ctx, from.where(), to.where(), store.Options{Program: release})
	if err != nil {
		return err
	}
	fmt.Fprintf(p.out, "%s has all of %s, each row compared: %s.\n", to.shown(), from.shown(), humanize.Comma(int64(rows)))
	fmt.Fprintf(p.out, "Name it in [store] before the bot starts again. %s stays as it is: delete it when you don't need it, as nobody is forgotten in it.\n", from.shown())
	return nil
}

// httpGrace is how long open HTTP requests may take to end at shutdown.
const httpGrace = 2 * time.Second
