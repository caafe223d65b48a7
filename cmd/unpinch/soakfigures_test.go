package main

import (
	"cmp"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// soakColumns are what is kept of each minute.
var soakColumns = []string{"minute", "memory, MB", "live heap, MB", "goroutines", "descriptors", "file, KB", "WAL, KB", "p50, ms", "p99, ms", "CPU, %", "load average"}

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
	fmt.Printf("\n%d uses, not answered: %v; %d posts, %d DMs\n", len(s.kept)*60*peerRate, s.failed, posts, dms)
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
	if len(s.failed) > 0 {
		s.b.Errorf("these were not answered: %v", s.failed)
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
