package delivery_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

// work dispatches and sends for so long, whenever there is something to do.
func (g *gym) work(s *delivery.Sender, d time.Duration) {
	g.Helper()
	for end := time.Now().Add(d); time.Now().Before(end); {
		g.tick()
		s.Kick()
		g.pass(min(g.step(s.Owner), time.Until(end)))
	}
}

// step is how long nothing happens, a second to an hour.
func (g *gym) step(owner string) time.Duration {
	synctest.Wait()
	if g.discord.underway() {
		return 5 * time.Second
	}
	wake, err := g.store.Wake(g.Context(), owner)
	g.check(err)
	if wake.IsZero() {
		return time.Hour
	}
	return min(max(wake.Sub(g.now()), time.Second), time.Hour)
}

// within makes a fault last from one time to another, as 00:50 and 00:55.
func within(from, to string, what string, f fault) func(string, schedule.Occurrence) fault {
	return func(did string, o schedule.Occurrence) fault {
		if now := time.Now().UTC().Format("15:04:05"); now >= from && now < to && strings.Contains(what, did) && o.Kind != schedule.KindAlert && o.Kind != schedule.KindLog {
			return f
		}
		return fault{}
	}
}

// A class begins at 01:00, its pre post is due at 00:50; or it ends at 01:00,
// and its cool-down post is due then. Whatever Discord does meanwhile, the
// ledger says in the end what is in the channel.
func TestSend(t *testing.T) {
	t.Parallel()
	coolDown := func(series *schedule.Series) { series.Lead, series.CoolDown, series.Length = 0, true, 50*time.Minute }
	for name, tc := range map[string]struct {
		fault  func(string, schedule.Occurrence) fault
		change func(*schedule.Series)
		want   string // the ledger
		texts  string // the channel
		finds  bool   // the channel is searched
	}{
		"sent": {want: "00:50 sent", texts: "pre 00:50"},
		"late": {fault: within("00:50", "00:55", "post", fault{lost: true, err: serverError()}), want: "00:50 late", texts: "pre 00:55 late"},
		"in the minute": {fault: within("00:50", "00:50:25", "post", fault{lost: true, err: serverError()}), want: "00:50 sent",
			texts: "pre 00:50"},
		"given up when the class begins": {fault: within("00:50", "01:30", "post", fault{lost: true, err: serverError()}), want: "00:50 failed gave_up"},
		"cool-down 25 minutes late":      {fault: within("00:50", "01:15", "post", fault{lost: true, err: serverError()}), change: coolDown, want: "00:50 late", texts: "cool_down 01:15 late"},
		"cool-down given up":             {fault: within("00:50", "01:21", "post", fault{lost: true, err: serverError()}), change: coolDown, want: "00:50 failed gave_up"},
		"refused":                        {fault: within("00:50", "02:00", "post", fault{lost: true, err: refusal(schedule.ReasonAccess)}), want: "00:50 failed access", texts: "alert 00:50, log 00:50"},
		"the server is gone":             {fault: within("00:50", "02:00", "post", fault{lost: true, err: refusal(schedule.ReasonRemoved)}), want: "00:50 skipped removed"},
		"the class was changed":          {fault: within("00:50", "02:00", "post", fault{lost: true, err: refusal(schedule.ReasonChanged)}), want: "00:50 skipped changed"},
		"answer lost, nonce holds":       {fault: within("00:50", "00:51", "post", fault{err: timeout()}), want: "00:50 late", texts: "pre 00:50"},
		"request lost":                   {fault: within("00:50", "00:51", "post", fault{lost: true, err: timeout()}), want: "00:50 late", texts: "pre 00:51 late"},
		"answers lost past the nonce":    {fault: within("00:50", "00:54", "post", fault{err: timeout()}), want: "00:50 sent", texts: "pre 00:50", finds: true},
		"requests lost past the nonce":   {fault: within("00:50", "00:54", "post", fault{lost: true, err: timeout()}), want: "00:50 late", texts: "pre 00:54 late", finds: true},
		"answer lost, channel closed to readers": {fault: func(what string, o schedule.Occurrence) fault {
			if what == "find" {
				return fault{err: refusal(schedule.ReasonAccess)}
			}
			return within("00:50", "00:54", "post", fault{err: timeout()})(what, o)
		}, want: "00:50 unknown unreadable", texts: "pre 00:50", finds: true},
		"answer lost, then all of Discord": {fault: func(what string, o schedule.Occurrence) fault {
			if what == "post" {
				return within("00:50", "00:54", "post", fault{err: timeout()})(what, o)
			}
			return within("00:50", "01:10", "find", fault{err: serverError()})(what, o)
		}, want: "00:50 sent", texts: "pre 00:50", finds: true},
		"answer lost, and Discord for hours": {fault: within("00:50", "09:00", "post find", fault{err: timeout()}), want: "00:50 unknown unreadable", texts: "pre 00:50", finds: true},
		"request lost, and Discord until the class began": {fault: within("00:50", "01:05", "post find", fault{lost: true, err: timeout()}),
			want: "00:50 failed gave_up", finds: true},
		"answer lost, then refused": {fault: func(what string, o schedule.Occurrence) fault {
			if now := time.Now().UTC().Format("15:04:05"); what == "post" && now > "00:50:21" {
				return fault{lost: true, err: refusal(schedule.ReasonPermission)}
			}
			return within("00:50", "00:51", "post", fault{err: timeout()})(what, o)
		}, want: "00:50 sent", texts: "pre 00:50", finds: true},
		"panic before":        {fault: within("00:50", "00:50:30", "post", fault{lost: true, panic: true}), want: "00:50 sent", texts: "pre 00:50"},
		"panic after":         {fault: within("00:50", "00:53:30", "post", fault{panic: true}), want: "00:50 sent", texts: "pre 00:50", finds: true},
		"panic in the search": {fault: within("00:50", "09:00", "post find", fault{panic: true}), want: "00:50 unknown unreadable", texts: "pre 00:50", finds: true},
		"no answer at all": {fault: within("00:50", "00:50:30", "post", fault{slow: time.Hour}), want: "00:50 sent",
			texts: "pre 00:50"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := newGym(t)
				if tc.fault != nil {
					g.discord.fault = tc.fault
				}
				change := tc.change
				if change == nil {
					change = func(*schedule.Series) {}
				}
				rule := "daily 01:00"
				if tc.change != nil {
					rule = "daily 00:00"
				}
				g.setLeap(-time.Second) // so that midnight is ahead
				g.class(g.place("1", "c"), rule, change, func(series *schedule.Series) { series.Until = schedule.DateOf(time.Now()) })
				g.setLeap(0)
				g.pass(49 * time.Minute)
				s, stop := g.sender(g.store)
				defer stop()
				g.work(s, 70*time.Minute)
				g.wantStates(tc.want)
				if got := g.discord.texts(); got != tc.texts {
					t.Errorf("got channel %q, want %q", got, tc.texts)
				}
				if finds := slices.ContainsFunc(g.discord.calls, func(c string) bool { return strings.HasPrefix(c, "find") }); finds != tc.finds {
					t.Errorf("got %q, want a search %t", g.discord.calls, tc.finds)
				}
			})
		})
	}
}

