package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"golang.org/x/net/http/httpproxy"

	"unpinch/store"
)

// one is a finding alone.
func one(l level, says, remedy string) []finding {
	return []finding{{Level: l, Says: says, Remedy: remedy}}
}

func (p patient) configuration(ctx context.Context) []finding {
	err := p.faults
	if err == nil {
		err = p.cfg.tryOut(ctx, p.path)
	}
	return judgeConfig(p.path, err)
}

func judgeConfig(path string, err error) (found []finding) {
	if err == nil {
		return one(isOK, path+" is complete", "")
	}
	for line := range strings.SplitSeq(err.Error(), "\n") {
		found = append(found, finding{Level: isFault, Says: line, Remedy: "put it right in " + path + ", or in the environment"})
	}
	return found
}

func (p patient) zoneData(context.Context) []finding { return judgeZones(p.zones.Version(), p.now()) }

// judgeZones looks at the age of the zone data, which bears its year. Countries
// change their clocks with a few months' notice.
func judgeZones(version string, now time.Time) []finding {
	const remedy = "install a newer unpinch: countries change their clocks, and classes there would be an hour off"
	says := "time zones are of " + version
	year, err := strconv.Atoi(strings.TrimRight(version, "abcdefghijklmnopqrstuvwxyz"))
	months := (now.Year()-year)*12 + int(now.Month()) - 12 // since that year's end
	switch {
	case err != nil:
		return one(isWarning, says+", whose age is not known", remedy)
	case months > 36:
		return one(isFault, says+", over three years old", remedy)
	case months > 9:
		return one(isWarning, says, remedy)
	}
	return one(isOK, says, "")
}

func (p patient) clock(context.Context) []finding { return judgeSync(clockState()) }

func judgeSync(synchronised, known bool) []finding {
	switch {
	case !known:
		return one(isOK, "whether this computer keeps its clock right can't be seen here; see skew", "")
	case !synchronised:
		return one(isWarning, "this computer does not keep its clock in step with others", "turn on NTP, such as by: sudo timedatectl set-ntp true")
	}
	return one(isOK, "this computer keeps its clock in step with others", "")
}

func (p patient) rights(context.Context) []finding {
	return judgeRights(exposures(p.path, p.cfg, p.environ))
}

func judgeRights(all []exposure) (found []finding) {
	if len(all) == 0 {
		return one(isOK, "token and database are for their owner alone", "")
	}
	for _, e := range all {
		found = append(found, finding{Level: isWarning, Says: e.says(), Remedy: e.remedy()})
	}
	return found
}

func (p patient) disk(context.Context) []finding {
	dir := filepath.Dir(p.cfg.Store.Path)
	free, known := freeOn(dir)
	return judgeDisk(dir, free, known)
}

const (
	diskLeast = 64 << 20  // an update copies the database, and the log grows
	diskFew   = 512 << 20 // some weeks of that
)

func judgeDisk(dir string, free uint64, known bool) []finding {
	says := fmt.Sprintf("%s are free in %s", humanize.IBytes(free), dir)
	switch {
	case !known:
		return one(isOK, "how much room is left in "+dir+" can't be seen here", "")
	case free < diskLeast:
		return one(isFault, "only "+says, "make room: on a full disk nothing can be saved")
	case free < diskFew:
		return one(isWarning, "only "+says, "make room before it is full")
	}
	return one(isOK, says, "")
}

// readMost is how long a database may take to be read as a whole.
const readMost = time.Minute

func (p patient) database(ctx context.Context) []finding {
	ctx, cancel := context.WithTimeout(ctx, readMost)
	defer cancel()
	c, err := store.Examine(ctx, p.cfg.Store.where())
	if err != nil && ctx.Err() != nil {
		err = ctx.Err() // the driver's words for it say less
	}
	return judgeDatabase(p.cfg.Store.where(), c, err)
}

// logMost is how large the log of a database gets while readers end.
const logMost = 64 << 20

func judgeDatabase(path string, c store.Condition, err error) []finding {
	size := humanize.IBytes(uint64(c.Size))
	if store.IsURL(path) {
		return judgeServer(store.Server(path), size, c, err)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return one(isOK, path+" is not there yet; run makes it", "")
	case errors.Is(err, fs.ErrPermission):
		return one(isFault, path+" can't be read by this user", "run doctor as root, or as the user that the bot runs as")
	case errors.Is(err, context.DeadlineExceeded):
		return one(isWarning, fmt.Sprintf("%s (%s) could not be read as a whole within %v", path, size, readMost), "run doctor when the computer has less to do")
	case err != nil:
		return one(isFault, err.Error(), "if it is damaged, stop the bot and put the last copy back: unpinch restore --config C COPY")
	}
	says := fmt.Sprintf("whole, %s, version %d", size, c.Version)
	if c.Version < c.Latest {
		says += fmt.Sprintf(" (run brings it to %d)", c.Latest)
	}
	if c.Log > logMost && c.Log > c.Size {
		return one(isWarning, fmt.Sprintf("%s; its log has grown to %s", says, humanize.IBytes(uint64(c.Log))), "end programs that read the database for long, then restart the bot")
	}
	return one(isOK, fmt.Sprintf("%s; its log has %s", says, humanize.IBytes(uint64(c.Log))), "")
}

// A lastCopy is what is known of copies of the database.
type lastCopy struct {
	file    string // "" for none
	at      time.Time
	nightly bool // one is made each night
	oneDisk bool // with the database
	err     error
}

