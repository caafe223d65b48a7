package main

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

const (
	peerWorlds = 5  // of each bot, at once
	peerPosts  = 20 // due in each world in each minute
)

// kills lets bots be killed twice each while they post, in several worlds at
// once. A minute without a kill comes first: it tells each post's own turn.
func (r *race) kills() {
	due := time.Now().UTC().Add(40 * time.Second).Truncate(time.Minute).Add(time.Minute)
	r.progress("kills from %s on", due.Format(time.TimeOnly))
	stages := map[string][]*stage{}
	for _, bot := range r.racers {
		for range peerWorlds {
			s := newStage(r.b, bot, peerPosts)
			s.timetable(due, due.Add(time.Minute), due.Add(2*time.Minute))
			s.ask("/faults", asks{"rules": []asks{{"route": "POST /channels/{channel}/messages", "delay_ms": 100}}}, &struct{}{})
			s.start()
			s.ready()
			stages[bot.name] = append(stages[bot.name], s)
		}
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	var wait sync.WaitGroup
	restarts := map[*stage][]time.Time{}
	var mu sync.Mutex
	for minute := 1; minute <= 2; minute++ {
		for _, bot := range r.racers {
			for _, s := range stages[bot.name] {
				after, more := 1+rnd.Int64N(peerPosts-2), time.Duration(rnd.Int64N(int64(100*time.Millisecond)))
				wait.Go(func() {
					<-time.After(time.Until(due.Add(time.Duration(minute)*time.Minute - time.Second)))
					s.killAfter(after, more)
					s.start()
					mu.Lock()
					defer mu.Unlock()
					restarts[s] = append(restarts[s], time.Now())
				})
			}
		}
		wait.Wait()
		r.progress("kill %d of each bot in each world", minute)
	}
	<-time.After(time.Until(due.Add(3*time.Minute - 2*time.Second)))
	for _, bot := range r.racers {
		var latest float64
		lost, doubled := 0, 0
		for _, s := range stages[bot.name] {
			l, gone, twice := s.afterKills(due, restarts[s])
			latest, lost, doubled = max(latest, l), lost+gone, doubled+twice
			s.close()
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

// afterKills tells how many seconds later than the restart, and than its turn,
// the latest post came, and how many never came or came twice.
func (s *stage) afterKills(due time.Time, restarts []time.Time) (latest float64, lost, doubled int) {
	type turn struct {
		channel string
		minute  int
	}
	first, count := map[turn]time.Time{}, map[turn]int{}
	for _, a := range s.arrived() {
		at := turn{a.channel, int(a.at.Sub(due) / time.Minute)}
		if first[at].IsZero() {
			first[at] = a.at
		}
		count[at]++
	}
	for minute := range 3 {
		for _, g := range s.gyms {
			at := turn{g.channel, minute}
			switch n := count[at]; {
			case n == 0:
				lost++
				continue
			default:
				doubled += n - 1
			}
			if minute == 0 {
				continue
			}
			own := first[turn{g.channel, 0}].Add(time.Duration(minute) * time.Minute)
			if again := restarts[minute-1]; first[at].After(again) {
				if own.Before(again) {
					own = again
				}
				latest = max(latest, first[at].Sub(own).Seconds())
			}
		}
	}
	return latest, lost, doubled
}
