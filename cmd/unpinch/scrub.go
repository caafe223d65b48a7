package main

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"unpinch/store"
)

const (
	// scrubEvery leaves room in the minute within which what was forgotten is
	// overwritten.
	scrubEvery = 15 * time.Second
	// lastScrub is how long a stop waits for what was asked for since.
	lastScrub = 5 * time.Second
)

// keepScrubbed overwrites what was deleted in the database's files, until the
// returned function is called, which does so once more.
func keepScrubbed(ctx context.Context, db *store.Store, log *slog.Logger) (stop func()) {
	done := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(scrubEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				scrub(ctx, db, log)
			case <-done:
				last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastScrub)
				defer cancel()
				scrub(last, db, log)
				return
			}
		}
	})
	return func() { close(done); wg.Wait() }
}

func scrub(ctx context.Context, db *store.Store, log *slog.Logger) {
	switch err := db.Scrub(ctx); {
	case err == nil, ctx.Err() != nil:
	case errors.Is(err, store.ErrInUse):
		log.InfoContext(ctx, "what was deleted is overwritten once its last reader has ended", "err", err)
	default:
		log.WarnContext(ctx, "what was deleted is not overwritten yet, trying again", "err", err)
	}
}
