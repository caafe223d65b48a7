package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"unpinch/bot"
	"unpinch/delivery"
	"unpinch/schedule"
)

// health is the bot's metrics and whether it is ready. Its labels are a
// binding's name and how it went, never who, where or what state.
type health struct {
	registry *prometheus.Registry
	count    *prometheus.CounterVec
	took     *prometheus.HistogramVec
	posts    *prometheus.CounterVec
	late     prometheus.Histogram
	moved    prometheus.Histogram
	backup   prometheus.Gauge          // when the last copy was made
	unbacked prometheus.Counter        // copies that failed
	ready    atomic.Bool               // the commands are in place
	trouble  func() string             // why the bot hears nothing from Discord; "" while it does
	hosted   func() string             // what is wrong with the computer; "" for nothing
	shards   func() []string           // the same of each shard
	refused  func() int                // requests of the last ten minutes that Discord counts as invalid
	hangs    func(ctx context.Context) // asks each part that may hang, whatever it answers
	worked   func()                    // told of all that is done
	discreet discreetPresses
}

// aliveText is what /health/live answers while the program works.
const aliveText = "alive\n"

// aliveMax is how long the parts of a program that works take to answer.
const aliveMax = 10 * time.Second

// alive returns an error when a part of the program does not answer. A part that
// answers with an error lives: a new start would not mend that.
func (h *health) alive(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, aliveMax)
	defer cancel()
	done := make(chan struct{})
	go func() { h.hangs(ctx); close(done) }()
	select {
	case <-done:
	case <-ctx.Done():
	}
	return ctx.Err()
}

func newHealth(now func() time.Time) *health {
	h := &health{registry: prometheus.NewRegistry(), trouble: func() string { return "it starts" }, hosted: func() string { return "" }, shards: func() []string { return nil }, refused: func() int { return 0 },
		hangs: func(context.Context) {}, worked: func() {}, discreet: discreetPresses{now: now},
		count: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "unpinch_interactions_total", Help: "Interactions that ended, by binding and outcome."}, []string{"binding", "outcome"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "unpinch_interaction_seconds", Help: "Time from the event to the answer, by binding.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}}, []string{"binding"}),
		posts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "unpinch_posts_total", Help: "Posts that were due, by kind and what became of them."}, []string{"kind", "state"}),
		late: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "unpinch_post_lateness_seconds", Help: "Time from when a post was due until it was sent.",
			Buckets: []float64{1, 5, 10, 20, 30, 60, 120, 300, 600, 1800}}),
		moved: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "unpinch_card_lateness_seconds", Help: "Time from when the next card of a routine was due until it was shown.",
			Buckets: []float64{.1, .25, .5, 1, 2, 5, 10, 30}}),
		backup: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "unpinch_last_backup_timestamp_seconds", Help: "When the last nightly copy of the database was made; 0 for none."}),
		unbacked: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "unpinch_failed_backups_total", Help: "Nightly copies of the database that failed."}),
	}
	refused := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "unpinch_refused_requests", Help: "Requests of the last ten minutes that Discord refused with 401, 403 or 429. It bans at 10,000; Unpinch slows down at 500."},
		func() float64 { return float64(h.refused()) })
	ready := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "unpinch_ready", Help: "1 while the bot answers people and posts, as /health says; 0 while it does not."}, h.readiness)
	h.registry.MustRegister(h.count, h.took, h.posts, h.late, h.moved, h.backup, h.unbacked, refused, shardsUp{h}, ready, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return h
}

// backedUp notes a nightly copy of the database, or that one failed.
func (h *health) backedUp(at time.Time, ok bool) {
	if !ok {
		h.unbacked.Inc()
		return
	}
	h.backup.Set(float64(at.Unix()))
}

func (h *health) observe(binding, outcome string, took time.Duration) {
	h.worked()
	if binding == bot.DiscreetName {
		h.show(h.discreet.add(discreetPress{outcome, took}))
		return
	}
	h.interaction(binding, outcome, took)
}

// show counts discreet presses that may be seen.
func (h *health) show(presses []discreetPress) {
	for _, p := range presses {
		h.interaction(bot.DiscreetName, p.outcome, p.took)
	}
}

func (h *health) interaction(binding, outcome string, took time.Duration) {
	h.count.WithLabelValues(binding, outcome).Inc()
	h.took.WithLabelValues(binding).Observe(took.Seconds())
}

