package delivery

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"unpinch/schedule"
)

const (
	// slots is how many messages are on their way at once. A message takes
	// tens of milliseconds, so that is far more than Discord's limit needs, and
	// few enough that a new one waits less than a second behind them.
	slots = 32
	// Lease is how long a claim holds. It outlasts a send.
	Lease = 60 * time.Second
	// sendMax bounds one send, in real time, waits for rate limits included.
	sendMax = 40 * time.Second
	// drainMax is how long messages on their way may take at shutdown.
	drainMax = 10 * time.Second
	// tidyBatch is how many old messages are taken away at once.
	tidyBatch = 8
)

// A Ledger keeps occurrences and who works on them. Writes for a claimed
// occurrence hold only while the claim does.
type Ledger interface {
	// Claim takes at most limit occurrences that may be sent now, in fair order:
	// one a channel, servers in turn. A claim of another owner whose lease has
	// ended is taken over. TriedAt is as it was before.
	Claim(ctx context.Context, now time.Time, owner string, lease time.Duration, limit int) ([]schedule.Occurrence, error)
	// Finish writes how claimed occurrences ended, in one transaction: State,
	// Reason, SentAt and MessageID of each. A message that replaces an older one of
	// its kind in a tidy place marks that one to be taken away.
	Finish(ctx context.Context, owner string, ended ...schedule.Occurrence) error
	// Retry gives a claimed occurrence back: SendAt and TriedAt of o.
	Retry(ctx context.Context, owner string, o schedule.Occurrence) error
	// Release gives claims back as if they had not been made.
	Release(ctx context.Context, owner string, claimed []schedule.Occurrence) error
	// Break ends a claimed post as failed and stops every class that posts in
	// the same channel, or its own class only for schedule.ReasonRule, once: their
	// creators and log channels get an occurrence each, and posts that wait are
	// skipped.
	Break(ctx context.Context, owner string, o schedule.Occurrence, now time.Time) error
	// Untidy returns at most limit messages to be taken away, longest due first.
	Untidy(ctx context.Context, now time.Time, limit int) ([]schedule.Occurrence, error)
	// Tidied notes that the message is away.
	Tidied(ctx context.Context, id int64, at time.Time) error
	// TidyLater notes when to try again.
	TidyLater(ctx context.Context, id int64, at time.Time) error
	// Stale returns at most limit messages that are to be drawn again, longest
	// due first.
	Stale(ctx context.Context, now time.Time, limit int) ([]schedule.Occurrence, error)
	// Redrawn notes that the message shows what o says. If that has changed
	// since, it stays to be drawn again, from next on.
	Redrawn(ctx context.Context, o schedule.Occurrence, next time.Time) error
	// RedrawLater notes when to try again.
	RedrawLater(ctx context.Context, id int64, at time.Time) error
	// Wake returns when there is something to do next; zero for never.
	Wake(ctx context.Context, owner string) (time.Time, error)
}

// A Poster turns occurrences into messages. Its errors are a *Refusal when Discord
// says that the message has no place to go to any more or the message can't be
// rendered, ErrNotSent when it
// certainly was not sent this time, and any other when it may have arrived.
type Poster interface {
	// Post sends the occurrence with its nonce and returns the message's id, ""
	// if it was taken away since an earlier send.
	Post(ctx context.Context, o schedule.Occurrence, late bool) (messageID string, err error)
	// Find looks for the occurrence's message, sent at or after o.TriedAt, and
	// returns its id and when it was sent; "" if it isn't there.
	Find(ctx context.Context, o schedule.Occurrence) (messageID string, at time.Time, err error)
	// Redraw edits the occurrence's message to what it says now. It returns
	// ErrUndrawable when that can't be drawn.
	Redraw(ctx context.Context, o schedule.Occurrence) error
	// Delete takes the occurrence's message away; one that is gone is no error.
	Delete(ctx context.Context, o schedule.Occurrence) error
}

// SenderOptions are what a sender is made of. All but Posted, Observe and Idle
// are needed.
type SenderOptions struct {
	Ledger Ledger
	Poster Poster
	Owner  string // this process, different for every start
	Now    func() time.Time
	Log    *slog.Logger
	// Posted returns when a message was posted, by its id: a second send is
	// answered with the message of the first. Without it that is now.
	Posted func(messageID string) time.Time
	// Observe is told of each occurrence that ended, and how late it was sent.
	Observe func(kind schedule.Kind, state schedule.State, lateness time.Duration)
	// Idle is called whenever there is nothing left to send for now.
	Idle func(context.Context)
}

// A Sender sends what is due: fairly between servers, one at a time in a
// channel, old messages taken away last.
type Sender struct {
	SenderOptions
	undrawn tries[int64] // posts that are drawn again, by occurrence
	redraws counts[int64]
	takings counts[int64] // of old posts that are taken away
	news    *news
	held    atomic.Bool                // nothing is claimed while it is set
	steady  func(context.Context) bool // nor while it says no: the clock was set
	kick    chan struct{}
	endings endings
}

// NewSender returns a sender that Run starts.
func NewSender(o SenderOptions) *Sender {
	if o.Observe == nil {
		o.Observe = func(schedule.Kind, schedule.State, time.Duration) {}
	}
	if o.Posted == nil {
		o.Posted = func(string) time.Time { return time.Time{} }
	}
	if o.Idle == nil {
		o.Idle = func(context.Context) {}
	}
	return &Sender{SenderOptions: o, undrawn: newTries[int64](), redraws: newCounts[int64](), takings: newCounts[int64](),
		news: newNews(), steady: func(context.Context) bool { return true }, kick: make(chan struct{}, 1), endings: endings{whole: make(chan struct{}, 1)}}
}

