// Package gymtest is a gym with a real store, whose people press what they see
// or what they made up: for the tests of features, which see all of the
// commands at once.
package gymtest

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/post"
	"unpinch/delivery"
	"unpinch/schedule"
	"unpinch/store"
	"unpinch/store/fresh"
)

// A Gym is a server with a real store, whose people press what they see, or
// what they made up.
type Gym struct {
	commands.Deps
	T        *testing.T
	Store    *store.Store
	Time     time.Time
	Kicks    int
	asked    int
	dumped   string
	dumpedAt int64 // rows written by then
	commands []bot.Command
	Parts    []bot.Component

	Published []string // cards that were posted at once, with their channels
	nonces    map[string]bool
	Refuse    error // of the next such post
}

// zones are read once: nothing changes them.
var zones = sync.OnceValues(schedule.LoadZones)

// Slow leaves a test that does much, and nothing at the same time as something
// else, out of short runs: those of the race detector, which would take minutes.
func Slow(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("does one thing after the other, many times")
	}
}

// A Person uses the bot in a channel.
type Person struct {
	User, Guild, Channel string
	Kind                 int
	Locked               bool // the channel is a locked thread
	Perms, App           bot.Perm
	Roles                []string
}

// Ids as long as Discord's.
const (
	IronID, ClassesID, GeneralID, CoachID = "1325750707814400005", "1325750707814400010", "1325750707814400009", "1325750707814400007"
	CarlID                                = "1325750707814400002"
	Postable                              = bot.ViewChannel | bot.SendMessages | bot.AttachFiles | bot.ReadHistory
	// Writer is what members may do.
	Writer = bot.ViewChannel | bot.SendMessages | bot.SendInThreads
)

// Olga owns the server.
func Olga() Person {
	return Person{User: "1325750707814400001", Guild: IronID, Channel: ClassesID, Perms: bot.ManageServer | Writer, App: Postable}
}

// Carl is its coach.
func Carl() Person {
	return Person{User: CarlID, Guild: IronID, Channel: ClassesID, Roles: []string{CoachID}, Perms: Writer, App: Postable}
}

// Coach is another coach, of those from 0 to 9: each has one batch of drafts.
func Coach(n int) Person {
	p := Carl()
	p.User = "132575070781440012" + strconv.Itoa(n)
	return p
}

// Mia is a member.
func Mia() Person {
	return Person{User: "1325750707814400003", Guild: IronID, Channel: ClassesID, Perms: Writer, App: Postable}
}

// Rita owns another server.
func Rita() Person {
	return Person{User: "1325750707814400099", Guild: "1325750707814400098", Channel: "1325750707814400097", Perms: bot.Administrator, App: Postable}
}

// New returns a gym with its place, unless bare, where it is noon.
func New(t *testing.T, bare ...bool) *Gym {
	t.Helper()
	g := &Gym{Deps: Deps(t), T: t, Time: Noon, nonces: map[string]bool{}}
	g.standings()
	path := filepath.Join(t.TempDir(), "unpinch.db")
	fresh.Put(t, path)
	var err error
	if g.Store, err = store.Open(t.Context(), path, store.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Store.Close() })
	if g.Zones, err = zones(); err != nil {
		t.Fatal(err)
	}
	g.Classes, g.Notices, g.People, g.Players, g.Servers, g.Training = g.Store, g.Store, g.Store, g.Store, g.Store, g.Store
	g.Program = "0.0.0"
	g.Settle = func(context.Context, string) {}
	g.Publish = func(_ context.Context, channelID, nonce string, reply bot.Reply) (string, error) {
		if g.Refuse != nil {
			return "", g.Refuse
		}
		if err := reply.Validate(); err != nil || nonce == "" || len(nonce) > 25 {
			t.Errorf("published under %q: %v", nonce, err)
		}
		if again := g.nonces[channelID+nonce]; again {
			return "1575304209920688128", nil
		}
		g.nonces[channelID+nonce] = true
		g.Published = append(g.Published, channelID+"\n"+golden.Shown(reply))
		return "1575304209920688128", nil
	}
	follow := &delivery.Dispatcher{Zones: g.Zones, Planner: g.Store, Log: slog.New(slog.DiscardHandler)}
	g.Now, g.Kick = func() time.Time { return g.Time }, func() {
		g.Kicks++
		if err := follow.Check(t.Context(), g.Time); err != nil {
			t.Error(err)
		}
	}
	if len(bare) == 0 {
		g.Place(IronID, "Iron Garden")
	}
	return g
}

