package main

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"unpinch/store"
)

const (
	// faultEvery is how often the log says that a fault lasts.
	faultEvery = time.Hour
	// faultAgain is how long after it was said last a fault that comes back is
	// said anew; one that comes and goes fills no log.
	faultAgain = time.Minute
	// faultTry is how soon it is first tried whether a fault has ended. The wait
	// doubles from there to faultTryMax.
	faultTry    = 250 * time.Millisecond
	faultTryMax = 5 * time.Second
	// slowAfter is how long the disk may take for a write.
	slowAfter = 2 * time.Second
)

// faults are what the computer does to the program: a full disk, a locked
// database and the like, which everything that the program does runs into. Each
// kind is said once, again every hour, and when it has ended.
type faults struct {
	now   func() time.Time
	log   slog.Handler
	count *prometheus.CounterVec

	watching atomic.Bool // the program is up: before, a write may take long

	mu   sync.Mutex
	all  map[string]*fault
	kick chan struct{} // there is one to try
}

// filesEnough are more than the program ever opens.
const filesEnough = 1024

// connsWithin returns how many connections to Discord leave room for all other
// files under a limit; zero for any number.
func connsWithin(limit uint64, known bool) int {
	if !known || limit >= filesEnough {
		return 0
	}
	return max(1, int(limit/4))
}

// A fault is one kind of them.
type fault struct {
	store.Trouble
	open  bool
	since time.Time // that it is open
	said  time.Time // last
	told  bool      // the log has it since then
	times int       // that something ran into it since then
	left  int       // of these, since it was said
}

func newFaults(log slog.Handler, now func() time.Time) *faults {
	return &faults{now: now, log: log, all: map[string]*fault{}, kick: make(chan struct{}, 1),
		count: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "unpinch_faults_total", Help: "Times that the program ran into a fault of its computer, by kind."}, []string{"kind"})}
}

// logger returns a logger in which what the faults do to everything is one line.
func (f *faults) logger() *slog.Logger { return slog.New(faultHandler{f.log, f}) }

// A faultHandler passes on what is logged, but for what a fault does.
type faultHandler struct {
	slog.Handler
	faults *faults
}

// Handle passes on a record, unless it is of a fault that was said already.
func (h faultHandler) Handle(ctx context.Context, r slog.Record) error {
	t, ok := faultIn(r)
	if !ok {
		return h.Handler.Handle(ctx, r)
	}
	left, say := h.faults.met(t)
	if !say {
		return nil
	}
	one := slog.NewRecord(r.Time, slog.LevelError, t.Says, r.PC)
	one.AddAttrs(slog.String("at", r.Message), slog.Int("left_out", left))
	r.Attrs(func(a slog.Attr) bool {
		one.AddAttrs(a)
		return true
	})
	return h.Handler.Handle(ctx, one)
}

// WithAttrs returns the handler with attributes.
func (h faultHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return faultHandler{h.Handler.WithAttrs(attrs), h.faults}
}

// WithGroup returns the handler within a group.
func (h faultHandler) WithGroup(name string) slog.Handler {
	return faultHandler{h.Handler.WithGroup(name), h.faults}
}

// faultIn returns the fault that a record tells of.
func faultIn(r slog.Record) (t store.Trouble, ok bool) {
	r.Attrs(func(a slog.Attr) bool {
		if err, is := a.Value.Any().(error); is {
			t, ok = faultOf(err)
		}
		return !ok
	})
	if !ok && strings.Contains(r.Message, syscall.EMFILE.Error()) { // as net/http says it
		return tooManyFiles(), true
	}
	return t, ok
}

// faultOf returns the fault behind an error of a program that is up.
func faultOf(err error) (store.Trouble, bool) {
	if errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) {
		return tooManyFiles(), true
	}
	t, ok := store.TroubleOf(err)
	if ok && !t.Lasts {
		t.Says += goesOn
	}
	return t, ok
}

