package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// TestFewFiles runs the real program with 64 open files allowed, and has 200
// members press at once: each is answered, and nothing is short of a file.
func TestFewFiles(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	g, dir := newGarden(t), t.TempDir()
	bin, err := exec.LookPath("unpinch") // TestMain has put it there
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	bot := exec.Command("/bin/sh", "-c", `ulimit -n 64; exec "$0" run --config "$1"`, bin, writeConfig(t, dir, g.base, "playground"))
	bot.Stdout, bot.Stderr = log, log
	if err := bot.Start(); err != nil {
		t.Fatal(err)
	}
	defer bot.Wait()
	defer bot.Process.Signal(syscall.SIGTERM)
	g.ready()
	unanswered := make(chan string, 200)
	var wg sync.WaitGroup
	for range cap(unanswered) {
		wg.Go(func() {
			var got struct{ Interaction struct{ Outcome string } }
			if status := g.post("/command", asks{"as": "mia", "channel": "general", "name": "me progress"}, &got); got.Interaction.Outcome == "failed" || status != 200 {
				unanswered <- fmt.Sprintf("HTTP %d, %s", status, got.Interaction.Outcome)
			}
		})
	}
	wg.Wait()
	open, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", bot.Process.Pid))
	if err != nil || len(open) > 60 {
		t.Errorf("%d files are open, %v", len(open), err)
	}
	if n := len(unanswered); n > 0 {
		t.Errorf("%d of %d presses have no answer, such as %s", n, cap(unanswered), <-unanswered)
	}
	if text := tail(log.Name(), 1<<20); strings.Contains(text, "level=ERROR") || strings.Contains(text, "more files") {
		t.Errorf("the log has\n%s", tail(log.Name(), 3000))
	}
}