// Hold stops or allows new claims.
func (s *Sender) Hold(hold bool) { s.held.Store(hold) }

// Kick makes the sender look for work. It never blocks.
func (s *Sender) Kick() {
	select {
	case s.kick <- struct{}{}:
	default: // it is about to look anyway
	}
}

// Run sends until ctx ends. Then it gives back what it has not begun, and
// waits ten seconds at most for what it has.
func (s *Sender) Run(ctx context.Context) {
	work, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	finished := make(chan struct{}, slots)
	running := 0
	start := func(job func(context.Context)) {
		running++
		go func() {
			defer func() { finished <- struct{}{} }()
			job(work)
		}()
	}
	var queue []schedule.Occurrence
	for ctx.Err() == nil {
		held := s.held.Load() || !s.steady(ctx)
		if held { // since they were claimed, perhaps
			s.release(work, queue)
			queue = nil
		} else if len(queue) == 0 && running < slots {
			queue = s.claim(ctx)
		}
		for running < slots && len(queue) > 0 {
			o := queue[0]
			queue = queue[1:]
			s.endings.expect(1)
			start(func(ctx context.Context) {
				defer s.endings.expect(-1)
				s.send(ctx, o)
			})
		}
		if running == 0 && (held || !s.tidy(ctx, start)) {
			s.Idle(ctx)
		}
		select {
		case <-ctx.Done():
		case <-s.kick:
		case <-finished:
			running--
		}
	}
	s.release(work, queue)
	defer time.AfterFunc(drainMax, cut).Stop()
	for ; running > 0; running-- {
		<-finished
	}
}

func (s *Sender) claim(ctx context.Context) []schedule.Occurrence {
	claimed, err := s.Ledger.Claim(ctx, s.Now(), s.Owner, Lease, slots)
	if err != nil && ctx.Err() == nil {
		s.Log.ErrorContext(ctx, "posts can't be claimed, trying again", "err", err)
	}
	return claimed
}

func (s *Sender) release(ctx context.Context, queue []schedule.Occurrence) {
	if len(queue) == 0 {
		return
	}
	if err := s.Ledger.Release(ctx, s.Owner, queue); err != nil {
		s.Log.ErrorContext(ctx, "claims stay until their lease ends", "err", err)
	}
}

// tidy starts to draw messages again and to take old ones away, and reports
// whether there were any.
func (s *Sender) tidy(ctx context.Context, start func(func(context.Context))) bool {
	stale, err := s.Ledger.Stale(ctx, s.Now(), tidyBatch)
	if err != nil && ctx.Err() == nil {
		s.Log.ErrorContext(ctx, "posts to draw again can't be found, trying again", "err", err)
	}
	for _, o := range stale {
		start(func(ctx context.Context) { s.redraw(ctx, o) })
	}
	if len(stale) > 0 {
		return true
	}
	old, err := s.Ledger.Untidy(ctx, s.Now(), tidyBatch)
	if err != nil && ctx.Err() == nil {
		s.Log.ErrorContext(ctx, "old posts can't be found, trying again", "err", err)
	}
	for _, o := range old {
		start(func(ctx context.Context) { s.takeAway(ctx, o) })
	}
	return len(old) > 0
}

func (s *Sender) takeAway(ctx context.Context, o schedule.Occurrence) {
	err := call(ctx, func(ctx context.Context) error { return s.Poster.Delete(ctx, o) })
	if err != nil && !isRefusal(err) {
		if n := s.takings.up(o.ID); n < tidyTries {
			s.tell(ctx, "old post not taken away, trying again", o, err)
			s.write(ctx, func(ctx context.Context) error { return s.Ledger.TidyLater(ctx, o.ID, s.Now().Add(tidyPause(n))) })
			return
		}
	}
	s.takings.end(o.ID)
	if err != nil { // it never will be ours to take away
		s.Log.InfoContext(ctx, "old post stays", "occurrence", o.ID, "err", err)
	}
	s.write(ctx, func(ctx context.Context) error { return s.Ledger.Tidied(ctx, o.ID, s.Now()) })
}

// editEvery is how often a message is edited at most.
const editEvery = 30 * time.Second

func (s *Sender) redraw(ctx context.Context, o schedule.Occurrence) {
	err := call(ctx, func(ctx context.Context) error { return s.Poster.Redraw(ctx, o) })
	s.undrawn.note(o.ID, err)
	if err != nil && !isRefusal(err) && !s.undrawn.over(o.ID) {
		if n := s.redraws.up(o.ID); n < tidyTries {
			s.tell(ctx, "post not drawn again, trying again", o, err)
			s.write(ctx, func(ctx context.Context) error { return s.Ledger.RedrawLater(ctx, o.ID, s.Now().Add(tidyPause(n))) })
			return
		}
	}
	s.redraws.end(o.ID)
	switch {
	case err != nil && o.State == schedule.StateReplaced: // what it says is wrong by now
		s.Log.InfoContext(ctx, "post taken away, as it can't be changed", "occurrence", o.ID, "err", err)
		s.write(ctx, func(ctx context.Context) error { return s.Ledger.TidyLater(ctx, o.ID, s.Now()) })
	case err != nil:
		s.Log.InfoContext(ctx, "post stays as it is", "occurrence", o.ID, "err", err)
	}
	s.write(ctx, func(ctx context.Context) error { return s.Ledger.Redrawn(ctx, o, s.Now().Add(editEvery)) })
}
