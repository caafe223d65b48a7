//go:build unix

package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

func TestSupervisorOf(t *testing.T) {
	t.Parallel()
	pid := strconv.Itoa(os.Getpid())
	for _, tc := range []struct {
		environ []string
		want    supervisor
	}{
		{nil, supervisor{}},
		{[]string{"NOTIFY_SOCKET=/run/n"}, supervisor{socket: "/run/n"}},
		{[]string{"NOTIFY_SOCKET=/run/n", "WATCHDOG_USEC=90000000"}, supervisor{"/run/n", 90 * time.Second}},
		{[]string{"NOTIFY_SOCKET=/run/n", "WATCHDOG_USEC=90000000", "WATCHDOG_PID=" + pid}, supervisor{"/run/n", 90 * time.Second}},
		{[]string{"NOTIFY_SOCKET=/run/n", "WATCHDOG_USEC=90000000", "WATCHDOG_PID=1" + pid}, supervisor{socket: "/run/n"}},
		{[]string{"NOTIFY_SOCKET=/run/n", "WATCHDOG_USEC=soon"}, supervisor{socket: "/run/n"}},
		{[]string{"NOTIFY_SOCKET=/run/n", "WATCHDOG_USEC=-1"}, supervisor{socket: "/run/n"}},
	} {
		if got := supervisorOf(tc.environ); got != tc.want {
			t.Errorf("%q: got %+v, want %+v", tc.environ, got, tc.want)
		}
	}
}

// TestAttend is systemd's end: it hears READY, then that the program works while
// it does and not while it hangs, and STOPPING at the end.
func TestAttend(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "u") // a socket's name is short
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	socket := filepath.Join(dir, "n")
	l, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, stop := context.WithCancel(t.Context())
	asked := make(chan error)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		supervisor{socket, 3 * time.Millisecond}.attend(ctx, func(context.Context) error {
			select {
			case err := <-asked:
				return err
			case <-ctx.Done():
				return ctx.Err()
			}
		}, slog.New(slog.DiscardHandler))
	}()
	hears := func(want string) {
		t.Helper()
		buf := make([]byte, 100)
		n, err := l.Read(buf)
		if err != nil || string(buf[:n]) != want {
			t.Errorf("systemd hears %q, %v, want %q", buf[:n], err, want)
		}
	}
	hears("READY=1")
	asked <- nil
	hears("WATCHDOG=1")
	asked <- errors.New("it hangs")
	stop()
	hears("STOPPING=1")
	<-ended
}

func TestAlive(t *testing.T) {
	t.Parallel()
	h := newHealth(time.Now)
	if err := h.alive(t.Context()); err != nil {
		t.Errorf("a program that works: %v", err)
	}
	release := make(chan struct{})
	defer close(release)
	h.hangs = func(context.Context) { <-release }
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if h.alive(ctx) == nil {
		t.Error("a program that hangs is alive")
	}
}
