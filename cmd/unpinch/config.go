package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/pelletier/go-toml/v2"

	"unpinch/backup"
)

// A config is the file that run reads. Each key can be given as
// UNPINCH_SECTION_KEY in the environment instead, which wins.
type config struct {
	Discord  discordConfig  `toml:"discord" envPrefix:"DISCORD_"`
	Operator operatorConfig `toml:"operator" envPrefix:"OPERATOR_"`
	Store    storeConfig    `toml:"store" envPrefix:"STORE_"`
	Backup   backupConfig   `toml:"backup" envPrefix:"BACKUP_"`
	HTTP     httpConfig     `toml:"http" envPrefix:"HTTP_"`
	Log      logConfig      `toml:"log" envPrefix:"LOG_"`
	Posts    postsConfig    `toml:"posts" envPrefix:"POSTS_"`
	Dev      devConfig      `toml:"dev" envPrefix:"DEV_"`
}

type discordConfig struct {
	Token     string `toml:"token" env:"TOKEN"`
	TokenFile string `toml:"token_file" env:"TOKEN_FILE"`
	GuildID   string `toml:"guild_id" env:"GUILD_ID"`
	APIURL    string `toml:"api_url" env:"API_URL"`
}

type operatorConfig struct {
	Name       string `toml:"name" env:"NAME"`
	Contact    string `toml:"contact" env:"CONTACT"`
	PrivacyURL string `toml:"privacy_url" env:"PRIVACY_URL"`
}

type storeConfig struct {
	Path string `toml:"path" env:"PATH"`
}

type backupConfig struct {
	Dir       string `toml:"dir" env:"DIR"`
	Keep      int    `toml:"keep" env:"KEEP"`
	Recipient string `toml:"recipient" env:"RECIPIENT"`
}

// The bounds of [backup] keep.
const (
	keepMin = 1
	keepMax = 1000
)

type httpConfig struct {
	Addr string `toml:"addr" env:"ADDR"`
}

type logConfig struct {
	Level  string `toml:"level" env:"LEVEL"`
	Format string `toml:"format" env:"FORMAT"`
}

type postsConfig struct {
	LedgerDays int `toml:"ledger_days" env:"LEDGER_DAYS"`
}

// keep returns how long the ledger is kept.
func (c postsConfig) keep() time.Duration { return time.Duration(c.LedgerDays) * 24 * time.Hour }

// The bounds of [posts] ledger_days.
const (
	ledgerDaysMin = 7
	ledgerDaysMax = 3650
)

type devConfig struct {
	ClockURL string `toml:"clock_url" env:"CLOCK_URL"`
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
// the result at once. A relative path in the file is read from the file's
// folder.
func loadConfig(path string, environ []string) (config, error) {
	c := defaultConfig()
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, fmt.Errorf("%s: no such file; copy config.example.toml to it and fill it in", path)
	}
	if err != nil {
		return c, fmt.Errorf("read the configuration: %w", err)
	}
	faults := []error{c.decode(path, data), c.override(environ)}
	if errors.As(faults[0], new(syntaxError)) {
		return c, faults[0]
	}
	return c, errors.Join(append(faults, c.complete(path))...)
}

// A syntaxError is a file that isn't TOML: nothing in it can be judged.
type syntaxError struct{ error }

// decode reads the file over the defaults. The parser stops at the first value
// of a wrong kind; its line is blanked and the rest read again, so that every
// fault is found, unless what is left of a longer value can't be read.
func (c *config) decode(path string, data []byte) error {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // Windows editors put it there
	if de, ok := errors.AsType[*toml.DecodeError](toml.Unmarshal(data, new(map[string]any))); ok {
		row, column := de.Position()
		return syntaxError{fmt.Errorf("%s:%d:%d: this is not TOML: %s", path, row, column, strings.TrimPrefix(de.Error(), "toml: "))}
	}
	var faults []error
	for {
		*c = defaultConfig()
		err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(c)
		if err == nil {
			return errors.Join(faults...)
		}
		if unknown, ok := errors.AsType[*toml.StrictMissingError](err); ok {
			for _, e := range unknown.Errors {
				row, _ := e.Position()
				faults = append(faults, fmt.Errorf("%s:%d: unknown key %q; config.example.toml has every key", path, row, strings.Join(e.Key(), ".")))
			}
			return errors.Join(faults...)
		}
		de, ok := errors.AsType[*toml.DecodeError](err)
		if !ok {
			return errors.Join(append(faults, fmt.Errorf("%s: %w", path, err))...)
		}
		row, _ := de.Position()
		lines := bytes.Split(data, []byte("\n"))
		faults = append(faults, fmt.Errorf("%s:%d: %s", path, row, kindFault(string(lines[row-1]))))
		lines[row-1] = nil
		data = bytes.Join(lines, []byte("\n"))
		if toml.Unmarshal(data, new(map[string]any)) != nil {
			return errors.Join(faults...)
		}
	}
}