// crash leaves a sender in the middle of a post: what it was to write is lost.
type crash struct {
	delivery.Ledger
	dead atomic.Bool
}

func (c *crash) Finish(ctx context.Context, owner string, ended ...schedule.Occurrence) error {
	if c.dead.Load() {
		return nil
	}
	return c.Ledger.Finish(ctx, owner, ended...)
}

func (c *crash) Retry(ctx context.Context, owner string, o schedule.Occurrence) error {
	if c.dead.Load() {
		return nil
	}
	return c.Ledger.Retry(ctx, owner, o)
}

func TestCrash(t *testing.T) {
	for name, tc := range map[string]struct {
		lost  bool          // the message did not arrive before the crash
		after time.Duration // until the next start
		deaf  bool          // the channel can't be read then
		want  string
		texts string
		finds bool
	}{
		"soon, arrived":              {after: 30 * time.Second, want: "00:50 late", texts: "pre 00:50"},
		"soon, not arrived":          {lost: true, after: 30 * time.Second, want: "00:50 late", texts: "pre 00:51 late"},
		"later, arrived":             {after: 5 * time.Minute, want: "00:50 sent", texts: "pre 00:50", finds: true},
		"later, not arrived":         {lost: true, after: 5 * time.Minute, want: "00:50 late", texts: "pre 00:55 late", finds: true},
		"later, deaf":                {after: 5 * time.Minute, deaf: true, want: "00:50 unknown unreadable", texts: "pre 00:50", finds: true},
		"class began, arrived":       {after: 11 * time.Minute, want: "00:50 sent", texts: "pre 00:50", finds: true},
		"class began, not arrived":   {lost: true, after: 11 * time.Minute, want: "00:50 failed gave_up", finds: true},
		"next day, channel is there": {after: 24 * time.Hour, want: "00:50 sent, 00:50 sent", texts: "pre 00:50 gone, pre 00:50", finds: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := newGym(t)
				g.class(g.place("1", "c"), "daily 01:00")
				g.pass(49 * time.Minute)
				dying := &crash{Ledger: g.store}
				g.discord.fault = func(what string, _ schedule.Occurrence) fault {
					dying.dead.Store(true)
					return fault{lost: tc.lost}
				}
				s, stop := g.sender(dying)
				for !dying.dead.Load() {
					g.work(s, 5*time.Second)
				}
				stop()
				g.discord.fault = func(what string, _ schedule.Occurrence) fault {
					if tc.deaf && what == "find" {
						return fault{err: refusal(schedule.ReasonAccess)}
					}
					return fault{}
				}
				g.pass(tc.after)
				s, stop = g.sender(g.store)
				defer stop()
				g.work(s, 2*time.Minute)
				g.wantStates(tc.want)
				if got := g.discord.texts(); got != tc.texts {
					t.Errorf("got channel %q, want %q", got, tc.texts)
				}
				if finds := slices.ContainsFunc(g.discord.calls, func(c string) bool { return strings.HasPrefix(c, "find") }); finds != tc.finds {
					t.Errorf("got %q, want a search %t", g.discord.calls, tc.finds)
				}
			})
		})
	}
}

