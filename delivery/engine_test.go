package delivery_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
	"unpinch/store"
	"unpinch/store/fresh"
)

var (
	_ delivery.Planner = (*store.Store)(nil)
	_ delivery.Ledger  = (*store.Store)(nil)
	_ delivery.Keeper  = (*store.Store)(nil)
)

// A gym is an engine with a real store, a Discord made for tests, and a clock
// that can be set. In a bubble of synctest its time passes at once.
type gym struct {
	*testing.T
	store   *store.Store
	zones   *schedule.Zones
	discord *discord
	logged  bytes.Buffer
	logger  *slog.Logger // one, as its handler guards the buffer
	path    string       // of the store
	leap    atomic.Int64 // of the system clock, against real time, in nanoseconds
	starts  int
}

func newGym(t *testing.T) *gym {
	t.Helper()
	g := &gym{T: t, zones: loadZones(t), path: filepath.Join(t.TempDir(), "unpinch.db"), discord: newDiscord()}
	fresh.Put(t, g.path)
	g.openStore()
	t.Cleanup(func() { g.store.Close() })
	return g
}

func (g *gym) openStore() {
	g.Helper()
	s, err := store.Open(g.Context(), g.path, store.Options{NoCaps: true})
	g.check(err)
	g.store = s
}

// reopen opens the store anew, as the next process does.
func (g *gym) reopen() {
	g.Helper()
	g.check(g.store.Close())
	g.openStore()
}

// now is what the system clock shows.
func (g *gym) leapNow() time.Duration { return time.Duration(g.leap.Load()) }

func (g *gym) setLeap(d time.Duration) { g.leap.Store(int64(d)) }

func (g *gym) now() time.Time { return time.Now().Add(g.leapNow()).UTC().Round(0) }

// pass lets real time pass.
func (g *gym) pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func (g *gym) check(err error) {
	g.Helper()
	if err != nil {
		g.Fatal(err)
	}
}

// place adds a place in UTC with a channel of its own.
func (g *gym) place(guild, channel string) schedule.Place {
	g.Helper()
	p := schedule.Place{GuildID: guild, Name: "in " + channel, Zone: "UTC", ChannelID: channel, LogChannel: "log-" + guild, Tidy: true, CreatedAt: g.now()}
	id, err := g.store.SavePlace(g.Context(), p, schedule.By{At: g.now()})
	g.check(err)
	p.ID = id
	return p
}

// class saves a class of an hour with a pre post ten minutes before.
func (g *gym) class(p schedule.Place, rule string, change ...func(*schedule.Series)) int64 {
	g.Helper()
	return g.save(g.series(p, rule, change...))
}

func (g *gym) series(p schedule.Place, rule string, change ...func(*schedule.Series)) schedule.Series {
	g.Helper()
	s := schedule.Series{Place: p, Rule: parse(g, rule), Length: time.Hour, ChannelID: p.ChannelID, Lead: 10 * time.Minute,
		CreatedBy: "coach", CreatedAt: g.now(), DraftUntil: g.now().Add(time.Hour)}
	for _, c := range change {
		c(&s)
	}
	return s
}

// save saves classes together, and returns the number of the batch: the id of
// the first.
func (g *gym) save(classes ...schedule.Series) int64 {
	g.Helper()
	id, err := g.store.AddDrafts(g.Context(), 0, classes)
	g.check(err)
	_, err = g.store.SaveDrafts(g.Context(), id, schedule.By{At: g.now()})
	g.check(err)
	return id
}

func (g *gym) log() *slog.Logger {
	if g.logger == nil {
		g.logger = slog.New(slog.NewTextHandler(&g.logged, nil))
	}
	return g.logger
}

func (g *gym) dispatcher() *delivery.Dispatcher {
	return &delivery.Dispatcher{Zones: g.zones, Planner: g.store, Log: g.log(), Keep: 90 * 24 * time.Hour}
}

func (g *gym) tick() {
	g.Helper()
	if _, err := g.dispatcher().Tick(g.Context(), g.now()); err != nil {
		g.Fatal(err)
	}
}

// sender starts a sender as a process would that has just started.
func (g *gym) sender(ledger delivery.Ledger) (s *delivery.Sender, stop func()) {
	g.starts++
	s = delivery.NewSender(delivery.SenderOptions{Ledger: ledger, Poster: g.discord, Owner: fmt.Sprint("run ", g.starts), Now: g.now, Log: g.log()})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { s.Run(ctx); close(done) }()
	return s, func() { cancel(); <-done }
}

// ledger returns the server's posts, the earliest due first.
func (g *gym) ledger(guild string) []schedule.Occurrence {
	g.Helper()
	all, err := g.store.History(g.Context(), guild, 0, 1_000_000, 0)
	g.check(err)
	slices.Reverse(all)
	return all
}

// states lists the server's posts as "17:50 sent".
func (g *gym) states(guild string) string {
	g.Helper()
	var all []string
	for _, o := range g.ledger(guild) {
		all = append(all, strings.TrimSpace(fmt.Sprint(o.DueAt.Format("15:04"), " ", o.State, " ", o.Reason)))
	}
	return strings.Join(all, ", ")
}