// kindFault says what the value in a line must be. It never quotes the value,
// which may be the token.
func kindFault(line string) string {
	key, _, _ := strings.Cut(line, "=")
	key = strings.Trim(key, " \t\r[]")
	if slices.Contains(sections(), key) {
		return fmt.Sprintf("%s: must be a section: [%[1]s] on a line of its own, its keys below it", key)
	}
	if key == "ledger_days" || key == "keep" { // the only keys that aren't text
		return key + ": must be a whole number, without quotes"
	}
	return key + ": must be text, in quotes"
}

// sections returns the names of the configuration's sections.
func sections() []string {
	var names []string
	for t, i := reflect.TypeFor[config](), 0; i < t.NumField(); i++ {
		names = append(names, t.Field(i).Tag.Get("toml"))
	}
	return names
}

// override takes what the environment gives. A token from there stands in
// place of both ways of the file.
func (c *config) override(environ []string) error {
	o := env.Options{Prefix: envPrefix, Environment: env.ToMap(environ)}
	params, err := env.GetFieldParamsWithOptions(c, o)
	if err != nil {
		return fmt.Errorf("environment: %w", err)
	}
	var faults []error
	for name := range o.Environment {
		known := slices.ContainsFunc(params, func(p env.FieldParams) bool { return p.Key == name })
		if strings.HasPrefix(name, envPrefix) && !known {
			faults = append(faults, fmt.Errorf("environment: %s is unknown; keys read as UNPINCH_SECTION_KEY, such as UNPINCH_LOG_LEVEL", name))
		}
	}
	if o.Environment["UNPINCH_DISCORD_TOKEN"] != "" || o.Environment["UNPINCH_DISCORD_TOKEN_FILE"] != "" {
		c.Discord.Token, c.Discord.TokenFile = "", ""
	}
	if err := env.ParseWithOptions(c, o); err != nil {
		faults = append(faults, fmt.Errorf("environment: %w", err))
	}
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(faults...)
}

// envPrefix is what every variable of ours begins with.
const envPrefix = "UNPINCH_"

var guildID = regexp.MustCompile(`^[0-9]{1,20}$`)

