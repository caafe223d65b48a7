package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"reflect"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

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
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits}})
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
	n := 0
	sections := reflect.TypeFor[config]()
	for i := range sections.NumField() {
		section := sections.Field(i)
		for j := range section.Type.NumField() {
			key := section.Type.Field(j)
			n++
			if _, ok := example[section.Tag.Get("toml")][key.Tag.Get("toml")]; !ok {
				t.Errorf("config.example.toml lacks [%s] %s", section.Tag.Get("toml"), key.Tag.Get("toml"))
			}
			name := strings.ToUpper(section.Tag.Get("toml")+"_") + strings.ToUpper(key.Tag.Get("toml"))
			if got := section.Tag.Get("envPrefix") + key.Tag.Get("env"); got != name {
				t.Errorf("[%s] %s is read from UNPINCH_%s, want UNPINCH_%s", section.Tag.Get("toml"), key.Tag.Get("toml"), got, name)
			}
		}
	}
	for _, keys := range example {
		n -= len(keys)
	}
	if n != 0 {
		t.Errorf("config.example.toml has %d keys more than there are", -n)
	}
}
