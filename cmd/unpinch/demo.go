package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"unpinch/playground"
)

type demoCmd struct {
	Addr string `default:"127.0.0.1:8420" placeholder:"HOST:PORT" help:"Where to listen; :0 picks a free port. Without it ${default}."`
	Data string `type:"path" placeholder:"DIR" help:"Keep the demo's database in this folder. Without it nothing is kept."`
}

// Run runs the bot on a playground of its own, over real HTTP.
func (c *demoCmd) Run(ctx context.Context, p program) (err error) {
	cfg := defaultConfig()
	cfg.Log.Level = "warn"
	log := logger(cfg.Log, p.errOut)
	base, stop, err := p.startPlayground(c.Addr, demoToken)
	if err != nil {
		return err
	}
	defer stop()
	dir := c.Data
	if dir == "" {
		if dir, err = os.MkdirTemp("", "unpinch-demo-"); err != nil {
			return fmt.Errorf("make a folder for the demo: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	}
	cfg.Discord.Token, cfg.Discord.APIURL = demoToken, base+"/api/v10"
	cfg.Operator = operatorConfig{Name: "you, in this demo", Contact: "yourself", PrivacyURL: ""}
	cfg.Store.Path = filepath.Join(dir, "unpinch.db")
	cfg.Dev.ClockURL = base + "/clock"
	return p.runBot(ctx, cfg, log, func() {
		fmt.Fprintln(p.out, "listening", base)
		fmt.Fprintln(p.errOut, "Open the address in a browser. Ctrl-C stops the demo.")
	})
}

// demoToken is what the playground takes for a bot token when none is given.
const demoToken = "playground"

type playgroundCmd struct {
	Addr  string `default:"127.0.0.1:8420" placeholder:"HOST:PORT" help:"Where to listen; :0 picks a free port. Without it ${default}."`
	Token string `default:"playground" help:"The bot token that it accepts. Without it ${default}."`
}

// Run serves the stand-in for Discord until it is told to stop.
func (c *playgroundCmd) Run(ctx context.Context, p program) error {
	base, stop, err := p.startPlayground(c.Addr, c.Token)
	if err != nil {
		return err
	}
	defer stop()
	fmt.Fprintln(p.out, "listening", base)
	fmt.Fprintf(p.errOut, "REST at %s/api/v10, bot token %q. Ctrl-C stops it.\n", base, c.Token)
	<-ctx.Done()
	return nil
}

// startPlayground serves a playground at addr and returns its address.
func (p program) startPlayground(addr, token string) (base string, stop func(), err error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", nil, usageError{fmt.Errorf("--addr: %q is not an address such as 127.0.0.1:8420 or :0", addr)}
	}
	if host == "" {
		host = "127.0.0.1" // only this computer, unless told otherwise
	}
	log := logger(logConfig{Level: "warn", Format: "text"}, p.errOut)
	world, err := playground.New(playground.Options{Token: token, Now: p.now, Log: log, Hosts: []string{host}})
	if err != nil {
		return "", nil, err
	}
	l, err := listen(net.JoinHostPort(host, port))
	if err != nil {
		return "", nil, errors.Join(err, world.Close())
	}
	stopServing := serve(l, world, log)
	return "http://" + l.Addr().String(), func() {
		world.Close()
		stopServing()
	}, nil
}
