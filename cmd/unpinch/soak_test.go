package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"unpinch/commands/card"
	"unpinch/schedule"
	"unpinch/store"
)

var soakLasts = flag.Duration("soak", 10*time.Minute, "how long BenchmarkSoak lasts, in whole minutes")

const (
	soakClasses = 5 // that start in a minute at Iron Garden, whose followers get a DM of each
	soakOthers  = 2 // likewise, in each other server
	soakChannel = "announcements"
)

// BenchmarkSoak uses the program 200 times a second for ten minutes: cards and
// presses, presses that write, routines that move on by themselves, posts each
// minute and DMs. It prints what of the machine the program has after each minute,
// and fails where that grows from the middle to the end.
func BenchmarkSoak(b *testing.B) {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		b.Skipf("a process's figures are read from /proc: %v", err)
	}
	for range b.N {
		s := newSoak(b)
		s.fill()
		s.start()
		s.ready()
		s.settle()
		s.run(int(*soakLasts / time.Minute))
		s.print()
		s.judge()
	}
}

// A soak is a stage on which everything happens at once.
type soak struct {
	*stage
	garden garden
	cards  chan string // of /pinched, to press on

	mu     sync.Mutex
	failed map[string]int // by what was done
	took   []float64      // of the minute
	kept   [][]float64
}

func newSoak(b *testing.B) *soak {
	b.Helper()
	binary := filepath.Join(b.TempDir(), "unpinch")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	b.Setenv(envPrefix+"HTTP_ADDR", "127.0.0.1:0")
	s := newStage(b, racer{name: "unpinch", binary: binary}, peerGuilds)
	return &soak{stage: s, garden: garden{b, s.base}, cards: make(chan string, 100), failed: map[string]int{}}
}

// fill writes a timetable with classes in each minute to come, and its followers.
func (s *soak) fill() {
	s.b.Helper()
	db, err := store.Open(s.b.Context(), s.db(), store.Options{NoCaps: true})
	if err != nil {
		s.b.Fatal(err)
	}
	defer db.Close()
	home := floodGuild{s.garden.id("guilds", "iron-garden"), s.garden.id("channels", soakChannel)}
	place, class := s.addClasses(db, home, soakClasses)
	for _, g := range s.gyms {
		s.addClasses(db, g, soakOthers)
	}
	now := time.Now()
	for _, who := range []string{"olga", "carl", "mia"} {
		id := s.garden.id("users", who)
		if err := db.Agree(s.b.Context(), id, card.ConsentVersion, "en", now); err != nil {
			s.b.Fatal(err)
		}
		if err := db.Follow(s.b.Context(), schedule.Follow{UserID: id, Place: place, Days: schedule.EveryDay}, class, now); err != nil {
			s.b.Fatal(err)
		}
	}
}

// addClasses gives a server a place with so many classes in each minute, whose posts
// are due ten minutes before.
func (s *soak) addClasses(db *store.Store, g floodGuild, count int) (schedule.Place, schedule.Series) {
	s.b.Helper()
	const lead = 10 * time.Minute
	ctx, now := s.b.Context(), time.Now().UTC()
	p := schedule.Place{GuildID: g.id, Name: "Gym", Zone: "Etc/UTC", ChannelID: g.channel, CreatedAt: now}
	var err error
	if p.ID, err = db.SavePlace(ctx, p, schedule.By{At: now}); err != nil {
		s.b.Fatal(err)
	}
	var last schedule.Series
	for minute := range int(*soakLasts/time.Minute) + 1 {
		rule, err := schedule.Parse(now.Add(lead + time.Duration(minute+1)*time.Minute).Format("daily 15:04"))
		if err != nil {
			s.b.Fatal(err)
		}
		for range count {
			last = schedule.Series{Place: p, Title: "Barbell", Rule: rule, Length: time.Hour, ChannelID: g.channel, Lead: lead, CreatedAt: now, DraftUntil: now.Add(time.Hour)}
			if last.ID, err = db.AddDrafts(ctx, 0, []schedule.Series{last}); err == nil {
				_, err = db.SaveDrafts(ctx, last.ID, schedule.By{At: now})
			}
			if err != nil {
				s.b.Fatal(err)
			}
		}
	}
	return p, last
}

