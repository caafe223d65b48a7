package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/rogpeppe/go-internal/testscript"

	"unpinch/playground"
)

var update = flag.Bool("update", false, "write the scripts' expected output")

func TestMain(m *testing.M) {
	// Most tests here wait, for a limit, a gateway or a quiet moment: more of
	// them than there are cores can do that at once.
	if err := flag.Set("test.parallel", "9"); err != nil {
		panic("the testing package has no parallel flag")
	}
	debug.SetGCPercent(400) // dozens of programs share this one's memory, and the collector takes a quarter of the cores
	testscript.Main(m, map[string]func(){"unpinch": main})
}

func TestScript(t *testing.T) {
	poses := twoPoses(t) // to draw all of them takes seconds
	testscript.Run(t, testscript.Params{Dir: "testdata", RequireExplicitExec: true, UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Values[runningKey{}] = &scriptBot{}
			e.Setenv("POSES", poses)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "refuses": refuses, "playground": standIn,
			"bot": startBot, "stop": stopBot, "world": tellWorld, "faults": tellWorld}})
}

// A scriptBot is what stop stops.
type scriptBot struct {
	stop context.CancelFunc
	done chan error
}

// startBot runs a bot in this process until stop, or the script's end, and waits
// until it answers: bot CONFIG
func startBot(ts *testscript.TestScript, _ bool, args []string) {
	cfg, err := loadConfig(ts.MkAbs(args[0]), []string{"UNPINCH_DISCORD_API_URL=" + ts.Getenv("UNPINCH_DISCORD_API_URL")})
	ts.Check(err)
	ctx, stop := context.WithCancel(context.Background())
	r := scriptBot{stop, make(chan error, 1)}
	ready := make(chan struct{})
	go func() {
		p := program{out: io.Discard, errOut: io.Discard, now: time.Now, figures: nil}
		r.done <- p.runBot(ctx, cfg, slog.New(slog.DiscardHandler), nil, func() { close(ready) })
	}()
	ts.Defer(stop)
	select {
	case <-ready:
		*ts.Value(runningKey{}).(*scriptBot) = r
	case err := <-r.done:
		ts.Fatalf("the bot ended: %v", err)
	}
}

// stopBot stops the bot and waits for its end.
func stopBot(ts *testscript.TestScript, _ bool, _ []string) {
	r := ts.Value(runningKey{}).(*scriptBot)
	r.stop()
	ts.Check(<-r.done)
}

type runningKey struct{}

// tellWorld changes the playground: world BODY, or faults BODY
func tellWorld(ts *testscript.TestScript, _ bool, args []string) {
	what := "/world"
	if strings.Contains(args[0], "gateway") {
		what = "/faults"
	}
	resp, err := http.Post(ts.Getenv("PLAYGROUND")+what, "application/json", strings.NewReader(args[0]))
	ts.Check(err)
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(resp.Body)
		ts.Fatalf("%s: HTTP %d %s", what, resp.StatusCode, text)
	}
}

// standIn starts a playground, as which the script's programs know Discord.
func standIn(ts *testscript.TestScript, _ bool, _ []string) {
	_, base, stop, err := program{errOut: io.Discard, now: time.Now}.startPlayground("127.0.0.1:0", playground.Options{Token: demoToken})
	ts.Check(err)
	ts.Defer(stop)
	ts.Setenv("PLAYGROUND", base)
	ts.Setenv("PLAYGROUND_ADDR", strings.TrimPrefix(base, "http://"))
	ts.Setenv("UNPINCH_DISCORD_API_URL", base+"/api/v10")
}

// exits runs a program that must end with the code: exits CODE PROGRAM [ARG...]
func exits(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM [ARG...]")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		ee, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = ee.ExitCode()
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit code %d, want %s", got, args[0])
	}
}

// refuses has the program, in this process, refuse what it is called with: with the
// exit code of a wrong call, a pattern's words and no output: refuses PATTERN [ARG...]
func refuses(ts *testscript.TestScript, _ bool, args []string) {
	var out, errOut bytes.Buffer
	p := program{in: strings.NewReader(""), out: &out, errOut: &errOut, now: time.Now}
	code := p.main(context.Background(), args[1:])
	if says := errOut.String(); code != exitUsage || out.Len() > 0 || !regexp.MustCompile(args[0]).MatchString(says) {
		ts.Fatalf("%q: exit code %d, says %q %q, want %q", args[1:], code, out.String(), says, args[0])
	}
}

// TestExampleConfigNamesEveryKey holds config.example.toml against the struct.
func TestExampleConfigNamesEveryKey(t *testing.T) {
	data, err := os.ReadFile("../../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	var example map[string]map[string]any
	if err := toml.Unmarshal(data, &example); err != nil {
		t.Fatal(err)
	}
	var c config
	n := len(c.keys())
	for _, k := range c.keys() {
		if _, ok := example[k.section][k.name]; !ok {
			t.Errorf("config.example.toml lacks %s", k.title())
		}
		if k.section == "" || k.name == "" {
			t.Errorf("a key without a name: %q", k.id())
		}
	}
	for _, keys := range example {
		n -= len(keys)
	}
	if n != 0 {
		t.Errorf("config.example.toml has %d keys more than there are", -n)
	}
}