func (g *gym) wantStates(want string) {
	g.Helper()
	if got := g.states("1"); got != want {
		g.Errorf("got  %s\nwant %s\nlog %s", got, want, &g.logged)
	}
}

// A message is one in a channel of the fake.
type message struct {
	id      string
	o       schedule.Occurrence
	at      time.Time
	late    bool
	deleted bool
}

// A fault is what happens to a request: whether it does its work, and what is
// answered.
type fault struct {
	lost  bool // it does nothing
	err   error
	panic bool
	slow  time.Duration
}

// discord is a chat that keeps a nonce for two minutes and a little, and can
// be made to fail.
type discord struct {
	mu       sync.Mutex
	messages []*message
	calls    []string // "post 1", "find 1", "delete 1"
	busy     map[string]int
	crowded  []string // channels that had two posts on their way at once
	now      func() time.Time
	fault    func(what string, o schedule.Occurrence) fault
}

func newDiscord() *discord {
	return &discord{busy: map[string]int{}, now: time.Now, fault: func(string, schedule.Occurrence) fault { return fault{} }}
}

// enter notes a request and returns what is to happen to it.
func (d *discord) enter(ctx context.Context, what string, o schedule.Occurrence) (fault, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls = append(d.calls, fmt.Sprint(what, " ", o.ID))
	f := d.fault(what, o)
	if f.slow > 0 {
		d.mu.Unlock()
		select {
		case <-time.After(f.slow):
		case <-ctx.Done():
		}
		d.mu.Lock()
		if ctx.Err() != nil {
			return f, ctx.Err()
		}
	}
	return f, nil
}

func (f fault) end() error {
	if f.panic {
		panic("as the test wants")
	}
	return f.err
}

func (d *discord) Post(ctx context.Context, o schedule.Occurrence, late bool) (string, error) {
	target := o.ChannelID + "/" + o.UserID
	d.mu.Lock()
	if d.busy[target]++; d.busy[target] > 1 {
		d.crowded = append(d.crowded, target)
	}
	d.mu.Unlock()
	defer func() { d.mu.Lock(); d.busy[target]--; d.mu.Unlock() }()
	f, err := d.enter(ctx, "post", o)
	if err != nil {
		return "", err
	}
	id := ""
	if !f.lost {
		id = d.put(o, late)
	}
	if err := f.end(); err != nil {
		return "", err
	}
	return id, nil
}

// put adds the message, unless its nonce is remembered.
func (d *discord) put(o schedule.Occurrence, late bool) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	for _, m := range d.messages {
		if m.o.Nonce() == o.Nonce() && now.Sub(m.at) < 165*time.Second {
			if m.deleted {
				return ""
			}
			return m.id
		}
	}
	m := &message{id: fmt.Sprint("m", len(d.messages)), o: o, at: now, late: late}
	d.messages = append(d.messages, m)
	return m.id
}

func (d *discord) Find(ctx context.Context, o schedule.Occurrence) (string, time.Time, error) {
	f, err := d.enter(ctx, "find", o)
	if err == nil {
		err = f.end()
	}
	if err != nil {
		return "", time.Time{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, m := range d.messages {
		if m.o.ID == o.ID && !m.deleted {
			return m.id, m.at, nil
		}
	}
	return "", time.Time{}, nil
}

func (d *discord) Redraw(ctx context.Context, o schedule.Occurrence) error {
	return d.change(ctx, "redraw", o, func(m *message) { m.o = o })
}

func (d *discord) Delete(ctx context.Context, o schedule.Occurrence) error {
	return d.change(ctx, "delete", o, func(m *message) { m.deleted = true })
}

// change does something to the occurrence's message, unless there is a fault.
func (d *discord) change(ctx context.Context, what string, o schedule.Occurrence, do func(*message)) error {
	f, err := d.enter(ctx, what, o)
	if err == nil {
		err = f.end()
	}
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, m := range d.messages {
		if m.id == o.MessageID {
			do(m)
		}
	}
	return nil
}

// called is what was asked of Discord so far.
func (d *discord) called() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.calls)
}

// underway reports whether a post is on its way.
func (d *discord) underway() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, n := range d.busy {
		if n > 0 {
			return true
		}
	}
	return false
}

// sent counts the occurrence's messages.
func (d *discord) sent(id int64) (n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, m := range d.messages {
		if m.o.ID == id {
			n++
		}
	}
	return n
}

// texts lists the messages that stand, as "pre 17:50" with "late" where it says so.
func (d *discord) texts() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []string
	sent := slices.Clone(d.messages)
	slices.SortStableFunc(sent, func(a, b *message) int { // two on their way at once arrive in either order
		return cmp.Or(a.at.Truncate(time.Minute).Compare(b.at.Truncate(time.Minute)), cmp.Compare(a.o.ID, b.o.ID))
	})
	for _, m := range sent {
		text := fmt.Sprint(m.o.Kind, " ", m.at.Format("15:04"))
		if m.late {
			text += " late"
		}
		if m.deleted {
			text += " gone"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

func refusal(r schedule.Reason) error {
	return &delivery.Refusal{Reason: r, Err: errors.New("HTTP 403")}
}

func serverError() error { return fmt.Errorf("HTTP 503: %w", delivery.ErrNotSent) }

func timeout() error { return errors.New("no answer") }
