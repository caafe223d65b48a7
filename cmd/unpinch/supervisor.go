package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// A supervisor is the systemd that started the program. The zero one is nobody,
// and hears nothing.
type supervisor struct {
	socket string
	every  time.Duration // it wants to hear that the program works; 0 for never
}

// supervisorOf reads who started the program from the environment, as sd_notify
// and sd_watchdog_enabled do.
func supervisorOf(environ []string) supervisor {
	given := map[string]string{}
	for _, e := range environ {
		name, value, _ := strings.Cut(e, "=")
		given[name] = value
	}
	s := supervisor{socket: given["NOTIFY_SOCKET"]}
	pid := given["WATCHDOG_PID"]
	if us, err := strconv.ParseInt(given["WATCHDOG_USEC"], 10, 64); err == nil && us > 0 && (pid == "" || pid == strconv.Itoa(os.Getpid())) {
		s.every = time.Duration(us) * time.Microsecond
	}
	return s
}

// tell tells the supervisor a state, such as "READY=1".
func (s supervisor) tell(state string) error {
	if s.socket == "" {
		return nil
	}
	c, err := net.DialUnix("unixgram", nil, &net.UnixAddr{Name: s.socket, Net: "unixgram"})
	if err != nil {
		return fmt.Errorf("tell systemd: %w", err)
	}
	defer c.Close()
	if _, err := c.Write([]byte(state)); err != nil {
		return fmt.Errorf("tell systemd: %w", err)
	}
	return nil
}

// attend tells the supervisor that the program is up, and until ctx ends, three
// times in each of its intervals, that it works, while alive says so.
func (s supervisor) attend(ctx context.Context, alive func(context.Context) error, log *slog.Logger) {
	if s.socket == "" {
		return
	}
	say := func(state string) {
		if err := s.tell(state); err != nil {
			log.WarnContext(ctx, "systemd is not told how it goes", "err", err)
		}
	}
	say("READY=1")
	defer say("STOPPING=1")
	if s.every == 0 {
		<-ctx.Done()
		return
	}
	tick := time.NewTicker(s.every / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := alive(ctx); err == nil {
			say("WATCHDOG=1")
		} else if ctx.Err() == nil {
			log.ErrorContext(ctx, "the program hangs, systemd will start it anew", "err", err)
		}
	}
}
