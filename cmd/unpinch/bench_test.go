package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"encoding/json"

	"unpinch/schedule"
	"unpinch/store"
)

// BenchmarkTenThousandPosts sends 10,000 posts that are due in one minute, one
// in each of 10,000 servers, with the real binary on a playground with
// Discord's limits, while a member uses a command twenty times a second. It
// takes four minutes.
func BenchmarkTenThousandPosts(b *testing.B) {
	for range b.N {
		f := newFlood(b, 10_000)
		f.place(f.guilds, 1)
		f.run(10_000)
	}
}

// BenchmarkFairness has one server with 1,000 posts due and 500 servers with
// one, in the same minute, and tells how long the 500 wait; and how long they
// wait without the thousand.
func BenchmarkFairness(b *testing.B) {
	for _, thousand := range []int{0, 1000} {
		b.Run(fmt.Sprintf("thousand=%d", thousand), func(b *testing.B) {
			for range b.N {
				f := newFlood(b, 501)
				f.place(f.guilds[1:], 1)
				f.place(f.guilds[:1], thousand)
				f.busy = f.guilds[0].channel
				f.run(500)
			}
		})
	}
}

// A flood is a playground with many servers, and a bot whose posts are all due
// at one instant.
type flood struct {
	b      *testing.B
	binary string
	dir    string
	base   string
	guilds []floodGuild
	due    time.Time
	db     *store.Store
	busy   string // a channel whose posts don't count; "" for none
}

type floodGuild struct{ id, channel string }

func newFlood(b *testing.B, guilds int) *flood {
	b.Helper()
	f := &flood{b: b, dir: b.TempDir()}
	f.binary = filepath.Join(f.dir, "unpinch")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", f.binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("build: %v\n%s", err, out)
	}
	_, line := f.start("listening ", "playground", "--addr", "127.0.0.1:0")
	f.base = strings.TrimSpace(strings.TrimPrefix(line, "listening "))
	g := garden{b, f.base}
	var world struct {
		Channels []struct {
			ID      string `json:"id"`
			GuildID string `json:"guild_id"`
			Name    string
		}
	}
	if status := g.post("/world", asks{"add_guilds": guilds}, &world); status != 200 {
		b.Fatalf("add guilds: HTTP %d", status)
	}
	for _, c := range world.Channels {
		if strings.HasPrefix(c.Name, "gym-") {
			f.guilds = append(f.guilds, floodGuild{c.GuildID, c.ID})
		}
	}
	var err error
	if f.db, err = store.Open(b.Context(), filepath.Join(f.dir, "unpinch.db"), store.Options{NoCaps: true}); err != nil {
		b.Fatal(err)
	}
	f.due = time.Now().UTC().Add(2 * time.Hour).Truncate(time.Minute)
	return f
}

