package classfile

import (
	"slices"
	"sync"
	"time"

	"unpinch/bot"
)

const (
	// readMax is how long a file may take to be fetched and read.
	readMax = 15 * time.Second
	// atOnce is how many files are read at once, of a server one.
	atOnce = 4
)

// readers let in one file of a server at a time, and few in all.
type readers struct {
	now func() time.Time

	mu    sync.Mutex
	until map[string]time.Time // when the file of a server is read at the latest, by server
}

func newReaders(now func() time.Time) *readers {
	return &readers{now: now, until: map[string]time.Time{}}
}

// enter lets a server's file in, until leave is called. A file that finds no room
// is refused in words that say when there is some.
func (g *readers) enter(guildID string) (leave func(), err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := g.now()
	if until, reading := g.until[guildID]; reading {
		return nil, &bot.UserError{Key: "class.file.reading", Args: bot.Args{"count": secondsTo(until, now)}}
	}
	if len(g.until) >= atOnce {
		var ends []time.Time
		for _, until := range g.until {
			ends = append(ends, until)
		}
		return nil, &bot.UserError{Key: "class.file.busy", Args: bot.Args{"count": secondsTo(slices.MinFunc(ends, time.Time.Compare), now)}}
	}
	g.until[guildID] = now.Add(readMax)
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		delete(g.until, guildID)
	}, nil
}

// secondsTo counts the seconds to an instant, up. It stays within readMax, even if
// the clock leaps.
func secondsTo(at, now time.Time) int {
	left := min(max(at.Sub(now), time.Second), readMax)
	return int((left + time.Second - 1) / time.Second)
}
