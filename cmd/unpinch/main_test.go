package main

import (
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"github.com/pelletier/go-toml/v2"
	"github.com/rogpeppe/go-internal/testscript"
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
	testscript.Run(t, testscript.Params{Dir: "testdata", RequireExplicitExec: true, UpdateScripts: *update,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "playground": standIn}})
}

// standIn starts a playground, as which the script's programs know Discord.
func standIn(ts *testscript.TestScript, _ bool, _ []string) {
	base, stop, err := program{errOut: io.Discard, now: time.Now}.startPlayground("127.0.0.1:0", demoToken)
	ts.Check(err)
	ts.Defer(stop)
	ts.Setenv("PLAYGROUND", base)
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