// run uses the program peerRate times a second, whatever the answers take.
func (s *soak) run(minutes int) {
	var wait sync.WaitGroup
	defer wait.Wait()
	began, used := time.Now(), s.cpu()
	for minute := range minutes {
		for i := range peerRate * 60 {
			n := minute*peerRate*60 + i
			<-time.After(time.Until(began.Add(time.Duration(n) * time.Second / peerRate)))
			wait.Go(func() { s.once(n) })
		}
		cpu := s.cpu()
		s.keep(minute+1, (cpu-used)/60*100)
		used = cpu
	}
}

// once does one thing. In 200 of them, a second, are 100 cards of /pinched, 60
// presses on them, 30 swaps, 8 counted days, a Done on a post, and every other time
// a routine that begins anew.
func (s *soak) once(n int) {
	var took float64
	var what string
	answered := true
	switch i := n % 200; {
	case i == 0:
		what = "a routine"
		who := []string{"olga", "carl", "mia", "noah"}[n/200/2%4]
		_, took, answered = s.play("/command", asks{"as": who, "channel": "classes", "name": "stretch", "options": asks{"routine": "post", "minutes": 3}})
	case i == 1:
		what = "Done"
		took, answered = s.done()
	case i%25 == 2:
		if wrong := s.count([]string{"olga", "carl", "mia"}[n%3]); wrong != "" {
			what, answered = "a counted day, "+wrong, false
		}
	case i%2 == 0:
		what = "a card"
		var card string
		if card, took, answered = s.pinched(); answered {
			select {
			case s.cards <- card:
			default: // enough wait for a press
			}
		}
	case i%6 == 1:
		what = "a swap"
		_, took, answered = s.play("/command", asks{"as": "noah", "channel": "general", "name": "modify", "options": asks{"exercise": "back squat"}})
	default:
		what = "a press"
		select {
		case card := <-s.cards:
			_, took, answered = s.play("/click", asks{"as": "mia", "message": card, "label": "One of these, or not sure"})
		default: // none is left, as the answers are late
			_, took, answered = s.pinched()
		}
	}
	if !answered {
		took = unanswered
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !answered {
		s.failed[what]++
	}
	if took > 0 {
		s.took = append(s.took, took)
	}
}

// count counts a member's day, or takes it back; it returns what went wrong, or "".
func (s *soak) count(who string) (wrong string) {
	var card, pressed answer
	s.ask("/command", asks{"as": who, "channel": "classes", "name": "me progress"}, &card)
	if len(card.Messages) != 1 || len(card.Messages[0].View.Buttons) == 0 {
		return fmt.Sprintf("no card: %s, %v", card.Interaction.Outcome, card.Error)
	}
	label := card.Messages[0].View.Buttons[0].Label
	if status := s.ask("/click", asks{"as": who, "message": card.Messages[0].ID, "label": label}, &pressed); status != 200 || pressed.Interaction.Outcome == "failed" {
		return fmt.Sprintf("%s: HTTP %d, %s, %v", label, status, pressed.Interaction.Outcome, pressed.Error)
	}
	return ""
}

// done presses on the post that came last, which changes it for all.
func (s *soak) done() (took float64, answered bool) {
	home := s.garden.id("channels", soakChannel)
	posts := s.arrived()
	for i := len(posts) - 1; i >= 0; i-- {
		if posts[i].channel == home {
			_, took, answered = s.play("/click", asks{"as": "mia", "message": posts[i].message, "label": "Done"})
			return took, answered
		}
	}
	return 0, true // none came yet
}