// observePost counts an occurrence that ended. The dispatcher's own, which were
// never sent, are in the ledger only.
func (h *health) observePost(kind schedule.Kind, state schedule.State, lateness time.Duration) {
	h.worked()
	h.posts.WithLabelValues(string(kind), string(state)).Inc()
	if state == schedule.StateSent || state == schedule.StateLate {
		h.late.Observe(lateness.Seconds())
	}
}

// observeCard notes how late a card of a routine that moves on by itself came.
func (h *health) observeCard(lateness time.Duration) {
	h.worked()
	h.moved.Observe(lateness.Seconds())
}

// host has health tell what is wrong with the computer: a fault, or the clock. The
// database stands in dir.
func (h *health) host(f *faults, b *bot.Bot, clock *delivery.Guard, dir string) {
	h.hosted = func() string {
		if says := f.trouble(); says != "" {
			return says
		}
		if ahead, wrong := clock.Wrong(); wrong {
			way := "ahead of"
			if ahead < 0 {
				way = "behind"
			}
			return fmt.Sprintf("nothing is posted, as the system clock is %v %s Discord's: set the host's clock", ahead.Abs().Round(time.Second), way)
		}
		return ""
	}
	h.registry.MustRegister(f.count,
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "unpinch_clock_ahead_seconds", Help: "How far the system clock is ahead of Discord's; posts wait when it is over 30 seconds off."},
			func() float64 { ahead, _ := b.Skew(); return ahead.Seconds() }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "unpinch_clock_jumps_total", Help: "Times that the system clock was set while the program ran."},
			func() float64 { return float64(clock.Jumps()) }))
	if _, known := freeOn(dir); known {
		h.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "unpinch_disk_free_bytes", Help: "What the disk of the database has left for the program's user."},
			func() float64 { free, _ := freeOn(dir); return float64(free) }))
	}
}

// notReady returns why the bot does not do all that it is for now, or "" when it
// does.
func (h *health) notReady() string {
	if why := h.trouble(); why != "" {
		return why
	}
	if !h.ready.Load() {
		return "the commands are not in place yet"
	}
	return h.hosted()
}

// readiness is notReady as a number.
func (h *health) readiness() float64 {
	if h.notReady() != "" {
		return 0
	}
	return 1
}

// readyText is what /health says while the bot answers people.
func (h *health) readyText() string {
	if n := len(h.shards()); n > 1 {
		return fmt.Sprintf("ready, with %d shards\n", n)
	}
	return "ready\n"
}

// serve answers /metrics on addr until stop is called, and both kinds of
// health: /health says whether the bot answers people and posts, and why not; /health/live
// whether the program runs, which Discord's outages do not change.
func (h *health) serve(addr string, log *slog.Logger) (stop func(), err error) {
	l, err := listen(addr)
	if err != nil {
		return nil, fmt.Errorf("[http] addr: %w", err)
	}
	log.Info("metrics and health", "addr", l.Addr().String())
	mux := http.NewServeMux()
	metrics := promhttp.HandlerFor(h.registry, promhttp.HandlerOpts{})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		h.show(h.discreet.over())
		metrics.ServeHTTP(w, r)
	})
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) {
		if why := h.notReady(); why != "" {
			http.Error(w, "not ready: "+why, http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, h.readyText())
	})
	mux.HandleFunc("GET /health/live", func(w http.ResponseWriter, r *http.Request) {
		if h.alive(r.Context()) != nil {
			http.Error(w, "a part of the program hangs", http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, aliveText)
	})
	return serve(l, mux, log), nil
}

// listen opens addr, or says in one sentence why it can't.
func listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if errors.Is(err, addrInUse) {
		return nil, fmt.Errorf("%s is in use by another program; stop it, or give another address, such as 127.0.0.1:0 for any free port", addr)
	}
	return l, err
}

// serve answers on l until stop is called.
func serve(l net.Listener, h http.Handler, log *slog.Logger) (stop func()) {
	s := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	go func() {
		if err := s.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			log.Error("HTTP server ended", "err", err)
		}
	}()
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), httpGrace)
		defer cancel()
		if s.Shutdown(ctx) != nil {
			s.Close()
		}
	}
}

// ended returns nil for a stream's ordinary end.
func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
