package gateway

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// A Fleet keeps the connections of all shards up. A bot of one has one Gateway,
// and nothing beside it.
type Fleet struct {
	o Options

	mu     sync.Mutex
	shards []*Gateway
}

// NewFleet returns a fleet that is not connected yet: of so many shards as o says,
// or of one, until Discord recommends more.
func NewFleet(o Options) *Fleet {
	f := &Fleet{o: o.filled()}
	f.split(max(1, o.Shards))
	return f
}

// split makes the bot one of so many shards.
func (f *Fleet) split(count int) {
	var shards []*Gateway
	var q *queue
	if count > 1 {
		q = newQueue(f.o)
	}
	for n := range count {
		shards = append(shards, newShard(f.o, Shard{n, count}, q))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shards = shards
}

// all returns the shards that there are now.
func (f *Fleet) all() []*Gateway {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.shards
}

// Run connects all shards, each again whenever it is lost, until ctx ends (nil) or
// Discord refuses for good (*FatalError). Where it recommends more shards than
// there are, all begin anew as so many.
func (f *Fleet) Run(ctx context.Context) error {
	for {
		err := f.once(ctx)
		more, ok := errors.AsType[*outgrown](err)
		if !ok {
			return err
		}
		f.o.Log.InfoContext(ctx, "the bot runs in as many shards as Discord recommends", "shards", more.shards)
		f.split(more.shards)
	}
}

// once runs the shards that there are until ctx ends, or one can't go on.
func (f *Fleet) once(ctx context.Context) error {
	shards := f.all()
	if len(shards) == 1 {
		return shards[0].Run(ctx)
	}
	for _, g := range shards {
		g.restore(ctx)
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var wg sync.WaitGroup
	var mu sync.Mutex
	var first error
	for _, g := range shards {
		wg.Go(func() {
			if err := g.keepConnected(ctx); err != nil {
				mu.Lock()
				if first == nil {
					first = err
				}
				mu.Unlock()
				stop()
			}
		})
	}
	wg.Wait()
	return first
}

// Touch lets the sessions be kept soon.
func (f *Fleet) Touch() {
	for _, g := range f.all() {
		g.Touch()
	}
}

// Keep is Gateway.Keep for all shards.
func (f *Fleet) Keep(ctx context.Context) {
	for _, g := range f.all() {
		g.Keep(ctx)
	}
}

// Troubles returns for each shard what Gateway.Trouble does.
func (f *Fleet) Troubles() []string {
	shards := f.all()
	all := make([]string, len(shards))
	for n, g := range shards {
		all[n] = g.Trouble()
	}
	return all
}

// troublesNamed is how many shards in trouble Trouble names.
const troublesNamed = 3

// Trouble returns why nothing comes from Discord, in some shards at least, or ""
// while all is well.
func (f *Fleet) Trouble() string {
	all := f.Troubles()
	if len(all) == 1 {
		return all[0]
	}
	var said []string
	mute := 0
	for n, why := range all {
		if why == "" {
			continue
		}
		if mute++; mute <= troublesNamed {
			said = append(said, fmt.Sprintf("shard %d: %s", n, why))
		}
	}
	if mute == 0 {
		return ""
	}
	if mute > troublesNamed {
		said = append(said, "…")
	}
	return fmt.Sprintf("nothing comes from %d of %d shards: %s", mute, len(all), strings.Join(said, "; "))
}
