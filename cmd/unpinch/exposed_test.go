//go:build unix

package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"unpinch/playground"
)

// TestExposures names each file that others can read, and no other.
func TestExposures(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	for _, tc := range []struct {
		name string
		mode map[string]os.FileMode
		c    config
		env  []string
		want []string
	}{
		{"all private", map[string]os.FileMode{"config.toml": 0o600, "db": 0o600, "token": 0o400},
			config{Discord: discordConfig{TokenFile: "token"}, Store: storeConfig{Path: path("db")}}, nil, nil},
		{"a token file for the group", map[string]os.FileMode{"token": 0o640, "db": 0o600, "config.toml": 0o644},
			config{Discord: discordConfig{TokenFile: path("token")}, Store: storeConfig{Path: path("db")}}, nil, []string{"token"}},
		{"a token in the file, and the database", map[string]os.FileMode{"config.toml": 0o644, "db": 0o604},
			config{Store: storeConfig{Path: path("db")}}, nil, []string{"config.toml", "db"}},
		{"a token from the environment", map[string]os.FileMode{"config.toml": 0o644, "db": 0o600}, config{Store: storeConfig{Path: path("db")}}, []string{"UNPINCH_DISCORD_TOKEN=abc"}, nil},
		{"a database that isn't there yet", map[string]os.FileMode{"config.toml": 0o600}, config{Store: storeConfig{Path: path("new")}}, nil, nil},
	} {
		for name, mode := range tc.mode {
			os.Remove(path(name))
			if err := os.WriteFile(path(name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path(name), mode); err != nil {
				t.Fatal(err)
			}
		}
		got := exposures(path("config.toml"), tc.c, tc.env)
		if len(got) != len(tc.want) {
			t.Errorf("%s: %q", tc.name, got)
			continue
		}
		for i, name := range tc.want {
			if !strings.Contains(got[i].String(), "can read "+path(name)+",") || !strings.Contains(got[i].String(), "chmod 600 "+path(name)) {
				t.Errorf("%s: %q, want %s", tc.name, got[i], name)
			}
		}
	}
}

// TestBeyond says of each address whether others reach it.
func TestBeyond(t *testing.T) {
	t.Parallel()
	for addr, open := range map[string]bool{"127.0.0.1:9090": false, "[::1]:9090": false, "localhost:9090": false, "127.8.8.8:1": false, "": false,
		":9090": true, "0.0.0.0:9090": true, "[::]:9090": true, "192.168.1.2:9090": true, "gym.example:9090": true} {
		if got := beyond(addr, "metrics"); (len(got) > 0) != open {
			t.Errorf("%q: %q", addr, got)
		}
	}
	var errOut bytes.Buffer
	p := program{out: io.Discard, errOut: &errOut, now: time.Now}
	for addr, open := range map[string]bool{"127.0.0.1:0": false, ":0": false, "0.0.0.0:0": true} {
		errOut.Reset()
		_, _, stop, err := p.startPlayground(addr, playground.Options{Token: demoToken})
		if err != nil {
			t.Fatal(err)
		}
		stop()
		if strings.Contains(errOut.String(), "open to everyone who reaches this computer") != open {
			t.Errorf("at %s the playground says %q", addr, errOut.String())
		}
	}
}
