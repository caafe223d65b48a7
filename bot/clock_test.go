package bot

import (
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"
)

func TestSkew(t *testing.T) {
	date := func(t time.Time) string { return t.UTC().Format(http.TimeFormat) }
	for _, tc := range []struct {
		name  string
		ahead time.Duration // of ours
		took  time.Duration
		date  string // "" for the true one
		known bool
	}{
		{"right", 0, 0, "", true},
		{"two minutes ahead", 2 * time.Minute, 300 * time.Millisecond, "", true},
		{"an hour behind", -time.Hour, 2 * time.Second, "", true},
		{"too slow an answer", time.Hour, 6 * time.Second, "", false},
		{"no date", time.Hour, 0, "none", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := &discord{answer: func(_ int, r *http.Request) *http.Response {
					sleep(t.Context(), tc.took/2)
					h := map[string]string{"Date": tc.date}
					if tc.date == "" {
						h["Date"] = date(time.Now())
					}
					sleep(t.Context(), tc.took/2)
					return respond(500, h, "") // a fault tells the time too
				}}
				rest, tr := overStub(t, d, silent())
				tr.limits.now = func() time.Time { return time.Now().Add(tc.ahead) }
				b := &Bot{rest: rest, way: tr}
				if _, known := b.Skew(); known {
					t.Error("known before any answer")
				}
				if b.Probe(t.Context()) == nil {
					t.Error("no error of a 500")
				}
				got, known := b.Skew()
				if off := (got - tc.ahead).Abs(); known != tc.known || known && off > 500*time.Millisecond+tc.took/2 {
					t.Errorf("ahead %v, known %v; want %v, %v", got, known, tc.ahead, tc.known)
				}
			})
		})
	}
}

func TestAnAnswerWithoutDateLeavesTheSkew(t *testing.T) {
	var c discordClock
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	c.note("Mon, 23 Nov 2026 08:59:00 GMT", at, at)
	for _, odd := range []string{"", "yesterday"} {
		c.note(odd, at.Add(time.Hour), at.Add(time.Hour))
	}
	if got := *c.ahead.Load(); got != 59500*time.Millisecond {
		t.Errorf("ahead %v, want 59.5 s", got)
	}
}

func TestAgeOfAnInteraction(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	id := strconv.FormatInt((at.UnixMilli()-1420070400000)<<22|5, 10)
	var c discordClock
	if got := c.age(id, at.Add(2*time.Second)); got != 2*time.Second {
		t.Errorf("by our own clock it is %v old, want 2 s", got)
	}
	ours := at.Add(time.Hour) // an hour ahead of Discord's
	c.note(at.Format(http.TimeFormat), ours, ours)
	if got := c.age(id, ours.Add(4*time.Second)); (got - 4*time.Second).Abs() > time.Second {
		t.Errorf("by Discord's clock it is %v old, want about 4 s", got)
	}
	if got := c.age("x", ours); got != 0 {
		t.Errorf("what has no id is %v old", got)
	}
}

func TestProbeAsksThePlayground(t *testing.T) {
	t.Parallel()
	p := standing(t)
	if err := p.bot.Probe(t.Context()); err != nil {
		t.Fatal(err)
	}
	// The playground's HTTP runs on this machine's clock.
	if ahead, known := p.bot.Skew(); !known || ahead.Abs() > 3*time.Second {
		t.Errorf("ahead %v, known %v", ahead, known)
	}
}
