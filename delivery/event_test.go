package delivery_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
	"unpinch/store"
)

var _ delivery.CalendarKeeper = (*store.Store)(nil)

// A calendar is that of every server, made for tests.
type calendar struct {
	mu     sync.Mutex
	next   int
	events map[string]delivery.Event
	asked  []string         // what was changed
	finds  int              // how often it was looked at
	fail   map[string]error // by request, what it answers instead
	lost   bool             // the next answer gets lost, after what was asked is done
}

func newCalendar() *calendar {
	return &calendar{events: map[string]delivery.Event{}, fail: map[string]error{}}
}

func (c *calendar) Draw(s schedule.Series, start schedule.Start) delivery.Event {
	e := drawnEvent(s, start)
	e.About = "class " + strconv.FormatInt(s.ID, 10)
	return e
}

func (c *calendar) Find(_ context.Context, s schedule.Series, after time.Time) (string, delivery.Event, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.finds++
	for id, e := range c.events {
		if e.About == "class "+strconv.FormatInt(s.ID, 10) && e.End.After(after) {
			return id, e, c.fail["find"]
		}
	}
	return "", delivery.Event{}, c.fail["find"]
}

// request makes a change, unless it is to fail.
func (c *calendar) request(what, id string, e delivery.Event, do func()) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	line := what + " " + id
	if !e.Start.IsZero() {
		line += e.Start.Format(" Mon 15:04") + e.End.Format("-15:04")
	}
	c.asked = append(c.asked, line)
	if err := c.fail[what]; err != nil {
		return err
	}
	if what != "make" && c.events[id].Start.IsZero() {
		return delivery.ErrNoEvent
	}
	if do(); c.lost {
		c.lost = false
		return errors.New("the answer got lost")
	}
	return nil
}

func (c *calendar) Make(_ context.Context, guild string, e delivery.Event) (id string, err error) {
	err = c.request("make", guild, e, func() {
		c.next++
		id = "e" + strconv.Itoa(c.next)
		c.events[id] = e
	})
	if err != nil {
		id = ""
	}
	return id, err
}

func (c *calendar) Change(_ context.Context, _, id string, _, is delivery.Event) error {
	return c.request("change", id, is, func() { c.events[id] = is })
}

func (c *calendar) Cancel(_ context.Context, _, id string) error {
	return c.request("cancel", id, delivery.Event{}, func() { delete(c.events, id) })
}

func (c *calendar) Delete(_ context.Context, _, id string) error {
	return c.request("delete", id, delivery.Event{}, func() { delete(c.events, id) })
}

// took returns what was asked since it was called last.
func (c *calendar) took() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	text := strings.Join(c.asked, ", ")
	c.asked = nil
	return text
}

// answer has a request fail from now on; nil lets it work again.
func (c *calendar) answer(what string, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fail[what] = err
}

// drop takes events away, as a person would on Discord.
func (c *calendar) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.events)
}

// An eventGym has one class, daily at 18:00 for an hour, whose event is on. Time
// begins at midnight on Saturday, 1 January 2000.
type eventGym struct {
	*gym
	calendar *calendar
	events   *delivery.Events
	class    int64
	claimed  []schedule.Occurrence
	stop     func()
}

func newEventGym(t *testing.T, change ...func(*calendar)) *eventGym {
	g := &eventGym{gym: newGym(t), calendar: newCalendar()}
	for _, c := range change {
		c(g.calendar)
	}
	g.class = g.gym.class(g.place("1", "c"), "daily 18:00", func(s *schedule.Series) { s.Event, s.CreatedBy = true, "carl" })
	g.start()
	return g
}

// start runs the events, until stop.
func (g *eventGym) start() {
	g.events = delivery.NewEvents(delivery.EventsOptions{Keeper: g.store, Calendar: g.calendar, Zones: g.zones, Now: g.now, Log: g.log()})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { g.events.Run(ctx); close(done) }()
	g.events.Hold(false)
	g.stop = sync.OnceFunc(func() { cancel(); <-done })
	synctest.Wait()
}

// change changes the class and waits for what follows.
func (g *eventGym) change(do func(by schedule.By) error) {
	g.Helper()
	g.check(do(schedule.By{UserID: "carl", At: g.now()}))
	g.events.Kick()
	synctest.Wait()
}

func (g *eventGym) wantAsked(want string) {
	g.Helper()
	if got := g.calendar.took(); got != want {
		g.Errorf("asked of Discord: %q, want %q", got, want)
	}
}

