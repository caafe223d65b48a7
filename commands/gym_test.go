package commands

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/delivery"
	"unpinch/schedule"
	"unpinch/store"
)

// A gym is a server with a real store, whose people press what they see, or
// what they made up.
type gym struct {
	Deps
	t        *testing.T
	db       *store.Store
	now      time.Time
	kicks    int
	asked    int
	commands []bot.Command
	parts    []bot.Component

	published []string // cards that were posted at once, with their channels
	refuse    error    // of the next such post
}

// emptyStore is the file of a store in which nothing is: to make its tables anew
// would take most of a test's time.
var emptyStore = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "unpinch")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "unpinch.db")
	s, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// slow leaves a test that does much, and nothing at the same time as something
// else, out of short runs: those of the race detector, which would take minutes.
func slow(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("does one thing after the other, many times")
	}
}

// A person uses the bot in a channel.
type person struct {
	user, guild, channel string
	kind                 int
	perms, app           bot.Perm
	roles                []string
}

// Ids as long as Discord's.
const (
	ironID, classesID, generalID, coachID = "1325750707814400005", "1325750707814400010", "1325750707814400009", "1325750707814400007"
	carlID                                = "1325750707814400002"
	postable                              = bot.ViewChannel | bot.SendMessages | bot.AttachFiles | bot.ReadHistory
)

func olga() person {
	return person{user: "1325750707814400001", guild: ironID, channel: classesID, perms: bot.ManageServer, app: postable}
}

func carl() person {
	return person{user: carlID, guild: ironID, channel: classesID, roles: []string{coachID}, app: postable}
}

func mia() person {
	return person{user: "1325750707814400003", guild: ironID, channel: classesID, app: postable}
}

// rita owns another server.
func rita() person {
	return person{user: "1325750707814400099", guild: "1325750707814400098", channel: "1325750707814400097", perms: bot.Administrator, app: postable}
}

// newGym returns a gym with its place, unless bare, where it is noon.
func newGym(t *testing.T, bare ...bool) *gym {
	t.Helper()
	g := &gym{Deps: deps(t), t: t, now: noon}
	path := filepath.Join(t.TempDir(), "unpinch.db")
	empty, err := emptyStore()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, empty, 0o600); err != nil {
		t.Fatal(err)
	}
	if g.db, err = store.Open(t.Context(), path, store.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.db.Close() })
	if g.Zones, err = schedule.LoadZones(); err != nil {
		t.Fatal(err)
	}
	g.Classes, g.Notices, g.People, g.Players, g.Training = g.db, g.db, g.db, g.db, g.db
	g.Settle = func(context.Context, string) {}
	g.Publish = func(_ context.Context, channelID, nonce string, reply bot.Reply) (string, error) {
		if g.refuse != nil {
			return "", g.refuse
		}
		if err := reply.Validate(); err != nil || nonce == "" {
			t.Errorf("published under %q: %v", nonce, err)
		}
		g.published = append(g.published, channelID+"\n"+golden.Shown(reply))
		return "1575304209920688128", nil
	}
	g.Now, g.Kick = func() time.Time { return g.now }, func() { g.kicks++ }
	if len(bare) == 0 {
		g.place(ironID, "Iron Garden")
	}
	return g
}

// place adds a server's place, in Lisbon.
func (g *gym) place(guild, name string) schedule.Place {
	g.t.Helper()
	channel := classesID
	if guild != ironID {
		channel = rita().channel
	}
	p := schedule.Place{GuildID: guild, Name: name, Zone: "Europe/Lisbon", ChannelID: channel, CoachRole: coachID,
		LogChannel: generalID, Tidy: true, CreatedAt: g.now}
	var err error
	if p.ID, err = g.db.SavePlace(g.t.Context(), p, schedule.By{At: g.now}); err != nil {
		g.t.Fatal(err)
	}
	return p
}

