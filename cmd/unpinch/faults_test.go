package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

// TestAFaultIsSaidOnce breaks a database in each way, and runs into it for three
// hours: the log has one sentence with a remedy, one more every hour, and where it
// can end by itself one at its end.
func TestAFaultIsSaidOnce(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		breaks, says, remedy string
		lasts                bool
	}{
		"a full disk":     {"PRAGMA max_page_count = 1", "the disk of the database is full", "make room", false},
		"read only":       {"PRAGMA query_only = 1", "the database can't be written", "let this user write", false},
		"a lock":          {"lock", "the database is locked by another program", "close that one", false},
		"too many files":  {"files", "the program may not open more files", "raise its limit", false},
		"a missing table": {"DROP TABLE easy", "a table of the database is missing", "restore a backup", true},
		"damage":          {"damage", "the database is damaged", "restore a backup", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			failure := brokenBy(t, tc.breaks)
			now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
			var out bytes.Buffer
			f := newFaults(logger(logConfig{Level: "info", Format: "text"}, &out).Handler(), func() time.Time { return now })
			log := f.logger()
			for range 3 * 360 {
				log.ErrorContext(t.Context(), "what is due can't be dispatched, trying again", "err", failure)
				log.With("shard", 1).Error("old drafts are not deleted", "err", failure)
				now = now.Add(10 * time.Second)
			}
			log.Error("something else", "err", io.ErrUnexpectedEOF)
			if says := f.trouble(); !strings.Contains(says, tc.says) || !f.hit(failure) || !f.hit(context.DeadlineExceeded) {
				t.Errorf("health says %q", says)
			}
			f.over(0)
			if over := f.trouble() == ""; over == tc.lasts || f.hit(context.DeadlineExceeded) != tc.lasts || f.ends() {
				t.Errorf("it is over: %t", over)
			}
			want := []string{tc.says + "|" + tc.remedy + "|left_out=0", "left_out=719", "left_out=719", "something else"}
			if !tc.lasts {
				want = append(want, "a fault has ended|"+tc.says+"|lasted=3h0m0s times=2160")
			}
			alike(t, "the log", strings.Split(strings.TrimSpace(out.String()), "\n"), want)
		})
	}
}

// brokenBy breaks a database and returns the error that comes of using it.
func brokenBy(t *testing.T, how string) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "unpinch.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE easy (user_id TEXT, less TEXT, until_at INTEGER)"); err != nil {
		t.Fatal(err)
	}
	switch how {
	case "files":
		return fmt.Errorf("POST /x: %w", &net.OpError{Op: "dial", Err: os.NewSyscallError("socket", syscall.EMFILE)})
	case "lock":
		defer lock(t, path)()
	case "damage":
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		copy(data, slices.Repeat([]byte("x"), len(data)))
		if err := errors.Join(os.WriteFile(path, data, 0o600), db.Close()); err != nil {
			t.Fatal(err)
		}
		if db, err = sql.Open("sqlite", path); err != nil {
			t.Fatal(err)
		}
		defer db.Close()
	default:
		if _, err := db.ExecContext(t.Context(), how); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 10_000 {
		if _, err := db.ExecContext(t.Context(), "INSERT INTO easy (user_id, less, until_at) VALUES (?, hex(zeroblob(4096)), 1)", i); err != nil {
			return err
		}
	}
	t.Fatal("nothing fails")
	return nil
}

// lock holds the lock of whoever writes to a database, as another program would.
func lock(t testing.TB, path string) (free func()) {
	t.Helper()
	db, err := sql.Open("sqlite", path+"?_txlock=immediate&_busy_timeout=5000")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(context.WithoutCancel(t.Context()), nil)
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := errors.Join(tx.Rollback(), db.Close()); err != nil {
			t.Error(err)
		}
	}
}

// A fault that comes and goes is said once a minute, and its end only where its
// beginning was; what is slow ends when a write is quick.
func TestAFaultThatComesAndGoes(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	var out bytes.Buffer
	f := newFaults(logger(logConfig{Level: "info", Format: "text"}, &out).Handler(), func() time.Time { return now })
	for range 7 {
		f.logger().Error("a write", "err", syscall.EMFILE)
		now = now.Add(5 * time.Second)
		f.over(0)
		now = now.Add(5 * time.Second)
	}
	f.met(tooSlow())
	if f.over(slowAfter); f.trouble() != tooSlow().Says {
		t.Error("it is quick again by a write that is slow")
	}
	if f.over(slowAfter - 1); f.trouble() != "" {
		t.Error("it stays slow")
	}
	alike(t, "the log", strings.Split(strings.TrimSpace(out.String()), "\n"), []string{"more files|left_out=0", "has ended|lasted=5s times=1", "more files|left_out=5", "has ended",
		"has ended|slow"})
}

func TestConnsWithin(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		limit uint64
		known bool
		want  int
	}{{64, true, 16}, {2, true, 1}, {1023, true, 255}, {1024, true, 0}, {1 << 40, true, 0}, {0, false, 0}} {
		if got := connsWithin(tc.limit, tc.known); got != tc.want {
			t.Errorf("of %d files: got %d connections, want %d", tc.limit, got, tc.want)
		}
	}
}

