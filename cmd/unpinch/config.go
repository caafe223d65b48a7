package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"unpinch/store"
)

// A config is the file that run reads. Each key can be given as
// UNPINCH_SECTION_KEY in the environment instead, which wins.
type config struct {
	Discord  discordConfig  `toml:"discord"`
	Operator operatorConfig `toml:"operator"`
	Store    storeConfig    `toml:"store"`
	Backup   backupConfig   `toml:"backup"`
	HTTP     httpConfig     `toml:"http"`
	Log      logConfig      `toml:"log"`
	Posts    postsConfig    `toml:"posts"`
	Dev      devConfig      `toml:"dev"`
}

type discordConfig struct {
	Token     string `toml:"token"`
	TokenFile string `toml:"token_file"`
	GuildID   string `toml:"guild_id"`
	APIURL    string `toml:"api_url"`
	Shards    int    `toml:"shards"`
}

// shardsMax is the most that [discord] shards may say.
const shardsMax = 1000

type operatorConfig struct {
	Name       string `toml:"name"`
	Contact    string `toml:"contact"`
	PrivacyURL string `toml:"privacy_url"`
	TermsURL   string `toml:"terms_url"`
}

type storeConfig struct {
	Path string `toml:"path"`
	URL  string `toml:"url"`
}

// where is what store.Open takes: the address of a PostgreSQL database, if there is
// one, or else the file.
func (c storeConfig) where() string { return cmp.Or(c.URL, c.Path) }

// shown names the store in words, without a password.
func (c storeConfig) shown() string {
	if c.URL != "" {
		return store.Server(c.URL)
	}
	return c.Path
}

type backupConfig struct {
	Dir       string `toml:"dir"`
	Keep      int    `toml:"keep"`
	Recipient string `toml:"recipient"`
}

// The bounds of [backup] keep.
const (
	keepMin = 1
	keepMax = 1000
)

type httpConfig struct {
	Addr string `toml:"addr"`
}

type logConfig struct {
	Level  string `toml:"level"`
	Format string `toml:"format"`
}

type postsConfig struct {
	LedgerDays int `toml:"ledger_days"`
}

// keep returns how long the ledger is kept.
func (c postsConfig) keep() time.Duration { return time.Duration(c.LedgerDays) * 24 * time.Hour }

// The bounds of [posts] ledger_days.
const (
	ledgerDaysMin = 7
	ledgerDaysMax = 3650
)

type devConfig struct {
	ClockURL string `toml:"clock_url"`
}

// defaultConfig is what holds where the file is silent.
func defaultConfig() config {
	var c config
	c.Discord.APIURL = "https://discord.com/api/v10"
	c.Store.Path = "unpinch.db"
	c.Log.Level, c.Log.Format = "info", "text"
	c.Posts.LedgerDays, c.Backup.Keep = 90, 14
	return c
}

// loadConfig reads the file, then the environment, and returns every fault of
// the result at once, one a key. A relative path in the file is read from the
// file's folder. Beside faults, what could be read is returned too.
func loadConfig(path string, environ []string) (config, error) {
	c := defaultConfig()
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, unreadError{fmt.Errorf("%s: no such file; run unpinch init, or copy config.example.toml to it and fill it in", path)}
	}
	if err != nil {
		return c, unreadError{fmt.Errorf("read the configuration: %w", err)}
	}
	faults := &configFaults{path: path, said: map[string]bool{}}
	if err := c.decode(data, faults); err != nil {
		return c, unreadError{err}
	}
	c.override(environ, faults)
	c.complete(path, faults)
	return c, errors.Join(faults.all...)
}

// An unreadError is why nothing of a configuration is known.
type unreadError struct{ error }

func unread(err error) bool {
	_, ok := errors.AsType[unreadError](err)
	return ok
}

// configFaults are the faults of a configuration: of each key the first that is
// found, since those that follow come of it.
type configFaults struct {
	path string
	said map[string]bool
	all  []error
}

// add notes what is wrong with a key, such as "discord.token", in words that name
// where it stands.
func (f *configFaults) add(key, where, format string, a ...any) {
	if f.said[key] {
		return
	}
	f.said[key] = true
	f.all = append(f.all, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, a...)))
}

// of notes what is wrong with a key of the file, or of the result.
func (f *configFaults) of(key, format string, a ...any) {
	f.add(key, f.path, "%s: %s", title(key), fmt.Sprintf(format, a...))
}