// Place adds a server's place, in Lisbon.
func (g *Gym) Place(guild, name string) schedule.Place {
	g.T.Helper()
	channel := ClassesID
	if guild != IronID {
		channel = Rita().Channel
	}
	p := schedule.Place{GuildID: guild, Name: name, Zone: "Europe/Lisbon", ChannelID: channel, CoachRole: CoachID,
		LogChannel: GeneralID, Tidy: true, CreatedAt: g.Time}
	var err error
	if p.ID, err = g.Store.SavePlace(g.T.Context(), p, schedule.By{At: g.Time}); err != nil {
		g.T.Fatal(err)
	}
	return p
}

// standings has what Discord says of people and channels of servers; a test may put
// its own in its place.
func (g *Gym) standings() {
	g.Standing = func(_ context.Context, guildID, userID string) (bot.Standing, error) {
		for _, p := range []Person{Olga(), Carl(), Rita()} {
			if p.User == userID && p.Guild == guildID {
				return bot.Standing{Roles: p.Roles, Perms: p.Perms}, nil
			}
		}
		if userID == Rita().User || guildID != IronID {
			return bot.Standing{}, bot.ErrNoMember
		}
		return bot.Standing{Perms: Writer}, nil
	}
	g.Channels = func(context.Context, string, string) ([]bot.ChannelValue, error) {
		return []bot.ChannelValue{{ID: GeneralID, Name: "general", Perms: Postable}, {ID: ClassesID, Name: "classes", Perms: Postable},
			{ID: "1325750707814400012", Name: "coaches"}}, nil
	}
}

// Request returns a request that the person makes, with options by name.
func (p Person) Request(g *Gym, options map[string]any) *bot.Request {
	req := Request(g.T, g.Deps, options)
	req.UserID, req.GuildID, req.ChannelID, req.Kind, req.Locked = p.User, p.Guild, p.Channel, p.Kind, p.Locked
	req.Perms, req.AppPerms, req.Roles = p.Perms, p.App, p.Roles
	g.asked++
	req.Ref = "r" + strconv.Itoa(g.asked)
	var err error
	if req.Ticket, err = bot.ParseTicket("7/token" + req.Ref); err != nil {
		g.T.Fatal(err)
	}
	return req
}

// Said is what the person reads: the reply, or the words of a refusal. A fault
// of ours fails the test.
func (g *Gym) Said(p Person, reply bot.Reply, err error) bot.Reply {
	g.T.Helper()
	if ue, ok := errors.AsType[*bot.UserError](err); ok {
		reply = bot.Reply{Parts: ue.Parts(p.Request(g, nil).Say)}
		if strings.Contains(golden.Shown(reply), "<no value>") || strings.HasPrefix(golden.Shown(reply), "?") {
			g.T.Errorf("%s: the words lack something: %s", ue.Key, golden.Shown(reply))
		}
	} else if err != nil {
		g.T.Fatal(err)
	}
	if err := reply.Validate(); err != nil {
		g.T.Errorf("over Discord's limits: %v\n%s", err, golden.Shown(reply))
	}
	return reply
}

// Run uses a command, such as "class add".
func (g *Gym) Run(p Person, name string, options map[string]any) bot.Reply {
	g.T.Helper()
	name, sub, _ := strings.Cut(name, " ")
	g.Start()
	for _, c := range g.commands {
		if c.Name != name {
			continue
		}
		for _, s := range append([]bot.Command{c}, c.Subs...) {
			if s.Run != nil && (sub == "" || s.Name == sub) {
				req := p.Request(g, options)
				reply, err := bot.Reply{}, req.CanBeSeen()
				if err == nil {
					reply, err = s.Run(g.T.Context(), req)
				}
				return g.Said(p, reply, err)
			}
		}
	}
	g.T.Fatalf("there is no /%s %s", name, sub)
	return bot.Reply{}
}

