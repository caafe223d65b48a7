package main

import (
	"cmp"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	peersOnly = flag.String("only", "start,command,complete,memory,posts,idle,kills", "the figures that BenchmarkPeers takes, a comma between two")
	peersBots = flag.String("bots", "unpinch,discordgo,disgo", "the bots that BenchmarkPeers measures, a comma between two")
)

// BenchmarkPeers measures the program beside the bots in ../shared/peers, or
// where UNPINCH_PEERS says, each on a playground of its own: it prints one
// table. All of it takes ten minutes. It counts the processor time and memory of
// the bots alone; the playgrounds are part of this process.
func BenchmarkPeers(b *testing.B) {
	dir := cmp.Or(os.Getenv("UNPINCH_PEERS"), filepath.Join("..", "..", "..", "shared", "peers"))
	if _, err := os.Stat(filepath.Join(dir, "content.json")); err != nil {
		b.Skipf("no peers to measure beside: %v; UNPINCH_PEERS can name their folder", err)
	}
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		b.Skipf("a process's figures are read from /proc: %v", err)
	}
	for range b.N {
		r := &race{b: b, values: map[string]map[string]float64{}}
		r.build(dir)
		for _, p := range []struct {
			name string
			run  func()
		}{
			{"start", r.starts}, {"command", r.commands}, {"complete", r.completions}, {"memory", r.memory},
			{"posts", r.posts}, {"idle", r.idle}, {"kills", r.kills},
		} {
			if slices.Contains(strings.Split(*peersOnly, ","), p.name) {
				p.run()
			}
		}
		r.print()
	}
}

// A racer is a bot that is measured.
type racer struct {
	name, binary string
	env          []string // a peer's; none for ours, which has a configuration
}

// A race measures bots beside each other.
type race struct {
	b      *testing.B
	began  time.Time
	racers []racer
	rows   []string // in the order of the table
	values map[string]map[string]float64
}

func (r *race) build(peers string) {
	r.began = time.Now()
	content, err := filepath.Abs(filepath.Join(peers, "content.json"))
	if err != nil {
		r.b.Fatal(err)
	}
	dir := r.b.TempDir()
	for _, bot := range []racer{
		{name: "unpinch"},
		{name: "discordgo", env: []string{"CONTENT=" + content}},
		{name: "disgo", env: []string{"CONTENT=" + content, "VARIANT=tuned"}},
	} {
		if !slices.Contains(strings.Split(*peersBots, ","), bot.name) {
			continue
		}
		r.progress("build %s", bot.name)
		bot.binary = filepath.Join(dir, bot.name)
		cmd := exec.CommandContext(r.b.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", bot.binary, ".")
		if bot.env != nil {
			cmd.Dir = filepath.Join(peers, bot.name)
		}
		if out, err := cmd.CombinedOutput(); err != nil {
			r.b.Fatalf("build %s: %v\n%s", bot.name, err, out)
		}
		r.racers = append(r.racers, bot)
	}
}

func (r *race) progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "%4.0f s  %s\n", time.Since(r.began).Seconds(), fmt.Sprintf(format, args...))
}

// note keeps a figure of a bot.
func (r *race) note(row string, bot racer, value float64) {
	if r.values[row] == nil {
		r.values[row] = map[string]float64{}
		r.rows = append(r.rows, row)
	}
	r.values[row][bot.name] = value
	r.progress("%s: %s %.4g", bot.name, row, value)
}

// print writes the table; its last column is ours over the best peer's.
func (r *race) print() {
	head, rule := "| what |", "|---|"
	for _, bot := range r.racers {
		head, rule = head+" "+bot.name+" |", rule+"---|"
	}
	fmt.Println("\n" + head + " ours ÷ the best peer's |\n" + rule + "---|")
	for _, row := range r.rows {
		line, best := "| "+row+" |", math.Inf(1)
		for _, bot := range r.racers {
			v, known := r.values[row][bot.name]
			if !known {
				line += " |"
				continue
			}
			line += " " + short(v) + " |"
			if bot.env != nil {
				best = min(best, v)
			}
		}
		if ours, known := r.values[row]["unpinch"]; known && best > 0 && !math.IsInf(best, 1) {
			line += fmt.Sprintf(" %.2f", ours/best)
		}
		fmt.Println(line + " |")
	}
}

// short writes a figure with as many digits as say something.
func short(v float64) string {
	switch {
	case v == math.Trunc(v):
		return fmt.Sprintf("%.0f", v)
	case math.Abs(v) >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// percentile returns the value that so many of a hundred stay at or under.
func percentile(values []float64, n int) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	return values[min(len(values)-1, len(values)*n/100)]
}