func (p person) request(g *gym, options map[string]any) *bot.Request {
	req := request(g.t, g.Deps, options)
	req.UserID, req.GuildID, req.ChannelID, req.Kind = p.user, p.guild, p.channel, p.kind
	req.Perms, req.AppPerms, req.Roles = p.perms, p.app, p.roles
	g.asked++
	req.Ref = "r" + strconv.Itoa(g.asked)
	var err error
	if req.Ticket, err = bot.ParseTicket("7/token" + req.Ref); err != nil {
		g.t.Fatal(err)
	}
	return req
}

// said is what the person reads: the reply, or the words of a refusal. A fault
// of ours fails the test.
func (g *gym) said(p person, reply bot.Reply, err error) bot.Reply {
	g.t.Helper()
	if ue, ok := errors.AsType[*bot.UserError](err); ok {
		reply = bot.Reply{Parts: []bot.Part{bot.Text(p.request(g, nil).Say(ue.Key, ue.Args))}}
		if strings.Contains(golden.Shown(reply), "<no value>") || strings.HasPrefix(golden.Shown(reply), "?") {
			g.t.Errorf("%s: the words lack something: %s", ue.Key, golden.Shown(reply))
		}
	} else if err != nil {
		g.t.Fatal(err)
	}
	if err := reply.Validate(); err != nil {
		g.t.Errorf("over Discord's limits: %v\n%s", err, golden.Shown(reply))
	}
	return reply
}

// run uses a command, such as "class add".
func (g *gym) run(p person, name string, options map[string]any) bot.Reply {
	g.t.Helper()
	name, sub, _ := strings.Cut(name, " ")
	g.start()
	for _, c := range g.commands {
		if c.Name != name {
			continue
		}
		for _, s := range append([]bot.Command{c}, c.Subs...) {
			if s.Run != nil && (sub == "" || s.Name == sub) {
				reply, err := s.Run(g.t.Context(), p.request(g, options))
				return g.said(p, reply, err)
			}
		}
	}
	g.t.Fatalf("there is no /%s %s", name, sub)
	return bot.Reply{}
}

// press uses a component by its custom ID, real or made up, as the router
// does; fields are those of a form.
func (g *gym) press(p person, customID string, fields map[string]string, values ...string) bot.Reply {
	g.t.Helper()
	req := p.request(g, nil)
	req.Values, req.Fields = values, fields
	reply, err := g.part(customID).Press(g.t.Context(), req, customID)
	return g.said(p, reply, err)
}

// part returns the component that a custom ID belongs to.
func (g *gym) part(customID string) bot.Component {
	g.t.Helper()
	g.start()
	name, _, _ := strings.Cut(customID, ":")
	i := slices.IndexFunc(g.parts, func(c bot.Component) bool { return c.Name() == name })
	if i < 0 {
		g.t.Fatalf("nothing is bound to %q", customID)
	}
	return g.parts[i]
}

// start makes the commands and components, unless they are there: what they keep
// in memory lasts until restart.
func (g *gym) start() {
	if g.parts == nil {
		g.commands, g.parts = All(g.Deps)
	}
}

// restart forgets what was in memory, and takes over what has changed in Deps.
func (g *gym) restart() { g.commands, g.parts = nil, nil }

// add saves a class as carl and returns its card.
func (g *gym) add(options map[string]any) bot.Reply {
	g.t.Helper()
	contract := g.run(carl(), "class add", options)
	return g.press(carl(), golden.ID(g.t, contract, "Save"), nil)
}

// only returns the one class of the gym.
func (g *gym) only() schedule.Series {
	g.t.Helper()
	all, err := g.db.SeriesOf(g.t.Context(), ironID)
	if err != nil || len(all) != 1 {
		g.t.Fatalf("%d classes, %v", len(all), err)
	}
	return all[0]
}

