package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// An exposure is a file with secrets, or with what people keep, that others on
// this computer can read.
type exposure struct{ path, has string }

func (e exposure) says() string {
	return fmt.Sprintf("others on this computer can read %s, which has %s", e.path, e.has)
}

func (e exposure) remedy() string { return "chmod 600 " + e.path }

// String is both in one line.
func (e exposure) String() string { return e.says() + ": " + e.remedy() }

// exposures returns what is exposed of a configuration's files.
func exposures(config string, c config, environ []string) (all []exposure) {
	files := map[string]string{c.Store.Path: "the database"}
	if c.Discord.TokenFile != "" {
		path := c.Discord.TokenFile
		if !filepath.IsAbs(path) {
			path = filepath.Join(filepath.Dir(config), path)
		}
		files[path] = "the bot's token"
	} else if !slices.ContainsFunc(environ, func(e string) bool { return strings.HasPrefix(e, envPrefix+"DISCORD_TOKEN=") }) {
		files[config] = "the bot's token"
	}
	if c.Store.URL != "" && !slices.ContainsFunc(environ, func(e string) bool { return strings.HasPrefix(e, envPrefix+"STORE_URL=") }) {
		if files[config] != "" {
			files[config] += " and "
		}
		files[config] += "the database's address"
	}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		if readable(path) {
			all = append(all, exposure{path, files[path]})
		}
	}
	return all
}

// beyond says what it means to listen at an address that is not this computer's
// own, if it is none: what is served there has no password.
func beyond(addr, what string) []string {
	host, _, err := splitAddr(addr)
	if err != nil || loopback(host) {
		return nil
	}
	return []string{fmt.Sprintf("%s at %s are open to everyone who reaches this computer, and ask for no password: listen at 127.0.0.1, or keep a firewall before it", what, addr)}
}
