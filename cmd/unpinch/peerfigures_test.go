package main

import (
	"math/rand/v2"
	"strings"
	"sync"
	"time"

	"unpinch/content"
)

const (
	peerGuilds = 10   // servers of a small bot, beside the playground's own
	peerRate   = 200  // requests a second
	peerCount  = 900  // requests of a kind: a playground keeps the last 1,000 messages to press on
	unanswered = 3000 // ms: Discord waits no longer
)

// starts measures three starts with an empty database; it notes their middle.
func (r *race) starts() {
	for _, bot := range r.racers {
		var first, cpu, memory []float64
		for range 3 {
			s := newStage(r.b, bot, peerGuilds)
			s.start()
			first = append(first, s.ready())
			s.settle()
			cpu, memory = append(cpu, s.cpu()), append(memory, s.memory())
			s.close()
		}
		r.note("cold start to the first answer, s", bot, percentile(first, 50))
		r.note("CPU of a start, s", bot, percentile(cpu, 50))
		r.note("memory, 10 servers, once connected, MB", bot, percentile(memory, 50))
	}
}

// memory measures a bot in about as many servers as one connection may have.
func (r *race) memory() {
	for _, bot := range r.racers {
		s := newStage(r.b, bot, 2400)
		s.start()
		s.ready()
		s.settle()
		r.note("memory, 2,400 servers, once connected, MB", bot, s.memory())
		s.close()
	}
}

// commands measures a command and a button.
func (r *race) commands() {
	for _, bot := range r.racers {
		s := newStage(r.b, bot, peerGuilds)
		s.start()
		s.ready()
		s.settle()
		var mu sync.Mutex
		var cards []string
		r.load(s, "command", func(int) (float64, bool) {
			card, took, answered := s.pinched()
			mu.Lock()
			defer mu.Unlock()
			cards = append(cards, card)
			return took, answered
		})
		r.load(s, "button", func(i int) (float64, bool) {
			_, took, answered := s.play("/click", asks{"as": "mia", "message": cards[i], "label": "One of these, or not sure"})
			return took, answered
		})
		r.note("memory, 10 servers, after these, MB", bot, s.memory())
		s.close()
	}
}

// completions measures what is offered while somebody types a name.
func (r *race) completions() {
	lib, err := content.Load()
	if err != nil {
		r.b.Fatal(err)
	}
	var names []string
	for _, e := range lib.Lifts("en").All() {
		names = append(names, e.Name)
	}
	for _, bot := range r.racers {
		s := newStage(r.b, bot, peerGuilds)
		s.start()
		s.ready()
		s.settle()
		typed := typings(names, peerCount)
		r.load(s, "autocomplete", func(i int) (float64, bool) {
			_, took, answered := s.play("/autocomplete", asks{"as": "mia", "channel": "general", "name": "modify",
				"options": asks{"exercise": typed[i]}, "focused": "exercise"})
			return took, answered
		})
		s.close()
	}
}

// typings are beginnings of names as people type them, every second one with a
// slip; always the same.
func typings(names []string, n int) []string {
	rnd := rand.New(rand.NewPCG(1, 2))
	var all []string
	for i := range n {
		name := strings.ToLower(names[rnd.IntN(len(names))])
		letters := []byte(name[:min(len(name), 3+rnd.IntN(12))])
		at := 1 + rnd.IntN(len(letters)-1)
		switch i % 6 {
		case 1:
			letters[at], letters[at-1] = letters[at-1], letters[at]
		case 3:
			letters = append(letters[:at], letters[at+1:]...)
		case 5:
			letters[at] = 'a' + byte(rnd.IntN(26))
		}
		all = append(all, string(letters))
	}
	return all
}

// load does a thing peerCount times, peerRate times a second whatever the
// answers take, and notes what it cost.
func (r *race) load(s *stage, what string, do func(i int) (took float64, answered bool)) {
	used, began := s.cpu(), time.Now()
	all := make([]float64, peerCount)
	var wait sync.WaitGroup
	for i := range peerCount {
		<-time.After(time.Until(began.Add(time.Duration(i) * time.Second / peerRate)))
		wait.Go(func() {
			took, answered := do(i)
			if !answered {
				took = unanswered
			}
			all[i] = took
		})
	}
	wait.Wait()
	s.settle()
	cpu := s.cpu() - used
	missing := float64(0)
	for _, took := range all {
		if took == unanswered {
			missing++
		}
	}
	r.note(what+" at 200/s, not answered", s.bot, missing)
	if missing > 0 && s.bot.name == "unpinch" {
		r.b.Errorf("%s: %.0f of %d are not answered", what, missing, peerCount)
	}
	r.note(what+" at 200/s, p50, ms", s.bot, percentile(all, 50))
	r.note(what+" at 200/s, p99, ms", s.bot, percentile(all, 99))
	r.note(what+", CPU ms", s.bot, cpu*1000/peerCount)
}

// posts measures a minute with 1,000 posts.
func (r *race) posts() {
	const count = 1000
	for _, bot := range r.racers {
		s := newStage(r.b, bot, count)
		due := time.Now().UTC().Add(25 * time.Second).Truncate(time.Minute).Add(time.Minute)
		r.progress("%s: %d posts are due at %s", bot.name, count, due.Format(time.TimeOnly))
		s.timetable(due)
		s.start()
		s.ready()
		s.settle()
		<-time.After(time.Until(due.Add(-time.Second)))
		used := s.cpu()
		var asked []float64
		for last := 0; last < count && time.Now().Before(due.Add(50*time.Second)); last = len(s.arrived()) {
			for range 10 {
				<-time.After(100 * time.Millisecond)
				if _, took, answered := s.pinched(); answered {
					asked = append(asked, took)
				} else {
					asked = append(asked, unanswered)
				}
			}
		}
		s.settle()
		posts := s.arrived()
		r.note("1,000 posts in a minute, CPU ms a post", bot, (s.cpu()-used)*1000/float64(max(1, len(posts))))
		r.note("a command meanwhile, p99, ms", bot, percentile(asked, 99))
		channels := map[string]int{}
		for _, p := range posts {
			channels[p.channel]++
		}
		r.note("posts lost", bot, float64(count-len(channels)))
		r.note("posts doubled", bot, float64(len(posts)-len(channels)))
		s.close()
	}
}

// idle measures a minute in which nothing is to do, of all bots at once.
func (r *race) idle() {
	type idler struct {
		row string
		*stage
	}
	var all []idler
	for _, bot := range r.racers {
		all = append(all, idler{"idle, CPU s a minute", newStage(r.b, bot, peerGuilds)})
		if bot.env == nil {
			r.progress("make 1,000,000 schedules")
			s := newStage(r.b, bot, peerGuilds)
			s.million()
			all = append(all, idler{"idle with 1,000,000 schedules, CPU s a minute", s})
		}
	}
	for _, s := range all {
		s.start()
		s.ready()
	}
	used := make([]float64, len(all))
	for i, s := range all {
		s.settle()
		used[i] = s.cpu()
	}
	<-time.After(time.Minute)
	for i, s := range all {
		r.note(s.row, s.bot, s.cpu()-used[i])
		s.close()
	}
}