// A refusal stops every class of the channel, once, and is told once.
func TestRefusalBreaksTheChannelOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		p := g.place("1", "c")
		for range 3 {
			g.class(p, "daily 01:00 02:00")
		}
		fine := g.class(g.place("1", "d"), "daily 01:00 02:00")
		g.discord.fault = func(what string, o schedule.Occurrence) fault {
			if o.ChannelID == "c" {
				return fault{lost: true, err: refusal(schedule.ReasonPermission)}
			}
			return fault{}
		}
		s, stop := g.sender(g.store)
		defer stop()
		g.work(s, 2*time.Hour)
		g.wantStates("00:50 skipped broken, 00:50 failed permission, 00:50 skipped broken, 00:50 sent, 01:50 skipped broken, 01:50 skipped broken, 01:50 skipped broken, 01:50 sent")
		if got := g.discord.texts(); strings.Count(got, "alert") != 1 || strings.Count(got, "log") != 1 {
			t.Errorf("got %q, want one alert and one line in the log channel", got)
		}
		all, err := g.store.SeriesOf(t.Context(), "1")
		g.check(err)
		for _, series := range all {
			if broken := series.Off(schedule.KindPre) == schedule.ReasonBroken; broken != (series.ID != fine) {
				t.Errorf("class %d: got broken %t", series.ID, broken)
			}
		}
		g.discord.fault = func(string, schedule.Occurrence) fault { return fault{} }
		g.check(g.store.Mend(t.Context(), all[0].ID, schedule.By{At: g.now()}))
		g.work(s, 23*time.Hour)
		if got := g.states("1"); !strings.HasSuffix(got, "00:50 sent, 00:50 sent, 00:50 sent, 00:50 sent") {
			t.Errorf("got %s, want all sent once one is mended", got)
		}
	})
}

// A post that can't be rendered stops its own class, and not those that post in
// the same channel.
func TestAPostThatCantBeRenderedBreaksItsClassOnly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		p := g.place("1", "c")
		bad := g.class(p, "daily 01:00 02:00")
		fine := g.class(p, "daily 01:00 02:00")
		g.discord.fault = func(what string, o schedule.Occurrence) fault {
			if o.ClassID == bad && o.Kind.Post() {
				return fault{lost: true, err: refusal(schedule.ReasonRule)}
			}
			return fault{}
		}
		s, stop := g.sender(g.store)
		defer stop()
		g.work(s, 2*time.Hour)
		g.wantStates("00:50 failed rule, 00:50 sent, 01:50 skipped broken, 01:50 sent")
		if got := g.discord.texts(); strings.Count(got, "alert") != 1 || strings.Count(got, "log") != 1 {
			t.Errorf("got %q, want one alert and one line in the log channel", got)
		}
		all, err := g.store.SeriesOf(t.Context(), "1")
		g.check(err)
		for _, series := range all {
			if broken := series.BrokenWhy == schedule.ReasonRule; broken != (series.ID != fine) {
				t.Errorf("class %d: got broken %t", series.ID, broken)
			}
		}
	})
}