// A hostFault is something that the computer does to a bot at work.
type hostFault struct {
	name, kind, says string
	begin            func(*gym) (end func())
	answer           string // to a coach who adds a class meanwhile
	pre              string // what becomes of the first post
}

// TestHostFaults lets a post come due while the computer does not let the bot
// write: whoever presses hears of it, whatever reads goes on, /health and the
// metrics tell, the log says it once, and when it is over the post goes out once
// and the ledger says so.
func TestHostFaults(t *testing.T) {
	t.Parallel()
	const refused = "My own storage does not work right now. Whoever runs me sees that in the log." // which has one line for all, so no ref
	for _, tc := range []hostFault{
		{"another program holds the lock", "locked", "the database is locked by another program", func(g *gym) func() { return lock(g.t, filepath.Join(g.dir, "unpinch.db")) }, refused, "late"},
		{"a stalled disk", "slow", "the disk of the database is slow", (*gym).stall, "Every day at 20:00", "sent"},
		{"a full disk", "full", "the disk of the database is full", (*gym).fill, refused, "late"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if tc.kind == "full" {
				smallDisk(t, dir)
			}
			g := newGymIn(t, dir, "classes")
			tc.play(g)
			g.stop()
			alike(t, "the ledger", g.ledger(), []string{"17:50 pre " + tc.pre, "19:00 cool_down sent"})
			if n := strings.Count(g.log, `msg="`+tc.says); n != 1 {
				t.Errorf("the log says it %d times", n)
			}
			if n := strings.Count(g.log, "a fault has ended"); n != 1 {
				t.Errorf("the log tells its end %d times", n)
			}
			if t.Failed() {
				t.Log(g.log)
			}
		})
	}
}

// play has the fault while the first post comes due.
func (h hostFault) play(g *gym) {
	g.t.Helper()
	end := h.begin(g)
	g.leap(g.at("17:50").Add(jitterOver))
	if h.kind == "slow" {
		time.AfterFunc(slowAfter+time.Second, end)
		end = func() {}
	}
	if got := g.command(asks{"as": "mia", "channel": "general", "name": "me progress"}); !strings.Contains(got.View.Text, "Kept about you") {
		g.t.Errorf("a member who only reads sees %q", got.View.Text)
	}
	if h.kind != "slow" {
		g.health(h.says)
	}
	if got := g.command(asks{"as": "olga", "channel": "general", "name": "class add", "options": asks{"at": "daily 20:00"}}); !strings.Contains(got.View.Text, h.answer) {
		g.t.Errorf("a coach who adds a class sees %q", got.View.Text)
	}
	if got := g.words("classes"); h.kind != "slow" && len(got) != 0 {
		g.t.Errorf("what the ledger does not have was posted: %q", got)
	}
	if got := answerOf(g.t.(*testing.T), g.bot.http()+"/metrics"); !strings.Contains(got, `unpinch_faults_total{kind="`+h.kind+`"} `) {
		g.t.Errorf("the metrics do not count it:\n%s", got)
	}
	if says, err := askHealth(g.t.Context(), strings.TrimPrefix(g.bot.http(), "http://")); err != nil || h.kind != "slow" && !strings.Contains(says, "not ready: "+h.says) {
		g.t.Errorf("doctor hears %q, %v", says, err)
	}
	g.leap(g.at("17:52"))
	end()
	g.health("ready\n")
	g.settle()
	g.leap(g.at("19:00").Add(jitterOver))
	g.settle()
}

// stall makes each write wait until it ends.
func (g *gym) stall() (end func()) {
	stalled := make(chan struct{})
	g.disk.Store(&stalled)
	return func() { close(stalled) }
}

// fill leaves no room on the disk.
func (g *gym) fill() (end func()) {
	g.t.Helper()
	name := filepath.Join(g.dir, "fill")
	f, err := os.Create(name)
	if err != nil {
		g.t.Fatal(err)
	}
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if err := f.Close(); err != nil {
		g.t.Fatal(err)
	}
	return func() {
		if err := os.Remove(name); err != nil {
			g.t.Error(err)
		}
	}
}

// health waits until /health says something, and checks that the program lives.
func (g *gym) health(says string) {
	g.t.Helper()
	var last string
	for limit := time.Now().Add(20 * time.Second); time.Now().Before(limit); {
		if last = answerOf(g.t.(*testing.T), g.bot.http()+"/health"); strings.Contains(last, says) {
			if live := answerOf(g.t.(*testing.T), g.bot.http()+"/health/live"); live != aliveText {
				g.t.Errorf("/health/live says %q", live)
			}
			return
		}
		g.clock(asks{"advance": "0s"})
	}
	g.t.Fatalf("/health says %q, want %q\n%s", last, says, g.bot.log)
}

// answerOf returns what an address answers.
func answerOf(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A slowDisk is what each write waits for; nil for nothing.
type slowDisk = atomic.Pointer[chan struct{}]
