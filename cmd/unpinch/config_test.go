package main

import (
	"errors"
	"os"
	"strings"
	"testing"
)

// FuzzConfig reads files as people may write them: each is taken, or its faults
// are told. A file that is taken says what it must.
func FuzzConfig(f *testing.F) {
	example, err := os.ReadFile("../../config.example.toml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(example))
	f.Add("[discord]\ntoken = 1\nguild_id = [2]\napi_url = {}\n[log]\nlevel = true")
	f.Add("discord = 1\n[posts]\nledger_days = \"90\"")
	f.Fuzz(func(t *testing.T, text string) {
		c := defaultConfig()
		faults := &configFaults{path: "config.toml", said: map[string]bool{}}
		err := c.decode([]byte(text), faults)
		if err == nil {
			c.Discord.TokenFile = "" // any file of this machine
			c.complete("config.toml", faults)
			err = errors.Join(faults.all...)
		}
		switch {
		case err != nil && !strings.Contains(err.Error(), "config.toml"):
			t.Fatalf("a fault without its file: %v", err)
		case err == nil && (c.Discord.Token == "" || c.Operator.Contact == "" || c.Posts.keep() <= 0):
			t.Fatalf("taken as %+v", c)
		}
	})
}