// Press uses a component by its custom ID, real or made up, as the router
// does; fields are those of a form.
func (g *Gym) Press(p Person, customID string, fields map[string]string, values ...string) bot.Reply {
	g.T.Helper()
	req := p.Request(g, nil)
	req.Values = values
	req.Fill(fields)
	reply, err := g.Part(customID).Press(g.T.Context(), req, customID)
	return g.Said(p, reply, err)
}

// Part returns the component that a custom ID belongs to.
func (g *Gym) Part(customID string) bot.Component {
	g.T.Helper()
	g.Start()
	name, _, _ := strings.Cut(customID, ":")
	i := slices.IndexFunc(g.Parts, func(c bot.Component) bool { return c.Name() == name })
	if i < 0 {
		g.T.Fatalf("nothing is bound to %q", customID)
	}
	return g.Parts[i]
}

// Start makes the commands and components, unless they are there: what they keep
// in memory lasts until restart.
func (g *Gym) Start() {
	if g.Parts == nil {
		g.commands, g.Parts = commands.All(g.Deps)
	}
}

// Commands returns the commands, as All makes them.
func (g *Gym) Commands() []bot.Command {
	g.Start()
	return g.commands
}

// Restart forgets what was in memory, and takes over what has changed in Deps.
func (g *Gym) Restart() { g.commands, g.Parts = nil, nil }

// Add saves a class as carl, also one that is there already, and returns its card.
func (g *Gym) Add(options map[string]any) bot.Reply {
	g.T.Helper()
	contract, label := g.Run(Carl(), "class add", options), "Save"
	if twin := "Add it a second time"; strings.Contains(golden.Shown(contract), "["+twin+"]") {
		label = twin
	}
	return g.Tap(Carl(), contract, label)
}

// Limit has the gym count what is limited, which tests that press much don't want.
func (g *Gym) Limit() {
	g.Limits, g.LimitKey = g.Store, []byte("of a gym")
	g.Restart()
}

// Only returns the one class of the gym.
func (g *Gym) Only() schedule.Series {
	g.T.Helper()
	all, err := g.Store.SeriesOf(g.T.Context(), IronID)
	if err != nil || len(all) != 1 {
		g.T.Fatalf("%d classes, %v", len(all), err)
	}
	return all[0]
}

// Dump is all that the store holds. It is read again once something was written:
// most presses that are looked at write nothing.
func (g *Gym) Dump() string {
	g.T.Helper()
	written, err := g.Store.Writes(g.T.Context())
	if err != nil {
		g.T.Fatal(err)
	}
	if g.dumped != "" && g.dumpedAt == written {
		return g.dumped
	}
	g.dumpedAt = written
	if g.dumped, err = g.Store.Dump(g.T.Context()); err != nil {
		g.T.Fatal(err)
	}
	return g.dumped
}

// Post puts a row into the ledger as the engine would, and returns it.
func (g *Gym) Post(s schedule.Series, kind schedule.Kind, due time.Time, state schedule.State, why schedule.Reason) schedule.Occurrence {
	g.T.Helper()
	ctx := g.T.Context()
	plans, err := g.Store.DuePlans(ctx, due.AddDate(10, 0, 0), 1000)
	at := slices.IndexFunc(plans, func(p delivery.Plan) bool { return p.ID == s.ID })
	if err != nil || at < 0 {
		g.T.Fatalf("no plan of the class: %v", err)
	}
	plan := plans[at]
	o := schedule.Occurrence{ClassID: s.ID, GuildID: s.Place.GuildID, Kind: kind, DueAt: due, StartAt: due.Add(s.Lead), Zone: s.Place.Zone,
		ChannelID: s.ChannelID, State: schedule.StateDue, SendAt: due}
	if kind == schedule.KindAlert {
		o.ChannelID, o.UserID = "", s.CreatedBy
	}
	final := state == schedule.StateSkipped
	if final {
		o.State, o.Reason = state, why
	}
	if err := g.Store.Record(ctx, g.Time, []delivery.Step{{Plan: plan, AccountedTo: plan.AccountedTo, NextAt: plan.NextAt, Occurrences: []schedule.Occurrence{o}}}); err != nil {
		g.T.Fatal(err)
	}
	if final || state == schedule.StateDue {
		return g.Newest(kind)
	}
	o = g.claim(o)
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
	if err := g.Store.Finish(ctx, "test", o); err != nil {
		g.T.Fatal(err)
	}
	return o
}