// goesOn is said of each fault that can end while the program is up.
const goesOn = "; then the bot goes on by itself"

func tooManyFiles() store.Trouble {
	return store.Trouble{Kind: "files", Says: "the program may not open more files: raise its limit, in systemd LimitNOFILE=1024, in a shell ulimit -n 1024, and start it anew"}
}

func tooSlow() store.Trouble {
	return store.Trouble{Kind: "slow", Says: "the disk of the database is slow, a write takes seconds: check the disk, and what else writes to it" + goesOn}
}

// met notes that something ran into a fault. It reports whether that is to be
// said, and how often it was not.
func (f *faults) met(t store.Trouble) (left int, say bool) {
	f.count.WithLabelValues(t.Kind).Inc()
	f.mu.Lock()
	defer f.mu.Unlock()
	one := f.all[t.Kind]
	if one == nil {
		one = &fault{Trouble: t}
		f.all[t.Kind] = one
	}
	now := f.now()
	if !one.open {
		one.open, one.since, one.told, one.times = true, now, false, 0
		select {
		case f.kick <- struct{}{}:
		default: // it is about to be tried
		}
	}
	one.times++
	wait := faultEvery
	if !one.told {
		wait = faultAgain
	}
	if passed := now.Sub(one.said); !one.said.IsZero() && passed < wait && passed >= 0 {
		one.left++
		return 0, false
	}
	left = one.left
	one.said, one.told, one.left = now, true, 0
	return left, true
}

// trouble returns what is wrong now, or "".
func (f *faults) trouble() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var first *fault
	for _, one := range f.all {
		if one.open && (first == nil || one.since.Before(first.since) || one.since.Equal(first.since) && one.Kind < first.Kind) {
			first = one
		}
	}
	if first == nil {
		return ""
	}
	return first.Says
}

// hit reports whether what a handler ended with is of a fault: also one that
// waited for the database until its time was over.
func (f *faults) hit(err error) bool {
	_, ok := faultOf(err)
	return ok || errors.Is(err, context.DeadlineExceeded) && f.trouble() != ""
}

// write notes the beginning of a write, which waits for disk if that is not nil;
// what it returns notes its end.
func (f *faults) write(disk func()) (done func()) {
	if !f.watching.Load() {
		return func() {}
	}
	t := time.AfterFunc(slowAfter, func() {
		if left, say := f.met(tooSlow()); say {
			slog.New(f.log).Error(tooSlow().Says, "at", "a write", "left_out", left)
		}
	})
	if disk != nil {
		disk()
	}
	return func() { t.Stop() }
}

// attend tries whether the faults that are open have ended, until ctx ends.
func (f *faults) attend(ctx context.Context, works func(context.Context) error) {
	f.watching.Store(true)
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			return
		case <-f.kick:
		}
		for wait := faultTry; f.ends(); wait = min(2*wait, faultTryMax) {
			select {
			case <-ctx.Done():
				return
			case <-time.After(wait):
			}
			began := f.now()
			if err := works(ctx); err == nil {
				f.over(f.now().Sub(began))
			}
		}
	}
}

// ends reports whether a fault is open that may end by itself.
func (f *faults) ends() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, one := range f.all {
		if one.open && !one.Lasts {
			return true
		}
	}
	return false
}

// over notes that the database works, and took so long for a write.
func (f *faults) over(took time.Duration) {
	f.mu.Lock()
	var ended []fault
	for _, one := range f.all {
		if one.open && !one.Lasts && (one.Kind != tooSlow().Kind || took < slowAfter) {
			one.open = false
			if one.told {
				ended = append(ended, *one)
			}
		}
	}
	f.mu.Unlock()
	for _, one := range ended {
		slog.New(f.log).Info("a fault has ended, the bot goes on", "fault", one.Says, "lasted", f.now().Sub(one.since).Round(time.Second), "times", one.times)
	}
}