func (p patient) backup(context.Context) []finding {
	last := lastCopy{nightly: p.cfg.Backup.Dir != ""}
	kept, err := newCopies(p.cfg)
	if last.err = err; err == nil {
		last.file, last.at, _, last.err = kept.notes.Last()
	}
	last.oneDisk = last.file != "" && oneDisk(filepath.Dir(last.file), filepath.Dir(p.cfg.Store.Path))
	return judgeBackup(last, p.now())
}

const (
	nightMissed = 50 * time.Hour // two nights
	copyOld     = 8 * 24 * time.Hour
)

func judgeBackup(last lastCopy, now time.Time) []finding {
	const begin = "name a folder under [backup] dir, on another disk, and the bot makes a copy each night"
	age := now.Sub(last.at)
	says := fmt.Sprintf("the last copy is %s, of %s", last.file, last.at.UTC().Format("2006-01-02 15:04 UTC"))
	switch {
	case last.err != nil:
		return one(isFault, last.err.Error(), "let this user read the files beside the database")
	case last.file == "" && last.nightly:
		return one(isWarning, "no copy has been made yet", "the first comes at four in the morning; unpinch backup makes one now")
	case last.file == "":
		return one(isWarning, "no copy of the database is known", begin)
	case last.nightly && age > nightMissed:
		return one(isFault, says+"; one was due each night", "look for \"not backed up\" in the bot's log, and at the room in [backup] dir")
	case age > copyOld:
		return one(isWarning, says, begin)
	case last.oneDisk:
		return one(isWarning, says+", on the disk of the database", "put copies on another disk: when this one breaks, both are gone")
	}
	return one(isOK, says, "")
}

func (p patient) proxy(ctx context.Context) []finding {
	via, err := p.via()
	if err != nil || via == nil {
		return judgeProxy(via, err, nil)
	}
	d := net.Dialer{Timeout: netMost}
	c, err := d.DialContext(ctx, "tcp", net.JoinHostPort(via.Hostname(), portOf(via)))
	if err == nil {
		c.Close()
	}
	return judgeProxy(via, nil, err)
}

// netMost is how long the network may take for one step.
const netMost = 3 * time.Second

// via returns the proxy that requests to Discord go through; nil for none.
func (p patient) via() (*url.URL, error) {
	given := map[string]string{}
	for _, e := range p.environ {
		name, value, _ := strings.Cut(e, "=")
		if upper := strings.ToUpper(name); given[upper] == "" || name == upper {
			given[upper] = value
		}
	}
	api, err := url.Parse(p.cfg.Discord.APIURL)
	if err != nil {
		return nil, nil // which the configuration's line says
	}
	c := httpproxy.Config{HTTPProxy: given["HTTP_PROXY"], HTTPSProxy: given["HTTPS_PROXY"], NoProxy: given["NO_PROXY"]}
	via, err := c.ProxyFunc()(api)
	if err != nil {
		return nil, errors.New("the proxy's address can't be read") // it may hold a password
	}
	return via, nil
}

func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

func judgeProxy(via *url.URL, unreadable, unreached error) []finding {
	switch {
	case unreadable != nil:
		return one(isFault, unreadable.Error(), "set HTTPS_PROXY to an address such as http://10.0.0.1:3128, or unset it")
	case via == nil:
		return one(isOK, "none: Discord is asked directly", "")
	case unreached != nil:
		return one(isFault, fmt.Sprintf("the proxy %s can't be reached: %v", via.Host, unreached), "start it, or unset HTTPS_PROXY")
	}
	return one(isWarning, "everything goes through the proxy "+via.Host, "if gateway fails, let the proxy pass WebSockets, or put discord.com and gateway.discord.gg into NO_PROXY")
}

func (p patient) dns(ctx context.Context) []finding {
	host := ""
	if u, err := url.Parse(p.cfg.Discord.APIURL); err == nil {
		host = u.Hostname()
	}
	if via, err := p.via(); err == nil && via != nil {
		host = via.Hostname()
	}
	if net.ParseIP(host) != nil {
		return judgeDNS(host, nil, 0, nil)
	}
	ctx, cancel := context.WithTimeout(ctx, netMost)
	defer cancel()
	began := p.now()
	found, err := net.DefaultResolver.LookupIPAddr(ctx, host)
	var addrs []net.IP
	for _, a := range found {
		addrs = append(addrs, a.IP)
	}
	return judgeDNS(host, addrs, p.now().Sub(began), err)
}

// slowDNS is longer than a name should take.
const slowDNS = time.Second

func judgeDNS(host string, addrs []net.IP, took time.Duration, err error) []finding {
	filtered := len(addrs) > 0
	for _, a := range addrs {
		filtered = filtered && (a.IsUnspecified() || a.IsLoopback() && host != "localhost")
	}
	switch {
	case net.ParseIP(host) != nil:
		return one(isOK, host+" needs no look-up", "")
	case err != nil:
		return one(isFault, fmt.Sprintf("%s is not found: %v", host, err), "check this computer's network and its DNS server")
	case filtered:
		return one(isFault, host+" leads to this computer itself", "let your DNS filter, or /etc/hosts, pass "+host)
	case took > slowDNS:
		return one(isWarning, fmt.Sprintf("%s was found after %v only", host, took.Round(100*time.Millisecond)), "use another DNS server")
	}
	return one(isOK, host+" is found", "")
}
