package main

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

const (
	peerWorlds  = 5  // of each bot, at once
	peerPosts   = 20 // due in each world in each minute
	peerMinutes = 3  // all but the first with a kill
)

// kills kills and restarts each bot while it posts, twice in each of its worlds,
// all worlds at once. A minute without a kill comes first: it tells each post's
// own turn.
func (r *race) kills() {
	due := time.Now().UTC().Add(40 * time.Second).Truncate(time.Minute).Add(time.Minute)
	r.progress("kills: the first posts are due at %s", due.Format(time.TimeOnly))
	var stages []*stage
	for _, bot := range r.racers {
		for range peerWorlds {
			s := newStage(r.b, bot, peerPosts)
			s.timetable(due, due.Add(time.Minute), due.Add(2*time.Minute))
			s.ask("/faults", asks{"rules": []asks{{"route": "POST /channels/{channel}/messages", "delay_ms": 100}}}, &struct{}{})
			s.start()
			s.ready()
			stages = append(stages, s)
		}
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	restarts := make([][]time.Time, len(stages))
	for minute := 1; minute < peerMinutes; minute++ {
		var wait sync.WaitGroup
		for i, s := range stages {
			after, more := 1+rnd.Int64N(peerPosts-2), time.Duration(rnd.Int64N(int64(100*time.Millisecond)))
			wait.Go(func() {
				<-time.After(time.Until(due.Add(time.Duration(minute)*time.Minute - time.Second)))
				s.killAfter(after, more)
				s.start()
				restarts[i] = append(restarts[i], time.Now())
			})
		}
		wait.Wait()
		r.progress("each bot killed and started again in %d worlds, %d of %d", peerWorlds, minute, peerMinutes-1)
	}
	r.awaitLast(stages, due)
	r.tellKills(stages, due, restarts)
}

// awaitLast waits a minute after the last posts were due, and longer for what
// has not come.
func (r *race) awaitLast(stages []*stage, due time.Time) {
	end := due.Add(peerMinutes*time.Minute - 2*time.Second)
	<-time.After(time.Until(end))
	for time.Now().Before(end.Add(20 * time.Second)) {
		all := true
		for _, s := range stages {
			all = all && (s.bot.env != nil || len(s.arrived()) >= peerPosts*peerMinutes) // the peers forget what has not come by now
		}
		if all {
			return
		}
		<-time.After(time.Second)
	}
}

func (r *race) tellKills(stages []*stage, due time.Time, restarts [][]time.Time) {
	for _, bot := range r.racers {
		latest, lost, doubled := 0., 0, 0
		for i, s := range stages {
			if s.bot.name == bot.name {
				late, gone, twice := s.afterKills(due, restarts[i])
				latest, lost, doubled = max(latest, late), lost+gone, doubled+twice
				s.close()
			}
		}
		r.note("10 kills: the latest post after one, beyond its turn, s", bot, latest)
		r.note("10 kills: posts lost", bot, float64(lost))
		r.note("10 kills: posts doubled", bot, float64(doubled))
	}
}

// killAfter kills the bot a little after so many posts of this minute have
// arrived, or when none comes any more.
func (s *stage) killAfter(posts int64, more time.Duration) {
	var n atomic.Int64
	enough := make(chan struct{}, 1)
	s.mu.Lock()
	s.arrives = func() {
		if n.Add(1) == posts {
			enough <- struct{}{}
		}
	}
	s.mu.Unlock()
	select {
	case <-enough:
		<-time.After(more)
	case <-time.After(25 * time.Second):
	}
	s.kill()
}

// A turn is one of the posts that a channel gets: by the minute, from the first.
type turn struct {
	channel string
	minute  int
}

// turns gives each post that arrived its turn: that of its minute or, if that
// one has come, of the minute before.
func (s *stage) turns(due time.Time) map[turn][]time.Time {
	out := map[turn][]time.Time{}
	for _, a := range s.arrived() {
		at := turn{a.channel, min(int(a.at.Sub(due)/time.Minute), peerMinutes-1)}
		if before := (turn{a.channel, at.minute - 1}); at.minute > 0 && len(out[at]) > 0 && len(out[before]) == 0 {
			at = before
		}
		out[at] = append(out[at], a.at)
	}
	return out
}

// afterKills tells how many seconds later than the restart, and than its turn,
// the latest post came, and how many never came or came twice.
func (s *stage) afterKills(due time.Time, restarts []time.Time) (latest float64, lost, doubled int) {
	came := s.turns(due)
	for _, g := range s.gyms {
		for minute := range peerMinutes {
			at := came[turn{g.channel, minute}]
			if len(at) == 0 {
				lost++
				continue
			}
			doubled += len(at) - 1
			own := came[turn{g.channel, 0}]
			if minute == 0 || len(own) == 0 || !at[0].After(restarts[minute-1]) {
				continue
			}
			late := min(at[0].Sub(restarts[minute-1]), at[0].Sub(own[0].Add(time.Duration(minute)*time.Minute)))
			latest = max(latest, late.Seconds())
		}
	}
	return latest, lost, doubled
}
