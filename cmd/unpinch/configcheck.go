package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"unpinch/backup"
	"unpinch/store"
)

var guildID = regexp.MustCompile(`^[0-9]{1,20}$`)

// complete resolves files and folders and checks every value.
func (c *config) complete(path string, faults *configFaults) {
	fault := faults.of
	dir := filepath.Dir(path)
	c.Discord.check(dir, fault)
	c.Operator.check(fault)
	if c.Store.Path == "" {
		fault("store.path", "must be set: the database file")
	} else if strings.Contains(c.Store.Path, "://") { // which may hold a password, and is not repeated
		fault("store.path", "is an address, and names a file; the address of a PostgreSQL database goes into url")
		c.Store.Path = ""
	} else if !filepath.IsAbs(c.Store.Path) {
		c.Store.Path = filepath.Join(dir, c.Store.Path)
	}
	if c.Store.URL != "" && !store.ValidURL(c.Store.URL) {
		fault("store.url", "is no address of a PostgreSQL database; it looks like postgres://unpinch:password@host:5432/unpinch, with %%40 for an @ in the password")
	}
	// By a link too, one database has one lock and one log, and restore leaves the link.
	if file, err := filepath.EvalSymlinks(c.Store.Path); err == nil && c.Store.Path != "" {
		c.Store.Path = file
	}
	c.Backup.complete(dir, fault)
	if _, _, err := splitAddr(c.HTTP.Addr); c.HTTP.Addr != "" && err != nil {
		fault("http.addr", "%v", err)
	}
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, c.Log.Level) {
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
}

// complete checks where copies go, how many stay and who can open them.
func (b *backupConfig) complete(dir string, fault faultFunc) {
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

// A faultFunc notes what is wrong with a key.
type faultFunc = func(key, format string, a ...any)

// What fits on the cards that name the operator; an address is a button's.
const (
	nameMax    = 100
	contactMax = 200
	webMax     = 512
)

// check notes what is wrong with who runs the bot. The example's own values lead
// nowhere.
func (o operatorConfig) check(fault faultFunc) {
	switch name := strings.TrimSpace(o.Name); {
	case name == "":
		fault("operator.name", "must be set: who runs this bot")
	case !oneLine(name, nameMax):
		fault("operator.name", "must be one line of at most %d characters", nameMax)
	}
	switch contact := strings.TrimSpace(o.Contact); {
	case contact == "":
		fault("operator.contact", "must be set: where members can reach you, such as an e-mail address")
	case isExample(contact):
		fault("operator.contact", "must be yours; the example's leads nowhere")
	case !oneLine(contact, contactMax):
		fault("operator.contact", "must be one line of at most %d characters", contactMax)
	}
	switch {
	case isExample(o.PrivacyURL):
		fault("operator.privacy_url", "must be yours; the example's leads nowhere")
	case !isPage(o.PrivacyURL):
		fault("operator.privacy_url", "must be set to the https address of your privacy policy; PRIVACY.md is a start")
	}
	switch {
	case o.TermsURL == "":
	case isExample(o.TermsURL):
		fault("operator.terms_url", "must be yours; the example's leads nowhere")
	case !isPage(o.TermsURL):
		fault("operator.terms_url", "must be the https address of your terms, or empty; TERMS.md is a start")
	}
}

func isExample(s string) bool { return strings.Contains(s, "iron-garden.example") }

// oneLine reports whether a text is a line of at most so many characters.
func oneLine(s string, most int) bool {
	return utf8.ValidString(s) && utf8.RuneCountInString(s) <= most && !strings.ContainsFunc(s, unicode.IsControl)
}

// isPage reports whether s is an address that a button can open.
func isPage(s string) bool {
	return isWeb(s) && strings.HasPrefix(s, "https:") && oneLine(s, webMax) && !strings.Contains(s, " ")
}

// check reads the token and notes what is wrong with the section.
func (d *discordConfig) check(dir string, fault faultFunc) {
	d.readToken(dir, fault)
	if d.GuildID != "" && !guildID.MatchString(d.GuildID) {
		fault("discord.guild_id", "%q is not a server's id; turn on Developer Mode in Discord and copy it", d.GuildID)
	}
	if what := webFault(d.APIURL, "https://discord.com/api/v10"); what != "" {
		fault("discord.api_url", "%s", what)
	}
	if d.Shards < 0 || d.Shards > shardsMax {
		fault("discord.shards", "%d is not from 1 to %d, or 0 for as many as Discord recommends", d.Shards, shardsMax)
	}
}

// readToken takes the token from its file if one is named.
func (d *discordConfig) readToken(dir string, fault faultFunc) {
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
	if d.Token == "" {
		fault("discord.token", "must be set; the Developer Portal shows it under Bot, or name a file with it in token_file")
	} else if what := tokenFault(d.Token); what != "" {
		fault("discord.token", "%s", what)
	}
}

// tokenFault says why a text can't be a token, or "".
func tokenFault(token string) string {
	switch {
	case strings.ContainsAny(token, " \t\r\n"):
		return "holds a space or a line break; copy it again"
	case strings.ContainsFunc(token, func(r rune) bool { return r < '!' || r > '~' }):
		return "holds a character that no token has; copy it again"
	}
	return ""
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