// complete resolves files and folders and checks every value.
func (c *config) complete(path string) error {
	var faults []error
	fault := func(key, format string, a ...any) {
		faults = append(faults, fmt.Errorf("%s: [%s: %s", path, strings.Replace(key, ".", "] ", 1), fmt.Sprintf(format, a...)))
	}
	dir := filepath.Dir(path)
	c.readToken(dir, fault)
	if c.Discord.GuildID != "" && !guildID.MatchString(c.Discord.GuildID) {
		fault("discord.guild_id", "%q is not a server's id; turn on Developer Mode in Discord and copy it", c.Discord.GuildID)
	}
	if what := webFault(c.Discord.APIURL, "https://discord.com/api/v10"); what != "" {
		fault("discord.api_url", "%s", what)
	}
	if strings.TrimSpace(c.Operator.Name) == "" {
		fault("operator.name", "must be set: who runs this bot")
	}
	if strings.Contains(c.Operator.Contact+c.Operator.PrivacyURL, "iron-garden.example") {
		fault("operator.contact", "and privacy_url must be yours; the example's lead nowhere")
	}
	if strings.TrimSpace(c.Operator.Contact) == "" {
		fault("operator.contact", "must be set: where members can reach you, such as an e-mail address")
	}
	if !isWeb(c.Operator.PrivacyURL) || !strings.HasPrefix(c.Operator.PrivacyURL, "https:") {
		fault("operator.privacy_url", "must be set to the https address of your privacy policy; PRIVACY.md is a start")
	}
	if c.Store.Path == "" {
		fault("store.path", "must be set: the database file")
	} else if !filepath.IsAbs(c.Store.Path) {
		c.Store.Path = filepath.Join(dir, c.Store.Path)
	}
	c.completeBackup(dir, fault)
	if _, _, err := splitAddr(c.HTTP.Addr); c.HTTP.Addr != "" && err != nil {
		fault("http.addr", "%v", err)
	}
	if new(slog.LevelVar).UnmarshalText([]byte(c.Log.Level)) != nil {
		fault("log.level", "%q is not debug, info, warn or error", c.Log.Level)
	}
	if c.Log.Format != "text" && c.Log.Format != "json" {
		fault("log.format", "%q is not text or json", c.Log.Format)
	}
	if c.Posts.LedgerDays < ledgerDaysMin || c.Posts.LedgerDays > ledgerDaysMax {
		fault("posts.ledger_days", "%d is not from %d to %d", c.Posts.LedgerDays, ledgerDaysMin, ledgerDaysMax)
	}
	if what := webFault(c.Dev.ClockURL, "http://127.0.0.1:8420/clock"); c.Dev.ClockURL != "" && what != "" {
		fault("dev.clock_url", "%s", what)
	}
	return errors.Join(faults...)
}

// completeBackup checks where copies go, how many stay and who can open them.
func (c *config) completeBackup(dir string, fault func(key, format string, a ...any)) {
	b := &c.Backup
	if _, err := backup.Recipients(b.Recipient); err != nil {
		fault("backup.recipient", "%v", err)
	}
	if b.Keep < keepMin || b.Keep > keepMax {
		fault("backup.keep", "%d is not from %d to %d copies", b.Keep, keepMin, keepMax)
	}
	if b.Dir == "" {
		return
	}
	if !filepath.IsAbs(b.Dir) {
		b.Dir = filepath.Join(dir, b.Dir)
	}
	if info, err := os.Stat(b.Dir); err != nil || !info.IsDir() {
		fault("backup.dir", "%s is no folder; make it, where the bot may write", b.Dir)
	}
}

// readToken takes the token from its file if one is named.
func (c *config) readToken(dir string, fault func(key, format string, a ...any)) {
	d := &c.Discord
	switch {
	case d.Token != "" && d.TokenFile != "":
		fault("discord.token", "is set beside token_file; keep one of them")
		return
	case d.TokenFile != "":
		path := d.TokenFile
		if !filepath.IsAbs(path) {
			path = filepath.Join(dir, path)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			fault("discord.token_file", "%v; put the bot token into that file", err)
			return
		}
		d.Token = string(data)
	}
	d.Token = strings.TrimPrefix(strings.TrimSpace(d.Token), "Bot ")
	switch {
	case d.Token == "":
		fault("discord.token", "must be set; the Developer Portal shows it under Bot, or name a file with it in token_file")
	case strings.ContainsAny(d.Token, " \t\r\n"):
		fault("discord.token", "holds a space or a line break; copy it again")
	}
}

// webFault says what is wrong with an address to which the bot speaks, or "". It
// quotes none that has a password.
func webFault(s, example string) string {
	u, err := url.Parse(s)
	switch {
	case err == nil && u.User != nil, err != nil && strings.Contains(s, "@"):
		return "has a name or a password in it, which would get into logs; leave them out"
	case !isWeb(s):
		return fmt.Sprintf("%q is not an address such as %s", s, example)
	case u.Scheme != "https" && !loopback(u.Hostname()):
		return fmt.Sprintf("%q sends the token where others can read it on its way: begin with https, or use an address of this computer, such as http://127.0.0.1:8420", s)
	}
	return ""
}

// loopback reports whether a host is this computer itself.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func isWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}
