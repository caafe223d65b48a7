package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// BenchmarkCommandCPU has members use commands and press buttons on the real
// program, four at a time, and tells how much CPU one takes.
func BenchmarkCommandCPU(b *testing.B) {
	for _, kind := range []string{"pinched", "press", "modify", "privacy"} {
		b.Run(kind, func(b *testing.B) {
			for range b.N {
				f := newFlood(b, 10)
				bot := f.serve(false)
				f.use(bot, kind, 100) // what is made once
				f.settle(bot)
				f.use(bot, kind, 4000)
			}
		})
	}
}

// BenchmarkPostCPU sends 500 posts with their pictures, each in a server of its
// own, and tells how much CPU one takes.
func BenchmarkPostCPU(b *testing.B) {
	for range b.N {
		f := newFlood(b, 500)
		f.place(f.guilds, 1)
		bot := f.serve(true)
		f.settle(bot)
		before := spent(b, bot)
		f.postAll(500)
		f.settle(bot)
		b.ReportMetric(1000*(spent(b, bot).cpu-before.cpu).Seconds()/500, "cpu-ms/post")
	}
}

// BenchmarkIdleMinute tells what a minute costs in which nobody does anything and
// nothing is due, without schedules and with many.
func BenchmarkIdleMinute(b *testing.B) {
	for _, classes := range []int{0, 20} {
		b.Run(fmt.Sprintf("schedules=%d", 1000*classes), func(b *testing.B) {
			for range b.N {
				f := newFlood(b, 1000)
				f.place(f.guilds, classes)
				bot := f.serve(false)
				f.settle(bot)
				before := spent(b, bot)
				<-time.After(time.Minute)
				after := spent(b, bot)
				b.ReportMetric((after.cpu - before.cpu).Seconds(), "cpu-s/minute")
				b.ReportMetric(float64(after.woken-before.woken), "wakeups/minute")
			}
		})
	}
}

// serve starts the bot, on the playground's clock or the system's, and returns its
// process.
func (f *flood) serve(clock bool) (pid int) {
	f.b.Helper()
	if err := f.db.Close(); err != nil {
		f.b.Fatal(err)
	}
	bot, _ := f.start("msg=ready", "run", "--config", f.config(clock))
	return bot.Process.Pid
}

// settle waits until the bot has done what a start brings with it: it spends less
// than a tenth of a core in a second.
func (f *flood) settle(pid int) {
	f.b.Helper()
	for range 60 {
		before := spent(f.b, pid).cpu
		<-time.After(time.Second)
		if spent(f.b, pid).cpu-before < time.Second/10 {
			return
		}
	}
	f.b.Fatal("the bot does not come to rest")
}

// postAll leaps to when the posts are due and returns when so many were sent.
func (f *flood) postAll(count int) {
	f.b.Helper()
	g := garden{f.b, f.base}
	go func() { // it answers when all is quiet again, or after 30 s
		var any map[string]any
		g.post("/clock", asks{"now": f.due.Add(-time.Second).Format(time.RFC3339)}, &any)
	}()
	for after, sent := 0, 0; sent < count; <-time.After(200 * time.Millisecond) {
		var page []struct {
			N            int
			Method, Path string
			Status       int
		}
		if err := json.Unmarshal([]byte(g.get("/requests?after="+strconv.Itoa(after))), &page); err != nil {
			f.b.Fatal(err)
		}
		for _, r := range page {
			if r.Status == 0 { // under way still
				break
			}
			if after = r.N; r.Method == "POST" && r.Status == 200 && strings.HasSuffix(r.Path, "/messages") {
				sent++
			}
		}
	}
}

// use has a member do something so often, and reports what that cost.
func (f *flood) use(pid int, kind string, times int) {
	f.b.Helper()
	g := garden{f.b, f.base}
	before := spent(f.b, pid)
	var wg sync.WaitGroup
	for range 4 {
		next := f.uses(g, kind)
		wg.Go(func() {
			for range times / 4 {
				var a answer
				path, ask := next()
				if status := g.post(path, ask, &a); status != 200 || a.Error != nil {
					f.b.Errorf("%s: HTTP %d, %+v", kind, status, a)
					return
				}
			}
		})
	}
	wg.Wait()
	f.b.ReportMetric(1000*(spent(f.b, pid).cpu-before.cpu).Seconds()/float64(times), "cpu-ms/"+kind)
}

// uses returns what says what a member does next.
func (f *flood) uses(g garden, kind string) func() (path string, ask asks) {
	f.b.Helper()
	command := func(name string, options asks) asks {
		return asks{"as": "mia", "channel": "general", "name": name, "options": options}
	}
	neck := command("pinched", asks{"area": "neck"})
	switch kind {
	case "pinched":
		return func() (string, asks) { return "/command", neck }
	case "modify":
		return func() (string, asks) { return "/command", command("modify", asks{"exercise": "Back squat"}) }
	case "privacy":
		return func() (string, asks) { return "/command", command("me privacy", nil) }
	}
	card, there := g.command(neck), false // presses lead to the stop card and back
	return func() (string, asks) {
		there = !there
		label := "Back to the signs"
		if there {
			label = "One of these, or not sure"
		}
		return "/click", asks{"as": "mia", "message": card.ID, "label": label}
	}
}

// A spending is what a process has used since it began.
type spending struct {
	cpu   time.Duration
	woken int // how often a thread that slept went on
}

func spent(b *testing.B, pid int) (s spending) {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Skip("this system doesn't tell what a process uses")
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	user, userErr := strconv.Atoi(fields[11])
	system, systemErr := strconv.Atoi(fields[12])
	if err := cmp.Or(userErr, systemErr); err != nil {
		b.Fatal(err)
	}
	s.cpu = time.Duration(user+system) * 10 * time.Millisecond
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/status", pid))
	if err != nil {
		b.Fatal(err)
	}
	for _, task := range tasks {
		text, _ := os.ReadFile(task) // of a thread that has ended since: nothing
		for line := range strings.Lines(string(text)) {
			if n, ok := strings.CutPrefix(line, "voluntary_ctxt_switches:"); ok {
				count, _ := strconv.Atoi(strings.TrimSpace(n))
				s.woken += count
			}
		}
	}
	return s
}
