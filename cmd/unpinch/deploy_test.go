package main

import (
	"bytes"
	"os"
	"testing"
)

// TestDeployedUnit keeps deploy/unpinch.service what init --service writes for a
// configuration in /etc/unpinch.
func TestDeployedUnit(t *testing.T) {
	t.Parallel()
	c := defaultConfig()
	c.Store.Path, c.Discord.TokenFile = servicePath, tokenName
	want, err := c.unit("/etc/unpinch/config.toml")
	if err != nil {
		t.Fatal(err)
	}
	c.Store.Path = "/var/lib/private/unpinch/unpinch.db" // as root sees it once the service has run
	if again, err := c.unit("/etc/unpinch/config.toml"); err != nil || !bytes.Equal(again, want) {
		t.Errorf("a second init --service, by root: %v", err)
	}
	const path = "../../deploy/unpinch.service"
	if *update {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not what init --service writes (%v): go test ./cmd/unpinch -run DeployedUnit -update", path, err)
	}
}