// failing is a ledger that can't be written for a while.
type failing struct {
	delivery.Ledger
	fails atomic.Bool
}

func (f *failing) Finish(ctx context.Context, owner string, ended ...schedule.Occurrence) error {
	if f.fails.Load() {
		return errors.New("disk full")
	}
	return f.Ledger.Finish(ctx, owner, ended...)
}

func (f *failing) Claim(ctx context.Context, now time.Time, owner string, lease time.Duration, limit int) ([]schedule.Occurrence, error) {
	if f.fails.Load() && now.Minute() == 49 {
		return nil, errors.New("disk full")
	}
	return f.Ledger.Claim(ctx, now, owner, lease, limit)
}

func TestLedgerFailsForAWhile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		g.class(g.place("1", "c"), "daily 01:00")
		g.pass(49*time.Minute + 30*time.Second)
		ledger := &failing{Ledger: g.store}
		ledger.fails.Store(true)
		s, stop := g.sender(ledger)
		defer stop()
		g.work(s, 5*time.Minute)
		g.wantStates("00:50 sending")
		ledger.fails.Store(false)
		g.work(s, 5*time.Second)
		g.wantStates("00:50 sent")
		if got := g.discord.texts(); got != "pre 00:50" {
			t.Errorf("got %q, want one post", got)
		}
		if n := strings.Count(g.logged.String(), "the ledger can't be written"); n != 1 {
			t.Errorf("got %d lines, want 1 in\n%s", n, &g.logged)
		}
	})
}

// While the sender is held nothing begins, and what it claimed goes back.
func TestHold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		for i := range 100 {
			g.class(g.place("1", fmt.Sprint("c", i)), "daily 01:00")
		}
		g.pass(51 * time.Minute)
		g.discord.fault = func(string, schedule.Occurrence) fault { return fault{slow: time.Second} }
		s, stop := g.sender(g.store)
		defer stop()
		s.Hold(true)
		g.tick()
		s.Kick()
		g.pass(time.Minute)
		if len(g.discord.calls) != 0 {
			t.Fatalf("got %q while held, want nothing", g.discord.calls)
		}
		s.Hold(false)
		s.Kick()
		g.pass(1500 * time.Millisecond)
		begun := len(g.discord.calls)
		s.Hold(true)
		g.pass(time.Minute)
		if got := len(g.discord.calls); got != begun {
			t.Errorf("got %d calls after the hold, want %d", got, begun)
		}
		if got := g.states("1"); strings.Count(got, "sending") != 0 || strings.Count(got, "late") != begun {
			t.Errorf("got %s, want %d late and nothing claimed", got, begun)
		}
		s.Hold(false)
		s.Kick()
		g.pass(time.Minute)
		if n := strings.Count(g.states("1"), "late"); n != 100 || len(g.discord.calls) != 100 {
			t.Errorf("got %d late after %d calls, want 100", n, len(g.discord.calls))
		}
	})
}

// At the end what has not begun is given back at once, and what has is waited
// for, ten seconds at most.
func TestShutdown(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		slow  time.Duration
		takes time.Duration
		want  map[string]int
	}{
		"soon done": {5 * time.Second, 5 * time.Second, map[string]int{"late": 32, "due": 68}},
		"stuck":     {time.Hour, 10 * time.Second, map[string]int{"due": 100}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := newGym(t)
				for i := range 100 {
					g.class(g.place("1", fmt.Sprint("c", i)), "daily 01:00")
				}
				g.pass(52 * time.Minute)
				g.discord.fault = func(string, schedule.Occurrence) fault { return fault{slow: tc.slow} }
				g.tick()
				_, stop := g.sender(g.store)
				synctest.Wait()
				began := time.Now()
				stop()
				if got := time.Since(began); got != tc.takes {
					t.Errorf("got %v, want %v", got, tc.takes)
				}
				for state, want := range tc.want {
					if got := strings.Count(g.states("1"), state); got != want {
						t.Errorf("got %d %s, want %d in %s", got, state, want, g.states("1"))
					}
				}
			})
		})
	}
}