func (g *eventGym) coming() schedule.Start {
	g.Helper()
	clock, err := g.series().Recurrence(g.zones)
	g.check(err)
	start, err := clock.Next(g.now())
	g.check(err)
	return start
}

func (g *eventGym) series() schedule.Series {
	g.Helper()
	s, err := g.store.Series(g.Context(), g.class)
	g.check(err)
	return s
}

// alerts says whom trouble was told.
func (g *eventGym) alerts() string {
	var all []string
	claimed, err := g.store.Claim(g.Context(), g.now(), "test", time.Hour, 100)
	g.check(err)
	g.claimed = append(g.claimed, claimed...)
	for _, o := range g.claimed {
		g.check(g.store.Finish(g.Context(), "test", o))
		if o.Reason == schedule.ReasonEvent {
			all = append(all, string(o.Kind)+" "+o.UserID+o.ChannelID)
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func (g *eventGym) wantTrouble(why schedule.Reason, alerts string) {
	g.Helper()
	if got := g.series().EventWhy; got != why {
		g.Errorf("trouble is %q, want %q", got, why)
	}
	if got := g.alerts(); got != alerts {
		g.Errorf("told %q, want %q", got, alerts)
	}
}

func (g *eventGym) now() time.Time { return g.gym.now().Truncate(time.Second) }

// in runs a test in a bubble.
func inEventGym(t *testing.T, test func(g *eventGym), change ...func(*calendar)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newEventGym(t, change...)
		defer func() { g.stop() }()
		test(g)
	})
}

// The next start has an event, moves with it, and the one after comes when it ends.
func TestEventFollowsItsStart(t *testing.T) {
	inEventGym(t, func(g *eventGym) {
		g.wantAsked("make 1 Sat 18:00-19:00")
		g.pass(18*time.Hour + 59*time.Minute)
		g.wantAsked("")
		g.pass(time.Minute)
		g.wantAsked("make 1 Sun 18:00-19:00")
		g.change(func(by schedule.By) error {
			return g.store.Move(g.Context(), g.class, g.coming(), schedule.SlotOf(g.coming().At.Add(90*time.Minute)), by)
		})
		g.wantAsked("change e2 Sun 19:30-20:30")
		g.change(func(by schedule.By) error { return g.store.Skip(g.Context(), g.class, g.coming(), by) })
		g.wantAsked("cancel e2, make 1 Mon 18:00-19:00")
		g.change(func(by schedule.By) error {
			return g.store.CloseDays(g.Context(), g.series().Place.ID, []schedule.Date{date(t, "2000-01-03")}, by)
		})
		g.wantAsked("cancel e3, make 1 Tue 18:00-19:00")
		g.change(func(by schedule.By) error { return g.store.Pause(g.Context(), g.class, date(t, "2000-01-10"), by) })
		g.wantAsked("cancel e4, make 1 Mon 18:00-19:00")
		g.change(func(by schedule.By) error { return g.store.Pause(g.Context(), g.class, schedule.Date{}, by) })
		g.wantAsked("delete e5, make 1 Tue 18:00-19:00")
		g.change(func(by schedule.By) error {
			p := g.series().Place
			p.Zone = "Europe/Berlin"
			_, err := g.store.SavePlace(g.Context(), p, by)
			return err
		})
		g.wantAsked("change e6 Tue 17:00-18:00")
		g.change(func(by schedule.By) error {
			p := g.series().Place
			p.Name = "another name"
			_, err := g.store.SavePlace(g.Context(), p, by)
			return err
		})
		g.wantAsked("change e6 Tue 17:00-18:00")
		g.change(func(by schedule.By) error { return g.store.Remove(g.Context(), g.class, by) })
		g.wantAsked("delete e6")
		g.pass(7 * 24 * time.Hour)
		g.wantAsked("")
	})
}

// An edit of the class moves its event; another time is not another start.
func TestEventFollowsAnEdit(t *testing.T) {
	inEventGym(t, func(g *eventGym) {
		g.wantAsked("make 1 Sat 18:00-19:00")
		edit := func(change func(*schedule.Series)) {
			g.change(func(by schedule.By) error {
				s := g.series()
				s.DraftOf, s.DraftUntil = s.ID, g.now().Add(time.Hour)
				change(&s)
				batch, err := g.store.AddDrafts(g.Context(), 0, []schedule.Series{s})
				g.check(err)
				_, err = g.store.SaveDrafts(g.Context(), batch, by)
				return err
			})
		}
		edit(func(s *schedule.Series) { s.Rule = parse(t, "daily 17:30") })
		g.wantAsked("change e1 Sat 17:30-18:30")
		edit(func(s *schedule.Series) { s.Length = 90 * time.Minute })
		g.wantAsked("change e1 Sat 17:30-19:00")
		edit(func(s *schedule.Series) { s.ChannelID = "another" })
		g.wantAsked("")
		edit(func(s *schedule.Series) { s.Event = false })
		g.wantAsked("delete e1")
		edit(func(s *schedule.Series) { s.Event = true })
		g.wantAsked("make 1 Sat 17:30-19:00")
	})
}

// Turned off it goes, also one that runs, and turned on it comes again.
func TestEventTurns(t *testing.T) {
	inEventGym(t, func(g *eventGym) {
		g.pass(18*time.Hour + 30*time.Minute)
		g.wantAsked("make 1 Sat 18:00-19:00")
		g.change(func(by schedule.By) error { return g.store.SetEvent(g.Context(), g.class, false, by) })
		g.wantAsked("delete e1")
		g.change(func(by schedule.By) error { return g.store.SetEvent(g.Context(), g.class, true, by) })
		g.wantAsked("make 1 Sun 18:00-19:00")
		if err := g.store.SetEvent(g.Context(), 999, true, schedule.By{At: g.now()}); !errors.Is(err, schedule.ErrNoClass) {
			t.Errorf("an event of no class: %v", err)
		}
	})
}

// What a person took away comes back with the next start, not before.
func TestEventTakenAway(t *testing.T) {
	inEventGym(t, func(g *eventGym) {
		g.calendar.took()
		g.calendar.drop()
		g.change(func(by schedule.By) error {
			return g.store.Move(g.Context(), g.class, g.coming(), schedule.SlotOf(g.coming().At.Add(time.Hour)), by)
		})
		g.wantAsked("change e1 Sat 19:00-20:00")
		g.change(func(by schedule.By) error {
			return g.store.Move(g.Context(), g.class, schedule.Start{Slot: schedule.SlotOf(at(t, "2000-01-01 18:00:00", "UTC"))}, schedule.SlotOf(at(t, "2000-01-01 20:00:00", "UTC")), by)
		})
		g.wantAsked("")
		g.pass(21 * time.Hour)
		g.wantAsked("make 1 Sun 18:00-19:00")
		g.wantTrouble("", "")
		g.calendar.drop()
		g.change(func(by schedule.By) error { return g.store.Remove(g.Context(), g.class, by) })
		g.wantAsked("delete e2")
		g.pass(time.Hour)
		g.wantAsked("")
	})
}

// Trouble is noted and told once, tried with each start, and over when it works.
func TestEventTrouble(t *testing.T) {
	for why, lost := range map[schedule.Reason]string{schedule.ReasonPermission: "make", schedule.ReasonFull: "make", schedule.ReasonAccess: "find"} {
		t.Run(string(why), func(t *testing.T) {
			refused := &delivery.Refusal{Reason: why, Err: errors.New("no")}
			inEventGym(t, func(g *eventGym) {
				g.wantTrouble(why, "alert carl, log log-1")
				g.pass(18 * time.Hour)
				g.calendar.took()
				g.pass(time.Hour)
				g.pass(24 * time.Hour)
				g.wantTrouble(why, "alert carl, log log-1")
				g.calendar.answer(lost, nil)
				g.calendar.took()
				g.change(func(by schedule.By) error { return g.store.Mend(g.Context(), g.class, by) })
				g.wantAsked("make 1 Mon 18:00-19:00")
				g.wantTrouble("", "alert carl, log log-1")
				g.calendar.answer("change", refused)
				g.change(func(by schedule.By) error {
					return g.store.Move(g.Context(), g.class, g.coming(), schedule.SlotOf(g.coming().At.Add(time.Hour)), by)
				})
				g.wantTrouble(why, "alert carl, alert carl, log log-1, log log-1")
			}, func(c *calendar) { c.answer(lost, refused) })
		})
	}
}

// An event that can't be taken away any more, of a class that wants none, is let
// be.
func TestEventLeft(t *testing.T) {
	inEventGym(t, func(g *eventGym) {
		g.calendar.took()
		g.calendar.answer("delete", &delivery.Refusal{Reason: schedule.ReasonPermission, Err: errors.New("no")})
		g.change(func(by schedule.By) error { return g.store.SetEvent(g.Context(), g.class, false, by) })
		g.wantAsked("delete e1")
		g.pass(48 * time.Hour)
		g.wantAsked("")
		g.wantTrouble("", "")
	})
}

// An outage is waited for with longer and longer pauses, and told nobody.
func TestEventOutage(t *testing.T) {
	down := errors.New("HTTP 503")
	inEventGym(t, func(g *eventGym) {
		g.pass(time.Hour)
		n := strings.Count(g.calendar.took(), "make")
		if n < 10 || n > 45 {
			t.Errorf("%d tries in an hour", n)
		}
		g.wantTrouble("", "")
		g.calendar.answer("make", nil)
		g.pass(10 * time.Minute)
		g.wantAsked("make 1 Sat 18:00-19:00")
	}, func(c *calendar) { c.answer("make", down) })
}

// An event whose making was not noted, because the answer got lost or the program
// was killed, is found and taken over.
func TestEventIsMadeOnce(t *testing.T) {
	inEventGym(t, func(g *eventGym) {
		g.pass(time.Minute)
		g.wantAsked("make 1 Sat 18:00-19:00")
		if len(g.calendar.events) != 1 || g.calendar.finds != 2 {
			t.Errorf("%d events, looked %d times", len(g.calendar.events), g.calendar.finds)
		}
		g.change(func(by schedule.By) error { return g.store.SetEvent(g.Context(), g.class, false, by) })
		g.wantAsked("delete e1")
	}, func(c *calendar) { c.lost = true })
}

// A restart asks nothing anew, and does what was due while the bot was away.
func TestEventRestart(t *testing.T) {
	inEventGym(t, func(g *eventGym) {
		g.calendar.took()
		g.stop()
		g.start()
		g.wantAsked("")
		g.stop()
		g.check(g.store.Skip(g.Context(), g.class, g.coming(), schedule.By{At: g.now()}))
		g.start()
		g.wantAsked("cancel e1, make 1 Sun 18:00-19:00")
		g.stop()
		g.pass(72 * time.Hour)
		g.start()
		g.wantAsked("make 1 Tue 18:00-19:00")
	})
}

// A server that the bot left is left alone, and looked at when it is back.
func TestEventOfALeftServer(t *testing.T) {
	inEventGym(t, func(g *eventGym) {
		g.calendar.took()
		g.check(g.store.Left(g.Context(), "1", g.now()))
		g.pass(26 * time.Hour)
		g.wantAsked("")
		g.change(func(schedule.By) error { return g.store.Joined(g.Context(), "1") })
		g.wantAsked("make 1 Sun 18:00-19:00")
	})
}

// Nothing is changed while the clock can't be trusted.
func TestEventsAreHeld(t *testing.T) {
	inEventGym(t, func(g *eventGym) {
		g.calendar.took()
		g.events.Hold(true)
		g.change(func(by schedule.By) error { return g.store.SetEvent(g.Context(), g.class, false, by) })
		g.pass(time.Hour)
		g.wantAsked("")
		g.events.Hold(false)
		synctest.Wait()
		g.wantAsked("delete e1")
	})
}

// Events that are idle ask the database once an hour.
func TestEventsAreQuiet(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		var looks int
		keeper := countedKeeper{g.store, &looks}
		ctx, cancel := context.WithCancel(t.Context())
		events := delivery.NewEvents(delivery.EventsOptions{Keeper: keeper, Calendar: newCalendar(), Zones: g.zones, Now: g.now, Log: g.log()})
		done := make(chan struct{})
		go func() { events.Run(ctx); close(done) }()
		events.Hold(false)
		g.pass(10*time.Hour + time.Minute)
		cancel()
		<-done
		if looks > 12 {
			t.Errorf("looked %d times in ten hours", looks)
		}
	})
}

type countedKeeper struct {
	delivery.CalendarKeeper
	looks *int
}

func (k countedKeeper) DueEntries(ctx context.Context, now time.Time, limit int) ([]delivery.Entry, error) {
	*k.looks++
	return k.CalendarKeeper.DueEntries(ctx, now, limit)
}

// Servers don't wait for each other, and classes of one server come in turn.
func TestEventsOfManyServers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		for guild := range 20 {
			p := g.place(strconv.Itoa(guild+1), fmt.Sprint("c", guild))
			for range 3 {
				g.class(p, "daily 18:00", func(s *schedule.Series) { s.Event = true })
			}
		}
		c := newCalendar()
		events := delivery.NewEvents(delivery.EventsOptions{Keeper: g.store, Calendar: c, Zones: g.zones, Now: g.now, Log: g.log()})
		events.Hold(false)
		g.check(events.Tick(t.Context()))
		if len(c.events) != 60 || len(c.asked) != 60 {
			t.Errorf("%d events by %d requests, want 60", len(c.events), len(c.asked))
		}
		if bytes.Contains(g.logged.Bytes(), []byte("WARN")) {
			t.Error(g.logged.String())
		}
	})
}
