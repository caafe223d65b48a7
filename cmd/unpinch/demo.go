package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"

	"unpinch/playground"
	"unpinch/store"
)

type demoCmd struct {
	Addr string `default:"127.0.0.1:8420" placeholder:"HOST:PORT" help:"Where to listen; :0 picks a free port. Without it ${default}."`
	Data string `type:"path" placeholder:"DIR" help:"Keep the demo in this folder, and go on where it was, its clock too. Without it nothing is kept."`
	Open bool   `help:"Open the page in the browser."`
}

// Run runs the bot on a playground of its own, over real HTTP.
func (c *demoCmd) Run(ctx context.Context, p program) (err error) {
	cfg := defaultConfig()
	cfg.Log.Level = "warn"
	log := logger(cfg.Log, p.errOut)
	dir := demoFolder(c.Data)
	if dir == "" {
		made, err := os.MkdirTemp("", "unpinch-demo-")
		if err != nil {
			return fmt.Errorf("make a folder for the demo: %w", err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(made)) }()
		dir = demoFolder(made)
	}
	saved, err := dir.open()
	if err != nil {
		return err
	}
	var books demoBooks
	world, base, stop, err := p.startPlayground(c.Addr, playground.Options{Token: demoToken, World: saved, File: gymPictures(p.figures),
		Page: demoPage(saved != nil), Database: books.count})
	if err != nil {
		return err
	}
	defer stop()
	if c.Data != "" {
		keep := dir.keep(ctx, world, log)
		defer func() { err = errors.Join(err, keep()) }()
	}
	cfg.Discord.Token, cfg.Discord.APIURL = demoToken, base+"/api/v10"
	cfg.Operator = operatorConfig{Name: "nobody, this is a demo", Contact: "whoever runs the bot on your server (this is a demo)"}
	cfg.Store.Path = dir.database()
	cfg.Dev.ClockURL = base + "/clock"
	// A kept session was another playground's, and finding that out takes a while.
	seed := func(db *store.Store) error {
		books.db.Store(db)
		return db.KeepGatewaySession(ctx, 0, store.GatewaySession{Shards: 1})
	}
	return p.runBot(ctx, cfg, log, seed, func() {
		fmt.Fprintln(p.out, "listening", base)
		fmt.Fprintln(p.errOut, "Open the address in a browser. Ctrl-C stops the demo.")
		if c.Open {
			openBrowser(base)
		}
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
	if c.Token == "" {
		return usageError{errors.New("--token: must not be empty")}
	}
	_, base, stop, err := p.startPlayground(c.Addr, playground.Options{Token: c.Token})
	if err != nil {
		return err
	}
	defer stop()
	fmt.Fprintln(p.out, "listening", base)
	fmt.Fprintf(p.errOut, "REST at %s/api/v10, bot token %q. Ctrl-C stops it.\n", base, c.Token)
	<-ctx.Done()
	return nil
}

// startPlayground serves a playground at addr and returns the address that this
// computer reaches it at.
func (p program) startPlayground(addr string, o playground.Options) (world *playground.Server, base string, stop func(), err error) {
	host, port, err := splitAddr(addr)
	if err != nil {
		return nil, "", nil, usageError{fmt.Errorf("--addr: %w", err)}
	}
	if host == "" {
		host = "127.0.0.1" // only this computer, unless told otherwise
	}
	hosts := []string{host}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		hosts = ownHosts()
	}
	log := logger(logConfig{Level: "warn", Format: "text"}, p.errOut)
	o.Now, o.Log, o.Hosts = p.now, log, hosts
	world, err = playground.New(o)
	if err != nil {
		return nil, "", nil, err
	}
	l, err := listen(net.JoinHostPort(host, port))
	if err != nil {
		return nil, "", nil, errors.Join(err, world.Close())
	}
	stopServing := serve(l, world, log)
	for _, warning := range beyond(net.JoinHostPort(host, port), "the playground and its page") {
		fmt.Fprintln(p.errOut, "unpinch: "+warning)
	}
	return world, "http://" + reachable(l.Addr()), func() {
		world.Close()
		stopServing()
	}, nil
}

// splitAddr reads HOST:PORT; an empty host is left to the caller.
func splitAddr(addr string) (host, port string, err error) {
	host, port, err = net.SplitHostPort(addr)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return "", "", fmt.Errorf("%q is not an address such as 127.0.0.1:8420 or :0", addr)
	}
	return host, port, nil
}

// reachable is where this computer reaches a listener: one that listens
// everywhere is at the loopback address too.
func reachable(addr net.Addr) string {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return addr.String()
	}
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(tcp.Port))
}

// ownHosts is every name and address that this computer may be called by.
func ownHosts() []string {
	var hosts []string
	if name, err := os.Hostname(); err == nil {
		hosts = append(hosts, name)
	}
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return hosts
	}
	for _, a := range addrs {
		if n, ok := a.(*net.IPNet); ok {
			hosts = append(hosts, n.IP.String())
		}
	}
	return hosts
}