// claim claims an occurrence that is due, or what is before it in its channel.
// What else is due stays so.
func (g *Gym) claim(o schedule.Occurrence) schedule.Occurrence {
	g.T.Helper()
	all, err := g.Store.Claim(g.T.Context(), o.DueAt, "test", time.Minute, 100)
	if err != nil || len(all) == 0 {
		g.T.Fatalf("claimed %d, %v", len(all), err)
	}
	at := max(0, slices.IndexFunc(all, func(is schedule.Occurrence) bool {
		return is.Kind == o.Kind && is.ClassID == o.ClassID && is.DueAt.Unix() == o.DueAt.Unix()
	}))
	for i, is := range all {
		if i == at {
			continue
		}
		if err := g.Store.Retry(g.T.Context(), "test", is); err != nil {
			g.T.Fatal(err)
		}
	}
	return all[at]
}

// Newest returns the last row of a kind in the ledger.
func (g *Gym) Newest(kind schedule.Kind) (last schedule.Occurrence) {
	g.T.Helper()
	for _, o := range g.Ledger() {
		if o.Kind == kind {
			last = o
		}
	}
	return last
}

// Ledger returns every row of the ledger, the oldest first.
func (g *Gym) Ledger() (all []schedule.Occurrence) {
	g.T.Helper()
	for id := int64(1); id < 100; id++ {
		o, err := g.Store.Occurrence(g.T.Context(), id)
		if errors.Is(err, schedule.ErrNoOccurrence) {
			continue // deleted, or not there yet
		}
		if err != nil {
			g.T.Fatal(err)
		}
		all = append(all, o)
	}
	return all
}

// BreakClass stops a class as the engine does when its channel refuses a post.
func (g *Gym) BreakClass(why schedule.Reason) {
	g.T.Helper()
	o := g.Post(g.Only(), schedule.KindPre, g.Time, schedule.StateSending, "")
	o.State, o.Reason = schedule.StateFailed, why
	if err := g.Store.Break(g.T.Context(), "test", o, g.Time); err != nil {
		g.T.Fatal(err)
	}
}

// ClassText is the state of a button on a class's card, also of one that no button
// has.
func ClassText(id, n int64, a button.Act) string {
	return string(a) + "/" + strconv.FormatInt(id, 10) + "/" + strconv.FormatInt(n, 10)
}

// Render makes the message of an occurrence of a series that need not be in the
// store. A post before a class is one that is out, once its start has come, so
// that it is rendered whatever became of the class.
func (g *Gym) Render(s schedule.Series, o schedule.Occurrence, late bool) (bot.Reply, error) {
	d := g.Deps
	d.Classes = oneSeries{g.Classes, s}
	if o.Kind == schedule.KindPre || o.Kind == schedule.KindDesk {
		o.MessageID = cmp.Or(o.MessageID, "1575304209920688128")
		d.Now = func() time.Time { return o.StartAt }
	}
	return commands.Posts(d).Post(g.T.Context(), o, post.How{Late: late})
}

// oneSeries is a timetable in which every series is the same.
type oneSeries struct {
	commands.Classes
	series schedule.Series
}

func (s oneSeries) Series(context.Context, int64) (schedule.Series, error) { return s.series, nil }
func (s oneSeries) Posted(context.Context, int64) (schedule.Series, error) { return s.series, nil }
