package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"unpinch/store"
)

// healthMost is how long the bot may take to say how it does.
const healthMost = 3 * time.Second

// running asks the bot that runs how it does, where it can be asked.
func (p patient) running(ctx context.Context) []finding {
	addr := p.cfg.HTTP.Addr
	if _, port, err := net.SplitHostPort(addr); err != nil || port == "0" || !store.InUse(p.cfg.Store.Path) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, healthMost)
	defer cancel()
	says, err := askHealth(ctx, addr)
	return judgeHealth(addr, says, err)
}

// askHealth returns what a bot's /health says.
func askHealth(ctx context.Context, addr string) (says string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/health", nil)
	if err != nil {
		return "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1<<12))
	return strings.TrimSpace(string(text)), err
}

func judgeHealth(addr, says string, err error) []finding {
	reason, not := strings.CutPrefix(says, "not ready: ")
	switch {
	case err != nil:
		return one(isWarning, "the bot runs, and does not say at "+addr+" how it does: "+err.Error(), "if it was started before [http] addr was set, restart it")
	case not:
		return one(isFault, "the bot says: "+reason, "do what it says; the log says since when")
	case says != "ready" && !strings.HasPrefix(says, "ready, with "):
		return one(isWarning, "another program answers at "+addr, "give the bot another [http] addr")
	}
	return one(isOK, "the bot says that it is ready", "")
}
