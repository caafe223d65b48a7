package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"unpinch/playground"
	"unpinch/schedule"
	"unpinch/store"
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
	cfg.Operator = operatorConfig{Name: "nobody, this is a demo", Contact: "whoever runs the bot on your server (this is a demo)"}
	cfg.Store.Path = filepath.Join(dir, "unpinch.db")
	cfg.Dev.ClockURL = base + "/clock"
	seed := func(db *store.Store) error {
		// A kept session was another playground's, and finding that out takes a while.
		return errors.Join(db.KeepGatewaySession(ctx, 0, store.GatewaySession{}), seedDemo(ctx, db, base, p.now()))
	}
	return p.runBot(ctx, cfg, log, seed, func() {
		fmt.Fprintln(p.out, "listening", base)
		fmt.Fprintln(p.errOut, "Open the address in a browser. Ctrl-C stops the demo.")
	})
}

// seedDemo sets up the demo's place, unless its people have done so: its coach
// can add a class at once. The world's ids are asked for, never assumed.
func seedDemo(ctx context.Context, db *store.Store, base string, now time.Time) error {
	var world struct {
		Guilds   []demoEntity `json:"guilds"`
		Channels []demoEntity `json:"channels"`
		Roles    []demoEntity `json:"roles"`
		Users    []demoEntity `json:"users"`
	}
	if err := getJSON(ctx, base+"/state", &world); err != nil {
		return fmt.Errorf("set up the demo: %w", err)
	}
	guild := named(world.Guilds, "iron-garden")
	if places, err := db.Places(ctx, guild); err != nil || len(places) > 0 {
		return err
	}
	_, err := db.SavePlace(ctx, schedule.Place{GuildID: guild, Name: "Iron Garden", Zone: "Europe/Lisbon", Country: "PT",
		ChannelID: named(world.Channels, "classes"), LogChannel: named(world.Channels, "general"),
		CoachRole: named(world.Roles, "coach"), CreatedAt: now, Tidy: true}, schedule.By{UserID: named(world.Users, "olga"), At: now})
	return err
}

// A demoEntity is something of the playground's world that has a name.
type demoEntity struct{ ID, Name string }

func named(all []demoEntity, name string) string {
	for _, e := range all {
		if e.Name == name {
			return e.ID
		}
	}
	return ""
}

func getJSON(ctx context.Context, url string, out any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(out)
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

// startPlayground serves a playground at addr and returns the address that this
// computer reaches it at.
func (p program) startPlayground(addr, token string) (base string, stop func(), err error) {
	host, port, err := splitAddr(addr)
	if err != nil {
		return "", nil, usageError{fmt.Errorf("--addr: %w", err)}
	}
	if host == "" {
		host = "127.0.0.1" // only this computer, unless told otherwise
	}
	hosts := []string{host}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		hosts = ownHosts()
	}
	log := logger(logConfig{Level: "warn", Format: "text"}, p.errOut)
	world, err := playground.New(playground.Options{Token: token, Now: p.now, Log: log, Hosts: hosts})
	if err != nil {
		return "", nil, err
	}
	l, err := listen(net.JoinHostPort(host, port))
	if err != nil {
		return "", nil, errors.Join(err, world.Close())
	}
	stopServing := serve(l, world, log)
	for _, warning := range beyond(net.JoinHostPort(host, port), "the playground and its page") {
		fmt.Fprintln(p.errOut, "unpinch: "+warning)
	}
	return "http://" + reachable(l.Addr()), func() {
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
