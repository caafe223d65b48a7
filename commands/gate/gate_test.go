package gate

import (
	"math/rand/v2"
	"testing"
	"time"

	"golang.org/x/time/rate"
)

// TestTakeIsATokenBucket holds a limit beside the limiter of x/time/rate, which
// starts full: over any times they let the same pass, and the instant that a
// refusal names is the first at which both let one pass.
func TestTakeIsATokenBucket(t *testing.T) {
	random := rand.New(rand.NewPCG(14, 6))
	for _, w := range []What{Drafts, Files, Follows, Exports, Together, Shares, Starts, Forgets} {
		for _, l := range Limits(w) {
			now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
			beside := rate.NewLimiter(rate.Every(l.Every), l.Most)
			var full time.Time
			passed, refused := 0, 0
			for range 5 * l.Most {
				if random.IntN(3) == 0 {
					now = now.Add(time.Duration(random.Int64N(int64(l.Every/time.Second))) * time.Second)
				}
				after, ok := l.take(full, now)
				if ok {
					full = after
					passed++
				} else {
					refused++
					if !after.After(now) {
						t.Fatalf("%s: refused at %v until %v", w, now, after)
					}
					if _, early := l.take(full, after.Add(-time.Second)); early {
						t.Errorf("%s: it works before %v", w, after)
					}
					if _, on := l.take(full, after); !on {
						t.Errorf("%s: it doesn't work at %v", w, after)
					}
				}
				// The limiter counts in floats: a millisecond more gives it what is due.
				if want := beside.AllowN(now.Add(time.Millisecond), 1); want != ok {
					t.Fatalf("%s at %v: got %t, x/time/rate says %t", w, now, ok, want)
				}
			}
			if passed < l.Most || refused == 0 {
				t.Errorf("%s %s: %d passed, %d refused", w, l.Whose, passed, refused)
			}
		}
	}
}

// TestNames: a bucket's name tells whose it is to nobody without the key.
func TestNames(t *testing.T) {
	g := Gate{Key: []byte("a")}
	names := map[string]bool{}
	for _, id := range []string{"42", "43"} {
		for _, w := range []What{Drafts, Files} {
			for _, whose := range []Whose{Person, Server} {
				names[g.name(w, whose, id)] = true
				names[Gate{Key: []byte("b")}.name(w, whose, id)] = true
			}
		}
	}
	if len(names) != 16 {
		t.Errorf("%d names, want 16", len(names))
	}
	if g.name(Drafts, Person, "42") != (Gate{Key: []byte("a")}).name(Drafts, Person, "42") {
		t.Error("a name changes")
	}
}
