package store

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
)

var hold = flag.String("hold", "", "for TestHold: the database to hold open")

// TestHold is the other process of TestSecondProcess: it writes, says so, and
// keeps the database open until it is killed.
func TestHold(t *testing.T) {
	if *hold == "" {
		t.Skip("runs only as a child of TestSecondProcess")
	}
	s := openAt(t, *hold)
	if err := s.Agree(t.Context(), "1", 3, "en-GB", agreed()); err != nil {
		t.Fatal(err)
	}
	fmt.Println("holding")
	io.Copy(io.Discard, os.Stdin)
}

// While one process runs, a second is refused; when the first is killed in the
// middle, the next start finds what it wrote.
func TestSecondProcess(t *testing.T) {
	path := emptyPath(t)
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestHold$", "-hold="+path)
	stdin, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	stdout, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "holding\n" {
		t.Fatalf("got %q, %v from the child", line, err)
	}
	_, err = Open(t.Context(), path, Options{})
	checkRefused(t, err, shown(path)+" is in use by another unpinch")
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	child.Wait() // reports the kill
	if info, err := os.Stat(path + "-wal"); !IsURL(path) && (err != nil || info.Size() == 0) {
		t.Errorf("the kill left no write-ahead log, so this proves little: %v", err)
	}
	s := openAt(t, path)
	if version, _, err := s.Consent(t.Context(), "1"); version != 3 || err != nil {
		t.Errorf("got version %d, %v, want 3", version, err)
	}
}

// A copy of the files of an open store is what a crash leaves.
func TestCrashIsRecovered(t *testing.T) {
	ofFile(t)
	path, crashed := emptyPath(t), tempPath(t)
	s := openAt(t, path)
	if err := s.Agree(t.Context(), "1", 3, "en-GB", agreed()); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if suffix == "-wal" && len(b) == 0 {
			t.Fatal("the write-ahead log is empty, so this proves nothing")
		}
		if err := os.WriteFile(crashed+suffix, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again := openAt(t, crashed)
	if version, at, err := again.Consent(t.Context(), "1"); version != 3 || !at.Equal(agreed()) || err != nil {
		t.Errorf("got %d, %v, %v, want 3, %v", version, at, err, agreed())
	}
	if got, want := dump(t, again), dump(t, s); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	closeStore(t, again)
	if _, err := os.Stat(crashed + "-wal"); err == nil {
		t.Error("Close left a -wal file")
	}
}