// 1,000 posts of one server don't hold up another's: it waits for one batch.
func TestFairness(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		channel := g.place("1", "c")
		var crowd []schedule.Series
		for i := range 1000 {
			crowd = append(crowd, g.series(channel, "daily 01:00", func(series *schedule.Series) { series.ChannelID = fmt.Sprint("c", i%500) }))
		}
		g.save(crowd...)
		g.class(g.place("2", "d"), "daily 01:00")
		g.pass(51 * time.Minute)
		g.tick()
		g.discord.fault = func(string, schedule.Occurrence) fault { return fault{slow: 700 * time.Millisecond} }
		s, stop := g.sender(g.store)
		defer stop()
		g.pass(100 * time.Millisecond)
		g.class(g.place("3", "e"), "daily 01:00", func(series *schedule.Series) {
			g.check(g.store.PostNow(t.Context(), schedule.Series{ID: 1001, Place: schedule.Place{GuildID: "3"}, ChannelID: "e"}, schedule.By{At: g.now()}))
		})
		s.Kick()
		g.pass(time.Minute)
		g.pass(time.Minute)
		d := g.discord
		order := func(guild string) int {
			return slices.IndexFunc(d.messages, func(m *message) bool { return m.o.GuildID == guild })
		}
		if got := order("2"); got < 0 || got > 32 {
			t.Errorf("the second server's post is number %d, want it in the first batch", got)
		}
		if got := order("3"); got < 0 || got > 96 {
			t.Errorf("the third server's post is number %d, want one batch to go before it", got)
		}
		if len(d.messages) < 1000 || len(d.crowded) != 0 {
			t.Errorf("got %d messages, two at once in %q, want over 1000, one at a time", len(d.messages), d.crowded)
		}
	})
}

// Old posts go after the new ones are sent, and are tried again.
func TestTidyComesLast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		p := g.place("1", "c")
		g.class(p, "daily 01:00 02:00")
		other := g.place("2", "d")
		g.class(other, "daily 02:00")
		s, stop := g.sender(g.store)
		defer stop()
		g.work(s, 100*time.Minute)
		g.discord.fault = func(what string, _ schedule.Occurrence) fault {
			now := time.Now().UTC().Format("15:04")
			return fault{panic: what == "delete" && now < "01:51", err: map[bool]error{true: timeout()}[what == "delete" && now < "01:53"]}
		}
		g.discord.calls = nil
		g.work(s, 20*time.Minute)
		if got := g.discord.texts(); got != "pre 00:50 gone, pre 01:50, pre 01:50" && got != "pre 00:50 gone, pre 01:50, pre 01:50 late" {
			t.Errorf("got %q, want the old one gone", got)
		}
		calls := g.discord.calls
		if len(calls) < 5 || slices.ContainsFunc(calls[:1], func(c string) bool { return strings.HasPrefix(c, "delete") }) {
			t.Errorf("got %q, want a post, then deletions, tried again", calls)
		}
		if o := g.ledger("1")[0]; !o.Gone {
			t.Errorf("got %+v, want its message noted as gone", o)
		}
		if n := len(calls); n > 8 {
			t.Errorf("got %q, want one try a minute", calls)
		}
		g.discord.fault = func(what string, _ schedule.Occurrence) fault {
			return fault{err: map[bool]error{true: refusal(schedule.ReasonAccess)}[what == "delete"]}
		}
		g.discord.calls = nil
		g.work(s, 24*time.Hour)
		if n := len(slices.DeleteFunc(g.discord.calls, func(c string) bool { return !strings.HasPrefix(c, "delete") })); n == 0 || n > 3 {
			t.Errorf("got %d deletions that are refused, want one each", n)
		}
	})
}

// The sender says when it has nothing left to do.
func TestIdleAndObserve(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		g.class(g.place("1", "c"), "daily 01:00")
		g.pass(50*time.Minute + 25*time.Second)
		g.tick()
		var told []string
		idle := make(chan struct{}, 100)
		s := delivery.NewSender(delivery.SenderOptions{Ledger: g.store, Poster: g.discord, Owner: "a", Now: g.now, Log: g.log(),
			Observe: func(k schedule.Kind, s schedule.State, late time.Duration) {
				told = append(told, fmt.Sprint(k, " ", s, " ", late))
			},
			Idle: func(context.Context) { idle <- struct{}{} }})
		ctx, cancel := context.WithCancel(t.Context())
		go s.Run(ctx)
		<-idle
		cancel()
		synctest.Wait()
		if want := []string{"pre sent 25s"}; !slices.Equal(told, want) {
			t.Errorf("got %q, want %q", told, want)
		}
	})
}