// start runs the binary until the benchmark ends, and returns once a line of
// its output begins with want.
func (f *flood) start(want string, args ...string) (*exec.Cmd, string) {
	f.b.Helper()
	cmd := exec.CommandContext(f.b.Context(), f.binary, args...)
	out, w := io.Pipe()
	cmd.Stdout, cmd.Stderr = w, w
	if err := cmd.Start(); err != nil {
		f.b.Fatal(err)
	}
	f.b.Cleanup(func() { cmd.Process.Kill(); cmd.Wait(); w.Close() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.Contains(lines.Text(), want) {
			go io.Copy(io.Discard, out)
			return cmd, lines.Text()
		}
	}
	f.b.Fatalf("%v ended before %q", args, want)
	return nil, ""
}

// place gives each server a place with so many classes, whose pre posts are
// due at f.due.
func (f *flood) place(guilds []floodGuild, classes int) {
	f.b.Helper()
	ctx, now := f.b.Context(), time.Now()
	rule, err := schedule.Parse("daily " + f.due.Add(10*time.Minute).Format("15:04"))
	if err != nil {
		f.b.Fatal(err)
	}
	for _, g := range guilds {
		p := schedule.Place{GuildID: g.id, Name: "Gym", Zone: "Etc/UTC", ChannelID: g.channel, CreatedAt: now}
		if p.ID, err = f.db.SavePlace(ctx, p, schedule.By{At: now}); err != nil {
			f.b.Fatal(err)
		}
		for range classes {
			id, err := f.db.AddDrafts(ctx, 0, []schedule.Series{{Place: p, Rule: rule, Length: time.Hour, ChannelID: g.channel,
				Lead: 10 * time.Minute, CreatedAt: now, DraftUntil: now.Add(time.Hour)}})
			if err == nil {
				_, err = f.db.SaveDrafts(ctx, id, schedule.By{At: now})
			}
			if err != nil {
				f.b.Fatal(err)
			}
		}
	}
}

// run starts the bot, lets the posts come due, and reports how so many of them
// went.
func (f *flood) run(count int) {
	f.b.Helper()
	if err := f.db.Close(); err != nil {
		f.b.Fatal(err)
	}
	config := filepath.Join(f.dir, "config.toml")
	text := fmt.Sprintf("[discord]\ntoken = \"playground\"\napi_url = %q\n[operator]\nname = \"n\"\ncontact = \"c\"\nprivacy_url = \"https://x.example/p\"\n"+
		"[store]\npath = \"unpinch.db\"\n[dev]\nclock_url = %q\n", f.base+"/api/v10", f.base+"/clock")
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		f.b.Fatal(err)
	}
	bot, _ := f.start("msg=ready", "run", "--config", config)
	g := garden{f.b, f.base}
	f.b.ReportMetric(peakMB(f.b, bot.Process.Pid), "MB-connected")
	go func() { // it answers when all is quiet again, or after 30 s
		var any map[string]any
		g.post("/clock", asks{"now": f.due.Add(-time.Second).Format(time.RFC3339)}, &any)
	}()
	began, last, sent, limited := time.Time{}, time.Time{}, 0, 0
	var asked []float64
	for after := 0; sent < count; {
		if sent > 0 { // the servers that came with READY have been read by then
			asked = append(asked, f.ask(g))
		}
		var page []struct {
			N      int
			Method string
			Path   string
			Status int
		}
		if err := json.Unmarshal([]byte(g.get("/requests?after="+strconv.Itoa(after))), &page); err != nil {
			f.b.Fatal(err)
		}
		for _, r := range page {
			if r.Status == 0 { // under way still
				break
			}
			after = r.N
			if r.Status == 429 {
				limited++
			}
			if r.Method != "POST" || r.Status != 200 || !strings.HasSuffix(r.Path, "/messages") || f.busy != "" && strings.Contains(r.Path, f.busy) {
				continue
			}
			if sent++; began.IsZero() {
				began = time.Now()
			}
			last = time.Now()
		}
		<-time.After(50 * time.Millisecond)
	}
	rate := float64(sent) / last.Sub(began).Seconds()
	f.b.ReportMetric(rate, "posts/s")
	f.b.ReportMetric(100*rate/45, "%-of-45/s")
	f.b.ReportMetric(float64(limited), "429s")
	slices.Sort(asked)
	f.b.ReportMetric(asked[len(asked)*99/100], "interaction-p99-ms")
	f.b.ReportMetric(peakMB(f.b, bot.Process.Pid), "MB-peak")
	bot.Process.Signal(os.Interrupt)
	bot.Wait()
	f.waits()
}

// ask uses a command as a member and returns how long the answer took, in ms.
func (f *flood) ask(g garden) float64 {
	f.b.Helper()
	var a struct {
		Interaction struct {
			Outcome string
			MS      float64
		}
	}
	status := g.post("/command", asks{"as": "mia", "channel": "general", "name": "me privacy"}, &a)
	if status != 200 || a.Interaction.Outcome != "answered" {
		f.b.Errorf("a command meanwhile: HTTP %d, %+v", status, a)
	}
	return a.Interaction.MS
}

// waits reports from the ledger how long the posts of servers with one waited.
func (f *flood) waits() {
	f.b.Helper()
	db, err := store.Open(f.b.Context(), filepath.Join(f.dir, "unpinch.db"), store.Options{NoCaps: true})
	if err != nil {
		f.b.Fatal(err)
	}
	defer db.Close()
	var waits []float64
	for _, g := range f.guilds {
		posts, err := db.History(f.b.Context(), g.id, 0, 2, 0)
		if err != nil {
			f.b.Fatal(err)
		}
		if len(posts) == 1 && posts[0].SentAt.IsZero() {
			f.b.Errorf("server %s: its post is %s (%s)", g.id, posts[0].State, posts[0].Reason)
		} else if len(posts) == 1 {
			waits = append(waits, posts[0].SentAt.Sub(posts[0].DueAt).Seconds())
		}
	}
	slices.Sort(waits)
	f.b.ReportMetric(waits[len(waits)-1], "s-worst-wait")
	f.b.ReportMetric(waits[len(waits)*99/100], "s-p99-wait")
}

// peakMB is the most memory that a process has had in RAM; 0 where the system
// does not say.
func peakMB(b *testing.B, pid int) float64 {
	b.Helper()
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if kb, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, _ := strconv.ParseFloat(strings.Fields(kb)[0], 64)
			return n / 1024
		}
	}
	return 0
}
