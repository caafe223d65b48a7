package gateway

import (
	"context"
	"sync"
	"time"
)

// A queue has several shards log in as Discord wants them to: one IDENTIFY in a
// while for those with the same number modulo max_concurrency, which are a lane.
type queue struct {
	o Options

	asking chan struct{} // holds one while a shard asks, or reads what another was told
	start  Start         // the last answer of GET /gateway/bot, for all shards
	err    error
	at     time.Time

	mu    sync.Mutex
	lanes map[int]*lane
	first time.Time // from when on the first IDENTIFY of each lane may go out
}

// A lane is taken by the shard that is about to log in.
type lane struct {
	taken chan struct{}
	free  time.Time // from when on the next IDENTIFY may go out
}

func newQueue(o Options) *queue {
	return &queue{o: o, asking: make(chan struct{}, 1), lanes: map[int]*lane{}}
}

// askedFor is how long an answer of GET /gateway/bot holds for all shards: Discord
// takes few of these requests.
const askedFor = 5 * time.Second

// ask is Options.Ask, whose answer holds for all that ask within askedFor.
func (q *queue) ask(ctx context.Context) (Start, error) {
	select {
	case q.asking <- struct{}{}:
		defer func() { <-q.asking }()
	case <-ctx.Done():
		return Start{}, ctx.Err()
	}
	if !q.at.IsZero() && q.o.Now().Sub(q.at).Abs() < askedFor {
		return q.start, q.err
	}
	q.start, q.err = q.o.Ask(ctx)
	q.at = q.o.Now()
	return q.start, q.err
}

// forget has the next that asks ask Discord.
func (q *queue) forget() {
	q.asking <- struct{}{}
	q.at = time.Time{}
	<-q.asking
}

// identified notes the last IDENTIFY of an earlier process.
func (q *queue) identified(at time.Time) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if free := at.Add(q.o.Every); free.After(q.first) {
		q.first = free
	}
}

// enter waits for the shard's turn. The lane is its own until it calls leave.
func (q *queue) enter(ctx context.Context, s Shard, start Start) (*lane, error) {
	n := s.ID % max(1, start.Limit.Concurrency)
	q.mu.Lock()
	l := q.lanes[n]
	if l == nil {
		l = &lane{taken: make(chan struct{}, 1), free: q.first}
		q.lanes[n] = l
	}
	q.mu.Unlock()
	select {
	case l.taken <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := sleep(ctx, min(q.o.Every, l.free.Sub(q.o.Now()))); err != nil {
		l.leave()
		return nil, err
	}
	return l, nil
}

// identified notes that an IDENTIFY has gone out.
func (l *lane) identified(now time.Time, every time.Duration) { l.free = now.Add(every) }

// leave lets the next shard log in.
func (l *lane) leave() { <-l.taken }