// dump is all that the store holds.
func (g *gym) dump() string {
	g.t.Helper()
	text, err := g.db.Dump(g.t.Context())
	if err != nil {
		g.t.Fatal(err)
	}
	return text
}

// post puts a row into the ledger as the engine would, and returns it.
func (g *gym) post(s schedule.Series, kind schedule.Kind, due time.Time, state schedule.State, why schedule.Reason) schedule.Occurrence {
	g.t.Helper()
	ctx := g.t.Context()
	plans, err := g.db.DuePlans(ctx, due.AddDate(10, 0, 0), 1000)
	at := slices.IndexFunc(plans, func(p delivery.Plan) bool { return p.ID == s.ID })
	if err != nil || at < 0 {
		g.t.Fatalf("no plan of the class: %v", err)
	}
	plan := plans[at]
	o := schedule.Occurrence{ClassID: s.ID, GuildID: s.Place.GuildID, Kind: kind, DueAt: due, StartAt: due.Add(s.Lead),
		ChannelID: s.ChannelID, State: schedule.StateDue, SendAt: due}
	if kind == schedule.KindAlert {
		o.ChannelID, o.UserID = "", s.CreatedBy
	}
	final := state == schedule.StateSkipped
	if final {
		o.State, o.Reason = state, why
	}
	if err := g.db.Record(ctx, g.now, []delivery.Step{{Plan: plan, AccountedTo: plan.AccountedTo, NextAt: plan.NextAt, Occurrences: []schedule.Occurrence{o}}}); err != nil {
		g.t.Fatal(err)
	}
	if final || state == schedule.StateDue {
		return g.newest(kind)
	}
	claimed, err := g.db.Claim(ctx, due, "test", time.Minute, 1)
	if err != nil || len(claimed) != 1 {
		g.t.Fatalf("claimed %d, %v", len(claimed), err)
	}
	o = claimed[0]
	if state == schedule.StateSending {
		return o
	}
	o.State, o.Reason = state, why
	switch state {
	case schedule.StateSent, schedule.StateReplaced:
		o.SentAt, o.MessageID = due, "1575304209920688128"
	case schedule.StateLate:
		o.SentAt, o.MessageID = due.Add(25*time.Minute), "1575304209920688128"
	}
	if err := g.db.Finish(ctx, "test", o); err != nil {
		g.t.Fatal(err)
	}
	return o
}

// newest returns the last row of a kind in the ledger.
func (g *gym) newest(kind schedule.Kind) (last schedule.Occurrence) {
	g.t.Helper()
	for _, o := range g.ledger() {
		if o.Kind == kind {
			last = o
		}
	}
	return last
}

// ledger returns every row of the ledger, the oldest first.
func (g *gym) ledger() (all []schedule.Occurrence) {
	g.t.Helper()
	for id := int64(1); id < 100; id++ {
		o, err := g.db.Occurrence(g.t.Context(), id)
		if errors.Is(err, schedule.ErrNoOccurrence) {
			continue // deleted, or not there yet
		}
		if err != nil {
			g.t.Fatal(err)
		}
		all = append(all, o)
	}
	return all
}

// breakClass stops a class as the engine does when its channel refuses a post.
func (g *gym) breakClass(why schedule.Reason) {
	g.t.Helper()
	o := g.post(g.only(), schedule.KindPre, g.now, schedule.StateSending, "")
	o.State, o.Reason = schedule.StateFailed, why
	if err := g.db.Break(g.t.Context(), "test", o, g.now); err != nil {
		g.t.Fatal(err)
	}
}

func classText(id, n int64, a button.Act) string {
	return string(a) + "/" + strconv.FormatInt(id, 10) + "/" + strconv.FormatInt(n, 10)
}

// render makes the message of an occurrence in English.
func (g *gym) render(s schedule.Series, o schedule.Occurrence, late bool) (bot.Reply, error) {
	return g.Deps.render(g.t.Context(), card.DefaultLocale, s, o, late)
}
