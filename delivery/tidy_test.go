package delivery_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

// killed is the ledger of a program that dies: what became of a deletion is lost.
type killed struct {
	delivery.Ledger
	dead atomic.Bool
}

func (k *killed) Tidied(ctx context.Context, id int64, at time.Time) error {
	if k.dead.Load() {
		return nil
	}
	return k.Ledger.Tidied(ctx, id, at)
}

func (k *killed) TidyLater(ctx context.Context, id int64, at time.Time) error {
	if k.dead.Load() {
		return nil
	}
	return k.Ledger.TidyLater(ctx, id, at)
}

// TestTidyPerStart: each class of a channel keeps the posts of its own last start.
// A post goes once the next one of its class was sent, whatever happens to the
// deletion or to the program.
func TestTidyPerStart(t *testing.T) {
	t.Parallel()
	coolDown := func(s *schedule.Series) { s.CoolDown = true }
	late := func(s *schedule.Series) { s.Lead = time.Hour }
	for name, tc := range map[string]struct {
		rules  map[string]func(*schedule.Series)
		now    string // when a post of the class at 18:00 is asked for
		fault  func(string, schedule.Occurrence) fault
		killed bool // the program dies at the first deletion
		untidy bool
		until  time.Duration
		want   string
	}{
		"two classes at one time": {rules: map[string]func(*schedule.Series){"daily 18:00": nil, "daily 18:00 until 2000-06-01": nil}, until: 20 * time.Hour,
			want: "pre 17:50, pre 17:50"},
		"two classes at one time, a day on": {rules: map[string]func(*schedule.Series){"daily 18:00": coolDown, "daily 18:00 until 2000-06-01": coolDown}, until: 42*time.Hour + 30*time.Minute,
			want: "pre 17:50 gone, pre 17:50 gone, cool_down 19:00, cool_down 19:00, pre 17:50, pre 17:50"},
		"one after the other": {rules: map[string]func(*schedule.Series){"daily 17:00": nil, "daily 18:00": nil}, until: 20 * time.Hour,
			want: "pre 16:50, pre 17:50"},
		"a class that is over": {rules: map[string]func(*schedule.Series){"2000-01-01 09:00": nil, "daily 18:00": nil}, until: 42 * time.Hour,
			want: "pre 08:50 gone, pre 17:50 gone, pre 17:50"},
		"a start that is still to come keeps its post": {rules: map[string]func(*schedule.Series){"daily 18:00 18:30": late}, until: 17*time.Hour + 59*time.Minute,
			want: "pre 17:00, pre 17:30"},
		"until it begins": {rules: map[string]func(*schedule.Series){"daily 18:00 18:30": late}, until: 18*time.Hour + time.Minute,
			want: "pre 17:00 gone, pre 17:30"},
		"asked for, then due": {rules: map[string]func(*schedule.Series){"daily 18:00": nil}, now: "12:00", until: 20 * time.Hour,
			want: "now 12:00 gone, pre 17:50"},
		"due, then asked for": {rules: map[string]func(*schedule.Series){"daily 18:00": nil}, now: "18:20", until: 20 * time.Hour,
			want: "pre 17:50 gone, now 18:20"},
		"the deletion fails": {rules: map[string]func(*schedule.Series){"daily 17:00 18:00": nil}, fault: within("17:50", "18:05", "delete", fault{err: serverError()}), until: 20 * time.Hour,
			want: "pre 16:50 gone, pre 17:50"},
		"the post fails": {rules: map[string]func(*schedule.Series){"daily 17:00 18:00": nil}, fault: within("17:50", "23:00", "post", fault{lost: true, err: serverError()}), until: 20 * time.Hour,
			want: "pre 16:50"},
		"killed between the two": {rules: map[string]func(*schedule.Series){"daily 17:00 18:00": nil}, killed: true, until: 20 * time.Hour,
			want: "pre 16:50 gone, pre 17:50"},
		"switched off": {rules: map[string]func(*schedule.Series){"daily 17:00 18:00": nil}, untidy: true, until: 20 * time.Hour,
			want: "pre 16:50, pre 17:50"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := newGym(t)
				g.tidied(tc.rules, tc.untidy)
				if tc.fault != nil {
					g.discord.fault = tc.fault
				}
				dying := &killed{Ledger: g.store}
				if tc.killed {
					g.discord.fault = func(what string, _ schedule.Occurrence) fault {
						if what != "delete" {
							return fault{}
						}
						dying.dead.Store(true)
						return fault{slow: time.Hour}
					}
				}
				s, stop := g.sender(dying)
				if tc.now != "" {
					at := g.clock(tc.now)
					g.work(s, at.Sub(g.now()))
					all, err := g.store.SeriesOf(g.Context(), "1")
					g.check(err)
					g.check(g.store.PostNow(g.Context(), all[0], schedule.By{At: g.now()}))
				}
				if tc.killed {
					for !dying.dead.Load() {
						g.work(s, time.Minute)
					}
					stop()
					g.discord.fault = func(string, schedule.Occurrence) fault { return fault{} }
					s, stop = g.sender(g.store)
				}
				defer stop()
				g.work(s, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Add(tc.until).Sub(g.now()))
				if got := g.discord.texts(); got != tc.want {
					t.Errorf("the channel shows %q, want %q\nasked: %q", got, tc.want, g.discord.called())
				}
				g.sentFirst()
			})
		})
	}
}

// tidied saves a class for each rule, all in one channel.
func (g *gym) tidied(rules map[string]func(*schedule.Series), untidy bool) {
	g.Helper()
	p := g.place("1", "c")
	if untidy {
		p.Tidy = false
		_, err := g.store.SavePlace(g.Context(), p, schedule.By{At: g.now()})
		g.check(err)
	}
	for rule, change := range rules {
		if change == nil {
			change = func(*schedule.Series) {}
		}
		g.class(p, rule, change)
	}
}

// clock is the next instant at which the clock shows that.
func (g *gym) clock(at string) time.Time {
	g.Helper()
	of, err := time.Parse("15:04", at)
	g.check(err)
	y, m, d := g.now().Date()
	return time.Date(y, m, d, of.Hour(), of.Minute(), 0, 0, time.UTC)
}

// sentFirst checks that nothing was taken away before something was sent after it.
func (g *gym) sentFirst() {
	g.Helper()
	posts := 0
	for _, c := range g.discord.called() {
		switch {
		case strings.HasPrefix(c, "post "):
			posts++
		case strings.HasPrefix(c, "delete ") && posts < 2:
			g.Errorf("%q came before a second post", c)
		}
	}
}
