package main

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
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
	failed atomic.Int64

	mu   sync.Mutex
	took []float64 // of the minute
	kept [][]float64
}

// soakColumns are what is kept of each minute.
var soakColumns = []string{"minute", "memory, MB", "live heap, MB", "goroutines", "descriptors", "file, KB", "WAL, KB", "p50, ms", "p99, ms", "CPU, %", "load average"}

func newSoak(b *testing.B) *soak {
	b.Helper()
	binary := filepath.Join(b.TempDir(), "unpinch")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	b.Setenv(envPrefix+"HTTP_ADDR", "127.0.0.1:0")
	s := newStage(b, racer{name: "unpinch", binary: binary}, peerGuilds)
	return &soak{stage: s, garden: garden{b, s.base}, cards: make(chan string, 100)}
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
	answered := true
	switch i := n % 200; {
	case i == 0:
		who := []string{"olga", "carl", "mia", "noah"}[n/200/2%4]
		_, took, answered = s.play("/command", asks{"as": who, "channel": "classes", "name": "stretch", "options": asks{"routine": "post", "minutes": 3}})
	case i == 1:
		took, answered = s.done()
	case i%25 == 2:
		who := []string{"olga", "carl", "mia"}[n%3]
		var card string
		if card, took, answered = s.play("/command", asks{"as": who, "channel": "classes", "name": "me progress"}); answered {
			_, took, answered = s.play("/click", asks{"as": who, "message": card, "label": "Count today"})
		}
	case i%2 == 0:
		var card string
		if card, took, answered = s.pinched(); answered {
			select {
			case s.cards <- card:
			default: // enough wait for a press
			}
		}
	case i%6 == 1:
		_, took, answered = s.play("/command", asks{"as": "noah", "channel": "general", "name": "modify", "options": asks{"exercise": "back squat"}})
	default:
		select {
		case card := <-s.cards:
			_, took, answered = s.play("/click", asks{"as": "mia", "message": card, "label": "One of these, or not sure"})
		default: // none is left, as the answers are late
			_, took, answered = s.pinched()
		}
	}
	if !answered {
		s.failed.Add(1)
		took = unanswered
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.took = append(s.took, took)
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

// keep notes what the program has at the end of a minute.
func (s *soak) keep(minute int, cpu float64) {
	s.b.Helper()
	s.mu.Lock()
	took := s.took
	s.took = nil
	s.mu.Unlock()
	size := func(file string) float64 {
		info, err := os.Stat(file)
		if err != nil {
			return 0
		}
		return float64(info.Size()) / 1024
	}
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", s.pid))
	if err != nil {
		s.b.Fatal(err)
	}
	row := []float64{float64(minute), s.memory(), s.metric("go_memstats_heap_alloc_bytes") / (1 << 20), s.metric("go_goroutines"), float64(len(open)), size(s.db()), size(s.db() + "-wal"),
		percentile(took, 50), percentile(took, 99), cpu, load()}
	s.kept = append(s.kept, row)
	fmt.Fprintf(os.Stderr, "%s\n", soakRow(row))
}

// metric is one of the program's own figures.
func (s *soak) metric(name string) float64 {
	s.b.Helper()
	log, err := os.ReadFile(s.log())
	if err != nil {
		s.b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(log), "msg=\"metrics and health\" addr=")
	addr, _, _ := strings.Cut(rest, "\n")
	for line := range strings.Lines(garden{s.b, "http://" + addr}.get("/metrics")) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil {
				s.b.Fatal(err)
			}
			return n
		}
	}
	s.b.Fatalf("the program has no metric %s", name)
	return 0
}

// load is how many programs of the machine wanted a processor, over a minute.
func load() float64 {
	data, _ := os.ReadFile("/proc/loadavg")
	one, _, _ := strings.Cut(string(data), " ")
	n, _ := strconv.ParseFloat(one, 64)
	return n
}

func soakRow(row []float64) string {
	out := "|"
	for i, v := range row {
		digits := 0
		if strings.Contains(soakColumns[i], "ms") || strings.Contains(soakColumns[i], "MB") {
			digits = 1
		}
		out += " " + strconv.FormatFloat(v, 'f', digits, 64) + " |"
	}
	return out
}

// print writes the table, and how much there was of what.
func (s *soak) print() {
	fmt.Printf("\n| %s |\n|%s\n", strings.Join(soakColumns, " | "), strings.Repeat("---|", len(soakColumns)))
	for _, row := range s.kept {
		fmt.Println(soakRow(row))
	}
	posts, dms := 0, 0
	for _, a := range s.arrived() {
		if s.dm(a.channel) {
			dms++
		} else {
			posts++
		}
	}
	fmt.Printf("\n%d uses, %d not answered; %d posts, %d DMs\n", len(s.kept)*60*peerRate, s.failed.Load(), posts, dms)
}

// dm reports whether a channel is none of a server's.
func (s *soak) dm(channel string) bool {
	for _, g := range s.gyms {
		if g.channel == channel {
			return false
		}
	}
	return channel != s.garden.id("channels", soakChannel)
}

// judge fails the benchmark where something was not answered, or grows on.
func (s *soak) judge() {
	if n := s.failed.Load(); n > 0 {
		s.b.Errorf("%d uses were not answered", n)
	}
	middle, end := s.kept[len(s.kept)/2], s.kept[len(s.kept)-1]
	for i, most := range map[int]float64{1: 1.2, 3: 1.5, 4: 1.2} {
		if end[i] > cmp.Or(middle[i], 1)*most+5 {
			s.b.Errorf("%s went from %.0f to %.0f in the second half", soakColumns[i], middle[i], end[i])
		}
	}
	if wal := end[6]; wal > 16<<10 {
		s.b.Errorf("the write-ahead log has %.0f KB", wal)
	}
}
